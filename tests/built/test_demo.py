"""The demo's pages are there and tell the planted story: figures of site/audit.json beside those of truth.json."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any

import pytest

from cxreport.model.answers import answers
from cxreport.model.result import Result
from cxreport.render.words import Words

from .demo import Demo, shown

REPLIES = 176 + 136 + 18 + 20 + 12
"""Replies of the airline to reviews: Trustpilot, Google, and three months of Google Play."""


def near(planted: float, tolerance: float) -> Any:
    return pytest.approx(planted, abs=tolerance)


# ---- the site


def test_every_page_is_there_and_leads_to_every_other(demo: Demo) -> None:
    assert {path.name for path in demo.site.glob("*.html")} == {*demo.pages, "404.html"}
    for page in demo.pages:
        markup = (demo.site / page).read_text("utf-8")
        assert [other for other in demo.pages if f'href="{other}"' not in markup] == [], page
        assert markup.count("<h1") == 1, page
        assert markup.count('aria-current="page"') >= 1, page


def test_the_site_carries_its_manifest_and_what_github_pages_needs(demo: Demo) -> None:
    manifest = json.loads((demo.site / "cxreport.json").read_text("utf-8"))
    have = {p.relative_to(demo.site).as_posix() for p in demo.site.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == have - {"cxreport.json"}
    assert (demo.site / ".nojekyll").read_bytes() == b""
    assert manifest["audit"] == demo.audit["audit"] == demo.built.audit.digest()


def test_the_site_is_small(demo: Demo) -> None:
    pages = [path.stat().st_size for path in demo.site.glob("*.html")]
    lists = [path.stat().st_size for path in (demo.site / "evidence").glob("*.html")]
    assert sum(pages) < 2_000_000
    assert max(lists) < 60_000
    assert demo.built.report.bytes - sum(lists) < 10_000_000, (
        "the records, the edition as JSON and Vega hold most of it"
    )
    assert demo.built.report.problems == ()


def test_no_plugin_complains(demo: Demo) -> None:
    assert [str(problem) for problem in demo.plan.warnings] == []


@pytest.mark.parametrize(
    ("page", "measure", "dims"),
    [
        ("experience.html", "experience.nps", {}),
        ("experience.html", "experience.stars", {"channel": "google", "scale": "5"}),
        ("note-story.html", "experience.nps", {}),
        ("service.html", "care.response_rate", {"channel": "x"}),
        ("channels.html", "overview.sentiment", {"channel": "x"}),
        ("journey.html", "journey.moments", {"moment": "smot"}),
        ("scorecard.html", "experience.nps", {}),
        ("scorecard.html", "overview.sentiment", {}),
    ],
)
def test_pages_print_the_numbers_of_the_audit(demo: Demo, page: str, measure: str, dims: dict[str, str]) -> None:
    words, result = Words(), Result.model_validate(demo.result(measure, **dims))
    text = demo.text(page).replace(" %", "%")
    for figure in (words.value(result), words.interval(result), words.base(result.n)):
        assert shown(figure) in text


# ---- the ledger


def test_every_file_is_read(demo: Demo) -> None:
    assert [load["file"] for load in demo.audit["loads"] if load["problem"]] == []
    read = {load["file"].removeprefix("examples/meridian/") for load in demo.audit["loads"]}
    assert read == {file["path"] for file in demo.truth["files"]}


def test_the_ledger_counts_the_rows_that_were_planted(demo: Demo) -> None:
    for file in demo.truth["files"]:
        load = demo.load(file["path"])
        rows = load["rows_read"] - sum(load["skipped"].values()) - load["rejected"].get("broken", 0)
        assert rows == file.get("rows_in_data", file["records"]), file["path"]


def test_rejects_are_exactly_the_planted_ones_and_explained(demo: Demo) -> None:
    rejected = {load["file"].split("/")[-1]: load["rejected"] for load in demo.audit["loads"] if load["rejected"]}
    assert rejected == {
        "2025-11.jsonl": {"broken": 1, "not_a_post": 1},
        "google-reviews.json": {"no_content": 1},
    }
    for load in demo.audit["loads"]:
        assert len(load["examples"]) == len(load["rejected"])
        for code, example in zip(sorted(load["rejected"]), load["examples"], strict=True):
            where, named, what = example.split(": ", 2)
            assert where.startswith("row ")
            assert (named, bool(what)) == (code, True)


def test_every_planted_mistake_is_told_where_its_file_stands(demo: Demo) -> None:
    """A row that lost its date, its rating or its id is kept, and the ledger says so; so are columns not mapped."""
    for file in demo.truth["files"]:
        load = demo.load(file["path"])
        told = sum(load["rejected"].values()) + sum(load["warnings"].values())
        unread = [f for f in file["faults"] if f["what"].startswith("score") and "score" in " ".join(load["notes"])]
        assert told >= len(file["faults"]) - len(unread), (file["path"], load["rejected"], load["warnings"])


def test_trials_of_a_survey_are_left_out_and_counted(demo: Demo) -> None:
    skipped = demo.load("post-flight-nps.csv")["skipped"]
    assert sum(skipped.values()) == demo.facts("post-flight-nps.csv")["preview_and_test_rows_to_drop"] == 2


# ---- from records read to records measured


def test_records_read_are_all_that_was_planted_and_each_once(demo: Demo) -> None:
    x, by_channel = demo.truth["x"]["files"], demo.truth["totals"]["by_channel"]
    others = sum(n for channel, n in by_channel.items() if channel != "x")
    no_content, edited_again = 1, 1
    planted = x["distinct_ids"] + x["parents_only_in_includes"] + others + REPLIES - no_content - edited_again
    assert demo.audit["waterfall"][0]["left"] == planted


def test_the_waterfall_adds_up_and_ends_where_the_measures_begin(demo: Demo) -> None:
    steps = demo.audit["waterfall"]
    for before, after in pairwise(steps):
        assert before["left"] - after["excluded"] == after["left"]
    whole = demo.result("overview.volume")["value"]
    assert steps[-1]["left"] == whole
    for dim in ("channel", "month"):
        parts = [r["value"] for r in demo.results("overview.volume") if list(r["dims"]) == [dim]]
        assert sum(parts) == whole


def test_exclusions_are_the_planted_ones(demo: Demo) -> None:
    excluded = {step["id"]: step["excluded"] for step in demo.audit["waterfall"]}
    roles, x = demo.truth["x"]["posts_by_role"], demo.truth["x"]
    brands = ("meridian.announcement", "meridian.answer", "norda.announcement", "norda.answer")
    assert excluded["context"] == x["files"]["parents_only_in_includes"]
    assert excluded["brand"] == sum(roles[role] for role in brands) + REPLIES
    assert excluded["repost"] == roles["customer.repost"]
    assert excluded["voice"] == near(sum(x["not_customer_voice"].values()), 18)
    assert excluded["entity"] == near(x["about"]["norda"], 60)
    undated = ("2025-11.jsonl", "trustpilot", "post-flight-nps.csv", "service-ces.csv", "calls.csv")
    assert excluded["period"] == len(undated)


@pytest.mark.parametrize("channel", ["app_store", "google", "google_play", "phone", "survey", "trustpilot"])
def test_records_per_channel(demo: Demo, channel: str) -> None:
    planted = demo.truth["totals"]["by_channel"][channel]
    measured = demo.result("overview.volume", channel=channel)["value"]
    assert planted * 0.92 <= measured <= planted


# ---- ratings


def test_net_promoter_score(demo: Demo) -> None:
    facts, whole = demo.facts("post-flight-nps.csv"), demo.result("experience.nps")
    assert whole["n"] == facts["answers"]
    assert round(whole["value"], 1) == facts["nps"]
    for group in ("promoter", "detractor"):
        share = demo.result("experience.nps", group=group)
        assert round(share["value"] * share["n"]) == facts[f"{group}s"]
    low, high = whole["low"], whole["high"]
    assert low < facts["nps"] < high < demo.audit["meta"]["targets"]["experience.nps"]


def test_parts_of_the_journey_weigh_what_was_planted(demo: Demo) -> None:
    planted = demo.facts("post-flight-nps.csv")["drivers"]
    assert demo.result("drivers.importance", source_id="nps", part="explained")["n"] == planted["complete_answers"]
    for part, weight in planted["parts"].items():
        found = demo.result("drivers.importance", source_id="nps", topic=part)
        assert found["low"] <= weight <= found["high"], part
    heading = "Information on the day and Punctuality weigh more than other parts, and are rated lower"
    assert heading in demo.text("drivers.html")


def test_satisfaction_and_effort(demo: Demo) -> None:
    satisfied = demo.result("experience.csat", scale="5")
    assert satisfied["value"] == near(demo.facts("post-flight-nps.csv")["csat_top2"], 0.002)
    service, booking = demo.facts("service-ces.csv"), demo.facts("booking.csv")
    answers = service["records"] + booking["records"]
    mean = demo.result("experience.ces", part="mean", scale="7", version="2.0")
    pooled = (service["ces_mean"] * service["records"] + booking["ease_mean"] * booking["records"]) / answers
    assert mean["value"] == near(pooled, 0.02)
    easy = demo.result("experience.ces", source_id="booking", scale="7", version="2.0")
    hard = demo.result("experience.ces", source_id="ces", scale="7", version="2.0")
    assert easy["low"] > hard["high"], "booking is easy, a contact with the airline is not"


@pytest.mark.parametrize(
    ("channel", "names"),
    [
        ("google", ("google-reviews.json",)),
        ("trustpilot", ("trustpilot-meridianair.csv",)),
        ("app_store", ("app-store-rss-gb.json",)),
        ("google_play", ("202601.csv", "202603.csv", "202605.csv")),
    ],
)
def test_stars(demo: Demo, channel: str, names: tuple[str, ...]) -> None:
    facts = [demo.facts(name) for name in names]
    planted = sum(f["mean_stars"] * f["records"] for f in facts) / sum(f["records"] for f in facts)
    stars = demo.result("experience.stars", channel=channel, scale="5")
    assert stars["value"] == near(planted, 0.05)
    shares = [demo.result("experience.stars", channel=channel, scale="5", score=str(k))["value"] for k in range(1, 6)]
    assert sum(shares) == pytest.approx(1)
    assert sum(k * share for k, share in enumerate(shares, 1)) == pytest.approx(stars["value"])


def test_the_quiet_majority_is_kinder_than_x(demo: Demo) -> None:
    google = demo.result("overview.sentiment", channel="google")
    survey = demo.result("overview.sentiment", channel="survey")
    loud = demo.result("overview.sentiment", channel="x")
    assert google["low"] > 0
    assert survey["low"] > 0 > loud["high"]


# ---- the journey


def test_the_promise_is_liked_and_the_flight_breaks(demo: Demo) -> None:
    planted = demo.truth["x"]["sentiment_by_moment"]
    moments = ("stimulus", "zmot", "fmot", "smot")
    found = {m: demo.result("journey.matrix", channel="x", moment=m) for m in moments}
    for moment, facts in planted.items():
        assert found[moment]["value"] == near(facts["net"], 20), moment
    assert found["stimulus"]["low"] > 20
    assert found["zmot"]["low"] > 20
    assert found["smot"]["high"] < min(found[m]["low"] for m in ("stimulus", "zmot", "fmot"))
    assert demo.result("overview.sentiment", channel="x")["value"] == near(
        demo.truth["x"]["sentiment"]["meridian"]["net"], 20
    )


def test_the_outage_the_puppet_and_the_recovery_stand_out_of_the_months(demo: Demo) -> None:
    volume = {r["dims"]["month"]: r["value"] for r in demo.results("overview.volume") if "month" in r["dims"]}
    assert sorted(volume, key=lambda month: -volume[month])[:2] == ["2026-01", "2026-03"]
    mood = {r["dims"]["month"]: r for r in demo.results("overview.sentiment") if list(r["dims"]) == ["month"]}
    assert sorted(mood, key=lambda month: mood[month]["value"])[:2] == ["2026-03", "2026-01"]
    worst_after = min(mood[m]["low"] for m in ("2026-04", "2026-05", "2026-06"))
    best_before = max(mood[m]["value"] for m in mood if m < "2026-04")
    assert worst_after > best_before


# ---- the answers


def test_answer_rates_of_the_brand_and_its_rival(demo: Demo) -> None:
    planted = demo.truth["x"]["answers"]
    own = demo.result("care.response_rate", channel="x")
    rival = demo.result("care.response_rate", channel="x", entity="norda")
    assert own["low"] - 0.01 < planted["meridian"]["rate"] < own["high"] + 0.01
    assert rival["low"] < planted["norda"]["rate"] < rival["high"]
    assert own["high"] < rival["low"]


def test_answers_come_more_often_from_april(demo: Demo) -> None:
    months = [r for r in demo.results("care.response_rate") if list(r["dims"]) == ["month"]]
    assert len(months) == 12

    def rate(chosen: list[dict[str, Any]]) -> float:
        return float(sum(r["value"] * r["n"] for r in chosen) / sum(r["n"] for r in chosen))

    before = [r for r in months if r["dims"]["month"] < "2026-04"]
    after = [r for r in months if r["dims"]["month"] >= "2026-04"]
    assert rate(after) > rate(before) + 0.12
    assert months[-1]["low"] > max(r["high"] for r in before if r["dims"]["month"] in ("2026-01", "2026-03"))


def test_who_was_never_answered_is_not_left_out_of_the_waiting(demo: Demo) -> None:
    median = demo.result("care.first_response_time")
    answered = demo.result("care.first_response_time", answered_only="median")
    assert median["value"] is None, "fewer than half were ever answered"
    assert median["low"] > answered["high"]


def test_the_viral_complaint_is_the_first_case_of_the_page_on_reach(demo: Demo) -> None:
    planted = demo.truth["x"]["viral"]
    case = demo.result("network.loudest_unanswered")["rows"][0]
    assert case["channel"] == "x"
    assert case["month"] == planted["created_at"][:7]
    assert case["followers"] == pytest.approx(planted["followers"], rel=0.05)
    assert case["reposts"] == pytest.approx(planted["reposts_counted_by_x"], rel=0.05)
    assert case["hours"] == near(planted["hours_to_first_answer"], 0.1)
    bounds = demo.result("network.potential_reach")
    assert bounds["low"] == pytest.approx(planted["followers"], rel=0.05), "nobody wrote who has more followers"
    assert bounds["kind"] == "range"
    for page in ("reach.html", "index.html"):
        assert "410,000 followers" in demo.text(page)
        assert "33.4 hours" in demo.text(page)


# ---- what is said


def test_the_summary_tells_the_story(demo: Demo) -> None:
    text = demo.text("index.html")
    for said in (
        "never get an answer", "Net sentiment points down from +", "a direction, not a test", "Net Promoter Score",
        "410,000 followers", "What we cannot say", "Misses the target of +30",
    ):  # fmt: skip
        assert said in text, said
    assert text.count("Finding ") >= 5


def test_moments_are_read_too_often_wrongly_to_be_tested_and_still_tell_the_story(demo: Demo) -> None:
    card = demo.built.audit.card
    assert card is not None
    [moments] = [one for one in card.accuracy if one.field == "moment" and not one.scorer]
    assert (moments.precision_low["zmot"] or 0) < 0.6
    assert {demo.result("journey.moments", moment=m)["status"] for m in ("stimulus", "zmot", "fmot", "smot")} == {
        "directional"
    }
    assert "Net sentiment points down from +" in demo.text("journey.html")
    assert "Moments by channel point to X, once customers use it" in demo.text("heatmap.html")
    for page in ("journey.html", "heatmap.html"):
        assert "may be right, 60% is needed" in demo.text(page), page


def test_the_summary_links_to_the_evidence_of_each_finding(demo: Demo) -> None:
    markup = (demo.site / "index.html").read_text("utf-8")
    findings = markup.split('<li class="finding"')[1:]
    assert len(findings) == 5
    for finding in findings:
        assert re.search(r'href="\w+\.html#[\w-]+"', finding)


def test_the_consultants_page_holds_its_number_and_its_chart(demo: Demo) -> None:
    markup = (demo.site / "note-story.html").read_text("utf-8")
    assert "{{" not in markup
    assert "cxreport-slot" not in markup
    assert markup.count("<figure") == 1
    assert markup.count("<svg") == 2
    assert 'href="methods.html#care.response_rate"' in markup


def test_nothing_is_unmeasured_without_a_reason(demo: Demo) -> None:
    for results in demo.audit["measures"].values():
        for result in results:
            if result["kind"] == "estimate" and result["value"] is None:
                assert result["reason"], result
            elif result["kind"] == "estimate" and result["low"] is None:
                assert result["level"] is None or "census" in result["method"], result
            elif result["kind"] == "estimate":
                assert result["low"] <= result["value"] <= result["high"]
                assert result["n"] > 0
                assert result["method"], result


def test_nearly_every_question_of_the_two_books_is_answered(demo: Demo) -> None:
    found = answers(demo.plan.infos(), demo.built.audit)
    assert len(found) == 99
    computed = [answer for answer in found if answer.kind != "judge"]
    assert sum(answer.status in ("ok", "small_base") for answer in computed) >= 80
    for answer in found:
        assert answer.answered or (answer.reason and answer.needs), answer.id


# ---- what people coded


def test_the_coded_sheet_is_about_records_of_the_demo(demo: Demo) -> None:
    card = demo.built.audit.card
    assert card is not None
    assert (card.records, card.unknown, card.coders) == (540, 0, 2)
    alphas = {(one.field, one.level): one.alpha or 0 for one in card.agreement}
    assert alphas["sentiment", "ordinal"] > alphas["sentiment", "nominal"] > 0.7, "they slip, and rarely by much"


def test_the_accuracy_page_tells_what_the_coders_found(demo: Demo) -> None:
    page = shown((demo.site / "accuracy.html").read_text("utf-8"))
    assert re.search(r"Sentiment is read as people read it in \d\d% of texts", page)
    assert "540 records coded by 2 people" in page.replace("\u00a0", " ")
    assert "Tomek" not in page


def test_sections_tell_only_findings_that_they_name(demo: Demo) -> None:
    for section in demo.plan.sections:
        told = [finding.id for finding in section.findings(demo.built.edition, Words())]
        assert [ident for ident in told if not any(fnmatchcase(ident, one) for one in section.tells)] == []


def test_recommendations_lead_from_findings_to_measures(demo: Demo) -> None:
    advice = demo.built.edition.recommendations
    assert advice is not None
    page = demo.text("recommendations.html")
    assert f"{len(advice.recommendations)} steps follow from the findings" in page
    assert "does not bear out" not in page, "every finding is one of this audit"
    assert all(one.title in page and one.measured in page for one in advice.recommendations)
    assert "expected changes are large enough for an audit of this size to tell" in page
