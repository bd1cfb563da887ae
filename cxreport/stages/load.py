"""Load: export files → the tables `records`, `answers`, `metrics` and the loads ledger."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from cxreport.engine.base import Engine
from cxreport.model.audit import Load
from cxreport.model.problem import CxreportError, Problem
from cxreport.model.schema import ANSWERS, METRICS, RECORDS
from cxreport.plugin.context import Context
from cxreport.plugin.source import Batch, Source
from cxreport.progress import Progress
from cxreport.reading import Input, ReadError, ReadProblem, expand, inputs, printable, why_unknown
from cxreport.stages.entry import CHANGED, RETRY, Entry
from cxreport.stages.identity import Identity

BATCH = 50_000
_ALLOCATIONS = 500_000
"""Objects made and not yet freed, after which Python looks for cycles among them."""


def load(sources: Sequence[Source], context: Context, engine: Engine, progress: Progress) -> list[Load]:
    """Read every source into `records`, `answers` and `metrics`; returns the ledger, one row a file.

    Raises `CxreportError` when no file of any source could be read.
    """
    ledger: list[Load] = []
    answers: list[pl.DataFrame] = []
    run = _Run(context, ledger, answers, progress)
    with _seldom_collected():
        engine.write(_even(run.read(sources)), "records")
    engine.write(iter([pl.concat(answers) if answers else pl.DataFrame(schema=ANSWERS)]), "answers")
    engine.write(iter([pl.concat(run.metrics).unique(maintain_order=True)]), "metrics")
    if not any(entry.records for entry in ledger):
        raise CxreportError(*_nothing(ledger))
    return ledger


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Items of exports come as millions of small objects without cycles, which the collector would go over and over."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _nothing(ledger: Sequence[Load]) -> list[Problem]:
    problems = [Problem(entry.file, entry.problem) for entry in ledger if entry.problem]
    return problems or [Problem("sources", "no records were found.", "Try `cxreport inspect` on the files.")]


@dataclass
class _Run:
    context: Context
    ledger: list[Load]
    answers: list[pl.DataFrame]
    progress: Progress
    identity: Identity = field(default_factory=Identity)
    metrics: list[pl.DataFrame] = field(default_factory=lambda: [pl.DataFrame(schema=METRICS)])

    def read(self, sources: Sequence[Source]) -> Iterator[pl.DataFrame]:
        for source in sources:
            for found in find(source, self.context.base):
                yield from self._file(source, found)

    def _file(self, source: Source, found: Input | ReadProblem) -> Iterator[pl.DataFrame]:
        if isinstance(found, ReadProblem):
            self.ledger.append(_unread(source, found.file, found.member, f"{found.detail} {found.mend}".strip()))
            return
        try:
            before = found.stamp()
            detection = source.detect(found)
        except ReadError as error:
            self.ledger.append(_unread(source, found.path, found.member, f"{error.detail} {error.mend}"))
            return
        except Exception as error:
            self.ledger.append(_unread(source, found.path, found.member, _failed(source, found, error)))
            return
        if detection is None:
            what = f"it is not recognised as {source.name}: {why_unknown(found)}"
            self.ledger.append(_unread(source, found.path, found.member, what))
            return
        entry = Entry(source, found, detection)
        try:
            for batch in _ahead(source.read(found, detection, entry.facts)):
                records, answers = entry.fill(batch, self.context, self.identity)
                if answers is not None:
                    self.answers.append(answers)
                if batch.metrics is not None:
                    self.metrics.append(entry.figures(batch.metrics, self.context))
                self.progress.advance(records.height)
                yield records
        except ReadError as error:
            entry.problem = str(error)
        except Exception as error:
            entry.problem = _failed(source, found, error)
        entry.settle(before)
        self.ledger.append(entry.row())


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The batches, each read on a thread of its own while the one before it is being stored."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def find(source: Source, base: Path) -> Iterator[Input | ReadProblem]:
    """The files of a source, each once; a path that matches nothing is a problem of its own."""
    paths, met, seen = source.options.path, set[str](), set[tuple[str, str | None, str]]()
    for pattern in (paths,) if isinstance(paths, str) else paths:
        try:
            matched = expand(pattern, base)
        except ReadError as error:
            yield ReadProblem(pattern, None, None, "no_file", str(error), "")
            continue
        for path in matched:
            for found in inputs(path, _shown(path, base), lambda data: recognises(source, data), met):
                place = _place(found)
                if place not in seen:
                    yield found
                seen.add(place)


def _place(found: Input | ReadProblem) -> tuple[str, str | None, str]:
    """What two findings of one thing have in common, whatever patterns and links lead to it."""
    if isinstance(found, Input):
        return found.real_path(), found.member, ""
    return found.file, found.member, found.detail


def restless(ledger: Sequence[Load]) -> list[Problem]:
    """A warning for each file that something wrote to while it was read."""
    return [
        Problem(load.file, "it changed while it was read; its records may be of two versions.", RETRY)
        for load in ledger
        if CHANGED in load.warnings
    ]


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
        shown = (Path(os.path.realpath(path.parent)) / path.name).relative_to(os.path.realpath(base)).as_posix()
    except ValueError:
        shown = path.name
    return printable(shown)


def _unread(source: Source, file: str, member: str | None, problem: str) -> Load:
    return Load(source_id=source.options.id, file=file, member=member, problem=problem, licence=source.options.licence)


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
