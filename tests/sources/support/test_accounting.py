"""Whatever stands in an export: rows read = rows of records + rejects + skipped, and nothing raises."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport_plugins.support.markup import plain

from .exports import detect, dump, read, table

CELLS = st.sampled_from(
    ["", "0", "good", "x@example.org", "2026-02-01T10:00:00Z", "<p>a&amp;b", "\u202e", "1769940000"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | CELLS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=8,
)
COMMENT = {"id": 1, "author_id": 1, "body": "b", "public": True, "created_at": "2026-02-01T10:00:00Z"}
PART = {"id": "1", "part_type": "comment", "body": "b", "created_at": 1769940000, "author": {"type": "user", "id": 1}}
SHAPES: dict[str, dict[str, Any]] = {
    "tickets": {
        "id": 1, "requester_id": 1, "submitter_id": 1, "subject": "s", "status": "open", "description": "d", "tags": [],
        "created_at": "2026-02-01T10:00:00Z", "comments": [COMMENT], "satisfaction_rating": {"score": "good"}, "via": {},
    },
    "satisfaction_ratings": {"id": 1, "score": "good", "ticket_id": 2, "requester_id": 3, "reason": "r"},
    "survey_responses": {"id": 1, "responder_id": 1, "answers": [{"type": "rating_scale", "rating": 4}], "subjects": []},
    "conversations": {
        "type": "conversation", "id": "1", "created_at": 1769940000, "source": {"body": "b", "author": {}}, "tags": {},
        "conversation_rating": {"rating": 4}, "conversation_parts": {"conversation_parts": [PART]},
    },
    "freshdesk": {"id": 1, "survey_id": 1, "ticket_id": 2, "ratings": {"default_question": 103}, "feedback": "f"},
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=30)
@given(data=st.data())
def test_every_object_is_accounted_for(name: str, data: st.DataObject) -> None:
    first = SHAPES[name]
    changed = data.draw(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(first, VALUES)), max_size=4))
    items = [first, *(first | change for change in changed), *data.draw(st.lists(VALUES, max_size=2))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.json")
        path.write_text(json.dumps(items), "utf-8")
        assert read(path).accounts()


HEADERS = {
    "zendesk": ["Summation column", "Id", "Requester", "Subject", "Created at", "Tags", "Satisfaction Score", "*"],
    "freshdesk": ["Ticket ID", "Subject", "Resolution status", "Survey results", "Email", "Created time", "^.*$"],
}


@pytest.mark.parametrize("name", HEADERS)
@settings(max_examples=25)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=6))
def test_every_row_is_accounted_for(name: str, rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = table(Path(folder, "export.csv"), [HEADERS[name], *rows])
        got = read(path)
    assert got.accounts()
    assert got.facts.rows_read >= sum(1 for row in rows if any(cell.strip() for cell in row))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"[7]", b'{"tickets": []}', b'{"conversations": [[]]}', b"\x00" * 50, b"PAR1", b"a,b\n1,2\n"],
)
def test_what_is_no_export_is_not_recognised_and_does_not_raise(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert detect(path) is None


@settings(max_examples=60)
@given(st.text(alphabet="<>&;/pb!-= \"'abc#x", max_size=60))
def test_no_markup_breaks_the_reader(markup: str) -> None:
    assert plain(markup) is None or plain(markup)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("<style>p{}</style><div>Shown &lt;b&gt;</div>", "Shown <b>"),
        ("plain\ntext, 3 < 4 &amp; more", "plain\ntext, 3 < 4 & more"),
        ("<p>&nbsp;</p>", None),
    ],
)
def test_words_of_markup(markup: str, words: str | None) -> None:
    assert plain(markup) == words


def test_a_field_of_one_endless_word_is_read_at_once(tmp_path: Path) -> None:
    ticket = {**SHAPES["tickets"], "blob": "[" * 200_000, "told": "[" * 200_000 + " ana@example.com"}
    started = time.process_time()
    outcome = read(dump(tmp_path / "export.json", [ticket]))
    assert time.process_time() - started < 2
    assert "blob" in outcome.everything()
    assert "ana@example.com" not in outcome.everything()
