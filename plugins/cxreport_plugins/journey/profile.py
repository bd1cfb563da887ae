"""What both measures of the journey rest on: the moment of each record, and when it only points a direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw

from cxreport.api import MOMENTS, Accuracy, Result, stats

NONE: Final = "none"
"""A record whose moment nothing tells."""
SPANNING: Final = "all"
"""A record that by its nature is about all moments, such as the answer to a relationship survey."""
SHARED: Final = "shared"
MOST_UNCLASSIFIED: Final = 0.4
"""With a larger share of records whose moment nothing tells, moments are shown as a direction and not tested."""
TELLING: Final = ("recommend", "warn", "praise", "complain", "thank")
"""Acts by which an experience is passed on; in public they make the ultimate moment of truth."""

LIMITS: Final = (
    "Moments come from the source, channel or question where these tell it, and else from patterns in the text, "
    "which err; each record keeps the rule that decided. Where people coded a sample, shares are corrected for those "
    f"errors. Where moments are too often wrong, or more than {MOST_UNCLASSIFIED:.0%} of the records have none, they "
    "are shown as a direction and not tested. "
)


def with_moment(records: nw.LazyFrame[Any], ruled: bool) -> nw.LazyFrame[Any]:
    """Records whose moment is one of the four, `none`, or `all`.

    `all` is told by the rule that decided (`ruled`: whether records have it): a map that gives no moment.
    """
    known = nw.col("moment").is_in(list(MOMENTS)).fill_null(value=False)
    rest: Any = nw.lit(NONE)
    if ruled:
        by_map = nw.col("moment_rule").str.starts_with("map.").fill_null(value=False)
        rest = nw.when(by_map).then(nw.lit(SPANNING)).otherwise(nw.lit(NONE))
    return records.with_columns(moment=nw.when(known).then(nw.col("moment")).otherwise(rest))


def softened(result: Result, unclassified: float, accuracy: Sequence[Accuracy]) -> Result:
    """A sound estimate becomes *directional* where too many records have no moment, or moments are too often wrong."""
    judged = judged_moments(accuracy)
    if judged is not None and not judged.sound and result.kind == "estimate" and result.status in ("ok", "small_base"):
        return result.model_copy(update={"status": "directional", "reason": judged.reason})
    if result.kind != "estimate" or result.status != "ok" or unclassified <= MOST_UNCLASSIFIED:
        return result
    return result.model_copy(update={"status": "directional"})


def judged_moments(accuracy: Sequence[Accuracy]) -> Accuracy | None:
    """How often moments are right, where people coded a sample."""
    return next((a for a in accuracy if a.field == "moment" and stats.may_test(a.n)), None)
