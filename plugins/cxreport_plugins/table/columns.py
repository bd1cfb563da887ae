"""Headers named in options, found in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cxreport.api import Input, ReadError, reading
from cxreport_plugins.common import rows
from cxreport_plugins.table.options import TableOptions


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of the file that are used, by position: of a record's columns, the rating, the answers."""

    header: rows.Header
    columns: dict[str, str]
    rating: str | None
    answers: tuple[str, ...]

    @property
    def used(self) -> set[str]:
        """All columns that something is read from."""
        return {*self.columns.values(), *self.answers, *([self.rating] if self.rating else [])}


def mapping(data: Input, names: Sequence[str], options: TableOptions) -> Mapping:
    """The mapping of `options` for a file with this header.

    A header is matched as written, else without regard to case, blanks and signs. Raises ReadError that names
    every missing header, the nearest ones, and all that the file has.
    """
    finder = _Finder(rows.Header(tuple(names)))
    columns = {name: finder.find(wanted) for name, wanted in options.columns.items()}
    rating = finder.find(options.rating.column) if options.rating else None
    answers = tuple(finder.find(answer.column) for answer in options.answers)
    if finder.missing:
        raise _missing(data, finder)
    return Mapping(finder.header, columns, rating, answers)


class _Finder:
    """Finds headers and remembers those that are not there."""

    def __init__(self, header: rows.Header) -> None:
        self.header = header
        self.missing: list[str] = []

    def find(self, wanted: str) -> str:
        if wanted in self.header.names:
            return f"c{self.header.names.index(wanted)}"
        found = self.header.by_norm.get(reading.norm(wanted))
        if found is None:
            self.missing.append(wanted)
        return found or ""

    def near(self, wanted: str) -> str:
        close = get_close_matches(reading.norm(wanted), self.header.by_norm, 1, 0.5)
        return f"{wanted!r} (nearest: {self.header.label(self.header.by_norm[close[0]])!r})" if close else repr(wanted)


def _missing(data: Input, finder: _Finder) -> ReadError:
    names = ", ".join(finder.near(name) for name in dict.fromkeys(finder.missing))
    plural = "s" if len(set(finder.missing)) > 1 else ""
    return ReadError(
        data.path,
        f"has no column{plural} {names}.",
        f"Its columns are {', '.join(repr(name) for name in finder.header.names if name)}.",
        "Correct the mapping under `columns`, or `header_row` if the header stands in another row.",
        code="missing_column",
        member=data.member,
    )
