"""Headers named in options or in a mapping file, found in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from cxreport.api import Input, ReadError, reading
from cxreport_plugins.common import rows
from cxreport_plugins.table.layout import CONTENT, Layout
from cxreport_plugins.table.scales import Answer, Headers
from cxreport_plugins.table.spelling import place


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the file that are used, by position; None is a column that the file lacks."""

    header: rows.Header
    records: dict[str, str]
    """By column of a record."""
    rating: str | None
    by: str | None
    """What was asked, row by row."""
    answers: tuple[str | None, ...]
    reply: str | None
    replied: str | None
    pseudonyms: dict[str, str]
    personal: tuple[str, ...]
    flags: dict[str, str]
    """Tag by column."""
    leave_out: dict[str, Headers]
    lacking: tuple[str, ...] = ()
    """Headers of a mapping file that this file has under none of their names."""
    others: tuple[str, ...] = ()
    """Columns that nothing names and that are questions all the same."""

    def questions(self, answers: Sequence[Answer]) -> list[tuple[Answer, str]]:
        """The questions that this file holds, with their columns: those of `answers`, then the others."""
        named = [(answer, column) for answer, column in zip(answers, self.answers, strict=True) if column]
        return named + [(Answer(column=(self.header.label(column),)), column) for column in self.others]

    @property
    def content(self) -> list[str]:
        """The columns of which one must be filled."""
        said = [self.records[name] for name in CONTENT if name in self.records]
        return list(dict.fromkeys(column for column in (*said, self.rating, *self.answers, *self.others) if column))

    @property
    def used(self) -> set[str]:
        """All columns that something is read from, and those that nothing may be read from."""
        single = (self.rating, self.by, self.reply, self.replied, *self.answers, *self.others)
        many = (*self.records.values(), *self.pseudonyms.values(), *self.personal, *self.flags)
        return {column for column in (*single, *many) if column}


def columns(data: Input, names: Sequence[str], layout: Layout, own: Layout) -> Columns:
    """Where the columns of `layout` stand in a file with this header.

    A header is matched as written, else without regard to case, blanks and signs. Raises ReadError that names
    every missing header of `own`, what the project itself has written; others, of a mapping file, may be missing,
    unless no column remains that says anything.
    """
    find = _Finder(rows.Header(tuple(names)), frozenset(own.wanted))
    rating, reply = layout.rating, layout.reply
    found = Columns(
        find.header,
        {name: at for name, headers in layout.columns.items() if (at := find(headers))},
        find(rating.column) if rating else None,
        find(rating.by) if rating and rating.by else None,
        tuple(find(answer.column) for answer in layout.answers),
        find(reply.text) if reply else None,
        find(reply.created_at) if reply and reply.created_at else None,
        {name: at for name, headers in layout.pseudonyms.items() if (at := find(headers))},
        tuple(at for headers in layout.personal if (at := find.quietly(headers))),
        {at: tag for header, tag in layout.flags.items() if (at := find((header,)))},
        {at: cells for header, cells in layout.leave_out.items() if (at := find.quietly((header,)))},
        tuple(find.lacking),
    )
    if layout.others == "answers":
        aside = {find.quietly(headers) for headers in layout.aside}
        found = replace(found, others=tuple(at for at in find.header.columns if at not in found.used | aside))
    if find.missing or not found.content:
        raise _missing(data, find)
    return found


@dataclass
class _Finder:
    """Finds headers and remembers those that are not there."""

    header: rows.Header
    required: frozenset[Headers]
    missing: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def __call__(self, wanted: Headers) -> str | None:
        found = self.quietly(wanted)
        if found is None:
            (self.missing if wanted in self.required else self.lacking).append(wanted[0])
        return found

    def quietly(self, wanted: Headers) -> str | None:
        """The column under the first of these names that the file has; one that is not there may well be not."""
        at = place(wanted, self.header.names)
        return None if at is None else f"c{at}"

    def near(self, wanted: str) -> str:
        close = get_close_matches(reading.norm(wanted), self.header.by_norm, 1, 0.5)
        return f"{wanted!r} (nearest: {self.header.label(self.header.by_norm[close[0]])!r})" if close else repr(wanted)


def _missing(data: Input, finder: _Finder) -> ReadError:
    wanted = list(dict.fromkeys(finder.missing or finder.lacking))
    names = ", ".join(finder.near(name) for name in wanted)
    return ReadError(
        data.path,
        f"has no column{'s' if len(wanted) > 1 else ''} {names}.",
        f"Its columns are {', '.join(repr(name) for name in finder.header.names if name)}.",
        "Correct the mapping under `columns`, or `header_row` if the header stands in another row.",
        code="missing_column",
        member=data.member,
    )
