"""The page Reach: its sentences say no more than the numbers, and nobody can be found by them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

import cxreport_plugins.network
from cxreport.api import Edition, Exhibit, Meta, Words
from cxreport.render.catalogues import Texts
from cxreport.render.charts.tokens import load_tokens
from cxreport.render.exhibits import Gallery
from cxreport_plugins.network import cxreport_measures
from cxreport_plugins.network.section import Reach
from tests.measures import make

ROOT = Path(__file__).parents[3]
WORDS = Words()
AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
COVER = Meta(title="Audit", client="Meridian Air", brand="Meridian Air", as_of=AS_OF)
MORE = {
    "thread_id": pl.String, "thread_position": pl.Int64, "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64,
    "repost_count": pl.Int64,
}  # fmt: skip
THREADS = count()


def post(followers: int | None, sentiment: str = "negative", waited: float | None = 2, **row: Any) -> dict[str, Any]:
    answer = {"answered_by_brand": waited is not None, "first_reply_ms": None if waited is None else waited * 3_600_000}
    return {
        "author_followers": followers, "sentiment": sentiment, "thread_id": f"t{next(THREADS)}", "thread_position": 0,
        **answer, **row,
    }  # fmt: skip


def page(*rows: dict[str, Any]) -> Edition:
    table = make.records(*rows, more=MORE)
    within = make.scope(table, as_of=AS_OF, frames={"demo.csv": "complete"})
    return make.edition({m.name: make.run(m, table, within=within) for m in cxreport_measures()}, meta=COVER)


def loud(waited: float | None = 33.35, **row: Any) -> dict[str, Any]:
    return post(
        412_300, waited=waited, author_id="puppeteer", author_handle="@lanternpuppet", reposts=11_764,
        impressions=5_251_804, record_id="case", **row,
    )  # fmt: skip


def many(negative: int, positive: int) -> list[dict[str, Any]]:
    """Sound on both sides: hundreds of authors of much the same size."""
    return [post(negative + i % 9, impressions=10) for i in range(150)] + [
        post(positive + i % 9, "positive", impressions=10) for i in range(150)
    ]


def exhibit(edition: Edition, ident: str) -> Exhibit:
    return next(e for e in make.section(Reach).exhibits(edition, WORDS) if e.id == ident)


@pytest.mark.parametrize(
    ("negative", "positive", "wanted"),
    [
        (900, 200, "Those who complain have 4.43 times the followers of those who praise"),
        (200, 900, "Those who praise have 4.43 times the followers of those who complain"),
        (300, 300, "Neither those who complain nor those who praise clearly reach further"),
    ],
)
def test_the_asymmetry_is_said_only_where_it_is_clear(negative: int, positive: int, wanted: str) -> None:
    shown = page(*many(negative, positive))
    assert exhibit(shown, "network.asymmetry").title == wanted
    found = [f.id for f in make.section(Reach).findings(shown, WORDS)]
    assert found == ([] if negative == positive else ["network.asymmetry"])


def test_a_ratio_that_hangs_on_one_author_is_no_finding() -> None:
    shown = page(*many(300, 300), post(9_000_000))
    told = exhibit(shown, "network.asymmetry")
    assert told.title == "Which side reaches further hangs on one author"
    assert "one author holds more than half of all negative reach" in told.note
    assert "network.asymmetry" not in [f.id for f in make.section(Reach).findings(shown, WORDS)]


def test_the_case_is_told_in_words() -> None:
    shown = page(loud(), *many(900, 900), *[post(5, waited=None) for _ in range(3)])
    section = make.section(Reach)
    view = section.view(shown, WORDS)
    assert view.title == "A complaint from an account with 410,000 followers waited 33.4\u00a0hours for an answer"
    assert view.data["case"] == (
        "In January 2026 an account with about 410,000 followers complained on X. The first public answer came after "
        "33.4\u00a0hours. The record was reposted about 12,000 times and shown about 5,300,000 times, as the network "
        "counted. It is one of 4 public complaints, of 154, that waited more than 24\u00a0hours or in vain."
    )
    finding = next(f for f in section.findings(shown, WORDS) if f.id == "network.case")
    assert finding.title == view.title
    assert finding.text == view.data["case"]


def test_a_complaint_without_an_answer_says_until_when() -> None:
    story = make.section(Reach).view(page(loud(waited=None), *many(900, 900)), WORDS).data["case"]
    assert "No public answer had come by 1 March 2026, 44.5\u00a0days later." in story


def test_a_case_before_a_small_part_of_all_followers_is_no_finding() -> None:
    shown = page(post(1_500, waited=100), *many(900, 900))
    assert exhibit(shown, "network.case").table is not None
    assert list(make.section(Reach).findings(shown, WORDS)) == []
    assert "followers between them" in make.section(Reach).view(shown, WORDS).title


def test_without_a_late_answer_there_is_no_case() -> None:
    shown = page(*many(900, 900))
    assert "network.case" not in [e.id for e in make.section(Reach).exhibits(shown, WORDS)]
    assert make.section(Reach).view(shown, WORDS).data["case"] == ""


def test_nobody_can_be_looked_up() -> None:
    shown = page(loud(), *many(900, 900))
    whole = json.dumps({name: [r.model_dump(mode="json") for r in found] for name, found in shown.measures.items()})
    for exact in ("412300", "11764", "5251804", "puppeteer", "lanternpuppet"):
        assert exact not in whole.replace(",", "").replace(".0", "")
    for told in make.section(Reach).exhibits(shown, WORDS):
        assert "412,300" not in str(told.table)


def test_one_record_that_holds_most_impressions_is_said() -> None:
    shown = page(*many(900, 900), post(10, "positive", impressions=5_000_000))
    assert "of positive records, 100% are of one record" in exhibit(shown, "network.ways").note
    asymmetry = exhibit(shown, "network.asymmetry")
    assert "Measured impressions: directional" in asymmetry.note
    assert asymmetry.table is not None
    assert "Measured impressions" in [row[0] for row in asymmetry.table.rows]


def test_ways_say_when_nobody_counted() -> None:
    shown = page(*[post(100 + i, text="Bags again") for i in range(40)])
    ways = exhibit(shown, "network.ways")
    assert "no export counts how far they did" in ways.title
    assert ways.table is not None
    assert [row[:2] for row in ways.table.rows] == [
        ("Followers", "130 to 4,800"), ("Impressions, assumed", "47 to 150"), ("Impressions, counted", "Not testable"),
    ]  # fmt: skip
    assert make.section(Reach).limits(shown, WORDS) == (
        "We cannot say how many people saw what customers wrote: followers are not viewers.",
    )


def test_the_figure_is_of_those_who_complain() -> None:
    kpi = make.section(Reach).kpis(page(*many(900, 900)), WORDS)[0]
    assert kpi.result.dims == {"sentiment": "negative"}
    assert WORDS.value(kpi.result) == "900 to 140,000"


def test_tiers_are_named_in_words() -> None:
    shown = page(*[post(5) for _ in range(20)], *[post(500) for _ in range(20)], *[post(50_000) for _ in range(20)])
    table = exhibit(shown, "network.audience").table
    assert table is not None
    assert [row[:3] for row in table.rows] == [
        ("10,000 and more", "20", "20"), ("100 to 9,999", "20", "20"), ("Under 100", "20", "20"),
    ]  # fmt: skip
    alone = exhibit(page(*[post(5) for _ in range(12)]), "network.audience").table
    assert alone is not None
    assert [row[0] for row in alone.rows] == ["All"]


def test_an_audit_without_followers_says_so() -> None:
    for shown, left in ((page(), []), (page(*[post(None) for _ in range(20)]), ["network.others"])):
        section = make.section(Reach)
        assert "cannot be judged" in section.view(shown, WORDS).title
        assert [e.id for e in section.exhibits(shown, WORDS)] == left
        assert list(section.findings(shown, WORDS)) == []
        assert "no export tells how many followers" in section.limits(shown, WORDS)[0]


@pytest.mark.parametrize("small", [False, True])
def test_the_page_is_drawn_whole(small: bool) -> None:
    rows = [loud(), *many(900, 300), *[post(5, waited=None) for _ in range(3)]]
    shown = page(*(rows[:14] if small else rows))
    themes = ROOT / "themes" / "cxreport_themes"
    tokens = load_tokens(
        themes / "base/tokens.yaml", themes / "audit/tokens.yaml", font_folders=[themes / "audit/fonts"]
    )
    gallery, section = Gallery(tokens), make.section(Reach)
    views = [gallery.hang(e, "reach.html") for e in section.exhibits(shown, WORDS)]
    folders = [themes / "base/templates", ROOT / "plugins/cxreport_plugins/network/templates"]
    loader = ChoiceLoader([FileSystemLoader(f) for f in folders])
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    env.globals.update(words=WORDS, t=lambda text: text, trail=None)
    view = section.view(shown, WORDS)
    html = env.get_template("sections/reach.html").render(section=view, exhibits=views, edition=shown)
    assert view.data["case"] in html
    assert not re.search(r"\b(nan|None|inf)\b", re.sub(r"<[^>]*>", " ", html))
    assert all(e.exhibit.alt for e in views if e.svg)
    assert all(len(e.title) <= 110 for e in views)


@pytest.mark.parametrize("small", [False, True])
def test_it_speaks_russian(small: bool) -> None:
    words = Words("ru", Texts("ru", [Path(cxreport_plugins.network.__file__).parent]))
    rows = [loud(), *many(900, 300), *[post(5, waited=None) for _ in range(3)]]
    shown, section = page(*(rows[:14] if small else rows)), make.section(Reach)
    view = section.view(shown, words)
    said = [view.title, view.lede, str(view.data.get("case", "")), *section.limits(shown, words)]
    for finding in section.findings(shown, words):
        said += [finding.title, finding.text]
    for exhibit in section.exhibits(shown, words):
        assert exhibit.table is not None
        said += [exhibit.title, exhibit.heading, exhibit.alt, exhibit.note, exhibit.source, *exhibit.table.columns]
        said += [row[0] for row in exhibit.table.rows]
    assert len(said) > 9
    assert not [text for text in said if re.search(r"[a-z]+ [a-z]+ [a-z]+", text)]
