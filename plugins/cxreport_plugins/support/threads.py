"""Messages of one conversation, in order, each in answer to the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxreport_plugins.support.raw import MESSAGE, Raw


def linked(messages: Iterable[Raw], conversation: str | None) -> Iterator[Raw]:
    """The messages as they follow each other; those without a text are left out."""
    before: str | None = None
    for message in sorted(messages, key=lambda raw: _instant(raw.get("created"))):
        if message.get("text"):
            yield {"kind": MESSAGE, "conversation_id": conversation, "in_reply_to_id": before, **message}
            before = message["native_id"] or before


def _instant(created: str | None) -> tuple[int, str]:
    """Sorts ISO times and epochs alike; what has no time stays first, as the beginning of a conversation."""
    return (len(created) if created and created.isdigit() else 0, created or "")
