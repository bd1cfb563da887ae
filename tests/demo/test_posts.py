"""The posts on X: true API v2 pages, and the counts and waiting times of truth.json found again."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from statistics import median
from typing import Any

from .demo import lines, pages, parent, parsed, posts, truth, users

X = truth()["x"]
SNOWFLAKE_EPOCH_MS = 1_288_834_974_657


def handle(post: dict[str, Any]) -> str:
    return str(users()[post["author_id"]]["username"])


def when(post: dict[str, Any]) -> datetime:
    return datetime.strptime(post["created_at"], "%Y-%m-%dT%H:%M:%S.000Z").replace(tzinfo=UTC)


def sound() -> list[dict[str, Any]]:
    """Posts with an author and a date."""
    return [post for post in posts().values() if post["author_id"] in users()]


def test_one_page_broke_off_and_was_fetched_again() -> None:
    broken = [i for i, line in enumerate(lines()) if parsed(line) is None]
    assert len(broken) == 1
    assert lines()[broken[0] + 1].startswith(lines()[broken[0]])


def test_pages_have_the_layout_of_the_api() -> None:
    for page in pages():
        assert {"data", "includes", "meta", "__twarc"} <= page.keys()
        dated = [post for post in page["data"] if post.get("id") in posts() and "public_metrics" in post]
        assert page["meta"]["result_count"] == len(dated)
        assert (page["meta"]["newest_id"], page["meta"]["oldest_id"]) == (dated[0]["id"], dated[-1]["id"])
        numbers = [int(post["id"]) for post in dated]
        assert numbers == sorted(numbers, reverse=True)


def test_ids_carry_the_time_of_the_post() -> None:
    for post in sound():
        ms = (int(post["id"]) >> 22) + SNOWFLAKE_EPOCH_MS
        assert ms // 1000 == int(when(post).timestamp())


def test_two_posts_are_damaged() -> None:
    every = [post for page in pages() for post in page["data"]]
    assert sum("id" not in post for post in every) == 1
    assert sum(post["created_at"].startswith("2025-13") for post in every) == 1


def test_ids_and_overlaps() -> None:
    ids = [post["id"] for page in pages() for post in page["data"] if "id" in post]
    context = {post["id"] for page in pages() for post in page["includes"]["tweets"]} - set(ids)
    assert len(set(ids)) == X["files"]["distinct_ids"]
    assert len(ids) - len(set(ids)) == X["files"]["same_id_again"]
    assert len(context) == X["files"]["parents_only_in_includes"]


def test_lost_parents_are_named_by_the_api() -> None:
    known = posts().keys() | {post["id"] for page in pages() for post in page["includes"]["tweets"]}
    lost = {parent(post) for post in sound()} - known - {None}
    named = {error["value"] for page in pages() for error in page.get("errors", ())}
    assert lost == named
    assert len(lost) == X["files"]["parents_not_found"]


def test_everybody_mentioned_in_data_can_be_resolved() -> None:
    for page in pages():
        here = {user["id"] for user in page["includes"]["users"]}
        assert {post["author_id"] for post in page["data"] if "public_metrics" in post} <= here


def test_mentions_point_at_their_words() -> None:
    for post in sound():
        text = post["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        for mention in post.get("entities", {}).get("mentions", ()):
            assert text[mention["start"] : mention["end"]] == "@" + mention["username"]


def test_reposts_carry_the_counts_of_the_original() -> None:
    for post in sound():
        if original := posts().get(parent(post, "retweeted") or ""):
            assert post["public_metrics"]["retweet_count"] == original["public_metrics"]["retweet_count"]
            assert post["public_metrics"]["like_count"] == 0
            assert post["text"].startswith(f"RT @{handle(original)}: ")
            assert when(post) > when(original)


def test_nobody_answers_before_the_question() -> None:
    for post in sound():
        if asked := posts().get(parent(post) or ""):
            assert when(post) > when(asked)
            assert post["conversation_id"] == asked["conversation_id"]
            assert post["in_reply_to_user_id"] == asked["author_id"]


def test_handles_fit_x() -> None:
    assert all(re.fullmatch(r"\w{1,15}", user["username"], re.ASCII) for user in users().values())


def answered(roots: list[dict[str, Any]], brand: str) -> tuple[int, float]:
    """How many roots the brand answered, and the median hours of the first answers."""
    first: dict[str, datetime] = {}
    for post in sorted(sound(), key=lambda post: int(post["id"])):
        if handle(post) == brand and (asked := parent(post)):
            first.setdefault(asked, when(post))
    hours = [(first[p["id"]] - when(p)).total_seconds() / 3600 for p in roots if p["id"] in first]
    return len(hours), median(hours)


def roots(brand: str) -> list[dict[str, Any]]:
    """Opening posts that carry a brand's handle, without the brands' own."""
    own = {"meridianair", "flynorda"}
    return [
        post for post in sound()
        if f"@{brand}" in post["text"] and not post.get("referenced_tweets") and handle(post) not in own
    ]  # fmt: skip


def test_answers_on_x() -> None:
    spam = {"spam", "advert", "news"}
    for brand, key in (("meridianair", "meridian_with_handle"), ("flynorda", "norda")):
        known = X["answers"][key]
        found, hours = answered(roots(brand), brand)
        assert found == known["answered"]
        noise = sum(X["not_customer_voice"][kind] for kind in spam)
        assert known["roots"] <= len(roots(brand)) <= known["roots"] + noise
        assert abs(hours - known["median_hours_answered"]) < 0.2


def test_the_viral_complaint() -> None:
    viral = posts()[X["viral"]["id"]]
    assert users()[viral["author_id"]]["public_metrics"]["followers_count"] == X["viral"]["followers"]
    reposts = [post for post in sound() if parent(post, "retweeted") == viral["id"]]
    assert len(reposts) == X["viral"]["reposts_in_data"]
    answers = [when(post) for post in sound() if parent(post) == viral["id"] and handle(post) == "meridianair"]
    hours = (min(answers) - when(viral)).total_seconds() / 3600
    assert round(hours, 2) == X["viral"]["hours_to_first_answer"] > 30


def test_the_outage_is_a_burst() -> None:
    days = Counter(when(post).date().isoformat() for post in roots("meridianair"))
    usual = median(days.values())
    assert min(days["2026-01-14"], days["2026-01-15"]) > 10 * usual
    assert days["2026-01-14"] == max(days.values())


def test_the_story_can_be_read_off() -> None:
    answers, net = X["answers"], X["sentiment_by_moment"]
    assert 0.42 < answers["meridian"]["rate"] < 0.5
    assert answers["meridian_from_april"]["rate"] > answers["meridian_before_april"]["rate"] + 0.2
    assert answers["meridian_from_april"]["median_hours_answered"] < 2
    assert answers["norda"]["median_hours_answered"] < answers["meridian"]["median_hours_answered"]
    assert min(moment["net"] for moment in net.values()) > 20
    assert X["sentiment"]["meridian"]["net"] < -30
    refunds = list(X["refund_complaints"].values())
    assert max(refunds[9:]) < min(refunds[:9])


def test_followers_have_a_heavy_tail_and_complaints_spread_further() -> None:
    followers = sorted(user["public_metrics"]["followers_count"] for user in users().values())
    top = followers[-len(followers) // 100 :]
    assert sum(top) > 0.4 * sum(followers)
    assert X["people_with_three_or_more_roots"] >= 20
