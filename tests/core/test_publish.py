"""Publishing: the old site or the new one, never half of either, and never somebody else's folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cxreport.model.problem import ConfigError, CxreportError
from cxreport.stages.publish import MANIFEST, guard, publish, recover


def site(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text("{}", "utf-8")
    (folder / "index.html").write_text(text, "utf-8")
    return folder


def test_a_new_site_replaces_the_old_whole(tmp_path: Path) -> None:
    target, journal = site(tmp_path / "site", "old"), tmp_path / "work" / "publish.json"
    publish(site(tmp_path / "work" / "site", "new"), target, journal)
    assert (target / "index.html").read_text("utf-8") == "new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site", "work"]
    assert not journal.exists()


@pytest.mark.parametrize("moment", ["before", "between", "after"])
def test_an_interruption_leaves_one_whole_site(tmp_path: Path, moment: str) -> None:
    target, old, new = tmp_path / "site", tmp_path / ".site.old", tmp_path / "new"
    journal = tmp_path / "publish.json"
    journal.write_text(json.dumps({"new": str(new), "target": str(target), "old": str(old)}), "utf-8")
    if moment == "before":
        site(target, "old"), site(new, "new")
    elif moment == "between":
        site(old, "old"), site(new, "new")
    else:
        site(old, "old"), site(target, "new")
    recover(journal)
    assert (target / "index.html").read_text("utf-8") == ("old" if moment == "before" else "new")
    assert not old.exists()
    assert not journal.exists()
    recover(journal)


def test_when_the_new_site_is_lost_the_old_one_comes_back(tmp_path: Path) -> None:
    old, journal = site(tmp_path / ".site.old", "old"), tmp_path / "publish.json"
    facts = {"new": str(tmp_path / "gone"), "target": str(tmp_path / "site"), "old": str(old)}
    journal.write_text(json.dumps(facts), "utf-8")
    recover(journal)
    assert (tmp_path / "site" / "index.html").read_text("utf-8") == "old"


def test_a_failing_rename_restores_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, built = site(tmp_path / "site", "old"), tmp_path / "never-built"
    with pytest.raises(CxreportError, match="cannot be replaced"):
        publish(built, target, tmp_path / "publish.json")
    assert (target / "index.html").read_text("utf-8") == "old"


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(ConfigError, match="did not write"):
        guard(tmp_path / "site", tmp_path)


def test_the_project_itself_and_its_parents_are_refused(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path.parent, tmp_path / "a" / ".."):
        with pytest.raises(ConfigError, match="holds the project"):
            guard(target, tmp_path)
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ConfigError, match="is a file"):
        guard(tmp_path / "file", tmp_path)
    guard(tmp_path / "fresh", tmp_path)


def test_a_broken_journal_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "publish.json").write_text("{", "utf-8")
    recover(tmp_path / "publish.json")
    assert not (tmp_path / "publish.json").exists()
