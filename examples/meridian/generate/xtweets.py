"""Posts and people as API v2 JSON, with the counts that only the whole year knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from .people import Person
from .posts import MERIDIAN, NORDA, Post

_LINK = re.compile(r"https?://\S+")
_MENTION = re.compile(r"(?<!\w)@(\w{1,15})")
_TAG = re.compile(r"#(\w+)")
_PAGES = "https://pages.example/"


class Archive:
    """All posts, with the counts that only the whole year knows."""

    def __init__(self, posts: Sequence[Post], viral: Post | None) -> None:
        self.posts, self.viral = posts, viral
        related = [p for p in posts if p.parent is not None]
        self._replies = Counter(_id(p) for p in related if p.role not in ("repost", "quote"))
        self._reposts = Counter(_id(p) for p in related if p.role == "repost")
        self._quotes = Counter(_id(p) for p in related if p.role == "quote")
        people: Iterable[Person] = (MERIDIAN, NORDA, *(p.author for p in posts))
        self.people = {person.handle: person for person in people}

    def metrics(self, post: Post) -> dict[str, int]:
        """``public_metrics``: on a repost the count of reposts is the original's."""
        if post.role == "repost" and post.parent:
            return _metrics(self.metrics(post.parent)["retweet_count"])
        crowd = 2_270 if post is self.viral else 0
        reposts = max(post.spread, self._reposts[post.id])
        views = 18 + post.author.followers // 50 + post.likes * 38 + reposts * 290
        return _metrics(
            reposts,
            self._replies[post.id] + crowd,
            post.likes,
            self._quotes[post.id] + crowd,
            post.likes // 14,
            views,
        )


def tweet_json(archive: Archive, post: Post) -> dict[str, Any]:
    """A post as an object of ``data`` or ``includes.tweets``."""
    tweet: dict[str, Any] = {
        "id": str(post.id),
        "edit_history_tweet_ids": [str(post.id)],
        "author_id": post.author.id,
        "conversation_id": str(post.conversation),
        "created_at": f"{post.at:%Y-%m-%dT%H:%M:%S}.000Z",
        "lang": post.language,
        "public_metrics": archive.metrics(post),
    }
    if post.missing_parent:
        tweet["referenced_tweets"] = [{"type": "replied_to", "id": str(post.missing_parent)}]
    elif post.parent:
        kind = {"repost": "retweeted", "quote": "quoted"}.get(post.role, "replied_to")
        tweet["referenced_tweets"] = [{"type": kind, "id": str(post.parent.id)}]
        if kind == "replied_to":
            tweet["in_reply_to_user_id"] = post.parent.author.id
    if entities := _entities(archive, post):
        tweet["entities"] = entities
    escaped = post.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return tweet | {"text": escaped}


def user_json(person: Person) -> dict[str, Any]:
    """A person as an object of ``includes.users``."""
    counts = {
        "followers_count": person.followers,
        "following_count": person.following,
        "tweet_count": person.posts,
        "listed_count": person.followers // 180,
    }
    return {
        "id": person.id,
        "name": person.name,
        "username": person.handle,
        "verified": person.verified,
        "public_metrics": counts,
    }


def _entities(archive: Archive, post: Post) -> dict[str, Any]:
    entities: dict[str, Any] = {}
    if links := list(_LINK.finditer(post.text)):
        entities["urls"] = [_url(post, m) for m in links]
    if tags := list(_TAG.finditer(post.text)):
        entities["hashtags"] = [{"start": m.start(), "end": m.end(), "tag": m[1]} for m in tags]
    mentions = [
        {"start": m.start(), "end": m.end(), "username": m[1], "id": archive.people[m[1]].id}
        for m in _MENTION.finditer(post.text)
        if m[1] in archive.people
    ]
    return entities | ({"mentions": mentions} if mentions else {})


def _url(post: Post, match: re.Match[str]) -> dict[str, Any]:
    target = _target(post, match[0])
    return {
        "start": match.start(),
        "end": match.end(),
        "url": match[0],
        "expanded_url": target,
        "display_url": target.removeprefix("https://"),
    }


def _target(post: Post, short: str) -> str:
    if post.role == "quote" and post.parent:
        return f"https://x.com/{post.parent.author.handle}/status/{post.parent.id}"
    return _PAGES + short.rsplit("/", maxsplit=1)[-1] if "//t.co/" in short else short


def _metrics(
    reposts: int, replies: int = 0, likes: int = 0, quotes: int = 0, marks: int = 0, views: int = 0
) -> dict[str, int]:
    return {
        "retweet_count": reposts,
        "reply_count": replies,
        "like_count": likes,
        "quote_count": quotes,
        "bookmark_count": marks,
        "impression_count": views,
    }


def _id(post: Post) -> int:
    return post.parent.id if post.parent else 0
