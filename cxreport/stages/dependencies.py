"""Dependencies: what a build read besides the files of its project."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from cxreport.config.previous import NAME
from cxreport.plan import Plan
from cxreport.plugin.code import places
from cxreport.reading import ReadError, expand


def dependencies(plan: Plan) -> Iterator[Path]:
    """The key of pseudonyms, exports, coding sheets and the audit before, wherever they lie, and programs."""
    yield plan.work / "key"
    yield from _elsewhere(plan)
    modules = {__name__, *(owner.__module__ for owner in plan.registry.owner)}
    for place in sorted({place for module in modules for place in places(module)}):
        yield from _inside(place)


def _elsewhere(plan: Plan) -> Iterator[Path]:
    base = plan.base.resolve()
    exports = (source.options.path for source in plan.sources)
    patterns = chain.from_iterable((paths,) if isinstance(paths, str) else paths for paths in exports)
    for pattern in (*patterns, *plan.config.coding):
        try:
            found = expand(pattern, plan.base)
        except ReadError:
            found = [plan.base / pattern]
        for path in found:
            if not path.resolve().is_relative_to(base):
                yield path.parent
                yield from _inside(path)
    if plan.config.previous:
        audit = plan.base / plan.config.previous.audit
        yield from (audit, audit / NAME)


def _inside(place: Path) -> Iterator[Path]:
    below = place.rglob("*") if place.is_dir() else ()
    return (path for path in chain([place], below) if path.suffix != ".pyc" and path.name != "__pycache__")
