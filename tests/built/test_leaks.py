"""What the exports say about people does not reach any file of any edition; the public one quotes nobody."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from cxreport.config.models import Profile
from cxreport.engine.local import LocalEngine
from cxreport.stages.inspect import inspect_site
from cxreport.stages.private import identifiers

from .demo import Demo, files

PROFILES: tuple[Profile, ...] = ("internal", "client", "public")
BINARY = {".woff2", ".ttf", ".png"}
OWN = {"meridianair", "flynorda"}
PLANTED = (
    "dagny.holm@example.com", "d.holm+travel@example.org", "inna.cv@example.com",
    "+44 20 7946 0958", "7946 0958", "+1 202 555 0143", "202 555 0143",
    "4111 1111 1111 1111", "4111111111111111", "DE89 3704 0044 0532 0130 00", "3704 0044",
    "203.0.113.77", "2001:db8::7", "calm_kettle42", "plum_otter77",
)  # fmt: skip
"""Personal data that the generator wrote into what customers say (examples/meridian/generate/hostile.py)."""

SiteOf = Callable[[Profile], Path]


@pytest.fixture(scope="module")
def text_of(site_of: SiteOf) -> Callable[[Profile], str]:
    """All text of an edition's site, Vega apart: as it lies in the files, and as a browser shows it."""

    @cache
    def read(profile: Profile) -> str:
        found = {Path(name): content for name, content in files(site_of(profile)).items()}
        texts = {path: content.decode("utf-8") for path, content in found.items() if path.suffix not in BINARY}
        shown = [html.unescape(text) for path, text in texts.items() if path.suffix == ".html"]
        return "\n".join([*(text for path, text in texts.items() if path.name != "vega.js"), *shown])

    return read


@pytest.fixture(scope="module")
def runs_of(text_of: Callable[[Profile], str]) -> Callable[[Profile], set[str]]:
    """Words of an edition's site, without punctuation around them, and all runs of two and three of them."""

    @cache
    def split(profile: Profile) -> set[str]:
        words = [word.strip(".:'-") for word in re.findall(r"[\w.:+@'-]+", text_of(profile))]
        pairs = {" ".join(run) for run in pairwise(words)}
        return {*words, *pairs, *(" ".join(run) for run in zip(words, words[1:], words[2:], strict=False))}

    return split


def posts(folder: Path) -> Iterator[dict[str, object]]:
    """Whole pages of the posts' exports."""
    for path in sorted((folder / "x-mentions").glob("*.jsonl")):
        for line in path.read_bytes().decode("utf-8").split("\n"):
            try:
                yield json.loads(line)
            except ValueError:
                continue


def column(path: Path, *headers: str, row: int = 0) -> set[str]:
    """Cells of the columns of a CSV file with one of these headers, which stand in row `row`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    places = [place for place, name in enumerate(rows[row]) if name in headers]
    assert len(places) == len(headers), (path.name, headers, rows[row])
    return {line[place] for line in rows[row + 1 :] for place in places if len(line) > place and line[place].strip()}


@pytest.fixture(scope="module")
def people(demo: Demo) -> dict[str, set[str]]:
    """Whom the exports name, by the kind of the name."""
    data = demo.folder / "examples/meridian/data"
    known = [user for page in posts(data) for user in page["includes"]["users"]]  # type: ignore[index]
    users = [user for user in known if user["username"] not in OWN]
    nps, ces = data / "surveys/post-flight-nps.csv", data / "surveys/service-ces.csv"
    trustpilot = data / "reviews/trustpilot-meridianair.csv"
    google = json.loads((data / "reviews/google-reviews.json").read_text("utf-8"))["reviews"]
    mails = column(nps, "RecipientEmail") | column(ces, "Email Address") | column(trustpilot, "Review User Email")
    shown = {review["reviewer"].get("displayName", "") for review in google} | {user["name"] for user in users}
    return {
        "handle": {user["username"] for user in users},
        "user id": {user["id"] for user in users},
        "mail": {mail for mail in mails if "@" in mail},
        "address": {cell for cell in column(nps, "IPAddress") | column(ces, "IP Address") if re.search(r"\d", cell)},
        "name": {name for name in shown | column(trustpilot, "Review Username") if " " in name and len(name) > 8},
        "post": {post["id"] for page in posts(data) for post in page["data"] if "id" in post},  # type: ignore[attr-defined]
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_planted_personal_data_is_nowhere(text_of: Callable[[Profile], str], profile: Profile) -> None:
    text = text_of(profile)
    assert [secret for secret in PLANTED if secret in text] == []


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("kind", ["handle", "user id", "mail", "address", "name", "post"])
def test_nobody_is_named(
    runs_of: Callable[[Profile], set[str]], people: dict[str, set[str]], profile: Profile, kind: str
) -> None:
    assert len(people[kind]) > 30
    runs = runs_of(profile)
    named = people[kind] & runs
    if kind == "handle":  # a handle that is a plain word is told only by its @
        named = {name for name in named if not name.isalpha()} | {name for name in people[kind] if f"@{name}" in runs}
    assert sorted(named) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_what_was_redacted_is_never_shown_unredacted(
    demo: Demo, text_of: Callable[[Profile], str], profile: Profile
) -> None:
    records = LocalEngine.reopened(demo.folder / ".cxreport/feedback").open("records").to_native().collect()
    changed = records.filter(pl.col("text") != pl.col("text_redacted"))["text"].unique().to_list()
    assert len(changed) > 15
    text = text_of(profile)
    written = {form for raw in changed for form in (raw, json.dumps(raw, ensure_ascii=False)[1:-1])}
    assert [raw for raw in written if raw in text] == []


def test_the_public_edition_quotes_nobody(demo: Demo, text_of: Callable[[Profile], str], site_of: SiteOf) -> None:
    shown = " ".join(text_of("public").split())
    texts = demo.built.dossier.frame["text"].drop_nulls()
    said = {" ".join(text.split()) for text in texts if len(text) >= 25}
    assert len(said) > 2000
    assert [words for words in said if words in shown] == []
    assert "<blockquote" not in shown
    assert not (site_of("public") / "evidence").exists()
    assert not (site_of("public") / "assets/evidence").exists()
    edition = json.loads((site_of("public") / "audit.json").read_text("utf-8"))
    assert edition["evidence"] == []
    assert edition["withheld"]["verbatims"] == demo.built.dossier.frame.height


def test_the_public_edition_names_no_file(demo: Demo, text_of: Callable[[Profile], str]) -> None:
    names = {load.file for load in demo.built.audit.loads} | {Path(load.file).name for load in demo.built.audit.loads}
    text = text_of("public")
    assert [name for name in names if name in text] == []


def test_only_the_public_edition_may_be_found_by_search_engines(site_of: SiteOf) -> None:
    for profile in PROFILES:
        pages = [path.read_text("utf-8") for path in site_of(profile).glob("*.html")]
        assert {'content="noindex' in page for page in pages} == {profile != "public"}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_edition_passes_its_own_inspection(demo: Demo, site_of: SiteOf, profile: Profile) -> None:
    engine = LocalEngine.reopened(demo.folder / ".cxreport/feedback")
    report = inspect_site(site_of(profile), identifiers(engine, demo.plan))
    assert [str(problem) for problem in report.problems] == []
