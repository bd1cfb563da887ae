"""The enricher `cues`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import polars as pl

from cxreport.api import LABELS, Context, Enricher
from cxreport_plugins.common.fold import written
from cxreport_plugins.common.labels import FOUND, gathered
from cxreport_plugins.common.search import first_found
from cxreport_plugins.discovery.lists import EARLY, EVERYWHERE, LANGUAGES, companies, digest, patterns

AFTER = "smot"
"""The moment at which nobody tells any more where they heard of it or why they chose."""


class Cues(Enricher):
    """Tells what customers let slip: sources, whom they cite, what they use, want, own, expect, and what moves them.

    Adds the labels `cues`, such as `source.search` or `ladder.want`, each with the rule that found it (language and
    place in the list), and the labels `companies`: the brand and the rivals that a text names. Only customers' texts
    in English and Russian are read (`cues_read`); sources, citations and reasons only where the moment is not `smot`.
    """

    name: ClassVar[str] = "cues"
    needs: ClassVar[tuple[str, ...]] = ("title", "text", "lang", "customer_voice", "moment")
    adds: ClassVar = {"cues": LABELS, "companies": LABELS, "cues_read": pl.Boolean}

    def __init__(self, options: Any, context: Context) -> None:
        super().__init__(options, context)
        self.version = f"1+{digest()}"

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """The three columns for the rows of `batch`."""
        rows = batch.with_row_index("row").filter(pl.col("customer_voice"))
        rows = rows.select("row", "lang", "moment", said=written()).filter(pl.col("said") != "")
        found = pl.concat([pl.DataFrame(schema=FOUND), *self._found(rows)])
        named = self._named(rows)
        heard = rows.filter(pl.col("lang").is_in(LANGUAGES)).select("row", cues_read=pl.lit(value=True))
        every = pl.DataFrame({"row": pl.int_range(len(batch), dtype=pl.UInt32, eager=True)})
        marked = every.join(heard, on="row", how="left", maintain_order="left")
        return marked.select(
            gathered(found, len(batch)).alias("cues"),
            gathered(named, len(batch)).alias("companies"),
            pl.col("cues_read").fill_null(value=False),
        )

    def _found(self, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
        early = rows.filter(pl.col("moment").ne_missing(AFTER))
        for language in LANGUAGES:
            for groups, texts in ((EARLY, early), (EVERYWHERE, rows)):
                read = texts.filter(pl.col("lang") == language)
                yield _labelled(read, patterns(groups, language, self.context.brand), language)

    def _named(self, rows: pl.DataFrame) -> pl.DataFrame:
        return _labelled(rows, {entity: [regex] for entity, regex in companies(self.context.brand).items()}, "name")


def _labelled(rows: pl.DataFrame, found: Mapping[str, list[str]], rule: str) -> pl.DataFrame:
    """The rows that hold one of the regexes of a label, with the first that is found."""
    hits = first_found(rows["said"], list(found.values()))
    row, label = rows["row"].gather(hits["row"]), pl.Series(list(found), dtype=pl.String).gather(hits["group"])
    return hits.select(row=row, label=label, weight=pl.lit(1.0), rule=pl.concat_str(pl.lit(f"{rule}."), "place"))
