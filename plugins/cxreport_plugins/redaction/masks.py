"""Masking personal data in columns of text.

Plain kinds (mail, links, handles, reference codes) are Polars expressions; numbers are checked one by one, in
the few texts that hold any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from cxreport_plugins.redaction.numbers import CANDIDATE, spans

DOMAINS = (
    "com|org|net|info|biz|edu|gov|online|site|shop|app|io|co|me|tv|eu|ru|рф|su|by|ua|kz|de|at|ch|uk|ie|fr|be|nl|lu|"
    "es|pt|br|mx|ar|it|gr|dk|se|no|fi|is|pl|cz|sk|hu|ro|bg|si|hr|rs|lt|lv|ee|tr|il|us|ca|au|nz|in|jp|cn|za"
)
"""Endings that make a bare `name.ending` a web address."""
CUES = (
    r"confirmation|booking|reservation|reference|ref|order|ticket|case|claim|locator|pnr|tracking|"
    r"заказ\w*|брон\w+|обращени\w+|buchung\w*|bestell\w*|auftrag\w*|pedido|reserva|commande|réservation|"
    r"ordine|prenotazione|ordre"
)
"""Words before a code that leads to one customer's booking, order or complaint."""
NUMBER_WORDS = r"code|number|num|no|nr|id|номер|№|nummer|número|numéro|numero"
AT = r"(?:@|＠|&#64;|%40|\s?[(\[{]\s?at\s?[)\]}]\s?)"
DOT = r"(?:\.|\s?[(\[{]\s?dot\s?[)\]}]\s?)"
"""How people write the @ and the dots of an address that machines should not read."""
PLAIN = {
    "email": rf"(?i)@?[\p{{L}}\p{{N}}._%+\-]+{AT}[\p{{L}}\p{{N}}\-]+(?:{DOT}[\p{{L}}\p{{N}}\-]+)*"
    rf"{DOT}\p{{L}}{{2,24}}\b|(?-i:[a-z0-9._%+\-]+ @ (?:[a-z0-9\-]+\.)+(?:{DOMAINS}))\b",
    "link": r"(?i)\b(?:https?://|www\.)[^\s<>\"«»“”]+"
    rf"|\b(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+(?:{DOMAINS})\b(?:[/?#][^\s<>\"«»“”]*)?",
    "reference": rf"(?i)\b(?P<cue>(?:{CUES})(?:\s*(?:{NUMBER_WORDS})\b\.?)?"
    r"(?:\s+(?:is|was|ist|es|est))?\s*[:#№]?\s*)"
    r"(?-i:[A-Z0-9\-]*[0-9][A-Z0-9\-]{4,}|[A-Z0-9]{4,}[0-9][A-Z0-9\-]*)\b",
}
"""Kind → pattern (Rust regex), in the order of masking."""
HANDLE = r"(?P<before>^|[^\p{L}\p{N}_@/])@[\p{L}\p{N}_]{2,30}"
KEPT = "\ue000"
"""Stands for the @ or dot of what stays, while the others are masked."""
FRESH = "\ue001"
"""Stands for what was just masked, until it is counted."""
HINT = {
    "email": r"[\w.%+\-]@[\w\-]|[a-z] @ [a-z]|＠|&#64;|%40|[(\[{]\s?(?i:at)\s?[)\]}]",
    "handle": "@",
    "link": r"[^\s.]\.\p{L}|://|(?i:www)\.",
    "reference": r"[A-Z0-9\-]{5,}",
}
"""A pattern without which a kind cannot occur: most texts are spared the longer one."""
COUNTED = ("email", "link", "handle", "reference", "iban", "card", "ip", "id", "phone", "number", "name")
"""Every kind, as labels and tokens have it: `[email]`."""


@dataclass(frozen=True)
class Masker:
    """Masks texts; the handles of the brand and its rivals stay, for they are what the audit is about."""

    keep: tuple[str, ...] = ()
    """Handles without @."""
    public_names: frozenset[str] = frozenset()
    """Names in lower case that are nobody's: the brand's and its rivals'."""

    def mask(self, texts: pl.Series, authors: pl.Series) -> pl.DataFrame:
        """`text` masked, and how often each of `COUNTED` was; `authors` are the full names of the writers."""
        clean = texts.alias("text").str.replace_all(f"[{KEPT}{FRESH}]", "").to_frame()
        frame = clean.with_columns(pl.lit(0, dtype=pl.Int64).alias(kind) for kind in COUNTED)
        frame = _where_hinted(frame, "email", PLAIN["email"], FRESH)
        frame = self._links(frame)
        frame = self._handles(frame)
        frame = _where_hinted(frame, "reference", PLAIN["reference"], f"${{cue}}{FRESH}")
        frame = _numbers(frame)
        return self._names(frame, authors)

    def _links(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A company named like a web address (Harbour.example) keeps its name, but not its links."""
        text = pl.col("text")
        for name in sorted(name for name in self.public_names if "." in name):
            parts = (f"({re.escape(part)})" for part in name.split("."))
            whole = KEPT.join(f"${{{i}}}" for i in range(1, name.count(".") + 2))
            pattern = r"\.".join(parts)
            text = text.str.replace_all(rf"(?i)\b{pattern}\b", whole)
        frame = _where_hinted(frame.with_columns(text), "link", PLAIN["link"], FRESH)
        return frame.with_columns(pl.col("text").str.replace_all(KEPT, ".", literal=True))

    def _handles(self, frame: pl.DataFrame) -> pl.DataFrame:
        if self.keep:
            kept = "|".join(sorted(map(re.escape, self.keep), key=len, reverse=True))
            frame = frame.with_columns(pl.col("text").str.replace_all(rf"(?i)@({kept})\b", f"{KEPT}${{1}}"))
        frame = _where_hinted(frame, "handle", HANDLE, f"${{before}}{FRESH}")
        return frame.with_columns(pl.col("text").str.replace_all(KEPT, "@", literal=True))

    def _names(self, frame: pl.DataFrame, authors: pl.Series) -> pl.DataFrame:
        """A signature is the writer's own full name; single words are too often ordinary ones."""
        names = authors.str.strip_chars()
        full = names.str.count_matches(r"\p{L}").ge(6) & names.str.contains(r"\p{L}\S*\s+\p{L}")
        lower = names.str.to_lowercase()
        both = pl.DataFrame({"text": frame["text"].str.to_lowercase(), "name": lower})
        signed = both.select(pl.col("text").str.contains(pl.col("name"), literal=True)).to_series()
        rows = (signed & full & ~lower.is_in(list(self.public_names))).fill_null(value=False).arg_true()
        pairs = zip(frame["text"].gather(rows), names.gather(rows), strict=True)
        return _write(frame, rows, [_without_name(text, name) for text, name in pairs])


def _where_hinted(frame: pl.DataFrame, kind: str, pattern: str, token: str) -> pl.DataFrame:
    """Replace `pattern` and count how often, only in the texts that hold the kind's hint.

    `token` holds `FRESH`, which is counted: looking for the pattern once more would take as long as replacing it.
    """
    there = pl.col("text").str.contains(HINT[kind])
    rows = frame.select(there.fill_null(value=False)).to_series().arg_true()
    if not len(rows):
        return frame
    part = frame["text"].gather(rows)
    masked = part.str.replace_all(pattern, token)
    text = masked.str.replace_all(FRESH, f"[{kind}]", literal=True)
    return _scatter(frame, rows, pl.DataFrame({"text": text, kind: masked.str.count_matches(FRESH, literal=True)}))


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    rows = frame["text"].str.contains(CANDIDATE).fill_null(value=False).arg_true()
    return _write(frame, rows, [_without_numbers(text) for text in frame["text"].gather(rows)])


def _without_numbers(text: str) -> tuple[str, dict[str, int]]:
    counts: dict[str, int] = {}
    parts, at = [], 0
    for span in spans(text):
        parts += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
        counts[span.kind] = counts.get(span.kind, 0) + 1
    return "".join([*parts, text[at:]]), counts


def _without_name(text: str, name: str) -> tuple[str, dict[str, int]]:
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)"
    masked, count = re.subn(pattern, "[name]", text, flags=re.IGNORECASE)
    return masked, {"name": count}


def _write(frame: pl.DataFrame, rows: pl.Series, masked: Iterable[tuple[str, dict[str, int]]]) -> pl.DataFrame:
    """Put masked texts and their counts back into the rows they came from."""
    done = list(masked)
    if not done:
        return frame
    kinds = sorted({kind for _, counts in done for kind in counts})
    columns = {kind: [counts.get(kind, 0) for _, counts in done] for kind in kinds}
    return _scatter(frame, rows, pl.DataFrame({"text": [text for text, _ in done], **columns}))


def _scatter(frame: pl.DataFrame, rows: pl.Series, part: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        frame[name].clone().scatter(rows, part[name].cast(frame.schema[name])) for name in part.columns
    )
