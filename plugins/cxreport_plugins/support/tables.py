"""What the ticket tables share: their header found, ids kept sound, personal columns left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from cxreport.api import Batch, Input, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.common.rows import Header, describe, leftover, rejects, sound_ids, warn_of_ids
from cxreport_plugins.support.raw import RAW, TICKET, Records

ROWS = 20_000


@dataclass(frozen=True, slots=True)
class TicketTable:
    """One layout of a table of tickets; columns go by their normalised names."""

    signature: frozenset[str]
    columns: Mapping[str, str]
    """Column of `RAW` → column of the file."""
    personal: frozenset[str]
    """Columns that hold names and addresses; they are dropped."""
    rating: Callable[[pl.Expr], list[pl.Expr]]
    """Metric, value and scale, from the column of `columns["rating_raw"]`."""

    def is_in(self, look: Look) -> bool:
        """Whether one of the first records of a table is this header."""
        return reading.find_header(look.records, self.signature) is not None

    def read(self, data: Input, records: Records) -> Iterator[Batch]:
        """A record a ticket. Raises ReadError when the file cannot be read."""
        table = reading.open_table(
            data,
            encoding=records.options.encoding,
            header=lambda preview: reading.find_header(preview, self.signature),
        )
        header = Header(tuple(table.header))
        for part in table.batches(ROWS):
            rejected = rejects(part, records.facts)
            frame, empty = self._sifted(header.frame(part), header)
            yield Batch(self._records(frame, header, records), rejects=(*rejected, *empty))
        dropped = [header.label(column) for name, column in header.by_norm.items() if name in self.personal]
        records.dropped.update(dropped)
        describe(table, records.facts)
        warn_of_ids(records.facts)

    def _sifted(self, frame: pl.DataFrame, header: Header) -> tuple[pl.DataFrame, list[Reject]]:
        """The rows that are tickets, and a reject for each that has neither id nor words."""
        wanted = [header.cell(self.columns[name]) for name in ("native_id", "title", "text") if name in self.columns]
        is_ticket = pl.any_horizontal(cell.is_not_null() for cell in wanted)
        empty = [
            Reject(row, "no_content", "no id, no subject and no words") for row in frame.filter(~is_ticket)[reading.ROW]
        ]
        return frame.filter(is_ticket), empty

    def _records(self, frame: pl.DataFrame, header: Header, records: Records) -> pl.DataFrame:
        told = {name: header.cell(norm) for name, norm in self.columns.items() if name != "tags"}
        tags = header.cell(self.columns.get("tags", "tags")).str.split(",").list.eval(pl.element().str.strip_chars())
        known = frame.select(
            pl.col(reading.ROW).alias("source_row"),
            *(cell.str.strip_chars().alias(name) for name, cell in told.items()),
            tags.alias("tags"),
            pl.lit(TICKET).alias("kind"),
            pl.lit("customer").alias("role"),
            pl.lit("export_type").alias("basis"),
            pl.lit(value=False).alias("is_dated_by_ticket"),
            leftover(header.others(self._used(header))),
        )
        known = known.with_columns(self.rating(pl.col("rating_raw")))
        ids = sound_ids(known, "native_id", records.facts)
        whole = known.with_columns(ids["native_id"], conversation_id=ids["native_id"]).select(
            (pl.col(name) if name in [*known.columns, "conversation_id"] else pl.lit(None)).cast(kind).alias(name)
            for name, kind in RAW.items()
        )
        return records.records(whole).with_columns(ids["id_damaged"])

    def _used(self, header: Header) -> Collection[str]:
        names = {*self.columns.values(), *self.personal}
        return {column for name, column in header.by_norm.items() if name in names}
