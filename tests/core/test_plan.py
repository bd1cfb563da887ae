"""The plan: everything that is wrong between a configuration and its plugins, at once and in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cxreport.model.problem import ConfigError
from cxreport.plan import make_plan

GOOD = """\
version: 1
brand: {names: [Meridian Air]}
privacy: {key: a key of invented data}
sources:
  - {id: a, type: table, path: a.csv, columns: {text: words}}
  - {id: b, type: reviews, path: b.csv}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, "utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        make_plan(write(folder, text), "config.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_a_plan_holds_every_installed_plugin_in_running_order(tmp_path: Path) -> None:
    plan = make_plan(write(tmp_path, GOOD))
    assert [source.options.id for source in plan.sources] == ["a", "b"]
    names = [enricher.name for enricher in plan.enrichers]
    assert names.index("voice") > names.index("entity")
    assert names.index("moments") > names.index("language")
    assert [relation.name for relation in plan.relations].index("threads") >= 0
    assert plan.warnings == ()


def test_every_mistake_at_once_each_in_its_line(tmp_path: Path) -> None:
    wrong = GOOD.replace("id: b", "id: a").replace("text: words", "txet: words")
    wrong += "enrich: {moment: {}}\nmeasures: {experience.npz: {}}\npages: [{markdown: none.md, title: None}]\ntheme: {logo: none.svg}\n"
    said = problems(tmp_path, wrong)
    for line in (
        "config.yaml:6: sources[1].id: the id 'a' is used twice.",
        "config.yaml:7: enrich.moment: no such plugin. Did you mean moments?",
        "config.yaml:8: measures.experience.npz: no such plugin. Did you mean experience.nps?",
        "config.yaml:9: pages[0].markdown: there is no file none.md.",
        "config.yaml:10: theme.logo: there is no file none.svg.",
    ):
        assert line in said
    assert any("config.yaml:5: sources[0].columns" in line and "did you mean text?" in line for line in said)
    assert len(said) == 6


def test_pages_of_one_name_would_overwrite_each_other(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "intro.md").write_text("x", "utf-8")
    pages = "pages: [{markdown: one/intro.md, title: One}, {markdown: two/intro.md, title: Two}]\n"
    assert problems(tmp_path, GOOD + pages) == [
        "config.yaml:7: pages[1].markdown: another page is note-intro.html already. Rename one of the files."
    ]


def test_a_disabled_plugin_stops_only_what_asks_for_it(tmp_path: Path) -> None:
    plan = make_plan(write(tmp_path, GOOD + "plugins: {disable: [language]}\n"))
    assert "language" not in [enricher.name for enricher in plan.enrichers]
    assert "entity" in [enricher.name for enricher in plan.enrichers]
    said = problems(tmp_path, GOOD + "plugins: {disable: [reviews]}\n")
    assert any("config.yaml:6: sources[1].type: no plugin reads 'reviews'." in line for line in said)


def test_a_broken_local_plugin_is_a_warning_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("import nothing_of_the_kind\n", "utf-8")
    plan = make_plan(write(tmp_path, GOOD + "plugins: {local: [own.py]}\n"))
    [warning] = plan.warnings
    assert "plugin own (this project" in str(warning)
    assert "nothing_of_the_kind" in str(warning)


def test_the_digest_of_options_knows_neither_key_nor_output(tmp_path: Path) -> None:
    one = make_plan(write(tmp_path, GOOD)).digest()
    assert make_plan(write(tmp_path, GOOD.replace("a key of", "another key of"))).digest() == one
    assert make_plan(write(tmp_path, GOOD + "output: {dir: elsewhere}\n")).digest() == one
    assert make_plan(write(tmp_path, GOOD + "site: {as_of: 2026-01-01}\n")).digest() != one


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CXREPORT_KEY", raising=False)
    text = GOOD.replace("privacy: {key: a key of invented data}\n", "")
    first = make_plan(write(tmp_path, text)).context.key
    assert make_plan(write(tmp_path, text)).context.key == first
    assert len(first) == 64
    if os.name == "posix":
        assert (tmp_path / ".cxreport/key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("CXREPORT_KEY", "a key of the environment")
    assert make_plan(write(tmp_path, text)).context.key == b"a key of the environment"
    monkeypatch.setenv("CXREPORT_KEY", "short")
    with pytest.raises(ConfigError, match="shorter than 16"):
        make_plan(write(tmp_path, text))
