"""The script side: a runtime that needs neither network nor eval, and specifications that cannot break out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import altair as alt
import pytest

from cxreport.render.charts.errors import ChartError
from cxreport.render.charts.marks import Estimate, dot_interval, legend_diverging
from cxreport.render.charts.spec import specification
from cxreport.render.charts.vega import bundle, compiled, responsive, script_json, spec_script

from .gallery import EXHIBITS, MOMENTS, THEMES, audit_tokens, figure, styles

TOKENS = audit_tokens()
HOSTILE = "</script><script>window.hacked=1</script>\u2028<!--"


def test_the_runtime_is_one_classic_script_with_its_licence() -> None:
    script = bundle()
    assert script.startswith("/*! Vega 6")
    assert "BSD-3-Clause" in script[:3000]
    assert "\nimport " not in script
    assert not re.search(r"(?m)^export\b", script)
    assert "</script" not in script
    assert "jsdelivr" not in script
    assert len(script) < 620_000


def test_specifications_hold_customer_text_safely() -> None:
    chart = dot_interval([Estimate(HOSTILE, 3, 1, 5, 100)], TOKENS, "wide")
    script = spec_script("e-1", specification(chart, "e-1", "wide", TOKENS), TOKENS)
    assert not re.search("[<>\u2028\u2029]", script)
    assert json.loads(script_json(HOSTILE)) == HOSTILE


def test_specifications_are_painted_with_the_pages_custom_properties() -> None:
    chart = EXHIBITS["response"](TOKENS, "wide")
    text = json.dumps(compiled(specification(chart, "e.1", "wide", TOKENS), "e.1", TOKENS))
    assert not re.search(r'"#[0-9a-f]{6}"', text)
    assert '"var(--ink)"' in text
    assert '"url(#e-1-wide-hatch)"' in text


def test_the_same_chart_compiles_to_the_same_bytes() -> None:
    def script() -> str:
        return spec_script("e", specification(dot_interval(MOMENTS, TOKENS, "wide"), "e", "wide", TOKENS), TOKENS)

    assert script() == script()


def test_only_marks_with_a_tooltip_catch_the_pointer() -> None:
    vega = compiled(specification(dot_interval(MOMENTS, TOKENS, "wide"), "e", "wide", TOKENS), "e", TOKENS)
    catching = [m["type"] for m in vega["marks"] if m.get("interactive", True)]
    assert catching == ["symbol"]


def test_a_drawing_without_tooltips_is_not_enlivened() -> None:
    assert responsive(specification(dot_interval(MOMENTS, TOKENS, "wide"), "e", "wide", TOKENS))
    assert not responsive(specification(legend_diverging(TOKENS), "e", "wide", TOKENS))


def test_what_cannot_be_compiled_names_the_chart() -> None:
    with pytest.raises(ChartError, match=r"chart e\.1"):
        compiled({"mark": "no-such-mark", "data": {"values": []}}, "e.1", TOKENS)


def test_a_chart_answers_the_pointer_under_a_strict_policy_from_a_file(tmp_path: Path, chromium: str) -> None:
    """No console message, no request beside files, no id twice, and the tooltip is text."""
    sync_api = pytest.importorskip("playwright.sync_api")
    _write_page(tmp_path)
    with sync_api.sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = driver.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 900, "height": 800})
        noise: list[str] = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request", lambda request: noise.extend([request.url][: not request.url.startswith(("file:", "data:"))])
        )
        page.goto((tmp_path / "index.html").as_uri())
        assert page.locator("script").count() == 1, "nothing is loaded before somebody points"
        page.locator(".chart").hover()
        page.wait_for_selector(".chart.lively")
        box = page.locator(".live g.mark-symbol path").first.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2)
        page.wait_for_selector(".tip:not([hidden])")
        assert page.locator(".tip").text_content().startswith(HOSTILE)
        painted = page.evaluate("getComputedStyle(document.querySelector('.live g.mark-symbol path')).fill")
        assert painted == "rgb(79, 144, 198)"
        doubled = "[...document.querySelectorAll('[id]')].map(e=>e.id).filter((id,i,all)=>all.indexOf(id)!==i)"
        assert page.evaluate(doubled) == []
        assert page.evaluate("window.hacked") is None
        assert noise == []
        browser.close()


def _write_page(folder: Path) -> None:
    EXHIBITS["hostile"] = lambda t, s: dot_interval([Estimate(HOSTILE, 30, 20, 40, 100), *MOMENTS], t, s)
    drawn = figure(0, "hostile", TOKENS)
    spec = specification(EXHIBITS.pop("hostile")(TOKENS, "wide"), "g-0", "wide", TOKENS)
    policy = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; font-src 'self' file:; img-src data:"
    page = (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<title>t</title><link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">'
        f'<script src="enliven.js" defer></script><main>{drawn}</main></html>'
    )
    (folder / "live").mkdir()
    (folder / "index.html").write_text(page, "utf-8")
    (folder / "style.css").write_text(re.sub(r"@font-face\s*\{[^}]*\}", "", styles(TOKENS)), "utf-8")
    (folder / "vega.js").write_text(bundle(), "utf-8")
    (folder / "live/g-0.js").write_text(spec_script("g-0", spec, TOKENS), "utf-8")
    (folder / "enliven.js").write_text((THEMES / "base/assets/enliven.js").read_text("utf-8"), "utf-8")


def test_altair_charts_with_parameters_are_responsive() -> None:
    rows = alt.InlineData(values=[{"x": 1}])
    chart = alt.Chart(rows).mark_bar().encode(x="x:Q").add_params(alt.selection_point(name="pick"))
    assert responsive(specification(chart, "e", "wide", TOKENS))
