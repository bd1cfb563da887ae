"""The measure `themes.beyond_price`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Predicate, Result, Scope, any_of
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, Frame, share, tally, with_hits
from cxreport_plugins.themes.counting import KIND, book, read, themed, unheard

PRICE: Final = ("price", "promotion", "plans", "billing", "imposed", "unwanted")
QUALITY: Final = (
    "quality", "seat", "food", "cleanliness", "onboard-services", "lounge", "room", "bathroom", "breakfast", "climate",
    "facilities", "noise", "sleep", "coverage", "speed", "fit", "packaging", "description",
)  # fmt: skip
SIDES: Final = ("price", "quality", "experience")


class BeyondPriceOptions(MeasureOptions):
    """Options of `themes.beyond_price`."""

    price: tuple[str, ...] = PRICE
    """Themes of the codebook that are about price and value."""
    quality: tuple[str, ...] = QUALITY
    """Themes that are about the quality of the product itself. Every other theme is experience."""


class BeyondPrice(Measure):
    """Shares of texts about price, about the product and about the experience (dim `about`), and how they sound.

    `part=feeling` is the net sentiment of these texts. A text may be about several.
    """

    name: ClassVar[str] = "themes.beyond_price"
    title: ClassVar[str] = "More than price and quality"
    question: ClassVar[str] = "Is it about more than price and quality?"
    concepts: ClassVar[tuple[str, ...]] = ("D15",)
    needs: ClassVar[tuple[str, ...]] = ("themes_read", "sentiment")
    Options: ClassVar[type[BeyondPriceOptions]] = BeyondPriceOptions
    method: ClassVar[Method] = Method(
        formula=(
            "texts with a theme of price (of the product; any other theme: experience) / texts with any theme; net "
            "sentiment of the same texts"
        ),
        interval=f"{SHARE}; net sentiment: {net.METHOD.interval}",
        source=f"{SHARE_SOURCE}; {net.METHOD.source}",
        limits=(
            "Which theme is about what is a choice that the options state. A codebook has more themes of one kind "
            "than of another, and patterns find what they were written for."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts with any theme, and with one of each side, by sentiment, per author cluster."""
        records = themed(feedback.of(read(scope)), feedback)
        about = (
            nw.when(nw.col("theme").is_in(list(self.options.price))).then(nw.lit("price"))
            .when(nw.col("theme").is_in(list(self.options.quality))).then(nw.lit("quality"))
            .otherwise(nw.lit("experience"))
        )  # fmt: skip
        sided = _once(records.with_columns(about=about), feedback, scope)
        texts = feedback.of(read(scope)).join(sided.select("record_id").unique(), on="record_id", how="semi")
        return {
            "texts": tally(texts), "sides": tally(sided, "about"),
            "feeling": net.tallies(sided, "about", accuracy=scope.accuracy),
        }  # fmt: skip

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each side: how often, and how it sounds."""
        base, there = frames["texts"], read(scope)
        if not base.height:
            return [unheard(self)]
        out = []
        for side in SIDES:
            hits = with_hits(base, frames["sides"].filter(pl.col("about") == side))
            evidence = self._themes(side)
            out.append(share(self, hits, "k", dims={"about": side}, population=there, evidence=evidence))
            rows = frames["feeling"].filter(pl.col("about") == side)
            cell = Cell({"about": side, "part": "feeling"}, there, rows)
            out.append(net.net_result(self, cell, scope.accuracy).model_copy(update={"evidence": evidence}))
        return out

    def _themes(self, side: str) -> Predicate:
        """The labels of the themes of a side."""
        sides = {"price": self.options.price, "quality": self.options.quality}
        placed = {*self.options.price, *self.options.quality}
        rest = tuple(theme for theme in book(self.context).labels("en") if theme not in placed)
        return Predicate(table="labels", all=(("kind", "eq", KIND), any_of("label", sides.get(side, rest))))


def _once(records: Frame, feedback: Feedback, scope: Scope) -> Frame:
    """The records once for each side that they are about."""
    pairs = records.select("record_id", "about").unique()
    return feedback.of(read(scope)).join(pairs, on="record_id", how="inner")
