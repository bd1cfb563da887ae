"""The measure `discovery.keyness`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message
from cxreport_plugins.common.contrast import FEWEST, common, drawn, people, rows
from cxreport_plugins.common.stopwords import LANGUAGES, verdicts
from cxreport_plugins.common.wording import spoken
from cxreport_plugins.discovery.counting import companies_of

SIDES: Final = ("brand", "rivals")


class Keyness(Measure):
    """Phrases that people use of the brand rather than of its rivals, and the other way round (dim `lang`).

    A series a language. Its rows hold `phrase`, `side` (`brand`, `rivals`), `odds` (ratio, above 1 on its own side)
    with `low` and `high`, `z`, `q`, and `people`, rounded down to fives.
    """

    name: ClassVar[str] = "discovery.keyness"
    title: ClassVar[str] = "Words used of brand and rivals"
    question: ClassVar[str] = "Which words do people use of the brand, and which of its rivals?"
    concepts: ClassVar[tuple[str, ...]] = ("B19",)
    unit: ClassVar[Any] = "text"
    needs: ClassVar[tuple[str, ...]] = ("text_redacted", "title_redacted", "lang", "entity")
    method: ClassVar[Method] = Method(
        formula=(
            "log-odds ratio of the people who use a phrase of one or two words of the brand and of its rivals, with a "
            "prior worth 100 people of both groups together; in sources that hold both"
        ),
        interval="95% normal on the log-odds; listed where q < 0.10 (Benjamini–Hochberg over all phrases compared)",
        source="Monroe, Colaresi & Quinn 2008, with people in place of words; Benjamini & Hochberg 1995",
        limits=(
            "All moments are taken together, for too few texts look around to compare words. Phrases of fewer than ten "
            "people and the names of the companies are not counted. English and Russian only."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """People of either side a language, and a phrase and language."""
        records = feedback.of(companies_of(scope, self.context))
        rivals = records.filter(nw.col("entity") != "brand").select("source_id").unique()
        shared = records.join(rivals, on="source_id", how="semi")
        texts = drawn(shared.with_columns(side=nw.col("entity") == "brand"))
        names = [word for _, company in self.context.brand.companies for name in company.all_names
                 for word in name.split()]  # fmt: skip
        used = spoken(texts, "lang", "side", "who", extra=(*names, *verdicts()))
        return {"people": people(texts, "lang"), "phrases": common(people(used, "lang", "phrase"))}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """A series for each language that has enough people on either side."""
        if not self.context.brand.rivals:
            return [self.untestable("no rival is configured", "brand.rivals")]
        why = message("no language has {fewest} people on either side in a source that holds both (English, Russian)")
        return list(self._series(frames, scope)) or [
            self.untestable(why.format(fewest=FEWEST), "texts about rivals, same query")
        ]

    def _series(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        for language in LANGUAGES:
            whole = frames["people"].filter(pl.col("lang") == language)
            if whole.height != 1 or min(whole["first"].item(), whole["second"].item()) < FEWEST:
                continue
            used = frames["phrases"].filter(pl.col("lang") == language).sort("phrase")
            sizes = whole["first"].item(), whole["second"].item()
            yield self.result(
                dims={"lang": language}, kind="series", n=sum(sizes), n_authors=whole["people"].item(),
                rows=tuple(rows(used, sizes, SIDES)),
                population=companies_of(scope, self.context).where(("lang", "eq", language)),
            )  # fmt: skip
