"""0 good, 1 failed, 2 usage or configuration, 130 interrupted; a failure leaves the last good site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .conftest import Run


def site(project: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((project / "site").rglob("*")) if p.is_file()}


def edit(project: Path, old: str, new: str) -> None:
    path = project / "config.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_good(run: Run, project: Path) -> None:
    before = site(project)
    done = run(project, "build")
    assert done.code == 0
    assert re.fullmatch(r"site/index\.html: \d+ pages, \d\.\d MB, audit [0-9a-f]{12}\n", done.out)
    assert site(project) == before, "the same inputs give the same bytes, also a second time"


def test_verbose_tells_what_each_stage_cost(run: Run, project: Path) -> None:
    done = run(project, "build", "-v")
    for stage in ("load", "enrich", "relate", "measure", "render", "inspect", "whole"):
        assert re.search(rf"^{stage}\b.*\d\.\d\d", done.err, re.MULTILINE), stage
    assert "data/stars.csv: table, 240 records" in done.err


def test_check_is_good(run: Run, project: Path) -> None:
    done = run(project, "check")
    assert (done.code, done.err) == (0, "")
    assert "config.yaml: good. 2 sources, 2 files" in done.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["biuld"], "Did you mean build?"),
        (["build", "--fast"], "--fast"),
        (["export", "recods", "-o", "x.csv"], "recods"),
        (["build", "-c", "nothing.yaml"], "nothing.yaml: there is no such file. `cxreport init` writes one."),
    ],
)
def test_usage(run: Run, tmp_path: Path, args: list[str], said: str) -> None:
    done = run(tmp_path, *args)
    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def test_every_mistake_of_a_configuration_at_once(run: Run, project: Path) -> None:
    before = site(project)
    edit(project, "type: table", "type: tabel")
    edit(project, "brand: {names", "brnad: {names")
    done = run(project, "build")
    assert done.code == 2
    assert "config.yaml:3: brnad: this key is unknown. Did you mean brand?" in done.err
    edit(project, "brnad: {names", "brand: {names")
    edit(project, "markdown: notes/first.md", "markdown: notes/none.md")
    edit(project, "columns: {native_id: id, created_at: at, text: words}", "columns: {native_id: id, txt: words}")
    done = run(project, "build")
    assert done.code == 2
    assert "config.yaml:7: sources[0].type: no plugin reads 'tabel'. Did you mean table?" in done.err
    assert "did you mean text?" in done.err
    assert "there is no file notes/none.md" in done.err
    assert site(project) == before


def test_exports_that_are_not_there_fail_a_build(run: Run, project: Path) -> None:
    before = site(project)
    for path in (project / "data").iterdir():
        path.unlink()
    done = run(project, "build")
    assert done.code == 1
    assert "data/stars.csv" in done.err
    assert "data/scores.csv" in done.err
    assert site(project) == before


def test_one_export_that_is_not_there_is_told_and_the_rest_is_built(run: Run, project: Path) -> None:
    (project / "data/stars.csv").unlink()
    done = run(project, "build")
    assert done.code == 0
    assert "not read: data/stars.csv" in done.err
    assert "data/stars.csv" in (project / "site/data.html").read_text("utf-8")


def test_a_mistake_in_a_note_fails_and_is_placed(run: Run, project: Path) -> None:
    before = site(project)
    (project / "notes/first.md").write_text('# Hm\n\n{{ measure("experience.nsp") }}', "utf-8")
    done = run(project, "build")
    assert done.code == 1
    said = "measure('experience.nsp'): there is no such result. Did you mean experience.nps?"
    assert done.err == f"error: notes/first.md:3: {said}\n"
    assert site(project) == before


def test_a_chart_may_stand_in_notes_as_often_as_one_likes(run: Run, project: Path) -> None:
    twice = '{{ chart("experience.nps") }}\n\n' * 2
    (project / "notes/first.md").write_text(twice, "utf-8")
    (project / "notes/second.md").write_text(twice, "utf-8")
    edit(project, "title: First note}", "title: First note}\n  - {markdown: notes/second.md, title: Second note}")
    assert run(project, "build", "-q").code == 0
    assert (project / "site/note-second.html").read_text("utf-8").count("<figure") == 2


def test_an_unforeseen_failure_says_how_to_see_more(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site(project)

    def broken(*_: Any) -> Any:
        raise RuntimeError("the sky fell")

    monkeypatch.setattr("cxreport.build.render", broken)
    done = run(project, "build")
    assert done.code == 1
    assert "RuntimeError: the sky fell" in done.err
    assert "--traceback" in done.err
    assert site(project) == before
    assert run(project, "build", "-q", "--help").code == 0


def test_interrupted(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site(project)

    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("cxreport.build.render", interrupted)
    done = run(project, "build")
    assert done.code == 130
    assert "last good site is untouched" in done.err
    assert site(project) == before


def test_an_output_folder_of_others_is_refused(run: Run, fresh: Path) -> None:
    (fresh / "site").mkdir()
    (fresh / "site/holiday.jpg").write_bytes(b"x")
    done = run(fresh, "build")
    assert done.code == 2
    assert "did not write" in done.err
    assert (fresh / "site/holiday.jpg").read_bytes() == b"x"


def test_version(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "--version")
    assert done.code == 0
    assert done.out.startswith("cxreport, version ")
