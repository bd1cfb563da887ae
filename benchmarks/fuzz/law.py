"""The law that every file must keep, however damaged it is: read or refused in words, whole or row by row.

* Nothing but `ReadError` comes out of detecting and reading, and each one says what to do.
* A small file takes no more than two seconds.
* Rows found = rows of records + rejects + rows left out; no row is both kept and rejected.
* Every record stands in a row that the file has, every answer belongs to a record, and no column is foreign.
"""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

import polars as pl

from cxreport.engine.local import LocalEngine
from cxreport.model.audit import Load
from cxreport.model.problem import CxreportError
from cxreport.model.schema import FILLED_BY_CORE, conform
from cxreport.nearest import nearest
from cxreport.plugin.context import Context
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source
from cxreport.progress import Meter
from cxreport.reading import Input, ReadError, ReadProblem, inputs
from cxreport.stages.load import load

MOST_SECONDS: Final = 2.0
_BEGINS: Final = re.compile(rb"[\n\r{\[<]")
"""What begins a row or an item; counting them bounds the number of a row."""
_PACKED: Final = (b"PK", b"\x1f\x8b", b"PAR1", b"$FL", b"\xd0\xcf")


@dataclass
class Seen:
    """What became of one file."""

    path: Path
    seconds: float = 0.0
    """Of the clock or of CPU, whichever is less: others may keep the machine busy."""
    systems: list[str] = field(default_factory=list)
    records: int = 0
    rejected: int = 0
    refused: int = 0
    failures: list[str] = field(default_factory=list)


class Law:
    """Reads files as `cxreport inspect` and `cxreport build` would, and notes each breach."""

    def __init__(self, sources: Mapping[str, type[Source]], context: Context) -> None:
        self._classes, self._context = dict(sorted(sources.items())), context

    def judge(self, path: Path) -> Seen:
        """Read the file or folder at `path` with the source that claims it. Never raises."""
        seen = Seen(path)
        probes = {name: self._source(cls, path, {}) for name, cls in self._classes.items()}
        wall, cpu = time.perf_counter(), time.process_time()
        with _noted(seen, "inputs"):
            for found in inputs(path, path.name, lambda data: self._best(data, probes, seen) is not None):
                self._found(found, probes, seen)
        seen.seconds = min(time.perf_counter() - wall, time.process_time() - cpu)
        return seen

    def _source(self, cls: type[Source], path: Path, options: Mapping[str, Any]) -> Source:
        values = {"id": "fuzz", "type": cls.name, "path": str(path), **options}
        return cls(cls.Options.model_validate(values), self._context)

    def _best(self, data: Input, probes: Mapping[str, Source], seen: Seen) -> tuple[str, Detection] | None:
        known = []
        for name, probe in probes.items():
            with _noted(seen, f"{name}.detect"):
                found = probe.detect(data)
                known += [(name, found)] if found is not None else []
        return max(known, key=lambda item: item[1].confidence, default=None)

    def _found(self, found: Input | ReadProblem, probes: Mapping[str, Source], seen: Seen) -> None:
        if isinstance(found, ReadProblem):
            seen.refused += 1
            if not (found.detail and found.mend):
                seen.failures.append(f"refused without words: {found}")
            return
        best = self._best(found, probes, seen)
        if best is None:
            return
        name, detection = best
        seen.systems.append(detection.system)
        options: dict[str, Any] = {}
        with _noted(seen, f"{name}.suggest"):
            options = probes[name].suggest(found, detection)
            probes[name].hints(found, detection)
            nearest(found, probes)
        with _noted(seen, f"{name} with its own suggestion"):
            source = self._source(self._classes[name], seen.path, options)
            self._load(_Watched(source, found, detection, seen), seen)

    def _load(self, source: _Watched, seen: Seen) -> None:
        """Load one input through the stage `load`, and hold its row of the ledger against its records."""
        with TemporaryDirectory() as folder, _noted(seen, "load"):
            engine = LocalEngine(Path(folder) / "feedback")
            try:
                ledger = load([cast(Source, source)], self._context, engine, Meter())
            except ReadError:
                raise
            except CxreportError:
                return  # no record in the whole export, which the ledger tells
            records = engine.open("records").to_native().collect()
            for entry in ledger:
                _ledger(entry, records, seen)


def _ledger(entry: Load, records: pl.DataFrame, seen: Seen) -> None:
    """Hold a row of the ledger against the records that were kept."""
    if " failed on it (" in entry.problem:
        seen.failures.append(entry.problem)
    here = pl.col("source_file") == entry.file, pl.col("source_member").eq_missing(pl.lit(entry.member, pl.String))
    kept = records.filter(*here).height
    if kept != entry.records:
        seen.failures.append(f"{entry.system}: {entry.records} records in the ledger, {kept} kept")
    seen.records, seen.rejected = seen.records + kept, seen.rejected + sum(entry.rejected.values())


class _Watched:
    """A source that reads one input only, every batch of it looked at."""

    def __init__(self, source: Source, only: Input, detection: Detection, seen: Seen) -> None:
        self._source, self._only, self._detection, self._seen = source, only, detection, seen
        self._most = _most_rows(only)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def detect(self, data: Input) -> Detection | None:
        """What was detected before, for the one input."""
        return self._detection if data == self._only else None

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        """The batches of the source; its rows are counted when it has ended well."""
        kept, rejected = set[int](), list[int]()
        with _noted(self._seen, f"{found.system} read"):
            for batch in self._source.read(data, found, facts):
                kept |= self._rows(batch)
                rejected += [reject.row for reject in batch.rejects]
                yield batch
            told = len(kept) + len(rejected) + sum(facts.skipped.values())
            if told != facts.rows_read:
                rest = f"{len(kept)} kept, {len(rejected)} rejected, {facts.skipped}"
                self._fail(f"{facts.rows_read} rows read, but {rest}")
        if both := kept & set(rejected):
            self._fail(f"rows kept and rejected: {sorted(both)[:5]}")

    def _rows(self, batch: Batch) -> set[int]:
        """The rows that the records of a batch are made of."""
        records = conform(batch.records.drop(set(batch.records.columns) & set(FILLED_BY_CORE)))
        rows = records.filter(~pl.col("is_context"))["source_row"]
        mine = set(rows.drop_nulls().to_list())
        if rows.null_count():
            self._fail("a record without its row")
        if self._most is not None and any(not 0 <= row <= self._most for row in mine):
            self._fail(f"rows {min(mine)} to {max(mine)} of a file of at most {self._most}")
        if batch.answers is not None and set(batch.answers["source_row"].to_list()) - mine:
            self._fail("answers without a record")
        return mine

    def _fail(self, what: str) -> None:
        self._seen.failures.append(f"{self._detection.system}: {what}")


def _most_rows(data: Input) -> int | None:
    """More rows than a bare text file can hold; None for files that are packed, or broken."""
    try:
        path = data.local_path() if data.kind == "file" else None
    except ReadError:
        return None
    written = path.read_bytes() if path is not None else b"PK"
    return None if written.startswith(_PACKED) else len(_BEGINS.findall(written)) + 2


@contextmanager
def _noted(seen: Seen, doing: str) -> Iterator[None]:
    """Anything raised is a breach, but a `ReadError` that says what to do."""
    try:
        yield
    except GeneratorExit:
        raise
    except ReadError as error:
        seen.refused += 1
        if doing != "inputs" and not doing.endswith("read"):
            seen.failures.append(f"{doing}: {error}")
        if not (error.what and error.mend):
            seen.failures.append(f"{doing}: refused without saying what to do: {error}")
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        seen.failures.append(f"{doing}: {_last(error)}")


def _last(error: BaseException) -> str:
    """The error and the innermost places in the project that it passed."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "cxreport" in f.filename]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames[-4:]))
    return f"{type(error).__name__}: {str(error)[:200]} at {places}"
