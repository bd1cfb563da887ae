"""What the JSON formats share: items one by one, each a raw review or a reject, gathered into batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import polars as pl

from cxreport.api import Batch, Input, Reject, reading
from cxreport_plugins.reviews.answers import ANSWER
from cxreport_plugins.reviews.raw import RAW, Reviews

Raw = dict[str, Any]
"""Columns of `RAW` as text, and perhaps `answers`, a list of `answers.answer`."""
Found = tuple[str, object]
"""A JSON pointer and what stands there."""
Find = Callable[[object, str], Iterable[Found]]
Convert = Callable[[dict[str, Any]], Raw]
Item = tuple[int, str, object]
"""An index, a JSON pointer and what stands there, as `reading.json_items` gives them."""
Part = Item | reading.JsonColumns
Parse = Callable[[reading.TextStream], Iterable[Part]]
"""From text to items, one by one or as columns, as `reading.json_lines` gives them."""
SIZE = 20_000


@dataclass(frozen=True, slots=True)
class Skip:
    """What a `Find` yields for an item that is left out on purpose, with the reason for the ledger."""

    reason: str


def itself(value: object, pointer: str) -> Iterator[Found]:
    """Each top-level item is a review."""
    yield pointer, value


def under(*keys: str) -> Find:
    """Reviews are the elements of the list under one of `keys`; an item without such a list is one itself."""

    def find(value: object, pointer: str) -> Iterator[Found]:
        lists = [(key, mapping(value)[key]) for key in keys if isinstance(mapping(value).get(key), list)]
        if not lists:
            yield pointer, value
        for key, listed in lists:
            for index, element in enumerate(listed):
                yield f"{pointer}/{key}/{index}", element

    return find


def first(value: object, *keys: str) -> dict[str, Any]:
    """The first object of the list under one of `keys`, or `value` itself without one; {} if it is no object."""
    whole = mapping(value)
    listed = next((whole[key] for key in keys if isinstance(whole.get(key), list)), None)
    if listed is None:
        return whole
    return mapping(listed[0]) if listed else {}


def read(data: Input, reviews: Reviews, find: Find, convert: Convert) -> Iterator[Batch]:
    """Batches of the reviews that `find` sees in each top-level item, made raw by `convert`."""
    schema: dict[str, Any] = {"source_row": pl.Int64, **dict.fromkeys(RAW, pl.String), "answers": pl.List(ANSWER)}
    for objects, rejects in chunks(data, reviews, find):
        rows = [{**convert(item), "source_row": row, "source_pointer": at} for row, at, item in objects]
        yield reviews.batch(pl.DataFrame(rows, schema=schema), rejects)


def chunks(
    data: Input, reviews: Reviews, find: Find
) -> Iterator[tuple[list[tuple[int, str, dict[str, Any]]], tuple[Reject, ...]]]:
    """Objects with their number and pointer, some thousands at a time, and what stood among them but is none."""
    with reading.open_text(data, encoding=reviews.options.encoding) as text:
        found = _found(reading.json_items(text), find)
        while chunk := list(islice(found, SIZE)):
            yield _sorted(chunk, reviews)
        reviews.facts.encoding, reviews.facts.encoding_how = text.encoding.name, text.encoding.how


def _found(items: Iterable[tuple[int, str, object]], find: Find) -> Iterator[Found]:
    for _, pointer, value in items:
        if isinstance(value, reading.JsonProblem):
            yield pointer, value
        else:
            yield from find(value, pointer)


def _sorted(chunk: list[Found], reviews: Reviews) -> tuple[list[tuple[int, str, dict[str, Any]]], tuple[Reject, ...]]:
    objects: list[tuple[int, str, dict[str, Any]]] = []
    rejects: list[Reject] = []
    for pointer, value in chunk:
        row = reviews.facts.rows_read
        reviews.facts.rows_read += 1
        if isinstance(value, Skip):
            reviews.facts.skip(value.reason)
        elif isinstance(value, dict):
            objects.append((row, pointer, value))
        else:
            rejects.append(reject(row, value))
    return objects, tuple(rejects)


def reject(row: int, value: object) -> Reject:
    """What is said of an item that is no object."""
    if isinstance(value, reading.JsonProblem):
        return Reject(row, value.code, value.reason)
    return Reject(row, "not_an_object", "a value without field names")


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listing(value: object) -> list[Any]:
    """A list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: object) -> str | None:
    """A cell: strings as they are, numbers and flags as JSON writes them; None for nothing."""
    return None if isinstance(value, dict | list) else reading.json_text(value)


def extra(item: dict[str, Any], mapped: frozenset[str]) -> str | None:
    """A JSON object of the fields that nothing maps, keys sorted; None when all are.

    `mapped` names fields, and fields of objects as `reviewer.name`: then the rest of that object is extra.
    """
    rest = _rest(item, mapped, "")
    return reading.json_text(rest) if rest else None


def _rest(item: dict[str, Any], mapped: frozenset[str], prefix: str) -> dict[str, Any]:
    rest: dict[str, Any] = {}
    for key in sorted(item):
        path, value = prefix + key, item[key]
        if path in mapped:
            continue
        if isinstance(value, dict) and path in _parents(mapped):
            value = _rest(value, mapped, f"{path}.")
        if value not in (None, "", [], {}):
            rest[key] = value
    return rest


@cache
def _parents(mapped: frozenset[str]) -> frozenset[str]:
    """`a` and `a.b` for `a.b.c`."""
    return frozenset(path[:at] for path in mapped for at, sign in enumerate(path) if sign == ".")
