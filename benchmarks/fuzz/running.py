"""Runs of many cases, in processes of their own, and the table of what became of them."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Final

from benchmarks.fuzz.cases import MUTATIONS, Case, case
from benchmarks.fuzz.law import MOST_SECONDS, Law
from benchmarks.fuzz.samples import Sample, samples
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.registry import load_plugins

FILES: Final = 20_000
SEED: Final = 2026
_CHUNK: Final = 200
_GIVE_UP_SECONDS: Final = 30


@dataclass(frozen=True)
class Fate:
    """What became of one case."""

    number: int
    sample: str
    mutation: str
    seconds: float
    systems: tuple[str, ...]
    records: int
    rejected: int
    refused: int
    failures: tuple[str, ...]


def run(numbers: Sequence[int], seed: int, processes: int = 1, keep: Path | None = None) -> Iterator[Fate]:
    """The fates of cases, in order; those that broke the law are written into the folder `keep`.

    A crash of the interpreter itself ends the run with `BrokenProcessPool`.
    """
    chunks = [numbers[at : at + _CHUNK] for at in range(0, len(numbers), _CHUNK)]
    if processes == 1:
        for chunk in chunks:
            yield from judged(chunk, seed, keep)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for fates in pool.map(partial(judged, seed=seed, keep=keep), chunks):
            yield from fates


def judged(numbers: Iterable[int], seed: int, keep: Path | None = None) -> list[Fate]:
    """The fates of some cases, in this process."""
    law = _law()
    folder = Path(tempfile.mkdtemp(prefix="cxreport-fuzz-"))
    try:
        return [_judged(case(number, _samples(), seed), law, folder, keep) for number in numbers]
    finally:
        shutil.rmtree(folder)


def _judged(one: Case, law: Law, folder: Path, keep: Path | None) -> Fate:
    path = one.write(folder / str(one.number))
    with _given_up():
        seen = law.judge(path)
    if seen.seconds > MOST_SECONDS and one.is_small and not seen.failures:
        seen = law.judge(path)  # the machine may have been busy with something else
    shutil.rmtree(folder / str(one.number))
    failures = list(seen.failures)
    if seen.seconds > MOST_SECONDS and one.is_small:
        failures.append(f"took {seen.seconds:.1f} s")
    if failures and keep is not None:
        one.write(keep / str(one.number))
    return Fate(one.number, one.sample, one.mutation, seen.seconds, tuple(seen.systems), seen.records,
                seen.rejected, seen.refused, tuple(failures))  # fmt: skip


@cache
def _samples() -> tuple[Sample, ...]:
    return tuple(samples())


@cache
def _law() -> Law:
    return Law(load_plugins().sources, Context(Brand(Company(name="Meridian Air")), Path.cwd(), key=b"fuzz"))


def told(fates: Sequence[Fate]) -> str:
    """A Markdown table by mutation, and every breach with the number of its case."""
    lines = [
        "| mutation | files | recognised | records | rows rejected | refused whole | slowest s | breaches |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    groups = [(name, [fate for fate in fates if fate.mutation == name]) for name in MUTATIONS]
    lines += [_row(name, group) for name, group in [*groups, ("all", list(fates))] if group]
    broken = [fate for fate in fates if fate.failures]
    return "\n".join(
        [*lines, *(f"case {f.number} ({f.sample}, {f.mutation}): {'; '.join(f.failures)}" for f in broken)]
    )


def _row(name: str, group: Sequence[Fate]) -> str:
    cells = (
        name, f"{len(group):,}", f"{sum(bool(fate.systems) for fate in group):,}", f"{sum(f.records for f in group):,}",
        f"{sum(f.rejected for f in group):,}", f"{sum(f.refused for f in group):,}",
        f"{max(f.seconds for f in group):.2f}", f"{sum(bool(f.failures) for f in group):,}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


@contextmanager
def _given_up() -> Iterator[None]:
    """Where the system can, a file that takes for ever is given up with `TimeoutError`."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _alarm)
    signal.alarm(_GIVE_UP_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _alarm(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"given up after {_GIVE_UP_SECONDS} s")
