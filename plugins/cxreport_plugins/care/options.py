"""Options of the care measures."""

from __future__ import annotations

from pydantic import Field

from cxreport.api import MeasureOptions


class ResponseRateOptions(MeasureOptions):
    """How long a brand has before a record counts as unanswered."""

    window_days: float = Field(default=7, ge=0, le=365)
    """Records younger than this at the moment of censoring are left out: they may still be answered."""
