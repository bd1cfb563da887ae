"""Reading a mapped table: batches, rejects, and what the ledger should say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from cxreport.api import INSTANT, Batch, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.table import answers, cells, rating
from cxreport_plugins.table.columns import Mapping, mapping
from cxreport_plugins.table.options import CONTENT, TableOptions
from cxreport_plugins.table.records import DATE_UNREADABLE, records

_NUMERIC_DATE = re.compile(r"\s*\d{1,2}[/.\-]\s?\d{1,2}[/.\-]\s?\d{2,4}\b")
_NO_TIME = pl.lit(0).cast(INSTANT)
"""1970-01-01 00:00 is what software writes that knows no date."""
_SHOWN = 12


def open_table(data: Input, options: TableOptions) -> reading.Table:
    """The table as the options describe it; its header is the row that has the mapped columns. Raises ReadError."""
    wanted = options.headers
    return reading.open_table(
        data,
        encoding=options.encoding,
        delimiter=options.delimiter,
        header=options.header_row or (lambda records: reading.find_header(records, wanted) if wanted else None),
        sheet=options.sheet,
    )


def read(data: Input, options: TableOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Batches of records. Raises ReadError when there is no such table or it lacks a mapped column."""
    table = open_table(data, options)
    found = mapping(data, table.header, options)
    facts.zone, facts.frame = options.timezone, options.frame
    run = _Run(options, found, facts, _day_first(table, found, options))
    for batch in table.batches():
        yield run.batch(batch)
    rows.describe(table, facts)
    run.conclude()


def _day_first(table: reading.Table, found: Mapping, options: TableOptions) -> dict[str, bool | None]:
    """One decision a column of times for the whole file, which is read ahead only where dates leave a doubt."""
    times = {name: column for name, column in found.columns.items() if cells.is_time(name)}
    if options.day_first is not None:
        return dict.fromkeys(times, options.day_first)
    return {name: _decided(table, int(column[1:])) for name, column in times.items()}


def _decided(table: reading.Table, at: int) -> bool | None:
    if not any(_NUMERIC_DATE.match(record[at]) for record in table.preview if at < len(record)):
        return None
    return reading.decide_day_first(batch.frame.to_series(at) for batch in table.batches())


@dataclass(slots=True)
class _Run:
    """One file on its way: how to read it, and what was counted."""

    options: TableOptions
    found: Mapping
    facts: ReadFacts
    day_first: dict[str, bool | None]
    """For each column of times."""
    counts: Counter[str] = field(default_factory=Counter)
    sayings: dict[str, None] = field(default_factory=dict)

    def batch(self, batch: reading.TableBatch) -> Batch:
        """Records, answers and rejects of a stretch of the table."""
        unread = rows.rejects(batch, self.facts)
        header = self.found.header
        cleaned = self._without_codes(header.frame(batch))
        kept, empty = rows.without(cleaned, self._has_content(), "no_content", "no text, rating or answer in it")
        whole = records(kept, self.options, self.found, self._times(kept), self.facts)
        self._count(kept, whole)
        return Batch(whole, answers.rows(kept, self.options.answers, self.found.answers), unread + empty)

    def conclude(self) -> None:
        """Tell what a person should know of the file."""
        self.facts.notes += [*self.sayings, *(f"{what}: {n:,}." for what, n in sorted(self.counts.items()) if n)]
        rows.warn_of_ids(self.facts)
        left = list(self.found.header.others(self.found.used).values())
        if left:
            more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
            self.facts.notes.append(f"Not mapped, kept in `extra`: {', '.join(left[:_SHOWN])}{more}.")

    def _without_codes(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Codes for "no answer" as null."""
        codes = [code.strip().lower() for code in self.options.missing]
        text = pl.col(self.found.header.columns)
        is_code = text.str.strip_chars().str.to_lowercase().is_in(codes)
        return frame.with_columns(pl.when(~is_code).then(text).name.keep()) if codes else frame

    def _has_content(self) -> pl.Expr:
        """Whether a row says anything."""
        said = [self.found.columns[name] for name in CONTENT if name in self.found.columns]
        asked = [self.found.rating] if self.found.rating else []
        wanted = dict.fromkeys([*said, *asked, *self.found.answers])
        return pl.any_horizontal(pl.col(header).is_not_null() for header in wanted)

    def _times(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The mapped instants, and what belongs to `created_at`."""
        columns: list[pl.Series] = []
        for name, day_first in self.day_first.items():
            cell = frame[self.found.columns[name]]
            times = reading.parse_times(cell, zone=self.options.timezone, day_first=day_first)
            self.sayings |= dict.fromkeys(times.warnings[:1] if times.ambiguous else ())
            read = times.frame.with_columns(pl.when(pl.col("created_at") != _NO_TIME).then("created_at"))
            columns.extend(read.get_columns() if name == "created_at" else [read["created_at"].alias(name)])
        return pl.DataFrame(columns)

    def _count(self, frame: pl.DataFrame, whole: pl.DataFrame) -> None:
        for code, count in whole["warnings"].drop_nulls().explode().value_counts().iter_rows():
            self.counts[_WORDS[code]] += count
        if "tz_source" in whole.columns and not self.options.timezone:
            clock = pl.col("time_precision").is_in(("second", "minute")) & (pl.col("tz_source") == "unknown")
            self.counts[_NO_ZONE] += int(whole.select(clock.sum()).item())
        for answer, header in zip(self.options.answers, self.found.answers, strict=True):
            self.counts[f"Answers outside of the scale of {answer.column!r}"] += answers.off_scale(
                frame, answer, header
            )


_NO_ZONE = "Times without a zone, taken as UTC; state `timezone`"
_WORDS = {
    DATE_UNREADABLE: "Dates that could not be read (or are 1970-01-01); the records are kept without one",
    rating.OUT_OF_SCALE: "Ratings outside of their scale; the records are kept without a value",
    rating.UNREADABLE: "Ratings that are no number; the records are kept without a value",
}
