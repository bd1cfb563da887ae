"""Margins: the least change that is worth a decision, by unit."""

from __future__ import annotations

from pydantic import Field

from cxreport.model.result import Unit
from cxreport.plugin.context import Options

_LEAST_SHARE = 0.01


class Margins(Options):
    """A smaller difference is no material change, however sure; *no material change* means surely smaller than this."""

    share: float = Field(default=0.05, gt=0, lt=1)
    """Of shares, 0 to 1: five percentage points; less where that would be much of what there was, see `relative`."""
    points: float = Field(default=10, gt=0, le=200)
    """Of net scores from −100 to 100, such as NPS and net sentiment."""
    stars: float = Field(default=0.2, gt=0)
    """Of mean stars."""
    score: float = Field(default=0.3, gt=0)
    """Of other mean scores."""
    relative: float = Field(default=0.2, gt=0, lt=1)
    """Of everything else (waiting times, ratios), as a part of the earlier value. A share that was rare, or nearly all,
    has this part of it, or of what was missing, as its margin, but no less than one percentage point."""

    def of(self, unit: Unit, before: float) -> float:
        """The margin in a unit; none (0) where it would be a part of nothing."""
        if unit == "share":
            return min(self.share, max(_LEAST_SHARE, self.relative * min(before, 1 - before)))
        known = {"points": self.points, "stars": self.stars, "score": self.score}
        return known.get(unit, self.relative * abs(before))
