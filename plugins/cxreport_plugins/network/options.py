"""Options of the network measures."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from cxreport.api import MeasureOptions

Rate = Annotated[float, Field(ge=0, le=1)]


def _in_order(rates: tuple[float, float]) -> tuple[float, float]:
    if rates[0] > rates[1]:
        raise ValueError("the lowest rate comes first")
    return rates


def _ascending(bounds: tuple[int, ...]) -> tuple[int, ...]:
    if list(bounds) != sorted(set(bounds)):
        raise ValueError("tiers ascend, and none comes twice")
    return bounds


Span = Annotated[tuple[Rate, Rate], AfterValidator(_in_order)]


class EstimatedOptions(MeasureOptions):
    """What share of an author's followers is assumed to see one record, lowest and highest."""

    view_rate: Span = (0.01, 0.03)
    """Of records that every follower may be shown."""
    reply_view_rate: Span = (0.0, 0.03)
    """Of records that begin with a handle or answer somebody: networks show them to common followers at most."""


class AudienceOptions(MeasureOptions):
    """Where the tiers of followers begin."""

    tiers: Annotated[
        tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=9), AfterValidator(_ascending)
    ] = (
        100, 1_000, 10_000, 100_000,
    )  # fmt: skip
    """Ascending; below the first there is one more tier."""


class LoudestOptions(MeasureOptions):
    """From when on an answer to a complaint is late."""

    late_hours: float = Field(default=24, ge=0, le=24 * 365)
    """Hours without a human public answer after which a complaint counts."""


class QuadrantsOptions(MeasureOptions):
    """From when on an audience is large."""

    large: Annotated[int, Field(ge=1)] = 1_000
    """Followers."""


class InfluenceOptions(MeasureOptions):
    """Who does not want to be counted."""

    optout: tuple[str, ...] = ()
    """Handles or author ids of people who are left out of the tiers."""

    @property
    def names(self) -> tuple[str, ...]:
        """As given, and as handles are compared."""
        return tuple(dict.fromkeys(name for one in self.optout for name in (one, one.lower().removeprefix("@"))))
