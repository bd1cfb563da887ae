"""Records in words: what a customer said, where it was said, what was told of it and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale

from cxreport.model.edition import Edition
from cxreport.render.words import Words

LEANS = ("positive", "negative")


@dataclass(frozen=True)
class Label:
    """What was told of a record, and the rule that told it."""

    text: str
    rule: str


@dataclass(frozen=True)
class RecordView:
    """A record of a list."""

    id: str
    title: str
    text: str
    lang: str | None
    lean: str
    """`positive`, `negative` or nothing."""
    origin: str
    """Channel, date, rating."""
    labels: tuple[Label, ...]
    place: str
    """Source, file and row."""


class Telling:
    """Puts rows of a dossier into the words of a report."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self.words, self.titles, meta = words, edition.dossier.titles, edition.meta
        own = meta.brand or meta.client
        self.companies = {"brand": own, "unknown": words.say("somebody unknown"), **meta.rivals}
        self.by_brand = words.say("written by a brand")

    def view(self, row: Mapping[str, Any]) -> RecordView:
        """A row by the names of `cxreport.model.dossier.RECORD`. What a brand wrote has no customer's sentiment."""
        words, own = self.words, row["by_brand"]
        when = words.date(row["created_at"]) if row["created_at"] else ""
        line = "" if row["row"] is None else words.say("row {row}", row=row["row"])
        return RecordView(
            id=row["id"], title=row["title"] or "", text=row["text"] or "", lang=row["lang"],
            lean=row["sentiment"] if row["sentiment"] in LEANS and not own else "",
            origin=_listed(words.channel(row["channel"]), when, row["rating"], self.by_brand if own else ""),
            labels=tuple(self._labels(row)), place=_listed(row["source_id"], row["file"], line),
        )  # fmt: skip

    def _labels(self, row: Mapping[str, Any]) -> Iterator[Label]:
        if row["sentiment"] and not row["by_brand"]:
            yield Label(self.words.say(row["sentiment"]), row["sentiment_rule"] or "")
        if row["moment"]:
            yield Label(self.words.moment(row["moment"]), row["moment_rule"] or "")
        if row["entity"]:
            about = self.words.say("about {name}", name=self.name("entity", row["entity"]))
            yield Label(about, row["entity_rule"] or "")
        yield from (Label(self.label(one["kind"], one["label"]), one["rule"] or "") for one in row["labels"])

    def label(self, kind: str, label: str) -> str:
        """What a label is called."""
        return self.titles.get(kind, {}).get(label) or label.replace("_", " ").replace(".", ", ")

    def name(self, column: str, value: str | None) -> str:
        """What a value of a column is called."""
        if value is None:
            return self.words.say("not known")
        if column == "channel":
            return self.words.channel(value)
        if column == "moment":
            return self.words.moment(value)
        if column == "lang":
            return str(Locale.parse(self.words.language, sep="-").languages.get(value, value))
        if column == "entity":
            return self.companies.get(value, value)
        return value if column == "source_id" else self.words.say(value)


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
