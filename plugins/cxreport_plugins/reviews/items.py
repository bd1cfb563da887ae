"""What the JSON formats share: items one by one, each a raw review or a reject, gathered into batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import polars as pl

from cxreport.api import Batch, Input, Reject, reading
from cxreport_plugins.reviews.raw import RAW, Reviews

Raw = dict[str, str | None]
Found = tuple[str, object]
"""A JSON pointer and what stands there."""
Find = Callable[[object, str], Iterable[Found]]
Convert = Callable[[dict[str, Any]], Raw]
SIZE = 20_000


def read(data: Input, reviews: Reviews, find: Find, convert: Convert) -> Iterator[Batch]:
    """Batches of the reviews that `find` sees in each top-level item, made raw by `convert`."""
    with reading.open_text(data, encoding=reviews.options.encoding) as text:
        found = _found(reading.json_items(text), find)
        while chunk := list(islice(found, SIZE)):
            yield _batch(chunk, reviews, convert)
        reviews.facts.encoding, reviews.facts.encoding_how = text.encoding.name, text.encoding.how
    reviews.finish()


def _found(items: Iterable[tuple[int, str, object]], find: Find) -> Iterator[Found]:
    for _, pointer, value in items:
        if isinstance(value, reading.JsonProblem):
            yield pointer, value
        else:
            yield from find(value, pointer)


def _batch(chunk: list[Found], reviews: Reviews, convert: Convert) -> Batch:
    rows: list[dict[str, Any]] = []
    rejects: list[Reject] = []
    for pointer, value in chunk:
        row = reviews.facts.rows_read
        reviews.facts.rows_read += 1
        if isinstance(value, reading.JsonProblem):
            rejects.append(Reject(row, value.code, value.reason))
        elif isinstance(value, dict):
            rows.append({**convert(value), "source_row": row, "source_pointer": pointer})
        else:
            rejects.append(Reject(row, "not_an_object", "a value without field names"))
    schema = {"source_row": pl.Int64, **dict.fromkeys(RAW, pl.String)}
    return reviews.batch(pl.DataFrame(rows, schema=schema), tuple(rejects))


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str | None:
    """A cell: strings as they are, numbers and flags as JSON writes them; None for nothing."""
    return None if isinstance(value, dict | list) else reading.json_text(value)


def extra(item: dict[str, Any], mapped: frozenset[str]) -> str | None:
    """A JSON object of the fields that nothing maps, keys sorted; None when all are."""
    rest = {key: item[key] for key in sorted(item) if key not in mapped and item[key] not in (None, "", [], {})}
    return reading.json_text(rest) if rest else None
