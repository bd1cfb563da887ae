"""Which members of a classic archive hold posts, and whose archive it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cxreport.api import Input, reading
from cxreport_plugins.twitter.archive.owner import Owner
from cxreport_plugins.twitter.posts import count_of, mapping, text_of

_HOME = re.compile(r"(?P<home>(?:[^/]+/){0,2})(?:data/js/tweets/\d{4}_\d{2}[^/]*\.js|tweets\.csv)")
_MONTH = re.compile(r"data/js/tweets/\d{4}_\d{2}[^/]*\.js")
"""A second download of a month is called `2018_10 (1).js`; the core makes one record of a post that two files hold."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a classic archive. `home` is the folder that holds them, with `/`, or ""."""

    data: Input
    home: str

    @property
    def months(self) -> tuple[str, ...]:
        """The months, oldest first."""
        return tuple(name for name in self.data.members if _MONTH.fullmatch(name.removeprefix(self.home)))

    @property
    def table(self) -> str | None:
        """The table of all posts, if it is here."""
        return self._here("tweets.csv")

    @property
    def expected(self) -> int | None:
        """How many posts the archive says it holds."""
        return count_of(self._single("payload_details").get("tweets"))

    def owner(self, handle: str | None) -> Owner:
        """The owner by `user_details.js`; `handle` is what the configuration says of it."""
        user = self._single("user_details")
        return Owner(
            id=text_of(user.get("id")),
            handle=text_of(user.get("screen_name")) or handle,
            name=text_of(user.get("full_name")),
        )

    def _single(self, name: str) -> dict[str, Any]:
        member = self._here(f"data/js/{name}.js")
        items = reading.read_assigned(self.data, member) if member else iter(())
        return next((mapping(value) for _, _, value in items), {})

    def _here(self, name: str) -> str | None:
        return self.home + name if self.home + name in self.data.members else None


def members(data: Input) -> Members | None:
    """The members of a folder or ZIP that is one classic archive, with or without a folder around it; else None.

    It has months, or `tweets.csv` beside the `index.html` that shows them; and nothing lies outside of it, for
    a folder that holds other exports too is no archive, though it may contain one.
    """
    for home in sorted({match["home"] for name in data.members if (match := _HOME.fullmatch(name))}):
        found = Members(data, home)
        is_archive = found.months or (found.table and f"{home}index.html" in data.members)
        if is_archive and all(name.startswith(home) for name in data.members):
            return found
    return None
