"""The exhibits of friends and critics, and of what else was asked about the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common import say

QUADRANTS, INFLUENCE, CONVERSATION = "network.quadrants", "network.influence", "network.conversation"
LAYERS, ADVOCACY, PRESENCE, INITIATIVE = (
    "network.layers", "network.advocacy", "network.presence_fit", "network.initiative",
)  # fmt: skip
OFFERS, CONTENT, PROACTIVE = "network.offers", "network.content", "network.proactive"
ASKED: Final = (QUADRANTS, INFLUENCE, CONVERSATION, LAYERS, ADVOCACY, PRESENCE, INITIATIVE, OFFERS, CONTENT, PROACTIVE)
SIDES: Final = ("friend", "critic", "neither")
AUDIENCES: Final = (("large", message("Large")), ("small", message("Small")))
SINGLE: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    (message("Replies of customers that go to another customer"), CONVERSATION, {}),
    (message("Ties between customers that are returned"), CONVERSATION, {"statistic": "reciprocity"}),
    (message("Replies by others, a thread"), CONVERSATION, {"statistic": "replies"}),
    (message("Other customers who join, a thread"), CONVERSATION, {"statistic": "answerers"}),
    (message("Texts that recommend the brand"), ADVOCACY, {"act": "recommend"}),
    (message("Texts that warn of it"), ADVOCACY, {"act": "warn"}),
    (message("Threads that customers begin, not the brand"), INITIATIVE, {}),
    (message("Overlap of the channels of customers and brand"), PRESENCE, {}),
    (message("Texts that miss a variant"), OFFERS, {"offer": "variant"}),
    (message("Texts that offer an idea"), OFFERS, {"offer": "idea"}),
    (message("Ideas in public that were answered"), OFFERS, {"offer": "idea", "part": "answered"}),
    (message("Helpful over promotional posts of the brand"), CONTENT, {}),
    (message("Reactions to a post of the brand"), CONTENT, {"part": "engagement"}),
    (message("Service messages of the brand that came unasked"), PROACTIVE, {}),
)
COLUMNS: Final = (message("Audience"), message("Friends"), message("Critics"), message("Neither"))
PARTS: Final = (
    ("people", message("People")),
    ("replies", message("Replies, a record")),
    ("pace", message("Records, a person and week")),
)
TIER: Final = (
    ("people", message("People")),
    ("from", message("Followers from about")),
    ("followers", message("Share of all followers")),
)


def quadrants(edition: Edition, words: Words) -> Exhibit | None:
    """People by audience and by what they mostly say."""
    cells = {(a, s): edition.get(QUADRANTS, audience=a, side=s) for a, _ in AUDIENCES for s in SIDES}
    found = [r for r in cells.values() if r is not None]
    if not any(r.shown for r in found):
        return None
    body = tuple((words.say(label), *(_value(cells[a, s], words) for s in SIDES)) for a, label in AUDIENCES)
    return Exhibit(
        id="network.quadrants", title=_quadrants_title(cells["large", "friend"], cells["large", "critic"], words),
        subtitle=words.say(
            "People by audience and by what most of their scored records say. {period}",
            period=say.period(edition, words),
        ),
        results=tuple(found), table=Table(tuple(map(words.say, COLUMNS)), body),
        note=words.say("Nobody is named or ranked. Fewer than ten people are not shown."),
        source=say.base_line(edition, words, sum(r.n for r in found), ("person", "people")),
        heading=words.say("Friends and critics, by audience"),
    )  # fmt: skip


def _quadrants_title(friends: Result | None, critics: Result | None, words: Words) -> str:
    if friends is None or critics is None or not friends.shown or not critics.shown:
        return words.say("Friends and critics by audience")
    return words.say(
        "Of people with a large audience {critics} mostly criticise and {friends} mostly praise",
        critics=words.value(critics), friends=words.value(friends),
    )  # fmt: skip


def others(edition: Edition, words: Words) -> Exhibit | None:
    """Conversation, advocacy, initiative, presence, the networks and the tiers of influence in one table."""
    found = [(label, r) for label, r in _asked(edition, words) if r is not None]
    if not any(r.shown for _, r in found):
        return None
    table = say.estimates(found, words, words.say("Asked"), words.say("Value"), words.say("What else was asked"))
    return Exhibit(
        id="network.others", title=words.say("What else was asked about the network"),
        heading=words.say("What else was asked"),
        subtitle=words.say("Values with 95% intervals and bases. {period}", period=say.period(edition, words)),
        results=tuple(r for _, r in found), table=table, note=say.marks_note([r for _, r in found], words),
    )  # fmt: skip


def _asked(edition: Edition, words: Words) -> Iterator[tuple[str, Result | None]]:
    yield from ((words.say(label), edition.get(measure, **dims)) for label, measure, dims in SINGLE)
    for channel in sorted({r.dims["channel"] for r in edition.results(LAYERS) if "channel" in r.dims}):
        replies = edition.get(LAYERS, channel=channel, part="replies")
        talking = replies is not None and bool(replies.value)
        for part, label in PARTS if talking else PARTS[:1]:
            yield (
                f"{words.channel(channel)}: {words.say(label).lower()}",
                edition.get(LAYERS, channel=channel, part=part),
            )
    for tier in dict.fromkeys(r.dims["tier"] for r in edition.results(INFLUENCE) if "tier" in r.dims):
        for part, label in TIER:
            asked = words.say("Influence, {tier}: {what}", tier=words.say(tier), what=words.say(label).lower())
            yield asked, edition.get(INFLUENCE, tier=tier, part=part)


def _value(result: Result | None, words: Words) -> str:
    return words.value(result) if result is not None else ""
