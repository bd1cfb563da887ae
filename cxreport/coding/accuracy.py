"""How often each classifier agrees with people, and whether that is enough to test on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl

from cxreport.model.audit import Accuracy
from cxreport.model.coding import CUSTOMER, FIXED, MULTIPLE, NONE, OTHER, Coding
from cxreport.model.message import message
from cxreport.stats import TESTED_FROM, bucket_bootstrap, kish_n, macro_f1, recall, wilson
from cxreport.stats.intervals import FloatArray

LEAST_PRECISION: Final = 0.6
"""Lower limit of the precision of every class of a sound classifier (methods.md §G.2 rule 6)."""
MOST_UNCLASSIFIED: Final = 0.4
"""Largest share of records without a moment (the same)."""
YES, NO = "yes", "no"
"""Classes of one act or theme: it holds, it does not."""
RESIDUAL: Final = (NONE, "neutral", NO)
"""Classes by which a classifier says that nothing spoke to it: their precision is no condition of soundness."""
_SEED = 20_071
_AUTHOR = pl.coalesce("author_id", "record_id")


def accuracy(coding: Coding, records: pl.DataFrame, labels: pl.DataFrame) -> tuple[Accuracy, ...]:
    """The rows of the accuracy card.

    Args:
        coding: what people coded.
        records: the coded records as the classifiers left them.
        labels: their rows of the table `labels`.
    """
    return tuple(_rows(coding, records, labels))


def _rows(coding: Coding, records: pl.DataFrame, labels: pl.DataFrame) -> Iterator[Accuracy]:
    people = records.select("record_id", author=_AUTHOR, bucket=_bucket())
    heard = records.filter(pl.col("customer_voice")) if "customer_voice" in records.columns else records
    for field, predicted in _predictions(records, heard).items():
        coded = coding.truth(field).join(predicted, on="record_id").join(people, on="record_id")
        scorers = coded["scorer"].drop_nulls().unique().sort().to_list()
        for scorer in ("", *(scorers if field == "sentiment" else ())):
            part = coded if not scorer else coded.filter(pl.col("scorer") == scorer)
            if part.height:
                yield _judged(field, scorer, FIXED[field], part)
    for field in MULTIPLE:
        given = labels.filter(pl.col("kind") == field)
        read = heard.filter(pl.col(f"{field}_read")) if f"{field}_read" in heard.columns else heard
        coded = coding.truths(field, also=given["label"]).join(people, on="record_id")
        yield from _labelled(field, coded.join(read, on="record_id", how="semi"), given)


def _bucket() -> pl.Expr:
    """Author buckets as loaded; a record without an author is one of its own."""
    return pl.coalesce(pl.col("author_bucket").cast(pl.Int64), -1 - pl.int_range(pl.len()))


def _predictions(records: pl.DataFrame, heard: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """`record_id, predicted, scorer` by field; what was not scored is not judged, no moment is a verdict."""
    nobody = pl.lit(None, pl.String)
    found: dict[str, pl.DataFrame] = {}
    if "sentiment" in heard.columns:
        scored = heard.filter(pl.col("sentiment").is_not_null())
        found["sentiment"] = scored.select("record_id", predicted="sentiment", scorer="sentiment_scorer")
    if "moment" in heard.columns:
        found["moment"] = heard.select("record_id", predicted=pl.col("moment").fill_null(NONE), scorer=nobody)
    if "customer_voice" in records.columns:
        verdict = pl.when("customer_voice").then(pl.lit(CUSTOMER)).otherwise(pl.lit(OTHER))
        found["voice"] = records.select("record_id", predicted=verdict, scorer=nobody)
    return found


def _labelled(field: str, coded: pl.DataFrame, given: pl.DataFrame) -> Iterator[Accuracy]:
    """One row an act or theme that people or its classifier gave."""
    for code in coded["value"].unique().sort():
        mine = coded.filter(pl.col("value") == code)
        hit = pl.col("record_id").is_in(given.filter(pl.col("label") == code)["record_id"].implode())
        rows = mine.with_columns(predicted=pl.when(hit).then(pl.lit(YES)).otherwise(pl.lit(NO)))
        holds = rows.with_columns(value=pl.lit(YES))
        fails = rows.with_columns(value=pl.lit(NO), part=1 - pl.col("part"))
        yield _judged(field, code, (YES, NO), pl.concat([holds, fails]).filter(pl.col("part") > 0))


def _judged(field: str, scorer: str, classes: tuple[str, ...], coded: pl.DataFrame) -> Accuracy:
    """One row of the card from `record_id, value, part, weight, predicted, author, bucket`."""
    once = coded.unique("record_id", maintain_order=True)
    weights = once["weight"].to_numpy()
    effective = kish_n(weights) / weights.sum()
    sums = _sums(coded, classes)
    confusion = sums.sum(axis=0) * effective
    k = len(classes)
    low, high = bucket_bootstrap(sums.reshape(-1, k * k), lambda drawn: macro_f1(drawn.reshape(-1, k, k)), seed=_SEED)
    right, least = _precision(coded, once, classes)
    reason = _doubt(field, classes, once.height, confusion, least)
    return Accuracy(
        field=field, scorer=scorer, classes=classes, confusion=tuple(tuple(map(float, row)) for row in confusion),
        n=once.height, n_authors=once["author"].n_unique(),
        macro_f1=_known(float(macro_f1(confusion))), low=_known(low), high=_known(high),
        precision=right, precision_low=least,
        recall={c: float(r) for c, r in zip(classes, recall(confusion), strict=True) if not math.isnan(r)},
        sound=not reason, reason=reason,
    )  # fmt: skip


def _sums(coded: pl.DataFrame, classes: Sequence[str]) -> FloatArray:
    """Weighted parts `[buckets, classes, classes]`: true class, predicted class."""
    cells = coded.group_by("bucket", "value", "predicted").agg(sum=(pl.col("part") * pl.col("weight")).sum())
    cells = cells.sort("bucket", "value", "predicted")
    buckets = cells["bucket"].unique().sort().to_list()
    sums = np.zeros((len(buckets), len(classes), len(classes)))
    for bucket, value, predicted, total in cells.iter_rows():
        sums[buckets.index(bucket), classes.index(value), classes.index(predicted)] = total
    return sums


def _precision(
    coded: pl.DataFrame, once: pl.DataFrame, classes: Sequence[str]
) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """Precision and its lower Wilson limit at the effective base of what was put into each class."""
    right: dict[str, float | None] = {}
    least: dict[str, float | None] = {}
    for name in classes:
        weights = once.filter(pl.col("predicted") == name)["weight"]
        if weights.is_empty():
            continue
        hits = coded.filter((pl.col("predicted") == name) & (pl.col("value") == name))
        share = min(1.0, float((hits["part"] * hits["weight"]).sum()) / float(weights.sum()))
        base = kish_n(weights.to_numpy())
        right[name], least[name] = share, wilson(share * base, base).low
    return right, least


def _doubt(field: str, classes: Sequence[str], n: int, confusion: FloatArray, least: Mapping[str, float | None]) -> str:
    """Why it is not sound, or nothing."""
    if n < TESTED_FROM:
        return message("only {n} records are coded, {needed} are needed").format(n=n, needed=TESTED_FROM)
    judged = {name: low for name, low in least.items() if low is not None and name not in RESIDUAL}
    if not judged:
        return message("none of the coded records was put into a class")
    worst = min(judged, key=lambda name: judged[name])
    if judged[worst] < LEAST_PRECISION:
        form = (
            message("as little as {least} of what is found may be right, {needed} is needed")
            if worst == YES
            else message("as little as {least} of what is read as {name} may be right, {needed} is needed")
        )
        return form.format(least=f"{judged[worst]:.0%}", name=_spoken(worst), needed=f"{LEAST_PRECISION:.0%}")
    if field == "moment":
        share = float(confusion[:, classes.index(NONE)].sum() / confusion.sum())
        if share > MOST_UNCLASSIFIED:
            form = message("{share} of records get no moment, at most {most} may")
            return form.format(share=f"{share:.0%}", most=f"{MOST_UNCLASSIFIED:.0%}")
    return ""


def _spoken(name: str) -> str:
    """A class as readers know it: moments of truth are abbreviations."""
    return name.upper() if name.endswith("mot") else name


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
