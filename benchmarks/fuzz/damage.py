"""Damage to bytes: what disks, transfers, editors and spreadsheets do to files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

Damage = Callable[[Random, bytes, bytes], bytes]
"""From dice, the bytes of a file and those of another one, the bytes that a person hands in."""
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ENCODINGS: Final = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1251", "cp1252", "mac_roman",
                     "shift_jis", "gb18030", "latin-1", "cp037")  # fmt: skip
_LINE_ENDS: Final = ("\r", "\r\n", "\n\n", "\n\r", "\x0b", "\x85", "\u2028", "", " ")
_DELIMITERS: Final = b",;\t|"
_QUOTES: Final = (b'"', b'""', b"'", b'"""', b"\\", b'\\"', "“".encode(), b'","', b'"\n"')
_ENDLESS: Final = (
    b"[", b'{"a":', b"[{", b"[[[1,", b"<p>", b"<!--", b"<script>", b'"', b'\\"', b"\\", b"\\ud800", b"(", b"x", b" ",
    b"\n", b",", b"@", b"+", b"-", b"0", b"1,", b"&", b"&#1;", b"]]>", b"a@b.", b"http://", b"_", "é".encode(),
)  # fmt: skip
_NUMBERS: Final = (
    b"1e999", b"-1e999", b"1E+17", b"5.70306E+17", b"99999999999999999999999", b"-1", b"0", b"NaN", b"Infinity",
    b"0000-00-00", b"9999-12-31T23:59:60Z", b"-62135596800001", b"253402300800000", b"2026-02-30", b"1,5", b"0x1F",
    b"1" * 5000, b"9" * 400, b"00", b"1_000", "٣".encode(), "１２".encode(), "²".encode(),
)  # fmt: skip


def bits(rng: Random, data: bytes, other: bytes) -> bytes:
    """Some bits flipped."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 40)) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def noise(rng: Random, data: bytes, other: bytes) -> bytes:
    """A stretch overwritten with random bytes."""
    start, end = _stretch(rng, data)
    return data[:start] + rng.randbytes(end - start) + data[end:]


def deleted(rng: Random, data: bytes, other: bytes) -> bytes:
    """A stretch lost."""
    start, end = _stretch(rng, data)
    return data[:start] + data[end:]


def cut(rng: Random, data: bytes, other: bytes) -> bytes:
    """The end lost, or the beginning."""
    at = rng.randrange(len(data) + 1)
    return data[:at] if rng.random() < 0.8 else data[at:]


def repeated(rng: Random, data: bytes, other: bytes) -> bytes:
    """A stretch there again, once or many times."""
    start, end = _stretch(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 2, 30)) + data[end:]


def moved(rng: Random, data: bytes, other: bytes) -> bytes:
    """A stretch in another place."""
    start, end = _stretch(rng, data)
    rest = data[:start] + data[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def spliced(rng: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another, or the other in its middle."""
    at, there = rng.randrange(len(data) + 1), rng.randrange(len(other) + 1)
    return data[:at] + other[there:] + (data[at:] if rng.random() < 0.3 else b"")


def delimiters(rng: Random, data: bytes, other: bytes) -> bytes:
    """Another delimiter, everywhere or here and there."""
    old, new = rng.sample(_DELIMITERS, 2)
    if rng.random() < 0.5:
        return data.replace(bytes([old]), bytes([new]))
    return bytes(new if byte == old and rng.random() < 0.3 else byte for byte in data)


def quotes(rng: Random, data: bytes, other: bytes) -> bytes:
    """Quotes lost, doubled or put where none belong."""
    if rng.random() < 0.4:
        return re.sub(rb'"', lambda _: b'"' if rng.random() < 0.8 else rng.choice(_QUOTES), data)
    return _inserted(rng, data, rng.choice(_QUOTES), rng.choice((1, 1, 5)))


def nuls(rng: Random, data: bytes, other: bytes) -> bytes:
    """NUL bytes put in, a few or a block."""
    return _inserted(rng, data, b"\0" * rng.choice((1, 2, 512)), rng.choice((1, 3, 20)))


def marks(rng: Random, data: bytes, other: bytes) -> bytes:
    """A byte order mark that is not true, twice there, or in the middle."""
    mark = rng.choice(_MARKS)
    return mark + data if rng.random() < 0.5 else _inserted(rng, data, mark, 2)


def encoded(rng: Random, data: bytes, other: bytes) -> bytes:
    """Saved again in another encoding, or with text that the encoding does not hold."""
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(_ENCODINGS), rng.choice(("replace", "xmlcharrefreplace", "ignore")))


def line_ends(rng: Random, data: bytes, other: bytes) -> bytes:
    """Other line ends, everywhere or here and there."""
    new = rng.choice(_LINE_ENDS).encode()
    often = rng.choice((1.0, 0.3))
    return re.sub(rb"\r?\n|\r", lambda found: new if rng.random() < often else found[0], data)


def numbers(rng: Random, data: bytes, other: bytes) -> bytes:
    """Numbers and dates out of all bounds."""
    often = rng.choice((1.0, 0.3, 0.05))
    return re.sub(rb"\d[\d.:T-]*", lambda found: rng.choice(_NUMBERS) if rng.random() < often else found[0], data)


def deep(rng: Random, data: bytes, other: bytes) -> bytes:
    """Something opened without end, or said again and again: what parsers nest and searches run into."""
    opened = rng.choice(_ENDLESS)
    at = rng.randrange(len(data) + 1)
    return data[:at] + opened * rng.choice((10, 300, 20_000)) + data[at:]


DAMAGES: Final[Mapping[str, Damage]] = {
    damage.__name__: damage
    for damage in (bits, noise, deleted, cut, repeated, moved, spliced, delimiters, quotes, nuls, marks, encoded,
                   line_ends, numbers, deep)
}  # fmt: skip


def _stretch(rng: Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 8, 64, 1024)))


def _inserted(rng: Random, data: bytes, what: bytes, times: int) -> bytes:
    for _ in range(times):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + what + data[at:]
    return data
