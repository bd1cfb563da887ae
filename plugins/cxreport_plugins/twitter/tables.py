"""What the tables of posts share: finding the header, reading batches, times, sound ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.options import TwitterOptions

Signature = frozenset[str]
Names = dict[str, str]
"""Column of a table by its normalised name."""


def detect(look: Look, system: str, signature: Signature) -> Detection | None:
    """A table one of whose first records names all columns of `signature`."""
    at = reading.find_header(look.records, signature)
    if at is None:
        return None
    return Detection(system, "", 1.0, f"Row {at + 1} names the columns {', '.join(sorted(signature))}.")


def read(
    data: Input,
    signature: Signature,
    options: TwitterOptions,
    facts: ReadFacts,
    convert: Callable[[pl.DataFrame, Names], pl.DataFrame],
) -> Iterator[Batch]:
    """Batches of a table of posts; `convert` makes the records of a frame. Rows without `text` are rejected.

    Raises ReadError when the table cannot be opened.
    """
    table = reading.open_table(
        data, encoding=options.encoding, header=lambda records: reading.find_header(records, signature)
    )
    names = _by_norm(table.header)
    has_text = reading.blank(pl.col(names["text"])).is_not_null()
    dateless = 0
    for batch in table.batches():
        unread = rows.rejects(batch, facts)
        frame, empty = rows.without(
            batch.frame, has_text, "no_content", "the cell `text` is empty or missing"
        )
        records = convert(frame, names)
        dateless += records["warnings"].drop_nulls().len()
        yield Batch(records, rejects=unread + empty)
    rows.describe(table, facts)
    if dateless:
        facts.notes.append(f"Dates that could not be read: {dateless:,}. The records are kept without one.")


def _by_norm(header: Sequence[str]) -> Names:
    return {reading.norm(name): name for name in reversed(header)}


def cell(names: Names, name: str) -> pl.Expr:
    """A column by its normalised name, blank cells null; all null where the table has none."""
    return reading.blank(pl.col(names[name])) if name in names else pl.lit(None, pl.String)


def leftover(names: Names, mapped: Sequence[str]) -> pl.Expr:
    """The column `extra`: every column that is not `mapped` (normalised names)."""
    header = [name for name in names.values() if name != reading.ROW]
    return rows.leftover(rows.unmapped(header, {names[name] for name in mapped if name in names}))


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
