"""The answer to a query as a table of text, read in stretches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import polars as pl

from cxreport.api import Input, ReadError, reading
from cxreport_plugins.sql.database import Faults

if TYPE_CHECKING:
    import duckdb

SIZE: Final = 50_000
"""Rows of a stretch."""
_PREVIEW: Final = 15
_NESTED: Final = ("list", "array", "struct", "map", "union", "json", "variant")


class Answer(reading.Table):
    """Rows of an answer, in its order: times in UTC, nested values as JSON, `__row` the number of the row.

    Raises ReadError when DuckDB cannot answer, here or while reading. Reading it a second time asks again.
    """

    format = "sql"

    def __init__(self, input: Input, query: str, connection: duckdb.DuckDBPyConnection, faults: Faults) -> None:
        super().__init__(input)
        self._faults = faults
        with faults.told():
            asked = connection.sql(query)
            names, types = asked.columns, [kind.id for kind in asked.types]
            self._distinct(names)
            cells = (_text(name, kind) for name, kind in zip(names, types, strict=True))
            self._asked = asked.project(", ".join(cells))
        self._name(names)
        self._begun: Iterator[pl.DataFrame] | None = self._frames(SIZE)
        self._first = next(self._begun, None)
        if self._first is not None:
            self.preview = [[cell or "" for cell in row] for row in self._first.head(_PREVIEW).rows()]

    @property
    def dialect(self) -> reading.Dialect:
        """There is no file, so no encoding but that of the query."""
        return reading.Dialect("", "", 0, reading.Encoding("utf-8", "utf-8"), 0, tuple(self.header))

    def batches(self, size: int = SIZE) -> Iterator[reading.TableBatch]:
        """The rows from the beginning, `size` at a time."""
        first = 1
        for frame in self._from_the_beginning(size):
            frame.columns = self.header
            yield reading.TableBatch(frame.with_row_index(reading.ROW, first).select(*self._typed()), [])
            first += frame.height

    def _typed(self) -> list[pl.Expr]:
        return [pl.exclude(reading.ROW), pl.col(reading.ROW).cast(pl.Int64)]

    def _from_the_beginning(self, size: int) -> Iterator[pl.DataFrame]:
        begun, first = self._begun, self._first
        self._begun = self._first = None
        if begun is None or size != SIZE:
            yield from self._frames(size)
        elif first is not None:
            yield first
            yield from begun

    def _frames(self, size: int) -> Iterator[pl.DataFrame]:
        with self._faults.told():
            for stretch in self._asked.to_arrow_reader(size):
                if stretch.num_rows:
                    yield pl.DataFrame(stretch)

    def _distinct(self, names: list[str]) -> None:
        """DuckDB knows columns without regard to case."""
        known = [name.casefold() for name in names]
        twice = next((name for name in names if known.count(name.casefold()) > 1), None)
        if twice is not None:
            mend = "Rename one in the query (`AS …`)."
            raise ReadError(self.input.path, f"has two columns named {twice!r}.", mend=mend, code="column_twice")


def _text(name: str, kind: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    return f"CAST({f'to_json({column})' if kind in _NESTED else column} AS VARCHAR) AS {column}"
