"""Templates of the base theme: hostile words stay words, and every page keeps its structure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cxreport.model.audit import Evidence
from cxreport.model.result import Result, not_testable
from cxreport.plugin.section import Exhibit, Key, Kpi, Link, Page, SectionView, Table
from cxreport.render.views import (
    ExhibitView,
    FindingView,
    KpiView,
    NavGroup,
    NavItem,
    PageView,
    SectionBlock,
    SiteView,
    SummaryView,
)
from cxreport.render.words import Words

from .gallery import THEMES

BAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
VOID = {"meta", "link", "img", "br", "hr", "input"}


def environment() -> Environment:
    loader = FileSystemLoader(THEMES / "base/templates")
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env.globals.update(words=Words(), t=lambda text: text, trail=None, root="")
    return env


ENV = environment()
SUMMARY, CARE = Page("summary", "Summary", "The audit", 10), Page("care", "Service", "Customers", 20)
TABLE = Table(("Moment", "Value"), (("SMOT", "−31"), (BAD, "+2")), caption="Values")
SVG = Markup('<svg class="wide"></svg><svg class="narrow"></svg>')
NPS = Result(id="experience.nps", value=12, low=8, high=16, n=3206, unit="points")


def exhibit(number: int = 1, plain: bool = False, svg: Markup | None = SVG, table: Table | None = TABLE) -> ExhibitView:
    about = Exhibit(
        id=f"care.e{number}", title=f"Replies come late {BAD}", subtitle="Share", table=table, note=BAD, source="Base: 12",
        keys=(Key("interval", "95% interval"),), links=(Link("voices.html", "Records", "E-09"),),
        heading="Replies",
    )  # fmt: skip
    return ExhibitView(about, f"E-0{number}", f"care-e{number}{'-small' if plain else ''}", svg, None, plain)


def site() -> SiteView:
    return SiteView(
        title="Audit", client=f"Meridian {BAD}", author="N. Light", status="draft", confidentiality="client", language="en",
        period="July 2025", digest="7c41e9abcdef00", profile="client", as_of="30 June 2026", records="12 records",
        logo=None, base_url="https://example.org/audit/", styles=("tokens.css", "page.css"), scripts=("enliven.js",),
        indexable=False,
    )  # fmt: skip


def page(current: Page, blocks: tuple[SectionBlock, ...] = ()) -> PageView:
    items = tuple(NavItem(p, p == current) for p in (SUMMARY, CARE))
    return PageView(
        page=current, heading=f"Replies come late {BAD}", lede="So what", meta="12 records", description=BAD,
        sections=blocks, nav=(NavGroup("The audit", items),), previous=SUMMARY, next=CARE,
    )  # fmt: skip


def fill(name: str, view: PageView, **more: object) -> str:
    text: str = ENV.get_template(name).render(
        site=site(), page=view, asset=lambda p: f"assets/{p}", edition=None, **more
    )
    return text


def section(title: str) -> SectionBlock:
    view = SectionView(id="service", title=title, lede="Lede", notes=(f"A note {BAD}",))
    drawn = (exhibit(1), exhibit(2, svg=None))
    body = ENV.get_template("section.html").render(section=view, exhibits=drawn, edition=None)
    return SectionBlock(view, drawn, Markup(body))


def kpi(testable: bool) -> KpiView:
    result = NPS if testable else not_testable("care.x", "no replies", "an export with replies")
    about = Kpi("nps", "Net Promoter Score", result, (-100, 100), page="care.html")
    return KpiView(about, "+12" if testable else "Not testable", "", "Down 7", "+8 to +16", None, "care.html", testable)


def summary() -> SummaryView:
    found = FindingView(
        1, "f", f"A finding {BAD}", "Text", Link("care.html#care-e1", "See", "E-01"), exhibit(1, plain=True)
    )
    return SummaryView((kpi(True), kpi(False)), (found, replace(found, number=2, exhibit=None)), 1, ("No cause.",))


def pages() -> Iterator[tuple[str, str]]:
    yield "page", fill("page.html", page(CARE, (section(""), replace_id(section("More")))))
    yield "summary", fill("summary.html", page(SUMMARY), summary=summary())
    yield "empty summary", fill("summary.html", page(SUMMARY), summary=SummaryView((), (), 0, ()))
    yield "scorecard", fill("scorecard.html", page(CARE), kpis=(kpi(True), kpi(False)))
    yield "note", fill("note.html", page(CARE), content=Markup("<p>By hand</p>"))
    yield "404", fill("404.html", replace(page(CARE), nav=(), previous=None, next=None))


def replace_id(block: SectionBlock) -> SectionBlock:
    """The same section with other anchors, so that it can stand on the same page."""
    return replace(block, body=Markup(block.body.replace("care-e", "more-e")))


PAGES = dict(pages())


class Outline(HTMLParser):
    """Tags, ids and headings; and whether tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]

    def levels(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]


@pytest.fixture(params=PAGES, ids=str)
def text(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]


def test_hostile_words_stay_words(text: str) -> None:
    tags = Outline(text).tags
    assert not any(name.startswith("on") or name == "style" for _, attrs in tags for name in attrs)
    assert [attrs for tag, attrs in tags if tag == "script"] == [{"src": "assets/enliven.js", "defer": None}]
    assert not any(tag == "img" for tag, _ in tags)
    assert "alert(1)" in text


def test_tags_are_balanced_and_ids_unique(text: str) -> None:
    outline = Outline(text)
    assert outline.faults == []
    assert outline.open == []
    assert len(outline.ids()) == len(set(outline.ids()))


def test_one_h1_and_no_level_left_out(text: str) -> None:
    main = text[text.index("<main") : text.index("</main>")]
    levels = Outline(main).levels()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), levels


def test_landmarks_have_names_and_references_have_targets(text: str) -> None:
    outline = Outline(text)
    ids = set(outline.ids())
    for tag, attrs in outline.tags:
        if tag in ("nav", "section"):
            assert attrs.get("aria-label") or attrs.get("aria-labelledby"), attrs
        for name in (attrs.get("aria-labelledby") or "").split():
            assert name in ids
        href = attrs.get("href") or ""
        if tag == "a" and href.startswith("#") and href != "#contents":
            assert href[1:] in ids


def test_the_contents_follow_the_main_part(text: str) -> None:
    if 'id="contents"' in text:
        assert text.index("</main>") < text.index('id="contents"')
    assert text.index('class="skip"') < text.index("<header")


def test_only_the_public_edition_may_be_indexed() -> None:
    assert 'content="noindex' in PAGES["page"]
    public = ENV.get_template("404.html").render(
        site=replace(site(), indexable=True), page=page(CARE), asset=str, edition=None
    )
    assert "noindex" not in public
    assert '<link rel="canonical" href="https://example.org/audit/care.html">' in public


def test_a_chart_has_its_table_in_a_scroll_region_and_a_table_alone_is_open() -> None:
    drawn = str(ENV.get_template("exhibit.html").render(view=exhibit()))
    assert drawn.startswith("<figure")
    assert '<section class="scroll" tabindex="0" aria-label="Data table: Replies come late' in drawn
    assert drawn.index("<details>") < drawn.index("<table>")
    alone = str(ENV.get_template("exhibit.html").render(view=exhibit(svg=None)))
    assert "<details>" not in alone
    assert 'class="stack"' in alone
    assert 'data-l="Value"' in alone
    unnamed = Table(("Step", ""), (("a", "b"),))
    assert '<th scope="col"></th>' not in str(ENV.get_template("exhibit.html").render(view=exhibit(table=unnamed)))
    many = Table(tuple("abcdefgh"), (tuple("12345678"),))
    scrolled = str(ENV.get_template("exhibit.html").render(view=exhibit(svg=None, table=many)))
    assert '<section class="scroll" tabindex="0"' in scrolled
    assert "stack" not in scrolled


def test_numbers_and_their_absence() -> None:
    macros = ENV.get_template("macros.html").module
    said = re.sub("<[^>]+>", "", macros.number(NPS))  # type: ignore[attr-defined]
    assert said.strip().replace("\xa0", " ") == "+12 (+8 to +16, n 3,206)"
    assert 'class="state"' in macros.number(not_testable("a.b", "no data"))  # type: ignore[attr-defined]


def test_a_quote_has_its_language_its_sentiment_and_its_redactions() -> None:
    macros = ENV.get_template("macros.html").module
    record = Evidence(
        id="abc", source_id="s", channel="x", created_at=datetime(2026, 3, 12, tzinfo=UTC), lang="de", sentiment="negative",
        text=f"[name] said [sic] {BAD} to [email]", moment="smot",
    )  # fmt: skip
    said = str(macros.quote(record, "voices.html#r-abc"))  # type: ignore[attr-defined]
    assert '<figure class="quote neg" id="r-abc">' in said
    assert '<blockquote lang="de"><p><span class="red">name</span> said [sic] &lt;script&gt;' in said
    assert 'to <span class="red">email</span></p>' in said
    assert "X, 12 March 2026. SMOT." in said
    assert Outline(said).faults == []
