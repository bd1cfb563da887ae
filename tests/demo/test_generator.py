"""The committed files are what the generator writes, on any machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .demo import DATA, EXAMPLE

LIMIT = 4_300_000
FOREIGN_SEED = {"PYTHONHASHSEED": "12345", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the generator has just written, under an odd zone, locale and hash seed."""
    folder = tmp_path_factory.mktemp("meridian")
    command = [sys.executable, "-m", "generate", "--out", str(folder)]
    subprocess.run(command, cwd=EXAMPLE, env=FOREIGN_SEED, check=True, capture_output=True)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Path below the folder → bytes of everything that the generator owns."""
    found = [
        *(folder / "data").rglob("*"),
        *(folder / "coding").rglob("*"),
        folder / "context" / "kpi.csv",
        folder / "truth.json",
        folder / "README.md",
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def test_committed_files_are_what_the_generator_writes(written: Path) -> None:
    fresh, committed = files(written), files(EXAMPLE)
    assert fresh.keys() == committed.keys()
    assert [name for name in fresh if fresh[name] != committed[name]] == []


def test_the_example_stays_small() -> None:
    sizes = [path.stat().st_size for path in EXAMPLE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert sum(sizes) < LIMIT
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) > LIMIT / 2


def test_only_the_standard_library_is_needed() -> None:
    code = f"import sys; sys.path.insert(0, {str(EXAMPLE)!r}); import generate.company"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
