"""The word lists of `words.yaml`, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """A label for comparing: case, blanks and outer punctuation left out."""
    return _SPACE.sub(" ", text.casefold().replace("’", "'")).strip(" .:!*")


@dataclass(frozen=True)
class SurveyWords:
    """Patterns and labels by which columns are recognised."""

    patterns: dict[str, re.Pattern[str]]
    response: frozenset[str]
    open: frozenset[str]
    unticked: frozenset[str]
    no_answer: frozenset[str]
    scales: dict[str, tuple[dict[str, float], ...]]
    """Metric → label sets, each a label → value."""

    def found(self, pattern: str, text: str) -> bool:
        """Whether a named pattern occurs in a text."""
        return self.patterns[pattern].search(text) is not None


@cache
def words() -> SurveyWords:
    """The shipped lists."""
    raw: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    patterns = {
        f"{metric}.{part}": pattern for metric in ("nps", "csat", "ces") for part, pattern in raw[metric].items()
    }
    patterns |= {name: raw[name] for name in ("other", "email")}
    patterns["personal"] = rf"^(?:{'|'.join(raw['personal'])})$"
    return SurveyWords(
        patterns={name: re.compile(p, re.I) for name, p in patterns.items()},
        response=_labels(raw["response"]),
        open=_labels(raw["open"]),
        unticked=_labels(raw["unticked"]),
        no_answer=_labels(raw["no_answer"]),
        scales={metric: tuple(map(_scale, raw["scales"][metric])) for metric in ("csat", "ces")},
    )


def _labels(raw: list[str]) -> frozenset[str]:
    return frozenset(plain(label) for label in raw)


def _scale(labels: list[str]) -> dict[str, float]:
    return {plain(name): float(value) for value, names in enumerate(labels, 1) for name in names.split("|")}
