"""What the posts on X truly hold: counts, answers and waiting times, as planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .files import share
from .posts import Post
from .story import MONTHS, OUTAGE, RECOVERY
from .timeline import Timeline
from .xpages import Pages

Rule = Callable[[Post], bool]


def x_truth(year: Timeline, pages: Sequence[Pages]) -> dict[str, object]:
    """Everything countable about the posts; shares to four decimals, times in hours."""
    posts = [p for p in year.posts if not p.context_only]
    roots = {name: _roots(posts, name) for name in ("meridian", "norda")}
    first = _first_answers(posts)
    return {
        "files": _files(pages),
        "posts_by_role": _count(f"{p.voice}.{p.role}" for p in posts),
        "languages": _count(p.language for p in posts if p.voice == "customer"),
        "about": _count(p.subject for p in posts if p.voice == "customer"),
        "not_customer_voice": _count(p.topic.removesuffix(".neu") for p in posts if p.voice == "noise"),
        "roots_by_topic": _count(p.topic for p in roots["meridian"]),
        "sentiment": {name: _sentiment(found) for name, found in roots.items()},
        "sentiment_by_moment": {
            name: _sentiment(_about(roots["meridian"], name)) for name in ("stimulus", "zmot", "fmot")
        },
        "answers": {
            "meaning": "opening posts that the airline answered: share, and hours to the first answer",
            "meridian": _answers(roots["meridian"], first),
            "meridian_with_handle": _answers([p for p in roots["meridian"] if "@meridianair" in p.text], first),
            "meridian_before_april": _answers([p for p in roots["meridian"] if p.at < RECOVERY], first),
            "meridian_from_april": _answers([p for p in roots["meridian"] if p.at >= RECOVERY], first),
            "norda": _answers(roots["norda"], first),
        },
        "recovery": _recovery(posts),
        "refund_complaints": _monthly(roots["meridian"], lambda p: p.topic.startswith("refund")),
        "roots_a_month": _monthly(roots["meridian"], lambda p: True),
        "outage_roots": sum(p.topic.startswith("outage") for p in roots["meridian"]),
        "outage_days_all_roots": sum(OUTAGE[0].date() <= p.at.date() <= OUTAGE[1].date() for p in roots["meridian"]),
        "viral": _viral(year.viral, posts, first) if year.viral else {},
        "people_with_three_or_more_roots": sum(
            n >= 3 for n in Counter(p.author.id for p in roots["meridian"]).values()
        ),
    }


def _files(pages: Sequence[Pages]) -> dict[str, object]:
    every = [number for page in pages for number in page.data]
    ids = {number for number in every if number}
    return {
        "rows_in_data": len(every),
        "distinct_ids": len(ids),
        "same_id_again": len([number for number in every if number]) - len(ids),
        "parents_only_in_includes": len({number for page in pages for number in page.context} - ids),
        "parents_not_found": sum(page.missing_parents for page in pages),
    }


def _roots(posts: Iterable[Post], subject: str) -> list[Post]:
    return [p for p in posts if p.voice == "customer" and p.role == "root" and p.subject == subject]


def _about(posts: Iterable[Post], topic: str) -> list[Post]:
    return [p for p in posts if p.topic.startswith(f"{topic}.")]


def _first_answers(posts: Iterable[Post]) -> dict[int, Post]:
    first: dict[int, Post] = {}
    for post in posts:
        if post.role == "answer" and post.parent:
            first.setdefault(post.parent.id, post)
    return first


def _answers(roots: Sequence[Post], first: dict[int, Post]) -> dict[str, object]:
    if not roots:
        return {"roots": 0}
    hours = sorted(_hours(p, first[p.id]) for p in roots if p.id in first)
    return {
        "roots": len(roots),
        "answered": len(hours),
        "rate": share(len(hours), len(roots)),
        "median_hours_answered": round(hours[len(hours) // 2], 2),
    }


def _hours(asked: Post, answer: Post) -> float:
    return (answer.at - asked.at).total_seconds() / 3600


def _sentiment(posts: Sequence[Post]) -> dict[str, object]:
    counts = Counter(p.polarity for p in posts)
    net = 100 * (counts["pos"] - counts["neg"]) / len(posts)
    return {
        "n": len(posts),
        "positive": counts["pos"],
        "neutral": counts["neu"],
        "negative": counts["neg"],
        "net": round(net, 1),
    }


def _recovery(posts: Sequence[Post]) -> dict[str, object]:
    words = [p for p in posts if p.role == "last_word" and p.subject == "meridian" and p.root.polarity == "neg"]
    thanks = [p for p in words if p.polarity == "pos"]
    return {
        "meaning": "answered complaints after which the customer spoke again, and the thanks among them",
        "with_last_word": len(words),
        "thanks": len(thanks),
        "rate": share(len(thanks), len(words)),
    }


def _viral(root: Post, posts: Sequence[Post], first: dict[int, Post]) -> dict[str, object]:
    return {
        "id": str(root.id),
        "created_at": f"{root.at:%Y-%m-%dT%H:%M:%SZ}",
        "followers": root.author.followers,
        "reposts_counted_by_x": root.spread,
        "reposts_in_data": sum(p.role == "repost" and p.parent is root for p in posts),
        "quotes_in_data": sum(p.role == "quote" and p.parent is root for p in posts),
        "hours_to_first_answer": round(_hours(root, first[root.id]), 2),
    }


def _monthly(posts: Sequence[Post], rule: Rule) -> dict[str, int]:
    return {m.name: sum(m.start <= p.at < m.end and rule(p) for p in posts) for m in MONTHS}


def _count(keys: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(keys).items()))
