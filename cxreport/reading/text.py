"""Decoded text as a stream: one encoding, `\\n` line ends, bounded memory, every replacement counted."""

from __future__ import annotations

import codecs
import io
import itertools
from collections.abc import Iterator
from io import BufferedReader
from types import TracebackType

from .containers import Input
from .encodings import Encoding, decode
from .problems import ReadError

LOOK_BYTES = 8 << 20
"""Bytes looked at to decide the encoding; smaller files are looked at whole."""
LINE_CHARS = 32 << 20
"""A longer line is cut here; `TextStream.cut_lines` counts how often."""
_CHUNK = 1 << 20
_NUL_REPLACED = {0: "\ufffd"}


class TextStream:
    """The text of one member, in chunks. Iterate once; `encoding` is final when the iteration has ended.

    CRLF and CR become LF. Bytes that the encoding cannot decode, and NUL characters, become U+FFFD and are
    counted in `encoding.replaced`. If a file was plain ASCII as far as it was looked at, its encoding is
    decided again at the first byte that is not, so a late `é` of cp1252 is read, not replaced.
    """

    def __init__(self, stream: BufferedReader, encoding: str | Encoding | None = None) -> None:
        self._stream = stream
        self._failure: ReadError | None = None
        self._look = b"".join(self._beginning())
        found = encoding if isinstance(encoding, Encoding) else decode(self._look, encoding)
        self._name, self._how, self.replaced = found.name, found.how, 0
        self._is_open = found.how == "utf-8" and self._look.isascii()
        self.cut_lines = 0

    def __enter__(self) -> TextStream:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the bytes beneath."""
        self._stream.close()

    @property
    def encoding(self) -> Encoding:
        """The encoding, with the replacements made so far."""
        how = "replaced" if self._how == "utf-8" and self.replaced else self._how
        return Encoding(self._name, how, self.replaced)

    def __iter__(self) -> Iterator[str]:
        """Decoded chunks of about a million characters. Raises ReadError for damaged packed files."""
        newlines = io.IncrementalNewlineDecoder(None, translate=True)
        for text in _unmarked(self._decoded()):
            clean = text.translate(_NUL_REPLACED) if self._count(text) else text
            chunk = newlines.decode(clean)
            if chunk:
                yield chunk
        rest = newlines.decode("", final=True)
        if rest:
            yield rest

    def blocks(self) -> Iterator[list[str]]:
        """Lines with their `\n`, a chunk of them at a time; the very last may lack it.

        A line past `LINE_CHARS` is cut to that length and counted in `cut_lines`.
        """
        held: list[str] = []
        length = 0
        for chunk in self:
            lines = io.StringIO(chunk, newline="\n").readlines()
            if length:
                if length <= LINE_CHARS:
                    held.append(lines[0])
                length += len(lines[0])
                if not lines[0].endswith("\n"):
                    continue
                lines[0], held, length = self._line(held, length), [], 0
            if not lines[-1].endswith("\n"):
                held = [lines.pop()]
                length = len(held[0])
            if lines:
                yield lines
        if held:
            yield [self._line(held, length)]

    def lines(self) -> Iterator[str]:
        """The lines of `blocks`, one by one."""
        return itertools.chain.from_iterable(self.blocks())

    def _line(self, parts: list[str], length: int) -> str:
        text = "".join(parts)
        if length <= LINE_CHARS + 1:
            return text
        self.cut_lines += 1
        return text[:LINE_CHARS] + "\n"

    def _count(self, text: str) -> bool:
        nuls = text.count("\0")
        self.replaced += nuls
        return nuls > 0

    def _decoded(self) -> Iterator[str]:
        chunks = self._bytes()
        for chunk in chunks:
            if self._is_open and not chunk.isascii():
                self._decide(chunk)
            if not self._is_open:
                yield from self._rest(chunk, chunks)
                return
            yield chunk.decode("ascii")

    def _decide(self, chunk: bytes) -> None:
        """The first byte that is not ASCII comes late: decide with what stands around it."""
        found = decode(chunk)
        self._is_open = False
        if found.how == "detected":
            self._name, self._how = found.name, found.how

    def _rest(self, first: bytes, chunks: Iterator[bytes]) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._name)("replace")
        carry = b""
        chunk = first
        while chunk:
            text = decoder.decode(chunk)
            marks = text.count("\ufffd")
            if marks:
                self.replaced += marks - self._genuine(carry + chunk)
            carry = (carry + chunk[-2:])[-2:]
            yield text
            chunk = next(chunks, b"")
        text = decoder.decode(b"", final=True)
        self.replaced += text.count("\ufffd")
        yield text

    def _genuine(self, data: bytes) -> int:
        """U+FFFD that the file itself holds, which is no damage done here."""
        return data.count(b"\xef\xbf\xbd") if self._name in ("utf-8", "utf-8-sig") else 0

    def _beginning(self) -> Iterator[bytes]:
        """The bytes to look at. Damage after some sound bytes is kept for when those have been read."""
        size = 0
        try:
            while size < LOOK_BYTES and (part := self._stream.read1(_CHUNK)):
                size += len(part)
                yield part
        except ReadError as error:
            if not size:
                raise
            self._failure = error

    def _bytes(self) -> Iterator[bytes]:
        look, self._look = self._look, b""
        for start in range(0, len(look), _CHUNK):
            yield look[start : start + _CHUNK]
        if self._failure is not None:
            raise self._failure
        while chunk := self._stream.read1(_CHUNK):
            yield chunk


def _unmarked(texts: Iterator[str]) -> Iterator[str]:
    """The texts without a byte order mark that an overridden encoding left at the beginning."""
    for text in itertools.islice(texts, 1):
        yield text.removeprefix("\ufeff")
    yield from texts


def open_text(input: Input, member: str = "", encoding: str | Encoding | None = None) -> TextStream:
    """The text of a member. Raises ReadError.

    `encoding` as a name overrides what the bytes say; as an `Encoding` it is what was found on them before.
    """
    stream = input.open(member)
    try:
        return TextStream(stream, encoding)
    except ReadError:
        stream.close()
        raise
