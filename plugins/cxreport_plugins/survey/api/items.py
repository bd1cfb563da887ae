"""Responses that come as JSON objects, made a table of text cells, so that they are read as all others are."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from cxreport.api import Detection, Input, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.survey.cells import POINTER
from cxreport_plugins.survey.model import Layout

Kind = Literal["", "open", "comment", "choice", "multi", "answer", "score"]
"""What a cell is: metadata, words, *the* words of the record, one choice, several, unknown, a score."""
SEPARATOR = "\x1f"
"""Stands between the choices of one cell; no label holds it."""
Found = tuple[str, object]
"""A JSON pointer and what stands there."""
Numbered = tuple[int, str | None, object]
"""The number of an item in its file, its JSON pointer, and a response or a problem."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a response, with all that its JSON says of it."""

    key: str
    """Name of its column: equal keys are one column."""
    value: str | None
    kind: Kind = ""
    text: str = ""
    """The question, where the file holds it."""
    label: str = ""
    """Row of a grid, where `key` is one of several columns of the question `group`."""
    group: str = ""
    is_other: bool = False
    """Whether it holds the words written beside "Other"."""
    scale: tuple[str, float, float] | None = None
    """Metric, lowest and highest value, of a score."""


@dataclass(frozen=True, slots=True)
class ObjectFormat:
    """One JSON shape of a survey tool."""

    system: str
    recognise: Callable[[Look], Detection | None]
    find: Callable[[object, str], Iterable[Found]]
    """The responses within one top-level item and their pointers; an item that is one gives itself."""
    cells: Callable[[dict[str, Any]], Iterator[Cell]]
    layout: Callable[[Sequence[Cell]], Layout]
    """What the columns say: one `Cell` each, the first that was seen of its key."""
    signature: frozenset[str] = frozenset()
    """Names of columns by which the header of a table is found, where the tool writes tables of the same fields."""


class ItemTable(reading.Table):
    """Responses as rows, their cells as columns in order of appearance.

    `__row` is the 0-based number of a JSON item. The same fields as a table of text are read alike; `__row` is
    then the 1-based number of the record. Opening reads the whole file for its columns; `batches` reads it again.
    Raises ReadError when it cannot be opened or has too many columns.
    """

    format = "json"

    def __init__(self, input: Input, format: ObjectFormat, encoding: str | None) -> None:
        super().__init__(input)
        self._format, self._asked = format, encoding
        self._source = None if Look(input).is_json else self._table()
        self._encoding = reading.Encoding("utf-8", "utf-8")
        columns: dict[str, Cell] = {}
        with closing(self._items()) as items:
            for _, _, value in items:
                for cell in format.cells(value) if isinstance(value, dict) else ():
                    columns[cell.key] = _said(columns.get(cell.key), cell)
        self._columns = columns
        self._name(list(columns))

    @property
    def dialect(self) -> reading.Dialect:
        """How the file is written; JSON has no header row."""
        if self._source is not None:
            return self._source.dialect
        return reading.Dialect("", "", 0, self._encoding, 0, tuple(self.header))

    def layout(self) -> Layout:
        """What the columns say."""
        return self._format.layout(list(self._columns.values()))

    def _table(self) -> reading.Table:
        signature = self._format.signature
        return reading.open_table(self.input, encoding=self._asked, header=lambda preview: header(preview, signature))

    def _items(self) -> Generator[Numbered]:
        if self._source is not None:
            yield from _rows(self._source)
            return
        with reading.open_text(self.input, encoding=self._asked) as text:
            found = (each for _, pointer, value in reading.json_items(text) for each in self._within(value, pointer))
            yield from ((number, pointer, value) for number, (pointer, value) in enumerate(found))
            self._encoding = text.encoding

    def _within(self, value: object, pointer: str) -> Iterable[Found]:
        return [(pointer, value)] if isinstance(value, reading.JsonProblem) else self._format.find(value, pointer)

    def batches(self, size: int = 50_000) -> Iterator[reading.TableBatch]:
        """Read the responses from the beginning, `size` at a time. May be called again."""
        items = self._items()
        while chunk := list(itertools.islice(items, size)):
            yield self._batch(chunk)

    def _batch(self, chunk: Sequence[Numbered]) -> reading.TableBatch:
        rows: list[dict[str, str | None]] = []
        places: list[tuple[int, str | None]] = []
        rejects: list[reading.RowProblem] = []
        for number, pointer, value in chunk:
            if isinstance(value, dict):
                rows.append({cell.key: cell.value for cell in self._format.cells(value)})
                places.append((number, pointer))
            elif isinstance(value, reading.JsonProblem):
                rejects.append(reading.RowProblem(number, value.code, value.reason))
            elif isinstance(value, reading.RowProblem):
                rejects.append(value)
            else:
                rejects.append(reading.RowProblem(number, "not_an_object", "a value without field names"))
        cells = [pl.Series(f"c{i}", [row.get(key) for row in rows], pl.String) for i, key in enumerate(self._columns)]
        place = [
            pl.Series(reading.ROW, [number for number, _ in places], pl.Int64),
            pl.Series(POINTER, [pointer for _, pointer in places], pl.String),
        ]
        return reading.TableBatch(pl.DataFrame([*cells, *place]), rejects)


def _rows(table: reading.Table) -> Iterator[Numbered]:
    """The rows of a table as objects of what is in their cells, and its rejects."""
    for batch in table.batches():
        for row in batch.frame.iter_rows(named=True):
            yield row[reading.ROW], None, {name: cell for name, cell in row.items() if cell and name != reading.ROW}
        yield from ((problem.row, None, problem) for problem in batch.rejects)


def _said(before: Cell | None, cell: Cell) -> Cell:
    """What is known of a column after one more cell: the first that tells, where one response told less."""
    if before is None or (cell.kind == "multi" and before.kind != "multi"):
        return cell
    return before if before.text or not cell.text else cell


def listed(*keys: str) -> Callable[[object, str], Iterator[Found]]:
    """A `find` for objects that hold their responses in the list under one of `keys`, or are one themselves."""

    def find(value: object, pointer: str) -> Iterator[Found]:
        held = mapping(value)
        key = next((key for key in keys if isinstance(held.get(key), list)), None)
        if key is None:
            yield pointer, value
        else:
            yield from ((f"{pointer}/{key}/{index}", item) for index, item in enumerate(held[key]))

    return find


def first(look: Look, *keys: str) -> dict[str, Any]:
    """The first response within sight: of the list under one of `keys`, or the first top-level object."""
    value = mapping(look.value)
    held = next((value[key] for key in keys if isinstance(value.get(key), list)), None)
    return mapping(held[0] if held else None) if held is not None else value


def has_fields(look: Look, signature: frozenset[str], *keys: str) -> bool:
    """Whether the first response, or one of the first records of a table, holds all names of `signature`."""
    if look.is_json:
        return signature <= first(look, *keys).keys()
    return header(look.records, signature) is not None


def header(records: Sequence[Sequence[str]], signature: frozenset[str]) -> int | None:
    """0-based index of the first record that holds all names of `signature`, else None."""
    held = (index for index, record in enumerate(records) if signature <= {cell.strip() for cell in record})
    return next(held, None) if signature else None


def mapping(value: object) -> dict[str, Any]:
    """An object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """A list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: object) -> str | None:
    """A value as a cell: strings as they are, numbers as JSON writes them, objects as JSON; None for nothing."""
    if value in (None, "", [], {}):
        return None
    return (
        json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else reading.json_text(value)
    )


def joined(values: Iterable[object]) -> str | None:
    """Several choices as one cell."""
    return SEPARATOR.join(found for value in values if (found := text(value))) or None


def metadata(fields: Mapping[str, Any], *, without: Iterable[str] = (), prefix: str = "") -> Iterator[Cell]:
    """The fields as cells of metadata; objects give a cell for each of their fields, `user.plan`."""
    left_out = frozenset(without)
    for name, value in fields.items():
        if name in left_out:
            continue
        if isinstance(value, dict) and prefix.count(".") < 3:
            yield from metadata(value, prefix=f"{prefix}{name}.")
        elif (found := text(value)) is not None:
            yield Cell(f"{prefix}{name}", found)
