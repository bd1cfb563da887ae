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
_UTF_8 = ("utf-8", "utf-8-sig")
_MARK = "\ufffd".encode()
_NUL_REPLACED = {0: "\ufffd"}

Piece = str | bytes
"""Text with `\n` line ends, or bytes that are text in UTF-8 or nearly so, with line ends as they are."""


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
        return map(self.text, self.pieces())

    def pieces(self) -> Iterator[Piece]:
        """The same, not decoded while it is UTF-8 in lines: then a piece is the bytes of whole lines, as they are.

        `text` decodes a piece and counts what is wrong in it; who reads the bytes themselves must refuse what is
        not UTF-8. The very last piece of bytes may lack its line end.
        """
        chunks, begun = self._bytes(), b""
        marks = 1 + (self._name == "utf-8-sig")
        for chunk in chunks:
            if self._is_open and not chunk.isascii():
                self._decide(chunk)
            end = chunk.rfind(b"\n") + 1
            if self._name not in _UTF_8 or not end:
                texts = self._translated(self._decoded(itertools.chain([begun + chunk], chunks)))
                yield from _unmarked(texts) if marks else texts
                return
            piece = begun + chunk[:end]
            for _ in range(marks):
                piece = piece.removeprefix(codecs.BOM_UTF8)
            yield piece
            begun, marks = chunk[end:], 0
        if begun:
            yield begun

    def text(self, piece: Piece) -> str:
        """A piece decoded, its line ends `\n`."""
        if isinstance(piece, str):
            return piece
        text = piece.decode("utf-8", "replace")
        marks = text.count("\ufffd")
        if marks:
            self.replaced += marks - piece.count(_MARK)
        text = self._shown(text)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def stretches(self) -> Iterator[Piece]:
        """Pieces of whole lines with their `\n`; the very last may lack it.

        A line past `LINE_CHARS` is cut to that length and counted in `cut_lines`.
        """
        held: list[str] = []
        length = 0
        for piece in self.pieces():
            if isinstance(piece, bytes):
                yield piece
                continue
            head, newline, rest = piece.partition("\n")
            if length <= LINE_CHARS:
                held.append(head + newline)
            length += len(head) + len(newline)
            if newline:
                end = rest.rfind("\n") + 1
                yield self._line(held, length) + rest[:end]
                held, length = [rest[end:]], len(rest) - end
        if length:
            yield self._line(held, length)

    def blocks(self) -> Iterator[list[str]]:
        """The lines of each of the `stretches`."""
        return map(lines_of, map(self.text, self.stretches()))

    def lines(self) -> Iterator[str]:
        """The lines of `blocks`, one by one."""
        return itertools.chain.from_iterable(self.blocks())

    def _line(self, parts: list[str], length: int) -> str:
        text = "".join(parts)
        if length <= LINE_CHARS + 1:
            return text
        self.cut_lines += 1
        return text[:LINE_CHARS] + "\n"

    def _shown(self, text: str) -> str:
        """The text with its NUL characters, which are counted, replaced."""
        nuls = text.count("\0")
        self.replaced += nuls
        return text.translate(_NUL_REPLACED) if nuls else text

    def _translated(self, texts: Iterator[str]) -> Iterator[str]:
        newlines = io.IncrementalNewlineDecoder(None, translate=True)
        for text in texts:
            chunk = newlines.decode(self._shown(text))
            if chunk:
                yield chunk
        rest = newlines.decode("", final=True)
        if rest:
            yield rest

    def _decoded(self, chunks: Iterator[bytes]) -> Iterator[str]:
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
        return data.count(_MARK) if self._name in _UTF_8 else 0

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


def joined(pieces: Iterator[Piece], size: int) -> Iterator[Piece]:
    """The first piece alone, then as many at a time as have more than `size` bytes; text as it comes."""
    held: list[bytes] = []
    damage: ReadError | None = None
    wanted = 0
    try:
        for piece in pieces:
            if isinstance(piece, bytes):
                held.append(piece)
            if held and (isinstance(piece, str) or sum(map(len, held)) > wanted):
                yield b"".join(held)
                held, wanted = [], size
            if isinstance(piece, str):
                yield piece
    except ReadError as error:
        damage = error
    if held:
        yield b"".join(held)
    if damage is not None:
        raise damage


def lines_of(text: str) -> list[str]:
    """The lines of a text with their `\n`; the last may lack it."""
    return io.StringIO(text, newline="\n").readlines()


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
