"""The audit: everything measured, frozen. Private and complete; nothing after it reads the data again."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cxreport.model.assessment import Assessment
from cxreport.model.basis import Basis
from cxreport.model.change import Change, Past
from cxreport.model.recommendation import Recommendations
from cxreport.model.result import Number, Result

SCHEMA_VERSION = 1


class Frozen(BaseModel):
    """Base of everything in an audit."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Load(Frozen):
    """One file of the loads ledger: what it was taken for and why, what was kept, what was not."""

    source_id: str
    reader: str = ""
    """The source that read it and its version, such as `reviews 2`."""
    file: str
    member: str | None = None
    sha256: str = ""
    bytes: int = 0
    system: str | None = None
    system_title: str = ""
    format: str = ""
    reason: str = ""
    encoding: str | None = None
    encoding_how: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    rows_read: int = 0
    records: int = 0
    rejected: dict[str, int] = Field(default_factory=dict)
    examples: tuple[str, ...] = ()
    """One explained reject per reason: `row 17: too_many_cells: …`."""
    skipped: dict[str, int] = Field(default_factory=dict)
    warnings: dict[str, int] = Field(default_factory=dict)
    """Records that were kept although something was wrong with them, by code: `date_unreadable`, `id_missing` …"""
    ids_damaged: int = 0
    date_min: datetime | None = None
    date_max: datetime | None = None
    zone: str | None = None
    zone_basis: str | None = None
    frame: str = "complete"
    cap: str = ""
    """What the export holds at most, in words."""
    query: str = ""
    """What was searched for, as the source states it."""
    replies: int = 0
    """Records written by a brand: without any, an answer cannot be told from silence."""
    figures: int = 0
    """Figures that the platform states, such as an average of ratings: kept in the table `metrics`."""
    expected: int | None = None
    """How many items the export itself says it holds."""
    notes: tuple[str, ...] = ()
    problem: str = ""
    """Why the file as a whole was not read; empty when it was."""
    licence: str | None = None
    channels: tuple[str, ...] = ()


class Step(Frozen):
    """A row of the exclusion waterfall."""

    id: str
    title: str
    excluded: int
    left: int


class Evidence(Frozen):
    """A record behind the numbers: redacted text, labels with the rules that gave them, provenance."""

    id: str
    source_id: str
    channel: str | None = None
    kind: str | None = None
    entity: str | None = None
    created_at: datetime | None = None
    title: str | None = None
    text: str | None = None
    lang: str | None = None
    sentiment: str | None = None
    score: float | None = None
    moment: str | None = None
    moment_rule: str | None = None
    shared: str | None = None
    rating: str | None = None
    followers: int | None = None
    author: str | None = None
    """Keyed pseudonym, so that one person's records can be told to be one person's."""
    file: str = ""
    row: int | None = None
    licence: str | None = None


class Accuracy(Frozen):
    """How often one classifier agrees with people: the row of the accuracy card that corrects its shares.

    `confusion[i][j]` counts coded records of true class `classes[i]` that the classifier put into `classes[j]`;
    counts are weighted to the audit (inverse sampling probabilities) and scaled to the effective number of coded
    records, so that they may be resampled as a multinomial. Codes on which coders disagree count in parts.
    """

    field: str
    """`sentiment`, `moment`, `voice`; `acts`, `themes` with one row a code."""
    scorer: str = ""
    """Which classifier gave the predictions: a value of `sentiment_scorer`, an act or a theme; empty for all."""
    channel: str = ""
    """Where it holds; empty for all channels."""
    classes: tuple[str, ...]
    confusion: tuple[tuple[Number, ...], ...]
    n: int
    """Coded records."""
    n_authors: int | None = None
    macro_f1: Number = None
    low: Number = None
    high: Number = None
    """Limits of macro-F1: 95% bootstrap over authors."""
    precision: dict[str, Number] = Field(default_factory=dict)
    precision_low: dict[str, Number] = Field(default_factory=dict)
    recall: dict[str, Number] = Field(default_factory=dict)
    sound: bool = False
    """Good enough to be tested on; else results that rest on it are *directional* (methods.md G.2 rule 6)."""
    reason: str = ""
    """Why it is not sound."""


class Agreement(Frozen):
    """How often coders agree with each other on one field: Krippendorff's alpha with a bootstrap interval."""

    field: str
    level: str = "nominal"
    """`nominal` or `ordinal`; `set` for fields with many codes (MASI distance)."""
    alpha: Number = None
    low: Number = None
    high: Number = None
    records: int = 0
    coders: int = 0


class Card(Frozen):
    """The accuracy card: what people coded, how well they agree, and how well each classifier agrees with them."""

    file: str = ""
    sha256: str = ""
    records: int = 0
    coders: int = 0
    unknown: int = 0
    """Coded ids that no record of this audit has."""
    agreement: tuple[Agreement, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    models: tuple[dict[str, Any], ...] = ()
    """Learned models: what was fitted on what, its digest, its figures, and whether it is used."""


class MeasureInfo(Frozen):
    """What a measure is, for the method appendix."""

    id: str
    title: str
    question: str = ""
    concepts: tuple[str, ...] = ()
    unit: str = ""
    by: tuple[str, ...] = ()
    formula: str = ""
    interval: str = ""
    source: str = ""
    limits: str = ""
    plugin: str = ""
    needs: tuple[str, ...] = ()
    """Columns that it reads."""
    compared: tuple[tuple[str, ...], ...] = ()
    """Dims of those of its results by which audits are compared."""
    digest: str = ""
    """Of its version and options: results of two audits are comparable only where it is the same."""


class Meta(Frozen):
    """The cover: whose audit, of when, made by what."""

    title: str
    client: str
    author: str = ""
    status: str = "draft"
    confidentiality: str = ""
    language: str = "en"
    period_from: str | None = None
    period_to: str | None = None
    as_of: datetime | None = None
    base_url: str | None = None
    brand: str = ""
    rivals: dict[str, str] = Field(default_factory=dict)
    """entity slug → name."""
    targets: dict[str, float] = Field(default_factory=dict)
    cxreport_version: str = ""
    plugins: dict[str, str] = Field(default_factory=dict)
    options_digest: str = ""


class Audit(Frozen):
    """Everything measured, before any privacy profile."""

    schema_version: int = SCHEMA_VERSION
    meta: Meta
    loads: tuple[Load, ...]
    waterfall: tuple[Step, ...]
    measures: dict[str, tuple[Result, ...]]
    infos: dict[str, MeasureInfo]
    evidence: tuple[Evidence, ...] = ()
    card: Card | None = None
    """Absent without a coding sheet: then nobody knows how often the classifiers are right."""
    assessments: tuple[Assessment, ...] = ()
    """The consultant's own ratings, by concept; every link of theirs leads to something in this audit."""
    recommendations: Recommendations | None = None
    """What the consultant recommends; every change that is expected can be measured by a result of this audit."""
    classes: dict[str, dict[str, int]] = Field(default_factory=dict)
    """Counts of categorical columns over all records: entity, language, moment rule, voice rule…"""
    basis: Basis | None = None
    """What the numbers rest on."""
    past: Past | None = None
    """The cover of the previous audit, where there is one."""
    changes: tuple[Change, ...] = ()
    """Results beside those of the previous audit."""

    def digest(self) -> str:
        """Short hash that stands on the cover and in citations."""
        return hashlib.sha256(canonical_json(self.model_dump(mode="json")).encode()).hexdigest()[:12]


def canonical_json(value: Any, indent: int | None = None) -> str:
    """JSON with sorted keys, so that equal audits are equal bytes."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, indent=indent, separators=None if indent else (",", ":")
    )
