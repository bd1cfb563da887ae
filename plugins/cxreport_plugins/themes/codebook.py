"""The codebook: themes with a label and, by language, the patterns by which they are found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import polars as pl
from pydantic import AfterValidator, Field, model_validator

from cxreport.api import ConfigError, Options, Problem, read_options
from cxreport_plugins.themes.options import ThemesOptions

PACKS = Path(__file__).parent / "packs"
COMMON = "common"
"""The pack that comes with every other."""


def _regex(pattern: str) -> str:
    """A Rust regex for folded text. Raises `ValueError` for one that does not compile or could never be found."""
    if "(?i" in pattern:
        raise ValueError("(?i) is not needed, for texts are in lower case, and takes three times as long")
    letters = pl.Series([pattern]).str.replace_all(r"\\.", "").item()
    if letters != letters.lower():
        raise ValueError("it has capitals, but texts are looked at in lower case")
    try:
        empty = pl.Series([""]).str.contains(pattern).item()
    except pl.exceptions.ComputeError as error:
        raise ValueError(f"it is not a Rust regex: {_first_line(error)}") from None
    if empty:
        raise ValueError("it is found in every text")
    return pattern.replace("ё", "е")


def _first_line(error: Exception) -> str:
    """What the regex engine says, without the drawing of the place."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next((line.removeprefix("error: ") for line in lines if line.startswith("error:")), lines[0])


Pattern = Annotated[str, Field(min_length=2), AfterValidator(_regex)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class Examples(Options):
    """Texts to try a theme on."""

    found: tuple[str, ...] = ()
    """Texts that must have the theme."""
    never: tuple[str, ...] = Field(default=(), alias="not")
    """Texts that must not."""


class Patterns(Options):
    """How a theme is said in one language."""

    include: tuple[Pattern, ...] = Field(min_length=1)
    """Rust regexes on folded text: lower case, no links, single spaces, straight apostrophes, ё as е."""
    exclude: tuple[Pattern, ...] = ()
    """Where one of these is found, the text does not have the theme."""
    examples: Examples = Examples()


class Theme(Options):
    """Something customers talk about."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)
    """What results, rules and coding sheets call it."""
    label: dict[Language, str] = Field(min_length=1)
    """What pages call it, by language of the report."""
    patterns: dict[Language, Patterns] = Field(min_length=1)
    """By language of the text."""

    def named(self, language: str) -> str:
        """Its label in a language, else in English, else in the first there is."""
        short = language.partition("-")[0].partition("_")[0]
        return self.label.get(short) or self.label.get("en") or next(iter(self.label.values()))


class Codebook(Options):
    """A file of themes."""

    themes: tuple[Theme, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unique(self) -> Codebook:
        ids = [theme.id for theme in self.themes]
        twice = sorted({ident for ident in ids if ids.count(ident) > 1})
        if twice:
            raise ValueError(f"the id {twice[0]!r} is used twice")
        return self


@dataclass(frozen=True)
class Entry:
    """A theme of one file."""

    file: str
    """Name of the pack or codebook, as rules say it."""
    theme: Theme


@dataclass(frozen=True)
class Book:
    """All themes of an audit; a theme may have entries in several packs, whose patterns add up."""

    entries: tuple[Entry, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have patterns."""
        return tuple(sorted({language for entry in self.entries for language in entry.theme.patterns}))

    @property
    def digest(self) -> str:
        """Changes with every pattern: audits are comparable only if theirs is the same."""
        said = [(entry.file, entry.theme.model_dump(mode="json")) for entry in self.entries]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]

    def labels(self, language: str) -> dict[str, str]:
        """Id → label, in the order of the files; of several entries the last one names a theme."""
        return {entry.theme.id: entry.theme.named(language) for entry in self.entries}

    def spoken(self, language: str) -> list[tuple[Entry, Patterns]]:
        """The entries that have patterns for a language."""
        return [(e, e.theme.patterns[language]) for e in self.entries if language in e.theme.patterns]


def book_of(options: ThemesOptions, base: Path) -> Book:
    """The book that options ask for. Raises `ConfigError` with every fault of the project's codebook, by line."""
    own = _entries(Path(options.codebook).stem, _read(base, options.codebook)) if options.codebook else []
    taken = {entry.theme.id for entry in own}
    names = dict.fromkeys((COMMON, *options.packs) if options.packs else ())
    shipped = [entry for name in names for entry in _entries(name, pack(name)) if entry.theme.id not in taken]
    return Book((*shipped, *own))


@cache
def pack(name: str) -> Codebook:
    """A codebook that ships with the plugin."""
    path = PACKS / f"{name}.yaml"
    return read_options(path, path.name, Codebook)


def _read(base: Path, relative: str) -> Codebook:
    path = base / relative
    if not path.is_file():
        mend = "Write one in the shape of the packs; `cxreport code discover` proposes one."
        raise ConfigError(Problem(relative, "there is no such file.", mend))
    return read_options(path, relative, Codebook)


def _entries(file: str, codebook: Codebook) -> list[Entry]:
    return [Entry(file, theme) for theme in codebook.themes]
