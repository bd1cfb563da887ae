"""Wrong names, and containers: gzip and ZIP around files, sound or broken."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from benchmarks.fuzz.damage import DAMAGES
from benchmarks.fuzz.values import changed

Files = dict[str, bytes]
Packing = Callable[[Random, str, Files], tuple[str, Files]]
"""From dice, a name and files, the name and the files that a person hands in."""
_SUFFIXES: Final = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".js", ".xlsx", ".xls", ".ods", ".zip", ".gz", ".html",
                    ".xml", ".sav", ".parquet", "")  # fmt: skip
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def renamed(rng: Random, name: str, files: Files) -> tuple[str, Files]:
    """A bare file with a suffix that is not its own."""
    return name.split(".", maxsplit=1)[0] + rng.choice(_SUFFIXES), files


def gzipped(rng: Random, name: str, files: Files) -> tuple[str, Files]:
    """Every file in gzip, perhaps twice, perhaps broken, perhaps without the name of one."""
    suffix = rng.choice((".gz", ".gz", ""))
    packed = {inner and inner + suffix: _gzip(rng, data) for inner, data in files.items()}
    return name if "" not in files else name + suffix, packed


def zipped(rng: Random, name: str, files: Files) -> tuple[str, Files]:
    """All files in one ZIP, perhaps within a folder, perhaps with a ZIP inside, perhaps broken."""
    folder = rng.choice(("", "", "export/", "__MACOSX/", "a/../b/"))
    packed = zip_of({folder + (inner or name): data for inner, data in files.items()})
    if rng.random() < 0.15:
        packed = zip_of({"inner.zip": packed, "other.csv": b"a,b\n1,2\n"})
    return name + ".zip", {"": _broken(rng, packed)}


def inside(rng: Random, name: str, files: Files) -> tuple[str, Files]:
    """A workbook or another ZIP: damage to one member, packed soundly again. Other files: their values change."""
    at = rng.choice(sorted(files))
    data = files[at]
    members = _members(data)
    if not members:
        return name, {**files, at: changed(rng, data, b"")}
    member = rng.choice(sorted(members))
    members[member] = DAMAGES[rng.choice(sorted(DAMAGES))](rng, members[member], b"")
    return name, {**files, at: zip_of(members)}


PACKINGS: Final[Mapping[str, Packing]] = {packing.__name__: packing for packing in (renamed, gzipped, zipped, inside)}


def zip_of(members: Files) -> bytes:
    """A ZIP whose bytes depend on its members only."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for member, data in members.items():
            box.writestr(zipfile.ZipInfo(member, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _members(data: bytes) -> Files:
    """What a sound ZIP holds; nothing of other files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            return {member: box.read(member) for member in box.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError):
        return {}


def _gzip(rng: Random, data: bytes) -> bytes:
    packed = gzip.compress(data, mtime=0)
    return _broken(rng, gzip.compress(packed, mtime=0) if rng.random() < 0.1 else packed)


def _broken(rng: Random, packed: bytes) -> bytes:
    """Cut short or bits flipped, twice in three times."""
    fate = rng.randrange(3)
    if fate == 0:
        return packed[: rng.randrange(len(packed))]
    return DAMAGES["bits"](rng, packed, b"") if fate == 1 else packed
