"""Load: export files → the tables `records`, `answers` and the loads ledger."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import polars as pl

from cxreport.engine.base import Engine
from cxreport.model.audit import Load
from cxreport.model.problem import CxreportError, Problem, Reject
from cxreport.model.schema import ANSWERS, AUTHOR_BUCKETS, FILLED_BY_CORE, RECORDS, conform
from cxreport.plugin.context import Context
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source
from cxreport.progress import Progress
from cxreport.reading import Input, ReadError, ReadProblem, expand, inputs

BATCH = 50_000
_SEPARATOR = "\x1f"
_CONTENT = ("kind", "created_at_raw", "author_id", "title", "text", "rating_raw", "extra")


@dataclass
class _Identity:
    """Occurrence numbers of records without a native id, so that equal contents stay distinct and stable."""

    seen: Counter[str] = field(default_factory=Counter)

    def number(self, content: str) -> int:
        self.seen[content] += 1
        return self.seen[content]


def load(sources: Sequence[Source], context: Context, engine: Engine, progress: Progress) -> list[Load]:
    """Read every source into `records` and `answers`; returns the ledger, one row a file.

    Raises `CxreportError` when no file of any source could be read.
    """
    ledger: list[Load] = []
    answers: list[pl.DataFrame] = []
    run = _Run(context, ledger, answers, progress)
    engine.write(_even(run.read(sources)), "records")
    engine.write(iter([pl.concat(answers) if answers else pl.DataFrame(schema=ANSWERS)]), "answers")
    if not any(entry.records for entry in ledger):
        raise CxreportError(*_nothing(ledger))
    return ledger


def _nothing(ledger: Sequence[Load]) -> list[Problem]:
    problems = [Problem(entry.file, entry.problem) for entry in ledger if entry.problem]
    return problems or [Problem("sources", "no records were found.", "Try `cxreport inspect` on the files.")]


@dataclass
class _Run:
    context: Context
    ledger: list[Load]
    answers: list[pl.DataFrame]
    progress: Progress
    identity: _Identity = field(default_factory=_Identity)

    def read(self, sources: Sequence[Source]) -> Iterator[pl.DataFrame]:
        for source in sources:
            for found in find(source, self.context.base):
                yield from self._file(source, found)

    def _file(self, source: Source, found: Input | ReadProblem) -> Iterator[pl.DataFrame]:
        if isinstance(found, ReadProblem):
            self.ledger.append(_unread(source, found.file, found.member, f"{found.detail} {found.mend}".strip()))
            return
        try:
            detection = source.detect(found)
        except Exception as error:
            self.ledger.append(_unread(source, found.path, found.member, _failed(source, found, error)))
            return
        if detection is None:
            what = f"it is not recognised as {source.name}; `cxreport inspect` says what it may be."
            self.ledger.append(_unread(source, found.path, found.member, what))
            return
        entry = _Entry(source, found, detection)
        try:
            for batch in source.read(found, detection, entry.facts):
                records, answers = entry.fill(batch, self.context, self.identity)
                if answers is not None:
                    self.answers.append(answers)
                self.progress.advance(records.height)
                yield records
        except ReadError as error:
            entry.problem = str(error)
        except Exception as error:
            entry.problem = _failed(source, found, error)
        self.ledger.append(entry.row())


def find(source: Source, base: Path) -> Iterator[Input | ReadProblem]:
    """The files of a source, each once; a path that matches nothing is a problem of its own."""
    paths, seen = source.options.path, set[tuple[str, str | None, str]]()
    for pattern in (paths,) if isinstance(paths, str) else paths:
        try:
            matched = expand(pattern, base)
        except ReadError as error:
            yield ReadProblem(pattern, None, None, "no_file", str(error), "")
            continue
        for path in matched:
            shown, whole = _shown(path, base), path.resolve().as_posix()
            for found in inputs(path, shown, lambda data: recognises(source, data)):
                name, what = (found.path, "") if isinstance(found, Input) else (found.file, found.detail)
                place = (whole + name.removeprefix(shown), found.member, what)
                if place not in seen:
                    yield found
                seen.add(place)


def recognises(source: Source, data: Input) -> bool:
    """Whether the source knows a file, or takes a folder or ZIP as one export; one that fails on it does not."""
    try:
        return source.detect(data) is not None
    except Exception:
        return False


def _failed(source: Source, data: Input, error: Exception) -> str:
    """A plugin's mistake costs the file and no other; the words of an error may quote a customer and stay here."""
    how = f"`cxreport --traceback inspect {data.path}` shows where."
    return f"the source {source.name} failed on it ({type(error).__name__}). {how}"


def _shown(path: Path, base: Path) -> str:
    try:
        return path.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return path.name


def _unread(source: Source, file: str, member: str | None, problem: str) -> Load:
    return Load(source_id=source.options.id, file=file, member=member, problem=problem, licence=source.options.licence)


@dataclass
class _Entry:
    """One file on its way into the ledger."""

    source: Source
    data: Input
    detection: Detection
    facts: ReadFacts = field(default_factory=ReadFacts)
    records: int = 0
    replies: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    warned: Counter[str] = field(default_factory=Counter)
    unnamed: int = 0
    zones: set[str] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None
    problem: str = ""
    digest: str = ""

    def fill(self, batch: Batch, context: Context, identity: _Identity) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        """Complete a batch with what the core knows: provenance, ids, buckets, options of the source."""
        self._count(batch.rejects)
        extra = set(batch.records.columns) & set(FILLED_BY_CORE)
        frame = conform(batch.records.drop(extra)).with_columns(self._constants(context))
        frame = frame.with_columns(
            pl.col("text", "title").str.normalize("NFC"),
            *_authorship(context),
            _buckets(frame["author_id"]),
            _record_ids(frame, identity, self.source.options.id if self.source.own_ids else ""),
        )
        self._look(frame)
        return frame, _answers(batch.answers, frame)

    def _constants(self, context: Context) -> list[pl.Expr]:
        options = self.source.options
        self.digest = self.digest or self.data.sha256()
        known = {
            "source_id": options.id,
            "source_entity": _entity(options.entity, context),
            "source_file": self.data.path,
            "source_member": self.data.member,
            "source_sha256": self.digest,
            "source_system": self.detection.system,
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
        return dict(sorted({**self.warned, **unnamed}.items()))

    def row(self) -> Load:
        """The ledger row."""
        facts = self.facts
        return Load(
            source_id=self.source.options.id, file=self.data.path, member=self.data.member,
            sha256=self.digest or self.data.sha256(), bytes=self.data.size(),
            system=self.detection.system, format=self.detection.format, reason=self.detection.reason,
            system_title=self.source.systems.get(self.detection.system, self.detection.system),
            encoding=facts.encoding, encoding_how=facts.encoding_how, delimiter=facts.delimiter,
            header_row=facts.header_row, rows_read=facts.rows_read, records=self.records,
            rejected=dict(sorted(self.rejected.items())),
            examples=tuple(self.examples[k] for k in sorted(self.examples)),
            skipped=dict(sorted(facts.skipped.items())), warnings=self._warnings(), ids_damaged=facts.ids_damaged,
            date_min=self.first, date_max=self.last, zone=facts.zone,
            zone_basis=", ".join(sorted(self.zones)) or None, frame=facts.frame,
            replies=self.replies, expected=facts.expected,
            notes=tuple(facts.notes), problem=self.problem, licence=self.source.options.licence,
            channels=tuple(sorted(self.channels)),
        )  # fmt: skip


def _entity(option: str | None, context: Context) -> str | None:
    """`brand`, or the slug of the rival that the option names."""
    for entity, company in context.brand.companies:
        if option is not None and option.casefold() in (entity, *(n.casefold() for n in company.all_names)):
            return entity
    return option


def _authorship(context: Context) -> tuple[pl.Expr, pl.Expr]:
    """Who writes with a handle of the configuration is a brand, unless the export itself tells who wrote."""
    handles = [handle for _, company in context.brand.companies for handle in company.bare_handles]
    writer = pl.col("author_handle").str.strip_chars().str.strip_chars_start("@").str.to_lowercase()
    listed = pl.col("brand_authored").is_null() & writer.is_in(handles).fill_null(value=False)
    return (
        pl.when(listed).then(pl.lit(value=True)).otherwise("brand_authored").alias("brand_authored"),
        pl.when(listed).then(pl.lit("author_list")).otherwise("brand_authored_basis").alias("brand_authored_basis"),
    )


def _buckets(authors: pl.Series) -> pl.Series:
    """Author → one of 512 buckets; keyless, so that results do not depend on the project's key."""
    distinct = authors.drop_nulls().unique()
    numbers = [_digest(a, 4) for a in distinct]
    table = {a: int(h, 16) % AUTHOR_BUCKETS for a, h in zip(distinct, numbers, strict=True)}
    mapped = authors.replace_strict(table, default=None, return_dtype=pl.UInt16) if table else authors.cast(pl.UInt16)
    return mapped.alias("author_bucket")


def _record_ids(frame: pl.DataFrame, identity: _Identity, owner: str = "") -> pl.Series:
    """24 hex digits of system and native id; without a native id, of the content and its occurrence.

    Never of file and row: appending a row to an export would change every id after it. `owner` is the source
    within which native ids are unique, when they are not so within the system.
    """
    system = pl.format("{}{}", "source_system", pl.lit(f"@{owner}" if owner else ""))
    named = pl.concat_str(system, "native_id", separator=_SEPARATOR)
    parts = [
        pl.col(c).cast(pl.String).fill_null("")
        for c in ("kind", "created_at_raw", "author_id", "title", "text", "rating_raw", "extra")
    ]
    content = pl.concat_str("source_system", *parts, separator=_SEPARATOR)
    keys = frame.select(named=named, content=pl.when(named.is_null()).then(content))
    ids = [
        _digest(name, 12) if name is not None else _numbered(text, identity)
        for name, text in zip(keys["named"], keys["content"], strict=True)
    ]
    return pl.Series("record_id", ids, dtype=pl.String)


def _numbered(content: str, identity: _Identity) -> str:
    short = _digest(content, 12)
    return _digest(f"{short}#{identity.number(short)}", 12)


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _answers(answers: pl.DataFrame | None, records: pl.DataFrame) -> pl.DataFrame | None:
    """Answers carry the row they stood in; give them the id of the record that was made of it."""
    if answers is None or not answers.height:
        return None
    owner = records.select("source_row", "record_id").unique("source_row", keep="first", maintain_order=True)
    joined = answers.join(owner, on="source_row", how="inner", maintain_order="left").drop("source_row")
    return conform(joined, ANSWERS)


def _even(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Small batches glued together: many small files must not become many small parts."""
    held: list[pl.DataFrame] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.height
        if rows >= BATCH:
            yield pl.concat(held)
            held, rows = [], 0
    yield pl.concat([*held, pl.DataFrame(schema=RECORDS)])
