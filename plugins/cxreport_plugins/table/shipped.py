"""Mapping files: those that come with the plugin, and a project's own."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Names
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from cxreport.api import ConfigError, Problem, read_options
from cxreport_plugins.table.mapping import Mapping

FOLDER: Final = Path(__file__).parent / "mappings"


@cache
def shipped() -> dict[str, Mapping]:
    """The shipped mapping files by name, in order."""
    return {path.stem: read_options(path, path.name, Mapping) for path in sorted(FOLDER.glob("*.yaml"))}


def named(name: str, base: Path) -> Mapping:
    """A shipped mapping file by its name, or a project's own by its path below `base`. Raises ConfigError."""
    if name in shipped():
        return shipped()[name]
    path = base / name
    if path.is_file():
        return read_options(path, name, Mapping)
    close = get_close_matches(name, shipped(), 1)
    mend = f"Did you mean {close[0]}?" if close else f"Shipped are: {', '.join(shipped())}."
    raise ConfigError(Problem("mapping", f"there is no mapping file {name!r}.", mend))


class Systems(Names[str, str]):
    """System id → what it is, of the shipped mapping files, read when somebody asks, and of one more system."""

    def __init__(self, own: dict[str, str]) -> None:
        self.own = own

    def _all(self) -> dict[str, str]:
        return {**self.own, **{found.system: found.title for found in shipped().values()}}

    def __getitem__(self, system: str) -> str:
        return self._all()[system]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())
