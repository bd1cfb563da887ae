"""Google Business Profile, API v4: reviews of the airline's desk in Trieste, with replies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from .clock import iso_z, moment
from .dice import Dice, stream
from .files import Fault, Made, Said, by_stars, mean, share, sound
from .hostile import hostile_for
from .opinions import Opinions
from .people import Crowd
from .scene import Scene
from .story import END, RECOVERY, START

COUNT = 480
_WORDS = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
_PLACE = "accounts/101734402110934/locations/5518209947"
_GOOD = 4
_FAULTS = (
    Fault("/reviews/88", "starRating STAR_RATING_UNSPECIFIED", "reject or warning"),
    Fault("/reviews/191", "no reviewId", "warning"),
)
_TRANSLATED = (
    "(Translated by Google) The crew was kind, the suitcase came on the same belt, thank you.\n\n"
    "(Original)\nЭкипаж добрый, чемодан приехал сразу, спасибо."
)


def google() -> Made:
    """Write ``reviews/google-reviews.json``."""
    dice = stream("google")
    opinions, crowd = Opinions(dice), Crowd(dice)
    times = sorted((moment(dice, START, END) for _ in range(COUNT)), reverse=True)
    reviews = [_review(opinions, crowd, dice, at) for at in times]
    reviews[60] |= {"comment": _TRANSLATED, "starRating": "FIVE"}
    stars = sound([_WORDS.index(review["starRating"]) + 1 for review in reviews], 88)
    nasty = hostile_for("google")
    for i, cell in enumerate(nasty):
        reviews[25 + i * 71]["comment"] = cell.text
    reviews[88]["starRating"] = "STAR_RATING_UNSPECIFIED"
    del reviews[191]["reviewId"], reviews[191]["name"]
    replies = sum("reviewReply" in review for review in reviews)
    texts = tuple(review["comment"] for review in reviews if "comment" in review)
    body = {"reviews": reviews, "averageRating": round(mean(stars), 1), "totalReviewCount": len(reviews)}
    facts = {"mean_stars": mean(stars), "with_text": len(texts), "owner_replies": replies,
             "reply_rate": share(replies, len(reviews))}  # fmt: skip
    content = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    said = tuple(_said(reviews, {cell.text for cell in nasty}))
    return Made("reviews/google-reviews.json", content, "google", COUNT, texts, facts, _FAULTS, len(nasty), said)


def _said(reviews: list[dict[str, Any]], nasty: set[str]) -> Iterator[Said]:
    for review in reviews:
        known = review["starRating"] in _WORDS and "reviewId" in review
        if known and review.get("comment", "") not in {"", *nasty}:
            stars = _WORDS.index(review["starRating"]) + 1
            yield Said("google.business", review["reviewId"], by_stars(stars))


def _review(opinions: Opinions, crowd: Crowd, dice: Dice, at: datetime) -> dict[str, Any]:
    person = crowd.newcomer()
    around = opinions.writer.scene(person, at, named=True)
    stars = opinions.stars("google", at)
    number = "AbFv" + dice.hexadecimal(20)
    review: dict[str, Any] = {
        "name": f"{_PLACE}/reviews/{number}",
        "reviewId": number,
        "reviewer": {"isAnonymous": True} if dice.chance(0.05) else {"displayName": person.name},
        "starRating": _WORDS[stars - 1],
    }
    if dice.chance(0.68):
        review["comment"] = opinions.writer.careless(opinions.review(person.language, stars, at, around, longest=3))
    fraction = f".{dice.below(10**9):09d}Z" if dice.chance(0.3) else "Z"
    edited = at + timedelta(days=dice.between(1, 20)) if dice.chance(0.04) else at
    review |= {"createTime": iso_z(at).replace("Z", fraction), "updateTime": iso_z(min(edited, END))}
    if "comment" in review and (reply := _reply(opinions, dice, person.language, stars, at, around)):
        review["reviewReply"] = reply
    return review


def _reply(
    opinions: Opinions, dice: Dice, language: str, stars: int, at: datetime, around: Scene
) -> dict[str, str] | None:
    after = at >= RECOVERY
    when = at + timedelta(hours=dice.between(2, 40) if after else dice.between(24, 500))
    if when >= END or not dice.chance(0.6 if after else 0.3):
        return None
    kind = "thanks" if stars >= _GOOD else "care" if after else "canned"
    return {"comment": opinions.writer.say(language, f"tp.reply.{kind}", around), "updateTime": iso_z(when)}
