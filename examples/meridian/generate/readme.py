"""README.md, with the figures of ``truth.json`` filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .earlier import COUNTED
from .play import PACKAGE

TEMPLATE = Path(__file__).with_name("readme.md")
_MONTHS_BEFORE = 9


def readme(truth: Mapping[str, Any]) -> str:
    """The page of the example."""
    x, totals = truth["x"], truth["totals"]
    slots = {
        "records": _count(totals["records"]),
        "distinct": _count(totals["distinct_texts"]),
        "hostile": str(totals["hostile_cells"]),
        "faults": str(totals["faults"]),
        **_contents({file["path"]: file for file in truth["files"]}),
        **_x(x),
        **_answers(x["answers"]),
        **_then_and_now(truth),
    }
    return TEMPLATE.read_text(encoding="utf-8").format_map(slots)


def _contents(files: Mapping[str, Any]) -> dict[str, str]:
    reviews, surveys = "data/reviews", "data/surveys"
    trustpilot = files[f"{reviews}/trustpilot-meridianair.csv"]
    google = files[f"{reviews}/google-reviews.json"]
    flight, service = files[f"{surveys}/post-flight-nps.csv"], files[f"{surveys}/service-ces.csv"]
    booking = files[f"{surveys}/booking.csv"]
    play = [files[f"{reviews}/reviews_{PACKAGE}_2026{month}.csv"] for month in ("01", "03", "05")]
    return {
        "trustpilot": _count(trustpilot["records"]),
        "trustpilot_replies": _count(trustpilot["company_replies"]),
        "google": _count(google["records"]),
        "google_replies": _count(google["owner_replies"]),
        "play": " + ".join(_count(file["records"]) for file in play),
        "stars_play": _list(f"{file['mean_stars']:.2f}" for file in play),
        "app_store": _count(files[f"{reviews}/app-store-rss-gb.json"]["records"]),
        "flight": _count(flight["records"]),
        "service": _count(service["records"]),
        "booking": _count(booking["records"]),
        "calls": _count(files["data/calls.csv"]["records"]),
        "ease": f"{booking['ease_mean']:.2f}",
        "effort": _list(f"{service[key]:.2f}" for key in ("ces_mean_before_april", "ces_mean_from_april")),
        "quiet": _list([_signed(flight["nps"]), f"{google['mean_stars']:.2f}", f"{trustpilot['mean_stars']:.2f}"]),
    }


def _x(x: Mapping[str, Any]) -> dict[str, str]:
    files, languages, viral = x["files"], x["languages"], x["viral"]
    refunds = list(x["refund_complaints"].values())
    before, after = refunds[:_MONTHS_BEFORE], refunds[_MONTHS_BEFORE:]
    return {
        "posts": _count(files["distinct_ids"]),
        "again": _count(files["same_id_again"]),
        "context": _count(files["parents_only_in_includes"]),
        "missing": _count(files["parents_not_found"]),
        "noise": _count(sum(x["not_customer_voice"].values())),
        "english": _share(languages["en"] / sum(languages.values())),
        "net": _signed(x["sentiment"]["meridian"]["net"]),
        "net_moments": _list(_signed(moment["net"]) for moment in x["sentiment_by_moment"].values()),
        "refunds": _list(f"{sum(months) / len(months):.1f}" for months in (before, after)),
        "outage": _count(x["outage_roots"]),
        "viral": _list(
            [
                _count(viral["followers"]),
                _count(viral["reposts_counted_by_x"]),
                str(viral["hours_to_first_answer"]),
            ]
        ),
    }


def _then_and_now(truth: Mapping[str, Any]) -> dict[str, str]:
    """Figures of this year beside those of the year before, which only its own run could count (`earlier.COUNTED`)."""
    files = {file["path"]: file for file in truth["files"]}
    flight, service = (files[f"data/surveys/{name}.csv"] for name in ("post-flight-nps", "service-ces"))
    google, trustpilot = (
        files[f"data/reviews/{name}"] for name in ("google-reviews.json", "trustpilot-meridianair.csv")
    )
    return {
        "answers_earlier": _share(COUNTED["answered"]),
        "answers_rate": _share(truth["x"]["answers"]["meridian"]["rate"]),
        "nps_earlier": _signed(COUNTED["nps"]),
        "nps": _signed(flight["nps"]),
        "effort_earlier": f"{COUNTED['effort']:.2f}",
        "effort_mean": f"{service['ces_mean']:.2f}",
        "trustpilot_earlier": f"{COUNTED['trustpilot']:.2f}",
        "trustpilot_stars": f"{trustpilot['mean_stars']:.2f}",
        "google_earlier": f"{COUNTED['google']:.2f}",
        "google_stars": f"{google['mean_stars']:.2f}",
    }


def _answers(answers: Mapping[str, Any]) -> dict[str, str]:
    keys = {
        "answers": "meridian",
        "answers_before": "meridian_before_april",
        "answers_after": "meridian_from_april",
        "answers_norda": "norda",
    }
    return {
        slot: _list([_share(answers[key]["rate"]), f"{answers[key]['median_hours_answered']:.1f} h"])
        for slot, key in keys.items()
    }


def _count(number: int) -> str:
    return f"{number:,}"


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"


def _signed(number: float) -> str:
    return f"{number:+.0f}".replace("-", "−")


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)
