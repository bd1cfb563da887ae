"""Posts as API v2 pages: one JSON Lines file a month, as twarc2 writes a search."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .clock import iso_z
from .dice import stream
from .posts import MERIDIAN, NORDA, Ids, Post
from .story import END, MONTHS, START, Month
from .xtweets import Archive, tweet_json, user_json

PAGE = 100
OVERLAP = 3
TRUNCATED_MONTH = f"{START.year}-11"
"""In this file the last page broke off in the middle and was then fetched again."""
_QUERY = (
    "https://api.twitter.com/2/tweets/search/all?query=%40meridianair%20OR%20%40flynorda%20OR%20from%3Ameridianair"
    "%20OR%20from%3Aflynorda%20OR%20%22Meridian%20Air%22%20OR%20%D0%9C%D0%B5%D1%80%D0%B8%D0%B4%D0%B8%D0%B0%D0%BD"
    "&max_results=100"
)


@dataclass(frozen=True)
class Pages:
    """One month's file and what stands in it."""

    name: str
    content: bytes
    data: tuple[str, ...]
    """The id of every post in ``data``, repeated where pages overlap."""
    context: tuple[str, ...]
    missing_parents: int


def monthly(posts: Sequence[Post], viral: Post | None, ids: Ids) -> list[Pages]:
    """One file for each month."""
    archive = Archive(posts, viral)
    return [_month(archive, month, ids) for month in MONTHS]


def _month(archive: Archive, month: Month, ids: Ids) -> Pages:
    inside = [p for p in archive.posts if month.start <= p.at < month.end and not p.context_only]
    newest_first = sorted(inside, key=lambda p: -p.id)
    pages = [newest_first[max(0, i - (OVERLAP if i else 0)) : i + PAGE] for i in range(0, len(newest_first), PAGE)]
    lines, seen, context = [], [], []
    for number, page in enumerate(pages):
        body = _page(archive, page, month, number)
        if month.name == TRUNCATED_MONTH and number == len(pages) - 1:
            body["data"] += _faulty(ids)
            lines.append(_json(body)[:1900])
        lines.append(_json(body))
        seen += [item.get("id", "") for item in body["data"]]
        context += [item["id"] for item in body["includes"]["tweets"]]
    missing = sum(p.missing_parent is not None for p in inside)
    content = ("\n".join(lines) + "\n").encode()
    return Pages(f"x-mentions/{month.name}.jsonl", content, tuple(seen), tuple(context), missing)


def _page(archive: Archive, page: Sequence[Post], month: Month, number: int) -> dict[str, Any]:
    here = {p.id for p in page}
    parents = {p.parent.id: p.parent for p in page if p.parent and p.parent.id not in here}
    authors = {p.author.handle: p.author for p in (*page, *parents.values())}
    users = {p.handle: p for p in (MERIDIAN, NORDA)} | authors
    asked = datetime(END.year, 7, 2, 6, tzinfo=month.start.tzinfo)
    fetched = asked + timedelta(minutes=month.start.month, seconds=number)
    body: dict[str, Any] = {
        "data": [tweet_json(archive, p) for p in page],
        "includes": {
            "users": [user_json(u) for u in users.values()],
            "tweets": [tweet_json(archive, parents[key]) for key in sorted(parents)],
        },
    }
    if errors := [_error(p.missing_parent) for p in page if p.missing_parent]:
        body["errors"] = errors
    body["meta"] = {"newest_id": str(page[0].id), "oldest_id": str(page[-1].id), "result_count": len(page)}
    body["__twarc"] = {
        "url": _QUERY,
        "version": "2.14.0",
        "retrieved_at": iso_z(fetched).replace("Z", "+00:00"),
    }
    return body


def _error(parent: int | None) -> dict[str, Any]:
    return {
        "value": str(parent),
        "detail": f"Could not find tweet with referenced_tweets.id: [{parent}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "referenced_tweets.id",
        "resource_id": str(parent),
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    }


def _faulty(ids: Ids) -> list[dict[str, Any]]:
    """A post without an id and one with an impossible date."""
    dice = stream("x-faults")
    number = str(ids.at(dice, MONTHS[4].start + timedelta(days=1)))
    text = "@meridianair This post came out of the export damaged."
    return [
        {
            "author_id": MERIDIAN.id[::-1],
            "created_at": f"{START.year}-11-02T10:00:00.000Z",
            "lang": "en",
            "text": text,
        },
        {
            "id": number,
            "author_id": MERIDIAN.id[::-1],
            "created_at": f"{START.year}-13-45T99:61:00.000Z",
            "lang": "en",
            "text": text + " Its date too.",
        },
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
