"""What every enricher promises: exactly its columns, no side effects, no dependence on the batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import LABELS, Enricher

SCRAPS = (
    "I", "my bag is lost", "never again", "thanks!!", "не работает", "спасибо))", "¿dónde está?", "muito bom",
    "@meridianair", "@someone_else", "RT @piersky:", "https://example.org/a?id=7", "ada.lund@example.org",
    "+44 20 7946 0958", "4111 1111 1111 1111", "GB33 BUKB 2020 1555 5555 55", "192.0.2.7", "😡", ":)", "\n",
    "ё", "\u202e", "\x00", "e\u0301", "Σ", "İ", "ß", "。", "🇩🇰", "100%", "not", "but", "very", "great",
)  # fmt: skip
TEXTS = st.none() | st.lists(st.sampled_from(SCRAPS) | st.text(max_size=12), max_size=8).map(" ".join)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "text": TEXTS,
            "title": TEXTS,
            "author_name": st.none() | st.sampled_from(["Ada Lund", "Bo", "", "А Б"]),
            "author_handle": st.none() | st.sampled_from(["adalund", "@FlyNorda", "quietbot", ""]),
            "in_reply_to_handle": st.none() | st.sampled_from(["meridianair", "adalund"]),
            "brand_authored": st.none() | st.booleans(),
            "channel": st.none() | st.sampled_from(["x", "trustpilot", "survey", "phone", "elsewhere"]),
            "kind": st.sampled_from(["post", "reply", "repost", "review", "survey_response", "dm"]),
            "metric": st.none() | st.sampled_from(["nps", "csat", "stars"]),
            "language": st.none() | st.sampled_from(["en-GB", "ru", "und", "pt_BR", "Klingon"]),
            "source_id": st.sampled_from(["a", "b"]),
        }
    ),
    min_size=1,
    max_size=8,
)
Records = Callable[..., pl.DataFrame]


def enriched(frame: pl.DataFrame, enrichers: list[Enricher]) -> pl.DataFrame:
    for enricher in enrichers:
        frame = frame.with_columns(enricher.apply(frame.select(enricher.needs), _state(enricher)))
    return frame


def _state(enricher: Enricher) -> Any:
    return {"sentiment": "{}", "language": {"a": {"en": 0.9}}}.get(enricher.name)


def columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


@given(rows=ROWS, cut=st.integers(0, 8))
@settings(max_examples=10)
def test_columns_types_height_and_splits(
    rows: list[dict[str, Any]], cut: int, records: Records, six: list[Enricher]
) -> None:
    batch = records(**columns(rows))
    for enricher in six:
        needed = batch.select(enricher.needs)
        before = needed.clone()
        state = _state(enricher)
        whole = enricher.apply(needed, state)
        assert dict(whole.schema) == dict(enricher.adds)
        assert whole.height == batch.height
        assert needed.equals(before), enricher.name
        parts = [enricher.apply(part, state) for part in (needed.head(cut), needed.slice(cut))]
        assert pl.concat(parts).equals(whole), enricher.name
        batch = batch.with_columns(whole)


def test_no_rows(records: Records, six: list[Enricher]) -> None:
    out = enriched(records(text=["gone"]).clear(), six)
    assert out.height == 0
    assert {"lang", "entity", "customer_voice", "sentiment", "moment"} <= set(out.columns)


def test_nothing_but_nulls(records: Records, six: list[Enricher]) -> None:
    row = enriched(records(text=[None, "", "  \n"]), six).row(0, named=True)
    assert row["text_redacted"] is None
    assert row["lang"] is None
    assert row["lang_source"] == "undetermined"
    assert row["entity"] == "unknown"
    assert row["sentiment"] is None
    assert row["moment"] is None


@pytest.mark.parametrize(
    "scrap",
    [
        "7",
        "7 ",
        "a@",
        "@a ",
        "a#",
        "#a",
        "https://",
        "www.",
        "a.b",
        "a.",
        "1.",
        "+1 (",
        "ха",
        "(",
        ")",
        "!",
        "1:",
        "A1-",
        "-1",
        "a1b2",
        "Ada Lund ",
        "rt @",
        "not ",
        "order ",
        "my bag ",
        "saw the ",
        "не ",
        "'",
        "\n",
        " ",
    ],
)
def test_a_huge_text_is_no_burden(scrap: str, records: Records, six: list[Enricher]) -> None:
    """Nothing here may take quadratic time: a pasted log file must not hang a build."""
    started = time.process_time()
    out = enriched(records(text=[scrap * (200_000 // len(scrap))], author_name="Ada Lund", channel="x"), six)
    assert out.height == 1
    assert time.process_time() - started < 3


def test_rows_do_not_influence_each_other(records: Records, six: list[Enricher]) -> None:
    texts = ["not", "good", "this is fine", None, "my bag is lost and nobody answers"]
    together = enriched(records(text=texts, channel="x", source_id="a"), six)
    for index, text in enumerate(texts):
        alone = enriched(records(text=[text], channel="x", source_id="a"), six)
        assert alone.row(0) == together.row(index)


def test_needs_are_met_by_records_or_by_each_other(records: Records, six: list[Enricher]) -> None:
    have = set(records(text=["x"]).columns)
    for enricher in six:
        assert set(enricher.needs) <= have
        assert not set(enricher.adds) & have
        have |= set(enricher.adds)
    assert [c for e in six for c, t in e.adds.items() if t == LABELS] == ["redactions", "acts"]
