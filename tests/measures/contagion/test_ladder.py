"""The ladder of escalation, rung by rung."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from cxreport.api import Result, Words
from cxreport.model.schema import LABELS_TABLE
from cxreport_plugins.contagion.exhibits import ladder as exhibit
from cxreport_plugins.contagion.ladder import Ladder
from tests.measures import make

Row = dict[str, Any]
START = datetime(2026, 1, 14, 6, tzinfo=UTC)
MORE = {"themes_read": pl.Boolean, "answered_by_brand": pl.Boolean, "first_reply_ms": pl.Int64}
HOUR_MS = 3_600_000


def ladder(*rows: Row) -> tuple[Result, ...]:
    table = make.records(*rows, more=MORE, sentiment="negative")
    themes = pl.DataFrame(
        [(make.ident(n), "themes", row.get("theme", "luggage"), 1.0, "t") for n, row in enumerate(rows)],
        schema=LABELS_TABLE, orient="row",
    )  # fmt: skip
    return make.run(Ladder, table, label_table=themes, within=make.scope(table))


def quiet() -> list[Row]:
    """A public complaint every tenth day of ninety before."""
    return [{"created_at": START - timedelta(days=10 * n)} for n in range(1, 10)]


def burst(answered: int = 0, hours: float = 3) -> list[Row]:
    """Twelve people in one day, sixteen on the next; the first ones are answered."""
    days = [
        *(START + timedelta(minutes=10 * n) for n in range(12)),
        *(START + timedelta(days=1, minutes=n) for n in range(16)),
    ]
    return [
        {"created_at": at, "answered_by_brand": n < answered,
         "first_reply_ms": int(hours * HOUR_MS) if n < answered else None}
        for n, at in enumerate(days)
    ]  # fmt: skip


def test_every_rung_by_hand() -> None:
    calls = [{"created_at": START - timedelta(days=d), "shared": "private"} for d in (2, 4, 45)]
    (found,) = ladder(*quiet(), *burst(7, hours=5), *calls)
    (row,) = found.rows
    assert (row["theme"], row["private"], row["private_days"]) == ("luggage", 2, 2)
    assert (row["day"], row["peak_day"], row["last_day"]) == ("2026-01-14", "2026-01-15", "2026-01-15")
    assert (row["people"], row["answered"], row["answer_hours"]) == (16, 0.25, 5.0)
    assert found.kind == "table"
    assert row["before_answer"] == round(12 / 28, 3), "all of the first day, whose first answer came at eleven"
    shown = exhibit(make.edition({Ladder.name: [found]}), Words())
    assert shown is not None
    assert "the first answer came after 5\u00a0hours and 25% were answered" in shown.title
    assert shown.table is not None
    assert "2\u00a0days before" in shown.table.rows[0][1]


def test_what_nobody_answered_has_no_answer_and_what_nobody_told_before_no_private_word() -> None:
    (found,) = ladder(*quiet(), *burst())
    (row,) = found.rows
    assert (row["answer_hours"], row["answered"], row["private"], row["private_days"]) == (None, 0, 0, None)
    assert row["before_answer"] is None


def test_a_later_answer_waits_longer() -> None:
    waits = [ladder(*quiet(), *burst(3, hours=h))[0].rows[0]["answer_hours"] for h in (1, 8, 40)]
    assert waits == [1, 8, 40]


def test_without_a_large_burst_there_is_no_case() -> None:
    (found,) = ladder(*quiet())
    assert found.status == "not_testable"
    assert found.needs == ("a case that escalated",)
