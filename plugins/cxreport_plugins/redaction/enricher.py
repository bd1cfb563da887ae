"""The enricher `redaction`."""

from __future__ import annotations

from typing import Any, ClassVar

import polars as pl

from cxreport.api import LABELS, Context, Enricher
from cxreport_plugins.redaction.masks import COUNTED, Masker
from cxreport_plugins.redaction.options import RedactionOptions

RULES = {"card": "luhn", "iban": "mod97", "ip": "octets", "phone": "grouping", "name": "author_name"}
"""How a kind was made sure of; the others by pattern alone."""


class Redaction(Enricher):
    """Masks what identifies people in `text` and `title`.

    Adds the masked texts, with tokens such as `[email]`, and the labels `redactions`: kind of thing masked,
    with the count as weight. Handles of the brand and its rivals stay. A customer named in passing by a third
    person is not found: a quote still needs a reader's eye before it is published.
    """

    name: ClassVar[str] = "redaction"
    Options: ClassVar[type[RedactionOptions]] = RedactionOptions
    needs: ClassVar[tuple[str, ...]] = ("text", "title", "author_name")
    adds: ClassVar = {"text_redacted": pl.String, "title_redacted": pl.String, "redactions": LABELS}

    def __init__(self, options: RedactionOptions, context: Context) -> None:
        super().__init__(options, context)
        companies = [company for _, company in context.brand.companies]
        extra = [handle.removeprefix("@") for handle in options.keep_handles]
        self._masker = Masker(
            keep=tuple(h for company in companies for h in company.bare_handles) + tuple(extra),
            public_names=frozenset(n.lower() for company in companies for n in company.all_names),
        )

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """`text_redacted`, `title_redacted` and `redactions` of the rows of `batch`."""
        text = self._masker.mask(batch["text"], batch["author_name"])
        title = self._masker.mask(batch["title"], batch["author_name"])
        counts = pl.DataFrame({kind: text[kind] + title[kind] for kind in COUNTED})
        return pl.DataFrame(
            {
                "text_redacted": text["text"],
                "title_redacted": title["text"],
                "redactions": _labels(counts),
            }
        )


def _labels(counts: pl.DataFrame) -> pl.Series:
    """A list for every row: one label for each kind that occurs, with its count."""
    numbered = counts.with_row_index("row")
    by_kind = [
        numbered.filter(pl.col(kind) > 0).select(
            "row",
            pl.struct(
                pl.lit(kind).alias("label"),
                pl.col(kind).cast(pl.Float64).alias("weight"),
                pl.lit(RULES.get(kind, "pattern")).alias("rule"),
            ).alias("redactions"),
        )
        for kind in COUNTED
    ]
    lists = pl.concat(by_kind).group_by("row", maintain_order=True).agg("redactions")
    joined = numbered.select("row").join(lists, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("redactions").fill_null(pl.lit([], LABELS))).to_series()
