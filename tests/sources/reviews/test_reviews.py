"""Review exports in their true layouts: what becomes a record, a reply, a reject, a warning."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .exports import Loaded, Write, detect, extra

PLAY = (
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,"
    "Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,"
    "Star Rating,Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,"
    "Developer Reply Text,Review Link"
)
TRUSTPILOT = (
    "Domain Url;Webshop Name;Business Unit Id;Review ID;Review Created (UTC);Review Consumer User Id;Review Username;"
    "Review User Email;Review Title;Review Content;Review Stars;Source Of Review;Reference Id;Company Reply;"
    "Company Reply Date (UTC);Review Language"
)


def play(*rows: str) -> bytes:
    return ("\ufeff" + "\r\n".join([PLAY, *rows]) + "\r\n").encode("utf-16-le")


def test_play_console_is_utf16_with_ids_in_links_of_two_spellings(write: Write) -> None:
    new = "app,12,4.1,en,oriole,2026-01-01T06:39:06Z,1767249546192,2026-02-01T00:00:00Z,1769904000000,1,,Broken,,,,http://x.example/d?reviewId=gp%3AAOq-1&c=1"
    old = 'app,,,ru,a06,2026-01-02T06:00:00Z,,2026-01-02T06:00:00Z,,5,Hi,"Good, really",2026-01-03T06:00:00Z,1767420000000,Thanks,http://x.example/d&reviewid=gp:AOq-2'
    loaded = Loaded(write("reviews_app_202601.csv", play(new, old)))
    first, second, reply = loaded.rows
    assert (first["native_id"], second["native_id"]) == ("gp:AOq-1", "gp:AOq-2")
    assert first["created_at"] == datetime(2026, 1, 1, 6, 39, 6, 192000, UTC)
    assert first["updated_at"] == datetime(2026, 2, 1, tzinfo=UTC)
    assert (first["tz_source"], second["tz_source"]) == ("spec", "explicit")
    assert (second["title"], second["text"], second["rating_norm"]) == ("Hi", "Good, really", 1.0)
    assert (reply["kind"], reply["in_reply_to_id"], reply["brand_authored"]) == ("owner_reply", "gp:AOq-2", True)
    assert reply["source_row"] == second["source_row"] == 3
    assert loaded.facts.encoding == "utf-16"
    assert loaded.holds_the_law()


def test_trustpilot_business_export(write: Write) -> None:
    lines = [
        TRUSTPILOT,
        "m.example;Meridian;b1;r1;2026-01-02 10:00:00;u1;Ada North;ada@example.com;Late;Three hours late;1;AFSv2;ORDER-7;We are sorry;2026-01-03 10:00:00;en",
        "m.example;Meridian;b1;r2;not a date;u2;Bo;;;;4;Organic;;;;en",
        "m.example;Meridian;b1;r3;2026-01-02 10:00:00;u3;Cy;;T;Text;9;Organic;;;;en",
        "m.example;Meridian;b1;r4;2026-01-02 10:00:00;u4;Di;;;;;Organic;;;;en",
    ]
    loaded = Loaded(write("t.csv", "\ufeff" + "\n".join(lines)))
    rows = {row["native_id"]: row for row in loaded.rows}
    assert rows["r1"]["created_at"] == datetime(2026, 1, 2, 10, tzinfo=UTC)
    assert rows["r1"]["tz_source"] == "header"
    assert (rows["r1"]["invited"], rows["r2"]["invited"]) == (True, False)
    assert rows["r1"]["url"] == "https://www.trustpilot.com/reviews/r1"
    assert rows["r1#reply"]["in_reply_to_id"] == "r1"
    assert (rows["r2"]["kind"], rows["r2"]["created_at"], rows["r2"]["warnings"]) == (
        "rating_only",
        None,
        ["date_unreadable"],
    )
    assert (rows["r3"]["rating_value"], rows["r3"]["warnings"]) == (None, ["rating_out_of_scale"])
    assert [reject.code for reject in loaded.rejects] == ["no_content"]
    assert "ada@example.com" not in str(loaded.rows)
    assert any("contact details" in note for note in loaded.facts.notes)
    assert loaded.holds_the_law()


def google(*reviews: dict[str, Any], key: str = "reviews") -> str:
    return json.dumps({key: list(reviews), "averageRating": 4.2, "totalReviewCount": len(reviews)})


REVIEW = {
    "name": "accounts/1/locations/77/reviews/a", "reviewId": "a", "reviewer": {"displayName": "Ada North"},
    "starRating": "FOUR", "comment": "Lovely crew", "createTime": "2026-01-02T10:00:00.123456789Z",
    "updateTime": "2026-01-02T10:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    "comment",
    [
        "(Translated by Google) It was good\n\n(Original)\nБыло хорошо",
        "Было хорошо\n\n(Translated by Google)\nIt was good",
    ],
)
def test_google_analyses_the_original_once(write: Write, comment: str) -> None:
    [row] = Loaded(write("g.json", google({**REVIEW, "comment": comment}))).rows
    assert (row["text"], row["text_translated"], row["text_original"]) == ("Было хорошо", "It was good", "Было хорошо")


def test_google_keeps_the_translation_of_a_reply_too(write: Write) -> None:
    reply = {"comment": "(Translated by Google) Sorry\n\n(Original)\nПростите", "updateTime": "2026-01-05T10:00:00Z"}
    review, answer = Loaded(write("g.json", google({**REVIEW, "reviewReply": reply}))).rows
    assert (answer["text"], extra(review)) == ("Простите", {"replyTranslated": "Sorry"})


def test_google_stars_replies_places_and_anonymity(write: Write) -> None:
    reply = {"comment": "Thank you", "updateTime": "2026-01-05T10:00:00Z"}
    quiet = {
        **REVIEW,
        "reviewId": "b",
        "reviewer": {"isAnonymous": True, "displayName": "A Google user"},
        "comment": None,
    }
    unrated = {**REVIEW, "reviewId": "c", "starRating": "STAR_RATING_UNSPECIFIED", "comment": ""}
    loaded = Loaded(write("g.json", google({**REVIEW, "reviewReply": reply}, quiet, unrated)))
    rows = {row["native_id"]: row for row in loaded.rows}
    assert (rows["a"]["rating_raw"], rows["a"]["rating_value"], rows["a"]["location_id"]) == ("FOUR", 4.0, "77")
    assert rows["a"]["created_at"].microsecond == 123456
    assert loaded.figures == {("77", "rating_average", 4.2), ("77", "review_count", 3.0)}
    assert (rows["b"]["kind"], rows["b"]["author_name"]) == ("rating_only", None)
    assert rows["a#reply"]["created_at"] == datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert [(r.row, r.code) for r in loaded.rejects] == [(2, "no_content")]
    assert loaded.holds_the_law()


def test_google_batches_of_many_places(write: Write) -> None:
    batch = {"locationReviews": [{"name": "accounts/1/locations/9", "review": {**REVIEW, "name": ""}}]}
    [row] = Loaded(write("g.json", json.dumps(batch))).rows
    assert (row["native_id"], row["location_id"]) == ("a", "9")


def entry(**more: Any) -> dict[str, Any]:
    label = {"im:rating": "2", "id": "1", "title": "T", "content": "C", "updated": "2026-06-30T00:32:47-07:00", **more}
    author = {"author": {"name": {"label": "ada"}, "uri": {"label": "https://itunes.apple.com/gb/reviews/id99"}}}
    return {**author, **{key: {"label": value} for key, value in label.items()}}


APP = {"im:name": {"label": "The app"}, "id": {"label": "https://apps.apple.com/gb/app/x/id5"}}


@pytest.mark.parametrize(("entries", "count"), [([APP, entry(), entry(id="2")], 2), (entry(), 1)])
def test_app_store_feed(write: Write, entries: Any, count: int) -> None:
    loaded = Loaded(write("feed.json", json.dumps({"feed": {"entry": entries}})))
    assert loaded.records.height == count
    row = loaded.rows[0]
    assert row["created_at"] == datetime(2026, 6, 30, 7, 32, 47, tzinfo=UTC)
    assert (row["tz_source"], row["country"], row["author_id"], row["rating_value"]) == ("explicit", "GB", "99", 2.0)
    assert loaded.facts.frame == "without_replies"
    assert loaded.holds_the_law()


def test_a_feed_without_reviews_is_recognised_and_empty(write: Write) -> None:
    feed = {"feed": {"id": {"label": "https://itunes.apple.com/gb/rss/customerreviews/id=5/json"}}}
    loaded = Loaded(write("feed.json", json.dumps(feed)))
    assert loaded.records.height == 0
    assert loaded.holds_the_law()


def test_scrapes_in_both_layouts(write: Write) -> None:
    flat = "title,text,rating,author,date,verified,location\nVery good…,Very good and quick &amp; kind,5,Ada,2026-01-28T16:50:14.000Z,False,GB\n"
    [row] = Loaded(write("flat.csv", flat)).rows
    assert (row["title"], row["text"], row["author_country"]) == (None, "Very good and quick & kind", "GB")
    glued = 'company,reviewer,aTimeDateTime,aTimeText,date,rating,content\nM,Ada,2026-01-31T21:40:44.000Z,now,2026,5,"AmazingAmazing crew.January 31, 2026Unprompted review"\n'
    [row] = Loaded(write("glued.csv", glued)).rows
    assert row["text"] == "AmazingAmazing crew."


@pytest.mark.parametrize(
    "content", ['{"data": []}', "a,b\n1,2\n", b"\x00\xff" * 99, '{"reviews"', "", "{'", "<html></html>", "[[[["]
)
def test_what_is_no_review_is_not_claimed(write: Write, content: str | bytes) -> None:
    assert detect(write("a", content)) is None


cells = st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters='"\r\n\x00;'), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells, cells), max_size=8))
def test_rows_found_are_rows_kept_or_explained(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path_factory.mktemp("t") / "t.csv"
    body = [f'm;M;b;"{a}";"{b}";u;n;;;"{c}";"{d}";Organic;;;;en' for a, b, c, d in rows]
    path.write_text("\n".join([TRUSTPILOT, *body]), "utf-8")
    loaded = Loaded(path)
    assert loaded.holds_the_law()
    assert loaded.facts.rows_read == len(rows)
