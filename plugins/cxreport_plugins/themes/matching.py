"""Looking for themes in texts."""

from __future__ import annotations

import polars as pl

from cxreport_plugins.common.labels import FOUND, gathered
from cxreport_plugins.common.search import search
from cxreport_plugins.themes.codebook import Book, Entry, Patterns


def themes_of(folded: pl.Series, language: str, book: Book) -> pl.Series:
    """A list of labels for each folded text of one language, in the order of the book.

    A theme that several packs bring is given once, by the first rule that found it.
    """
    spoken = book.spoken(language)
    rows = iter(search(tuple(p for _, patterns in spoken for p in patterns.include)).rows(folded))
    parts = [
        _found(folded, language, entry, patterns, [next(rows) for _ in patterns.include]) for entry, patterns in spoken
    ]
    found = pl.concat([pl.DataFrame(schema=FOUND), *parts])
    return gathered(found.unique(["row", "label"], keep="first", maintain_order=True), len(folded))


def _found(folded: pl.Series, language: str, entry: Entry, patterns: Patterns, hits: list[pl.Series]) -> pl.DataFrame:
    """The rows that have the theme, with the first pattern that says so: `airline/luggage#en.2`."""
    numbered = [pl.DataFrame({"row": rows, "place": place}) for place, rows in enumerate(hits, 1)]
    first = pl.concat([part.cast({"row": pl.UInt32, "place": pl.Int64}) for part in numbered])
    found = first.group_by("row").agg(pl.col("place").min()).sort("row")
    for pattern in patterns.exclude:
        found = found.filter(~folded.gather(found["row"]).str.contains(pattern))
    name = f"{entry.file}/{entry.theme.id}#{language}."
    return found.select(
        "row", label=pl.lit(entry.theme.id), weight=pl.lit(1.0), rule=pl.lit(name) + pl.col("place").cast(pl.String)
    )
