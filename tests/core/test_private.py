"""Whom the leak check looks for: people, never the companies that the report is about."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cxreport.stages.private import identifiers
from tests.measures import make


def private(base: Path, **site: str) -> Any:
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
    return identifiers(make.engine(table), plan)


def test_people_are_looked_for_by_handle_name_and_number(tmp_path: Path) -> None:
    found = private(tmp_path)
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
