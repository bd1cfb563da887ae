"""Judge: each gate passes, fails or cannot be told, by the whole interval of its number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from cxreport import stats
from cxreport.changes.compare import compare
from cxreport.changes.margins import Margins
from cxreport.gates.rule import LOADS, Gate, Of, Rule
from cxreport.model.audit import Audit, Load
from cxreport.model.change import Change
from cxreport.model.result import Result, Unit, result_key
from cxreport.model.snapshot import Snapshot

Outcome = Literal["pass", "fail", "inconclusive"]
MONTHS = 6
"""Fewest months of a trend."""


@dataclass(frozen=True)
class Number:
    """What a rule is held against: an estimate with an interval, or an exact count."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    unit: Unit = "share"
    exact: bool = False
    lacking: str = ""
    """Why there is no number that may be judged."""


@dataclass(frozen=True)
class Judged:
    """The outcome of one gate."""

    key: str
    gate: Gate
    rule: Rule
    outcome: Outcome
    number: Number
    reason: str = ""

    @property
    def failed(self) -> bool:
        """Whether it stops CI."""
        return self.outcome == "fail" or (self.outcome == "inconclusive" and self.gate.inconclusive == "fail")


def judge(
    gates: Mapping[str, Gate], audit: Audit, previous: Snapshot | None = None, margins: Margins | None = None
) -> tuple[Judged, ...]:
    """The outcome of every gate, in the order in which they are written."""
    rules = {key: Rule.parse(gate.rule) for key, gate in gates.items()}
    against = {normal(key) for key, rule in rules.items() if rule.of == "previous"}
    changes = compare(previous, Snapshot.of(audit), margins or Margins(), against) if previous and against else ()
    known = _Known(
        audit, {result.key: result for found in audit.measures.values() for result in found},
        {change.key: change for change in changes}, previous is not None,
    )  # fmt: skip
    return tuple(
        _judged(key, gate, rules[key], known.number(normal(key), rules[key].of)) for key, gate in gates.items()
    )


@dataclass(frozen=True)
class _Known:
    """All that gates may ask for."""

    audit: Audit
    results: Mapping[str, Result]
    changes: Mapping[str, Change]
    has_previous: bool

    def number(self, key: str, of: Of) -> Number:
        """The number behind a key."""
        if of == "previous":
            return self._change(key)
        if of == "trend":
            return _trend(key, self.results)
        return _ledger(key, self.audit.loads) if key in LOADS else _of(self.results.get(key))

    def _change(self, key: str) -> Number:
        change = self.changes.get(key)
        if change is None:
            return Number(lacking="neither audit has it" if self.has_previous else "no previous audit is given")
        if not change.tested:
            return Number(lacking=change.reason)
        n = min(side.n for side in (change.before, change.now) if side)
        return Number(change.value, change.low, change.high, n, change.unit)


def normal(key: str) -> str:
    """A key as results write it: `care.rate[a=1,b=2]`, whatever the order and blanks."""
    name, bracket, inside = key.strip().partition("[")
    if not bracket or not inside.endswith("]"):
        return name.strip()
    pairs = [part.partition("=") for part in inside[:-1].split(",")]
    return result_key(name.strip(), {dim.strip(): value.strip() for dim, _, value in pairs})


def _judged(key: str, gate: Gate, rule: Rule, number: Number) -> Judged:
    if number.lacking:
        return Judged(key, gate, rule, "inconclusive", number, number.lacking)
    if number.exact and number.value is not None:
        return Judged(key, gate, rule, "pass" if rule.good(number.value) else "fail", number)
    low = -math.inf if number.low is None else number.low
    high = math.inf if number.high is None else number.high
    worst, best = (low, high) if rule.at_least else (high, low)
    if rule.good(worst):
        return Judged(key, gate, rule, "pass", number)
    if not rule.good(best):
        return Judged(key, gate, rule, "fail", number)
    return Judged(key, gate, rule, "inconclusive", number, "the interval holds the threshold")


def _of(result: Result | None) -> Number:
    if result is None:
        return Number(lacking="this audit has no such result")
    lacking = ""
    if not result.shown:
        lacking = result.reason or "it is not shown"
    elif result.status == "directional":
        lacking = f"it can be read as a direction only: {result.reason}".removesuffix(": ")
    elif result.kind in ("series", "table"):
        lacking = "it is no number"
    elif result.kind != "count" and not stats.may_test(result.n):
        lacking = f"it rests on fewer than {stats.TESTED_FROM} records"
    elif result.low is None and result.high is None and result.kind != "count":
        lacking = "it has no interval"
    return Number(result.value, result.low, result.high, result.n, result.unit, result.kind == "count", lacking)


def _ledger(name: str, loads: tuple[Load, ...]) -> Number:
    if name == LOADS[1]:
        return Number(sum(bool(load.problem) for load in loads), n=len(loads), unit="records", exact=True)
    rejected = sum(sum(load.rejected.values()) for load in loads)
    read = sum(load.rows_read for load in loads)
    if not read:
        return Number(lacking="no row was read")
    return Number(min(1.0, rejected / read), n=read, exact=True)


def _trend(name: str, results: Mapping[str, Result]) -> Number:
    """The slope a month through the results of the same key by month (Theil–Sen with Sen's interval)."""
    points = sorted(_monthly(name, results))
    if len(points) < MONTHS:
        return Number(lacking=f"fewer than {MONTHS} months of it can be tested")
    first = points[0][0]
    slope = stats.theil_sen([value for _, value, _, _ in points], [month - first for month, *_ in points])
    return Number(slope.value, slope.low, slope.high, sum(n for *_, n, _ in points), points[0][3])


def _monthly(name: str, results: Mapping[str, Result]) -> Iterator[tuple[int, float, int, Unit]]:
    for result in results.values():
        month = result.dims.get("month", "")
        rest = {dim: value for dim, value in result.dims.items() if dim != "month"}
        sound = result.shown and result.status != "directional" and stats.may_test(result.n)
        if month and sound and result.value is not None and result_key(result.id, rest) == name:
            yield int(month[:4]) * 12 + int(month[5:7]), result.value, result.n, result.unit
