"""The measures `care.recovery_elements` and `care.two_way`: what the brand's own records are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, stats

ELEMENTS: Final = (
    "apology", "reinstatement", "empathy", "atonement", "follow_up", "transfer", "acknowledgement", "request",
)  # fmt: skip
CORRECTIVE: Final = ("reinstatement", "atonement", "follow_up")
_ABOUT_CUSTOMERS: Final = ("customer_voice", "duplicate_of", "brand_authored")
NO_VOICE: Final = ("no export holds what the brand itself wrote", "an export of mentions with the brand's own posts")


def spoken(scope: Scope) -> Predicate:
    """What the brand wrote itself, in the period of the audit: no reposts."""
    kept = tuple(term for term in scope.population.all if term[0] not in _ABOUT_CUSTOMERS)
    return Predicate(all=(*kept, ("brand_authored", "eq", True)))


class RecoveryElements(Measure):
    """Which elements of recovery human answers hold: `element=apology` … ; without dims: the corrective share.

    Corrective answers hold a reinstatement, an atonement or a promise to follow up; others only calm.
    """

    name: ClassVar[str] = "care.recovery_elements"
    title: ClassVar[str] = "What answers hold"
    question: ClassVar[str] = "Do answers calm people, or change anything for them?"
    concepts: ClassVar[tuple[str, ...]] = ("A14",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("reply_elements", "auto_reply", "entity", "brand_authored")
    method: ClassVar[Method] = Method(
        formula=(
            "human answers with the element / human answers of the brand; corrective = reinstatement, atonement or "
            "follow-up"
        ),
        interval="95% Wilson",
        source="Recovery elements in public channels: Oz & Istanbulluoglu 2023; Wilson 1927",
        limits=(
            "Elements are told by cues of words in English and Russian, which nobody has checked against people here: "
            "an element told in other words is missed. An answer may hold several. A promise is not yet a change."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Human answers by the elements they hold together."""
        return {"held": feedback.of(_answers(scope)).group_by("reply_elements").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The corrective share, then each element."""
        rows = frames["held"]
        if not rows.height:
            return [self.untestable("no answer of the brand is in the exports", NO_VOICE[1])]
        whole = self._share(rows, scope, {}, CORRECTIVE)
        return [whole, *(self._share(rows, scope, {"element": name}, (name,)) for name in ELEMENTS)]

    def _share(self, rows: pl.DataFrame, scope: Scope, dims: dict[str, str], names: Sequence[str]) -> Result:
        held = pl.any_horizontal(pl.col("reply_elements").str.contains(f"{name},", literal=True) for name in names)
        n, k = int(rows["n"].sum()), int(rows.filter(held)["n"].sum())
        return self.based(n, k / n, *stats.wilson(k, n), dims=dims, population=_answers(scope))


class TwoWay(Measure):
    """Share of the brand's records that answer somebody, and `part=proactive`, the rest; by channel."""

    name: ClassVar[str] = "care.two_way"
    title: ClassVar[str] = "Two-way street"
    question: ClassVar[str] = "How much of what the brand writes answers somebody?"
    concepts: ClassVar[tuple[str, ...]] = ("E07", "D16")
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("entity", "brand_authored")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula="reactive share = the brand's records that answer somebody else / all records of the brand, no reposts",
        interval="95% Wilson",
        source="Wilson 1927",
        limits=(
            "Answers by machines, and continuations of its own posts, count as answers. "
            "Exports that were asked for mentions of the brand may hold its "
            "answers but not all of its own posts: then the share is too high."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """The brand's records by channel and by whether they answer."""
        reactive = ~nw.col("in_reply_to_id").is_null()
        records = feedback.of(spoken(scope)).with_columns(reactive=reactive)
        return {"said": records.group_by("channel", "reactive").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share of everything, then of each channel."""
        rows = frames["said"].drop_nulls("channel").sort("channel")
        if not rows.height:
            return [self.untestable(*NO_VOICE)]
        return [self._share(rows, {}, spoken(scope)), *self._channels(rows, scope)]

    def _channels(self, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        for (channel,), part in sorted(rows.partition_by("channel", as_dict=True).items()):
            yield self._share(part, {"channel": channel}, spoken(scope).where(("channel", "eq", channel)))

    def _share(self, rows: pl.DataFrame, dims: dict[str, str], population: Predicate) -> Result:
        n, k = int(rows["n"].sum()), int(rows.filter("reactive")["n"].sum())
        return self.based(n, k / n, *stats.wilson(k, n), dims=dims, population=population)


def _answers(scope: Scope) -> Predicate:
    return spoken(scope).where(("in_reply_to_id", "not_null", None), ("auto_reply", "not_true", None))
