"""A vectorised lexicon scorer after VADER (Hutto & Gilbert 2014): weights, negation, degree words, "but".

Everything is a Polars expression over the words of all texts at once. Letter case is not used (it earned
less than one point of macro-F1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from cxreport_plugins.sentiment.lexicon import Lexicon

WINDOW = 3
"""How many words back a negation or a degree word reaches."""
NEGATED = -0.74
"""Factor of a negated word: VADER's N_SCALAR."""
DECAY = 0.05
"""Share by which a degree word weakens with each word of distance: VADER's 1, .95, .9."""
BEFORE_BUT, AFTER_BUT = 0.5, 1.5
"""Factors of words before and after the first "but" of a text."""
SHOUT, SHOUTS = 0.292, 4
"""What each exclamation mark adds to the sum, and how many count."""
ALPHA = 15.0
"""score = sum / sqrt(sum² + ALPHA): VADER's normalisation to -1 … 1."""
UNIT = 1_000_000
"""Weights are summed as whole millionths, so that no order of addition can change a score."""

_WORD = r"[\p{L}\p{M}\p{N}_]+"
_SYMBOL = r"[:;=][\-o*']?[)\](\[dp/\\@|]+|<3+|\){2}|\({2}|\p{Extended_Pictographic}|[.!?;…\n]"
ENDS = [".", "!", "?", ";", "…", "\n"]
"""Ends of sentences, beyond which nothing negates or strengthens."""
_HIDDEN = r"https?://\S+|@\w+"
TOKENS = {
    True: rf"{_HIDDEN}|{_WORD}(?:['\-][\p{{L}}\p{{M}}]+)*|{_SYMBOL}",
    False: rf"{_HIDDEN}|{_WORD}(?:-[\p{{L}}\p{{M}}]+)*|{_SYMBOL}",
}
"""Words by whether an apostrophe belongs to them (English don't) or parts them (French j'adore)."""


@dataclass(frozen=True)
class Scorer:
    """A lexicon made ready for joining."""

    lexicon: Lexicon
    table: pl.DataFrame
    """key, weight, degree, negates, turns: one row a word or stem."""
    stems: str | None
    """Matches the longest stem at the beginning of a word."""

    @classmethod
    def of(cls, lexicon: Lexicon) -> Scorer:
        """Prepare `lexicon`."""
        return cls(lexicon, _table(lexicon), _stem_pattern(lexicon))

    def score(self, texts: pl.Series) -> pl.Series:
        """-1 (negative) … 1 (positive) for each text; 0 where no word is known, null without text."""
        return self.scored(texts, self.hits(self.tokens(texts)))

    def tokens(self, texts: pl.Series) -> pl.DataFrame:
        """row, word, position, token: words and symbols in lower case, in order; sentences lie a window apart."""
        return _tokens(texts, apostrophes=self.lexicon.language == "en")

    def hits(self, tokens: pl.DataFrame) -> pl.DataFrame:
        """The tokens that the lexicon knows, in order, and the `value` that each has in its place."""
        known = self._vocabulary(tokens["token"].unique())
        words = tokens.filter(pl.col("token").is_in(known["token"].implode()))
        return words.join(known, on="token", how="left", maintain_order="left").with_columns(_in_context())

    def scored(self, texts: pl.Series, hits: pl.DataFrame) -> pl.Series:
        """See `score`; `hits` are those of `texts`."""
        sums = _sums(hits)
        shouts = texts.str.count_matches("!", literal=True).clip(0, SHOUTS)
        frame = pl.DataFrame({"row": _rows(texts), "text": texts, "shouts": shouts})
        total = (pl.col("sum").fill_null(0) / UNIT).alias("total")
        loud = pl.col("total") + pl.col("total").sign() * pl.col("shouts") * SHOUT
        return (
            frame.join(sums, on="row", how="left", maintain_order="left")
            .with_columns(total)
            .with_columns(loud.alias("total"))
            .select((pl.col("total") / (pl.col("total") ** 2 + ALPHA).sqrt()).round(4).alias("score"))
            .select(pl.when(texts.is_not_null()).then("score"))
            .to_series()
        )

    def classify(self, scores: pl.Series) -> pl.Series:
        """`negative`, `neutral` or `positive` by the lexicon's cut points; null where there is no score."""
        low, high = self.lexicon.cuts
        label = (
            pl.when(pl.col("s") <= low)
            .then(pl.lit("negative"))
            .when(pl.col("s") >= high)
            .then(pl.lit("positive"))
            .when(pl.col("s").is_not_null())
            .then(pl.lit("neutral"))
        )
        return scores.alias("s").to_frame().select(label.alias("sentiment")).to_series()

    def _vocabulary(self, tokens: pl.Series) -> pl.DataFrame:
        """The known ones of distinct tokens; stems are looked for only here, once a distinct word."""
        words = tokens.alias("token").to_frame()
        whole = words.join(self.table, left_on="token", right_on="key", how="inner")
        if self.stems is None:
            return whole
        rest = words.join(whole, on="token", how="anti")
        rest = rest.with_columns(key=pl.col("token").str.extract(self.stems, 1) + "*").drop_nulls("key")
        return pl.concat([whole, rest.join(self.table, on="key", how="inner").select(whole.columns)])


def _sums(hits: pl.DataFrame) -> pl.DataFrame:
    turn = hits.filter("turns").group_by("row").agg(turn=pl.col("position").min())
    side = pl.when(pl.col("position") < pl.col("turn")).then(BEFORE_BUT).otherwise(AFTER_BUT)
    factor = pl.when(pl.col("turn").is_null()).then(1.0).otherwise(side)
    return (
        hits.filter(pl.col("value") != 0)
        .join(turn, on="row", how="left")
        .group_by("row")
        .agg(sum=(pl.col("value") * factor * UNIT).round().cast(pl.Int64).sum())
    )


def _rows(texts: pl.Series) -> pl.Series:
    return pl.int_range(len(texts), eager=True, dtype=pl.UInt32)


def _tokens(texts: pl.Series, apostrophes: bool) -> pl.DataFrame:
    text = pl.col("text").str.replace_all("’", "'", literal=True).str.to_lowercase()
    text = text.str.replace_all("ё", "е", literal=True)
    return (
        pl.DataFrame({"row": _rows(texts), "text": texts})
        .select("row", token=text.str.extract_all(TOKENS[apostrophes]))
        .explode("token")
        .with_row_index("word")
        .with_columns(position=pl.col("word").cast(pl.Int64) + WINDOW * pl.col("token").is_in(ENDS).cum_sum())
    )


def _in_context() -> pl.Expr:
    """Weight of a hit after the negations and degree words up to `WINDOW` words before it."""
    negated: pl.Expr = pl.lit(value=False)
    degree: pl.Expr = pl.lit(0.0)
    for back in range(1, WINDOW + 1):
        distance = pl.col("position") - pl.col("position").shift(back)
        near = ((pl.col("row") == pl.col("row").shift(back)) & (distance <= WINDOW)).fill_null(value=False)
        plain = near & (pl.col("weight").shift(back) == 0)
        negated = negated | (near & pl.col("negates").shift(back))
        weakened = pl.col("degree").shift(back) * (1 - DECAY * (distance - 1))
        degree = degree + pl.when(plain).then(weakened).otherwise(0.0)
    weight = pl.col("weight")
    moved = (weight + weight.sign() * degree) * pl.when(negated).then(NEGATED).otherwise(1.0)
    return pl.when(weight != 0).then(moved).otherwise(0.0).alias("value")


def _table(lexicon: Lexicon) -> pl.DataFrame:
    keys = {**lexicon.words, **{f"{stem}*": weight for stem, weight in lexicon.stems.items()}}
    functional = [*lexicon.negate, *lexicon.degree, *lexicon.but]
    every = sorted({*keys, *functional})
    return pl.DataFrame(
        {
            "key": every,
            "weight": [0.0 if key in lexicon.negate else keys.get(key, 0.0) for key in every],
            "degree": [lexicon.degree.get(key, 0.0) for key in every],
            "negates": [key in lexicon.negate for key in every],
            "turns": [key in lexicon.but for key in every],
        },
        schema={
            "key": pl.String,
            "weight": pl.Float64,
            "degree": pl.Float64,
            "negates": pl.Boolean,
            "turns": pl.Boolean,
        },
    )


def _stem_pattern(lexicon: Lexicon) -> str | None:
    stems = sorted(lexicon.stems, key=lambda stem: (-len(stem), stem))
    return f"^({'|'.join(map(re.escape, stems))})" if stems else None
