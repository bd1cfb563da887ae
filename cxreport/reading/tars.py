"""TAR files, packed with gzip or not, as the Yelp data set comes: read from the front, never extracted to disk."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from .archives import escapes
from .places import FilePlace
from .problems import ReadError, ReadProblem
from .streams import guarded, plain

_MAGIC, _AT = b"ustar", 257
_NO_TAR = "starts like a TAR but cannot be read to its end; it is probably cut short."
MEMBERS = 1_000
"""A TAR of more files is refused: each is found by reading from the front."""


def is_tar(file: FilePlace) -> bool:
    """Whether the file, gzip inflated, begins as a TAR does; damage is told when the file is read."""
    try:
        with file.open("") as stream:
            return stream.read(_AT + len(_MAGIC))[_AT:] == _MAGIC
    except ReadError:
        return False


@dataclass(frozen=True)
class TarPlace:
    """A TAR; the member "" is the TAR file itself. A member is found by reading all that stands before it."""

    whole: FilePlace
    sizes: Mapping[str, int]
    """Unpacked sizes of the files within."""

    def open(self, member: str) -> BufferedReader:
        return guarded(self.raw(member), self.whole.shown, member or None, self.size(member))

    def raw(self, member: str) -> BufferedReader:
        return plain(_Member(self.whole, member), self.whole.shown, member) if member else self.whole.raw("")

    def size(self, member: str) -> int:
        return self.sizes[member] if member else self.whole.size("")

    def file(self, member: str) -> Path:
        return self.whole.path

    def beside(self, name: str) -> FilePlace:
        return self.whole.beside(name)


def survey_tar(file: FilePlace) -> tuple[TarPlace, list[ReadProblem]]:
    """The files that may be read, and a problem for each that may not. Raises ReadError for a broken TAR.

    Refused are absolute names, `..` and a second file of one name; links and devices are passed over.
    """
    sizes: dict[str, int] = {}
    counts: Counter[str] = Counter()
    with file.open("") as stream:
        for info in _infos(file, stream):
            name = _name(info)
            counts[name] += 1
            if not escapes(name):
                sizes.setdefault(name, info.size)
    return TarPlace(file, sizes), list(_refusals(file.shown, counts))


def _infos(file: FilePlace, stream: BufferedReader) -> Iterator[tarfile.TarInfo]:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for number, info in enumerate(tar):
                if number >= MEMBERS:
                    raise ReadError(
                        file.shown, f"holds more than {MEMBERS:,} files.", mend="Unpack it.", code="tar_large"
                    )
                if info.isfile():
                    yield info
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ReadError(file.shown, _NO_TAR, mend="Download it again.", code="tar_broken") from error


def _name(info: tarfile.TarInfo) -> str:
    return info.name.removeprefix("./")


def _refusals(shown: str, counts: Counter[str]) -> Iterator[ReadProblem]:
    mend = "Pack the files again with plain relative names, each once."
    for name, times in sorted(counts.items()):
        if escapes(name):
            what = "has a name that points outside the TAR and was not read."
            yield ReadProblem(shown, name, None, "tar_unsafe_name", what, mend)
        elif times > 1:
            what = f"occurs {times} times in the TAR; only the first one was read."
            yield ReadProblem(shown, name, None, "tar_duplicate_name", what, mend)


class _Member:
    """The bytes of one member, and what is open beneath them."""

    def __init__(self, whole: FilePlace, name: str) -> None:
        self._stream = whole.open("")
        try:
            self._file = self._found(whole, name)
        except BaseException:
            self._stream.close()
            raise

    def _found(self, whole: FilePlace, name: str) -> IO[Any]:
        try:
            self._tar = tarfile.open(fileobj=self._stream, mode="r|")  # noqa: SIM115
            info = next(info for info in self._tar if _name(info) == name and info.isfile())
            found = self._tar.extractfile(info)
        except (tarfile.TarError, EOFError, ValueError, StopIteration) as error:
            raise ReadError(whole.shown, _NO_TAR, mend="Download it again.", code="tar_broken", member=name) from error
        assert found is not None, "a file has bytes"
        return found

    def read1(self, size: int, /) -> bytes:
        try:
            data: bytes = self._file.read(size)
        except tarfile.TarError as error:
            raise EOFError(str(error)) from error
        return data

    def close(self) -> None:
        self._file.close()
        self._tar.close()
        self._stream.close()
