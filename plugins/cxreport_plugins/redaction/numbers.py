"""Numbers that identify a person: cards, bank accounts, addresses of machines, telephones.

The slow, careful half of redaction: it sees only texts that hold a long run of digits or something shaped
like an account or address, and checks what it finds (Luhn, ISO 13616 modulo 97, octets, dates).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from cxreport.api import reading

Span = reading.Span

CANDIDATE = (
    r"\d[\d \t\u{a0}\u{202f}().\-/]{5,}\d"
    rf"|{reading.ACCOUNT}"
    r"|[A-Z]{2}\d{6}[A-D]"
    r"|(?i:[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,})"
)
"""Texts worth a closer look (Rust regex)."""


IPV4 = re.compile(r"(?<![\d.])(?<!v)(?<!version )\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)", re.IGNORECASE)
IPV6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
NATIONAL_ID = re.compile(
    r"(?<![\d\-])(?!000|666|9)\d{3}-\d{2}-\d{4}(?![\d\-])"
    r"|\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D]\b"
    r"|(?<![\d.\-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\d\-])"
    r"|(?<![\d\-])\d{3}-\d{3}-\d{3} \d{2}(?![\d\-])"
    r"|(?<![\d\-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-\d{4}(?![\d\-])"
)
"""By form alone: social security (US), national insurance (UK), CPF (Brazil), SNILS (Russia), CPR (Denmark)."""
DNI = re.compile(r"\b(\d{8})[ \-]?([A-Z])\b")
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
"""Letter of a Spanish identity number by its remainder modulo 23."""
RUN = re.compile(
    r"(?<!\w)(?<!\d[.,])[+(]{0,2}\d(?:[\d \t\u00a0\u202f().\-/]*\d)?(?=\W|$|[xX]\d|ext)"
    r"(?: ?(?:x|ext\.?) ?\d{1,6}\b)?",
    re.IGNORECASE,
)
DATES = re.compile(
    r"(?<!\d)(?:"
    r"(?:19|20)\d\d[.\-/](?:0?[1-9]|1[0-2])[.\-/](?:[12]\d|3[01]|0?[1-9])"
    r"|(?:[12]\d|3[01]|0?[1-9])[.\-/](?:[12]\d|3[01]|0?[1-9])[.\-/](?:19|20)?\d\d"
    r"|(?:19|20)\d\d ?[\-/] ?(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[12]\d|3[01]|0[1-9])"
    r"|[0-2]?\d\.[0-5]\d ?- ?[0-2]?\d\.[0-5]\d"
    r")(?!\d)"
)
MONEY_BEFORE = re.compile(r"(?:[$€£¥₽₴₸]|\b(?:usd|eur|gbp|chf|rub|rs|r\$))\.?\s?$", re.IGNORECASE)
MONEY_AFTER = re.compile(r"\s?(?:[$€£¥₽₴₸%]|(?:usd|eur|gbp|chf|rub|руб|р|kr|zł|млн|тыс)\b)", re.IGNORECASE)
EXTENSION = re.compile(r"\s*(?:x|ext)", re.IGNORECASE)
PHONE_CUE = re.compile(
    r"\b(?:call|phone|tel|text|mobile|cell|fax|whats ?app|anruf\w*|telefon\w*|handy|ll[aá]m\w*|lig\w+|"
    r"appel\w*|chiam\w*|ring|тел|звон\w*|позвон\w*|номер)\b[^\d]*$",
    re.IGNORECASE,
)
MASKED = "\ue000"
"""Stands for what is masked already, so that it parts the numbers beside it."""


def spans(text: str) -> list[Span]:
    """Stretches of `text` to mask, in order and without overlap; the more certain kind wins."""
    found: list[Span] = []
    for search in (reading.ibans, reading.cards, _addresses, _ids, _runs):
        fresh = list(search(text))
        for span in fresh:
            text = text[: span.start] + MASKED * (span.end - span.start) + text[span.end :]
        found += fresh
    return sorted(found)


def _addresses(text: str) -> Iterator[Span]:
    for match in (*IPV4.finditer(text), *IPV6.finditer(text)):
        try:
            ipaddress.ip_address(match.group())
        except ValueError:
            continue
        if match.group().strip(":"):
            yield Span(match.start(), match.end(), "ip")


def _ids(text: str) -> Iterator[Span]:
    for match in NATIONAL_ID.finditer(text):
        yield Span(match.start(), match.end(), "id")
    for match in DNI.finditer(text):
        if DNI_LETTERS[int(match[1]) % len(DNI_LETTERS)] == match[2]:
            yield Span(match.start(), match.end(), "id")


def _runs(text: str) -> Iterator[Span]:
    for match in RUN.finditer(text):
        for start, end in _without_dates(match):
            if kind := _kind_of_run(text, start, end):
                yield Span(start, end, kind)


def _without_dates(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a run before, between and after its dates."""
    at = run.start()
    for date in DATES.finditer(run.group()):
        yield from _trimmed(run.string, at, run.start() + date.start())
        at = run.start() + date.end()
    yield from _trimmed(run.string, at, run.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and not (text[start].isdigit() or text[start] in "+("):
        start += 1
    while end > start and not text[end - 1].isdigit():
        end -= 1
    if start < end:
        yield start, end


def _kind_of_run(text: str, start: int, end: int) -> str | None:
    run = EXTENSION.split(text[start:end])[0]
    digits = re.sub(r"\D", "", run)
    if len(digits) < 7 or _is_money(text, start, end):
        return None
    if not run.startswith("+") and reading.is_card(digits):
        return "card"
    if _is_phone(run, text[max(0, start - 24) : start]):
        return "phone"
    return "number" if len(digits) >= 9 else None


def _is_money(text: str, start: int, end: int) -> bool:
    return bool(MONEY_BEFORE.search(text[max(0, start - 6) : start]) or MONEY_AFTER.match(text[end : end + 6]))


def _is_phone(run: str, before: str) -> bool:
    """7 to 15 digits (ITU-T E.164), grouped as people write telephones; unbroken only 9 to 12, or after +."""
    groups = re.findall(r"\d+", run)
    total = sum(map(len, groups))
    if not 7 <= total <= 15:
        return False
    if run.startswith("+") or PHONE_CUE.search(before):
        return True
    if len(groups) == 1:
        return 9 <= total <= 12
    return _grouped_like_phone(re.findall(r"\D+", run.strip("()+")), groups, total)


def _grouped_like_phone(gaps: list[str], groups: list[str], total: int) -> bool:
    sizes = [len(group) for group in groups]
    if max(map(len, gaps)) > 3 or len(groups) > 7:
        return False
    if set(sizes) <= {1, 2}:  # 60-56-85-91, 03.93.92.16.85
        return len(groups) in (4, 5) and len(set(gaps)) == 1 and sizes[-1] == 2
    if total < 9:  # two numbers side by side are mostly a street and a house
        return len(groups) > 2 or (sizes in ([3, 4], [4, 4]) and gaps[0].strip() != "")
    return len(groups) > 2 or total >= 10 or gaps[0].strip() != ""
