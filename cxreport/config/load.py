"""config.yaml → Config: every problem at once, each with its line and the mend."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from cxreport.config.models import Config
from cxreport.config.nodes import Document, Loc, read_yaml
from cxreport.model.problem import ConfigError, Problem

M = TypeVar("M", bound=BaseModel)

_WORDS = {
    "missing": "it is missing.",
    "string_type": "it must be text.",
    "int_type": "it must be a whole number.",
    "list_type": "it must be a list.",
    "tuple_type": "it must be a list.",
    "dict_type": "it must be a mapping of keys to values.",
    "model_type": "it must be a mapping of keys to values.",
    "bool_type": "it must be true or false.",
    "too_short": "it must not be empty.",
}


def load_config(path: Path, shown: str | None = None) -> tuple[Config, Document]:
    """Read and validate the file; raises `ConfigError` with all problems."""
    return _loaded(path, shown or path.name, Config)


def read_options(path: Path, shown: str, model: type[M]) -> M:
    """A YAML file of its own, such as one that an option names, as `model`.

    Raises `ConfigError` with all problems, each with the line of `shown` that it stands in.
    """
    return _loaded(path, shown, model)[0]


def _loaded(path: Path, shown: str, model: type[M]) -> tuple[M, Document]:
    document = read_yaml(path, shown)
    problems = list(document.problems)
    found = validate(model, document.data, document, (), problems)
    if found is None or problems:
        raise ConfigError(*sorted(problems, key=_line))
    return found, document


def validate(model: type[M], data: Any, document: Document, at: Loc, problems: list[Problem]) -> M | None:
    """Validate part of a document, adding a placed problem for each fault; None when there is any."""
    if not isinstance(data, dict):
        problems.append(document.problem(at, "it must be a mapping of keys to values."))
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems.extend(_problem(model, item, document, at) for item in error.errors())
        return None


def suggestion(word: str, known: Iterable[str]) -> str:
    """`Did you mean …?`, or the list of what is known."""
    names = sorted(known)
    close = get_close_matches(word, names, 1)
    if close:
        return f"Did you mean {close[0]}?"
    return f"Known: {', '.join(names)}." if names else ""


def _line(problem: Problem) -> int:
    digits = problem.where.split(":", 2)[1:2]
    return int(digits[0]) if digits and digits[0].isdigit() else 0


def _problem(model: type[BaseModel], item: Any, document: Document, at: Loc) -> Problem:
    kind = item["type"]
    loc = _written(item["loc"], at, document, kind == "missing")
    if kind == "extra_forbidden":
        known = _fields(model, item["loc"][:-1])
        return document.problem(loc, "this key is unknown.", suggestion(str(loc[-1]), known))
    if kind == "literal_error":
        found, wanted = item["input"], item["ctx"]["expected"]
        options = wanted.replace("'", "").replace(" or ", ", ").split(", ")
        return document.problem(loc, f"{found!r} is not one of {wanted}.", suggestion(str(found), options))
    message = _WORDS.get(kind) or item["msg"].removeprefix("Value error, ").rstrip(".") + "."
    if kind == "missing":
        return document.problem(loc, message)
    worded = message if kind == "value_error" else message[0].lower() + message[1:]
    found = "" if isinstance(item["input"], dict) else f" Found: {_short(item['input'])}."
    return document.problem(loc, worded + found)


def _written(parts: Loc, at: Loc, document: Document, missing: bool) -> Loc:
    """The location as the author wrote it, without the union branches that pydantic puts into it."""
    loc = at
    for place, part in enumerate(parts, 1):
        if (*loc, part) in document.lines or (missing and place == len(parts)):
            loc = (*loc, part)
    return loc


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _fields(model: Any, loc: Loc) -> list[str]:
    """Names that may stand at `loc` inside `model`."""
    for part in loc:
        model = _step(model, part)
        if model is None:
            return []
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _step(model: Any, part: str | int) -> Any:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return None
    if isinstance(part, int):  # an item of a list, whose model is known already
        return model
    for name, field in model.model_fields.items():
        if part in (name, field.alias):
            return _inner(field.annotation)
    return None


def _inner(annotation: Any) -> Any:
    if get_origin(annotation) is None:
        return annotation
    inner = [a for a in get_args(annotation) if isinstance(a, type) and issubclass(a, BaseModel)]
    return inner[0] if inner else None
