"""The group of commands: each lives in a module of its own and is imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import click

from cxreport import __version__

COMMANDS = {
    "init": "Start a project: write a config.yaml, from a folder of exports if there is one.",
    "inspect": "Say what export files are and what would be read from them.",
    "check": "Check the configuration without building.",
    "build": "Build the audit site.",
    "serve": "Build, show in the browser, rebuild on every change.",
    "export": "Write an enriched table, or a snapshot for the next audit.",
    "compare": "Compare two audits: what changed, what did not, what cannot be told.",
    "gate": "Hold the last build against thresholds; exit code 3 on failure.",
    "cache": "Say what earlier builds left in the cache, or clear it.",
    "code": "Draw texts for people to code, and see how far the classifiers agree with them.",
    "measures": "List the measures and what they say on this audit.",
    "plugins": "List the plugins, what they bring and what is wrong with them.",
    "schema": "Print the JSON Schema of config.yaml or of the audit.",
}


class Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which a newcomer needs them, then those of plugins."""
        return [*COMMANDS, *sorted(p.name for p in entry_points(group="cxreport.commands") if "." not in p.name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command of the core or of a plugin."""
        if cmd_name in COMMANDS:
            module = import_module(f"cxreport.cli.{cmd_name}_")
            command: click.Command = module.command
            return command
        for point in entry_points(group="cxreport.commands"):
            if point.name == cmd_name:
                loaded: click.Command = point.load()
                return loaded
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help lines without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click's, with a suggestion for a misspelt command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from cxreport.config.load import suggestion

            hint = suggestion(args[0], self.list_commands(ctx))
            raise click.UsageError(f"{error.message} {hint}", ctx) from None


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", "-V", prog_name="cxreport")
@click.option("--traceback", is_flag=True, help="Show the traceback of a failure.")
@click.pass_context
def cli(ctx: click.Context, traceback: bool) -> None:
    """Customer-feedback exports in, an honest customer-experience audit out."""
    ctx.obj = {"traceback": traceback}


def main(args: list[str] | None = None) -> None:
    """Run the command line.

    Exit codes: 0 good, 1 build failed, 2 usage or configuration, 3 a gate failed, 130 interrupted.
    """
    words = sys.argv[1:] if args is None else args
    _plain_output()
    try:
        result = cli.main(args=words, standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except click.exceptions.Abort:
        _say("Interrupted; the last good site is untouched.")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except Exception as error:
        if "--traceback" in words:
            raise
        sys.exit(_failed(error))


def _failed(error: Exception) -> int:
    """Tell a failure in words; an unforeseen one says how to see more."""
    from cxreport.model.problem import CxreportError

    if isinstance(error, CxreportError):
        for problem in error.problems:
            _say(f"{problem.level}: {problem}")
        return error.exit_code
    _say(f"error: {type(error).__name__}: {error}")
    _say("This was not foreseen. `cxreport --traceback …` shows where; please report it.")
    return 1


def _say(text: str) -> None:
    click.echo(text, err=True)


def _plain_output() -> None:
    """Never fail on a console that cannot show a character."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
