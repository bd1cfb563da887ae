"""The content-addressed store: results of pure steps, kept under a digest of everything they depend on.

A file is written beside its name and renamed into place, so that it is there whole or not at all: two builds
may share a store, and one may be killed at any moment. Nothing in it is ever changed, only added and removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cxreport.model.audit import canonical_json

LIMIT = 4_000_000_000
"""Bytes that may stay in a store after a build."""
STALE = 3600.0
"""Seconds after which a half-written file is a dead build's."""
_VERSION = "1"
"""Part of every key: raise it when the form of what is stored changes."""


def key_of(*parts: Any) -> str:
    """A digest (40 hex digits) of plain values: strings, numbers, lists, dicts, bytes as hex."""
    plain = [part.hex() if isinstance(part, bytes) else part for part in (_VERSION, *parts)]
    return hashlib.blake2b(canonical_json(plain).encode(), digest_size=20).hexdigest()


@dataclass(frozen=True)
class Info:
    """What a store holds."""

    files: int
    bytes: int


class Store:
    """A folder of files named by keys."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hits = 0
        self.misses = 0

    def path(self, key: str, suffix: str) -> Path:
        """Where the file of a key is, or would be."""
        return self.folder / key[:2] / f"{key}{suffix}"

    def find(self, key: str, suffix: str) -> Path | None:
        """The file of a key if it is there, marked as used now."""
        path = self.path(key, suffix)
        try:
            os.utime(path)
        except OSError:
            self.misses += 1
            return None
        self.hits += 1
        return path

    def put(self, key: str, suffix: str, write: Callable[[Path], object]) -> Path:
        """Let `write` make the file of a key. Raises what `write` raises, and then leaves nothing."""
        path = self.path(key, suffix)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}-{id(write):x}.part")
        try:
            write(fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        return path

    def add(self, suffix: str, write: Callable[[Path], object]) -> str:
        """Let `write` make a file, named by its own content; its key."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.folder / f"{os.getpid()}-{id(write):x}.part"
        try:
            write(fresh)
            with fresh.open("rb") as file:
                key = hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=20)).hexdigest()
            self.put(key, suffix, fresh.rename)
        finally:
            fresh.unlink(missing_ok=True)
        return key

    def load(self, key: str) -> Any:
        """The plain value of a key; None when there is none, or one that cannot be read."""
        path = self.find(key, ".json")
        with suppress(OSError, ValueError):
            return json.loads(path.read_text("utf-8")) if path else None
        return None

    def save(self, key: str, value: Any) -> None:
        """Keep a plain value, in the order of its keys."""
        self.put(key, ".json", lambda path: path.write_text(json.dumps(value, ensure_ascii=False), "utf-8"))

    def once(self, key: str, make: Callable[[], Any]) -> Any:
        """The plain value of a key, made and kept if it is not there."""
        value = self.load(key)
        if value is None:
            value = make()
            self.save(key, value)
        return value

    def info(self) -> Info:
        """How much is stored."""
        sizes = [stat.st_size for _, stat in self._files()]
        return Info(len(sizes), sum(sizes))

    def clear(self) -> Info:
        """Remove everything; what it was."""
        info = self.info()
        shutil.rmtree(self.folder, ignore_errors=True)
        return info

    def trim(self, keep: Collection[Path], limit: int = LIMIT) -> None:
        """Remove what was used least recently, and dead builds' halves, until the rest fits; never `keep`."""
        kept, now = set(keep), time.time()
        files = sorted(self._files(), key=lambda item: item[1].st_mtime)
        total = sum(stat.st_size for _, stat in files)
        for path, stat in files:
            dead = path.suffix == ".part" and now - stat.st_mtime > STALE
            if dead or (total > limit and path.suffix != ".part" and path not in kept):
                path.unlink(missing_ok=True)
                total -= stat.st_size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in sorted(self.folder.glob("??/*")):
            with suppress(OSError):
                yield path, path.stat()
