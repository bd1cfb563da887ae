"""The enricher `moments`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import polars as pl

from cxreport.api import LABELS, Context, Enricher
from cxreport_plugins.moments.mapping import NONE, TEXT, check, default_rules, mapped
from cxreport_plugins.moments.options import MomentsOptions
from cxreport_plugins.moments.pattern import ACTS, LANGUAGES, patterns
from cxreport_plugins.moments.text import acts_of, fold, hits, moment_of

SPOKEN: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "by_text": pl.String,
    "text_rule": pl.String,
    "moment_alt": pl.String,
    "acts": LABELS,
}


class Moments(Enricher):
    """Tells what a record is about, who could see it, and what it does.

    Adds `moment` (`stimulus`, `zmot`, `fmot`, `smot` or null) with `moment_rule`, `moment_alt` (the moment
    that scored the same), `shared` (`public`, `semi`, `private` or null) and the labels `acts`. The map of
    sources, channels and questions decides first; what is said decides only for customers on open channels,
    in the languages that have patterns (English, Russian). Nothing is imputed: no evidence, no moment. UMOT
    is not a moment but the view over shared records with an act that reaches other customers.
    """

    name: ClassVar[str] = "moments"
    Options: ClassVar[type[MomentsOptions]] = MomentsOptions
    needs: ClassVar[tuple[str, ...]] = (
        "source_id", "channel", "kind", "metric", "question_text", "title", "text", "lang", "customer_voice",
    )  # fmt: skip
    adds: ClassVar = {
        "moment": pl.String,
        "moment_rule": pl.String,
        "moment_alt": pl.String,
        "shared": pl.String,
        "acts": LABELS,
    }

    def __init__(self, options: MomentsOptions, context: Context) -> None:
        super().__init__(options, context)
        check(options.map)
        self._rules = (*options.map, *default_rules())

    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """The acts."""
        return {"acts": ACTS}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """The five columns for the rows of `batch`."""
        text = fold(pl.concat_str("title", "text", separator=" ", ignore_nulls=True)).fill_null("")
        rows = batch.select(
            mapped(self._rules).alias("map"),
            customer=pl.col("customer_voice").fill_null(value=False),
            lang=pl.col("lang"),
            said=text,
        )
        rows = rows.unnest("map").with_row_index("row")
        spoken = [pl.DataFrame(schema=SPOKEN), *self._spoken(rows)]
        joined = rows.join(pl.concat(spoken), on="row", how="left", maintain_order="left")
        by_text = pl.col("customer") & (pl.col("moment") == TEXT).fill_null(value=False)
        return joined.select(
            pl.when(by_text).then("by_text").when("customer").then(_moment_of_map()).alias("moment"),
            _rule(by_text).alias("moment_rule"),
            pl.when(by_text).then("moment_alt").alias("moment_alt"),
            "shared",
            pl.col("acts").fill_null(pl.lit([], LABELS)),
        )

    def _spoken(self, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """What the texts of customers say, by language."""
        heard = rows.filter(pl.col("customer") & (pl.col("said") != "") & pl.col("lang").is_in(LANGUAGES))
        for (language,), part in heard.partition_by("lang", as_dict=True).items():
            found = patterns(str(language), self.options.packs)
            hit = hits(part["said"], found)
            moment = moment_of(hit, found, self.options.minimum)
            columns = {
                "row": part["row"],
                "by_text": moment["moment"],
                "text_rule": moment["moment_rule"],
                "moment_alt": moment["moment_alt"],
                "acts": acts_of(hit, found, self.options.minimum),
            }
            yield pl.DataFrame(columns, schema=SPOKEN)


def _moment_of_map() -> pl.Expr:
    return pl.when(~pl.col("moment").is_in([TEXT, NONE])).then("moment")


def _rule(by_text: pl.Expr) -> pl.Expr:
    """The rule that decided, or why none did."""
    return (
        pl.when(~pl.col("customer"))
        .then(pl.lit("none.not_customer"))
        .when(~by_text)
        .then(pl.col("rule").fill_null("none.unmapped"))
        .when(pl.col("said") == "")
        .then(pl.lit("none.no_text"))
        .otherwise(pl.col("text_rule").fill_null("none.no_patterns"))
    )
