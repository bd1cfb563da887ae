"""The change of a share by month."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cxreport.api import Measure, Predicate, Result, message, stats

FEWEST = 4
"""No line through fewer months."""


def slope_of(measure: Measure, by_month: Sequence[Result], dims: dict[str, str], population: Predicate) -> Result:
    """Theil–Sen slope in points a month, over the months whose share may be shown; they carry the dim `month`."""
    known = [r for r in by_month if r.shown and r.value is not None]
    months = [12 * int(r.dims["month"][:4]) + int(r.dims["month"][5:]) for r in known]
    if len(known) < FEWEST:
        why = message("only {known} months have ten answers or more, {fewest} are needed").format(
            known=len(known), fewest=FEWEST
        )
        return measure.untestable(why, "more months").model_copy(update={"dims": dims})
    line = stats.theil_sen([100 * (r.value or 0) for r in known], months)
    low, high = (None if math.isnan(end) else end for end in (line.low, line.high))
    return measure.based(
        sum(r.n for r in known), line.value, low, high, unit="points", dims=dims, population=population,
        method=message("Theil–Sen slope over months, 95% by Sen"),
    )  # fmt: skip
