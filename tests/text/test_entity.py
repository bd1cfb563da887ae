"""Whom a record is about: every rule, their order, and names as people write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.api import Brand, Company, Context, Enricher
from cxreport_plugins.common.companies import name_pattern
from cxreport_plugins.entity.enricher import Entity

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]


@pytest.fixture
def about(make: Make, records: Records) -> Callable[..., tuple[str, str]]:
    entity = make(Entity)

    def told(text: str | None = None, **columns: Any) -> tuple[str, str]:
        out = entity.apply(records(text=[text], **columns).select(entity.needs), None).row(0)
        return str(out[0]), str(out[1])

    return told


About = Callable[..., tuple[str, str]]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"source_entity": "brand", "text": "Norda!"}, ("brand", "source")),
        ({"source_entity": "Norda"}, ("norda", "source")),
        ({"source_entity": "pier-sky"}, ("pier-sky", "source")),
        ({"source_entity": "Somebody else", "text": "Norda"}, ("norda", "name")),
        ({"brand": "meridian air"}, ("brand", "brand_column")),
        ({"brand": "Pier & Sky", "text": "@meridianair"}, ("pier-sky", "brand_column")),
        ({"author_handle": "FlyNorda", "text": "@meridianair hi"}, ("norda", "author")),
        ({"author_handle": "meridianair", "in_reply_to_handle": "adalund"}, ("brand", "author")),
        ({"in_reply_to_handle": "@NordaCare", "text": "@meridianair"}, ("norda", "reply_to")),
        ({"in_reply_to_handle": "adalund", "text": "@meridianair"}, ("brand", "handle")),
        ({"kind": "survey_response", "text": "Norda is cheaper"}, ("brand", "own_instrument")),
        ({"kind": "ticket_message", "text": "where is my bag"}, ("brand", "own_instrument")),
        ({"kind": "survey_response", "brand": "Somebody else"}, ("unknown", "unknown")),
        ({"kind": "survey_response", "source_entity": "norda"}, ("norda", "source")),
        ({"kind": "review", "text": "fine"}, ("unknown", "unknown")),
        ({"text": "hello"}, ("unknown", "unknown")),
        ({"text": None}, ("unknown", "unknown")),
    ],
)
def test_rules_in_order(columns: dict[str, Any], expected: tuple[str, str], about: About) -> None:
    assert about(**columns) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thanks @MeridianAir!", ("brand", "handle")),
        ("@flynorda beats @meridianair", ("norda", "handle_first")),
        ("@meridianair is no @nordacare", ("brand", "handle_first")),
        ("Meridian Air but @flynorda", ("norda", "handle")),
        ("@meridianair_fan", ("unknown", "unknown")),
        ("mail me@meridianair.example", ("brand", "name")),
        ("flew Norda, missed Meridian Air", ("norda", "name_first")),
        ("MERIDIAN AIR", ("brand", "name")),
        ("#MeridianAir", ("brand", "name")),
        ("meridian-air and meridian  air", ("brand", "name")),
        ("nordan lights, enorda", ("unknown", "unknown")),
        ("Norda's crew", ("norda", "name")),
        ("Norda-like", ("norda", "name")),
        ("pier & sky", ("pier-sky", "name")),
        ("piersky", ("pier-sky", "name")),
        ("pier and sky", ("unknown", "unknown")),
        ("летим с Меридианом", ("brand", "name")),
        ("МЕРИДИАН опять", ("brand", "name")),
        ("в Меридиане хамят", ("brand", "name")),
        ("меридианский", ("unknown", "unknown")),
    ],
)
def test_text(text: str, expected: tuple[str, str], about: About) -> None:
    assert about(text) == expected


def test_titles_count(about: About) -> None:
    assert about("terrible", title="Norda lounge") == ("norda", "name")


@pytest.mark.parametrize(
    ("name", "written", "found"),
    [
        ("Алёна", "в алене", True),
        ("Звезда", "звездой", True),
        ("Звезда", "звездопад", False),
        ("Полярный путь", "полярный путем", True),
        ("Трамвай", "трамваем", True),
        ("МТС", "мтс", True),
        ("Yay!", "yay! great", True),
        ("C++ Air", "c++ air", True),
        ("X", "x y", True),
        ("X", "xy", False),
    ],
)
def test_spellings(name: str, written: str, found: bool, records: Records) -> None:
    entity = Entity(Entity.Options(), Context(Brand(Company(name=name)), Path()))
    out = entity.apply(records(text=[f"({written})"]).select(entity.needs), None)
    assert (out["entity"][0] == "brand") is found


def test_the_brand_wins_a_spelling_it_shares_with_a_rival(records: Records) -> None:
    brand = Brand(Company(name="Norda", handles=("norda",)), (Company(name="norda air", names=("Norda",)),))
    entity = Entity(Entity.Options(), Context(brand, Path()))
    batch = records(text=["Norda", None], source_entity=[None, "NORDA"])
    assert entity.apply(batch.select(entity.needs), None)["entity"].to_list() == ["brand", "brand"]


def test_patterns_are_regexes_whatever_the_name() -> None:
    for name in ("a.b*(c", "[x]", "\\d", "§", "-"):
        assert pl.Series([name.lower()]).str.contains(name_pattern(name.lower())).to_list() == [True]


def test_a_brand_without_handles_is_known_by_its_name(records: Records) -> None:
    context = Context(brand=Brand(own=Company(name="Meridian Air")), base=Path())
    entity = Entity(Entity.Options(), context)
    texts = records(text=["Meridian Air was late", "the train was late", None])
    assert entity.apply(texts.select(entity.needs), None)["entity"].to_list() == ["brand", "unknown", "unknown"]
