"""The page on tables: its example is run, and its lists are those of the shipped mapping files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxreport.api import Brand, Company, Context, Input, ReadFacts
from cxreport.cli import main
from cxreport_plugins.table.mapping import Mapping
from cxreport_plugins.table.shipped import shipped
from cxreport_plugins.table.source import Table
from tests.docs.reading import ROOT, Page

PAGE = Page(ROOT / "docs" / "sources" / "tables.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with the example's table and mapping file."""
    [table] = PAGE.blocks("csv")
    (tmp_path / "desk.csv").write_text(table.text, "utf-8")
    mapping = next(block for block in PAGE.blocks("yaml") if block.text.startswith("# desk.yaml"))
    (tmp_path / "desk.yaml").write_text(mapping.text, "utf-8")
    return tmp_path


def rows(folder: Path, source: dict[str, Any]) -> tuple[list[dict[str, Any]], ReadFacts]:
    table = Table(Table.Options.model_validate(source), Context(Brand(Company(name="Brand")), folder, key=b"k"))
    data, facts = Input.at(folder / "desk.csv"), ReadFacts()
    found = table.detect(data)
    assert found is not None
    return [row for batch in table.read(data, found, facts) for row in batch.records.to_dicts()], facts


def written() -> dict[str, Any]:
    """The source as the page writes it."""
    block = next(block for block in PAGE.blocks("yaml") if "pseudonyms" in block.text)
    source: dict[str, Any] = yaml.safe_load(block.text)["sources"][0]
    return source


def test_inspect_proposes_what_the_page_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit):
        main(["inspect", "desk.csv"])
    [shown] = PAGE.blocks("text")
    assert shown.text in capsys.readouterr().out


def test_the_example_gives_what_the_page_says(folder: Path) -> None:
    records, facts = rows(folder, written())
    assert [record["kind"] for record in records] == ["ticket", "ticket", "ticket", "owner_reply"]
    assert (records[3]["in_reply_to_id"], facts.skipped) == ("C-101", {"E-mail is desk@example.org": 1})
    first = records[0]
    assert (first["rating_value"], first["rating_norm"]) == (5, pytest.approx(0.2))
    assert (first["created_at"].strftime("%H:%M"), first["tags"]) == ("08:15", ["urgent"])
    assert "ana@" not in str(records)


def test_the_mapping_file_of_the_page_reads_the_same(folder: Path) -> None:
    [named] = re.findall(r"`(\{id: desk[^`]*)`", PAGE.text)
    by_file, facts = rows(folder, yaml.safe_load(named))
    by_config, _ = rows(folder, written())
    ignored = {"tz_source"}
    assert [{k: v for k, v in row.items() if k not in ignored} for row in by_file] == [
        {k: v for k, v in row.items() if k not in ignored} for row in by_config
    ]
    assert "Grades as in school: 1 is best." in facts.notes


def test_every_shipped_mapping_file_is_listed_as_it_is() -> None:
    told = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| (\w+): ([\w, ]+) \|", PAGE.text, re.MULTILINE)
    known = {(m.system, name, str(m.sure), ", ".join(m.rests_on)) for name, m in shipped().items()}
    assert set(told) == known
    assert len(told) == len(known)


def test_every_key_of_a_mapping_file_is_described() -> None:
    own = Mapping.model_fields.keys() - Table.Options.model_fields.keys() | {"channel", "timezone"}
    described = re.findall(r"^\| (`[^|]*) \|", PAGE.text.partition("\n| key |")[2], re.MULTILINE)
    first = [name for row in described[: described.index("`notes`") + 1] for name in re.findall(r"`(\w+)`", row)]
    assert set(first) == own
