"""A predicate means the same in Narwhals, in JSON and on a page."""

from __future__ import annotations

from datetime import UTC, datetime

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.model.predicate import Predicate, Term, any_of

FRAME = pl.DataFrame(
    {
        "entity": ["brand", "norda", None, "brand"],
        "n": [1, 2, 3, None],
        "voice": [True, False, None, True],
        "at": [datetime(2026, 1, d, tzinfo=UTC) for d in (1, 2, 3, 4)],
    }
)


def kept(*terms: Term) -> list[int]:
    frame = Predicate(all=terms).keep(nw.from_native(FRAME.with_row_index().lazy()))
    return frame.collect().to_native()["index"].to_list()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("term", "rows"),
    [
        (("entity", "eq", "brand"), [0, 3]),
        (("entity", "ne", "brand"), [1]),
        (("entity", "in", ("brand", "norda")), [0, 1, 3]),
        (("entity", "is_null", None), [2]),
        (("entity", "not_null", None), [0, 1, 3]),
        (("n", "ge", 2), [1, 2]),
        (("n", "lt", 2), [0]),
        (("voice", "eq", True), [0, 3]),
        (("voice", "not_true", None), [1, 2]),
        (("at", "ge", datetime(2026, 1, 3, tzinfo=UTC)), [2, 3]),
    ],
)
def test_operators_and_nulls(term: Term, rows: list[int]) -> None:
    assert kept(term) == rows


def test_no_terms_hold_for_every_row() -> None:
    assert kept() == [0, 1, 2, 3]


def test_cut_narrows() -> None:
    whole = Predicate(all=(("voice", "eq", True),))
    assert whole.cut({"entity": "brand"}).all == (("voice", "eq", True), ("entity", "eq", "brand"))
    assert whole.cut({"entity": "brand"}).columns() == ("voice", "entity")
    assert any_of("entity", ["a", "b"]) == ("entity", "in", ("a", "b"))


@given(
    st.lists(st.tuples(st.text(min_size=1), st.sampled_from(["eq", "ne"]), st.text() | st.integers() | st.booleans()))
)
def test_json_round_trip(terms: list[Term]) -> None:
    predicate = Predicate(all=tuple(terms))
    assert Predicate.model_validate_json(predicate.model_dump_json()) == predicate
