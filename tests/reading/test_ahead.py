"""Reading ahead: order, one item ahead and no more, and failures in their place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cxreport.reading import ahead


def test_items_come_in_order_whatever_they_are() -> None:
    assert list(ahead(iter([0, "", [], 3]))) == [0, "", [], 3]
    assert list(ahead(iter(()))) == []


def test_one_item_more_than_is_in_use_is_made() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    reader = ahead(items())
    next(reader)
    reader.close()  # type: ignore[attr-defined]
    assert made == [0, 1]


def test_a_failure_comes_behind_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("damaged")

    reader = ahead(items())
    assert next(reader) == 1
    with pytest.raises(ValueError, match="damaged"):
        next(reader)
