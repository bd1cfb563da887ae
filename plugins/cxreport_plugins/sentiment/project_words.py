"""The project's own words, read and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from cxreport.api import ConfigError, Problem

Words = dict[str, dict[str, float]]
"""Language → word → weight."""
_SHAPE = TypeAdapter(dict[str, dict[str, Annotated[float, Field(ge=-4, le=4)]]])
_MEND = "Write {language: {word: weight}} with weights from -4 to 4, such as {en: {surcharge: -1.5}}."


def read_words(path: Path) -> Words:
    """The words of a YAML file. Raises `ConfigError` saying where and what is wrong."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _SHAPE.validate_python(raw or {})
    except OSError as error:
        problem = Problem(path.name, f"cannot be read: {error.strerror}.", "Mend `enrich.sentiment.words`.")
        raise ConfigError(problem) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(Problem(path.name, f"is not YAML in UTF-8: {error}.", _MEND)) from error
    except ValidationError as error:
        raise ConfigError(*(_problem(path, detail["loc"], detail["msg"]) for detail in error.errors())) from error


def _problem(path: Path, place: tuple[int | str, ...], message: str) -> Problem:
    return Problem(path.name, f"{'.'.join(map(str, place)) or 'the file'}: {message}.", _MEND)
