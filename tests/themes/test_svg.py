"""Drawings: accessible, self-contained, of tokens only, and the same bytes whenever they are made."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import altair as alt
import pytest

from cxreport.render.charts.errors import ChartError
from cxreport.render.charts.marks import Estimate, dot_interval
from cxreport.render.charts.svg import finish
from cxreport.render.charts.tokens import Tokens

from .gallery import LONG, STATES, audit_tokens

HOSTILE = '</text><script>alert(1)</script><img src=x onerror=alert(1)> " \' & style=x class="y" fill="red" 3.14159 NaN'
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return audit_tokens()


def chart(**mark: Any) -> alt.Chart:
    """A small chart that an author of a section might write, with axes of Vega's."""
    rows = [{"x": 1.23456, "y": "a"}, {"x": 2.5, "y": "b"}]
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(clip=True, **mark)
    return bars.encode(x="x:Q", y="y:N")  # type: ignore[no-any-return]


def draw(drawn: alt.TopLevelMixin, tokens: Tokens, title: str = "Bars") -> str:
    return finish(drawn, "e.one", title, "Two bars.", "wide", tokens)


def test_a_drawing_is_an_image_with_a_name_and_a_description(tokens: Tokens) -> None:
    root = ElementTree.fromstring(draw(chart(), tokens))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "e-one-wide-t e-one-wide-d"
    assert [(e.tag, e.get("id"), e.text) for e in root[:2]] == [
        (f"{space}title", "e-one-wide-t", "Bars"),
        (f"{space}desc", "e-one-wide-d", "Two bars."),
    ]
    assert root.get("viewBox") == f"0 0 768 {root.get('height')}"


def test_nothing_inside_has_a_role_a_style_a_class_or_a_font_of_its_own(tokens: Tokens) -> None:
    svg = draw(chart(), tokens)
    inner = svg[svg.index(">") + 1 :]
    assert not re.search(r'\s(style|role|class|aria-\w+|font-family|on\w+)="', inner)
    assert svg.count("font-family") == 1
    assert not re.search(r'"[^"]*\d\.\d\d', inner), "one decimal is enough"


def test_without_a_title_it_is_hidden_from_assistive_technology(tokens: Tokens) -> None:
    svg = draw(chart(), tokens, title="")
    assert 'aria-hidden="true"' in svg
    assert "role=" not in svg
    assert "<title" not in svg


def test_customer_text_stays_text(tokens: Tokens) -> None:
    rows = [Estimate(HOSTILE, 3, 1, 5, 100), Estimate(LONG, 1, -1, 3, 100)]
    narrow = finish(dot_interval(rows, tokens, "wide"), HOSTILE, HOSTILE, HOSTILE, "wide", tokens)
    root = ElementTree.fromstring(narrow)
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "line",
        "path",
        "text",
        "tspan",
    }
    assert "".join(root[0].itertext()) == HOSTILE
    assert not any(name.startswith("on") for e in root.iter() for name in e.attrib)


def test_numbers_in_text_are_not_rounded(tokens: Tokens) -> None:
    rows = [{"t": '3.14159 and NaN, url(#a) fill="red"'}]
    words = alt.Chart(alt.InlineData(values=rows)).mark_text().encode(text="t:N")
    assert '3.14159 and NaN, url(#a) fill="red"' in "".join(ElementTree.fromstring(draw(words, tokens)).itertext())


def test_control_and_direction_characters_are_taken_out(tokens: Tokens) -> None:
    """U+FFFE, measured by vl-convert, would end the process."""
    rows = [Estimate("a\x00b\x1b\u202ec\ufffe\uffff", 1, 0, 2, 100)]
    svg = finish(dot_interval(rows, tokens, "wide"), "e", "t\x08", "d", "wide", tokens)
    assert ElementTree.fromstring(svg) is not None
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", svg)
    assert ">abc" in svg


@pytest.mark.parametrize("paint", ["red", "#123456", "rgb(1,2,3)", "#FCFBF8"])
def test_a_paint_that_is_no_token_is_named_with_the_chart(tokens: Tokens, paint: str) -> None:
    with pytest.raises(ChartError, match=r"chart e\.one: the paint '.*' is not a token"):
        draw(chart(color=paint), tokens)


def test_a_foreign_font_is_refused(tokens: Tokens) -> None:
    words = alt.Chart(alt.InlineData(values=[{"t": "a"}])).mark_text(font="Comic Sans MS").encode(text="t:N")
    with pytest.raises(ChartError, match="Comic Sans MS"):
        draw(words, tokens)


def test_a_misspelt_field_is_found_before_drawing(tokens: Tokens) -> None:
    wrong = alt.Chart(alt.InlineData(values=[{"value": 1}])).mark_bar().encode(x="valeu:Q")
    with pytest.raises(ChartError, match=r"names the field 'valeu', which the data lacks\. The data has: value"):
        draw(wrong, tokens)


def test_fields_made_by_transforms_and_named_in_sorts_are_known(tokens: Tokens) -> None:
    base = alt.Chart(alt.InlineData(values=[{"a": 1, "b": 2}])).mark_bar()
    good = base.transform_calculate(c="datum.a * 2").encode(x="c:Q", y=alt.Y("b:N", sort=alt.EncodingSortField("a")))
    assert draw(good, tokens).startswith("<svg")
    with pytest.raises(ChartError, match="'missing'"):
        draw(base.encode(x="a:Q", y=alt.Y("b:N", sort=alt.EncodingSortField("missing"))), tokens)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_named_with_its_row(tokens: Tokens, value: float) -> None:
    rows = [{"x": 1.0}, {"x": value}]
    with pytest.raises(ChartError, match=r"row 1 of its data has (nan|inf) in 'x'"):
        draw(alt.Chart(alt.InlineData(values=rows)).mark_bar().encode(x="x:Q"), tokens)


def test_data_by_address_and_images_are_refused(tokens: Tokens) -> None:
    with pytest.raises(ChartError, match="takes its data from an address"):
        draw(alt.Chart("https://example.org/data.csv").mark_bar().encode(x="x:Q"), tokens)
    rows = [{"u": "https://example.org/spy.png", "x": 1}]
    picture = alt.Chart(alt.InlineData(values=rows)).mark_image(width=9, height=9).encode(x="x:Q", url="u:N")
    with pytest.raises(ChartError, match="<image>"):
        draw(picture, tokens)


def test_a_drawing_wider_than_its_size_is_refused(tokens: Tokens) -> None:
    with pytest.raises(ChartError, match=r"900 px wide; a wide drawing has 768 px"):
        draw(chart().properties(width=900, autosize="none", padding=0), tokens)


def test_invalid_vega_lite_names_the_chart(tokens: Tokens) -> None:
    with pytest.raises(ChartError, match=r"chart e\.one: is not valid Vega-Lite"):
        draw(alt.Chart(alt.InlineData(values=[{"x": 1}])).mark_bar().encode(x="x"), tokens)


def test_ids_are_counted_within_the_drawing(tokens: Tokens) -> None:
    first, again = draw(chart(), tokens), draw(chart(), tokens)
    assert first == again
    ids = re.findall(r'\sid="([^"]+)"', first)
    assert len(ids) == len(set(ids))
    assert all(ident.startswith("e-one-wide-") for ident in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", first)) <= set(ids)


def test_the_bytes_are_those_of_a_fresh_process(tokens: Tokens) -> None:
    """vl-convert counts ids per process: the hundredth drawing must be the first one's twin."""
    here = [finish(dot_interval(STATES, tokens, size), "e", "t", "d", size, tokens) for size in ("wide", "narrow")]
    here.append(draw(chart(), tokens))
    script = (
        "import sys; from tests.themes.test_svg import *; t = audit_tokens();"
        "sys.stdout.buffer.write(('\\n'.join([draw(chart(), t), finish(dot_interval(STATES, t, 'narrow'), 'e', 't', 'd',"
        " 'narrow', t), finish(dot_interval(STATES, t, 'wide'), 'e', 't', 'd', 'wide', t)])).encode())"
    )
    there = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    assert there.split("\n") == here[::-1]


def test_a_hatch_is_a_pattern_of_the_drawing_itself(tokens: Tokens) -> None:
    rows = [{"x": 1}]
    svg = draw(alt.Chart(alt.InlineData(values=rows)).mark_bar(color=tokens.hatch).encode(x="x:Q"), tokens)
    assert '<pattern id="e-one-wide-hatch"' in svg
    assert 'fill="url(#e-one-wide-hatch)"' in svg
    assert tokens.hatch not in svg
