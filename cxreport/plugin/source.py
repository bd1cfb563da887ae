"""Sources read one family of export files into records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import polars as pl
from pydantic import field_validator

from cxreport.model.problem import Reject
from cxreport.plugin.context import Options, Plugin
from cxreport.reading import Input

Frame = Literal["complete", "answered_only", "capped", "own_posts", "without_replies"]
"""What a file can show at all. `without_replies`: customers' words, but never what the brand answered."""


class SourceOptions(Options):
    """Options that every source takes; a source's own model adds to these."""

    id: str
    """Name of the source in the report, and the value of the column `source_id`; unique."""
    type: str
    """Which plugin reads it."""
    path: str | tuple[str, ...]
    """File, folder, glob or ZIP, relative to config.yaml; or a list of them."""
    entity: str | None = None
    """`brand`, or a rival's name: everything in these files is about it."""
    timezone: str | None = None
    """IANA zone of times that carry none."""
    encoding: str | None = None
    """Encoding of the files, such as `cp1251`; recognised when absent."""
    channel: str | None = None
    """Overrides the channel that the format implies."""
    location: str | None = None
    """Name of the place that all of it is about (column `location_name`)."""
    segment: str | None = None
    """Group of customers that all of it is by (column `segment`)."""
    licence: str | None = None
    """Terms under which the records may be shown; printed with the data."""
    query: str = ""
    """What was searched for, or how these records were chosen; audits are compared only where it is the same."""

    @field_validator("path", mode="before")
    @classmethod
    def _paths(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Detection:
    """What a file seems to be, and why."""

    system: str
    """Stable id such as `x.api.v2` or `trustpilot.csv`."""
    format: str = ""
    """The variant found, such as `2022+`."""
    confidence: float = 1.0
    """1 certain by structure; below .5 a guess that inspect shows and build does not use by itself."""
    reason: str = ""


@dataclass(slots=True)
class ReadFacts:
    """What the loads ledger says of a file; the source fills it while reading."""

    encoding: str | None = None
    encoding_how: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    rows_read: int = 0
    """Data rows or items found, kept and rejected together."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Rows left out on purpose, by reason: preview responses, empty objects, profile pages…"""
    ids_damaged: int = 0
    zone: str | None = None
    frame: Frame = "complete"
    cap: str = ""
    """What the export holds at most, in words: `the 500 newest reviews of a country`."""
    expected: int | None = None
    """How many rows the export itself says it holds (an archive's manifest), to check completeness."""
    notes: list[str] = field(default_factory=list)
    """Sentences for a person: guesses made, members not opened, questions mapped and how surely."""

    def skip(self, reason: str, count: int = 1) -> None:
        """Count rows that were left out on purpose."""
        if count:
            self.skipped[reason] = self.skipped.get(reason, 0) + count


@dataclass(frozen=True, slots=True)
class Batch:
    """A stretch of a file: records (any subset of the canonical columns), answers, rejects, figures.

    `answers` carries `source_row` instead of `record_id`; the core joins them. Columns of
    `FILLED_BY_CORE` are absent. rows found = records from rows + rejects + skipped (a row may yield a
    second record, such as an owner's reply, which then repeats its `source_row`). `metrics` holds figures that
    the platform states (`subject`, `date`, `name`, `value` of `METRICS`); the core adds where they come from.
    """

    records: pl.DataFrame
    answers: pl.DataFrame | None = None
    rejects: tuple[Reject, ...] = ()
    metrics: pl.DataFrame | None = None


class Source(Plugin, ABC):
    """One family of export files. `name` is the `type` written in config.yaml."""

    Options: ClassVar[type[Options]] = SourceOptions
    title: ClassVar[str] = ""
    """The family in words, such as "Review sites"."""
    systems: ClassVar[Mapping[str, str]] = {}
    """System id → what it is, for `cxreport plugins` and the docs."""
    own_ids: ClassVar[bool] = False
    """Whether native ids are unique within one source of config.yaml only, as in a company's own tables."""
    options: Any

    @property
    def live(self) -> bool:
        """Whether what it reads may change while its files stay as they are: then every build reads it anew."""
        return False

    @abstractmethod
    def detect(self, data: Input) -> Detection | None:
        """Recognise a file, folder or ZIP by its content; None when it is not of this family.

        Must be quick (a bounded look at the beginning), must not raise on hostile bytes, and must return a
        detection for a folder or ZIP only if it is one indivisible export (an X archive).
        """

    @abstractmethod
    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """Yield the records of `data`, streaming, and fill `facts` on the way.

        Raises `ReadError` only when the file as a whole cannot be read; a bad row is a `Reject`.
        """

    def suggest(self, data: Input, found: Detection) -> dict[str, Any]:
        """Options to paste into config.yaml for this file, beyond id, type and path (mappings, zone…)."""
        return {}

    def hints(self, data: Input, found: Detection) -> tuple[str, ...]:
        """Lines that are printed as comments below the suggested options, for a person who must complete them."""
        return ()

    def signatures(self) -> Iterator[tuple[str, Sequence[Collection[str]]]]:
        """System id and the headers by which its tables are recognised, each with its other spellings.

        For tables that nobody recognises: the nearest system is named, and the headers that are missing.
        """
        yield from ()
