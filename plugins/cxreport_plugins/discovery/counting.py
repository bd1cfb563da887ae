"""What the measures of discovery count: records before a choice, their cues and questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import narwhals as nw

from cxreport.api import Context, Feedback, Predicate, Scope, any_of

Frame = nw.LazyFrame[Any]

READ: Final = "cues_read"

BEFORE: Final = ("stimulus", "zmot", "fmot")
"""Moments up to the choice."""
PATTERNS: Final = (
    "Cues are found by lists of patterns, English and Russian: what is said in other words is missed, so shares of all "
    "texts are lower bounds."
)


def read(scope: Scope) -> Predicate:
    """Texts in which cues were looked for."""
    return scope.population.where((READ, "eq", True))


def early(scope: Scope) -> Predicate:
    """Texts up to the choice, in a language of the lists."""
    return read(scope).where(any_of("moment", BEFORE))


def companies_of(scope: Scope, context: Context) -> Predicate:
    """The default population, but about the brand or any rival."""
    others = tuple(term for term in scope.population.all if term[0] != "entity")
    return Predicate(all=(*others, any_of("entity", [entity for entity, _ in context.brand.companies])))


def having(label: str, kind: str = "cues") -> Predicate:
    """The labels that name the records with a cue."""
    return Predicate(table="labels", all=(("kind", "eq", kind), ("label", "eq", label)))


def cued(records: Frame, feedback: Feedback, group: str) -> Frame:
    """The records once for each of their cues of a group, in the column `label`."""
    return records.join(labels(feedback, "cues", f"{group}."), on="record_id", how="inner")


def labels(feedback: Feedback, kind: str, prefix: str = "") -> Frame:
    """`record_id` and `label` of the labels of a kind that begin so, each once."""
    found = feedback.labels.filter(nw.col("kind") == kind)
    chosen = found.filter(nw.col("label").str.starts_with(prefix)) if prefix else found
    return chosen.select("record_id", "label").unique()


def doing(feedback: Feedback, acts: Iterable[str]) -> Frame:
    """`record_id` of the records that do one of these acts."""
    return labels(feedback, "acts").filter(nw.col("label").is_in(list(acts))).select("record_id").unique()


def with_question(records: Frame, feedback: Feedback) -> Frame:
    """Records with the column `asks`: an act of asking was found, or a question mark."""
    asking = doing(feedback, ("ask",)).with_columns(__asks=nw.lit(1))
    joined = records.join(asking, on="record_id", how="left")
    marked = nw.col("text").str.contains("?", literal=True).fill_null(value=False)
    return joined.with_columns(asks=marked | ~nw.col("__asks").is_null()).drop("__asks")
