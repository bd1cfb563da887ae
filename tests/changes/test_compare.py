"""Verdicts, and what is tested at all."""

from __future__ import annotations

import numpy as np
import pytest

from cxreport.changes.compare import EQUIVALENT, RATE, compare
from cxreport.changes.margins import Margins
from cxreport.model.result import Result
from tests.changes.made import basis, change, share, snapshot


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        ((280, 1000), (380, 1000), "up"),
        ((380, 1000), (280, 1000), "down"),
        ((3000, 10000), (3010, 10000), "same"),
        ((28, 100), (33, 100), "open"),
        ((30000, 100000), (30800, 100000), "same"),  # sure, but not material
        ((3000, 10000), (3450, 10000), "open"),  # sure, and perhaps material
    ],
)
def test_verdicts(before: tuple[int, int], now: tuple[int, int], verdict: str) -> None:
    found = change(share(*before), share(*now))
    assert found.verdict == verdict
    assert found.value == pytest.approx(now[0] / now[1] - before[0] / before[1])
    assert found.margin == 0.05
    assert found.tested
    assert found.before is not None
    assert (found.before.n, found.level) == (before[1], 0.95)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (share(8, 29), share(380, 1000), "fewer than 30"),
        (share(280, 1000, status="directional"), share(380, 1000), "direction only"),
        (share(280, 1000), share(380, 1000, status="directional"), "direction only"),
        (share(280, 1000, high=None), share(380, 1000), "no interval"),
        (share(0, 100, unit="ratio"), share(3, 100, unit="ratio"), "zero before"),
    ],
)
def test_what_is_not_tested(before: Result, now: Result, why: str) -> None:
    found = change(before, now)
    assert found.verdict == "untested"
    assert why in found.reason
    assert found.p is found.q is found.p_same is None
    assert found.before is not None


def test_what_only_one_of_the_two_has() -> None:
    one, other = share(28, 100, "care.one"), share(28, 100, "care.other")
    gone = share(28, 100, "care.gone")
    hidden = gone.model_copy(update={"status": "not_testable", "value": None, "reason": "no threads"})
    found = {c.key: c for c in compare(snapshot(one, gone, year=2025), snapshot(one, other, hidden))}
    assert found["care.other"].reason == "it was not measured before"
    assert found["care.gone"].reason == "it is not measured any more: no threads"
    assert {key: c.verdict for key, c in found.items()} == {
        "care.one": "open",
        "care.other": "broken",
        "care.gone": "broken",
    }
    assert found["care.other"].before is None
    assert found["care.gone"].now is None


def test_counts_ranges_and_other_cuts_are_not_compared() -> None:
    count = share(28, 100, kind="count", low=None, high=None)
    cut = share(28, 100, dims={"month": "2026-01"})
    earlier, later = snapshot(count, year=2025), snapshot(count)
    assert compare(earlier, later) == ()
    known = {"care.rate": snapshot(share(1, 2)).infos["care.rate"]}
    before, now = (s.model_copy(update={"measures": {"care.rate": (cut,)}, "infos": known}) for s in (earlier, later))
    assert compare(before, now) == ()
    assert [c.key for c in compare(before, now, also=["care.rate[month=2026-01]"])] == ["care.rate[month=2026-01]"]


def test_all_comparisons_are_adjusted_together() -> None:
    """One of twenty that only chance moved is no change; alone it would be."""
    lucky = share(280, 1000, "care.a00"), share(322, 1000, "care.a00")
    [alone] = compare(snapshot(lucky[0], year=2025), snapshot(lucky[1]), Margins(share=0.03))
    rest = [share(300, 1000, f"care.a{i:02}") for i in range(1, 20)]
    among = compare(snapshot(lucky[0], *rest, year=2025), snapshot(lucky[1], *rest), Margins(share=0.03))
    assert alone.verdict == "up"
    assert among[0].verdict == "open"
    assert among[0].p == alone.p
    assert among[0].q == pytest.approx(20 * (alone.p or 0))


def test_margins_by_unit() -> None:
    margins = Margins()
    assert margins.of("share", 0.4) == 0.05
    assert margins.of("share", 0.10) == pytest.approx(0.02)
    assert margins.of("share", 0.95) == pytest.approx(0.01)
    assert margins.of("share", 0.0) == 0.01
    assert margins.of("points", -40) == 10
    assert margins.of("stars", 4.1) == 0.2
    assert margins.of("minutes", 60) == 12
    assert margins.of("ratio", -2) == 0.4


def test_order_and_names_of_files_do_not_matter() -> None:
    results = [share(280 + i, 1000, f"care.a{i}") for i in range(4)]
    later = [share(300 + 9 * i, 1000, f"care.a{i}") for i in range(4)]
    one = compare(snapshot(*results, year=2025), snapshot(*later))
    other = compare(snapshot(*reversed(results), year=2025), snapshot(*reversed(later)))
    assert sorted(one, key=lambda c: c.key) == sorted(other, key=lambda c: c.key)


def test_nothing_to_compare() -> None:
    assert compare(snapshot(year=2025), snapshot()) == ()


def test_false_claims_are_as_rare_as_promised() -> None:
    """Of audits without any change, few tell one; of shares that moved by the margin, few are called the same."""
    rng = np.random.default_rng(2026)
    told = claimed = 0
    rounds, figures, n = 60, 8, 800
    for _ in range(rounds):
        still = [
            [share(int(k), n, f"care.a{i}") for i, k in enumerate(rng.binomial(n, 0.4, figures))] for _ in range(2)
        ]
        quiet = compare(snapshot(*still[0], year=2025), snapshot(*still[1]), Margins(share=0.01))
        told += any(c.verdict in ("up", "down") for c in quiet)
        moved = [
            [share(int(k), 3000, f"care.a{i}") for i, k in enumerate(rng.binomial(3000, p, figures))]
            for p in (0.4, 0.45)
        ]
        claimed += sum(c.verdict == "same" for c in compare(snapshot(*moved[0], year=2025), snapshot(*moved[1])))
    assert told / rounds <= RATE + 0.05
    assert claimed / (rounds * figures) <= EQUIVALENT


def test_the_caution_of_a_moved_mix() -> None:
    cells = {"x.api.v2 x": 780, "trustpilot.csv trustpilot": 220}
    found = change(share(280, 1000), share(380, 1000), cells=cells)
    assert found.verdict == "up"
    assert "other proportions" in found.caution
    assert change(share(280, 1000), share(380, 1000)).caution == ""
    assert basis(["care.rate"]).mix("care.other") is None
