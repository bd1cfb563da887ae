"""The demo audit, built far from the clone, and short ways to look at it."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cxreport.build import Built
from cxreport.plan import Plan

ROOT = Path(__file__).parents[2]
_UNSEEN = re.compile(r"<(svg|script|style|head)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Demo:
    """A project folder with the demo in it, and what its build left behind."""

    folder: Path
    plan: Plan
    built: Built

    @property
    def site(self) -> Path:
        """The published site."""
        return self.built.site

    @cached_property
    def audit(self) -> dict[str, Any]:
        """site/audit.json: the edition."""
        loaded: dict[str, Any] = json.loads((self.site / "audit.json").read_text("utf-8"))
        return loaded

    @cached_property
    def truth(self) -> dict[str, Any]:
        """What the generator planted."""
        loaded: dict[str, Any] = json.loads((self.folder / "examples/meridian/truth.json").read_text("utf-8"))
        return loaded

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Every page that sections, notes, the summary, the scorecard and the evidence promise; 404.html is none."""
        led = {section.page.href for section in self.plan.sections}
        return tuple(sorted({"index.html", "scorecard.html", "evidence.html", "note-story.html", *led}))

    def text(self, page: str) -> str:
        """What a reader of a page reads outside of its drawings."""
        return shown((self.site / page).read_text("utf-8"))

    def results(self, measure: str) -> list[dict[str, Any]]:
        """Results of a measure, or nothing."""
        found: list[dict[str, Any]] = self.audit["measures"].get(measure, [])
        return found

    def result(self, measure: str, **dims: str) -> dict[str, Any]:
        """The result with exactly these dims."""
        for result in self.results(measure):
            if result["dims"] == dims:
                return result
        raise AssertionError(f"{measure} has no result {dims}; it has {[r['dims'] for r in self.results(measure)]}")

    def load(self, name: str) -> dict[str, Any]:
        """The ledger row of the file whose path ends so."""
        [found] = [load for load in self.audit["loads"] if load["file"].endswith(name)]
        return dict(found)

    def facts(self, name: str) -> dict[str, Any]:
        """What was planted in the file whose path ends so."""
        [found] = [file for file in self.truth["files"] if file["path"].endswith(name)]
        return dict(found)


def copy_project(folder: Path) -> Path:
    """Put config.yaml and the exports into `folder`; the path of the configuration."""
    shutil.copy(ROOT / "config.yaml", folder)
    ignore = shutil.ignore_patterns("__pycache__", "generate")
    shutil.copytree(ROOT / "examples" / "meridian", folder / "examples" / "meridian", ignore=ignore)
    return folder / "config.yaml"


def shown(markup: str) -> str:
    """Words of a page, without drawings, tags and unusual spaces."""
    return " ".join(html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", markup))).split())


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def strings(value: Any) -> Iterator[str]:
    """Every text inside a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
