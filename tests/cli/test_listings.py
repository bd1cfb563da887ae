"""What there is: measures, plugins, schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from cxreport.plan import make_plan

from .conftest import CONFIG, Run

ROOT = Path(__file__).parents[2]


def plain(text: str) -> Any:
    """YAML as JSON has it: dates are text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


# ---- measures


def test_measures_tell_their_results(run: Run, built: Path) -> None:
    done = run(built, "measures", "--by", "measure")
    assert (done.code, done.err) == (0, "")
    line = next(line for line in done.out.splitlines() if line.startswith("experience.nps "))
    assert "D11" in line
    assert "n 240" in line.replace("\u00a0", " ")
    assert "not testable: " in done.out


def test_measures_before_a_build_ask_their_questions(run: Run, fresh: Path) -> None:
    done = run(fresh, "measures", "--by", "measure")
    assert done.code == 0
    assert "How likely are customers to recommend the brand?" in done.out
    assert "No audit yet" in done.err


def test_concepts_before_a_build_name_their_measures(run: Run, fresh: Path) -> None:
    lines = run(fresh, "measures").out.splitlines()
    assert len(lines) == 99
    assert lines[0].startswith("A01 ")
    assert any("experience.nps" in line for line in lines if line.startswith("D11"))


def test_concepts_say_how_sound_they_are_or_what_they_need(run: Run, built: Path) -> None:
    lines = {line[:3]: line for line in run(built, "measures").out.splitlines()}
    assert " ok " in lines["D11"]
    assert "not rated" in lines["E10"]
    assert "purpose, owner and figure of each channel" in lines["E10"]
    assert all("needs" in line for line in lines.values() if " not testable " in line[:24])


def test_measures_as_json(run: Run, built: Path) -> None:
    told = json.loads(run(built, "measures", "--format", "json").out)
    rows = {row["id"]: row for row in told["measures"]}
    assert rows["experience.nps"]["status"] == "ok"
    assert rows["care.response_rate"]["status"] in ("not_testable", "hidden", "ok")
    assert all(row["title"] and row["question"] and row["concepts"] is not None for row in rows.values())
    concepts = {concept["id"]: concept for concept in told["concepts"]}
    assert len(concepts) == len(told["concepts"]) == 99
    assert "experience.nps" in concepts["D11"]["measures"]
    answered = {row["id"] for row in told["measures"] for c in row["concepts"] if concepts[c]["status"] == "ok"}
    assert "experience.nps" in answered


# ---- plugins


def test_plugins_are_listed_with_what_they_bring(run: Run, built: Path) -> None:
    done = run(built, "plugins")
    assert done.code == 0
    for line in ("sources: table", "measures: experience.nps", "relations: threads"):
        assert line.split(": ")[1] in done.out, line
    assert "problem:" not in done.out


def test_one_plugin_tells_its_options(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "plugins", "table")
    assert done.code == 0
    assert "option columns: " in done.out
    assert "option path: " in done.out
    assert "= 'required'" in done.out


def test_plugins_as_json(run: Run, tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, "plugins", "--format", "json").out)
    names = [info["name"] for info in found]
    assert names == sorted(names)
    for info in found:
        assert info["problems"] == []
        assert all(item["about"] for item in info["classes"]), info["name"]


def test_a_misspelt_plugin(run: Run, tmp_path: Path) -> None:
    done = run(tmp_path, "plugins", "tabel")
    assert done.code == 2
    assert "Did you mean table?" in done.err


def test_local_plugins_are_listed_and_only_named_ones_run(run: Run, fresh: Path) -> None:
    (fresh / "plugins").mkdir()
    (fresh / "plugins/forum.py").write_text("raise SystemExit('it was imported')", "utf-8")
    done = run(fresh, "plugins")
    assert done.code == 0
    assert "plugins.local does not name it" in done.out


# ---- schemas


@pytest.fixture
def config_schema(run: Run, tmp_path: Path) -> Any:
    schema = json.loads(run(tmp_path, "schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def test_the_schema_accepts_the_projects_own_configurations(config_schema: Any) -> None:
    for text in ((ROOT / "config.yaml").read_text("utf-8"), CONFIG):
        jsonschema.validate(plain(text), config_schema)


SHORT = """\
version: 1
brand: {names: [Meridian Air]}
enrich: {moments: {map: [{channel: phone, moment: smot}, {channel: [x, google], moment: text}]}}
sources:
  - {id: a, type: table, path: [a.csv, b.csv], columns: {text: t, rating: {column: s, min: 1, max: 7}}, answers: [q, {column: r, min: 1, max: 5}]}
  - {id: b, type: survey, path: b.csv, questions: {Q1: nps, Q2: {metric: csat, max: 5}}}
"""


def test_the_schema_knows_every_short_form(config_schema: Any, tmp_path: Path) -> None:
    jsonschema.validate(plain(SHORT), config_schema)
    (tmp_path / "config.yaml").write_text(SHORT, "utf-8")
    assert len(make_plan(tmp_path / "config.yaml").sources) == 2


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("version: 1", "version: 2"),
        ("privacy:", "privaci:"),
        ("type: table", "type: tabel"),
        ("metric: stars", "metric: starz"),
        ("native_id: id", "native_id: 3"),
        ("entity: brand", "entiti: brand"),
        ("names: [Meridian Air]", "names: Meridian Air"),
    ],
)
def test_the_schema_refuses_mistakes(config_schema: Any, good: str, bad: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(CONFIG.replace(good, bad, 1)), config_schema)


def test_audits_obey_their_schemas(run: Run, built: Path) -> None:
    for what, path in (("audit", ".cxreport/audit.json"), ("edition", "site/audit.json")):
        schema = json.loads(run(built, "schema", what).out)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads((built / path).read_text("utf-8")), schema)
