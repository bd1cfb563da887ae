"""The measure `contagion.negativity_skew`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Predicate, Result, Scope, any_of, message
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import MONTH, Cell, lacking, with_month
from cxreport_plugins.common.differences import NEWCOMBE, NEWCOMBE_SOURCE, difference
from cxreport_plugins.common.populations import SPONTANEOUS

SIDES: Final = ("spontaneous", "solicited")
ASKED: Final = "survey_response"
INPUT: Final = message("a survey with texts, and public records of the same months")


class NegativitySkew(Measure):
    """Share of negative texts among what nobody asked for, less that among answers to surveys and invitations.

    `side=spontaneous` and `side=solicited` are the shares.
    """

    name: ClassVar[str] = "contagion.negativity_skew"
    title: ClassVar[str] = "Negativity skew"
    question: ClassVar[str] = "Are those who write by themselves more negative than those who are asked?"
    concepts: ClassVar[tuple[str, ...]] = ("D08",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("sentiment", "sentiment_scorer")
    method: ClassVar[Method] = Method(
        formula=(
            "p(negative | spontaneous) − p(negative | solicited), texts with a sentiment of the months in which there "
            "are both; solicited: survey answers and invited reviews"
        ),
        interval=NEWCOMBE,
        source=NEWCOMBE_SOURCE,
        limits=(
            "The two are different people on different channels, and a survey asks at moments of its own: the "
            "difference is one of what is heard, not proof of who keeps silent. Answers to questions such as “what "
            "went wrong” are negative by their question."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts of either side by month, sentiment and author cluster."""
        asked = ((nw.col("kind") == ASKED) | nw.col("invited").fill_null(value=False)).fill_null(value=False)
        side = nw.when(asked).then(nw.lit("solicited")).otherwise(nw.lit("spontaneous"))
        records = with_month(feedback.of(self._scored(scope)).with_columns(side=side))
        return {"texts": net.tallies(records, "side", MONTH, accuracy=scope.accuracy)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The difference, then either share."""
        rows, population = frames["texts"].drop_nulls(MONTH), self._scored(scope)
        both = rows.group_by(MONTH).agg(sides=pl.col("side").n_unique()).filter(pl.col("sides") == len(SIDES))
        common = rows.join(both.select(MONTH), on=MONTH, how="semi")
        if not common.height:
            return [self.untestable("no month holds both what was asked for and what was not", INPUT)]
        shares = [
            net.sentiment_share(
                self,
                Cell({"side": side}, population, common.filter(pl.col("side") == side)),
                "negative",
                scope.accuracy,
            )
            for side in SIDES
        ]
        if not all(r.shown for r in shares):
            return [lacking(self, {}, "one of the two sides has too few texts", INPUT), *shares]
        return [difference(self, *shares, dims={}, population=population), *shares]

    def _scored(self, scope: Scope) -> Predicate:
        kinds = any_of("kind", (*SPONTANEOUS, ASKED))
        return scope.population.where(kinds, any_of("sentiment", SENTIMENTS), ("text", "not_null", None))
