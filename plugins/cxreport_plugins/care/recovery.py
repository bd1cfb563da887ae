"""The measure `care.recovery`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.care.fates import NEEDS, WORDS, fates
from cxreport_plugins.care.options import ResponseRateOptions
from cxreport_plugins.care.shares import Share, gap, share
from cxreport_plugins.common import eligible
from cxreport_plugins.common.cells import cells, lacking
from cxreport_plugins.common.people import people

NONE = ("no public thread begins with a complaint", "public complaints with the replies to them")
ANSWERED = {True: "yes", False: "no"}
SELECTION = (
    "Selection: brands answer easier cases, and those who write again are not like the silent. The uplift is "
    "a difference between two groups, not what an answer causes."
)


class Recovery(Measure):
    """Complaints whose customer ends with thanks or something positive, of those with a later word of theirs.

    Without dims: answered complaints; `answered=no`: the others; `part=uplift`: the difference in points;
    `part=bounds`: all answered complaints, whatever the silent ones think; `part=private`: share of answered ones
    that were asked to go on in private; `answered=…,word=…`: what became of all; `entity,channel`: rivals.
    """

    name: ClassVar[str] = "care.recovery"
    title: ClassVar[str] = "Recovery"
    question: ClassVar[str] = "Does an answer turn a complaint into thanks?"
    concepts: ClassVar[tuple[str, ...]] = ("C14", "C13")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = (*eligible.NEEDS, *NEEDS)
    Options: ClassVar[type[ResponseRateOptions]] = ResponseRateOptions
    method: ClassVar[Method] = Method(
        formula=(
            "REC = threads that begin negative, are answered, and whose customer's last word is positive or thanks / "
            "those of them with a word of the customer after the answer; uplift = REC − the same share of unanswered "
            "threads with a later word"
        ),
        interval=(
            "95% Wilson at the effective base of author clusters, never narrower than Wilson; uplift: Newcombe (MOVER)"
        ),
        source="Wilson 1927; Newcombe 1998; Zou & Donner 2008",
        limits=(
            SELECTION
            + " A matter that goes on in private looks unresolved: those are counted apart. Sentiment is read "
            "by classifiers and not corrected here."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Fates of complaints per author cluster: the brand's, and rivals' by channel."""
        roots = self._roots(scope)
        if roots is None:
            return {}
        return {
            "fates": fates(feedback, roots),
            "rivals": fates(feedback, eligible.rivals(roots), "entity", "channel"),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Recovery of both groups, the difference, the bounds, and what became of all."""
        roots = self._roots(scope)
        if roots is None or not frames["fates"].height:
            why = (eligible.ABSENCE, eligible.INPUT) if roots is None else NONE
            return [self.untestable(*why)]
        rows, shares = frames["fates"], {}
        found = []
        for is_answered, dims in ((True, {}), (False, {"answered": "no"})):
            arm = rows.filter(pl.col("answered") == is_answered)
            shares[is_answered] = _recovered(arm)
            found.append(self._recovery(arm, dims, roots))
        facts = {"n_authors": people(rows), "population": roots}
        uplift = gap(self, shares[True], shares[False], {"part": "uplift"}, **facts)
        if uplift.testable:
            uplift = uplift.model_copy(
                update={"status": "directional", "reason": message("answers are not given at random")}
            )
        named = frames["rivals"].filter((pl.col("entity") != "unknown") & pl.col("answered"))
        rivals = [
            self._recovery(cell.rows, cell.dims, cell.population)
            for cell in cells(named, eligible.rivals(roots), "entity", "channel")
        ]
        return [*found, uplift, *self._answered(rows, facts), *self._words(rows, facts), *rivals]

    def _recovery(self, arm: pl.DataFrame, dims: dict[str, str], roots: Predicate) -> Result:
        found = _recovered(arm)
        if found is None:
            return lacking(self, dims, "no customer wrote again after complaining", "threads with a later record")
        heard = arm.filter(pl.col("word") != "none")
        return self.based(*found, dims=dims, n_authors=people(heard), population=roots)

    def _answered(self, rows: pl.DataFrame, facts: Mapping[str, Any]) -> Iterator[Result]:
        arm = rows.filter("answered")
        n = int(arm["n"].sum())
        if not n:
            return
        private = arm.with_columns(k=pl.col("n") * pl.col("private"))
        yield self.based(*share(private, "k"), dims={"part": "private"}, **facts)
        if n >= stats.HIDDEN_BELOW:
            k, silent = (int(arm.filter(pl.col("word") == word)["n"].sum()) for word in ("positive", "none"))
            low, high = stats.unknown_bounds(k, silent, n)
            yield self.result(
                kind="range", status=stats.base_status(n), n=n, dims={"part": "bounds"}, low=low, high=high, level=None,
                method="Bounds: those who say no more could think either", **facts,
            )  # fmt: skip

    def _words(self, rows: pl.DataFrame, facts: Mapping[str, Any]) -> Iterator[Result]:
        """Of each group, the shares that end with each word."""
        for is_answered, told in ANSWERED.items():
            arm = rows.filter(pl.col("answered") == is_answered)
            for word in WORDS if arm.height else ():
                ended = arm.with_columns(k=pl.col("n") * (pl.col("word") == word))
                yield self.based(*share(ended, "k"), dims={"answered": told, "word": word}, **facts)

    def _roots(self, scope: Scope) -> Predicate | None:
        roots = eligible.settled(scope, self.options.window_days)
        return roots.where(("sentiment", "eq", "negative")) if roots else None


def _recovered(arm: pl.DataFrame) -> Share | None:
    """Of those with a later word, the share whose word is positive."""
    heard = arm.filter(pl.col("word") != "none")
    return share(heard.with_columns(k=pl.col("n") * (pl.col("word") == "positive")), "k") if heard.height else None
