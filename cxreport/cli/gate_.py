"""cxreport gate."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("gate", short_help="Hold the last build against the thresholds under `gates`; exit code 3 on failure.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "junit", "github"]), default="text", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write there, not to stdout.")
@click.option("--inconclusive", type=click.Choice(["pass", "fail"]), help="Overrules what the gates themselves say.")
def command(path: Path, form: str, output: Path | None, inconclusive: str | None) -> None:
    """Judge each gate on the whole interval: pass, fail, or inconclusive where it holds the threshold.

    Reads the private audit of the last build. `github` writes annotations, and a table to the file that
    GITHUB_STEP_SUMMARY names. Exit codes: 0 no gate failed, 2 configuration or no build, 3 a gate failed.
    """
    from cxreport.gates import written
    from cxreport.gates.judge import judge
    from cxreport.model.audit import Audit
    from cxreport.model.problem import ConfigError, Problem
    from cxreport.plan import make_plan

    plan = make_plan(path, str(path))
    if not plan.config.gates:
        mend = 'Write some under `gates`, such as `experience.nps: ">= 20"`.'
        raise ConfigError(Problem(str(path), "it has no gates.", mend))
    built = plan.work / "audit.json"
    if not built.is_file():
        raise ConfigError(Problem(str(path), "it was not built yet.", "`cxreport build` first."))
    audit = Audit.model_validate_json(built.read_bytes())
    if audit.meta.options_digest != plan.digest():
        click.echo(f"warning: {path}: changed since the last build, which is judged here.", err=True)
    gates = plan.config.gates
    if inconclusive:
        gates = {key: gate.model_copy(update={"inconclusive": inconclusive}) for key, gate in gates.items()}
    margins = plan.config.previous.margins if plan.config.previous else None
    judged = judge(gates, audit, plan.context.previous, margins)
    said = written.FORMS[form](judged)
    if output:
        output.write_text(said, "utf-8")
    else:
        click.echo(said, nl=False)
    if form == "github" and (place := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(written.summary(judged) + "\n")
    if any(one.failed for one in judged):
        raise click.exceptions.Exit(3)
