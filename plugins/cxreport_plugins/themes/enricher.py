"""The enricher `themes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import polars as pl

from cxreport.api import LABELS, Context, Enricher
from cxreport_plugins.common.fold import written
from cxreport_plugins.themes.codebook import book_of
from cxreport_plugins.themes.matching import themes_of
from cxreport_plugins.themes.options import ThemesOptions


class Themes(Enricher):
    """Tells what customers talk about, by the patterns of a codebook; a record may have any number of themes.

    Adds the labels `themes`, each with the rule that found it, such as `airline/luggage#en.2`, and `themes_read`:
    whether the record is a customer's text in a language of the codebook, so that "no theme" means something.
    Without `packs` and `codebook` nothing is looked for. Patterns find what they were written for and nothing
    else: a share is a share of those who said it in known words.
    """

    name: ClassVar[str] = "themes"
    Options: ClassVar[type[ThemesOptions]] = ThemesOptions
    needs: ClassVar[tuple[str, ...]] = ("title", "text", "lang", "customer_voice")
    adds: ClassVar = {"themes": LABELS, "themes_read": pl.Boolean}

    def __init__(self, options: ThemesOptions, context: Context) -> None:
        super().__init__(options, context)
        self._book = book_of(options, context.base)
        self.version = f"1+{self._book.digest}"

    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """The themes, by their labels in the language of the report."""
        labels = self._book.labels(self.context.language)
        return {"themes": labels} if labels else {}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """The two columns for the rows of `batch`."""
        rows = batch.with_columns(said=written()).with_row_index("row")
        heard = pl.col("customer_voice") & (pl.col("said") != "") & pl.col("lang").is_in(self._book.languages)
        rows = rows.with_columns(themes_read=heard.fill_null(value=False))
        parts = [pl.DataFrame(schema={"row": pl.UInt32, "themes": LABELS})]
        for (language,), part in rows.filter("themes_read").partition_by("lang", as_dict=True).items():
            found = themes_of(part["said"], str(language), self._book)
            parts.append(pl.DataFrame({"row": part["row"], "themes": found}))
        joined = rows.join(pl.concat(parts), on="row", how="left", maintain_order="left")
        return joined.select(pl.col("themes").fill_null(pl.lit([], LABELS)), "themes_read")
