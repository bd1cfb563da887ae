"""What the tables of posts share: finding the header, reading batches, times, sound ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, reading
from cxreport_plugins.common import header as header_row
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.options import TwitterOptions

Signature = frozenset[str]


def detect(look: Look, system: str, signature: Signature) -> Detection | None:
    """A table one of whose first records names all columns of `signature`."""
    at = header_row.find(look.records, signature)
    if at is None:
        return None
    return Detection(system, "", 1.0, f"Row {at + 1} names the columns {', '.join(sorted(signature))}.")


def read(
    data: Input,
    signature: Signature,
    options: TwitterOptions,
    facts: ReadFacts,
    convert: Callable[[pl.DataFrame, rows.Header], pl.DataFrame],
    *,
    text: str = "text",
    names: tuple[str, ...] | None = None,
) -> Iterator[Batch]:
    """Batches of a table of posts; `convert` makes the records of a frame. Rows without text are rejected.

    `text` is the normalised name of its column; `names` replace those in the file, column by column. Raises
    ReadError when the table cannot be opened.
    """
    table = reading.open_table(
        data, encoding=options.encoding, header=lambda records: reading.find_header(records, signature)
    )
    renamed = (names or ())[: len(table.header)]
    header = rows.Header((*renamed, *table.header[len(renamed) :]))
    has_text = header.cell(text).is_not_null()
    empty_cell = f"the cell `{text}` is empty or missing"
    dateless = 0
    for batch in reading.ahead(table.batches()):
        unread = rows.rejects(batch, facts)
        frame, empty = rows.without(header.frame(batch), has_text, "no_content", empty_cell)
        records = convert(frame, header)
        dateless += records["warnings"].drop_nulls().len()
        yield Batch(records, rejects=unread + empty)
    rows.describe(table, facts)
    if dateless:
        facts.notes.append(f"Dates that could not be read: {dateless:,}. The records are kept without one.")


def leftover(header: rows.Header, mapped: Collection[str]) -> pl.Expr:
    """The column `extra`: every column that is not `mapped` (normalised names)."""
    return rows.leftover(header.others({header.by_norm[name] for name in mapped if name in header.by_norm}))


def column(frame: pl.DataFrame, header: rows.Header, name: str) -> pl.Series:
    """The cells of a column (normalised name), as many as the frame has rows; all null where there is none."""
    return frame.with_columns(header.cell(name).alias("__column"))["__column"]


def ids(frame: pl.DataFrame, header: rows.Header, name: str) -> pl.Series:
    """The ids of a column (normalised name), those that a spreadsheet rounded as null."""
    cells = column(frame, header, name).str.strip_chars()
    return cells.zip_with(~reading.damaged_ids(cells), pl.Series([None], dtype=pl.String))
