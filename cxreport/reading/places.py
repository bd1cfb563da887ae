"""Where the bytes of an input are: a file, a folder, a ZIP, or one member of those."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from .archives import Archive
from .problems import os_error
from .streams import guarded, plain

Stamp = tuple[int, int]
"""Bytes of a file on disk and when they were last changed, in nanoseconds: another stamp, another content."""


class Place(Protocol):
    """Where the bytes of an input are."""

    def open(self, member: str) -> BufferedReader:
        """The unpacked bytes of a member."""

    def raw(self, member: str) -> BufferedReader:
        """The bytes as they are stored, gzip left alone."""

    def size(self, member: str) -> int:
        """Size of a member in bytes, as stored in a file, unpacked in a ZIP."""

    def file(self, member: str) -> Path:
        """The file on disk that holds a member."""

    def beside(self, name: str) -> Place:
        """Where a file of that name would be, next to this one."""


@dataclass(frozen=True)
class FilePlace:
    """A bare file; its single member is ""."""

    path: Path
    shown: str

    def open(self, member: str) -> BufferedReader:
        return guarded(self.raw(member), self.shown, None, self.size(member))

    def raw(self, member: str) -> BufferedReader:
        try:
            return plain(self.path.open("rb"), self.shown)
        except OSError as error:
            raise os_error(error, self.shown) from error

    def size(self, member: str) -> int:
        return stamp(self.path, self.shown)[0]

    def file(self, member: str) -> Path:
        return self.path

    def beside(self, name: str) -> FilePlace:
        return FilePlace(self.path.with_name(name), name)


@dataclass(frozen=True)
class FolderPlace:
    """A folder; members are the files below it."""

    path: Path
    shown: str

    def _file(self, member: str) -> FilePlace:
        return FilePlace(self.path / member, f"{self.shown.rstrip('/')}/{member}")

    def open(self, member: str) -> BufferedReader:
        return self._file(member).open("")

    def raw(self, member: str) -> BufferedReader:
        return self._file(member).raw("")

    def size(self, member: str) -> int:
        return self._file(member).size("")

    def file(self, member: str) -> Path:
        return self.path / member

    def beside(self, name: str) -> FilePlace:
        return FilePlace(self.path.with_name(name), name)


@dataclass(frozen=True)
class ZipPlace:
    """A ZIP; the member "" is the ZIP file itself."""

    archive: Archive

    def open(self, member: str) -> BufferedReader:
        return self.archive.open(member)

    def raw(self, member: str) -> BufferedReader:
        return self.archive.raw(member) if member else self.archive.stored()

    def size(self, member: str) -> int:
        return self.archive.size(member) if member else self.archive.bytes()

    def file(self, member: str) -> Path:
        return self.archive.path

    def beside(self, name: str) -> FilePlace:
        return FilePlace(self.archive.path.with_name(name), name)


@dataclass(frozen=True)
class MemberPlace:
    """One member of another place, under the name ""."""

    place: Place
    member: str

    def open(self, member: str) -> BufferedReader:
        return self.place.open(self.member)

    def raw(self, member: str) -> BufferedReader:
        return self.place.raw(self.member)

    def size(self, member: str) -> int:
        return self.place.size(self.member)

    def file(self, member: str) -> Path:
        return self.place.file(self.member)

    def beside(self, name: str) -> MemberPlace:
        folder, slash, _ = self.member.rpartition("/")
        return MemberPlace(self.place, f"{folder}{slash}{name}")


def stamp(path: Path, shown: str) -> Stamp:
    """The stamp of a file. Raises ReadError when it is gone."""
    try:
        found = path.stat()
    except OSError as error:
        raise os_error(error, shown) from error
    return found.st_size, found.st_mtime_ns
