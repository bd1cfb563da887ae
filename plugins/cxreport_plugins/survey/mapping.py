"""From layout, options and profiles: what each question of a file is taken for, and the notes that say so."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cxreport_plugins.survey.guess import USED, Guess, guesses
from cxreport_plugins.survey.model import Question
from cxreport_plugins.survey.options import Metric, QuestionOptions
from cxreport_plugins.survey.profile import Profile
from cxreport_plugins.survey.scale import Scale, labelled, observed, stated
from cxreport_plugins.survey.words import plain, words

PRIORITY: tuple[Metric, ...] = ("nps", "csat", "ces", "stars", "smiley", "thumbs", "binary", "custom")
"""The main score of a response is the first of these that it holds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A question that is a metric, on its scale."""

    question: Question
    metric: Metric
    scale: Scale
    version: str | None = None
    """Of CES: `1.0` or `2.0`."""
    topic: str | None = None
    """The part of the experience that it rates; None for scores of the whole."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the questions of one file are taken for."""

    measured: tuple[Measured, ...] = ()
    """Every metric question; of each metric the first about the whole is the one that the record shows."""
    texts: tuple[Question, ...] = ()
    """Open questions whose answers make the text of the record."""
    ignored: frozenset[str] = frozenset()
    """Ids of questions that are left out altogether."""
    notes: tuple[str, ...] = field(default=())

    def main(self, metric: Metric) -> Measured | None:
        """The question whose answers fill the record's columns of this metric."""
        return next((m for m in self.measured if m.metric == metric and m.topic is None), None)


def mapped(
    questions: tuple[Question, ...],
    profiles: Mapping[int, Profile],
    options: Mapping[str, QuestionOptions] | None,
) -> Mapped:
    """What `options` say of the questions, or, without options, what they are guessed to be."""
    if options is None:
        return _guessed(questions, profiles)
    return _told(questions, profiles, options)


def _told(
    questions: tuple[Question, ...], profiles: Mapping[int, Profile], options: Mapping[str, QuestionOptions]
) -> Mapped:
    notes: list[str] = []
    named = [(_find(key, questions), key, what) for key, what in options.items()]
    notes += [_unknown(key, questions) for question, key, _ in named if question is None]
    known = [(question, what) for question, _, what in named if question is not None]
    scored = ((q, key, what) for q, key, what in named if q is not None and what.metric in PRIORITY)
    scores = [part for q, key, what in scored for part in _rows(q, key, what)]
    notes += [_spread(q, what) for q, what in scores if q.single is None]
    measured = tuple(_measured(q, what, profiles) for q, what in scores if q.single is not None)
    seen = {guess.question.id: guess for guess in guesses(questions, profiles)}
    named_ids = {q.id for q, _ in known}
    specified = [g for g in seen.values() if g.question.spec is not None and g.question.id not in named_ids]
    notes += [f"{_told_note(m)}{_agreement(m, seen.get(m.question.id))}" for m in measured]
    measured += tuple(Measured(g.question, g.metric, g.scale, g.version) for g in specified)
    notes += [*map(_guess_note, specified), *_surplus(measured)]
    ignored = frozenset(q.id for q, what in known if what.metric == "ignore")
    texts = tuple(q for q, what in known if what.metric == "text")
    if not texts:
        free = [q for q in questions if q.id not in ignored and q.id not in {m.question.id for m in measured}]
        texts, said = _longest(free, profiles)
        notes += said
    return Mapped(measured, texts, ignored, tuple(notes))


def _guessed(questions: tuple[Question, ...], profiles: Mapping[int, Profile]) -> Mapped:
    found = guesses(questions, profiles)
    best = [next((g for g in found if g.metric == metric and g.confidence >= USED), None) for metric in PRIORITY]
    used = [guess for guess in best if guess is not None]
    rest = [guess for guess in found if guess not in used]
    measured = tuple(Measured(g.question, g.metric, g.scale, g.version) for g in used)
    texts, said = _longest([q for q in questions if q.id not in {g.question.id for g in used}], profiles)
    none = () if found else ("No question looks like NPS, CSAT or CES; map them under `questions` if there are any.",)
    notes = (*none, *map(_guess_note, used), *map(_rest_note, rest), *said)
    return Mapped(measured, texts, frozenset(), notes)


def _find(key: str, questions: Sequence[Question]) -> Question | None:
    """The question that a key of the options names: by id, by column or import id, by its text."""
    for question in questions:
        if key == question.id or key in question.names:
            return question
    wanted = plain(key)
    same = [q for q in questions if wanted in (plain(q.text), *map(plain, q.names))]
    return same[0] if same else None


def _unknown(key: str, questions: Sequence[Question]) -> str:
    names = [name for q in questions for name in (q.id, *q.names, q.text) if name]
    near = difflib.get_close_matches(key, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"`questions` names {key!r}, which is no question of this file{hint}"


def _rows(question: Question, key: str, what: QuestionOptions) -> list[tuple[Question, QuestionOptions]]:
    """A grid as one question a row, each with its label as the topic, or the one row that the key names.

    Any other question as it is.
    """
    if question.single is not None:
        return [(question, what)]
    row = tuple(column for column in question.main if column.name == key)
    if len(row) == 1 and key not in (question.id, question.text):
        return [(replace(question, columns=row), what)]
    if what.metric == "nps" or not all(column.label for column in question.main):
        return [(question, what)]
    return [
        (replace(question, columns=(column,)), what.model_copy(update={"topic": column.label}))
        for column in question.main
    ]


def _spread(question: Question, what: QuestionOptions) -> str:
    cells = ", ".join(column.name or column.label or "?" for column in question.columns[:3])
    return (
        f"{question.id} is spread over {len(question.columns)} columns and cannot be one {what.metric} score; "
        f"map one of its columns ({cells} …) as a question of its own."
    )


def _measured(question: Question, what: QuestionOptions, profiles: Mapping[int, Profile]) -> Measured:
    profile = profiles[question.columns[0].index]
    if what.metric == "nps":
        return Measured(question, "nps", Scale(0, 10, "user", labels=_labels(what)))
    version = (what.version or "2.0") if what.metric == "ces" else None
    scale = _bounds(question, what, profile, version)
    is_reversed = what.reversed if what.reversed is not None else version == "1.0"
    labels = _labels(what) or scale.labels
    found = Scale(scale.low, scale.high, scale.source, is_reversed, labels)
    return Measured(question, what.metric, found, version, what.topic)


def _labels(what: QuestionOptions) -> dict[str, float]:
    return {plain(label): value for label, value in what.labels.items()}


def _bounds(question: Question, what: QuestionOptions, profile: Profile, version: str | None) -> Scale:
    """The bounds that the user, the version, the question, its labels or its answers state, in this order."""
    spoken = labelled(what.metric, profile)
    if what.min is not None or what.max is not None or what.labels:
        high = what.max if what.max is not None else max(what.labels.values(), default=7 if version == "2.0" else 5)
        return Scale(what.min if what.min is not None else 1, high, "user", labels=spoken.labels if spoken else {})
    if version is not None and spoken is None:
        return Scale(1, 7 if version == "2.0" else 5, "user")
    return stated(question.text) or spoken or observed(profile) or Scale(1, 5, "user")


def _told_note(measured: Measured) -> str:
    """How a mapped question is read, defaults spelled out."""
    scale = measured.scale
    part = f" of {measured.topic!r}" if measured.topic else ""
    what = f"{measured.question.id} mapped as {measured.metric.upper()}{part} on {scale}"
    if measured.version is not None:
        what += f", version {measured.version}"
    what += ", low is good" if scale.is_reversed else ", high is good"
    return f"{what}." if scale.source != "observed" else f"{what}; the scale was read off the answers."


def _agreement(measured: Measured, guess: Guess | None) -> str:
    """Whether the question itself looks like what it is mapped as."""
    if guess is None:
        return " Its text and answers do not show it."
    why = f"{guess.reason}; confidence {guess.confidence:.2g}"
    if guess.metric == measured.metric:
        return f" It looks like it: {why}."
    return f" It looks like {guess.metric.upper()}, though: {why}."


def _surplus(measured: Sequence[Measured]) -> Iterator[str]:
    """Questions beyond the first of their metric stand in `answers` only."""
    for metric in PRIORITY:
        same = [m.question.id for m in measured if m.metric == metric and m.topic is None]
        if len(same) > 1:
            rest = ", ".join(same[1:])
            yield f"{metric.upper()} of a response is that of {same[0]}; {rest} stand among the answers only."


def _guess_note(guess: Guess) -> str:
    note = f"{guess.question.id} taken as {guess.metric.upper()}: {guess.reason}; confidence {guess.confidence:.2g}."
    if guess.version is not None:
        end = "low is good" if guess.scale.is_reversed else "high is good"
        note += f" CES version {guess.version} on {guess.scale} assumed, {end}."
    return note


def _rest_note(guess: Guess) -> str:
    what = "may be" if guess.confidence < USED else "also looks like"
    return (
        f"{guess.question.id} {what} {guess.metric.upper()}: {guess.reason}; confidence {guess.confidence:.2g}; "
        "not used. Map it under `questions` if it is."
    )


def _longest(questions: Sequence[Question], profiles: Mapping[int, Profile]) -> tuple[tuple[Question, ...], list[str]]:
    """What the format calls the comment, else the open question with most written in it, as the text."""
    comments = tuple(question for question in questions if question.is_text)
    if comments:
        return comments, []
    open_ones = [q for q in questions if _is_open(q, profiles)]
    if not open_ones:
        return (), []

    def written(question: Question) -> float:
        profile = profiles[question.columns[0].index]
        return profile.chars * profile.answered

    best = max(open_ones, key=written)
    others = len(open_ones) - 1
    rest = f"; {others} more open question{'s' if others > 1 else ''} among the answers" if others else ""
    return (best,), [f"{best.id} taken as the text: the open question with most written in it{rest}."]


def _is_open(question: Question, profiles: Mapping[int, Profile]) -> bool:
    column = question.single
    if column is None or column.is_other or words().found("other", column.label or ""):
        return False
    profile = profiles[column.index]
    if not profile.answered or profile.is_number or question.is_open is False:
        return False
    return bool(question.is_open) or profile.is_prose
