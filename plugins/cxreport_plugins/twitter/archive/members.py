"""Which members of an X archive hold posts, and which are never opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cxreport.api import Input, reading
from cxreport_plugins.twitter.posts import count_of, dicts, mapping, text_of

POSTS = ("tweets", "tweet", "community-tweet", "community-tweets")
"""Names of members with posts; before 2022 they were singular."""
NOTES = ("note-tweet", "note-tweets")
_TYPES = ("tweets", "tweet", "communityTweet", "communityTweets")
_HOME = re.compile(r"(?P<home>(?:[^/]+/){0,3})(?:manifest|tweets?(?:-part\d+)?)\.js")
_PRIVATE = re.compile(
    r"account-creation-ip|ad-|ageinfo|connected-application|contact|device-token|direct-message|email-address"
    r"|ip-audit|key-registry|ni-devices|payment|personalization|phone-number|sso|user-link-clicks"
)
"""Members about persons and devices, direct messages first of all: never opened, whatever they may hold."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.js` says: the owner, and which files hold how many posts."""

    user: dict[str, Any]
    files: dict[str, int | None]
    """Name of each file of posts, as in the archive, with the number of posts it should hold."""
    is_broken: bool = False
    """Whether there is a manifest that could not be read."""
    is_partial: bool = False
    """Whether X split the archive over several ZIPs."""

    @property
    def expected(self) -> int | None:
        """Posts in the whole archive."""
        return sum(count or 0 for count in self.files.values()) if self.files else None


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an archive. `home` is the folder that holds them, with `/`, or ""."""

    data: Input
    home: str

    def parts(self, *names: str) -> tuple[str, ...]:
        """Members of these names and their further parts, such as `tweets-part1.js`, in their order."""
        return tuple(member for name in names for member in self._parts(name))

    def _parts(self, name: str) -> list[str]:
        pattern = re.compile(rf"{re.escape(self.home + name)}(?:-part(\d+))?\.js")
        found = [(int(match[1] or 0), match[0]) for member in self.data.members if (match := pattern.fullmatch(member))]
        return [member for _, member in sorted(found)]

    def posts(self, manifest: Manifest) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Members with posts, those that the manifest lists first; and listed ones that are not here."""
        root = self.home.removesuffix("data/")
        listed = tuple(f"{root}{name}" for name in manifest.files)
        here = tuple(name for name in listed if name in self.data.members)
        return tuple(dict.fromkeys((*here, *self.parts(*POSTS)))), tuple(sorted(set(listed) - set(here)))

    def private(self) -> tuple[str, ...]:
        """Members that are not opened, without their folder."""
        here = (member.removeprefix(self.home) for member in self.data.members if member.startswith(self.home))
        return tuple(name for name in here if name.endswith(".js") and _PRIVATE.match(name))

    def manifest(self) -> Manifest:
        """The manifest, empty when there is none or it cannot be read (archives before 2020 have none)."""
        value = self._single("manifest")
        is_broken = not value and bool(self.parts("manifest"))
        types = mapping(value.get("dataTypes"))
        files: dict[str, int | None] = {}
        for name in _TYPES:
            for file in dicts(mapping(types.get(name)).get("files")):
                if (member := text_of(file.get("fileName"))) is not None:
                    files[member] = count_of(file.get("count"))
        is_partial = mapping(value.get("archiveInfo")).get("isPartialArchive") is True
        return Manifest(mapping(value.get("userInfo")), files, is_broken, is_partial)

    def first(self, name: str) -> dict[str, Any]:
        """The only element of a member such as `account.js`, out of its wrapper; empty when there is none."""
        return mapping(next(iter(self._single(name).values()), None))

    def count(self, name: str) -> int | None:
        """How many elements a member such as `follower.js` holds over all parts; None when it is absent."""
        parts = self.parts(name)
        values = (value for part in parts for _, _, value in reading.read_assigned(self.data, part))
        return sum(isinstance(value, dict) for value in values) if parts else None

    def _single(self, name: str) -> dict[str, Any]:
        for part in self.parts(name)[:1]:
            for _, _, value in reading.read_assigned(self.data, part):
                return mapping(value)
        return {}


def members(data: Input) -> Members | None:
    """The members of a folder or ZIP that is one archive, with or without a folder around it; else None.

    A folder in which an archive lies beside other exports is not that archive; the folder within it is.

    An archive holds `data/manifest.js` or `data/tweets.js` (or `tweet.js`); until early 2019 its members lay
    at the root, where only an `account.js` or `profile.js` beside them tells them from any loose file.
    """
    homes = sorted({match["home"] for name in data.members if (match := _HOME.fullmatch(name))}, key=_depth)
    for home in homes:
        is_named = home == "data/" or home.endswith("/data/")
        is_whole = all(name.startswith(home.removesuffix("data/")) for name in data.members)
        if is_whole and home.count("/") <= 2 + is_named and (is_named or _is_old(data, home)):
            return Members(data, home)
    return None


def _depth(home: str) -> tuple[int, str]:
    return home.count("/"), home


def _is_old(data: Input, home: str) -> bool:
    return any(f"{home}{name}.js" in data.members for name in ("account", "profile"))
