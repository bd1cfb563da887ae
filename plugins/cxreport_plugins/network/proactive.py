"""The measure `network.proactive`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, stats
from cxreport_plugins.common.populations import said_by_brand
from cxreport_plugins.network.cues import HELPFUL
from cxreport_plugins.network.offers import BOUND, having


class Proactive(Measure):
    """Share of the brand's service messages that came unasked: helpful posts over these and replies.

    `part=posts` and `part=replies` are the two counts.
    """

    name: ClassVar[str] = "network.proactive"
    title: ClassVar[str] = "Proactive service"
    question: ClassVar[str] = "Does the brand help before it is asked?"
    concepts: ClassVar[tuple[str, ...]] = ("C19",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("offers_read", "shared", "entity", "auto_reply")
    method: ClassVar[Method] = Method(
        formula="helpful posts of the brand that answer nobody / (such posts + its human replies)",
        interval="95% Wilson",
        source="Wilson 1927",
        limits=(
            f"{BOUND} Only what is in English or Russian is read. Posts that were not collected are missing: with "
            "an export of mentions alone the share is too low."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Helpful posts, and replies."""
        own = feedback.of(_messages(scope))
        posts = having(feedback, own.filter(nw.col("in_reply_to_id").is_null()), (HELPFUL,))
        human = ~nw.col("auto_reply").fill_null(value=False)
        replies = own.filter(~nw.col("in_reply_to_id").is_null(), human)
        return {"posts": posts.select(n=nw.len()), "replies": replies.select(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share, then its two counts."""
        posts, replies = (int(frames[part]["n"].sum()) for part in ("posts", "replies"))
        n, there = posts + replies, _messages(scope)
        if not n:
            return [self.untestable("no export holds the brand's own messages", "an export of the brand's own posts")]
        counts = [
            self.result(kind="count", value=k, n=k, unit="records", level=None, dims={"part": part}, population=there)
            for part, k in (("posts", posts), ("replies", replies))
        ]
        return [self.based(n, posts / n, *stats.wilson(posts, n), population=there, evidence=there), *counts]


def _messages(scope: Scope) -> Predicate:
    return said_by_brand(scope)
