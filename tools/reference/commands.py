"""`docs/commands.md`: every command of the core with its arguments and options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from cxreport.cli.main import COMMANDS, cli
from tools.reference.markdown import page, sentence, table, told

INTRO = """\
Results go to stdout; progress, warnings and errors go to stderr. `--format json` is for machines. `cxreport --help` and
`cxreport COMMAND --help` say what stands here; `cxreport --traceback COMMAND` shows where an unforeseen failure arose.

| exit code | meaning |
| --- | --- |
| 0 | good |
| 1 | the build failed; an earlier site stands as it was |
| 2 | the command line or the configuration is wrong |
| 3 | a gate failed |
| 130 | interrupted |
"""


def write() -> str:
    """The page."""
    return page("Commands", "the command line", INTRO, *(part for name in COMMANDS for part in _commands(name)))


def _commands(name: str) -> Iterator[str]:
    """A command, or those of a group one by one."""
    command = cli.get_command(click.Context(cli), name)
    if isinstance(command, click.Group):
        yield from (_command(f"{name} {own}", child) for own, child in command.commands.items())
    else:
        yield _command(name, command)


def _command(name: str, command: click.Command | None) -> str:
    if command is None or command.callback is None:
        raise RuntimeError(f"{name} is no command")
    usage = " ".join(["cxreport", name, *_usage(command)])
    options = [_row(param) for param in command.params if isinstance(param, click.Option)]
    parts = [f"## {name}", told(command.callback), f"```text\n{usage}\n```"]
    return "\n\n".join([*parts, table(("option", "value", "default", "meaning"), options)] if options else parts)


def _usage(command: click.Command) -> Iterator[str]:
    for param in command.params:
        if isinstance(param, click.Option) and param.required:
            yield f"{param.opts[-1]} {_value(param)}"
        elif isinstance(param, click.Argument):
            name = _value(param) if isinstance(param.type, click.Choice) else str(param.name).upper()
            name += "…" if param.nargs == -1 else ""
            yield name if param.required else f"[{name}]"


def _row(option: click.Option) -> list[str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    shown = option.show_default and isinstance(option.default, str | int)
    default = "required" if option.required else f"`{option.default}`" if shown and not option.is_flag else ""
    value = "" if option.is_flag else f"`{_value(option)}`"
    return [names, value, default, sentence(option.help or _known(option))]


def _value(param: click.Parameter) -> str:
    if isinstance(param.type, click.Choice):
        return "|".join(str(choice) for choice in param.type.choices)
    kinds: dict[Any, str] = {"integer range": "NUMBER", "file": "FILE", "directory": "FOLDER"}
    return kinds.get(param.type.name, "TEXT" if isinstance(param.type, click.types.StringParamType) else "PATH")


def _known(option: click.Option) -> str:
    """Options that explain themselves by their name have no help of their own."""
    common = {"path": "the configuration", "form": "how to print", "output": "file to write, by its suffix"}
    return common[str(option.name)]
