"""The measures `contagion.complaint_rate` and `contagion.publicness`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Predicate, Result, Scope, any_of
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell, cells
from cxreport_plugins.common.populations import public
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally

ADDRESSED: Final = ("handle", "handle_first", "reply_to", "source")
"""Rules by which a record is the brand's that say that it speaks to it: on its page, to its handle, as a reply."""
KINDS: Final = ("post", "mention", "reply", "quote", "review", "ticket", "ticket_message")
SHARED: Final = ("public", "semi", "private")
VOLUME: Final = "negative"


class ComplaintRate(Measure):
    """Share of what is addressed to the brand that is negative, of everything and by `by`.

    `volume=negative` counts the public negative records of each channel.
    """

    name: ClassVar[str] = "contagion.complaint_rate"
    title: ClassVar[str] = "Complaint rate"
    question: ClassVar[str] = "How much of what customers address to the brand is complaint, and on which channels?"
    concepts: ClassVar[tuple[str, ...]] = ("C01", "C02")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("sentiment", "sentiment_scorer", "entity_rule", "shared")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula=(
            "negative / scored records addressed to the brand: its handle named, a reply to it, a review of it or a "
            "ticket to it. Volume: all public negative records of a channel"
        ),
        interval=f"{SHARE}; a volume is a census",
        source=SHARE_SOURCE,
        limits=net.METHOD.limits,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Addressed records by sentiment, channel and author cluster; negative public ones by channel."""
        addressed = feedback.of(self._addressed(scope))
        negative = feedback.of(self._negative(scope))
        cuts = [cut for cut in self.cuts if cut in scope.columns]
        return {
            "all": net.tallies(addressed, accuracy=scope.accuracy),
            **{cut: net.tallies(addressed, cut, accuracy=scope.accuracy) for cut in cuts},
            VOLUME: tally(negative, "channel"),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The rate of everything and of each cell, then the volume of each channel."""
        population = self._addressed(scope)
        if not frames["all"].height:
            return [self.untestable("nothing is addressed to the brand", "an export of mentions, reviews or tickets")]
        parts = [c for cut in frames if cut not in ("all", VOLUME) for c in cells(frames[cut], population, cut)]
        rates = [
            net.sentiment_share(self, cell, "negative", scope.accuracy)
            for cell in (Cell({}, population, frames["all"]), *parts)
        ]
        volumes = [self._volume(cell) for cell in cells(frames[VOLUME], self._negative(scope), "channel")]
        return [*rates, *volumes]

    def _volume(self, cell: Cell) -> Result:
        n = int(cell.rows["n"].sum())
        return self.based(
            n, n, kind="count", level=None, unit="records", dims={**cell.dims, "volume": VOLUME},
            population=cell.population, evidence=cell.population,
        )  # fmt: skip

    def _addressed(self, scope: Scope) -> Predicate:
        return scope.population.where(
            any_of("kind", KINDS), any_of("entity_rule", ADDRESSED), any_of("sentiment", SENTIMENTS)
        )

    def _negative(self, scope: Scope) -> Predicate:
        return public(scope).where(("sentiment", "eq", "negative"))


class Publicness(Measure):
    """Share of customers' records that anybody, some, or only the brand can read (`shared`)."""

    name: ClassVar[str] = "contagion.publicness"
    title: ClassVar[str] = "Publicness"
    question: ClassVar[str] = "How public is the voice of customers?"
    concepts: ClassVar[tuple[str, ...]] = ("D06",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("shared",)
    method: ClassVar[Method] = Method(
        formula="records that are public, semi-public or private / records whose publicness is known",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits="A mix of what was collected: it says as much about the exports as about the customers.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Records by publicness and author cluster."""
        flags = {name: nw.col("shared") == name for name in SHARED}
        return {"all": tally(feedback.of(self._known(scope)), **flags)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share of each that occurs."""
        rows, population = frames["all"], self._known(scope)
        if not rows.height:
            return [self.untestable("no record tells who could read it", "shared")]
        return [
            share(self, rows, name, dims={"shared": name}, population=population,
                  evidence=population.where(("shared", "eq", name)))
            for name in SHARED if rows[name].sum()
        ]  # fmt: skip

    def _known(self, scope: Scope) -> Predicate:
        return scope.population.where(any_of("shared", SHARED))
