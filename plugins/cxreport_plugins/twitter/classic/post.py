"""One post of a month of a classic archive as a raw post."""

from __future__ import annotations

from typing import Any

from cxreport_plugins.twitter import status
from cxreport_plugins.twitter.archive.owner import Owner


def raw_post(value: dict[str, Any], owner: Owner) -> dict[str, Any]:
    """Columns of `posts.RAW` for one post of the archive's owner.

    Most archives hold a reduced status, without counts and language; those of about 2013 and 2014 a whole one.
    """
    raw = status.raw_post(value)
    known = {name: said for name, said in raw.items() if said is not None}
    return {**raw, **owner.columns, **known}
