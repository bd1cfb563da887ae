"""ZIP files, read in place: members are streamed, never extracted to disk.

A ZIP within a ZIP is unpacked once, into memory or a temporary file without a name: to jump about in it would
unpack it again for each of its members.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, cast

from .problems import ReadError, ReadProblem, os_error
from .streams import bomb, damaged, guarded, is_bomb, plain

NESTED_BYTES = 1024**3
"""A ZIP within a ZIP is read up to this size."""
MEMBERS = 100_000
"""A ZIP with more members than this is refused."""
_IN_MEMORY = 64 << 20
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT = re.compile(r"\[Content_Types\]\.xml|mimetype|META-INF/manifest\.xml|AndroidManifest\.xml")
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1


class Archive:
    """One ZIP file, at `path` or as the member `inside` an outer archive.

    Its directory is parsed once and kept open while the object lives. It may be sent to another process:
    the open handle stays behind and is made anew there.
    """

    def __init__(self, path: Path, shown: str, inside: tuple[Archive, str] | None = None) -> None:
        self.path, self.shown, self.inside = path, shown, inside
        self._handle: tuple[int, zipfile.ZipFile] | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_handle": None}

    @property
    def nested(self) -> bool:
        """Whether this archive lies within another one."""
        return self.inside is not None

    def infos(self) -> list[zipfile.ZipInfo]:
        """The directory, folders left out. Raises ReadError when it cannot be read."""
        return [info for info in self._zip().infolist() if not info.is_dir()]

    def bytes(self) -> int:
        """Size of the ZIP file itself."""
        if self.inside is None:
            try:
                return self.path.stat().st_size
            except OSError as error:
                raise os_error(error, self.shown) from error
        outer, name = self.inside
        return outer.size(name)

    def size(self, name: str) -> int:
        """Unpacked size of the member `name`, in bytes."""
        return self._info(name).file_size

    def open(self, name: str) -> BufferedReader:
        """A stream over the member `name` (gzip inflated). Raises ReadError here or while reading."""
        info = self._info(name)
        return guarded(self._stream(info), self.shown, self._label(name), info.compress_size)

    def stored(self) -> BufferedReader:
        """A stream over the ZIP file itself."""
        if self.inside is None:
            try:
                return plain(self.path.open("rb"), self.shown)
            except OSError as error:
                raise os_error(error, self.shown) from error
        outer, name = self.inside
        return outer.raw(name)

    def raw(self, name: str) -> BufferedReader:
        """A stream over the member unpacked from the ZIP, gzip left alone."""
        return plain(self._stream(self._info(name)), self.shown, self._label(name))

    def _label(self, name: str) -> str:
        return name if self.inside is None else f"{self.inside[1]}/{name}"

    def _stream(self, info: zipfile.ZipInfo) -> zipfile.ZipExtFile:
        label = self._label(info.filename)
        if info.flag_bits & _ENCRYPTED:
            raise ReadError(
                self.shown,
                "is protected by a password.",
                mend="Unpack it with the password and name the folder instead.",
                code="encrypted",
                member=label,
            )
        try:
            return cast(zipfile.ZipExtFile, self._zip().open(info))
        except (zipfile.BadZipFile, EOFError) as error:
            raise damaged(self.shown, label, error) from error
        except (NotImplementedError, RuntimeError) as error:
            raise ReadError(
                self.shown,
                f"is packed in a way that cannot be read ({error}).",
                mend="Unpack it and name the folder instead.",
                code="unknown_compression",
                member=label,
            ) from error

    def _unpacked(self, name: str) -> IO[Any]:
        whole = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - open as long as the archive is
        with self._stream(self._info(name)) as stream:
            shutil.copyfileobj(stream, whole)
        return whole

    def _info(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._zip().getinfo(name)
        except KeyError as error:
            raise ReadError(self.shown, "is not in the ZIP.", code="not_found", member=name) from error

    def _zip(self) -> zipfile.ZipFile:
        if self._handle is None or self._handle[0] != os.getpid():
            self._handle = (os.getpid(), self._opened())
        return self._handle[1]

    def _opened(self) -> zipfile.ZipFile:
        member = None if self.inside is None else self.inside[1]
        try:
            if self.inside is None:
                return zipfile.ZipFile(self.path)
            outer, name = self.inside
            return zipfile.ZipFile(outer._unpacked(name))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            struct.error,
            NotImplementedError,
        ) as error:
            raise ReadError(
                self.shown,
                "starts like a ZIP but its directory cannot be read; it is probably cut short.",
                mend="Download the archive again.",
                code="zip_broken",
                member=member,
            ) from error
        except OSError as error:
            raise os_error(error, self.shown, member) from error


def is_zip(head: bytes) -> bool:
    """Whether these first bytes are those of a ZIP (office documents are ZIPs too: see `is_document`)."""
    return head.startswith(_MAGIC)


def is_document(archive: Archive) -> bool:
    """Whether the ZIP is one document (XLSX, ODS, DOCX …) and not a box of files."""
    return any(_DOCUMENT.fullmatch(info.filename) for info in archive.infos())


def survey(archive: Archive) -> tuple[tuple[str, ...], list[ReadProblem]]:
    """The members that may be read, sorted by name, and a problem for each that may not.

    Refused are absolute names, `..`, links, names that occur twice (all but the last), and the whole archive
    when it is a decompression bomb or holds more than `MEMBERS`. Names that differ only by case are different
    members. Raises ReadError.
    """
    infos = archive.infos()
    if len(infos) > MEMBERS:
        raise _crowded(archive, len(infos))
    if is_bomb(sum(info.file_size for info in infos), archive.bytes()):
        raise bomb(archive.shown, archive.inside[1] if archive.inside else None)
    links = {info.filename for info in infos if stat.S_ISLNK(info.external_attr >> 16)}
    counts = Counter(info.filename for info in infos)
    names = tuple(sorted(name for name in counts if not escapes(name) and name not in links))
    return names, list(_refusals(archive.shown, counts, links))


def _crowded(archive: Archive, members: int) -> ReadError:
    return ReadError(
        archive.shown,
        f"holds {members:,} files, more than {MEMBERS:,}.",
        "It looks like no export and was not opened.",
        "If it is sound, unpack it and name the files that matter.",
        code="zip_too_many",
        member=archive.inside[1] if archive.inside else None,
    )


def _refusals(shown: str, counts: Counter[str], links: Collection[str]) -> Iterator[ReadProblem]:
    for name, times in sorted(counts.items()):
        if name in links:
            yield ReadProblem(
                shown,
                name,
                None,
                "zip_link",
                "is a link and was not followed: it may lead outside the ZIP.",
                "Pack the file that it leads to instead.",
            )
        elif escapes(name):
            yield ReadProblem(
                shown,
                name,
                None,
                "zip_unsafe_name",
                "has a name that points outside the ZIP and was not read.",
                "Pack the files again with plain relative names.",
            )
        elif times > 1:
            yield ReadProblem(
                shown,
                name,
                None,
                "zip_duplicate_name",
                f"occurs {times} times in the ZIP; only the last one was read.",
                "Pack the files again under different names.",
            )


def escapes(name: str) -> bool:
    """Whether a member's name points outside its archive."""
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "" or ".." in parts or bool(_DRIVE.match(parts[0]))
