"""Pieces: what one file became when it was loaded, kept so that only changed files are read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from cxreport.engine.store import Store, key_of
from cxreport.engine.table import PARQUET, QUICK
from cxreport.model.audit import Load
from cxreport.model.schema import ANSWERS, METRICS, RECORDS
from cxreport.stages.entry import CHANGED

BATCH = 50_000
"""Rows of a part at most, but for what a source yields at once."""
SCHEMAS = {"records": RECORDS, "answers": ANSWERS, "metrics": METRICS}

Part = tuple[str, int]
"""Key of a stored file of rows, and how many they are."""


@dataclass
class Piece:
    """One file: its row of the ledger and its stretches of each table."""

    load: Load
    parts: dict[str, list[Part]] = field(default_factory=dict)
    numbered: bool = False
    """Whether some of its records are told apart by their number among equal ones: then it depends on earlier files."""

    def dump(self) -> dict[str, Any]:
        """As plain values."""
        return {"load": self.load.model_dump(mode="json"), "parts": self.parts, "numbered": self.numbered}

    @classmethod
    def of(cls, dump: dict[str, Any]) -> Piece:
        """From plain values."""
        parts = {name: [(key, rows) for key, rows in listed] for name, listed in dump["parts"].items()}
        return cls(Load.model_validate(dump["load"]), parts, dump["numbered"])


@dataclass
class Pieces:
    """The pieces of earlier builds, by what the file and its source were."""

    store: Store
    before: str = ""
    """Digest of the files so far whose records are numbered."""

    def find(self, key: str) -> Piece | None:
        """The piece of an unchanged file, if all of it is there still."""
        for name in (key, key_of(key, self.before)):
            dump = self.store.load(name)
            if dump is not None and dump.get("numbered") == (name != key):
                piece = Piece.of(dump)
                whole = all(self.store.find(part, PARQUET) for parts in piece.parts.values() for part, _ in parts)
                return self._met(key, piece) if whole else None
        return None

    def keep(self, key: str, piece: Piece) -> Piece:
        """Store the piece of a file that was read whole and in peace."""
        if not piece.load.problem and CHANGED not in piece.load.warnings:
            self.store.save(key_of(key, self.before) if piece.numbered else key, piece.dump())
        return self._met(key, piece)

    def _met(self, key: str, piece: Piece) -> Piece:
        if piece.numbered:
            self.before = key_of(self.before, key)
        return piece

    def write(self, frames: Iterable[pl.DataFrame]) -> list[Part]:
        """Store frames, small ones glued together, each on a thread of its own while the next is being made."""
        parts: list[Part] = []
        with ThreadPoolExecutor(max_workers=1) as writer:
            writing: Future[Part] | None = None
            for frame in even(frames):
                parts += [writing.result()] if writing else []
                writing = writer.submit(self._written, frame)
            parts += [writing.result()] if writing else []
        return parts

    def _written(self, frame: pl.DataFrame) -> Part:
        return self.store.add(PARQUET, partial(frame.write_parquet, **QUICK)), frame.height

    def bundled(self, name: str, pieces: Sequence[Piece]) -> list[Part]:
        """The parts of a table, in order of files; many small files must not become many small parts."""
        bundles: list[Part] = []
        for group in _groups([part for piece in pieces for part in piece.parts.get(name, ())]):
            bundles.append(group[0] if len(group) == 1 else self._bundle(group))
        return bundles or [self._written(pl.DataFrame(schema=SCHEMAS[name]))]

    def _bundle(self, group: Sequence[Part]) -> Part:
        key = key_of("bundle", [part for part, _ in group])
        if self.store.find(key, PARQUET) is None:
            frames = [pl.read_parquet(self.store.path(part, PARQUET)) for part, _ in group]
            self.store.put(key, PARQUET, partial(pl.concat(frames).write_parquet, **QUICK))
        return key, sum(rows for _, rows in group)


def even(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Frames glued together up to the size of a part; empty ones vanish."""
    held: list[pl.DataFrame] = []
    for frame in frames:
        if frame.height:
            held.append(frame)
        if sum(part.height for part in held) >= BATCH:
            yield pl.concat(held)
            held = []
    if held:
        yield pl.concat(held)


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Neighbours that together fill a part."""
    held: list[Part] = []
    for part in parts:
        if held and sum(rows for _, rows in held) + part[1] > BATCH:
            yield held
            held = []
        held.append(part)
    if held:
        yield held
