"""cxreport schema."""

from __future__ import annotations

import json
from typing import Any

import click


@click.command("schema", short_help="Print the JSON Schema of config.yaml or of the audit.")
@click.argument("what", type=click.Choice(["config", "audit", "edition"]), default="config")
def command(what: str) -> None:
    """For editors that complete config.yaml (plugin options included) and for readers of audit.json."""
    from cxreport.model.audit import Audit
    from cxreport.model.edition import Edition

    models: dict[str, Any] = {"audit": Audit, "edition": Edition}
    schema = models[what].model_json_schema() if what in models else config_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    click.echo(json.dumps(schema, ensure_ascii=False, indent=1))


def config_schema() -> dict[str, Any]:
    """The schema of config.yaml, plugin options included."""
    from cxreport.config.models import Config
    from cxreport.plugin.registry import load_plugins

    registry = load_plugins()
    schema = Config.model_json_schema(by_alias=True)
    definitions = schema.setdefault("$defs", {})
    sources = []
    for name, cls in sorted(registry.sources.items()):
        own = _hoisted(cls.Options, definitions)
        own["properties"]["type"] = {"const": name, "description": cls.title}
        definitions[f"source.{name}"] = own
        sources.append({"$ref": f"#/$defs/source.{name}"})
    schema["properties"]["sources"]["items"] = {"oneOf": sources} if sources else {"type": "object"}
    for key, classes in (("enrich", registry.enrichers), ("measures", registry.measures)):
        options = {name: _hoisted(cls.Options, definitions) for name, cls in sorted(classes.items())}
        schema["properties"][key] |= {"properties": options, "additionalProperties": False}
    return schema


def _hoisted(model: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """A model's schema with its inner definitions moved to the top, where `$ref` finds them."""
    schema: dict[str, Any] = model.model_json_schema(by_alias=True)
    definitions.update(schema.pop("$defs", {}))
    return schema
