"""Coded: what people coded judges the classifiers, then overrules them (methods.md §G.2 rule 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from cxreport.coding.accuracy import accuracy
from cxreport.coding.agreement import agreement
from cxreport.engine.base import Engine, Lazy
from cxreport.engine.store import key_of
from cxreport.model.audit import Card
from cxreport.model.coding import CUSTOMER, MULTIPLE, NONE, SETTLED, Coding
from cxreport.model.schema import LABELS_TABLE
from cxreport.plugin.code import code_digest

RULE = "coded"
"""The rule, and the scorer, of what people decided."""


def code(engine: Engine, coding: Coding, models: Sequence[dict[str, Any]] = ()) -> Card | None:
    """Judge the classifiers, then let what people agree on replace their verdicts in the feedback.

    Returns the accuracy card of the classifiers as they were, or None where nothing was coded and nothing learned.
    """
    if coding.rows.is_empty():
        return Card(models=tuple(models)) if models else None
    known = key_of("card", coding.sha256, code_digest(__name__), engine.digest("records"), engine.digest("labels"))
    told = engine.store.once(known, lambda: card_of(engine, coding).model_dump(mode="json"))
    card = Card.model_validate(told).model_copy(update={"models": tuple(models)})
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


def _without(labels: Lazy, decided: Lazy) -> Lazy:
    return labels.join(decided, on=["record_id", "kind", "label"], how="anti")


def _overrule(engine: Engine, coding: Coding) -> None:
    have = engine.open("records").collect_schema().names()
    decided = _decided(coding)
    alternative = ["moment_alt"] if "moment" in have else []
    columns = tuple(c for c in (*decided.columns[1:], *alternative) if c in have)
    digest = key_of(RULE, coding.sha256, engine.digest("records", ("record_id", *columns)))
    engine.join("records", columns, lambda: engine.keep(_told(engine, decided, columns)), digest, True)


def _told(engine: Engine, decided: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The coded records as they are from now on: what is not decided stays as it was."""
    ids = decided["record_id"]
    rows = engine.view("records").rows(ids).select("record_id", *columns)
    both = rows.join(decided, on="record_id", how="left", suffix="__new")
    told = both.with_columns(pl.coalesce(f"{c}__new", c).alias(c) for c in columns if c in decided.columns)
    if "moment" in columns:
        told = told.with_columns(moment=pl.when(pl.col("moment") != NONE).then("moment"))
    if "moment_alt" in columns:
        told = told.with_columns(moment_alt=pl.when(pl.col("moment_rule") != RULE).then("moment_alt"))
    return told.select("record_id", *columns)


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
    decided = agreed.select("record_id", "kind", "label")
    digest = key_of("relabel", coding.sha256, engine.digest("labels"), code_digest(__name__))
    engine.rewrite("labels", _without, engine.keep(decided), digest)
    engine.write([held.select(LABELS_TABLE.keys())], "held")
    engine.write(nw.concat([engine.open("labels"), engine.open("held")]), "labels")
