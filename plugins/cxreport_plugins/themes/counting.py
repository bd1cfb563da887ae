"""What all measures of themes count: customers' texts that the codebook could read, and their themes."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cxreport.api import Context, Feedback, Measure, Predicate, Result, Scope
from cxreport_plugins.common.people import AGGREGATES, coarse, columns
from cxreport_plugins.themes.codebook import Book, book_of
from cxreport_plugins.themes.options import ThemesOptions

Frame = nw.LazyFrame[Any]

READ = "themes_read"
KIND = "themes"
WITHOUT = "none"
"""The dim `theme` of texts in which no theme was found."""


def book(context: Context) -> Book:
    """The codebook of this audit, as its enricher was told."""
    return book_of(ThemesOptions.model_validate(context.enrich.get("themes", {})), context.base)


def read(scope: Scope) -> Predicate:
    """The base of every share: texts in a language of the codebook."""
    return scope.population.where((READ, "eq", True))


def having(theme: str) -> Predicate:
    """The labels that name the records with a theme."""
    return Predicate(table="labels", all=(("kind", "eq", KIND), ("label", "eq", theme)))


def themed(records: Frame, feedback: Feedback) -> Frame:
    """The records once for each of their themes, in the column `theme`."""
    labels = feedback.labels.filter(nw.col("kind") == KIND).select("record_id", theme=nw.col("label")).unique()
    return records.join(labels, on="record_id", how="inner")


def tally(records: Frame, *keys: str) -> Frame:
    """Rows per combination of `keys` and cluster of authors: `n` records, and their people."""
    marked = coarse(records).with_columns(**columns(~nw.col("record_id").is_null()))
    return marked.group_by(*keys, "author_bucket").agg(n=nw.len(), **AGGREGATES)


def unheard(measure: Measure) -> Result:
    """*Not testable*: nothing was looked for, or nobody could have been heard."""
    if not book(measure.context).entries:
        needs = ("enrich.themes.packs", "enrich.themes.codebook")
        return measure.untestable("no codebook and no pack of themes is configured", *needs)
    return measure.untestable("no customer's text is in a language of the codebook", "texts in such a language")
