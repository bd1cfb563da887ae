"""`docs/configuration.md`: every key of config.yaml, plugins' options included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxreport.config.models import Config
from cxreport.plugin.measure import MeasureOptions
from cxreport.plugin.registry import Registry
from cxreport.plugin.source import SourceOptions
from tools.reference.markdown import code, page, sentence, told
from tools.reference.options import Options
from tools.reference.shipped import ours

INTRO = """\
One YAML file describes an audit. Every path in it starts at the folder that holds it. `cxreport check` lists its
mistakes, each with its line and, where one is near, what was probably meant: first all of the file's own keys, then,
once these are mended, all of the plugins' options and files. An unknown key is a mistake.

```yaml
version: 1
site: {client: Meridian Air, period: {from: 2025-07-01, to: 2026-06-30}}
brand: {names: [Meridian Air], handles: ["@meridianair"]}
privacy: {profile: client}
sources:
  - {id: reviews, type: reviews, path: data/reviews/*, entity: brand}
```

A value may be taken from the environment, and only so: `key: !env NAME`. A variable that is not set is a mistake.

`cxreport schema > config.schema.json` writes the JSON Schema of this page. An editor that knows the YAML language
server completes and checks the file when its first line is `# yaml-language-server: $schema=config.schema.json`.
"""
SOURCES = """\
`sources` is a list. Each item names its plugin by `type`; what the formats hold and lack is told in
[Sources](sources/index.md). These keys are common to all types:
"""
ENRICHERS = """\
Enrichers add columns to each record. All of them run; `enrich` holds options for those that have any, as in
`enrich: {sentiment: {words: words.yaml}}`.
"""
RELATIONS = "Relations add what only whole tables can tell. They run after the enrichers and take no options."
MEASURES = """\
All measures run; `measures` holds options, as in `measures: {experience.nps: {by: [segment]}}`. What each of them
measures stands in [Measures](measures.md). Every measure takes this one; some take more.
"""


def write(found: Registry) -> str:
    """The page."""
    return page(
        "Configuration", "the models of options", INTRO, "## The whole file", Options(Config, "").tables(),
        "## Sources", SOURCES, Options(SourceOptions, "sources[]").tables(), *_sources(found),
        "## Enrichers", ENRICHERS, *_enrichers(found),
        "## Relations", RELATIONS, *_relations(found),
        "## Measures", MEASURES, Options(MeasureOptions, "measures.ID").tables(), *_measures(found),
    )  # fmt: skip


def _sources(found: Registry) -> Iterator[str]:
    for name, cls in ours(found.sources, found):
        own = Options(cls.Options, f"sources[{name}]", SourceOptions.model_fields)
        about = told(cls if cls.Options is SourceOptions else cls.Options)
        yield f"### `type: {name}`\n\n{sentence(cls.title)} {about}\n\n{own.tables(4)}"


def _enrichers(found: Registry) -> Iterator[str]:
    for name, cls in ours(found.enrichers, found):
        options = Options(cls.Options, f"enrich.{name}").tables(4)
        yield f"### `enrich.{name}`\n\n{told(cls)}\n\n{_columns(cls)}\n\n{options}"


def _relations(found: Registry) -> Iterator[str]:
    for name, cls in ours(found.relations, found):
        yield f"### Relation `{name}`\n\n{told(cls)}\n\n{_columns(cls)}"


def _measures(found: Registry) -> Iterator[str]:
    common = MeasureOptions.model_fields
    for name, cls in ours(found.measures, found):
        if cls.Options.model_fields.keys() - common.keys():
            own = Options(cls.Options, f"measures.{name}", common)
            yield f"### `measures.{name}`\n\n{told(cls.Options)}\n\n{own.tables(4)}"


def _columns(cls: Any) -> str:
    return f"Columns added: {code(cls.adds)}. Columns read: {code(cls.needs)}."
