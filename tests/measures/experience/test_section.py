"""The section `experience`, from measured answers to sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import cxreport_plugins.experience
from cxreport.model.edition import Edition
from cxreport.render.catalogues import Texts
from cxreport.render.words import Words
from cxreport_plugins.experience.ces import Ces
from cxreport_plugins.experience.csat import Csat
from cxreport_plugins.experience.nps import Nps
from cxreport_plugins.experience.section import Experience
from cxreport_plugins.experience.stars import Stars
from tests.measures.make import edition, info, records, repeated, run, section

WORDS = Words()
MEASURES = (Nps, Csat, Ces, Stars)


def audit(*rows: dict[str, Any]) -> Edition:
    table = records(*rows)
    return edition({m.name: run(m, table) for m in MEASURES}, infos={m.name: info(m) for m in MEASURES})


@pytest.fixture(scope="module")
def whole() -> Edition:
    return audit(
        *repeated(150, nps_score=10, csat_value=5, csat_max=5, segment="gold"),
        *repeated(90, nps_score=3, csat_value=1, csat_max=5, segment="basic", ces_value=2, ces_max=7),
        *repeated(120, metric="stars", rating_value=5, rating_max=5, channel="google"),
        *repeated(60, metric="stars", rating_value=1, rating_max=5, channel="google"),
        *repeated(110, metric="stars", rating_value=2, rating_max=5, channel="trustpilot"),
        *repeated(40, metric="stars", rating_value=3, rating_max=10, channel="booking"),
    )


def test_the_heading_and_lede_are_the_score(whole: Edition) -> None:
    view = section(Experience).view(whole, WORDS)
    assert view.title == "Promoters outnumber detractors: the Net Promoter Score is +25"
    assert "62% answered 9 or 10, 0% answered 7 or 8, and 38% answered 0 to 6." in view.lede


def test_each_rating_has_an_exhibit_with_its_distribution(whole: Edition) -> None:
    exhibits = {e.id: e for e in section(Experience).exhibits(whole, WORDS)}
    assert list(exhibits) == [
        "experience.nps", "experience.nps_segment", "experience.csat_5", "experience.ces_2_7", "experience.stars",
        "experience.stars_booking_10",
    ]  # fmt: skip
    assert exhibits["experience.nps"].title == "38% of the answers are between 0 and 6"
    assert exhibits["experience.nps_segment"].title == "The Net Promoter Score runs from −100 (basic) to +100 (gold)"
    assert exhibits["experience.csat_5"].title == "62% gave one of the best two answers"
    assert exhibits["experience.stars"].title == "Mean ratings run from 2.00 on Trustpilot to 3.67 on Google reviews"
    table = exhibits["experience.stars"].table
    assert table is not None
    assert table.rows[0][0] == "Google reviews"
    assert table.rows[0][-1] == "n\u00a0180"


def test_figures_take_the_scale_with_most_answers(whole: Edition) -> None:
    kpis = {k.id: k for k in section(Experience).kpis(whole, WORDS)}
    assert kpis["experience.stars"].name == "Stars, Google reviews"
    assert kpis["experience.csat"].result.dims == {"scale": "5"}
    assert min(kpis.values(), key=lambda k: k.order).id == "experience.nps"


def test_the_finding_is_the_clear_level(whole: Edition) -> None:
    (finding,) = section(Experience).findings(whole, WORDS)
    assert finding.title == "There are more promoters than detractors: the Net Promoter Score is +25"
    balanced = audit(*repeated(80, nps_score=10), *repeated(75, nps_score=2))
    assert list(section(Experience).findings(balanced, WORDS)) == []
    assert section(Experience).view(balanced, WORDS).title.startswith("Promoters and detractors keep the balance")


def test_what_was_not_asked_is_said_with_what_it_needs() -> None:
    view = section(Experience).view(audit({}), WORDS)
    assert view.title == "No rating can be told from these exports"
    assert view.notes[0] == (
        "Net Promoter Score is not testable: no export holds answers to a recommendation question. "
        "It needs: a survey that asks for recommendation on 0 to 10."
    )
    kpis = section(Experience).kpis(audit({}), WORDS)
    assert {k.id for k in kpis} == {"experience.nps", "experience.stars"}
    assert all(k.order > 50 for k in kpis)


def test_stars_lead_where_nothing_was_asked() -> None:
    rated = audit(*repeated(60, metric="stars", rating_value=4, rating_max=5, channel="google"))
    assert section(Experience).view(rated, WORDS).title == "Customers give 4.00 of 5 on Google reviews"


def test_it_speaks_russian(whole: Edition) -> None:
    words = Words("ru", Texts("ru", [Path(cxreport_plugins.experience.__file__).parent]))
    said = []
    for one in (whole, audit({"text": "Fine"})):
        view = section(Experience).view(one, words)
        said += [view.title, view.lede, *view.notes]
        for exhibit in section(Experience).exhibits(one, words):
            table = exhibit.table
            assert table is not None
            said += [exhibit.title, exhibit.heading, exhibit.alt, exhibit.note, exhibit.source, *table.columns]
    assert not [text for text in said if re.search(r"[a-z]+ [a-z]+ [a-z]+", text)]
    assert section(Experience).view(whole, words).title == "Промоутеров больше, чем критиков: NPS равен +25"
