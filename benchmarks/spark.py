"""Spark: a whole audit of invented posts by both engines, and every result of the one against that of the other.

    python -m benchmarks.spark --records 1000000

The driver of Spark gets 2 GB of memory and no more: a build that needed them would fail.
"""

from __future__ import annotations

import json
import math
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.exports import FORMATS
from benchmarks.invented import BRAND, OWN, RIVAL, posts
from benchmarks.running import Cost, build
from benchmarks.scale import CONFIG, RECORDS

_ENGINE: Final = "engine: {{name: spark, master: '{master}', config: {{spark.driver.memory: 2g}}}}\n"
_NEAR: Final = 1e-9


@dataclass(frozen=True)
class Compared:
    """What either engine cost, and where their audits differ."""

    records: int
    local: Cost
    spark: Cost
    results: int
    differences: tuple[str, ...]


def run(records: int = RECORDS, kind: str = "airline", master: str = "local[2]", seed: int = 2026) -> Compared:
    """Generate, build twice, compare. Needs some kilobytes of disk a record."""
    write, name = FORMATS[kind]
    with tempfile.TemporaryDirectory(prefix="cxreport-spark-") as folder:
        write(posts(records, seed), Path(folder) / name)
        config = CONFIG.format(brand=BRAND, own=OWN, rival=RIVAL, file=f"../{name}")
        local, one = _built(Path(folder) / "local", config)
        spark, other = _built(Path(folder) / "spark", config + _ENGINE.format(master=master))
    results = sum(map(len, one["measures"].values()))
    return Compared(records, local, spark, results, tuple(differences(one, other)))


def _built(project: Path, config: str) -> tuple[Cost, Any]:
    project.mkdir()
    (project / "config.yaml").write_text(config, "utf-8")
    cost = build(project)
    return cost, json.loads((project / ".cxreport" / "audit.json").read_text("utf-8"))


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Where two audits differ: numbers by more than 1e-9 of them, everything else at all."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{where}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from differences(a, b, f"{where}/{number}")
    elif isinstance(one, float) and isinstance(other, float):
        if not math.isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR):
            yield f"{where}: {one} is not {other}"
    elif one != other:
        yield f"{where}: {one!r} is not {other!r}"


def told(found: Compared) -> str:
    """The comparison as Markdown."""
    rows = [("engine", "stage", "seconds", "CPU s", "peak MB"), ("---", "---", "---:", "---:", "---:")]
    for name, cost in (("local", found.local), ("spark", found.spark)):
        rows += [(name, s.name, f"{s.seconds:.1f}", f"{s.cpu:.1f}", f"{s.peak_mb:,.0f}") for s in cost.stages]
        rows.append((name, "whole process", f"{cost.seconds:.1f}", f"{cost.cpu:.1f}", f"{cost.peak_mb:,.0f}"))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    said = "\n".join(found.differences[:20]) or "Every result, step and record is the same."
    return f"{found.records:,} records, {found.results} results\n\n{table}\n\n{said}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; exit code 1 where the engines differ."""
    parser = ArgumentParser(prog="python -m benchmarks.spark", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS, help="how many posts (default: %(default)s)")
    parser.add_argument("--kind", choices=sorted(FORMATS), default="airline", help="the export's kind")
    parser.add_argument("--master", default="local[2]", help="of Spark (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args(arguments)
    found = run(options.records, options.kind, options.master, options.seed)
    print(told(found), flush=True)
    raise SystemExit(bool(found.differences))


if __name__ == "__main__":
    main()
