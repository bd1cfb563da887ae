"""Load: invented exports read into records, against Polars' own scan of the same file to Parquet in the same run.

    python -m benchmarks.load --megabytes 1000

Loading means all that the stage `load` does: recognise, read, map to the canonical columns, give ids, write
Parquet, keep the ledger. Polars' scan reads all columns of the file as they are and writes them as `sink_parquet`
does by default. Each is a process of its own, start-up included; they take turns, and the quickest of each counts.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import running
from benchmarks.exports import Write, airline, amazon, api, trustpilot
from benchmarks.invented import BRAND, OWN, posts

MEGABYTES: Final = 1_000
ROUNDS: Final = 3
"""Times that each is run."""
PART: Final = 200_000
"""Posts generated at a time."""
_CONFIG: Final = """\
version: 1
site: {{client: {brand}}}
brand: {{names: [{brand}], handles: ["@{own}"]}}
privacy: {{profile: client, key: a-key-for-invented-posts}}
sources:
  - {{id: posts, type: {type}, path: {file}}}
"""
_SCANNED: Final = """\
Polars' scan: all columns of the file, read and written to Parquet as `sink_parquet` does by default (zstd,
statistics). Loading: the stage `load`. Both in turns, the quickest of each."""
_SCANS: Final = {
    "csv": "pl.scan_csv({file!r}, infer_schema=False)",
    "jsonl": "pl.scan_ndjson({file!r})",
}


@dataclass(frozen=True)
class Kind:
    """An export that can be loaded: how it is written, its name, and the source that reads it."""

    write: Write
    file: str
    source: str
    is_held: bool = False
    """Whether a limit is set for its speed: for texts as long as reviews are, not for short posts."""


KINDS: Final = {
    "trustpilot": Kind(trustpilot, "reviews.csv", "reviews", is_held=True),
    "amazon": Kind(amazon, "reviews.jsonl", "reviews", is_held=True),
    "airline": Kind(airline, "Tweets.csv", "twitter"),
    "api": Kind(api, "mentions.jsonl", "twitter"),
}


@dataclass(frozen=True)
class Loaded:
    """One measurement: the file's size, its records, what loading and what Polars' scan cost, round by round."""

    kind: str
    megabytes: float
    records: int
    loads: tuple[running.Cost, ...]
    scans: tuple[running.Cost, ...]

    @property
    def load(self) -> running.Cost:
        """The quickest loading."""
        return min(self.loads, key=lambda cost: cost.seconds)

    @property
    def scan(self) -> running.Cost:
        """The quickest scan."""
        return min(self.scans, key=lambda cost: cost.seconds)

    @property
    def peak_mb(self) -> float:
        """Most memory that any loading took."""
        return max(cost.peak_mb for cost in self.loads)

    @property
    def speed(self) -> float:
        """Speed of loading over that of the scan, by the wall clock; 1 would be as fast."""
        return self.scan.seconds / self.load.seconds


def run(kind: str, megabytes: int = MEGABYTES, seed: int = 2026, rounds: int = ROUNDS) -> Loaded:
    """Generate, then scan and load in turns. Needs twice the file's size on disk."""
    with tempfile.TemporaryDirectory(prefix="cxreport-load-") as folder:
        project, made = Path(folder), KINDS[kind]
        records = generate(made, project / made.file, megabytes * 1_000_000, seed)
        config = _CONFIG.format(brand=BRAND, own=OWN, type=made.source, file=made.file)
        (project / "config.yaml").write_text(config, "utf-8")
        scans, loads = list[running.Cost](), list[running.Cost]()
        for _ in range(rounds):
            scans.append(running.run([sys.executable, "-c", _scanning(made.file)], project))
            loads.append(running.run([sys.executable, "-c", _LOADING], project))
            shutil.rmtree(project / ".cxreport")
        size = (project / made.file).stat().st_size / 1e6
    return Loaded(kind, size, records, tuple(loads), tuple(scans))


def generate(kind: Kind, path: Path, size: int, seed: int) -> int:
    """Write an export of about `size` bytes, part by part; how many records it has."""
    count, part = 0, path.with_name("part")
    with path.open("wb") as whole:
        while whole.tell() < size:
            wanted = PART if not count else min(PART, 1 + int((size - whole.tell()) * count / whole.tell()))
            kind.write(posts(wanted, seed + count, count), part)
            lines = part.read_bytes()
            whole.write(lines.partition(b"\n")[2] if count and path.suffix == ".csv" else lines)
            count += wanted
    part.unlink()
    return count


def _scanning(file: str) -> str:
    scan = _SCANS[file.rpartition(".")[2]].format(file=file)
    return f"import polars as pl; {scan}.sink_parquet('scan.parquet')"


_LOADING: Final = """\
from pathlib import Path
from cxreport.engine.local import LocalEngine
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.stages.load import load
plan = make_plan(Path("config.yaml"))
load(plan.sources, plan.context, LocalEngine(plan.work / "feedback"), Meter())
"""


def told(found: Sequence[Loaded]) -> str:
    """The measurements as Markdown; `speed` is the scan's seconds over ours, `CPU` our CPU seconds over the scan's."""
    rows: list[tuple[str, ...]] = [
        (
            "export",
            "MB",
            "records",
            "load, s",
            "CPU s",
            "MB/s",
            "peak MB",
            "scan, s",
            "CPU s",
            "peak MB",
            "speed",
            "CPU",
        )
    ]
    rows.append(("---", *["---:"] * 11))
    rows += [
        (
            f"{one.kind} ({KINDS[one.kind].file})", f"{one.megabytes:,.0f}", f"{one.records:,}",
            f"{one.load.seconds:.1f}", f"{one.load.cpu:.1f}", f"{one.megabytes / one.load.seconds:.0f}",
            f"{one.peak_mb:,.0f}", f"{one.scan.seconds:.1f}", f"{one.scan.cpu:.1f}", f"{one.scan.peak_mb:,.0f}",
            f"{one.speed:.2f}", f"{one.load.cpu / one.scan.cpu:.1f}",
        )
        for one in found
    ]  # fmt: skip
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{_SCANNED}\n\n{table}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=MEGABYTES, help="size of each export (default: %(default)s)")
    parser.add_argument("--kind", choices=sorted(KINDS), action="append", help="the export's kind (default: all)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that each is run (default: %(default)s)")
    options = parser.parse_args(arguments)
    print(
        told([run(kind, options.megabytes, options.seed, options.rounds) for kind in options.kind or KINDS]), flush=True
    )


if __name__ == "__main__":
    main()
