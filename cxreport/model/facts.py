"""What the client knows and no export says: calendar, costs, budget, beliefs, search results, figures, hours.

Each comes from a file that `context:` names. What is not given is None, and measures that need it are *not
testable*: there is no default price, no default belief, no default calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from cxreport.model.fact import Amount, End, Fact, Part, Start
from cxreport.model.hours import Hours

Moment = Literal["stimulus", "zmot", "fmot", "smot"]
Lower = Annotated[str, AfterValidator(str.casefold)]
Share = Annotated[float, Field(ge=0, le=1)]
SHARED_OUT = ("channels", "moments")
"""Questions of beliefs whose items share a whole: each person's beliefs sum to 1."""
_ROUNDING = 0.01


class Event(Fact):
    """A row of the calendar: something that may move what customers say."""

    start: Start
    """A day, which begins at midnight UTC, or a moment such as `2026-01-14T05:30Z`."""
    end: End
    """The last day, or the moment when it was over. As read: the first instant after the event."""
    kind: Literal["campaign", "outage", "launch", "other"]
    """What it is."""
    title: str = Field(min_length=1)
    """What to print beside it."""
    channel: Lower = ""
    """Where a campaign ran, such as `email` or `tv`; empty for everywhere."""

    @model_validator(mode="after")
    def _ordered(self) -> Event:
        if self.end <= self.start:
            raise ValueError("it ends before it begins")
        return self


class Costs(Fact):
    """What reaction and prevention cost (methods.md B.14): ranges, never a point that nobody knows.

    Money is in `currency`. A range is written `5`, `[low, high]`, `[low, likely, high]` or
    `{low: 4, high: 6, source: who says so}`.
    """

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    """ISO 4217, such as `EUR`."""
    source: str = Field(min_length=1)
    """Who gave these figures, and when; printed beside every result."""
    contact: dict[Lower, Amount] = Field(default_factory=dict)
    """Money for one contact, by channel, everything included."""
    minutes: dict[Lower, Amount] = Field(default_factory=dict)
    """Minutes of work for one contact, by channel."""
    hour: Amount | None = None
    """Money for one hour of an agent's work: prices the minutes of channels that `contact` does not name."""
    productive_hours: Amount | None = None
    """Hours that one full-time agent spends on contacts in a month."""
    contacts: dict[Lower, Amount] = Field(default_factory=dict)
    """Contacts in a month, by channel, where the exports hold only some of them."""
    goodwill: Amount | None = None
    """Refunds and vouchers for one complaint that gets any."""
    goodwill_share: Part | None = None
    """Share of complaints that get any, 0 to 1."""
    customer_value: Amount | None = None
    """Margin that one customer brings in a year."""
    years: Amount | None = None
    """Years that a customer stays."""
    churn: Part | None = None
    """Share of customers, 0 to 1, who leave because a complaint stayed unresolved."""
    exposed_customers: Part | None = None
    """Share of those who see a complaint, 0 to 1, who are or may become customers."""
    lost_conversion: Part | None = None
    """Share of these, 0 to 1, who do not buy because they saw it."""
    recovery: Amount | None = None
    """Money for winning back one customer, beyond the contact itself."""
    programme: Amount | None = None
    """Money for the programme that prevents complaints, in twelve months."""


class Budget(Fact):
    """How the money for customers' experience is spread over the moments."""

    source: str = Field(min_length=1)
    """Who gave these figures, and when."""
    shares: dict[Moment, Share]
    """Moment → share of the budget, 0 to 1; together 1."""

    @model_validator(mode="after")
    def _whole(self) -> Budget:
        fault = sums_to_one(self.shares.values())
        if fault:
            raise ValueError(fault)
        return self


class Belief(Fact):
    """What somebody in the company believed before the data were seen."""

    question: str = Field(min_length=1)
    """`channels` or `moments` (a share of what customers say), or the id of a measure such as `experience.nps`."""
    item: Lower = ""
    """The channel or moment; for a measure empty, or its dims such as `channel=x`."""
    value: float = Field(allow_inf_nan=False)
    """A share from 0 to 1, or the value in the unit of the measure."""
    who: str = ""
    """A role, not a name; one person's shares sum to 1."""

    @model_validator(mode="after")
    def _named(self) -> Belief:
        if self.question in SHARED_OUT:
            if not self.item:
                raise ValueError(f"a belief about {self.question} needs an item")
            if not 0 <= self.value <= 1:
                raise ValueError("a share lies between 0 and 1")
        elif "." not in self.question:
            raise ValueError(f"the question is {', '.join(SHARED_OUT)} or the id of a measure")
        return self


class SearchResult(Fact):
    """One place on a page of search results."""

    date: date
    """Day of the search."""
    query: str = Field(min_length=1)
    """What was searched for."""
    rank: int = Field(ge=1)
    """Place on the page, from 1."""
    url: str = Field(min_length=1)
    """Address of the result; printed without what follows its host."""
    kind: Literal["own", "rival", "review", "news", "other"]
    """Whose page it is."""
    tone: Literal["negative", "neutral", "positive"] = "neutral"
    """How it speaks of the brand."""
    rival: str = ""
    """Which rival, as `brand.rivals` names it, where the kind is `rival`."""


class Figure(Fact):
    """One figure of the business."""

    date: date
    """A day of the month or week that it tells of."""
    name: str = Field(min_length=1)
    """Such as `rebookings` or `revenue, million EUR`."""
    value: float = Field(allow_inf_nan=False)
    """The figure."""


@dataclass(frozen=True)
class Facts:
    """All context files of a project as read."""

    calendar: tuple[Event, ...] | None = None
    costs: Costs | None = None
    budget: Budget | None = None
    beliefs: tuple[Belief, ...] | None = None
    serp: tuple[SearchResult, ...] | None = None
    kpi: tuple[Figure, ...] | None = None
    hours: Hours | None = None
    sha256: str = ""
    """Of all files together; part of every cache key."""

    def events(self, *kinds: str) -> tuple[Event, ...]:
        """The events of these kinds (all without any), by start; none without a calendar."""
        return tuple(event for event in self.calendar or () if not kinds or event.kind in kinds)


def sums_to_one(shares: Iterable[float]) -> str:
    """What is wrong with shares of one whole; empty when they sum to 1, give or take a hundredth."""
    total = sum(shares)
    return f"the shares sum to {total:g}, not to 1" if abs(total - 1) > _ROUNDING else ""
