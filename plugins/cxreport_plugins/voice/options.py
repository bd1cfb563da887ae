"""Options of the enricher `voice`."""

from __future__ import annotations

from cxreport.api import Options

OPEN_CHANNELS = (
    "x", "twitter", "facebook", "instagram", "threads", "bluesky", "mastodon", "tiktok", "youtube",
    "linkedin", "pinterest", "tumblr", "vk", "ok", "telegram", "reddit", "quora", "forum", "blog", "web",
    "social",
)  # fmt: skip
"""Where anybody may write about anything; elsewhere, who writes has bought or used something."""


class VoiceOptions(Options):
    """Where the gate stands."""

    open_channels: tuple[str, ...] = OPEN_CHANNELS
    """Channels whose posts must pass the gate of cues; those of others are customers by their source."""
