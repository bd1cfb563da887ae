"""The edition is where privacy happens: small cells, verbatims, provenance, rounding."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cxreport.model.audit import Audit, Evidence, Load, Meta, Step
from cxreport.model.edition import Edition
from cxreport.model.predicate import Predicate
from cxreport.model.result import Result, not_testable
from cxreport.stages.behind import X_POSTS
from cxreport.stages.edition import edition_of

WHEN = datetime(2026, 3, 10, 14, 33, 7, tzinfo=UTC)


def result(n: int, n_authors: int | None = None, **more: object) -> Result:
    values = {"value": 0.5, "low": 0.4, "high": 0.6, **more}
    return Result(id="care.response_rate", n=n, n_authors=n_authors, method="Wilson", **values)  # type: ignore[arg-type]


def audit(*results: Result, evidence: tuple[Evidence, ...] = ()) -> Audit:
    return Audit(
        meta=Meta(title="t", client="c"),
        loads=(Load(source_id="tweets", file="data/x.jsonl", sha256="a" * 64, examples=("row 3: bad_date: x",)),),
        waterfall=(Step(id="read", title="Records read", excluded=3, left=1234),),
        measures={"care.response_rate": results},
        infos={},
        evidence=evidence,
        classes={"entity": {"brand": 900, "norda": 4}},
    )


def person(number: int, channel: str = "x") -> Evidence:
    return Evidence(
        id=f"{number:024}", source_id="s", channel=channel, text="…", created_at=WHEN, author="p", followers=9
    )


@pytest.mark.parametrize(("profile", "fewest"), [("internal", 1), ("client", 5), ("public", 10)])
def test_cells_of_too_few_people_are_hidden(profile: str, fewest: int) -> None:
    for people in range(1, 12):
        shown = edition_of(audit(result(40, people)), profile).results("care.response_rate")[0]  # type: ignore[arg-type]
        assert (shown.status == "hidden") == (people < fewest)
        if people < fewest:
            assert shown.value is shown.low is shown.high is None
            assert shown.n == 0


def test_without_a_count_of_people_the_base_counts() -> None:
    assert edition_of(audit(result(4)), "client").results("care.response_rate")[0].status == "hidden"
    assert edition_of(audit(result(5)), "client").results("care.response_rate")[0].status == "ok"


def test_what_is_not_testable_keeps_its_reason() -> None:
    absent = not_testable("care.response_rate", "an archive holds no customers' words", "mentions")
    assert edition_of(audit(absent), "public").results("care.response_rate")[0] == absent


def test_client_sees_days_not_instants_nor_people() -> None:
    record = edition_of(audit(evidence=(person(1),)), "client").evidence[0]
    assert record.created_at == datetime(2026, 3, 10, tzinfo=UTC)
    assert record.author == "person 1"
    assert record.followers is None
    assert edition_of(audit(evidence=(person(1),)), "internal").evidence[0] == person(1)


def test_public_shows_no_verbatims_and_rounds_counts() -> None:
    shown = edition_of(audit(result(43, 43), evidence=(person(1),)), "public")
    assert shown.evidence == ()
    assert shown.withheld["verbatims"] == 1
    assert shown.results("care.response_rate")[0].n == 45
    assert shown.waterfall[0].left % 5 == 0
    assert shown.loads[0].file == "tweets"
    assert shown.loads[0].examples == ()
    assert shown.classes == {"entity": {"brand": 900}}


def test_sentences_about_a_file_do_not_name_it_in_public() -> None:
    said = {
        "reason": "It is named x-of-ada.jsonl.",
        "notes": ("data/x-of-ada.jsonl is cut.", "a note"),
        "problem": "in a.js",
    }
    load = Load(source_id="tweets", file="data/x-of-ada.jsonl", member="a", **said)  # type: ignore[arg-type]
    whole = audit().model_copy(update={"loads": (load,)})
    shown = edition_of(whole, "public").loads[0]
    assert (shown.reason, shown.notes) == ("It is named tweets.", ("tweets is cut.", "a note"))
    assert shown.problem == "in a.js", "a short name would be found within other words"
    assert edition_of(whole, "client").loads == (load,)


def test_no_more_x_posts_than_x_allows() -> None:
    many = (*(person(n) for n in range(X_POSTS + 7)), person(99_999, "google"))
    shown = edition_of(audit(evidence=many), "client")
    assert sum(e.channel == "x" for e in shown.evidence) == X_POSTS
    assert shown.withheld == {"posts beyond X's limit": 7}
    assert shown.evidence[-1].channel == "google"


def test_editions_and_audits_survive_their_json() -> None:
    whole = audit(result(40, 40, population=Predicate(all=(("entity", "eq", "brand"),))), evidence=(person(1),))
    assert Audit.model_validate_json(whole.model_dump_json()) == whole
    shown = edition_of(whole, "client")
    assert Edition.model_validate_json(shown.model_dump_json()) == shown
    assert whole.digest() == Audit.model_validate_json(whole.model_dump_json()).digest()


def test_single_cases_lose_their_ids_and_in_public_disappear() -> None:
    case = result(700, 700, kind="table", value=None, low=None, high=None, rows=({"id": "abc", "followers": 410_000},))
    assert edition_of(audit(case), "internal").results("care.response_rate")[0].rows[0]["id"] == "abc"
    assert edition_of(audit(case), "client").results("care.response_rate")[0].rows == ({"followers": 410_000},)
    shown = edition_of(audit(case), "public")
    assert shown.results("care.response_rate")[0].rows == ()
    assert shown.withheld["single cases"] == 1


@pytest.mark.parametrize("unit", ["money", "hours"])
def test_what_rests_on_the_clients_own_figures_is_not_public(unit: str) -> None:
    stated = result(400, unit=unit, kind="range", value=None, rows=({"hour": 41},))
    for profile in ("internal", "client"):
        assert edition_of(audit(stated), profile).results("care.response_rate")[0] == stated
    gone = edition_of(audit(stated), "public")
    assert "41" not in gone.results("care.response_rate")[0].model_dump_json()
    assert gone.results("care.response_rate")[0].status == "hidden"
    assert gone.withheld["the client's own figures"] == 1
