"""The measure `discovery.share_of_voice`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of, message, stats
from cxreport_plugins.common.people import people
from cxreport_plugins.common.shares import SHARE, share, tally, with_hits
from cxreport_plugins.discovery.counting import companies_of

ALL: Final = "all"
TOLD: Final = (ALL, "stimulus", "zmot")


class ShareOfVoice(Measure):
    """The brand's and each rival's part of what customers say of all of them (dims `moment`, `entity`).

    `count=people` gives everybody one voice for each company, however often they write. Only sources in which both
    the brand and a rival occur are counted: elsewhere the share was decided by who collected the data.
    """

    name: ClassVar[str] = "discovery.share_of_voice"
    title: ClassVar[str] = "Share of voice"
    question: ClassVar[str] = "When people look around, of whom do they speak?"
    concepts: ClassVar[tuple[str, ...]] = ("B14", "B19")
    needs: ClassVar[tuple[str, ...]] = ("entity", "moment")
    method: ClassVar[Method] = Method(
        formula=(
            "SOV = records about a company / records about the brand and its rivals, in sources that hold both; of all "
            "records, of those in which a need arises (stimulus), and of those that look around (zmot)"
        ),
        interval=SHARE + "; of people, 95% Wilson",
        source="Wilson 1927; Korn & Graubard 1998. Presence where a need arises: Solis 2013",
        limits=(
            "Valid only as far as rivals were collected by the same query as the brand, which no export tells. A "
            "record about several companies counts for the first it names. Moments come from sources and patterns, "
            "which err."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts per source, company and author cluster; also per moment."""
        records = feedback.of(companies_of(scope, self.context))
        looking = records.filter(nw.col("moment").is_in(list(TOLD)))
        return {
            ALL: tally(records, "source_id", "entity"),
            "moments": tally(looking, "source_id", "moment", "entity"),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each company, at each moment, by records and by people."""
        if not self.context.brand.rivals:
            return [self.untestable("no rival is configured", "brand.rivals")]
        both = _sources(frames[ALL])
        if not both:
            return [self.untestable("no source holds both the brand and a rival", "mentions of rivals, same query")]
        out: list[Result] = []
        for moment in TOLD:
            rows = frames[ALL] if moment == ALL else frames["moments"].filter(pl.col("moment") == moment)
            population = companies_of(scope, self.context).where(any_of("source_id", both))
            there = population if moment == ALL else population.where(("moment", "eq", moment))
            out += self._voices(rows.filter(pl.col("source_id").is_in(both)), moment, there)
        return out

    def _voices(self, rows: pl.DataFrame, moment: str, population: Predicate) -> Iterator[Result]:
        if not rows.height:
            why = message("no record is about this moment")
            yield self.untestable(why, "moment").model_copy(update={"dims": {"moment": moment}})
            return
        named = [entity for entity, _ in self.context.brand.companies]
        base = rows.group_by("bucket").agg(pl.col("n").sum())
        persons = {entity: people(rows.filter(pl.col("entity") == entity)) or 0 for entity in named}
        for entity in named:
            counted = with_hits(base, rows.filter(pl.col("entity") == entity))
            there, dims = population.where(("entity", "eq", entity)), {"moment": moment, "entity": entity}
            yield share(self, counted, "k", dims=dims, population=population, evidence=there)
            if sum(persons.values()):
                yield self._people(persons, entity, dims, population)

    def _people(self, persons: Mapping[str, int], entity: str, dims: dict[str, str], population: Predicate) -> Result:
        k, n = persons[entity], sum(persons.values())
        return self.based(
            n, k / n, *stats.wilson(k, n), dims={**dims, "count": "people"}, population=population,
            method=message("95% Wilson"), evidence=population.where(("entity", "eq", entity)),
        )  # fmt: skip


def _sources(rows: pl.DataFrame) -> list[str]:
    """Sources with records about the brand and about a rival."""
    own = set(rows.filter(pl.col("entity") == "brand")["source_id"])
    return sorted(own & set(rows.filter(pl.col("entity") != "brand")["source_id"]))
