"""The lists of cues: what customers say on their way to a choice, English and Russian."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Literal

from cxreport.api import Brand, Options, read_options
from cxreport_plugins.common.companies import handle_patterns, name_patterns

FILE: Final = Path(__file__).parent / "cues.yaml"
LANGUAGES: Final = ("en", "ru")
"""Languages that have patterns."""
NOBODY: Final = "[^\\s\\S]"
"""Stands for the name of a rival where there is none; it is found nowhere."""
EARLY: Final = ("source", "cited", "reason")
"""Groups that are looked for only where a text may come before the choice."""
EVERYWHERE: Final = ("technology", "ladder", "turn", "expect", "pillar")
"""Groups that are looked for in every text."""


class Cue(Options):
    """Something customers may say."""

    title: str
    """What pages call it."""
    medium: Literal["digital", "traditional", "personal", "unclear"] | None = None
    """Of a source: how it reached the customer."""
    answer: str = ""
    """Rust regex for answers to a question about sources or technologies."""
    en: tuple[str, ...] = ()
    """Rust regexes on folded English text."""
    ru: tuple[str, ...] = ()
    """The same, Russian."""


Cues = dict[str, Cue]


class Lists(Options):
    """The file `cues.yaml`."""

    source: Cues
    """Where they have it from."""
    cited: Cues
    """Whom they cite: outlets by name, people by their role."""
    technology: Cues
    """What they use."""
    ladder: Cues
    """Want, love, own."""
    reason: Cues
    """Why they buy."""
    turn: Cues
    """Where they go."""
    expect: Cues
    """How it was against what they expected, and what they take to be owed."""
    pillar: Cues
    """What social commerce rests on: six pillars."""
    asked: Cues
    """Questions of surveys, by their wording."""


@cache
def lists() -> Lists:
    """The lists as they ship."""
    return read_options(FILE, FILE.name, Lists)


@cache
def digest() -> str:
    """Changes with every pattern."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]


def cues(group: str) -> Cues:
    """The cues of a group by id, in the order of the file."""
    found: Cues = getattr(lists(), group)
    return found


def patterns(groups: Sequence[str], language: str, brand: Brand) -> dict[str, list[str]]:
    """Label (such as `source.search`) of these groups → regexes of a language, with the companies of this audit."""
    names = companies(brand)
    own, rivals = names["brand"], [pattern for entity, pattern in names.items() if entity != "brand"]
    said = {"{own}": f"(?:{own})", "{rival}": f"(?:{'|'.join(rivals)})" if rivals else NOBODY}
    return {
        f"{group}.{ident}": [_filled(pattern, said) for pattern in getattr(cue, language)]
        for group in groups
        for ident, cue in cues(group).items()
    }


def companies(brand: Brand) -> dict[str, str]:
    """Entity → Rust regex that finds its names and handles in folded text."""
    handles, names = handle_patterns(brand), name_patterns(brand)
    both = {entity: [found[entity] for found in (handles, names) if entity in found] for entity, _ in brand.companies}
    return {entity: "|".join(found) if found else NOBODY for entity, found in both.items()}


def _filled(pattern: str, said: dict[str, str]) -> str:
    return re.sub("|".join(map(re.escape, said)), lambda found: said[found.group()], pattern)


def answer(group: str) -> dict[str, str]:
    """Id → regex for answers, for the cues of a group that have one."""
    return {ident: cue.answer for ident, cue in cues(group).items() if cue.answer}


def title(label: str) -> str:
    """What pages call a cue, by its label such as `source.search`."""
    group, _, ident = label.partition(".")
    return cues(group)[ident].title
