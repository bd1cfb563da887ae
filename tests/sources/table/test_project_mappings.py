"""A project's own mapping file, and what config.yaml says over a mapping file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxreport.api import Brand, Company, ConfigError, Context, Input, ReadError, ReadFacts
from cxreport.engine.local import LocalEngine
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.stages.load import load as load_all
from cxreport_plugins.table.shipped import shipped
from cxreport_plugins.table.source import Table
from tests.sources.table.samples import SAMPLES

FORUM = """\
system: forum
title: Export of our forum
signature: [Thread, Stimme, [Punkte, Points]]
channel: forum
timezone: Europe/Riga
columns:
  text: [Stimme, Voice]
  created_at: Wann
rating: {column: [Punkte, Points], min: 1, max: 6, reversed: true}
reply: {text: Antwort}
flags: {Dringend: urgent}
leave_out: {Thread: [Test]}
notes: [The forum counts in school grades.]
"""
TABLE = (
    "Report;;;;;\nThread;Stimme;Wann;Points;Antwort;Dringend\n"
    "A;Zu spät;03.02.2026 10:00;6;Es tut uns leid;ja\nTest;x;03.02.2026 10:00;1;;nein\nB;Gut;04.02.2026 10:00;1;;vielleicht\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the mapping file."""
    (tmp_path / "forum.yaml").write_text(FORUM, "utf-8")
    (tmp_path / "forum.csv").write_text(TABLE, "utf-8")
    return tmp_path


def read(project: Path, **options: Any) -> tuple[list[dict[str, Any]], ReadFacts, Any]:
    context = Context(Brand(Company(name="Meridian Air")), project, key=b"test")
    given = {"id": "f", "type": "table", "path": "forum.csv", "mapping": "forum.yaml", **options}
    table, facts = Table(Table.Options.model_validate(given), context), ReadFacts()
    data = Input.at(project / "forum.csv")
    found = table.detect(data)
    assert found is not None
    return [row for batch in table.read(data, found, facts) for row in batch.records.to_dicts()], facts, found


def test_a_table_by_the_projects_own_file(project: Path) -> None:
    rows, facts, found = read(project)
    assert (found.system, found.format, found.confidence) == ("forum", "forum.yaml", 1.0)
    assert found.reason == "The configuration names it. By mapping file forum.yaml, the project's own."
    late, fine, reply = rows
    assert (late["text"], late["rating_value"], late["rating_norm"]) == ("Zu spät", 6.0, 0.0)
    assert (late["created_at"].hour, late["tz_source"], late["channel"]) == (8, "spec", "forum")
    assert (late["rating_scale_source"], late["tags"]) == ("user", ["urgent"])
    assert (fine["tags"], fine["extra"]) == (None, '{"Dringend":"vielleicht","Thread":"B"}')
    assert (reply["kind"], reply["in_reply_to_id"], reply["source_row"]) == ("owner_reply", None, late["source_row"])
    assert facts.skipped == {"Thread is Test": 1}
    assert facts.header_row == 2
    assert "The forum counts in school grades." in facts.notes
    assert not any("not verified" in note for note in facts.notes)


def test_what_config_says_counts_more(project: Path) -> None:
    rows, _, _ = read(
        project, timezone="UTC", channel="portal", columns={"title": "Thread"},
        rating={"column": "Points", "metric": "csat", "min": 0, "max": 10},
    )  # fmt: skip
    assert (rows[0]["title"], rows[0]["text"], rows[0]["csat_max"]) == ("A", "Zu spät", 10.0)
    assert (rows[0]["created_at"].hour, rows[0]["tz_source"], rows[0]["channel"]) == (10, "assumed", "portal")


def test_columns_of_the_configuration_must_be_there_those_of_the_file_need_not(project: Path) -> None:
    (project / "forum.csv").write_text("Thread;Stimme;Punkte\nA;Gut;1\n", "utf-8")
    _, facts, _ = read(project)
    assert "Columns of the mapping file that this file has not: Wann, Antwort, Dringend." in facts.notes
    with pytest.raises(ReadError, match="has no column 'Titel'"):
        read(project, columns={"title": "Titel"})
    (project / "forum.csv").write_text("Thread;Stimmen;Punkt\nA;Gut;1\n", "utf-8")
    with pytest.raises(ReadError, match=r"'Stimme' \(nearest: 'Stimmen'\)"):
        read(project)


def test_every_mistake_in_it_is_told_with_its_line(project: Path) -> None:
    mistakes = FORUM.replace("  text:", "  txt:").replace("channel:", "chanel:").replace("min: 1, ", "")
    (project / "forum.yaml").write_text(mistakes, "utf-8")
    (project / "config.yaml").write_text(
        "version: 1\nbrand: {names: [Meridian Air]}\nsources:\n"
        "  - {id: f, type: table, path: forum.csv, mapping: forum.yaml}\n",
        "utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        make_plan(project / "config.yaml")
    words = str(caught.value)
    assert "config.yaml:4: sources[0]: forum.yaml:4: chanel: this key is unknown. Did you mean channel?" in words
    assert "forum.yaml:7: columns.txt: " in words
    assert "(did you mean text?)" in words
    assert "forum.yaml:9: rating: a scale has two ends" in words


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        (("signature: [Thread, Stimme, [Punkte, Points]]", "signature: [Thread]"), "fewer than 3 headers"),
        (("system: forum", "system: Our Forum!"), "system"),
        (("sure", "sure"), ""),
        (("title: Export of our forum\n", ""), "title: it is missing"),
    ],
)
def test_what_a_mapping_file_must_have(project: Path, change: tuple[str, str], mend: str) -> None:
    (project / "forum.yaml").write_text(FORUM.replace(*change), "utf-8")
    if not mend:
        read(project)
        return
    with pytest.raises(ConfigError) as caught:
        read(project)
    assert mend in str(caught.value)


@pytest.mark.parametrize(("name", "mend"), [("capterrra", "Did you mean capterra?"), ("maps/x.yaml", "Shipped are: ")])
def test_a_mapping_file_that_is_not_there(project: Path, name: str, mend: str) -> None:
    with pytest.raises(ConfigError, match="there is no mapping file") as caught:
        read(project, mapping=name)
    assert mend in str(caught.value)


def test_a_shipped_one_reads_what_it_would_not_recognise(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    """Named in config.yaml, a mapping file needs no signature: the person has looked at the file."""
    path = write(SAMPLES["capterra"].text.replace("Ease of Use", "Handling"))
    with pytest.raises(ReadError, match="nobody has described"):
        load(path)
    found = load(path, mapping="capterra")
    assert found.row()["rating_scale_source"] == "spec"
    assert "Columns of the mapping file that this file has not: " in " ".join(found.facts.notes)


def test_words_for_scores(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    words = {"sehr gut": 5, "gut": 4, "schlecht": 1}
    found = load(write("s\nSehr gut\ngut \n3\nnaja\n"), rating={"column": "s", "min": 1, "max": 5, "words": words})
    assert found.column("rating_value") == [5.0, 4.0, 3.0, None]
    assert found.column("warnings")[3] == ["rating_unreadable"]


@pytest.mark.parametrize(
    "rating",
    [{"column": "s", "by": "k"}, {"column": "s", "cases": {"a": {"metric": "nps"}}}, {"column": [], "metric": "nps"}],
)
def test_wrong_cases(source: Callable[..., Any], rating: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"write both or neither|state the scale|at least 1 item"):
        source(rating=rating)


def test_the_ledger_says_by_which_file_and_how_sure(tmp_path: Path) -> None:
    """Every shipped mapping at once, through the load of a build: what the ledger tells of each file."""
    sources = []
    for name, sample in SAMPLES.items():
        (tmp_path / f"{name}.csv").write_text(sample.text, "utf-8")
        options = {"id": name, "type": "table", "path": f"{name}.csv", "mapping": name}
        context = Context(Brand(Company(name="Meridian Air")), tmp_path, key=b"test")
        sources.append(Table(Table.Options.model_validate(options), context))
    ledger = load_all(sources, sources[0].context, LocalEngine(tmp_path / "work"), Meter())
    assert [entry.problem for entry in ledger if entry.problem] == []
    by_id = {entry.source_id: entry for entry in ledger}
    for name, mapping in shipped().items():
        entry = by_id[name]
        assert f"By mapping file {name}, confidence {mapping.sure}" in entry.reason
        assert (entry.system, entry.system_title, entry.format) == (mapping.system, mapping.title, name)
        assert entry.records == SAMPLES[name].records
        assert entry.frame == mapping.frame
