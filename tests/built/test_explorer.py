"""The evidence explorer, search and the exhibits' tools in a browser, from the file system as readers open them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl
import pytest

from cxreport.config.models import Profile
from cxreport.model.dossier import selection_of
from cxreport.model.result import Result

from .demo import Demo
from .looking import TAGS, Watch, address, violations

sync_api = pytest.importorskip("playwright.sync_api")
SLUG = re.compile(r'href="evidence/([^"]+)\.html"')


@pytest.fixture
def watched(page: Any) -> Iterator[Watch]:
    """What the page says and asks for; nobody may say anything, nor ask anybody."""
    page.set_viewport_size({"width": 1280, "height": 900})
    watch = Watch(page)
    yield watch
    left = [line for line in watch.heard if not line.endswith(".woff2")]  # a page was left before its fonts were there
    assert left == []
    assert watch.foreign("file://", "blob:") == []


def explore(demo: Demo, page: Any, **chosen: str) -> None:
    """Open the explorer with this filter."""
    page.goto("about:blank")
    page.goto(address(demo, "evidence.html") + "#" + "&".join(f"{key}={quote(value)}" for key, value in chosen.items()))
    page.locator("#records li").first.wait_for()


def found(page: Any) -> int:
    """How many records match, as the page says."""
    told = page.locator(".found").text_content()
    return int(told.split(" of ")[0].replace(",", ""))


def linked(demo: Demo) -> set[str]:
    """Slugs of all lists that pages lead to."""
    return {slug for name in demo.pages for slug in SLUG.findall((demo.site / name).read_text("utf-8"))}


# ---- from numbers to records


def test_every_estimate_of_the_scorecard_and_the_summary_leads_to_its_records(demo: Demo) -> None:
    for name in ("scorecard.html", "index.html"):
        markup = (demo.site / name).read_text("utf-8")
        assert markup.count('<p class="base">') == markup.count('<p class="base"><a class="behind" href="evidence')


def test_most_exhibits_with_results_lead_to_records(demo: Demo) -> None:
    pages = "".join((demo.site / name).read_text("utf-8") for name in demo.pages if name != "evidence.html")
    figures = re.findall(r'<figure class="exhibit" id="[^"]+".*?</figure>', pages, re.DOTALL)
    leading = [figure for figure in figures if 'href="evidence/' in figure]
    assert len(linked(demo)) > 250
    assert len(leading) > 50


def test_without_scripts_each_number_lists_up_to_fifty_of_its_records(demo: Demo, still: Any) -> None:
    still.goto(address(demo, "scorecard.html"))
    still.locator("a.behind").first.click()
    assert "/evidence/" in still.url
    assert still.locator("ol.records > li").count() == 50
    assert "records stand behind it" in still.locator(".lede").text_content()
    for name in sorted(linked(demo))[::25]:
        still.goto(address(demo, f"evidence/{name}.html"))
        assert 1 <= still.locator("ol.records > li").count() <= 50
        assert still.locator("blockquote, .wordless").count() == still.locator("ol.records > li").count()
    still.goto(address(demo, "evidence.html"))
    assert still.locator("#explorer").is_visible() is False
    assert still.locator("tbody tr").count() >= len(linked(demo))


def test_with_scripts_the_same_link_opens_the_explorer(demo: Demo, page: Any, watched: Watch) -> None:
    page.goto(address(demo, "scorecard.html"))
    page.locator("a.behind").first.click()
    page.locator("#records li").first.wait_for()
    assert "evidence.html#of=" in page.url
    assert page.locator("#about").is_visible()


# ---- the explorer


def test_the_explorer_finds_exactly_the_records_that_the_audit_counted(demo: Demo, page: Any, watched: Watch) -> None:
    edition = demo.built.edition
    results = {r.key: r for found in edition.measures.values() for r in found}
    assert len(results) > 500
    script = (demo.site / "assets/evidence/columns.js").read_text("utf-8")
    sets = json.loads(script[len("cxreport.evidence(") : -3])["sets"]
    by_slug = {behind: one["said"] for behind, one in sets.items()}
    explore(demo, page)
    whole = found(page)
    assert whole == edition.dossier.frame.height
    for slug in sorted(by_slug)[::6]:
        page.evaluate("hash => { location.hash = hash }", f"of={slug}")
        page.wait_for_function(
            "slug => location.hash === '#of=' + slug && !document.getElementById('about').hidden", arg=slug
        )
        page.wait_for_function("said => document.querySelector('.said').textContent.endsWith(said)", arg=by_slug[slug])
        markup = (demo.site / "evidence.html").read_text("utf-8")
        row = re.search(rf'<tr id="{re.escape(slug)}">.*?</tr>', markup)
        assert row is not None
        listed = int(re.findall(r'<td class="r">([\d,]+)</td>', row[0])[1].replace(",", ""))
        assert found(page) == listed, slug


def test_filters_narrow_and_count_what_each_choice_would_leave(demo: Demo, page: Any, watched: Watch) -> None:
    frame = demo.built.edition.dossier.frame
    explore(demo, page)
    page.select_option("select[name=channel]", "google")
    page.select_option("select[name=sentiment]", "negative")
    both = frame.filter(pl.col("channel") == "google", pl.col("sentiment") == "negative")
    assert found(page) == both.height
    fewer = page.locator("select[name=moment] option[value=smot]").text_content()
    assert fewer.endswith(f"({both.filter(pl.col('moment') == 'smot').height:,})")
    page.select_option("select[name=theme]", "staff")
    labels = pl.col("labels").list.eval(pl.element().struct.field("label")).list.contains("staff")
    assert found(page) == both.filter(labels).height
    page.select_option("select[name=theme]", "")
    page.select_option("select[name=from]", "2025-09")
    page.select_option("select[name=to]", "2025-10")
    months = pl.col("created_at").dt.strftime("%Y-%m").is_in(["2025-09", "2025-10"])
    assert found(page) == both.filter(months).height
    kept = page.url
    assert all(part in kept for part in ("channel=google", "sentiment=negative", "from=2025-09", "to=2025-10"))
    page.goto("about:blank")
    page.goto(kept)
    page.locator("#records li").first.wait_for()
    assert found(page) == both.filter(months).height
    page.locator("#clear").click()
    assert found(page) == frame.height


def test_a_record_shows_its_words_its_labels_with_their_rules_and_where_it_came_from(
    demo: Demo, page: Any, watched: Watch
) -> None:
    explore(demo, page, channel="trustpilot", sentiment="negative")
    first = page.locator("#records li.negative").first
    row = demo.built.edition.dossier.frame.filter(pl.col("id") == first.locator(".place .nowrap").text_content())
    [record] = row.to_dicts()
    shown = first.text_content()
    assert record["text"].split("[")[0] in shown
    assert f"{record['file']}, row {record['row']}" in shown
    assert record["sentiment_rule"] in shown
    assert all(label["rule"] in shown for label in record["labels"])
    assert first.locator("blockquote").get_attribute("lang") == record["lang"]


def test_more_records_come_by_keyboard_and_take_the_focus(demo: Demo, page: Any, watched: Watch) -> None:
    explore(demo, page)
    before = page.locator("#records li").count()
    page.locator("#more").focus()
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("#records li")).to_have_count(2 * before)
    at = page.evaluate("[...document.querySelectorAll('#records li')].indexOf(document.activeElement)")
    assert at == before


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_in_the_explorer(demo: Demo, page: Any, watched: Watch, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    explore(demo, page, of=sorted(linked(demo))[0])
    assert violations(page, *TAGS) == []
    page.goto(address(demo, f"evidence/{sorted(linked(demo))[0]}.html"))
    assert violations(page, *TAGS) == []
    page.emulate_media(color_scheme="light")


def test_hostile_records_are_text_in_the_explorer(hostile_site: Path, page: Any, watched: Watch) -> None:
    page.goto((hostile_site / "evidence.html").as_uri())
    page.locator("#records li").first.wait_for()
    while page.locator("#more").is_visible():
        count = page.locator("#records li").count()
        page.locator("#more").click()
        page.wait_for_function("n => document.querySelectorAll('#records li').length > n", arg=count)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main :is(img, image, iframe, script, form, object, embed)").count() == 0
    assert "<script>window.hacked=1</script>" in page.locator("#records").text_content()
    for path in sorted((hostile_site / "evidence").glob("*.html"))[:10]:
        page.goto(path.as_uri())
        assert page.evaluate("window.hacked") is None


def test_the_public_edition_says_how_many_and_shows_none(
    site_of: Callable[[Profile], Path], page: Any, watched: Watch
) -> None:
    site = site_of("public")
    page.goto((site / "scorecard.html").as_uri())
    page.locator("a.behind").first.click()
    slug = page.url.partition("#")[2]
    assert page.locator(f"tr[id='{slug}']").is_visible()
    assert page.locator("#explorer").count() == 0
    counts = page.locator("tbody td.r").all_text_contents()
    assert len(counts) > 100
    assert {int(count.replace(",", "")) % 5 for count in counts} == {0}


def test_results_of_too_few_people_lead_nowhere(demo: Demo) -> None:
    hidden = [r for found in demo.built.edition.measures.values() for r in found if r.status == "hidden"]
    assert hidden
    assert all(selection_of(result) is None for result in hidden)
    assert not {result.key for result in hidden} & set(demo.built.edition.behind)
    assert isinstance(hidden[0], Result)


# ---- search


def search(page: Any, words: str) -> None:
    page.locator("#find").click()
    page.locator("#find").fill(words)
    page.locator(".hits [role=status]").wait_for()


def test_search_finds_pages_exhibits_findings_and_words(demo: Demo, page: Any, watched: Watch) -> None:
    page.goto(address(demo, "index.html"))
    search(page, "net promoter")
    kinds = " ".join(page.locator(".hits li span").all_text_contents())
    assert "Glossary" in kinds
    assert "E-" in kinds
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\.html#"))
    anchor = page.url.partition("#")[2]
    assert page.locator(f"[id='{anchor}']").count() == 1


def test_search_works_from_a_list_of_records_too_and_every_hit_is_there(demo: Demo, page: Any, watched: Watch) -> None:
    page.goto(address(demo, f"evidence/{sorted(linked(demo))[0]}.html"))
    search(page, "service performance")
    targets = [link.get_attribute("href") for link in page.locator(".hits a").all()]
    assert address(demo, "service.html") in targets
    script = (demo.site / "assets/index.js").read_text("utf-8")
    for *_, href in json.loads(script[len("cxreport.index(") : -3]):
        name, _, anchor = href.partition("#")
        markup = (demo.site / name).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in markup, href


def test_search_says_when_there_is_nothing_and_escape_closes_it(demo: Demo, page: Any, watched: Watch) -> None:
    page.goto(address(demo, "index.html"))
    search(page, "xylophone")
    assert page.locator(".hits [role=status]").text_content() == "Nothing found"
    page.keyboard.press("Escape")
    assert page.locator(".hits").is_hidden()
    assert page.evaluate("document.activeElement.id") == "find"
    search(page, "promoter")
    assert violations(page, *TAGS) == []


# ---- tools of exhibits


def saved(page: Any, kind: str) -> tuple[str, bytes]:
    """Name and content of what the first exhibit's button saves."""
    with page.expect_download() as download:
        page.locator(f"#care-curve button[data-save={kind}]").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_an_exhibit_is_saved_as_drawing_picture_and_table(demo: Demo, page: Any, watched: Watch) -> None:
    page.goto(address(demo, "service.html"))
    name, drawn = saved(page, "svg")
    assert re.fullmatch(r"E-\d+-care-curve\.svg", name)
    text = drawn.decode()
    assert text.startswith("<svg")
    assert demo.audit["audit"] in text, "it says which audit it is from"
    assert "var(--" not in text
    assert "<script" not in text
    assert saved(page, "png")[1].startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(saved(page, "csv")[1].decode("utf-8-sig"))))
    header = page.locator("#care-curve thead th").all_text_contents()
    assert rows[0] == header
    assert len(rows) == 1 + page.locator("#care-curve tbody tr").count()


def test_a_citation_names_exhibit_audit_and_address(demo: Demo, page: Any, watched: Watch) -> None:
    page.goto(address(demo, "service.html"))
    page.evaluate("navigator.clipboard.writeText = words => { window.copied = words; return Promise.resolve(); }")
    page.locator("#care-curve button[data-save=cite]").click()
    sync_api.expect(page.locator("#care-curve button[data-save=cite]")).to_contain_text("Copied")
    cited = page.evaluate("window.copied")
    for part in ("Meridian Air", demo.audit["audit"], "Exhibit E-", page.locator("#care-curve .title").text_content()):
        assert part in cited
    assert cited.endswith("service.html#care-curve")


def test_nothing_of_the_tools_is_seen_without_scripts(demo: Demo, still: Any) -> None:
    still.goto(address(demo, "service.html"))
    assert still.locator("button[data-save]").count() > 10
    assert not any(button.is_visible() for button in still.locator("button[data-save]").all()[:8])
    assert still.locator("#find").is_visible() is False
