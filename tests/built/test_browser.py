"""The demo in a browser: nothing asked of others, nothing said, readable without scripts, accessible, harmless."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from .demo import Demo
from .looking import TAGS, Watch, address, violations

sync_api = pytest.importorskip("playwright.sync_api")

WIDTHS = (320, 390, 768, 1280)
COLOURS = ("color-contrast", "link-in-text-block")
"""What a dark page may break that the light one did not: its markup is the same."""
WAITING = ".chart[data-live]:not([data-state=live]):not([data-state=still])"
BLIND_CHARTS = """
() => [...document.querySelectorAll('.chart')].filter(chart => {
  const drawn = [...chart.querySelectorAll('svg')].filter(svg => svg.getClientRects().length);
  const box = drawn.length === 1 ? drawn[0].getBoundingClientRect() : {width: 0, height: 0};
  return box.width < 20 || box.height < 5 || !drawn[0].querySelector('path, rect, line, text, circle');
}).map(chart => (chart.closest('[id]') || chart).id)
"""
TOO_WIDE = """
() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return null;
  const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > page.clientWidth + 1);
  return page.scrollWidth + ' > ' + page.clientWidth + ' ' + wide.slice(-3).map(e => e.tagName + '.' + e.className).join(', ');
}
"""


@pytest.fixture(scope="module")
def served(demo: Demo) -> Iterator[str]:
    """The site under a sub-path of a loopback server."""

    class Quiet(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            """Only what lies below the sub-path."""
            inside = urlsplit(path).path.removeprefix("/reports/meridian/")
            return str(demo.site / inside) if inside != urlsplit(path).path else str(demo.site / "no such place")

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody's news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/reports/meridian/"
    server.shutdown()
    server.server_close()


def test_axe_finds_nothing_in_light_and_dark(demo: Demo, page: Any) -> None:
    watch, found = Watch(page), []
    for name in (*demo.pages, "404.html"):
        page.emulate_media(color_scheme="light")
        page.goto(address(demo, name))
        found += [f"{name}: {line}" for line in violations(page, *TAGS)]
        page.emulate_media(color_scheme="dark")
        found += [f"{name}, dark: {line}" for line in violations(page, *COLOURS)]
    page.emulate_media(color_scheme="light")
    assert found == []
    assert watch.heard == []
    assert watch.foreign("file://") == []


def test_axe_finds_nothing_on_a_phone(demo: Demo, page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    found = []
    for name in ("index.html", "data.html", "heatmap.html"):
        page.goto(address(demo, name))
        found += [f"{name}: {line}" for line in violations(page, *TAGS)]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []


def test_every_chart_is_seen_without_scripts_at_every_width_and_no_page_is_too_wide(demo: Demo, still: Any) -> None:
    watch, blind, wide = Watch(still), [], []
    for name in (*demo.pages, "404.html"):
        still.goto(address(demo, name))
        charts = (demo.site / name).read_text("utf-8").count('class="chart')
        assert still.locator(".chart").count() == charts
        for width in WIDTHS:
            still.set_viewport_size({"width": width, "height": 900})
            blind += [f"{name} at {width}: {chart}" for chart in still.evaluate(BLIND_CHARTS)]
            wide += [f"{name} at {width}: {said}" for said in [still.evaluate(TOO_WIDE)] if said]
    assert blind == []
    assert wide == []
    assert watch.heard == []
    assert watch.foreign("file://") == []


def test_every_chart_has_words_and_its_numbers_beside_it(demo: Demo, still: Any) -> None:
    for name in demo.pages:
        still.goto(address(demo, name))
        for figure in still.locator("figure.exhibit:has(.chart)").all():
            ident = figure.get_attribute("id")
            assert figure.locator("svg[role=img] > desc").first.text_content().strip(), (name, ident)
            assert figure.locator("details table tbody tr").count() > 0, (name, ident)


def test_it_works_under_a_sub_path_and_asks_nobody_else(demo: Demo, served: str, page: Any) -> None:
    watch = Watch(page)
    page.goto(served)
    page.locator("nav.side a", has_text="Service performance").click()
    page.wait_for_url(f"{served}service.html")  # whole: leaving a page that still loads would count as a failure
    for name in demo.pages:
        page.goto(f"{served}{name}")
        page.evaluate("document.fonts.ready.then(() => true)")  # a font still on its way would count as a failure
    assert watch.heard == []
    assert watch.foreign(served) == []


def test_the_keyboard_reaches_the_findings_and_every_table(demo: Demo, page: Any) -> None:
    page.goto(address(demo, "index.html"))
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("e => e === document.activeElement")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0, "the focused skip link is seen"
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    summary = page.locator("main summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("main details").first.get_attribute("open") is not None


def test_every_live_chart_answers_the_pointer(demo: Demo, page: Any) -> None:
    watch, dead, answered = Watch(page), [], 0
    for name in demo.pages:
        if "data-live=" not in (demo.site / name).read_text("utf-8"):
            continue
        page.goto(address(demo, name))
        _enliven(page)
        dead += [f"{name}: {c.get_attribute('data-live')}" for c in page.locator(".chart[data-state=still]").all()]
        answered += _tooltip(page) is not None
        if name == "service.html":
            assert violations(page, *TAGS) == []
    assert dead == []
    assert watch.heard == []
    assert watch.foreign("file://") == []
    assert answered >= 5


def _enliven(page: Any) -> None:
    """Point at every chart, and wait until each has answered or given up."""
    for chart in page.locator(".chart[data-live]").all():
        chart.dispatch_event("pointerenter")
    sync_api.expect(page.locator(WAITING)).to_have_count(0)


def _tooltip(page: Any) -> str | None:
    """What the first mark of the page that answers the pointer says."""
    for mark in page.locator(".live :is(.mark-symbol, .mark-rect) path").all()[:40]:
        box = mark.bounding_box()
        if not box or box["width"] < 2 or box["height"] < 2:
            continue
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 2 + 0.5, box["y"] + box["height"] / 2)
        tip = page.locator(".tip:not([hidden])")
        if tip.count():
            text: str = tip.text_content()
            assert text.strip()
            return text
    return None


def test_hostile_cells_are_text_and_do_nothing(hostile_site: Path, page: Any) -> None:
    watch, seen = Watch(page), ""
    for path in sorted(hostile_site.glob("*.html")):
        page.goto(path.as_uri())
        assert page.locator("main :is(img, image, iframe, script, form, object, embed)").count() == 0, path.name
        _enliven(page)
        _tooltip(page)
        assert page.evaluate("window.hacked") is None, path.name
        assert page.locator("main :is(img, image, iframe, script, object, embed)").count() == 0, path.name
        assert page.locator("[onload], [onerror], [onmouseover], [style*=url]").count() == 0, path.name
        seen += page.locator("main").text_content()
    assert watch.heard == []
    assert watch.foreign("file://") == []
    assert "<script>window.hacked=1</script>" in seen
    assert "<img src=x onerror=window.hacked=2>" in seen
    assert "{{ 7*7 }}" in seen
