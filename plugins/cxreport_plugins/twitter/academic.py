"""Folders of academictwitteR: answers of the X API v2 in pairs of files, posts apart from their users."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from cxreport.api import Batch, Detection, Input, ReadFacts, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.api_v2 import Run
from cxreport_plugins.twitter.api_v2_post import Page
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import batches, dicts, mapping

SYSTEM: Final = "x.academictwitter"
_PART = re.compile(r"(?P<home>(?:[^/]+/)?)(?P<kind>data|users)_(?P<id>[^/]*)\.json")
_QUERY = re.compile(r"(?:[^/]+/)?query")
_USERS = {"users", "tweets"}


def detect(look: Look) -> Detection | None:
    """A folder of nothing but such files; or one file of users, by its keys."""
    if look.data.kind != "file":
        parts = _parts(look.data)
        kinds = {kind for kind, _ in parts}
        if kinds != {"data", "users"} or not all(_PART.fullmatch(m) or _QUERY.fullmatch(m) for m in look.data.members):
            return None
        return Detection(
            SYSTEM, "folder", 1.0, "It holds data_*.json and users_*.json, as academictwitteR writes them."
        )
    value = mapping(look.value)
    if "users" in value and value.keys() <= _USERS and all("username" in user for user in dicts(value["users"])):
        return Detection(
            SYSTEM, "users", 0.9, "It holds `users` and no posts of its own, as academictwitteR writes it."
        )
    return None


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """Posts with their users; of a file of users alone, the parents that it holds, as context."""
    run = Run(facts)
    if data.kind == "file":
        facts.notes.append("The posts lie in the file data_*.json beside this one: name the folder that holds both.")
        yield from batches(_users_alone(run, data, options))
    else:
        yield from batches(_folder(run, data, options))


def _parts(data: Input) -> dict[tuple[str, str], str]:
    """Member by its kind and what it has in common with its other half."""
    found = (_PART.fullmatch(member) for member in data.members)
    return {(match["kind"], match["home"] + match["id"]): match[0] for match in found if match}


def _folder(run: Run, data: Input, options: TwitterOptions) -> Iterator[dict[str, Any] | Reject]:
    parts = _parts(data)
    lone = 0
    for (kind, name), member in sorted(parts.items()):
        if kind == "data":
            users = parts.get(("users", name))
            lone += users is None
            page = _page(data, users, options) if users else Page()
            yield from _posts(run, data, member, page, options)
            yield from run.context(list(page.posts.values()), f"{users}#/tweets", page)
    if lone:
        run.facts.notes.append(
            f"Files of posts without their file of users: {lone}. Their authors are known by id only."
        )


def _posts(
    run: Run, data: Input, member: str, page: Page, options: TwitterOptions
) -> Iterator[dict[str, Any] | Reject]:
    with reading.open_text(data, member, options.encoding) as text:
        for _, pointer, value in reading.json_items(text):
            if isinstance(value, reading.JsonProblem):
                yield Reject(run.row(), value.code, value.reason, member)
            else:
                yield from run.datum(value, f"{member}#{pointer}", page)
        run.facts.encoding, run.facts.encoding_how = text.encoding.name, text.encoding.how


def _page(data: Input, member: str, options: TwitterOptions) -> Page:
    """Users and parents of one answer; none where their file is broken."""
    for _, _, value in reading.iter_json(data, member, encoding=options.encoding):
        return Page.of(mapping(value))
    return Page()


def _users_alone(run: Run, data: Input, options: TwitterOptions) -> Iterator[dict[str, Any] | Reject]:
    for _, pointer, value in reading.iter_json(data, encoding=options.encoding):
        if isinstance(value, reading.JsonProblem):
            yield Reject(run.row(), value.code, value.reason)
        else:
            page = Page.of(mapping(value))
            run.skip("profiles", len(page.users))
            yield from run.context(list(page.posts.values()), f"{pointer}/tweets", page)
