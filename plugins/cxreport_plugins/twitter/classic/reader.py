"""A classic archive, whole (folder or ZIP), one of its months, or its `tweets.csv` alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadError, ReadFacts, Reject, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter import tables
from cxreport_plugins.twitter.archive.owner import Owner
from cxreport_plugins.twitter.archive.reader import OWN_WORDS_ONLY
from cxreport_plugins.twitter.classic import table
from cxreport_plugins.twitter.classic.members import Members, members
from cxreport_plugins.twitter.classic.post import raw_post
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import batches, mapping
from cxreport_plugins.twitter.status import parents

SYSTEM: Final = "x.classic"
_MONTH = re.compile(r"Grailbird\.data\.tweets_\d{4}_\d{2}\s*=")
_OTHER = re.compile(r"var (?P<name>payload_details|user_details|tweet_index)\s*=")
_CLOCK_SINCE = datetime(2010, 11, 5, tzinfo=UTC)
"""Posts of earlier days (before 2010-11-04 21:53) all carry 00:00:00: their day is known, their hour is not."""


def detect(look: Look) -> Detection | None:
    """An archive by its members, a member by its first characters, the table by its columns."""
    if look.data.kind != "file":
        found = members(look.data)
        name = next(iter((*found.months, found.table)), None) if found else None
        return Detection(SYSTEM, "archive", 1.0, f"It holds {name}, as archives until 2019 do.") if name else None
    start = _MONTH.match(look.text) or _OTHER.match(look.text)
    if start:
        format = f"member {start['name']}" if "name" in start.groupdict() else "month"
        return Detection(
            SYSTEM, format, 1.0, f"It begins with {start[0]!r}, as a member of an archive until 2019 does."
        )
    as_table = tables.detect(look, SYSTEM, table.SIGNATURE)
    return replace(as_table, format="tweets.csv") if as_table else None


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """All posts, months first. Raises ReadError for a member that holds none."""
    facts.frame = "own_posts"
    run = _Run(data, options, facts)
    days = 0
    for batch in run.archive() if data.kind != "file" else run.file(found):
        records = _without_clock(batch.records)
        days += int((records["time_precision"] == "day").sum())
        yield replace(batch, records=records)
    if days:
        facts.notes.append(
            f"Posts of which only the day is known, because they are older than November 2010: {days:,}."
        )
    rows.warn_of_ids(facts)
    facts.notes.append(OWN_WORDS_ONLY)


def _without_clock(records: pl.DataFrame) -> pl.DataFrame:
    """Midnights of the time before clocks as days."""
    created = pl.col("created_at")
    is_day = (created < _CLOCK_SINCE) & (created == created.dt.truncate("1d"))
    return records.with_columns(pl.when(is_day).then(pl.lit("day")).otherwise("time_precision").alias("time_precision"))


@dataclass(slots=True)
class _Run:
    """Reading one archive: the ids met so far, so that the table adds only what the months lack."""

    data: Input
    options: TwitterOptions
    facts: ReadFacts
    met: set[str] = field(default_factory=set)

    def archive(self) -> Iterator[Batch]:
        """Posts of all months, then those of the table that no month holds."""
        found = members(self.data)
        if found is None:
            raise ReadError(self.data.path, "is no archive of X.", mend="Take the folder or ZIP as it was delivered.")
        owner = found.owner(self.options.owner)
        self.facts.expected = found.expected
        yield from batches(post for member in found.months for post in self._month(member, owner))
        yield from self._table(found, owner)

    def file(self, found: Detection) -> Iterator[Batch]:
        """Posts of one file on its own."""
        owner = Owner(handle=self.options.owner)
        if found.format == "tweets.csv":
            yield from table.read(self.data, self.options, self.facts, owner.columns)
        elif found.format.startswith("member "):
            what = f"is {found.format.removeprefix('member ')}.js of an X archive and holds no posts."
            raise ReadError(self.data.path, what, mend="Name the archive's folder or ZIP.", code="no_posts")
        else:
            yield from batches(self._month("", owner))

    def _table(self, found: Members, owner: Owner) -> Iterator[Batch]:
        if found.table is None:
            return
        columns = owner.columns
        for batch in table.read(self.data.narrow(found.table), self.options, self.facts, columns, frozenset(self.met)):
            pointer = pl.lit(found.table).alias("source_pointer")
            yield replace(batch, records=batch.records.with_columns(pointer))

    def _month(self, member: str, owner: Owner) -> Iterator[dict[str, Any] | Reject]:
        with reading.open_text(self.data, member, self.options.encoding) as text:
            for _, pointer, value in reading.json_items(text, assigned=True):
                row = self.facts.rows_read
                self.facts.rows_read += 1
                yield self._post(value, row, f"{member}#{pointer}", owner)
                yield from parents(mapping(value), f"{member}#{pointer}", self.met)
            self.facts.encoding, self.facts.encoding_how = text.encoding.name, text.encoding.how

    def _post(self, value: object, row: int, pointer: str, owner: Owner) -> dict[str, Any] | Reject:
        member = pointer.partition("#")[0] or None
        if isinstance(value, reading.JsonProblem):
            return Reject(row, value.code, value.reason, member)
        raw = raw_post(mapping(value), owner)
        if raw["native_id"] is None:
            return Reject(row, "not_a_post", "an element without the id of a post", member)
        if not raw["raw_text"]:
            return Reject(row, "no_content", "a post without text", member)
        self.met.add(raw["native_id"])
        return {**raw, "source_row": row, "source_pointer": pointer}
