"""cxreport inspect."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cxreport.plugin.source import Detection
    from cxreport.recognise import Recognised


@click.command("inspect", short_help="Say what export files are and what would be read from them.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(paths: tuple[Path, ...], form: str) -> None:
    """Files, folders or ZIPs: what each is and why, counts, columns, dates, first records, and the YAML."""
    from cxreport.plugin.context import Brand, Company, Context
    from cxreport.plugin.registry import load_plugins
    from cxreport.recognise import recognise

    context = Context(Brand(Company(name="brand")), Path.cwd(), key=b"inspect")
    files = []
    for file in recognise(paths, load_plugins().sources, context):
        files.append(file)
        if form == "text":
            click.echo(_text(file))
    if form == "json":
        click.echo(json.dumps([asdict(f) for f in files], default=str, ensure_ascii=False, indent=1))
    elif len(files) > 1:
        click.echo(_table(files))


def _text(file: Recognised) -> str:
    place = file.path + (f" › {file.member}" if file.member else "")
    if file.detection is None:
        return f"{place}\n  unknown: {file.problem}\n"
    lines = [place, *_what(file, file.detection)]
    if file.problem:
        lines.append(f"  problem: {file.problem}")
    lines += _counts(file) + [f"  note: {note}" for note in file.facts.notes]
    lines += [_example(example) for example in file.examples]
    how = "paste" if file.known else "complete this and paste"
    return "\n".join([*lines, f"  to read it, {how} under `sources:` in config.yaml:", _yaml(file), ""])


def _what(file: Recognised, found: Detection) -> list[str]:
    if file.known:
        return [f"  {file.title or found.system} ({found.system}), {found.confidence:.0%} sure: {found.reason}"]
    return [f"  unknown: {found.reason}", *([f"  nearest: {file.near}."] if file.near else [])]


def _counts(file: Recognised) -> list[str]:
    facts = file.facts
    read = f"  {facts.rows_read:,} rows, {file.records:,} records"
    rejects = "; ".join(f"{code} {n}" for code, n in file.rejected.items())
    skipped = "; ".join(f"{reason} {n}" for reason, n in facts.skipped.items())
    lines = [read + (f", rejected: {rejects}" if rejects else "") + (f", left out: {skipped}" if skipped else "")]
    if file.first and file.last:
        zone = f", zone {facts.zone}" if facts.zone else ""
        lines.append(f"  from {file.first:%Y-%m-%d %H:%M} to {file.last:%Y-%m-%d %H:%M} UTC{zone}")
    if facts.encoding:
        lines.append(f"  encoding {facts.encoding} ({facts.encoding_how}), delimiter {facts.delimiter!r}")
    if file.columns:
        lines.append(f"  columns: {', '.join(file.columns)}")
    return lines


def _example(example: dict[str, Any]) -> str:
    rating = f"[{example['rating']}]" if example["rating"] else ""
    words = (
        "undated" if example["created_at"] is None else example["created_at"],
        example["kind"],
        rating,
        example["text"],
    )
    return f"    row {example['row']}: " + " ".join(str(word) for word in words if word)


def _yaml(file: Recognised) -> str:
    from cxreport.recognise import proposed

    return "\n".join(f"    {line}" for line in proposed(file).splitlines())


def _table(files: list[Recognised]) -> str:
    """One line a file, at the end of a longer inspection."""
    rows = [
        (f.path + (f" › {f.member}" if f.member else ""), f.detection.system if f.detection and f.known else "unknown",
         f"{f.facts.rows_read:,}", f"{sum(f.rejected.values()):,}")
        for f in files
    ]  # fmt: skip
    rows.insert(0, ("file", "system", "rows", "rejects"))
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    return "\n".join(
        f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}".rstrip() for a, b, c, d in rows
    )
