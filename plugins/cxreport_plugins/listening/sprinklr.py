"""Sprinklr: the table of a stream of conversations."""

from __future__ import annotations

from typing import Final

from cxreport_plugins.listening.vendor import Vendor

SPRINKLR: Final = Vendor(
    system="sprinklr",
    title="Sprinklr (stream of conversations)",
    signature=frozenset(("socialnetwork", "senderscreenname", "message")),
    columns={
        "native_id": ("universalmessageid",),
        "url": ("permalink",),
        "page": ("socialnetwork",),
        "entry": ("messagetype",),
        "created": ("createdtime",),
        "title": ("title",),
        "text": ("message",),
        "author_id": ("senderuserid",),
        "author_handle": ("senderscreenname",),
        "author_name": ("senderlistedname",),
        "author_followers": ("sender followers count",),
        "likes": ("favorites",),
        "reposts": ("retweets",),
        "sentiment_vendor": ("sentiment",),
        "rating_raw": ("star rating",),
        "language": ("language",),
        "country": ("country",),
    },
)
