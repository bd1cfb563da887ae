"""Options of the care measures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from cxreport.api import MeasureOptions


class ResponseRateOptions(MeasureOptions):
    """How long a brand has before a record counts as unanswered."""

    window_days: float = Field(default=7, ge=0, le=365)
    """Records younger than this at the moment of censoring are left out: they may still be answered."""


class ResponseTimeOptions(MeasureOptions):
    """What the brand promises, if it promises anything."""

    target_minutes: float | None = Field(default=None, gt=0, le=43_200)
    """First answers are due within so many minutes (the service level); absent: none was agreed."""
    target_clock: Literal["wall", "business"] = "wall"
    """Whether nights and days without service count."""
