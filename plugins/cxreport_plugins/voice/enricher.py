"""The enricher `voice`."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import polars as pl

from cxreport.api import Context, Enricher
from cxreport_plugins.voice.gate import LANGUAGES, fold, gate
from cxreport_plugins.voice.options import VoiceOptions

ROLES = {
    "brand": "author.role_brand",
    "agent": "author.role_agent",
    "bot": "author.bot",
    "media": "author.media",
}
NOTHING = r"[^\s\S]"
"""Matches no text."""
BOT_HANDLE = r"(?i:(^|[_\d])bot\d*$)|[a-z0-9]Bot\d*$"
NEWS_HANDLE = r"(?i:(^|_)news(_|$)|news\d+$)|[a-z0-9]News$|^News[A-Z]"


class Voice(Enricher):
    """Tells customers from everybody else who writes about a brand.

    Adds `customer_voice`, and `voice_rule` with the rule that decided. What a company writes is never a
    customer's voice; reviews, surveys and calls are one by their source; posts on open channels must pass a
    gate of cues, where their language has one (English, Russian).
    """

    name: ClassVar[str] = "voice"
    Options: ClassVar[type[VoiceOptions]] = VoiceOptions
    needs: ClassVar[tuple[str, ...]] = (
        "channel", "kind", "title", "text", "lang",
        "author_handle", "author_role", "brand_authored", "in_reply_to_handle",
    )  # fmt: skip
    adds: ClassVar = {"customer_voice": pl.Boolean, "voice_rule": pl.String}

    def __init__(self, options: VoiceOptions, context: Context) -> None:
        super().__init__(options, context)
        self._own = list(context.brand.own.bare_handles)
        self._rivals = [handle for rival in context.brand.rivals for handle in rival.bare_handles]

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """`customer_voice` and `voice_rule` of the rows of `batch`."""
        rows = batch.with_columns(
            said=fold(pl.concat_str("title", "text", separator="\n", ignore_nulls=True)).fill_null(""),
            author=_handle("author_handle"),
            addressee=_handle("in_reply_to_handle"),
        )
        rows = rows.with_columns(rule=self._by_author()).with_columns(
            rule=pl.when(pl.col("rule").is_not_null())
            .then("rule")
            .when(~pl.col("channel").is_in(list(self.options.open_channels)).fill_null(value=False))
            .then(pl.lit("source"))
            .when(pl.col("said").str.strip_chars() == "")
            .then(pl.lit("gate.no_text"))
        )
        rule = pl.concat([rows["rule"].to_frame(), self._gated(rows)], how="horizontal")
        decided = rule.select(pl.coalesce("rule", "gated").alias("voice_rule"))
        customer = pl.col("voice_rule").is_in(["source", "gate.customer", "gate.no_list"])
        return decided.select(customer.alias("customer_voice"), "voice_rule")

    def _by_author(self) -> pl.Expr:
        """Rules that need no text; null where none holds."""
        handle = pl.col("author_handle").str.strip_chars().str.strip_chars_start("@")
        rules = {
            "author.brand_handle": pl.col("author").is_in(self._own),
            "author.rival_handle": pl.col("author").is_in(self._rivals),
            "author.brand_authored": pl.col("brand_authored"),
            "author.owner_reply": pl.col("kind") == "owner_reply",
            **{rule: pl.col("author_role") == role for role, rule in ROLES.items()},
            "repost": (pl.col("kind") == "repost") | pl.col("said").str.contains(r"^\s*rt @\w+"),
            "author.bot_handle": handle.str.contains(BOT_HANDLE),
            "author.news_handle": handle.str.contains(NEWS_HANDLE),
        }
        return pl.coalesce(pl.when(holds).then(pl.lit(rule)) for rule, holds in rules.items())

    def _gated(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The column `gated`: what the gate says of the rows that nothing else decided."""
        verdict = pl.Series("gated", ["gate.no_list"], pl.String).new_from_index(0, rows.height)
        for language in LANGUAGES:
            mine = rows["rule"].is_null() & (rows["lang"] == language).fill_null(value=False)
            where = mine.arg_true()
            part = rows.filter(mine).select("said", addressed=self._addressed())
            judged = gate(language).judge(part)
            told = pl.when("passes").then(pl.lit("customer")).otherwise("rule")
            verdict = verdict.scatter(where, judged.select(pl.lit("gate.") + told).to_series())
        return verdict.to_frame()

    def _addressed(self) -> pl.Expr:
        """2 for answering a company of the audit or beginning with its handle, 1 for naming it or taking up a post.

        News and adverts speak about companies; customers speak to them, and to each other.
        """
        handles = [*self._own, *self._rivals]
        named = rf"@({'|'.join(map(re.escape, handles))})\b" if handles else NOTHING
        direct = pl.col("addressee").is_in(handles) | pl.col("said").str.contains(rf"^\s*{named}")
        loose = pl.col("said").str.contains(named) | pl.col("kind").is_in(["reply", "quote"])
        return pl.when(direct).then(2).when(loose).then(1).otherwise(0)


def _handle(column: str) -> pl.Expr:
    """A handle in the form of `Company.bare_handles`."""
    return pl.col(column).str.strip_chars().str.strip_chars_start("@").str.to_lowercase()
