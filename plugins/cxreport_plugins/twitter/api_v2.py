"""Answers of the X API v2: one answer, a list or lines of them, flattened posts, lines of a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cxreport.api import Batch, Detection, Input, ReadFacts, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.api_v2_post import Page, raw_post
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import batches, dicts, mapping, text_of

SYSTEM: Final = "x.api.v2"
_INCLUDES = {"tweets", "users", "media", "places", "polls"}
_META = {"result_count", "newest_id", "oldest_id", "next_token", "total_tweet_count"}
_POST = {"author_id", "author", "edit_history_tweet_ids", "conversation_id", "public_metrics"}


def detect(look: Look) -> Detection | None:
    """An answer, or a post as this version of the API writes them (older ones carry `id_str`)."""
    value = mapping(look.value)
    data = value.get("data")
    first = data[0] if isinstance(data, list) and data else data
    match value:
        case {"id": str(), "text": str()} if "id_str" not in value and _POST & value.keys():
            return Detection(SYSTEM, "flattened", 1.0, "Its objects are posts with `id` and `text`.")
        case {"includes": dict() as includes} if _INCLUDES & includes.keys():
            return Detection(SYSTEM, _format(data), 1.0, "It holds `includes`, as answers of the API do.")
        case {"data": dict() | list()} if _is_post(first) or _META & mapping(value.get("meta")).keys():
            return Detection(SYSTEM, _format(data), 1.0, "It holds posts in `data`, as answers of the API do.")
        case {"data": [{"id": str(), "username": str(), "public_metrics": dict()}, *_]}:
            return Detection(SYSTEM, "profiles", 1.0, "It holds profiles in `data`, as answers of the API do.")
        case {"errors": [{"resource_type": str()}, *_]} | {"meta": {"result_count": 0}}:
            form = "errors" if "errors" in value else "answers"
            return Detection(SYSTEM, form, 1.0, "It is an answer of the API without posts.")
    return None


def _format(data: object) -> str:
    return "stream" if isinstance(data, dict) else "answers"


def _is_post(value: object) -> bool:
    post = mapping(value)
    return isinstance(post.get("id"), str) and isinstance(post.get("text"), str) and "id_str" not in post


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Posts in `data` as records, posts in `includes` and other parents as context, each once."""
    yield from batches(Run(facts).posts(data, options.encoding))


@dataclass(slots=True)
class Run:
    """Reading one file: rows counted, and ids met so far, so that parents come once."""

    facts: ReadFacts
    met: set[str] = field(default_factory=set)

    def posts(self, data: Input, encoding: str | None) -> Iterator[dict[str, Any] | Reject]:
        """Posts of all answers in a file."""
        with reading.open_text(data, encoding=encoding) as text:
            for _, pointer, value in reading.json_items(text):
                yield from self._item(value, pointer)
            self.facts.encoding, self.facts.encoding_how = text.encoding.name, text.encoding.how

    def _item(self, value: object, pointer: str) -> Iterator[dict[str, Any] | Reject]:
        """One answer, or one flattened post."""
        if isinstance(value, reading.JsonProblem):
            yield Reject(self.row(), value.code, value.reason)
        elif not isinstance(value, dict):
            yield Reject(self.row(), "not_an_object", "a value without field names")
        elif _is_post(value):
            yield from self._post(value, pointer, Page())
            parents = dicts(value.get("referenced_tweets"))
            yield from self.context(parents, f"{pointer}/referenced_tweets", Page())
        elif value.keys() & {"data", "includes", "errors", "meta"}:
            yield from self._answer(value, pointer)
        else:
            yield Reject(self.row(), "not_a_post", f"an object with {', '.join(sorted(value)[:5]) or 'no fields'}")

    def _answer(self, value: dict[str, Any], pointer: str) -> Iterator[dict[str, Any] | Reject]:
        page = Page.of(mapping(value.get("includes")))
        data = value.get("data")
        items = [(f"{pointer}/data", data)] if isinstance(data, dict) and data else _numbered(data, f"{pointer}/data")
        for at, item in items:
            yield from self.datum(item, at, page)
        self.skip("errors about posts that are deleted or protected", len(dicts(value.get("errors"))))
        if not items and not value.get("errors"):
            self.skip("answers without posts", 1)
        yield from self.context(list(page.posts.values()), f"{pointer}/includes/tweets", page)

    def datum(self, item: object, pointer: str, page: Page) -> Iterator[dict[str, Any] | Reject]:
        """One element of `data`: a post, a profile or a count."""
        match item:
            case {"id": _, "text": str()}:
                yield from self._post(mapping(item), pointer, page)
            case {"id": _, "username": _}:
                self.skip("profiles", 1)
            case {"tweet_count": _}:
                self.skip("counts of posts per period", 1)
            case _:
                yield Reject(self.row(), "not_a_post", "an element of `data` without `id` and `text`")

    def _post(self, post: dict[str, Any], pointer: str, page: Page) -> Iterator[dict[str, Any] | Reject]:
        row = self.row()
        raw = raw_post(post, page)
        if not raw["raw_text"]:
            yield Reject(row, "no_content", "a post without text")
            return
        self.met.add(raw["native_id"])
        raw["source_row"], raw["source_pointer"] = row, pointer
        yield raw

    def context(self, posts: list[dict[str, Any]], pointer: str, page: Page) -> Iterator[dict[str, Any]]:
        """Parents not met before in the file; the core prefers a record in its own right to these."""
        for index, post in enumerate(posts):
            ident = text_of(post.get("id"))
            if ident and text_of(post.get("text")) and ident not in self.met:
                self.met.add(ident)
                yield {**raw_post(post, page), "source_pointer": f"{pointer}/{index}", "is_context": True}

    def row(self) -> int:
        """The number of the next row, which is then counted."""
        self.facts.rows_read += 1
        return self.facts.rows_read - 1

    def skip(self, reason: str, count: int) -> None:
        """Count rows that are left out on purpose."""
        self.facts.rows_read += count
        self.facts.skip(reason, count)


def _numbered(data: object, pointer: str) -> list[tuple[str, object]]:
    return [(f"{pointer}/{index}", item) for index, item in enumerate(data)] if isinstance(data, list) else []
