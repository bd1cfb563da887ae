"""One element of `tweets.js` as a raw post."""

from __future__ import annotations

import re
from typing import Any

from cxreport_plugins.twitter.archive.owner import Owner
from cxreport_plugins.twitter.posts import (
    REPOST,
    count_of,
    dicts,
    extra_of,
    mapping,
    point,
    tags,
    text_of,
)

_QUOTED = re.compile(r"https?://(?:mobile\.|www\.)?(?:twitter|x)\.com/(?:i/web|\w{1,20})/status/(\d+)(?:[/?#].*)?")
_MAPPED = frozenset((
    "id", "id_str", "created_at", "full_text", "text", "lang", "favorite_count", "retweet_count",
    "in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_screen_name",
))  # fmt: skip


def raw_post(value: dict[str, Any], owner: Owner) -> dict[str, Any]:
    """Columns of `posts.RAW` for one post of the archive's owner."""
    text = text_of(value.get("full_text")) or text_of(value.get("text")) or ""
    is_repost = REPOST.match(text) is not None
    parent = _id(value, "in_reply_to_status_id")
    lat, lon = point(value.get("coordinates"))
    hashtags = dicts(mapping(value.get("entities")).get("hashtags"))
    return {
        **owner.columns,
        "native_id": _id(value, "id"),
        "created_at_raw": text_of(value.get("created_at")),
        "raw_text": text,
        "raw_language": text_of(value.get("lang")),
        "is_repost": is_repost,
        "is_addressed": parent is None and _id(value, "in_reply_to_user_id") is not None,
        "in_reply_to_id": parent,
        "in_reply_to_handle": text_of(value.get("in_reply_to_screen_name")),
        "quoted_id": None if is_repost else _quoted(value),
        "likes": None if is_repost else count_of(value.get("favorite_count")),
        "reposts": None if is_repost else count_of(value.get("retweet_count")),
        "tags": tags([text_of(hashtag.get("text")) for hashtag in hashtags]),
        "lat": lat,
        "lon": lon,
        "extra": extra_of(value, _MAPPED),
    }


def _id(value: dict[str, Any], name: str) -> str | None:
    return text_of(value.get(f"{name}_str")) or text_of(value.get(name))


def _quoted(value: dict[str, Any]) -> str | None:
    """The post that the last link leads to, if it leads to one that is not this post's own picture."""
    links = dicts(mapping(value.get("entities")).get("urls"))
    found = _QUOTED.fullmatch(text_of(links[-1].get("expanded_url")) or "") if links else None
    return found[1] if found and found[1] != _id(value, "id") else None
