"""The enricher `entity`."""

from __future__ import annotations

from typing import Any, ClassVar

import polars as pl

from cxreport.api import Context, Enricher
from cxreport_plugins.common.companies import (
    first_mentioned,
    fold,
    fold_word,
    handle_patterns,
    name_patterns,
)

UNKNOWN = "unknown"
INSTRUMENTS = ("survey_response", "ticket", "ticket_message", "dm")
"""Kinds that only the company itself collects: they are about the brand unless something says otherwise."""


class Entity(Enricher):
    """Tells whom a record is about: `brand`, a rival's slug, or `unknown`.

    Adds `entity`, and `entity_rule` with the first rule that told: the source's option, the record's own
    `brand` column, its author, its kind (a company's own surveys and tickets: `own_instrument`), the account it
    answers, handles in the text, names in the text. Where a text
    mentions several companies the first mentioned counts, and the rule ends in `_first`.
    """

    name: ClassVar[str] = "entity"
    needs: ClassVar[tuple[str, ...]] = (
        "source_entity", "brand", "author_handle", "kind", "in_reply_to_handle", "title", "text",
    )  # fmt: skip
    adds: ClassVar = {"entity": pl.String, "entity_rule": pl.String}

    def __init__(self, options: Any, context: Context) -> None:
        super().__init__(options, context)
        companies = context.brand.companies
        self._handles = {h: entity for entity, company in reversed(companies) for h in company.bare_handles}
        self._names = {fold_word(n): entity for entity, company in reversed(companies) for n in company.all_names}
        self._names |= {entity: entity for entity, _ in companies}
        self._handle_patterns = handle_patterns(context.brand)
        self._name_patterns = name_patterns(context.brand)

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """`entity` and `entity_rule` of the rows of `batch`."""
        text = batch.select(fold(pl.concat_str("title", "text", separator="\n", ignore_nulls=True))).to_series()
        told = batch.select(
            source=_look_up("source_entity", self._names),
            brand_column=_look_up("brand", self._names),
            author=_look_up("author_handle", self._handles),
            own_instrument=_own_instrument(),
            reply_to=_look_up("in_reply_to_handle", self._handles),
        ).with_columns(
            *_by_text("handle", first_mentioned(text, self._handle_patterns)),
            *_by_text("name", first_mentioned(text, self._name_patterns)),
        )
        rules = [pl.when(pl.col(rule).is_not_null()).then(pl.lit(rule)) for rule in told.columns]
        return told.select(
            pl.coalesce(*told.columns, pl.lit(UNKNOWN)).alias("entity"),
            pl.coalesce(*rules, pl.lit(UNKNOWN)).alias("entity_rule"),
        )


def _own_instrument() -> pl.Expr:
    """The brand, for what only it collects and no column ascribes to somebody else."""
    unclaimed = pl.col("brand").is_null() & pl.col("source_entity").is_null()
    return pl.when(pl.col("kind").is_in(INSTRUMENTS) & unclaimed).then(pl.lit("brand"))


def _by_text(rule: str, found: pl.DataFrame) -> list[pl.Series]:
    """The only company mentioned, under the rule's name; the first of several, under the name with `_first`."""
    single = pl.col("companies") == 1
    columns = {rule: pl.when(single).then("entity"), f"{rule}_first": pl.when(~single).then("entity")}
    return found.select(column.alias(name) for name, column in columns.items()).get_columns()


def _look_up(column: str, table: dict[str, str]) -> pl.Expr:
    """The entity whose name or handle stands in `column`, or null."""
    key = fold(pl.col(column).str.strip_chars().str.strip_chars_start("@"))
    if not table:
        return pl.lit(None, pl.String)
    return key.replace_strict(table, default=None, return_dtype=pl.String)
