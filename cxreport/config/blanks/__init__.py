"""Blanks: what `cxreport init --context`, `--assessments` and `--recommendations` write, to be filled in."""

from __future__ import annotations

from pathlib import Path

from cxreport.config.blanks.systems import SYSTEMS, System
from cxreport.model.assessment import SCALE
from cxreport.model.concepts import CONCEPTS

_HEAD = """\
# {id}: {title}
# What answers it: {needs}.
# A rating is a step of the scale and needs evidence: measure:ID, record:ID, doc:FILE#place, or the word opinion.
# Raters are roles, not names; where they differ the report shows their range. What is left out is not rated.
concept: {id}
system: {system}
scale: {{{scale}}}
# rating: 2
# raters: [{{role: lead consultant, rating: 2}}, {{role: head of care, rating: 3}}]
# confidence: medium            # low, medium or high
# evidence: [opinion]
# rationale: Why, in a sentence or two.
# next_step: {{action: What is to be done, owner: A role, due: 2027-01-31}}
# reviewed: {{by: A name or role, on: 2026-12-01}}
"""
_PARTS = "# Each part takes rating, raters, confidence, evidence, rationale and next_step of its own.\n"


def context() -> dict[str, str]:
    """File name → text of every context file, in the order of the configuration."""
    order = ("calendar.csv", "costs.yaml", "budget.yaml", "beliefs.csv", "serp.csv", "kpi.csv", "hours.yaml")
    return {name: (Path(__file__).parent / "context" / name).read_text("utf-8") for name in order}


def recommendations() -> dict[str, str]:
    """File name → text of the file of recommendations."""
    return {"recommendations.yaml": (Path(__file__).parent / "recommendations.yaml").read_text("utf-8")}


def assessments() -> dict[str, str]:
    """File name → text of one assessment for each concept that is rated."""
    return {_name(system): _assessment(system) for system in SYSTEMS}


def _name(system: System) -> str:
    words = "".join(c if c.isalnum() else " " for c in system.name.casefold().replace("'", "")).split()
    return f"{system.concept.lower()}-{'-'.join(words)}.yaml"


def _assessment(system: System) -> str:
    concept = CONCEPTS[system.concept]
    scale = ", ".join(f"{step}: {word}" for step, word in SCALE.items())
    head = _HEAD.format(id=concept.id, title=concept.title, needs=concept.needs, system=system.name, scale=scale)
    return head + (_PARTS + "parts:\n" + "".join(map(system.line, system.parts)) if system.parts else "")
