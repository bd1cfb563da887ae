"""Measure: aggregates of all measures collected together, then their results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine
from cxreport.model.message import message
from cxreport.model.problem import CxreportError, Problem
from cxreport.model.result import Result
from cxreport.plugin.measure import Feedback, Measure, Scope
from cxreport.stages.mark import mark

MAX_ROWS = 200_000
CLUSTER = "bucket"
"""Column of aggregates that keep authors apart."""
TABLES = ("records", "answers", "labels", "metrics")


def measure(measures: Sequence[Measure], engine: Engine, scope: Scope) -> dict[str, tuple[Result, ...]]:
    """Results by measure id. A measure whose columns nothing provides is *not testable*, with that reason."""
    marked = mark(engine, scope.population)
    for name in ("records", "labels"):
        engine.compact(name)
    feedback = Feedback({name: engine.open(name) for name in TABLES}, marked)
    able = [m for m in measures if scope.columns.issuperset(m.needs)]
    frames: dict[str, nw.LazyFrame[Any]] = {}
    for one in able:
        frames.update({f"{one.name}\x1f{key}": frame for key, frame in one.aggregate(feedback, scope).items()})
    collected = {name: _settled(frame) for name, frame in engine.collect(frames).items()}
    _bounded(collected)
    results = {m.name: _missing(m, scope) for m in measures if m not in able}
    for one in able:
        prefix = f"{one.name}\x1f"
        mine = {k.removeprefix(prefix): v for k, v in collected.items() if k.startswith(prefix)}
        results[one.name] = tuple(_checked(one, one.estimate(mine, scope)))
    return {m.name: results[m.name] for m in measures}


def _missing(one: Measure, scope: Scope) -> tuple[Result, ...]:
    lacking = [c for c in one.needs if c not in scope.columns]
    return (
        one.untestable(
            message("nothing in this audit provides {columns}").format(columns=", ".join(lacking)), *lacking
        ),
    )


def _settled(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows by author cluster in one order: groups come in any, and the last digits of a sum depend on it."""
    plain = [name for name, dtype in frame.schema.items() if not dtype.is_nested()]
    return frame.sort(plain, nulls_last=True) if CLUSTER in frame.columns else frame


def _bounded(collected: dict[str, Any]) -> None:
    rows = sum(frame.height for frame in collected.values())
    if rows > MAX_ROWS:
        largest = max(collected, key=lambda name: collected[name].height).partition("\x1f")[0]
        what = f"the aggregates hold {rows:,} rows, {MAX_ROWS:,} at most are collected."
        raise CxreportError(Problem(f"measure {largest}", what, "Cut it by fewer columns (`by`)."))


def _checked(one: Measure, results: Sequence[Result]) -> Sequence[Result]:
    """A plugin's numbers are held to the contract before anybody can see them."""
    for result in results:
        fault = _fault(one, result)
        if fault:
            raise CxreportError(Problem(f"measure {result.key}", fault, "Report it to the plugin's author."))
    return results or (one.untestable("it gave no result"),)


def _fault(one: Measure, result: Result) -> str:
    if result.id != one.name:
        return f"it came from {one.name}."
    if result.status == "not_testable":
        return "" if result.reason and result.value is None else "not testable, but without a reason or with a value."
    if result.n < 0 or (result.kind == "count" and result.low is not None):
        return "a negative base, or a count with an interval."
    if None not in (result.low, result.value, result.high) and not result.low <= result.value <= result.high:  # type: ignore[operator]
        return f"the value {result.value} lies outside of its interval {result.low} to {result.high}."
    return ""
