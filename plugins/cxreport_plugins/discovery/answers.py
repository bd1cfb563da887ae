"""Answers of surveys to questions about discovery: how they heard, what else they looked at, which channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from cxreport.api import Feedback, Scope
from cxreport_plugins.common.shares import tally
from cxreport_plugins.discovery.counting import Frame
from cxreport_plugins.discovery.lists import LANGUAGES, cues

NOTHING = r"^\s*(none|no one|nobody|no other|nothing|no|нет|никак\S*|ничего|ни одн\S+)\b"
"""An answer that names nothing."""
OTHER = "other"
"""Answers in which no class is found."""


def answered(feedback: Feedback, scope: Scope, asked: str, found: Mapping[str, str], *keys: str) -> Frame:
    """A tally of the answers to the questions of a kind, with how many hold each of the regexes `found`; and `other`.

    A question is known by its wording. A person who answers a question twice counts twice.
    """
    said = to(feedback, scope, asked)
    flags = {ident: nw.col("said").str.contains(regex) for ident, regex in found.items()}
    named = said.with_columns(**flags)
    nothing = nw.lit(value=True)
    for ident in found:
        nothing = nothing & ~nw.col(ident)
    return tally(named, *keys, **{ident: nw.col(ident) for ident in found}, **{OTHER: nothing})


def to(feedback: Feedback, scope: Scope, asked: str) -> Frame:
    """The default population's answers to the questions of a kind: columns of the records, and `said`, folded."""
    wording = nw.col("question_text").str.to_lowercase().str.contains(wordings(asked)).fill_null(value=False)
    given = feedback.answers.filter(wording, ~nw.col("value_text").is_null(), nw.col("value_text") != "")
    said: Any = nw.col("value_text").str.to_lowercase().str.replace_all("ё", "е", literal=True)
    texts = given.select("record_id", said=said)
    return feedback.of(scope.population).join(texts, on="record_id", how="inner")


def wordings(asked: str) -> str:
    """The regex of a kind of question."""
    cue = cues("asked")[asked]
    return "|".join(f"(?:{pattern})" for language in LANGUAGES for pattern in getattr(cue, language))
