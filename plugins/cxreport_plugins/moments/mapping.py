"""The map: moment and audience by source, channel, kind, metric and question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
import yaml
from pydantic import TypeAdapter

from cxreport.api import ConfigError, Problem
from cxreport_plugins.moments.options import MapRule

TEXT, NONE = "text", "none"
COLUMNS = {"source": "source_id", "channel": "channel", "kind": "kind", "metric": "metric"}
"""Condition of a rule → the column it looks at."""


@cache
def default_rules() -> tuple[MapRule, ...]:
    """The rules that ship with the plugin (`map.yaml`)."""
    raw = yaml.safe_load((files(__package__) / "map.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[MapRule, ...]).validate_python(raw["rules"])


def check(rules: Sequence[MapRule]) -> None:
    """Raise `ConfigError` for a rule that fits everything or whose question is no regex."""
    for number, rule in enumerate(rules, 1):
        where = f"enrich.moments.map, rule {number}"
        if not (rule.question or any(getattr(rule, condition) for condition in COLUMNS)):
            raise ConfigError(Problem(where, "has no condition.", "Name a source, channel, kind, metric or question."))
        try:
            pl.Series([""]).str.contains(rule.question or "")
        except pl.exceptions.ComputeError as error:
            raise ConfigError(Problem(where, f"question is not a Rust regex: {error}.")) from error


def mapped(rules: Sequence[MapRule]) -> pl.Expr:
    """Struct of `moment` (as a rule has it; null where none fits), `rule` and `shared`."""
    number: pl.Expr = pl.lit(None, pl.Int64)
    for index, rule in reversed(list(enumerate(rules))):
        number = pl.when(_fits(rule)).then(pl.lit(index)).otherwise(number)
    tables: dict[str, dict[int, Any]] = {
        "moment": {i: rule.moment for i, rule in enumerate(rules)},
        "rule": {i: f"map.{rule.rule}" for i, rule in enumerate(rules)},
        "shared": {i: rule.shared for i, rule in enumerate(rules)},
    }
    columns = [
        number.replace_strict(table, default=None, return_dtype=pl.String).alias(name) for name, table in tables.items()
    ]
    return pl.struct(columns)


def _fits(rule: MapRule) -> pl.Expr:
    tests = [
        pl.col(column).is_in(list(values))
        for condition, column in COLUMNS.items()
        if (values := getattr(rule, condition))
    ]
    if rule.question:
        tests.append(pl.col("question_text").str.to_lowercase().str.contains(rule.question))
    return pl.all_horizontal(tests).fill_null(value=False)
