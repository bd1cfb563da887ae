"""Qualify: all benchmarks at stated sizes, held to stated limits, as Markdown for `docs/benchmarks.md`.

    make qualify
    make qualify ARGS="--records 200000"

Exit code 1 when a limit is not held.
"""

from __future__ import annotations

import os
import platform
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import coverage, enrichment, killing, load, scale, text
from benchmarks.exports import FORMATS
from benchmarks.fuzz.running import FILES, SEED, Fate, run
from benchmarks.fuzz.running import told as mutated
from benchmarks.scale import RECORDS

KILLS = 20
"""Builds of the demo that are killed."""
PEAK_MB = 3000.0
"""Most memory that a build of a million records may take."""
LOAD_MB = 1000.0
"""Most memory that loading may take, whatever the size of the file."""
LOAD_SPEED = 1 / 3
"""Least speed of loading reviews, over that of Polars' own scan of the same file."""
FASTER = 5.0
"""Times as many texts a CPU second as vaderSentiment that our scorer must reach."""
WHOLE = 1.25
"""CPU seconds of the whole enrichment over those of vaderSentiment alone."""
WHOLE_LEARNED = 2.0
"""The same with a model that was learned from coded texts."""


@dataclass(frozen=True)
class Limit:
    """A figure and whether it is held."""

    name: str
    figure: str
    limit: str
    held: bool


def machine() -> str:
    """What it ran on, in one line."""
    cpuinfo = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in _lines(cpuinfo) if line.startswith("model name")]
    cpu = names[0] if names else platform.processor() or platform.machine()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("cxreport", "polars", "vaderSentiment"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {cpu}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {libraries}"
    )


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []


def limits(
    scales: Sequence[scale.Scale],
    found: text.Text | None,
    fates: Sequence[Fate] = (),
    loads: Sequence[load.Loaded] = (),
    enriched: enrichment.Enrichment | None = None,
    simulated: coverage.Coverage | None = None,
    killed: Sequence[killing.Kill] = (),
) -> Iterator[Limit]:
    """Every stated limit that was measured."""
    for loaded in loads:
        name, peak = f"{loaded.megabytes:,.0f} MB, {loaded.kind}", loaded.peak_mb
        yield Limit(f"peak memory of loading {name}", f"{peak:,.0f} MB", f"under {LOAD_MB:,.0f} MB", peak < LOAD_MB)
        if not load.KINDS[loaded.kind].is_held:
            continue
        held = loaded.speed >= LOAD_SPEED
        yield Limit(
            f"speed of loading {name}, over Polars' scan", f"{loaded.speed:.2f}", f"over {LOAD_SPEED:.2f}", held
        )
    if fates:
        broken = sum(bool(fate.failures) for fate in fates)
        yield Limit("mutated exports that broke the law", f"{broken:,} of {len(fates):,}", "none", not broken)
    if killed:
        survived = sum(kill.survived for kill in killed)
        yield Limit("killed builds survived", f"{survived} of {len(killed)}", "all", survived == len(killed))
    for one in scales:
        allowed = PEAK_MB * max(1.0, one.records / RECORDS)
        peak = one.cost.peak_mb
        name = f"peak memory, {one.records:,} records, {one.kind}"
        yield Limit(name, f"{peak:,.0f} MB", f"under {allowed:,.0f} MB", peak < allowed)
    if found is not None:
        faster = found.rate / found.vader_rate
        yield Limit("sentiment, speed over vaderSentiment", f"{faster:.1f}", f"over {FASTER:.0f}", faster > FASTER)
        gain = found.f1 - found.vader_f1
        yield Limit("sentiment, macro-F1 over vaderSentiment", f"{gain:+.1f}", "above 0", gain > 0)
    if enriched is not None:
        ratios = {"whole enrichment": (enriched.ratio, WHOLE), "with a model": (enriched.learned_ratio, WHOLE_LEARNED)}
        for name, (ratio, most) in ratios.items():
            yield Limit(f"{name}, CPU over vaderSentiment alone", f"{ratio:.2f}", f"under {most:.2f}", ratio < most)
    if simulated is not None:
        yield from _covered(simulated)


def _covered(simulated: coverage.Coverage) -> Iterator[Limit]:
    """The worst cell of each method, of the results that may be tested."""
    for method, about in simulated.methods.items():
        tested = [cell for cell in simulated.cells if cell.method == method and cell.sound is not None]
        worst = min((cell.sound or 0 for cell in tested), default=1.0)
        held = all(cell.held for cell in tested)
        name = f"coverage of 95% intervals, {about['title'].lower()}, lowest"
        yield Limit(name, f"{100 * worst:.1f}%", f"over {100 * coverage.LEAST:.0f}%", held)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything, print it, and tell whether every limit is held."""
    parser = ArgumentParser(prog="python -m benchmarks.qualify", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS, help="posts of each export (default: %(default)s)")
    parser.add_argument("--files", type=int, default=FILES, help="mutated exports (default: %(default)s)")
    parser.add_argument("--draws", type=int, default=coverage.DRAWS, help="simulated audits (default: %(default)s)")
    parser.add_argument(
        "--megabytes", type=int, default=load.MEGABYTES, help="size of loaded files (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    records = options.records
    print(f"Measured {machine()}.\n", flush=True)
    fates = list(run(range(options.files), SEED, processes=2))
    print(f"{mutated(fates)}\n", flush=True)
    killed = killing.run(KILLS)
    print(f"{killing.told(killed)}\n", flush=True)
    loads = [load.run(kind, options.megabytes) for kind in load.KINDS]
    print(f"{load.told(loads)}\n", flush=True)
    simulated = coverage.run(options.draws)
    print(f"{coverage.told(simulated)}\n", flush=True)
    path = text.labelled()
    found = text.run(path) if path else None
    print(text.told(found) if found else text.SKIPPED)
    enriched = enrichment.run(path, records) if path else None
    print(f"\n{enrichment.told(enriched) if enriched else enrichment.SKIPPED}", flush=True)
    scales = []
    for kind in FORMATS:
        scales.append(scale.run(records, kind))
        print(f"\n{scale.told(scales[-1])}", flush=True)
    return _judged(list(limits(scales, found, fates, loads, enriched, simulated, killed)))


def _judged(found: Sequence[Limit]) -> int:
    print("\n| figure | measured | limit | held |\n| --- | ---: | ---: | --- |")
    for one in found:
        print(f"| {one.name} | {one.figure} | {one.limit} | {'yes' if one.held else '**no**'} |")
    return 0 if all(one.held for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
