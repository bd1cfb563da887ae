"""What the documentation shows can be typed: commands exist with those options, YAML is valid."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from cxreport.cli.main import cli
from cxreport.config import blanks
from cxreport.plan import make_plan
from tests.changes.made import snapshot
from tests.docs.reading import Block, blocks

BASE: dict[str, Any] = {
    "version": 1,
    "site": {"period": {"from": "2026-01-01", "to": "2026-06-30"}},
    "brand": {"names": ["Meridian Air"]},
    "sources": [{"id": "reviews", "type": "reviews", "path": "data/*"}],
}
"""What a fragment of a configuration stands in."""


def typed() -> Iterator[tuple[Block, str]]:
    """Every line of a shell block that calls cxreport."""
    for block in blocks("sh", "bash", "console"):
        for line in block.text.splitlines():
            if line.removeprefix("$ ").startswith("cxreport"):
                yield block, line.removeprefix("$ ")


@pytest.mark.parametrize(("block", "line"), [pytest.param(b, line, id=f"{b}: {line}") for b, line in typed()])
def test_commands_exist_with_their_options(block: Block, line: str) -> None:
    words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
    words = [word for word in words if word != "--traceback"]
    if words[0] in ("--help", "--version"):
        return
    command = cli.get_command(click.Context(cli), words[0])
    if isinstance(command, click.Group) and words[1:2] != ["--help"]:
        command, words = command.get_command(click.Context(command), words[1]), words[1:]
    assert command is not None, f"{block}: there is no command {words[0]}"
    context = click.Context(command, info_name=words[0])
    if "--help" not in words:
        command.make_parser(context).parse_args(words[1:])


def configurations() -> Iterator[Block]:
    """YAML blocks that are a config.yaml or a part of one; other files say their name in the first line."""
    for block in blocks("yaml"):
        first = block.text.partition("\n")[0]
        if not (first.startswith("# ") and first.endswith((".yaml", ".yml")) and "config.yaml" not in first):
            yield block


@pytest.mark.parametrize("block", list(configurations()), ids=str)
def test_configurations_are_valid(block: Block, tmp_path: Path) -> None:
    shown = yaml.safe_load(block.text)
    whole = block.text if "version" in shown else yaml.safe_dump({**BASE, **shown}, allow_unicode=True)
    (tmp_path / "config.yaml").write_text(whole, "utf-8")
    named = [page["markdown"] for page in shown.get("pages", ())] + [shown.get("theme", {}).get("logo")]
    _coded(shown.get("coding", ()), tmp_path)
    for name in filter(None, named):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    if "recommendations" in shown:
        (tmp_path / shown["recommendations"]).write_text(blanks.recommendations()["recommendations.yaml"], "utf-8")
    _previous(shown.get("previous"), tmp_path)
    _words(shown, tmp_path)
    _context(shown.get("context", {}), tmp_path)
    _local(shown, block, tmp_path)
    make_plan(tmp_path / "config.yaml")


def _previous(told: str | dict[str, Any] | None, folder: Path) -> None:
    """The audit of the year before."""
    if told:
        name = told if isinstance(told, str) else told["audit"]
        (folder / name).write_text(snapshot(year=2025).text(), "utf-8")


def _coded(names: str | list[str], folder: Path) -> None:
    """Coding sheets that nobody filled in."""
    for name in [names] if isinstance(names, str) else names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name.replace("*", "ada")).write_text("record_id,coder,sentiment\n", "utf-8")


def _context(names: dict[str, str], folder: Path) -> None:
    """The context files that a fragment names: the templates with their examples."""
    for name in names.values():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(blanks.context()[Path(name).name].replace("#: ", ""), "utf-8")


def _words(shown: dict[str, Any], folder: Path) -> None:
    """The word list that a fragment names, empty."""
    name = shown.get("enrich", {}).get("sentiment", {}).get("words")
    if name:
        (folder / name).write_text("en: {}\n", "utf-8")


def _local(shown: dict[str, Any], block: Block, folder: Path) -> None:
    """The plugins that a configuration names, as the same page shows them."""
    for name in shown.get("plugins", {}).get("local", ()):
        source = next(b for b in blocks("python") if b.page == block.page and b.text.startswith(f"# {name}\n"))
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(source.text, "utf-8")
