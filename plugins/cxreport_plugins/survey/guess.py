"""Which question is NPS, CSAT or CES, when nobody says so, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cxreport_plugins.survey.model import Question
from cxreport_plugins.survey.options import Metric
from cxreport_plugins.survey.profile import Profile
from cxreport_plugins.survey.scale import NPS, Scale, labelled, observed, stated
from cxreport_plugins.survey.words import words

USED = 0.5
"""A guess below this is reported and not used."""
_ENOUGH = 150
"""Answers among which a true 0–10 scale would all but surely show a zero."""
_FEW = 10


@dataclass(frozen=True, slots=True)
class Guess:
    """What a question seems to measure."""

    question: Question
    metric: Metric
    scale: Scale
    confidence: float
    reason: str
    version: str | None = None


def guesses(questions: tuple[Question, ...], profiles: Mapping[int, Profile]) -> list[Guess]:
    """At most one guess a question and metric, the surest first; ties in the order of the file."""
    found: list[Guess] = []
    for question in questions:
        column = question.single
        if column is not None and (profile := profiles[column.index]).answered and not question.is_open:
            found += _of(question, profile)
    return sorted(found, key=lambda guess: -guess.confidence)


def _of(question: Question, profile: Profile) -> Iterator[Guess]:
    spec = question.spec
    if spec is not None:
        yield Guess(question, spec.metric, Scale(spec.low, spec.high, "spec"), 1.0, "the format says so")
        return
    for judge in (_nps, _csat, _ces):
        guess = judge(question, profile)
        if guess is not None:
            yield guess
            return


def _named(question: Question) -> str:
    return " | ".join((*question.names, question.text)).replace("_", " ")


def _nps(question: Question, profile: Profile) -> Guess | None:
    """Whole numbers within 0–10 and the words of the recommendation question, or the name NPS."""
    if question.group is not None:
        return Guess(question, "nps", NPS, 1.0, "the export holds an NPS group for it")
    if not profile.is_score or profile.low is None or profile.high is None:
        return None
    asked = words().found("nps.text", question.text)
    named = words().found("nps.name", _named(question))
    if not (asked or named):
        return None
    why = "'recommend' in its text" if asked else "NPS in its name"
    sure = _nps_confidence(question, profile, named=named)
    return Guess(question, "nps", NPS, sure[0], f"{sure[1]} and {why}") if sure else None


def _nps_confidence(question: Question, profile: Profile, *, named: bool) -> tuple[float, str] | None:
    """How sure it is that a question with the right words is asked on 0–10; None when it is not."""
    scale = stated(question.text)
    if scale is not None:
        return (0.95, "a scale of 0–10 in its text") if (scale.low, scale.high) == (0, 10) else None
    return _nps_seen(profile, named=named)


def _nps_seen(profile: Profile, *, named: bool) -> tuple[float, str] | None:
    """The same by the answers alone: a 1–10 or 1–5 scale shows itself by what is never answered."""
    low, high = profile.low or 0, profile.high or 0
    if low < 0 or high > 10:
        return 0.3, f"answers of {low:g}–{high:g}, beyond 0–10,"
    if high <= 5:
        return (0.3, "answers of 0–5 only") if profile.answered < _FEW or low == 0 else None
    if low == 0:
        return 0.9, "0–10 answers"
    if profile.answered >= _ENOUGH:
        return 0.4, f"no answer of 0 among {profile.answered}, so perhaps a 1–10 scale,"
    return (0.8 if named else 0.7), "answers within 0–10, though none of 0,"


def _csat(question: Question, profile: Profile) -> Guess | None:
    """Words of satisfaction with numbers of a usual scale, or an agreed set of labels."""
    spoken = labelled("csat", profile)
    asked = words().found("csat.text", question.text) or words().found("csat.name", _named(question))
    if spoken is not None:
        return Guess(question, "csat", spoken, 0.85 if asked else 0.7, "its answers are labels of satisfaction")
    scale = _numeric(question, profile) if asked else None
    if scale is None:
        return None
    return Guess(question, "csat", scale, _surety(scale, profile), f"{scale} answers and satisfaction in its text")


def _ces(question: Question, profile: Profile) -> Guess | None:
    """Words of ease or effort; effort on 1–5 is the old CES, where low is good."""
    text = question.text
    asked = words().found("ces.text", text) or words().found("ces.name", _named(question))
    if not asked or words().found("nps.text", text):
        return None
    spoken = labelled("ces", profile)
    if spoken is not None:
        return Guess(question, "ces", spoken, 0.7, "its answers are labels of ease or agreement", "2.0")
    scale = _numeric(question, profile)
    if scale is None or scale.low == 0:
        return None
    effort = words().found("ces.effort", text) and not words().found("ces.agreement", text)
    if effort and scale.high == 5:
        old = replace(scale, is_reversed=True)
        return Guess(question, "ces", old, 0.55, "1–5 answers and effort in its text", "1.0")
    return Guess(question, "ces", scale, _surety(scale, profile) - 0.05, f"{scale} answers and ease in its text", "2.0")


def _numeric(question: Question, profile: Profile) -> Scale | None:
    if not profile.is_score:
        return None
    scale = stated(question.text)
    if scale is not None and (profile.high or 0) <= scale.high:
        return scale
    return observed(profile)


def _surety(scale: Scale, profile: Profile) -> float:
    """A scale stated in the question is surer than one seen in the answers, one seen to its top than a part."""
    if scale.source == "file":
        return 0.85
    if scale.low == 0:
        return 0.5
    return 0.7 if profile.high == scale.high and profile.low == scale.low else 0.6
