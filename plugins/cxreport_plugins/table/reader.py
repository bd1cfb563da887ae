"""Reading a mapped table: batches, rejects, and what the ledger should say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from cxreport.api import INSTANT, Batch, Input, ReadFacts, reading
from cxreport_plugins.common import rows
from cxreport_plugins.table import answers, cells, rating
from cxreport_plugins.table.columns import Columns
from cxreport_plugins.table.how import How
from cxreport_plugins.table.notes import told
from cxreport_plugins.table.records import DATE_UNREADABLE, records
from cxreport_plugins.table.replies import replies

REPLIED: Final = "replied_at"
"""The time of the brand's answer, among the columns of times."""
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}[/.\-]\s?\d{1,2}[/.\-]\s?\d{2,4}\b")
_NO_TIME = pl.lit(0).cast(INSTANT)
"""1970-01-01 00:00 is what software writes that knows no date."""


def read(data: Input, table: reading.Table, how: How, facts: ReadFacts) -> Iterator[Batch]:
    """Batches of records of a table, which came from `data`. Raises ReadError when it lacks a mapped column."""
    found = how.columns(data, table)
    facts.zone, facts.frame = how.zone, how.options.frame
    run = _Run(how, found, facts, _day_first(table, found, how))
    for batch in table.batches():
        yield run.batch(batch)
    rows.describe(table, facts)
    run.conclude()


def _times(found: Columns) -> dict[str, str]:
    """The columns of times, by what they are."""
    reply = {REPLIED: found.replied} if found.replied else {}
    return {name: column for name, column in found.records.items() if cells.is_time(name)} | reply


def _day_first(table: reading.Table, found: Columns, how: How) -> dict[str, bool | None]:
    """One decision a column of times for the whole file, which is read ahead only where dates leave a doubt."""
    times = _times(found)
    if how.options.day_first is not None:
        return dict.fromkeys(times, how.options.day_first)
    return {name: _decided(table, int(column[1:])) for name, column in times.items()}


def _decided(table: reading.Table, at: int) -> bool | None:
    if not any(_NUMERIC_DATE.match(record[at]) for record in table.preview if at < len(record)):
        return None
    return reading.decide_day_first(batch.frame.to_series(at) for batch in table.batches())


@dataclass(slots=True)
class _Run:
    """One file on its way: how to read it, and what was counted."""

    how: How
    found: Columns
    facts: ReadFacts
    day_first: dict[str, bool | None]
    """For each column of times."""
    counts: Counter[str] = field(default_factory=Counter)
    sayings: dict[str, None] = field(default_factory=dict)

    def batch(self, batch: reading.TableBatch) -> Batch:
        """Records, answers and rejects of a stretch of the table."""
        unread = rows.rejects(batch, self.facts)
        cleaned = self._without_codes(self._left_out(self.found.header.frame(batch)))
        has_content = pl.any_horizontal(pl.col(column).is_not_null() for column in self.found.content)
        kept, empty = rows.without(cleaned, has_content, "no_content", "no text, rating or answer in it")
        times = {name: self._time(kept, name) for name in self.day_first}
        whole = records(kept, self.how, self.found, _instants(times), self.facts)
        self._count(kept, whole)
        if self.found.reply:
            replied = times.get(REPLIED, pl.DataFrame())
            whole = pl.concat([whole, replies(kept, whole, self.found, replied)], how="diagonal")
        asked = answers.rows(kept, self.found.questions(self.how.options.answers), self.found.header)
        return Batch(whole, asked, unread + empty)

    def conclude(self) -> None:
        """Tell what a person should know of the file."""
        self.facts.notes += [*self.sayings, *(f"{what}: {n:,}." for what, n in sorted(self.counts.items()) if n)]
        rows.warn_of_ids(self.facts)
        self.facts.notes += told(self.how, self.found)

    def _without_codes(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Codes for "no answer" as null."""
        codes = [code.strip().lower() for code in self.how.options.missing]
        text = pl.col(self.found.header.columns)
        is_code = text.str.strip_chars().str.to_lowercase().is_in(codes)
        return frame.with_columns(pl.when(~is_code).then(text).name.keep()) if codes else frame

    def _left_out(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows that stay; the others are counted by the cell that excludes them."""
        for column, words in self.found.leave_out.items():
            for word in words:
                cell = pl.col(column).str.strip_chars().str.to_lowercase().fill_null("")
                kept = frame.filter(cell != word.lower())
                what = f"{self.found.header.label(column)} is {word or 'blank'}"
                self.facts.skip(what, frame.height - kept.height)
                frame = kept
        return frame

    def _time(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """The instants of a column of times, with what belongs to `created_at`."""
        cell = frame[_times(self.found)[name]]
        times = reading.parse_times(
            cell, zone=self.how.zone, day_first=self.day_first[name], zone_source=self.how.zone_source
        )
        self.sayings |= dict.fromkeys(times.warnings[:1] if times.ambiguous else ())
        return times.frame.with_columns(pl.when(pl.col("created_at") != _NO_TIME).then("created_at"))

    def _count(self, frame: pl.DataFrame, whole: pl.DataFrame) -> None:
        for code, count in whole["warnings"].drop_nulls().explode().value_counts().iter_rows():
            self.counts[_WORDS[code]] += count
        if "tz_source" in whole.columns and not self.how.zone:
            clock = pl.col("time_precision").is_in(("second", "minute")) & (pl.col("tz_source") == "unknown")
            self.counts[_NO_ZONE] += int(whole.select(clock.sum()).item())
        for answer, column in self.found.questions(self.how.options.answers):
            outside = answers.off_scale(frame, answer, column)
            self.counts[f"Answers outside of the scale of {answer.column[0]!r}"] += outside


def _instants(times: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The instants of records, and what belongs to `created_at`."""
    columns: list[pl.Series] = []
    for name, read in times.items():
        if name != REPLIED:
            columns.extend(read.get_columns() if name == "created_at" else [read["created_at"].alias(name)])
    return pl.DataFrame(columns)


_NO_ZONE = "Times without a zone, taken as UTC; state `timezone`"
_WORDS = {
    DATE_UNREADABLE: "Dates that could not be read (or are 1970-01-01); the records are kept without one",
    rating.OUT_OF_SCALE: "Ratings outside of their scale; the records are kept without a value",
    rating.UNREADABLE: "Ratings that are no number; the records are kept without a value",
    rating.UNKNOWN: "Ratings of an unknown kind, whose scale nobody stated; the records are kept without a value",
}
