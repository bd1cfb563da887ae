"""The plugins that cxreport ships, whatever else is installed beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from cxreport.plugin.context import Plugin
from cxreport.plugin.registry import Registry, load_plugins

P = TypeVar("P", bound=Plugin)
DISTRIBUTION = "cxreport"


def registry() -> Registry:
    """Everything that is installed. Raises `RuntimeError` when a plugin of ours does not load."""
    found = load_plugins()
    broken = [str(p) for info in found.plugins if info.distribution == DISTRIBUTION for p in info.problems]
    if broken:
        raise RuntimeError("\n".join(broken))
    return found


def ours(classes: Mapping[str, type[P]], found: Registry) -> Iterable[tuple[str, type[P]]]:
    """Name and class of those that cxreport ships, by name."""
    return sorted((n, cls) for n, cls in classes.items() if found.owner[cls].distribution == DISTRIBUTION)
