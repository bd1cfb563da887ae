"""Names under which columns are found in the wild, by column of a record; the surest first."""

from __future__ import annotations

from typing import Final

SURE: Final = "sure"
LIKELY: Final = "likely"
UNSURE: Final = "unsure"

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "native_id": ("id", "review id", "record id", "ticket id", "case id", "comment id", "post id", "response id",
                  "feedback id", "message id", "call id", "survey id", "uuid"),
    "created_at": ("created at", "created", "date", "timestamp", "date time", "datetime", "created date",
                   "creation date", "created time", "review date", "submitted at", "submission date", "opened",
                   "opened at", "date created", "posted at", "published at", "time", "review creation date", "datum",
                   "fecha", "data", "дата"),
    "updated_at": ("updated at", "updated", "modified at", "last modified", "edited at"),
    "experienced_at": ("experienced at", "visit date", "date visit", "date flown", "stay date", "purchase date"),
    "text": ("text", "comment", "comments", "review", "review text", "content", "body", "message", "feedback",
             "summary", "description", "verbatim", "review comment message", "review body", "note", "notes",
             "kommentar", "comentario", "commentaire", "текст", "отзыв", "комментарий"),
    "title": ("title", "headline", "subject", "review title", "review comment title", "betreff", "заголовок"),
    "text_positive": ("pros", "positive", "liked", "positive review", "what do you like best"),
    "text_negative": ("cons", "negative", "disliked", "negative review", "what do you dislike"),
    "author_name": ("author", "author name", "user", "username", "user name", "customer", "customer name", "name",
                    "reviewer", "reviewer name"),
    "author_id": ("author id", "user id", "customer id", "reviewer id"),
    "author_handle": ("handle", "screen name", "twitter handle"),
    "author_country": ("author country", "reviewer country", "user country", "customer country"),
    "country": ("country", "country code", "land", "pais", "страна"),
    "region": ("region", "state", "province"),
    "city": ("city", "town"),
    "language": ("language", "lang", "locale", "sprache", "язык"),
    "url": ("url", "link", "permalink", "review url"),
    "channel": ("channel", "source", "platform", "medium"),
    "brand": ("brand", "company", "airline name", "airline", "brand name"),
    "product_name": ("product", "product name", "product title", "item"),
    "location_name": ("location", "location name", "store", "branch", "shop", "store name"),
    "segment": ("segment", "customer segment", "tier"),
    "tags": ("tags", "labels", "category", "categories", "topics", "reason"),
    "helpful_votes": ("helpful votes", "helpful", "likes", "upvotes", "votes"),
    "verified_purchase": ("verified", "verified purchase"),
    "in_reply_to_id": ("in reply to id", "parent id", "reply to"),
    "conversation_id": ("conversation id", "thread id"),
}  # fmt: skip
"""Normalised headers (`norm`)."""
RATING: Final = (
    "rating", "overall rating", "score", "stars", "star rating", "review rating", "review score", "overall",
                 "overall score", "nps", "nps score", "csat", "csat score", "grade", "bewertung", "оценка")  # fmt: skip
PLAIN: Final = ("name", "user", "time", "source", "item", "note", "notes", "reason", "state", "likes", "positive",
                "negative", "data", "overall", "medium", "votes", "link", "category")  # fmt: skip
"""Aliases that mean other things as well."""
SUBRATING: Final = (" rating", " score", " stars")
"""Endings of headers of sub-ratings."""
