"""``python -m generate``: write the invented client's files beside this package."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import earlier


def main() -> None:
    """Write the files into a folder (default: the one that holds this package)."""
    parser = argparse.ArgumentParser(prog="generate", description=__doc__)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(__file__).parents[1],
        help="folder for data/ and what describes it",
    )
    parser.add_argument("--earlier", action="store_true", help="the year before, for an audit to compare with")
    told = parser.parse_args()
    out: Path = told.out
    if told.earlier:
        earlier.rewind()
    from .company import company, year_before

    made = year_before() if told.earlier else company()
    made.write(out)
    size = sum(len(file.content) for file in made.files)
    print(f"{len(made.files)} files, {size:,} bytes in {out / 'data'}")


if __name__ == "__main__":
    main()
