"""Which of several results stands for a measure that is never pooled: the one with most answers."""

from __future__ import annotations

from collections.abc import Iterable

from cxreport.api import Edition, Result

NPS, CSAT, CES, STARS = "experience.nps", "experience.csat", "experience.ces", "experience.stars"


def main(edition: Edition, measure: str) -> Result | None:
    """The result without dims, such as the absence of all."""
    return edition.get(measure)


def scales(edition: Edition, measure: str, *dims: str) -> list[Result]:
    """The headlines of a measure by scale, those with most answers first."""
    found = [r for r in edition.results(measure) if set(r.dims) == set(dims)]
    return sorted(found, key=lambda r: (not r.testable, -r.n, r.key))


def parts(edition: Edition, of: Result, dim: str) -> list[Result]:
    """The results that differ from `of` by one more dim, in the order the measure gave."""
    return [r for r in edition.results(of.id) if dim in r.dims and _without(r, dim) == of.dims]


def _without(result: Result, dim: str) -> dict[str, str]:
    return {key: value for key, value in result.dims.items() if key != dim}


def _first(results: Iterable[Result], edition: Edition, measure: str) -> Result | None:
    return next(iter(results), None) or main(edition, measure)


def best_csat(edition: Edition) -> Result | None:
    """CSAT on the scale with most answers."""
    return _first(scales(edition, CSAT, "scale"), edition, CSAT)


def best_ces(edition: Edition) -> Result | None:
    """The effort index of the version with most answers."""
    return _first(scales(edition, CES, "scale", "version"), edition, CES)


def best_stars(edition: Edition) -> Result | None:
    """The mean of the site with most ratings."""
    return _first(scales(edition, STARS, "channel", "scale"), edition, STARS)
