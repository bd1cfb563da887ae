"""What an audit says to each concept: which measures answer it, how soundly, or what would answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxreport.model.assessment import Assessment
from cxreport.model.audit import Audit, Frozen, MeasureInfo
from cxreport.model.concepts import CONCEPTS, Concept, Kind
from cxreport.model.result import Result, Status

_BEST: tuple[Status, ...] = ("ok", "small_base", "directional", "hidden", "not_testable")


class Answer(Frozen):
    """One concept in one audit."""

    id: str
    title: str
    kind: Kind
    measures: tuple[str, ...]
    """Ids of the measures that answer it."""
    status: str | None
    """The best status among their results; where only a consultant answers `rated`, `noted` (written down without a
    rating, such as a log) or `not_rated`; None before an audit was built."""
    ratings: int | None
    """Ratings given to it and its parts; None where it is computed alone, or before an audit was built."""
    reason: str = ""
    """Why it is not answered."""
    needs: tuple[str, ...] = ()
    """The inputs that would answer it."""

    @property
    def answered(self) -> bool:
        """Whether there is a number, a rating or a note."""
        return self.status in ("ok", "small_base", "directional", "rated", "noted")


def answers(infos: Mapping[str, MeasureInfo], audit: Audit | None = None) -> list[Answer]:
    """All 99 concepts in their order; without an audit only which measures would answer them."""
    return [_answer(concept, infos, audit) for concept in CONCEPTS.values()]


def _answer(concept: Concept, infos: Mapping[str, MeasureInfo], audit: Audit | None) -> Answer:
    measures = tuple(info.id for info in infos.values() if concept.id in info.concepts)
    unknown = Answer(
        id=concept.id, title=concept.title, kind=concept.kind, measures=measures, status=None, ratings=None
    )
    if audit is None:
        return unknown
    given = [one for one in audit.assessments if one.concept == concept.id and one.begun]
    ratings = sum(one.ratings for one in given) if concept.rated else None
    results = [result for name in measures for result in audit.measures.get(name, ())]
    only_rated = concept.kind == "judge" or (given and not results)
    found = _judged(concept, given, ratings) if only_rated else _computed(concept, results)
    return unknown.model_copy(update={"ratings": ratings, **found})


def _judged(concept: Concept, given: Sequence[Assessment], ratings: int | None) -> dict[str, Any]:
    if given:
        return {"status": "rated" if ratings else "noted"}
    return {"status": "not_rated", "reason": "nobody has rated it", "needs": (f"assessments: {concept.needs}",)}


def _computed(concept: Concept, results: Sequence[Result]) -> dict[str, Any]:
    own = [result for result in results if concept.id in result.concepts] or results
    if not own:
        why = "no measure that is installed answers it"
        return {"status": "not_testable", "reason": why, "needs": (concept.needs,)}
    best = min(own, key=lambda result: _BEST.index(result.status))
    needs = () if best.shown else tuple(dict.fromkeys(need for result in own for need in result.needs))
    return {"status": best.status, "reason": best.reason, "needs": needs}
