"""Cases: which sample is mutated how, told by a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.fuzz.damage import DAMAGES
from benchmarks.fuzz.packings import PACKINGS, Files
from benchmarks.fuzz.samples import Sample
from benchmarks.fuzz.values import changed

MUTATIONS: Final = ("values", *DAMAGES, *PACKINGS)
_TWICE: Final = 0.15
"""Share of files that are damaged a second time."""


@dataclass(frozen=True)
class Case:
    """One mutated export."""

    number: int
    sample: str
    mutation: str
    name: str
    files: Files

    @property
    def is_small(self) -> bool:
        """Whether it must be read in no time."""
        return sum(map(len, self.files.values())) < 1 << 20

    def write(self, folder: Path) -> Path:
        """The case as a file or folder in `folder`."""
        path = folder / self.name
        for inner, data in self.files.items():
            file = path / inner if inner else path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return path


def case(number: int, samples: Sequence[Sample], seed: int = 2026) -> Case:
    """Case `number`: samples and mutations take turns, dice throw the rest."""
    rng = Random(f"{seed}/{number}")
    sample = samples[number % len(samples)]
    mutation = MUTATIONS[(number + number // len(samples)) % len(MUTATIONS)]
    other = rng.choice(samples)
    name, files = sample.name, dict(sample.files)
    for kind in (mutation, *(rng.choices(MUTATIONS) if rng.random() < _TWICE else ())):
        name, files = _mutated(rng, kind, name, files, rng.choice(sorted(other.files.items()))[1])
    return Case(number, sample.name, mutation, name, files)


def _mutated(rng: Random, mutation: str, name: str, files: Files, other: bytes) -> tuple[str, Files]:
    if mutation in PACKINGS:
        return PACKINGS[mutation](rng, name, files)
    damage = changed if mutation == "values" else DAMAGES[mutation]
    at = rng.choice(sorted(files))
    data = files[at]
    head = _head(rng, data) if mutation != "values" else 0
    return name, {**files, at: data[:head] + damage(rng, data[head:], other)}


def _head(rng: Random, data: bytes) -> int:
    """How much of a file stays sound: half of the time what it is recognised by, a line or more."""
    if rng.random() < 0.5:
        return 0
    line = data.find(b"\n") + 1
    return max(line, rng.randrange(len(data) + 1)) if len(data) > line else 0
