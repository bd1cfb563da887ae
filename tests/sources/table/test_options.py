"""What may be written for a table, and how a mistake is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError


@pytest.mark.parametrize(
    ("columns", "mend"),
    [
        ({"creatd_at": "opened", "text": "t"}, "did you mean created_at?"),
        ({"id": "ticket", "text": "t"}, "did you mean native_id?"),
        ({"comment": "t"}, "did you mean text?"),
        ({"score": "s", "text": "t"}, "mapped by `rating: {column"),
        ({"extra": "s", "text": "t"}, "a column of a record that is worked out"),
        ({"qqqq": "s", "text": "t"}, "known: native_id"),
        ({"native_id": "id"}, "at least one of `text`"),
    ],
)
def test_wrong_columns(source: Callable[..., Any], columns: dict[str, str], mend: str) -> None:
    with pytest.raises(ValidationError) as caught:
        source(columns=columns)
    assert mend in str(caught.value)


def test_the_place_of_a_wrong_column_is_told(source: Callable[..., Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        source(columns={"text": "t", "creatd_at": "opened"})
    assert caught.value.errors()[0]["loc"][:2] == ("columns", "creatd_at")


@pytest.mark.parametrize(
    ("rating", "mend"),
    [
        ({"column": "s"}, "state the scale"),
        ({"column": "s", "metric": "csat"}, "state the scale"),
        ({"column": "s", "min": 1}, "both `min` and `max`"),
        ({"column": "s", "min": 5, "max": 1}, "less than"),
        ({"column": "s", "metric": "nps", "max": 5}, "scale from 0 to 10"),
        ({"column": "s", "metric": "nps", "reversed": True}, "scale from 0 to 10"),
        ({"column": "s", "metric": "happiness", "min": 1, "max": 5}, "metric"),
        ({"column": "s", "min": 1, "max": 5, "flipped": True}, "flipped"),
    ],
)
def test_wrong_ratings(source: Callable[..., Any], rating: dict[str, Any], mend: str) -> None:
    with pytest.raises(ValidationError) as caught:
        source(columns={"text": "t"}, rating=rating)
    assert mend in str(caught.value)


def test_scales_that_need_not_be_written(source: Callable[..., Any]) -> None:
    for metric, ends in (("nps", (0, 10)), ("stars", (1, 5)), ("binary", (0, 1))):
        rating = source(rating={"column": "s", "metric": metric}).options.rating
        assert (rating.min, rating.max) == ends


def test_a_rating_may_stand_among_the_columns(source: Callable[..., Any]) -> None:
    rating = {"column": "Score", "metric": "csat", "min": 1, "max": 5}
    assert (
        source(columns={"text": "t", "rating": rating}).options == source(columns={"text": "t"}, rating=rating).options
    )
    with pytest.raises(ValidationError, match="state the scale"):
        source(columns={"text": "t", "rating": "Score"})


def test_constants_that_differ_from_row_to_row(source: Callable[..., Any]) -> None:
    with pytest.raises(ValidationError, match="map it to a column"):
        source(columns={"text": "t"}, values={"created_at": "2026-01-01"})
    with pytest.raises(ValidationError, match="did you mean location_name"):
        source(columns={"text": "t"}, values={"locaton_name": "Riga"})
