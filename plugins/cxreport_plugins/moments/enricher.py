"""The enricher `moments`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import polars as pl

from cxreport.api import LABELS, Context, Enricher
from cxreport_plugins.common.fold import written
from cxreport_plugins.moments.dates import dated
from cxreport_plugins.moments.mapping import NONE, TEXT, check, default_rules, mapped
from cxreport_plugins.moments.options import MomentsOptions
from cxreport_plugins.moments.pattern import LANGUAGES, patterns
from cxreport_plugins.moments.text import acts_of, hits, moment_of

SPOKEN: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "by_text": pl.String,
    "text_rule": pl.String,
    "moment_alt": pl.String,
    "text_stage": pl.String,
    "acts": LABELS,
}
MEANINGS = {
    "ask": "asks something", "complain": "complains", "praise": "praises", "recommend": "recommends to others",
    "warn": "warns others", "thank": "thanks", "narrate": "tells what happened", "inform": "lets the company know",
}  # fmt: skip
PEERS = ("recommend", "warn")
"""Acts by which a record whose moment is known otherwise speaks to other customers."""


class Moments(Enricher):
    """Tells what a record is about, who could see it, and what it does.

    Adds `moment` (`stimulus`, `zmot`, `fmot`, `smot` or null) with `moment_rule`, `moment_alt` (the moment
    that scored the same), `stage` (one label for those who want one: `umot` where a record that others can see
    is an evaluation first of all, else the moment), `shared` (`public`, `semi`, `private` or null) and the labels
    `acts`. Of a customer's record, the first that tells its moment decides: the map of sources, channels and
    questions; the dates of the transaction; on open channels, in the languages that have patterns (English,
    Russian), what is said. Nothing is imputed: no evidence, no moment. UMOT is not a moment but the view over
    shared records with an act that reaches other customers.
    """

    name: ClassVar[str] = "moments"
    version = "2"
    Options: ClassVar[type[MomentsOptions]] = MomentsOptions
    needs: ClassVar[tuple[str, ...]] = (
        "source_id", "channel", "kind", "metric", "question_text", "title", "text", "lang", "customer_voice",
        "created_at", "experienced_at", "extra",
    )  # fmt: skip
    adds: ClassVar = {
        "moment": pl.String,
        "moment_rule": pl.String,
        "moment_alt": pl.String,
        "stage": pl.String,
        "shared": pl.String,
        "acts": LABELS,
    }

    def __init__(self, options: MomentsOptions, context: Context) -> None:
        super().__init__(options, context)
        check(options.map)
        self._rules = (*options.map, *default_rules())

    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """The acts."""
        return {"acts": MEANINGS}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """The six columns for the rows of `batch`."""
        rows = batch.select(
            mapped(self._rules).alias("map"),
            customer=pl.col("customer_voice").fill_null(value=False),
            lang=pl.col("lang"),
            said=written(),
        )
        rows = rows.unnest("map").hstack(dated(batch, self.options.dates)).with_row_index("row")
        spoken = [pl.DataFrame(schema=SPOKEN), *self._spoken(rows)]
        joined = rows.join(pl.concat(spoken), on="row", how="left", maintain_order="left")
        return (
            joined.with_columns(way=_way())
            .with_columns(_moment(), _rule())
            .select(
                "moment",
                "moment_rule",
                pl.when(pl.col("way") == "text").then("moment_alt").alias("moment_alt"),
                _stage(),
                "shared",
                pl.col("acts").fill_null(pl.lit([], LABELS)),
            )
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
                "text_stage": moment["stage"],
                "acts": acts_of(hit, found, self.options.minimum),
            }
            yield pl.DataFrame(columns, schema=SPOKEN)


def _way() -> pl.Expr:
    """By what a record's moment is told: `map`, `dates`, `text`, or null for who is no customer."""
    open_ = pl.col("moment").is_null() | (pl.col("moment") == TEXT)
    by_dates = open_ & pl.col("dated").is_not_null()
    by_text = (pl.col("moment") == TEXT).fill_null(value=False)
    way = pl.when(by_dates).then(pl.lit("dates")).when(by_text).then(pl.lit("text")).otherwise(pl.lit("map"))
    return pl.when("customer").then(way)


def _moment() -> pl.Expr:
    way = pl.col("way")
    of_map = pl.when(~pl.col("moment").is_in([TEXT, NONE])).then("moment")
    told = pl.when(way == "dates").then("dated").when(way == "text").then("by_text")
    return told.when(way == "map").then(of_map).alias("moment")


def _rule() -> pl.Expr:
    """The rule that decided, or why none did."""
    way = pl.col("way")
    silent = pl.when(pl.col("said") == "").then(pl.lit("none.no_text"))
    told = pl.when(way.is_null()).then(pl.lit("none.not_customer")).when(way == "dates").then("dated_rule")
    by_text = silent.otherwise(pl.col("text_rule").fill_null("none.no_patterns"))
    return (
        told.when(way == "text").then(by_text).otherwise(pl.col("rule").fill_null("none.unmapped")).alias("moment_rule")
    )


def _stage() -> pl.Expr:
    """One label: `umot` for an evaluation that others can see, else the moment."""
    seen = pl.col("customer") & pl.col("shared").is_in(["public", "semi"]).fill_null(value=False)
    done = pl.col("acts").list.eval(pl.element().struct.field("label").is_in(list(PEERS))).list.any()
    by_text = pl.when(seen).then("text_stage").otherwise("moment")
    known = pl.when(seen & done.fill_null(value=False)).then(pl.lit("umot")).otherwise("moment")
    return pl.when(pl.col("way") == "text").then(by_text).otherwise(known).alias("stage")
