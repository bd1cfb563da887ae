"""cxreport code."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxreport.model.coding import FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

    from cxreport.build import Gathered
    from cxreport.engine.local import LocalEngine
    from cxreport.model.audit import Card
    from cxreport.plan import Plan

CONFIG = click.option(
    "-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True
)


class Coding(click.Group):
    """The core's commands, and those of plugins: entry points of `cxreport.commands` named `code.NAME`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Our own, then those of plugins."""
        return [*super().list_commands(ctx), *sorted(_of_plugins())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Our own, else that of a plugin, imported when it is called."""
        found = _of_plugins().get(cmd_name)
        loaded: click.Command | None = super().get_command(ctx, cmd_name) or (found.load() if found else None)
        return loaded


def _of_plugins() -> dict[str, EntryPoint]:
    points = entry_points(group="cxreport.commands")
    return {point.name.removeprefix("code."): point for point in points if point.name.startswith("code.")}


@click.group(
    "code", cls=Coding, short_help="Draw texts for people to code, and see how far the classifiers agree with them."
)
def command() -> None:
    """Draw texts for people to code, and see how far the classifiers agree with them."""


@command.command("sample")
@click.option("-o", "--output", default="coding", show_default=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("-n", "--size", default=250, show_default=True, type=click.IntRange(1, 20_000), help="Texts to draw.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Another seed, another sample.")
@click.option(
    "--field", "fields", multiple=True, type=click.Choice(FIELDS), help="Only this field; may be given again."
)
@CONFIG
def sample(output: Path, size: int, seed: int, fields: tuple[str, ...], path: Path) -> None:
    """Draw a stratified sample and write it as a page, a workbook and a CSV, with masked texts; for any coders."""
    from cxreport.cli.export_ import safe
    from cxreport.coding.page import coding_page
    from cxreport.coding.sample import draw
    from cxreport.coding.sheet import offered, sheet, write_workbook
    from cxreport.plan import codes_of, make_plan
    from cxreport.stages.scope import scope_of

    plan = make_plan(path, str(path), coded=False)
    engine, gathered = _feedback(plan)
    scope, _ = scope_of(engine, plan.context, gathered.loads)
    codes = {name: book for name, book in offered(codes_of(plan.enrichers)).items() if not fields or name in fields}
    drawn = draw(engine, scope.population, size, seed)
    _enough(drawn, fields, codes)
    rows = sheet(engine, drawn, list(codes))
    output.mkdir(parents=True, exist_ok=True)
    client = plan.config.site.client or plan.context.brand.own.name
    (output / "sheet.html").write_text(coding_page(rows, codes, client), "utf-8", newline="\n")
    write_workbook(output / "sheet.xlsx", safe(rows), codes)
    safe(rows).write_csv(output / "sheet.csv")
    for name in ("sheet.html", "sheet.xlsx", "sheet.csv"):
        click.echo(f"{(output / name).as_posix()}: {rows.height} texts")
    click.echo("Give one of them to each coder, put what they save beside it, and name it under `coding:`.", err=True)


def _enough(drawn: pl.DataFrame, fields: tuple[str, ...], codes: Collection[str]) -> None:
    from cxreport.model.problem import CxreportError, Problem

    if drawn.is_empty():
        what = "no record of the brand within the period has a text."
        raise CxreportError(Problem("code sample", what, "`cxreport measures` says where records are lost."))
    lacking = [name for name in fields if name not in codes]
    if lacking:
        what = f"nothing in this audit knows codes for {', '.join(lacking)}."
        raise CxreportError(Problem("code sample", what, "A codebook brings themes: `enrich: {themes: …}`."))


@command.command("report")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to write what is to be settled."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@CONFIG
def report(output: Path | None, form: str, path: Path) -> None:
    """Say how far the coders agree and how often each classifier is right; write the disputes to settle as CSV."""
    from cxreport.cli.export_ import safe
    from cxreport.coding.told import told
    from cxreport.model.problem import ConfigError, Problem
    from cxreport.plan import make_plan

    plan = make_plan(path, str(path))
    if plan.context.coding.rows.is_empty():
        mend = "`cxreport code sample` draws texts; name the coded files under `coding:`."
        raise ConfigError(Problem(str(path), "nothing is coded.", mend))
    card, open_ = _judged(plan)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        safe(open_).write_csv(output)
        click.echo(f"{output.as_posix()}: {open_.height} records to settle", err=True)
    if form == "json":
        click.echo(json.dumps({**card.model_dump(mode="json"), "disputed": open_.height}, ensure_ascii=False, indent=1))
        return
    click.echo(told(card, open_.height, output))


def _judged(plan: Plan) -> tuple[Card, pl.DataFrame]:
    """The card of the coding sheets, and their disputes with redacted texts."""
    from cxreport.coding.disputes import disputes
    from cxreport.coding.sheet import shown
    from cxreport.stages.coded import card_of

    coding = plan.context.coding
    engine, gathered = _feedback(plan)
    return gathered.card or card_of(engine, coding), disputes(coding, shown(engine, coding.ids))


def _feedback(plan: Plan) -> tuple[LocalEngine, Gathered]:
    """Load, enrich and relate."""
    from cxreport.build import gather
    from cxreport.cli.show import Bar, stderr
    from cxreport.engine.chosen import only_local

    with Bar(stderr()) as bar:
        engine = only_local(plan.config.engine, plan.work / "export", bar.advance, "cxreport code")
        return engine, gather(plan, engine, bar)
