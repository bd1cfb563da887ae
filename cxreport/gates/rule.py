"""Rule: the threshold of a gate, as written in config.yaml."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cxreport.plugin.context import Options, or_text

Of = Literal["value", "previous", "trend"]
LOADS = ("loads.rejected_share", "loads.unread")
"""Figures of the ledger: rejected rows of those read, and files that could not be read."""
_RULE = re.compile(
    r"\s*(?P<trend>trend)?\s*(?P<sign>[<>]=?)\s*"
    r"(?:(?P<previous>previous)\s*(?:(?P<way>[+-])\s*(?P<by>\d+(?:\.\d+)?)(?P<part>%)?)?"
    r"|(?P<at>[+-]?\d+(?:\.\d+)?)(?P<percent>%)?)\s*"
)
_FORMS = 'such as ">= 20", "<= 5%", ">= previous", ">= previous - 5" or "trend >= 0"'


class Rule(BaseModel):
    """`>= 20`: which side of which number is good, and of what the number is."""

    model_config = ConfigDict(frozen=True)

    text: str
    of: Of = "value"
    """The result itself, its difference to the previous audit (now less then), or its slope a month."""
    at_least: bool
    """Whether large is good."""
    strict: bool = False
    """Whether the number itself is not good enough any more."""
    at: float

    @classmethod
    def parse(cls, text: str) -> Rule:
        """The rule of a text; raises `ValueError` telling the forms there are."""
        found = _RULE.fullmatch(text)
        if found is None or (found["trend"] and found["previous"]):
            raise ValueError(f"it is no rule {_FORMS}")
        sign, before = found["sign"], found["previous"]
        number = float(found["by"] or 0) if before else float(found["at"])
        at = (-number if found["way"] == "-" else number) / (100 if found["percent"] or found["part"] else 1)
        of: Of = "previous" if before else "trend" if found["trend"] else "value"
        return cls(text=" ".join(text.split()), of=of, at_least=">" in sign, strict="=" not in sign, at=at + 0.0)

    def good(self, value: float) -> bool:
        """Whether an exact number keeps the rule."""
        if value == self.at:
            return not self.strict
        return (value > self.at) is self.at_least


class Gate(Options):
    """One threshold."""

    model_config = ConfigDict(json_schema_extra=or_text)

    rule: str
    """`>= 20`, `<= 5%`, `>= previous`, `>= previous - 5`, `trend >= 0`."""
    inconclusive: Literal["pass", "fail"] = "pass"
    """What it counts as where the interval holds the threshold, or there is no number."""
    why: str = Field(default="", max_length=200)
    """Said with the outcome."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"rule": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _sound(self) -> Gate:
        Rule.parse(self.rule)
        return self
