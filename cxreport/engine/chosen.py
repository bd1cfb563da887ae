"""The engine that a configuration asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cxreport.model.problem import ConfigError, Problem

if TYPE_CHECKING:
    from cxreport.config.models import Engine as Asked
    from cxreport.engine.base import Engine
    from cxreport.engine.local import LocalEngine

Ticker = Callable[[int], None]


def chosen(asked: Asked, index: Path, tick: Ticker) -> Engine:
    """The engine of a build; `index` names its tables within the private folder. Raises `ConfigError`."""
    if asked.name == "local":
        return only_local(asked, index, tick, "cxreport build")
    from cxreport.engine.spark import SparkEngine

    return SparkEngine.started(index.parent, asked.master, asked.config, asked.work, tick)


def only_local(asked: Asked, index: Path, tick: Ticker, command: str) -> LocalEngine:
    """The local engine, for what works on no other. Raises `ConfigError` naming the command."""
    if asked.name != "local":
        mend = "Run it with `engine: {name: local}` on a part of the exports."
        raise ConfigError(Problem("engine", f"{command} works on this machine only, not on {asked.name}.", mend))
    from cxreport.engine.local import LocalEngine

    return LocalEngine(index, tick)
