"""The measure `care.escalation`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, any_of
from cxreport_plugins.care.shares import INTERVAL, share, tallies
from cxreport_plugins.common.cells import Cell, cells, split
from cxreport_plugins.common.people import people

_WORD = r"(?-u:\b)"
"""The edge of a word of plain letters: that of any letter takes twenty times as long."""
_CUES = (
    r"<(no|without|never (got|had|received) an?) (answer|reply|response)>"
    r"|<still waiting for (a|an|your) (answer|reply|call)>"
    r"|<(on hold|hung up|line dropped|can(no|')t get through|nobody (answers|picks up|replies|responds))>"
    r"|<(called|phoned|rang|e-?mailed|wrote|written to|messaged|contacted|complained)>[^.!?]*<(\d+|two|three|four|"
    r"several|many|again|twice) ?(times|weeks|days|hours|months)?>"
    r"|<(second|third|fourth|\d+(st|nd|rd|th)) (e-?mail|call|message|complaint|time i)>"
    r"|<ignor(ed|ing) (me|my|us|our)>"
    r"|(^|\s)(не отвеча(ют|ете|ет)|без ответа|никто не (отвечает|ответил)|не дозвон|игнорир|висел.{0,2} на линии|"
    r"(писал|звонил|обращал)[^.!?]*\s(раз|дн|недел|уже))"
)
CUES = _CUES.replace("<", _WORD).replace(">", _WORD)
"""What tells of an earlier contact that failed, English and Russian, in lower case."""


class Escalation(Measure):
    """Share of public complaints that tell of an earlier contact that failed: a lower bound. By `by`."""

    name: ClassVar[str] = "care.escalation"
    title: ClassVar[str] = "Gone public after other ways failed"
    question: ClassVar[str] = "How many complain in public because other ways failed?"
    concepts: ClassVar[tuple[str, ...]] = ("A13",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("sentiment", "shared", "lang")
    by: ClassVar[tuple[str, ...]] = ("channel",)
    method: ClassVar[Method] = Method(
        formula="public negative records that tell of an earlier failed contact / public negative records, en and ru",
        interval=INTERVAL,
        source="Cues of words; Wilson 1927",
        limits=(
            "A lower bound: only those are counted who say so, in words that the cues know. Complaints are told by a "
            "sentiment that is not corrected here. Records in other languages are left out."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Complaints and escalations per author cluster, whole and by cut."""
        said = nw.col("text").str.to_lowercase().str.contains(CUES)
        records = feedback.of(complaints(scope)).with_columns(__said=said)
        present, _ = split(self, scope)
        whole = {"all": tallies(records, escalated=nw.col("__said"))}
        return whole | {cut: tallies(records, cut, escalated=nw.col("__said")) for cut in present}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share of everything, then of each cell."""
        if not frames["all"].height:
            return [self.untestable("there is no public complaint in English or Russian", "public complaints")]
        base = complaints(scope)
        present, missing = split(self, scope)
        parts = [Cell({}, base, frames["all"]), *(c for cut in present for c in cells(frames[cut], base, cut))]
        return [*map(self._share, parts), *missing]

    def _share(self, cell: Cell) -> Result:
        facts: dict[str, Any] = {"dims": cell.dims, "n_authors": people(cell.rows), "population": cell.population}
        return self.based(*share(cell.rows, "escalated"), **facts)


def complaints(scope: Scope) -> Predicate:
    """Public negative records with words in a language of the cues."""
    return scope.population.where(
        ("shared", "eq", "public"),
        ("sentiment", "eq", "negative"),
        any_of("lang", ("en", "ru")),
        ("text", "not_null", None),
    )
