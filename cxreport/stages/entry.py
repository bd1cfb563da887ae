"""Entry: one file on its way into the records and into the loads ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from cxreport.model.audit import Load
from cxreport.model.problem import Reject
from cxreport.model.schema import ANSWERS, FILLED_BY_CORE, METRICS, conform
from cxreport.plugin.context import Context
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source
from cxreport.reading import Input, ReadError
from cxreport.stages.composing import composed
from cxreport.stages.identity import Identity, buckets, record_ids

CHANGED = "file_changed"
"""Warning on the records of a file that was written to while it was read."""
RETRY = "Build again when nothing writes to it."


@dataclass
class Entry:
    """One file on its way into the ledger."""

    source: Source
    data: Input
    detection: Detection
    digest: str
    facts: ReadFacts = field(default_factory=ReadFacts)
    records: int = 0
    replies: int = 0
    stated: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    warned: Counter[str] = field(default_factory=Counter)
    unnamed: int = 0
    zones: set[str] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None
    problem: str = ""

    def fill(self, batch: Batch, context: Context, identity: Identity) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        """Complete a batch with what the core knows: provenance, ids, buckets, options of the source."""
        self._count(batch.rejects)
        extra = set(batch.records.columns) & set(FILLED_BY_CORE)
        frame = conform(batch.records.drop(extra)).with_columns(self._constants(context))
        frame = frame.with_columns(
            composed(frame["text"]),
            composed(frame["title"]),
            *authorship(context),
            buckets(frame["author_id"]),
            record_ids(frame, identity),
        )
        self._look(frame)
        return frame, _answers(batch.answers, frame)

    def figures(self, metrics: pl.DataFrame, context: Context) -> pl.DataFrame:
        """What the platform states, with where it comes from and whom the source is about."""
        known = {
            "source_id": self.source.options.id,
            "source_file": self.data.path,
            "system": self.detection.system,
            "entity": _entity(self.source.options.entity, context),
        }
        told = metrics.filter(pl.col("value").is_not_null())
        self.stated += told.height
        return conform(
            told.with_columns(pl.lit(value, pl.String).alias(name) for name, value in known.items()), METRICS
        )

    def _constants(self, context: Context) -> list[pl.Expr]:
        options = self.source.options
        known = {
            "source_id": options.id,
            "source_entity": _entity(options.entity, context),
            "source_file": self.data.path,
            "source_member": self.data.member,
            "source_sha256": self.digest,
            "source_system": self.detection.system,
            "id_space": self.detection.system + (f"@{options.id}" if self.source.own_ids else ""),
            "source_format": self.detection.format or None,
        }
        out = [pl.lit(value, pl.String).alias(name) for name, value in known.items()]
        out.append(pl.lit(1, pl.Int64).alias("versions"))
        fixed = {"channel": options.channel, "location_name": options.location, "segment": options.segment}
        return [*out, *(pl.lit(value).alias(column) for column, value in fixed.items() if value is not None)]

    def _count(self, rejects: Sequence[Reject]) -> None:
        for reject in rejects:
            self.rejected[reject.code] += 1
            self.examples.setdefault(reject.code, f"row {reject.row}: {reject.code}: {reject.detail}")

    def _look(self, frame: pl.DataFrame) -> None:
        self.records += frame.height
        self.unnamed += frame.filter(pl.col("native_id").is_null() & ~pl.col("id_damaged")).height
        self.warned.update(frame["warnings"].drop_nulls().explode().drop_nulls().to_list())
        self.replies += int(frame["brand_authored"].sum())
        self.zones.update(frame["tz_source"].drop_nulls().unique())
        self.channels.update(frame["channel"].drop_nulls().unique())
        times = frame["created_at"].drop_nulls()
        if len(times):
            span = [times.min(), times.max(), self.first, self.last]
            known = [moment for moment in span if isinstance(moment, datetime)]
            self.first, self.last = min(known), max(known)

    def _warnings(self) -> dict[str, int]:
        """Warnings by code; to have no id is one only where other records of the file have theirs."""
        unnamed = {"id_missing": self.unnamed} if 0 < self.unnamed < self.records else {}
        return dict(sorted((+self.warned + Counter(unnamed)).items()))

    def settle(self, before: tuple[tuple[int, int], ...]) -> None:
        """Note when the file is not what it was `before` it was read."""
        try:
            if self.data.stamp() == before:
                return
            self.facts.notes.append(f"It changed while it was read: its records may be of two versions. {RETRY}")
            self.warned[CHANGED] += self.records
        except ReadError:
            if not self.problem:
                self.facts.notes.append("It was taken away while it was read; its records are kept.")

    def _size(self) -> int:
        """Bytes of the file; none when it is gone."""
        try:
            return self.data.size()
        except ReadError:
            return 0

    def row(self) -> Load:
        """The ledger row."""
        facts = self.facts
        return Load(
            source_id=self.source.options.id, reader=f"{self.source.name} {self.source.version}",
            file=self.data.path, member=self.data.member,
            sha256=self.digest, bytes=self._size(),
            system=self.detection.system, format=self.detection.format, reason=self.detection.reason,
            system_title=self.source.systems.get(self.detection.system, self.detection.system),
            encoding=facts.encoding, encoding_how=facts.encoding_how, delimiter=facts.delimiter,
            header_row=facts.header_row, rows_read=facts.rows_read, records=self.records,
            rejected=dict(sorted(self.rejected.items())),
            examples=tuple(self.examples[k] for k in sorted(self.examples)),
            skipped=dict(sorted(facts.skipped.items())), warnings=self._warnings(), ids_damaged=facts.ids_damaged,
            date_min=self.first, date_max=self.last, zone=facts.zone,
            zone_basis=", ".join(sorted(self.zones)) or None, frame=facts.frame, cap=facts.cap,
            query=self.source.options.query,
            replies=self.replies, figures=self.stated, expected=facts.expected,
            notes=tuple(facts.notes), problem=self.problem, licence=self.source.options.licence,
            channels=tuple(sorted(self.channels)),
        )  # fmt: skip


def _entity(option: str | None, context: Context) -> str | None:
    """`brand`, or the slug of the rival that the option names."""
    for entity, company in context.brand.companies:
        if option is not None and option.casefold() in (entity, *(n.casefold() for n in company.all_names)):
            return entity
    return option


def authorship(context: Context) -> tuple[pl.Expr, pl.Expr]:
    """Who writes with a handle of the configuration is a brand, unless the export itself tells who wrote."""
    handles = [handle for _, company in context.brand.companies for handle in company.bare_handles]
    writer = pl.col("author_handle").str.strip_chars().str.strip_chars_start("@").str.to_lowercase()
    listed = pl.col("brand_authored").is_null() & writer.is_in(handles).fill_null(value=False)
    return (
        pl.when(listed).then(pl.lit(value=True)).otherwise("brand_authored").alias("brand_authored"),
        pl.when(listed).then(pl.lit("author_list")).otherwise("brand_authored_basis").alias("brand_authored_basis"),
    )


def _answers(answers: pl.DataFrame | None, records: pl.DataFrame) -> pl.DataFrame | None:
    """Answers carry the row they stood in; give them the id of the record that was made of it."""
    if answers is None or not answers.height:
        return None
    owner = records.select("source_row", "record_id").unique("source_row", keep="first", maintain_order=True)
    joined = answers.join(owner, on="source_row", how="inner", maintain_order="left").drop("source_row")
    return conform(joined, ANSWERS)
