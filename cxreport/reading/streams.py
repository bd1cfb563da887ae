"""Byte streams that inflate gzip, stop bombs and speak of damage as `ReadError`."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from io import BufferedReader
from typing import Protocol

from .problems import ReadError, os_error

INFLATION = 200
"""A container may be this many times larger inside than outside …"""
INFLATED_BYTES = 4 * 1024**3
"""… or this large; past both it is refused as a decompression bomb."""
GZIP_MAGIC = b"\x1f\x8b\x08"
_BUFFER = 1 << 18
_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile, zipfile.LargeZipFile)


def is_bomb(inside: int, outside: int) -> bool:
    """Whether `inside` bytes are too many to come out of `outside` bytes."""
    return inside > INFLATED_BYTES and inside > INFLATION * max(outside, 1)


class Reads(Protocol):
    """What gives bytes piece by piece, so that damage costs one piece and not a whole chunk."""

    def read1(self, size: int, /) -> bytes:
        """Up to `size` bytes with at most one read beneath; nothing at the end."""

    def close(self) -> None:
        """Let go of what is beneath."""


class GuardedStream(io.RawIOBase):
    """A read-only stream that turns every failure of `inner` into a `ReadError` naming the file.

    `packed` is the size of the packed bytes when `inner` inflates them; reading past the bomb limit fails.
    """

    def __init__(self, inner: Reads, where: str, member: str | None, packed: int | None = None) -> None:
        self._inner, self._where, self._member = inner, where, member
        self._packed, self._read = packed, 0

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`; raises ReadError for damaged, encrypted or exploding data."""
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        self._read += len(data)
        if self._packed is not None and is_bomb(self._read, self._packed):
            raise bomb(self._where, self._member)
        return len(data)

    def _next(self, size: int) -> bytes:
        try:
            return self._inner.read1(size)
        except _DAMAGE as error:
            raise damaged(self._where, self._member, error) from error
        except OSError as error:
            raise os_error(error, self._where, self._member) from error

    def close(self) -> None:
        """Close the inner stream too."""
        if not self.closed:
            self._inner.close()
        super().close()


def plain(inner: Reads, where: str, member: str | None = None) -> BufferedReader:
    """`inner` buffered and guarded, its bytes as they are."""
    return io.BufferedReader(GuardedStream(inner, where, member), _BUFFER)


def guarded(inner: Reads, where: str, member: str | None, packed: int) -> BufferedReader:
    """`inner` buffered and guarded; gzip is recognised by its magic bytes and inflated on the way.

    A file merely called `.gz` is read as what it is. Raises ReadError here or while reading.
    """
    stream = plain(inner, where, member)
    if stream.peek(len(GZIP_MAGIC))[: len(GZIP_MAGIC)] != GZIP_MAGIC:
        return stream
    inflated = gzip.GzipFile(fileobj=stream, mode="rb")
    outer = GuardedStream(_Chained(inflated, stream), where, member, packed)
    return io.BufferedReader(outer, _BUFFER)


class _Chained:
    """A gzip stream that closes the stream beneath it as well."""

    def __init__(self, inflated: gzip.GzipFile, beneath: BufferedReader) -> None:
        self._inflated, self._beneath = inflated, beneath

    def read1(self, size: int, /) -> bytes:
        return self._inflated.read1(size)

    def close(self) -> None:
        self._inflated.close()
        self._beneath.close()


def bomb(where: str, member: str | None = None) -> ReadError:
    """Refusal of a container that grows without measure."""
    return ReadError(
        where,
        f"unpacks to more than {INFLATION} times its size and more than {INFLATED_BYTES >> 30} GiB.",
        "It looks like a decompression bomb and was not read.",
        "If it is sound, unpack it yourself and name the folder instead.",
        code="inflates_too_much",
        member=member,
    )


def damaged(where: str, member: str | None, error: Exception) -> ReadError:
    """A packed file that is cut short or broken inside."""
    cut = isinstance(error, EOFError)
    what = "is cut short: its packed data ends too early." if cut else f"is damaged inside ({error})."
    return ReadError(
        where,
        what,
        "What follows the damage cannot be recovered.",
        "Download or copy the file again.",
        code="truncated" if cut else "damaged",
        member=member,
    )
