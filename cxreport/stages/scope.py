"""Scope: the default population, step by step, and the moment at which waiting times are censored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import narwhals as nw

from cxreport.engine.base import Engine
from cxreport.model.audit import Load, Step
from cxreport.model.message import message
from cxreport.model.predicate import Predicate, Term
from cxreport.model.problem import Problem
from cxreport.plugin.context import Context
from cxreport.plugin.measure import Scope

Exclusion = tuple[str, str, tuple[Term, ...]]


def scope_of(engine: Engine, context: Context, loads: Sequence[Load]) -> tuple[Scope, list[Step]]:
    """The scope that all measures share, and the waterfall from records read to records measured."""
    records = engine.open("records")
    columns = frozenset(records.collect_schema().names())
    steps: list[tuple[str, str, Predicate]] = [("read", message("Records read"), Predicate())]
    for ident, title, terms in _exclusions(context):
        if all(column in columns for column, _, _ in terms):
            steps.append((ident, title, steps[-1][2].where(*terms)))
    as_of, left = _look(engine, [predicate for _, _, predicate in steps], context.as_of)
    scope = Scope(
        population=steps[-1][2],
        steps=tuple((title, predicate) for _, title, predicate in steps),
        as_of=as_of,
        frames=_frames(loads),
        columns=columns,
    )
    return scope, _waterfall(steps, left)


def unheard(engine: Engine) -> list[Problem]:
    """Warnings for sources most of whose records name nobody we know: they are read, but not measured."""
    records = engine.open("records")
    if "entity" not in records.collect_schema().names():
        return []
    own = records.filter(~nw.col("is_context"), ~nw.col("brand_authored").fill_null(value=False))
    unknown = (nw.col("entity") == "unknown").cast(nw.Int64).sum()
    told = {"counts": own.group_by("source_id").agg(n=nw.len(), unknown=unknown)}
    counts = engine.collect(told)["counts"].sort("source_id")
    return [
        Problem(
            f"source {source}",
            f"{lost:,} of {n:,} records name neither the brand nor a rival, so they are not measured.",
            "Add `entity: brand` to the source if all of it is about the brand, or more names under `brand:`.",
            "warning",
        )
        for source, n, lost in counts.iter_rows()
        if lost > n / 2
    ]


def _frames(loads: Sequence[Load]) -> dict[str, str]:
    """Frame by source system; one in which no brand ever speaks cannot show that somebody was not answered."""
    read = [load for load in loads if load.system and not load.problem]
    frames = {load.system: load.frame for load in read if load.system}
    for system, frame in frames.items():
        silent = not any(load.replies for load in read if load.system == system)
        if silent and frame in ("complete", "capped"):
            frames[system] = "without_replies"
    return frames


def _exclusions(context: Context) -> list[Exclusion]:
    first, last = (_instant(day, shift) for day, shift in zip(context.period, (0, 1), strict=True))
    exclusions: list[Exclusion] = [
        ("context", message("Seen only as the parent of a reply"), (("is_context", "eq", False),)),
        ("brand", message("Written by a brand"), (("brand_authored", "not_true", None),)),
        ("repost", message("Reposts (amplification, not mentions)"), (("kind", "ne", "repost"),)),
        ("voice", message("Not customer voice: news, adverts, jobs, bots"), (("customer_voice", "eq", True),)),
        ("duplicate", message("Repeats: of the same author, or long copies"), (("duplicate_of", "is_null", None),)),
        ("entity", message("About a rival, or nobody we know"), (("entity", "eq", "brand"),)),
    ]
    bounds: tuple[Term, ...] = (("created_at", "ge", first), ("created_at", "lt", last))
    window = tuple(term for term in bounds if term[2] is not None)
    return [*exclusions, ("period", message("Outside the period, or undated"), window)] if window else exclusions


def _instant(day: date | None, shift: int) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=shift), time(), UTC)


def _look(engine: Engine, predicates: Sequence[Predicate], as_of: datetime | None) -> tuple[datetime | None, list[int]]:
    counts = {f"n{i}": predicate.expr().cast(nw.Int64).sum() for i, predicate in enumerate(predicates) if i}
    look = engine.open("records").select(nw.len().alias("total"), latest=nw.col("created_at").max(), **counts)
    row = engine.collect({"look": look})["look"].row(0, named=True)
    left = [int(row["total"]), *(int(row[f"n{i}"] or 0) for i in range(1, len(predicates)))]
    return as_of or row["latest"], left


def _waterfall(steps: Sequence[tuple[str, str, Predicate]], left: Sequence[int]) -> list[Step]:
    rows = [Step(id=steps[0][0], title=steps[0][1], excluded=0, left=left[0])]
    for (ident, title, _), before, after in zip(steps[1:], left, left[1:], strict=False):
        rows.append(Step(id=ident, title=title, excluded=before - after, left=after))
    return rows
