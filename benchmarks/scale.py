"""Scale: a whole audit of invented posts, against vaderSentiment alone on the same texts in the same run.

    python -m benchmarks.scale --records 1000000 --kind airline

The ratio says what a whole audit costs in units of what many tools spend on sentiment alone. Both are CPU seconds
of one run on one machine, so it carries over to other machines, where seconds do not.
"""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import reference
from benchmarks.exports import FORMATS
from benchmarks.invented import BRAND, OWN, RIVAL, posts
from benchmarks.running import Cost, build

RECORDS: Final = 1_000_000
SCORED: Final = 100_000
"""Texts that vaderSentiment is timed on, at most; its time per text does not depend on their number."""
CONFIG: Final = """\
version: 1
site: {{client: {brand}}}
brand: {{names: [{brand}], handles: ["@{own}"], rivals: [{{name: {rival}, handles: ["@flynorda"]}}]}}
privacy: {{profile: client, key: a-key-for-invented-posts}}
sources:
  - {{id: posts, type: twitter, path: {file}}}
"""


@dataclass(frozen=True)
class Scale:
    """One measurement: an export of so many records, what the build cost, what vaderSentiment cost a text."""

    kind: str
    records: int
    cost: Cost
    vader: float
    """CPU seconds a text."""

    @property
    def ratio(self) -> float:
        """CPU of the whole build over CPU of vaderSentiment on as many texts."""
        return self.cost.cpu / (self.vader * self.records)


def run(records: int = RECORDS, kind: str = "airline", seed: int = 2026) -> Scale:
    """Generate, build, compare. Needs about a kilobyte of disk a record."""
    write, name = FORMATS[kind]
    with tempfile.TemporaryDirectory(prefix="cxreport-scale-") as folder:
        project = Path(folder)
        written = posts(records, seed)
        write(written, project / name)
        (project / "config.yaml").write_text(CONFIG.format(brand=BRAND, own=OWN, rival=RIVAL, file=name), "utf-8")
        some = written["text"].sample(min(SCORED, records), seed=seed).to_list()
        del written
        cost = build(project)
    return Scale(kind, records, cost, reference.seconds(some) / len(some))


def told(scale: Scale) -> str:
    """The measurement as Markdown: a table of the stages, and the comparison."""
    rows = [("stage", "seconds", "CPU s", "peak MB"), ("---", "---:", "---:", "---:")]
    rows += [(s.name, f"{s.seconds:.1f}", f"{s.cpu:.1f}", f"{s.peak_mb:,.0f}") for s in scale.cost.stages]
    cost = scale.cost
    rows.append(("whole process", f"{cost.seconds:.1f}", f"{cost.cpu:.1f}", f"{cost.peak_mb:,.0f}"))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    rate = scale.records / cost.cpu
    return (
        f"{scale.records:,} records, {scale.kind}\n\n{table}\n\n"
        f"{rate:,.0f} records a CPU second; vaderSentiment alone scores {1 / scale.vader:,.0f} of the same texts. "
        f"The whole audit costs {scale.ratio:.2f} times what vaderSentiment alone would."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS, help="how many posts (default: %(default)s)")
    parser.add_argument("--kind", choices=sorted(FORMATS), default="airline", help="the export's kind")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args(arguments)
    print(told(run(options.records, options.kind, options.seed)), flush=True)


if __name__ == "__main__":
    main()
