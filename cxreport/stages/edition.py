"""From audit to edition: the one place where a privacy profile decides what may appear."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cxreport.config.models import Profile
from cxreport.model.assessment import WITHHELD, Assessment, Rated
from cxreport.model.audit import Audit, Card, Evidence, Load
from cxreport.model.basis import Basis
from cxreport.model.change import Change
from cxreport.model.dossier import Dossier
from cxreport.model.edition import Edition
from cxreport.model.message import message
from cxreport.model.recommendation import Recommendations
from cxreport.model.result import Result
from cxreport.stages.behind import BEYOND, X_POSTS, behind, shown_of

FIGURES = message("the client's own figures are not shown in this edition")
STATED = ("money", "hours")
"""Units that only figures stated by the client can give."""
SHORTEST_NAME = 4
"""Characters of a file's name; a shorter one would be found within other words."""


@dataclass(frozen=True)
class Rules:
    """What a profile shows (methods.md §E)."""

    cell: int
    """Fewest people behind a shown number."""
    verbatims: bool
    provenance: bool
    notes: bool
    figures: bool = True
    """What rests on the client's own figures: costs, hours of work."""
    round_to: int = 1

    def rounded(self, count: int) -> int:
        """A count as far as it may be told."""
        return self.round_to * round(count / self.round_to)


RULES: dict[Profile, Rules] = {
    "internal": Rules(cell=1, verbatims=True, provenance=True, notes=True),
    "client": Rules(cell=5, verbatims=True, provenance=False, notes=True),
    "public": Rules(cell=10, verbatims=False, provenance=False, notes=False, figures=False, round_to=5),
}


def edition_of(audit: Audit, profile: Profile, dossier: Dossier | None = None) -> Edition:
    """What `profile` may show of an audit: cells suppressed, counts rounded, records chosen and cut.

    `dossier` holds the records behind its numbers; without it nobody can look them up.
    """
    rules, withheld = RULES[profile], Counter[str]()
    measures = {
        name: tuple(_shown(result, rules, withheld) for result in results) for name, results in audit.measures.items()
    }
    evidence = _records(audit.evidence, rules, withheld)
    quoted = [record.id for record in evidence]
    shown = shown_of(dossier or Dossier(), measures, quoted, rules, withheld)
    return Edition(
        profile=profile, audit=audit.digest(), meta=audit.meta,
        loads=tuple(_load(load, rules) for load in audit.loads),
        waterfall=tuple(
            step.model_copy(update={key: rules.rounded(getattr(step, key)) for key in ("excluded", "left")})
            for step in audit.waterfall
        ),
        measures=measures, infos=audit.infos,
        evidence=tuple(evidence),
        card=audit.card and _card(audit.card, rules),
        assessments=tuple(_assessment(one, rules, withheld) for one in audit.assessments),
        recommendations=audit.recommendations and _recommendations(audit, audit.recommendations, rules),
        classes=_classes(audit.classes, rules),
        basis=audit.basis and _basis(audit.basis, rules), past=audit.past,
        changes=tuple(_change(change, rules) for change in audit.changes),
        behind=behind(shown, measures),
        dossier=shown,
        withheld=dict(sorted(withheld.items())),
    )  # fmt: skip


def _shown(result: Result, rules: Rules, withheld: Counter[str]) -> Result:
    people = result.n_authors if result.n_authors is not None else result.n
    if result.status == "not_testable":
        return result
    if people < rules.cell and result.n > 0:
        withheld[message("small cells")] += 1
        return result.model_copy(
            update={"status": "hidden", "value": None, "low": None, "high": None, "n": 0, "n_authors": None,
                    "rows": (), "reason": message("fewer than {n} people").format(n=rules.cell)}
        )  # fmt: skip
    if result.unit in STATED and not rules.figures:
        withheld[message("the client's own figures")] += 1
        gone = {"status": "hidden", "value": None, "low": None, "high": None, "rows": ()}
        return result.model_copy(update={**gone, "reason": FIGURES})
    if result.kind == "table":
        return _cases(result, rules, withheld)
    if rules.round_to == 1:
        return result
    counts = {
        "n": rules.rounded(result.n),
        "n_authors": None if result.n_authors is None else rules.rounded(people),
    }
    rounded = result.kind == "count" and result.unit in ("records", "people") and result.value is not None
    value = {"value": float(rules.rounded(int(result.value or 0)))} if rounded else {}
    return result.model_copy(update={**counts, **value})


def _cases(result: Result, rules: Rules, withheld: Counter[str]) -> Result:
    """Rows about single records: without their ids where people must not be found, not at all without verbatims."""
    if rules.provenance:
        return result
    if not rules.verbatims:
        withheld[message("single cases")] += len(result.rows)
        gone = {"status": "hidden", "rows": (), "reason": message("single records are not shown in this edition")}
        return result.model_copy(update={**gone, "n": rules.rounded(result.n), "n_authors": None})
    rows = tuple({key: value for key, value in row.items() if key != "id"} for row in result.rows)
    return result.model_copy(update={"rows": rows})


def _load(load: Load, rules: Rules) -> Load:
    if rules.notes:
        return load
    told = {
        "reason": _nameless(load.reason, load),
        "problem": _nameless(load.problem, load),
        "notes": tuple(_nameless(note, load) for note in load.notes),
    }
    bare = {"file": load.source_id, "member": None, "examples": (), "sha256": load.sha256[:12]}
    return load.model_copy(update={**bare, **told})


def _nameless(text: str, load: Load) -> str:
    """A sentence about a file without the file's name, which may be that of a person or a project."""
    whole = [name for name in (load.file, load.member) if name]
    names = {name for path in whole for name in (path, path.rpartition("/")[2]) if len(name) >= SHORTEST_NAME}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        text = text.replace(name, load.source_id)
    return text


def _records(records: tuple[Evidence, ...], rules: Rules, withheld: Counter[str]) -> list[Evidence]:
    if not rules.verbatims:
        withheld[message("verbatims")] += len(records)
        return []
    kept, posts = [], 0
    people: dict[str, str] = {}
    for record in records:
        posts += record.channel == "x"
        if record.channel == "x" and posts > X_POSTS:
            withheld[BEYOND] += 1
            continue
        kept.append(record if rules.provenance else _without_provenance(record, people))
    return kept


def _without_provenance(record: Evidence, people: dict[str, str]) -> Evidence:
    """No link back to the person: the day only, no followers, and a number of this edition for a pseudonym."""
    if record.author is not None:
        people.setdefault(record.author, f"person {len(people) + 1}")
    day = record.created_at and record.created_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return record.model_copy(update={"created_at": day, "author": people.get(record.author or ""), "followers": None})


def _assessment(one: Assessment, rules: Rules, withheld: Counter[str]) -> Assessment:
    """Ratings and reasons are the consultant's to show; names of people and files, and records, are not public."""
    if rules.notes:
        return one
    parts = tuple(part.model_copy(update=_unnamed(part, withheld)) for part in one.parts)
    return one.model_copy(update={**_unnamed(one, withheld), "parts": parts, "reviewed": None})


def _recommendations(audit: Audit, whole: Recommendations, rules: Rules) -> Recommendations:
    """The consultant's to show; who does what, and the client's own figures, are not public."""
    if rules.notes and rules.figures:
        return whole
    stated = {r.key for found in audit.measures.values() for r in found if r.unit in STATED}
    kept = []
    for one in whole.recommendations:
        expected = tuple(e for e in one.expected if rules.figures or e.measure not in stated)
        kept.append(one.model_copy(update={"owner": one.owner if rules.notes else "", "expected": expected}))
    return whole.model_copy(update={"recommendations": tuple(kept)})


def _unnamed(rated: Rated, withheld: Counter[str]) -> dict[str, object]:
    """What is left of evidence, facts and next step without owners, records and documents."""
    kept = tuple(link for link in rated.evidence if not link.startswith(("record:", "doc:")))
    gone = len(rated.evidence) - len(kept)
    withheld[message("links of assessments")] += gone
    step = rated.next_step and rated.next_step.model_copy(update={"owner": ""})
    facts = {name: text for name, text in rated.facts.items() if name != "owner"}
    return {"evidence": kept or (WITHHELD,) * (gone > 0), "next_step": step, "facts": facts}


def _card(card: Card, rules: Rules) -> Card:
    """Classifiers judged on too few people are left out; names of files where the ledger names none either."""
    judged = tuple(a for a in card.accuracy if (a.n if a.n_authors is None else a.n_authors) >= rules.cell)
    unnamed = {} if rules.notes else {"file": "", "sha256": card.sha256[:12]}
    return card.model_copy(update={"accuracy": judged, **unnamed})


def _change(change: Change, rules: Rules) -> Change:
    """A change is shown where both sides may be: from a difference the other side could be told."""
    sides = [side for side in (change.before, change.now) if side is not None]
    few = any((s.n if s.n_authors is None else s.n_authors) < rules.cell for s in sides)
    if few or (change.unit in STATED and not rules.figures):
        why = message("fewer than {n} people").format(n=rules.cell) if few else FIGURES
        kept = change.model_dump(include={"key", "measure", "dims", "unit", "concepts"})
        return Change(**kept, verdict="hidden", reason=why)
    rounded = {
        name: side and side.model_copy(
            update={"n": rules.rounded(side.n), "n_authors": side.n_authors and rules.rounded(side.n_authors)}
        )
        for name, side in (("before", change.before), ("now", change.now))
    }  # fmt: skip
    return change.model_copy(update=rounded)


def _basis(basis: Basis, rules: Rules) -> Basis:
    """Sources of few records are left out; how they were searched for is the consultant's to tell."""
    mixes = tuple(
        mix.model_copy(update={"cells": {c: rules.rounded(n) for c, n in mix.cells.items() if n >= rules.cell}})
        for mix in basis.mixes
    )
    return basis.model_copy(update={"mixes": mixes, "queries": basis.queries if rules.notes else {}})


def _classes(classes: dict[str, dict[str, int]], rules: Rules) -> dict[str, dict[str, int]]:
    return {
        column: {value: rules.rounded(n) for value, n in counts.items() if n >= rules.cell}
        for column, counts in classes.items()
    }
