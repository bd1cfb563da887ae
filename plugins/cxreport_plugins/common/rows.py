"""What sources that read tables share: what was left over of each row, and what the ledger wants to know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from cxreport.api import ReadFacts, Reject, reading


@dataclass(frozen=True)
class Header:
    """The header of a table. Columns go by position (`c0`, `c1` …): a file may call one `*` or `^.*$`."""

    names: tuple[str, ...]

    @cached_property
    def by_norm(self) -> dict[str, str]:
        """Column by its normalised name, the first of each."""
        return {reading.norm(name): f"c{index}" for index, name in reversed(list(enumerate(self.names)))}

    @property
    def columns(self) -> list[str]:
        """All columns."""
        return [f"c{index}" for index in range(len(self.names))]

    def frame(self, batch: reading.TableBatch) -> pl.DataFrame:
        """The rows of a batch, its columns named by position, its blank cells null."""
        frame = batch.frame.select(pl.all())
        frame.columns = [*self.columns, reading.ROW]
        return frame.with_columns(reading.blank(pl.col(self.columns)).name.keep())

    def cell(self, norm: str) -> pl.Expr:
        """A column by its normalised name; all null where the table has none."""
        return pl.col(self.by_norm[norm]) if norm in self.by_norm else pl.lit(None, pl.String)

    def label(self, column: str) -> str:
        """What a column is called; one without a name, by its number."""
        index = int(column[1:])
        name = self.names[index]
        is_nameless = not name or (name.startswith(" (") and name.endswith(")"))
        return f"column {index + 1}" if is_nameless else name

    def others(self, used: Collection[str]) -> dict[str, str]:
        """Label by column, for all columns that are not `used`."""
        return {column: self.label(column) for column in self.columns if column not in used}


def leftover(columns: Mapping[str, str]) -> pl.Expr:
    """The column `extra`: a JSON object of the cells that are not null, its keys sorted; null if all are.

    `columns` maps a column of the frame (text) to its key in the object.
    """
    if not columns:
        return pl.lit(None, pl.String).alias("extra")
    members = [_member(name, key) for name, key in sorted(columns.items(), key=lambda item: item[1])]
    joined = pl.concat_str(members, separator=",", ignore_nulls=True)
    return pl.when(joined != "").then("{" + joined + "}").alias("extra")


def _member(name: str, key: str) -> pl.Expr:
    """`"key":"value"`, or null."""
    encoded = pl.struct(pl.col(name).alias(key)).struct.json_encode()
    return pl.when(pl.col(name).is_not_null()).then(encoded.str.head(-1).str.slice(1))


def rejects(batch: reading.TableBatch, facts: ReadFacts) -> tuple[Reject, ...]:
    """The rows that the reader could not use; counts all rows of the batch in `facts`."""
    facts.rows_read += batch.frame.height + len(batch.rejects)
    return tuple(Reject(problem.row, problem.code, problem.detail) for problem in batch.rejects)


def without(frame: pl.DataFrame, wanted: pl.Expr, code: str, detail: str) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
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
            f"{dialect.encoding.replaced:,} byte sequences are no {dialect.encoding.name}; each is shown as \ufffd."
        )
    if table.short_rows:
        facts.notes.append(f"{table.short_rows} rows have fewer cells than the header; the missing ones are empty.")


def sound_ids(frame: pl.DataFrame, column: str, facts: ReadFacts) -> pl.DataFrame:
    """`native_id` and `id_damaged`: an id that a spreadsheet rounded identifies nothing and becomes null."""
    damaged = reading.damaged_ids(frame[column])
    facts.ids_damaged += int(damaged.sum())
    ids = frame.select(native_id=reading.blank(pl.col(column).str.strip_chars()), id_damaged=damaged)
    return ids.with_columns(pl.when(~pl.col("id_damaged")).then("native_id").alias("native_id"))


def warn_of_ids(facts: ReadFacts) -> None:
    """One sentence for a file whose ids went through a spreadsheet."""
    if facts.ids_damaged:
        facts.notes.append(
            f"Ids that a spreadsheet rounded (as to 5.7E+17): {facts.ids_damaged:,}. They identify nothing: "
            "repeated rows cannot be merged and replies not linked. Get the file again, and do not save it "
            "from a spreadsheet."
        )
