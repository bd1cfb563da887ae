"""Margins: the least change that is worth a decision, by unit."""

from __future__ import annotations

from pydantic import Field

from cxreport.model.result import Unit
from cxreport.plugin.context import Options


class Margins(Options):
    """A smaller difference is no material change, however sure; *no material change* means surely smaller than this."""

    share: float = Field(default=0.05, gt=0, lt=1)
    """Of shares, 0 to 1: five percentage points."""
    points: float = Field(default=10, gt=0, le=200)
    """Of net scores from −100 to 100, such as NPS and net sentiment."""
    stars: float = Field(default=0.2, gt=0)
    """Of mean stars."""
    score: float = Field(default=0.3, gt=0)
    """Of other mean scores."""
    relative: float = Field(default=0.2, gt=0, lt=1)
    """Of everything else (waiting times, ratios), as a part of the earlier value."""

    def of(self, unit: Unit, before: float) -> float:
        """The margin in a unit; none (0) where it would be a part of nothing."""
        known = {"share": self.share, "points": self.points, "stars": self.stars, "score": self.score}
        return known.get(unit, self.relative * abs(before))
