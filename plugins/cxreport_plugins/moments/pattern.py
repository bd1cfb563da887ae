"""Patterns: weighted regexes for moments and acts, read from the plugin's text files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("en", "ru")
"""Languages that have patterns."""
MOMENTS = ("smot", "fmot", "zmot", "stimulus")
"""In the order in which the first of equals wins: the latest evidence first."""
ACTS = {
    "ask": "asks something",
    "complain": "complains to the company",
    "praise": "praises",
    "recommend": "advises others to buy or use",
    "warn": "advises others against it",
    "thank": "thanks",
    "narrate": "tells what happened",
    "inform": "passes on a fact",
}
"""What a text does → in a few words."""
EVALUATIONS = ("complain", "praise", "recommend", "warn", "thank", "narrate")
"""Acts that can reach other customers: what is shared."""
ACT, BOUGHT, UNRESOLVED = "act", "bought", "unresolved"
"""Sections of patterns that tell an act only, of the guard "already bought", and of cues that a matter is open."""
LINE = re.compile(r"(?P<weight>-?\d+)(?: (?P<acts>[a-z,]+))? \| (?P<regex>.+)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a pattern file."""

    id: str
    """Such as `en.smot.3` or `en.airline.act.1`: language, pack, section, place in the section."""
    section: str
    weight: int
    acts: tuple[str, ...]
    regex: str


@cache
def patterns(language: str, packs: tuple[str, ...] = ()) -> tuple[Pattern, ...]:
    """The general patterns of a language, then those of the packs."""
    folder = files(__package__)
    general = (folder / "patterns" / f"{language}.txt").read_text(encoding="utf-8")
    found = list(parse(general, language))
    for name in packs:
        pack = yaml.safe_load((folder / "packs" / f"{name}.yaml").read_text(encoding="utf-8"))
        found += parse(pack.get(language, ""), f"{language}.{name}")
    return tuple(found)


def parse(text: str, prefix: str) -> Iterator[Pattern]:
    """The patterns of a file. Raises `ValueError` with the line that is not one."""
    section, place = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("# ") or line == "#":
            continue
        if line.startswith("[") and line.endswith("]") and line[1:-1] in (*MOMENTS, ACT, BOUGHT, UNRESOLVED):
            section, place = line[1:-1], 0
            continue
        place += 1
        yield _pattern(line, f"{prefix}.{section}.{place}", section, f"{prefix} line {number}")


def _pattern(line: str, id_: str, section: str, where: str) -> Pattern:
    match = LINE.fullmatch(line)
    if not match or not section:
        raise ValueError(f"{where}: not `WEIGHT [act,act] | REGEX` below a [section]: {line}")
    acts = tuple(filter(None, (match["acts"] or "").split(",")))
    if unknown := set(acts) - set(ACTS):
        raise ValueError(f"{where}: no such act: {', '.join(sorted(unknown))}")
    return Pattern(id_, section, int(match["weight"]), acts, match["regex"])


def heaviest_first(found: Sequence[Pattern]) -> list[Pattern]:
    """Patterns with a positive weight, the heaviest first; equals in the order of the file."""
    return sorted((p for p in found if p.weight > 0), key=lambda p: -p.weight)
