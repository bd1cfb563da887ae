"""cxreport measures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cxreport.model.answers import Answer
    from cxreport.model.audit import Audit
    from cxreport.plan import Plan


@click.command("measures", short_help="List the questions of an audit, the measures, and what they say here.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
@click.option(
    "--by",
    type=click.Choice(["concept", "measure"]),
    default="concept",
    show_default=True,
    help="What each line of the text tells of; JSON holds both.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(path: Path, by: str, form: str) -> None:
    """All 99 concepts with the measures that answer them, and all measures with their results in the last build.

    A concept is as sound as the soundest result that answers it; what is not testable says which input is missing.
    """
    from cxreport.model.answers import answers
    from cxreport.plan import make_plan

    plan = make_plan(path, str(path))
    audit = _last(plan)
    rows = [_row(measure, audit) for measure in plan.measures]
    found = answers(plan.infos(), audit)
    if form == "json":
        both = {"concepts": [answer.model_dump(mode="json") for answer in found], "measures": rows}
        click.echo(json.dumps(both, ensure_ascii=False, indent=1, default=str))
        return
    for line in _concepts(found) if by == "concept" else _measures(rows):
        click.echo(line)
    if audit is None:
        click.echo("No audit yet: `cxreport build` gives each its result.", err=True)


def _concepts(found: list[Answer]) -> Iterator[str]:
    for answer in found:
        state = (answer.status or "").replace("_", " ")
        told = answer.reason if answer.reason and not answer.answered else ", ".join(answer.measures)
        needs = f" (needs {'; '.join(answer.needs)})" if answer.needs else ""
        rated = f" · rated {answer.ratings}×" if answer.ratings else ""
        yield f"{answer.id} {answer.kind:<5} {state:<12} {answer.title:<60} {told}{needs}{rated}".rstrip()
    if any(answer.status for answer in found):
        yield f"{sum(answer.answered for answer in found)} of {len(found)} concepts are answered."


def _measures(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"{row['id']:<32} {', '.join(row['concepts']):<10} {row['said'] or row['question']}"


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
