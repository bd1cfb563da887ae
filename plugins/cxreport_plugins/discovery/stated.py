"""The measures `discovery.cited`, `discovery.reasons`: shares of what is said, among the texts that say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message
from cxreport_plugins.common.people import people
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, share, tally, with_hits
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.counting import PATTERNS, cued, early, having, labels

FEWEST_PEOPLE: Final = 3
"""People who must cite somebody before it is told."""


class Stated(Measure):
    """Shares of the cues of a group among the texts up to the choice that hold any of them."""

    group: ClassVar[str]
    none: ClassVar[str]
    """Why there is nothing to tell."""
    fewest: ClassVar[int] = 1
    needs: ClassVar[tuple[str, ...]] = ("cues_read", "moment")

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts per author cluster: all, those that hold any cue, and each of them."""
        records = feedback.of(early(scope))
        cueing = labels(feedback, "cues", f"{self.group}.").select("record_id").unique()
        return {
            "texts": tally(records),
            "any": tally(records.join(cueing, on="record_id", how="semi")),
            "each": tally(cued(records, feedback, self.group), "label"),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """How many texts say it at all, and the share of each among them."""
        if not frames["any"].height:
            return [self.untestable(self.none, "posts before the choice that say so, in English or Russian")]
        stated = with_hits(frames["texts"], frames["any"])
        whole = share(self, stated, "k", dims={"part": "stated"}, population=early(scope))
        return [whole, *self._each(frames, scope)]

    def _each(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        for ident in lists.cues(self.group):
            label = f"{self.group}.{ident}"
            rows = frames["each"].filter(pl.col("label") == label)
            if (people(rows) or int(rows["n"].sum())) >= self.fewest:
                hits = with_hits(frames["any"], rows)
                yield share(self, hits, "k", dims={self.group: ident}, population=early(scope), evidence=having(label))


class Cited(Stated):
    """Whom customers cite (dim `cited`), among the texts up to the choice that cite anybody (`part=stated`)."""

    name: ClassVar[str] = "discovery.cited"
    title: ClassVar[str] = "Who counts as an expert"
    question: ClassVar[str] = "Whom do customers call expert?"
    concepts: ClassVar[tuple[str, ...]] = ("B04",)
    group: ClassVar[str] = "cited"
    none: ClassVar[str] = message("no text before a choice cites anybody")
    fewest: ClassVar[int] = FEWEST_PEOPLE
    method: ClassVar[Method] = Method(
        formula="texts up to the choice that cite an outlet or a role / those that cite any; cited by three or more",
        interval=SHARE,
        source=SHARE_SOURCE,
        limits=f"Outlets go by their name, people only by their role: nobody is named. {PATTERNS}",
    )


class Reasons(Stated):
    """Why customers buy or do not (dim `reason`), among the texts up to the choice that state one (`part=stated`)."""

    name: ClassVar[str] = "discovery.reasons"
    title: ClassVar[str] = "Stated reasons"
    question: ClassVar[str] = "Do people choose because of others, of an advert, of the price, or on impulse?"
    concepts: ClassVar[tuple[str, ...]] = ("B18",)
    group: ClassVar[str] = "reason"
    none: ClassVar[str] = message("no text before a choice states a reason")
    method: ClassVar[Method] = Method(
        formula="texts up to the choice that state a reason / those that state any",
        interval=SHARE,
        source=f"Purchases follow social influence or impulse: Solis 2013. {SHARE_SOURCE}",
        limits=f"The base is texts that state a reason, and people seldom state impulse. {PATTERNS}",
    )
