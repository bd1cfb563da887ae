"""The project's own samples: one invented export of every supported system, in its true layout.

`invented/<system id>/` holds files and folders as the products write them, about people and companies that do
not exist. A new system needs a folder here.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from .recognition import read_once, sources

FOLDER = Path(__file__).parent / "invented"
SYSTEMS = {system: name for name, source in sources().items() for system in source.systems if system != "sql"}
"""All but the answers of a database, which are no file."""
SAMPLES = [path for folder in sorted(FOLDER.iterdir()) for path in sorted(folder.iterdir())]
PRIVATE = ("this is private", "example.org", "192.0.2.", "ORDER-7", "4411223344", "internal")
"""What the samples hold and no record may: messages, addresses, numbers of networks, orders and reservations."""
UNDATED = {"spss", "touchpoints.csv", "touchpoints.thumbs"}
"""Systems whose files need not tell any time."""


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def test_every_system_has_a_sample() -> None:
    assert {folder.name for folder in FOLDER.iterdir()} == set(SYSTEMS), "a system without a sample, or the reverse"


@pytest.mark.parametrize("path", SAMPLES, ids=label)
def test_a_sample_is_taken_for_what_it_is_and_read_whole(path: Path) -> None:
    system = path.parent.name
    for each in read_once(path):
        assert (each.system, each.found.type, each.found.problem) == (system, SYSTEMS[system], "")
        assert each.found.sure is (system != "table"), "only a table that no mapping describes is a guess"
        assert each.rejects == []
        assert each.accounts()
        kept = each.records.write_json() + each.answers.write_json()
        assert [word for word in PRIVATE if word in kept] == []


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_the_samples_of_a_system_give_dated_records_with_something_in_them(system: str) -> None:
    found = [each for path in sorted((FOLDER / system).iterdir()) for each in read_once(path)]
    records = pl.concat([each.own for each in found])
    said = records.select(pl.any_horizontal(pl.col("text", "title", "rating_value").is_not_null()).any()).item()
    assert said or any(each.answers.height for each in found)
    assert (records["created_at"].drop_nulls().len() > 0) is (system not in UNDATED), (
        "a sample shows how dates are written"
    )
