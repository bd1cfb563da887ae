"""Assessments as written: what a sound one says, what is refused, and that links must lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxreport.config.assessments import Assessed, read_assessments
from cxreport.config.nodes import Document
from cxreport.model.assessment import Assessment
from cxreport.model.audit import Evidence
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.result import Result
from cxreport.stages.assess import assess

SOUND = """\
concept: E10
system: Purpose of presence
rating: 2
raters: [{role: lead consultant, rating: 2}, {role: head of care, rating: 3}]
confidence: medium
evidence: [opinion, "doc:policy.md#p4"]
rationale: >
  The account answers complaints but has no stated goal.
parts:
  - {title: X, facts: {purpose: care, owner: , posts: 12}, rating: 1, evidence: ["measure:care.response_rate[channel=x]"]}
  - {title: Phone, evidence: ["record:abc"]}
next_step: {action: Name an owner, owner: marketing, due: 2027-01-31}
reviewed: {by: second consultant, on: 2026-11-20}
"""


def read(folder: Path, **texts: str) -> tuple[Assessed, list[str]]:
    (folder / "policy.md").write_text("policy", "utf-8")
    (folder / "a").mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / "a" / f"{name}.yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    found = read_assessments(folder, "a", Document("config.yaml"), ["care.response_rate"], problems)
    return found, [str(problem) for problem in problems]


def test_sound(tmp_path: Path) -> None:
    found, said = read(tmp_path, e10=SOUND)
    assert not said
    (one,) = found.assessments
    assert (one.id, one.concept, one.rating, one.range) == ("e10", "E10", 2, (2, 3))
    assert one.parts[0].facts == {"purpose": "care", "owner": "", "posts": "12"}
    assert (one.parts[0].range, one.parts[1].range, one.ratings) == ((1, 1), None, 2)
    assert found.cited("record") == ("abc",)
    assert found.places["record:abc"] == "a/e10.yaml:11: parts[1].evidence[0]"
    assert Assessment.model_validate(one.model_dump(mode="json")) == one, "it survives audit.json"


def test_none_named_none_read(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_assessments(tmp_path, None, Document("c"), [], problems) == Assessed()
    assert not problems


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    assert read(tmp_path)[1] == [
        "config.yaml:1: assessments: there is no YAML file in a. `cxreport init --assessments` writes templates."
    ]


def test_digest_follows_text_and_name(tmp_path: Path) -> None:
    first = read(tmp_path, e10=SOUND)[0].sha256
    assert read(tmp_path, e10=SOUND)[0].sha256 == first
    assert read(tmp_path, e10=SOUND.replace("medium", "high"))[0].sha256 != first


HEAD = "concept: E10\nsystem: S\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "rating: 2\n", "a/x.yaml:1: a rating needs evidence: a link, or the word opinion."),
        (HEAD + "raters: [{role: a, rating: 1}]\n", "a rating needs evidence"),
        (HEAD + "parts:\n  - title: P\n    rating: 3\n", "a/x.yaml:4: parts[0]: a rating needs evidence"),
        (HEAD + "rating: 7\nevidence: [opinion]\n", "7 is no step of the scale"),
        (HEAD + "parts: [{title: P, rating: 7, evidence: [opinion]}]\n", "P: 7 is no step of the scale"),
        (HEAD + "rating: 1\nraters: [{role: a, rating: 3}]\nevidence: [opinion]\n", "the rating 1 lies outside"),
        (HEAD + "evidence: [quote:q1]\n", "a/x.yaml:3: evidence[0]: evidence is measure:ID"),
        (HEAD + 'evidence: ["doc:"]\n', "evidence is measure:ID"),
        (HEAD + "evidence: [doc:gone.pdf#p4]\n", "a/x.yaml:3: evidence[0]: there is no file gone.pdf."),
        (HEAD + "evidence: [measure:care.respons_rate]\n", "Did you mean care.response_rate?"),
        (HEAD + "ratings: 2\n", "a/x.yaml:3: ratings: this key is unknown. Did you mean rating?"),
        (HEAD + "confidence: total\n", "'total' is not one of"),
        ("concept: B05\nsystem: S\n", "B05 is computed from the data, not rated"),
        ("concept: Z99\nsystem: S\n", "'Z99' is no concept"),
        ("system: S\n", "concept: it is missing."),
        ("[1, 2]\n", "it must be a mapping"),
        ("a: [\n", "a/x.yaml:2: this is not valid YAML"),
    ],
)
def test_each_fault_names_its_place(tmp_path: Path, text: str, fault: str) -> None:
    said = read(tmp_path, x=text)[1]
    assert any(fault in one for one in said), said


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    said = read(tmp_path, a=HEAD + "rating: 2\n", b="concept: Z\nsystem: S\n", c=SOUND.replace("policy.md", "no.md"))[1]
    assert [one.split(":")[0] for one in said] == ["a/a.yaml", "a/b.yaml", "a/c.yaml"]


def test_links_must_lead_into_the_audit(tmp_path: Path) -> None:
    found, _ = read(tmp_path, e10=SOUND)
    rate = Result(id="care.response_rate", dims={"channel": "x"})
    assert assess(found, {"care.response_rate": [rate]}, [Evidence(id="abc", source_id="s")]) == found.assessments
    other = rate.model_copy(update={"dims": {"channel": "google"}})
    with pytest.raises(ConfigError) as caught:
        assess(found, {"care.response_rate": [other]}, [])
    assert [str(p).partition(" The")[0] for p in caught.value.problems] == [
        "a/e10.yaml:10: parts[0].evidence[0]: this audit has no result care.response_rate[channel=x]. "
        "Did you mean care.response_rate[channel=google]?",
        "a/e10.yaml:11: parts[1].evidence[0]: this audit has no record abc.",
    ]
