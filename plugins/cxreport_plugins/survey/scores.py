"""The scores of a response: NPS, CSAT and CES side by side, and the main one of them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from cxreport_plugins.survey.mapping import PRIORITY, Mapped, Measured
from cxreport_plugins.survey.options import Metric
from cxreport_plugins.survey.words import words

RATING = (
    "metric", "rating_raw", "rating_value", "rating_min", "rating_max", "rating_scale_source", "rating_reversed",
    "rating_norm", "nps_score", "nps_group", "csat_value", "csat_max", "ces_value", "ces_max",
    "question_id", "question_text",
)  # fmt: skip
"""Columns of the records that `scores` gives."""
_GROUPS = {"1": "detractor", "2": "passive", "3": "promoter"}


def scores(frame: pl.DataFrame, taken: Mapped) -> pl.DataFrame:
    """The columns `RATING`, and the flags `out_of_scale`, `scale_observed` and `group_differs`.

    The main score is the first of NPS, CSAT and CES that was given on its scale, else the first that was given.
    """
    used = [m for metric in PRIORITY if (m := taken.main(metric)) is not None]
    table = frame.with_columns(expr for m in used for expr in _read(m)).with_columns(_main(used).alias("metric"))
    table = table.with_columns(_picked(used)).with_columns(_norm().alias("rating_norm"), *_columns(used))
    return table.select(
        *RATING,
        _off_scale(used).alias("out_of_scale"),
        (pl.col("rating_scale_source") == "observed").fill_null(value=False).alias("scale_observed"),
        _differs(used).alias("group_differs"),
    )


def _value(measured: Measured) -> str:
    return f"{measured.metric} value"


def _given(measured: Measured) -> str:
    return f"{measured.metric} given"


def _cell(measured: Measured) -> pl.Expr:
    return pl.col(measured.question.main[0].cell)


def _read(measured: Measured) -> tuple[pl.Expr, pl.Expr]:
    """The value on its scale, and whether anything was answered that should have been one."""
    cells = _cell(measured)
    value = measured.scale.value(cells, whole=measured.metric == "nps")
    none = cells.str.to_lowercase().is_in(sorted(words().no_answer))
    return value.alias(_value(measured)), (cells.is_not_null() & ~none).fill_null(value=False).alias(_given(measured))


def _off_scale(used: list[Measured]) -> pl.Expr:
    lost = (pl.col(_given(m)) & pl.col(_value(m)).is_null() for m in used)
    return pl.any_horizontal(pl.lit(value=False), *lost)


def _main(used: list[Measured]) -> pl.Expr:
    sound = [pl.when(pl.col(_value(m)).is_not_null()).then(pl.lit(m.metric)) for m in used]
    given = [pl.when(pl.col(_given(m))).then(pl.lit(m.metric)) for m in used]
    return pl.coalesce(*sound, *given, pl.lit(None, pl.String))


def _picked(used: list[Measured]) -> list[pl.Expr]:
    """Columns that are those of the main score."""

    def pick(name: str, dtype: type[pl.DataType], what: Callable[[Measured], pl.Expr]) -> pl.Expr:
        chosen = [pl.when(pl.col("metric") == m.metric).then(what(m)) for m in used]
        return pl.coalesce(*chosen, pl.lit(None, dtype)).alias(name)

    return [
        pick("rating_raw", pl.String, _cell),
        pick("rating_value", pl.Float64, lambda m: pl.col(_value(m))),
        pick("rating_min", pl.Float64, lambda m: pl.lit(m.scale.low, pl.Float64)),
        pick("rating_max", pl.Float64, lambda m: pl.lit(m.scale.high, pl.Float64)),
        pick("rating_scale_source", pl.String, lambda m: pl.lit(m.scale.source)),
        pick("rating_reversed", pl.Boolean, lambda m: pl.lit(m.scale.is_reversed)),
        pick("question_id", pl.String, lambda m: pl.lit(m.question.id)),
        pick("question_text", pl.String, lambda m: pl.lit(m.question.text or None, pl.String)),
    ]


def _norm() -> pl.Expr:
    """The main score from 0 to 1, higher is better."""
    low, high = pl.col("rating_min"), pl.col("rating_max")
    share = (pl.col("rating_value") - low) / (high - low)
    return pl.when(pl.col("rating_reversed")).then(1 - share).otherwise(share)


def _columns(used: list[Measured]) -> list[pl.Expr]:
    by_metric = {m.metric: m for m in used}
    nps = by_metric.get("nps")
    score = pl.col(_value(nps)).cast(pl.Int64) if nps else pl.lit(None, pl.Int64)
    columns = [score.alias("nps_score"), nps_group(score).alias("nps_group")]
    for metric in ("csat", "ces"):
        columns += _bounded(metric, by_metric.get(metric))
    return columns


def nps_group(score: pl.Expr) -> pl.Expr:
    """Promoter 9–10, passive 7–8, detractor 0–6."""
    named = pl.when(score >= 9).then(pl.lit("promoter")).when(score >= 7).then(pl.lit("passive"))
    return named.when(score.is_not_null()).then(pl.lit("detractor"))


def _bounded(metric: Metric | str, measured: Measured | None) -> list[pl.Expr]:
    """`csat_value`, `csat_max` (or those of CES).

    `rating_reversed` speaks of the main score only; a reversed CSAT beside another main score is turned round.
    """
    if measured is None:
        return [pl.lit(None, pl.Float64).alias(f"{metric}_{part}") for part in ("value", "max")]
    value, scale = pl.col(_value(measured)), measured.scale
    if scale.is_reversed and metric == "csat":
        value = pl.when(pl.col("metric") == metric).then(value).otherwise(scale.low + scale.high - value)
    top = pl.when(value.is_not_null()).then(pl.lit(scale.high, pl.Float64))
    return [value.alias(f"{metric}_value"), top.alias(f"{metric}_max")]


def _differs(used: list[Measured]) -> pl.Expr:
    """Whether the export itself puts a respondent into another NPS group than the score says."""
    column = next((m.question.group for m in used if m.metric == "nps" and m.question.group), None)
    if column is None:
        return pl.lit(value=False)
    told = pl.col(column.cell).str.to_lowercase()
    told = told.replace(_GROUPS)
    known = told.is_in(list(_GROUPS.values()))
    return (known & (told != pl.col("nps_group"))).fill_null(value=False)
