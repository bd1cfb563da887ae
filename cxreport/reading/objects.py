"""Tables whose format names the columns itself: JSON objects and Parquet."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

import polars as pl

from .batches import ROW, TableBatch
from .containers import Input, in_memory
from .dialects import Dialect
from .encodings import Encoding
from .headers import PREVIEW
from .jsons import Item, JsonProblem, json_items
from .jsontexts import json_cells, json_text
from .problems import ReadError, RowProblem
from .table import Table, refused
from .text import open_text

PARQUET_BYTES = 2 << 30
"""A larger Parquet file is refused when it lies in a ZIP; on disk there is no limit."""


class JsonTable(Table):
    """Objects of a JSON array or of JSON lines; the columns are all keys, in order of appearance.

    Nested values are JSON text, `__row` is the 1-based number of the item. Reading the rows reads the file
    twice: first for its keys.
    """

    format = "jsonl"

    def __init__(self, input: Input, encoding: str | None) -> None:
        super().__init__(input)
        self._asked = encoding
        self._encoding = Encoding("utf-8", "utf-8")
        with closing(self._items()) as items:
            found = (value for _, _, value in items if isinstance(value, dict))
            first = list(itertools.islice(found, PREVIEW))
        if not first:
            raise refused(input, "holds no JSON objects.", "empty", "Export it again.")
        keys = dict.fromkeys(itertools.chain.from_iterable(first))
        self.preview = [[json_text(value.get(key)) or "" for key in keys] for value in first]

    @property
    def raw_header(self) -> list[str]:
        """All keys of all objects, in order of appearance; the first use reads the whole file."""
        return self._keys()[0]

    @property
    def header(self) -> list[str]:
        """The keys, trimmed and made unique; the first use reads the whole file."""
        return self._keys()[1]

    def _keys(self) -> tuple[list[str], list[str]]:
        if not self._names[0]:
            keys: dict[str, None] = {}
            for _, _, value in self._items():
                keys.update(dict.fromkeys(value) if isinstance(value, dict) else {})
            self._name(list(keys))
        return self._names

    @property
    def dialect(self) -> Dialect:
        """How the table is written; there is no header row."""
        return Dialect("", "", 0, self._encoding, 0, tuple(self.header))

    def _items(self) -> Generator[Item]:
        with open_text(self.input, encoding=self._asked) as text:
            yield from json_items(text)
            self._encoding = text.encoding

    def batches(self, size: int = 50_000) -> Iterator[TableBatch]:
        """Read the objects from the beginning, `size` at a time."""
        items = self._items()
        while chunk := list(itertools.islice(items, size)):
            yield self._batch(chunk)

    def _batch(self, items: list[Item]) -> TableBatch:
        objects: list[dict[str, Any]] = []
        numbers: list[int] = []
        rejects: list[RowProblem] = []
        for index, _, value in items:
            if isinstance(value, dict):
                objects.append(value)
                numbers.append(index + 1)
            elif isinstance(value, JsonProblem):
                rejects.append(RowProblem(index + 1, value.code, value.reason))
            else:
                rejects.append(RowProblem(index + 1, "not_an_object", "an item is a value without field names"))
        columns = {
            name: json_cells([item.get(key) for item in objects])
            for name, key in zip(self.header, self.raw_header, strict=True)
        }
        frame = pl.DataFrame(columns).with_columns(pl.Series(ROW, numbers, dtype=pl.Int64))
        return TableBatch(frame, rejects)


class ParquetTable(Table):
    """A Parquet file, all columns as text: numbers plain, times in ISO form, nested values as JSON."""

    format = "parquet"

    def __init__(self, input: Input) -> None:
        super().__init__(input)
        path = input.local_path()
        source = path if path is not None else in_memory(input, "", PARQUET_BYTES)
        self._frame: pl.LazyFrame = self._guarded(lambda: pl.scan_parquet(source, glob=False))
        self._schema: pl.Schema = self._guarded(self._frame.collect_schema)
        self._name(list(self._schema.names()))
        first = next(self.batches(PREVIEW), None)
        if first is not None:
            self.preview = [[cell or "" for cell in row[:-1]] for row in first.frame.rows()]

    @property
    def dialect(self) -> Dialect:
        """How the table is written; there is no header row."""
        return Dialect("", "", 0, Encoding("utf-8", "utf-8"), 0, tuple(self.header))

    def batches(self, size: int = 50_000) -> Iterator[TableBatch]:
        """Read the rows from the beginning, `size` at a time."""
        as_text = [
            _text(pl.col(raw), self._schema[raw]).alias(name)
            for raw, name in zip(self.raw_header, self.header, strict=True)
        ]
        for start in itertools.count(0, size):
            frame: pl.DataFrame = self._guarded(self._frame.slice(start, size).select(as_text).collect)
            if not frame.height:
                return
            rows = pl.int_range(start + 1, start + frame.height + 1, dtype=pl.Int64).alias(ROW)
            yield TableBatch(frame.with_columns(rows), [])

    def _guarded(self, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
            raise ReadError(
                self.input.path,
                "is damaged or no Parquet file.",
                mend="Write it again.",
                code="damaged",
                member=self.input.member,
            ) from error


def _text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_nested():
        return column.map_elements(_nested_text, return_dtype=pl.String)
    if isinstance(dtype, pl.Datetime):
        utc = column.dt.convert_time_zone("UTC") if dtype.time_zone else column
        return utc.dt.to_string("%Y-%m-%dT%H:%M:%S%.f" + ("+00:00" if dtype.time_zone else ""))
    if dtype == pl.Binary:
        return column.bin.encode("hex")
    return column.cast(pl.String)


def _nested_text(value: Any) -> str:
    plain = value.to_list() if isinstance(value, pl.Series) else value
    return json.dumps(plain, ensure_ascii=False, default=str)
