"""Looking for themes in texts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from cxreport_plugins.common.labels import gathered
from cxreport_plugins.common.search import first_found
from cxreport_plugins.themes.codebook import Book


def themes_of(folded: pl.Series, language: str, book: Book) -> pl.Series:
    """A list of labels for each folded text of one language, in the order of the book.

    A theme that several packs bring is given once, by the first rule that found it (`airline/luggage#en.2`).
    """
    spoken = book.spoken(language)
    hits = first_found(folded, [patterns.include for _, patterns in spoken])
    for number, (_, patterns) in enumerate(spoken):
        hits = _without(hits, number, folded, patterns.exclude)
    themes = pl.Series([entry.theme.id for entry, _ in spoken], dtype=pl.String)
    rules = pl.Series([f"{entry.file}/{entry.theme.id}#{language}." for entry, _ in spoken], dtype=pl.String)
    found = hits.select(
        "row", label=themes.gather(hits["group"]), weight=pl.lit(1.0),
        rule=rules.gather(hits["group"]) + pl.col("place").cast(pl.String),
    )  # fmt: skip
    return gathered(found.unique(["row", "label"], keep="first", maintain_order=True), len(folded))


def _without(hits: pl.DataFrame, group: int, folded: pl.Series, patterns: Sequence[str]) -> pl.DataFrame:
    """The hits but those of a group in whose text one of these patterns is found."""
    mine = pl.col("group") == group
    for pattern in patterns:
        rows = hits.filter(mine)["row"]
        against = rows.filter(folded.gather(rows).str.contains(pattern))
        hits = hits.filter(~(mine & pl.col("row").is_in(against.implode())))
    return hits
