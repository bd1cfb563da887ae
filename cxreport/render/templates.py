"""The Jinja environment: project → theme → parent themes → plugin; all escaped, undefined is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
)

from cxreport.model.problem import CxreportError, Problem
from cxreport.plan import Plan
from cxreport.render.theme import Theme
from cxreport.render.trail import Trail
from cxreport.render.words import Words


def environment(plan: Plan, theme: Theme, words: Words, trail: Trail | None = None) -> Environment:
    """Templates of a build. `!parent/NAME` reaches past the project's own override; `trail`: numbers to records."""
    shared = [*theme.templates, *(folder / "templates" for folder in plugin_folders(plan))]
    parents = ChoiceLoader([FileSystemLoader(folder) for folder in shared])
    project = FileSystemLoader(plan.base / "templates")
    env = Environment(
        loader=ChoiceLoader([project, parents, PrefixLoader({"!parent": parents})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals.update(words=words, t=words.say, trail=trail)
    env.filters.update(number=words.number, date=words.date, share=words.share, channel=words.channel)
    return env


def fill(env: Environment, names: str | list[str], **values: Any) -> str:
    """Render the first of `names` that exists. Raises `CxreportError` naming the template and its line."""
    try:
        return env.select_template([names] if isinstance(names, str) else names).render(**values)
    except TemplateNotFound as error:
        raise CxreportError(Problem(f"template {error.name}", "no theme provides it.")) from error
    except CxreportError:
        raise
    except Exception as error:
        raise CxreportError(Problem(_place(error), f"{type(error).__name__}: {error}.")) from error


def _place(error: Exception) -> str:
    """Template file and line where an error arose."""
    frame, place = error.__traceback__, "template"
    while frame is not None:
        name = frame.tb_frame.f_code.co_filename
        if name.endswith((".html", ".xml")):
            place = f"template {Path(name).name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return place


def plugin_folders(plan: Plan) -> list[Path]:
    """Folders of the plugins in use: their templates, their translations."""
    return [info.folder for info in plan.registry.plugins if info.folder and not info.disabled]
