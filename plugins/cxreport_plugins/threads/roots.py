"""Roots: every record's thread, by pointer doubling along replies."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cxreport.api import Keep

ROUNDS = 6
"""Pointer doubling reaches 2^6 = 64 replies up; what is deeper still ends at its ancestor 64 above."""

Frame = nw.LazyFrame[Any]


def with_threads(records: Frame, keep: Keep) -> Frame:
    """`record_id`, `thread_id` for every record.

    The root is the oldest known ancestor. Where an ancestor is missing from the data, the earliest record of
    the native conversation stands in for it. A record in a cycle of replies is its own thread.
    """
    found = _climb(keep(_parents(records)), keep)
    inside = found.join(_orphans(records), left_on="__up", right_on="record_id", how="left")
    return inside.select("record_id", thread_id=nw.coalesce("__stand_in", "__up"))


def _parents(records: Frame) -> Frame:
    """record_id → its parent's record_id, itself where the parent is not in the data."""
    named = records.filter(~nw.col("native_id").is_null())
    targets = named.select("id_space", "native_id", __parent=nw.col("record_id"))
    children = records.select("record_id", "id_space", "in_reply_to_id")
    joined = children.join(
        targets,
        left_on=["id_space", "in_reply_to_id"],
        right_on=["id_space", "native_id"],
        how="left",
    )
    return joined.select("record_id", __up=nw.coalesce("__parent", "record_id"))


def _climb(parents: Frame, keep: Keep) -> Frame:
    """Double the step until everybody stands on a root; those who never do go round in a cycle."""
    root = nw.col("__up") == nw.col("record_id")
    roots = parents.filter(root)
    climbers = keep(parents.filter(~root))
    for _ in range(ROUNDS):
        above = climbers.select(__at=nw.col("record_id"), __next=nw.col("__up"))
        risen = climbers.join(above, left_on="__up", right_on="__at", how="left")
        climbers = keep(risen.select("record_id", __up=nw.coalesce("__next", "__up")))
    known = roots.select(__root=nw.col("record_id"))
    settled = climbers.join(known, left_on="__up", right_on="__root", how="semi")
    circling = climbers.join(known, left_on="__up", right_on="__root", how="anti")
    own = circling.select("record_id", __up=nw.col("record_id"))
    return nw.concat([roots.select("record_id", "__up"), settled.select("record_id", "__up"), own])


def _orphans(records: Frame) -> Frame:
    """Roots whose parent is missing → the earliest record of their conversation."""
    named = records.filter(~nw.col("conversation_id").is_null()).with_columns(
        __at=nw.col("created_at").dt.timestamp("ms").fill_null(2**62)
    )
    group = ("id_space", "conversation_id")
    named = named.with_columns(__first=nw.col("__at").min().over(*group))
    eldest = nw.when(nw.col("__at") == nw.col("__first")).then(nw.col("record_id"))
    named = named.with_columns(__eldest=eldest).with_columns(__stand_in=nw.col("__eldest").min().over(*group))
    lost = named.filter(~nw.col("in_reply_to_id").is_null())
    return lost.select("record_id", "__stand_in")
