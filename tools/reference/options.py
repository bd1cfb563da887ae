"""A model of options as tables: its own, and one for each model inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from tools.reference import types
from tools.reference.markdown import sentence, slug, table

Model = type[BaseModel]


class Undescribed(Exception):
    """An option says nothing about itself."""


class Options:
    """The options of one model, placed at a dotted path of config.yaml, such as `site` or `sources[]`."""

    def __init__(self, model: Model, path: str, leave: Iterable[str] = ()) -> None:
        self.path = path
        self.schema: Mapping[str, Any] = model.model_json_schema(by_alias=True)
        self.inner: Mapping[str, Any] = self.schema.get("$defs", {})
        self.leave = frozenset(leave)

    def tables(self, level: int = 3) -> str:
        """The table of the model, then a heading and table for each inner model."""
        parts = [self._table(self.schema, self.path)]
        for path, schema in self._nested(self.schema, self.path):
            about = sentence(" ".join(schema.get("description", "").split()))
            parts.append(f"{'#' * level} `{path}`\n\n{about}\n\n{self._table(schema, path)}")
        return "\n".join(parts)

    def _properties(self, schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        top = schema is self.schema
        yield from ((k, v) for k, v in schema.get("properties", {}).items() if not (top and k in self.leave))

    def _table(self, schema: Mapping[str, Any], path: str) -> str:
        required = set(schema.get("required", ()))
        rows = [self._row(key, option, path, key in required) for key, option in self._properties(schema)]
        return table(("key", "value", "default", "meaning"), rows) if rows else "No options.\n"

    def _row(self, key: str, option: Mapping[str, Any], path: str, required: bool) -> list[str]:
        about = option.get("description") or self._same_as_model(option)
        if not about:
            raise Undescribed(f"{path}.{key} has no docstring below it")
        below = f"{path}.{key}" if path else key
        value = types.spelled(option, lambda name: f"[{self._word(name)}](#{slug(self._place(below, option))})")
        return [f"`{key}`", value, types.default(option, required), sentence(about)]

    def _same_as_model(self, option: Mapping[str, Any]) -> str:
        """pydantic leaves a description out where the inner model has the same."""
        names = list(_references(option))
        return str(_mapping(self.inner[names[0]]).get("description", "")) if names else ""

    def _word(self, name: str) -> str:
        return "mapping" if name in self.inner else name

    def _nested(self, schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for key, option in self._properties(schema):
            below = f"{path}.{key}" if path else key
            for name in dict.fromkeys(_references(option)):
                inner = _mapping(self.inner[name])
                yield self._place(below, option), inner
                yield from self._nested(inner, self._place(below, option))

    @staticmethod
    def _place(path: str, option: Mapping[str, Any]) -> str:
        """`rivals[]` for lists, `questions.NAME` for mappings of models."""
        kinds = {part.get("type") for part in (option, *option.get("anyOf", ()))}
        return f"{path}[]" if "array" in kinds else f"{path}.NAME" if "object" in kinds else path


def _mapping(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a model's mapping, where the model may also be written in a short form."""
    forms = [form for form in schema.get("anyOf", ()) if "properties" in form]
    return forms[0] if forms else schema


def _references(schema: Any) -> Iterator[str]:
    """Names of the inner models that a schema speaks of."""
    if isinstance(schema, Mapping):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)
