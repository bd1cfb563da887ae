"""Sprout Social: Post Performance, the posts of the accounts themselves. Times are in the account's zone."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.listening.vendor import Vendor

SPROUT: Final = Vendor(
    system="sprout",
    title="Sprout Social (Post Performance)",
    signature=frozenset(("network", "post type", "profile", "sent by")),
    is_own_posts=True,
    columns={
        "native_id": ("post id",),
        "url": ("link",),
        "page": ("network",),
        "entry": ("post type",),
        "created": ("date",),
        "text": ("post",),
        "author_handle": ("profile",),
        "likes": ("reactions",),
        "reposts": ("shares",),
        "replies": ("comments",),
        "bookmarks": ("saves",),
        "impressions": ("impressions",),
        "reach": ("reach",),
        "engagements": ("engagements",),
        "video_views": ("video views",),
    },
    labels=("post type", "content type"),
)
