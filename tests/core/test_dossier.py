"""The dossier: which records stand behind which number, and what each profile shows of them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.engine.local import LocalEngine
from cxreport.model.audit import Audit, Evidence, Meta
from cxreport.model.dossier import RECORD, Dossier, Selection, selection_of, selections, term_name
from cxreport.model.predicate import Predicate, Term
from cxreport.model.result import Result
from cxreport.render.coded import ALPHABET, FACETS, Columns, coded, written
from cxreport.stages.behind import BEYOND, OF_PEOPLE, X_POSTS
from cxreport.stages.dossier import dossier
from cxreport.stages.edition import edition_of
from tests.measures import make

BRAND: Term = ("entity", "eq", "brand")
SINCE: Term = ("created_at", "ge", datetime(2026, 1, 1, tzinfo=UTC))
LOUD: Term = ("author_followers", "ge", 1000)
SECRET = "ada.lund@example.com"


def result(*terms: Term, evidence: Predicate | None = None, n: int = 40, **dims: str) -> Result:
    return Result(
        id="care.response_rate", dims=dims, value=0.5, n=n, population=Predicate(all=(BRAND, *terms)), evidence=evidence
    )


def themed(theme: str) -> Predicate:
    return Predicate(table="labels", all=(("kind", "eq", "themes"), ("label", "eq", theme)))


def audit(*results: Result, evidence: tuple[Evidence, ...] = ()) -> Audit:
    measures = {"care.response_rate": results}
    return Audit(
        meta=Meta(title="t", client="c"), loads=(), waterfall=(), measures=measures, infos={}, evidence=evidence
    )


def held(folder: Path, rows: list[dict[str, Any]], labels: list[dict[str, Any]] | None = None) -> LocalEngine:
    """An engine that holds these records, and labels by the number of their record."""
    engine = LocalEngine(folder / "feedback")
    engine.write([make.records(*rows)], "records")
    told = [
        {"record_id": make.ident(one["of"]), "kind": "themes", "weight": 1.0, "rule": "r#1", **one}
        for one in labels or []
    ]
    if told:
        columns = ["record_id", "kind", "label", "weight", "rule"]
        engine.write([pl.DataFrame(told).select(columns)], "labels")
    return engine


def several(n: int, **common: Any) -> list[dict[str, Any]]:
    return [{"record_id": make.ident(i), "text_redacted": f"Text {i}", **common} for i in range(n)]


CASES = audit(
    result(),
    result(SINCE, month="2026-01"),
    result(("channel", "eq", "google"), channel="google"),
    result(evidence=themed("luggage"), theme="luggage"),
    result(("channel", "eq", "google"), evidence=themed("luggage"), theme="luggage", channel="google"),
    result(LOUD, tier="1000+"),
    Result(id="care.response_rate", dims={"figures": "own"}, value=3.0, n=3),
)
CELLS_OF_ROWS: list[dict[str, Any]] = [
    *(
        {"channel": "google", "author_followers": 5, "created_at": datetime(2025, 12, d, 9, tzinfo=UTC)}
        for d in range(1, 8)
    ),
    *(
        {"channel": "x", "author_followers": 5000, "created_at": datetime(2026, 1, d, 9, tzinfo=UTC)}
        for d in range(1, 12)
    ),
    {"channel": "x", "entity": "norda"},
]
ROWS = [{"record_id": make.ident(i), "text_redacted": f"Text {i}", **row} for i, row in enumerate(CELLS_OF_ROWS)]
LABELS = [{"of": i, "label": "luggage"} for i in (0, 1, 9, 18)]


def test_a_number_names_the_records_of_its_evidence_else_of_its_population() -> None:
    assert selection_of(result(SINCE)) == Selection((BRAND, SINCE))
    narrow = Predicate(all=(BRAND, ("sentiment", "eq", "negative")))
    assert selection_of(result(evidence=narrow)) == Selection(narrow.all)
    assert selection_of(result(evidence=themed("crew"))) == Selection((BRAND,), (("themes", "crew"),))
    assert selection_of(Result(id="a.b", value=1.0)) is None, "no filter does not mean all records"
    assert selection_of(Result(id="a.b", status="not_testable", population=Predicate(all=(BRAND,)))) is None
    assert selection_of(Result(id="a.b", value=1.0, population=Predicate(table="metrics", all=(BRAND,)))) is None


def test_each_number_is_counted_and_its_records_are_found_again(tmp_path: Path) -> None:
    made = dossier(held(tmp_path, ROWS, LABELS), CASES, {"themes": {"luggage": "Luggage"}}, 1000)
    asked = selections(r for results in CASES.measures.values() for r in results)
    counts = {name: made.counts[name] for name in asked}
    assert list(counts.values()) == [18, 11, 7, 3, 2, 11]
    for name, selection in asked.items():
        kept = made.keep(selection)
        assert kept is not None
        assert int(kept.sum()) == counts[name]
    assert make.ident(18) not in made.frame["id"].to_list(), "no number counts the rival's record"


def test_an_audit_read_back_names_the_same_records(tmp_path: Path) -> None:
    engine = held(tmp_path, ROWS, LABELS)
    before = dossier(engine, CASES, {}, 1000)
    after = dossier(engine, Audit.model_validate_json(CASES.model_dump_json()), {}, 1000)
    assert before.counts == after.counts
    assert before.frame.equals(after.frame)


def test_records_beyond_the_limit_are_counted_and_quoted_ones_are_always_there(tmp_path: Path) -> None:
    quoted = sorted(make.ident(i) for i in range(18))[-1]
    whole = audit(result(), evidence=(Evidence(id=quoted, source_id="demo"),))
    made = dossier(held(tmp_path, ROWS), whole, {}, 4)
    smallest = sorted(make.ident(i) for i in range(18))[:4]
    assert sorted(made.frame["id"]) == sorted([*smallest, quoted])
    assert list(made.counts.values()) == [18]
    assert dossier(held(tmp_path, ROWS), whole, {}, 0).frame.height == 0


def test_only_redacted_texts_and_no_authors_enter(tmp_path: Path) -> None:
    rows = several(
        30,
        text=f"Write to {SECRET}",
        title=SECRET,
        author_handle="ada_l",
        author_name="Ada Lund",
        author_id="1234567890",
    )
    frame = dossier(held(tmp_path, rows), audit(result()), {}, 100).frame
    assert frame.columns[: len(RECORD)] == list(RECORD)
    text = frame.write_json()
    assert [secret for secret in (SECRET, "ada_l", "Ada Lund", "1234567890") if secret in text] == []
    bare = [{**row, "text_redacted": None} for row in rows]
    assert dossier(held(tmp_path / "b", bare), audit(result()), {}, 100).frame["text"].drop_nulls().to_list() == []


def test_of_several_rules_for_one_label_the_first_is_told(tmp_path: Path) -> None:
    twice = [{"of": i, "label": "luggage", "rule": rule} for i in range(18) for rule in ("b#2", "a#1", "c#3")]
    frame = dossier(held(tmp_path, ROWS, twice), CASES, {"themes": {}}, 1000).frame
    assert frame["labels"].explode().struct.field("rule").unique().to_list() == ["a#1"]
    assert frame["labels"].list.len().unique().to_list() == [1]


def test_rows_stand_by_day_and_id_so_that_their_order_tells_no_hour(tmp_path: Path) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [{**row, "created_at": start + timedelta(hours=7 * i)} for i, row in enumerate(several(40))]
    frame = dossier(held(tmp_path, rows), audit(result()), {}, 100).frame
    keys = list(zip(frame["created_at"].dt.date(), frame["id"], strict=True))
    assert keys == sorted(keys)


# ---- what profiles show


def test_the_public_edition_holds_counts_only_rounded_and_none_of_few(tmp_path: Path) -> None:
    made = dossier(held(tmp_path, ROWS, LABELS), CASES, {}, 1000)
    shown = edition_of(CASES, "public", made)
    assert shown.dossier.frame.height == 0
    assert shown.dossier.terms == []
    assert shown.behind["care.response_rate"] == 20
    assert not [key for key in shown.behind if "google" in key or "luggage" in key], "fewer than ten"
    assert shown.withheld["verbatims"] == 18
    assert "dossier" not in shown.model_dump()


def test_the_client_edition_tells_days_and_nothing_of_authors(tmp_path: Path) -> None:
    made = dossier(held(tmp_path, ROWS, LABELS), CASES, {}, 1000)
    shown = edition_of(CASES, "client", made).dossier
    assert shown.frame["created_at"].dt.hour().unique().to_list() == [0]
    assert [name for name in shown.terms if any(column in name for column in OF_PEOPLE)] == []
    assert shown.keep(Selection((BRAND, LOUD))) is None
    assert edition_of(CASES, "internal", made).dossier.keep(Selection((BRAND, LOUD))) is not None


@pytest.mark.parametrize("profile", ["internal", "client"])
def test_terms_of_x_keep_back_all_but_500_posts_and_the_page_can_say_so(tmp_path: Path, profile: Any) -> None:
    rows = [*several(X_POSTS + 60, channel="x"), {"record_id": make.ident("r"), "channel": "google"}]
    quoted = sorted(make.ident(i) for i in range(X_POSTS + 60))[-1]
    whole = audit(
        result(),
        result(("channel", "eq", "google"), channel="google"),
        evidence=(Evidence(id=quoted, source_id="demo"),),
    )
    shown = edition_of(whole, profile, dossier(held(tmp_path, rows), whole, {}, 10_000))
    channels = Counter(shown.dossier.frame["channel"].to_list())
    assert channels == {"x": X_POSTS, "google": 1}
    assert quoted in shown.dossier.frame["id"].to_list(), "what is quoted counts as shown"
    assert shown.withheld[BEYOND] == 60
    assert list(shown.dossier.barred.values()) == [60]


def test_an_edition_made_without_records_tells_none() -> None:
    shown = edition_of(CASES, "client")
    assert shown.behind == {}
    assert shown.dossier.frame.height == 0


# ---- columns


def read(text: str, size: int, rows: int) -> list[int]:
    """What explorer.js makes of a column's string."""
    width = len(text) // rows if rows else 1
    places = []
    for at in range(rows):
        place = 0
        for letter in text[at * width : (at + 1) * width]:
            place = place * len(ALPHABET) + ALPHABET.index(letter)
        places.append(place)
    assert all(place < size for place in places)
    return places


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=50))
def test_codes_are_read_as_they_were_written(codes: list[int]) -> None:
    column = coded(pl.Series([str(code) for code in codes], dtype=pl.String))
    text = written(column.codes, len(column.values))
    assert [column.values[place] for place in read(text, len(column.values), len(codes))] == [
        str(code) for code in codes
    ]
    big = pl.Series(codes).to_numpy()
    assert read(written(big, 20_001), 20_001, len(codes)) == codes


def passes(test: dict[str, Any], columns: Columns, row: int) -> bool:
    """Whether explorer.js would show a row."""
    marks, labels = columns.marks[1], columns.labels[1]
    digits = bytes.fromhex(marks.values[marks.codes[row]])
    return (
        test["from"] <= row < test["to"]
        and all(columns.facets[name].codes[row] in test[name] for name in FACETS if name in test)
        and all(digits[mark >> 3] & (128 >> (mark & 7)) for mark in test["marks"])
        and all(label in labels.values[labels.codes[row]] for label in test["labels"])
    )


TERMS: tuple[Term, ...] = (
    BRAND, SINCE, ("channel", "eq", "x"), ("moment", "in", ("smot", "fmot")), ("moment", "is_null", None),
    ("nps_score", "ge", 9), ("reopens", "eq", True), ("kind", "ne", "repost"),
)  # fmt: skip
CELLS = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(["x", "google", None]), "moment": st.sampled_from(["smot", "fmot", None]),
        "labels": st.lists(st.sampled_from(["crew", "luggage"]), unique=True), "holds": st.lists(st.booleans(), min_size=8, max_size=8),
    }
)  # fmt: skip


@given(
    st.lists(CELLS, min_size=1, max_size=30),
    st.lists(st.integers(0, 7), max_size=4),
    st.sampled_from([(), ("crew",), ("none",)]),
)
def test_the_explorer_selects_what_the_audit_selected(
    cells: list[dict[str, Any]], asked: list[int], labels: tuple[str, ...]
) -> None:
    rows = [
        {"id": make.ident(i), "channel": c["channel"], "moment": c["moment"], "by_brand": False,
         "labels": [{"kind": "themes", "label": label, "rule": "r"} for label in sorted(c["labels"])],
         **{term_name(term): held for term, held in zip(TERMS, c["holds"], strict=True)}}
        for i, c in enumerate(cells)
    ]  # fmt: skip
    schema = {**RECORD, **{term_name(term): pl.Boolean for term in TERMS}}
    made = Dossier(pl.DataFrame(rows, schema=schema))
    selection = Selection(tuple(TERMS[i] for i in asked), tuple(("themes", label) for label in labels))
    columns = Columns(made, [selection, Selection(TERMS)])
    test, kept = columns.asks(selection), made.keep(selection)
    assert test is not None
    assert kept is not None
    assert [passes(test, columns, row) for row in range(len(rows))] == kept.tolist()
