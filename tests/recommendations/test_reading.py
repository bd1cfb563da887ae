"""Recommendations as written: what a sound file says, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxreport.config import blanks
from cxreport.config.nodes import Document
from cxreport.config.recommendations import Recommended, read_recommendations
from cxreport.model.audit import Audit, Meta
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.recommendation import Recommendations
from cxreport.model.result import Result
from cxreport.plugin.registry import load_plugins
from cxreport.stages.edition import edition_of
from cxreport.stages.recommend import recommend

SOUND = """\
note: In short.
recommendations:
  - id: answer
    title: Answer every complaint
    findings: [care.answered, "change.experience.nps"]
    action: Hire a night shift.
    owner: Head of care
    horizon: now
    impact: [3, 5]
    effort: 2
    expected:
      - {measure: "care.response_rate[channel=x]", low: 0.6, high: 0.8, by: 2027-06-30}
      - {measure: economics.cost, low: 10, high: 20}
    measured: The next audit.
"""
KNOWN = {"findings": ["care.answered", "care.change", "change.*"], "measures": ["care.response_rate", "economics.cost"]}
RESULTS = {
    "care.response_rate": (
        Result(id="care.response_rate", value=0.4), Result(id="care.response_rate", dims={"channel": "x"}, value=0.4),
    ),
    "economics.cost": (Result(id="economics.cost", unit="money", kind="range", low=5, high=9, n=40),),
}  # fmt: skip


def read(folder: Path, text: str) -> tuple[Recommended, list[str]]:
    (folder / "r.yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    found = read_recommendations(folder, "r.yaml", Document("config.yaml"), KNOWN, problems)
    return found, [str(problem) for problem in problems]


def test_sound(tmp_path: Path) -> None:
    found, said = read(tmp_path, SOUND)
    assert not said
    assert found.recommendations is not None
    (one,) = found.recommendations.recommendations
    assert (one.impact.low, one.impact.high, one.effort.low, one.effort.high) == (3, 5, 2, 2)
    assert [(horizon.name, [n for n, _ in steps]) for horizon, steps in found.recommendations.by_horizon()] == [
        ("now", [1])
    ]
    assert dict(found.expected()).keys() == {
        "r.yaml:12: recommendations[0].expected[0].measure", "r.yaml:13: recommendations[0].expected[1].measure",
    }  # fmt: skip
    again = Recommendations.model_validate(found.recommendations.model_dump(mode="json"))
    assert again == found.recommendations, "it survives audit.json"


def test_horizons_keep_their_order_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    head = "horizons: [{name: z, means: first}, {name: now, means: then}, {name: a, means: last}]\n"
    found, said = read(tmp_path, head + SOUND + SOUND.partition("recommendations:\n")[2].replace("id: answer", "id: b")
                       .replace("horizon: now", "horizon: z"))  # fmt: skip
    assert not said
    assert found.recommendations is not None
    order = [(horizon.means, [n for n, _ in steps]) for horizon, steps in found.recommendations.by_horizon()]
    assert order == [("first", [2]), ("then", [1])]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("care.answered", "care.anwsered", 5, "there is no finding 'care.anwsered'. Did you mean care.answered?"),
        ("low: 0.6, high: 0.8", "low: 0.8, high: 0.6", 12, "the range is reversed: 0.8 is more than 0.6"),
        ('measure: "care.response_rate[channel=x]", ', "", 12, "measure: it is missing"),
        ("care.response_rate[channel=x]", "care.respond_rate", 12, "Did you mean care.response_rate?"),
        ("horizon: now", "horizon: nw", 8, "'nw' is none of the horizons. Did you mean now?"),
        ("effort: 2", "effort: 6", 10, "between 1 (very small) and 5 (very large)"),
        ("impact: [3, 5]", "impact: [5, 3]", 9, "low ≤ likely ≤ high"),
        ("measured: The next audit.", "measurd: x", 14, "Did you mean measured?"),
        ('findings: [care.answered, "change.experience.nps"]', "findings: []", 5, "must not be empty"),
        ("id: answer", "id: An answer", 3, "id"),
        ("high: 0.8", "high: many", 12, "number"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in SOUND
    _, problems = read(tmp_path, SOUND.replace(old, new))
    assert any(f"r.yaml:{line}: " in problem and said in problem for problem in problems), problems


def test_no_expected_change_is_a_step_without_a_measure(tmp_path: Path) -> None:
    text = SOUND.partition("    expected:")[0] + "    expected: []\n    measured: Next audit.\n"
    _, problems = read(tmp_path, text)
    assert problems == ["r.yaml:11: recommendations[0].expected: it must not be empty. Found: []."]


def test_an_id_stands_for_one(tmp_path: Path) -> None:
    _, problems = read(tmp_path, SOUND + SOUND.partition("recommendations:\n")[2])
    assert problems == ["r.yaml:15: recommendations[1].id: the id 'answer' is used twice."]


def test_a_file_that_is_not_there_and_none_at_all(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_recommendations(tmp_path, None, Document("c"), KNOWN, problems) == Recommended()
    assert not problems
    read_recommendations(tmp_path, "nowhere.yaml", Document("config.yaml"), KNOWN, problems)
    assert "there is no file nowhere.yaml" in str(problems[0])
    assert "--recommendations" in problems[0].mend


def test_what_the_audit_cannot_measure_is_an_error_where_it_stands(tmp_path: Path) -> None:
    sound, _ = read(tmp_path, SOUND)
    assert recommend(sound, RESULTS) == sound.recommendations
    assert recommend(Recommended(), RESULTS) is None
    missing, _ = read(tmp_path, SOUND.replace("channel=x", "channel=y"))
    with pytest.raises(ConfigError) as caught:
        recommend(missing, RESULTS)
    said = str(caught.value.problems[0])
    assert "r.yaml:12: recommendations[0].expected[0].measure" in said
    assert "Did you mean care.response_rate[channel=x]?" in said
    beyond, _ = read(tmp_path, SOUND.replace("low: 0.6, high: 0.8", "low: 60, high: 80"))
    with pytest.raises(ConfigError, match="between 0 and 1"):
        recommend(beyond, RESULTS)


def test_the_public_edition_names_no_owner_and_none_of_the_clients_figures(tmp_path: Path) -> None:
    found, _ = read(tmp_path, SOUND)
    audit = Audit(
        meta=Meta(title="A", client="M"), loads=(), waterfall=(), measures=RESULTS, infos={},
        recommendations=found.recommendations,
    )  # fmt: skip
    assert edition_of(audit, "client").recommendations == found.recommendations
    public = edition_of(audit, "public").recommendations
    assert public is not None
    assert public.recommendations[0].owner == ""
    assert [e.measure for e in public.recommendations[0].expected] == ["care.response_rate[channel=x]"]


def test_the_template_is_sound(tmp_path: Path) -> None:
    registry = load_plugins()
    known = {"findings": [i for s in registry.sections.values() for i in s.tells], "measures": registry.measures}
    problems: list[Problem] = []
    for name, text in blanks.recommendations().items():
        (tmp_path / name).write_text(text, "utf-8")
        found = read_recommendations(tmp_path, name, Document("config.yaml"), known, problems)
        assert found.recommendations is not None
    assert not problems
