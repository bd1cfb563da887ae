"""A filter as data: it compiles to Narwhals, to Polars rows and to JSON, so a number can name its records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any, Literal

import narwhals as nw
from pydantic import BaseModel, ConfigDict

Op = Literal["in", "eq", "ne", "ge", "lt", "is_null", "not_null", "not_true"]
Value = str | int | float | bool | datetime | tuple[str, ...] | tuple[int, ...] | None
Term = tuple[str, Op, Value]


class Predicate(BaseModel):
    """All `terms` hold for a row of `table`. A null never satisfies a comparison, as in SQL."""

    model_config = ConfigDict(frozen=True)

    table: str = "records"
    all: tuple[Term, ...] = ()

    def where(self, *terms: Term) -> Predicate:
        """The same filter narrowed by more terms."""
        return Predicate(table=self.table, all=(*self.all, *terms))

    def beyond(self, part: Predicate) -> Predicate:
        """The terms that come after those of `part`, with which this filter begins."""
        return Predicate(table=self.table, all=self.all[len(part.all) :])

    def cut(self, dims: dict[str, str]) -> Predicate:
        """The same filter narrowed to one cell of a cut, such as `{"channel": "x"}`."""
        return self.where(*((column, "eq", value) for column, value in dims.items()))

    def keep(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The rows of `frame` for which it holds."""
        return frame.filter(self.expr()) if self.all else frame

    def expr(self) -> nw.Expr:
        """The filter as a Narwhals expression; without terms a literal, which `filter` does not take."""
        return reduce(and_, (_term(*term) for term in self.all)) if self.all else nw.lit(value=True)

    def columns(self) -> tuple[str, ...]:
        """The columns it reads, in order of first use."""
        return tuple(dict.fromkeys(column for column, _, _ in self.all))


def _term(column: str, op: Op, value: Any) -> nw.Expr:
    col = nw.col(column)
    if op == "is_null":
        return col.is_null()
    if op == "not_true":
        return ~col.fill_null(value=False)
    if op == "not_null":
        return ~col.is_null()
    if op == "in":
        return col.is_in(list(value)).fill_null(value=False)
    tests: dict[str, nw.Expr] = {
        "eq": col == value,
        "ne": col != value,
        "ge": col >= value,
        "lt": col < value,
    }
    return tests[op].fill_null(value=False)


def any_of(column: str, values: Iterable[str]) -> Term:
    """The term "column is one of values"."""
    return (column, "in", tuple(values))
