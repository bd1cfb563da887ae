"""Statuses of the X API v1.1: a list, lines, answers of a search, objects glued together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cxreport.api import Batch, Detection, Input, ReadFacts, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import batches, mapping
from cxreport_plugins.twitter.status import parents, raw_post

SYSTEM: Final = "x.api.v1.1"
_NOTICES = frozenset((
    "delete", "scrub_geo", "limit", "status_withheld", "user_withheld", "disconnect", "warning", "friends", "event",
))  # fmt: skip


def detect(look: Look) -> Detection | None:
    """A status, by the id that this version of the API writes twice, or the answer of a search."""
    match mapping(look.value):
        case {"id_str": str(), "created_at": str(), "user": dict()}:
            return Detection(SYSTEM, "statuses", 1.0, "Its objects have `id_str`, `created_at` and `user`.")
        case {"statuses": list()}:
            return Detection(SYSTEM, "search", 1.0, "It holds `statuses`, as answers of a search do.")
        case {"id_str": str(), "text": str(), "created_at": str()} | {"id_str": str(), "full_text": str()}:
            return Detection(SYSTEM, "statuses", 0.9, "Its objects have `id_str` and a text, as this API writes them.")
    return None


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Statuses as records; originals of reposts and quotes that were not met before, as context."""
    yield from batches(_Run(facts).posts(data, options.encoding))


@dataclass(slots=True)
class _Run:
    """Reading one file: rows counted, and ids met so far, so that parents come once."""

    facts: ReadFacts
    met: set[str] = field(default_factory=set)

    def posts(self, data: Input, encoding: str | None) -> Iterator[dict[str, Any] | Reject]:
        with reading.open_text(data, encoding=encoding) as text:
            for _, pointer, value in reading.json_items(text):
                yield from self._item(value, pointer)
            self.facts.encoding, self.facts.encoding_how = text.encoding.name, text.encoding.how

    def _item(self, value: object, pointer: str) -> Iterator[dict[str, Any] | Reject]:
        match value:
            case reading.JsonProblem():
                yield Reject(self._row(), value.code, value.reason)
            case {"statuses": list() as statuses}:
                for index, element in enumerate(statuses):
                    yield from self._status(mapping(element), f"{pointer}/statuses/{index}")
                self._skip("answers without statuses", not statuses)
            case dict() if value.keys() & _NOTICES and "id_str" not in value:
                self._skip("notices of a stream", 1)
            case dict():
                yield from self._status(value, pointer)
            case _:
                yield Reject(self._row(), "not_an_object", "a value without field names")

    def _status(self, value: dict[str, Any], pointer: str) -> Iterator[dict[str, Any] | Reject]:
        row = self._row()
        raw = raw_post(value)
        if raw["native_id"] is None:
            yield Reject(row, "not_a_post", f"an object with {', '.join(sorted(value)[:5]) or 'no fields'}")
        elif not raw["raw_text"]:
            yield Reject(row, "no_content", "a status without text")
        else:
            self.met.add(raw["native_id"])
            yield {**raw, "source_row": row, "source_pointer": pointer}
        yield from parents(value, pointer, self.met)

    def _row(self) -> int:
        self.facts.rows_read += 1
        return self.facts.rows_read - 1

    def _skip(self, reason: str, count: int) -> None:
        self.facts.rows_read += count
        self.facts.skip(reason, count)
