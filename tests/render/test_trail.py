"""From numbers on pages to records: which cells of a table lead where, and what the evidence page says."""

from __future__ import annotations

from typing import Any

import polars as pl

from cxreport.model.audit import MeasureInfo
from cxreport.model.dossier import RECORD, Dossier, Selection, term_name
from cxreport.model.edition import Edition
from cxreport.model.predicate import Predicate, Term
from cxreport.model.result import Result
from cxreport.plugin.section import Exhibit, Table
from cxreport.render.evidence import LISTED, Evidence
from cxreport.render.records import RecordView
from cxreport.render.trail import Trail
from cxreport.render.words import Words
from tests.measures import make

INFO = MeasureInfo(id="themes.share", title="Share of texts")
THEMES = {"luggage": "Luggage", "crew": "Cabin crew"}


def about(theme: str) -> Term:
    return ("theme", "eq", theme)


def share(theme: str, value: float, n: int = 200, **more: Any) -> Result:
    return Result(
        id="themes.share", dims={"theme": theme}, value=value, n=n, population=Predicate(all=(about(theme),)), **more
    )


def edition(*results: Result, count: int = 60, rows: int = 0, barred: int = 0, profile: str = "client") -> Edition:
    """Each result has `count` records, of which the first `rows` are there."""
    terms = {term_name(term): True for result in results for term in result.population.all}
    frame = pl.DataFrame(
        [
            {"id": make.ident(i), "text": f"Text {i} [name]", "by_brand": False, "labels": [], **terms}
            for i in range(rows)
        ],
        schema={**RECORD, **dict.fromkeys(terms, pl.Boolean)},
    )
    names = [Selection(result.population.all).name for result in results]
    made = Dossier(frame, dict.fromkeys(names, count), {"themes": THEMES}, dict.fromkeys(names, barred))
    whole = make.edition({"themes.share": results}, infos={"themes.share": INFO})
    behind = {result.key: count for result in results}
    return whole.model_copy(update={"behind": behind, "dossier": made, "profile": profile})


def traced(*rows: tuple[str, ...], results: tuple[Result, ...]) -> dict[tuple[int, int], str]:
    """Place in a table → slug of the records it leads to."""
    table = Table(("Theme", *(f"c{i}" for i in range(len(rows[0]) - 1))), rows)
    trail = Trail(edition(*results), Words())
    found = trail.exhibit(Exhibit("themes.share", "T", "S", results=results, table=table))
    return {place: behind.slug for place, behind in found.cells.items()}


LUGGAGE, CREW = "themes-share-theme-luggage", "themes-share-theme-crew"


def test_the_base_of_a_row_leads_to_its_records() -> None:
    both = (share("luggage", 0.14), share("crew", 0.31, n=180))
    rows = (("Luggage", "14%", "12% to 16%", "n 200"), ("Cabin crew", "31%", "29% to 33%", "n\u00a0180"))
    assert traced(*rows, results=both) == {(0, 3): LUGGAGE, (1, 3): CREW}


def test_rows_with_the_same_figures_are_told_by_interval_or_by_name() -> None:
    alike = (share("luggage", 0.14, low=0.12, high=0.16), share("crew", 0.14, low=0.11, high=0.17))
    assert traced(("a", "14%", "11% to 17%", "200"), results=alike) == {(0, 3): CREW}
    assert traced(("Luggage", "14%", "200"), results=alike) == {(0, 2): LUGGAGE}
    assert traced(("b", "14%", "200"), results=alike) == {}, "it could be either"


def test_a_cell_with_value_and_base_leads_by_itself() -> None:
    both = (share("luggage", 0.14), share("crew", 0.31))
    assert traced(("X", "14% (n 200)", "31% (n 200)"), results=both) == {(0, 1): LUGGAGE, (0, 2): CREW}


def test_values_that_share_a_base_lead_each_by_itself() -> None:
    both = (share("luggage", 0.14), share("crew", 0.31))
    assert traced(("X", "14%", "31%", "n 200"), results=both) == {(0, 1): LUGGAGE, (0, 2): CREW}


def test_part_of_another_number_is_no_number() -> None:
    one = (share("luggage", 0.14),)
    for row in (("a", "114%", "200"), ("a", "14.5%", "200"), ("a", "14%", "1,200"), ("a", "14%", "200.5")):
        assert traced(row, results=one) == {}, row


def test_a_number_without_a_cell_is_still_led_to_its_records() -> None:
    results = (share("luggage", 0.14),)
    trail = Trail(edition(*results), Words())
    found = trail.exhibit(Exhibit("themes.share", "T", "S", results=results))
    assert [(told.name, told.behind.count) for told in found.rest] == [("Share of texts: Luggage", 60)]
    assert list(trail.used) == [LUGGAGE]


def test_results_with_the_same_records_share_one_list_and_others_never_an_address() -> None:
    twice = share("luggage", 0.14)
    same = twice.model_copy(update={"dims": {"theme": "luggage", "part": "again"}})
    clash = share("luggage!", 0.2)
    trail = Trail(edition(same, twice, clash), Words())
    assert trail.of(same) is trail.of(twice)
    assert [behind.slug for behind in trail.all.values()] == [LUGGAGE, f"{LUGGAGE}-2"]


def test_what_the_edition_does_not_count_has_no_link() -> None:
    hidden = share("luggage", 0.14, status="hidden")
    uncounted = edition(share("luggage", 0.14)).model_copy(update={"behind": {}})
    assert Trail(edition(hidden), Words()).of(hidden) is None
    assert Trail(uncounted, Words()).of(share("luggage", 0.14)) is None


def told(made: Edition, result: Result) -> tuple[str, str]:
    """What the page says of a number's records, and where it leads."""
    trail = Trail(made, Words())
    behind = trail.of(result)
    assert behind is not None
    return Evidence(made, trail, Words()).said(behind), behind.href


def test_the_page_says_how_many_there_are_and_why_not_all_are_shown() -> None:
    one = share("luggage", 0.14)
    said, href = told(edition(one, count=60, rows=60), one)
    assert said == "60 records stand behind it."
    assert href == f"evidence/{LUGGAGE}.html"
    said, _ = told(edition(one, count=60, rows=10, barred=30), one)
    assert "30 posts of X are not shown: the terms of X allow 500 in all." in said
    assert "20 lie beyond what this edition holds." in said
    assert said.endswith("10 can be read.")
    said, href = told(edition(one, count=60, profile="public"), one)
    assert said == "60 records stand behind it. This edition shows counts only."
    assert href == f"evidence.html#{LUGGAGE}"


def test_what_the_evidence_asks_beyond_the_base_is_said() -> None:
    base = Predicate(all=(about("luggage"),))
    late = share("luggage", 0.4, evidence=base.where(("answered_by_brand", "not_true", None)))
    made = edition(late, count=60, rows=5)
    counts = {Selection(late.evidence.all).name: 24} if late.evidence else {}
    made = made.model_copy(update={"dossier": Dossier(made.dossier.frame, counts), "behind": {late.key: 24}})
    said, _ = told(made, late)
    assert "They are those of its base of which this holds: answered by brand is not true." in said


def test_a_list_holds_the_fifty_with_the_smallest_ids_whatever_they_say() -> None:
    one = share("luggage", 0.14)
    made = edition(one, count=LISTED + 30, rows=LISTED + 30)
    trail = Trail(made, Words())
    trail.of(one)
    drawn: list[str] = []

    def draw(record: RecordView) -> str:
        drawn.append(record.id)
        return record.id

    [listed] = Evidence(made, trail, Words()).lists(draw)
    smallest = sorted(make.ident(i) for i in range(LISTED + 30))[:LISTED]
    assert sorted(drawn) == smallest
    assert len(listed.records) == LISTED
    assert "50 of them" in listed.chosen
