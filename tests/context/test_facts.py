"""Context files: what a sound one says, and that every fault is told at once with its line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cxreport.config.facts import read_facts
from cxreport.config.models import ContextFiles
from cxreport.config.nodes import Document
from cxreport.model.facts import Facts
from cxreport.model.problem import Problem

SOUND = {
    "calendar": "# kinds: campaign, outage\nstart,end,kind,title,channel\n2026-02-01,2026-02-03,campaign,Winter,Email\n"
    "2026-01-14T05:30Z,2026-01-15T22:00+02:00,outage,Check-in down,\n",
    "costs": "currency: EUR\nsource: Controlling\ncontact: {phone: [4, 6]}\nminutes: {X: [3, 5, 9]}\nhour: 31.5\n"
    "churn: {low: 0.02, high: 0.05, source: Panel}\n",
    "budget": "source: Controlling\nshares: {stimulus: 0.5, zmot: 0.1, fmot: 0.2, smot: 0.2}\n",
    "beliefs": "question;item;value;who\nchannels;X;0,25;head of care\nchannels;phone;0,75;head of care\n"
    "experience.nps;;40;head of care\n",
    "serp": "date,query,rank,url,kind,tone,rival\n2026-05-01,norda or meridian,2,https://b.example/,rival,,Norda\n"
    "2026-05-01,norda or meridian,1,https://a.example/,own,positive,\n",
    "kpi": "date,name,value\n2026-02-01,rebookings,20\n2026-01-01,rebookings,10.5\n",
    "hours": "timezone: Europe/Berlin\nholidays: [2025-12-25]\nschedules:\n  - weekly: {mon-fri: 08:00-20:00}\n",
}

KNOWN = {"rivals": ["Norda"], "measures": ["experience.nps"]}


def read(folder: Path, **texts: str) -> tuple[Facts, list[Problem]]:
    names = {}
    for key, text in texts.items():
        names[key] = f"{key}.{'yaml' if key in ('costs', 'budget', 'hours') else 'csv'}"
        (folder / names[key]).write_text(text, "utf-8")
    problems: list[Problem] = []
    facts = read_facts(ContextFiles(**names), Document("config.yaml"), folder, KNOWN, problems)
    return facts, problems


def told(folder: Path, **texts: str) -> list[str]:
    return [str(problem) for problem in read(folder, **texts)[1]]


def test_nothing_given_is_none_and_not_zero(tmp_path: Path) -> None:
    facts, problems = read(tmp_path)
    assert facts == Facts()
    assert not problems


def test_sound_files(tmp_path: Path) -> None:
    facts, problems = read(tmp_path, **SOUND)
    assert not problems
    assert facts.costs
    assert facts.hours
    assert facts.budget
    assert facts.beliefs
    assert facts.serp
    assert facts.kpi
    assert facts.calendar
    outage, winter = facts.calendar
    assert (outage.start, outage.end) == (
        datetime(2026, 1, 14, 5, 30, tzinfo=UTC),
        datetime(2026, 1, 15, 20, tzinfo=UTC),
    )
    assert (winter.end, winter.channel) == (datetime(2026, 2, 4, tzinfo=UTC), "email"), "the last day is whole"
    assert facts.events("outage") == (outage,)
    assert facts.events() == (outage, winter)
    assert (facts.costs.contact["phone"].low, facts.costs.contact["phone"].likely) == (4, None)
    assert (facts.costs.minutes["x"].likely, facts.costs.minutes["x"].high) == (5, 9)
    assert facts.costs.hour is not None
    assert facts.costs.hour.low == facts.costs.hour.high == 31.5
    assert facts.costs.churn is not None
    assert facts.costs.churn.source == "Panel"
    assert facts.costs.goodwill is None
    assert facts.costs.programme is None
    assert [(b.item, b.value) for b in facts.beliefs] == [("x", 0.25), ("phone", 0.75), ("", 40)]
    assert [r.rank for r in facts.serp] == [1, 2]
    assert [(f.date, f.value) for f in facts.kpi] == [(date(2026, 1, 1), 10.5), (date(2026, 2, 1), 20)]
    assert facts.budget.shares["stimulus"] == 0.5


def test_beliefs_may_be_yaml(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("beliefs:\n  - {question: moments, item: zmot, value: 1}\n", "utf-8")
    problems: list[Problem] = []
    facts = read_facts(ContextFiles(beliefs="b.yaml"), Document("c"), tmp_path, KNOWN, problems)
    assert not problems
    assert facts.beliefs is not None
    assert facts.beliefs[0].item == "zmot"


def test_digest_follows_every_byte_and_which_file_it_is(tmp_path: Path) -> None:
    first = read(tmp_path, **SOUND)[0].sha256
    assert first == read(tmp_path, **SOUND)[0].sha256 != ""
    assert first != read(tmp_path, **SOUND | {"kpi": SOUND["kpi"].replace("20\n", "21\n")})[0].sha256
    assert first != read(tmp_path, **{k: v for k, v in SOUND.items() if k != "kpi"})[0].sha256


def test_a_missing_file_is_told_at_its_key(tmp_path: Path) -> None:
    problems: list[Problem] = []
    document = Document("config.yaml", lines={("context", "kpi"): 12})
    assert read_facts(ContextFiles(kpi="no.csv"), document, tmp_path, KNOWN, problems).kpi is None
    assert str(problems[0]) == (
        "config.yaml:12: context.kpi: there is no file no.csv. `cxreport init --context` writes templates."
    )


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    said = told(
        tmp_path,
        calendar="# note, with a comma\nstart,end,kind,title\n\n2026-02-03,2026-02-01,outage,A\n2026-13-01,2026-02-01,party,B\n",
        costs="currency: euro\nsource: x\nchurn: [0.5, 2]\ncontact: {phone: [9, 4]}\ngoodwil: 3\n",
        kpi="date,name,value\n2026-01-01,a,1\n2026-01-01,a,2\n2026-01-02,a,much\n",
    )
    places = [text.split(": ")[0] for text in said]
    assert places == [
        "calendar.csv:4", "calendar.csv:5", "calendar.csv:5", "costs.yaml:1", "costs.yaml:3", "costs.yaml:4",
        "costs.yaml:5", "kpi.csv:4", "kpi.csv:3",
    ]  # fmt: skip
    assert "it ends before it begins" in said[0]
    assert "start: it must be a day such as 2026-01-31" in said[1]
    assert "'party' is not one of" in said[2]
    assert "Did you mean goodwill?" in said[6]
    assert "low ≤ likely ≤ high" in said[5]
    assert said[8] == "kpi.csv:3: line 2 tells a of that day already. Keep one of them."


@pytest.mark.parametrize(
    ("key", "text", "fault"),
    [
        ("calendar", "start,end,kind,title,chanel\n", "calendar.csv:1: the column 'chanel' is unknown. Did you mean channel?"),
        ("calendar", "start,kind,title\n", "calendar.csv:1: it has no column end."),
        ("calendar", "", "calendar.csv:1: it has no column start, end, kind, title."),
        ("calendar", "start,start,end,kind,title\n", "the column 'start' is written twice"),
        ("kpi", "date,name,value\n2026-01-01,a,1,2\n", "kpi.csv:2: it has 4 cells under 3 columns."),
        ("kpi", 'date,name,value\n2026-01-01,"a\nb",1\n2026-01-01,"a,1\n', "kpi.csv: it is no CSV"),
        ("kpi", 'date,name,value\n2026-01-01,"a\nb",1\n2026-01-02,a,x\n', "kpi.csv:4: value"),
        ("budget", "source: x\nshares: {zmot: 0.5}\n", "the shares sum to 0.5, not to 1"),
        ("budget", "source: x\nshares: {zmto: 1}\n", "zmto"),
        ("beliefs", "question,item,value\nchannels,x,0.5\n", "channels: the shares sum to 0.5, not to 1."),
        ("beliefs", "question,item,value\nchannels,,0.5\n", "beliefs.csv:2: a belief about channels needs an item"),
        ("beliefs", "question,item,value\nchannel,x,1\n", "channels, moments or the id of a measure"),
        ("beliefs", "question,item,value\nexperience.npss,,1\n", "Did you mean experience.nps?"),
        ("serp", "date,query,rank,url,kind,rival\n2026-01-01,a,1,u,rival,Nord\n", "Did you mean Norda?"),
        ("serp", "date,query,rank,url,kind,rival\n2026-01-01,a,1,u,rival,\n", "serp.csv:2: rival: it does not say which one."),
        ("serp", "date,query,rank,url,kind\n2026-01-01,a,0,u,own\n", "serp.csv:2: rank"),
        ("hours", "timezone: Mars/Base\nschedules: [{weekly: {mon: 08:00-20:00}}]\n", "no such time zone"),
        ("hours", "timezone: UTC\nschedules: [{weekly: {mon: closed}}]\n", "no day is ever open"),
        ("hours", "timezone: UTC\nschedules: [{weekly: {monday: 08:00-20:00}}]\n", "'monday' is no day"),
        ("hours", "timezone: UTC\nschedules: [{weekly: {mon: 8-20}}]\n", 'write hours as "08:00-20:00"'),
        ("hours", "timezone: UTC\nschedules: [{weekly: {mon: 08:00-25:00}}]\n", "hours run from 00:00 to 24:00"),
        ("hours", "timezone: UTC\nschedules: [{weekly: {mon-wed: closed, tue: 08:00-20:00}}]\n", "tue is written twice"),
    ],
)  # fmt: skip
def test_each_fault_names_its_place_and_mend(tmp_path: Path, key: str, text: str, fault: str) -> None:
    assert any(fault in said for said in told(tmp_path, **{key: text})), told(tmp_path, **{key: text})
