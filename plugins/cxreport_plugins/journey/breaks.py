"""The measure `journey.breaks`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally


class Breaks(Measure):
    """Share of complaints among the texts that mention a touchpoint, that is, a theme of the codebook (dim `theme`)."""

    name: ClassVar[str] = "journey.breaks"
    title: ClassVar[str] = "Break points"
    question: ClassVar[str] = "Where does the journey break?"
    concepts: ClassVar[tuple[str, ...]] = ("B15",)
    needs: ClassVar[tuple[str, ...]] = ("themes_read",)
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ()
    method: ClassVar[Method] = Method(
        formula="texts with the theme that complain or warn / texts with the theme",
        interval=SHARE,
        source=f"Every interaction is open to a break: Solis 2013. {SHARE_SOURCE}",
        limits=(
            "People mention a touchpoint more often when it breaks: a rate compares touchpoints, it is no rate of "
            "failures. Themes and acts are found by patterns, which miss other words."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts with each theme per author cluster, and those that complain."""
        labels = feedback.labels
        themes = labels.filter(nw.col("kind") == "themes").select("record_id", theme=nw.col("label")).unique()
        acts = labels.filter((nw.col("kind") == "acts") & nw.col("label").is_in(["complain", "warn"]))
        complaints = acts.select("record_id").unique().with_columns(__complains=nw.lit(1))
        texts = feedback.of(_read(scope)).join(themes, on="record_id", how="inner")
        told = texts.join(complaints, on="record_id", how="left")
        return {"themes": tally(told, "theme", broken=~nw.col("__complains").is_null())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each theme, in alphabetical order."""
        rows = frames["themes"]
        if not rows.height:
            why = message("no text has a theme of the codebook")
            return [self.untestable(why, "enrich.themes.packs", "enrich.themes.codebook")]
        return [
            share(self, rows.filter(pl.col("theme") == theme), "broken", dims={"theme": theme}, population=_read(scope),
                  evidence=Predicate(table="labels", all=(("kind", "eq", "themes"), ("label", "eq", theme))))
            for theme in sorted(rows["theme"].unique())
        ]  # fmt: skip


def _read(scope: Scope) -> Predicate:
    return scope.population.where(("themes_read", "eq", True))
