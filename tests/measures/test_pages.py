"""Sections of overview, experience, journey, voices and assurance, from records to drawn pages of the base theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from cxreport.model.edition import Edition
from cxreport.plugin.measure import Measure
from cxreport.plugin.section import Section
from cxreport.render.charts.tokens import load_tokens
from cxreport.render.exhibits import Gallery
from cxreport.render.words import Words
from cxreport.stages.evidence import evidence
from cxreport_plugins.assurance.glossary import Glossary
from cxreport_plugins.assurance.methods import Methods
from cxreport_plugins.experience.ces import Ces
from cxreport_plugins.experience.csat import Csat
from cxreport_plugins.experience.nps import Nps
from cxreport_plugins.experience.section import Experience
from cxreport_plugins.experience.stars import Stars
from cxreport_plugins.journey.heatmap import Heatmap
from cxreport_plugins.journey.matrix import Matrix
from cxreport_plugins.journey.moments import Moments
from cxreport_plugins.journey.section import Journey
from cxreport_plugins.overview.channels import Channels
from cxreport_plugins.overview.data import Data
from cxreport_plugins.overview.sentiment import Sentiment
from cxreport_plugins.overview.volume import Volume
from cxreport_plugins.voices.section import Voices
from tests.measures import make

ROOT = Path(__file__).parents[2]
WORDS = Words()
MEASURES: tuple[type[Measure], ...] = (Volume, Sentiment, Nps, Csat, Ces, Stars, Moments, Matrix)
SECTIONS: tuple[type[Section], ...] = (Data, Journey, Heatmap, Experience, Channels, Voices, Methods, Glossary)
HOSTILE = (
    "<script>alert(1)</script> {{ 7 * 7 }} & the crew said [handle] nothing at all about my bag, nothing, nothing."
)


def rows() -> Iterator[dict[str, Any]]:
    """Some hundred records of invented customers over four months, channels and moments; some are hostile."""
    moments, channels = ("stimulus", "zmot", "fmot", "smot", None), ("x", "google", "survey")
    for i in range(480):
        channel, moment = channels[i % 3], moments[i % 5]
        negative = i % 7 < (5 if moment == "smot" else 2)
        words = " ".join(f"word{i}n{j}" for j in range(14))
        row = {
            "channel": channel, "moment": moment, "moment_rule": "text.en.1" if moment else "none.no_patterns",
            "sentiment": "negative" if negative else "positive", "acts": ["complain"] if negative else [],
            "text": HOSTILE if i % 40 == 3 else words, "created_at": datetime(2026, 1 + i % 4, 5, tzinfo=UTC),
        }  # fmt: skip
        asked = {
            "metric": "nps",
            "nps_score": i % 11,
            "csat_value": 1 + i % 5,
            "csat_max": 5,
            "ces_value": 1 + i % 7,
            "ces_max": 7,
        }
        starred = {"metric": "stars", "rating_value": 1 + i % 5, "rating_max": 5}
        yield row | (asked if channel == "survey" else starred if channel == "google" else {})


@pytest.fixture(scope="module")
def whole() -> Edition:
    made = list(rows())
    table, labels = make.records(*made), make.labels(*made)
    scope = make.scope(table)
    results = {m.name: make.run(m, table, label_table=labels, within=scope) for m in MEASURES}
    drawn = evidence(make.engine(table), scope.population, make.context(), {})
    return make.edition(results, evidence=drawn, infos={m.name: make.info(m) for m in MEASURES},
                        classes={"lang": {"en": 480}, "entity": {"brand": 480}})  # fmt: skip


@pytest.fixture(scope="module")
def gallery() -> Gallery:
    themes = ROOT / "themes" / "cxreport_themes"
    return Gallery(
        load_tokens(themes / "base/tokens.yaml", themes / "audit/tokens.yaml", font_folders=[themes / "audit/fonts"])
    )


@pytest.fixture(scope="module")
def pages() -> Environment:
    theme = FileSystemLoader(ROOT / "themes/cxreport_themes/base/templates")
    plugins = [FileSystemLoader(p) for p in sorted((ROOT / "plugins/cxreport_plugins").glob("*/templates"))]
    env = Environment(loader=ChoiceLoader([theme, *plugins]), autoescape=True, undefined=StrictUndefined)
    env.globals.update(words=WORDS, t=lambda text: text, trail=None)
    return env


def body(cls: type[Section], shown: Edition, gallery: Gallery, pages: Environment) -> str:
    one = make.section(cls)
    view = one.view(shown, WORDS)
    exhibits = [gallery.hang(e, "page.html") for e in one.exhibits(shown, WORDS)]
    template = pages.select_template([f"sections/{one.name}.html", "section.html"])
    return template.render(section=view, exhibits=exhibits, edition=shown)


class Outline(HTMLParser):
    """Ids, and whether every element that was opened is closed."""

    VOID = frozenset({"br", "meta", "link", "img", "col", "path", "rect", "line", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("cls", SECTIONS, ids=lambda cls: cls.name)
def test_a_section_is_drawn_whole(cls: type[Section], whole: Edition, gallery: Gallery, pages: Environment) -> None:
    html = body(cls, whole, gallery, pages)
    outline = Outline()
    outline.feed(html)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert "<script>" not in html
    assert not re.search(r"\b(nan|None|inf)\b", re.sub(r"<[^>]*>", " ", html))
    for title in re.findall(r'class="title"[^>]*>([^<]*)<', html):
        assert len(title) <= 110


def test_anchors_that_links_lead_to(whole: Edition, gallery: Gallery, pages: Environment) -> None:
    methods, voices = (body(cls, whole, gallery, pages) for cls in (Methods, Voices))
    assert all(f'id="{m.name}"' in methods for m in MEASURES)
    groups = make.section(Voices).view(whole, WORDS).data["groups"]
    quoted = [record for group in groups for record in group["records"]]
    assert quoted
    assert all(f'id="r-{record.id}"' in voices for record in quoted)


def test_an_audit_without_anything_is_still_drawn(gallery: Gallery, pages: Environment) -> None:
    empty = make.records()
    results = {m.name: make.run(m, empty) for m in MEASURES}
    nothing = make.edition(results, infos={m.name: make.info(m) for m in MEASURES})
    for cls in SECTIONS:
        outline = Outline()
        outline.feed(body(cls, nothing, gallery, pages))
        assert outline.open == []
        assert make.section(cls).view(nothing, WORDS).title
        assert list(make.section(cls).findings(nothing, WORDS)) == []
