"""What a text is about and what it does, by weighted patterns (a rule-based classifier).

The rules are those of the published rule sets for consumer decision journeys (Vázquez et al. 2014) in spirit:
weighted cues a class, guards between classes, ties to the latest evidence. Measured on brand posts they are
weak (macro precision about .6 in English, .4 in Russian): only shares corrected by a hand-coded sample are
worth showing, and `smot` alone is reliable.
"""

from __future__ import annotations

import polars as pl

from cxreport.api import LABELS
from cxreport_plugins.moments.pattern import ACT, ACTS, BOUGHT, MOMENTS, Pattern, heaviest_first

LINKS = r"https?://\S+|www\.\S+"


def fold(text: pl.Expr) -> pl.Expr:
    """The form in which patterns are looked for: lower case, no links, single spaces, ё as е."""
    folded = text.str.to_lowercase().str.replace_all(LINKS, " ")
    folded = folded.str.replace_all("ё", "е", literal=True).str.replace_all("[’‘`]", "'")
    return folded.str.replace_all(r"\s+", " ").str.strip_chars()


def hits(folded: pl.Series, found: tuple[Pattern, ...]) -> pl.DataFrame:
    """One Boolean column a pattern, named by its id.

    Series by series: regexes that run side by side in one `select` take almost three times the CPU.
    """
    return pl.DataFrame([folded.str.contains(p.regex).alias(p.id) for p in found])


def moment_of(hit: pl.DataFrame, found: tuple[Pattern, ...], minimum: int) -> pl.DataFrame:
    """moment, moment_rule, moment_alt for every row of `hit`.

    Issue guard: with smot at `minimum`, stimulus loses 2 and zmot 1 (a question about a booking one has is
    service). Bought guard: smot gains 2 and fmot loses 2. The best score wins from `minimum` on; of equals
    the later moment wins and the other stands in `moment_alt`.
    """
    score = {moment: _score(found, moment) for moment in MOMENTS}
    bought = _score(found, BOUGHT)
    score["smot"], score["fmot"] = score["smot"] + bought, score["fmot"] - bought
    scored = hit.with_columns(value.alias(name) for name, value in score.items())
    issue = pl.col("smot") >= minimum
    guarded = scored.with_columns(
        stimulus=pl.col("stimulus") - issue.cast(pl.Int64) * 2, zmot=pl.col("zmot") - issue.cast(pl.Int64)
    )
    best = pl.max_horizontal(MOMENTS)
    tied = [pl.when((pl.col(m) == best) & (best >= minimum)).then(pl.lit(m)) for m in MOMENTS]
    ranked = guarded.with_columns(tied=pl.concat_list(tied).list.drop_nulls())
    named = ranked.with_columns(
        moment=pl.col("tied").list.get(0, null_on_oob=True),
        moment_alt=pl.col("tied").list.get(1, null_on_oob=True),
    )
    return named.select("moment", _moment_rule(found), "moment_alt")


def acts_of(hit: pl.DataFrame, found: tuple[Pattern, ...], minimum: int) -> pl.Series:
    """A list of labels for every row: acts that reach `minimum`, with their score and heaviest pattern."""
    numbered = hit.with_row_index("row")
    by_act = [_act(numbered, act, [p for p in found if act in p.acts], minimum) for act in ACTS]
    lists = pl.concat(by_act).group_by("row", maintain_order=True).agg("acts")
    acts = numbered.select("row").join(lists, on="row", how="left", maintain_order="left")["acts"]
    return acts.to_frame().select(pl.col("acts").fill_null(pl.lit([], LABELS))).to_series()


def _score(found: tuple[Pattern, ...], section: str) -> pl.Expr:
    weighted = [pl.col(p.id).cast(pl.Int64) * p.weight for p in found if p.section == section]
    return pl.sum_horizontal(weighted) if weighted else pl.lit(0)


def _moment_rule(found: tuple[Pattern, ...]) -> pl.Expr:
    """The heaviest pattern that spoke for the moment (a guard alone can lift smot: then `bought`)."""
    ranked = heaviest_first([p for p in found if p.section not in (ACT, BOUGHT)])
    rule = pl.coalesce(
        pl.when(pl.col(p.id) & (pl.col("moment") == p.section)).then(pl.lit(f"text.{p.id}")) for p in ranked
    )
    guard = pl.when(pl.col("moment").is_not_null()).then(pl.lit("text.bought"))
    return pl.coalesce(rule, guard, pl.lit("none.below_minimum")).alias("moment_rule")


def _act(numbered: pl.DataFrame, act: str, found: list[Pattern], minimum: int) -> pl.DataFrame:
    """row, acts: one label for each row that does `act`."""
    score = pl.sum_horizontal(pl.lit(0), *(pl.col(p.id).cast(pl.Int64) * p.weight for p in found))
    rule = pl.coalesce(pl.lit(None, pl.String), *(pl.when(p.id).then(pl.lit(p.id)) for p in heaviest_first(found)))
    label = pl.struct(pl.lit(act).alias("label"), pl.col("score").cast(pl.Float64).alias("weight"), rule.alias("rule"))
    return numbered.with_columns(score=score).filter(pl.col("score") >= minimum).select("row", label.alias("acts"))
