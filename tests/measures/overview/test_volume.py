"""The measure `overview.volume`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport_plugins.overview.volume import Volume
from tests.measures.make import context, pick, records, repeated, run

ROWS = st.lists(
    st.tuples(st.sampled_from(["x", "google", None]), st.integers(1, 12), st.sampled_from(["ana", "bo", None])),
    min_size=1, max_size=30,
)  # fmt: skip


def test_counts_by_channel_and_month_with_people() -> None:
    table = records(
        *repeated(3, author_id="ana"),
        *repeated(2, channel="google", author_id=None, created_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC)),
    )
    found = run(Volume, table)
    whole = pick(found)
    assert (whole.value, whole.n, whole.n_authors, whole.kind, whole.low) == (5, 5, 3, "count", None)
    assert pick(found, channel="x").n_authors == 1
    assert pick(found, channel="google").n_authors is None
    assert [r.dims["month"] for r in found if "month" in r.dims] == ["2025-12", "2026-01"]


def test_a_month_leads_to_its_records() -> None:
    december = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)
    table = records({"created_at": december}, {})
    month = pick(run(Volume, table), month="2025-12")
    assert month.evidence is not None
    ends = {op: value for column, op, value in month.evidence.all if column == "created_at"}
    assert ends == {"ge": datetime(2025, 12, 1, tzinfo=UTC), "lt": datetime(2026, 1, 1, tzinfo=UTC)}


def test_the_default_population_is_kept() -> None:
    table = records(
        {}, {"entity": "norda"}, {"customer_voice": False}, {"brand_authored": True}, {"is_context": True},
        {"kind": "repost"}, {"duplicate_of": "x"}, {"created_at": datetime(2024, 1, 1, tzinfo=UTC)},
    )  # fmt: skip
    assert pick(run(Volume, table, about=context((date(2025, 1, 1), date(2026, 12, 31))))).value == 1


def test_undated_records_belong_to_no_month() -> None:
    found = run(Volume, records({"created_at": None}, {}))
    assert pick(found).value == 2
    assert sum(r.n for r in found if "month" in r.dims) == 1


def test_options_choose_the_cuts_and_a_column_that_is_missing_is_said() -> None:
    found = run(Volume, records({"segment": "gold"}, {"segment": None}), by=["segment", "weather"])
    assert pick(found, segment="gold").value == 1
    assert not [r for r in found if "channel" in r.dims]
    missing = pick(found, weather="*")
    assert missing.status == "not_testable"
    assert "weather" in missing.reason


def test_nothing_to_count_is_not_testable() -> None:
    (only,) = run(Volume, records())
    assert only.status == "not_testable"
    assert only.needs


@settings(max_examples=20)
@given(ROWS)
def test_cells_add_up_and_order_is_nothing(rows: list[tuple[str | None, int, str | None]]) -> None:
    dated = [{"channel": c, "created_at": datetime(2025, m, 3, tzinfo=UTC), "author_id": a} for c, m, a in rows]
    table = records(*dated)
    found = run(Volume, table)
    assert sum(r.n for r in found if "month" in r.dims) == len(rows) == pick(found).n
    assert sum(r.n for r in found if "channel" in r.dims) == sum(c is not None for c, _, _ in rows)
    assert run(Volume, table.reverse()) == found
