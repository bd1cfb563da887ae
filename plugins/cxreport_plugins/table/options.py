"""Options of the source `table`: which column of a file is which column of a record."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, field_validator, model_validator
from pydantic_core import CoreSchema

from cxreport.api import INSTANT, RECORDS, Options, SourceOptions

Kind = Literal[
    "post", "reply", "repost", "quote", "mention", "review", "rating_only", "owner_reply",
    "survey_response", "ticket", "ticket_message", "dm",
]  # fmt: skip
Metric = Literal["stars", "nps", "csat", "ces", "thumbs", "smiley", "binary", "custom"]
Frame = Literal["complete", "answered_only", "capped", "own_posts", "without_replies"]
AnswerType = Literal["text", "single", "multi", "scale", "date", "number", "rank"]

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
_SCALES: Final = {"stars": (1.0, 5.0), "nps": (0.0, 10.0), "thumbs": (0.0, 1.0), "binary": (0.0, 1.0)}


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


class Scale(Options):
    """A scale, stated and never guessed."""

    column: str
    """Header of the column."""
    min: float | None = None
    """Lowest value of the scale."""
    max: float | None = None
    """Highest value of the scale."""

    @model_validator(mode="after")
    def _range(self) -> Self:
        if (self.min is None) != (self.max is None):
            raise ValueError("a scale has two ends: state both `min` and `max`")
        if self.min is not None and self.max is not None and self.min >= self.max:
            raise ValueError("`min` must be less than `max`")
        return self


class Rating(Scale):
    """The main score of a record."""

    metric: Metric = "custom"
    """What it measures; `stars`, `nps`, `thumbs` and `binary` have a scale that need not be written."""
    reversed: bool = False
    """Whether the lowest value is the best one."""
    question: str | None = None
    """What was asked."""

    @model_validator(mode="before")
    @classmethod
    def _scale(cls, value: Any) -> Any:
        """Stars, NPS and yes or no have one scale each, which need not be written."""
        if isinstance(value, dict) and value.get("metric") in _SCALES:
            low, high = _SCALES[value["metric"]]
            return {"min": low, "max": high, **value}
        return value

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.min is None:
            raise ValueError("state the scale, for example `min: 1` and `max: 5`")
        if self.metric == "nps" and ((self.min, self.max) != (0, 10) or self.reversed):
            raise ValueError("NPS is asked on a scale from 0 to 10; choose `metric: custom` for another one")
        return self


class Answer(Scale):
    """One further question, or sub-rating, of each row."""

    question: str | None = None
    """What was asked; by default the header."""
    type: AnswerType | None = None
    """By default `scale` with a scale, else `number` or `text` cell by cell."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Editors are told that a header alone is enough."""
        return {"anyOf": [{"type": "string"}, {**handler.resolve_ref_schema(handler(schema))}]}


class TableOptions(SourceOptions):
    """What may be written for a source of type `table`."""

    columns: dict[Canonical, str] = Field(
        default_factory=dict, json_schema_extra={"properties": {"rating": {"type": ["string", "object"]}}}
    )
    """Column of a record → header in the file."""
    rating: Rating | None = None
    """The main score, with its scale and direction; may also stand among `columns`."""
    answers: tuple[Answer, ...] = ()
    """Further questions: headers, or mappings with `column`, `min`, `max`, `question`, `type`."""
    values: dict[Annotated[Canonical, AfterValidator(_constant)], bool | int | float | str] = Field(
        default_factory=dict
    )
    """Column of a record → one value for all rows; fills blank cells where the column is mapped too."""
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

    @model_validator(mode="after")
    def _content(self) -> Self:
        if self.columns and not (set(CONTENT) & self.columns.keys() or self.rating or self.answers):
            raise ValueError("map at least one of `text`, `title`, `rating` and `answers`: else no row says anything")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that are named; none when nobody has said what the columns are."""
        scales = (*([self.rating] if self.rating else ()), *self.answers)
        return (*self.columns.values(), *(scale.column for scale in scales))
