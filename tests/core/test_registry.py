"""Plugins load in a stable order, one by one; what is wrong with one is said and stops no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxreport.plugin import registry
from cxreport.plugin.registry import load_plugins

GOOD = """\
import polars as pl
from cxreport.api import Enricher, hookimpl

class Shout(Enricher):
    "Upper case."
    name = "shout"
    needs = ("text",)
    adds = {"loud": pl.String}
    def apply(self, batch, state):
        return batch.select(loud=pl.col("text").str.to_uppercase())

@hookimpl
def cxreport_enrichers():
    return [Shout]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "plugins").mkdir()
    return tmp_path


def write(project: Path, name: str, text: str) -> str:
    (project / "plugins" / f"{name}.py").write_text(text, "utf-8")
    return f"plugins/{name}.py"


def test_a_local_plugin_runs_only_when_it_is_named(project: Path) -> None:
    path = write(project, "shout", GOOD)
    write(project, "other", "raise SystemExit('it was imported')")
    found = load_plugins([path], base=project, group="nothing.installed")
    assert list(found.enrichers) == ["shout"]
    assert {info.name: info.origin for info in found.plugins} == {"shout": "local", "other": "listed"}
    assert not found.problems


def test_a_failing_plugin_is_named_and_stops_no_other(project: Path) -> None:
    paths = [write(project, "broken", "import nothing_of_the_kind"), write(project, "shout", GOOD)]
    found = load_plugins(paths, base=project, group="nothing.installed")
    assert list(found.enrichers) == ["shout"]
    assert len(found.problems) == 1
    assert "plugin broken" in str(found.problems[0])
    assert "nothing_of_the_kind" in str(found.problems[0])


def test_a_misspelt_hook_is_noticed(project: Path) -> None:
    path = write(project, "typo", GOOD.replace("def cxreport_enrichers", "def cxreport_enricher"))
    found = load_plugins([path], base=project, group="nothing.installed")
    assert "Did you mean cxreport_enrichers?" in str(found.problems[0])


def test_clashing_names_keep_the_first_and_are_reported(project: Path) -> None:
    paths = [write(project, "one", GOOD), write(project, "two", GOOD)]
    found = load_plugins(paths, base=project, group="nothing.installed")
    assert found.owner[found.enrichers["shout"]].name == "one"
    assert "already has 'shout' from one" in str(found.problems[0])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [("return [Shout]", "return 3"), ("return [Shout]", "return [int]"), ("return [Shout]", "return 1 / 0")],
)
def test_nonsense_from_a_hook_is_reported(project: Path, wrong: str, said: str) -> None:
    found = load_plugins([write(project, "odd", GOOD.replace(wrong, said))], base=project, group="nothing.installed")
    assert not found.enrichers
    assert len(found.problems) == 1


def test_an_incomplete_class_is_reported(project: Path) -> None:
    text = GOOD.replace("def apply", "def applied")
    found = load_plugins([write(project, "half", text)], base=project, group="nothing.installed")
    assert "must be a complete Enricher" in str(found.problems[0])


def test_disabled_plugins_are_listed_but_bring_nothing(project: Path) -> None:
    found = load_plugins([write(project, "shout", GOOD)], ["shout"], project, "nothing.installed")
    assert not found.enrichers
    assert found.plugins[0].disabled


def test_order_is_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    points = [EntryPoint(name, "json", "g") for name in ("b", "a", "c")]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    assert [info.name for info in load_plugins().plugins if info.origin == "installed"] == ["a", "b", "c"]
