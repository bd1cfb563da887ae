"""The enricher `entity`."""

from __future__ import annotations

from typing import Any, ClassVar

import polars as pl

from cxreport.api import Context, Enricher
from cxreport_plugins.entity.matching import (
    first_mentioned,
    fold,
    fold_word,
    handle_patterns,
    name_patterns,
)

UNKNOWN = "unknown"


class Entity(Enricher):
    """Tells whom a record is about: `brand`, a rival's slug, or `unknown`.

    Adds `entity`, and `entity_rule` with the first rule that told: the source's option, the record's own
    `brand` column, its author, the account it answers, handles in the text, names in the text. Where a text
    mentions several companies the first mentioned counts, and the rule ends in `_first`.
    """

    name: ClassVar[str] = "entity"
    needs: ClassVar[tuple[str, ...]] = (
        "source_entity", "brand", "author_handle", "in_reply_to_handle", "title", "text",
    )  # fmt: skip
    adds: ClassVar = {"entity": pl.String, "entity_rule": pl.String}

    def __init__(self, options: Any, context: Context) -> None:
        super().__init__(options, context)
        companies = context.brand.companies
        self._handles = {h: entity for entity, company in reversed(companies) for h in company.bare_handles}
        self._names = {
            fold_word(n): entity for entity, company in reversed(companies) for n in company.all_names
        }
        self._names |= {entity: entity for entity, _ in companies}
        self._handle_patterns = handle_patterns(context.brand)
        self._name_patterns = name_patterns(context.brand)

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """`entity` and `entity_rule` of the rows of `batch`."""
        text = fold(pl.concat_str("title", "text", separator="\n", ignore_nulls=True))
        by_handle, handles = first_mentioned(text, self._handle_patterns)
        by_name, names = first_mentioned(text, self._name_patterns)
        rules = {
            "source": (_look_up("source_entity", self._names), pl.lit(1)),
            "brand_column": (_look_up("brand", self._names), pl.lit(1)),
            "author": (_look_up("author_handle", self._handles), pl.lit(1)),
            "reply_to": (_look_up("in_reply_to_handle", self._handles), pl.lit(1)),
            "handle": (by_handle, handles),
            "name": (by_name, names),
        }
        rule: pl.Expr = pl.coalesce(
            pl.when(entity.is_not_null()).then(
                pl.when(several > 1).then(pl.lit(f"{name}_first")).otherwise(pl.lit(name))
            )
            for name, (entity, several) in rules.items()
        )
        found = pl.coalesce(entity for entity, _ in rules.values())
        return batch.select(
            found.fill_null(UNKNOWN).alias("entity"), rule.fill_null(UNKNOWN).alias("entity_rule")
        )


def _look_up(column: str, table: dict[str, str]) -> pl.Expr:
    """The entity whose name or handle stands in `column`, or null."""
    key = fold(pl.col(column).str.strip_chars().str.strip_chars_start("@"))
    if not table:
        return pl.lit(None, pl.String)
    return key.replace_strict(table, default=None, return_dtype=pl.String)
