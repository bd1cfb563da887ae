"""The measure `discovery.rivals`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.net import wider
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.discovery.counting import PATTERNS, Frame, companies_of, labels, with_question


class Rivals(Measure):
    """How often a rival is named where people look around (`part=named`), and who wins (`part=won`).

    `part=won` is the share of texts that come from a rival to the brand among those that go either way. A comparison
    that goes nowhere is no switch, and questions are left out.
    """

    name: ClassVar[str] = "discovery.rivals"
    title: ClassVar[str] = "Rivals at the choice"
    question: ClassVar[str] = "Do rivals stand beside the brand when people look around, and who wins?"
    concepts: ClassVar[tuple[str, ...]] = ("B21",)
    needs: ClassVar[tuple[str, ...]] = ("cues_read", "moment", "entity", "text")
    method: ClassVar[Method] = Method(
        formula=(
            "texts about the brand at the zero moment of truth that name a rival / such texts; won = in / (in + out): "
            "texts that tell of coming from a rival, or of taking the brand in its place, over those and texts that "
            "tell of going to a rival"
        ),
        interval=SHARE,
        source=SHARE_SOURCE,
        limits=f"Only rivals of the configuration are recognised. {PATTERNS}",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts that look around and those that name a rival; texts that turn; all per author cluster."""
        looking = feedback.of(_looking(scope))
        rivals = [entity for entity, _ in self.context.brand.companies if entity != "brand"]
        named = labels(feedback, "companies").filter(nw.col("label").is_in(rivals))
        return {
            "looking": tally(looking),
            "named": tally(looking.join(named, on="record_id", how="inner"), "label"),
            "any": tally(looking.join(named.select("record_id").unique(), on="record_id", how="semi")),
            "turns": _turns(feedback, companies_of(scope, self.context)),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Named: any rival, then each; won."""
        if not self.context.brand.rivals:
            return [self.untestable("no rival is configured", "brand.rivals")]
        if not frames["looking"].height:
            why = message("no text about the brand is at the zero moment of truth")
            return [self.untestable(why, "posts of people who look around")]
        there, base = _looking(scope), frames["looking"]
        out = [share(self, with_hits(base, frames["any"]), "k", dims={"part": "named"}, population=there)]
        for rival in self.context.brand.rivals:
            hits = with_hits(base, frames["named"].filter(pl.col("label") == rival.slug))
            out.append(share(self, hits, "k", dims={"part": "named", "rival": rival.slug}, population=there))
        return [*out, self._won(frames["turns"], companies_of(scope, self.context))]

    def _won(self, rows: pl.DataFrame, there: Predicate) -> Result:
        k, n = int(rows["won"].sum()), int((rows["won"] + rows["lost"]).sum())
        if not n:
            why = message("no text tells of coming from a rival, or of going to one")
            return self.untestable(why, "posts of people who change").model_copy(update={"dims": {"part": "won"}})
        ordered = rows.sort("bucket")
        clustered = stats.bucketed_proportion(ordered["won"], ordered["won"] + ordered["lost"])
        least = stats.wilson(k, n)
        low, high = least if math.isnan(clustered[0]) else wider(clustered, least)
        return self.based(n, k / n, min(low, k / n), max(high, k / n), dims={"part": "won"}, population=there)


def _looking(scope: Scope) -> Predicate:
    return scope.population.where(any_of("moment", ("zmot",)), ("text", "not_null", None))


def _turns(feedback: Feedback, population: Predicate) -> Frame:
    """Texts that come from a rival (`won`) or go to one (`lost`); a text that does both stands in both."""
    turning = feedback.of(population).join(labels(feedback, "cues", "turn."), on="record_id", how="inner")
    said = with_question(turning, feedback).filter(~nw.col("asks"))
    return tally(said, won=nw.col("label") == "turn.from-rival", lost=nw.col("label") == "turn.to-rival")
