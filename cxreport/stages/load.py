"""Load: export files → the tables `records`, `answers`, `metrics` and the loads ledger."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from cxreport.engine.base import Engine
from cxreport.engine.store import key_of
from cxreport.model.audit import Load
from cxreport.model.problem import CxreportError, Problem
from cxreport.plugin.code import plugin_digest
from cxreport.plugin.context import Context
from cxreport.plugin.source import Source
from cxreport.progress import Progress
from cxreport.reading import Input, ReadError, ReadProblem, ahead, expand, inputs, printable, why_unknown
from cxreport.stages.entry import CHANGED, RETRY, Entry
from cxreport.stages.identity import Identity
from cxreport.stages.pieces import SCHEMAS, Part, Piece, Pieces

_ALLOCATIONS = 500_000
"""Objects made and not yet freed, after which Python looks for cycles among them."""


def load(sources: Sequence[Source], context: Context, engine: Engine, progress: Progress) -> list[Load]:
    """Read every source into `records`, `answers` and `metrics`; returns the ledger, one row a file.

    Raises `CxreportError` when no file of any source could be read.
    """
    run = _Run(context, Pieces(engine.store), progress)
    with _seldom_collected():
        pieces = [run.piece(source, found) for source in sources for found in find(source, context.base)]
    for name in SCHEMAS:
        engine.assemble(name, run.pieces.bundled(name, pieces))
    ledger = [piece.load for piece in pieces]
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
    pieces: Pieces
    progress: Progress
    identity: Identity = field(default_factory=Identity)
    unnumbered: list[tuple[Source, Input]] = field(default_factory=list)
    """Files taken from earlier builds whose records count among equal ones of files still to be read."""

    def piece(self, source: Source, found: Input | ReadProblem) -> Piece:
        """What a file became: as an earlier build stored it, or read now."""
        if isinstance(found, ReadProblem):
            return Piece(_unread(source, found.file, found.member, f"{found.detail} {found.mend}".strip()))
        try:
            before, digest = found.stamp(), found.sha256()
            key = self._key(source, found, digest)
            known = None if source.live else self.pieces.find(key)
            if known is not None:
                return self._known(source, found, known)
            detection = source.detect(found)
        except ReadError as error:
            return Piece(_unread(source, found.path, found.member, f"{error.detail} {error.mend}"))
        except Exception as error:
            return Piece(_unread(source, found.path, found.member, _failed(source, found, error)))
        if detection is None:
            what = f"it is not recognised as {source.name}: {why_unknown(found)}"
            return Piece(_unread(source, found.path, found.member, what))
        self._catch_up()
        entry, numbers = Entry(source, found, detection, digest), self.identity.total
        parts = self._parts(entry)
        entry.settle(before)
        piece = Piece(entry.row(), parts, self.identity.total > numbers)
        return self.pieces.keep(key_of(key, parts) if source.live else key, piece)

    def _key(self, source: Source, found: Input, digest: str) -> str:
        place = [found.path, found.member, found.kind]
        return key_of("load", plugin_digest(source, "path"), place, digest)

    def _known(self, source: Source, found: Input, piece: Piece) -> Piece:
        if piece.numbered:
            self.unnumbered.append((source, found))
        self.progress.advance(piece.load.records)
        return piece

    def _catch_up(self) -> None:
        """Before a file is read, the numbering has met all that stand before it."""
        for source, found in self.unnumbered:
            detection = source.detect(found)
            if detection is not None:
                for _ in self._tables(Entry(source, found, detection, found.sha256())):
                    pass
        self.unnumbered.clear()

    def _parts(self, entry: Entry) -> dict[str, list[Part]]:
        """Read a file into the store; what stands before a fault is kept."""
        aside: dict[str, list[pl.DataFrame]] = {"answers": [], "metrics": []}

        def records() -> Iterator[pl.DataFrame]:
            try:
                for tables in self._tables(entry):
                    for name in aside.keys() & tables.keys():
                        aside[name].append(tables[name])
                    self.progress.advance(tables["records"].height)
                    yield tables["records"]
            except ReadError as error:
                entry.problem = str(error)
            except Exception as error:
                entry.problem = _failed(entry.source, entry.data, error)

        parts = {"records": self.pieces.write(records())}
        told = [pl.concat(aside["metrics"]).unique(maintain_order=True)] if aside["metrics"] else []
        return parts | {"answers": self.pieces.write(aside["answers"]), "metrics": self.pieces.write(told)}

    def _tables(self, entry: Entry) -> Iterator[dict[str, pl.DataFrame]]:
        for batch in ahead(entry.source.read(entry.data, entry.detection, entry.facts)):
            records, answers = entry.fill(batch, self.context, self.identity)
            tables = {"records": records}
            if answers is not None:
                tables["answers"] = answers
            if batch.metrics is not None:
                tables["metrics"] = entry.figures(batch.metrics, self.context)
            yield tables


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
