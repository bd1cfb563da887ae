"""Outcomes as people and machines read them."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

from cxreport.gates import written
from cxreport.gates.judge import Judged, Number
from cxreport.gates.rule import Gate, Rule

HOSTILE = "care.rate[channel=x\n::error::%0A\x1b[31m|<b>]"


def judged(outcome: str, key: str = "care.rate", rule: str = ">= 40%", **gate: str) -> Judged:
    made = Gate.model_validate({"rule": rule, **gate})
    return Judged(key, made, Rule.parse(rule), outcome, Number(0.38, 0.36, 0.4, 2079), "")  # type: ignore[arg-type]


ALL = (
    judged("pass"), judged("fail", why="The board's promise"), judged("inconclusive"),
    judged("inconclusive", "experience.nps", inconclusive="fail"),
)  # fmt: skip


def test_text() -> None:
    lines = written.text(ALL).splitlines()
    assert lines[1] == "fail         care.rate >= 40%: 38.0% (36.0% to 40.0%, n 2,079); The board's promise"
    assert lines[-1] == "4 gates: 1 pass, 1 fail, 2 inconclusive."


def test_json() -> None:
    told = json.loads(written.as_json(ALL))
    assert told["failed"] is True
    assert [row["failed"] for row in told["gates"]] == [False, True, False, True]
    assert told["gates"][0]["low"] == 0.36


def test_junit() -> None:
    suite = ET.fromstring(written.junit((*ALL, judged("fail", HOSTILE))))
    assert {name: suite.get(name) for name in ("tests", "failures", "skipped")} == {
        "tests": "5", "failures": "3", "skipped": "1",
    }  # fmt: skip
    cases = suite.findall("testcase")
    assert [[child.tag for child in case] for case in cases] == [[], ["failure"], ["skipped"], ["failure"], ["failure"]]
    assert "<b>" in (cases[4].get("classname") or "")


def test_annotations_of_hostile_keys_stay_one_command() -> None:
    lines = written.github((*ALL, judged("fail", HOSTILE))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::notice", "::error", "::warning", "::error", "::error"]
    assert lines[0] == "::notice title=care.rate >= 40%25::pass: 38.0%25 (36.0%25 to 40.0%25, n 2,079)"
    assert "\x1b" not in lines[4]
    title = lines[4].removeprefix("::error title=").split("::")[0]
    assert ":" not in title
    assert "," not in title


def test_the_step_summary_is_a_table_without_foreign_markup() -> None:
    text = written.summary((*ALL, judged("fail", HOSTILE)))
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 5
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)
    assert "<b>" not in text
    assert "\x1b" not in text


def test_differences_slopes_and_open_ends() -> None:
    change = Judged("a.b", Gate(rule=">= previous"), Rule.parse(">= previous"), "pass", Number(0.1, 0.07, 0.13, 900))
    slope = Judged("a.b", Gate(rule="trend >= 0"), Rule.parse("trend >= 0"), "fail", Number(-1.5, -2, -1, 90, "points"))
    wait = Judged("a.b", Gate(rule="<= 60"), Rule.parse("<= 60"), "fail", Number(None, 90, None, 90, "minutes"))
    assert written.told(change) == "change +10.00 points (+7.00 points to +13.00 points, n 900)"
    assert written.told(slope).startswith("a month −1.50 points")
    assert written.told(wait).replace("\u00a0", " ") == "not reached (1.5 hours to …, n 90)"
