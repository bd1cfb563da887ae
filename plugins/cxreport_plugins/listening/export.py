"""Reading the table of a listening tool: its header, batches, rejects, and what the ledger should say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from cxreport.api import Batch, Input, ReadFacts, reading
from cxreport_plugins.common import codes, rows
from cxreport_plugins.listening import caps, mentions
from cxreport_plugins.listening.channels import channel
from cxreport_plugins.listening.options import ListeningOptions
from cxreport_plugins.listening.vendor import RAW, Vendor

OWN_WORDS_ONLY = (
    "This export holds what the accounts themselves posted and no customer's words. To hear customers, export the "
    "mentions or messages from the same tool."
)
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}[/.\-]\s?\d{1,2}[/.\-]\s?\d{2,4}\b")
_ALTERED = ("native_id", "excerpt", "language", "country", "country_name")
"""Raw columns of which a record may not keep what they said."""
_LABELS = r"\s*[;,|]\s*"


def read(data: Input, vendor: Vendor, options: ListeningOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Batches of records. Raises ReadError when the table cannot be opened."""
    table = reading.open_table(data, encoding=options.encoding, header=vendor.header)
    facts.zone = vendor.zone or options.timezone
    facts.frame = "own_posts" if vendor.is_own_posts else "complete"
    run = _Run(vendor, options, facts, rows.Header(tuple(table.header)))
    run.day_first = _day_first(table, run.at("created"))
    for batch in table.batches():
        yield run.batch(batch)
    rows.describe(table, facts)
    run.conclude()


def _day_first(table: reading.Table, at: int | None) -> bool | None:
    """One decision for the whole file, which is read ahead only where its dates leave a doubt."""
    if at is None or not any(_NUMERIC_DATE.match(record[at]) for record in table.preview if at < len(record)):
        return None
    return reading.decide_day_first(batch.frame.to_series(at) for batch in table.batches())


@dataclass(slots=True)
class _Run:
    """One file on its way: how to read it, and what was counted."""

    vendor: Vendor
    options: ListeningOptions
    facts: ReadFacts
    header: rows.Header
    day_first: bool | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def at(self, column: str) -> int | None:
        """Position of the first column that a raw column is read from."""
        found = self._present(self.vendor.columns.get(column, ()))
        return int(found[0][1:]) if found else None

    def batch(self, batch: reading.TableBatch) -> Batch:
        """Records and rejects of a stretch of the table."""
        unread = rows.rejects(batch, self.facts)
        said = pl.any_horizontal(
            pl.lit(value=False),
            *(pl.col(name).is_not_null() for name in self._sources("text", "excerpt", "title", "url", "native_id")),
        )
        frame, empty = rows.without(self.header.frame(batch), said, "no_content", "no text, title, address or id in it")
        raw = mentions.identified(self.vendor.refine(self._raw(frame)))
        every = mentions.records(raw, self.vendor, self.options.timezone, self.day_first)
        whole = every.filter(pl.col("kind") != "dm")
        self.facts.skip("private messages, which nobody meant to be read here", every.height - whole.height)
        self._count(whole)
        return Batch(whole, rejects=unread + empty)

    def conclude(self) -> None:
        """Tell what a person should know of the file."""
        if self.vendor.is_own_posts:
            self.facts.notes.append(OWN_WORDS_ONLY)
        else:
            caps.mark(self.facts)
        self.facts.notes += [f"{what}: {n:,}." for what, n in sorted(self.counts.items()) if n]
        rows.warn_of_ids(self.facts)

    def _raw(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A frame of `RAW`, with `channel`, `tags`, `extra` and an empty `is_truncated`."""
        columns, vendor = self.vendor.columns, self.vendor
        page, url = (self._cell(columns.get(name, ())) for name in ("page", "url"))
        placed = frame.with_columns(channel(page, url, page_is_name=vendor.page_is_name).alias("channel"))
        return placed.select(
            pl.col(reading.ROW).alias("source_row"),
            "channel",
            *(self._of_network(name).alias(name) for name in RAW),
            self._tags().alias("tags"),
            self._extra(),
            pl.lit(None, pl.Boolean).alias("is_truncated"),
        )

    def _of_network(self, name: str) -> pl.Expr:
        """A raw column: for mentions of a network, that network's own column before the general one."""
        general = self._cell(self.vendor.columns.get(name, ()))
        for network, names in self.vendor.networks.items():
            if name in names:
                own = pl.coalesce(self._cell(names[name]), general)
                general = pl.when(pl.col("channel") == network).then(own).otherwise(general)
        return general

    def _present(self, names: Sequence[str]) -> list[str]:
        return [self.header.by_norm[name] for name in names if name in self.header.by_norm]

    def _cell(self, names: Sequence[str]) -> pl.Expr:
        found = self._present(names)
        return pl.coalesce(found) if found else pl.lit(None, pl.String)

    def _sources(self, *names: str) -> list[str]:
        return [column for name in names for column in self._present(self.vendor.columns.get(name, ()))]

    def _tags(self) -> pl.Expr:
        """The labels of all columns that hold some, each once, in order; null where there are none."""
        cells = [pl.col(name) for name in self._present(self.vendor.labels)]
        if not cells:
            return pl.lit(None, pl.List(pl.String))
        joined = pl.concat_str(cells, separator=";", ignore_nulls=True).str.replace_all(_LABELS, "\x1f")
        labels = joined.str.split("\x1f").list.eval(pl.element().str.strip_chars(" #[]\"'").replace("", None))
        found = labels.list.drop_nulls().list.unique(maintain_order=True)
        return pl.when(found.list.len() > 0).then(found)

    def _extra(self) -> pl.Expr:
        """What no column holds as it was: second choices, counts of other networks, and the columns of `_ALTERED`."""
        names = (names for column, names in self.vendor.columns.items() if column not in _ALTERED)
        used = {present[0] for present in map(self._present, names) if present}
        return rows.leftover(self.header.others({*used, *self._present(self.vendor.labels)}))

    def _count(self, whole: pl.DataFrame) -> None:
        self.facts.ids_damaged += int(whole["id_damaged"].sum())
        for code, what in _WORDS.items():
            self.counts[what] += codes.count(whole, code)
        withheld = pl.all_horizontal(pl.col("text", "title").is_null())
        self.counts[_WITHHELD] += int(whole.select(withheld.sum()).item())
        if not self.facts.zone:
            clock = pl.col("time_precision").is_in(("second", "minute")) & (pl.col("tz_source") == "unknown")
            self.counts[_NO_ZONE] += int(whole.select(clock.sum()).item())


_NO_ZONE = "Times without a zone, taken as UTC; state `timezone`, that of the query or account"
_WITHHELD = "Mentions of which the export holds the address only, because it may not hand on their texts"
_WORDS = {
    "date_unreadable": "Dates that could not be read; the records are kept without one",
    "text_truncated": "Texts that are cut short or withheld",
    "scale_observed": "Ratings taken to be of 1 to 5, which the tool does not say",
    "rating_out_of_scale": "Ratings outside of 1 to 5; the records are kept without a value",
}
