"""Running a build, or a part of one, as a process of its own, and what it cost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_COMMAND: Final = "from cxreport.cli import main; main(['build', '--verbose'])"
_ROW: Final = re.compile(r"^(\S+(?: \d+)?) +(?:([\d,]+) +)?([\d.]+) +([\d.]+) +([\d,]+|nan)$")


@dataclass(frozen=True)
class Stage:
    """One line of `cxreport build -v`; seconds of wall clock and of CPU, megabytes of the process so far."""

    name: str
    records: int
    seconds: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True)
class Cost:
    """What a process cost: wall and CPU seconds, peak resident megabytes; of a build, stage by stage."""

    seconds: float
    cpu: float
    peak_mb: float
    stages: tuple[Stage, ...]


def build(project: Path) -> Cost:
    """Build the project in `project` from nothing. Raises `RuntimeError` with its messages when it fails."""
    return run([sys.executable, "-c", _COMMAND], project)


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in `folder`. Raises `RuntimeError` with its messages when it fails."""
    log = folder / "run.log"
    started = time.perf_counter()
    with log.open("wb") as messages:
        process = subprocess.Popen(command, cwd=folder, stdout=messages, stderr=messages)
        code, cpu, peak = _ended(process)
    seconds = time.perf_counter() - started
    said = log.read_text("utf-8", errors="replace")
    if code:
        raise RuntimeError(said)
    return Cost(seconds, cpu, peak, stages(said))


if sys.platform == "win32":

    def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
        """Exit code; Windows tells neither CPU seconds nor peak memory of a process without further libraries."""
        return process.wait(), float("nan"), float("nan")

else:

    def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
        """Exit code, CPU seconds and peak megabytes (ru_maxrss is bytes on macOS, kilobytes elsewhere)."""
        _, status, usage = os.wait4(process.pid, 0)
        peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, peak


def stages(said: str) -> tuple[Stage, ...]:
    """The stages of a build, from what it printed."""
    found = (_ROW.match(line.strip()) for line in said.splitlines())
    rows = (row.groups(default="0") for row in found if row and row[1] != "whole")
    return tuple(
        Stage(name, int(_plain(records)), float(seconds), float(cpu), float(_plain(peak)))
        for name, records, seconds, cpu, peak in rows
    )


def _plain(number: str) -> str:
    return number.replace(",", "")
