"""The grounds of a rating: its evidence in words, and what was computed for the same concept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cxreport.api import Edition, Result, Words
from cxreport_plugins.assessments.saying import Item


class Grounds:
    """Resolves links against an edition; each record is quoted once and linked from then on."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self.edition, self.words = edition, words
        self.results = {result.key: result for found in edition.measures.values() for result in found}
        self.records = {record.id: record for record in edition.evidence}
        self.quoted: set[str] = set()

    def of(self, item: Item, named: bool) -> dict[str, Any]:
        """What a template shows below the table: name (where `named`), reason, links, quotes, computed, next step."""
        rated = item.rated
        cited = [link.partition(":")[2] for link in rated.evidence if link.startswith("measure:")]
        return {
            "title": self._title(item) if named else "",
            "rationale": rated.rationale.strip(),
            "links": [self._link(link) for link in rated.evidence if link.startswith(("measure:", "doc:"))],
            "quotes": [found for link in rated.evidence if link.startswith("record:") for found in self._quote(link)],
            "computed": [self._measured(r) for r in self._computed(item, cited)],
            "next": self._next(item),
            "reviewed": self._reviewed(item),
        }

    def _title(self, item: Item) -> str:
        title = self.words.say(item.title)
        return title if title.endswith("?") else f"{title}."

    def _link(self, link: str) -> dict[str, str]:
        kind, _, name = link.partition(":")
        if kind == "measure":
            return self._measured(self.results[name])
        return {"href": "", "text": self.words.say("Document {name}", name=name), "value": "", "detail": ""}

    def _measured(self, result: Result) -> dict[str, str]:
        title = self.words.say(self.edition.infos[result.id].title)
        parts = ", ".join(self._dim(name, value) for name, value in result.dims.items())
        told = ", ".join(filter(None, (self.words.interval(result), self.words.base(result.n)))) if result.shown else ""
        return {
            "href": f"methods.html#{result.id}",
            "text": f"{title} ({parts})" if parts else title,
            "value": self.words.value(result),
            "detail": told if result.value is not None else "",
        }

    def _dim(self, name: str, value: str) -> str:
        if name == "channel":
            return self.words.channel(value)
        return self.words.moment(value) if name == "moment" else f"{name} {value}"

    def _quote(self, link: str) -> Iterable[dict[str, Any]]:
        record = self.records.get(link.partition(":")[2])
        if record is None or not (record.text or record.title):
            return
        again = record.id in self.quoted
        self.quoted.add(record.id)
        yield {"record": None if again else record, "href": f"#r-{record.id}"}

    def _computed(self, item: Item, cited: Iterable[str]) -> list[Result]:
        """Whole results of the measures that answer the concept, beside the rating of the whole."""
        if not item.whole:
            return []
        infos = [info for info in self.edition.infos.values() if item.of.concept in info.concepts]
        whole = [self.edition.get(info.id) for info in infos]
        return [result for result in whole if result is not None and result.key not in set(cited)]

    def _next(self, item: Item) -> str:
        step = item.rated.next_step
        if step is None:
            return ""
        by = [step.owner, self.words.say("by {date}", date=self.words.date(step.due)) if step.due else ""]
        more = ", ".join(filter(None, by))
        return f"{step.action.rstrip('.')} ({more})." if more else f"{step.action.rstrip('.')}."

    def _reviewed(self, item: Item) -> str:
        review = item.of.reviewed if item.whole else None
        if review is None:
            return ""
        return self.words.say("Reviewed by {name}, {date}.", name=review.by, date=self.words.date(review.on))
