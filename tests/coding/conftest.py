"""A small invented project to draw from, and a way to run commands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from cxreport.cli import main

CONFIG = """\
version: 1
site: {client: "Meridian <Air>", period: {from: 2026-01-01, to: 2026-06-30}}
brand: {names: [Meridian Air], handles: ["@meridianair"]}
privacy: {profile: internal, key: a key of invented data}
sources:
  - id: notes
    type: table
    path: data/notes.csv
    entity: brand
    timezone: UTC
    channel: forum
    columns: {native_id: id, created_at: at, text: words, title: head, author_name: who, in_reply_to_id: to}
coding: coding/*.csv
"""
TEXTS = (
    "Terrible flight, my bag was lost and nobody answered me for a week. I want my money back.",
    "Lovely crew and a smooth landing, thank you so much! I will fly with you again.",
    "Write to dagny.holm@example.com or call +44 20 7946 0958, still no refund. Awful.",
    "=1+1 is what I paid, </script><b>and</b> \\u003c that is cheap, great price",
    "The seat was fine, the food was cold, the queue at the desk was long.",
)


@dataclass(frozen=True)
class Ran:
    """What a command said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty posts of invented customers; nothing is coded yet."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    rows = [
        {
            "id": f"n{n}", "at": f"2026-0{1 + n % 6}-1{n % 9} 10:00:00", "who": f"Ada Anchor {n}",
            "head": "My flight" if n % 7 == 0 else None, "words": f"{TEXTS[n % 5]} ({n})", "to": f"n{n - 1}" if n % 8 == 1 else None,
        }
        for n in range(40)
    ]  # fmt: skip
    pl.DataFrame(rows, infer_schema_length=None).write_csv(folder / "data/notes.csv")
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    return folder


@pytest.fixture(scope="session")
def drawn(project: Path) -> Path:
    """The folder of a sample of twenty texts."""
    run_in(project, "code", "sample", "-n", "20", "-o", str(project / "drawn"))
    return project / "drawn"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command on a project, as the console script does."""

    def go(folder: Path, *args: str) -> Ran:
        capsys.readouterr()
        code = run_in(folder, *args)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return go


def run_in(folder: Path, *args: str) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as left:
        main([*args, "-c", str(folder / "config.yaml")])
    assert isinstance(left.value.code, int)
    return left.value.code
