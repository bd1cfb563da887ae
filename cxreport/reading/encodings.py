"""Which encoding a file is in: the order of evidence, and what each step means.

BOM → NUL bytes of UTF-16 without BOM → strict UTF-8 → UTF-8 with damage → chardet among the encodings that
exports really come in. Nothing is ever dropped: what cannot be decoded becomes U+FFFD and is counted.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

import chardet

from .problems import ReadError

How = Literal["bom", "nul-pattern", "utf-8", "detected", "replaced", "override"]

CANDIDATES = (
    "cp1252",
    "cp1250",
    "cp1251",
    "mac_roman",
    "shift_jis",
    "gb18030",
    "euc-kr",
    "big5",
    "iso-8859-15",
)
"""Encodings that feedback exports were found in, besides UTF-8 and UTF-16."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL_LOOK = 400
_HIGH = re.compile(rb"[\x80-\xff][^\r\n]{0,200}")
_DETECT_BYTES = 100_000
_CONTEXT = 200
_LOOK_TEXT = 20_000
_SINGLE_BYTE = ("cp1252", "cp1250", "cp1251", "mac-roman", "iso8859-15")
_IMPLAUSIBLE = re.compile(
    r"[a-zß-öø-ÿа-яё](?=[À-ÖØ-ÞŠŒŽŸĄĆĘŁŃŚŹŻČĎĚŇŘŤŮА-ЯЁ])"  # a capital inside a word
    r"|[A-Za-z](?=[\u0400-\u04ff])|[\u0400-\u04ff](?=[A-Za-z])"  # two scripts in one word
    r"|[A-Za-z](?=[ˆ˜¨¸˝˛ˇ˘˙˚◊ﬁﬂ∂∑∏π∫Ωƒ≈∆√∞‰†‡¤¦¬¶§±¥¢Δ])"  # a sign inside a word
    r"|[\x80-\x9f\ufffd]"  # a byte that the encoding does not use
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding, how it was found, and how many sequences it could not decode (shown as U+FFFD)."""

    name: str
    how: How
    replaced: int = 0


def decode(data: bytes, override: str | None = None) -> Encoding:
    """The encoding of `data`, the beginning of a file or all of it; a character cut at its end is no damage.

    UTF-8 that fails in places is taken for damaged UTF-8 when sound multi-byte characters outnumber the
    broken ones two to one; otherwise the non-ASCII lines are shown to chardet, whose choice is checked for
    capitals, signs and foreign scripts inside words. Raises ReadError for an unknown `override`.
    """
    if override is not None:
        name = known(override)
        return Encoding(name, "override", _replaced(data, name))
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Encoding(name, "bom", _replaced(data, name))
    wide = _wide(data)
    if wide is not None:
        return Encoding(wide, "nul-pattern", _replaced(data, wide))
    return _narrow(data)


def known(name: str) -> str:
    """The codec's own name for an encoding given by a person; raises ReadError when there is none."""
    try:
        info = codecs.lookup(name)
        "".encode(info.name)  # refuses codecs that are not text encodings, such as hex or zip
    except (LookupError, ValueError) as error:
        raise ReadError(
            "encoding",
            f"{name!r} is no text encoding.",
            mend=f"Write utf-8, utf-16 or one of {', '.join(CANDIDATES)}.",
            code="unknown_encoding",
        ) from error
    return info.name


def _wide(data: bytes) -> str | None:
    look = data[:_NUL_LOOK]
    even, odd = look[::2].count(0), look[1::2].count(0)
    if len(look) < 4 or 4 * (even + odd) < len(look) or max(even, odd) < 4 * min(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _narrow(data: bytes) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        pass
    else:
        return Encoding("utf-8", "utf-8")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    if sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", text))) >= 2 * broken:
        return Encoding("utf-8", "replaced", broken)
    name = _detected(_telling(data), mac=b"\r" in data and b"\n" not in data)
    return Encoding(name, "detected", _replaced(data, name))


def _telling(data: bytes) -> bytes:
    """The parts of lines that are not ASCII, with what stands before them, up to `_DETECT_BYTES`."""
    parts: list[bytes] = []
    end = size = 0
    for match in _HIGH.finditer(data):
        before = data[max(end, match.start() - _CONTEXT) : match.start()]
        parts.append(re.split(rb"[\r\n]", before)[-1] + match[0])
        end, size = match.end(), size + len(parts[-1])
        if size > _DETECT_BYTES:
            break
    return b"\n".join(parts)


def _detected(lines: bytes, *, mac: bool) -> str:
    """chardet's first choice; among single-byte encodings the one of its choices that reads most sensibly.

    Lines that end in CR alone were written by Excel on a Mac: then MacRoman has the benefit of the doubt.
    """
    ranked = chardet.detect_all(lines, ignore_threshold=True, include_encodings=list(CANDIDATES))
    names = [codecs.lookup(str(found["encoding"] or "cp1252")).name for found in ranked]
    if names and names[0] not in _SINGLE_BYTE:
        return names[0]
    rivals = dict.fromkeys([*(name for name in names if name in _SINGLE_BYTE), "cp1252", "mac-roman"])
    oddities = {name: _oddities(lines, name) for name in rivals}
    best = min(oddities, key=oddities.__getitem__)
    return "mac-roman" if mac and oddities["mac-roman"] <= 2 * oddities[best] + 2 else best


def _oddities(lines: bytes, name: str) -> int:
    return len(_IMPLAUSIBLE.findall(lines[:_LOOK_TEXT].decode(name, "replace")))


def _replaced(data: bytes, name: str) -> int:
    decoder = codecs.getincrementaldecoder(name)("replace")
    return decoder.decode(data).count("\ufffd")
