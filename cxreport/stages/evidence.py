"""Evidence: the bounded, seeded sample of redacted records that goes into the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.engine.base import Engine
from cxreport.model.audit import Evidence
from cxreport.model.predicate import Predicate
from cxreport.plugin.context import Context

PER_CELL = 12
LIMIT = 6_000
_CELL = ("source_id", "channel", "entity", "moment", "sentiment", "brand_authored")
_COLUMNS = {
    "record_id": "id", "source_id": "source_id", "channel": "channel", "kind": "kind", "entity": "entity",
    "created_at": "created_at", "title_redacted": "title", "text_redacted": "text", "lang": "lang",
    "sentiment": "sentiment", "sentiment_score": "score", "moment": "moment", "moment_rule": "moment_rule",
    "shared": "shared", "author_followers": "followers", "source_file": "file", "source_row": "row",
}  # fmt: skip


def evidence(
    engine: Engine, population: Predicate, context: Context, licences: dict[str, str], cited: Sequence[str] = ()
) -> list[Evidence]:
    """Up to `PER_CELL` records of the population per source, channel, moment and sentiment, by smallest id; and
    those of the population whose ids are `cited`.

    Without a redaction enricher no text is taken at all: nothing unredacted enters an audit.
    """
    records = engine.open("records")
    have = set(records.collect_schema().names())
    cell = [c for c in _CELL if c in have]
    own = population.keep(records)
    wanted = [c for c in (*_COLUMNS, "author_id", "rating_value", "rating_max", "metric") if c in have]
    frames = {
        "drawn": _drawn(own, cell).select(wanted).sort("record_id").head(LIMIT),
        "cited": own.filter(nw.col("record_id").is_in(list(cited))).select(wanted),
    }
    both = pl.concat(engine.collect(frames).values()).unique("record_id").sort("record_id")
    return list(_evidence(both, context, licences))


def _drawn(records: nw.LazyFrame[Any], cell: list[str]) -> nw.LazyFrame[Any]:
    if not cell:
        return records
    keys = [nw.col(c).cast(nw.String).fill_null("") for c in cell]
    celled = records.with_columns(__cell=nw.concat_str(*keys, separator="\x1f"))
    rank = nw.col("record_id").rank("ordinal").over("__cell")
    return celled.filter(rank <= PER_CELL)


def _evidence(frame: pl.DataFrame, context: Context, licences: dict[str, str]) -> Iterator[Evidence]:
    for row in frame.iter_rows(named=True):
        facts: dict[str, Any] = {field: row.get(column) for column, field in _COLUMNS.items()}
        facts["file"] = facts["file"] or ""
        author = row.get("author_id")
        yield Evidence(
            **facts,
            author=context.pseudonym(author) if author else None,
            rating=_rating(row),
            licence=licences.get(row["source_id"]),
        )


def _rating(row: dict[str, Any]) -> str | None:
    value, top = row.get("rating_value"), row.get("rating_max")
    if value is None:
        return None
    return f"{value:g}" if top is None else f"{value:g} of {top:g}"


def class_counts(engine: Engine, columns: Iterable[str]) -> dict[str, dict[str, int]]:
    """Counts of categorical columns over all records, for the data page."""
    records = engine.open("records")
    have = set(records.collect_schema().names())
    wanted = [c for c in columns if c in have]
    frames = {c: records.group_by(c).agg(n=nw.len()) for c in wanted}
    counted = engine.collect(frames)
    return {c: _sorted(counted[c], c) for c in wanted}


def _sorted(frame: pl.DataFrame, column: str) -> dict[str, int]:
    ordered = frame.sort(["n", column], descending=[True, False], nulls_last=True)
    return {str(key if key is not None else "none"): int(n) for key, n in ordered.iter_rows()}
