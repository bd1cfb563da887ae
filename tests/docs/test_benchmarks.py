"""The parts of the benchmarks that could be wrong without anybody noticing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from benchmarks import load
from benchmarks.enrichment import Enrichment
from benchmarks.exports import EVERY, FORMATS
from benchmarks.fuzz.running import Fate
from benchmarks.invented import posts
from benchmarks.qualify import limits
from benchmarks.running import Cost, Stage, stages
from benchmarks.scale import Scale, told
from benchmarks.text import macro_f1
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.registry import load_plugins
from cxreport.recognise import recognise

SAID = """\
stage     records  seconds  CPU s  peak MB
load        2,000     1.50   1.20      310
enrich 1    2,000     3.25   3.00    1,402
measure                .30   0.20    1,402
whole                 5.05   4.40    1,402
site/index.html: 12 pages, 1.0 MB, audit 0123456789ab
"""


def test_posts_are_the_same_for_a_seed_and_differ_from_each_other() -> None:
    first = posts(2_000)
    assert first.equals(posts(2_000))
    assert not first.equals(posts(2_000, seed=1))
    assert first["id"].n_unique() == 2_000
    assert first["text"].n_unique() > 1_950
    assert not first["text"].str.contains("{}", literal=True).any()


@pytest.mark.parametrize(("kind", "system"), [("airline", "x.airline"), ("api", "x.api.v2")])
def test_exports_are_read_whole(kind: str, system: str, tmp_path: Path) -> None:
    write, name = FORMATS[kind]
    write(posts(300), tmp_path / name)
    context = Context(Brand(Company(name="Meridian Air")), tmp_path)
    (found,) = recognise([tmp_path / name], load_plugins().sources, context)
    assert found.detection is not None
    assert (found.detection.system, found.records, found.rejected) == (system, 300, {})


@pytest.mark.parametrize(
    ("kind", "system"),
    [("airline", "x.airline"), ("api", "x.api.v2"), ("amazon", "amazon"), ("trustpilot", "trustpilot.csv")],
)
def test_large_exports_are_written_in_parts(
    kind: str, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "PART", 20)
    made = load.KINDS[kind]
    records = load.generate(made, tmp_path / made.file, 100_000, seed=1)
    context = Context(Brand(Company(name="Meridian Air")), tmp_path)
    (found,) = recognise([tmp_path / made.file], load_plugins().sources, context)
    assert found.detection is not None
    assert (found.detection.system, found.rejected) == (system, {})
    assert found.facts.rows_read == records
    assert 0.9 < (tmp_path / made.file).stat().st_size / 100_000 < 1.1


def test_loading_is_held_to_its_limits() -> None:
    quick, slow = Cost(3, 3, 900, ()), Cost(4, 4, 1_100, ())
    one, other = (load.Loaded("amazon", 1_000, 10, (cost,), (Cost(1, 2, 0, ()),)) for cost in (quick, slow))
    posts = load.Loaded("api", 1_000, 10, (slow,), (Cost(1, 2, 0, ()),))
    assert [limit.held for limit in limits([], None, loads=[one, other])] == [True, True, False, False]
    assert [limit.held for limit in limits([], None, loads=[posts])] == [False]  # of memory; its speed is told only
    assert "| amazon (reviews.jsonl) | 1,000 | 10 | 3.0 |" in load.told([one])


def test_every_third_post_of_the_api_is_an_answer(tmp_path: Path) -> None:
    FORMATS["api"][0](posts(300), tmp_path / "x.jsonl")
    frame = pl.read_ndjson(tmp_path / "x.jsonl")
    answers = frame.filter(pl.col("author_id") == "meridianair")
    assert answers.height == 300 // EVERY
    assert answers["referenced_tweets"].null_count() == 0


def test_the_stages_of_a_build_are_understood() -> None:
    assert stages(SAID) == (
        Stage("load", 2_000, 1.5, 1.2, 310),
        Stage("enrich 1", 2_000, 3.25, 3, 1_402),
        Stage("measure", 0, 0.3, 0.2, 1_402),
    )


def test_a_ratio_compares_as_many_texts() -> None:
    scale = Scale("airline", 2_000, Cost(6, 4, 1_500, stages(SAID)), vader=0.001)
    assert scale.ratio == pytest.approx(2)
    assert "2.00 times" in told(scale)
    assert [limit.held for limit in limits([scale], None)] == [True]


def test_one_mutated_export_that_breaks_the_law_breaks_the_limit() -> None:
    sound = Fate(1, "a.csv", "bits", 0.1, ("table",), 3, 0, 0, ())
    broken = Fate(2, "b.csv", "cut", 0.2, (), 0, 0, 1, ("took 3.0 s",))
    assert [limit.held for limit in limits([], None, [sound])] == [True]
    [limit] = limits([], None, [sound, broken])
    assert (limit.figure, limit.held) == ("1 of 2", False)


def test_a_text_without_a_guess_counts_as_wrong() -> None:
    truth = pl.Series(["negative", "negative", "positive"])
    assert macro_f1(truth, truth) == 100
    assert macro_f1(truth, pl.Series(["negative", None, "positive"])) == pytest.approx(100 * (2 / 3 + 1) / 2)


def test_the_whole_enrichment_is_held_to_its_limits() -> None:
    cheap = Enrichment(1_000, {"language": 40.0, "sentiment": 10.0}, learned=40.0, vader=50.0)
    assert [(one.figure, one.held) for one in limits([], None, enriched=cheap)] == [("1.00", True), ("1.60", True)]
    dear = Enrichment(1_000, {"language": 60.0, "sentiment": 5.0}, learned=40.0, vader=50.0)
    assert [(one.figure, one.held) for one in limits([], None, enriched=dear)] == [("1.30", False), ("2.00", False)]
