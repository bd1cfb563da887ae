"""The measure `drivers.importance`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message
from cxreport_plugins.common.cells import lacking, partitions
from cxreport_plugins.common.dims import plain
from cxreport_plugins.drivers import rated
from cxreport_plugins.drivers.model import Model
from cxreport_plugins.drivers.options import ImportanceOptions

INPUT = message("driver questions: ratings of parts of the experience (`topic` in the `questions` of a survey)")


class Importance(Measure):
    """How much of the score each rated part of the experience goes with (dim `topic`), for each source by itself.

    A share of what all parts explain together (LMG), the shares of a source adding up to one. `part=relative_weight`
    is the same by Johnson's method, `part=mean` the mean rating, `part=explained` (no topic) R² of all parts, with the
    largest variance inflation factor and the p-value of no relation in its `rows`, `part=scored` how many give the
    score, whether they rate every part or not.
    """

    name: ClassVar[str] = "drivers.importance"
    title: ClassVar[str] = "Key drivers"
    question: ClassVar[str] = "Which parts of the experience go with the score most?"
    concepts: ClassVar[tuple[str, ...]] = ("D15",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("source_id", "metric", "rating_value")
    compared: ClassVar[tuple[tuple[str, ...], ...]] = (("source_id", "topic"),)
    Options: ClassVar[type[ImportanceOptions]] = ImportanceOptions
    method: ClassVar[Method] = Method(
        formula=(
            "Importance of a part: what its rating adds to R² of a linear regression of the score on the ratings of "
            "all parts, averaged over all orders in which they may enter (LMG, the Shapley value), as a share of R². "
            "Relative weight: Johnson's ε, likewise. Of answers that rate every part which half as many people or more "
            "rate as the one most rated; ten parts at most"
        ),
        interval=(
            "95% jackknife over author clusters (512 buckets) on the logit scale, Student's t with Satterthwaite's "
            "degrees of freedom; means: 95% Student's t"
        ),
        source=(
            "Lindeman, Merenda & Gold 1980; Grömping 2007; Johnson 2000; Vriens & Vidden on Shapley values of key "
            "drivers"
        ),
        limits=(
            "An association, not a cause: that a part goes with the score does not say that mending it will lift the "
            "score. People who are pleased rate everything higher. Parts that nobody was asked about are missing. A "
            "site that computes its score from the parts shows the weights of its own formula. Directional under a "
            "hundred complete answers, or ten for each part."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """The parts that are rated, and sums, squares and products by author cluster."""
        ratings, scores = rated.given(feedback, scope, self.options.ignore), rated.scored(feedback, scope)
        parts = rated.parts(ratings)
        return {
            "parts": parts,
            "moments": rated.moments(ratings, parts, scores),
            "scores": scores.group_by(*rated.KEYS).agg(n=nw.len()),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Source by source, in the order of their names."""
        found = [r for source, rows in _sources(frames["parts"]) for r in self._source(source, rows, frames, scope)]
        return found or [self.untestable("nobody rates parts of the experience beside a score of the whole", INPUT)]

    def _source(
        self, source: str, parts: pl.DataFrame, frames: Mapping[str, pl.DataFrame], scope: Scope
    ) -> Iterator[Result]:
        placed = parts.drop_nulls("place").sort("place")
        mine = frames["moments"].filter(pl.col("source_id") == source)
        keyed = [(values, rows) for values, rows in partitions(mine, *rated.KEYS)]
        if not keyed:
            yield lacking(self, {"source_id": source}, message("no answer rates all its parts"), INPUT)
            return
        values, rows = max(keyed, key=lambda one: int(one[1]["n"].sum()))
        model = Model([plain(topic) for topic in placed["topic"]], rows)
        scores = frames["scores"].filter(pl.col(key) == values[key] for key in rated.KEYS)
        population = scope.population.where(("source_id", "eq", source), ("metric", "eq", values["metric"]))
        if model.mute:
            yield lacking(self, {"source_id": source}, model.mute, INPUT)
            return
        yield from self._told(source, model, placed, values, population)
        scored = int(scores["n"].sum())
        dims = {"source_id": source, "part": "scored"}
        yield self.based(scored, scored, kind="count", unit="records", level=None, dims=dims, population=population)
        for topic, scales in parts.filter(pl.col("place").is_null()).sort("topic").select("topic", "scales").rows():
            few = message("far fewer people rate it than other parts")
            why = message("it is rated on several scales") if scales > 1 else few
            more = message("more ratings of it, on one scale")
            yield lacking(self, {"source_id": source, "topic": plain(topic)}, why, more)

    def _told(
        self, source: str, model: Model, placed: pl.DataFrame, values: Mapping[str, Any], population: Predicate
    ) -> Iterator[Result]:
        base: dict[str, Any] = {"n_authors": model.people, "population": population, "evidence": population}
        facts = {
            "metric": values["metric"], "scale": values["scale"], "parts": len(model.topics), "p": model.chance,
            "inflation": model.inflation,
        }  # fmt: skip
        whole = {"source_id": source}
        yield self.based(model.n, *model.explained, dims=whole | {"part": "explained"}, rows=(facts,), **base)
        for method, shares in (("", model.lmg), ("relative_weight", model.johnson)):
            for i, topic in enumerate(model.topics):
                dims = whole | {"topic": topic} | ({"part": method} if method else {})
                rows = () if method else ({"correlation": float(model.correlations[i])},)
                ends = float(shares.value[i]), float(shares.low[i]), float(shares.high[i])
                yield self._doubted(model, self.based(model.n, *ends, dims=dims, rows=rows, **base))
        for i, topic in enumerate(model.topics):
            dims = whole | {"topic": topic, "part": "mean"}
            low, high = float(placed["low"][i]), float(placed["high"][i])
            method = "95% Student's t at the effective base of author clusters"
            scale = ({"low": low, "high": high},)
            yield self.based(model.n, *model.mean(i), dims=dims, unit="stars", method=method, rows=scale, **base)

    def _doubted(self, model: Model, result: Result) -> Result:
        if not result.shown or not model.doubt:
            return result
        return result.model_copy(update={"status": "directional", "reason": model.doubt})


def _sources(parts: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    yield from ((str(values["source_id"]), rows) for values, rows in partitions(parts, "source_id"))
