"""Basis: what the numbers of this audit rest on, written down so that the next audit can tell what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine
from cxreport.engine.store import key_of
from cxreport.model.audit import Card, Load, MeasureInfo
from cxreport.model.basis import Basis, Mix
from cxreport.model.predicate import Predicate
from cxreport.model.result import Result
from cxreport.plugin.code import option_digest
from cxreport.plugin.context import Brand, Plugin
from cxreport.plugin.enricher import Enricher, Relation
from cxreport.plugin.measure import Scope

MOST = 400
"""Populations whose sources are counted; an audit that compares more says nothing of the mix of the rest."""
_NAMED = ("name", "handle")
"""Rules of the column `entity_rule` that found a brand in the text begin so."""


def basis_of(
    scope: Scope, brand: Brand, steps: Sequence[Enricher | Relation], loads: Iterable[Load], card: Card | None
) -> Basis:
    """What is known before anything is measured; `steps` are the enrichers and relations, in running order."""
    return Basis(
        origins={step.name: _origin(step, card) for step in steps},
        columns=_makers(steps),
        corrected=tuple(sorted({one.field for one in card.accuracy})) if card else (),
        names=key_of([(entity, company.model_dump(mode="json")) for entity, company in brand.companies])[:12],
        frames=dict(sorted(scope.frames.items())),
        queries=_queries([load for load in loads if load.system and not load.problem]),
    )


def mixes(
    engine: Engine, default: Predicate, infos: Mapping[str, MeasureInfo], results: Mapping[str, Sequence[Result]]
) -> tuple[Mix, ...]:
    """Where the records behind the results come from by which audits are compared."""
    have = set(engine.open("records").collect_schema().names())
    told = {key: found for key, found in _populations(infos, results).items() if have.issuperset(found[0].columns())}
    return tuple(_mixes(engine, default, told))


def _origin(step: Plugin, card: Card | None) -> str:
    """`2 3fa9c1d2e4b5 en:93d48638`: version, options and files, models that were learned and are used."""
    learned = [
        f"{model.get('language', '')}:{model['digest']}"
        for model in (card.models if card else ())
        if model.get("enricher") == step.name and model.get("used") and model.get("digest")
    ]
    return " ".join([step.version, option_digest(step), *learned])


def _makers(steps: Sequence[Enricher | Relation]) -> dict[str, tuple[str, ...]]:
    """Column → every step that makes it, or makes what it is made of."""
    makers: dict[str, set[str]] = {}
    for step in steps:
        behind = {maker for need in step.needs for maker in makers.get(need, ())} | {step.name}
        for column in step.adds:
            makers[column] = makers.get(column, set()) | behind
    return {column: tuple(sorted(found)) for column, found in sorted(makers.items())}


def _queries(loads: Iterable[Load]) -> dict[str, str]:
    told: dict[str, set[str]] = {}
    for load in loads:
        told.setdefault(load.system or "", set()).add(load.query)
    return {system: " | ".join(sorted(queries)) for system, queries in sorted(told.items()) if queries != {""}}


def _populations(
    infos: Mapping[str, MeasureInfo], results: Mapping[str, Sequence[Result]]
) -> dict[str, tuple[Predicate, list[str]]]:
    """Populations of records behind the results by which audits are compared, with the keys of these."""
    found: dict[str, tuple[Predicate, list[str]]] = {}
    for name, info in infos.items():
        wanted = [set(dims) for dims in info.compared]
        for result in results.get(name, ()):
            about = result.population
            if set(result.dims) in wanted and result.shown and about.table == "records" and about.all:
                found.setdefault(about.model_dump_json(), (about, []))[1].append(result.key)
    return dict(list(found.items())[:MOST])


def _mixes(engine: Engine, default: Predicate, populations: Mapping[str, tuple[Predicate, list[str]]]) -> Iterable[Mix]:
    """Each population by source and channel: those within the default population are counted in one pass over it."""
    within = {i: p for i, (p, _) in enumerate(populations.values()) if p.all[: len(default.all)] == default.all}
    beyond = {i: p for i, (p, _) in enumerate(populations.values()) if i not in within}
    records = engine.open("records")
    inside = {i: p.beyond(default) for i, p in within.items()}
    frames = {"within": _counted(default.keep(records), inside), "beyond": _counted(records, beyond)}
    counted = engine.collect({name: frame for name, frame in frames.items() if frame is not None})
    for i, (_, keys) in enumerate(populations.values()):
        table = counted["within" if i in within else "beyond"]
        rows = table.select("source_system", "channel", "named", n=f"p{i}").filter(pl.col("n") > 0).iter_rows()
        yield _mix(tuple(keys), list(rows))


def _counted(records: nw.LazyFrame[Any], populations: Mapping[int, Predicate]) -> nw.LazyFrame[Any] | None:
    if not populations:
        return None
    have = set(records.collect_schema().names())
    rule = nw.col("entity_rule").fill_null("") if "entity_rule" in have else nw.lit("")
    named = rule.str.starts_with(_NAMED[0]) | rule.str.starts_with(_NAMED[1])
    held = {f"p{i}": p.expr().cast(nw.Int64) if p.all else nw.lit(1) for i, p in populations.items()}
    flagged = records.with_columns(named=named, **held)
    return flagged.group_by("source_system", "channel", "named").agg(nw.col(*held).sum())


def _mix(keys: tuple[str, ...], rows: Sequence[tuple[str | None, str | None, bool, int]]) -> Mix:
    cells: dict[str, int] = {}
    for system, channel, _, n in rows:
        cell = f"{system or 'unknown'} {channel or ''}".rstrip()
        cells[cell] = cells.get(cell, 0) + n
    total = sum(cells.values())
    named = sum(n for *_, by_name, n in rows if by_name)
    return Mix(keys=keys, cells=dict(sorted(cells.items())), named=round(named / total, 4) if total else 0)
