"""Whose archive it is: the author of everything in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cxreport_plugins.twitter.archive.members import Manifest, Members
from cxreport_plugins.twitter.posts import dicts, mapping, text_of

_STATUS = re.compile(r"https?://(?:mobile\.)?(?:twitter|x)\.com/(\w{1,20})/status/(\d+)")


@dataclass(frozen=True, slots=True)
class Owner:
    """The account that an archive belongs to, as far as the archive says."""

    id: str | None = None
    handle: str | None = None
    name: str | None = None
    followers: int | None = None
    following: int | None = None
    is_verified: bool | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of a record: everything in an archive is written by its owner."""
        return {
            "author_id": self.id,
            "author_handle": self.handle,
            "author_name": self.name,
            "author_role": "brand",
            "author_followers": self.followers,
            "author_following": self.following,
            "author_verified": self.is_verified,
            "brand_authored": True,
            "brand_authored_basis": "archive_owner",
        }


def owner_of(members: Members, manifest: Manifest, handle: str | None) -> Owner:
    """The owner by `manifest.js`, else by `account.js`; `handle` is what the configuration says of it."""
    user = manifest.user
    if not user:
        account = members.first("account")
        user = {"accountId": account.get("accountId"), "userName": account.get("username")}
        user["displayName"] = account.get("accountDisplayName")
    verified = members.first("verified").get("verified")
    return Owner(
        id=text_of(user.get("accountId")),
        handle=text_of(user.get("userName")) or handle,
        name=text_of(user.get("displayName")),
        followers=members.count("follower"),
        following=members.count("following"),
        is_verified=verified if isinstance(verified, bool) else None,
    )


def handle_in_media(posts: Iterable[dict[str, Any]]) -> str | None:
    """The owner's handle, from links to pictures of the owner's own posts; None when there are none."""
    handles: Counter[str] = Counter()
    for post in posts:
        for medium in dicts(mapping(post.get("extended_entities") or post.get("entities")).get("media")):
            link = _STATUS.match(text_of(medium.get("expanded_url")) or "")
            if link and link[2] == post.get("id_str"):
                handles[link[1]] += 1
    return min(handles, key=lambda handle: (-handles[handle], handle)) if handles else None
