"""One status of the X API v1.1, and of archives that copied its form, as a raw post."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cxreport_plugins.twitter.posts import REPOST, count_of, dicts, mapping, point, tags, text_of

_MAPPED = frozenset((
    "id", "id_str", "created_at", "full_text", "text", "extended_tweet", "truncated", "lang", "user",
    "in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_screen_name", "retweeted_status_id",
    "retweeted_status_id_str", "quoted_status_id", "quoted_status_id_str", "retweeted_status", "quoted_status",
    "favorite_count", "retweet_count", "reply_count", "quote_count", "coordinates", "geo",
))  # fmt: skip
_PARENTS = ("retweeted_status", "quoted_status")
_USER = frozenset((
    "id", "id_str", "name", "screen_name", "verified", "followers_count", "friends_count", "statuses_count",
))  # fmt: skip


def raw_post(value: dict[str, Any]) -> dict[str, Any]:
    """Columns of `posts.RAW` for one status.

    A repost carries the whole text of its original behind the words `RT @name: `; of its counts only that of
    reposts means anything, and it is the original's.
    """
    text = text_of(value.get("full_text")) or text_of(value.get("text")) or ""
    original, quoted = mapping(value.get("retweeted_status")), mapping(value.get("quoted_status"))
    reposted = id_of(original, "id") or id_of(value, "retweeted_status_id")
    is_repost = reposted is not None or REPOST.match(text) is not None
    parent = id_of(value, "in_reply_to_status_id")
    whole = _whole(value)
    return {
        **_author(mapping(value.get("user"))),
        **_counts(value, is_repost=is_repost),
        **_place(value),
        "native_id": id_of(value, "id"),
        "created_at_raw": text_of(value.get("created_at")),
        "raw_text": text,
        "full_text": _original(text, original) if original else whole,
        "text_truncated": value.get("truncated") is True and not original and whole is None,
        "raw_language": text_of(value.get("lang")),
        "is_repost": is_repost,
        "is_addressed": parent is None and id_of(value, "in_reply_to_user_id") is not None,
        "in_reply_to_id": parent,
        "in_reply_to_handle": text_of(value.get("in_reply_to_screen_name")),
        "quoted_id": None if is_repost else id_of(value, "quoted_status_id") or id_of(quoted, "id"),
        "reposted_id": reposted,
        "tags": _tags(value),
        "extra": _extra(value),
    }


def parents(value: dict[str, Any], pointer: str, met: set[str]) -> Iterator[dict[str, Any]]:
    """Originals of a repost or quote as context, unless their ids were `met` before in the file.

    That of a repost may quote another one. The core prefers a record in its own right to these.
    """
    for name in _PARENTS:
        parent, at = mapping(value.get(name)), f"{pointer}/{name}"
        raw = raw_post(parent)
        if raw["native_id"] and raw["raw_text"] and raw["native_id"] not in met:
            met.add(raw["native_id"])
            yield {**raw, "source_pointer": at, "is_context": True}
            yield from parents(parent, at, met)


def id_of(value: dict[str, Any], name: str) -> str | None:
    """An id by its text form; by its number, which some archives have rounded, only where there is no other."""
    return text_of(value.get(f"{name}_str")) or text_of(value.get(name))


def _author(user: dict[str, Any]) -> dict[str, Any]:
    verified = user.get("verified")
    return {
        "author_id": id_of(user, "id"),
        "author_handle": text_of(user.get("screen_name")),
        "author_name": text_of(user.get("name")),
        "author_followers": count_of(user.get("followers_count")),
        "author_following": count_of(user.get("friends_count")),
        "author_posts": count_of(user.get("statuses_count")),
        "author_verified": verified if isinstance(verified, bool) else None,
    }


def _counts(value: dict[str, Any], *, is_repost: bool) -> dict[str, Any]:
    reposts = count_of(value.get("retweet_count"))
    if is_repost:
        return {"reposts": reposts, "metrics_of_original": reposts is not None}
    return {
        "reposts": reposts,
        "likes": count_of(value.get("favorite_count")),
        "replies": count_of(value.get("reply_count")),
        "quotes": count_of(value.get("quote_count")),
        "metrics_of_original": False,
    }


def _whole(value: dict[str, Any]) -> str | None:
    """The text of more than 140 characters, where the stream gives it apart from the short one."""
    return text_of(mapping(value.get("extended_tweet")).get("full_text"))


def _original(text: str, original: dict[str, Any]) -> str | None:
    """The text of a repost, which is cut at 140 characters, completed from the original."""
    whole = _whole(original) or text_of(original.get("full_text")) or text_of(original.get("text"))
    handle = text_of(mapping(original.get("user")).get("screen_name"))
    begin = REPOST.match(text)
    prefix = begin[0] if begin else f"RT @{handle}: " if handle else ""
    return prefix + whole if whole else None


def _place(value: dict[str, Any]) -> dict[str, Any]:
    """Country, city and point. `coordinates` is GeoJSON; the older `geo` has latitude first."""
    place, pair = mapping(value.get("place")), mapping(value.get("geo")).get("coordinates")
    lat, lon = point(value.get("coordinates"))
    if lat is None and isinstance(pair, list):
        lat, lon = point({"coordinates": pair[::-1]})
    city = text_of(place.get("name")) if place.get("place_type") == "city" else None
    return {"lat": lat, "lon": lon, "country": text_of(place.get("country_code")), "city": city}


def _tags(value: dict[str, Any]) -> list[str] | None:
    extended = mapping(mapping(value.get("extended_tweet")).get("entities"))
    entities = extended or mapping(value.get("entities"))
    return tags([text_of(hashtag.get("text")) for hashtag in dicts(entities.get("hashtags"))])


def _extra(value: dict[str, Any]) -> str | None:
    """What no column holds: the status's other fields and its author's."""
    rest: dict[str, Any] = {key: item for key, item in value.items() if key not in _MAPPED and item is not None}
    user = mapping(value.get("user"))
    author = {key: item for key, item in user.items() if key not in _USER and item is not None}
    rest |= {"author": author} if author else {}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else None
