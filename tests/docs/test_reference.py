"""Pages that are written from declarations say what the code declares now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import Field

from cxreport.plugin.context import Options as Base
from tools.reference.__main__ import DOCS, pages
from tools.reference.commands import write as commands
from tools.reference.markdown import slug, table
from tools.reference.options import Options, Undescribed


@pytest.mark.parametrize("name", ["assessments.md", "commands.md", "configuration.md", "context.md", "measures.md"])
def test_reference_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == pages()[name], "run `python -m tools.reference`"


def test_every_generated_page_is_tested() -> None:
    marked = {path.name for path in DOCS.glob("*.md") if "tools.reference`" in path.read_text("utf-8")[:300]}
    assert set(pages()) <= marked


class Inner(Base):
    """What stands inside."""

    least: int = 1
    """The least."""


class Outer(Base):
    """A model."""

    named: dict[str, Inner] = Field(default_factory=dict)
    """By name."""
    many: tuple[Inner, ...] = ()
    """A list | of them."""
    word: str = "1.0"
    """A word that YAML would take for a number."""


class Silent(Base):
    """A model with an option that says nothing."""

    key: int = 1


def test_inner_models_get_headings_that_their_links_reach() -> None:
    written = Options(Outer, "a").tables()
    assert "#### " not in written
    assert "| `named` | mapping of names to [mappings](#anamedname) |  | By name. |" in written
    assert "### `a.named.NAME`" in written
    assert slug("`a.many[]`") == "amany"
    assert "list of [mappings](#amany)" in written
    assert r"A list \| of them." in written
    assert "`'1.0'`" in written


def test_an_option_without_a_word_about_it_is_refused() -> None:
    with pytest.raises(Undescribed, match=r"a\.key"):
        Options(Silent, "a").tables()


def test_cells_stay_in_their_row() -> None:
    assert table(("a",), [("x |\ny",)]).splitlines()[-1] == r"| x \| y |"


def headings(text: str) -> Iterator[str]:
    yield from (line.removeprefix("## ") for line in text.splitlines() if line.startswith("## "))


def test_every_command_is_described() -> None:
    from cxreport.cli.main import COMMANDS

    described = [heading.split()[0] for heading in headings(commands())]
    assert list(dict.fromkeys(described)) == list(COMMANDS)
    assert {"code sample", "code report"} <= set(headings(commands())), "commands of a group one by one"
