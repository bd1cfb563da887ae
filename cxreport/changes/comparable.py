"""Comparable: whether a result of two audits rests on the same things, or which break lies between them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping

from cxreport.model.basis import Basis, Mix
from cxreport.model.message import message
from cxreport.model.result import Result
from cxreport.model.snapshot import Measured

BREAK, SHIFT = 0.25, 0.1
"""Population stability index from which a mix of sources has broken, and from which it has moved (methods.md A07)."""
_FLOOR = 0.01
"""Share that stands for none in the index: a source of less is as good as absent."""
_NAMED = 0.01
"""Share of records found by a name from which on the names matter."""
_CORRECTED = {"sentiment": message("net sentiment"), "moment": message("moments")}
_RULES = {
    "themes_read": message("the codebook of themes changed"), "themes": message("the codebook of themes changed"),
    "acts": message("the rules of acts changed"), "sentiment": message("the sentiment classifier changed"),
    "moment": message("the rules of moments changed"), "entity": message("the rules of entities changed"),
    "customer_voice": message("the rules of customer voice changed"),
    "duplicate_of": message("the rules of repeats changed"), "lang": message("language recognition changed"),
}  # fmt: skip
"""Columns whose makers have a name that a client knows, and what is said when those changed."""


def obstacle(before: Result, now: Result, infos: tuple[Measured, Measured], bases: tuple[Basis, Basis]) -> str:
    """Why the two may not be compared; empty when they may. `infos` and `bases` are those of then and now."""
    return next(_obstacles(before, now, infos, bases), "")


def caution(key: str, bases: tuple[Basis, Basis]) -> str:
    """What to keep in mind although the two may be compared."""
    mixes = _mixes(key, bases)
    moved = mixes is not None and stability(mixes[0].cells, mixes[1].cells) >= SHIFT
    return message("its records come from the same sources in other proportions") if moved else ""


def _obstacles(
    before: Result, now: Result, infos: tuple[Measured, Measured], bases: tuple[Basis, Basis]
) -> Iterator[str]:
    if infos[0].digest != infos[1].digest:
        yield message("the measure itself, or its options, changed")
    if (before.unit, before.level) != (now.unit, now.level):
        yield message("its unit, or the level of its interval, changed")
    yield from rules_changed(columns_of(now, infos[1]), bases)
    mixes = _mixes(now.key, bases)
    if mixes is None:
        return
    if max(mix.named for mix in mixes) >= _NAMED and bases[0].names != bases[1].names:
        yield message("the names by which records are found changed")
    systems = sorted({cell.split(" ")[0] for mix in mixes for cell in mix.cells})
    framed, asked = message("the frame of {systems} changed"), message("the query of {systems} changed")
    for said, told in ((framed, [b.frames for b in bases]), (asked, [b.queries for b in bases])):
        changed = [s for s in systems if s in told[0] and s in told[1] and told[0][s] != told[1][s]]
        if changed:
            yield said.format(systems=", ".join(changed))
    if stability(mixes[0].cells, mixes[1].cells) >= BREAK:
        yield _other_sources(*mixes)


def rules_changed(columns: Collection[str], bases: tuple[Basis, Basis]) -> Iterator[str]:
    """Classifiers and rules that made the columns, where they are not those of then."""
    for column, said in _RULES.items():
        makers = {maker for basis in bases for maker in basis.columns.get(column, ())}
        if column in columns and any(bases[0].origins.get(m) != bases[1].origins.get(m) for m in makers):
            yield said
    others = {maker for column in {*columns} - {*_RULES} for basis in bases for maker in basis.columns.get(column, ())}
    changed = sorted(m for m in others if bases[0].origins.get(m) != bases[1].origins.get(m))
    if changed:
        yield message("the rules of {columns} changed").format(columns=", ".join(changed))
    for column, name in _CORRECTED.items():
        if column in columns and (column in bases[0].corrected) != (column in bases[1].corrected):
            yield message("only one of the two corrects {what} by coded texts").format(what=name)


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
    gone, come = (", ".join(sorted(_systems(a) - _systems(b))) for a, b in ((before, now), (now, before)))
    if gone and come:
        return message("other sources: now without {gone} and with {come}").format(gone=gone, come=come)
    if gone:
        return message("other sources: now without {gone}").format(gone=gone)
    if come:
        return message("other sources: now with {come}").format(come=come)
    return message("its sources stand in other proportions")


def _systems(mix: Mix) -> set[str]:
    return {cell.split(" ")[0] for cell in mix.cells}
