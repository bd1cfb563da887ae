"""Configuration: every problem at once, each with its line and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.config.load import load_config
from cxreport.config.nodes import dotted, read_yaml
from cxreport.model.problem import ConfigError

GOOD = """\
version: 1
site: {title: Audit, period: {from: 2025-07-01, to: 2026-06-30}}
brand: {names: [Meridian Air], handles: ["@meridianair"], rivals: [{name: Norda Lines, handles: ["@flynorda"]}]}
sources:
  - {id: a, type: table, path: a.csv}
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "config.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return [str(problem) for problem in caught.value.problems]


def test_good_configuration_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD, "utf-8")
    config, _ = load_config(path)
    assert config.brand.brand.own.bare_handles == ("meridianair",)
    assert [entity for entity, _ in config.brand.brand.companies] == ["brand", "norda-lines"]
    assert config.site.period.end is not None
    assert config.site.period.end.year == 2026


def test_all_problems_come_at_once_in_line_order_with_suggestions(tmp_path: Path) -> None:
    text = "version: 1\nsite: {titel: x, language: fr}\nbrand: {names: []}\nsorces: []\nengine: {name: sparc}\n"
    found = problems(tmp_path, text)
    assert [line.split(":")[1] for line in found] == sorted(line.split(":")[1] for line in found)
    joined = "\n".join(found)
    assert "config.yaml:2: site.titel: this key is unknown. Did you mean title?" in joined
    assert "site.language" in joined
    assert "config.yaml:3: brand.names: it must not be empty" in joined.replace("collection should", "it must")
    assert "config.yaml:4: sorces: this key is unknown. Did you mean sources?" in joined
    assert "sources: it is missing." in joined
    assert "engine.name" in joined


def test_aliases_duplicates_tags_and_environment(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("a: !env HOME_OF_NOBODY\nb: 1\nb: 2\nc: !python/object x\nd: !env SET\n", "utf-8")
    document = read_yaml(path, "c.yaml", {"SET": "value"})
    assert document.data["d"] == "value"
    said = "\n".join(map(str, document.problems))
    assert "c.yaml:1: a: the environment variable HOME_OF_NOBODY is not set." in said
    assert "c.yaml:3: b: this key is written twice." in said
    assert "c.yaml:4: c: the tag !python/object is unknown." in said


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 9)]
    path = tmp_path / "bomb.yaml"
    path.write_text("l0: &l0 [x, x, x]\n" + "\n".join(levels), "utf-8")
    with pytest.raises(ConfigError, match="too many"):
        read_yaml(path, "bomb.yaml")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "just words", "version: 2", "version: 1\nbrand: 3\nsources: {}", "\tversion: 1", "a: [1"],
)
def test_nonsense_is_a_problem_never_a_traceback(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)


def test_period_must_run_forward(tmp_path: Path) -> None:
    backwards = GOOD.replace("from: 2025-07-01, to: 2026-06-30", "from: 2026-07-01, to: 2026-06-30")
    assert any("the period ends before it begins" in line for line in problems(tmp_path, backwards))


@given(
    st.dictionaries(
        st.text(max_size=8),
        st.recursive(st.none() | st.booleans() | st.text(max_size=5), st.lists),
        max_size=5,
    )
)
def test_any_yaml_mapping_is_read_or_explained(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    import yaml

    path = tmp_path_factory.mktemp("c") / "config.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(ConfigError):
        load_config(path)


def test_dotted_paths() -> None:
    assert dotted(("sources", 0, "path")) == "sources[0].path"
