"""Threads against a plain-Python oracle, and the ways in which tools get answers wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.api import Brand, Company, Context, Options, Relation, conform
from cxreport_plugins.threads.automatic import REPEATS, AutomaticReplies
from cxreport_plugins.threads.elements import ELEMENTS, AnswerElements
from cxreport_plugins.threads.inheritance import InheritedMoments
from cxreport_plugins.threads.relation import Threads

START = datetime(2026, 1, 1, tzinfo=UTC)
Row = dict[str, Any]


def keep(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    return frame.collect().lazy()


def table(rows: list[Row]) -> pl.DataFrame:
    """Records from short rows: id, to (parent's id), min (minutes, None undated), by ("brand" or a customer)."""
    known = [
        {
            "record_id": f"r{row['id']}",
            "id_space": "x.api.v2",
            "native_id": str(row["id"]),
            "in_reply_to_id": None if row.get("to") is None else str(row["to"]),
            "conversation_id": row.get("talk"),
            "created_at": None if row.get("min", 0) is None else START + timedelta(minutes=row.get("min", 0)),
            "author_id": row.get("by", "anna"),
            "brand_authored": row.get("by") == "brand",
            "kind": row.get("kind", "post"),
            "text": row.get("text", "hello"),
        }
        for row in rows
    ]
    types = {"native_id": pl.String, "in_reply_to_id": pl.String, "conversation_id": pl.String}
    frame = conform(pl.DataFrame(known, schema_overrides={**types, "created_at": pl.Datetime("us", "UTC")}))
    enriched = {
        "entity": [row.get("entity", "brand") for row in rows],
        "moment": [row.get("moment") for row in rows],
        "moment_rule": [row.get("rule", row.get("moment") and "text.en.1") for row in rows],
        "moment_alt": [None] * len(rows),
        "stage": [row.get("stage", row.get("moment")) for row in rows],
        "auto_reply": [row.get("auto", False) for row in rows],
        "reply_elements": [row.get("holds", "") if row.get("by") == "brand" else None for row in rows],
        "customer_voice": [row.get("by") != "brand" for row in rows],
    }
    added = [pl.Series(name, values, strict=False) for name, values in enriched.items()]
    return frame.with_columns(added).with_columns(pl.col("reply_elements").cast(pl.String))


def run(relation: type[Relation], frame: pl.DataFrame) -> dict[str, Row]:
    made = relation(Options(), Context(Brand(Company(name="Meridian Air")), base=__import__("pathlib").Path()))
    out = made.relate(nw.from_native(frame.lazy()), keep).collect().to_native()
    assert set(out.columns) == {"record_id", *relation.adds}
    assert {name: out.schema[name] for name in relation.adds} == relation.adds
    assert out["record_id"].is_unique().all()
    return {row["record_id"][1:]: row for row in out.iter_rows(named=True)}


def test_an_answer_and_the_last_word() -> None:
    rows: list[Row] = [
        {"id": 1, "min": 0},
        {"id": 2, "to": 1, "min": 42, "by": "brand"},
        {"id": 3, "to": 2, "min": 60},
        {"id": 4, "min": 5, "by": "boris"},
    ]
    told = run(Threads, table(rows))
    assert [told[i]["thread_id"] for i in "1234"] == ["r1", "r1", "r1", "r4"]
    assert told["1"]["first_reply_ms"] == 42 * 60_000
    assert told["1"]["answered_by_brand"] is True
    assert told["1"]["last_word"] == "customer"
    assert told["1"]["reopened"] is True
    assert told["3"]["answered_by_brand"] is False
    assert told["4"]["answered_by_brand"] is False
    assert told["4"]["first_reply_ms"] is None
    assert told["2"]["answered_by_brand"] is None
    assert [told[i]["thread_position"] for i in "123"] == [0, 1, 2]


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        ({"by": "brand"}, True),
        ({"by": "brand", "auto": True}, False),
        ({"by": "brand", "entity": "norda"}, False),
        ({"by": "brand", "min": -5}, False),
        ({"by": "brand", "kind": "repost"}, False),
        ({"by": "boris"}, False),
        ({"by": "brand", "min": None}, True),
    ],
    ids=["human", "bot", "rival", "before", "repost", "another customer", "undated"],
)
def test_what_counts_as_an_answer(reply: Row, answered: bool) -> None:
    told = run(Threads, table([{"id": 1, "min": 0}, {"id": 2, "to": 1, "min": 9, **reply}]))
    assert told["1"]["answered_by_brand"] is answered
    timed = answered and reply.get("min", 9) is not None
    assert told["1"]["first_reply_ms"] == (9 * 60_000 if timed else None)


def test_a_thread_that_is_reopened_and_closed() -> None:
    rows: list[Row] = [
        {"id": 1, "min": 0},
        {"id": 2, "to": 1, "min": 3},
        {"id": 3, "to": 1, "min": 5, "by": "brand", "auto": True},
        {"id": 4, "to": 1, "min": 9, "by": "brand", "holds": "apology,transfer,"},
        {"id": 5, "to": 4, "min": 12, "by": "boris"},
        {"id": 6, "to": 4, "min": 20},
        {"id": 7, "to": 6, "min": 21},
        {"id": 8, "to": 7, "min": 50, "by": "brand"},
        {"id": 9, "to": 8, "min": 60},
    ]
    told = run(Threads, table(rows))
    assert {i for i in told if told[i]["reopens"]} == {"6", "9"}
    assert {i for i in told if told[i]["closes"]} == {"9"}
    assert told["6"]["first_reply_ms"] == 30 * 60_000
    assert (told["1"]["answers"], told["1"]["auto_answered"], told["1"]["transferred"]) == (2, True, True)
    assert told["1"]["reopened"] is True
    assert {told[i]["answers"] for i in "2345"} == {None}


def test_only_the_customer_of_a_thread_reopens_it() -> None:
    rows: list[Row] = [
        {"id": 1, "min": 0},
        {"id": 2, "to": 1, "min": 9, "by": "brand"},
        {"id": 3, "to": 2, "min": 12, "by": "boris"},
        {"id": 4, "min": 0, "by": "brand"},
        {"id": 5, "to": 4, "min": 3, "by": "brand"},
        {"id": 6, "min": 0, "by": None},
        {"id": 7, "to": 6, "min": 9, "by": "brand"},
        {"id": 8, "to": 7, "min": 12, "by": None},
    ]
    told = run(Threads, table(rows))
    assert [told[i]["reopened"] for i in "146"] == [False, False, False]
    assert not any(row["reopens"] or row["closes"] for row in told.values())
    assert told["4"]["answers"] is None


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("So sorry, Anna. Please DM us your booking number.", "apology,transfer,request,"),
        ("You have been refunded, and a voucher is yours.", "reinstatement,atonement,"),
        ("We understand. I will write to you again tonight.", "empathy,follow_up,"),
        ("Thank you for your feedback, it is passed on to the crew.", "acknowledgement,"),
        ("Нам очень жаль. Напишите нам в личные сообщения.", "apology,transfer,request,"),
        ("Good morning!", ""),
    ],
)
def test_what_an_answer_holds(text: str, elements: str) -> None:
    rows: list[Row] = [{"id": 1, "text": "sorry"}, {"id": 2, "to": 1, "min": 1, "by": "brand", "text": text}]
    told = run(AnswerElements, table(rows).drop("reply_elements"))
    expected = {name for name in elements.split(",") if name}
    assert {i: set(row["reply_elements"].split(",")) - {""} for i, row in told.items()} == {"2": expected}
    assert expected <= set(ELEMENTS)


def test_missing_parents_fall_back_on_the_conversation() -> None:
    rows: list[Row] = [
        {"id": 5, "to": 99, "min": 10, "talk": "99"},
        {"id": 6, "to": 98, "min": 20, "talk": "99", "by": "brand"},
        {"id": 7, "to": 97, "min": 30},
    ]
    told = run(Threads, table(rows))
    assert told["5"]["thread_id"] == told["6"]["thread_id"] == "r5"
    assert told["5"]["answered_by_brand"] is True
    assert told["7"]["thread_id"] == "r7"


def test_cycles_end_and_each_is_its_own_thread() -> None:
    told = run(Threads, table([{"id": 1, "to": 2}, {"id": 2, "to": 1}, {"id": 3, "to": 3}, {"id": 4, "to": 1}]))
    assert {i: told[i]["thread_id"] for i in "123"} == {"1": "r1", "2": "r2", "3": "r3"}
    assert told["4"]["thread_id"] == "r4"


def test_long_chains_reach_their_root() -> None:
    chain: list[Row] = [{"id": i, "to": i - 1 if i else None, "min": i} for i in range(60)]
    assert {row["thread_id"] for row in run(Threads, table(chain)).values()} == {"r0"}


def test_empty_and_single() -> None:
    assert run(Threads, table([{"id": 1}]).clear()) == {}
    assert run(Threads, table([{"id": 1}]))["1"]["thread_size"] == 1


graphs = st.lists(
    st.tuples(st.integers(0, 14) | st.none(), st.integers(0, 50), st.sampled_from(["anna", "boris", "brand"])),
    min_size=1, max_size=15,
)  # fmt: skip


@given(graphs, st.randoms(use_true_random=False))
def test_random_graphs_equal_the_oracle_in_any_order(graph: list[tuple[int | None, int, str]], rng: Any) -> None:
    rows: list[Row] = [{"id": i, "to": to, "min": at, "by": by} for i, (to, at, by) in enumerate(graph)]
    frame = table(rows)
    order = list(range(len(rows)))
    rng.shuffle(order)
    told, shuffled = run(Threads, frame), run(Threads, frame[order])
    assert told == shuffled
    for row in rows:
        root = oracle_root(row["id"], rows)
        mine = told[str(row["id"])]
        assert mine["thread_id"] == f"r{root}"
        thread = [r for r in rows if oracle_root(r["id"], rows) == root]
        assert mine["thread_size"] == len(thread)
        later = [r["min"] - row["min"] for r in thread if r["by"] == "brand" and r["min"] >= row["min"]]
        wanted = min(later) * 60_000 if later and row["by"] != "brand" else None
        assert mine["first_reply_ms"] == wanted


def oracle_root(start: int, rows: list[Row]) -> int:
    here, seen = start, [start]
    while (up := rows[here]["to"]) is not None and up < len(rows) and up != here:
        if up in seen:
            return start
        here = up
        seen.append(here)
    return here


def test_automatic_replies_by_words_and_by_repetition() -> None:
    rows: list[Row] = [
        {"id": i, "to": 1000 + i, "by": "brand", "text": f"@anna{i} Ticket {i} received ^AB"} for i in range(REPEATS)
    ]
    rows += [
        {"id": 50, "to": 1, "by": "brand", "text": "This is an automatic reply: our office opens at nine."},
        {"id": 51, "to": 1, "by": "brand", "text": "So sorry, Anna. Your bag is on the next flight."},
        {"id": 52, "to": 1, "text": "This is an automatic reply: our office opens at nine."},
    ]
    told = run(AutomaticReplies, table(rows))
    assert all(told[str(i)]["auto_reply"] for i in range(REPEATS))
    assert told["50"]["auto_reply"] is True
    assert told["51"]["auto_reply"] is False
    assert "52" not in told


def test_a_reply_without_a_moment_inherits_that_of_its_root() -> None:
    rows: list[Row] = [
        {"id": 1, "moment": "smot"},
        {"id": 2, "to": 1, "min": 1, "by": "brand"},
        {"id": 3, "to": 2, "min": 2},
        {"id": 4, "to": 1, "min": 3, "by": "boris", "stage": "umot"},
    ]
    told = run(InheritedMoments, table(rows).with_columns(thread_id=pl.lit("r1")))
    assert {i: (row["moment"], row["moment_rule"], row["stage"]) for i, row in told.items()} == {
        "3": ("smot", "thread", "smot"),
        "4": ("smot", "thread", "umot"),
    }


def test_the_same_customer_goes_on_about_the_same_matter() -> None:
    rows: list[Row] = [
        {"id": 1, "moment": "smot"},
        {"id": 2, "to": 1, "min": 1, "by": "brand"},
        {"id": 3, "to": 2, "min": 2, "moment": "zmot"},
        {"id": 4, "to": 1, "min": 3, "moment": "zmot", "by": "boris"},
        {"id": 5, "to": 1, "min": 4, "moment": "fmot", "rule": "map.kind.dm"},
        {"id": 6, "to": 1, "min": 5, "moment": "smot"},
        {"id": 7, "to": 1, "min": 6, "moment": "zmot", "by": None},
    ]
    told = run(InheritedMoments, table(rows).with_columns(thread_id=pl.lit("r1")))
    assert {i: (row["moment"], row["moment_alt"], row["stage"]) for i, row in told.items()} == {
        "3": ("smot", "zmot", "smot")
    }


def test_a_root_without_a_moment_leaves_its_thread_alone() -> None:
    rows: list[Row] = [{"id": 1}, {"id": 2, "to": 1, "min": 2}, {"id": 3, "to": 1, "min": 3, "moment": "zmot"}]
    assert run(InheritedMoments, table(rows).with_columns(thread_id=pl.lit("r1"))) == {}


def test_tables_that_number_their_own_rows_never_answer_each_other() -> None:
    rows: list[Row] = [{"id": 1}, {"id": 2, "to": 1, "min": 5, "by": "brand"}]
    calls, chats = (table(rows).with_columns(id_space=pl.lit(space)) for space in ("table@calls", "table@chats"))
    chats = chats.with_columns(record_id="chat" + pl.col("record_id"))
    told = run(Threads, pl.concat([calls.head(1), chats]))
    assert told["1"]["answered_by_brand"] is False
    assert told["hatr1"]["answered_by_brand"] is True
