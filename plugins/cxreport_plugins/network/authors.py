"""Authors behind public records, each with the number of followers that is known of them."""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from cxreport.api import SENTIMENTS, Predicate, message
from cxreport_plugins.common.people import bucket

Frame = nw.LazyFrame[Any]

WHO: Final = "__who"
"""Column of the author; a record without one is somebody else's each time."""
REACH: Final = "reach"
"""Column of an author's followers: the most that any of their records tells."""

ABSENCE: Final = message("no export tells how many followers those who wrote have")
INPUT: Final = message("an export of posts with the follower counts of their authors")


def known(population: Predicate) -> Predicate:
    """Its records whose author's followers are known."""
    return population.where(("author_followers", "ge", 0))


def told(records: Frame) -> Frame:
    """Records with `__who`, their own `__followers` (null where unknown), a bucket, and a column per sentiment."""
    followers = nw.col("author_followers")
    flags = {s: (nw.col("sentiment") == s).fill_null(value=False).cast(nw.Int64) for s in SENTIMENTS}
    somebody = nw.concat_str(nw.lit("record "), nw.col("record_id"))
    return records.with_columns(
        nw.coalesce(nw.col("author_id"), somebody).alias(WHO),
        bucket().alias("bucket"),
        __followers=nw.when(followers >= 0).then(followers),
        **flags,
    )


def with_reach(records: Frame) -> Frame:
    """Records whose author's followers are known, with `reach`."""
    marked = told(records)
    return marked.with_columns(nw.col("__followers").max().over(WHO).alias(REACH)).filter(~nw.col(REACH).is_null())


def authors(records: Frame, *keys: str) -> Frame:
    """One row an author (and combination of `keys`) with known followers.

    `reach`, their `bucket`, their `records`, and how many of them are `negative`, `neutral` and `positive`.
    """
    sums = {s: nw.col(s).sum() for s in SENTIMENTS}
    grouped = told(records).group_by(*keys, WHO, "bucket")
    return grouped.agg(nw.col("__followers").max().alias(REACH), records=nw.len(), **sums).filter(
        ~nw.col(REACH).is_null()
    )
