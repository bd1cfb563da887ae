"""cxreport check."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("check", short_help="Check the configuration without building.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
def command(path: Path) -> None:
    """Validate config.yaml, the plugins it uses and the files it names; every problem at once."""
    from cxreport.cli.show import stderr
    from cxreport.plan import make_plan
    from cxreport.reading import ReadProblem
    from cxreport.render.theme import load_theme
    from cxreport.stages.load import find, recognises

    plan = make_plan(path, str(path))
    _ = load_theme(plan.config.theme.name, plan.base).tokens
    console = stderr()
    for warning in plan.warnings:
        console.print(f"warning: {warning}", markup=False)
    files, missing = 0, []
    for source in plan.sources:
        for found in find(source, plan.base):
            files += 1
            if isinstance(found, ReadProblem):
                missing.append(f"{path}: source {source.options.id}: {found.detail}")
            elif not recognises(source, found):
                missing.append(f"{found.path}: not recognised as {source.name}.")
    for line in missing:
        console.print(f"warning: {line}", markup=False)
    counts = {"source": len(plan.sources), "file": files, "measure": len(plan.measures)}
    said = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for word, n in counts.items())
    click.echo(f"{path}: good. {said}.")
