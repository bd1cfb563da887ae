"""The trail from each number on a page to the records behind it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cxreport.model.dossier import Selection, selection_of
from cxreport.model.edition import Edition
from cxreport.model.result import Result
from cxreport.plugin.section import Exhibit
from cxreport.render.charts.svg import slug
from cxreport.render.words import Words

PAGE = "evidence.html"
FOLDER = "evidence"
_SPACE = re.compile(r"[\u00a0\u202f]")
Place = tuple[int, int]


@dataclass(frozen=True)
class Behind:
    """The records behind one or several results, as templates see them."""

    slug: str
    """Names it in addresses, stable between builds."""
    name: str
    """What the first of its results is called."""
    selection: Selection
    count: int
    """Records of all the data, as far as the edition tells."""
    listed: int
    """Records of this edition."""
    barred: int
    """Records that the terms of a platform keep back."""
    results: tuple[Result, ...]
    """All results that rest on the same records."""

    @property
    def href(self) -> str:
        """Where its records are listed, for a page of the site's root."""
        return f"{FOLDER}/{self.slug}.html" if self.listed else f"{PAGE}#{self.slug}"


class Trail:
    """Links numbers to records; what pages have asked for is what gets a list."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self.edition, self.words = edition, words
        self.all = self._collected()
        self.used: dict[str, Behind] = {}
        """Slug → what pages link to, in the order in which they did first."""

    def _collected(self) -> dict[str, Behind]:
        """By the name of each selection, in the order of the results."""
        results = (result for results in self.edition.measures.values() for result in results)
        named = [(s, r) for r in results if r.key in self.edition.behind and (s := selection_of(r)) is not None]
        grouped: dict[str, tuple[Selection, list[Result]]] = {}
        for selection, result in named:
            grouped.setdefault(selection.name, (selection, []))[1].append(result)
        slugs: set[str] = set()
        return {name: self._behind(selection, found, slugs) for name, (selection, found) in grouped.items()}

    def _behind(self, selection: Selection, results: list[Result], slugs: set[str]) -> Behind:
        dossier = self.edition.dossier
        plainest = min(results, key=lambda result: (len(result.dims), len(result.key), result.key))
        kept = dossier.keep(selection)
        return Behind(
            _free(slug(plainest.key), slugs), self.called(plainest), selection, self.edition.behind[plainest.key],
            0 if kept is None else int(kept.sum()), dossier.barred.get(selection.name, 0), tuple(results),
        )  # fmt: skip

    def of(self, result: Result) -> Behind | None:
        """What a number of a page links to; None where it names no records, or too few to tell."""
        selection = selection_of(result) if result.key in self.edition.behind else None
        behind = self.all.get(selection.name) if selection else None
        if behind is not None:
            self.used.setdefault(behind.slug, behind)
        return behind

    def called(self, result: Result) -> str:
        """The measure and what of it: `Net promoter score: channel X`."""
        info = self.edition.infos.get(result.id)
        title = self.words.say(info.title) if info else result.id
        parts = ", ".join(self._dim(name, value) for name, value in result.dims.items())
        return f"{title}: {parts}" if parts else title

    def _dim(self, name: str, value: str) -> str:
        if name == "channel":
            return self.words.channel(value)
        if name == "moment":
            return self.words.moment(value)
        if name == "month":
            return self.words.month(dt.date.fromisoformat(f"{value[:7]}-01"))
        if name == "theme":
            return self.edition.dossier.titles.get("themes", {}).get(value, value)
        return f"{name.replace('_', ' ')} {value.replace('_', ' ')}"

    def each(self, results: Iterable[Result]) -> tuple[Told, ...]:
        """The results whose records are known, those that rest on the same ones once."""
        told = [self._told(result, behind) for result in results if (behind := self.of(result))]
        return tuple({one.behind.slug: one for one in reversed(told)}.values())[::-1]

    def exhibit(self, exhibit: Exhibit) -> Traced:
        """Which cells of an exhibit's table are numbers whose records are known, and what no cell shows."""
        told = [self._told(result, behind) for result in exhibit.results if (behind := self.of(result))]
        rows = exhibit.table.rows if exhibit.table else ()
        cells = {(at, place): one for at, row in enumerate(rows) for place, one in _linked(row, told)}
        linked = {one.behind.slug for one in cells.values()}
        rest = {one.behind.slug: one for one in told if one.behind.slug not in linked}
        return Traced({at: one.behind for at, one in cells.items()}, tuple(rest.values()))

    def _told(self, result: Result, behind: Behind) -> Told:
        words = self.words
        dims = [_plain(self._dim(name, value)) for name, value in result.dims.items()]
        return Told(
            self.called(result), behind, _plain(words.value(result)), words.number(result.n),
            _plain(words.interval(result)), tuple(dims),
        )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A result as an exhibit words it."""

    name: str
    behind: Behind
    value: str
    base: str
    interval: str
    dims: tuple[str, ...]


@dataclass(frozen=True)
class Traced:
    """What an exhibit leads to."""

    cells: Mapping[Place, Behind] = field(default_factory=dict)
    """Row and column of its table → the records behind the number there."""
    rest: tuple[Told, ...] = ()
    """Numbers that stand in no cell, or in one that may be several."""


def _linked(row: Sequence[str], told: Sequence[Told]) -> Iterator[tuple[int, Told]]:
    """Places in a row that name a number: a cell with a value and its base; else the base beside the value; else the
    value, where several share the base, or none is there and the row is called like the number. A cell that may be any
    of several numbers names none.
    """
    cells = [_plain(cell) for cell in row]
    places = range(1, len(cells))
    whole = {place: _one([t for t in told if _holds(cells[place], t.value, t.base)], cells) for place in places}
    yield from ((place, one) for place, one in whole.items() if one)
    if any(whole.values()):
        return
    based = [(place, t) for t in told for place in places if _holds(cells[place], t.base)]
    beside = [(place, t) for place, t in based if any(_holds(cells[p], t.value) for p in places if p != place)]
    if one := _one([t for _, t in beside], cells):
        yield from ((place, one) for place in {place for place, t in beside if t is one})
        return
    named = beside or [(0, t) for t in told if cells[0] in t.dims]
    for place in places:
        if one := _one([t for at, t in named if at != place and _holds(cells[place], t.value)], cells):
            yield place, one


def _one(found: Sequence[Told], cells: Sequence[str]) -> Told | None:
    """The only number that is meant: by interval, then by what the row is called, where values are alike."""
    tests: tuple[Callable[[Told], bool], ...] = (
        lambda t: True,
        lambda t: bool(t.interval) and any(t.interval in cell for cell in cells),
        lambda t: any(dim == cells[0] for dim in t.dims),
    )
    for test in tests:
        left = [t for t in found if test(t)]
        if len({t.behind.slug for t in left}) == 1:
            return left[0]
        found = left or found
    return None


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text)


def _holds(cell: str, *figures: str) -> bool:
    """Whether all figures stand in a cell, none of them within a longer one."""
    return all(
        figure in cell and re.search(rf"(?<![\w.,+\u2212-]){re.escape(figure)}(?![\w%]|[.,]\d| %)", cell) is not None
        for figure in figures
    )


def _free(wanted: str, taken: set[str]) -> str:
    """A name that no other has."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name
