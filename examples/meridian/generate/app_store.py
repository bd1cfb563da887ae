"""Apple's customer review feed (RSS as JSON): the fifty newest reviews, the app itself first."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from .app_reviews import AppReview, AppReviews
from .clock import moment, pacific
from .dice import Dice, stream
from .files import Fault, Made, mean, sound
from .hostile import hostile_for
from .story import END, RECOVERY

COUNT = 50


def app_store() -> Made:
    """Write ``reviews/app-store-rss-gb.json``: the newest fifty reviews, the app itself first."""
    dice = stream("app-store")
    reviews = AppReviews(dice, "app")
    times = sorted((moment(dice, RECOVERY, END) for _ in range(COUNT)), reverse=True)
    made = [reviews.make(at) for at in times]
    entries = [_entry(dice, review) for review in made]
    nasty = hostile_for("app-store")
    for i, cell in enumerate(nasty):
        entries[6 + i * 12]["content"]["label"] = cell.text
    entries[31]["im:rating"]["label"] = "9"
    feed = {
        "author": {"name": {"label": "iTunes Store"}, "uri": {"label": "http://www.apple.com/uk/itunes/"}},
        "entry": [_app(), *entries],
        "updated": {"label": pacific(END - timedelta(hours=9))},
        "title": {"label": "iTunes Store: Customer Reviews"},
        "link": [
            {
                "attributes": {
                    "rel": "self",
                    "href": "https://itunes.apple.com/gb/rss/customerreviews/page=1/id=990100200/sortby=mostrecent/json",
                }
            }
        ],
    }
    content = (json.dumps({"feed": feed}, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    texts = tuple(f"{e['title']['label']}. {e['content']['label']}" for e in entries)
    facts = {"mean_stars": mean(sound([review.stars for review in made], 31))}
    fault = Fault("/feed/entry/32", "nine stars of five", "reject or warning")
    return Made("reviews/app-store-rss-gb.json", content, "app_store", COUNT, texts, facts, (fault,), len(nasty))


def _app() -> dict[str, Any]:
    return {
        "im:name": {"label": "Meridian Air"},
        "id": {"label": "https://apps.apple.com/gb/app/meridian-air/id990100200"},
        "title": {"label": "Meridian Air - Meridian Air"},
        "rights": {"label": "© Meridian Air"},
    }


def _entry(dice: Dice, review: AppReview) -> dict[str, Any]:
    number, author = str(dice.between(14 * 10**9, 15 * 10**9)), str(dice.between(10**9, 2 * 10**9))
    helpful = dice.between(0, 6)
    return {
        "author": {
            "uri": {"label": f"https://itunes.apple.com/gb/reviews/id{author}"},
            "name": {"label": review.name.replace(" ", "_").lower()},
            "label": "",
        },
        "updated": {"label": pacific(review.at)},
        "im:rating": {"label": str(review.stars)},
        "im:version": {"label": review.version},
        "id": {"label": number},
        "title": {"label": review.title},
        "content": {"label": review.text, "attributes": {"type": "text"}},
        "link": {
            "attributes": {
                "rel": "related",
                "href": "https://itunes.apple.com/gb/review?id=990100200&type=Purple%20Software",
            }
        },
        "im:voteSum": {"label": str(helpful)},
        "im:contentType": {"attributes": {"term": "Application", "label": "Application"}},
        "im:voteCount": {"label": str(helpful + dice.between(0, 2))},
    }
