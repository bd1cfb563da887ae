"""A small project into whose every cell cards, bank accounts and addresses are written, as people write them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

CARDS = (
    "4111 1111 1111 1111", "5555-5555-5555-4444", "6011.1111.1111.1117", "2223\u00a00031\u00a02200\u00a03222",
    "5105\u202f1051\u202f0510\u202f5100", "4012888888881881", "3782 822463 10005", "(371449635398431)",
    "4242–4242–4242–4242", "4000_0566_5566_5556", "card5200828282828210", "30569309025904", "6759649826438453",
)  # fmt: skip
"""Numbers that the networks reserve for tests."""
IBANS = (
    "DE89 3704 0044 0532 0130 00", "GB33BUKB20201555555555", "fr1420041010050500013m02606",
    "NO93-8601-1117-947", "ES91.2100.0418.4502.0005.1332", "NL91\u00a0ABNA\u00a00417\u00a01643\u00a000",
    "IBAN:AT611904300234573201", "BE68–5390–0754–7034", "PT50/0002/0123/1234/5678/9015/4", "IBANCH9300762011623852957",
)  # fmt: skip
"""Examples of the registry of ISO 13616."""
MAILS = (
    "dagny.holm@example.com", "BO.BERG+AIR@EXAMPLE.ORG", "<inna_cv@mail.example.net>", "mailto:ada.lund@example.com",
    "piet.maas (at) example.com", "olga.s[at]example[dot]org", "tove @ example.com", "lars.ek%40example.net",
    "ада.петрова@example.com", "https://portal.example/?mail=rolf.dahl%40example.com&x=1",
)  # fmt: skip
SECRETS = (*CARDS, *IBANS, *MAILS)
SAID = (
    "The refund never came to {}, I have been waiting for six weeks now and nobody answers. Terrible service",
    "Great crew and a lovely flight, thank you! You can reach me by {} about the photographs, as I promised",
    "Your agent asked for {} on the phone and then hung up, which is a strange way to help. Awful, again",
)
RECORDS = 240


def planted_project(folder: Path, segments: Sequence[str] = ()) -> Path:
    """Write three exports and a configuration; the path of the configuration.

    With `segments` they stand in the survey's column Shop, and the configuration says that those are segments.
    """
    secrets, said, shops = cycle(SECRETS), cycle(SAID), cycle(segments or SECRETS)
    spoken = [next(said).format(next(secrets)) for _ in range(3 * RECORDS)]
    _write(folder / "reviews.csv", ["id", "at", "title", "words", "who", "handle", "stars", "note"], [
        [f"r{n}", _day(n), f"About {next(secrets)}", spoken[n], f"Holm {next(secrets)}", f"h{n}", n % 5 + 1, next(secrets)]
        for n in range(RECORDS)
    ])  # fmt: skip
    _write(folder / "bad-dates.csv", ["id", "at", "words"], [
        [f"b{n}", next(secrets) if n % 7 == 0 else _day(n), spoken[RECORDS + n]] for n in range(RECORDS)
    ])  # fmt: skip
    asked = ["Response ID", "Time Started", "Date Submitted", "Referer", "Email", "Score", "Why?", "Shop"]
    _write(folder / "survey.csv", asked, [
        [n + 1, _day(n), _day(n), next(secrets), next(secrets), n % 11, spoken[2 * RECORDS + n], next(shops)]
        for n in range(RECORDS)
    ])  # fmt: skip
    stars = {
        "native_id": "id",
        "created_at": "at",
        "title": "title",
        "text": "words",
        "author_name": "who",
        "author_handle": "handle",
    }
    common = {"type": "table", "entity": "brand", "timezone": "UTC"}
    config = {
        "version": 1, "site": {"client": "Meridian Air"}, "brand": {"names": ["Meridian Air"], "handles": ["@meridianair"]},
        "privacy": {"profile": "internal", "key": "a key of invented data"},
        "sources": [
            {"id": "reviews", "channel": "trustpilot", "path": "reviews.csv", "columns": stars,
             "rating": {"column": "stars", "metric": "stars"}, **common},
            {"id": "notes", "channel": "x", "path": "bad-dates.csv",
             "columns": {"native_id": "id", "created_at": "at", "text": "words"}, **common},
            {"id": "survey", "type": "survey", "path": "survey.csv", "entity": "brand", "timezone": "UTC",
             "questions": {"Score": "nps", "Why?": "text"},
             "columns": {"segment": "Shop"} if segments else {}},
        ],
        "enrich": {"moments": {"packs": ["airline"]}, "themes": {"packs": ["airline"]}},
    }  # fmt: skip
    path = folder / "config.yaml"
    path.write_text(json.dumps(config), "utf-8")
    return path


def _day(number: int) -> str:
    return f"2026-0{1 + number % 6}-1{number % 9} 10:00:00"


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
