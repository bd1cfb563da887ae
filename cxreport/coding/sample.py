"""The sample that people code: stratified, seeded, with the weight of every drawn record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from cxreport.engine.base import Engine
from cxreport.model.predicate import Predicate
from cxreport.stats import TESTED_FROM

SIZE: Final = 250
"""Enough for ±6 points on a share, and for about 70 texts of each sentiment (methods.md §G.6)."""
GATED: Final = 0.2
"""Largest part of the sample that is drawn from what the gate took for no customer, to judge the gate by."""
LEAST: Final = 5
"""Fewest records of a stratum, where it has as many and the sample is large enough."""
_STRATA = (("channel", "sentiment", "moment"), ("sentiment", "moment"), ("sentiment",), ())
_VOICE = "customer_voice"


def draw(engine: Engine, population: Predicate, size: int, seed: int) -> pl.DataFrame:
    """`record_id, stratum, weight` of the drawn records, in the order in which they should be coded.

    Strata are numbered, for their names would tell coders what the classifiers said.

    Strata are channel x predicted sentiment x moment, coarser ones where there are too many for the sample, and
    what the gate took for no customer. Each gets at least a few, the rest by size; within a stratum the smallest
    hashes of id and seed are drawn. `weight` is stratum size / drawn. The order is a second draw: it tells coders
    nothing of the strata, and the first hundred are a fair start.
    """
    table = _candidates(engine, population)
    heard, gated = table.filter(_VOICE), table.filter(~pl.col(_VOICE))
    share = gated.height / max(1, table.height)
    aside = min(gated.height, round(size * GATED), max(TESTED_FROM, round(size * share)))
    parts = [_drawn(_stratified(heard, size - aside), size - aside)]
    if aside:
        parts.append(_drawn(gated.with_columns(stratum="gated: " + pl.col("channel")), aside))
    drawn = _smallest(pl.concat(parts), seed)
    order = pl.Series("order", mixed(drawn["record_id"], seed + 1))
    drawn = drawn.with_columns(order).sort("order", "record_id").drop("order")
    names = drawn["stratum"].unique(maintain_order=True).to_list()
    return drawn.with_columns(pl.col("stratum").replace_strict(names, [f"s{i:02}" for i in range(1, len(names) + 1)]))


def _candidates(engine: Engine, population: Predicate) -> pl.DataFrame:
    """Records with a text that may be measured, or would be if the gate let them through."""
    terms = tuple(term for term in population.all if term[0] != _VOICE)
    records = engine.open("records")
    have = records.collect_schema().names()
    text = nw.concat_str(*(c for c in ("title", "text") if c in have), separator=" ", ignore_nulls=True)
    kept = Predicate(all=terms).keep(records).filter(text.str.contains(r"\w"))
    voice = nw.col(_VOICE) if _VOICE in have else nw.lit(value=True)
    columns: dict[str, Any] = {c: nw.col(c) for c in ("channel", "sentiment", "moment") if c in have}
    frame = engine.collect({"ids": kept.select("record_id", voice.alias(_VOICE), **columns)})["ids"]
    missing = {c: pl.lit(None, pl.String) for c in ("channel", "sentiment", "moment") if c not in have}
    filled = pl.col("channel", "sentiment", "moment").fill_null("none")
    return frame.with_columns(**missing).with_columns(filled, pl.col(_VOICE).fill_null(value=False))


def _stratified(table: pl.DataFrame, size: int) -> pl.DataFrame:
    """With the finest strata of which the sample can give two records to each, on average."""
    for columns in _STRATA:
        stratum = pl.concat_str(*columns, separator=", ") if columns else pl.lit("all")
        named = table.with_columns(stratum=stratum)
        if named["stratum"].n_unique() * 2 <= size:
            break
    return named


def _drawn(table: pl.DataFrame, size: int) -> pl.DataFrame:
    sizes = table.group_by("stratum").len("of").sort("stratum")
    take = sizes.with_columns(take=pl.Series(allocation(sizes["of"].to_list(), size), dtype=pl.Int64))
    ranked = table.join(take, on="stratum", how="left")
    return ranked.select("record_id", "stratum", "take", weight=pl.col("of") / pl.col("take"))


def allocation(sizes: Sequence[int], size: int) -> list[int]:
    """How many to draw from strata of these sizes: a few of each, the rest in proportion (largest remainders)."""
    have = np.asarray(sizes, dtype=np.int64)
    if have.sum() <= size:
        return [int(n) for n in have]
    least = max(1, min(LEAST, size // (2 * len(have))))
    drawn = np.minimum(have, least)
    rest = have - drawn
    quota = (size - drawn.sum()) * rest / rest.sum()
    more = np.floor(quota).astype(np.int64)
    largest = np.argsort(more - quota, kind="stable")[: size - int(drawn.sum() + more.sum())]
    more[largest] += 1
    return [int(n) for n in drawn + more]


def _smallest(table: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The drawn rows: the smallest hashes of each stratum."""
    hashed = table.with_columns(hash=pl.Series(mixed(table["record_id"], seed)))
    place = pl.struct("hash", "record_id").rank("ordinal").over("stratum")
    return hashed.filter(place <= pl.col("take")).drop("take", "hash")


def mixed(ids: pl.Series, seed: int) -> NDArray[np.uint64]:
    """Ids, which are hashes in hex, mixed with a seed by splitmix64: the same on every machine."""
    z = ids.str.slice(0, 15).str.to_integer(base=16).to_numpy().astype(np.uint64)
    z = z + np.uint64((seed + 1) * 0x9E3779B97F4A7C15 % 2**64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return mixed
