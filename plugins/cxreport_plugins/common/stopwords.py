"""Words that phrases are not made of, by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "stopword_lists"
LANGUAGES = ("en", "ru")
"""Languages whose stop words are known: without them the commonest phrases are of the language, not the subject."""
ALONE = frozenset({"no", "not", "не", "ни"})
"""Words that tell something only with the one they turn round."""


@cache
def stopwords(language: str) -> frozenset[str]:
    """The stop words of a language, folded (lower case, ё as е)."""
    return _words(f"{language}.txt")


@cache
def verdicts() -> frozenset[str]:
    """Words that only judge, English and Russian: they tell a sentiment, not what it is about."""
    return _words("verdicts.txt")


def _words(name: str) -> frozenset[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
