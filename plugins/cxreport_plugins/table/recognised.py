"""Recognising tables by mapping files, and looking at tables that no mapping file knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from cxreport.api import Input, ReadError, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.table import rating
from cxreport_plugins.table.mapping import CONFIDENCE, Mapping
from cxreport_plugins.table.options import TableOptions
from cxreport_plugins.table.scales import Asked, Rating
from cxreport_plugins.table.shipped import shipped
from cxreport_plugins.table.spelling import normed, place

_EVEN = 0.6
_HEADER_CHARS = 80
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """The beginning of what looks like a table."""

    header: Sequence[str]
    body: Sequence[Sequence[str]]
    records: Sequence[Sequence[str]]
    """The first records, header and what stands above it included."""


def opened(data: Input, options: TableOptions) -> reading.Table:
    """The table as far as the options describe it. Raises ReadError."""
    return reading.open_table(
        data, encoding=options.encoding, delimiter=options.delimiter, header=options.header_row, sheet=options.sheet
    )


def seen(data: Input, options: TableOptions) -> Seen | None:
    """Header and first records of what looks like a table; None for anything else. Never raises."""
    look = Look(data)
    if look.is_json:
        value = look.value
        is_list = look.text.startswith("[") or "\n{" in look.text
        return _object(value) if isinstance(value, dict) and _is_flat(value) and is_list else None
    try:
        table = opened(data, options)
    except ReadError:
        return None
    has_header = table.format != "parquet"
    body = table.preview[1:] if has_header else table.preview
    records = table.preview if has_header else [table.header, *table.preview]
    return Seen(table.header, body, records) if _is_table(table, body) else None


def recognised(records: Sequence[Sequence[str]]) -> tuple[str, Mapping] | None:
    """The surest shipped mapping file whose signature stands in one of the first records, and that fits what follows.

    It fits unless most cells of its rating are off the scale. Among equally sure ones the longest signature wins,
    then the one with most cells on its scale, then the one with the narrower scale.
    """
    known, names = [], normed(records)
    for name, mapping in shipped().items():
        at = mapping.header_at(names)
        share = _on_scale(mapping, records[at], records[at + 1 :]) if at is not None else 0.0
        if share >= _MOST:
            known.append(((CONFIDENCE[mapping.sure], len(mapping.signature), share, -_width(mapping)), name))
    return (best := max(known)[1], shipped()[best]) if known else None


def _on_scale(mapping: Mapping, header: Sequence[str], body: Sequence[Sequence[str]]) -> float:
    """The share of the first cells of the rating that lie on its scale; 1 where there are none."""
    at = place(mapping.rating.column, header) if mapping.rating else None
    found = [record[at].strip() for record in body if at < len(record)] if at is not None else []
    silent = {"", *mapping.missing, *(word for words in mapping.leave_out.values() for word in words)}
    given = pl.Series([cell for cell in found if cell.lower() not in silent], dtype=pl.String)
    if mapping.rating is None or given.is_empty():
        return 1.0
    on_any = [
        rating.numbers(given, scale).is_between(scale.min, scale.max).fill_null(value=False).alias(str(number))
        for number, scale in enumerate(_scales(mapping.rating))
    ]
    return int(pl.DataFrame(on_any).max_horizontal().sum()) / len(given)


def _scales(asked: Rating) -> Sequence[Asked]:
    return [*asked.cases.values()] or [asked]


def _width(mapping: Mapping) -> float:
    scales = _scales(mapping.rating) if mapping.rating else []
    return max((float(scale.max or 0) - float(scale.min or 0) for scale in scales), default=0.0)


def _object(value: dict[str, object]) -> Seen:
    names, cells = list(value), [str(cell) for cell in value.values()]
    return Seen(names, [cells], [names, cells])


def _is_flat(value: dict[str, object]) -> bool:
    return len(value) > 1 and not any(isinstance(v, list) for v in value.values())


def _is_table(table: reading.Table, body: Sequence[Sequence[str]]) -> bool:
    """At least two short, different names over rows that are mostly as wide."""
    names = [name for name in table.header if name]
    widths = Counter(len(record) for record in body)
    is_even = widths[len(table.header)] >= _EVEN * len(body)
    return len(names) > 1 and is_even and bool(body) and all(len(name) <= _HEADER_CHARS for name in names)
