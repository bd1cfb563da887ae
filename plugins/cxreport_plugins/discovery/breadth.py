"""The measure `discovery.breadth`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import MOMENTS, Feedback, Measure, Method, Result, Scope, any_of, stats
from cxreport_plugins.common.people import bucket
from cxreport_plugins.common.populations import SPONTANEOUS
from cxreport_plugins.common.shares import SHARE, share
from cxreport_plugins.discovery.answers import NOTHING, answered
from cxreport_plugins.discovery.counting import Frame, companies_of, labels

SEED: Final = 20_264
AUTHORS: Final = "people"


class Breadth(Measure):
    """How many companies people have in mind at each moment (dim `moment`), and how evenly (`part=entropy`).

    `of=answers` is the share of those who say that they looked at anything else before they bought.
    """

    name: ClassVar[str] = "discovery.breadth"
    title: ClassVar[str] = "Breadth of consideration"
    question: ClassVar[str] = "Does deliberation widen or narrow on the way?"
    concepts: ClassVar[tuple[str, ...]] = ("B23",)
    unit: ClassVar[Any] = "ratio"
    needs: ClassVar[tuple[str, ...]] = ("cues_read", "moment", "entity")
    method: ClassVar[Method] = Method(
        formula=(
            "companies that a person's public texts name at a moment / people at that moment (each at least one: whom "
            "the text is about); entropy H = −Σ p ln p of the companies named, in nats"
        ),
        interval=f"95% Student's t over author clusters; of entropy, resampling of author clusters. Answers: {SHARE}",
        source="The journey is no funnel: Solis 2013. Shannon 1948; Efron & Tibshirani 1993",
        limits=(
            "Only the brand and its rivals are recognised, so it is the breadth within them. Who names one company may "
            "have others in mind."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """People and the companies they name, per moment and author cluster; answers likewise."""
        entities = [entity for entity, _ in self.context.brand.companies]
        named = _named(feedback, scope, self)
        each = named.group_by("moment", "who", "bucket").agg(
            brands=nw.col("company").n_unique(),
            **{f"of {e}": (nw.col("company") == e).cast(nw.Int64).max() for e in entities},
        )
        sums = {name: nw.col(name).sum() for name in ("brands", *(f"of {e}" for e in entities))}
        return {
            "moments": each.group_by("moment", "bucket").agg(people=nw.len(), **sums),
            "answers": answered(feedback, scope, "looked", {"nothing": NOTHING}),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each moment, then what surveys tell."""
        rows, answers = frames["moments"], frames["answers"]
        if not self.context.brand.rivals:
            return [self.untestable("no rival is configured", "brand.rivals")]
        if not rows.height and not answers.height:
            return [self.untestable("no text about a moment names a company", "posts about the brand and its rivals")]
        told = [r for moment in MOMENTS for r in self._moment(moment, rows, scope)]
        return [*told, *self._answers(answers, scope)]

    def _moment(self, moment: str, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        here = rows.filter(pl.col("moment") == moment).sort("bucket")
        if here.height < 2:
            return
        there = companies_of(scope, self.context).where(("moment", "eq", moment), any_of("kind", SPONTANEOUS))
        n, brands = int(here["people"].sum()), int(here["brands"].sum())
        low, high = stats.bucketed_ratio(here["brands"], here["people"])
        facts = {"population": there, "evidence": there, "n_authors": n}
        yield self.based(n, brands / n, max(1.0, low), max(high, brands / n), dims={"moment": moment}, **facts)
        sums = here.select(column for column in here.columns if column.startswith("of ")).to_numpy()
        value = float(entropy(sums.sum(axis=0)[None, :].astype(float))[0])
        low, high = stats.bucket_bootstrap(sums, entropy, seed=SEED)
        dims = {"moment": moment, "part": "entropy"}
        yield self.based(n, value, min(low, value), max(high, value), dims=dims, **facts)

    def _answers(self, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        if rows.height:
            dims = {"of": "answers", "part": "looked"}
            yield share(self, rows, "other", dims=dims, population=scope.population)


def entropy(counts: Any) -> Any:
    """Shannon entropy in nats of each row of counts; `nan` where all are 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        p = counts / counts.sum(axis=1, keepdims=True)
        return -np.where(p > 0, p * np.log(p), 0.0).sum(axis=1) + 0 * counts.sum(axis=1) / counts.sum(axis=1)


def _named(feedback: Feedback, scope: Scope, measure: Breadth) -> Frame:
    """A row a person, moment and company: named in a text, or whom it is about."""
    population = companies_of(scope, measure.context).where(any_of("kind", SPONTANEOUS), any_of("moment", MOMENTS))
    records = feedback.of(population).with_columns(bucket().alias("bucket"), who=nw.coalesce("author_id", "record_id"))
    own = records.select("moment", "who", "bucket", company=nw.col("entity"))
    also = records.join(labels(feedback, "companies"), on="record_id", how="inner")
    return nw.concat([own, also.select("moment", "who", "bucket", company=nw.col("label"))]).unique()
