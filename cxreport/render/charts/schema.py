"""Vega-Lite's own JSON Schema, as Altair carries it, made ready for checking specifications."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jsonschema_rs


@cache
def schema() -> jsonschema_rs.Draft7Validator:
    """The validator of whole specifications."""
    import altair

    version = altair.SCHEMA_VERSION.split(".")[0]
    text = files("altair").joinpath(f"vegalite/{version}/schema/vega-lite-schema.json").read_text("utf-8")
    return jsonschema_rs.Draft7Validator(_quoted(json.loads(text)))


def _quoted(value: Any) -> Any:
    """References as URIs: the names of definitions hold `<` and `|`."""
    if isinstance(value, dict):
        return {key: quote(v, safe="#/") if key == "$ref" else _quoted(v) for key, v in value.items()}
    return [_quoted(item) for item in value] if isinstance(value, list) else value
