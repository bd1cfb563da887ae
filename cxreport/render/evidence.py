"""The evidence page, and for each number that pages link to a list of its records that needs no script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from cxreport.model.edition import Edition
from cxreport.model.predicate import Term
from cxreport.model.result import Result
from cxreport.plugin.section import Page
from cxreport.render.explorer import Explorer
from cxreport.render.records import RecordView, Telling
from cxreport.render.trail import Behind, Trail
from cxreport.render.words import Words
from cxreport.stages.behind import X_POSTS

EVIDENCE = Page("evidence", "Evidence", "Behind the numbers", 895)
LISTED = 50
"""Records of a list that needs no script."""
_SAYS = {
    "in": "{column} is one of {value}", "eq": "{column} is {value}", "ne": "{column} is not {value}",
    "ge": "{column} is at least {value}", "lt": "{column} is below {value}", "is_null": "{column} is not known",
    "not_null": "{column} is known", "not_true": "{column} is not true",
}  # fmt: skip


@dataclass(frozen=True)
class ListView:
    """A number's records, as many as a page without scripts shows."""

    behind: Behind
    said: str
    """How many there are, how many the edition holds, and why not all."""
    results: tuple[tuple[str, str], ...]
    """Name and figure of each result that rests on them."""
    records: tuple[Markup, ...]
    chosen: str
    """Which of them stand here, where it is not all."""


class Evidence:
    """All that an edition shows of the records behind the numbers of its pages."""

    def __init__(self, edition: Edition, trail: Trail, words: Words) -> None:
        self.edition, self.trail, self.words = edition, trail, words
        self.dossier, self.frame = edition.dossier, edition.dossier.frame
        self.telling = Telling(edition, words)
        self.used = sorted(trail.used.values(), key=lambda behind: (behind.results[0].id, behind.slug))

    @property
    def explorable(self) -> bool:
        """Whether there are records to explore."""
        return self.frame.height > 0

    def heading(self) -> str:
        """What the page has to offer, as a sentence."""
        if not self.explorable:
            return self.words.say("This edition tells how many records stand behind each number, and shows none")
        n = self.frame.height
        return self.words.count(
            n,
            "Each number leads to its records: {n} can be read here",
            "Each number leads to its records: {n} can be read here",
        )

    def lede(self) -> str:
        """How to find them."""
        if not self.explorable:
            return self.words.say("Who may see customers' words reads them in another edition of this report.")
        return self.words.say(
            "Wherever a page gives a number, its base or the number itself is a link to the records that it rests on: "
            "redacted, with the file and row they came from and the rule behind each label."
        )

    def said(self, behind: Behind) -> str:
        """How many records there are, how many of them the edition holds, and why not all."""
        return " ".join(self._sentences(behind))

    def _sentences(self, behind: Behind) -> Iterator[str]:
        words = self.words
        yield words.count(behind.count, "{n} record stands behind it.", "{n} records stand behind it.")
        if which := self._which(behind.results[0]):
            yield words.say("They are those of its base of which this holds: {which}.", which=which)
        if not self.explorable:
            yield words.say("This edition shows counts only.")
        elif not behind.listed and self.dossier.keep(behind.selection) is None:
            yield words.say("Which they are would tell who wrote them, so this edition does not say.")
        elif behind.listed < behind.count:
            yield from self._missing(behind)

    def _missing(self, behind: Behind) -> Iterator[str]:
        words, beyond = self.words, behind.count - behind.listed - behind.barred
        if behind.barred:
            one, many = "{n} post of X is not shown", "{n} posts of X are not shown"
            most = words.say("the terms of X allow {most} in all", most=words.number(X_POSTS))
            yield f"{words.count(behind.barred, one, many)}: {most}."
        if beyond > 0:
            one, many = "{n} lies beyond what this edition holds.", "{n} lie beyond what this edition holds."
            yield words.count(beyond, one, many)
        yield words.count(behind.listed, "{n} can be read.", "{n} can be read.")

    def _which(self, result: Result) -> str:
        """What the evidence of a result asks beyond its base."""
        evidence, base = result.evidence, result.population
        if evidence is None or evidence.table != base.table or evidence.all[: len(base.all)] != base.all:
            return ""
        return ", ".join(self._term(term) for term in evidence.beyond(base).all)

    def _term(self, term: Term) -> str:
        column, op, value = term
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        return self.words.say(_SAYS[op], column=column.replace("_", " "), value=shown)

    # ---- what pages show

    def lists(self, draw: Callable[[RecordView], str]) -> Iterator[ListView]:
        """For each number that pages link to, up to `LISTED` of its records: the smallest ids, newest first."""
        drawn: dict[int, Markup] = {}
        order = self.frame["id"].arg_sort().arg_sort().to_numpy()
        for behind in self.used:
            kept = self.dossier.keep(behind.selection)
            if kept is None or not kept.any():
                continue
            rows = np.flatnonzero(kept)
            chosen = sorted(rows[np.argsort(order[rows], kind="stable")[:LISTED]].tolist(), reverse=True)
            missing = [row for row in chosen if row not in drawn]
            for row, record in zip(missing, self.frame[missing].iter_rows(named=True), strict=True):
                drawn[row] = Markup(draw(self.telling.view(record)))
            records = tuple(drawn[row] for row in chosen)
            yield ListView(behind, self.said(behind), self._results(behind), records, self._chosen(behind))

    def _chosen(self, behind: Behind) -> str:
        if behind.listed <= LISTED:
            return ""
        n = self.words.number(LISTED)
        return self.words.say("Here stand {n} of them, those with the smallest ids: nobody chose them.", n=n)

    def _results(self, behind: Behind) -> tuple[tuple[str, str], ...]:
        return tuple((self.trail.called(result), self.figure(result)) for result in behind.results)

    def figure(self, result: Result) -> str:
        """A result in a line: value, interval, base."""
        words = self.words
        detail = ", ".join(filter(None, (words.interval(result), words.base(result.n))))
        return f"{words.value(result)} ({detail})" if result.value is not None else detail

    def scripts(self) -> Iterator[tuple[str, str]]:
        """What the explorer loads."""
        if self.explorable:
            yield from Explorer(self.edition, self.words, self.used, self._described).scripts()

    def _described(self, behind: Behind) -> dict[str, Any]:
        names = list(dict.fromkeys(self.trail.called(result) for result in behind.results))
        return {"names": names, "figure": self.figure(behind.results[0]), "said": self.said(behind)}
