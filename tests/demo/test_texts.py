"""What people say: much of it, all invented, some of it nasty."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from .demo import DATA, EXAMPLE, pages, play, posts, table, truth

FICTION = ("example.com", "example.org", "example.net", ".example", "example")
REAL_HOSTS = {
    "t.co",
    "x.com",
    "api.twitter.com",
    "play.google.com",
    "itunes.apple.com",
    "www.apple.com",
    "apps.apple.com",
}
NASTY = (
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "=HYPERLINK(", "{{ 7*7 }}",
    "\u202e", "n" + "o" * 9_998 + "w", "👩‍👩‍👧‍👦", "\x01\x02", "](javascript:", "dagny.holm@example.com",
    "+44 20 7946 0958", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "203.0.113.77", "\u2028",
    "DROP TABLE",
)  # fmt: skip


@cache
def texts() -> tuple[str, ...]:
    """Every text a customer wrote, as found."""
    reviews = json.loads((DATA / "reviews/google-reviews.json").read_text("utf-8"))["reviews"]
    feed = json.loads((DATA / "reviews/app-store-rss-gb.json").read_text("utf-8"))["feed"]["entry"][1:]
    booking = table("surveys/booking.csv")[1:]
    found = [
        *(unescaped(post["text"]) for post in posts().values()),
        *(row[9] for row in table("reviews/trustpilot-meridianair.csv", "utf-8-sig")[1:]),
        *(review.get("comment", "") for review in reviews),
        *(row[11] for month in ("202601", "202603", "202605") for row in play(month)[1:]),
        *(entry["content"]["label"] for entry in feed),
        *(row[20] for row in table("surveys/post-flight-nps.csv")[3:]),
        *(row[-1] for row in table("surveys/service-ces.csv")[2:]),
        *(row[column] for row in booking for column in (2, 6)),
        *(row[4] for row in table("calls.csv")[1:]),
    ]
    return tuple(text for text in found if text)


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def raw() -> str:
    """All bytes of all files as text."""
    files = sorted(path for path in DATA.rglob("*") if path.is_file())
    return "\n".join(path.read_bytes().decode("utf-16" if "_com." in path.name else "utf-8") for path in files)


def test_there_is_much_to_read() -> None:
    assert len(set(texts())) >= 4_000
    assert truth()["totals"]["distinct_texts"] >= 1_500
    assert 6_000 <= truth()["totals"]["records"] <= 8_000


def test_no_phrase_repeats_too_often() -> None:
    long = [text for text in texts() if len(text) > 60 and not text.startswith("RT @")]
    assert len(set(long)) > 0.95 * len(long)


def test_both_languages() -> None:
    russian = sum(bool(re.search("[а-яё]", text)) for text in texts())
    assert 0.22 < russian / len(texts()) < 0.35


def test_every_slot_was_filled() -> None:
    nasty = ("7*7", "raw")
    left = [
        t
        for t in texts()
        if re.search(r"\{[a-z_.]+\}|\[[^\[\]()]*\|[^\[\]]*\]|  ", t) and not any(n in t for n in nasty)
    ]
    assert left == []


@pytest.mark.parametrize("cell", NASTY)
def test_nasty_cells_are_there(cell: str) -> None:
    assert any(cell in text for text in texts())


def test_addresses_are_fiction() -> None:
    for address in re.findall(r"[\w.+]+@([\w.-]+\w)", raw()):
        assert address.endswith(FICTION)
    hosts = set(re.findall(r"https?:(?:\\?/){2}([\w.-]+)", raw()))
    assert {host for host in hosts if not host.endswith(FICTION)} <= REAL_HOSTS


def test_numbers_are_from_ranges_for_fiction() -> None:
    phones = re.findall(r"\+\d[\d ]{8,}\d", raw())
    assert phones
    assert all(phone.startswith(("+44 20 7946 0", "+1 202 555 01")) for phone in phones)
    ips = set(re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", raw()))
    assert all(ip.startswith(("192.0.2.", "198.51.100.", "203.0.113.")) for ip in ips)


def test_noise_is_there() -> None:
    jobs = [post for page in pages() for post in page["data"] if "#jobs" in post["text"]]
    assert jobs


def test_notes_and_logo() -> None:
    notes = (EXAMPLE / "notes/story.md").read_text("utf-8")
    assert '{{ measure("experience.nps") }}' in notes
    assert '{{ chart("journey.heatmap") }}' in notes
    assert "(measure:care.response_rate)" in notes
    logo = (EXAMPLE / "branding/logo.svg").read_text("utf-8")
    assert "<script" not in logo
    assert logo.count("http") == 1, "the name of the SVG namespace, and nothing to fetch"
