"""The simulation of intervals: what ships is of the present methods, and its crowds have the figures they claim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks import coverage
from benchmarks.coverage import FIRST, KEPT, LEAST, PAGE, SIZES, Cell
from benchmarks.crowd import AUTHORSHIPS, Authorship, Crowd
from benchmarks.qualify import limits
from benchmarks.trials import LATTICE, METHODS, Method, reach_asymmetry
from cxreport.render.words import Words
from cxreport_plugins.assurance.coverage import FILE
from cxreport_plugins.assurance.coverage import coverage as exhibit

SHIPPED = coverage.kept()


def crowd(authorship: Authorship, n: int = 4_000, seed: int = 1) -> Crowd:
    return Crowd(authorship, n, np.random.default_rng(seed))


def test_the_shipped_figures_are_of_the_present_methods() -> None:
    assert FILE == KEPT
    assert SHIPPED.methods == coverage.methods(), "run `python -m benchmarks.coverage --write`"
    wanted: set[tuple[str, str, int, float | None]] = {
        (m.id, a.id, n, None) for m in METHODS for a in AUTHORSHIPS for n in SIZES
    }
    wanted |= {("share", "once", n, p) for n in SIZES for p in LATTICE}
    assert {(cell.method, cell.authors, cell.n, cell.p) for cell in SHIPPED.cells} == wanted
    assert {cell.draws for cell in SHIPPED.cells} == {SHIPPED.draws} == {coverage.DRAWS}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_the_first_draws_of_each_are_made_as_they_were(method: Method) -> None:
    for cell in SHIPPED.cells:
        if cell.method != method.id:
            continue
        authorship = next(one for one in AUTHORSHIPS if one.id == cell.authors)
        again = coverage.cell(method, authorship, cell.n, FIRST, SHIPPED.seed, cell.p)
        assert again.first == pytest.approx(cell.first, rel=1e-6), "run `python -m benchmarks.coverage --write`"


def test_every_method_holds_the_truth_or_says_that_it_may_not() -> None:
    assert [cell for cell in SHIPPED.cells if not cell.held] == []
    assert all(cell.coverage >= LEAST for cell in SHIPPED.cells)
    found = {limit.name: limit for limit in limits([], None, simulated=SHIPPED)}
    assert len(found) == len(METHODS)
    assert all(limit.held for limit in found.values())
    low = replace(SHIPPED, cells=(replace(SHIPPED.cells[0], sound=0.92),))
    assert next(limits([], None, simulated=low)).held is False


def test_the_docs_print_what_ships() -> None:
    text = PAGE.read_text("utf-8")
    assert coverage.page(SHIPPED, text) == text


def test_what_is_written_can_be_read_back() -> None:
    assert coverage.dumped(SHIPPED) == KEPT.read_text("utf-8")


@pytest.mark.parametrize("authorship", AUTHORSHIPS, ids=lambda one: one.id)
def test_crowds_are_as_large_and_as_alike_as_they_claim(authorship: Authorship) -> None:
    made = crowd(authorship, 40_000)
    assert made.posts.sum() == pytest.approx(40_000, rel=0.05)
    shares = np.bincount(made.classes((0.5, 0.3, 0.2))) / made.posts.sum()
    assert shares == pytest.approx([0.5, 0.3, 0.2], abs=0.02)
    first, second = alike(made, made.normal()), alike(made, (made.classes((0.6, 0.4)) == 0).astype(float))
    assert (first, second) == pytest.approx((authorship.alike, authorship.alike), abs=0.06)


def alike(made: Crowd, values: np.ndarray) -> float:
    """Correlation of an author's first record with the second."""
    starts = np.cumsum(made.posts) - made.posts
    several = starts[made.posts > 1]
    if not several.size:
        return 0.0
    return float(np.corrcoef(values[several], values[several + 1])[0, 1])


@pytest.mark.parametrize("authorship", AUTHORSHIPS, ids=lambda one: one.id)
def test_the_truth_of_reach_is_that_of_a_crowd_without_end(authorship: Authorship) -> None:
    ratios = [reach_asymmetry(crowd(authorship, 60_000, seed)) for seed in range(6)]
    off = [np.log((trial.result.value or 0) / trial.truth) for trial in ratios]
    assert np.mean(off) == pytest.approx(0, abs=0.12)


def test_the_table_of_the_appendix_has_a_row_for_each_way_of_writing() -> None:
    shown = exhibit(Words())
    assert shown.table is not None
    assert len(shown.table.rows) == len(METHODS) * len(AUTHORSHIPS)
    first = next(cell for cell in SHIPPED.cells)
    assert shown.table.rows[0][:3] == ("Net promoter score", "each writes once", f"{100 * first.coverage:.1f}%")
    asymmetry = next(row for row in shown.table.rows if row[0] == "Reach asymmetry")
    assert asymmetry[2].endswith("°")
    assert not asymmetry[4].endswith("°")


def test_a_cell_that_misses_too_often_is_not_held_unless_directional() -> None:
    cell = Cell("m", "once", 30, 10, 0.9, 0.1, 1, 0, 0, 0, sound=0.9)
    assert not cell.held
    assert replace(cell, sound=None).held
