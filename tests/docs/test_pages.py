"""What the handwritten pages say of the code is complete and true."""

from __future__ import annotations

import re

import polars as pl
import pytest

from cxreport import __version__
from cxreport.model.concepts import CONCEPTS
from cxreport.model.schema import ANSWERS, LABELS, LABELS_TABLE, METRICS, RECORDS
from cxreport.plugin.enricher import Enricher, Relation
from cxreport.plugin.registry import Registry
from cxreport.plugin.source import Frame
from cxreport.stages.behind import X_POSTS
from cxreport.stages.edition import RULES
from cxreport.stats import HIDDEN_BELOW, PLAIN_FROM, TESTED_FROM
from cxreport_plugins.reviews.formats import FORMATS
from tests.docs.reading import ROOT, Page
from tools.reference.shipped import ours, registry

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def found() -> Registry:
    return registry()


def page(name: str) -> str:
    return Page(DOCS / name).text


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Names in code in the first column of the tables of a text."""
    rows = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize(
    ("table", "schema"),
    [("records", RECORDS), ("answers", ANSWERS), ("labels", LABELS_TABLE), ("metrics", METRICS)],
)
def test_every_column_is_described_in_order(table: str, schema: dict[str, pl.DataType]) -> None:
    assert sorted(first_cells(section(page("records.md"), table))) == sorted(schema)


def test_every_added_column_is_described(found: Registry) -> None:
    plugins: list[tuple[str, type[Enricher] | type[Relation]]] = []
    plugins += [*ours(found.enrichers, found), *ours(found.relations, found)]
    added = {column for _, cls in plugins for column, dtype in cls.adds.items() if dtype != LABELS}
    assert set(first_cells(section(page("records.md"), "What enrichers and relations add"))) == added
    labels = {column for _, cls in plugins for column, dtype in cls.adds.items() if dtype == LABELS}
    assert {name for name in labels if f"`{name}`" in section(page("records.md"), "labels")} == labels


FAMILIES = {"survey": "surveys.md", "table": "tables.md"}
"""Pages of families that are not called like the type."""
COLUMNS = ["system", "how to get it", "what is read", "what is missing", "what that does to the audit"]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table of a text."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]


def test_every_system_is_described(found: Registry) -> None:
    for name, cls in ours(found.sources, found):
        text = page(f"sources/{FAMILIES.get(name, f'{name}.md')}")
        assert f"`type: {name}`" in text
        assert sorted(set(cls.systems) - set(first_cells(text))) == [], name


def test_every_family_has_a_page_on_the_map(found: Registry) -> None:
    told = {cells[0].strip("`"): cells[-1] for cells in rows(page("sources/index.md")) if len(cells) == 3}
    for name, _ in ours(found.sources, found):
        assert f"({FAMILIES.get(name, f'{name}.md')})" in told[name]


@pytest.mark.parametrize("name", ["twitter", "listening", "reviews", "survey", "support"])
def test_every_system_says_how_to_get_it_what_it_lacks_and_what_follows(found: Registry, name: str) -> None:
    table = rows(page(f"sources/{FAMILIES.get(name, f'{name}.md')}"))
    assert COLUMNS in table
    told = {cells[0].strip("`"): cells for cells in table if cells[0].startswith("`")}
    assert set(told) == set(found.sources[name].systems)
    frames = set(Frame.__args__)  # type: ignore[attr-defined]
    for system, cells in told.items():
        assert len(cells) == len(COLUMNS), system
        assert all(cells), system
        assert set(re.findall(r"`(\w+)`", cells[-1])) & frames, f"{system} says no frame"


def test_the_frames_of_reviews_are_those_of_the_code() -> None:
    frames = set(Frame.__args__)  # type: ignore[attr-defined]
    told = {cells[0].strip("`"): cells[-1] for cells in rows(page("sources/reviews.md")) if cells[0].startswith("`")}
    for format in FORMATS:
        assert [word for word in re.findall(r"`(\w+)`", told[format.system]) if word in frames] == [format.frame]


def test_every_frame_is_described() -> None:
    table = section(page("sources/index.md"), "What an export can show at all")
    assert set(first_cells(table)) == set(Frame.__args__)  # type: ignore[attr-defined]


def test_the_profiles_are_those_of_the_code() -> None:
    text = section(page("privacy.md"), "Profiles")
    rows = {cells[0]: cells[1:] for cells in (line.strip("|").split("|") for line in text.splitlines() if "|" in line)}
    told = {key.strip(): [cell.strip() for cell in cells] for key, cells in rows.items()}
    rules = [RULES[profile] for profile in ("internal", "client", "public")]
    assert told["fewest people behind a shown number"] == [str(rule.cell) for rule in rules]
    rounded = ["exact" if rule.round_to == 1 else f"rounded to {rule.round_to}" for rule in rules]
    assert told["counts"] == rounded
    assert told["quotations"] == ["redacted" if rule.verbatims else "none" for rule in rules]
    limits = [f"at most {X_POSTS}" if rule.verbatims else "none" for rule in rules]
    assert told["posts of X among all records shown"] == limits
    assert [cell.split()[0] for cell in told["files in the ledger"]] == [
        "names," if r.notes else "source" for r in rules
    ]


def test_the_base_sizes_are_those_of_the_code() -> None:
    text = section(page("methods.md"), "Base sizes")
    bases = [f"under {HIDDEN_BELOW}", f"{HIDDEN_BELOW}–{TESTED_FROM - 1}", f"{TESTED_FROM}–{PLAIN_FROM - 1}"]
    assert [base for base in (*bases, f"{PLAIN_FROM} and more") if f"| {base} |" not in text] == []


def test_every_concept_is_asked_and_measures_name_no_other(found: Registry) -> None:
    rows = re.findall(r"^\| ([A-E]\d\d) \| (.*) \|$", section(page("measures.md"), "Concepts"), re.MULTILINE)
    assert [ident for ident, _ in rows] == list(CONCEPTS)
    for name, cls in ours(found.measures, found):
        asked = [row for ident, row in rows if ident in cls.concepts]
        assert len(asked) == len(cls.concepts), name
        assert all(f"[`{name}`](#" in row for row in asked), name


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__} - " in Page(ROOT / "CHANGELOG.md").text
