"""Assess: the consultant's ratings join the audit once every link of theirs leads to something in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cxreport.config.assessments import Assessed
from cxreport.config.load import suggestion
from cxreport.model.assessment import Assessment
from cxreport.model.audit import Evidence
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.result import Result

_NO_RECORD = "The audit has records by customers about the brand inside its period; exports hold more."


def assess(
    assessed: Assessed, measures: Mapping[str, Sequence[Result]], records: Iterable[Evidence]
) -> tuple[Assessment, ...]:
    """The assessments of this audit. Raises `ConfigError` for each link that leads nowhere, with its place."""
    results = {result.key for found in measures.values() for result in found}
    problems = [
        *_lost(assessed, "measure", results, "this audit has no result"),
        *_lost(assessed, "record", {record.id for record in records}, "this audit has no record"),
    ]
    if problems:
        raise ConfigError(*problems)
    return assessed.assessments


def _lost(assessed: Assessed, kind: str, known: Collection[str], lack: str) -> Iterator[Problem]:
    for name in assessed.cited(kind):
        if name not in known:
            mend = suggestion(name, known) if kind == "measure" else _NO_RECORD
            yield Problem(assessed.places[f"{kind}:{name}"], f"{lack} {name}.", mend)
