"""What may be written for an option, in words, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

Schema = Mapping[str, Any]
Link = Callable[[str], str]
"""Name of an inner model → the words that lead to it."""

_PLAIN = {
    "string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`", "null": "nothing",
}  # fmt: skip
_FORMATS = {"date": "date", "date-time": "date, or date and time"}
_BOUNDS = {"minimum": "at least {}", "maximum": "at most {}", "minLength": "{} characters or more"}
_MANY = {"whole number": "whole numbers", "number": "numbers", "date": "dates", "mapping": "mappings"}


def spelled(schema: Schema, link: Link) -> str:
    """The type of an option: `text`, `list of text`, or the allowed words."""
    if "$ref" in schema:
        return link(schema["$ref"].rpartition("/")[2])
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " or ".join(_alternatives(schema[key], link))
    if "const" in schema:
        return _literal(schema["const"])
    if "enum" in schema:
        return ", ".join(map(_literal, schema["enum"]))
    return _typed(schema, link)


def _alternatives(options: list[Schema], link: Link) -> list[str]:
    """Every alternative once; that an option may be absent is told by its default."""
    named = [spelled(option, link) for option in options if option.get("type") != "null"]
    return list(dict.fromkeys(named))


def _typed(schema: Schema, link: Link) -> str:
    kind = schema.get("type")
    if kind == "array":
        return _array(schema, link)
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"mapping of names to {_many(spelled(inner, link))}" if isinstance(inner, dict) and inner else "mapping"
    if schema.get("maxLength") == 1:
        return "one character"
    name = _FORMATS.get(schema.get("format", ""), _PLAIN.get(str(kind), "anything"))
    bounds = [words.format(f"{schema[key]:g}") for key, words in _BOUNDS.items() if key in schema]
    return ", ".join([name, *bounds])


def _array(schema: Schema, link: Link) -> str:
    places = [spelled(place, link) for place in schema.get("prefixItems", ())]
    if places:
        alike = len(set(places)) == 1
        return f"list of {len(places)} {_many(places[0])}" if alike else f"list of {' and '.join(places)}"
    inner = schema.get("items", {})
    words = spelled(inner, link)
    return f"list of: {words}" if "enum" in inner or "anyOf" in inner else f"list of {_many(words)}"


def _many(words: str) -> str:
    """Several of a type, also where it is a link."""
    if words.startswith("[mapping]"):
        return words.replace("mapping", "mappings", 1)
    name, comma, rest = words.partition(",")
    return _MANY.get(name, name) + comma + rest


def _literal(value: Any) -> str:
    """A value as YAML writes it."""
    written: str = yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True)
    plain = written.removesuffix("...\n").strip()
    return f"`{plain}`"


def default(schema: Schema, required: bool) -> str:
    """The default as YAML would write it; nothing where absence is the default."""
    if required:
        return "required"
    value = schema.get("default")
    if value is None or value in ("", [], {}) or "$ref" in schema or "allOf" in schema:
        return ""
    return _literal(value)
