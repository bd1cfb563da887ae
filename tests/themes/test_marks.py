"""The charts that sections share: with nothing, one and many rows; and what they must never hide or invent."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from cxreport.render.catalogues import Texts
from cxreport.render.charts import marks as charts
from cxreport.render.charts.marks import Amount, Cell, Estimate, Instant, Month, Split
from cxreport.render.charts.marks.canvas import extent, ticks
from cxreport.render.charts.marks.placing import Box, clear_of, dodge, settle
from cxreport.render.charts.marks.text import cut, width, wrap
from cxreport.render.charts.svg import finish
from cxreport.render.charts.tokens import Size, Tokens
from cxreport.render.words import Words

from .gallery import (
    CHANGES,
    CROWDED,
    EXHIBITS,
    LONG,
    MINIS,
    MOMENTS,
    PARTS,
    QUARTERS,
    SHARED,
    audit_tokens,
    cells,
    curve,
    months,
)

TOKENS = audit_tokens()
SIZES: tuple[Size, Size] = ("wide", "narrow")


def svg(chart: object, size: Size = "wide") -> str:
    return finish(chart, "e", "Chart", "Words.", size, TOKENS)  # type: ignore[arg-type]


def texts(drawn: str) -> list[str]:
    """The texts of a drawing, without the halos beneath them, name and description."""
    root = ElementTree.fromstring(drawn)
    return ["\n".join(e.itertext()) for e in root.iter("{http://www.w3.org/2000/svg}text") if not e.get("stroke")]


def paints(drawn: str, tag: str) -> list[str]:
    """The fills of all elements of a kind, as token names."""
    names = {**TOKENS.paints, "url(#e-wide-hatch)": "hatched"}
    return [names[fill] for fill in re.findall(rf'<{tag} [^>]*?fill="([^"]+)"', drawn) if fill in names]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", EXHIBITS)
def test_every_chart_in_every_state_draws_in_its_size(name: str, size: Size) -> None:
    """Also proves that all paints are tokens and no position is NaN, for `finish` refuses anything else."""
    drawn = finish(EXHIBITS[name](TOKENS, size), "e", name, "d", size, TOKENS)
    root = ElementTree.fromstring(drawn)
    full = TOKENS.width(size)
    assert float(root.get("width", "0")) <= full
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        place = re.match(r"translate\(([-\d.]+)", text.get("transform", "translate(0"))
        assert place
        size_ = float(text.get("font-size", "14px").removesuffix("px"))
        widest = max(width(line, size_, text.get("font-weight") == "600") for line in text.itertext())
        before = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")] * widest
        left = float(place[1]) - before
        assert left >= -4, (name, "".join(text.itertext()))
        assert left + widest <= full + 4, (name, "".join(text.itertext()))


@pytest.mark.parametrize("name", MINIS)
def test_every_mini_draws(name: str) -> None:
    drawn = finish(MINIS[name](TOKENS), "e", "", "", "mini", TOKENS)
    assert 'width="190"' in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize("name", [name for name in EXHIBITS if name.endswith("none")])
def test_nothing_to_show_is_said(name: str) -> None:
    drawn = svg(EXHIBITS[name](TOKENS, "wide"))
    assert texts(drawn) == ["No records to show"]
    assert "stroke-dasharray" in drawn


def test_values_and_bases_are_printed_beside_their_dots() -> None:
    said = texts(svg(charts.dot_interval(MOMENTS, TOKENS, "wide")))
    assert {"+18", "−4", "+9", "−31", "n\xa02,310", "n\xa09,121", "Stimulus"} <= set(said)


def test_what_cannot_be_told_from_zero_is_hollow_and_the_rest_has_the_colour_of_its_sign() -> None:
    fills = paints(svg(charts.dot_interval(MOMENTS, TOKENS, "wide")), "path")
    assert fills == ["pos-2", "paper", "pos-2", "neg-2"]


def test_against_a_previous_value_hollow_means_no_clear_change() -> None:
    drawn = svg(charts.dot_interval(CHANGES, TOKENS, "wide", unit="share"))
    assert {"+7\xa0pts", "−3\xa0pts", "no clear change", "24%"} <= set(texts(drawn))
    assert paints(drawn, "path")[-5:] == ["ink", "paper", "ink", "ink", "paper"]


def test_lollipops_print_how_many_times_as_often_and_take_the_colour_of_their_side() -> None:
    drawn = svg(charts.lollipop([Estimate("on hold", 8, 4, 16, 90)], [Estimate("crew", 2.5, 2, 4, 60)], TOKENS, "wide"))
    assert {"on hold", "crew", "8×", "2.5×", "1×", "4×"} <= set(texts(drawn))
    assert paints(drawn, "path") == ["cat-1", "cat-3"]


def test_a_spot_whose_quarter_cannot_be_told_is_hollow() -> None:
    drawn = [svg(charts.quadrants([one], TOKENS, "wide", quarters=QUARTERS)) for one in PARTS]
    assert [paints(one, "path")[-1] for one in drawn] == ["paper" if p.label == "Crew" else "ink" for p in PARTS]
    assert [part.unsure(QUARTERS.middle) for part in PARTS] == [part.label == "Crew" for part in PARTS]


def test_every_spot_has_its_label_and_every_quarter_its_name() -> None:
    drawn = texts(svg(charts.quadrants(CROWDED, TOKENS, "wide", quarters=QUARTERS)))
    assert {part.label for part in PARTS} | set(QUARTERS.names) | {QUARTERS.across, QUARTERS.up} <= set(drawn)
    assert "Hidden" not in drawn


def test_small_bases_are_starred_and_hidden_or_untestable_numbers_never_drawn() -> None:
    rows = [
        Estimate("Few", 10, 2, 18, 44, "small_base"),
        Estimate("Fewer", 10, 2, 18, 12, "directional"),
        Estimate("Hidden", 77, 70, 80, 4, "hidden"),
        Estimate("Untestable", 66, 60, 70, 4, "not_testable"),
        Estimate("Empty"),
    ]
    said = texts(svg(charts.dot_interval(rows, TOKENS, "wide")))
    assert {"+10*", "+10**", "<10"} <= set(said)
    assert said.count("n/t") == 2
    assert not {"+77", "+66"} & set(said)


def test_a_share_below_one_per_cent_is_not_called_zero() -> None:
    row = [Estimate("Rare", 0.004, 0.001, 0.012, 900)]
    assert "0.4%" in texts(svg(charts.share_bars(row, TOKENS, "wide")))


def test_bars_begin_at_zero() -> None:
    rows = [Estimate("a", 0.5, 0.48, 0.52, 900), Estimate("b", 0.25, 0.24, 0.26, 800)]
    drawn = svg(charts.share_bars(rows, TOKENS, "wide"))
    bars = re.findall(r'<path d="M([\d.]+),[\d.]+h([\d.]+)[^"]*" fill="#474b53"', drawn)
    (start, long), (start2, short) = ((float(a), float(b)) for a, b in bars)
    assert start == start2
    assert long == pytest.approx(2 * short, abs=0.3)


def test_cells_keep_their_class_whatever_the_range_of_the_data() -> None:
    drawn = svg(charts.heatmap([Cell("a", "x", 12, 500), Cell("a", "y", 14, 500)], TOKENS, "wide", legend=False))
    assert paints(drawn, "path") == ["pos-1", "pos-1"]


def test_cells_tell_hidden_untestable_and_small_apart() -> None:
    drawn = svg(charts.heatmap(cells(), TOKENS, "wide"))
    said = texts(drawn)
    assert {"<10", "n/t", "−12*", "−21**", "+8**", "n\xa028"} <= set(said)
    assert paints(drawn, "path").count("hatched") == 2


def test_a_cell_nobody_gave_is_not_testable() -> None:
    some = [Cell("a", "x", 12, 500), Cell("b", "y", 14, 500)]
    assert texts(svg(charts.heatmap(some, TOKENS, "wide"))).count("n/t") == 2


def test_a_wide_grid_is_turned_on_a_phone() -> None:
    grid = [Cell("one", f"column {i}", i, 100) for i in range(9)]
    lines = texts(svg(charts.heatmap(grid, TOKENS, "narrow"), "narrow"))
    assert {f"column {i}" for i in range(9)} <= {line.replace("\n", " ") for line in lines}


def test_the_emotion_curve_draws_no_line_through_a_gap() -> None:
    """One line over four moments; with the second missing, a line from the third to the fourth alone."""
    whole = svg(charts.emotion_curve(MOMENTS, TOKENS, "wide"))
    hole = [MOMENTS[0], Estimate("ZMOT", status="not_testable"), *MOMENTS[2:]]
    broken = svg(charts.emotion_curve(hole, TOKENS, "wide"))
    line = r'<path d="(M[^"]+)" stroke="#1a1c20" stroke-width="2"'
    assert [len(re.findall("[ML]", path)) for path in re.findall(line, whole)] == [4]
    assert [len(re.findall("[ML]", path)) for path in re.findall(line, broken)] == [2]
    assert "n/t" in texts(broken)


def test_what_is_shared_has_a_ring_and_stands_apart() -> None:
    drawn = svg(charts.emotion_curve(MOMENTS, TOKENS, "wide", shared=SHARED, echo="A third come back."))
    assert drawn.count(f'stroke="{TOKENS.paint("shared")}"') == 2, "ring and echo"
    assert "A third come back." in texts(drawn)
    alone = svg(charts.emotion_curve(MOMENTS, TOKENS, "wide"))
    assert TOKENS.paint("shared") not in alone


@pytest.mark.parametrize("row", [(90, -90, 85, -80), (5, 5, 5, 5), (-100, 100, -100, 100), (0, 0, 0, 1)])
@pytest.mark.parametrize("size", SIZES)
def test_labels_of_the_emotion_curve_do_not_meet(row: tuple[float, ...], size: Size) -> None:
    moments = [Estimate(f"M{i}", v, v - 6, v + 6, 500) for i, v in enumerate(row)]
    drawn = svg(charts.emotion_curve(moments, TOKENS, size, shared=SHARED), size)
    boxes = []
    for x, y, anchor, letter, label in re.findall(
        r'<text text-anchor="(?=middle)[^>]*?transform="translate\(([\d.-]+),([\d.-]+)\)"()[^>]*?font-size="(\d+)px"'
        r'[^>]*?fill="#(?:1a1c20|63676f)">([^<]+)<', drawn
    ):  # fmt: skip
        half, tall = width(label, float(letter)) / 2, float(letter)
        boxes.append(Box(float(x) - half, float(y) - tall * 0.7, float(x) + half, float(y)))
        assert anchor == ""
    assert len(boxes) >= 5
    meeting = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.meets(b)]
    assert not meeting


def test_the_response_curve_says_what_share_is_not_answered_at_its_end() -> None:
    drawn = svg(charts.response_curve(curve(0.46), TOKENS, "wide"))
    said = texts(drawn)
    assert {
        "54% not answered by then",
        "46% answered",
        "half: not reached",
        "43% within a day",
    } <= set(said)
    assert "hatched" in paints(drawn, "path")


def test_the_response_curve_is_a_step_that_reads_the_last_value_before() -> None:
    points = [Instant(30, 0.2), Instant(241, 0.6)]
    said = texts(svg(charts.response_curve(points, TOKENS, "wide")))
    assert "20% within 4 hours" in said
    assert "60% within a day" in said
    assert "half: not reached" not in said


def test_thousands_of_points_are_thinned_without_moving_the_end() -> None:
    many = [Instant(i, min(0.9, i / 5000)) for i in range(10000)]
    drawn = svg(charts.response_curve(many, TOKENS, "wide"))
    assert len(drawn) < 60_000
    assert "90% answered" in texts(drawn)


def test_fewer_than_four_months_in_a_row_are_points() -> None:
    line = r'<path d="M[^"]+" stroke="#1a1c20" stroke-width="2.5"'
    assert len(re.findall(line, svg(charts.monthly_line(months(12), TOKENS, "wide")))) == 1
    gaps = months(12, (3, 7))
    assert not re.findall(line, svg(charts.monthly_line(gaps[:7], TOKENS, "wide")))
    assert len(re.findall(line, svg(charts.monthly_line(gaps, TOKENS, "wide")))) == 1, "only the last stretch has four"


def test_months_that_nobody_gave_keep_their_place() -> None:
    rows = [Month("2025-11", 5), Month("2026-02", 7)]
    said = texts(svg(charts.monthly_line(rows, TOKENS, "wide")))
    assert [t.split("\n")[0] for t in said if t.split("\n")[0] in ("Nov", "Dec", "Jan", "Feb")] == [
        "Nov",
        "Dec",
        "Jan",
        "Feb",
    ]


@pytest.mark.parametrize("shares", [(1.0,), (0.5, 0.5), (0.2, 0.2, 0.2, 0.4)])
def test_a_diverging_bar_takes_three_or_five_shares(shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="three or five"):
        charts.diverging_bars([Split("a", shares)], TOKENS, "wide")


def test_a_waterfall_ends_with_what_is_left_and_draws_nothing_for_nothing() -> None:
    steps = [Amount("All", 100), Amount("Out", 30), Amount("None", 0)]
    drawn = svg(charts.waterfall(steps, TOKENS, "wide", rest="Left"))
    assert {"100", "−30", "0", "70"} <= set(texts(drawn))
    assert paints(drawn, "path") == ["ink-2", "ink-2", "mark"]


def test_numbers_follow_the_language_of_the_report() -> None:
    russian = Words("ru", Texts("ru", []))
    said = texts(svg(charts.response_curve(curve(0.46), TOKENS, "wide", words=russian)))
    assert "54\xa0% к тому времени без ответа" in said
    rows = [Estimate("Багаж", 24, 20, 28, 12345).against(17, False)]
    assert "явных изменений нет" in texts(svg(charts.dot_interval(rows, TOKENS, "wide", words=russian)))


def test_long_labels_take_two_lines_and_are_cut_where_the_table_has_them_whole() -> None:
    wrapped = wrap(LONG, 120, 14)
    assert wrapped.count("\n") == 1
    assert wrapped.endswith("…")
    assert all(width(line, 14) <= 120 for line in wrapped.split("\n"))
    assert wrap("short", 120, 14) == "short"
    assert cut("Reklamationsbearbeitungsverfahren", 60, 13).endswith("…")
    assert width(wrap("Reklamationsbearbeitungsverfahren im Haus", 60, 13), 13) <= 60


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-42, 23), (0.001, 0.0015), (0, 0.3), (-3, 9), (99, 101), (0, 123456)]
)
def test_ticks_are_round_and_inside(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 2 <= len(found) <= 9
    assert low <= found[0] < found[-1] <= high


def test_an_extent_is_never_empty() -> None:
    assert extent([], zero=False) == (0.0, 1.0)
    assert extent([5, 5], zero=False) == (2.5, 7.5)
    assert extent([5], zero=True) == (0.0, 5)


def test_labels_are_kept_apart_and_off_the_line() -> None:
    assert dodge([10, 12, 50], 16, 0, 100) == [10, 26, 50]
    assert dodge([95, 99], 16, 0, 100) == [84, 100]
    dx, y = clear_of([(0, 100), (50, 0), (100, 100)], 50, 10, above=True, shift=20)
    assert (dx, y) == (0.0, 0)
    dx, y = clear_of([(0, 0), (50, 50), (100, 50)], 50, 20, above=True, shift=30)
    assert dx > 0
    assert settle(Box(0, 0, 10, 10), [Box(0, 5, 10, 15)], 5, 0, 40) == Box(0, 15, 10, 25)
    assert settle(Box(0, 0, 10, 10), [Box(0, 5, 10, 15)], 5, 0, 20) is None


def test_importing_the_marks_does_not_import_altair() -> None:
    """A build with nothing to draw must not pay half a second for it."""
    import subprocess
    import sys

    script = "import sys, cxreport.api as a; a.charts.Estimate('x', 1.0); sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_all_names_of_the_package_can_be_had() -> None:
    for name in charts.__all__:
        assert getattr(charts, name)
    with pytest.raises(AttributeError, match="pie_chart"):
        charts.pie_chart  # noqa: B018


def test_tokens_are_those_of_the_audit_theme() -> None:
    assert isinstance(TOKENS, Tokens)


@pytest.mark.parametrize("size", SIZES)
def test_the_shares_told_on_a_response_curve_do_not_depend_on_its_width(size: Size) -> None:
    points = [Instant(minutes, minutes / 4000) for minutes in range(1, 3000)]
    told = texts(svg(charts.response_curve(points, TOKENS, size), size))
    assert {"6% within 4 hours", "36% within a day"} <= {*told}
