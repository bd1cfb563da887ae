"""The measure `contagion.mood_of_replies`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import SENTIMENTS, Feedback, Measure, Method, Predicate, Result, Scope, any_of, message
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell, lacking
from cxreport_plugins.common.differences import NEWCOMBE, NEWCOMBE_SOURCE, difference
from cxreport_plugins.common.populations import public

PARENTS: Final = {"negative": "after negative", "other": "after others"}
ABSENCE: Final = message("no customer's scored reply to another customer is among the records")
INPUT: Final = message("an export of conversations between customers")


class MoodOfReplies(Measure):
    """How much likelier a reply is negative where what it replies to is negative, in points.

    `parent=negative` and `parent=other` are the shares of negative replies themselves.
    """

    name: ClassVar[str] = "contagion.mood_of_replies"
    title: ClassVar[str] = "Mood of replies"
    question: ClassVar[str] = "Does the mood of what a customer writes go with the mood of other customers' replies?"
    concepts: ClassVar[tuple[str, ...]] = ("C05",)
    unit: ClassVar[Any] = "points"
    needs: ClassVar[tuple[str, ...]] = ("shared", "sentiment", "sentiment_scorer")
    method: ClassVar[Method] = Method(
        formula=(
            "P(reply negative | parent negative) − P(reply negative | parent not negative); public replies and quotes "
            "by another customer than the parent's author"
        ),
        interval=NEWCOMBE,
        source=NEWCOMBE_SOURCE,
        limits=(
            "An association: both may be about the same bad event, and nothing here says that mood is catching. "
            "Classifiers err alike on texts that quote one another."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Replies by the tone of their parent, sentiment and author cluster."""
        told = _parents(feedback.of(public(scope)))
        replies = self._replies(scope).keep(feedback.records)
        to = nw.coalesce(nw.col("in_reply_to_id"), nw.col("quoted_id"))
        joined = replies.with_columns(__to=to).filter(~to.is_null()).join(
            told, left_on=["id_space", "__to"], right_on=["id_space", "native_id"], how="inner"
        )  # fmt: skip
        others = joined.filter((nw.col("author_id") != nw.col("__by")).fill_null(value=False))
        return {"replies": net.tallies(others, "parent", accuracy=scope.accuracy)}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The difference, then either share."""
        population = self._replies(scope)
        rows = {name: frames["replies"].filter(pl.col("parent") == name) for name in PARENTS}
        if not all(part.height for part in rows.values()):
            return [self.untestable(ABSENCE, INPUT)]
        shares = [
            net.sentiment_share(self, Cell({"parent": name}, population, part), "negative", scope.accuracy)
            for name, part in rows.items()
        ]
        if not all(r.shown for r in shares):
            return [lacking(self, {}, "too few replies to what is negative, or to what is not", INPUT), *shares]
        return [difference(self, *shares, dims={}, population=population), *shares]

    def _replies(self, scope: Scope) -> Predicate:
        return public(scope).where(any_of("kind", ("reply", "quote")), any_of("sentiment", SENTIMENTS))


def _parents(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """What customers wrote, by its native id: its author `__by` and whether it is negative, as `parent`."""
    scored = records.filter(nw.col("sentiment").is_in(list(SENTIMENTS)) & ~nw.col("native_id").is_null())
    tone = nw.when(nw.col("sentiment") == "negative").then(nw.lit("negative")).otherwise(nw.lit("other"))
    return scored.select("id_space", "native_id", __by=nw.col("author_id"), parent=tone)
