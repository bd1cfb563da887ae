"""Written: outcomes as text, JSON, JUnit XML, annotations of GitHub Actions and its step summary."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from xml.etree import ElementTree as ET

from cxreport.gates.judge import Judged, Number
from cxreport.reading.paths import printable
from cxreport.render.words import Words

_WORDS = Words()
_SIGNS = {"pass": "✓", "fail": "✗", "inconclusive": "?"}
_LEVELS = {"pass": "notice", "fail": "error", "inconclusive": "warning"}


def text(judged: Sequence[Judged]) -> str:
    """A line a gate, then the sum."""
    lines = [printable(f"{one.outcome:<12} {one.key} {one.rule.text}: {told(one)}") for one in judged]
    return "\n".join([*lines, summed(judged), ""])


def as_json(judged: Sequence[Judged]) -> str:
    """Everything, for a machine."""
    rows = [
        {
            "key": one.key, "rule": one.rule.text, "outcome": one.outcome, "failed": one.failed, "reason": one.reason,
            "value": one.number.value, "low": one.number.low, "high": one.number.high, "n": one.number.n,
            "unit": one.number.unit, "why": one.gate.why,
        }
        for one in judged
    ]  # fmt: skip
    return json.dumps({"failed": any(one.failed for one in judged), "gates": rows}, ensure_ascii=False, indent=1) + "\n"


def junit(judged: Sequence[Judged]) -> str:
    """A test suite in which each gate is a case: failed, or skipped where it cannot be told."""
    counts = {
        "tests": len(judged),
        "failures": sum(one.failed for one in judged),
        "skipped": sum(one.outcome == "inconclusive" and not one.failed for one in judged),
    }
    suite = ET.Element("testsuite", {"name": "cxreport gate", **{name: str(n) for name, n in counts.items()}})
    for one in judged:
        case = ET.SubElement(suite, "testcase", {"classname": printable(one.key), "name": one.rule.text, "time": "0"})
        if one.failed or one.outcome == "inconclusive":
            said = {"message": printable(told(one))}
            ET.SubElement(case, "failure" if one.failed else "skipped", said)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def github(judged: Sequence[Judged]) -> str:
    """Workflow commands that GitHub shows beside a run; an inconclusive gate that fails is an error."""
    lines = []
    for one in judged:
        level = "error" if one.failed else _LEVELS[one.outcome]
        title = _escaped(f"{one.key} {one.rule.text}", ",:")
        lines.append(f"::{level} title={title}::{_escaped(f'{one.outcome}: {told(one)}')}\n")
    return "".join(lines)


def summary(judged: Sequence[Judged]) -> str:
    """A table in Markdown for the step summary or a comment."""
    rows = [
        f"| {_SIGNS[one.outcome]} {one.outcome} | {_cell(one.key)} | {_cell(one.rule.text)} | {_cell(told(one))} |"
        for one in judged
    ]
    return "\n".join(
        ["### Gates", "", summed(judged), "", "| outcome | result | rule | found |", "|---|---|---|---|", *rows, ""]
    )


def summed(judged: Sequence[Judged]) -> str:
    """`3 gates: 1 pass, 1 fail, 1 inconclusive.`"""
    counts = [(sum(one.outcome == outcome for one in judged), outcome) for outcome in _SIGNS]
    gates = "1 gate" if len(judged) == 1 else f"{len(judged)} gates"
    return f"{gates}: {', '.join(f'{n} {outcome}' for n, outcome in counts if n) or 'nothing to judge'}."


def told(one: Judged) -> str:
    """`38% (36% to 40%, n 2,079)`, what is unclear, and why the gate is there."""
    parts = [_number(one.number, one.rule.of), one.reason, one.gate.why]
    return "; ".join(part for part in parts if part)


def _number(number: Number, of: str) -> str:
    if number.value is None and number.low is None and number.high is None:
        return ""
    value, low, high = (_amount(n, number.unit, of) for n in (number.value, number.low, number.high))
    ends = f"{low or '…'} to {high or '…'}, " if low or high else ""
    what = {"value": "", "previous": "change ", "trend": "a month "}[of]
    return f"{what}{value or 'not reached'} ({ends}n {number.n:,})"


def _amount(value: float | None, unit: str, of: str) -> str:
    if value is None:
        return ""
    if of == "value":
        return _WORDS.share(value, 1) if unit == "share" else _WORDS.amount(value, unit)
    shown = 100 * value if unit == "share" else value
    return _WORDS.signed(shown, 2) + (" points" if unit in ("share", "points") else "")


def _escaped(said: str, more: str = "") -> str:
    """Text inside a workflow command, which line breaks and percent signs would end or change."""
    out = printable(said).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    for sign in more:
        out = out.replace(sign, f"%{ord(sign):02X}")
    return out


def _cell(said: str) -> str:
    escaped = "".join(f"\\{sign}" if sign in "\\`*_[]|#~" else sign for sign in printable(said))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FORMS: Mapping[str, Callable[[Sequence[Judged]], str]] = {
    "text": text, "json": as_json, "junit": junit, "github": github,
}  # fmt: skip
"""What `cxreport gate --format` may be."""
