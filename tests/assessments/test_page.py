"""The page Assessments: sentences, rows, evidence and disagreement, made from an edition alone."""

from __future__ import annotations

from typing import Any

import pytest

from cxreport.model.assessment import Assessment
from cxreport.model.audit import Audit, Evidence, MeasureInfo, Meta
from cxreport.model.edition import Edition
from cxreport.model.result import Result
from cxreport.plugin.context import Brand, Company, Context, Options
from cxreport.render.words import Words
from cxreport.stages.edition import edition_of
from cxreport_plugins.assessments.saying import items, sentence, spread
from cxreport_plugins.assessments.section import Assessments

WORDS = Words()
RATE = Result(id="a.rate", dims={"channel": "x"}, value=0.5, low=0.4, high=0.6, n=200, concepts=("E07",))
WHOLE = Result(id="a.rate", value=0.4, low=0.3, high=0.5, n=300, concepts=("E07",))


def made(**keys: Any) -> Assessment:
    return Assessment.model_validate({"concept": "E07", "system": "S", **keys})


def edition(*assessments: Assessment, profile: Any = "client") -> Edition:
    audit = Audit(
        meta=Meta(title="t", client="c"), loads=(), waterfall=(), measures={"a.rate": (WHOLE, RATE)},
        infos={"a.rate": MeasureInfo(id="a.rate", title="Answered", concepts=("E07",))},
        evidence=(Evidence(id="abc", source_id="s", text="A reply at last"),), assessments=assessments,
    )  # fmt: skip
    return edition_of(audit, profile)


@pytest.fixture
def section() -> Assessments:
    return Assessments(Options(), Context(Brand(Company(name="B")), base=None))  # type: ignore[arg-type]


def rated(rating: int | None, *raters: int, **keys: Any) -> dict[str, Any]:
    given = [{"role": f"rater {i}", "rating": step} for i, step in enumerate(raters)]
    return {"rating": rating, "raters": given, "evidence": ["opinion"], **keys}


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (rated(2), "S: partial"),
        (rated(2, 2, 2), "S: partial"),
        (rated(2, 1, 3), "S: partial (raters: claimed to working)"),
        (rated(None, 1, 3), "S: raters differ, claimed to working"),
        ({"parts": [rated(1, title="A"), rated(3, title="B")]}, "S: weakest is “A”, at “claimed”"),
        ({"parts": [rated(1, title=name) for name in "AB"] + [rated(2, title="C")]}, "S: 2 of 3 no better than “claimed”"),
        ({"parts": [rated(1, title=name) for name in "AB"]}, "S: all 2 at “claimed”"),
        (rated(3, parts=[rated(0, title="A"), rated(None, 1, 2, title="B")]), "S: working; weakest is “A”, at “absent”"),
        ({"parts": [{"title": "A", "facts": {"owner": None}}, {"title": "B"}]}, "S: 2\u00a0entries; 1\u00a0fact is missing"),
        ({"parts": [{"title": t, "facts": {"minutes": 9}} for t in "AB"]}, "S: 2\u00a0entries in 18\u00a0minutes"),
    ],
)  # fmt: skip
def test_a_system_in_a_sentence(keys: dict[str, Any], said: str) -> None:
    assert sentence("S", items([made(**keys)]), WORDS) == said


def test_disagreement_is_a_range_and_never_a_mean() -> None:
    (item,) = items([made(**rated(2, 0, 3, 3))])
    assert spread(item, WORDS) == "0 to 3 (3\u00a0raters)"


def test_nothing_begun_no_page(section: Assessments) -> None:
    blank = made(parts=[{"title": "A", "facts": {"owner": None}}])
    assert not section.present(edition())
    assert not section.present(edition(blank))
    assert section.present(edition(made(rationale="A reason")))


def test_rows_tell_rating_range_confidence_and_grounds(section: Assessments) -> None:
    one = made(**rated(1, 1, 2, confidence="low"), parts=[{"title": "X", "facts": {"owner": None, "purpose": "care"}}])
    table = section.exhibits(edition(one), WORDS)[0].table
    assert table is not None
    assert table.columns == ("What", "Agreed", "Raters", "Confidence", "Rests on", "Owner", "Purpose")
    assert table.rows[0][1:] == ("1\u00a0claimed", "1 to 2 (2\u00a0raters)", "low", "opinion", "–", "–")
    assert table.rows[1] == ("X", "–", "–", "–", "–", "missing", "care")


def test_evidence_and_what_was_computed_stand_beside_the_rating(section: Assessments) -> None:
    links = ["measure:a.rate[channel=x]", "record:abc", "doc:a.pdf#p4"]
    one = made(rating=2, evidence=links, parts=[{"title": "P", "evidence": ["record:abc"]}])
    first, second = section.view(edition(one), WORDS).data["grounds"]["assessments.s"]
    assert [(link["text"], link["value"]) for link in first["links"]] == [
        ("Answered (X)", "50%"),
        ("Document a.pdf#p4", ""),
    ]
    assert [(link["href"], link["value"]) for link in first["computed"]] == [("methods.html#a.rate", "40%")]
    assert [quote["record"].text for quote in first["quotes"]] == ["A reply at last"]
    assert second["quotes"] == [{"record": None, "href": "#r-abc"}], "a record is quoted once on a page"
    assert second["computed"] == []


def test_systems_in_the_order_of_concepts_and_what_waits_last(section: Assessments) -> None:
    network = made(**rated(1), concept="E11", system="Network")
    steps = made(concept="A02", system="Steps", parts=[rated(2, title="One")])
    shown = section.exhibits(edition(network, steps), WORDS)
    assert [exhibit.heading for exhibit in shown] == ["Steps", "Network", "Not assessed"]
    assert shown[-1].title == "29\u00a0questions have not been assessed"
    view = section.view(edition(network, steps), WORDS)
    assert view.title == "2 of 31 questions that data alone cannot answer are assessed"
    assert "Nowhere do raters differ." in view.lede


def test_the_public_edition_names_nobody_and_links_to_no_record() -> None:
    one = made(
        **rated(2, 1, 3), facts={"owner": "A. Person", "purpose": "care"},
        next_step={"action": "Do", "owner": "A. Person"}, reviewed={"by": "A. Person", "on": "2026-01-01"},
        parts=[{"title": "P", "evidence": ["record:abc", "doc:person.pdf", "measure:a.rate"], "facts": {"owner": "A. Person"}}],
    )  # fmt: skip
    public = edition(one, profile="public")
    assert "Person" not in public.model_dump_json()
    assert public.assessments[0].parts[0].evidence == ("measure:a.rate",)
    assert public.withheld["links of assessments"] == 2
    assert public.assessments[0].range == (1, 3)
    assert edition(one).assessments == (one,), "a client sees all of it"
