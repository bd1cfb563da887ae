"""Hootsuite: post performance, the posts of the accounts themselves, behind a title and a range of dates."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.listening.vendor import Vendor

HOOTSUITE: Final = Vendor(
    system="hootsuite",
    title="Hootsuite (post performance)",
    signature=frozenset(("date gmt", "post message", "social network")),
    is_own_posts=True,
    zone="UTC",
    columns={
        "native_id": ("post id",),
        "url": ("post permalink",),
        "page": ("social network",),
        "entry": ("post type",),
        "created": ("date gmt",),
        "text": ("post message",),
        "author_handle": ("social profile", "profile"),
        "likes": ("likes",),
        "reposts": ("shares",),
        "replies": ("comments",),
        "impressions": ("impressions",),
        "reach": ("reach",),
        "engagements": ("engagement",),
        "video_views": ("video views",),
    },
    labels=("post type",),
)
