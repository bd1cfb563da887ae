"""Cards and bank accounts, however they are grouped: their check digits make sure of them.

A number that people part by hyphens, dots, narrow spaces or nothing, or glue to a word, is the same number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

ACCOUNT = (
    r"\d{4}[\W_]{1,3}\d{4}[\W_]{1,3}\d{4}|\d{4}[\W_]{1,3}\d{6}[\W_]{1,3}\d{4}"
    r"|[A-Za-z]{2}[\W_]{0,2}\d{2}[\W_]{0,2}[A-Za-z]{0,4}[\W_]{0,2}\d(?:[\W_]{0,2}[A-Za-z]?\d){5}"
)
"""Texts worth a closer look, besides those with an unbroken run of digits (Rust regex)."""
CARD_GROUPS = {
    (12,), (13,), (14,), (15,), (16,), (19,), (4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (8, 8), (6, 13),
}  # fmt: skip
"""How the digits of cards are grouped."""
ISSUERS = re.compile(r"2[2-7]|3[04-9]|[456]")
"""How card numbers begin (ISO/IEC 7812) where they are grouped or glued to a word; years do not."""
USUAL = (15, 16, 19)
"""Digits of cards that may be grouped or glued to a word; other numbers often are shorter."""
MAESTRO = ("5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763")
"""Card numbers of twelve digits begin so; other runs of twelve are telephones."""
LENGTHS = """
    AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
    FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21
    LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22
    RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
"""
"""Characters of an IBAN by country (ISO 13616, registry of SWIFT)."""
_LENGTH = {entry[:2]: int(entry[2:]) for entry in LENGTHS.split()}
_GROUP = re.compile(r"\d+")
_GAP = re.compile(r"[\W_]{1,3}")
_ACCOUNT = re.compile(r"(?=([A-Z]{2})[\W_]{0,2}\d{2}[\W_]{0,2}[A-Z]{0,4}[\W_]{0,2}\d)", re.IGNORECASE)
_SIGN = re.compile(r"[A-Z0-9]", re.IGNORECASE)
_WIDEST = 3
"""Characters between two of an account: more, and they do not belong together."""


class Span(NamedTuple):
    """A stretch of text and what it is."""

    start: int
    end: int
    kind: str


def cards(text: str) -> Iterator[Span]:
    """Card numbers whose groups look like one, in order."""
    groups = [match.span() for match in _GROUP.finditer(text)]
    at = 0
    while at < len(groups):
        size = next((n for n in (5, 4, 3, 2, 1) if _card_at(text, groups[at : at + n], n)), 0)
        if size:
            yield Span(groups[at][0], groups[at + size - 1][1], "card")
        at += size or 1


def _card_at(text: str, groups: list[tuple[int, int]], size: int) -> bool:
    if tuple(end - start for start, end in groups) not in CARD_GROUPS or len(groups) != size:
        return False
    if not all(_GAP.fullmatch(text, one[1], two[0]) for one, two in pairwise(groups)):
        return False
    digits = "".join(text[start:end] for start, end in groups)
    plain = size == 1 and not text[: groups[0][0]][-1:].isalpha()
    return is_card(digits) and (plain or (len(digits) in USUAL and ISSUERS.match(digits) is not None))


def is_card(digits: str) -> bool:
    """Whether digits have the length and the check digit of a card number."""
    fits = 13 <= len(digits) <= 19 or (len(digits) == 12 and digits.startswith(MAESTRO))
    return fits and len(set(digits)) > 1 and luhn(digits)


def ibans(text: str) -> Iterator[Span]:
    """International bank account numbers, in order."""
    end = 0
    for match in _ACCOUNT.finditer(text):
        length = _LENGTH.get(match[1].upper(), 0)
        signs = _signs(text, match.start(), length) if length and match.start() >= end else []
        if len(signs) == length > 0 and mod97("".join(text[i] for i in signs)):
            end = signs[-1] + 1
            yield Span(match.start(), end, "iban")


def _signs(text: str, start: int, length: int) -> list[int]:
    """Places of the letters and digits from `start`, up to `length`, as far as they stand together."""
    places = [m.start() for m in _SIGN.finditer(text, start, start + _WIDEST * length)][:length]
    together = all(two - one <= _WIDEST for one, two in pairwise(places))
    return places if together and not text[places[-1] + 1 : places[-1] + 2].isdigit() else []


def luhn(digits: str) -> bool:
    """Whether the check digit of a card number holds (ISO/IEC 7812-1 annex B)."""
    doubled = [int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def mod97(iban: str) -> bool:
    """Whether the check digits of an IBAN without separators hold (ISO 13616)."""
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1
