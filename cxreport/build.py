"""The way of the data, from config.yaml to a published site. Read this first.

config → plan → load → enrich → relate → code → measure → audit → edition → render → inspect → publish
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cxreport import __version__
from cxreport.engine.base import Engine
from cxreport.engine.chosen import chosen
from cxreport.engine.store import key_of
from cxreport.model.audit import Audit, Card, Load, canonical_json
from cxreport.model.dossier import Dossier
from cxreport.model.edition import Edition
from cxreport.model.problem import CxreportError, Problem
from cxreport.plan import Plan, codes_of
from cxreport.plugin.code import plugin_digest
from cxreport.progress import Progress
from cxreport.render.site import render
from cxreport.stages.assess import assess
from cxreport.stages.basis import basis_of, mixes
from cxreport.stages.changes import changed
from cxreport.stages.coded import code
from cxreport.stages.dossier import dossier
from cxreport.stages.edition import edition_of
from cxreport.stages.enrich import enrich
from cxreport.stages.evidence import class_counts, evidence
from cxreport.stages.inspect import Report, inspect_site, mentioned
from cxreport.stages.load import load, restless
from cxreport.stages.measure import TABLES, measure
from cxreport.stages.private import identifiers
from cxreport.stages.publish import guard, publish, recover
from cxreport.stages.recommend import recommend
from cxreport.stages.relate import relate
from cxreport.stages.scope import scope_of, unheard
from cxreport.stages.versions import merge_versions

CLASSES = (
    "entity",
    "entity_rule",
    "lang",
    "voice_rule",
    "moment",
    "moment_rule",
    "shared",
    "sentiment_scorer",
    "kind",
)


@dataclass(frozen=True)
class Gathered:
    """What is known of the feedback that the engine holds."""

    loads: tuple[Load, ...]
    card: Card | None = None
    """How often the classifiers are right; absent where nothing was coded and nothing learned."""


@dataclass(frozen=True)
class Built:
    """What a build leaves behind."""

    site: Path
    audit: Audit
    edition: Edition
    report: Report
    warnings: tuple[Problem, ...] = ()
    """What a person should know although the build is good."""
    dossier: Dossier = field(default_factory=Dossier)
    """The records behind the numbers, before any privacy profile."""


def build(plan: Plan, progress: Progress) -> Built:
    """Build and publish the site of a plan. Raises `CxreportError`; an earlier site then stays untouched."""
    recover(plan.work / "publish.json")
    guard(plan.output, plan.base)
    engine = chosen(plan.config.engine, plan.work / "feedback", progress.advance)
    gathered = gather(plan, engine, progress)
    audit = audited(plan, engine, gathered, progress)
    with progress.stage("evidence"):
        records = dossier(engine, audit, codes_of(plan.enrichers), plan.config.privacy.records)
    edition = edition_of(audit, plan.config.privacy.profile, records)
    fresh = plan.work / "site"
    shutil.rmtree(fresh, ignore_errors=True)
    with progress.stage("render"):
        doubts = render(edition, plan, fresh, engine.store)
    with progress.stage("inspect"):
        said = mentioned(fresh) if plan.config.engine.name != "local" else None
        report = inspect_site(fresh, identifiers(engine, plan, said))
    if report.problems:
        raise CxreportError(*report.problems[:20])
    publish(fresh, plan.output, plan.work / "publish.json")
    warnings = (*plan.warnings, *restless(gathered.loads), *doubts, *unheard(engine))
    return Built(plan.output, audit, edition, report, warnings, records)


def gather(plan: Plan, engine: Engine, progress: Progress) -> Gathered:
    """Load, enrich, relate, and let what people coded overrule: afterwards the engine holds the feedback."""
    with progress.stage("load"):
        loads = load(plan.sources, plan.context, engine, progress)
    merge_versions(engine)
    models = enrich(plan.enrichers, engine, progress, sum(entry.records for entry in loads))
    with progress.stage("relate"):
        relate(plan.relations, engine)
        card = code(engine, plan.context.coding, models)
    engine.save()
    return Gathered(tuple(loads), card)


def audited(plan: Plan, engine: Engine, gathered: Gathered, progress: Progress) -> Audit:
    """Measure the feedback and freeze it into the private audit, `.cxreport/audit.json`."""
    with progress.stage("measure"):
        dump = engine.store.once(_audit_key(plan, engine, gathered), lambda: _measured(plan, engine, gathered))
    path = plan.work / "audit.json"
    path.write_text(canonical_json(dump, indent=1) + "\n", "utf-8")
    return Audit.model_validate(dump)


def _audit_key(plan: Plan, engine: Engine, gathered: Gathered) -> str:
    """Everything that the audit depends on: configuration, plugins, and what the tables hold."""
    plugins = [plugin_digest(plugin) for plugin in (*plan.measures, *plan.enrichers, *plan.relations)]
    tables = {name: engine.digest(name) for name in TABLES}
    loads = [load.model_dump(mode="json") for load in gathered.loads]
    card = gathered.card.model_dump(mode="json") if gathered.card else None
    return key_of("audit", __version__, plan.digest(), plugins, tables, loads, card)


def _measured(plan: Plan, engine: Engine, gathered: Gathered) -> dict[str, Any]:
    loads, card = gathered.loads, gathered.card
    scope, waterfall = scope_of(engine, plan.context, loads)
    basis = basis_of(scope, plan.context.brand, (*plan.enrichers, *plan.relations), loads, card)
    scope = replace(scope, accuracy=card.accuracy if card else (), basis=basis)
    results = measure(plan.measures, engine, scope)
    licences = {entry.source_id: entry.licence for entry in loads if entry.licence}
    drawn = evidence(engine, scope.population, plan.context, licences, plan.assessed.cited("record"))
    infos = plan.infos()
    audit = Audit(
        meta=plan.meta(scope.as_of, __version__),
        loads=loads,
        waterfall=tuple(waterfall),
        measures=results,
        infos=infos,
        evidence=tuple(drawn),
        card=card,
        assessments=assess(plan.assessed, results, drawn),
        recommendations=recommend(plan.recommended, results),
        classes=class_counts(engine, CLASSES),
        basis=basis.model_copy(update={"mixes": mixes(engine, scope.population, infos, results)}),
    )
    return changed(audit, plan.context.previous, plan.config.previous).model_dump(mode="json")
