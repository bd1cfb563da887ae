"""With plugins/ and themes/ emptied, help works and a build says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import write_project

EMPTIED = """
import sys
sys.modules["cxreport_plugins"] = sys.modules["cxreport_themes"] = None
"""
"""Their folders are empty: the entry points name modules that cannot be imported."""
UNINSTALLED = """
import importlib.metadata as metadata
known = metadata.entry_points
metadata.entry_points = lambda **chosen: [] if str(chosen.get("group", "")).startswith("cxreport.") else known(**chosen)
"""
"""The core alone is installed: there are no entry points."""
RUN = "from cxreport.cli import main; main()"
ROOT = Path(__file__).parents[2]


def core(without: str, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    command = [sys.executable, "-c", without + RUN, *args]
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    return subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture(params=[EMPTIED, UNINSTALLED], ids=["emptied", "uninstalled"])
def without(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_help_works(without: str, tmp_path: Path) -> None:
    done = core(without, tmp_path, "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for command in ("init", "inspect", "check", "build", "serve", "export", "measures", "plugins", "schema"):
        assert command in done.stdout


def test_build_says_what_is_missing(without: str, tmp_path: Path) -> None:
    done = core(without, write_project(tmp_path / "p"), "build")
    assert done.returncode == 2
    assert "config.yaml:7: sources[0].type: no plugin reads 'table'. No source plugin is installed." in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "p" / "site").exists()
    if without is EMPTIED:
        assert "plugin table (cxreport" in done.stderr
        assert "cannot be imported" in done.stderr


def test_other_commands_do_not_fall_over(without: str, tmp_path: Path) -> None:
    folder = write_project(tmp_path / "p")
    assert core(without, folder, "check").returncode == 2
    assert core(without, folder, "schema").returncode == 0
    inspected = core(without, folder, "inspect", "data/stars.csv")
    assert (inspected.returncode, "unknown" in inspected.stdout) == (0, True)
    started = core(without, tmp_path, "init", "new")
    assert started.returncode == 0


def test_a_missing_theme_is_named(tmp_path: Path) -> None:
    folder = write_project(tmp_path / "p")
    done = core("import sys; sys.modules['cxreport_themes'] = None\n", folder, "build")
    assert done.returncode == 2
    assert "theme.name: there is no theme 'audit'. No theme is installed." in done.stderr
