"""A plugin's numbers are held to the contract before anybody can see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from cxreport.model.problem import CxreportError
from cxreport.model.result import Result, not_testable
from cxreport.plugin.measure import Feedback, Measure, Method, Scope
from cxreport.stages import measure as stage
from tests.measures import make


class Given(Measure):
    """Says what the test says."""

    name = "test.given"
    title = "Given"
    method = Method("f", "Wilson", "s")
    says: Sequence[Result] = ()

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Every record."""
        return {"all": feedback.records.select("record_id")}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """As told."""
        assert list(frames) == ["all"], "a measure sees its own aggregates only"
        return self.says


def said(*results: Result) -> tuple[Result, ...]:
    table = make.records({}, {})
    cls = type("Saying", (Given,), {"says": results})
    return make.run(cls, table)


def good(**more: Any) -> Result:
    return Result(**{"id": "test.given", "value": 0.5, "low": 0.4, "high": 0.6, "n": 10, **more})


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (good(id="test.other"), "it came from test.given"),
        (good(value=0.7), "lies outside of its interval"),
        (good(low=0.55), "lies outside of its interval"),
        (good(n=-1), "a negative base"),
        (good(kind="count", value=10), "a count with an interval"),
        (not_testable("test.given", ""), "without a reason"),
        (good(status="not_testable", reason="because"), "with a value"),
    ],
)
def test_nonsense_is_refused_and_named(wrong: Result, what: str) -> None:
    with pytest.raises(CxreportError, match=what) as caught:
        said(good(), wrong)
    assert caught.value.exit_code == 1
    assert caught.value.problems[0].where.startswith("measure test.")


def test_sound_results_pass_unchanged() -> None:
    sound = (good(), good(dims={"channel": "x"}, low=None, high=None), good(kind="count", low=None, high=None))
    assert said(*sound) == sound


def test_no_result_at_all_is_said() -> None:
    [result] = said()
    assert (result.status, result.reason) == ("not_testable", "it gave no result")


def test_a_column_that_nobody_provides_is_named() -> None:
    cls = type("Needy", (Given,), {"needs": ("record_id", "shoe_size"), "aggregate": None})
    [result] = make.run(cls, make.records({}))
    assert (result.status, result.needs) == ("not_testable", ("shoe_size",))
    assert "shoe_size" in result.reason


def test_aggregates_are_bounded_and_the_largest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "MAX_ROWS", 1)
    with pytest.raises(CxreportError, match=r"measure test\.given: the aggregates hold 2 rows"):
        said(good())


def test_numbers_have_twelve_digits_in_memory_as_in_files() -> None:
    """Parallel sums differ in the last digits: pages are drawn from memory, and must be the same bytes."""
    one, other = (
        good(value=0.1 + 0.2, low=0.3, rows=({"y": 0.1 + 0.2, "x": "a", "n": 3},)),
        good(value=0.3, low=0.3, rows=({"y": 0.3, "x": "a", "n": 3},)),
    )
    assert one == other
    assert Result.model_validate_json(one.model_dump_json()) == one
    assert good(value=None, low=float("nan"), high=float("inf")).high is None
    assert good(value=1 / 3).value == 0.333333333333
