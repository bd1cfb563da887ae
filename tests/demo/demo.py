"""The demo's files, read with nothing but the standard library."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "meridian"
DATA = EXAMPLE / "data"
csv.field_size_limit(1 << 20)


def table(name: str, encoding: str = "utf-8") -> list[list[str]]:
    """All records of a CSV file below data/."""
    with (DATA / name).open(encoding=encoding, newline="") as file:
        return list(csv.reader(io.StringIO(file.read(), newline="")))


def play(month: str) -> list[list[str]]:
    """All records of one Play Console month, which must begin with the mark of UTF-16LE."""
    raw = (DATA / f"reviews/reviews_com.meridianair.app_{month}.csv").read_bytes()
    assert raw.startswith(b"\xff\xfe")
    return list(csv.reader(io.StringIO(raw.decode("utf-16"), newline="")))


@cache
def truth() -> dict[str, Any]:
    """truth.json."""
    loaded: dict[str, Any] = json.loads((EXAMPLE / "truth.json").read_text("utf-8"))
    return loaded


@cache
def pages() -> tuple[dict[str, Any], ...]:
    """Every whole page of posts, in the order of the files; pages that broke off are left out."""
    return tuple(page for page in map(parsed, lines()) if page is not None)


def lines() -> list[str]:
    """Every line of the files of posts."""
    files = sorted((DATA / "x-mentions").glob("*.jsonl"))
    return [line for path in files for line in path.read_bytes().decode("utf-8").split("\n") if line]


def parsed(line: str) -> dict[str, Any] | None:
    """The page on a line, or None when it broke off."""
    try:
        page: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return page


@cache
def posts() -> dict[str, dict[str, Any]]:
    """Every post that has an id, by its id."""
    return {post["id"]: post for page in pages() for post in page["data"] if "id" in post}


@cache
def users() -> dict[str, dict[str, Any]]:
    """Every author, by id."""
    return {user["id"]: user for page in pages() for user in page["includes"]["users"]}


def parent(post: dict[str, Any], kind: str = "replied_to") -> str | None:
    """The id of the post that this one replies to, reposts or quotes."""
    return next((ref["id"] for ref in post.get("referenced_tweets", ()) if ref["type"] == kind), None)


def facts(name: str) -> dict[str, Any]:
    """What truth.json says of a file whose path ends so."""
    return next(file for file in truth()["files"] if file["path"].endswith(name))
