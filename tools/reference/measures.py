"""`docs/measures.md`: what each measure asks, how it is computed, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from cxreport.model.concepts import CONCEPTS, Concept
from cxreport.plugin.measure import Measure
from cxreport.plugin.registry import Registry
from tools.reference.markdown import code, page, sentence, slug, table, told
from tools.reference.shipped import ours

INTRO = """\
Every measure is computed over the default population unless it says otherwise: customers' own records about the brand,
each in its newest version, without repeats, inside the period. A measure whose input is missing says *not testable* and
why. Which base sizes are shown, marked or hidden, and where the intervals come from, stands in
[Methods](methods.md); the options stand in [Configuration](configuration.md#measures).

An id such as `experience.nps` names a measure in `config.yaml`, in Markdown pages and in `audit.json`. A measure gives
many results, told apart by dims: `experience.nps[segment=Economy]`. Each measure states the [concepts](#concepts) that
it answers.
"""
ABOUT_CONCEPTS = """\
Ninety-nine questions that Brian Solis (A to D: *What's the Future of Business*) and David Rogers (E: *The Network Is
Your Customer*) ask a company to look at. `auto` is computed from the exports, `judge` is a consultant's
[assessment](assessments.md), `mixed` is both. `cxreport measures` says which of them an audit of yours answers, and
what each of the others needs.
"""


def write(found: Registry) -> str:
    """The page."""
    measures = [cls for _, cls in ours(found.measures, found)]
    groups = groupby(measures, key=lambda cls: cls.name.partition(".")[0])
    parts = [f"## {prefix.capitalize()}\n\n" + "\n\n".join(map(_measure, group)) for prefix, group in groups]
    rows = [[f"[`{cls.name}`](#{slug(cls.name)})", sentence(cls.question), cls.unit] for cls in measures]
    asked = table(("id", "question", "kind", "answered by", "from"), map(_concept(measures), CONCEPTS.values()))
    overview = table(("measure", "question", "unit"), rows)
    return page("Measures", "the measures themselves", INTRO, overview, "## Concepts", ABOUT_CONCEPTS, asked, *parts)


def _concept(measures: Sequence[type[Measure]]) -> Callable[[Concept], list[str]]:
    """A row of the table of concepts."""

    def row(concept: Concept) -> list[str]:
        links = [f"[`{cls.name}`](#{slug(cls.name)})" for cls in measures if concept.id in cls.concepts]
        return [concept.id, concept.title, concept.kind, ", ".join(links), concept.needs]

    return row


def _measure(cls: type[Measure]) -> str:
    method = cls.method
    facts = {
        "Formula": method.formula, "Interval": method.interval, "Source": method.source, "Limits": method.limits,
        "Cut by": code(cls.by) or "nothing, unless `by` says so",
        "Needs": code(cls.needs) or "no column beyond those of every record",
        "Concepts": ", ".join(cls.concepts) or "none",
    }  # fmt: skip
    lines = "\n".join(f"- **{name}:** {sentence(' '.join(text.split()))}" for name, text in facts.items() if text)
    return f"### {cls.name}\n\n*{cls.title}.* {sentence(cls.question)}\n\n{told(cls)}\n\n{lines}"
