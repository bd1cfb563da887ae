"""Trials: one draw of a crowd through the very functions with which a measure makes its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from pathlib import Path
from statistics import NormalDist
from typing import Any, Final, Literal, TypeVar

import numpy as np
import polars as pl
from scipy.special import betaln

from benchmarks.crowd import AUTHORSHIPS, Authorship, Crowd, Floats
from cxreport.api import Brand, Company, Context, Measure, Predicate, Result, Scope, stats
from cxreport_plugins.care import shares as care
from cxreport_plugins.care.response_rate import ResponseRate
from cxreport_plugins.care.response_time import FirstResponseTime
from cxreport_plugins.care.waits import DAY, HORIZON, HOUR, WITHIN, Waits
from cxreport_plugins.common import shares as common
from cxreport_plugins.common.cells import Cell
from cxreport_plugins.common.net import net_result
from cxreport_plugins.drivers import rated
from cxreport_plugins.drivers.importance import Importance
from cxreport_plugins.experience.nps import Nps
from cxreport_plugins.experience.scores import Group, Scores
from cxreport_plugins.network.asymmetry import ReachAsymmetry
from cxreport_plugins.overview.sentiment import Sentiment
from cxreport_plugins.themes.share import Share

M = TypeVar("M", bound=Measure)
ANY: Final = Predicate()
_ABOUT: Final = Context(Brand(Company(name="Meridian Air")), Path())


@dataclass(frozen=True)
class Trial:
    """A result and the truth that its interval should hold."""

    truth: float
    result: Result


@dataclass(frozen=True)
class Method:
    """A measure's interval under test."""

    id: str
    title: str
    interval: str
    """How the measure says that it is made."""
    width: Literal["points", "share", "factor"]
    """How its width is told: upper less lower limit, or upper over lower."""
    draw: Callable[[Crowd], Trial]


def _made(measure: type[M]) -> M:
    return measure(measure.Options(), _ABOUT)


NPS: Final = ((0.60, 0.15), (0.45, 0.25), (0.30, 0.40), (0.85, 0.05), (0.20, 0.60))
"""Shares of promoters and detractors, or of positive and negative records: one pair a draw."""


def nps(crowd: Crowd) -> Trial:
    """The net promoter score of a survey that people may answer more than once."""
    promoters, detractors = NPS[crowd.rng.integers(len(NPS))]
    group = crowd.classes((promoters, detractors, 1 - promoters - detractors))
    least, most = np.array([9, 0, 7]), np.array([11, 7, 9])
    score = crowd.rng.integers(least[group], most[group])
    counts = np.bincount(score, minlength=11)
    rows = pl.DataFrame({"score": np.arange(11.0), "n": counts}).filter(pl.col("n") > 0)
    scores = Scores(rows, len(crowd.posts), crowd.by_bucket(total=score.astype(float)).select("n", "total"))
    return Trial(100 * (promoters - detractors), _made(Nps).headline(Group({}, {}, ANY, scores)))


def net_sentiment(crowd: Crowd) -> Trial:
    """Net sentiment of records, where nobody coded any."""
    positive, negative = NPS[crowd.rng.integers(len(NPS))]
    tone = crowd.classes((positive, 1 - positive - negative, negative))
    flags = {name: (tone == i).astype(float) for i, name in enumerate(("positive", "neutral", "negative"))}
    rows = crowd.by_bucket(**flags).with_columns(pl.col(*flags).cast(pl.Int64))
    return Trial(100 * (positive - negative), net_result(_made(Sentiment), Cell({}, ANY, rows)))


def share(crowd: Crowd, p: float | None = None) -> Trial:
    """A share of records, at any p or at the given one."""
    truth = crowd.rng.uniform(0.02, 0.98) if p is None else p
    rows = crowd.by_bucket(k=crowd.classes((1 - truth, truth)).astype(float)).with_columns(pl.col("k").cast(pl.Int64))
    return Trial(truth, common.share(_made(Share), rows, "k", dims={}, population=ANY))


def response_rate(crowd: Crowd) -> Trial:
    """The share of customers' records that get an answer."""
    truth = crowd.rng.uniform(0.1, 0.9)
    answered = crowd.classes((1 - truth, truth)).astype(float)
    found = care.share(crowd.by_bucket(answered=answered).with_columns(pl.col("answered").cast(pl.Int64)), "answered")
    return Trial(truth, _made(ResponseRate).based(*found))


ANSWERED: Final = 0.8
"""Share of records that get an answer some day."""
_MEDIAN, _SPREAD = 4.0 * HOUR, 1.6
"""Of the waits of those who do: log-normal."""
_WATCHED: Final = 60 * DAY
"""Records are spread evenly over as many minutes before the audit."""


def first_response(crowd: Crowd) -> Trial:
    """The median wait, with the unanswered censored at the moment of the audit."""
    wait = _MEDIAN * np.exp(_SPREAD * crowd.normal())
    wait[crowd.normal() > NormalDist().inv_cdf(ANSWERED)] = np.inf
    watched = crowd.rng.uniform(0, _WATCHED, size=len(wait))
    ended, minutes = wait <= watched, binned(np.minimum(wait, watched))
    by_then = {name: (ended & (minutes <= most)).astype(float) for name, most in WITHIN.items()}
    rows = pl.DataFrame({"minutes": minutes, "ended": ended}).group_by("minutes", "ended").agg(n=pl.len())
    waits = Waits(rows, crowd.by_bucket(**by_then), {}, ANY, len(crowd.posts))
    truth = _MEDIAN * np.exp(_SPREAD * NormalDist().inv_cdf(0.5 / ANSWERED))
    return Trial(float(binned(np.array([truth]))[0]), _made(FirstResponseTime).quantile(waits, "median"))


def binned(minutes: Floats) -> Floats:
    """Minutes as the measure counts them: coarser the longer the wait."""
    step = np.select([minutes < DAY, minutes < 7 * DAY], [1, 10], HOUR)
    return np.asarray(np.minimum(minutes // step * step, HORIZON))


FOLLOWERS: Final = 2.0
"""Standard deviation of the logarithm of an author's followers: the top hundredth has half of them all."""


def reach_asymmetry(crowd: Crowd) -> Trial:
    """Followers of those who wrote negatively over followers of those who wrote positively."""
    negative = (0.4, 0.5, 0.6, 0.75)[crowd.rng.integers(4)]
    side = crowd.classes((negative, 1 - negative))
    reach = np.floor(300 * np.exp(FOLLOWERS * crowd.rng.normal(size=len(crowd.posts)))) + 1
    counts = [np.bincount(crowd.author, weights=side == which) for which in (0, 1)]
    table = pl.DataFrame({
        "bucket": crowd.bucket, "people": np.ones(len(reach), dtype=int), "negative": counts[0], "positive": counts[1],
        "negative_reach": reach * (counts[0] > 0), "positive_reach": reach * (counts[1] > 0),
    })  # fmt: skip
    frames = {
        "buckets": table.group_by("bucket").sum(),
        "top": table[int(reach.argmax())],
        "impressions": pl.DataFrame(
            schema=dict.fromkeys(("bucket", "n", "people", "negative", "positive"), pl.Float64)
        ),
    }
    authorship = crowd.authorship
    truth = _heard(authorship, negative) / _heard(authorship, 1 - negative)
    return Trial(truth, _made(ReachAsymmetry).estimate(frames, Scope(ANY))[0])


def _heard(authorship: Authorship, share: float) -> float:
    """Probability that an author writes at least once on a side that has this share of records."""
    posts, probabilities = authorship.posts
    if not authorship.alike:
        return float(probabilities @ (1 - (1 - share) ** posts))
    spread = (1 - authorship.alike) / authorship.alike
    own, other = share * spread, (1 - share) * spread
    return float(probabilities @ (1 - np.exp(betaln(own, other + posts) - betaln(own, other))))


PARTS: Final = ("booking", "boarding", "crew", "seat")
WEIGHTS: Final = np.array([0.6, 0.35, 0.15, 0.0])
"""What each part does to the score; the last does nothing, but goes with the others."""
_HALO: Final = 0.4
"""Correlation of the parts: who is pleased rates everything higher."""
_LARGE: Final = 1_000_000
"""Answers from which the truth is computed."""


def _answers(crowd: Crowd) -> Floats:
    """Ratings of the parts, 1 to 5, and the score of the whole, 0 to 10: a row an answer."""
    common = crowd.normal()
    felt = np.column_stack([np.sqrt(_HALO) * common + np.sqrt(1 - _HALO) * crowd.normal() for _ in PARTS])
    whole = felt @ WEIGHTS + 0.9 * crowd.normal()
    ratings, score = np.clip(np.rint(3.6 + felt), 1, 5), np.clip(np.rint(7 + 2.2 * whole), 0, 10)
    return np.column_stack([ratings, score])


@lru_cache(maxsize=1)
def _true_shares() -> Floats:
    """Shares of a crowd without end; how alike the answers of one person are does not matter to them."""
    many = _answers(Crowd(AUTHORSHIPS[0], _LARGE, np.random.default_rng(0)))
    shares = stats.lmg(np.cov(many.T, bias=True))
    return np.asarray(shares / shares.sum())


def driver_weight(crowd: Crowd) -> Trial:
    """The importance of one of four parts of the experience, any of them."""
    answers = _answers(crowd)
    variables = dict(zip((*rated.PLACES[: len(PARTS)], "score"), answers.T, strict=True))
    sums = {f"sum {name}": values for name, values in variables.items()}
    pairs = combinations_with_replacement(variables, 2)
    products = {f"sum {one} {other}": variables[one] * variables[other] for one, other in pairs}
    empty = {name: pl.lit(0.0) for name in (*rated.SUMS, *rated.PRODUCTS) if name not in {*sums, *products}}
    keys = {"source_id": pl.lit("survey"), "metric": pl.lit("nps"), "scale": pl.lit(10.0)}
    moments = crowd.by_bucket(**sums, **products).with_columns(**empty, **keys)
    n = len(answers)
    parts = pl.DataFrame({"topic": PARTS, "place": range(1, len(PARTS) + 1)}).with_columns(
        source_id=pl.lit("survey"), n=n, low=1.0, high=5.0, scales=1, parts=len(PARTS)
    )
    scores = pl.DataFrame({"source_id": ["survey"], "metric": ["nps"], "scale": [10.0], "n": [n]})
    frames = {"parts": parts, "moments": moments, "scores": scores}
    place = int(crowd.rng.integers(len(PARTS)))
    wanted = {"source_id": "survey", "topic": PARTS[place]}
    results = _made(Importance).estimate(frames, Scope(ANY))
    found = next((r for r in results if r.dims == wanted), results[0])
    return Trial(float(_true_shares()[place]), found)


def _method(measure: type[Measure], title: str, width: Any, draw: Callable[[Crowd], Trial]) -> Method:
    return Method(measure.name, title, measure.method.interval, width, draw)


METHODS: Final = (
    _method(Nps, "Net promoter score", "points", nps),
    _method(Sentiment, "Net sentiment", "points", net_sentiment),
    Method("share", "Share of records", common.SHARE, "share", share),
    _method(ResponseRate, "Response rate", "share", response_rate),
    _method(FirstResponseTime, "Median first response", "factor", first_response),
    _method(ReachAsymmetry, "Reach asymmetry", "factor", reach_asymmetry),
    _method(Importance, "Driver weight", "share", driver_weight),
)
LATTICE: Final = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
"""Single values of p at which shares are tried too; 1 − p gives the same."""
