"""The 99 concepts, and what an audit says to each."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from cxreport.model.answers import Answer, answers
from cxreport.model.assessment import Assessment
from cxreport.model.audit import Audit, MeasureInfo, Meta
from cxreport.model.concepts import CONCEPTS
from cxreport.model.result import Result, not_testable

INFOS = {
    "a.one": MeasureInfo(id="a.one", title="One", concepts=("B05", "A04")),
    "a.two": MeasureInfo(id="a.two", title="Two", concepts=("B05",)),
}
RATED = {"concept": "E10", "system": "S", "parts": [{"title": "X", "rating": 1, "evidence": ["opinion"]}]}


def audit(*results: Result, assessments: tuple[dict[str, Any], ...] = ()) -> Audit:
    measures = {name: tuple(r for r in results if r.id == name) for name in INFOS}
    rated = tuple(Assessment.model_validate(one) for one in assessments)
    meta = Meta(title="t", client="c")
    return Audit(meta=meta, loads=(), waterfall=(), measures=measures, infos=INFOS, assessments=rated)


def of(ident: str, given: Audit | None) -> Answer:
    return {answer.id: answer for answer in answers(INFOS, given)}[ident]


def test_there_are_99_in_order_each_with_its_input() -> None:
    assert Counter(ident[0] for ident in CONCEPTS) == {"A": 14, "B": 25, "C": 21, "D": 28, "E": 11}
    assert list(CONCEPTS) == sorted(CONCEPTS)
    assert all(c.title and c.needs and c.id == ident for ident, c in CONCEPTS.items())
    assert len({c.title for c in CONCEPTS.values()}) == 99


def test_before_an_audit_only_the_measures_are_known() -> None:
    found = answers(INFOS)
    assert len(found) == 99
    assert of("B05", None).measures == ("a.one", "a.two")
    assert {answer.status for answer in found} == {None}


@pytest.mark.parametrize(
    ("results", "status", "needs"),
    [
        ([not_testable("a.one", "no calls", "calls"), Result(id="a.two", status="small_base")], "small_base", ()),
        ([not_testable("a.one", "no calls", "calls"), not_testable("a.two", "x", "calls", "y")], "not_testable", ("calls", "y")),
        ([Result(id="a.one", status="ok", concepts=("A04",)), not_testable("a.two", "x", "y", concepts=("B05",))], "not_testable", ("y",)),
        ([Result(id="a.one", status="hidden", reason="few"), Result(id="a.two", status="directional")], "directional", ()),
        ([], "not_testable", (CONCEPTS["B05"].needs,)),
    ],
)  # fmt: skip
def test_a_concept_is_as_sound_as_its_soundest_result(
    results: list[Result], status: str, needs: tuple[str, ...]
) -> None:
    found = of("B05", audit(*results))
    assert (found.status, found.needs, found.ratings) == (status, needs, None)
    assert bool(found.reason) == (status == "not_testable")


def test_what_only_people_answer_is_rated_or_not() -> None:
    assert (of("E10", audit()).status, of("E10", audit()).ratings) == ("not_rated", 0)
    listed = {**RATED, "parts": [{"title": "X"}]}
    assert of("E10", audit(assessments=(listed,))).status == "not_rated", "names alone say nothing"
    noted = {**RATED, "parts": [{"title": "X", "facts": {"purpose": "care"}}]}
    assert (of("E10", audit(assessments=(noted,))).status, of("E10", audit(assessments=(noted,))).ratings) == (
        "noted",
        0,
    )
    rated = of("E10", audit(assessments=(RATED,)))
    assert (rated.status, rated.ratings, rated.needs) == ("rated", 1, ())


def test_a_mixed_concept_keeps_its_number_beside_its_rating() -> None:
    both = audit(Result(id="a.one", status="ok"), assessments=({**RATED, "concept": "A04"},))
    assert (of("A04", both).status, of("A04", both).ratings) == ("ok", 1)
    alone = audit(assessments=({**RATED, "concept": "A02"},))
    assert of("A02", alone).status == "rated"
    assert of("A02", audit()).status == "not_testable"
