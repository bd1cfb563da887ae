"""The measure `discovery.pillars`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.counting import PATTERNS, cued, having, read

GROUP = "pillar"


class Pillars(Measure):
    """Share of texts that lean on each of the six pillars of social commerce (dim `pillar`), and how they sound.

    `part=feeling` is the net sentiment of the texts with that pillar.
    """

    name: ClassVar[str] = "discovery.pillars"
    title: ClassVar[str] = "Six pillars of social commerce"
    question: ClassVar[str] = "Which of the six pillars carry: proof, authority, scarcity, liking, consistency, giving?"
    concepts: ClassVar[tuple[str, ...]] = ("D26",)
    needs: ClassVar[tuple[str, ...]] = ("cues_read", "sentiment")
    method: ClassVar[Method] = Method(
        formula="texts with a cue of the pillar / texts read; net sentiment = 100 · (positive − negative) / scored",
        interval=f"{SHARE}; net sentiment: {net.METHOD.interval}",
        source=f"Cialdini 1984; {SHARE_SOURCE}; {net.METHOD.source}",
        limits=f"{PATTERNS} A pillar may be named because it broke: the tone of the whole text tells.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts, and those with each pillar by sentiment, per author cluster."""
        texts = feedback.of(read(scope))
        named = cued(texts, feedback, GROUP)
        return {
            "texts": tally(texts), "pillars": tally(named, "label"),
            "feeling": net.tallies(named, "label", accuracy=scope.accuracy),
        }  # fmt: skip

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each pillar: how often, and how it sounds."""
        base, there = frames["texts"], read(scope)
        if not base.height:
            return [self.untestable("no customer's text is in English or Russian", "texts in these languages")]
        out = []
        for ident in lists.cues(GROUP):
            label = f"{GROUP}.{ident}"
            hits = with_hits(base, frames["pillars"].filter(pl.col("label") == label))
            dims = {"pillar": ident}
            out.append(share(self, hits, "k", dims=dims, population=there, evidence=having(label)))
            cell = Cell({**dims, "part": "feeling"}, there, frames["feeling"].filter(pl.col("label") == label))
            out.append(net.net_result(self, cell, scope.accuracy).model_copy(update={"evidence": having(label)}))
        return out
