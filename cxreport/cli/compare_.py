"""cxreport compare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxreport.model.change import Change
    from cxreport.model.snapshot import Snapshot

WORDS = {
    "up": "up",
    "down": "down",
    "same": "no material change",
    "open": "inconclusive",
    "untested": "not tested",
    "broken": "not comparable",
    "hidden": "hidden",
}
FIRST = ("up", "down", "same", "open", "untested", "broken", "hidden")


@click.command("compare", short_help="Compare two audits: what changed, what did not, what cannot be told.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="PREFIX", help="Show only results whose key begins so; repeatable.")
@click.option("--also", multiple=True, metavar="KEY", help="Compare this result too; repeatable.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
def command(old: Path, new: Path, only: tuple[str, ...], also: tuple[str, ...], form: str) -> None:
    """Hold an audit against an earlier one of the same client, as the page What changed does.

    OLD and NEW are an audit.json, a file of `cxreport export snapshot`, or a site (folder or ZIP). Compared is what
    both measured with the same rules, classifiers, names, queries and sources; the rest is listed with its reason. All
    comparisons are tested together, whatever is shown; a change is material from the default margins on. Exit code 0
    whatever was found; 2 if a file cannot be read, or if the two are not two audits of one client, one after the other.
    """
    from cxreport.changes.compare import compare
    from cxreport.config.previous import read_snapshot, unfit
    from cxreport.model.problem import ConfigError, Problem

    before, now = read_snapshot(old, str(old)), read_snapshot(new, str(new))
    fault = unfit(before.meta, now.meta)
    if fault:
        raise ConfigError(Problem(str(old), fault))
    changes = [c for c in compare(before, now, also=also) if not only or c.key.startswith(only)]
    changes.sort(key=lambda change: FIRST.index(change.verdict))
    if form == "json":
        told = {"before": _cover(before), "now": _cover(now), "changes": [c.model_dump(mode="json") for c in changes]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for line in _text(changes) if form == "text" else _markdown(changes, before, now):
        click.echo(line)


def _cover(snapshot: Snapshot) -> dict[str, Any]:
    meta = snapshot.meta
    return {"client": meta.client, "title": meta.title, "from": meta.period_from, "to": meta.period_to}


def _text(changes: Sequence[Change]) -> Iterator[str]:
    from cxreport.reading import printable

    for change in changes:
        cells = _cells(change)
        yield printable(f"{cells[0]:<18} {cells[1]:<48} {'  '.join(cell for cell in cells[2:] if cell)}".rstrip())
    yield _sum(changes)


def _markdown(changes: Sequence[Change], before: Snapshot, now: Snapshot) -> Iterator[str]:
    """A table of what was compared, and a list of what may not be."""
    periods = " against ".join(f"{s.meta.period_from} to {s.meta.period_to}" for s in (now, before))
    yield f"**{_plain(now.meta.client)}**, {periods}. {_sum(changes)}"
    shown = [change for change in changes if change.verdict not in ("broken", "hidden")]
    if shown:
        yield from ("", "| verdict | result | change | note |", "|---|---|---|---|")
        yield from (f"| {' | '.join(map(_plain, _cells(change)))} |" for change in shown)
    apart = [change for change in changes if change.verdict in ("broken", "hidden")]
    if apart:
        yield from ("", "<details><summary>Not comparable</summary>", "")
        yield from (f"- {_plain(change.key)}: {_plain(change.reason)}" for change in apart)
        yield from ("", "</details>")


def _cells(change: Change) -> tuple[str, str, str, str]:
    """Verdict, key, numbers and remark."""
    from cxreport.render.words import Words

    words = Words()
    numbers = ""
    if change.before and change.now and change.value is not None:
        sides = " → ".join(
            "–" if s.value is None else words.amount(s.value, change.unit) for s in (change.before, change.now)
        )
        ends = [_difference(end, change.unit, words) for end in (change.value, change.low, change.high)]
        numbers = f"{sides} ({ends[0]}; {ends[1]} to {ends[2]})"
    q = "" if change.q is None else "adjusted p <0.001" if change.q < 0.001 else f"adjusted p {change.q:.3f}"
    return WORDS[change.verdict], change.key, numbers, "; ".join(t for t in (q, change.reason, change.caution) if t)


def _difference(value: float | None, unit: str, words: Any) -> str:
    number = (value or 0) * (100 if unit == "share" else 1)
    return f"{words.signed(number, 1 if unit in ('share', 'points', 'minutes') else 2)}"


def _sum(changes: Sequence[Change]) -> str:
    counts = [(sum(c.verdict == verdict for c in changes), WORDS[verdict]) for verdict in FIRST]
    return f"{len(changes)} compared: {', '.join(f'{n} {word}' for n, word in counts if n) or 'nothing'}."


def _plain(text: str) -> str:
    """Text of a file inside Markdown: nothing in it is markup."""
    from cxreport.reading import printable

    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]|#~" else sign for sign in printable(text))
    return " ".join(escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
