"""Templates: every field is explained, the examples are sound, and what is not filled in says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxreport.config import blanks
from cxreport.config.assessments import read_assessments
from cxreport.config.facts import read_facts
from cxreport.config.models import ContextFiles
from cxreport.config.nodes import Document
from cxreport.model.concepts import CONCEPTS
from cxreport.model.facts import Belief, Budget, Costs, Event, Facts, Figure, SearchResult
from cxreport.model.hours import Hours, Schedule
from cxreport.model.problem import Problem

MODELS = {
    "calendar.csv": [Event], "costs.yaml": [Costs], "budget.yaml": [Budget], "beliefs.csv": [Belief],
    "serp.csv": [SearchResult], "kpi.csv": [Figure], "hours.yaml": [Hours, Schedule],
}  # fmt: skip
KNOWN = {"rivals": ["Norda"], "measures": ["experience.nps"]}


def read(folder: Path, texts: dict[str, str]) -> tuple[Facts, list[str]]:
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    problems: list[Problem] = []
    named = ContextFiles(**{name.partition(".")[0]: name for name in texts})
    return read_facts(named, Document("config.yaml"), folder, KNOWN, problems), list(map(str, problems))


@pytest.mark.parametrize(("name", "models"), MODELS.items())
def test_every_field_is_in_its_template(name: str, models: list[type]) -> None:
    text = blanks.context()[name]
    assert [field for model in models for field in model.model_fields if field not in text] == []  # type: ignore[attr-defined]


def test_examples_are_sound(tmp_path: Path) -> None:
    facts, said = read(tmp_path, {name: text.replace("#: ", "") for name, text in blanks.context().items()})
    assert said == []
    assert all(getattr(facts, name) for name in ContextFiles.model_fields)
    assert facts.costs is not None
    assert all(getattr(facts.costs, name) for name in Costs.model_fields), "each figure has an example"


def test_a_blank_yaml_is_refused_and_a_blank_table_is_empty(tmp_path: Path) -> None:
    facts, said = read(tmp_path, blanks.context())
    assert (facts.calendar, facts.serp, facts.costs) == ((), (), None)
    assert [text.partition(":")[0] for text in said] == ["costs.yaml", "budget.yaml", "hours.yaml"]


def test_one_assessment_for_each_rated_concept_none_begun(tmp_path: Path) -> None:
    for name, text in blanks.assessments().items():
        (tmp_path / name).write_text(text, "utf-8")
    problems: list[Problem] = []
    found = read_assessments(tmp_path, ".", Document("config.yaml"), [], problems).assessments
    assert problems == []
    assert [one.concept for one in found] == [c.id for c in CONCEPTS.values() if c.rated]
    assert not any(one.begun for one in found)


@pytest.mark.parametrize("text", blanks.assessments().values(), ids=blanks.assessments().keys())
def test_an_assessment_with_its_remarks_taken_away_is_sound(tmp_path: Path, text: str) -> None:
    keys = ("rating", "raters", "confidence", "evidence", "rationale", "next_step", "reviewed")
    for key in keys:
        assert f"\n# {key}: " in text
        text = text.replace(f"\n# {key}: ", f"\n{key}: ")
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    (one,) = read_assessments(tmp_path, ".", Document("config.yaml"), [], problems).assessments
    assert (problems, one.range, one.begun) == ([], (2, 3), True)
