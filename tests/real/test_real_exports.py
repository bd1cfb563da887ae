"""An audit of nothing but real exports: no unexplained reject, and its figures are those of ten lines of Polars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from cxreport.build import Built, build
from cxreport.engine.local import LocalEngine
from cxreport.model.result import Result
from cxreport.plan import make_plan
from cxreport.progress import Meter

Shared = Callable[[str], Path]
pytestmark = pytest.mark.slow

AIRLINES = {
    "brand": ("United", "united-airlines"), "us-airways": ("US Airways", "us-airways"),
    "american": ("American", "american-airlines"), "southwest": ("Southwest", "southwest-airlines"),
    "delta": ("Delta", "delta-air-lines"), "virgin-america": ("Virgin America", "virgin-america"),
}  # fmt: skip
"""Entity → what the two data sets call the airline."""
REVIEW = {
    "created_at": "date", "text": "content", "title": "title", "author_name": "author", "brand": "airline_name",
    "author_country": "author_country",
}  # fmt: skip
FILES = {
    "airline": "data/airline-tweets/Tweets.csv",
    "lounge": "data/skytrax/lounge.csv",
    "seat": "data/skytrax/seat.csv",
    "sample": "data/twcs/sample.csv",
    "small": "data/twcs/twcs-small.csv",
    "star-wars": "data/survey-surveymonkey/star-wars-survey_StarWars.csv",
    "etiquette": "data/survey-surveymonkey/flying-etiquette-survey_flying-etiquette.csv",
}
ROWS = {
    "airline": 14_640,
    "lounge": 2_264,
    "seat": 1_258,
    "sample": 93,
    "small": 121,
    "star-wars": 1_186,
    "etiquette": 1_040,
}
"""Records of each file as its README counts them; of the surveys without the second header row."""


def configuration(shared: Shared) -> dict[str, Any]:
    """The project file."""

    def source(ident: str, kind: str, **options: Any) -> dict[str, Any]:
        return {"id": ident, "type": kind, "path": str(shared(FILES[ident])), **options}

    zone, rating = {"timezone": "UTC", "channel": "review_site"}, {"column": "overall_rating", "metric": "stars"}
    return {
        "version": 1,
        "site": {"title": "Real exports"},
        "brand": {
            "names": list(AIRLINES["brand"]),
            "handles": ["@united"],
            "rivals": [{"name": name, "names": [slug]} for e, (name, slug) in AIRLINES.items() if e != "brand"],
        },
        "privacy": {"profile": "internal", "key": "a key of no importance"},
        "sources": [
            source("airline", "twitter"),
            source("lounge", "table", columns=REVIEW, rating={**rating, "min": 1, "max": 5}, **zone),
            source("seat", "table", columns=REVIEW, rating={**rating, "min": 1, "max": 10}, **zone),
            source("sample", "twitter"),
            source("small", "twitter"),
            source("star-wars", "survey"),
            source("etiquette", "survey"),
        ],
    }


@pytest.fixture(scope="module")
def built(shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The audit of all of them together."""
    path = tmp_path_factory.mktemp("real") / "config.yaml"
    path.write_text(yaml.safe_dump(configuration(shared), sort_keys=False), "utf-8")
    return build(make_plan(path, "config.yaml"), Meter())


@pytest.fixture(scope="module")
def records(built: Built) -> pl.DataFrame:
    """The enriched records."""
    table: Any = LocalEngine.reopened(built.site.parent / ".cxreport" / "feedback").open("records").to_native()
    whole: pl.DataFrame = table.collect()
    return whole


@pytest.fixture(scope="module")
def tweets(shared: Shared) -> pl.DataFrame:
    """Tweets.csv as text."""
    return pl.read_csv(shared(FILES["airline"]), infer_schema=False)


def result(built: Built, measure: str, **dims: str) -> Result:
    return built.edition.result(measure, **dims)


def test_every_file_is_read_whole_and_no_row_is_rejected(built: Built) -> None:
    assert {load.source_id: load.problem for load in built.audit.loads if load.problem} == {}
    assert {load.source_id: load.rejected for load in built.audit.loads if load.rejected} == {}
    assert {load.source_id: load.records for load in built.audit.loads} == ROWS
    assert {load.source_id: load.rows_read - sum(load.skipped.values()) for load in built.audit.loads} == ROWS


def test_what_is_odd_in_the_files_is_told(built: Built) -> None:
    load = {load.source_id: load for load in built.audit.loads}
    assert load["airline"].ids_damaged == 14_640
    assert load["seat"].warnings["date_unreadable"] == 26, "26 seat reviews are dated 1970-01-01"
    assert load["lounge"].warnings["rating_out_of_scale"] == 67
    assert load["star-wars"].encoding != "utf-8", "two bytes of its header are not UTF-8"
    assert load["star-wars"].encoding_how == "detected"


def test_posts_per_airline_are_the_entities(records: pl.DataFrame, tweets: pl.DataFrame) -> None:
    wanted = dict(tweets["airline"].value_counts().iter_rows())
    mine = records.filter(pl.col("source_id") == "airline")
    found = dict(mine["entity"].value_counts().iter_rows())
    assert found == {entity: wanted[name] for entity, (name, _) in AIRLINES.items()}
    assert mine["entity_rule"].unique().to_list() == ["brand_column"]


def test_reviews_per_airline_are_the_entities(records: pl.DataFrame, shared: Shared) -> None:
    for ident in ("lounge", "seat"):
        table = pl.read_csv(shared(FILES[ident]), infer_schema=False)
        wanted = dict(table["airline_name"].value_counts().iter_rows())
        told = records.filter((pl.col("source_id") == ident) & (pl.col("entity_rule") == "brand_column"))
        found = dict(told["entity"].value_counts().iter_rows())
        assert found == {e: wanted[slug] for e, (_, slug) in AIRLINES.items() if slug in wanted}


def test_labels_by_people_are_kept(records: pl.DataFrame, tweets: pl.DataFrame) -> None:
    mine = records.filter(pl.col("source_id") == "airline")
    cut = ["airline", "airline_sentiment"]
    wanted = {row[:2]: row[2] for row in tweets.group_by(cut).len().iter_rows()}
    found = {row[:2]: row[2] for row in mine.group_by("brand", "sentiment_vendor").len().iter_rows()}
    assert found == wanted
    reasons = tweets["negativereason"].drop_nulls().len()
    assert mine["tags"].drop_nulls().list.len().sum() == reasons


def test_net_sentiment_is_that_of_the_records_counted(built: Built, records: pl.DataFrame) -> None:
    counted = records.filter(
        (pl.col("entity") == "brand") & pl.col("customer_voice") & (pl.col("kind") != "repost") & ~pl.col("is_context")
        & ~pl.col("brand_authored").fill_null(value=False) & pl.col("duplicate_of").is_null()
    )  # fmt: skip
    assert result(built, "overview.volume").value == counted.height == built.audit.waterfall[-1].left
    scored = counted.filter(pl.col("sentiment").is_not_null())
    sign = pl.col("sentiment").replace_strict({"negative": -100.0, "neutral": 0.0, "positive": 100.0})
    net = scored.select(sign.mean()).item()
    whole = result(built, "overview.sentiment")
    assert whole.value == pytest.approx(net)
    assert whole.n == scored.height
    x = scored.filter(pl.col("channel") == "x")
    assert result(built, "overview.sentiment", channel="x").value == pytest.approx(x.select(sign.mean()).item())


def test_net_sentiment_agrees_with_people_about_who_is_liked(records: pl.DataFrame) -> None:
    net = [pl.col(c).replace_strict({"negative": -100.0, "neutral": 0.0, "positive": 100.0}, default=None).mean()
           for c in ("sentiment_vendor", "sentiment")]  # fmt: skip
    mine = records.filter((pl.col("source_id") == "airline") & pl.col("sentiment").is_not_null())
    by_airline = mine.group_by("entity").agg(net)
    assert by_airline.select(pl.corr("sentiment_vendor", "sentiment", method="spearman")).item() > 0.7
    agreed = mine.select((pl.col("sentiment") == pl.col("sentiment_vendor")).mean()).item()
    assert agreed > 0.55, "three classes, most of them negative: chance would agree on about 45%"


@pytest.mark.parametrize(("ident", "top"), [("lounge", 5), ("seat", 10)])
def test_ratings_are_the_means_of_the_files(
    built: Built, records: pl.DataFrame, shared: Shared, ident: str, top: int
) -> None:
    table = pl.read_csv(shared(FILES[ident]), infer_schema=False)
    rated = pl.col("overall_rating").cast(pl.Float64, strict=False)
    wanted = table.filter((pl.col("airline_name") == "united-airlines") & (rated <= top)).select(
        rated.mean(), n=rated.count()
    )
    told = records.filter(
        (pl.col("source_id") == ident) & (pl.col("entity_rule") == "brand_column") & (pl.col("entity") == "brand")
    )
    assert told.select(pl.col("rating_value").mean(), n=pl.col("rating_value").count()).row(0) == pytest.approx(
        wanted.row(0)
    )
    stars = result(built, "experience.stars", channel="review_site", scale=str(top))
    measured = records.filter(
        (pl.col("entity") == "brand") & (pl.col("rating_max") == top) & pl.col("duplicate_of").is_null()
    )["rating_value"].drop_nulls()  # fmt: skip
    assert stars.value == pytest.approx(measured.mean())
    assert stars.n == measured.len()


def test_answers_of_support_are_found_in_threads(built: Built, records: pl.DataFrame, shared: Shared) -> None:
    """The official sample: 49 customers' posts, 44 answers of 13 brands."""
    table = pl.read_csv(shared(FILES["sample"]), infer_schema=False)
    inbound = table["inbound"].str.to_lowercase() == "true"
    mine = records.filter(pl.col("source_id") == "sample")
    assert int(inbound.sum()) == 49
    assert mine["brand_authored"].value_counts().sort("brand_authored")["count"].to_list() == [49, 44]
    answers = table.filter(~inbound)["in_response_to_tweet_id"].drop_nulls()
    asked = set(answers) & set(table.filter(inbound)["tweet_id"])
    roots = mine.filter((pl.col("thread_position") == 0) & ~pl.col("brand_authored"))
    answered = set(roots.filter(pl.col("answered_by_brand"))["native_id"])
    assert answered >= asked & set(roots["native_id"])


def test_the_site_of_real_exports_leaks_nobody(built: Built) -> None:
    assert built.report.problems == ()
    assert built.report.pages >= 9
