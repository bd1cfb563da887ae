"""The measure `discovery.outcome`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.discovery.counting import PATTERNS, Frame, labels

OUTCOMES: Final = ("bought", "rival", "gave_up", "unknown")
WINDOW_MS: Final = 30 * 86_400_000
CUES: Final = {
    "bought": ("ladder.own", "turn.chose"),
    "rival": ("turn.to-rival",),
    "gave_up": ("turn.gave-up",),
}


class Outcome(Measure):
    """What comes of people's search within 30 days (dim `outcome`), and how many bought (`part=conversion`).

    `part=conversion` is the share among those whose outcome is known; `part=bounds` holds what it can be at least and
    at most for everybody, the unknown counted as nobody and as all.
    """

    name: ClassVar[str] = "discovery.outcome"
    title: ClassVar[str] = "What comes of the search"
    question: ClassVar[str] = "Do those who look around buy, go elsewhere, or give up?"
    concepts: ClassVar[tuple[str, ...]] = ("B09",)
    needs: ClassVar[tuple[str, ...]] = ("cues_read", "moment", "entity")
    method: ClassVar[Method] = Method(
        formula=(
            "people whose first record at the zero moment of truth is followed within 30 days, in the same source, by "
            "one that tells that they bought (at or after the choice, or by its words), else went to a rival, else "
            "gave up; conversion = bought / known; bounds [k/n, (k + unknown)/n]"
        ),
        interval="95% Wilson on people",
        source="Wilson 1927; bounds under missing outcomes: Manski 1989",
        limits=(
            "Most people do not write again, and those who do differ. The same person is known only within one source. "
            f"{PATTERNS}"
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """People by outcome."""
        if scope.as_of is None:
            return {}
        looking = feedback.of(_looking(scope)).with_columns(at=nw.col("created_at").dt.timestamp("ms"))
        first = looking.group_by("source_id", "author_id").agg(first=nw.col("at").min())
        until = int(scope.as_of.timestamp() * 1000) - WINDOW_MS
        complete = first.filter(nw.col("first") <= until)
        return {"people": _outcomes(complete, feedback).group_by("outcome").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The ladder of outcomes, conversion, and its bounds."""
        counts = dict(frames["people"].iter_rows()) if "people" in frames else {}
        if not counts:
            why = message("nobody who looks around can be followed for 30 days")
            return [self.untestable(why, "dated posts before the choice, with authors")]
        return list(self._results({outcome: int(counts.get(outcome, 0)) for outcome in OUTCOMES}, _looking(scope)))

    def _results(self, counts: Mapping[str, int], there: Predicate) -> Iterator[Result]:
        n = sum(counts.values())
        for outcome, k in counts.items():
            yield self._share(k, n, {"outcome": outcome}, there)
        known, bought = n - counts["unknown"], counts["bought"]
        if known:
            yield self._share(bought, known, {"part": "conversion"}, there)
        bounds = stats.unknown_bounds(bought, counts["unknown"], n)
        yield self.based(n, 0, unit="share", dims={"part": "bounds"}, population=there).model_copy(
            update={"kind": "range", "value": None, "low": bounds.low, "high": bounds.high, "method": message("bounds")}
        )

    def _share(self, k: int, n: int, dims: dict[str, str], there: Predicate) -> Result:
        return self.based(n, k / n, *stats.wilson(k, n), dims=dims, n_authors=n, population=there, evidence=there)


def _looking(scope: Scope) -> Predicate:
    return scope.population.where(
        ("moment", "eq", "zmot"), ("author_id", "not_null", None), ("created_at", "not_null", None)
    )


def _outcomes(first: Frame, feedback: Feedback) -> Frame:
    """`outcome` of each person: the strongest of what their records within the window tell."""
    cues = labels(feedback, "cues").filter(nw.col("label").is_in([c for told in CUES.values() for c in told]))
    own = nw.col("entity") == "brand"
    after = nw.col("moment").is_in(["fmot", "smot"])
    told = feedback.records.filter(~nw.col("brand_authored").fill_null(value=False)).select(
        "record_id", "source_id", "author_id",
        at=nw.col("created_at").dt.timestamp("ms"),
        bought=(own & after), rival=(~own & (nw.col("entity") != "unknown") & after),
    )  # fmt: skip
    later = first.join(told, on=["source_id", "author_id"], how="inner")
    within = later.filter(nw.col("at") >= nw.col("first"), nw.col("at") <= nw.col("first") + WINDOW_MS)
    said = within.join(cues, on="record_id", how="left").with_columns(
        bought=_flag(nw.col("bought") | nw.col("label").is_in(list(CUES["bought"]))),
        rival=_flag(nw.col("rival") | nw.col("label").is_in(list(CUES["rival"]))),
        gave_up=_flag(nw.col("label").is_in(list(CUES["gave_up"]))),
    )
    each = said.group_by("source_id", "author_id").agg(
        nw.col("bought").max(), nw.col("rival").max(), nw.col("gave_up").max()
    )
    chosen: Any = nw.lit("unknown")
    for outcome in reversed(OUTCOMES[:-1]):
        chosen = nw.when(nw.col(outcome) > 0).then(nw.lit(outcome)).otherwise(chosen)
    return each.select(outcome=chosen)


def _flag(told: nw.Expr) -> nw.Expr:
    return told.fill_null(value=False).cast(nw.Int64)
