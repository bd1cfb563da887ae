"""Changes: an audit's results beside those of the previous one, tested, or why they may not be compared."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cxreport.model.result import Number, Result, Unit

Verdict = Literal["up", "down", "same", "open", "untested", "broken", "hidden"]
"""`up` and `down`: a clear and material change. `same`: no material change, which is shown and not assumed. `open`:
the data do not tell. `untested`: bases too small, or a direction only. `broken`: not comparable. `hidden`: too few
people for this edition."""
TESTED: tuple[Verdict, ...] = ("up", "down", "same", "open")
"""Verdicts that rest on a test."""


class Side(BaseModel):
    """A result as one of the two audits had it, in the unit of the result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Number = None
    low: Number = None
    high: Number = None
    n: int = 0
    n_authors: int | None = None

    @classmethod
    def of(cls, result: Result) -> Side:
        """The numbers of a result."""
        return cls(value=result.value, low=result.low, high=result.high, n=result.n, n_authors=result.n_authors)


class Change(BaseModel):
    """One result then and now: the difference (now less then) with its interval, two tests and a verdict."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    """`experience.stars[channel=google,scale=5]`."""
    measure: str
    dims: dict[str, str] = Field(default_factory=dict)
    unit: Unit = "share"
    concepts: tuple[str, ...] = ()
    verdict: Verdict
    reason: str = ""
    """Why it was not tested, or may not be compared."""
    before: Side | None = None
    now: Side | None = None
    value: Number = None
    """The difference, in the unit of the result."""
    low: Number = None
    high: Number = None
    level: Number = 0.95
    margin: Number = None
    """The least difference that is material, and the bound of *no material change*."""
    p: Number = None
    """Of no difference, two-sided."""
    q: Number = None
    """The same, adjusted over all comparisons of the audit."""
    p_same: Number = None
    """Of a difference as large as the margin: two one-sided tests."""
    q_same: Number = None
    """The same, adjusted over all comparisons of the audit."""
    method: str = ""
    caution: str = ""
    """What to keep in mind although it was compared."""

    @property
    def tested(self) -> bool:
        """Whether a test was made."""
        return self.verdict in TESTED


class Past(BaseModel):
    """The cover of the previous audit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    client: str
    period_from: str
    period_to: str
    sha256: str = ""
    """Digest of the file that was read, twelve digits."""
    cxreport_version: str = ""
