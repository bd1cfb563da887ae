"""Whom the leak check looks for: people, never the companies that the report is about."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cxreport.stages.inspect import Mentioned, found_in, mentioned
from cxreport.stages.private import identifiers
from tests.measures import make

SAID = " ".join((
    "@ada_anchor @meridianair @dagny @cora wrote: Ada Anchor, Dagny Holm and Meridian Air, with Cora Consultant.",
    "Calls 12 34 56 78 90 and 99887766554 came.",
))  # fmt: skip


def mentions(folder: Path, text: str) -> Mentioned:
    (folder / "index.html").write_text(text, "utf-8")
    return mentioned(folder)


def private(base: Path, text: str | None = None, **site: str) -> Any:
    said = None if text is None else mentions(base, text)
    table = make.records(
        {
            "author_handle": "@Ada_Anchor",
            "author_name": "Ada  Anchor",
            "author_id": "1234567890",
            "native_id": "99887766554",
        },
        {"author_handle": "meridianair", "author_name": "Meridian Air", "author_id": "12", "native_id": "7"},
        {"author_handle": "flynorda", "author_name": "Norda", "brand_authored": True},
        {"author_handle": "dagny", "author_name": "dagny holm", "author_id": "abc"},
        {"author_handle": "cora", "author_name": "Cora Consultant"},
    )
    context = make.context()
    config = SimpleNamespace(site=SimpleNamespace(**{"client": "", "author": "", **site}))
    plan: Any = SimpleNamespace(
        context=SimpleNamespace(brand=context.brand, key=context.key, base=base), base=base, config=config
    )
    return identifiers(make.engine(table), plan, said)


@pytest.mark.parametrize("text", [None, SAID], ids=["all", "said"])
def test_people_are_looked_for_by_handle_name_and_number(tmp_path: Path, text: str | None) -> None:
    found = private(tmp_path, text)
    assert found.handles == {"ada_anchor", "meridianair", "dagny", "cora"}
    assert found.allowed == {"meridianair", "flynorda"}
    assert "Ada Anchor" in found.names
    assert "dagny holm" not in found.names, "without capitals it may be two words"
    assert found.numbers == {"1234567890", "99887766554"}
    assert str(tmp_path) in found.secrets
    assert "a key for tests" in found.secrets


def test_the_brand_and_the_authors_of_the_report_are_nobodys_secret(tmp_path: Path) -> None:
    assert "Meridian Air" not in private(tmp_path).names
    assert "Cora Consultant" in private(tmp_path).names
    assert "Cora Consultant" not in private(tmp_path, author="Cora Consultant").names


def test_whom_the_site_cannot_name_nobody_looks_for(tmp_path: Path) -> None:
    found = private(tmp_path, "ada anchor wrote to us, as did @nobody on 2026-01-01")
    assert (found.handles, found.names, found.numbers) == (frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    "written", ["Ada Anchor", "by ADA_ANCHOR @Ada_Anchor:", "(Ada   Anchor)", "<b>Ada</b> 99887766554"]
)
def test_what_is_found_with_all_identifiers_is_found_with_those_mentioned(tmp_path: Path, written: str) -> None:
    everybody = private(tmp_path)
    assert list(found_in(written, private(tmp_path, written))) == list(found_in(written, everybody)) != []
