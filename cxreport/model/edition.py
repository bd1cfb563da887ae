"""The edition: what one privacy profile may show of an audit; sites and files are made from it alone."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from cxreport.model.assessment import Assessment
from cxreport.model.audit import SCHEMA_VERSION, Card, Evidence, Frozen, Load, MeasureInfo, Meta, Step
from cxreport.model.basis import Basis
from cxreport.model.change import Change, Past
from cxreport.model.dossier import Dossier
from cxreport.model.recommendation import Recommendations
from cxreport.model.result import Result


class Edition(Frozen):
    """An audit after redaction and suppression. Sections and themes read this and nothing else."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    schema_version: int = SCHEMA_VERSION
    profile: Literal["internal", "client", "public"]
    audit: str
    """Digest of the audit it was made from."""
    meta: Meta
    loads: tuple[Load, ...]
    waterfall: tuple[Step, ...]
    measures: dict[str, tuple[Result, ...]]
    infos: dict[str, MeasureInfo]
    evidence: tuple[Evidence, ...] = ()
    card: Card | None = None
    """How often the classifiers are right, where people coded a sample."""
    assessments: tuple[Assessment, ...] = ()
    recommendations: Recommendations | None = None
    """The consultant's own ratings; without links that the profile does not show."""
    classes: dict[str, dict[str, int]] = Field(default_factory=dict)
    basis: Basis | None = None
    """What the numbers rest on, for the next audit."""
    past: Past | None = None
    """The cover of the previous audit, where there is one."""
    changes: tuple[Change, ...] = ()
    """Results beside those of the previous audit; hidden where either has too few people."""
    withheld: dict[str, int] = Field(default_factory=dict)
    """What the profile kept back, by reason, so that pages can say so."""
    behind: dict[str, int] = Field(default_factory=dict)
    """Key of a result → how many records stand behind it, shown or not; too few are not told."""
    dossier: SkipJsonSchema[Dossier] = Field(default_factory=Dossier, exclude=True)
    """The records themselves, as far as the profile shows them."""

    def results(self, measure: str) -> tuple[Result, ...]:
        """All results of a measure, or none."""
        return self.measures.get(measure, ())

    def result(self, measure: str, **dims: str) -> Result:
        """The result with exactly these dims; raises `KeyError` naming what there is."""
        for result in self.results(measure):
            if result.dims == dims:
                return result
        have = sorted(r.key for r in self.results(measure)) or sorted(self.measures)
        raise KeyError(f"no result {measure} with {dims}; there are: {', '.join(have[:12])}")

    def get(self, measure: str, **dims: str) -> Result | None:
        """Like `result`, but None when it does not exist."""
        return next((r for r in self.results(measure) if r.dims == dims), None)

    def cut(self, measure: str, *columns: str) -> tuple[Result, ...]:
        """The results whose dims are exactly these columns, in the order the measure gave."""
        return tuple(r for r in self.results(measure) if tuple(r.dims) == columns or set(r.dims) == set(columns))

    def change(self, measure: str, **dims: str) -> Change | None:
        """How a result changed since the previous audit, where both had it."""
        return next((c for c in self.changes if c.measure == measure and c.dims == dims), None)
