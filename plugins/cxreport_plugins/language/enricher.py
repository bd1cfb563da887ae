"""The enricher `language`."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from cxreport.api import Enricher, View
from cxreport_plugins.language.codes import primary
from cxreport_plugins.language.detect import Prior, best, candidates, learn, letters, words_of
from cxreport_plugins.language.options import LanguageOptions

SAMPLE = 2000
"""Texts of each source that teach its prior."""


class Language(Enricher):
    """Tells the language of each record: the source's own word first, else detection.

    Adds `lang` (primary BCP-47 subtag, or null) and `lang_source` (`source`, `detected`, `undetermined`).
    Short texts stay undetermined unless the detector is sure.
    """

    name: ClassVar[str] = "language"
    Options: ClassVar[type[LanguageOptions]] = LanguageOptions
    needs: ClassVar[tuple[str, ...]] = ("source_id", "language", "title", "text")
    adds: ClassVar = {"lang": pl.String, "lang_source": pl.String}

    def fit(self, view: View) -> Prior:
        """Shares of languages in each source, in tenths: what makes `no` English here and Spanish there."""
        return learn(_read(view.sample(SAMPLE, by=("source_id",))))

    def apply(self, batch: pl.DataFrame, state: Prior) -> pl.DataFrame:
        """`lang` and `lang_source` of the rows of `batch`."""
        rows = _read(batch).with_row_index("row")
        asked = rows.filter(pl.col("lang").is_null() & (pl.col("words") != ""))
        found = self._detect(asked, state)
        believed = rows.join(found, on="row", how="left", maintain_order="left")
        source = (
            pl.when(pl.col("lang").is_not_null())
            .then(pl.lit("source"))
            .when(pl.col("seen").is_not_null())
            .then(pl.lit("detected"))
            .otherwise(pl.lit("undetermined"))
        )
        return believed.select(pl.coalesce("lang", "seen").alias("lang"), source.alias("lang_source"))

    def _detect(self, asked: pl.DataFrame, prior: Prior) -> pl.DataFrame:
        """row, seen: the rows whose detected language is believed."""
        found = candidates(asked["words"])
        parts = [asked.head(0).select("row", "words", seen="lang", sure=pl.lit(0.0))]
        for (source,), part in asked.partition_by("source_id", as_dict=True).items():
            mine = found.join(part, on="words", how="semi")
            seen = best(mine, prior.get(source or "", {})).rename({"lang": "seen"})
            parts.append(part.select("row", "words").join(seen, on="words"))
        return self._believed(pl.concat(parts)).select("row", "seen")

    def _believed(self, seen: pl.DataFrame) -> pl.DataFrame:
        """Short texts must be surer than long ones. Letters are counted only where that matters."""
        options = self.options
        certain = pl.col("sure") >= max(options.sure, options.least)
        needed = pl.when(letters(pl.col("words")) < options.short).then(options.sure).otherwise(options.least)
        return pl.concat([seen.filter(certain), seen.filter(~certain).filter(pl.col("sure") >= needed)])


def _read(records: pl.DataFrame) -> pl.DataFrame:
    """source_id, lang (the source's own), words (what the detector reads; empty without text)."""
    text = pl.concat_str("title", "text", separator=" ", ignore_nulls=True)
    return records.select("source_id", lang=primary(pl.col("language")), words=words_of(text).fill_null(""))
