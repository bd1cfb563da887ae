"""What the JSON formats share: items one by one, each made raw records, gathered into batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from cxreport.api import Batch, Input, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.support.raw import Raw, Records

Convert = Callable[[dict[str, Any], Records], Iterable[Raw]]
SIZE = 5_000


def read(data: Input, records: Records, keys: tuple[str, ...], convert: Convert, reason: str) -> Iterator[Batch]:
    """Batches of what `convert` makes of each item: those of the list under one of `keys`, or the items themselves.

    An item that gives no record is skipped for `reason`.
    """
    with reading.open_text(data, encoding=records.options.encoding) as text:
        found = _found(reading.json_items(text), keys)
        while chunk := list(islice(found, SIZE)):
            yield _batch(chunk, records, convert, reason)
        records.facts.encoding, records.facts.encoding_how = text.encoding.name, text.encoding.how


def _found(items: Iterable[tuple[int, str, object]], keys: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    for _, pointer, value in items:
        held = mapping(value)
        key = next((key for key in keys if isinstance(held.get(key), list)), None)
        if key is None:
            yield pointer, value
        else:
            yield from ((f"{pointer}/{key}/{index}", item) for index, item in enumerate(held[key]))


def _batch(chunk: list[tuple[str, object]], records: Records, convert: Convert, reason: str) -> Batch:
    rows: list[Raw] = []
    rejects: list[Reject] = []
    for pointer, value in chunk:
        number = records.facts.rows_read
        records.facts.rows_read += 1
        if isinstance(value, reading.JsonProblem):
            rejects.append(Reject(number, value.code, value.reason))
        elif isinstance(value, dict):
            made = [{"source_pointer": pointer, **raw, "source_row": number} for raw in convert(value, records)]
            records.facts.skip(reason, 0 if made else 1)
            rows += made
        else:
            rejects.append(Reject(number, "not_an_object", "a value without field names"))
    return Batch(records.frame(rows), rejects=tuple(rejects))


def first(look: Look, *keys: str) -> dict[str, Any]:
    """The first item within sight: of the list under one of `keys`, or the first top-level object."""
    value = mapping(look.value)
    held = next((value[key] for key in keys if isinstance(value.get(key), list)), None)
    return value if held is None else mapping(held[0] if held else None)


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def dicts(value: object) -> list[dict[str, Any]]:
    """The objects in a list; none when it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text(value: object) -> str | None:
    """A value as text; None for objects, lists and what is blank."""
    if isinstance(value, dict | list):
        return None
    found = reading.json_text(value)
    return found.strip() or None if found else None


def tags(*values: object) -> list[str] | None:
    """The labels of an item, in order, each once; None when there is none."""
    found = [text(part) for value in values for part in (value if isinstance(value, list) else [value])]
    return list(dict.fromkeys(label for label in found if label)) or None
