"""Language codes: whatever a source or detector writes, as a primary BCP-47 subtag."""

from __future__ import annotations

import polars as pl

OUTDATED = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr", "nb": "no", "nn": "no",
    "als": "gsw", "eng": "en", "rus": "ru", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
    "por": "pt", "ita": "it", "dan": "da", "nld": "nl", "dut": "nl", "pol": "pl", "tur": "tr", "ukr": "uk",
}  # fmt: skip
"""Withdrawn and three-letter codes that exports still carry, and the codes in use."""
UNKNOWN = ("und", "zxx", "mul", "mis", "unk", "art", "qam", "qct", "qht", "qme", "qst", "xx", "zz")
"""Codes that name no language; X writes qam, qct, qht, qme and qst for posts without words."""


def primary(code: pl.Expr) -> pl.Expr:
    """The primary subtag: `pt_BR` → `pt`; null where there is none, as for a language's name."""
    tag = code.str.strip_chars().str.to_lowercase().str.extract(r"^([a-z]{2,3})(?:[-_].*)?$", 1)
    return pl.when(~tag.is_in(UNKNOWN)).then(tag.replace(OUTDATED))
