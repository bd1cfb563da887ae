"""The measures `network.offers` and `network.content`: what customers miss and propose, what the brand gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import lacking
from cxreport_plugins.common.populations import said_by_brand
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.network.cues import HELPFUL, IDEA, PROMOTIONAL, VARIANT

OFFERS: Final = (VARIANT, IDEA)
REACTIONS: Final = ("likes", "replies", "reposts", "quotes", "bookmarks", "shares")
BOUND: Final = "Cues are few and fixed (English, Russian): a share is a lower bound, and single texts may be misread."


class Offers(Measure):
    """Share of customers' texts that miss a variant (`offer=variant`) or offer an idea (`offer=idea`).

    `part=answered` with `offer=idea` is the share of ideas in public that the brand answered.
    """

    name: ClassVar[str] = "network.offers"
    title: ClassVar[str] = "Variants missed and ideas offered"
    question: ClassVar[str] = "What variant do people miss, and do they offer ideas?"
    concepts: ClassVar[tuple[str, ...]] = ("E06", "E08")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("offers_read", "answered_by_brand", "shared")
    method: ClassVar[Method] = Method(
        formula="customers' texts with a cue / customers' texts read; ideas in public with an answer / ideas in public",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits=f"{BOUND} Whether an idea was adopted no export tells.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts, those with each cue, and ideas in public, by author cluster."""
        marked = having(feedback, feedback.of(self._texts(scope)), OFFERS)
        ideas = marked.filter((nw.col("label") == IDEA) & (nw.col("shared") == "public").fill_null(value=False))
        answered = nw.col("answered_by_brand").fill_null(value=False)
        return {
            "texts": tally(feedback.of(self._texts(scope))),
            "cues": tally(marked, "label"),
            "ideas": tally(ideas, answered=answered),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The shares of texts, then that of answers."""
        population, base = self._texts(scope), frames["texts"]
        if not base.height:
            return [self.untestable("no customer's text is in English or Russian", "texts in these languages")]
        shares = [
            share(self, with_hits(base, frames["cues"].filter(pl.col("label") == offer)), "k", dims={"offer": offer},
                  population=population)
            for offer in OFFERS
        ]  # fmt: skip
        if not frames["ideas"].height:
            return shares
        dims = {"offer": IDEA, "part": "answered"}
        within = population.where(("shared", "eq", "public"))
        return [*shares, share(self, frames["ideas"], "answered", dims=dims, population=within)]

    def _texts(self, scope: Scope) -> Predicate:
        return scope.population.where(("offers_read", "eq", True))


class Content(Measure):
    """Helpful over promotional posts among the brand's own that answer nobody.

    `kind` (`helpful`, `promotional`) is the share of these posts that are; `part=engagement` the mean number of
    reactions to one: likes, replies, reposts, quotes, bookmarks and shares, where the export counts any.
    """

    name: ClassVar[str] = "network.content"
    title: ClassVar[str] = "Helpful and promotional posts"
    question: ClassVar[str] = "Is the brand a source of valued content, or does it only promote?"
    concepts: ClassVar[tuple[str, ...]] = ("E05",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("offers_read", "shared", "entity")
    method: ClassVar[Method] = Method(
        formula=(
            "(helpful + ½) / (promotional + ½) of the brand's own posts, a post may be both; engagement = reactions to "
            "own posts / own posts whose reactions are counted"
        ),
        interval="Ratio: none, the posts are counted, not drawn. Shares: 95% Wilson. Engagement: 95% Student's t",
        source="Wilson 1927",
        limits=f"{BOUND} Own posts that were not collected are missing.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Posts, and those of each kind."""
        posts = feedback.of(self._posts(scope))
        kinds = having(feedback, posts, (HELPFUL, PROMOTIONAL)).group_by("label").agg(n=nw.len())
        counts = [nw.col(name) for name in REACTIONS]
        known = posts.filter(nw.any_horizontal(*(~count.is_null() for count in counts), ignore_nulls=True))
        reacted = known.with_columns(reactions=nw.sum_horizontal(*(count.fill_null(0) for count in counts)))
        return {
            "posts": posts.select(n=nw.len()), "kinds": kinds,
            "reactions": reacted.group_by("reactions").agg(n=nw.len()),
        }  # fmt: skip

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The ratio, then the share of either kind."""
        n, population = int(frames["posts"]["n"].sum()), self._posts(scope)
        if not n:
            return [self.untestable("no export holds the brand's own posts", "an export of the brand's own posts")]
        kinds = frames["kinds"]
        counts = {kind: int(kinds.filter(pl.col("label") == kind)["n"].sum()) for kind in (HELPFUL, PROMOTIONAL)}
        facts: dict[str, Any] = {"population": population, "evidence": population}
        value = (counts[HELPFUL] + 0.5) / (counts[PROMOTIONAL] + 0.5)
        shares = [
            self.based(n, k / n, *stats.wilson(k, n), unit="share", dims={"kind": kind}, **facts)
            for kind, k in counts.items()
        ]
        return [self.based(n, value, level=None, **facts), *shares, self._engagement(frames["reactions"], facts)]

    def _engagement(self, rows: pl.DataFrame, facts: Mapping[str, Any]) -> Result:
        """Reactions a post, mean."""
        rows, n, dims = rows.sort("reactions"), int(rows["n"].sum()), {"part": "engagement"}
        if not n:
            why = message("no export counts the reactions to the brand's own posts")
            return lacking(self, dims, why, message("an export of own posts with likes, replies and shares"))
        mean = float((rows["reactions"] * rows["n"]).sum()) / n
        squares = float(((rows["reactions"] - mean) ** 2 * rows["n"]).sum())
        low, high = stats.t_mean(mean, (squares / max(1, n - 1)) ** 0.5, n)
        return self.based(n, mean, max(0.0, low), high, dims=dims, method=message("95% Student's t"), **facts)

    def _posts(self, scope: Scope) -> Predicate:
        return said_by_brand(scope).where(("in_reply_to_id", "is_null", None), ("offers_read", "eq", True))


def having(feedback: Feedback, records: nw.LazyFrame[Any], labels: Sequence[str]) -> nw.LazyFrame[Any]:
    """The records once for each of these labels that they have."""
    offers = feedback.labels.filter((nw.col("kind") == "offers") & nw.col("label").is_in(list(labels)))
    return records.join(offers.select("record_id", "label").unique(), on="record_id", how="inner")
