"""How one file will be read: its layout without personal columns, its questions mapped, its dates understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from cxreport.api import reading
from cxreport_plugins.survey import typeform
from cxreport_plugins.survey.answers import Asked, asked
from cxreport_plugins.survey.cells import by_position, sifted
from cxreport_plugins.survey.choices import joined
from cxreport_plugins.survey.dates import order
from cxreport_plugins.survey.formats import layout as layout_of
from cxreport_plugins.survey.mapping import Mapped, mapped
from cxreport_plugins.survey.model import Column, Layout, Question
from cxreport_plugins.survey.options import Canonical, QuestionOptions, SurveyOptions
from cxreport_plugins.survey.personal import guarded, note
from cxreport_plugins.survey.profile import profiles
from cxreport_plugins.survey.words import plain


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is decided before the rows are read."""

    layout: Layout
    taken: Mapped
    asked: tuple[Asked, ...]
    filled: Mapping[str, Column]
    """Columns of the records that metadata fills."""
    day_first: bool | None
    notes: tuple[str, ...]


def planned(table: reading.Table, system: str, first: pl.DataFrame, options: SurveyOptions) -> Plan:
    """Decide how to read an opened table by its headers, its first rows and the options."""
    layout = layout_of(system, table)
    layout = _promoted(layout, options.questions or {})
    look = _look(first, layout)
    layout = guarded(layout, look, frozenset(_mapped_ids(layout, options.questions or {})))
    filled, unknown = _filled(layout, options.columns)
    layout = replace(layout, extra=tuple(c for c in layout.extra if c not in filled.values()))
    found = profiles(look, layout)
    if system == typeform.SYSTEM:
        layout = replace(layout, questions=typeform.regroup(layout.questions, found))
    marks = joined(layout.questions, look, layout.joiners)
    asked_so = (replace(q, is_open=False) if q.id in marks else q for q in layout.questions)
    layout = replace(layout, questions=tuple(asked_so))
    taken = mapped(layout.questions, found, options.questions)
    day_first, said = order(look, layout, options.day_first, _rest(table, layout))
    notes = (*taken.notes, *unknown, *filter(None, (note(layout), said)))
    return Plan(layout, taken, asked(layout.questions, taken, found, marks), filled, day_first, notes)


def _look(first: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The first responses, previews and tests left out: by them questions are recognised."""
    return sifted(by_position(first, layout), layout)[0]


def _rest(table: reading.Table, layout: Layout) -> Callable[[], Iterable[pl.DataFrame]]:
    def frames() -> Iterator[pl.DataFrame]:
        yield from (by_position(batch.frame, layout) for batch in table.batches())

    return frames


def _promoted(layout: Layout, options: Mapping[str, QuestionOptions]) -> Layout:
    """Metadata columns that the options name are questions too: embedded data may hold a score."""
    named = {plain(key) for key in options}
    hit = [column for column in layout.extra if plain(column.name) in named]
    questions = tuple(Question(column.name, column.name, (column,)) for column in hit)
    extra = tuple(column for column in layout.extra if column not in hit)
    return replace(layout, questions=(*layout.questions, *questions), extra=extra)


def _filled(layout: Layout, wanted: Mapping[Canonical, str]) -> tuple[dict[str, Column], list[str]]:
    """Canonical column → column of the file, and a note for each that the file lacks.

    Embedded data called `segment` is the segment without being told.
    """
    asked_columns = [column for question in layout.questions for column in question.columns]
    by_name = {plain(column.name): column for column in (*asked_columns, *layout.extra)}
    known = {str(name): header for name, header in wanted.items()}
    if "segment" in {plain(column.name) for column in layout.extra}:
        known.setdefault("segment", "segment")
    found = {name: by_name[plain(header)] for name, header in known.items() if plain(header) in by_name}
    lost = [header for header in wanted.values() if plain(header) not in by_name]
    return found, [f"`columns` names {header!r}, which is no column of this file." for header in lost]


def _mapped_ids(layout: Layout, options: Mapping[str, QuestionOptions]) -> Iterator[str]:
    keys = {plain(key) for key, what in options.items() if what.metric != "ignore"}
    for question in layout.questions:
        if keys & {plain(name) for name in (question.id, question.text, *question.names)}:
            yield question.id


def suggested(plan: Plan) -> dict[str, dict[str, object] | str]:
    """The mapping of the questions as it was guessed, to paste into the configuration.

    What the format itself says needs no mapping.
    """
    out: dict[str, dict[str, object] | str] = {}
    for measured in (m for m in plan.taken.measured if m.question.spec is None):
        scale = measured.scale
        bounds: dict[str, object] = {"metric": measured.metric, "min": _short(scale.low), "max": _short(scale.high)}
        turned = {"reversed": True} if scale.is_reversed else {}
        version = {"version": measured.version} if measured.version else {}
        out[_key(measured.question, plan)] = "nps" if measured.metric == "nps" else bounds | turned | version
    return out | {_key(q, plan): "text" for q in plan.taken.texts if not q.is_text}


def _key(question: Question, plan: Plan) -> str:
    """What to call a question in the configuration: its column, else its text, else its number."""
    texts = [other.text for other in plan.layout.questions]
    is_column = question.id in question.names
    return question.id if is_column or not question.text or texts.count(question.text) > 1 else question.text


def _short(value: float) -> float:
    return int(value) if value == int(value) else value
