"""What the commands print: progress to stderr, results to stdout."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from cxreport.progress import Meter, StageCost

LABELS = {
    "load": "Reading exports",
    "enrich": "Reading texts",
    "relate": "Following threads",
    "measure": "Measuring",
    "render": "Drawing pages",
    "inspect": "Checking the site",
}


def stderr() -> Console:
    """Console for progress and messages; plain when not a terminal."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


class Bar(Meter):
    """A progress display: stage, records, time left; a line a stage where there is no terminal."""

    def __init__(self, console: Console, quiet: bool = False) -> None:
        super().__init__()
        self.console, self.quiet = console, quiet
        self.progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(),
            TimeElapsedColumn(), TimeRemainingColumn(), console=console, transient=True,
            disable=quiet or not console.is_terminal,
        )  # fmt: skip
        self.task: Any = None

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def begin(self, name: str, total: int | None) -> None:
        """Show the stage."""
        self.task = self.progress.add_task(LABELS.get(name.split(maxsplit=1)[0], name), total=total)

    def show(self, done: int) -> None:
        """Move the bar."""
        self.progress.update(self.task, completed=done)

    def end(self) -> None:
        """Take the bar away."""
        if self.task is not None:
            self.progress.remove_task(self.task)


def costs(stages: list[StageCost]) -> Table:
    """The table of `build -v`: stage, records, seconds, CPU, peak memory."""
    table = Table(box=None, pad_edge=False)
    table.add_column("stage")
    for name in ("records", "seconds", "CPU s", "peak MB"):
        table.add_column(name, justify="right")
    for cost in stages:
        records = f"{cost.records:,}" if cost.records else ""
        table.add_row(cost.name, records, f"{cost.seconds:.2f}", f"{cost.cpu:.2f}", f"{cost.peak_mb:,.0f}")
    seconds, cpu = sum(c.seconds for c in stages), sum(c.cpu for c in stages)
    peak = max((c.peak_mb for c in stages), default=0.0)
    table.add_row("whole", "", f"{seconds:.2f}", f"{cpu:.2f}", f"{peak:,.0f}")
    return table
