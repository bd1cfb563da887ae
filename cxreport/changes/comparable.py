"""Comparable: whether a result of two audits rests on the same things, or which break lies between them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping

from cxreport.model.basis import Basis, Mix
from cxreport.model.result import Result
from cxreport.model.snapshot import Measured

BREAK, SHIFT = 0.25, 0.1
"""Population stability index from which a mix of sources has broken, and from which it has moved (methods.md A07)."""
_FLOOR = 0.01
"""Share that stands for none in the index: a source of less is as good as absent."""
_NAMED = 0.01
"""Share of records found by a name from which on the names matter."""
_CORRECTED = {"sentiment": "net sentiment", "moment": "moments"}
_RULES = {
    "themes_read": "the codebook of themes", "themes": "the codebook of themes", "acts": "the rules of acts",
    "sentiment": "the sentiment classifier", "moment": "the rules of moments", "entity": "the rules of entities",
    "customer_voice": "the rules of customer voice", "duplicate_of": "the rules of repeats",
    "lang": "language recognition",
}  # fmt: skip
"""Columns whose makers have a name that a client knows."""


def obstacle(before: Result, now: Result, infos: tuple[Measured, Measured], bases: tuple[Basis, Basis]) -> str:
    """Why the two may not be compared; empty when they may. `infos` and `bases` are those of then and now."""
    return next(_obstacles(before, now, infos, bases), "")


def caution(key: str, bases: tuple[Basis, Basis]) -> str:
    """What to keep in mind although the two may be compared."""
    mixes = _mixes(key, bases)
    moved = mixes is not None and stability(mixes[0].cells, mixes[1].cells) >= SHIFT
    return "its records come from the same sources in other proportions" if moved else ""


def _obstacles(
    before: Result, now: Result, infos: tuple[Measured, Measured], bases: tuple[Basis, Basis]
) -> Iterator[str]:
    if infos[0].digest != infos[1].digest:
        yield "the measure itself, or its options, changed"
    if (before.unit, before.level) != (now.unit, now.level):
        yield "its unit, or the level of its interval, changed"
    yield from rules_changed(columns_of(now, infos[1]), bases)
    mixes = _mixes(now.key, bases)
    if mixes is None:
        return
    if max(mix.named for mix in mixes) >= _NAMED and bases[0].names != bases[1].names:
        yield "the names by which records are found changed"
    systems = sorted({cell.split(" ")[0] for mix in mixes for cell in mix.cells})
    for what, told in (("frame", [b.frames for b in bases]), ("query", [b.queries for b in bases])):
        changed = [s for s in systems if s in told[0] and s in told[1] and told[0][s] != told[1][s]]
        if changed:
            yield f"the {what} of {', '.join(changed)} changed"
    if stability(mixes[0].cells, mixes[1].cells) >= BREAK:
        yield _other_sources(*mixes)


def rules_changed(columns: Collection[str], bases: tuple[Basis, Basis]) -> Iterator[str]:
    """Classifiers and rules that made the columns, where they are not those of then."""
    for column, name in _RULES.items():
        makers = {maker for basis in bases for maker in basis.columns.get(column, ())}
        if column in columns and any(bases[0].origins.get(m) != bases[1].origins.get(m) for m in makers):
            yield f"{name} changed"
    others = {maker for column in {*columns} - {*_RULES} for basis in bases for maker in basis.columns.get(column, ())}
    changed = sorted(m for m in others if bases[0].origins.get(m) != bases[1].origins.get(m))
    if changed:
        yield f"the rules of {', '.join(changed)} changed"
    for column, name in _CORRECTED.items():
        if column in columns and (column in bases[0].corrected) != (column in bases[1].corrected):
            yield f"only one of the two corrects {name} by coded texts"


def columns_of(result: Result, info: Measured) -> set[str]:
    """The columns that a result rests on, kinds of labels among them."""
    predicates = [result.population, *([result.evidence] if result.evidence else [])]
    kinds = {str(value) for p in predicates if p.table == "labels" for column, _, value in p.all if column == "kind"}
    return {*info.needs, *kinds, *(column for p in predicates for column in p.columns())}


def _mixes(key: str, bases: tuple[Basis, Basis]) -> tuple[Mix, Mix] | None:
    then, now = (basis.mix(key) for basis in bases)
    return (then, now) if then is not None and now is not None else None


def stability(before: Mapping[str, int], now: Mapping[str, int]) -> float:
    """Population stability index `Σ (p − q)·ln(p / q)` of two mixes; an absent cell counts a hundredth."""
    totals = max(1, sum(before.values())), max(1, sum(now.values()))
    parts = [
        (max(before.get(cell, 0) / totals[0], _FLOOR), max(now.get(cell, 0) / totals[1], _FLOOR))
        for cell in sorted({*before, *now})
    ]
    return sum((p - q) * math.log(p / q) for q, p in parts)


def _other_sources(before: Mix, now: Mix) -> str:
    """What came and what went, where that is it; else that the proportions are others."""
    gone, come = (_systems(a) - _systems(b) for a, b in ((before, now), (now, before)))
    told = [f"{verb} {', '.join(sorted(systems))}" for verb, systems in (("without", gone), ("with", come)) if systems]
    return f"other sources: now {' and '.join(told)}" if told else "its sources stand in other proportions"


def _systems(mix: Mix) -> set[str]:
    return {cell.split(" ")[0] for cell in mix.cells}
