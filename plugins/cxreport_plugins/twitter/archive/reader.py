"""An X archive of 2018 or later, whole (folder or ZIP) or one of its files of posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from cxreport.api import Batch, Detection, Input, ReadError, ReadFacts, Reject, reading
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter.archive.members import Manifest, Members, members
from cxreport_plugins.twitter.archive.notes import Notes, notes_of
from cxreport_plugins.twitter.archive.owner import Owner, handle_in_media, owner_of
from cxreport_plugins.twitter.archive.post import raw_post
from cxreport_plugins.twitter.options import TwitterOptions
from cxreport_plugins.twitter.posts import batches, mapping, text_of

SYSTEM = "x.archive"
HOW_TO_GET = "download it at x.com under Settings, Your account, Download an archive of your data"
OWN_WORDS_ONLY = (
    "An archive holds what its owner wrote and no customer's words. To hear customers, add their mentions: "
    "the X API (`search/recent` or `users/:id/mentions`, with expansions) or the mentions export of a social "
    "listening tool."
)
_START = re.compile(r"(?:window\.)?(?:YTD\.(?P<name>\w+)\.part\d+|__THAR_CONFIG)\s*=")
_NAME = re.compile(r"(?:.*[-_ ])?tweets?(?:-part\d+)?\.js", re.IGNORECASE)
_POSTS = re.compile(r"(?:community_)?tweets?")
_NO_ARCHIVE = ("empty", "no_assignment", "not_json")
_HANDLE_LOOK = 2_000
"""Posts looked at for the owner's handle, when no other member names it."""


def detect(look: Look) -> Detection | None:
    """An archive by its members, or one member by its first characters."""
    if look.data.kind == "file":
        return _detect_member(look)
    found = members(look.data)
    names = found.parts("manifest", "tweets", "tweet") if found else ()
    if found is None or not any(_START.match(look.start(name, 256)) for name in names):
        return None
    format = "2022+" if found.parts("tweets") else "2018-2021"
    return Detection(SYSTEM, format, 1.0, f"It holds {names[0]}, as archives of X do.")


def _detect_member(look: Look) -> Detection | None:
    start = _START.match(look.text)
    if start:
        name = start["name"] or "manifest"
        return Detection(SYSTEM, f"member {name}", 1.0, f"It begins with {start[0]!r}, as a member of an archive does.")
    if _NAME.fullmatch(look.data.name):
        return Detection(SYSTEM, "", 0.3, f"It is named {look.data.name}, but does not begin as archives do.")
    return None


def read(data: Input, found: Detection, options: TwitterOptions, facts: ReadFacts) -> Iterator[Batch]:
    """All posts, streaming member by member. Raises ReadError when a member is no part of an archive."""
    facts.frame = "own_posts"
    run = _Run(data, options, facts)
    yield from batches(run.member(found) if data.kind == "file" else run.archive())
    run.conclude()


@dataclass(slots=True)
class _Run:
    """Reading one archive: what is known while going through its members."""

    data: Input
    options: TwitterOptions
    facts: ReadFacts
    owner: Owner = field(default_factory=Owner)
    notes: Notes = field(default_factory=Notes)
    failures: list[ReadError] = field(default_factory=list)

    def archive(self) -> Iterator[dict[str, Any] | Reject]:
        """Posts of all members."""
        found = members(self.data)
        if found is None:
            raise ReadError(self.data.path, "is no X archive.", mend=f"Take it as X delivers it: {HOW_TO_GET}.")
        manifest = found.manifest()
        here, missing = found.posts(manifest)
        if not here:
            what = "is an X archive without its posts: no tweets.js is in it."
            raise ReadError(self.data.path, what, mend="Take the archive whole, with all its parts.", code="no_posts")
        self.owner = self._named(owner_of(found, manifest, self.options.owner), here)
        self.notes = notes_of(found)
        self.facts.expected = manifest.expected
        self._say(found, manifest, missing)
        for member in here:
            yield from self._posts(member)

    def member(self, found: Detection) -> Iterator[dict[str, Any] | Reject]:
        """Posts of one file on its own."""
        name = found.format.removeprefix("member ")
        if found.format and not _POSTS.fullmatch(name):
            what = f"is the member {name} of an X archive and holds no posts."
            raise ReadError(self.data.path, what, mend="Name the archive's folder or ZIP.", code="no_posts")
        self.owner = self._named(Owner(handle=self.options.owner), ("",))
        yield from self._posts("")

    def conclude(self) -> None:
        """Say what the archive cannot tell; raise the first failure, now that all else has been read."""
        if self.facts.rows_read:
            self.facts.notes.append(OWN_WORDS_ONLY)
        used = [note.is_used for note in self.notes.all]
        if used:
            self.facts.notes.append(
                f"{sum(used)} of {len(used)} long posts were completed from note-tweet.js"
                + ("; the others belong to no post of the archive." if sum(used) < len(used) else ".")
            )
        if self.failures:
            raise self.failures[0]

    def _posts(self, member: str) -> Iterator[dict[str, Any] | Reject]:
        """Posts of one member. A member that is not JSON is remembered as a failure; the others are read."""
        with reading.open_text(self.data, member, self.options.encoding) as text:
            for index, pointer, value in reading.json_items(text, assigned=True):
                row = self.facts.rows_read
                if index == 0 and isinstance(value, reading.JsonProblem) and value.code in _NO_ARCHIVE:
                    self.failures.append(self._no_archive(member, value))
                    return
                self.facts.rows_read += 1
                yield self._post(value, row, f"{member}#{pointer}", member)
            self.facts.encoding, self.facts.encoding_how = text.encoding.name, text.encoding.how

    def _post(self, value: object, row: int, pointer: str, member: str) -> dict[str, Any] | Reject:
        if isinstance(value, reading.JsonProblem):
            return Reject(row, value.code, value.reason, member or None)
        post = mapping(mapping(value).get("tweet")) or mapping(value)
        if not (text_of(post.get("id_str")) or text_of(post.get("id"))):
            return Reject(row, "not_a_post", "an element without the id of a post", member or None)
        raw = raw_post(post, self.owner)
        if not raw["raw_text"]:
            return Reject(row, "no_content", "a post without text", member or None)
        note = self.notes.join(raw["native_id"], raw["raw_text"])
        if note is not None:
            raw["full_text"] = note.text
        return {**raw, "source_row": row, "source_pointer": pointer}

    def _named(self, owner: Owner, parts: tuple[str, ...]) -> Owner:
        """The owner with a handle, from links to the owner's own pictures if there is no other way."""
        if owner.handle or not parts:
            return owner
        elements = islice(reading.read_assigned(self.data, parts[0]), _HANDLE_LOOK)
        posts = (mapping(mapping(value).get("tweet")) or mapping(value) for _, _, value in elements)
        handle = handle_in_media(posts)
        if handle:
            self.facts.notes.append(f"The owner's handle, {handle}, was read off links to the owner's pictures.")
        return replace(owner, handle=handle)

    def _say(self, found: Members, manifest: Manifest, missing: tuple[str, ...]) -> None:
        private = found.private()
        if private:
            self.facts.notes.append(f"Not opened, because they hold private data: {', '.join(private)}.")
        if manifest.is_broken:
            self.facts.notes.append("manifest.js could not be read: whether posts are missing cannot be told.")
        if missing:
            why = " X split this archive over several ZIPs; put them into one folder." if manifest.is_partial else ""
            self.facts.notes.append(f"Listed in the manifest but absent: {', '.join(missing)}.{why}")

    def _no_archive(self, member: str, problem: reading.JsonProblem) -> ReadError:
        text = Look(self.data).start(member, 60).split("\n")[0]
        return ReadError(
            self.data.path,
            f"is no part of an X archive: it begins with {text[:40]!r}, not `window.YTD.tweets.part0 = [`.",
            problem.reason,
            f"Take the archive as X delivers it: {HOW_TO_GET}.",
            code="not_an_archive",
            member=member or self.data.member,
        )
