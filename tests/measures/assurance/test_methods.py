"""The method appendix and the glossary."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cxreport.model.edition import Edition
from cxreport.model.predicate import Predicate
from cxreport.render.words import Words
from cxreport.stages.behind import X_POSTS
from cxreport.stages.edition import RULES as EDITION_RULES
from cxreport_plugins.assurance.glossary import TERMS, Glossary
from cxreport_plugins.assurance.methods import PROFILES, Methods
from cxreport_plugins.assurance.plain import common, told
from cxreport_plugins.experience.nps import Nps
from cxreport_plugins.overview.volume import Volume
from tests.measures.make import edition, info, records, repeated, run, section

WORDS = Words()


@pytest.fixture(scope="module")
def made() -> Edition:
    table = records(*repeated(120, sentiment="positive"))
    measures = {m.name: run(m, table) for m in (Volume, Nps)}
    return edition(
        measures, infos={m.name: info(m) for m in (Volume, Nps)}, profile="client", withheld={"small cells": 3}
    )


def test_every_measure_stands_at_its_id_with_formula_source_and_base(made: Edition) -> None:
    view = section(Methods).view(made, WORDS)
    assert view.title == "1 of 2\u00a0measures can be told from this data"
    volume, nps = view.data["measures"]
    rows = dict(volume["rows"])
    assert (volume["id"], nps["id"]) == ("overview.volume", "experience.nps")
    assert rows["Base in this audit"] == "120\u00a0records, by 120\u00a0people"
    assert rows["Results"] == "3\u00a0results: 3 sound"
    assert volume["question"]
    assert {"Formula", "Interval", "Source", "Population", "Limits", "Cut by"} <= set(rows)
    assert dict(nps["rows"])["Base in this audit"] == "none: not testable"


def test_the_default_population_is_told_in_words(made: Edition) -> None:
    population = section(Methods).view(made, WORDS).data["population"]
    assert "a customer’s voice" in population
    assert "about the brand" in population


def test_what_is_not_testable_has_its_reason_and_need(made: Edition) -> None:
    simulated, exhibit = section(Methods).exhibits(made, WORDS)
    assert simulated.id == "methods.coverage"
    assert exhibit.title == "1\u00a0number is not testable, each for a reason"
    assert exhibit.table is not None
    assert exhibit.table.rows == (
        ("Net Promoter Score", "all", Nps.absence[0], Nps.absence[1]),
    )  # fmt: skip


def test_what_the_edition_withholds_is_told(made: Edition) -> None:
    lines = section(Methods).view(made, WORDS).data["privacy"]
    assert lines == [PROFILES["client"], "Withheld here: small cells, 3."]


def test_the_words_on_profiles_agree_with_the_profiles() -> None:
    assert f"fewer than {EDITION_RULES['client'].cell} people" in PROFILES["client"]
    assert f"{X_POSTS} posts" in PROFILES["client"]
    assert f"fewer than {EDITION_RULES['public'].cell} people" in PROFILES["public"]
    assert f"rounded to {EDITION_RULES['public'].round_to}" in PROFILES["public"]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (("customer_voice", "eq", True), "a customer’s voice"),
        (("csat_max", "eq", 5.0), "csat max is 5"),
        (("nps_score", "not_null", None), "nps score is known"),
        (("channel", "in", ("x", "google")), "channel is one of x and google"),
        (("created_at", "lt", datetime(2026, 7, 1, tzinfo=UTC)), "written before 1 July 2026"),
        (("created_at", "ge", "2025-07-01T00:00:00Z"), "written from 1 July 2025 on"),
        (("verified_purchase", "eq", True), "verified purchase is yes"),
    ],
)
def test_terms_in_words(term: tuple[str, str, object], expected: str) -> None:
    assert told(term, WORDS) == expected


def test_what_populations_have_in_common() -> None:
    base = Predicate().where(("entity", "eq", "brand"))
    one, two = base.where(("channel", "eq", "x")), base.where(("moment", "eq", "smot"))
    assert common([one, two]) == (("entity", "eq", "brand"),)
    assert common([base, one]) == (("entity", "eq", "brand"),)
    rivals = Predicate(all=(("entity", "eq", "norda"),))
    assert common([one, rivals, two]) == (("entity", "eq", "brand"),), "a measure of its own changes nothing"
    assert common([]) == ()


def test_an_empty_audit_has_an_appendix() -> None:
    page = section(Methods)
    assert page.view(edition(), WORDS).title == "Nothing was measured"
    assert list(page.exhibits(edition(), WORDS)) == []


def test_the_glossary_is_sorted_and_explains_the_marks() -> None:
    terms = section(Glossary).view(edition(), WORDS).terms
    assert [t.casefold() for t, _ in terms] == sorted(t.casefold() for t in TERMS)
    assert {"NPS", "Net sentiment", "ZMOT", "Shared", "Not testable", "Directional"} <= set(TERMS)
