"""Read mutated exports and tell what became of them; or write one case to look at."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz.cases import case
from benchmarks.fuzz.running import FILES, SEED, run, told
from benchmarks.fuzz.samples import samples


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 when a file broke the law."""
    parser = ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=FILES, help="mutated files (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="number of the first case (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other files (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="processes (default: %(default)s)")
    parser.add_argument("--keep", type=Path, help="write the files that broke the law into this folder")
    parser.add_argument("--write", type=Path, help="write the first case into this folder and read nothing")
    options = parser.parse_args(arguments)
    if options.write is not None:
        print(case(options.first, samples(), options.seed).write(options.write))
        return 0
    numbers = range(options.first, options.first + options.files)
    fates = list(run(numbers, options.seed, options.processes, options.keep))
    print(told(fates))
    return 1 if any(fate.failures for fate in fates) else 0


if __name__ == "__main__":
    sys.exit(main())
