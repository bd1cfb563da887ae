"""The command `cxreport code discover`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("discover", short_help="Propose themes from the texts, as a codebook to edit.")
@click.option("-n", "--themes", default=12, show_default=True, type=click.IntRange(2, 60), help="Themes a language.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Another seed, another sample.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else stdout.")
@click.option("-c", "--config", "path", default="config.yaml", type=click.Path(path_type=Path), show_default=True)
def command(themes: int, seed: int, output: Path | None, path: Path) -> None:
    """Propose themes from customers' texts, as the YAML of a codebook to edit.

    Phrases that go together are found by factorising a sample (TF-IDF and NMF); each theme comes with how many texts
    it is the strongest of and, unless the privacy profile is public, three redacted texts as comments.
    """
    from cxreport.api import open_feedback
    from cxreport_plugins.themes.discover import discover

    opened = open_feedback(path)
    records = opened.feedback.of(opened.scope.population)
    chosen = records.select("record_id", "lang", "title_redacted", "text_redacted").collect().to_polars()
    names = [word for name in opened.context.brand.own.all_names for word in name.lower().split()]
    proposed = discover(chosen, themes, seed, examples=opened.verbatims, ignore=names)
    if output is None:
        click.echo(proposed, nl=False)
        return
    if output.exists():
        raise click.UsageError(f"{output} exists; a codebook that was edited is not written over.")
    output.write_text(proposed, "utf-8", newline="\n")
    click.echo(f"{output.as_posix()}: edit it, then name it under `enrich: {{themes: {{codebook: …}}}}`.", err=True)
