"""Recognise: what an export file is, what would be read from it, and the YAML that reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cxreport.model.schema import conform
from cxreport.nearest import nearest
from cxreport.plugin.context import Context
from cxreport.plugin.source import Detection, ReadFacts, Source
from cxreport.reading import Input, ReadError, ReadProblem, inputs, printable, why_unknown

SURE = 0.5
"""Below this confidence a detection is a guess: shown, but not used by itself."""
FIRST = 3


@dataclass
class Recognised:
    """What is known of one file."""

    path: str
    member: str | None = None
    type: str | None = None
    detection: Detection | None = None
    title: str = ""
    records: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    first: datetime | None = None
    last: datetime | None = None
    examples: list[dict[str, Any]] = field(default_factory=list)
    facts: ReadFacts = field(default_factory=ReadFacts)
    options: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    near: str = ""
    """The system that an unknown table comes nearest to, and what it lacks."""
    hints: tuple[str, ...] = ()
    """What a person needs to complete the options, line by line."""

    @property
    def known(self) -> bool:
        """Whether a source claims it, and does not only guess."""
        return self.detection is not None and self.detection.confidence >= SURE

    @property
    def sure(self) -> bool:
        """Whether a build may read it without a person's word."""
        return self.known and not self.problem


def recognise(
    paths: Sequence[Path], sources: Mapping[str, type[Source]], context: Context, read: bool = True
) -> Iterator[Recognised]:
    """Look at files, folders and ZIPs in order; with `read`, read them through to count and show."""
    for path in paths:
        probes = {name: _source(cls, "probe", str(path), context) for name, cls in sources.items()}

        def bundle(data: Input, probes: Mapping[str, Source] = probes) -> bool:
            return best(data, probes) is not None

        shown = printable(path.name if path.is_absolute() else path.as_posix())
        for found in inputs(path, shown, bundle):
            if isinstance(found, ReadProblem):
                yield Recognised(found.file, found.member, problem=f"{found.detail} {found.mend}".strip())
            else:
                yield _look(found, probes, sources, context, read)


def best(data: Input, sources: Mapping[str, Source]) -> tuple[str, Detection] | None:
    """The most confident detection; the first by name among equals."""
    found = [(name, source.detect(data)) for name, source in sorted(sources.items())]
    known = [(name, detection) for name, detection in found if detection is not None]
    return max(known, key=lambda item: item[1].confidence, default=None)


def _look(
    data: Input,
    probes: Mapping[str, Source],
    classes: Mapping[str, type[Source]],
    context: Context,
    read: bool,
) -> Recognised:
    chosen = best(data, probes)
    if chosen is None:
        return Recognised(data.path, data.member, problem=f"no source recognises it: {why_unknown(data)}")
    name, detection = chosen
    out = Recognised(data.path, data.member, name, detection, probes[name].systems.get(detection.system, ""))
    try:
        out.options = probes[name].suggest(data, detection)
        if not out.known:
            out.near, out.hints = str(nearest(data, probes) or ""), probes[name].hints(data, detection)
        source = _source(classes[name], _ident(data.name), data.path, context, out.options)
        if read:
            _read(out, source, data, detection)
    except (ReadError, ValueError) as error:
        out.problem = str(error)
    return out


def _read(out: Recognised, source: Source, data: Input, detection: Detection) -> None:
    columns: dict[str, None] = {}
    for batch in source.read(data, detection, out.facts):
        frame = conform(batch.records)
        out.records += frame.height
        for reject in batch.rejects:
            out.rejected[reject.code] = out.rejected.get(reject.code, 0) + 1
        columns.update(dict.fromkeys(c for c in frame.columns if frame[c].null_count() < frame.height))
        if len(out.examples) < FIRST:
            out.examples += [_example(row) for row in frame.head(FIRST - len(out.examples)).iter_rows(named=True)]
        span = [frame["created_at"].min(), frame["created_at"].max(), out.first, out.last]
        times = [moment for moment in span if isinstance(moment, datetime)]
        if times:
            out.first, out.last = min(times), max(times)
    out.columns = [c for c in columns if c not in ("warnings", "id_damaged", "is_context", "rating_reversed")]


def _example(row: dict[str, Any]) -> dict[str, Any]:
    text = " ".join((row["text"] or row["title"] or "").split())
    when = row["created_at"]
    return {
        "row": row["source_row"],
        "created_at": when.isoformat() if when else None,
        "kind": row["kind"],
        "rating": row["rating_raw"],
        "text": text if len(text) <= 100 else text[:99] + "…",
    }


def _ident(name: str) -> str:
    stem = Path(name).stem.casefold()
    return "-".join("".join(c if c.isalnum() else " " for c in stem).split()) or "source"


def _source(
    cls: type[Source], ident: str, path: str, context: Context, options: Mapping[str, Any] | None = None
) -> Source:
    values = {"id": ident, "type": cls.name, "path": path, **(options or {})}
    return cls(cls.Options.model_validate(values), context)


def entry(file: Recognised, path: str | None = None) -> dict[str, Any]:
    """The item of `sources:` that reads this file."""
    told = {key: value for key, value in file.options.items() if value is not None}
    return {"id": _ident(file.path), "type": file.type, "path": path or file.path, **told}


def proposed(file: Recognised, path: str | None = None) -> str:
    """That item as YAML; what a person needs to complete it follows as comments."""
    import yaml

    item: str = yaml.safe_dump([entry(file, path)], allow_unicode=True, sort_keys=False, width=100)
    return item + "".join(f"  # {_flat(line)}\n" for line in file.hints)


def _flat(line: str) -> str:
    """A line without what would end it: headers may hold line breaks."""
    return "".join(sign if sign.isprintable() else " " for sign in line)
