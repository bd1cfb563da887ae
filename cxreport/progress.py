"""Progress: which stage, how many records, how long it may still take; and what each stage cost."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class StageCost:
    """What one stage cost."""

    name: str
    records: int
    seconds: float
    cpu: float
    peak_mb: float


class Progress(Protocol):
    """How a build tells what it is doing; effects stay outside of the stages."""

    costs: list[StageCost]

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[None]:
        """A context manager around one stage; `total` records are expected."""

    def advance(self, records: int) -> None:
        """So many more records of the current stage are done."""


class Meter:
    """Measures stages without showing anything; the command line's progress display builds on it."""

    def __init__(self) -> None:
        self.costs: list[StageCost] = []
        self.done = 0

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[None]:
        """Time one stage (wall and CPU seconds of this process and its children)."""
        self.done = 0
        self.begin(name, total)
        wall, cpu = time.perf_counter(), _cpu()
        try:
            yield
        finally:
            self.end()
            self.costs.append(StageCost(name, self.done, time.perf_counter() - wall, _cpu() - cpu, peak_mb()))

    def advance(self, records: int) -> None:
        """Count records."""
        self.done += records
        self.show(self.done)

    def begin(self, name: str, total: int | None) -> None:
        """A stage begins."""

    def show(self, done: int) -> None:
        """The count changed."""

    def end(self) -> None:
        """The stage ended."""


if sys.platform == "win32":

    def _cpu() -> float:
        return time.process_time()

    def peak_mb() -> float:
        """Peak resident memory in MB; Windows does not tell without further libraries."""
        return float("nan")

else:
    import resource

    def _cpu() -> float:
        own, children = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime

    def peak_mb() -> float:
        """Peak resident memory of this process in MB (ru_maxrss is bytes on macOS, kilobytes elsewhere)."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1e6 if sys.platform == "darwin" else 1e3)
