"""Coded: what people coded judges the classifiers, then overrules them (methods.md §G.2 rule 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.coding.accuracy import accuracy
from cxreport.coding.agreement import agreement
from cxreport.engine.base import Engine
from cxreport.model.audit import Card
from cxreport.model.coding import CUSTOMER, MULTIPLE, NONE, SETTLED, Coding
from cxreport.model.schema import LABELS_TABLE
from cxreport.stages.relate import joined

RULE = "coded"
"""The rule, and the scorer, of what people decided."""


def code(engine: Engine, coding: Coding, models: Sequence[dict[str, Any]] = ()) -> Card | None:
    """Judge the classifiers, then let what people agree on replace their verdicts in the feedback.

    Returns the accuracy card of the classifiers as they were, or None where nothing was coded and nothing learned.
    """
    if coding.rows.is_empty():
        return Card(models=tuple(models)) if models else None
    card = card_of(engine, coding, models)
    _overrule(engine, coding)
    _relabel(engine, coding)
    return card


def card_of(engine: Engine, coding: Coding, models: Sequence[dict[str, Any]] = ()) -> Card:
    """How well the coders agree with each other, and the classifiers with the coders; nothing is changed."""
    records = engine.view("records").rows(coding.ids)
    return Card(
        file=coding.file, sha256=coding.sha256,
        records=records.height, coders=coding.rows.filter(pl.col("coder") != SETTLED)["coder"].n_unique(),
        unknown=len(coding.ids) - records.height,
        agreement=agreement(coding), accuracy=accuracy(coding, records, _labels(engine, coding)), models=tuple(models),
    )  # fmt: skip


def _labels(engine: Engine, coding: Coding) -> pl.DataFrame:
    """The labels of the coded records."""
    mine = engine.open("labels").filter(nw.col("record_id").is_in(coding.ids.to_list()))
    return engine.collect({"labels": mine})["labels"]


def _overrule(engine: Engine, coding: Coding) -> None:
    records = engine.open("records")
    have = records.collect_schema().names()
    decided = _decided(coding)
    columns = tuple(c for c in decided.columns if c in have and c != "record_id")
    engine.write([decided.select("record_id", *columns)], "coded")
    told = joined(records, engine.open("coded"), columns)
    if "moment" in columns:
        moment = nw.when(nw.col("moment") != NONE).then(nw.col("moment"))
        told = told.with_columns(moment=moment)
    if "moment_alt" in have and "moment" in columns:
        told = told.with_columns(moment_alt=nw.when(nw.col("moment_rule") != RULE).then(nw.col("moment_alt")))
    engine.write(told, "records")


def _decided(coding: Coding) -> pl.DataFrame:
    """`record_id` and the columns of what is decided, null where it is not; `none` where there is no moment."""
    ruled = pl.lit(RULE)
    by_field = (
        coding.agreed("moment").select("record_id", moment="value", moment_rule=ruled),
        coding.agreed("sentiment").select("record_id", sentiment="value", sentiment_scorer=ruled),
        coding.agreed("voice").select("record_id", customer_voice=pl.col("value") == CUSTOMER, voice_rule=ruled),
        coding.deciding("themes").select("record_id", themes_read=pl.lit(value=True)).unique(),
    )
    decided = coding.ids.to_frame()
    for frame in by_field:
        decided = decided.join(frame, on="record_id", how="left")
    return decided


def _relabel(engine: Engine, coding: Coding) -> None:
    """Acts and themes: what all deciding coders give is there, what none gives is not, the rest stays."""
    labels = _labels(engine, coding)
    tables = [
        coding.truths(field, also=labels.filter(pl.col("kind") == field)["label"]).select(
            "record_id", "part", kind=pl.lit(field), label="value"
        )
        for field in MULTIPLE
    ]
    agreed = pl.concat(tables).filter((pl.col("part") < 1e-9) | (pl.col("part") > 1 - 1e-9))
    held = agreed.filter(pl.col("part") > 0.5).with_columns(weight=pl.lit(1.0), rule=pl.lit(RULE))
    keys = ["record_id", "kind", "label"]
    engine.write([agreed.select(keys)], "decided")
    engine.write([held.select(LABELS_TABLE.keys())], "held")
    kept = engine.open("labels").join(engine.open("decided"), on=keys, how="anti")
    engine.write(nw.concat([kept, engine.open("held")]), "labels")
