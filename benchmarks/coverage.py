"""Coverage: how often the 95% intervals of an audit hold the truth, simulated.

    python -m benchmarks.coverage
    python -m benchmarks.coverage --write                          # also into the method appendix and docs/methods.md
    python -m benchmarks.coverage --write --only experience.nps    # that method anew, the others as they are kept

Invented authors write records with known true figures; the functions of the measures make their intervals. Each draw
has a seed of its own, so that the first draws of a long run are those of a short one.
"""

from __future__ import annotations

import json
import math
import zlib
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.crowd import AUTHORSHIPS, Authorship, Crowd
from benchmarks.trials import LATTICE, METHODS, Method, Trial, share

DRAWS: Final = 2000
SEED: Final = 2026
SIZES: Final = (30, 100, 1000)
LEAST: Final = 0.93
"""Share of intervals that must hold the truth."""
FIRST: Final = 20
"""Draws that tests repeat, to see that the methods are still those that were simulated."""
ROOT: Final = Path(__file__).resolve().parents[1]
KEPT: Final = ROOT / "plugins/cxreport_plugins/assurance/coverage.json"
PAGE: Final = ROOT / "docs/methods.md"
_BEGIN, _END = "<!-- coverage: written by python -m benchmarks.coverage --write -->", "<!-- end of coverage -->"
_SOUND: Final = ("ok", "small_base")


@dataclass(frozen=True)
class Cell:
    """How one method did with so many records of authors who write so unevenly."""

    method: str
    authors: str
    n: int
    draws: int
    coverage: float
    """Share of the intervals that held the truth."""
    error: float
    """Its Monte-Carlo standard error."""
    width: float
    """Mean width, or geometric mean of upper over lower limit, of the intervals with two ends."""
    open: float
    """Share of the intervals without an upper or a lower end."""
    directional: float
    """Share of the results that say *directional*: not to be tested."""
    withheld: float
    """Share of the draws without a number: *hidden* or *not testable*."""
    sound: float | None = None
    """Coverage of the results that say neither; absent where they are fewer than a twentieth."""
    p: float | None = None
    """The one p at which shares were tried; absent: any."""
    first: tuple[float, ...] = ()
    """Limits of the first draws, summed: what tests repeat."""

    @property
    def held(self) -> bool:
        """Whether results that do not say *directional* hold the truth often enough."""
        return self.sound is None or self.sound >= LEAST


@dataclass(frozen=True)
class Coverage:
    """A whole simulation."""

    date: str
    cxreport: str
    draws: int
    seed: int
    authors: dict[str, str]
    """Id → how authors write."""
    methods: dict[str, dict[str, str]]
    """Id → title, interval, and how widths are told."""
    cells: tuple[Cell, ...]


def trials(method: Method, authorship: Authorship, n: int, draws: int, seed: int, p: float | None) -> Iterator[Trial]:
    """The draws of one cell."""
    draw = method.draw if p is None else partial(share, p=p)
    name = zlib.crc32(f"{method.id} {authorship.id} {p}".encode())
    for number in range(draws):
        yield draw(Crowd(authorship, n, np.random.default_rng([seed, name, n, number])))


def cell(
    method: Method, authorship: Authorship, n: int, draws: int = DRAWS, seed: int = SEED, p: float | None = None
) -> Cell:
    """Simulate one cell."""
    every = list(trials(method, authorship, n, draws, seed, p))
    shown = [trial for trial in every if trial.result.shown]
    sound = [_holds(trial) for trial in shown if trial.result.status in _SOUND]
    holds = float(np.mean([_holds(trial) for trial in shown]))
    widths = [_width(trial, method) for trial in shown]
    closed = [width for width in widths if math.isfinite(width)]
    mean = np.exp(np.mean(np.log(closed))) if method.width == "factor" else np.mean(closed)
    return Cell(
        method.id, authorship.id, n, draws, round(holds, 4), round(math.sqrt(holds * (1 - holds) / len(shown)), 4),
        float(f"{mean:.4g}"), round(1 - len(closed) / len(shown), 4), round(1 - len(sound) / len(shown), 4),
        round(1 - len(shown) / draws, 4), round(float(np.mean(sound)), 4) if len(sound) >= draws / 20 else None, p,
        tuple(float(f"{_first(every[:FIRST], end):.8g}") for end in ("low", "high")),
    )  # fmt: skip


def _holds(trial: Trial) -> bool:
    low, high = trial.result.low, trial.result.high
    return (low is None or low <= trial.truth) and (high is None or trial.truth <= high)


def _width(trial: Trial, method: Method) -> float:
    low, high = trial.result.low, trial.result.high
    if low is None or high is None:
        return math.inf
    if method.width == "factor":
        return high / low if low > 0 else math.inf
    return high - low


def _first(every: Sequence[Trial], end: str) -> float:
    return float(sum(getattr(trial.result, end) or 0 for trial in every))


def run(draws: int = DRAWS, seed: int = SEED, only: Sequence[str] = ()) -> Coverage:
    """Simulate everything; with `only`, these methods, and take the cells of the others from what is kept."""
    earlier = {(one.method, one.authors, one.n, one.p): one for one in kept().cells} if only else {}

    def made(method: Method, authorship: Authorship, n: int, p: float | None = None) -> Cell:
        known = earlier.get((method.id, authorship.id, n, p)) if method.id not in only else None
        return known or cell(method, authorship, n, draws, seed, p)

    whole = [made(method, authorship, n) for method in METHODS for authorship in AUTHORSHIPS for n in SIZES]
    shares = next(method for method in METHODS if method.id == "share")
    single = [made(shares, AUTHORSHIPS[0], n, p) for p in LATTICE for n in SIZES]
    return Coverage(
        f"{datetime.now(UTC):%Y-%m-%d}", version("cxreport"), draws, seed,
        {authorship.id: authorship.title for authorship in AUTHORSHIPS}, methods(), (*whole, *single),
    )  # fmt: skip


def methods() -> dict[str, dict[str, str]]:
    """The methods under test, as they say themselves."""
    return {m.id: {"title": m.title, "interval": m.interval, "width": m.width} for m in METHODS}


def dumped(coverage: Coverage) -> str:
    """As the method appendix reads it: one line a cell."""
    data: dict[str, Any] = asdict(coverage)
    cells = ",\n".join(f"  {json.dumps(_brief(one))}" for one in data.pop("cells"))
    head = json.dumps(data, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{head},\n "cells": [\n{cells}\n ]\n}}\n'


def _brief(one: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if value is not None}


def kept() -> Coverage:
    """The simulation that ships with the package."""
    data = json.loads(KEPT.read_text("utf-8"))
    cells = tuple(Cell(**{**one, "first": tuple(one["first"])}) for one in data.pop("cells"))
    return Coverage(**data, cells=cells)


def told(coverage: Coverage) -> str:
    """The simulation as Markdown."""
    rows = [
        "| interval of | authors | n | coverage | ± | width | open | directional |",
        "| --- | --- " + "| ---: " * 6 + "|",
    ]
    rows += [_row(one, coverage) for one in coverage.cells if one.p is None]
    lattice = [one for one in coverage.cells if one.p is not None]
    low, high = (f"{100 * end(one.coverage for one in lattice):.1f}%" for end in (min, max))
    points = ", ".join(f"{p:g}" for p in sorted({one.p for one in lattice if one.p is not None}))
    return (
        f"{coverage.date}, cxreport {coverage.cxreport}, {coverage.draws:,} draws a row, seed {coverage.seed}.\n\n"
        + "\n".join(rows)
        + f"\n\nShares are averaged over p from 0.02 to 0.98. At single values of p ({points}) and {_sizes(coverage)} "
        f"records whose authors write once, coverage runs from {low} to {high}: counts are whole numbers."
    )


def _sizes(coverage: Coverage) -> str:
    sizes = sorted({one.n for one in coverage.cells})
    return f"{', '.join(map(str, sizes[:-1]))} or {sizes[-1]:,}"


def _row(one: Cell, coverage: Coverage) -> str:
    about = coverage.methods[one.method]
    width = {
        "points": f"{one.width:.1f} points",
        "share": f"{100 * one.width:.1f} points",
        "factor": f"× {one.width:.1f}",
    }
    shares = (f"{100 * value:.1f}%" for value in (one.coverage, one.error))
    few = (f"{100 * value:.0f}%" if value else "–" for value in (one.open, one.directional))
    cells = (about["title"], coverage.authors[one.authors], f"{one.n:,}", *shares, width[about["width"]], *few)
    return f"| {' | '.join(cells)} |"


def page(coverage: Coverage, text: str) -> str:
    """`docs/methods.md` with the present table."""
    before, after = text.partition(_BEGIN)[0], text.partition(_END)[2]
    return f"{before}{_BEGIN}\n\n{told(coverage)}\n\n{_END}{after}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate and print; with `--write`, keep it too."""
    parser = ArgumentParser(prog="python -m benchmarks.coverage", description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS, help="draws a row (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--write", action="store_true", help="keep the figures in the package and docs/methods.md")
    ids = [method.id for method in METHODS]
    parser.add_argument("--only", nargs="+", choices=ids, default=(), metavar="METHOD", help=f"of {', '.join(ids)}")
    options = parser.parse_args(arguments)
    coverage = run(options.draws, options.seed, options.only)
    print(told(coverage), flush=True)
    if options.write:
        KEPT.write_text(dumped(coverage), "utf-8")
        PAGE.write_text(page(coverage, PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
