"""Which column of a table is which column of a record: what options and mapping files have in common."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from cxreport.api import INSTANT, RECORDS, Options
from cxreport_plugins.table.scales import Answer, Headers, Rating, Reply

Kind = Literal[
    "post", "reply", "repost", "quote", "mention", "review", "rating_only", "owner_reply",
    "survey_response", "ticket", "ticket_message", "dm",
]  # fmt: skip
Frame = Literal["complete", "answered_only", "capped", "own_posts", "without_replies"]
Secret = Literal["native_id", "author_id", "conversation_id"]

MAPPABLE: Final = (
    "native_id", "url", "channel", "created_at", "updated_at", "experienced_at",
    "author_id", "author_handle", "author_name", "author_role", "brand_authored", "author_followers",
    "author_following", "author_posts", "author_verified", "author_country",
    "title", "text", "text_positive", "text_negative", "text_translated", "language",
    "question_id", "question_text",
    "in_reply_to_id", "in_reply_to_handle", "conversation_id", "quoted_id", "reposted_id",
    "likes", "reposts", "replies", "quotes", "bookmarks", "shares", "impressions", "video_views", "reach",
    "engagements", "helpful_votes",
    "brand", "product_id", "product_name", "sku", "app_version", "device", "location_id", "location_name",
    "lat", "lon", "country", "region", "city", "segment", "tags", "sentiment_vendor", "verified_purchase",
    "invited", "weight", "complete", "duration_s",
)  # fmt: skip
"""Columns of a record that a mapping may fill; the others are worked out."""
CONTENT: Final = ("title", "text", "text_positive", "text_negative")
"""Columns that hold what somebody said."""
_INSTEAD: Final = {
    "id": "native_id", "date": "created_at", "time": "created_at", "timestamp": "created_at", "author": "author_name",
    "user": "author_name", "name": "author_name", "handle": "author_handle", "comment": "text", "review": "text",
    "content": "text", "message": "text", "body": "text", "score": "rating", "stars": "rating", "nps": "rating",
    "csat": "rating", "rating_value": "rating", "rating_raw": "rating", "lang": "language", "product": "product_name",
    "location": "location_name", "store": "location_name", "label": "tags", "category": "tags",
}  # fmt: skip


def _canonical(name: str) -> str:
    if name in MAPPABLE:
        return name
    near = _INSTEAD.get(name) or next(iter(get_close_matches(name, (*MAPPABLE, "rating"), 1, 0.6)), None)
    if near == "rating":
        raise ValueError("scores are mapped by `rating: {column: …, metric: …, min: …, max: …}` beside `columns`")
    known = "a column of a record that is worked out" if name in RECORDS else "no column of a record"
    hint = f"did you mean {near}?" if near else f"known: {', '.join(MAPPABLE)}"
    raise ValueError(f"{name!r} is {known} ({hint})")


def _constant(name: str) -> str:
    if RECORDS.get(name) == INSTANT:
        raise ValueError(f"{name} differs from row to row: map it to a column")
    return name


Canonical = Annotated[str, AfterValidator(_canonical)]


class Layout(Options):
    """The columns of a table, and how to read them."""

    columns: dict[Canonical, Headers] = Field(
        default_factory=dict, json_schema_extra={"properties": {"rating": {"type": ["string", "object"]}}}
    )
    """Column of a record → header in the file, or several headers that it may have."""
    rating: Rating | None = None
    """The main score, with its scale and direction; may also stand among `columns`."""
    answers: tuple[Answer, ...] = ()
    """Further questions: headers, or mappings with `column`, `min`, `max`, `question`, `type`."""
    reply: Reply | None = None
    """The brand's answer, where it stands in the same row; it becomes a record of its own."""
    values: dict[Annotated[Canonical, AfterValidator(_constant)], bool | int | float | str] = Field(
        default_factory=dict
    )
    """Column of a record → one value for all rows; fills blank cells where the column is mapped too."""
    personal: tuple[Headers, ...] = ()
    """Headers of columns that are not to be read at all, such as addresses and telephone numbers."""
    pseudonyms: dict[Secret, Headers] = Field(default_factory=dict)
    """Column of a record → header of something personal (e-mail address, order number) that is kept as a pseudonym."""
    flags: dict[str, str] = Field(default_factory=dict)
    """Header of a column of yes or no → the tag of rows that say yes."""
    leave_out: dict[str, Headers] = Field(default_factory=dict)
    """Header → cells whose rows are left out on purpose and counted, such as `{Status: [spam, test]}`; "" is blank."""
    others: Literal["extra", "answers"] = "extra"
    """Whether the columns that nothing else names are kept aside in `extra`, or are further questions."""
    aside: tuple[Headers, ...] = ()
    """Headers of columns that are no questions, where the `others` are."""
    kind: Kind | None = None
    """By default `ticket` on channels of support, `review` with a rating, else `post`."""
    language: str | None = None
    """Language of rows that tell none."""
    day_first: bool | None = None
    """Whether 05/06/2026 is 5 June; by default the column decides, where it can."""
    missing: tuple[str, ...] = ()
    """Cells that mean "no answer" besides the empty one, such as `N/A`, whatever their case."""
    separator: str = ";"
    """What stands between several `tags` in one cell."""
    header_row: int | None = Field(default=None, ge=1)
    """Row of the header, when it is not found by itself."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """What parts the cells of a text file, when it is not found by itself."""
    sheet: str | int | None = None
    """Name or number of the sheet of a workbook."""
    frame: Frame = "complete"
    """Whether the file holds everything: `capped` by the tool it came from, `answered_only`, `own_posts`."""

    @model_validator(mode="before")
    @classmethod
    def _lift(cls, value: Any) -> Any:
        """A rating among the columns is the same as one beside them."""
        columns = value.get("columns") if isinstance(value, dict) else None
        if not isinstance(columns, dict) or "rating" not in columns or value.get("rating") is not None:
            return value
        rating = columns["rating"]
        rest = {name: header for name, header in columns.items() if name != "rating"}
        return {**value, "columns": rest, "rating": {"column": rating} if isinstance(rating, str) else rating}

    @field_validator("answers", mode="before")
    @classmethod
    def _headers(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return tuple({"column": item} if isinstance(item, str) else item for item in value)
        return value

    @property
    def says(self) -> bool:
        """Whether a row by this mapping can say anything."""
        asks = self.answers or self.others == "answers"
        return bool(set(CONTENT) & self.columns.keys() or self.rating or asks)

    @property
    def wanted(self) -> tuple[Headers, ...]:
        """The headers of all columns that are read, in the order of the declarations."""
        return tuple(self._wanted())

    def _wanted(self) -> Iterator[Headers]:
        yield from self.columns.values()
        if self.rating:
            yield self.rating.column
            if self.rating.by:
                yield self.rating.by
        yield from (answer.column for answer in self.answers)
        if self.reply:
            yield self.reply.text
            if self.reply.created_at:
                yield self.reply.created_at
        yield from self.pseudonyms.values()
        yield from ((header,) for header in self.flags)
