"""Duplicates: the same author's repeats and long copies, never what many people say in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from cxreport.api import Brand, Company, Context, Options, conform
from cxreport_plugins.duplicates.relation import LONG, Duplicates

COPIED = "Everybody should know that Meridian Air lost my suitcase twice in a single week and says nothing"


def run(rows: list[dict[str, Any]]) -> dict[str, tuple[str | None, int | None, int | None]]:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    frame = conform(
        pl.DataFrame(
            [
                {
                    "record_id": row["id"], "native_id": row["id"], "id_space": "x.api.v2",
                    "created_at": start + timedelta(minutes=i), "author_id": row.get("by"), "text": row.get("text"),
                    "kind": row.get("kind", "post"), "brand_authored": row.get("brand", False),
                    "reposted_id": row.get("of"), "is_context": row.get("context", False),
                }
                for i, row in enumerate(rows)
            ],
            schema_overrides={"reposted_id": pl.String, "author_id": pl.String, "text": pl.String},
        )
    )  # fmt: skip
    relation = Duplicates(Options(), Context(Brand(Company(name="Meridian Air")), Path()))
    out = relation.relate(nw.from_native(frame.lazy()), lambda f: f.collect().lazy()).collect().to_native()
    assert {name: out.schema[name] for name in relation.adds} == relation.adds
    return {r["record_id"]: (r["duplicate_of"], r["duplicates"], r["repost_count"]) for r in out.iter_rows(named=True)}


def test_short_texts_of_different_authors_are_never_merged() -> None:
    assert run([{"id": str(i), "by": f"a{i}", "text": "Thank you!"} for i in range(9)]) == {}


@pytest.mark.parametrize(("length", "merged"), [(LONG - 1, False), (LONG, True)])
def test_only_long_texts_of_different_authors_are_copies(length: int, merged: bool) -> None:
    """Counted without links, handles and punctuation, however long those make a text look."""
    words = "lost my bag again and n" + "o" * (length - 23)
    assert len(words) == length
    texts = [f"@meridianair {words}", f"{words.upper()} !!! https://x.example/{'a' * 90}", f"«{words}» @flynorda"]
    told = run([{"id": str(i), "by": f"a{i}", "text": text} for i, text in enumerate(texts)])
    assert told == ({"0": (None, 3, None), "1": ("0", None, None), "2": ("0", None, None)} if merged else {})


def test_an_author_who_repeats_is_counted_once() -> None:
    texts = ["Where is my bag?", "where is my BAG??", "@meridianair Where is my bag https://x.example/1"]
    told = run([{"id": str(i), "by": "anna", "text": text} for i, text in enumerate(texts)])
    assert told == {"0": (None, 3, None), "1": ("0", None, None), "2": ("0", None, None)}


def test_long_copies_are_marked_across_authors_but_not_in_surveys() -> None:
    assert len(COPIED) > LONG
    rows = [{"id": str(i), "by": f"a{i}", "text": COPIED} for i in range(3)]
    assert run(rows)["2"] == ("0", None, None)
    assert run([{**row, "kind": "survey_response"} for row in rows]) == {}


def test_yo_is_folded_and_unknown_authors_are_nobody() -> None:
    assert (
        run([{"id": "1", "by": "b", "text": "Всё ещё жду"}, {"id": "2", "by": "b", "text": "все еще жду!"}])["2"][0]
        == "1"
    )
    assert run([{"id": "1", "text": "still here"}, {"id": "2", "text": "still here"}]) == {}


def test_brand_reposts_context_and_empty_texts_are_left_out() -> None:
    odd: list[dict[str, Any]] = [
        {"brand": True},
        {"kind": "repost"},
        {"context": True},
        {"text": None},
        {"text": "!!! ???"},
    ]
    for change in odd:
        assert (
            run(
                [
                    {"id": "1", "by": "a", "text": "hm", **change},
                    {"id": "2", "by": "a", "text": "hm", **change},
                ]
            )
            == {}
        )


def test_reposts_are_counted_on_their_original() -> None:
    rows = [{"id": "1", "by": "a", "text": "look"}]
    rows += [{"id": f"9{i}", "by": f"b{i}", "kind": "repost", "of": "1", "text": "RT look"} for i in range(4)]
    assert run(rows) == {"1": (None, None, 4)}
