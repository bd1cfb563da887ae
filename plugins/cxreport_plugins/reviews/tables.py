"""What the flat formats share, whether a table or objects in JSON: columns by name, and those that nothing maps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl

from cxreport.api import Batch, Detection, Input, ReadFacts, Reject, reading
from cxreport_plugins.common import rows
from cxreport_plugins.common.look import Look
from cxreport_plugins.reviews import answers, items
from cxreport_plugins.reviews.raw import Reviews

Aliases = Mapping[str, Sequence[str]]
"""Column of a raw review → normalised names it may have in the file, the best first."""
Refine = Callable[[pl.DataFrame, Reviews], pl.DataFrame]
PERSONAL = ("review user email", "email", "reviewer email", "reference id", "order id", "referral email")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a flat format."""

    signature: frozenset[str]
    """Normalised names that tell this format from all others."""
    aliases: Aliases
    refine: Refine = lambda raw, reviews: raw
    """What is special to the format, on raw reviews with a column per alias; aliases beyond `RAW` are ignored later."""
    question: Callable[[str], str | None] = lambda label: None
    """What a column asks if it holds a sub-rating or an answer; None for any other."""
    doubled: frozenset[str] = frozenset()
    """Aliases whose cells also stay in `extra`, because a record holds only a part of what they say."""
    parse: items.Parse = reading.json_lines
    """How objects are read from text that looks like JSON."""


def detect(look: Look, system: str, signature: frozenset[str], format: str = "") -> Detection | None:
    """A table one of whose first records names all columns of `signature`, or objects with those fields."""
    if look.is_json:
        names = {reading.norm(name) for name in flat(items.mapping(look.value))}
        if not signature <= names:
            return None
        return Detection(system, format, 1.0, f"Its objects have the fields {', '.join(sorted(signature))}.")
    at = reading.find_header(look.records, signature)
    if at is None:
        return None
    return Detection(system, format, 1.0, f"Row {at + 1} names the columns {', '.join(sorted(signature))}.")


@dataclass(frozen=True, slots=True)
class Detector:
    """`detect` for a format with one or more layouts, by their names."""

    system: str
    layouts: Mapping[str, Layout]

    def __call__(self, look: Look) -> Detection | None:
        """The first layout that the file has."""
        found = (detect(look, self.system, layout.signature, name) for name, layout in self.layouts.items())
        return next((detection for detection in found if detection), None)


def reader(layouts: Mapping[str, Layout]) -> Callable[[Input, Detection, Reviews], Iterator[Batch]]:
    """`read` by the layout that was detected."""
    return lambda data, found, reviews: read(data, layouts[found.format], reviews)


def read(data: Input, layout: Layout, reviews: Reviews) -> Iterator[Batch]:
    """Batches of a flat file. Raises ReadError when it cannot be opened."""
    yield from (_objects if Look(data).is_json else _table)(data, layout, reviews)


def _table(data: Input, layout: Layout, reviews: Reviews) -> Iterator[Batch]:
    table = reading.open_table(
        data, encoding=reviews.options.encoding, header=lambda records: reading.find_header(records, layout.signature)
    )
    header = rows.Header(tuple(table.header))
    for batch in reading.ahead(table.batches()):
        rejects = rows.rejects(batch, reviews.facts)
        yield reviews.batch(_raw(header, batch, layout, reviews), rejects)
    _tell_personal(header, reviews.facts)
    rows.describe(table, reviews.facts)


def _objects(data: Input, layout: Layout, reviews: Reviews) -> Iterator[Batch]:
    personal: dict[str, None] = {}
    with reading.open_text(data, encoding=reviews.options.encoding) as text:
        for parts in reading.ahead(_gathered(layout.parse(text))):
            frame, rejects = _rows(parts, reviews.facts)
            names = frame.columns[:-1]
            raw = _raw(rows.Header(tuple(names)), reading.TableBatch(frame, []), layout, reviews)
            alone = isinstance(parts[0], tuple) and not parts[0][1]
            pointer = pl.lit("") if alone else pl.format("/{}", "source_row")
            yield reviews.batch(raw.with_columns(pointer.alias("source_pointer")), rejects)
            personal.update(dict.fromkeys(name for name in names if reading.norm(name) in PERSONAL))
        reviews.facts.encoding, reviews.facts.encoding_how = text.encoding.name, text.encoding.how
    _tell_personal(rows.Header(tuple(personal)), reviews.facts)


def _gathered(parts: Iterable[items.Part]) -> Iterator[list[items.Part]]:
    """Some thousands of items at a time: each batch has its cost."""
    held: list[items.Part] = []
    count = 0
    for part in parts:
        held.append(part)
        count += 1 if isinstance(part, tuple) else part.frame.height
        if count >= items.SIZE:
            yield held
            held, count = [], 0
    if held:
        yield held


def _rows(parts: list[items.Part], facts: ReadFacts) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
    """Objects as rows of text, last the column of their indexes; and what is no object."""
    frames = [part.frame for part in parts if isinstance(part, reading.JsonColumns)]
    alone = [item for part in parts for item in ([(part[0], part[2])] if isinstance(part, tuple) else part.others)]
    facts.rows_read += len(alone) + sum(frame.height for frame in frames)
    objects = [(row, value) for row, value in alone if isinstance(value, dict)]
    if objects or not frames:
        numbers = pl.Series(reading.ROW, [row for row, _ in objects], dtype=pl.Int64)
        frames.append(_cells([value for _, value in objects]).with_columns(numbers))
        frames.sort(key=lambda frame: frame[reading.ROW].min() or 0)
    whole = pl.concat(frames, how="diagonal").sort(reading.ROW)
    rejects = tuple(items.reject(row, value) for row, value in alone if not isinstance(value, dict))
    return whole.select(pl.exclude(reading.ROW), reading.ROW), rejects


def _cells(found: list[dict[str, Any]]) -> pl.DataFrame:
    """Objects as rows of text, their fields in the order in which they appear."""
    keys = dict.fromkeys(chain.from_iterable(found))
    keys.pop(reading.ROW, None)
    columns = {key: [item.get(key) for item in found] for key in keys}
    if any(dict in map(type, values) for values in columns.values()):
        rows = [flat(item) for item in found]
        columns = {key: [row.get(key) for row in rows] for key in dict.fromkeys(chain.from_iterable(rows))}
    return pl.DataFrame([reading.json_cells(_filled(values)).alias(key) for key, values in columns.items()])


def _filled(values: list[Any]) -> list[Any]:
    """Empty lists as nulls."""
    return [None if value == [] else value for value in values] if list in set(map(type, values)) else values


def flat(item: dict[str, Any]) -> dict[str, str | None]:
    """An object as one row: `{"a": {"b": 1}}` is `a/b` 1, as scrapers write such objects in CSV; lists are JSON."""
    out: dict[str, str | None] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            out.update({f"{key}/{inner}": reading.json_text(cell) for inner, cell in value.items()})
        else:
            out[key] = None if value == [] else reading.json_text(value)
    return out


def _raw(header: rows.Header, batch: reading.TableBatch, layout: Layout, reviews: Reviews) -> pl.DataFrame:
    mapping = {column: _known(header, names) for column, names in layout.aliases.items()}
    asked = {column: asks for column in header.columns if (asks := layout.question(header.label(column)))}
    whole = [known[0] for column, known in mapping.items() if known and column not in layout.doubled]
    used = {*whole, *asked, *_personal(header)}
    raw = header.frame(batch).select(
        pl.col(reading.ROW).alias("source_row"),
        *(pl.coalesce(*known, pl.lit(None, pl.String)).alias(column) for column, known in mapping.items()),
        rows.leftover(header.others(used)),
        *([answers.gathered(asked, reviews.scale)] if asked else []),
    )
    return layout.refine(raw, reviews)


def _known(header: rows.Header, names: Sequence[str]) -> list[str]:
    """The columns under these names, in this order; the later ones fill the gaps of the first and stay extra."""
    return [header.by_norm[name] for name in names if name in header.by_norm]


def _personal(header: rows.Header) -> list[str]:
    return sorted(header.by_norm[name] for name in PERSONAL if name in header.by_norm)


def _tell_personal(header: rows.Header, facts: ReadFacts) -> None:
    dropped = [header.label(column) for column in _personal(header)]
    if dropped:
        facts.notes.append(f"Not read, because they hold contact details or order numbers: {', '.join(dropped)}.")
