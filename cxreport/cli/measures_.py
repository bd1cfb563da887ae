"""cxreport measures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cxreport.model.audit import Audit
    from cxreport.plan import Plan


@click.command("measures", short_help="List the measures and what they say on this audit.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(path: Path, form: str) -> None:
    """Each measure: its question, concepts and inputs, and its results in the last build of this project."""
    from cxreport.plan import make_plan

    plan = make_plan(path, str(path))
    audit = _last(plan)
    rows = [_row(measure, audit) for measure in plan.measures]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    for row in rows:
        click.echo(f"{row['id']:<32} {', '.join(row['concepts']):<10} {row['said'] or row['question']}")
    if audit is None:
        click.echo("No audit yet: `cxreport build` gives each its result.", err=True)


def _last(plan: Plan) -> Audit | None:
    from cxreport.model.audit import Audit

    path = plan.work / "audit.json"
    return Audit.model_validate_json(path.read_text("utf-8")) if path.is_file() else None


def _row(measure: Any, audit: Audit | None) -> dict[str, Any]:
    from cxreport.render.words import Words

    words = Words()
    results = audit.measures.get(measure.name, ()) if audit else ()
    whole = next((r for r in results if not r.dims), None)
    said = f"{len(results)} results, by {', '.join(sorted({d for r in results for d in r.dims}))}" if results else ""
    if whole is not None:
        said = f"{words.value(whole)} ({words.interval(whole)}, n {whole.n:,})".replace("(, ", "(")
        said = f"not testable: {whole.reason}" if whole.status == "not_testable" else said
    return {
        "id": measure.name, "title": measure.title, "question": measure.question,
        "concepts": list(measure.concepts), "needs": list(measure.needs), "by": list(measure.cuts),
        "status": whole.status if whole else None, "said": said, "results": len(results),
    }  # fmt: skip
