"""The measure `experience.expectations`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, MeasureOptions, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import MONTH, lacking, months, with_month
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, Frame, share, tally, with_hits
from cxreport_plugins.common.slope import slope_of

CUES: Final = ("below", "above", "owed")
OWED: Final = "owed"
THOUSAND: Final = 1000
PAIR: Final = {"part": "gap"}
WANTED: Final = message("the options expected and experienced of experience.expectations: two questions of one survey")


class ExpectationsOptions(MeasureOptions):
    """Options of `experience.expectations`."""

    expected: str = ""
    """The question (its id or its wording) that asks what people expected, on a scale."""
    experienced: str = ""
    """The question that asks on the same scale how it was."""


class Expectations(Measure):
    """The gap of a pair of survey questions (`part=gap`), and what texts let slip (dim `cue`).

    `cue=below` and `cue=above` are the shares of texts that tell of less and of more than was expected, `cue=owed` of
    those that tell what their author takes to be owed; `part=rate` is how many in a thousand. With `cue=owed`, `month`
    is that rate month by month, and `part=slope` its change a month.
    """

    name: ClassVar[str] = "experience.expectations"
    title: ClassVar[str] = "Expectations"
    question: ClassVar[str] = "Does the experience meet what was expected, and are expectations rising?"
    concepts: ClassVar[tuple[str, ...]] = ("D02", "D05")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("cues_read",)
    Options: ClassVar[type[ExpectationsOptions]] = ExpectationsOptions
    method: ClassVar[Method] = Method(
        formula=(
            "gap = mean of experienced − expected over those who answered both; texts with the cue / texts read; rate "
            "= 1,000 · texts that tell what is owed / texts read"
        ),
        interval=f"Gap: 95% Student's t of the differences. Shares and rates: {SHARE}. Slope: Theil–Sen, 95% by Sen",
        source=f"Disconfirmation: Oliver 1980; {SHARE_SOURCE}; Sen 1968",
        limits=(
            "Cues are found by patterns, English and Russian: what is said in other words is missed, so each is a "
            "lower bound, and below and above are not to be set off against each other."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts and cues per author cluster, by month where something is owed; differences of the pair."""
        texts = feedback.of(_read(scope))
        found = feedback.labels.filter(nw.col("kind") == "cues", nw.col("label").str.starts_with("expect."))
        cued = texts.join(found.select("record_id", "label").unique(), on="record_id", how="inner")
        owed = with_month(cued.filter(nw.col("label") == f"expect.{OWED}"))
        frames = {
            "texts": tally(texts), "cues": tally(cued, "label"),
            "texts month": tally(with_month(texts), MONTH), "owed month": tally(owed, MONTH),
        }  # fmt: skip
        if self.options.expected and self.options.experienced:
            frames["pair"] = self._differences(feedback, scope)
        return frames

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The pair, then the cues, then the rate by month."""
        told = [self._gap(frames.get("pair"), scope), *self._cues(frames, scope)]
        return [r.model_copy(update={"concepts": _concepts(r)}) for r in told]

    def _differences(self, feedback: Feedback, scope: Scope) -> Frame:
        """`difference` of each who answered both questions, counted."""
        asked = {
            side: feedback.answers.filter(_question(wanted), ~nw.col("value_number").is_null())
            .group_by("record_id").agg(**{side: nw.col("value_number").mean()})
            for side, wanted in (("before", self.options.expected), ("after", self.options.experienced))
        }  # fmt: skip
        both = asked["before"].join(asked["after"], on="record_id", how="inner")
        within = feedback.of(scope.population).select("record_id").join(both, on="record_id", how="inner")
        return within.with_columns(difference=nw.col("after") - nw.col("before")).group_by("difference").agg(n=nw.len())

    def _gap(self, rows: pl.DataFrame | None, scope: Scope) -> Result:
        if rows is None:
            return lacking(self, PAIR, message("no survey asks both what was expected and how it was"), WANTED)
        rows, n = rows.sort("difference"), int(rows["n"].sum())
        if not n:
            return lacking(self, PAIR, message("nobody answered both questions"), message("answers to both questions"))
        mean = float((rows["difference"] * rows["n"]).sum()) / n
        squares = float(((rows["difference"] - mean) ** 2 * rows["n"]).sum())
        low, high = stats.t_mean(mean, (squares / max(1, n - 1)) ** 0.5, n)
        facts: dict[str, Any] = {"unit": "score", "method": message("95% Student's t of the differences")}
        return self.based(n, mean, low, high, dims=PAIR, population=scope.population, **facts)

    def _cues(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        base, there = frames["texts"], _read(scope)
        if not base.height:
            yield lacking(
                self, {"of": "texts"}, message("no customer's text is in English or Russian"), message("texts")
            )
            return
        for cue in CUES:
            hits = with_hits(base, frames["cues"].filter(pl.col("label") == f"expect.{cue}"))
            found = share(self, hits, "k", dims={"cue": cue}, population=there, evidence=_having(cue))
            yield found
            yield _per_thousand(found.model_copy(update={"dims": {"cue": cue, "part": "rate"}}))
        by_month = [self._month(cell.rows, frames["owed month"], cell.dims, cell.population) for cell in
                    months(frames["texts month"], there)]  # fmt: skip
        yield from map(_per_thousand, by_month)
        if sum(1 for r in by_month if r.value) <= len(by_month) / 2:
            why = message("in most months no text tells what its author takes to be owed")
            yield lacking(self, {"cue": OWED, "part": "slope"}, why, message("more texts"))
            return
        slope = slope_of(self, by_month, {"cue": OWED, "part": "slope"}, there)
        tenfold = {key: None if (end := getattr(slope, key)) is None else 10 * end for key in ("value", "low", "high")}
        yield slope.model_copy(update={**tenfold, "unit": "ratio"} if slope.testable else {})

    def _month(self, base: pl.DataFrame, owed: pl.DataFrame, dims: dict[str, str], there: Predicate) -> Result:
        number = int(dims[MONTH].replace("-", ""))
        hits = with_hits(base, owed.filter(pl.col(MONTH) == number))
        return share(self, hits, "k", dims={"cue": OWED, **dims}, population=there)


def _concepts(result: Result) -> tuple[str, ...]:
    """Which question a result answers: whether expectations are met, or whether they rise."""
    if "of" in result.dims:
        return result.concepts
    return ("D05",) if result.dims.get("cue") == OWED else ("D02",)


def _read(scope: Scope) -> Predicate:
    return scope.population.where(("cues_read", "eq", True))


def _having(cue: str) -> Predicate:
    return Predicate(table="labels", all=(("kind", "eq", "cues"), ("label", "eq", f"expect.{cue}")))


def _question(wanted: str) -> nw.Expr:
    return (nw.col("question_id") == wanted) | (nw.col("question_text") == wanted)


def _per_thousand(found: Result) -> Result:
    """A share as a rate per thousand."""
    if not found.shown:
        return found.model_copy(update={"unit": "ratio"}) if found.testable else found
    ends = {key: None if (end := getattr(found, key)) is None else THOUSAND * end for key in ("value", "low", "high")}
    return found.model_copy(update={**ends, "unit": "ratio"})
