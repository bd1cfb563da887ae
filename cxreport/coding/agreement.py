"""How far coders agree, field by field; whoever settles disputes has seen them and does not count."""

from __future__ import annotations

import math
from collections.abc import Iterator

import polars as pl

from cxreport.model.audit import Agreement
from cxreport.model.coding import FIXED, MULTIPLE, SETTLED, SINGLE, Coding
from cxreport.stats import krippendorff, masi
from cxreport.stats.intervals import Estimate

ORDINAL = ("sentiment",)
"""Fields whose codes are ranks, too."""
_SEED = 20_071
"""Of the bootstraps; the interval of an unchanged sheet never changes."""


def agreement(coding: Coding) -> tuple[Agreement, ...]:
    """Krippendorff's alpha of every field that two coders coded on the same records."""
    return tuple(_agreements(coding.rows.filter(pl.col("coder") != SETTLED)))


def _agreements(rows: pl.DataFrame) -> Iterator[Agreement]:
    for field in (*SINGLE, *MULTIPLE):
        filled = rows.filter(pl.col(field).is_not_null())
        shared = filled.filter(pl.len().over("record_id") > 1)
        if shared.is_empty():
            continue
        for level, alpha in _alphas(shared, field):
            records, coders = (shared[column].n_unique() for column in ("record_id", "coder"))
            value, low, high = (None if math.isnan(number) else number for number in alpha)
            yield Agreement(
                field=field, level=level, alpha=value, low=low, high=high, records=records, coders=coders
            )  # fmt: skip


def _alphas(shared: pl.DataFrame, field: str) -> Iterator[tuple[str, Estimate]]:
    if field in MULTIPLE:
        yield "set", _of_sets(shared, field)
        return
    counts = _counts(shared.with_columns(code=field), FIXED[field]).to_numpy()
    yield "nominal", krippendorff(counts, seed=_SEED)
    if field in ORDINAL:
        yield "ordinal", krippendorff(counts, ordinal=True, seed=_SEED)


def _of_sets(shared: pl.DataFrame, field: str) -> Estimate:
    sets = shared.with_columns(code=pl.col(field).list.sort().list.join(";"))
    codes = sets["code"].unique().sort().to_list()
    distance = masi([frozenset(code.split(";")) - {""} for code in codes])
    return krippendorff(_counts(sets, codes).to_numpy(), distance=distance, seed=_SEED)


def _counts(rows: pl.DataFrame, codes: tuple[str, ...] | list[str]) -> pl.DataFrame:
    """How many coders gave each code, one row a record."""
    columns = [(pl.col("code") == code).sum().alias(f"n{i}") for i, code in enumerate(codes)]
    return rows.group_by("record_id").agg(columns).sort("record_id").drop("record_id")
