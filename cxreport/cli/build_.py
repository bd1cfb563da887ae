"""cxreport build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from cxreport.build import Built


@click.command("build", short_help="Build the audit site.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Show what each stage cost and every warning.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(path: Path, verbose: bool, quiet: bool) -> None:
    """Read the exports, measure, and write the site; an earlier site is replaced only by a whole new one."""
    from cxreport.build import build
    from cxreport.cli.show import Bar, costs, stderr
    from cxreport.plan import make_plan

    console = stderr()
    plan = make_plan(path, str(path))
    with Bar(console, quiet) as bar:
        built = build(plan, bar)
    if quiet:
        return
    for warning in built.warnings:
        console.print(f"warning: {warning}", markup=False)
    _ledger(built, console, verbose)
    if verbose:
        console.print(costs(bar.costs))
    size = built.report.bytes / 1e6
    click.echo(
        f"{plan.config.output.dir}/index.html: {built.report.pages} pages, {size:.1f} MB, audit {built.edition.audit}"
    )


def _ledger(built: Built, console: Console, verbose: bool) -> None:
    """Files that were not read, and rejects, always; the rest when asked."""
    for load in built.audit.loads:
        rejected = sum(load.rejected.values())
        if load.problem:
            console.print(f"not read: {load.file}: {load.problem}", markup=False)
        elif rejected or verbose:
            reasons = "; ".join(f"{code} {n}" for code, n in load.rejected.items())
            tail = f", {rejected} rejected ({reasons})" if rejected else ""
            console.print(f"{load.file}: {load.system}, {load.records:,} records{tail}", markup=False)
