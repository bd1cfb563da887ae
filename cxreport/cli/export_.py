"""cxreport export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import polars as pl

TABLES = ("records", "answers", "labels", "metrics")
SNAPSHOT = "snapshot"


@click.command("export", short_help="Write an enriched table, or a snapshot for the next audit.")
@click.argument("table", type=click.Choice((*TABLES, SNAPSHOT)), metavar="WHAT")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
def command(table: str, output: Path, path: Path) -> None:
    """Write one of the tables records, answers, labels, metrics as .parquet or .csv. It is private: texts and names.

    `snapshot` writes, as .json, what the next audit needs of the last build to compare itself with it (`previous` in
    config.yaml): results and what they rest on, no texts and no people.
    """
    if table == SNAPSHOT:
        _snapshot(output, path)
        return
    import polars as pl

    from cxreport.build import gather
    from cxreport.cli.show import Bar, stderr
    from cxreport.engine.chosen import only_local
    from cxreport.model.problem import ConfigError, Problem
    from cxreport.plan import make_plan

    if output.suffix not in (".parquet", ".csv"):
        raise ConfigError(
            Problem("--output", f"{output.suffix or 'no suffix'} is not a table format.", "Use .parquet or .csv.")
        )
    plan = make_plan(path, str(path))
    with Bar(stderr()) as bar:
        engine = only_local(plan.config.engine, plan.work / "export", bar.advance, "cxreport export")
        gather(plan, engine, bar)
    frame: pl.LazyFrame = engine.open(table).to_native()
    if output.suffix == ".parquet":
        frame.sink_parquet(output)
    else:
        safe(frame.collect()).write_csv(output)
    rows = pl.scan_parquet(output) if output.suffix == ".parquet" else pl.scan_csv(output, infer_schema=False)
    click.echo(f"{output}: {rows.select(pl.len()).collect().item():,} rows of {table}")


def _snapshot(output: Path, config: Path) -> None:
    from cxreport.model.audit import Audit
    from cxreport.model.problem import ConfigError, Problem
    from cxreport.model.snapshot import Snapshot

    if output.suffix != ".json":
        raise ConfigError(Problem("--output", f"{output.suffix or 'no suffix'} is not JSON.", "Use .json."))
    audit = config.resolve().parent / ".cxreport" / "audit.json"
    if not audit.is_file():
        raise ConfigError(Problem(str(config), "it was not built yet.", "`cxreport build` first."))
    snapshot = Snapshot.of(Audit.model_validate_json(audit.read_bytes()))
    output.write_text(snapshot.text(), "utf-8")
    shown = sum(result.shown for results in snapshot.measures.values() for result in results)
    click.echo(f"{output}: {shown:,} results of {snapshot.meta.client}, {snapshot.meta.period_from or 'whole'} on")


def safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as JSON, and no cell that a spreadsheet would run as a formula."""
    import polars as pl
    import polars.selectors as cs

    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    flat = frame.with_columns(
        pl.when(pl.col(name).is_not_null())
        .then("[" + pl.col(name).list.eval(_quoted()).list.join(", ") + "]")
        .alias(name)
        for name in lists
    )
    guard = cs.string() - cs.by_name(*lists)
    return flat.with_columns(
        pl.when(guard.str.contains(r"^[=+\-@\t\r]")).then("'" + guard).otherwise(guard).name.keep()
    )


def _quoted() -> pl.Expr:
    import polars as pl

    return (
        '"' + pl.element().str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True) + '"'
    )
