"""Sentences and charts rows that sections share: what may be claimed, and what is only shown."""

from __future__ import annotations

import pytest

from cxreport.render.words import Words
from cxreport_plugins.common import say
from cxreport_plugins.common.say import apart, marks_note, row, signs, sound, weight
from tests.measures.make import result

WORDS = Words()
CHANNELS = ("channel", "channels")


def test_intervals_that_touch_are_not_apart() -> None:
    low, high = result("m", -10, -20, 0), result("m", 10, 0, 20)
    assert not apart(high, low)
    assert apart(result("m", 10, 0.1, 20), low)
    assert not apart(low, high)
    assert not apart(result("m", 10), low)


@pytest.mark.parametrize(("n", "status"), [(10, "directional"), (29, "directional"), (30, "small_base"), (100, "ok")])
def test_charts_mark_small_bases(n: int, status: str) -> None:
    assert row("x", result("m", 5, 1, 9, n, facts={"status": "small_base" if n < 100 else "ok"})).status == status


def test_hidden_and_untestable_rows_stay_so() -> None:
    assert row("x", result("m", None, n=4, facts={"status": "hidden"})).status == "hidden"
    assert not say.testable(result("m", None, n=400, facts={"status": "hidden"}))
    assert not say.testable(result("m", 5, 1, 9, 29, facts={"status": "small_base"}))
    assert not sound(result("m", 5, 1, 9, 400, facts={"status": "directional"}))


def test_signs_names_only_what_excludes_zero() -> None:
    rows = [("X", result("m", -20, -30, -10)), ("Survey", result("m", 20, 10, 30)), ("Phone", result("m", 1, -5, 7))]
    assert signs(rows, WORDS, CHANNELS) == "X is clearly negative, Survey is clearly positive"
    assert signs(rows[2:], WORDS, CHANNELS) == "Net sentiment cannot be told from zero at any of 1\u00a0channel"
    tiny = [("X", result("m", -20, -30, -10, 20, facts={"status": "small_base"}))]
    assert signs(tiny, WORDS, CHANNELS) == "Too few records to tell net sentiment from zero"


def test_signs_counts_where_names_would_be_many() -> None:
    rows = [(f"A rather long channel {i}", result("m", -20, -30, -10)) for i in range(5)]
    assert signs(rows, WORDS, CHANNELS) == "Net sentiment is clearly negative for 5 of 5\u00a0channels"


def test_the_note_explains_only_marks_that_occur() -> None:
    assert marks_note([result("m", 1, 0, 2)], Words()) == ""
    both = [result("m", 1, 0, 2, 50), result("m", None, n=3, facts={"status": "hidden"})]
    assert marks_note(both, Words()) == "* n 30–99. <10: too few to show."


def test_directional_findings_weigh_half() -> None:
    firm, soft = result("m", 40, 30, 50), result("m", 40, 30, 50, facts={"status": "directional"})
    assert weight(40, 0.5, firm) == pytest.approx(0.2)
    assert weight(40, 0.5, soft) == pytest.approx(0.1)


def test_what_is_directional_is_not_tested_and_says_why() -> None:
    soft = result("m", -40, -50, -30, facts={"status": "directional", "reason": "neutral is often wrong"})
    assert not say.testable(soft)
    assert signs([("X", soft)], WORDS, CHANNELS) == "Net sentiment can be read as a direction only"
    assert marks_note([soft, soft], Words()) == "Directional, not tested: neutral is often wrong."
