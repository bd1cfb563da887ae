"""Some 250 invented sentences, English and Russian, and what they must be heard to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from cxreport.api import Enricher
from cxreport_plugins.moments.enricher import Moments

FOLDER = Path(__file__).parent / "sentences"
MOMENTS = ("stimulus", "zmot", "fmot", "smot", "none")
Row = dict[str, Any]
Told = Callable[[str], list[Row]]


def groups(language: str) -> list[Row]:
    raw: list[Row] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return raw


def sentences(group: Row) -> Iterator[Row]:
    """text, and what of moment, acts, alt, stage the table says."""
    for moment in MOMENTS:
        for text in group.get(moment, ()):
            yield {"text": text, "moment": None if moment == "none" else moment}
    for act, texts in group.get("acts", {}).items():
        for text in texts:
            yield {"text": text, "act": act}
    yield from group.get("tied", ())


@pytest.fixture(scope="module")
def told(make: Callable[..., Enricher], records: Callable[..., pl.DataFrame]) -> Told:
    """Each sentence of a language with the row that the enricher gave it."""

    def heard(language: str) -> list[Row]:
        out: list[Row] = []
        for group in groups(language):
            expected = list(sentences(group))
            moments = make(Moments, packs=tuple(group["packs"]))
            columns = {"channel": "x", "kind": "post", "lang": language, "customer_voice": True}
            batch = records(text=[row["text"] for row in expected], **columns).select(moments.needs)
            rows = moments.apply(batch, None).iter_rows(named=True)
            out += [{**want, "got": got} for want, got in zip(expected, rows, strict=True)]
        return out

    return heard


@pytest.mark.parametrize("language", ["en", "ru"])
def test_moments_are_heard(language: str, told: Told) -> None:
    rows = [row for row in told(language) if "moment" in row]
    wrong = [
        (r["text"], r["got"]["moment"], r["got"]["moment_rule"]) for r in rows if r["got"]["moment"] != r["moment"]
    ]
    assert wrong == []
    assert all(r["got"]["moment_rule"].startswith(f"text.{language}." if r["moment"] else "none.") or
               r["got"]["moment_rule"] == "text.bought" for r in rows)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_acts_are_heard(language: str, told: Told) -> None:
    rows = [row for row in told(language) if "act" in row]
    wrong = [(r["text"], r["act"], r["got"]["acts"]) for r in rows
             if r["act"] not in {act["label"] for act in r["got"]["acts"]}]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_ties_and_stages(language: str, told: Told) -> None:
    rows = [row for row in told(language) if "stage" in row]
    found = [(r["text"], r["got"]["moment_alt"], r["got"]["stage"]) for r in rows]
    assert found == [(r["text"], r["alt"], r["stage"]) for r in rows]


def test_there_are_enough_sentences() -> None:
    texts = [row["text"] for language in ("en", "ru") for group in groups(language) for row in sentences(group)]
    assert len(set(texts)) >= 200
