"""Plugins run after whatever adds what they need; one that cannot run stops no other."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cxreport.model.problem import CxreportError
from cxreport.plugin.context import Options
from cxreport.plugin.enricher import Enricher
from cxreport.stages.order import in_order, runnable

from .fakes import context


class Idle(Enricher):
    """Does nothing."""

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        """Nothing."""
        return batch


def plugin(name: str, needs: str = "", adds: str = "") -> Enricher:
    facts = {"name": name, "needs": tuple(needs.split()), "adds": dict.fromkeys(adds.split(), pl.String)}
    cls: type[Enricher] = type(name, (Idle,), facts)
    return cls(Options(), context(Path()))


CHAIN = (plugin("c", "b", "c"), plugin("a", "text", "a"), plugin("b", "a", "b"), plugin("z", "text", "z"))


def test_needs_come_first_whatever_the_order_of_registration() -> None:
    for given in permutations(CHAIN):
        names = [p.name for p in in_order(given, {"text"})]
        assert names.index("a") < names.index("b") < names.index("c")
        assert sorted(names) == ["a", "b", "c", "z"]


def test_equals_keep_their_order() -> None:
    free = [plugin(name, "text", name) for name in "dbca"]
    assert [p.name for p in in_order(free, {"text"})] == ["d", "b", "c", "a"]


def test_what_waits_for_itself_is_named() -> None:
    with pytest.raises(CxreportError) as caught:
        in_order([plugin("a", "b", "a"), plugin("b", "a", "b"), plugin("c", "text", "c")], {"text"})
    assert {str(p) for p in caught.value.problems} == {
        "plugin a: it needs b, which no other plugin adds in time.",
        "plugin b: it needs a, which no other plugin adds in time.",
    }


def test_one_that_lacks_its_columns_is_left_out_with_those_behind_it() -> None:
    plugins = [plugin("a", "missing", "a"), plugin("b", "a", "b"), plugin("c", "text", "c")]
    assert [p.name for p in runnable(plugins, {"text"})] == ["c"]
    assert [p.name for p in runnable(plugins, {"text", "missing"})] == ["a", "b", "c"]
