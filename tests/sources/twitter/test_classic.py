"""Archives of 2012 to 2019: months as JavaScript, and tweets.csv in both orders of its columns."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cxreport.api import ReadError

USER = {
    "name": "Meridian Air",
    "screen_name": "meridianair",
    "protected": False,
    "id_str": "9000",
    "id": 9000,
    "verified": True,
}
EARLY = (
    "tweet_id", "in_reply_to_status_id", "in_reply_to_user_id", "retweeted_status_id", "retweeted_status_user_id",
    "timestamp", "source", "text", "expanded_urls",
)  # fmt: skip
LATE = (
    "tweet_id", "in_reply_to_status_id", "in_reply_to_user_id", "timestamp", "source", "text", "retweeted_status_id",
    "retweeted_status_user_id", "retweeted_status_timestamp", "expanded_urls",
)  # fmt: skip


def post(
    number: int, text: str = "Boarding now.", created: str = "2018-10-31 16:56:12 +0000", **fields: Any
) -> dict[str, Any]:
    """One element of a month in its true layout."""
    return {
        "source": '<a href="http://twitter.com" rel="nofollow">Twitter Web Client</a>',
        "entities": {"user_mentions": [], "media": [], "hashtags": [], "urls": []},
        "geo": {},
        "id_str": str(number),
        "text": text,
        "id": number,
        "created_at": created,
        "user": USER,
        **fields,
    }


def month(name: str, posts: list[Any]) -> str:
    return f"Grailbird.data.tweets_{name} = \n [\n" + json.dumps(posts, indent=2)[1:]


def table(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines) + "\n"


def row(
    number: int, text: str = "Boarding now.", created: str = "2013-03-25 00:16:47 +0000", **cells: str
) -> dict[str, str]:
    return {"tweet_id": str(number), "timestamp": created, "source": "web", "text": text, **cells}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "tweets"
    members = {
        "data/js/payload_details.js": 'var payload_details =  {\n  "tweets" : 4,\n  "lang" : "en"\n}',
        "data/js/user_details.js": 'var user_details =  {"screen_name": "meridianair", "full_name": "Meridian Air", "id": "9000"}',
        "data/js/tweet_index.js": 'var tweet_index =  [{"year": 2018, "month": 10, "tweet_count": 2}]',
        "data/js/tweets/2018_10.js": month("2018_10", [post(1057811202603188230), post(1057811202603188231, "Second")]),
        "data/js/tweets/2012_11.js": month(
            "2012_11", [post(274183827952373760, "First", "Thu Nov 29 16:11:33 +0000 2012")]
        ),
        "tweets.csv": table(LATE, row(274183827952373760, "First"), row(315980547291758592, "Only in the table")),
        "index.html": "<html></html>",
        "README.txt": "How to read this",
    }
    for name, text in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_folder_and_zip_give_the_same_records(archive: Path, load: Callable[..., Any], tmp_path: Path) -> None:
    folder = load(archive)
    packed = load(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", archive)))
    assert folder.records.equals(packed.records)
    assert folder.records["text"].to_list() == ["First", "Boarding now.", "Second", "Only in the table"]
    assert folder.facts.expected == folder.records.height == 4
    assert folder.facts.skipped == {"posts that the files of months hold too": 1}
    assert folder.records["source_row"].to_list() == [0, 1, 2, 6]
    assert folder.records["source_pointer"].to_list()[::3] == ["data/js/tweets/2012_11.js#/0", "tweets.csv"]


def test_both_forms_of_dates_and_the_owner(archive: Path, load: Callable[..., Any]) -> None:
    found = load(archive)
    assert found.row()["created_at"] == datetime(2012, 11, 29, 16, 11, 33, tzinfo=UTC)
    assert found.row(1)["created_at"] == datetime(2018, 10, 31, 16, 56, 12, tzinfo=UTC)
    for index in (0, 3):
        said = found.row(index)
        assert (said["author_id"], said["author_handle"], said["author_name"]) == (
            "9000",
            "meridianair",
            "Meridian Air",
        )
        assert (said["brand_authored"], said["brand_authored_basis"], said["author_role"]) == (
            True,
            "archive_owner",
            "brand",
        )
    assert found.row(3)["url"] == "https://x.com/meridianair/status/315980547291758592"
    assert found.facts.frame == "own_posts"
    assert any("no customer's words" in note for note in found.facts.notes)


def test_a_folder_around_an_archive(
    archive: Path, load: Callable[..., Any], detect: Callable[..., Any], tmp_path: Path
) -> None:
    around = tmp_path / "upload"
    shutil.copytree(archive, around / "12345_0a1b")
    assert load(around).records.height == 4
    (around / "reviews.csv").write_text("id,text\n1,Good\n", encoding="utf-8")
    assert detect(around) is None, "a folder that holds other exports too is no archive"


def test_a_table_beside_its_page_is_an_archive(archive: Path, load: Callable[..., Any]) -> None:
    shutil.rmtree(archive / "data" / "js" / "tweets")
    found = load(archive)
    assert found.records["text"].to_list() == ["First", "Only in the table"]
    assert found.row()["author_handle"] == "meridianair"


@pytest.mark.parametrize("columns", [EARLY, LATE])
def test_the_table_alone_in_both_orders(load: Callable[..., Any], tmp_path: Path, columns: tuple[str, ...]) -> None:
    links = {"retweeted_status_id": "639051159370510336", "retweeted_status_user_id": "77"}
    (tmp_path / "tweets.csv").write_text(
        table(
            columns,
            row(315980547291758592, "Fish &amp; chips\nfor all"),
            row(315980547291758593, "RT @ana: Great crew", **links),
            row(315980547291758594, "@ana Thank you", in_reply_to_status_id="41", in_reply_to_user_id="7"),
            row(315980547291758595, "@ana Thank you", in_reply_to_user_id="7"),
        ),
        encoding="utf-8",
    )
    found = load(tmp_path / "tweets.csv", owner="meridianair")
    rows = found.records
    assert found.found.format == "tweets.csv"
    assert rows["kind"].to_list() == ["post", "repost", "reply", "mention"]
    assert rows["in_reply_to_id"].to_list() == [None, None, "41", None]
    assert rows["in_reply_to_handle"].to_list() == [None, None, "ana", "ana"]
    assert rows["reposted_id"].to_list() == [None, "639051159370510336", None, None]
    assert rows["source_row"].to_list() == [2, 3, 4, 5]
    assert rows["text"][0] == "Fish & chips\nfor all"
    assert rows["url"][0] == "https://x.com/meridianair/status/315980547291758592"
    assert json.loads(rows["extra"][1])["retweeted_status_user_id"] == "77"
    assert rows["likes"].null_count() == 4, "the table has no counts, which is not the same as none"


def test_before_november_2010_only_the_day_is_known(load: Callable[..., Any], tmp_path: Path) -> None:
    posts = [
        post(1665952723, created="2009-05-01 00:00:00 +0000"),
        post(29669278982, created="2010-11-04 00:00:00 +0000"),
        post(29800000000, created="2010-11-04 22:53:01 +0000"),
        post(57000000000000000, created="2011-04-10 00:00:00 +0000"),
    ]
    (tmp_path / "2009_04.js").write_text(month("2009_04", posts), encoding="utf-8")
    found = load(tmp_path / "2009_04.js")
    assert found.records["time_precision"].to_list() == ["day", "day", "second", "second"]
    assert any(note.endswith("older than November 2010: 2.") for note in found.facts.notes)


def test_ids_are_read_as_text_and_reposts_are_completed(load: Callable[..., Any], tmp_path: Path) -> None:
    whole = "Everyone on board sang for the crew, and " * 5
    original = post(1057677632450383874, whole, user={**USER, "screen_name": "ana", "id_str": "7", "id": 7})
    repost = post(
        428347449233518600, f"RT @ana: {whole[:120]}…", id_str="428347449233518593", retweeted_status=original
    )
    (tmp_path / "2018_10.js").write_text(month("2018_10", [repost]), encoding="utf-8")
    found = load(tmp_path / "2018_10.js")
    said = found.row()
    assert (said["native_id"], said["kind"], said["reposted_id"]) == (
        "428347449233518593",
        "repost",
        "1057677632450383874",
    )
    assert said["text"] == f"RT @ana: {whole}"
    context = found.row(1)
    assert (context["is_context"], context["author_handle"], context["brand_authored"]) == (True, "ana", None)


def test_archives_of_2013_and_2014_hold_whole_statuses(load: Callable[..., Any], tmp_path: Path) -> None:
    full = post(
        428347449233518593, favorite_count=3, retweet_count=17, lang="es", geo=None, place=None, contributors=None
    )
    placed = post(428347449233518594, geo={"type": "Point", "coordinates": [56.9, 24.1]})
    (tmp_path / "2014_01.js").write_text(month("2014_01", [full, placed]), encoding="utf-8")
    rows = load(tmp_path / "2014_01.js").records
    assert (rows["likes"][0], rows["reposts"][0], rows["language"][0]) == (3, 17, "es")
    assert (rows["likes"][1], rows["lat"][1], rows["lon"][1]) == (None, 56.9, 24.1)


def test_damage(load: Callable[..., Any], tmp_path: Path) -> None:
    posts = [post(1), {"text": "no id"}, post(2, ""), 5]
    text = month("2018_10", posts)
    (tmp_path / "2018_10.js").write_text(text[: text.rindex("]")], encoding="utf-8")
    found = load(tmp_path / "2018_10.js")
    assert [reject.code for reject in found.rejects] == ["not_a_post", "no_content", "not_a_post", "truncated"]
    saved = table(EARLY, row(1) | {"tweet_id": "5.70306E+17"}, row(2, ""))
    (tmp_path / "tweets.csv").write_text(saved, encoding="utf-8")
    found = load(tmp_path / "tweets.csv")
    assert (found.row()["native_id"], found.row()["id_damaged"], found.facts.ids_damaged) == (None, True, 1)
    assert [(reject.row, reject.code) for reject in found.rejects] == [(3, "no_content")]


@pytest.mark.parametrize("name", ["payload_details", "user_details", "tweet_index"])
def test_members_without_posts_say_which_they_are(load: Callable[..., Any], tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.js").write_text(f"var {name} =  {{}}", encoding="utf-8")
    with pytest.raises(ReadError, match=f"is {name}.js of an X archive and holds no posts"):
        load(tmp_path / f"{name}.js")


def test_the_csv_module_agrees_on_quoted_cells(load: Callable[..., Any], tmp_path: Path) -> None:
    text = table(LATE, row(1, 'She said ""no"", twice,\n\nand left'), row(2, "Next"))
    path = tmp_path / "tweets.csv"
    path.write_text(text, encoding="utf-8")
    with path.open(encoding="utf-8", newline="") as file:
        expected = [cells["text"] for cells in csv.DictReader(file)]
    assert load(path).records["text"].to_list() == expected
