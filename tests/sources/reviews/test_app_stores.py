"""App Store and Google Play by their APIs, feeds and scrapers."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cxreport.api import ReadError

from .exports import Loaded, Write, extra, jsonl

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- {} -->\n<feed xmlns:im="http://itunes.apple.com/rss" '
    'xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
    "<id>https://itunes.apple.com/gb/rss/customerreviews/id=5/xml</id><title>iTunes Store: Customer Reviews</title>"
    "<author><name>iTunes Store</name><uri>http://www.apple.com/uk/itunes/</uri></author>"
)
APP = '<entry><id im:id="5">https://apps.apple.com/gb/app/x/id5</id><title>The app</title><im:name>X</im:name></entry>'


def entry(number: int, body: str = "It &amp; the map freeze") -> str:
    return (
        f"<entry><updated>2026-06-30T00:32:47-07:00</updated><id>{number}</id><title>Slow</title>"
        f'<content type="text">{body}</content><im:contentType term="Application" label="Application"/>'
        "<im:voteSum>3</im:voteSum><im:voteCount>4</im:voteCount><im:rating>2</im:rating><im:version>4.1</im:version>"
        "<author><name>ada</name><uri>https://itunes.apple.com/gb/reviews/id99</uri></author>"
        '<link rel="related" href="https://itunes.apple.com/gb/review?id=5&amp;type=Purple"/>'
        '<content type="html">&lt;b&gt;It&lt;/b&gt;</content></entry>\n'
    )


def feed(*entries: str, comment: str = "made by nobody") -> str:
    return HEAD.format(comment) + APP + "".join(entries) + "</feed>"


def test_feed_as_xml(write: Write) -> None:
    loaded = Loaded(write("feed.xml", feed(entry(1), entry(2))))
    assert (loaded.found.system, loaded.found.format) == ("app_store.rss", "XML")
    row = loaded.by_id["1"]
    assert (row["text"], row["title"], row["rating_value"], row["helpful_votes"]) == (
        "It & the map freeze",
        "Slow",
        2,
        3,
    )
    assert (row["country"], row["author_id"], row["product_id"], row["app_version"]) == ("GB", "99", "5", "4.1")
    assert row["created_at"] == datetime(2026, 6, 30, 7, 32, 47, tzinfo=UTC)
    assert extra(row)["voteCount"] == "4"
    assert loaded.facts.skipped == {"the app itself": 1}
    assert loaded.facts.frame == "without_replies"


def test_broken_xml_costs_only_what_follows(write: Write) -> None:
    loaded = Loaded(write("feed.xml", feed(entry(1), entry(2, "a < b & c"), entry(3))))
    assert set(loaded.by_id) == {"1"}
    assert [reject.code for reject in loaded.rejects] == ["broken"]
    cut = Loaded(write("cut.xml", feed(entry(1), entry(2))[:-90]))
    assert set(cut.by_id) == {"1"}


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        "<!-- <a --><!DOCTYPE feed SYSTEM 'http://m.example/x.dtd'>",
        "<?a <b?>\n<!DOCTYPE feed>",
    ],
)
def test_document_types_are_refused(write: Write, declared: str) -> None:
    text = feed(entry(1)).replace("<!-- made by nobody -->", declared)
    with pytest.raises(ReadError, match="document type"):
        Loaded(write("feed.xml", text))


def test_the_store_and_not_the_publisher_tells_the_country(write: Write) -> None:
    reviews = {"author": {"uri": {"label": "http://www.apple.com/uk/itunes/"}}, "entry": [
        {"im:rating": {"label": "5"}, "id": {"label": "1"}, "author": {"uri": {"label": "https://itunes.apple.com/in/reviews/id1"}}},
    ]}  # fmt: skip
    [row] = Loaded(write("feed.json", json.dumps({"feed": reviews}))).rows
    assert row["country"] == "IN"


def connect(number: str, state: str) -> tuple[dict[str, Any], dict[str, Any]]:
    review = {
        "type": "customerReviews", "id": number,
        "attributes": {
            "rating": 2, "title": "Slow", "body": "It freezes", "reviewerNickname": "ada",
            "createdDate": "2026-08-18T09:00:00-07:00", "territory": "USA",
        },
        "relationships": {"response": {"data": {"id": f"a{number}", "type": "customerReviewResponses"}}},
    }  # fmt: skip
    response = {
        "type": "customerReviewResponses", "id": f"a{number}",
        "attributes": {"responseBody": "We look into it", "lastModifiedDate": "2026-08-19T10:00:00Z", "state": state},
    }  # fmt: skip
    return review, response


def test_app_store_connect(write: Write) -> None:
    first, answer = connect("1", "PUBLISHED")
    second, draft = connect("2", "PENDING_PUBLISH")
    page = {"data": [first, second], "included": [answer, draft], "links": {}}
    loaded = Loaded(write("reviews.json", json.dumps(page)))
    assert loaded.found.system == "app_store.connect"
    assert set(loaded.by_id) == {"1", "2", "1#reply"}
    row = loaded.by_id["1"]
    assert (row["country"], row["text"], row["created_at"]) == (
        "US",
        "It freezes",
        datetime(2026, 8, 18, 16, tzinfo=UTC),
    )
    assert loaded.by_id["1#reply"]["created_at"] == datetime(2026, 8, 19, 10, tzinfo=UTC)


def test_app_store_scraper_links_its_replies_without_ids(write: Write) -> None:
    response = {"id": 7, "body": "We look into it", "modified": "2020-05-02T10:00:00Z"}
    item = {
        "date": "2020-05-01 10:00:00", "userName": "ada", "title": "Slow", "review": "It freezes", "rating": 2,
        "isEdited": False, "developerResponse": response,
    }  # fmt: skip
    loaded = Loaded(write("a.json", json.dumps([item, {**item, "userName": "bo", "developerResponse": None}])))
    row, other, reply = loaded.rows
    assert (row["created_at"], row["tz_source"]) == (datetime(2020, 5, 1, 10, tzinfo=UTC), "spec")
    assert reply["in_reply_to_id"] == row["native_id"] != other["native_id"]
    table = f'userName,date,title,review,rating,isEdited,developerResponse\nada,2020-05-01 10:00:00,Slow,It freezes,2,False,"{response}"\n'
    same, answered = Loaded(write("a.csv", table)).rows
    assert (same["native_id"], answered["text"]) == (row["native_id"], "We look into it")


def test_app_store_web_scraper(write: Write) -> None:
    item = {
        "id": 9, "date": "2026-05-01T10:00:00-07:00", "user_name": "ada", "title": "Slow", "content": "It freezes",
        "rating": 2, "app_version": "4.1",
    }  # fmt: skip
    [row] = Loaded(write("a.jsonl", jsonl(item))).rows
    assert (row["native_id"], row["app_version"], row["created_at"].hour, row["text"]) == ("9", "4.1", 17, "It freezes")


PLAY = {
    "reviewId": "gp-1", "authorName": "Sam", "comments": [
        {"userComment": {
            "text": "Laggy\tNeeds\ta fix", "starRating": 2, "lastModified": {"seconds": "1757203200", "nanos": 0},
            "reviewerLanguage": "en", "appVersionName": "2.0.0", "device": "oriole", "thumbsUpCount": 3,
            "androidOsVersion": 34,
        }},
        {"developerComment": {"text": "Fixing it", "lastModified": {"seconds": "1757289600"}}},
    ],
}  # fmt: skip


def test_play_api_joins_title_and_text_by_tab(write: Write) -> None:
    loaded = Loaded(write("p.json", json.dumps({"reviews": [PLAY], "tokenPagination": {"nextPageToken": "2"}})))
    row, reply = loaded.rows
    assert (row["title"], row["text"], row["device"]) == ("Laggy", "Needs\ta fix", "oriole")
    assert row["created_at"] == datetime(2025, 9, 7, tzinfo=UTC)
    assert (reply["text"], reply["created_at"]) == ("Fixing it", datetime(2025, 9, 8, tzinfo=UTC))
    assert extra(row) == {"androidOsVersion": 34}
    assert (loaded.facts.frame, loaded.found.system) == ("capped", "google_play.api")
    assert "seven days" in loaded.notes


def test_play_api_analyses_the_original(write: Write) -> None:
    comment = {
        "text": "\tSlow",
        "originalText": "\tLangsam",
        "starRating": 2,
        "lastModified": {"seconds": "1757203200"},
    }
    [row] = Loaded(
        write("p.json", json.dumps({"reviews": [{"reviewId": "1", "comments": [{"userComment": comment}]}]}))
    ).rows
    assert (row["title"], row["text"], row["text_translated"]) == (None, "Langsam", "Slow")


SCRAPED = {
    "reviewId": "g1", "userName": "Ada", "userImage": "https://m.example/a", "content": "Slow", "score": 2,
    "thumbsUpCount": 3, "reviewCreatedVersion": "4.1", "at": "2026-01-02 10:00:00", "replyContent": "Sorry",
    "repliedAt": "2026-01-03 10:00:00", "appVersion": "4.1",
}  # fmt: skip


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.jsonl.gz"])
def test_google_play_scraper_does_not_know_its_zone(write: Write, name: str) -> None:
    table = ",".join(SCRAPED) + "\n" + ",".join(map(str, SCRAPED.values())) + "\n"
    contents: dict[str, str | bytes] = {
        "a.json": json.dumps([SCRAPED]),
        "a.csv": table,
        "a.jsonl.gz": gzip.compress(jsonl(SCRAPED).encode()),
    }
    loaded = Loaded(write(name, contents[name]))
    row, reply = loaded.rows
    assert (row["rating_value"], row["helpful_votes"], row["app_version"]) == (2.0, 3, "4.1")
    assert (row["tz_source"], row["created_at"]) == ("unknown", datetime(2026, 1, 2, 10, tzinfo=UTC))
    assert (reply["in_reply_to_id"], reply["tz_source"]) == ("g1", "unknown")
    assert "set `timezone`" in loaded.notes


def test_google_play_scraper_with_a_zone(write: Write) -> None:
    loaded = Loaded(write("a.json", json.dumps([SCRAPED])), timezone="Asia/Tokyo")
    assert (loaded.rows[0]["tz_source"], loaded.rows[0]["created_at"].hour) == ("assumed", 1)
    assert "set `timezone`" not in loaded.notes


def test_google_play_scraper_of_npm(write: Write) -> None:
    item = {
        "id": "n1", "userName": "Ada", "date": "2026-01-02T10:00:00.000Z", "score": 2, "scoreText": "2", "title": None,
        "url": "https://m.example/n1", "text": "Slow", "replyDate": None, "replyText": None, "version": "4.1",
        "thumbsUp": 0, "criterias": [],
    }  # fmt: skip
    loaded = Loaded(write("n.json", json.dumps([item])))
    [row] = loaded.rows
    assert (row["native_id"], row["tz_source"], row["text"]) == ("n1", "explicit", "Slow")
    assert "set `timezone`" not in loaded.notes
