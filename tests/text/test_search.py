"""Searching for many patterns at once finds what each of them finds alone."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport_plugins.common.needs import needed
from cxreport_plugins.common.search import first_found, search
from cxreport_plugins.moments.options import PACKS
from cxreport_plugins.moments.pattern import LANGUAGES, patterns

SHIPPED = {p.regex for language in LANGUAGES for p in patterns(language, PACKS)}
PIECES = (
    "refund",
    "my ",
    "flight ",
    "was ",
    "delayed",
    "on hold",
    "?",
    " never ",
    "again",
    "не ",
    "работает",
    "рейс ",
    "x",
    " ",
)
REGEXES = (r"\bmy (\w+ )?flights?\b", r"(refund|delay)ed?", r"\bon hold\b|\bagain\b", r"(never )?again", r"рейс\w*", r"\?",
           r"[xy]{2,}", r"(refund)*", r"\p{L}+ again", r"x{3,}refund", r"(ab|cde)")  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bcancel(led)?\b", [{"cancel"}]),
        (r"(refund\w*|money back)", [{"refund", "money back"}]),
        (r"\bmy (flight|seat)\b.{0,40}\b(late|gone)\b", [{"my flight", "my seat"}, {"late", "gone"}]),
        (r"\b(my|our) (\w+ )?(bag|seat)s?\b", [{"my ", "our "}, {"bag", "seat"}]),
        (r"\b(refund|is)\b", []),
        (r"(never )?again", [{"again"}]),
        (r"(lost){1,2} (bag|luggage)", [{"lost"}, {"lost bag", "lost luggage"}]),
        (r"cancel+ed", [{"cancel"}, {"led"}]),
        (r"(ab|c\w+)+ gone", [{" gone"}]),
        (r"(no )*refund", [{"refund"}]),
        (r"e-?mail", [{"email", "e-mail"}]),
        (r"[ds]elay[a-z]", [{"delay", "selay"}]),
        (r"[^d]elay", [{"elay"}]),
        (r"[★⭐]|out of 5", [{"★", "⭐", "out of 5"}]),
        (r"\d+ ?%", [{"%"}]),
        (r"what\?{2}", [{"what?"}]),
        (r"\w+|refund", []),
        (r"refund|", []),
        (r"", []),
    ],
)
def test_words_that_a_pattern_cannot_do_without(pattern: str, words: list[set[str]]) -> None:
    assert list(needed(pattern)) == words


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_every_match_holds_what_its_pattern_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(sorted(SHIPPED)))
    text = data.draw(st.from_regex(re.compile(pattern), fullmatch=True))
    assert all(any(word in text for word in words) for words in needed(pattern)), pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\p{L}refund", "arefund"),
        (r"[[:alpha:]]refund", "arefund"),
        (r"[a-z&&[^b]]refund", "arefund"),
        (r"(?x) re fund", "refund"),
        (r"(?i)REFUND", "refund"),
        (r"(?i:REFUND)", "refund"),
        (r"\b{start}refund", "a refund"),
        (r"\<refund", "a refund"),
        (r"refund\z", "a refund"),
        (r"\x{72}efund", "refund"),
        (r"[^]r]refund", "arefund"),
        (r"(?-u:\b)refund", "a refund"),
        (r"a (refund)+*b", "a b"),
        (r"no{0,}+ refund", "n refund"),
    ],
)
def test_what_only_rust_reads_so_is_looked_for_everywhere(pattern: str, text: str) -> None:
    assert search((pattern,)).rows(pl.Series(["other", text]))[0].to_list() == [1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=30))
def test_it_finds_what_each_pattern_finds_alone(texts: list[str]) -> None:
    folded = pl.Series(texts, dtype=pl.String)
    for pattern, rows in zip(REGEXES, search(REGEXES).rows(folded), strict=True):
        assert rows.to_list() == folded.str.contains(pattern).arg_true().to_list(), pattern


def test_the_first_pattern_of_each_group_counts() -> None:
    texts = pl.Series(["my bag is lost", "nothing", "bag and seat", "lost seat", None])
    found = first_found(texts, [["seat", "bag"], [], [r"\blost\b"], ["plane"]])
    assert found.rows() == [(0, 0, 2), (0, 2, 1), (0, 3, 1), (2, 0, 1), (2, 3, 1)]
    assert first_found(texts, []).rows() == first_found(texts.clear(), [["seat"]]).rows() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_shipped_pattern_loses_a_text(language: str) -> None:
    """Texts made of the patterns' own letters, so that each finds something."""
    found = patterns(language, PACKS)
    bare = pl.Series([p.regex for p in found]).str.replace_all(r"\\[bwds]|[()?*+\[\].{},^$#\\]", " ")
    folded = bare.str.replace_all(r"\|", " ").str.replace_all(r"\s+", " ")
    folded = pl.concat([folded, folded.str.replace_all(" ", "  "), folded.shift(1).fill_null("") + " my " + folded])
    for pattern, rows in zip(found, search(tuple(p.regex for p in found)).rows(folded), strict=True):
        assert rows.to_list() == folded.str.contains(pattern.regex).arg_true().to_list(), pattern.id
