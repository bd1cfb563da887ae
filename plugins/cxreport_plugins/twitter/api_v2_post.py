"""One post of the X API v2 as a raw post, with what `includes` says about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cxreport.api import reading
from cxreport_plugins.twitter.posts import REPOST, count_of, dicts, mapping, point, tags, text_of

_MAPPED = frozenset((
    "id", "created_at", "author_id", "author", "text", "note_tweet", "lang", "conversation_id",
    "in_reply_to_user", "public_metrics", "referenced_tweets", "attachments", "geo",
))  # fmt: skip
_COUNTS = {
    "like_count": "likes", "retweet_count": "reposts", "reply_count": "replies", "quote_count": "quotes",
    "bookmark_count": "bookmarks", "impression_count": "impressions",
}  # fmt: skip
_USER = frozenset(("id", "name", "username", "verified"))
_REFERENCES = {"replied_to": "in_reply_to_id", "quoted": "quoted_id", "retweeted": "reposted_id"}


@dataclass(frozen=True, slots=True)
class Page:
    """The objects in `includes`, by id."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    attachments: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Media by key and polls by id."""

    @staticmethod
    def of(includes: dict[str, Any]) -> Page:
        """The objects of an answer's `includes`."""
        return Page(
            users=_by_id(includes.get("users")),
            posts=_by_id(includes.get("tweets")),
            places=_by_id(includes.get("places")),
            attachments={**_by_id(includes.get("media"), "media_key"), **_by_id(includes.get("polls"))},
        )


def _by_id(objects: object, key: str = "id") -> dict[str, dict[str, Any]]:
    return {name: item for item in dicts(objects) if (name := text_of(item.get(key))) is not None}


def raw_post(post: dict[str, Any], page: Page) -> dict[str, Any]:
    """Columns of `posts.RAW` for one post.

    A repost carries its original's text, whole, behind the words `RT @name: `; of its counts only that of
    reposts means anything, and it is the original's.
    """
    user = mapping(post.get("author")) or page.users.get(text_of(post.get("author_id")) or "", {})
    references = {text_of(ref.get("type")): ref for ref in dicts(post.get("referenced_tweets"))}
    ids = {_REFERENCES[kind]: text_of(ref.get("id")) for kind, ref in references.items() if kind in _REFERENCES}
    repost = references.get("retweeted")
    text = text_of(post.get("text")) or ""
    return {
        **_author(post, user),
        **_counts(post, is_repost=repost is not None),
        **(_place(mapping(post["geo"]), page) if "geo" in post else {}),
        **ids,
        "native_id": text_of(post.get("id")),
        "created_at_raw": text_of(post.get("created_at")),
        "raw_text": text,
        "full_text": _long(post) if repost is None else _original(text, repost, page),
        "raw_language": text_of(post.get("lang")),
        "is_repost": repost is not None,
        "is_addressed": "in_reply_to_user_id" in post,
        "in_reply_to_handle": _addressee(post, page),
        "conversation_id": text_of(post.get("conversation_id")),
        "tags": _tags(post),
        "extra": _extra(post, user, page, is_repost=repost is not None),
    }


def _author(post: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    counts = mapping(user.get("public_metrics"))
    verified = user.get("verified")
    return {
        "author_id": text_of(post.get("author_id")) or text_of(user.get("id")),
        "author_handle": text_of(user.get("username")),
        "author_name": text_of(user.get("name")),
        "author_followers": count_of(counts.get("followers_count")),
        "author_following": count_of(counts.get("following_count")),
        "author_posts": count_of(counts.get("tweet_count")),
        "author_verified": verified if isinstance(verified, bool) else None,
    }


def _counts(post: dict[str, Any], *, is_repost: bool) -> dict[str, Any]:
    metrics = mapping(post.get("public_metrics"))
    known = {_COUNTS[name]: count_of(count) for name, count in metrics.items() if name in _COUNTS}
    kept = {"reposts": known.get("reposts")} if is_repost else known
    return {**kept, "metrics_of_original": is_repost and bool(metrics)}


def _place(geo: dict[str, Any], page: Page) -> dict[str, str | float | None]:
    place = mapping(geo.get("place")) or page.places.get(text_of(geo.get("place_id")) or "", geo)
    city = text_of(place.get("name")) if place.get("place_type") == "city" else None
    lat, lon = point(geo.get("coordinates"))
    return {"country": text_of(place.get("country_code")), "city": city, "lat": lat, "lon": lon}


def _long(post: dict[str, Any]) -> str | None:
    return text_of(mapping(post.get("note_tweet")).get("text"))


def _original(text: str, reference: dict[str, Any], page: Page) -> str | None:
    """The text of a repost, which is cut at 140 characters, completed from the original."""
    original = reference if "text" in reference else page.posts.get(text_of(reference.get("id")) or "", {})
    whole = _long(original) or text_of(original.get("text"))
    begin = REPOST.match(text)
    return begin[0] + whole if begin and whole else None


def _addressee(post: dict[str, Any], page: Page) -> str | None:
    """Handle of the account that is answered, from the users, else from the post's own mentions."""
    user = text_of(post.get("in_reply_to_user_id"))
    if not user:
        return None
    known = [mapping(post.get("in_reply_to_user")), page.users.get(user, {})]
    known += [m for m in dicts(mapping(post.get("entities")).get("mentions")) if m.get("id") == user]
    return next((handle for item in known if (handle := text_of(item.get("username")))), None)


def _tags(post: dict[str, Any]) -> list[str] | None:
    if "entities" not in post and "context_annotations" not in post:
        return None
    hashtags = dicts(mapping(post.get("entities")).get("hashtags"))
    topics = [mapping(item.get("entity")) for item in dicts(post.get("context_annotations"))]
    return tags([text_of(tag.get("tag")) for tag in hashtags], [text_of(topic.get("name")) for topic in topics])


def _extra(post: dict[str, Any], user: dict[str, Any], page: Page, *, is_repost: bool) -> str | None:
    """What no column holds: the post's other fields, its author's, its media, polls and place."""
    rest: dict[str, Any] = {key: value for key, value in post.items() if key not in _MAPPED}
    if author := {key: value for key, value in user.items() if key not in _USER}:
        rest["author"] = author
    if is_repost and (metrics := mapping(post.get("public_metrics"))):
        rest["public_metrics"] = metrics
    if attached := _attached(mapping(post.get("attachments")), page):
        rest["attachments"] = attached
    if geo := mapping(post.get("geo")):
        place = page.places.get(text_of(geo.get("place_id")) or "")
        rest["geo"] = {**geo, "place": place} if place else geo
    return reading.sorted_json(rest) if rest else None


def _attached(attachments: dict[str, Any], page: Page) -> dict[str, Any]:
    """Keys of media and ids of polls, replaced by what `includes` says of them."""
    return {
        kind: [page.attachments.get(item, item) if isinstance(item, str) else item for item in items]
        if isinstance(items, list)
        else items
        for kind, items in attachments.items()
    }
