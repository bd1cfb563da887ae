"""The plan: a configuration met by the plugins that it uses, everything checked before anything is read."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from cxreport.config.assessments import Assessed, read_assessments
from cxreport.config.coding import read_coding
from cxreport.config.facts import read_facts
from cxreport.config.findings import unknown_findings
from cxreport.config.load import load_config, suggestion, validate
from cxreport.config.models import Config
from cxreport.config.nodes import Document, Loc
from cxreport.config.previous import read_previous
from cxreport.config.recommendations import Recommended, read_recommendations
from cxreport.gates.rule import LOADS
from cxreport.key import project_key
from cxreport.model.audit import MeasureInfo, Meta, canonical_json
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.schema import RECORDS
from cxreport.plugin.code import option_digest
from cxreport.plugin.context import Context, Options, Plugin
from cxreport.plugin.enricher import Enricher, Relation
from cxreport.plugin.measure import Measure
from cxreport.plugin.registry import Registry, load_plugins
from cxreport.plugin.section import Section
from cxreport.plugin.source import Source
from cxreport.stages.order import in_order, runnable

P = TypeVar("P", bound=Plugin)


@dataclass(frozen=True)
class Plan:
    """What a build will do."""

    config: Config
    context: Context
    registry: Registry
    sources: tuple[Source, ...]
    enrichers: tuple[Enricher, ...]
    relations: tuple[Relation, ...]
    measures: tuple[Measure, ...]
    sections: tuple[Section, ...]
    warnings: tuple[Problem, ...] = ()
    assessed: Assessed = field(default_factory=Assessed)
    """The consultant's own ratings, as read."""
    recommended: Recommended = field(default_factory=Recommended)
    """What the consultant recommends, as read."""

    @property
    def base(self) -> Path:
        """Folder of config.yaml."""
        return self.context.base

    @property
    def work(self) -> Path:
        """The private folder of the project."""
        return self.base / ".cxreport"

    @property
    def output(self) -> Path:
        """Where the site is published."""
        return self.base / self.config.output.dir

    def meta(self, as_of: datetime | None, version: str) -> Meta:
        """The cover facts."""
        site, (first, last) = self.config.site, self.context.period
        brand = self.context.brand
        return Meta(
            title=site.title, client=site.client or brand.own.name, author=site.author, status=site.status,
            confidentiality=site.confidentiality, language=site.language,
            period_from=first.isoformat() if first else None,
            period_to=last.isoformat() if last else None, as_of=as_of,
            base_url=site.base_url, brand=brand.own.name, rivals={r.slug: r.name for r in brand.rivals},
            targets=dict(site.targets), cxreport_version=version,
            plugins={p.name: p.version for p in (*self.sources, *self.enrichers, *self.relations)},
            options_digest=self.digest(),
        )  # fmt: skip

    def digest(self) -> str:
        """Hash of every option that can change a number (not the key, the gates, the engine, the output folder)."""
        without: dict[str, Any] = {"output": True, "gates": True, "engine": True, "privacy": {"key"}}
        dump = self.config.model_dump(mode="json", by_alias=True, exclude=without)
        dump["coding"], dump["facts"] = self.context.coding.sha256, self.context.facts.sha256
        dump["assessments"], dump["recommendations"] = self.assessed.sha256, self.recommended.sha256
        dump["previous"] = [dump["previous"], self.context.previous.sha256 if self.context.previous else ""]
        return hashlib.sha256(canonical_json(dump).encode()).hexdigest()[:16]

    def infos(self) -> dict[str, MeasureInfo]:
        """What each measure is, for the appendix."""
        return {m.name: _measure_info(m, self.registry) for m in self.measures}


def make_plan(path: Path, shown: str | None = None, *, coded: bool = True) -> Plan:
    """Read config.yaml and meet it with plugins. Raises `ConfigError` with every problem at once.

    Without `coded` the coding sheets are not read, as if nothing were coded yet.
    """
    config, document = load_config(path, shown)
    base = path.resolve().parent
    registry = load_plugins(config.plugins.local, config.plugins.disable, base)
    sheets = read_coding(base, config.coding if coded else ())
    problems = list(sheets.problems)
    told = Context(
        brand=config.brand.brand,
        base=base,
        period=(config.site.period.start, config.site.period.end),
        language=config.site.language,
        key=project_key(base / ".cxreport", config.privacy.key),
        as_of=config.site.as_of,
        targets=dict(config.site.targets),
        enrich=config.enrich,
        coding=sheets.coding,
    )
    known = {"rivals": [n for r in told.brand.rivals for n in r.all_names], "measures": registry.measures}
    facts = read_facts(config.context, document, base, known, problems)
    previous = read_previous(config, base, document, problems)
    context = replace(told, facts=facts, previous=previous)
    assessed = read_assessments(base, config.assessments, document, registry.measures, problems)
    made, answered = (_Maker(document, registry, given, problems) for given in (told, context))
    sources = made.sources(config)
    enrichers = made.named("enrich", registry.enrichers, config.enrich)
    relations = made.plain(registry.relations)
    measures = answered.named("measures", registry.measures, config.measures)
    sections = answered.plain(registry.sections)
    tellable = {ident for section in sections for ident in section.tells}
    problems += unknown_findings(config.findings, document, tellable)
    offered = {"findings": tellable, "measures": registry.measures}
    recommended = read_recommendations(base, config.recommendations, document, offered, problems)
    made.project_files(config)
    made.gates(config)
    problems += sheets.foreign(codes_of(enrichers))
    if problems:
        raise ConfigError(*problems)
    able = runnable(enrichers, RECORDS)
    columns = {*RECORDS, *(c for e in able for c in e.adds)}
    related = runnable(relations, columns)
    return Plan(
        config, context, registry, tuple(sources),
        tuple(in_order(able, RECORDS)), tuple(in_order(related, columns)), tuple(measures), tuple(sections),
        (*registry.problems, *_idle(enrichers, able, columns), *_idle(relations, related, columns)),
        assessed, recommended,
    )  # fmt: skip


def codes_of(enrichers: Iterable[Enricher]) -> dict[str, dict[str, str]]:
    """`acts`, `themes` → code → what it means: all that people may code in place of these enrichers."""
    codes: dict[str, dict[str, str]] = {}
    for enricher in enrichers:
        for name, meanings in enricher.codes().items():
            codes.setdefault(name, {}).update(meanings)
    return codes


def _idle(plugins: Sequence[P], running: Sequence[P], columns: Collection[str]) -> list[Problem]:
    """Warnings for plugins that cannot run because what they need is disabled or missing."""
    have = {*columns, *(c for p in running for c in getattr(p, "adds", {}))}
    idle = [(p, [c for c in getattr(p, "needs", ()) if c not in have]) for p in plugins if p not in running]
    return [
        Problem(f"plugin {p.name}", f"it does not run: nothing adds {', '.join(lacking)}.", level="warning")
        for p, lacking in idle
    ]


class _Maker:
    """Builds plugin instances from options, collecting problems."""

    def __init__(self, document: Document, registry: Registry, context: Context, problems: list[Problem]) -> None:
        self.document, self.registry, self.context, self.problems = document, registry, context, problems

    def sources(self, config: Config) -> list[Source]:
        out: list[Source] = []
        seen: set[Any] = set()
        for index, raw in enumerate(config.sources):
            at: Loc = ("sources", index)
            if raw.get("id") in seen:
                self.problems.append(self.document.problem((*at, "id"), f"the id {raw['id']!r} is used twice."))
            seen.add(raw.get("id"))
            cls = self._source(raw.get("type"), at)
            made = self.one(cls, raw, at) if cls else None
            if made is not None:
                out.append(made)
        return out

    def _source(self, kind: Any, at: Loc) -> type[Source] | None:
        if isinstance(kind, str) and kind in self.registry.sources:
            return self.registry.sources[kind]
        where = (*at, "type") if kind is not None else at
        if kind is None:
            self.problems.append(self.document.problem(where, "it needs a `type`.", _known(self.registry.sources)))
            return None
        mend = suggestion(str(kind), self.registry.sources) or "No source plugin is installed."
        self.problems.append(self.document.problem(where, f"no plugin reads {kind!r}.", mend))
        self._suspects(str(kind))
        return None

    def _suspects(self, kind: str) -> None:
        """The plugin of that name, if it is broken; other broken ones might bring it too, so they are counted."""
        broken = [info for info in self.registry.plugins if info.problems]
        mine = [problem for info in broken if info.name == kind for problem in info.problems]
        what = f"installed plugins that cannot be used: {len(broken)}."
        others = [Problem("plugins", what, "`cxreport plugins` says why.")] if broken and not mine else []
        self.problems += [problem for problem in (*mine, *others) if problem not in self.problems]

    def named(self, section: str, classes: Mapping[str, type[P]], options: Mapping[str, dict[str, Any]]) -> list[P]:
        """Every installed plugin of a kind, with the options written for it."""
        for name in options:
            if name not in classes:
                at: Loc = (section, name)
                self.problems.append(self.document.problem(at, "no such plugin.", suggestion(name, classes)))
        made = (self.one(cls, options.get(name, {}), (section, name)) for name, cls in classes.items())
        return [plugin for plugin in made if plugin is not None]

    def plain(self, classes: Mapping[str, type[P]]) -> list[P]:
        """Plugins that take no options."""
        return [cls(cls.Options(), self.context) for cls in classes.values()]

    def one(self, cls: type[P], raw: dict[str, Any], at: Loc) -> P | None:
        options: Options | None = validate(cls.Options, raw, self.document, at, self.problems)
        if options is None:
            return None
        try:
            return cls(options, self.context)
        except ConfigError as error:
            self.problems += [self.document.problem(at, str(p)) for p in error.problems]
            return None

    def gates(self, config: Config) -> None:
        """Gates must be about measures that there are; whether a result exists only a build can tell."""
        known = {*self.registry.measures, *LOADS}
        for key in config.gates:
            name = key.partition("[")[0].strip()
            if name not in known:
                self.problems.append(
                    self.document.problem(("gates", key), f"there is no measure {name}.", suggestion(name, known))
                )

    def project_files(self, config: Config) -> None:
        """Files that the configuration names must exist."""
        named: Iterable[tuple[Loc, str | None]] = [
            *((("pages", i, "markdown"), page.markdown) for i, page in enumerate(config.pages)),
            (("theme", "logo"), config.theme.logo),
        ]
        for at, relative in named:
            if relative and not self.context.file(relative).is_file():
                self.problems.append(self.document.problem(at, f"there is no file {relative}."))
        stems = [Path(page.markdown).stem for page in config.pages]
        for i, stem in enumerate(stems):
            if stem in stems[:i]:
                what = f"another page is note-{stem}.html already."
                self.problems.append(self.document.problem(("pages", i, "markdown"), what, "Rename one of the files."))


def _known(classes: Mapping[str, Any]) -> str:
    return f"Known: {', '.join(sorted(classes))}." if classes else "No source plugin is installed."


def _measure_info(measure: Measure, registry: Registry) -> MeasureInfo:
    method = measure.method
    return MeasureInfo(
        id=measure.name, title=measure.title, question=measure.question, concepts=measure.concepts,
        unit=measure.unit, by=measure.cuts, formula=method.formula, interval=method.interval,
        source=method.source, limits=method.limits, plugin=registry.owner[type(measure)].name,
        needs=measure.needs, compared=measure.compared,
        digest=f"{measure.version} {option_digest(measure, 'by')}",
    )  # fmt: skip
