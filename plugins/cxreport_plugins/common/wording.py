"""Phrases of one or two words in texts, in Narwhals: so that a cluster counts them as a laptop does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import narwhals as nw

from cxreport_plugins.common.stopwords import LANGUAGES, stopwords

Frame = nw.LazyFrame[Any]

BREAK = "|"
"""Stands where a phrase may not run on: at a stop word, a number, a mask, the end of a sentence."""
_WORD = r"[\p{L}\p{M}'+-]+"


def spoken(records: Frame, *keep: str, extra: Iterable[str] = ()) -> Frame:
    """`keep` and `phrase`, a row for each phrase that a record (by `record_id`) holds, once.

    Only redacted text is looked at. `extra` are words of this audit without a subject: the brand's own names.
    """
    joined = nw.concat_str(nw.col("title_redacted"), nw.col("text_redacted"), separator=" . ", ignore_nulls=True)
    texts = records.with_columns(__words=_words(joined, extra))
    pairs = _pairs(nw.col("__words"))
    shifted = _pairs(nw.col("__words").str.replace_all(rf"(^|\| ){_WORD} ?", "$1"))
    every = nw.concat_str(nw.col("__words"), pairs, shifted, separator=" ")
    split = texts.select("record_id", *keep, phrase=every.str.split(" ")).explode("phrase")
    whole = split.filter(nw.col("phrase").str.len_chars() > 1)
    return whole.unique().with_columns(phrase=nw.col("phrase").str.replace_all("+", " ", literal=True))


def _words(text: nw.Expr, extra: Iterable[str]) -> nw.Expr:
    """Lower-case words with single spaces, and breaks; every break stands apart."""
    plain = text.str.to_lowercase().str.replace_all("ё", "е", literal=True).str.replace_all("[’‘`]", "'")
    plain = plain.str.replace_all(r"\[[a-z ]+\]|https?://\S+|[@#]\S+|\S*\d\S*", f" {BREAK} ")
    plain = plain.str.replace_all(r"[^\p{L}\p{M}'\s-]+", f" {BREAK} ")
    spaced = nw.concat_str(nw.lit("  "), plain.str.replace_all(r"\s+", "  "), nw.lit("  "))
    bare = spaced.str.replace_all(" ['-]+", " ").str.replace_all("['-]+ ", " ")
    cut = bare.str.replace_all(_stop(extra), f" {BREAK} ")
    return cut.str.replace_all(r"\s+", " ").str.strip_chars()


def _stop(extra: Iterable[str]) -> str:
    """A stop word or a single letter, between the double spaces that keep neighbours from sharing one."""
    words = sorted(
        {word for language in LANGUAGES for word in stopwords(language)}
        | {word.lower().replace("ё", "е") for word in extra}
    )
    return rf" (?:\p{{L}}|{'|'.join(re.escape(word) for word in words)}) "


def _pairs(words: nw.Expr) -> nw.Expr:
    """The first word joined to the second with a plus sign, the third to the fourth, and so on."""
    return words.str.replace_all(rf"({_WORD}) ({_WORD})", "$1+$2")
