"""X archives: every way they are packed, what is read, and what is never opened."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from io import BufferedReader
from pathlib import Path
from typing import Any

import pytest

from cxreport.api import Input, ReadError, ReadFacts, reading
from cxreport_plugins.twitter.archive.members import members

OWNER = {"accountId": "900000001", "userName": "meridianair", "displayName": "Meridian Air"}
SECOND_MS = 1_700_000_000_000
"""14 November 2023, 22:13:20 UTC."""


def post_id(second: int = 0, sequence: int = 0) -> str:
    """An id given `second` seconds after 22:13:20."""
    return str(((SECOND_MS + 1000 * second - 1288834974657) << 22) + sequence)


def post(text: str = "Boarding now.", second: int = 0, **fields: Any) -> dict[str, Any]:
    """One element of tweets.js in its true layout."""
    minute, rest = divmod(20 + second, 60)
    return {
        "tweet": {
            "edit_info": {"initial": {"editTweetIds": ["1"], "editsRemaining": "5", "isEditEligible": False}},
            "retweeted": False,
            "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
            "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
            "display_text_range": ["0", str(len(text))],
            "favorite_count": "3",
            "id_str": post_id(second),
            "truncated": False,
            "retweet_count": "1",
            "id": post_id(second),
            "created_at": f"Tue Nov 14 22:{13 + minute}:{rest:02} +0000 2023",
            "favorited": False,
            "full_text": text,
            "lang": "en",
            **fields,
        }
    }


def member(name: str, elements: list[Any], part: int = 0) -> str:
    return f"window.YTD.{name}.part{part} = " + json.dumps(elements, indent=2)


def manifest(**files: Mapping[str, int]) -> str:
    """`manifest(tweets={"data/tweets.js": 2})`."""
    types = {
        name: {"files": [{"fileName": file, "count": str(count)} for file, count in counts.items()]}
        for name, counts in files.items()
    }
    archive = {"generationDate": "2026-03-06T13:15:31.187Z", "isPartialArchive": False}
    return "window.__THAR_CONFIG = " + json.dumps({"userInfo": OWNER, "archiveInfo": archive, "dataTypes": types})


def write(folder: Path, **members: str) -> Path:
    """An archive as a folder; `tweets__part1` is `data/tweets-part1.js`."""
    for name, text in members.items():
        path = folder / "data" / f"{name.replace('__', '-')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive with everything that is read and some members that are not."""
    return write(
        tmp_path / "archive",
        manifest=manifest(tweets={"data/tweets.js": 2}, communityTweet={"data/community-tweet.js": 1}),
        tweets=member("tweets", [post("First"), post("Second", 1)]),
        community__tweet=member("community_tweet", [post("In a community", 2, community_id="77")]),
        follower=member("follower", [{"follower": {"accountId": str(n)}} for n in range(5)]),
        verified=member("verified", [{"verified": {"accountId": "900000001", "verified": True}}]),
        direct__messages="this is private",
        ip__audit="this is private",
        ad__impressions="this is private",
    )


def test_folder_and_zip_give_the_same_records(archive: Path, load: Callable[..., Any], tmp_path: Path) -> None:
    folder = load(archive)
    packed = load(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", archive)))
    assert folder.records.equals(packed.records)
    assert folder.records["text"].to_list() == ["First", "Second", "In a community"]
    assert folder.facts.expected == folder.facts.rows_read == 3


@pytest.mark.parametrize("around", ["", "twitter-2026-03-06-0a1b", "mine/twitter-2026-03-06-0a1b"])
def test_one_folder_around_an_archive_is_passed_through(
    archive: Path, load: Callable[..., Any], tmp_path: Path, around: str
) -> None:
    shutil.copytree(archive, tmp_path / "upload" / around, dirs_exist_ok=True)
    packed = shutil.make_archive(str(tmp_path / "upload-packed"), "zip", tmp_path / "upload")
    found = load(Path(packed))
    assert found.records.height == 3
    assert found.row()["source_pointer"] == f"{around}/data/tweets.js#/0".lstrip("/")
    assert found.records["source_row"].to_list() == [0, 1, 2]


def test_everything_is_the_owners_and_says_so(archive: Path, load: Callable[..., Any]) -> None:
    found = load(archive)
    row = found.row()
    assert (row["author_id"], row["author_handle"], row["author_name"]) == tuple(OWNER.values())
    assert (row["brand_authored"], row["brand_authored_basis"], row["author_role"]) == (True, "archive_owner", "brand")
    assert (row["author_followers"], row["author_verified"]) == (5, True)
    assert row["url"] == f"https://x.com/meridianair/status/{post_id()}"
    assert row["created_at"].isoformat() == "2023-11-14T22:13:20+00:00"
    assert (row["likes"], row["reposts"], row["replies"]) == (3, 1, None)
    assert found.facts.frame == "own_posts"
    assert any("no customer's words" in note and "mentions" in note for note in found.facts.notes)
    assert json.loads(row["extra"])["source"].startswith("<a href")
    assert list(json.loads(row["extra"])) == sorted(json.loads(row["extra"]))


class Spy:
    """A place that remembers what was opened."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.opened = inner, set[str]()

    def open(self, member: str) -> BufferedReader:
        self.opened.add(member)
        return self.inner.open(member)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_private_members_are_never_opened_and_are_named(archive: Path, read_input: Callable[..., Any]) -> None:
    data = Input.at(archive)
    spy = Spy(data.place)
    found = read_input(dataclasses.replace(data, place=spy))
    names = ("ad-impressions.js", "direct-messages.js", "ip-audit.js")
    assert not {f"data/{name}" for name in names} & spy.opened
    assert f"Not opened, because they hold private data: {', '.join(names)}." in found.facts.notes


def test_parts_come_in_the_order_of_their_numbers(load: Callable[..., Any], tmp_path: Path) -> None:
    parts = {f"tweets__part{n}": member("tweets", [post(f"Part {n}", n)], n) for n in (1, 2, 10)}
    found = load(write(tmp_path, tweets=member("tweets", [post("Part 0")]), **parts, account=member("account", [])))
    assert found.records["text"].to_list() == ["Part 0", "Part 1", "Part 2", "Part 10"]


def test_parts_that_the_manifest_lists_but_are_absent_are_named(load: Callable[..., Any], tmp_path: Path) -> None:
    listed = manifest(tweets={"data/tweets.js": 1, "data/tweets-part1.js": 9})
    found = load(write(tmp_path, manifest=listed, tweets=member("tweets", [post()])))
    assert (found.facts.expected, found.facts.rows_read) == (10, 1)
    assert any("data/tweets-part1.js" in note for note in found.facts.notes)


def test_archives_of_2018_have_bare_posts_at_the_root(load: Callable[..., Any], tmp_path: Path) -> None:
    bare = [post("Old")["tweet"]]
    (tmp_path / "tweet.js").write_text(member("tweet", bare), encoding="utf-8")
    account = [{"account": {"username": "meridianair", "accountId": "900000001", "accountDisplayName": "Meridian"}}]
    (tmp_path / "account.js").write_text(member("account", account), encoding="utf-8")
    found = load(tmp_path)
    assert found.found.format == "2018-2021"
    assert (found.row()["text"], found.row()["author_handle"]) == ("Old", "meridianair")


def test_a_folder_of_loose_exports_is_no_archive(detect: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "tweets.js").write_text(member("tweets", [post()]), encoding="utf-8")
    (tmp_path / "reviews.csv").write_text("id,text\n1,Good\n", encoding="utf-8")
    assert detect(tmp_path) is None


def test_a_member_on_its_own(load: Callable[..., Any], tmp_path: Path) -> None:
    path = write(tmp_path, tweets=member("tweets", [post()])) / "data" / "tweets.js"
    found = load(path, owner="meridianair")
    assert found.row()["url"] == f"https://x.com/meridianair/status/{post_id()}"
    assert load(path).row()["url"] == f"https://x.com/i/web/status/{post_id()}"


def test_a_member_without_posts_says_which_one_it_is(load: Callable[..., Any], tmp_path: Path) -> None:
    path = write(tmp_path, like=member("like", [{"like": {"tweetId": "1"}}])) / "data" / "like.js"
    with pytest.raises(ReadError, match="member like of an X archive"):
        load(path)


def test_the_owner_is_read_off_links_to_own_pictures(load: Callable[..., Any], tmp_path: Path) -> None:
    own = {"media": [{"expanded_url": f"https://twitter.com/meridianair/status/{post_id()}/photo/1"}]}
    others = {"media": [{"expanded_url": "https://twitter.com/someone/status/55/photo/1"}]}
    tweets = [post(extended_entities=own), post("Shared", 1, extended_entities=others)]
    found = load(write(tmp_path, tweets=member("tweets", tweets)))
    assert set(found.records["author_handle"]) == {"meridianair"}


def test_kinds_and_links(load: Callable[..., Any], tmp_path: Path) -> None:
    quoting = {"urls": [{"expanded_url": "https://twitter.com/ana/status/4242?s=20"}], "hashtags": [{"text": "wifi"}]}
    picture = {"urls": [{"expanded_url": f"https://twitter.com/meridianair/status/{post_id(4)}/photo/1"}]}
    tweets = [
        post("RT @ana: Great crew today and a very smooth…", 0, entities=quoting),
        post("@ana Thank you!", 1, in_reply_to_status_id_str="41", in_reply_to_screen_name="ana"),
        post("@ana Thank you!", 2, in_reply_to_user_id_str="7", in_reply_to_screen_name="ana"),
        post("Look at this https://t.co/a", 3, entities=quoting),
        post("Our new cabin https://t.co/b", 4, entities=picture),
    ]
    rows = load(write(tmp_path, tweets=member("tweets", tweets))).records
    assert rows["kind"].to_list() == ["repost", "reply", "mention", "quote", "post"]
    assert rows["in_reply_to_id"].to_list() == [None, "41", None, None, None]
    assert rows["quoted_id"].to_list() == [None, None, None, "4242", None]
    assert rows["likes"].to_list() == [None, 3, 3, 3, 3]
    assert rows["reposts"].to_list() == [None, 1, 1, 1, 1]
    assert rows["tags"].to_list()[3] == ["wifi"]


def test_three_entities_are_unescaped_and_no_more(load: Callable[..., Any], tmp_path: Path) -> None:
    text = "a &amp;lt; b &amp; c &gt; https://e.example/?a=1&copy=1&para=2"
    row = load(write(tmp_path, tweets=member("tweets", [post(text), post("plain", 1)]))).row()
    assert row["text"] == "a &lt; b & c > https://e.example/?a=1&copy=1&para=2"
    assert row["text_original"] == text


@pytest.mark.parametrize(
    ("code", "language"), [("de", "de"), ("und", None), ("zxx", None), ("qme", None), ("iw", "he"), ("in", "id")]
)
def test_languages(load: Callable[..., Any], tmp_path: Path, code: str, language: str | None) -> None:
    row = load(write(tmp_path, tweets=member("tweets", [post(lang=code)]))).row()
    assert (row["language"], row["language_source"]) == (language, "source" if language else None)


LONG = "We are sorry for the delays this morning. " + "Every guest will be rebooked or refunded. " * 8


def note(text: str, second: int = 0) -> dict[str, Any]:
    """One element of note-tweet.js."""
    created = f"2023-11-14T22:13:{20 + second}.000Z"
    return {"noteTweet": {"noteTweetId": "999", "createdAt": created, "core": {"text": text, "urls": []}}}


def test_long_posts_are_completed_from_note_tweets(load: Callable[..., Any], tmp_path: Path) -> None:
    tweets = [post(LONG[:276] + "… https://t.co/x1"), post("Something else.", 1), post("@a " * 120, 2)]
    notes = [note(LONG, 1), note("A long text whose post was deleted since", 9)]
    found = load(write(tmp_path, tweets=member("tweets", tweets), note__tweet=member("note_tweet", notes)))
    assert found.records["text"].to_list() == [LONG, "Something else.", "@a " * 120]
    assert found.row()["native_id"] == post_id()
    assert found.row()["text_original"].endswith("https://t.co/x1")
    assert any(note.startswith("1 of 2 long posts") for note in found.facts.notes)


def test_a_note_of_another_second_or_another_text_is_not_joined(load: Callable[..., Any], tmp_path: Path) -> None:
    tweets = [post(LONG[:276] + "…")]
    notes = [note(LONG, 8), note("Quite another text, long as it is. " * 9)]
    found = load(write(tmp_path, tweets=member("tweets", tweets), note__tweet=member("note_tweet", notes)))
    assert found.row()["text"] == LONG[:276] + "…"


def test_what_is_no_post_is_rejected_and_the_rest_is_read(load: Callable[..., Any], tmp_path: Path) -> None:
    dateless = post("Undated", 3, created_at="yesterday")
    tweets = [post(), {"tweet": {"full_text": "no id"}}, post("", 2), 5, dateless]
    found = load(write(tmp_path, tweets=member("tweets", tweets)))
    assert [(reject.row, reject.code) for reject in found.rejects] == [
        (1, "not_a_post"),
        (2, "no_content"),
        (3, "not_a_post"),
    ]
    last = found.row(1)
    assert (last["created_at"], last["created_at_raw"]) == (None, "yesterday")
    assert last["warnings"] == ["date_unreadable"]


def test_a_member_cut_short_gives_what_is_whole(load: Callable[..., Any], tmp_path: Path) -> None:
    text = member("tweets", [post(), post("Second", 1), post("Third", 2)])
    found = load(write(tmp_path, tweets=text[: text.index("Third")]))
    assert found.records.height == 2
    assert [reject.code for reject in found.rejects] == ["truncated"]


def test_a_file_of_that_name_which_is_no_archive(
    load: Callable[..., Any], detect: Callable[..., Any], tmp_path: Path
) -> None:
    write(tmp_path, tweets="var tweets = [\n  '@ana hello',\n  'bye'\n];")
    assert detect(tmp_path) is None
    found = detect(tmp_path / "data" / "tweets.js")
    assert found.confidence < 0.5
    with pytest.raises(ReadError, match="is no part of an X archive: it begins with 'var tweets = \\['") as caught:
        load(tmp_path / "data" / "tweets.js")
    assert "Download an archive" in str(caught.value)


def test_a_broken_member_does_not_hide_the_others(tmp_path: Path, source: Callable[..., Any]) -> None:
    folder = write(tmp_path, tweets="oops", tweets__part1=member("tweets", [post()], 1), manifest=manifest())
    data, twitter = Input.at(folder), source()
    read = twitter.read(data, twitter.detect(data), ReadFacts())
    assert next(read).records["text"].to_list() == ["Boarding now."]
    with pytest.raises(ReadError, match="no part of an X archive"):
        next(read)


def test_an_archive_without_posts(tmp_path: Path, load: Callable[..., Any]) -> None:
    with pytest.raises(ReadError, match="without its posts"):
        load(write(tmp_path, manifest=manifest()))


def test_an_archive_beside_other_exports_is_found_and_does_not_swallow_them(archive: Path) -> None:
    (archive.parent / "reviews.csv").write_text("id,text\n1,good\n", "utf-8")
    found = list(reading.inputs(archive.parent, "exports", lambda data: members(data) is not None))
    assert [item.path for item in found if isinstance(item, Input)] == ["exports/archive", "exports/reviews.csv"]
