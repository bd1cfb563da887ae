"""Whether anything changed since the last build: every kind of change is seen, and nothing else is taken for one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cxreport.stages.unchanged import Record, project, recorded, stamps

CONFIG = "version: 1\nbrand: {names: [!env BRAND]}\n"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A project with exports elsewhere, and the record of its build."""
    base, data = tmp_path / "project", tmp_path / "exports"
    for folder in (base / ".cxreport", base / "notes", base / "site", data):
        folder.mkdir(parents=True)
    for path in (base / "notes/a.md", base / "site/index.html", data / "a.csv"):
        path.write_text("text", "utf-8")
    config = base / "config.yaml"
    config.write_text(CONFIG, "utf-8")
    before = stamps(project(config, {str(base / "site")}))
    record = recorded(before, config, base / "site", [data, data / "a.csv"], ["warning: w"], "done")
    assert record is not None
    record.write(base / ".cxreport")
    return config


def holds(config: Path) -> bool:
    record = Record.read(config.parent / ".cxreport")
    assert record is not None
    assert record.said == ["warning: w"]
    return record.holds(config)


def test_nothing_changed(built: Path) -> None:
    (built.parent / ".cxreport/more").write_text("ours", "utf-8")
    os.utime(built.parent)
    assert holds(built)


CHANGES: dict[str, Callable[[Path], object]] = {
    "config": lambda base: (base / "config.yaml").write_text(CONFIG + "\n", "utf-8"),
    "note": lambda base: (base / "notes/a.md").write_text("Text", "utf-8"),
    "new file": lambda base: (base / "notes/b.md").write_text("", "utf-8"),
    "file gone": lambda base: (base / "notes/a.md").unlink(),
    "export": lambda base: (base.parent / "exports/a.csv").write_text("other", "utf-8"),
    "new export": lambda base: (base.parent / "exports/b.csv").write_text("", "utf-8"),
    "site": lambda base: (base / "site/index.html").write_text("TEXT", "utf-8"),
    "site gone": lambda base: (base / "site").rename(base / "site.old"),
    "page added": lambda base: (base / "site/more.html").write_text("", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_seen(built: Path, change: Callable[[Path], object]) -> None:
    change(built.parent)
    assert not holds(built)


def test_a_variable_that_the_configuration_names_counts(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER", "x")
    assert holds(built)
    monkeypatch.setenv("BRAND", "Norda")
    assert not holds(built)


def test_another_version_counts(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxreport.stages.unchanged.__version__", "9.9")
    assert not holds(built)


def test_a_build_during_which_the_project_changed_is_not_recorded(built: Path) -> None:
    site = built.parent / "site"
    before = stamps(project(built, {str(site)}))
    (built.parent / "notes/a.md").write_text("changed meanwhile", "utf-8")
    assert recorded(before, built, site, [], [], "done") is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 1}', "\x00"])
def test_a_damaged_record_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "last-build.json").write_text(text, "utf-8")
    assert Record.read(tmp_path) is None


def test_looking_imports_nothing_heavy() -> None:
    script = "import sys, cxreport.cli.main, cxreport.cli.build_, cxreport.stages.unchanged; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded.isdisjoint({"polars", "pydantic", "narwhals", "jinja2", "altair", "numpy", "rich", "yaml", "pluggy"})
