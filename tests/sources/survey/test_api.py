"""Responses as JSON, as the interfaces of survey tools give them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cxreport.api import Input

from .exports import CONTEXT, Outcome, detect, read, source, write

Shared = Callable[[str], Path]


def dump(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), "utf-8")
    return path


def everything(got: Outcome) -> str:
    """All that is kept of a file, as text."""
    return got.records.write_json() + got.answers.write_json() + got.notes


def delighted(ident: str, kind: str, score: int | None, comment: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": ident, "person": "5001", "survey_type": kind, "score": score, "comment": comment,
        "permalink": "https://delighted.example/r/x1", "created_at": 1780760213, "updated_at": 1780763813,
        "person_properties": {"plan": "pro", "Phone": "+49 30 1234567"}, "notes": [], "tags": ["gate", "late"],
        "additional_answers": [], **more,
    }  # fmt: skip


EXTRA = [
    {"id": "a1", "question": {"id": "q_why", "type": "free_response", "text": "Anything else?"},
     "value": {"free_response": "More legroom would help"}},
    {"id": "a2", "question": {"id": "q_used", "type": "select_many", "text": "What did you use?"},
     "value": {"select_many": [{"id": "1", "text": "App, or site"}, {"id": "2", "text": "Desk"}]}},
    {"id": "a3", "question": {"id": "q_one", "type": "select_one", "text": "Which lounge?"},
     "value": {"select_one": {"id": "7", "text": "North"}}},
]  # fmt: skip


def test_delighted(tmp_path: Path) -> None:
    person = {"id": "5002", "name": "Ana Exemplo", "email": "ana@example.org", "phone_number": "+49 30 7654321"}
    items = [
        delighted("r1", "nps", 0, "Two hours at the gate", additional_answers=EXTRA),
        delighted("r2", "smileys", 5, None, person=person),
        delighted("r3", "thumbs", 1, "Fine", person=person),
        delighted("r4", "pmf", None, None),
    ]
    got = read(dump(tmp_path / "d.json", items))
    assert (got.detection.system, got.detection.confidence) == ("delighted", 1.0)
    first, second, third = (got.record(row) for row in range(3))
    assert (first["metric"], first["nps_score"], first["nps_group"], first["rating_norm"]) == ("nps", 0, "detractor", 0)
    assert (first["native_id"], first["text"], first["tags"]) == ("r1", "Two hours at the gate", ["gate", "late"])
    assert first["created_at"] == datetime.fromtimestamp(1780760213, UTC)
    assert (first["source_pointer"], first["rating_scale_source"]) == ("/0", "spec")
    assert first["author_id"] == CONTEXT.pseudonym("5001", "reference") != second["author_id"] == third["author_id"]
    assert (second["metric"], second["rating_value"], second["rating_norm"], second["text"]) == ("smiley", 5, 1, None)
    assert (third["metric"], third["rating_norm"]) == ("thumbs", 1)
    assert got.answer(0, "q_used")["value_codes"] == ["App, or site", "Desk"]
    assert got.answer(0, "q_one")["question_text"] == "Which lounge?"
    assert json.loads(first["extra"])["person_properties.plan"] == "pro"
    assert got.facts.skipped == {"empty_response": 1}
    assert got.accounts()
    for secret in ("example.org", "Exemplo", "1234567", "7654321", "delighted.example"):
        assert secret not in everything(got)
    assert "dropped as personal data" in got.notes


def typeform(token: str, answers: list[dict[str, Any]], submitted: str) -> dict[str, Any]:
    return {
        "landing_id": token, "token": token, "response_id": token, "response_type": "completed",
        "landed_at": "2026-01-05T10:00:00Z", "submitted_at": submitted,
        "metadata": {"user_agent": "Browser 1", "platform": "other", "referer": "https://f.example/?mail=z@example.org",
                     "network_id": "d3560842b2", "browser": "default"},
        "hidden": {"store": "HAM"}, "calculated": {"score": 3}, "variables": [{"key": "prize", "type": "text", "text": "mug"}],
        "answers": answers,
    }  # fmt: skip


def field(kind: str, ref: str) -> dict[str, str]:
    return {"id": f"id_{ref}", "type": kind, "ref": ref}


def test_typeform(tmp_path: Path) -> None:
    answers: list[dict[str, Any]] = [
        {"type": "number", "field": field("nps", "rec"), "number": 9},
        {"type": "text", "field": field("long_text", "why"), "text": "Calm crew and a clean cabin"},
        {
            "type": "choices",
            "field": field("multiple_choice", "used"),
            "choices": {"labels": ["App", "Desk"], "other": "Fax"},
        },
        {"type": "choice", "field": field("multiple_choice", "one"), "choice": {"label": "North"}},
        {"type": "boolean", "field": field("yes_no", "again"), "boolean": True},
        {"type": "email", "field": field("email", "mail"), "email": "ana@example.org"},
        {"type": "phone_number", "field": field("phone_number", "tel"), "phone_number": "+49301234567"},
    ]
    page = {"total_items": 2, "page_count": 1, "items": [
        typeform("t1", answers, "2026-01-05T10:01:30Z"),
        typeform("t2", [{"type": "number", "field": field("nps", "rec"), "number": 0}], "0001-01-01T00:00:00Z"),
    ]}  # fmt: skip
    got = read(dump(tmp_path / "t.json", page))
    assert (got.detection.system, got.detection.format) == ("typeform", "API JSON")
    first, second = got.record(0), got.record(1)
    assert (first["nps_score"], first["nps_group"], first["question_id"]) == (9, "promoter", "rec")
    assert (first["native_id"], first["duration_s"], first["complete"]) == ("t1", 90.0, True)
    assert first["text"] == "Calm crew and a clean cabin"
    assert (first["source_pointer"], first["tz_source"]) == ("/items/0", "explicit")
    assert got.answer(0, "used")["value_codes"] == ["App", "Desk", "Fax"]
    assert (second["nps_score"], second["created_at"]) == (0, datetime(2026, 1, 5, 10, tzinfo=UTC))
    assert json.loads(first["extra"]) == {
        "calculated.score": "3", "hidden.store": "HAM", "metadata.browser": "default", "metadata.platform": "other",
        "variables.prize": "mug",
    }  # fmt: skip
    assert "example.org" not in everything(got)
    assert "49301234567" not in everything(got)
    assert got.accounts()


def qualtrics(ident: str, status: int, values: dict[str, Any], labels: dict[str, Any]) -> dict[str, Any]:
    base = {
        "startDate": "2026-03-25T17:16:56Z", "endDate": "2026-03-25T17:21:25Z", "status": status, "ipAddress": "192.0.2.9",
        "duration": 269, "finished": 1, "recordedDate": "2026-03-25T17:21:25.942Z", "_recordId": ident,
        "locationLatitude": "53.5", "locationLongitude": "10.0", "userLanguage": "EN", "store": "HAM",
    }  # fmt: skip
    return {
        "responseId": ident,
        "values": base | values,
        "labels": labels,
        "displayedFields": [],
        "displayedValues": {},
    }


def test_qualtrics(tmp_path: Path) -> None:
    values = {"QID1_TEXT": "The seat was narrow", "QID3": 4, "QID2": ["2", "3"], "QID9": 8, "QID9_NPS_GROUP": 2}
    labels = {"status": "IP Address", "QID3": "Somewhat satisfied", "QID2": ["Tuesday", "Friday"]}
    items = [qualtrics("R_1", 0, values, labels), qualtrics("R_2", 1, values, labels)]
    items.append(qualtrics("R_3", 0, {"QID3": 1, "QID9": 0, "QID9_NPS_GROUP": 1}, {"QID3": "Extremely dissatisfied"}))
    for path in (dump(tmp_path / "q.json", {"responses": items}), tmp_path / "q.ndjson"):
        if path.suffix == ".ndjson":
            path.write_text("\n".join(map(json.dumps, items)))
        got = read(path)
        assert (got.detection.system, got.detection.format) == ("qualtrics", "JSON")
        first = got.record(0)
        assert (first["native_id"], first["nps_score"], first["duration_s"], first["lat"]) == ("R_1", 8, 269.0, 53.5)
        assert (first["csat_value"], first["csat_max"], first["language"]) == (4.0, 5.0, "en")
        assert first["created_at"] == datetime(2026, 3, 25, 17, 21, 25, 942000, UTC)
        assert first["text"] == "The seat was narrow"
        assert got.answer(0, "QID2")["value_codes"] == ["Tuesday", "Friday"]
        assert json.loads(first["extra"])["QID3 (code)"] == "4"
        assert json.loads(first["extra"])["store"] == "HAM"
        assert (got.record(2)["nps_score"], got.record(2)["nps_group"]) == (0, "detractor")
        assert got.facts.skipped == {"survey_preview": 1}
        assert "192.0.2.9" not in everything(got)
        assert got.accounts()


def test_surveymonkey(tmp_path: Path) -> None:
    questions = [
        {"id": "q1", "family": "single_choice", "heading": "How satisfied are you with us?",
         "answers": [{"choice_id": "11", "simple_text": "Very satisfied"}]},
        {"id": "q2", "family": "multiple_choice", "heading": "What did you use?",
         "answers": [{"choice_id": "21", "simple_text": "App"}, {"other_id": "29", "text": "Pigeon"}]},
        {"id": "q3", "family": "open_ended", "heading": "Why?", "answers": [{"text": "Quick and friendly desk"}]},
        {"id": "q4", "family": "matrix", "heading": "Rate", "answers": [
            {"row_id": "crew", "choice_id": "41", "choice_metadata": {"weight": 4}},
            {"row_id": "food", "choice_id": "42", "choice_metadata": {"weight": 2}}]},
    ]  # fmt: skip
    base = {
        "survey_id": "77", "collector_id": "88", "recipient_id": "9", "date_created": "2026-02-01T09:00:00+01:00",
        "date_modified": "2026-02-01T09:03:00+01:00", "total_time": 180, "ip_address": "192.0.2.4", "custom_variables": {"seg": "a"},
        "edit_url": "https://sm.example/edit", "metadata": {"contact": {"email": {"type": "string", "value": "x@example.org"}}},
    }  # fmt: skip
    less = [questions[0] | {"answers": [{"choice_id": "12", "simple_text": "Dissatisfied"}]}]
    items = [
        base | {"id": "1", "response_status": "completed", "pages": [{"id": "p", "questions": questions}]},
        base | {"id": "2", "response_status": "partial", "pages": [{"id": "p", "questions": less}]},
    ]
    got = read(dump(tmp_path / "s.json", {"data": items, "per_page": 50}))
    assert (got.detection.system, got.detection.format) == ("surveymonkey", "API JSON")
    first, second = got.record(0), got.record(1)
    assert (first["csat_value"], second["csat_value"], first["rating_scale_source"]) == (5.0, 2.0, "labels")
    assert (first["complete"], second["complete"], first["duration_s"]) == (True, False, 180.0)
    assert first["created_at"] == datetime(2026, 2, 1, 8, 3, tzinfo=UTC)
    assert first["text"] == "Quick and friendly desk"
    used = {a["row_label"]: (a["value_text"], a["value_codes"]) for a in got.answers_of(0) if a["question_id"] == "q2"}
    assert used == {None: ("App", ["App"]), "Other": ("Pigeon", None)}
    grid = {a["row_label"]: a["value_number"] for a in got.answers_of(0) if a["question_id"] == "q4"}
    assert grid == {"crew": 4.0, "food": 2.0}
    for secret in ("192.0.2.4", "sm.example", "x@example.org"):
        assert secret not in everything(got)
    assert got.accounts()


def test_formbricks(tmp_path: Path) -> None:
    base = {"createdAt": "2026-02-01T09:00:00.000Z", "updatedAt": "2026-02-01T09:05:00.000Z", "surveyId": "s1"}
    data = {
        "rec": 10, "why": "Because the desk was open late", "used": ["App", "Desk"], "grid": {"Crew": "Good", "Food": "Poor"},
        "who": ["Ana", "Exemplo", "ana@example.org", "", ""],
    }  # fmt: skip
    items = [
        base | {"id": "f1", "finished": True, "data": data, "language": "de", "tags": [{"name": "vip"}],
                "meta": {"url": "https://x.example", "country": "DE", "userAgent": {"browser": "B"}}, "contact": {"userId": "u1"}},
        base | {"id": "f2", "finished": False, "data": {"rec": 0}, "tags": []},
    ]  # fmt: skip
    got = read(dump(tmp_path / "f.json", {"data": items}), questions={"rec": "nps"})
    assert (got.detection.system, got.detection.format) == ("formbricks", "API JSON")
    first, second = got.record(0), got.record(1)
    assert (first["nps_score"], second["nps_score"]) == (10, 0)
    assert (first["complete"], second["complete"], first["language"], first["tags"]) == (True, False, "de", ["vip"])
    assert first["author_id"] == CONTEXT.pseudonym("u1", "reference")
    assert first["text"] == "Because the desk was open late"
    assert got.answer(0, "used")["value_codes"] == ["App", "Desk"]
    assert {a["row_label"]: a["value_text"] for a in got.answers_of(0) if a["question_id"] == "grid"} == {
        "Crew": "Good",
        "Food": "Poor",
    }
    assert "Exemplo" not in everything(got)
    assert got.accounts()


def test_satismeter_drops_what_nobody_answered(tmp_path: Path) -> None:
    base = {
        "project": "p", "campaign": "c", "created": "2026-02-01T09:00:00.000Z", "score": 100, "answers": [],
        "dismissed": False, "pending": False, "device": {"os": "X", "type": "phone"}, "location": {"country": "DE"},
        "user": {"id": "1", "userId": "u1", "name": "Ana Exemplo", "email": "ana@example.org", "traits": {"plan": "pro"}},
    }  # fmt: skip
    items = [
        base | {"id": "1", "rating": 9, "category": "promoter", "feedback": "Kind staff"},
        base | {"id": "2", "rating": 6, "category": "passive", "feedback": ""},
        base | {"id": "3", "rating": None, "category": None, "feedback": None, "dismissed": True},
        base | {"id": "4", "rating": None, "category": None, "feedback": None, "pending": True},
    ]
    got = read(dump(tmp_path / "s.json", {"responses": items}))
    assert got.detection.system == "satismeter"
    assert got.records["nps_score"].to_list() == [9, 6]
    assert got.facts.skipped == {"survey_dismissed": 1, "survey_pending": 1}
    assert got.records["warnings"].to_list() == [None, ["nps_group_differs"]]
    assert got.record(0)["author_id"] == CONTEXT.pseudonym("u1", "reference")
    assert "Exemplo" not in everything(got)
    assert "example.org" not in everything(got)
    assert got.accounts()


def test_hubspot_nested_or_flat(tmp_path: Path) -> None:
    properties = {
        "hs_survey_type": "CES", "hs_value": "6", "hs_content": "Easy enough", "hs_response_group": "EASY",
        "hs_submission_timestamp": "2026-02-01T09:00:00.000Z", "hs_contact_email_rollup": "ana@example.org",
        "hs_submission_name": "Ana Exemplo", "hs_contact_id": "77", "hs_survey_name": "Booking",
    }  # fmt: skip
    nested = {"id": "1", "properties": properties, "createdAt": "2026-02-01T09:00:01Z", "archived": False}
    gone = {"id": "2", "properties": properties, "archived": True}
    flat = {"id": "3", "archived": False} | {
        f"properties_{k}": v for k, v in (properties | {"hs_survey_type": "NPS", "hs_value": "0"}).items()
    }
    got = read(dump(tmp_path / "h.json", {"results": [nested, gone, flat]}))
    assert got.detection.system == "hubspot"
    first, third = got.record(0), got.record(2)
    assert (first["metric"], first["ces_value"], first["ces_max"], first["text"]) == ("ces", 6.0, 7.0, "Easy enough")
    assert (third["metric"], third["nps_score"], third["native_id"]) == ("nps", 0, "3")
    assert got.facts.skipped == {"survey_deleted": 1}
    assert first["author_id"] == third["author_id"] == CONTEXT.pseudonym("77", "reference")
    assert "xemplo" not in everything(got)
    assert "example.org" not in everything(got)
    assert got.accounts()


ASKNICELY = {
    "response_id": "31", "person_id": "41", "contact_id": "51", "name": "Ana Exemplo", "email": "ana@example.org",
    "answer": "9", "answerlabel": "9", "comment": "Quick &amp; kind", "segment": "north", "question_type": "NPS",
    "sent": "1780760000", "opened": "0", "responded": "1780760213", "publishedname": "Ana", "topic_c": "desk",
}  # fmt: skip


def test_hubspot_as_a_table_of_internal_names(tmp_path: Path) -> None:
    header = ["hs_object_id", "hs_survey_type", "hs_value", "hs_content", "hs_submission_timestamp", "hs_contact_id"]
    rows = [
        ["1", "NPS", "0", "Late", "2026-02-01T09:00:00.000Z", "77"],
        ["2", "CES", "6", "", "2026-02-02T09:00:00.000Z", "78"],
    ]
    got = read(write(tmp_path / "h.csv", [header, *rows]))
    assert (got.detection.system, got.detection.format) == ("hubspot", "table")
    first, second = got.record(2), got.record(3)
    assert (first["native_id"], first["nps_score"], first["nps_group"], first["text"]) == ("1", 0, "detractor", "Late")
    assert (second["ces_value"], second["ces_max"], second["author_id"]) == (
        6.0,
        7.0,
        CONTEXT.pseudonym("78", "reference"),
    )
    assert got.accounts()


def test_gorgias(tmp_path: Path) -> None:
    item = {
        "id": 1,
        "ticket_id": 7,
        "customer_id": 3,
        "score": 5,
        "body_text": "Quick",
        "scored_datetime": "2026-02-01T10:00:00.123456",
    }
    unanswered = {**item, "id": 2, "score": None, "body_text": None, "scored_datetime": None}
    got = read(dump(tmp_path / "g.json", {"data": [item, unanswered], "object": "list"}))
    assert (got.detection.system, got.detection.format) == ("gorgias.api", "API JSON")
    [record] = got.records.to_dicts()
    assert (record["csat_value"], record["csat_max"], record["text"]) == (5.0, 5.0, "Quick")
    assert (record["created_at"], record["tz_source"]) == (datetime(2026, 2, 1, 10, 0, 0, 123456, UTC), "spec")
    assert got.facts.skipped == {"empty_response": 1}
    assert got.accounts()


@pytest.mark.parametrize("form", ["API JSON", "CSV"])
def test_asknicely(tmp_path: Path, form: str) -> None:
    other = ASKNICELY | {"response_id": "32", "question_type": "5STAR", "answer": "2", "comment": "Slow"}
    silent = ASKNICELY | {"response_id": "33", "answer": "", "comment": "", "responded": "0"}
    items = [ASKNICELY, other, silent]
    if form == "CSV":
        path = write(tmp_path / "a.csv", [list(ASKNICELY), *(list(item.values()) for item in items)])
    else:
        path = dump(tmp_path / "a.json", {"success": True, "data": items})
    got = read(path)
    start = 2 if form == "CSV" else 0
    assert (got.detection.system, got.detection.format) == ("asknicely", form)
    first, second = got.record(start), got.record(start + 1)
    assert (first["nps_score"], first["text"], first["segment"]) == (9, "Quick & kind", "north")
    assert first["created_at"] == datetime.fromtimestamp(1780760213, UTC)
    assert (second["metric"], second["rating_value"], second["rating_max"], second["nps_score"]) == (
        "stars",
        2,
        5,
        None,
    )
    assert "opened" not in json.loads(first["extra"])
    assert got.facts.skipped == {"empty_response": 1}
    assert "xemplo" not in everything(got)
    assert "example.org" not in everything(got)
    assert got.accounts()


def test_wootric(tmp_path: Path) -> None:
    items = [
        {"id": 1, "score": 7, "text": "Fine", "created_at": "2026-02-01 09:00:00 -0800", "survey_id": 3, "tags": ["a"],
         "end_user": {"id": 5, "email": "ana@example.org", "properties": {"plan": "pro"}}},
        {"id": 2, "score": 0, "text": None, "created_at": "2026-02-01 10:00:00 -0800", "survey_id": 3, "tags": [], "end_user_id": 6},
    ]  # fmt: skip
    got = read(dump(tmp_path / "w.json", items))
    assert got.detection.system == "wootric"
    assert got.records["nps_group"].to_list() == ["passive", "detractor"]
    assert got.record(0)["created_at"] == datetime(2026, 2, 1, 17, tzinfo=UTC)
    assert "example.org" not in everything(got)
    assert got.accounts()


MEDALLIA = [
    "request_id", "request_sent_at", "request_delivery_status", "response_received_at", "star_rating", "comments",
    "reward_name", "areas_for_improvement", "ext_interaction_id", "channel", "tags", "brand", "customer_name",
    "request_sent_to", "employee_first_name", "employee_email",
]  # fmt: skip


def test_medallia_agent_connect(tmp_path: Path) -> None:
    rows = [
        ["m1", "2026-02-01 08:00:00", "delivered", "2026-02-01 09:00:00", "5", "Solved at once", "", "", "x1", "chat",
         "vip", "Meridian", "Ana Exemplo", "ana@example.org", "Bo", "bo@staff.example"],
        ["m2", "2026-02-01 08:00:00", "delivered", "", "", "", "", "", "x2", "chat", "", "Meridian", "Ana Exemplo",
         "ana@example.org", "Bo", "bo@staff.example"],
    ]  # fmt: skip
    got = read(write(tmp_path / "m.csv", [MEDALLIA, *rows]))
    assert got.detection.system == "medallia.agent_connect"
    first = got.record(2)
    assert (first["metric"], first["rating_value"], first["rating_max"], first["text"]) == (
        "stars",
        5,
        5,
        "Solved at once",
    )
    assert (first["created_at"], first["tz_source"]) == (datetime(2026, 2, 1, 9, tzinfo=UTC), "spec")
    assert first["author_id"] == CONTEXT.pseudonym("ana@example.org", "email")
    assert got.facts.skipped == {"empty_response": 1}
    for secret in ("Exemplo", "example.org", "staff.example", "Bo"):
        assert secret not in got.records.write_json()
    assert got.accounts()


def test_what_the_format_says_is_not_suggested_as_a_mapping(tmp_path: Path) -> None:
    path = dump(tmp_path / "d.json", [delighted("r1", "smileys", 4, "Good")])
    survey, data = source(path), Input.at(path)
    found = survey.detect(data)
    assert found is not None
    assert survey.suggest(data, found) == {}


def test_a_broken_item_is_a_reject_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "d.ndjson"
    sound = json.dumps(delighted("r1", "nps", 9, "Good"))
    path.write_text(f"{sound}\n7\n{{broken\n{sound.replace('r1', 'r2')}\n")
    got = read(path)
    assert got.records["native_id"].to_list() == ["r1", "r2"]
    assert [reject.code for reject in got.rejects] == ["not_an_object", "broken"]
    assert got.accounts()


def test_a_mapping_goes_before_what_the_format_says(tmp_path: Path) -> None:
    path = dump(tmp_path / "d.json", [delighted("r1", "nps", 9, "Good"), delighted("r2", "csat", 4, "Well")])
    got = read(path, questions={"score (csat)": "ignore"})
    assert got.records["nps_score"].to_list() == [9, None]
    assert got.records["csat_value"].to_list() == [None, None]


@pytest.mark.parametrize(
    "value", [[], {}, {"responses": []}, {"responses": [7]}, {"items": [{}]}, [[]], {"data": [{"id": 1}]}]
)
def test_other_json_is_not_taken_for_a_survey(tmp_path: Path, value: Any) -> None:
    assert detect(dump(tmp_path / "x.json", value)) is None


@pytest.mark.parametrize(
    ("name", "system"),
    [("delighted/api_survey_response.json", "delighted"), ("qualtrics/ASSEMBLED_response_export.json", "qualtrics")],
)
def test_real_shapes(shared: Shared, name: str, system: str) -> None:
    got = read(shared(f"samples/{name}"))
    assert (got.detection.system, got.records.height) == (system, 1)
    assert got.records["nps_score"].null_count() == 0
    assert got.records["text"].to_list() == (["Great product, easy to use!"] if system == "delighted" else ["wedw"])
    assert got.accounts()
