"""The measure `journey.moments`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.api import MOMENTS, Accuracy
from cxreport_plugins.journey.moments import Moments
from tests.measures.make import labels, pick, records, repeated, run, scope

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["stimulus", "zmot", "fmot", "smot", None]),
        st.sampled_from(["negative", "neutral", "positive", None]),
        st.sampled_from(["ana", "bo", "cy", "di", None]),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


def moments(*rows: dict[str, Any], **common: Any) -> Any:
    whole = [{**common, **row} for row in rows]
    return run(Moments, records(*whole), label_table=labels(*whole))


def test_each_moment_has_its_score_count_and_share() -> None:
    found = moments(
        *repeated(30, moment="smot", sentiment="negative"), *repeated(10, moment="smot", sentiment="positive"),
        *repeated(20, moment="zmot", sentiment="neutral"), *repeated(40, moment="fmot", sentiment="positive"),
    )  # fmt: skip
    assert pick(found, moment="smot").value == pytest.approx(-50)
    assert pick(found, moment="smot", part="records").value == 40
    assert pick(found, moment="smot", part="share").value == pytest.approx(0.4)
    assert pick(found, moment="stimulus").status == "not_testable"
    assert pick(found, moment="none", part="share").value == 0


def test_shares_leave_out_what_is_about_all_moments_by_nature() -> None:
    found = moments(
        *repeated(60, moment=None, moment_rule="map.metric.relationship", sentiment="neutral"),
        *repeated(30, moment="smot", sentiment="neutral"), *repeated(10, moment=None, moment_rule="none.no_patterns"),
    )  # fmt: skip
    assert pick(found, moment="all", part="records").value == 60
    assert pick(found, moment="none", part="share").value == pytest.approx(0.25)
    assert pick(found, moment="smot", part="share").n == 40


@pytest.mark.parametrize(("unclassified", "status"), [(80, "ok"), (81, "directional")])
def test_more_than_forty_per_cent_without_a_moment_is_directional(unclassified: int, status: str) -> None:
    rows = [*repeated(120, moment="smot", sentiment="negative"), *repeated(unclassified, moment_rule="none.no_text")]
    found = moments(*rows)
    assert pick(found, moment="smot").status == status
    assert pick(found, moment="none", part="share").status == "ok"


def test_shared_is_public_and_passes_the_experience_on() -> None:
    found = moments(
        *repeated(15, sentiment="negative", acts=["complain", "warn"], moment="smot"),
        *repeated(15, sentiment="positive", acts=["praise"], moment="zmot"),
        *repeated(9, sentiment="positive", acts=["ask"]),
        *repeated(9, sentiment="positive", acts=["praise"], shared="private"), *repeated(9, sentiment="positive"),
    )  # fmt: skip
    shared = pick(found, moment="shared")
    assert (shared.value, shared.n) == (0, 30)
    assert pick(found, moment="shared", part="records").value == 30


def test_without_acts_nothing_is_shared() -> None:
    assert pick(moments({"moment": "smot", "sentiment": "negative"}), moment="shared").status == "not_testable"


def test_records_in_unknown_moments_have_none() -> None:
    found = moments(
        *repeated(20, moment="umot", sentiment="negative"), *repeated(20, moment="smot", sentiment="negative")
    )
    assert pick(found, moment="none", part="records").value == 20


def test_nothing_to_tell_is_not_testable() -> None:
    (only,) = run(Moments, records())
    assert only.status == "not_testable"
    (column,) = run(Moments, records({}).drop("moment"))
    assert column.needs == ("moment",)


@settings(max_examples=20)
@given(ROWS)
def test_counts_add_up_and_order_is_nothing(rows: list[tuple[str | None, str | None, str | None]]) -> None:
    made = [{"moment": m, "sentiment": s, "author_id": a, "acts": ["praise"]} for m, s, a in rows]
    table, said = records(*made), labels(*made)
    found = run(Moments, table, label_table=said)
    assert run(Moments, table.reverse(), label_table=said.reverse()) == found
    parts = [r for r in found if r.dims.get("part") == "records" and r.dims["moment"] != "shared"]
    assert sum(r.n for r in parts) == len(rows)
    shares = [r.value or 0 for r in found if r.dims.get("part") == "share" and r.shown]
    assert not shares or sum(shares) == pytest.approx(1.0)


@pytest.mark.parametrize("sound", [True, False])
def test_shares_are_corrected_by_what_people_coded(sound: bool) -> None:
    """Half of what is put at the first moment of truth belongs to the second; what people decided counts as it is."""
    classes = (*MOMENTS, "none")
    confusion = [[30.0 if i == j else 0.0 for j in range(5)] for i in range(5)]
    confusion[3][2] = 30.0
    judged = Accuracy(
        field="moment", classes=classes, confusion=tuple(map(tuple, confusion)), n=180, sound=sound, reason="wrong"
    )
    table = records(
        *repeated(40, moment="fmot", moment_rule="text.fmot"), *repeated(50, moment="smot", moment_rule="text.smot"),
        *repeated(10, moment="fmot", moment_rule="coded"), sentiment="neutral",
    )  # fmt: skip
    found = run(Moments, table, within=replace(scope(table), accuracy=(judged,)))
    fmot, smot = (pick(found, moment=m, part="share") for m in ("fmot", "smot"))
    assert fmot.value == pytest.approx(0.3)
    assert smot.value == pytest.approx(0.7)
    assert {fmot.status, smot.status} == {"ok" if sound else "directional"}
    assert (smot.reason, "180 coded records" in smot.method) == ("" if sound else "wrong", True)


def test_a_correction_by_few_coded_records_points_a_direction_only() -> None:
    """Thirty coded records of every moment but the zero one, of which there are eleven."""
    classes = (*MOMENTS, "none")
    confusion = [[(11.2 if i == 1 else 30.0) if i == j else 0.0 for j in range(5)] for i in range(5)]
    judged = Accuracy(field="moment", classes=classes, confusion=tuple(map(tuple, confusion)), n=131, sound=True)
    table = records(
        *repeated(60, moment="zmot", moment_rule="text.zmot"), *repeated(60, moment="smot", moment_rule="text.smot"),
        sentiment="neutral",
    )  # fmt: skip
    found = run(Moments, table, within=replace(scope(table), accuracy=(judged,)))
    zmot, smot = (pick(found, moment=m, part="share") for m in ("zmot", "smot"))
    assert (zmot.status, smot.status) == ("directional", "ok")
    assert zmot.reason == "its correction rests on 11 effective coded records, 30 are needed"
