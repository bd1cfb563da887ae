"""The measure `discovery.influence`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.shares import SHARE, SHARE_SOURCE, Frame, share, tally

SIDES: Final = ("customers", "brand", "rivals", "others")
LINKS: Final = ("in_reply_to_id", "reposted_id", "quoted_id")
TOP: Final = 10


class Influence(Measure):
    """Whom customers answer and pass on (dim `whom`): other customers, the brand, rivals, or others (news, adverts).

    `part=top` is the share of all such links that the ten most answered customers get, `part=gini` how uneven they
    are among customers who get any. Nobody is named.
    """

    name: ClassVar[str] = "discovery.influence"
    title: ClassVar[str] = "Whom customers listen to"
    question: ClassVar[str] = "Who influences customers: one another, the brand, or others?"
    concepts: ClassVar[tuple[str, ...]] = ("B06",)
    needs: ClassVar[tuple[str, ...]] = ("customer_voice", "entity")
    method: ClassVar[Method] = Method(
        formula=(
            "customers' replies, reposts and quotes of records by a side / those of records by anybody else whose "
            "record is in the data; top: links to the ten customers with most / links to customers; Gini over them"
        ),
        interval=SHARE,
        source=f"In-degree of the graph of replies and reposts. {SHARE_SOURCE}",
        limits=(
            "Only what the export holds: a record that is not in it influenced nobody here. Replies to the brand are "
            "mostly complaints, not trust."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Links per side and author cluster; customers by how many links they get."""
        links = _links(feedback, _speakers(scope))
        to_customers = links.filter(nw.col("whom") == "customers").group_by("target").agg(degree=nw.len())
        return {"sides": tally(links, "whom"), "degrees": to_customers.group_by("degree").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Shares of the sides, then how concentrated it is."""
        rows = frames["sides"]
        if not rows.height:
            why = message("no export holds records together with replies or reposts of them")
            return [self.untestable(why, "threads of posts")]
        return [*self._sides(rows, scope), *self._spread(frames["degrees"], scope)]

    def _sides(self, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        whole = rows.group_by("bucket").agg(
            pl.col("n").sum(), *(pl.col("n").filter(pl.col("whom") == side).sum().alias(side) for side in SIDES)
        )
        for side in SIDES:
            yield share(self, whole, side, dims={"whom": side}, population=_speakers(scope))

    def _spread(self, rows: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        if not rows.height:
            return
        degrees = np.repeat(rows["degree"].to_numpy(), rows["n"].to_numpy()).astype(float)
        n = len(degrees)
        facts: dict[str, Any] = {
            "population": _speakers(scope),
            "n_authors": n,
            "level": None,
            "method": message("census of the links"),
        }
        top = float(np.sort(degrees)[-TOP:].sum() / degrees.sum())
        yield self.based(n, top, dims={"part": "top"}, **facts)
        yield self.based(n, stats.gini(degrees), unit="ratio", dims={"part": "gini"}, **facts)


def _speakers(scope: Scope) -> Predicate:
    """Customers' records about the brand, reposts among them, inside the period."""
    dropped = ("kind", "duplicate_of")
    return Predicate(all=tuple(term for term in scope.population.all if term[0] not in dropped))


def _links(feedback: Feedback, speakers: Predicate) -> Frame:
    """A row a link: the record that answers or passes on, `target` (who is answered) and `whom` (their side)."""
    said = feedback.of(speakers)
    parts = [
        said.filter(~nw.col(link).is_null()).select(
            "record_id", "id_space", "author_id", "author_bucket", to=nw.col(link)
        )
        for link in LINKS
    ]
    wrote = nw.col("brand_authored").fill_null(value=False)
    own, voice = nw.col("entity") == "brand", nw.col("customer_voice").fill_null(value=False)
    customers = nw.when(voice).then(nw.lit("customers")).otherwise(nw.lit("others"))
    companies = nw.when(own).then(nw.lit("brand")).otherwise(nw.lit("rivals"))
    sides: Any = nw.when(wrote).then(companies).otherwise(customers)
    targets = feedback.records.filter(~nw.col("native_id").is_null()).select(
        "id_space", to=nw.col("native_id"), target=nw.coalesce("author_id", "record_id"), whom=sides
    )
    joined = nw.concat(parts).join(targets, on=["id_space", "to"], how="inner")
    return joined.filter((nw.col("author_id") != nw.col("target")) | nw.col("author_id").is_null())
