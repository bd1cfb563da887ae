"""The ten themes with most complaints, then and now."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.model.audit import Meta
from cxreport.model.basis import Basis
from cxreport.model.result import Result
from cxreport.model.schema import LABELS_TABLE
from cxreport.model.snapshot import Snapshot
from cxreport_plugins.change.recurrence import Recurrence
from tests.measures import make

MORE = {"themes_read": pl.Boolean}
BASIS = Basis(origins={"themes": "1+book"}, columns={"themes": ("themes",)})


def previous(counts: dict[str, tuple[int, int]], basis: Basis = BASIS) -> Snapshot:
    """A previous audit: theme → texts that complain, of how many."""
    found = tuple(
        Result(id="journey.breaks", dims={"theme": theme}, value=k / n, low=0, high=1, n=n)
        for theme, (k, n) in counts.items()
    )
    return Snapshot(meta=Meta(title="Audit", client="c"), measures={"journey.breaks": found}, basis=basis)


def run(counts: dict[str, tuple[int, int]], before: Snapshot | None, basis: Basis = BASIS) -> Result:
    """The measure over texts of which so many complain."""
    rows = [
        {"themes_read": True, "acts": ["complain"] * (i < k), "theme": theme}
        for theme, (k, n) in counts.items() for i in range(n)
    ]  # fmt: skip
    table = make.records(*({key: row[key] for key in ("themes_read", "acts")} for row in rows), more=MORE)
    themes = pl.DataFrame(
        [(make.ident(i), "themes", row["theme"], 1.0, "test") for i, row in enumerate(rows)],
        schema=LABELS_TABLE, orient="row",
    )  # fmt: skip
    labels = pl.concat([make.labels(*rows), themes])
    within = make.scope(table, basis=basis)
    [found] = make.run(Recurrence, table, label_table=labels, within=within, about=make.context(previous=before))
    return found


def test_by_hand() -> None:
    """Two of three themes come back; the third has too few texts to be ranked, another is new."""
    then = {"luggage": (40, 60), "refund": (30, 40), "delay": (20, 50)}
    found = run({"luggage": (45, 60), "refund": (10, 40), "delay": (9, 20), "food": (12, 30)}, previous(then))
    assert found.value == pytest.approx(2 / 3)
    assert found.kind == "count"
    assert found.n == 60 + 40 + 30
    assert [row["theme"] for row in found.rows] == ["luggage", "refund", "delay", "food"]
    assert found.rows[1] == {
        "theme": "refund", "rank_before": 2, "rank_now": 3, "share_before": 0.75, "share_now": 0.25,
    }  # fmt: skip
    assert "rank_now" not in found.rows[2]
    assert "rank_before" not in found.rows[3]
    assert found.concepts == ("D12",)


def test_only_ten_count() -> None:
    many = {f"t{i:02}": (40 - i, 50) for i in range(14)}
    found = run(many, previous({theme: (k, 50) for theme, (k, _) in reversed(many.items())}))
    assert (found.value, len(found.rows)) == (1, 10)
    assert [row["rank_now"] for row in found.rows] == list(range(1, 11))


@pytest.mark.parametrize(
    ("before", "basis", "why", "needs"),
    [
        (None, BASIS, "no previous audit", "previous"),
        (previous({}), BASIS, "no theme has enough texts", "more texts"),
        (previous({"luggage": (3, 20)}), BASIS, "no theme has enough texts", "more texts"),
        (
            previous({"luggage": (30, 60)}),
            BASIS.model_copy(update={"origins": {"themes": "1+other"}}),
            "the codebook of themes changed",
            "built with the rules of this one",
        ),
    ],
)
def test_not_testable(before: Snapshot | None, basis: Basis, why: str, needs: str) -> None:
    found = run({"luggage": (30, 60)}, before, basis)
    assert found.status == "not_testable"
    assert why in found.reason
    assert needs in found.needs[0]


@pytest.mark.parametrize("counts", [{}, {"luggage": (1, 1)}])
def test_without_records_and_with_one(counts: dict[str, tuple[int, int]]) -> None:
    assert run(counts, previous({"luggage": (30, 60)})).status == "not_testable"


themes = st.dictionaries(
    st.sampled_from("abcdef"),
    st.integers(30, 45).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    max_size=5,
)


@settings(max_examples=20, deadline=None)
@given(themes, themes)
def test_bounds(then: dict[str, tuple[int, int]], now: dict[str, tuple[int, int]]) -> None:
    found = run(now, previous(then))
    if found.testable:
        assert 0 <= (found.value or 0) <= 1
        again = run(dict(reversed(now.items())), previous(then))
        assert again == found, "the order of rows does not matter"
    assert not run(now, previous(now)).testable or run(now, previous(now)).value == 1
