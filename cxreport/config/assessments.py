"""A folder of assessments → Assessed: every fault at once, each with its file, its line and the mend."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cxreport.config.load import suggestion, validate
from cxreport.config.nodes import Document, Loc, read_yaml
from cxreport.model.assessment import OPINION, WITHHELD, Assessment
from cxreport.model.problem import ConfigError, Problem

_WRITE = "`cxreport init --assessments` writes templates."


@dataclass(frozen=True)
class Assessed:
    """The assessments of a project as read."""

    assessments: tuple[Assessment, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    """Evidence link → where it was first written: `file:line: path`."""
    sha256: str = ""

    def cited(self, kind: str) -> tuple[str, ...]:
        """What the links of a kind (`measure`, `record`, `doc`) lead to."""
        return tuple(link.partition(":")[2] for link in self.places if link.startswith(f"{kind}:"))


def read_assessments(
    base: Path, folder: str | None, document: Document, measures: Collection[str], problems: list[Problem]
) -> Assessed:
    """Read every YAML file of the folder that `assessments:` names; faults are added to `problems`.

    Links to documents must be files of the project and links to measures begin with one of `measures`; what only
    the audit knows is resolved when it is measured.
    """
    if folder is None:
        return Assessed()
    files = sorted(p for p in (base / folder).glob("*") if p.suffix in (".yaml", ".yml"))
    if not files:
        problems.append(document.problem(("assessments",), f"there is no YAML file in {folder}.", _WRITE))
    reader = _Reader(base, measures, problems)
    found = [reader.read(path, f"{folder.rstrip('/')}/{path.name}") for path in files]
    sound = sorted((a for a in found if a is not None), key=lambda a: (a.concept, a.id))
    return Assessed(tuple(sound), reader.places, reader.digest.hexdigest())


class _Reader:
    """Reads one file after the other."""

    def __init__(self, base: Path, measures: Collection[str], problems: list[Problem]) -> None:
        self.base, self.measures, self.problems = base, measures, problems
        self.digest, self.places = hashlib.sha256(), dict[str, str]()

    def read(self, path: Path, shown: str) -> Assessment | None:
        """One assessment; None when it has faults."""
        try:
            document = read_yaml(path, shown)
        except ConfigError as error:
            self.problems += error.problems
            return None
        self.digest.update(f"{shown}\0".encode() + path.read_bytes() + b"\0")
        self.problems += document.problems
        data = {"id": path.stem, **document.data} if isinstance(document.data, dict) else document.data
        made = validate(Assessment, data, document, (), self.problems)
        for at, link in _links(made) if made else ():
            self._check(document, at, link)
        return made

    def _check(self, document: Document, at: Loc, link: str) -> None:
        kind, _, name = link.partition(":")
        self.places.setdefault(link, document.problem(at, "").where)
        if kind == "doc" and not (self.base / name.partition("#")[0]).is_file():
            self.problems.append(document.problem(at, f"there is no file {name.partition('#')[0]}."))
        if link == WITHHELD:
            self.problems.append(document.problem(at, "only an edition withholds evidence.", "Write the link."))
        measure = name.partition("[")[0]
        if kind == "measure" and measure not in self.measures:
            what = f"there is no measure {measure}."
            self.problems.append(document.problem(at, what, suggestion(measure, self.measures)))


def _links(assessment: Assessment) -> Iterator[tuple[Loc, str]]:
    """(place in the document, link) of all evidence."""
    wholes: list[tuple[Loc, tuple[str, ...]]] = [((), assessment.evidence)]
    wholes += [(("parts", i), part.evidence) for i, part in enumerate(assessment.parts)]
    for at, links in wholes:
        yield from (((*at, "evidence", i), link) for i, link in enumerate(links) if link != OPINION)
