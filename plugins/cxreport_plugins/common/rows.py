"""What sources that read tables share: what was left over of each row, and what the ledger wants to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from cxreport.api import ReadFacts, Reject, reading


def leftover(columns: Mapping[str, str]) -> pl.Expr:
    """The column `extra`: a JSON object of the cells that hold something, its keys sorted; null if none does.

    `columns` maps a column of the frame (text) to its key in the object.
    """
    if not columns:
        return pl.lit(None, pl.String).alias("extra")
    members = [_member(name, key) for name, key in sorted(columns.items(), key=lambda item: item[1])]
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    return pl.when(joined != "").then("{" + joined + "}").alias("extra")


def _member(name: str, key: str) -> pl.Expr:
    """`"key":"value"`, or null for a blank cell."""
    value = reading.blank(pl.col(name))
    encoded = pl.struct(value.alias(key)).struct.json_encode()
    return pl.when(value.is_not_null()).then(encoded.str.slice(1).str.strip_suffix("}"))


def unmapped(header: Sequence[str], mapped: set[str]) -> dict[str, str]:
    """For `leftover`: the columns that nothing else holds. A column without a name gets its number as one."""
    blank = {name for name in header if not name or (name.startswith(" (") and name.endswith(")"))}
    return {
        name: f"column {number}" if name in blank else name
        for number, name in enumerate(header, 1)
        if name not in mapped
    }


def rejects(batch: reading.TableBatch, facts: ReadFacts) -> tuple[Reject, ...]:
    """The rows that the reader could not use; counts all rows of the batch in `facts`."""
    facts.rows_read += batch.frame.height + len(batch.rejects)
    return tuple(Reject(problem.row, problem.code, problem.detail) for problem in batch.rejects)


def without(
    frame: pl.DataFrame, wanted: pl.Expr, code: str, detail: str
) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
    """The rows that are `wanted`, and a reject for each of the others."""
    kept = frame.filter(wanted.fill_null(value=False))
    if kept.height == frame.height:
        return frame, ()
    others = frame.filter(~wanted.fill_null(value=False))[reading.ROW]
    return kept, tuple(Reject(row, code, detail) for row in others)


def describe(table: reading.Table, facts: ReadFacts) -> None:
    """Tell the ledger how the table was written; to be called when its batches have been read."""
    dialect = table.dialect
    facts.encoding, facts.encoding_how = dialect.encoding.name, dialect.encoding.how
    facts.delimiter = dialect.delimiter or None
    facts.header_row = dialect.header_row or None
    if dialect.encoding.replaced:
        facts.notes.append(
            f"{dialect.encoding.replaced:,} byte sequences are no {dialect.encoding.name}; "
            "each is shown as \ufffd."
        )
    if table.short_rows:
        facts.notes.append(
            f"{table.short_rows} rows have fewer cells than the header; the missing ones are empty."
        )
