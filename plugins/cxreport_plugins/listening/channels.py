"""Where a mention stands: from the tool's word for the sort of page, else from the address."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

_PAGES: Mapping[str, str] = {
    r"twitter|^x$|^x[^a-z]|[^a-z]x$": "x",
    r"facebook": "facebook",
    r"instagram": "instagram",
    r"linkedin": "linkedin",
    r"reddit": "reddit",
    r"youtube": "youtube",
    r"tiktok": "tiktok",
    r"bluesky": "bluesky",
    r"^threads": "threads",
    r"mastodon": "mastodon",
    r"tumblr": "tumblr",
    r"pinterest": "pinterest",
    r"telegram": "telegram",
    r"forum|message ?board": "forum",
    r"review": "reviews",
    r"blog": "blog",
    r"news|magazine|press|print|^tv|television|radio|broadcast": "news",
    r"^(general|web|other|website|online)$": "web",
}
"""Pattern in the word for a sort of page → channel; the first that fits."""
_SITES: Mapping[str, str] = {
    r"(?:twitter|x)\.com": "x",
    r"(?:facebook|fb)\.com": "facebook",
    r"instagram\.com": "instagram",
    r"linkedin\.com": "linkedin",
    r"reddit\.com": "reddit",
    r"(?:youtube\.com|youtu\.be)": "youtube",
    r"tiktok\.com": "tiktok",
    r"bsky\.app": "bluesky",
    r"threads\.(?:net|com)": "threads",
    r"trustpilot\.com": "trustpilot",
    r"tripadvisor\.[a-z.]+": "tripadvisor",
    r"yelp\.[a-z.]+": "yelp",
    r"g2\.com": "g2",
    r"capterra\.[a-z.]+": "capterra",
    r"booking\.com": "booking",
    r"amazon\.[a-z.]+": "amazon",
    r"play\.google\.com": "google_play",
    r"(?:apps|itunes)\.apple\.com": "app_store",
    r"(?:maps\.google\.[a-z.]+|google\.[a-z.]+/maps)": "google",
}
_VAGUE = ("reviews", "web")


def channel(page: pl.Expr, url: pl.Expr, *, page_is_name: bool = False) -> pl.Expr:
    """The channel of a mention.

    An address says more than "review" or "web". A word that nothing fits is taken as it is; but where `page`
    names a publication, such as a newspaper, only an exact name of a network counts.
    """
    word = page.str.strip_chars().str.to_lowercase()
    sort = _first(word, {rf"^(?:{name})$": name for name in _PAGES.values()} if page_is_name else _PAGES)
    if page_is_name:
        sort = pl.when(word.is_in(("twitter", "x", "x (twitter)"))).then(pl.lit("x")).otherwise(sort)
    site = _first(
        url, {rf"^(?:https?://)?(?:[\w-]+\.)*{pattern}(?:[/?#:]|$)": name for pattern, name in _SITES.items()}
    )
    other = pl.lit("web") if page_is_name else word.str.replace_all(r"[^\p{L}\p{N}]+", "_").str.strip_chars("_")
    certain = pl.when(~sort.is_in(_VAGUE)).then(sort)
    unknown = pl.when(other != "").then(other)
    named = pl.coalesce(site, certain) if page_is_name else pl.coalesce(certain, site)
    return pl.coalesce(named, sort, unknown, pl.lit("web"))


def _first(text: pl.Expr, patterns: Mapping[str, str]) -> pl.Expr:
    return pl.coalesce(*(pl.when(text.str.contains(pattern)).then(pl.lit(name)) for pattern, name in patterns.items()))
