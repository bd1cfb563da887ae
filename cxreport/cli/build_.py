"""cxreport build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxreport.build import Built


@click.command("build", short_help="Build the audit site.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Show what each stage cost and every warning.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--fresh", is_flag=True, help="Compute everything anew, whatever earlier builds left in the cache.")
def command(path: Path, verbose: bool, quiet: bool, fresh: bool) -> None:
    """Read the exports, measure, and write the site; an earlier site is replaced only by a whole new one.

    Steps whose inputs have not changed since an earlier build are taken from the cache in `.cxreport`.
    """
    from cxreport.stages.unchanged import Record

    last = None if fresh else Record.read(path.parent / ".cxreport")
    if last is not None and last.holds(path):
        said = last.said if not quiet else []
        for line in said:
            click.echo(line, err=True)
        if not quiet:
            click.echo(f"{last.result} (nothing has changed)")
        return
    _build(path, verbose, quiet, fresh)


def _build(path: Path, verbose: bool, quiet: bool, fresh: bool) -> None:
    from cxreport.build import build
    from cxreport.cli.show import Bar, costs, stderr
    from cxreport.engine.store import Store
    from cxreport.plan import make_plan
    from cxreport.stages.dependencies import dependencies
    from cxreport.stages.unchanged import project, recorded, stamps

    console = stderr()
    plan = make_plan(path, str(path))
    before = stamps(project(path, {str(plan.output)}))
    if fresh:
        Store(plan.work / "cache").clear()
    with Bar(console, quiet) as bar:
        built = build(plan, bar)
    said = [*(f"warning: {warning}" for warning in built.warnings), *_ledger(built, verbose)]
    size = built.report.bytes / 1e6
    pages = f"{built.report.pages} pages, {size:.1f} MB"
    result = f"{plan.config.output.dir}/index.html: {pages}, audit {built.edition.audit}"
    record = recorded(before, path, plan.output, dependencies(plan), said, result)
    if record is not None and not any(source.live for source in plan.sources):
        record.write(plan.work)
    if quiet:
        return
    for line in said:
        console.print(line, markup=False)
    if verbose:
        console.print(costs(bar.costs))
    click.echo(result)


def _ledger(built: Built, verbose: bool) -> Iterator[str]:
    """Files that were not read, and rejects, always; the rest when asked."""
    for load in built.audit.loads:
        rejected = sum(load.rejected.values())
        if load.problem:
            yield f"not read: {load.file}: {load.problem}"
        elif rejected or verbose:
            reasons = "; ".join(f"{code} {n}" for code, n in load.rejected.items())
            tail = f", {rejected} rejected ({reasons})" if rejected else ""
            yield f"{load.file}: {load.system}, {load.records:,} records{tail}"
