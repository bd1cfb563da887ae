"""A small project of invented reviews, built once, and a way to run commands in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import polars as pl
import pytest

from cxreport.cli import main

FORMULAS = ("=1+1", "+SUM(A1)", "-2+3", "@SUM(1)", "\tcell", '=HYPERLINK("http://malware.example","refund")')
"""Texts that a spreadsheet would run."""
TEXTS = (
    "Terrible flight, my bag was lost and nobody answered me for a week. I want my money back.",
    "Lovely crew and a smooth landing, thank you so much! I will fly with you again.",
    "The seat was fine, the food was cold, the queue at the desk was long.",
    "Write to dagny.holm@example.com or call +44 20 7946 0958, still no refund. Awful.",
)
CONFIG = """\
version: 1
site: {title: Small audit, client: Meridian Air, period: {from: 2026-01-01, to: 2026-06-30}}
brand: {names: [Meridian Air], handles: ["@meridianair"], rivals: [{name: Norda}]}
privacy: {profile: internal, key: a key of invented data}
sources:
  - id: stars
    type: table
    path: data/stars.csv
    entity: brand
    timezone: UTC
    channel: google
    columns: {native_id: id, created_at: at, text: words, author_name: who, segment: part}
    rating: {column: stars, metric: stars}
  - id: scores
    type: table
    path: data/scores.csv
    entity: brand
    timezone: UTC
    channel: survey
    kind: survey_response
    columns: {native_id: id, created_at: at, text: words}
    rating: {column: nps, metric: nps}
pages:
  - {markdown: notes/first.md, title: First note}
"""
NOTE = 'The score is {{ measure("experience.nps") }}.\n\n{{ chart("experience.nps") }}\n'


@dataclass(frozen=True)
class Ran:
    """What a command said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command in a folder, as the console script does."""

    def go(folder: Path, *args: str) -> Ran:
        monkeypatch.chdir(folder)
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(list(args))
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Ran(left.value.code, said.out, said.err)

    return go


def write_project(folder: Path) -> Path:
    """Write a project with 240 reviews, 240 answers and a note."""
    (folder / "data").mkdir(parents=True)
    (folder / "notes").mkdir()
    texts, formulas = cycle(TEXTS), cycle(FORMULAS)
    rows = [
        {
            "id": f"r{n}", "at": f"2026-0{1 + n % 6}-1{n % 9} 10:00:00", "who": f"Ada Anchor {n}", "part": f"p{n % 2}",
            "words": next(formulas) if n % 20 == 7 else f"{next(texts)} ({n})", "stars": n % 5 + 1, "nps": n % 11,
        }
        for n in range(240)
    ]  # fmt: skip
    table = pl.DataFrame(rows)
    table.drop("nps").write_csv(folder / "data/stars.csv")
    table.drop("stars", "part", "who").write_csv(folder / "data/scores.csv")
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    (folder / "notes/first.md").write_text(NOTE, "utf-8")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project after `cxreport build`: look, do not touch."""
    folder = write_project(tmp_path_factory.mktemp("built") / "project")
    with pytest.raises(SystemExit) as left:
        main(["build", "-q", "-c", str(folder / "config.yaml")])
    assert left.value.code == 0
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the built project, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The same project before its first build."""
    return write_project(tmp_path / "fresh")
