"""What there is to read: files, folders and ZIPs, as frozen `Input`s that open their bytes on demand."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Literal

from .archives import NESTED_BYTES, Archive, is_document, is_zip, survey
from .paths import is_hidden, printable, walk
from .places import FilePlace, FolderPlace, MemberPlace, Place, Stamp, ZipPlace, stamp
from .problems import ReadError, ReadProblem, os_error
from .streams import GZIP_MAGIC
from .tars import TarPlace, is_tar, survey_tar


@dataclass(frozen=True)
class Input:
    """One thing to read: a bare file, a folder or ZIP taken as a whole, or one member of those."""

    path: str
    """As shown to people: the path as given, with `/`."""
    members: tuple[str, ...]
    """Names within, sorted; the single name "" for a bare file."""
    kind: Literal["file", "folder", "zip"]
    member: str | None = None
    """The member that this input was narrowed to; its kind is then `file`."""
    place: Place = field(repr=False, compare=False, kw_only=True)

    @staticmethod
    def at(path: Path, shown: str | None = None) -> Input:
        """The file, folder or ZIP at `path`, whole. Raises ReadError when it cannot be opened."""
        return _whole(path, shown if shown is not None else path.as_posix())[0]

    @property
    def name(self) -> str:
        """Last part of the member or path, without `.gz`."""
        name = (self.member or self.path).rsplit("/", 1)[-1]
        return name[:-3] if name.lower().endswith(".gz") else name

    def open(self, member: str = "") -> BufferedReader:
        """A stream over the bytes of a member, gzip inflated. Raises ReadError here or while reading."""
        if self.kind != "file" and not member:
            raise ReadError(self.path, f"is a {self.kind}: name one of its members.", code="is_a_folder")
        return self.place.open(member)

    def head(self, member: str = "", size: int = 65536) -> bytes:
        """The first bytes of a member; of a folder or ZIP as a whole, nothing. Raises ReadError."""
        if self.kind != "file" and not member:
            return b""
        with self.open(member) as stream:
            return stream.read(size)

    def size(self) -> int:
        """Bytes of the file or ZIP on disk, of a ZIP's member when unpacked, of a folder's files together."""
        if self.kind == "folder":
            return sum(self.place.size(member) for member in self.members)
        return self.place.size("")

    def stamp(self) -> tuple[Stamp, ...]:
        """Stamps of the files on disk that this is made of: they tell whether it changed. Raises ReadError."""
        members = self.members if self.kind == "folder" else ("",)
        return tuple(stamp(self.place.file(member), self.path) for member in members)

    def real_path(self) -> str:
        """Where it lies on disk, whatever links lead to it: the same for a ZIP and for all its members."""
        return os.path.realpath(self.place.file(""))

    def sha256(self) -> str:
        """Digest of the file's bytes as stored; of a folder, of its sorted member names and their digests."""
        if self.kind != "folder":
            return _digest(self.place.raw(""))
        whole = hashlib.sha256()
        for member in sorted(self.members):
            whole.update(f"{member}\0{_digest(self.place.raw(member))}\n".encode("utf-8", "surrogateescape"))
        return whole.hexdigest()

    def local_path(self) -> Path | None:
        """The path of a bare file on disk that is not gzipped, for readers that want one; else None."""
        if not isinstance(self.place, FilePlace):
            return None
        with self.place.raw("") as stream:
            return None if stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC else self.place.path

    def narrow(self, member: str) -> Input:
        """One member as an input of its own, which behaves like a bare file and remembers its name."""
        if self.kind == "file":
            return self
        name = f"{self.member}/{member}" if self.member else member
        return Input(self.path, ("",), "file", name, place=MemberPlace(self.place, member))

    def beside(self, name: str) -> Input | None:
        """The file `name` in the same folder or ZIP as this file, as an input; None when there is none."""
        if self.kind != "file":
            return None
        try:
            place = self.place.beside(name)
            place.size("")
        except ReadError:
            return None
        folder, slash, _ = (self.member or self.path).rpartition("/")
        shown = f"{folder}{slash}{name}"
        path, member = (self.path, shown) if self.member else (shown, None)
        return Input(path, ("",), "file", member, place=place)


def inputs(
    path: Path, shown: str, is_bundle: Callable[[Input], bool], met: set[str] | None = None
) -> Iterator[Input | ReadProblem]:
    """Everything to read at `path`, in a stable order, and a problem for each thing that cannot be read.

    A folder or ZIP that `is_bundle` claims is one input; otherwise each file within, hidden ones and
    `__MACOSX` left out. A ZIP is opened in a folder and once within another ZIP, never deeper; a TAR is read as
    its files, and no box within it is opened. A folder to
    which links lead is read once; `met` holds the real paths of folders met before, and gets those met now.
    """
    yield from _entries(path, shown, is_bundle, set() if met is None else met)


def _entries(
    path: Path, shown: str, is_bundle: Callable[[Input], bool], met: set[str]
) -> Iterator[Input | ReadProblem]:
    try:
        if not path.is_dir():
            yield from _file(path, shown, is_bundle)
        elif (real := os.path.realpath(path)) in met:
            yield _again(shown)
        else:
            met.add(real)
            yield from _folder(path, shown, is_bundle, met)
    except ReadError as error:
        yield error.problem()
    except OSError as error:
        yield os_error(error, shown).problem()


def _again(shown: str) -> ReadProblem:
    return ReadProblem(
        shown,
        None,
        None,
        "folder_again",
        "is a folder that was met before under another name, and was not read again: a link leads to it.",
        "Remove the link, or name the folders that matter.",
    )


def _folder(path: Path, shown: str, is_bundle: Callable[[Input], bool], met: set[str]) -> Iterator[Input | ReadProblem]:
    whole, _ = _whole(path, shown)
    if is_bundle(whole):
        yield whole
        return
    for child in sorted(path.iterdir()):
        if not is_hidden(child.name):
            yield from _entries(child, f"{shown.rstrip('/')}/{printable(child.name)}", is_bundle, met)


def _file(path: Path, shown: str, is_bundle: Callable[[Input], bool]) -> Iterator[Input | ReadProblem]:
    whole, problems = _whole(path, shown)
    yield from problems
    if isinstance(whole.place, ZipPlace):
        yield from _zip(whole, whole.place.archive, is_bundle)
    elif isinstance(whole.place, TarPlace) and not is_bundle(whole):
        yield from map(whole.narrow, whole.members)
    else:
        yield whole


def _zip(whole: Input, archive: Archive, is_bundle: Callable[[Input], bool]) -> Iterator[Input | ReadProblem]:
    if is_bundle(whole):
        yield whole
        return
    for member in whole.members:
        try:
            yield from _nested(whole, archive, member, is_bundle)
        except ReadError as error:
            yield error.problem()


def _nested(
    whole: Input, archive: Archive, member: str, is_bundle: Callable[[Input], bool]
) -> Iterator[Input | ReadProblem]:
    narrowed = whole.narrow(member)
    if not is_zip(narrowed.head(size=8)):
        yield narrowed
        return
    if archive.nested or archive.size(member) > NESTED_BYTES:
        document = archive.size(member) <= NESTED_BYTES and is_document(_within(archive, member))
        yield narrowed if document else _refused(narrowed, archive)
        return
    inner = _within(archive, member)
    if is_document(inner):
        yield narrowed
        return
    names, problems = survey(inner)
    yield from problems
    place = ZipPlace(inner)
    yield from _zip(Input(whole.path, _kept(names), "zip", member, place=place), inner, is_bundle)


def _within(archive: Archive, member: str) -> Archive:
    return Archive(archive.path, archive.shown, (archive, member))


def _refused(narrowed: Input, archive: Archive) -> ReadProblem:
    limit = f"larger than {NESTED_BYTES >> 30} GiB"
    why = "lies two ZIPs deep" if archive.nested else limit
    return ReadProblem(
        narrowed.path,
        narrowed.member,
        None,
        "zip_nested",
        f"is a ZIP within a ZIP, {why}, and was not opened.",
        "Unpack the outer ZIP and name the folder instead.",
    )


def _whole(path: Path, shown: str) -> tuple[Input, list[ReadProblem]]:
    """The input at `path` with all its members, and the problems of members that were refused."""
    if path.is_dir():
        place = FolderPlace(path, shown)
        return Input(shown, tuple(walk(path)), "folder", place=place), []
    file = FilePlace(path, shown)
    if not path.is_file():
        raise _no_file(path, shown)
    with file.raw("") as stream:
        head = stream.read(8)
    if is_zip(head):
        archive = Archive(path, shown)
        if not is_document(archive):
            names, problems = survey(archive)
            return Input(shown, _kept(names), "zip", place=ZipPlace(archive)), problems
    elif is_tar(file):
        tar, problems = survey_tar(file)
        return Input(shown, _kept(tuple(sorted(tar.sizes))), "zip", place=tar), problems
    return Input(shown, ("",), "file", place=file), []


def _no_file(path: Path, shown: str) -> ReadError:
    if path.exists():
        what, code = "is not a regular file (a device or a pipe).", "not_a_file"
    elif path.is_symlink():
        what, code = "is a link that leads nowhere.", "not_found"
    else:
        what, code = "does not exist.", "not_found"
    return ReadError(shown, what, mend="Check the path in the configuration.", code=code)


def _kept(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not any(is_hidden(part) for part in name.split("/")))


def _digest(stream: BufferedReader) -> str:
    with stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def in_memory(input: Input, member: str, limit: int) -> io.BytesIO:
    """All bytes of a member, for readers that jump about in a file. Raises ReadError past `limit` bytes."""
    with input.open(member) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(
            input.path,
            f"holds more than {limit >> 20} MiB in a format that cannot be read piece by piece.",
            mend="Export it as CSV, or in parts.",
            code="too_large",
            member=member or input.member,
        )
    return io.BytesIO(data)
