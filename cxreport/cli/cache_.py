"""cxreport cache."""

from __future__ import annotations

from pathlib import Path

import click

CONFIG = click.option(
    "-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True
)


@click.group("cache", short_help="Say what earlier builds left in the cache, or clear it.")
def command() -> None:
    """Say what earlier builds left in the cache, or clear it. It is private: it holds the enriched records."""


@command.command("info")
@CONFIG
def info(path: Path) -> None:
    """How many files the cache has, and how large it is."""
    from cxreport.engine.store import LIMIT, Store

    found = Store(path.parent / ".cxreport" / "cache").info()
    click.echo(f"{found.files:,} files, {found.bytes / 1e6:,.1f} MB of at most {LIMIT / 1e6:,.0f} MB after a build")


@command.command("clear")
@CONFIG
def clear(path: Path) -> None:
    """Remove the cache; the next build computes everything anew."""
    from cxreport.engine.store import Store
    from cxreport.stages.unchanged import NAME

    work = path.parent / ".cxreport"
    gone = Store(work / "cache").clear()
    (work / NAME).unlink(missing_ok=True)
    click.echo(f"{gone.files:,} files, {gone.bytes / 1e6:,.1f} MB removed")
