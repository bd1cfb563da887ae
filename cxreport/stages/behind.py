"""What an edition shows of a dossier: which records, how much of each, and how many stand behind which number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from cxreport.model.dossier import Dossier, selection_of, selections
from cxreport.model.message import message
from cxreport.model.result import Result

if TYPE_CHECKING:
    from cxreport.stages.edition import Rules

X_POSTS = 500
"""The stricter of X's two redistribution limits (methods.md §E)."""
OF_PEOPLE = ("author_followers", "author_following", "author_posts", "author_verified", "author_country")
"""Columns that tell who wrote a record; where no way may lead back to people, no filter asks them."""
BEYOND = message("posts beyond X's limit")

Measures = Mapping[str, tuple[Result, ...]]


def shown_of(
    dossier: Dossier, measures: Measures, quoted: Iterable[str], rules: Rules, withheld: Counter[str]
) -> Dossier:
    """The dossier that an edition of these results may hold; posts with the ids `quoted` count as shown already."""
    counts = {name: rules.rounded(n) for name, n in dossier.counts.items() if n >= rules.cell}
    if not rules.verbatims:
        withheld["verbatims"] = max(withheld["verbatims"], dossier.frame.height)
        return Dossier(counts=counts, titles=dossier.titles)
    beyond = _beyond(dossier.frame, set(quoted))
    withheld[BEYOND] = max(withheld[BEYOND], int(beyond.sum()))
    kept = dossier.frame.filter(~beyond)
    if not rules.provenance:
        kept = kept.drop(name for name in dossier.terms if name.startswith(tuple(f'["{c}"' for c in OF_PEOPLE)))
        kept = kept.with_columns(pl.col("created_at").dt.truncate("1d"))
    return replace(dossier, frame=kept, counts=counts, barred=_barred(dossier, beyond, measures))


def _beyond(frame: pl.DataFrame, quoted: set[str]) -> pl.Series:
    """Which rows X's terms keep back: posts after the first 500, the quoted ones first, then by smallest id."""
    posts = frame.with_row_index("at").filter(pl.col("channel") == "x")
    first = posts.sort(~pl.col("id").is_in(sorted(quoted)), "id")["at"].slice(X_POSTS)
    return frame.select(pl.int_range(pl.len()).is_in(first.to_list())).to_series()


def _barred(dossier: Dossier, beyond: pl.Series, measures: Measures) -> dict[str, int]:
    """Name of each selection that loses records → how many."""
    if not beyond.any():
        return {}
    gone = Dossier(dossier.frame.filter(beyond))
    asked = selections(result for results in measures.values() for result in results)
    return {name: int(kept.sum()) for name, one in asked.items() if (kept := gone.keep(one)) is not None and kept.any()}


def behind(dossier: Dossier, measures: Measures) -> dict[str, int]:
    """Key of each result → how many records stand behind it, as far as that may be told."""
    named = {result.key: selection_of(result) for results in measures.values() for result in results}
    return {
        key: dossier.counts[one.name] for key, one in named.items() if one is not None and one.name in dossier.counts
    }
