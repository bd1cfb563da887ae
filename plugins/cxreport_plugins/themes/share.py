"""The measure `themes.share`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, stats
from cxreport_plugins.common.cells import Cell, cells, split
from cxreport_plugins.common.net import one_author, wider
from cxreport_plugins.common.people import people
from cxreport_plugins.themes.counting import WITHOUT, book, having, read, tally, themed, unheard

LIMITS = (
    "Patterns find what they were written for: a theme told in other words is missed, and a share is a lower bound "
    "as far as it is. A text may have several themes, so shares do not add up to 100%. "
)


class Share(Measure):
    """Share of customers' texts that have a theme, of everything and by `by`; `theme=none` has none of them.

    `part=codebook` lists the themes in the order of the codebook: id and label.
    """

    name: ClassVar[str] = "themes.share"
    title: ClassVar[str] = "Themes"
    question: ClassVar[str] = "What do customers talk about?"
    concepts: ClassVar[tuple[str, ...]] = ("C03",)
    unit: ClassVar[Any] = "share"
    needs: ClassVar[tuple[str, ...]] = ("themes_read",)
    by: ClassVar[tuple[str, ...]] = ("channel",)
    compared: ClassVar[tuple[tuple[str, ...], ...]] = (("theme",),)
    method: ClassVar[Method] = Method(
        formula="texts with the theme / customers' texts in a language of the codebook",
        interval="95% Wilson at the effective base of author clusters (64), never narrower than for independent texts",
        source="Codebook of patterns; Wilson 1927; Korn & Graubard 1998",
        limits=LIMITS + "The interval tells sampling variation only, not the errors of the patterns.",
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Counts per author cluster: of all texts read and of each theme, whole and by each cut."""
        records = feedback.of(read(scope))
        having_any = themed(records, feedback)
        named = having_any.select("record_id").unique()
        without = records.join(named, on="record_id", how="anti").with_columns(theme=nw.lit(WITHOUT))
        present, _ = split(self, scope)
        frames = {"base": tally(records), "theme": tally(having_any, "theme"), "without": tally(without, "theme")}
        for cut in present:
            frames[f"base {cut}"] = tally(records, cut)
            frames[f"theme {cut}"] = tally(having_any, "theme", cut)
        return frames

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each theme of the codebook, what has none, each cell, and the codebook itself."""
        labels = book(self.context).labels(self.context.language)
        base = frames["base"]
        if not labels or not base.height:
            return [unheard(self)]
        whole = Cell({}, read(scope), base)
        found = pl.concat([frames["theme"], frames["without"]])
        out = [self._share(whole, theme, found) for theme in (*labels, WITHOUT)]
        present, missing = split(self, scope)
        for cut in present:
            for cell in cells(frames[f"base {cut}"], read(scope), cut):
                here = frames[f"theme {cut}"].filter(pl.col(cut).cast(pl.String) == cell.dims[cut])
                out += [self._share(cell, theme, here) for theme in labels]
        return [*out, *missing, *self._codebook(labels)]

    def _share(self, cell: Cell, theme: str, found: pl.DataFrame) -> Result:
        hits = found.filter(pl.col("theme") == theme).select("author_bucket", k="n")
        joined = cell.rows.join(hits, on="author_bucket", how="left").with_columns(pl.col("k").fill_null(0))
        rows, dims = joined.sort("author_bucket"), {"theme": theme, **cell.dims}
        k, n = int(rows["k"].sum()), int(rows["n"].sum())
        if rows.height < 2:
            return one_author(self, dims)
        persons = people(cell.rows)
        clustered = stats.bucketed_proportion(rows["k"], rows["n"]) if k else stats.wilson(0, persons or n)
        low, high = wider(clustered, stats.wilson(k, n))
        return self.based(
            n, k / n, low, high, dims=dims, n_authors=persons,
            population=cell.population, evidence=None if theme == WITHOUT else having(theme),
        )  # fmt: skip

    def _codebook(self, labels: Mapping[str, str]) -> Iterator[Result]:
        rows = tuple({"id": ident, "label": label} for ident, label in labels.items())
        yield self.result(dims={"part": "codebook"}, kind="series", unit="text", level=None, rows=rows)
