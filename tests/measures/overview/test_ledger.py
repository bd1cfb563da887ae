"""The ledger tells of each file what it is, how it was read and what it cannot tell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cxreport.model.audit import Load
from cxreport.render.words import Words
from cxreport_plugins.overview.files import MOST, files
from cxreport_plugins.overview.frames import MEANING, incomplete
from tests.measures.make import edition

WORDS = Words()
FEED = Load(
    source_id="stores", reader="reviews 2", file="feed.json", sha256="ab" * 32, bytes=2048, system="app_store.rss",
    system_title="App Store feed", format="JSON", reason="It has a feed of reviews.", encoding="utf-16",
    encoding_how="bom", delimiter=";", header_row=3, rows_read=12, records=9, rejected={"no_content": 2},
    skipped={"the app itself": 1}, warnings={"date_unreadable": 1}, ids_damaged=4, figures=2, expected=15,
    date_min=datetime(2026, 3, 2, tzinfo=UTC), date_max=datetime(2026, 6, 30, tzinfo=UTC), zone="Europe/Riga",
    zone_basis="assumed, explicit", frame="without_replies", cap="the 500 newest reviews", channels=("app_store",),
    notes=("Take `page=2` too.",), examples=("row 3: no_content: nothing",),
)  # fmt: skip


def told(*loads: Load) -> list[str]:
    return [meaning.replace("\u00a0", " ") for _, meaning in incomplete(edition(loads=loads), WORDS)]


def load(**facts: Any) -> Load:
    return Load(**{"source_id": "a", "file": "a.csv", "system_title": "Export", "channels": ("x",), **facts})


def test_everything_known_of_a_file_is_told() -> None:
    [file] = files(edition(loads=[FEED]), WORDS)
    facts = {term: text.replace("\u00a0", " ") for term, text in file["facts"]}
    assert facts == {
        "Taken for": "App Store feed (JSON)",
        "Why": "It has a feed of reviews.",
        "Source": "stores, read by reviews 2",
        "Rows": "12 rows found, 9 records kept; 2 rejected; 1 left out on purpose; "
        "2 figures of the platform kept apart; the export itself states 15, so 3 are missing",
        "Holds": "no replies, a part only: at most the 500 newest reviews",
        "Dates": "2 March 2026 – 30 June 2026",
        "Time zone": "Europe/Riga: assumed, as the configuration says; each time states its own",
        "Written in": "utf-16 (as its first bytes say), cells parted by semicolon, header in row 3",
        "Ids": "4 rounded by a spreadsheet, not used",
        "Digest": f"SHA-256 {'ab' * 32}, 2,048 bytes",
    }
    assert file["reasons"] == [
        ("rejected: no content", "2"),
        ("left out on purpose: the app itself", "1"),
        ("kept with a warning: date unreadable", "1"),
    ]
    assert (file["examples"], file["notes"]) == (["row 3: no_content: nothing"], ["Take page=2 too."])


def test_a_file_that_was_not_read_says_why() -> None:
    [file] = files(edition(loads=[load(problem="it is no text", sha256="cd")]), WORDS)
    assert dict(file["facts"])["Not read"] == "it is no text"


def test_of_very_many_files_those_with_something_to_tell_are_told() -> None:
    clean = [load(file=f"{n}.csv") for n in range(MOST)]
    shown = files(edition(loads=[*clean, load(file="odd.csv", rejected={"no_content": 1})]), WORDS)
    assert [file["name"] for file in shown] == ["odd.csv"]
    assert len(files(edition(loads=clean), WORDS)) == MOST


@pytest.mark.parametrize("frame", sorted(MEANING))
def test_each_frame_says_what_it_forbids(frame: str) -> None:
    [sentence] = told(load(frame=frame, records=3, replies=1))
    assert sentence.startswith("“Export” ")
    assert "not computed" in sentence or "no measure of customers" in sentence


def test_an_archive_says_how_to_hear_customers() -> None:
    assert "add an export of their mentions" in told(load(frame="own_posts"))[0]


def test_a_cap_is_told_with_how_far_back_the_files_reach() -> None:
    assert told(FEED, FEED.model_copy(update={"records": 1})) == [
        "“App Store feed” comes without the brand's replies, so response rate and response time are not computed from "
        "it. “App Store feed” holds at most the 500 newest reviews: here 10 records since 2 March 2026. Volumes, their months and "
        "every trend are those of this part."
    ]
    assert "holds only a part" in told(load(frame="capped", replies=1, records=2))[0]


def test_a_whole_export_without_a_reply_is_silent_and_with_one_is_not() -> None:
    assert "Silence" in told(load(records=2))[0]
    assert told(load(records=2), load(file="b.csv", replies=1)) == []
    assert told(load(channels=("survey",))) == [], "nobody answers a survey in public"
    assert told(load(problem="broken", frame="own_posts")) == []
