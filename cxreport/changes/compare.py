"""Compare: every result by which audits are compared, then and now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from cxreport import stats
from cxreport.changes.comparable import caution, obstacle
from cxreport.changes.difference import METHOD, Difference, difference
from cxreport.changes.margins import Margins
from cxreport.model.basis import Basis
from cxreport.model.change import Change, Side, Verdict
from cxreport.model.message import message
from cxreport.model.result import Result
from cxreport.model.snapshot import Measured, Snapshot

RATE = 0.10
"""Accepted share of false discoveries among the changes that are told."""
EQUIVALENT = 0.05
"""Accepted share of false claims of no material change."""
_DEFAULT = Margins()


def compare(
    before: Snapshot, now: Snapshot, margins: Margins = _DEFAULT, also: Collection[str] = ()
) -> tuple[Change, ...]:
    """The changes from one audit to a later one, in the order of the later audit.

    Compared are the results that each measure names as `compared`, and those whose keys stand in `also`. The p-values
    of difference, and those of equivalence, are each adjusted over all of them (Benjamini & Hochberg 1995).
    """
    pairs = list(_pairs(before, now, also))
    drawn = [_drawn(pair, before, now, margins) for pair in pairs]
    tested = [d for change, d in drawn if d is not None]
    adjusted = stats.benjamini_hochberg([d.p for d in tested]), stats.benjamini_hochberg([d.p_same for d in tested])
    q = iter(zip(*(map(float, values) for values in adjusted), strict=True))
    return tuple(change if found is None else _judged(change, found, next(q)) for change, found in drawn)


@dataclass(frozen=True)
class _Pair:
    """A result then and now; either may be missing."""

    key: str
    before: Result | None
    now: Result | None

    @property
    def one(self) -> Result:
        """The one that there is, by preference the later."""
        found = self.now or self.before
        assert found is not None
        return found


def compared(infos: Iterable[tuple[str, Measured]]) -> set[tuple[str, tuple[str, ...]]]:
    """(measure, sorted dims) of the results by which audits are compared."""
    return {(name, tuple(sorted(dims))) for name, info in infos for dims in info.compared}


def _pairs(before: Snapshot, now: Snapshot, also: Collection[str]) -> Iterator[_Pair]:
    wanted = compared(now.infos.items()) | compared((n, i) for n, i in before.infos.items() if n not in now.infos)
    old, new = before.results(), now.results()
    for key in dict.fromkeys((*new, *old)):
        pair = _Pair(key, old.get(key), new.get(key))
        one = pair.one
        told = any(r is not None and r.shown and r.kind == "estimate" for r in (pair.before, pair.now))
        if key in also or (told and (one.id, tuple(sorted(one.dims))) in wanted):
            yield pair


def _drawn(pair: _Pair, before: Snapshot, now: Snapshot, margins: Margins) -> tuple[Change, Difference | None]:
    """The change with its difference, not yet judged; without a difference the reason stands in it."""
    sides = tuple(Side.of(r) if r is not None and r.shown else None for r in (pair.before, pair.now))
    one = pair.one
    blank = Change(
        key=pair.key, measure=one.id, dims=one.dims, unit=one.unit, concepts=one.concepts, verdict="broken",
        before=sides[0], now=sides[1], level=one.level,
    )  # fmt: skip
    why = _absent(pair) or _broken(pair, before, now)
    if why:
        return blank.model_copy(update={"reason": why}), None
    then, later = pair.before, pair.now
    assert then is not None
    assert later is not None
    margin = margins.of(one.unit, then.value or 0)
    found = difference(Side.of(then), Side.of(later), margin, one.level or 0.95)
    told = {"value": found.value, "low": found.low, "high": found.high, "method": METHOD} if found else {}
    noted = {"margin": margin, "caution": caution(pair.key, _bases(before, now)), **told}
    why = _untested(then, later, found, margin)
    if why:
        return blank.model_copy(update={**noted, "verdict": "untested", "reason": why}), None
    return blank.model_copy(update=noted), found


def _absent(pair: _Pair) -> str:
    if pair.before is None or not pair.before.shown:
        return message("it was not measured before")
    if pair.now is None or not pair.now.shown:
        if pair.now is None or not pair.now.reason:
            return message("it is not measured any more")
        return message("it is not measured any more: {reason}").format(reason=pair.now.reason)
    return ""


def _broken(pair: _Pair, before: Snapshot, now: Snapshot) -> str:
    assert pair.before is not None
    assert pair.now is not None
    infos = before.infos.get(pair.one.id, Measured()), now.infos.get(pair.one.id, Measured())
    return obstacle(pair.before, pair.now, infos, _bases(before, now))


def _bases(before: Snapshot, now: Snapshot) -> tuple[Basis, Basis]:
    return before.basis or Basis(), now.basis or Basis()


def _untested(before: Result, now: Result, found: Difference | None, margin: float) -> str:
    if "directional" in (before.status, now.status):
        return message("it can be read as a direction only")
    if not stats.may_test(min(before.n, now.n)):
        return message("one of the two rests on fewer than {n} records").format(n=stats.TESTED_FROM)
    if found is None:
        return message("one of the two has no interval")
    return "" if margin > 0 else message("it was zero before, so there is nothing to hold a margin against")


def _judged(change: Change, found: Difference, q: tuple[float, float]) -> Change:
    tests = {"p": found.p, "q": q[0], "p_same": found.p_same, "q_same": q[1]}
    return change.model_copy(update={**tests, "verdict": _verdict(found, q, change.margin or 0)})


def _verdict(found: Difference, q: tuple[float, float], margin: float) -> Verdict:
    if q[0] <= RATE and abs(found.value) >= margin:
        return "up" if found.value > 0 else "down"
    return "same" if q[1] <= EQUIVALENT else "open"
