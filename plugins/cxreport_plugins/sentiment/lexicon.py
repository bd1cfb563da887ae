"""Word lists: our own, read from `words/`, and VADER's, read from the installed package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("en", "ru", "de", "es", "pt", "fr", "it", "da")
"""Languages that have a list."""
SYMBOLS = "symbols"
"""Name of the list of emoji and emoticons, which every language shares."""
VERSION = 1
"""Version of the lists and of the way they are read; a change makes old scores incomparable."""
DEGREE = 0.293
"""What a degree word adds to the weight of the word after it: VADER's B_INCR (Hutto & Gilbert 2014)."""
PREFIXED = -1.5
"""Weight of a positive stem written together with a negating prefix."""
STEM_MARK = "*"


@dataclass(frozen=True)
class Lexicon:
    """What a scorer knows of one language; all keys are in lower case, with ё folded to е."""

    language: str
    words: Mapping[str, float]
    """Whole word → weight, -4 … 4."""
    stems: Mapping[str, float] = field(default_factory=dict)
    """Beginning of a word → weight; whole words and longer stems win."""
    negate: frozenset[str] = frozenset()
    degree: Mapping[str, float] = field(default_factory=dict)
    """Degree word → what it adds (very) or takes (slightly)."""
    but: frozenset[str] = frozenset()
    cuts: tuple[float, float] = (-0.05, 0.05)
    """Scores up to the first are negative, from the second on positive."""
    extra: bool = False
    """Whether a project added words of its own."""

    @property
    def name(self) -> str:
        """Value of the column `sentiment_scorer`, such as `lexicon-en-1` or `lexicon-en-1+words`."""
        kind = SYMBOLS if self.language == SYMBOLS else f"lexicon-{self.language}"
        return f"{kind}-{VERSION}{'+words' if self.extra else ''}"

    def extended(self, words: Mapping[str, float]) -> Lexicon:
        """This list with more words; a word that is already there takes the new weight."""
        whole, stems = split_stems(words)
        return replace(self, words={**self.words, **whole}, stems={**self.stems, **stems}, extra=True)


def fold(word: str) -> str:
    """The form in which words are compared."""
    return word.lower().replace("ё", "е").replace("’", "'")


def split_stems(words: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Whole words, and stems (written `stem*`) without their star."""
    folded = {fold(word): float(weight) for word, weight in words.items()}
    whole = {word: weight for word, weight in folded.items() if not word.endswith(STEM_MARK)}
    stems = {word.rstrip(STEM_MARK): w for word, w in folded.items() if word.endswith(STEM_MARK)}
    return whole, stems


@cache
def lexicon(language: str) -> Lexicon:
    """The list of one of `LANGUAGES`, or `SYMBOLS`."""
    symbols = vader_symbols()
    if language == SYMBOLS:
        return Lexicon(SYMBOLS, symbols)
    own = _read(language)
    if language != "en":
        return replace(own, words={**symbols, **own.words})
    base = vader()
    return replace(base, words={**base.words, **symbols, **own.words}, stems=own.stems, but=own.but, cuts=own.cuts)


def _read(language: str) -> Lexicon:
    path = files(__package__) / "words" / f"{language}.yaml"
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    whole, stems = split_stems({w: weight for weight, line in raw["words"].items() for w in line.split()})
    if prefix := raw.get("negating_prefix"):
        stems = {**{prefix + stem: PREFIXED for stem, weight in stems.items() if weight >= 2}, **stems}

    def group(name: str) -> list[str]:
        return [fold(word) for word in raw.get(name, "").split()]

    return Lexicon(
        language=language,
        words=whole,
        stems=stems,
        negate=frozenset(group("negate")),
        degree={**dict.fromkeys(group("boost"), DEGREE), **dict.fromkeys(group("dampen"), -DEGREE)},
        but=frozenset(group("but")),
        cuts=tuple(raw.get("cuts", (-0.05, 0.05))),
    )


def vader() -> Lexicon:
    """VADER's English list (MIT) with its negations and degree words, without its phrases."""
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE

    negate = frozenset({*map(fold, NEGATE), "no"})
    words = {fold(word): weight for word, weight in _vader_words().items() if fold(word) not in negate}
    return Lexicon("en", words, negate=negate, degree={k: v for k, v in BOOSTER_DICT.items() if " " not in k})


@cache
def vader_symbols() -> dict[str, float]:
    """Emoticons of VADER's list, and its emoji at the mean weight of the words that describe them."""
    words = _vader_words()
    symbols = {fold(key): weight for key, weight in words.items() if not key[0].isalnum() and " " not in key}
    for line in _vader_file("emoji_utf8_lexicon.txt"):
        emoji, _, description = line.partition("\t")
        known = [words[word] for word in description.replace("-", " ").split() if word in words]
        if known:
            symbols[emoji.removesuffix("\ufe0f")] = sum(known) / len(known)
    return symbols


@cache
def _vader_words() -> dict[str, float]:
    rows = (line.split("\t") for line in _vader_file("vader_lexicon.txt"))
    return {row[0]: float(row[1]) for row in rows if len(row) > 1}


def _vader_file(name: str) -> list[str]:
    return (files("vaderSentiment") / name).read_text(encoding="utf-8").split("\n")
