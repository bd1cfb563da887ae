"""What an audit writes down of what its numbers rest on, and what an edition shows of changes."""

from __future__ import annotations

from typing import Any, ClassVar

import narwhals as nw
import polars as pl
import pytest

from cxreport.model.audit import Audit, Card, Load, MeasureInfo
from cxreport.model.basis import Basis, Mix
from cxreport.model.change import Past
from cxreport.model.predicate import Predicate
from cxreport.plugin.context import Brand, Company
from cxreport.plugin.enricher import Enricher, Keep, Relation
from cxreport.stages.basis import basis_of, mixes
from cxreport.stages.edition import edition_of
from tests.changes.made import change, meta, share
from tests.measures import make


class Voice(Enricher):
    name = "voice"
    needs: ClassVar[tuple[str, ...]] = ("text",)
    adds: ClassVar = {"customer_voice": pl.Boolean}

    def apply(self, batch: pl.DataFrame, state: Any) -> pl.DataFrame:
        return batch


class Sentiment(Voice):
    name = "sentiment"
    version = "2"
    needs: ClassVar[tuple[str, ...]] = ("text", "customer_voice")
    adds: ClassVar = {"sentiment": pl.String}


class Threads(Relation):
    name = "threads"
    needs = ("sentiment",)
    adds: ClassVar = {"thread_id": pl.String}

    def relate(self, records: nw.LazyFrame[Any], keep: Keep) -> nw.LazyFrame[Any]:
        return records


def steps() -> list[Any]:
    return [cls(cls.Options(), make.context()) for cls in (Voice, Sentiment, Threads)]


def basis(card: Card | None = None, loads: tuple[Load, ...] = (), brand: Brand | None = None) -> Basis:
    return basis_of(make.scope(make.records({})), brand or make.context().brand, steps(), loads, card)


def test_a_column_rests_on_all_that_made_it() -> None:
    found = basis()
    assert found.columns["customer_voice"] == ("voice",)
    assert found.columns["thread_id"] == ("sentiment", "threads", "voice")
    assert found.origins["voice"].startswith("1 ")
    assert found.origins["sentiment"].startswith("2 ")


def test_models_that_are_used_count_and_so_does_correction() -> None:
    models = (
        {"enricher": "sentiment", "language": "en", "digest": "93d48638", "used": True},
        {"enricher": "sentiment", "language": "ru", "digest": "a39a884c", "used": False},
    )
    assert basis(Card(models=models)).origins["sentiment"].endswith(" en:93d48638")
    assert basis(Card()).corrected == ()


def test_names_and_queries() -> None:
    other = Brand(Company(name="Meridian Air", handles=("@meridianair", "@meridianhelp")))
    assert basis().names != basis(brand=other).names
    loads = tuple(
        Load(source_id="s", file=f, system="x", query=q) for f, q in (("a", "two"), ("b", "one"), ("c", "two"))
    )
    untold = Load(source_id="t", file="d", system="y")
    assert basis(loads=(*loads, untold)).queries == {"x": "one | two"}


def test_the_mix_of_each_population() -> None:
    rows = [
        *make.repeated(3, entity_rule="handle", nps_score=9), *make.repeated(2, entity_rule="source"),
        *make.repeated(4, entity_rule="name_first", entity="norda", source_system="y", channel="google"),
    ]  # fmt: skip
    table = make.records(*rows)
    scope = make.scope(table)
    scored, rival = scope.population.where(("nps_score", "not_null", None)), Predicate(all=(("entity", "eq", "norda"),))
    results = {
        "a.b": (share(1, 2, "a.b", population=scope.population), share(1, 2, "a.b", dims={"month": "1"})),
        "a.c": (share(1, 2, "a.c", population=scored),),
        "a.d": (share(1, 2, "a.d", population=rival),),
    }
    infos = {name: MeasureInfo(id=name, title=name, compared=((),)) for name in results}
    found = {mix.keys: mix for mix in mixes(make.engine(table), scope.population, infos, results)}
    assert found == {
        ("a.b",): Mix(keys=("a.b",), cells={"demo.csv x": 5}, named=0.6),
        ("a.c",): Mix(keys=("a.c",), cells={"demo.csv x": 3}, named=1),
        ("a.d",): Mix(keys=("a.d",), cells={"y google": 4}, named=1),
    }


def audit(**fields: Any) -> Audit:
    past = Past(title="Audit", client="Meridian Air", period_from="2025-01-01", period_to="2025-06-30")
    return Audit(meta=meta(2026), loads=(), waterfall=(), measures={}, infos={}, past=past, **fields)


@pytest.mark.parametrize(("profile", "fewest"), [("internal", 1), ("client", 5), ("public", 10)])
def test_a_change_is_hidden_with_either_of_its_sides(profile: Any, fewest: int) -> None:
    for people in (1, 4, 5, 9, 10, 600):
        few, many = (share(280, 1000, n_authors=n) for n in (people, 700))
        for before, now in ((few, many), (many, few)):
            [shown] = edition_of(audit(changes=(change(before, now),)), profile).changes
            assert (shown.verdict == "hidden") == (people < fewest)
            if people < fewest:
                assert {shown.before, shown.now, shown.value, shown.p, shown.low} == {None}


def test_money_is_the_clients_own() -> None:
    money = change(share(280, 1000, unit="money"), share(380, 1000, unit="money"))
    verdicts = [edition_of(audit(changes=(money,)), p).changes[0].verdict for p in ("internal", "public")]
    assert (verdicts[0] != "hidden", verdicts[1]) == (True, "hidden")


def test_small_sources_and_queries_are_not_public() -> None:
    told = Basis(mixes=(Mix(keys=("a.b",), cells={"x x": 403, "y y": 4}),), queries={"x": "secret words"})
    public, internal = (edition_of(audit(basis=told), p).basis for p in ("public", "internal"))
    assert public is not None
    assert (public.mixes[0].cells, public.queries) == ({"x x": 405}, {})
    assert internal == told
