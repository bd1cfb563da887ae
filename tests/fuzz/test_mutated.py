"""Mutated exports of every system: each is read or refused in words, quickly, and no row is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import polars as pl
import pytest

from benchmarks.fuzz.cases import MUTATIONS, case
from benchmarks.fuzz.law import Law
from benchmarks.fuzz.running import SEED, Fate, run, told
from benchmarks.fuzz.samples import INVENTED, SEEDS, Sample, sample, samples
from cxreport.model.problem import Reject
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.registry import load_plugins
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source
from cxreport.reading import Input, ReadError
from cxreport.recognise import recognise

FILES = 700
CONTEXT = Context(Brand(Company(name="Meridian Air")), Path(), key=b"fuzz")
SOURCES = load_plugins().sources


@pytest.mark.slow
def test_no_mutated_file_breaks_the_law() -> None:
    fates = list(run(range(FILES), SEED))
    broken = [fate for fate in fates if fate.failures]
    assert not broken, told(broken)
    assert sum(bool(fate.systems) for fate in fates) > FILES / 2, "most mutations should leave something to read"
    assert {fate.mutation for fate in fates} == set(MUTATIONS)


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*/*")), ids=lambda path: path.name)
def test_seeds_are_what_they_are_called(seed: Path) -> None:
    [found] = recognise([seed], SOURCES, CONTEXT)
    assert found.detection is not None
    assert (found.type, found.problem) == (seed.parent.name, "")
    assert seed.name.startswith(found.detection.system)


def test_every_system_is_mutated() -> None:
    whole = [folder.name for folder in INVENTED.iterdir()]
    assert {system for source in SOURCES.values() for system in source.systems} <= {*whole, "table", "sql"}


def test_cases_are_the_same_for_a_number_and_differ_from_each_other() -> None:
    found = samples(None)
    ones = [case(number, found) for number in range(300)]
    assert ones == [case(number, found) for number in range(300)]
    assert len({(one.name, *one.files.items()) for one in ones}) > 270
    assert ones != [case(number, found, seed=7) for number in range(300)]


def test_a_folder_is_one_sample(tmp_path: Path) -> None:
    (tmp_path / "archive/data").mkdir(parents=True)
    (tmp_path / "archive/data/tweets.js").write_bytes(b"[]")
    found = sample(tmp_path / "archive")
    assert found == Sample("archive", {"data/tweets.js": b"[]"})
    assert found.is_folder


class Careless(Source):
    """Reads three rows as it is told to."""

    name = "careless"
    systems: ClassVar[dict[str, str]] = {"careless": "Careless"}
    kept: ClassVar[list[int]] = []
    refusal: ClassVar[ReadError | None] = None

    def detect(self, data: Input) -> Detection | None:
        return Detection("careless")

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        facts.rows_read = 3
        facts.skip("empty")
        if self.refusal is not None:
            raise self.refusal
        yield Batch(pl.DataFrame({"source_row": self.kept, "text": "x"}), rejects=(Reject(3, "torn", ""),))


@pytest.mark.parametrize(
    ("kept", "refusal", "breach"),
    [
        ([2], None, None),
        ([], None, "careless: 3 rows read, but 0 kept, 1 rejected, {'empty': 1}"),
        ([3], None, "careless: rows kept and rejected: [3]"),
        ([700], None, "careless: rows 700 to 700 of a file of"),
        ([2], ReadError("a.csv", "is torn.", mend="Export it again."), None),
        ([2], ReadError("a.csv", "is torn."), "careless read: refused without saying what to do: a.csv: is torn."),
        ([2], KeyError("text"), "careless read: KeyError: 'text'"),
    ],
)
def test_the_law_notes_every_breach(
    kept: list[int], refusal: ReadError | None, breach: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Careless, "kept", kept)
    monkeypatch.setattr(Careless, "refusal", refusal)
    (tmp_path / "a.csv").write_bytes(b"text\nx\n")
    failures = Law({"careless": Careless}, CONTEXT).judge(tmp_path / "a.csv").failures
    assert [failure.partition(" at ")[0] for failure in failures] == ([breach] if breach else [])


def test_breaches_are_told_with_the_number_of_their_case() -> None:
    sound = Fate(1, "a.csv", "bits", 0.1, ("table",), 3, 0, 0, ())
    broken = Fate(2, "b.csv", "cut", 0.2, (), 0, 0, 1, ("took 3.0 s",))
    lines = told([sound, broken]).splitlines()
    assert lines[2] == "| bits | 1 | 1 | 3 | 0 | 0 | 0.10 | 0 |"
    assert lines[-2] == "| all | 2 | 1 | 3 | 0 | 1 | 0.20 | 1 |"
    assert lines[-1] == "case 2 (b.csv, cut): took 3.0 s"
