"""The enricher `offers`: what customers miss and propose, and what the brand's own posts are good for."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, ClassVar, Final

import polars as pl

from cxreport.api import LABELS, Enricher
from cxreport_plugins.common.fold import written
from cxreport_plugins.common.labels import gathered
from cxreport_plugins.common.search import first_found

Cues = dict[str, tuple[tuple[str, str], ...]]
"""Label → language and Rust regex, on folded text."""
VARIANT, IDEA, HELPFUL, PROMOTIONAL = "variant", "idea", "helpful", "promotional"
CUSTOMERS: Final[Cues] = {
    VARIANT: (
        ("en", r"\b(i|we) (really )?wish you (had|sold|offered|made|would (offer|sell|make|add))\b"),
        ("en", r"\b(i|we) (really )?wish there (was|were) an?\b|\bif only (you (had|offered|sold)|there (was|were))\b"),
        ("en", r"\bwhy (is|are) there no\b|\bwhy (do you not|don't you) (offer|sell|have|make|stock|serve)\b"),
        ("en", r"\b(please|could you|can you) (bring back|add|offer|introduce|make) (a|an|the|more)\b"),
        ("en", r"\bwould (love|like) (to see|to have) (a|an|more|other)\b"),
        ("ru", r"\b(хотелось бы|хочется) (иметь|видеть|чтобы|больше)|\bпочему (у вас )?(нет|нельзя) \S+"),
        ("ru", r"\b(добавьте|введите) (пожалуйста )?\S+|\bверните (пожалуйста )?(стар|прежн|маршрут|рейс в)"),
        ("ru", r"\bне хватает (выбора|варианта|опции)|\bвот бы\b"),
    ),
    IDEA: (
        ("en", r"\b(here's|here is|i have|got) (an|one) (idea|suggestion)\b|\b(a|my) suggestion( is|:| would be)"),
        ("en", r"\b(i|we) (would )?(suggest|propose) (you|that|to|a|an|adding|making)\b|\bwhat if you\b"),
        ("ru", r"\b(есть|у меня) (идея|предложение)|\b(предлагаю|советую вам|могли бы вы просто|а что если)\b"),
    ),
}  # fmt: skip
BRAND: Final[Cues] = {
    HELPFUL: (
        ("en", r"\b(how to|tips?|guide|remember to|don't forget|make sure|please note|check (your|the)|learn how)\b"),
        ("en", r"\b(service (update|notice|alert)|travel (update|alert)|delays? (expected|possible))\b"),
        ("ru", r"\b(как (оформить|получить|вернуть|проверить|собрать)|советы|не забудьте|обратите внимание)\b"),
        ("ru", r"\b(напоминаем|возможны задержки|изменени\S+ в расписании)"),
    ),
    PROMOTIONAL: (
        ("en", r"\b(sale|discount|promo( code)?|book now|buy now|deals?|limited (time|offer)|special offer)\b|% off\b"),
        ("en", r"\bwin (a|two|free)\b|\bfrom (only|just) \S*\d"),
        ("ru", r"\b(скидк\S+|распродаж\S+|акци(я|и|ю)|промокод\S*|успей\S*|бронируй(те)?|розыгрыш\S*)"),
        ("ru", r"\bспецпредложени\S+"),
    ),
}  # fmt: skip
LANGUAGES: Final = ("en", "ru")


class Offers(Enricher):
    """Adds the labels `offers`: `variant` and `idea` of customers' texts, `helpful` and `promotional` of the brand's.

    The brand's are those of its own posts that answer nobody. English and Russian are read (`offers_read`).
    """

    name: ClassVar[str] = "offers"
    needs: ClassVar[tuple[str, ...]] = (
        "title", "text", "lang", "customer_voice", "brand_authored", "in_reply_to_id",
    )  # fmt: skip
    adds: ClassVar = {"offers": LABELS, "offers_read": pl.Boolean}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """The two columns for the rows of `batch`."""
        brand = pl.col("brand_authored").fill_null(value=False) & pl.col("in_reply_to_id").is_null()
        side = pl.when(brand).then(pl.lit("brand")).when(pl.col("customer_voice")).then(pl.lit("customer"))
        read = batch.with_row_index("row").with_columns(side=side, said=written())
        known = pl.col("side").is_not_null() & pl.col("lang").is_in(LANGUAGES) & (pl.col("said") != "")
        read = read.with_columns(offers_read=known.fill_null(value=False))
        rows = read.filter("offers_read")
        found = [
            _found(rows.filter((pl.col("side") == name) & (pl.col("lang") == language)), cues, language)
            for name, cues in (("customer", CUSTOMERS), ("brand", BRAND))
            for language in LANGUAGES
        ]
        return pl.DataFrame({"offers": gathered(pl.concat(found), len(batch)), "offers_read": read["offers_read"]})


def _found(rows: pl.DataFrame, cues: Cues, language: str) -> pl.DataFrame:
    """The rows that hold a cue, once a label, with the first pattern that is found; rules count all patterns."""
    spoken = {label: [regex for lang, regex in pairs if lang == language] for label, pairs in cues.items()}
    hits = first_found(rows["said"], list(spoken.values()))
    before = pl.Series(accumulate(map(len, spoken.values()), initial=0), dtype=pl.UInt32).gather(hits["group"])
    row, label = rows["row"].gather(hits["row"]), pl.Series(list(spoken), dtype=pl.String).gather(hits["group"])
    rule = pl.concat_str(pl.lit(f"{language}."), pl.col("place") + before)
    return hits.select(row=row, label=label, weight=pl.lit(1.0), rule=rule)
