"""The whole folder of real data: every file named, read whole by `cxreport inspect`, and counted as its README counts it.

The folder is read once: what the command looks at is kept aside on its way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cxreport.cli.main import cli
from cxreport.recognise import Recognised

from ..sources.recognition import Reading, readings

Shared = Callable[[str], Path]
pytestmark = pytest.mark.slow

SYSTEMS = {
    r"airline-tweets.*\.csv": "x.airline",
    r"twcs/(amazonhelp|sample\.csv|spotify|twcs-).*": "x.twcs",
    r"twitter-archive-2012.*": "x.classic",
    r"twitter-archive-202.*": "x.archive",
    r"x-api-v2-twarc/.*\.jsonl": "x.api.v2",
    r"x-api-v11-pritul2/data\.txt": "x.api.v1.1",
    r"survey-qualtrics/.*\.csv": "qualtrics",
    r"survey-surveymonkey/(?!nfl).*\.csv": "surveymonkey",
    r"trustpilot-nookmart/.*": "trustpilot.scrape",
}
"""Which files are exports of which system; the first pattern that fits."""
GUESSED = {
    "olist-reviews-pt/olist_order_reviews_dataset.csv", "pii-presidio/FakeNameGenerator.com_100.csv", "skytrax/lounge.csv",
    "skytrax/seat.csv", "twcs/priority-labelled-test_set.csv", "twcs/sample-pairs.csv", "x-api-v11-pritul2/file.csv",
    *(f"uci-sentiment-sentences/{name}_labelled.txt" for name in ("amazon_cells", "imdb", "yelp")),
}  # fmt: skip
"""Tables of no product, read by a guess that a person must confirm."""
REFUSED = {
    "hostile-not-an-archive/tomayac_tweets.js": "is no part of an X archive",
    "olist-reviews-pt/olist_orders_dataset.csv": "a table that nobody has described",  # holds no customer's word
    "survey-surveymonkey/nfl-fandom_NFL_fandom_data-surveymonkey.csv": "a table that nobody has described",  # a cross table
}
REJECTS = {
    "twcs/spotify_support_requests_inbound.csv": {"no_content": 7},  # rows that the README calls malformed
    "uci-sentiment-sentences/imdb_labelled.txt": {"unterminated_quote": 5},  # one quotation mark opens and none closes
    "x-api-v2-twarc/streaming_output_with_error.jsonl": {"truncated": 1},  # the stream ends within an object
}
OTHERWISE = {
    "survey-qualtrics/qualtrics_sample.csv": -2,  # the README counts the second and the third header record
    "survey-qualtrics/qualtrics_sample_legacy.csv": -1,  # and here the second
    "survey-surveymonkey/region-survey_MIDWEST.csv": -1,
    "survey-surveymonkey/star-wars-survey_StarWars.csv": -1,
    "x-api-v2-twarc/streaming_output_with_error.jsonl": 1,  # what the README does not count: the object that breaks off
    **{
        f"uci-sentiment-sentences/{name}_labelled.txt": -1 for name in ("amazon_cells", "imdb", "yelp")
    },  # a header line
}
"""Rows that are read, less those that the README states."""
UNDATED_BY_US = {"skytrax/seat.csv", "x-api-v2-twarc/users.jsonl", "x-api-v11-pritul2/file.csv"}
"""Dated 1970 where nothing was known; dates of profiles, which are no records; no column called a date."""
STATED = re.compile(r"- \*\*`(?P<path>[^`]+)`\*\* — [\d,]+ B; rows (?P<rows>[\d,]+);.*?; dates (?P<dates>\S+?)[;…]")
SPAN = re.compile(r"dates (\d{4}-\d\d-\d\d)…(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class File:
    """What is known of one file or archive of the folder."""

    system: str
    sure: bool
    problem: str
    rows: int
    errors: int
    """Of the rows, errors about posts in answers of the API, which no README counts."""
    rejects: dict[str, int]
    accounts: bool
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Inspected:
    """What `cxreport inspect` said, and what it saw."""

    said: Result
    files: dict[str, File]
    """By path below the folder."""


@pytest.fixture(scope="module")
def inspected(shared: Shared) -> Inspected:
    """`cxreport inspect` of every folder of the data."""
    seen: dict[str, File] = {}

    def watched(paths: Sequence[Path], *_: Any, **__: Any) -> Iterator[Recognised]:
        for each in readings(*paths):
            seen[each.found.path] = file_of(each)
            yield each.found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cxreport.recognise.recognise", watched)
        folders = sorted(str(path) for path in shared("data").iterdir())
        return Inspected(CliRunner().invoke(cli, ["inspect", *folders]), seen)


def file_of(each: Reading) -> File:
    """What is kept of one reading."""
    facts, days = each.found.facts, each.own["created_at"].drop_nulls().dt.date().sort().to_list()
    errors = sum(count for reason, count in facts.skipped.items() if reason.startswith("errors"))
    first, last = (days[0], days[-1]) if days else (None, None)
    rejects, problem = each.found.rejected, each.found.problem
    return File(each.system, each.found.sure, problem, facts.rows_read, errors, rejects, each.accounts(), first, last)


@pytest.fixture(scope="module")
def files(inspected: Inspected) -> dict[str, File]:
    """Path below the folder → what is known of it."""
    return inspected.files


@pytest.fixture(scope="module")
def readme(shared: Shared) -> dict[str, tuple[int, date | None, date | None]]:
    """File → rows, first and last day, as the README states them."""
    out = {}
    for line in shared("data/README.md").read_text("utf-8").splitlines():
        if found := STATED.match(line):
            span = SPAN.search(line)
            days = (date.fromisoformat(span[1]), date.fromisoformat(span[2])) if span else (None, None)
            out[found["path"]] = (int(found["rows"].replace(",", "")), *days)
    assert len(out) > 50, "the README is written in another way"
    return out


def test_every_file_is_named_and_every_unread_one_says_why(files: dict[str, File]) -> None:
    sure = {path: file.system for path, file in files.items() if file.sure}
    wanted = {path: name for path in files for pattern, name in SYSTEMS.items() if re.fullmatch(pattern, path)}
    assert sure == wanted
    assert {path for path, file in files.items() if file.system == "table" and not file.problem} == GUESSED
    assert {path for path, file in files.items() if file.system and file.problem} == set(REFUSED)
    assert all(REFUSED[path] in files[path].problem for path in REFUSED)
    unknown = {Path(path).suffix for path, file in files.items() if not file.system}
    assert unknown == {"", ".md", ".txt", ".xml", ".tsv", ".json"}, "licences, notes, and data of no export's shape"
    assert all(file.problem for file in files.values() if not file.system)


def test_nothing_is_lost_and_every_reject_is_explained(files: dict[str, File]) -> None:
    assert [path for path, file in files.items() if not file.accounts] == []
    assert {path: file.rejects for path, file in files.items() if file.rejects} == REJECTS


def test_rows_are_those_that_the_readme_counts(
    files: dict[str, File], readme: dict[str, tuple[int, date | None, date | None]]
) -> None:
    read = {path: file for path, file in files.items() if file.system and not file.problem}
    bundles = {path for path in read if path.startswith("twitter-archive")}
    stated = {path: readme[path][0] + OTHERWISE.get(path, 0) for path in read if path not in bundles}
    assert {path: read[path].rows - read[path].errors for path in stated} == stated
    held = {path: rows for path, (rows, *_) in readme.items() if re.search(r"(tweets?|\d{4}_\d\d)\.(js|csv)$", path)}
    for bundle in bundles:
        assert read[bundle].rows == sum(rows for path, rows in held.items() if path.startswith(f"{bundle}/"))


def test_days_are_those_that_the_readme_states(
    files: dict[str, File], readme: dict[str, tuple[int, date | None, date | None]]
) -> None:
    """To a day: the README keeps the zone of the file, records are in UTC."""
    for path, (_, first, last) in readme.items():
        file = files.get(path)
        if file is None or first is None or last is None or file.problem or path in UNDATED_BY_US:
            continue
        assert file.first is not None, path
        assert file.last is not None, path
        assert abs(file.first - first) <= timedelta(days=1), path
        assert abs(file.last - last) <= timedelta(days=1), path


def test_the_command_ends_with_a_table_of_all_files(inspected: Inspected) -> None:
    assert (inspected.said.exit_code, inspected.said.exception) == (0, None)
    lines = inspected.said.output.splitlines()
    head = max(index for index, line in enumerate(lines) if line.split() == ["file", "system", "rows", "rejects"])
    rows = {cells[0]: cells[1:] for cells in (re.split(r"\s{2,}", line) for line in lines[head + 1 :])}
    assert set(rows) == set(inspected.files)
    for path, file in inspected.files.items():
        assert rows[path][0] in ({file.system} if file.sure else {file.system, "unknown"})
        assert rows[path][1:] == [f"{file.rows:,}", f"{sum(file.rejects.values()):,}"]
