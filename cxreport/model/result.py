"""What a measure says: a number with its base, interval and method, or why there is none."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from cxreport.model.predicate import Predicate

Kind = Literal["count", "estimate", "range", "series", "table"]
Status = Literal["ok", "small_base", "directional", "hidden", "not_testable"]
Unit = Literal[
    "records",
    "people",
    "impressions",
    "points",
    "share",
    "score",
    "stars",
    "minutes",
    "ratio",
    "text",
    "money",
    "hours",
]


def _short(value: float | None) -> float | None:
    """Twelve significant digits: platforms and the order of parallel sums differ beyond them, and files must not."""
    return float(f"{value:.12g}") if value is not None and math.isfinite(value) else None


def _plain(value: float | None) -> float | int | None:
    short = _short(value)
    whole = short is not None and short.is_integer() and abs(short) < 1e15
    return int(short) if whole and short is not None else short


def _short_rows(rows: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    return tuple({key: _short(v) if isinstance(v, float) else v for key, v in row.items()} for row in rows)


Number = Annotated[float | None, AfterValidator(_short), PlainSerializer(_plain, return_type=float | int | None)]


class Result(BaseModel):
    """One number (or series, or table) of an audit.

    `value`, `low` and `high` are in `unit`; a share is 0..1, a net score −100..100. `n` is the base the value
    was computed from and `n_authors` the distinct people in it where known. A count is a census and carries
    no interval; a range carries bounds, not an estimate. `rows` holds the points of a series or table.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    dims: dict[str, str] = Field(default_factory=dict)
    kind: Kind = "estimate"
    status: Status = "ok"
    value: Number = None
    low: Number = None
    high: Number = None
    level: Number = 0.95
    n: int = 0
    n_authors: int | None = None
    unit: Unit = "share"
    method: str = ""
    concepts: tuple[str, ...] = ()
    population: Predicate = Predicate()
    evidence: Predicate | None = None
    needs: tuple[str, ...] = ()
    reason: str = ""
    rows: Annotated[tuple[dict[str, Any], ...], AfterValidator(_short_rows)] = ()

    @property
    def key(self) -> str:
        """`id[dim=value,…]`, as links and gates write it."""
        return result_key(self.id, self.dims)

    @property
    def testable(self) -> bool:
        """Whether there is a number at all (it may still be hidden for privacy or too small a base)."""
        return self.status != "not_testable"

    @property
    def shown(self) -> bool:
        """Whether the number itself may be printed."""
        return self.status in ("ok", "small_base", "directional")


def result_key(measure: str, dims: dict[str, str]) -> str:
    """The written form of a result: `care.response_rate[channel=x]`."""
    inside = ",".join(f"{k}={v}" for k, v in sorted(dims.items()))
    return f"{measure}[{inside}]" if inside else measure


def not_testable(measure: str, reason: str, *needs: str, concepts: tuple[str, ...] = ()) -> Result:
    """The honest absence of a number: why, and which input would make it possible."""
    return Result(id=measure, status="not_testable", reason=reason, needs=needs, concepts=concepts, level=None)
