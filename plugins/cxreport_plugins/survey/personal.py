"""Personal data in survey exports: columns that are dropped, and the pseudonym that one of them leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from cxreport.api import Context
from cxreport_plugins.survey.headers import is_email, is_personal
from cxreport_plugins.survey.model import Column, Layout, Role

_ADDRESS = r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"
_NOBODY = ("anonymous", "anonyme", "anonym", "anónimo", "anônimo", "anonimo")
"""What stands for an address where none was asked for."""
_KINDS: tuple[Role, ...] = ("email", "reference", "device")
"""Columns that tell one respondent from another, the soundest first; the kind of its pseudonym."""


def guarded(layout: Layout, look: pl.DataFrame, kept: frozenset[str]) -> Layout:
    """The layout with every personal column dropped; `kept` are ids of questions that the user mapped.

    The first column of e-mail addresses becomes the role `email`, unless there is one.
    """
    found = list(_asked(layout, kept))
    emails = [column for column, names in found if _is_email(column, names, look)]
    others = [column for column, names in found if column not in emails and any(map(is_personal, names))]
    roles = dict(layout.roles)
    if emails:
        roles.setdefault("email", emails[0])
    taken = {column.index for column in roles.values()}
    slim = layout.without(frozenset(column.index for column in (*emails, *others)))
    dropped = tuple(column for column in slim.personal if column.index not in taken)
    return replace(slim, roles=roles, personal=dropped)


def _asked(layout: Layout, kept: frozenset[str]) -> Iterator[tuple[Column, tuple[str, ...]]]:
    """The columns that may be personal, each with the names that would say so.

    The options of a multiple-choice question (`E-mail`, `Phone`) say nothing of the kind; the lines of a form
    do, which are open questions.
    """
    for question in layout.questions:
        if question.id not in kept:
            for column in question.columns:
                is_line = len(question.columns) == 1 or question.is_open
                yield column, (column.name, column.label or "", question.text) if is_line else ()
    for column in layout.extra:
        yield column, (column.name,)


def _is_email(column: Column, names: tuple[str, ...], look: pl.DataFrame) -> bool:
    """Whether a column holds addresses, by its name or because most of its cells are one."""
    cells = look.get_column(column.cell).drop_nulls()
    return any(map(is_email, names)) or 2 * int(cells.str.contains(_ADDRESS).sum()) > len(cells)


def author_ids(frame: pl.DataFrame, layout: Layout, context: Context) -> pl.Series:
    """A pseudonym for each row: of the e-mail address, else the reference, else the device key, else null."""
    table = pl.DataFrame({"author_id": [None] * frame.height}, schema={"author_id": pl.String})
    for kind in _KINDS:
        if kind in layout.roles:
            ids = _pseudonyms(frame.get_column(layout.roles[kind].cell), kind, context)
            table = table.with_columns(pl.coalesce("author_id", ids))
    return table["author_id"]


def _pseudonyms(cells: pl.Series, kind: str, context: Context) -> pl.Series:
    lower = cells.str.to_lowercase()
    plain = lower.set(lower.is_in(_NOBODY), None)
    table = {value: context.pseudonym(value, kind) for value in plain.drop_nulls().unique().sort()}
    return plain.replace_strict(table, default=None, return_dtype=pl.String)


def note(layout: Layout) -> str | None:
    """Which columns were dropped, or made a pseudonym and then dropped, for the ledger."""
    dropped = sorted({column.name or f"column {column.index + 1}" for column in layout.personal})
    keyed = [layout.roles[kind].name for kind in _KINDS if kind in layout.roles]
    parts = [f"dropped as personal data: {', '.join(dropped)}"] if dropped else []
    parts += [f"made a pseudonym and not stored: {', '.join(keyed)}"] if keyed else []
    return f"Columns {'; '.join(parts)}." if parts else None
