"""Phrases that set two groups of people apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from cxreport_plugins.common.logodds import log_odds
from cxreport_plugins.common.stopwords import ALONE, LANGUAGES
from cxreport_plugins.common.wording import Frame

SAMPLE = 8_000
"""Texts a language whose phrases are counted: those with the smallest record ids, which are hashes."""
PLACES = {f"{number:02x}": number for number in range(256)}
"""First two digits of a hash: only ids that begin low enough, twice as many as are wanted, are put in order."""
PEOPLE = 10
"""People who must use a phrase before it is counted anywhere: what fewer say may tell who they are."""
CANDIDATES = 5_000
"""Phrases a language that are compared: those of the most people."""
FEWEST = 30
"""People that either group must have."""
Q = 0.10
"""Accepted share of false discoveries among what is listed."""
SHOWN = 12
"""Phrases listed for either side."""


def drawn(sided: Frame) -> Frame:
    """The texts to be counted, with who wrote them: a text without an author is somebody else's each time."""
    known = sided.filter(nw.col("lang").is_in(list(LANGUAGES)), ~nw.col("text_redacted").is_null())
    place = nw.col("record_id").str.slice(0, 2).replace_strict(PLACES, default=0, return_dtype=nw.Int64)
    near = known.with_columns(__place=place, __many=nw.len().over("lang")).filter(
        nw.col("__place") * nw.col("__many") <= 2 * len(PLACES) * SAMPLE
    )
    chosen = near.with_columns(__rank=nw.col("record_id").rank("ordinal").over("lang")).filter(
        nw.col("__rank") <= SAMPLE
    )
    return chosen.with_columns(who=nw.coalesce("author_id", "record_id"))


def people(frame: Frame, *keys: str) -> Frame:
    """`first`, `second`: people on either side; `people`: all of them, for each combination of `keys`."""
    once = frame.select(*keys, "who", "side").unique()
    first = nw.col("side").cast(nw.Int64)
    return once.group_by(*keys).agg(first=first.sum(), second=(1 - first).sum(), people=nw.col("who").n_unique())


def common(phrases: Frame) -> Frame:
    """The phrases of the most people; those of few never leave."""
    said = phrases.filter(nw.col("people") >= PEOPLE).with_columns(__fewer=-nw.col("people").cast(nw.Int64))
    place = nw.col("phrase").cum_count().over("lang", order_by=["__fewer", "phrase"])
    return said.with_columns(__place=place).filter(nw.col("__place") <= CANDIDATES).drop("__place", "__fewer")


def rows(used: pl.DataFrame, sizes: tuple[int, int], sides: tuple[str, str]) -> list[dict[str, Any]]:
    """The phrases that tell the sides apart, the clearest first, no two of a side sharing a word."""
    if not used.height:
        return []
    odds = log_odds(used["first"], used["second"], *sizes)
    told = used.with_columns(
        side=pl.Series(odds.delta < 0).cast(pl.Int8).replace_strict({0: sides[0], 1: sides[1]}, return_dtype=pl.String),
        odds=pl.Series(odds.delta).abs().exp(),
        low=pl.Series(_nearest(odds.low, odds.high)).exp(),
        high=pl.Series(_farthest(odds.low, odds.high)).exp(),
        z=pl.Series(odds.z), q=pl.Series(odds.q),
    )  # fmt: skip
    clear = told.filter(pl.col("q") < Q).sort(pl.col("z").abs(), pl.col("phrase"), descending=[True, False])
    return [_row(row) for side in sides for row in _unlike(clear.filter(pl.col("side") == side))]


def _nearest(low: Any, high: Any) -> Any:
    """The limit nearer to zero, on the side of the estimate."""
    return (abs(low + high) - (high - low)) / 2


def _farthest(low: Any, high: Any) -> Any:
    return (abs(low + high) + (high - low)) / 2


def _unlike(clear: pl.DataFrame) -> list[dict[str, Any]]:
    """At most `SHOWN` phrases: `customer service` is not told again as `customer`, nor `not` without a word."""
    kept: list[dict[str, Any]] = []
    words: set[str] = set()
    for row in clear.iter_rows(named=True):
        own = set(row["phrase"].split()) - ALONE
        if own and not own & words:
            kept.append(row)
            words |= own
        if len(kept) == SHOWN:
            break
    return kept


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    facts = {key: row[key] for key in ("phrase", "side", "odds", "low", "high", "z", "q")}
    return {**facts, "people": row["people"] // 5 * 5}
