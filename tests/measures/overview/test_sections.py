"""The sections `data` and `channels`: sentences against the values they are made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from cxreport.model.audit import Load, Step
from cxreport.model.result import Result
from cxreport.render.words import Words
from cxreport_plugins.overview.channels import Channels
from cxreport_plugins.overview.data import Data
from cxreport_plugins.overview.ledger import MOST_FILES
from tests.measures.make import edition, result, section

WORDS = Words()
NSS, VOLUME = "overview.sentiment", "overview.volume"
STEPS = (
    Step(id="read", title="Records read", excluded=0, left=1000),
    Step(id="brand", title="Written by a brand", excluded=150, left=850),
    Step(id="entity", title="About a rival, or nobody we know", excluded=50, left=800),
)


def channel(name: str, value: float, half: float, n: int = 500) -> Result:
    return result(NSS, value, value - half, value + half, n, channel=name)


def heading(*results: Result) -> str:
    return section(Channels).view(edition({NSS: results, VOLUME: ()}), WORDS).title


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ((channel("x", -30, 5), channel("survey", 20, 5)), "Survey sounds best of all channels (+20), X worst (−30)"),
        ((channel("x", -30, 5), channel("chat", 5, 9), channel("survey", 10, 9)),
         "X sounds worst of all channels: net sentiment −30"),
        ((channel("x", -30, 9), channel("chat", -20, 9), channel("survey", 30, 9)),
         "Survey sounds best of all channels: net sentiment +30"),
        ((channel("x", -30, 9), channel("chat", -15, 12), channel("survey", 0, 9)),
         "Net sentiment differs by channel, from −30 (X) to 0 (Survey)"),
        ((channel("x", -30, 20), channel("survey", 0, 20)), "The channels do not clearly differ in net sentiment"),
        ((channel("x", -30, 5), channel("survey", 60, 5, 29)),
         "Net sentiment is −30 on X, the only channel with enough records"),
        ((), "No channel has enough scored records to compare"),
    ],
)  # fmt: skip
def test_the_heading_claims_only_what_intervals_allow(results: Sequence[Result], expected: str) -> None:
    assert heading(*results) == expected


def test_findings_need_a_hundred_records_and_a_clear_difference() -> None:
    def found(*results: Result) -> list[str]:
        return [f.id for f in section(Channels).findings(edition({NSS: results}), WORDS)]

    level = result(NSS, -20, -25, -15, 900)
    assert found(level, channel("x", -30, 5), channel("survey", 20, 5)) == ["channels.level", "channels.gap"]
    assert found(result(NSS, -2, -6, 3, 900), channel("x", -30, 30), channel("survey", 0, 30)) == []
    small = result(NSS, -20, -25, -15, 60, facts={"status": "small_base"})
    assert (
        found(small, channel("x", -30, 5), channel("survey", 20, 5, 60).model_copy(update={"status": "small_base"}))
        == []
    )


def test_the_level_finding_tells_value_interval_base_and_shares() -> None:
    shares = [result(NSS, v, v - 0.02, v + 0.02, 900, facts={"unit": "share"}, sentiment=s)
              for s, v in (("negative", 0.5), ("neutral", 0.2), ("positive", 0.3))]  # fmt: skip
    (finding,) = section(Channels).findings(edition({NSS: [result(NSS, -20, -25, -15, 900), *shares]}), WORDS)
    assert finding.title == "Customers say more bad than good of Meridian Air: net sentiment −20"
    assert finding.text == (
        "Net sentiment is −20 (−25 to −15, n\u00a0900): "
        "50% of the scored records are negative, 20% neutral and 30% positive."
    )
    assert finding.weight == pytest.approx(0.2)


def test_the_figure_is_net_sentiment_even_when_it_is_not_testable() -> None:
    lacking = result(NSS, None, facts={"status": "not_testable", "reason": "no record has a sentiment"})
    (kpi,) = section(Channels).kpis(edition({NSS: [lacking]}), WORDS)
    assert (kpi.id, kpi.page, kpi.result.testable) == (NSS, "channels.html", False)


def test_hidden_channels_stay_in_the_exhibit_without_a_number() -> None:
    hidden = result(NSS, None, n=0, facts={"status": "hidden", "reason": "fewer than 5 people"}, channel="phone")
    exhibits = section(Channels).exhibits(edition({NSS: [channel("x", -30, 5), hidden]}), WORDS)
    assert exhibits[0].table is not None
    assert exhibits[0].table.rows[-1] == ("Phone", "Hidden", "fewer than 5 people", "")


def test_months_speak_only_of_clear_changes() -> None:
    def title(*values: tuple[str, float]) -> str:
        results = [result(NSS, v, v - 8, v + 8, 90, month=m) for m, v in values]
        return section(Channels).exhibits(edition({NSS: results}), WORDS)[-1].title

    assert title(("2026-01", -5), ("2026-02", 5)) == "Net sentiment did not clearly change from month to month"
    moved = title(("2026-01", -5), ("2026-02", 5), ("2026-03", -40))
    assert moved == "Net sentiment moved between +5 in February 2026 and −40 in March 2026"


def test_many_records_without_a_sentiment_are_a_limit() -> None:
    def limits(left: int) -> int:
        unscored = result(NSS, left, n=100, facts={"kind": "count", "unit": "records"}, sentiment="unscored")
        return len(section(Channels).limits(edition({NSS: [unscored]}), WORDS))

    assert (limits(9), limits(10)) == (0, 1)


def test_the_data_page_says_how_many_are_left_and_what_went() -> None:
    made = edition(waterfall=STEPS, loads=[Load(source_id="tweets", file="tweets.csv", rows_read=1000, records=1000)])
    page = section(Data)
    assert page.view(made, WORDS).title == "800 of 1,000\u00a0records are customers speaking about Meridian Air"
    waterfall, ledger = page.exhibits(made, WORDS)
    assert waterfall.title == "80% of the records read are measured; the largest exclusion is “Written by a brand”, 150"
    assert waterfall.table is not None
    assert waterfall.table.rows[1] == ("Written by a brand", "150", "850")
    assert ledger.title == "1\u00a0file gave 1,000\u00a0records, and no row was rejected"


def test_an_empty_audit_still_has_its_data_page() -> None:
    page = section(Data)
    assert page.view(edition(), WORDS).title == "No record was read"
    assert list(page.exhibits(edition(), WORDS)) == []


def test_rejects_failures_frames_and_licences_are_told() -> None:
    loads = [
        Load(source_id="tweets", file="t.csv", rows_read=12, records=9, rejected={"too_many_cells": 3},
             examples=("row 7: too_many_cells: 12 cells, 9 columns",), licence="CC BY 4.0"),
        Load(source_id="stores", file="s.json", records=5, frame="capped"),
        Load(source_id="broken", file="b.bin", problem="it is no text"),
    ]  # fmt: skip
    made, page = edition(loads=loads, waterfall=STEPS), section(Data)
    view = page.view(made, WORDS)
    assert "1\u00a0file could not be read and is named below" in view.lede
    assert view.data["files"][0]["reasons"] == [("rejected: too many cells", "3")]
    assert any("CC BY 4.0" in note for note in view.notes)
    assert any("holds only a part" in limit for limit in page.limits(made, WORDS))
    ledger = page.exhibits(made, WORDS)[1]
    assert ledger.title == "3\u00a0files gave 14\u00a0records; 3 rows were rejected, each for a reason"
    assert ledger.table is not None
    assert ledger.table.rows[2][1] == "not read: it is no text"


def test_many_files_are_shown_by_source() -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    loads = [
        Load(source_id="tweets", file=f"{i}.csv", records=2, date_min=day, date_max=day) for i in range(MOST_FILES + 1)
    ]
    ledger = section(Data).exhibits(edition(loads=loads, waterfall=STEPS), WORDS)[1]
    assert ledger.table is not None
    (row,) = ledger.table.rows
    assert row[0] == f"tweets ({MOST_FILES + 1}\u00a0files)"
    assert row[3] == str(2 * (MOST_FILES + 1))


def test_of_many_files_those_not_read_have_a_row_of_their_own() -> None:
    told = [("", 4_000, "App Store"), ("", 900, "Trustpilot"), ("it is empty.", 7, ""), ("it is a PDF.", 3, "")]
    loads = tuple(
        Load(source_id="reviews", file=f"{number}.csv", records=int(not problem), system_title=title, problem=problem)
        for problem, count, title in told
        for number in range(count)
    )
    exhibit = section(Data).exhibits(edition(loads=loads, waterfall=STEPS), WORDS)[1]
    assert exhibit.table is not None
    assert [row[:2] for row in exhibit.table.rows] == [
        ("reviews (4,000\u00a0files)", "App Store"),
        ("reviews (900\u00a0files)", "Trustpilot"),
        ("reviews (10\u00a0files)", "not read, each for a reason that is told below"),
    ]


def test_languages_and_companies_have_names() -> None:
    made = edition(classes={"lang": {"en": 999, "ru": 1}, "entity": {"brand": 600, "norda": 300, "unknown": 100}})
    languages, companies = section(Data).exhibits(made, WORDS)
    assert languages.title == "Nearly all of the records read are in English"
    assert companies.title == "60% of the records read are about Meridian Air"
    assert companies.table is not None
    assert companies.table.rows[2][0] == "Nobody we know"
