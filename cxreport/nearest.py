"""Nearest: the known table whose headers an unknown table comes closest to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cxreport.plugin.source import Source
from cxreport.reading import Input, ReadError, norm, open_table

_LEAST = 2
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Near:
    """How near a table is to one that a source would recognise."""

    type: str
    system: str
    title: str
    found: int
    """Headers of its signature that the table has."""
    headers: int
    """Headers of its signature."""
    missing: tuple[str, ...]

    def __str__(self) -> str:
        lacks = f"it has no {', '.join(map(repr, self.missing))}" if self.missing else "but its scores do not fit"
        return f"{self.title} ({self.type}: {self.system}), {self.found} of {self.headers} headers: {lacks}"


def nearest(data: Input, sources: Mapping[str, Source]) -> Near | None:
    """The signature of which the table has the greatest share, at least half and two headers; None if none has.

    Among equal shares the one with more headers is nearest, then the first by type and system.
    """
    try:
        names = {norm(name) for name in open_table(data).header}
    except ReadError:
        return None
    known = (
        _compared(names, source, system, signature)
        for _, source in sorted(sources.items())
        for system, signature in source.signatures()
    )
    close = [near for near in known if near.found >= max(_LEAST, _SHARE * near.headers)]
    return max(close, key=lambda near: (near.found / near.headers, near.headers), default=None)


def _compared(names: set[str], source: Source, system: str, signature: Collection[Collection[str]]) -> Near:
    missing = tuple(next(iter(spellings)) for spellings in signature if not names & set(map(norm, spellings)))
    title = source.systems.get(system, system)
    return Near(source.name, system, title, len(signature) - len(missing), len(signature), missing)
