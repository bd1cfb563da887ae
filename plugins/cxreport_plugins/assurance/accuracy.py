"""The section `accuracy`: how far people and classifiers agree on what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from cxreport.api import Accuracy, Card, Edition, Exhibit, Page, Section, SectionView, Words, message, stats
from cxreport_plugins.assurance.judged import FIELDS, agreements, classifiers, confusion, labels, models, right
from cxreport_plugins.assurance.pages import ACCURACY

UNKNOWN = message(
    "No text of this audit was coded by hand, so nobody knows how often sentiment, moments and customer voice are "
    "read right. Elsewhere such classifiers err in one text of three or four; here it may be more or fewer."
)
MAKE = message(
    "To find out, let two people code 250 texts: “cxreport code sample” draws them and writes a page to code on, "
    "“coding:” in config.yaml names what they saved, and the next build tells here how often each classifier is right, "
    "corrects the shares by it, and follows the coders wherever they agree."
)
DIRECTIONAL = message(
    "Directional means: shown, but not tested. A classifier is sound where at least {coded} texts were coded, where it "
    "is surely right in 60% of what it puts into each class (“neutral” and “no moment” aside: so it calls what tells "
    "it nothing), and, for moments, where it classifies at least 60% of the records."
)
DECIDED: Final = (
    ("sentiment_scorer", message("{n} for sentiment")),
    ("moment_rule", message("{n} for moment")),
    ("voice_rule", message("{n} for who writes")),
)
"""Columns that say who decided a class, and how many records the coders did."""


class AccuracyCard(Section):
    """Agreement of coders, confusion matrix of every classifier, what was learned and what was corrected."""

    name: ClassVar[str] = "accuracy"
    page: ClassVar[Page] = ACCURACY
    order: ClassVar[int] = 10

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How often sentiment is read right; without a coding sheet, that nobody knows."""
        card = edition.card
        if card is None or not card.records:
            return SectionView(
                id=self.name,
                title=words.say("Nobody knows yet how often the reading is right"),
                lede=words.say("How far to trust what is said here about sentiment, moments and customers: unknown."),
                notes=(words.say(UNKNOWN), words.say(MAKE)),
            )
        return SectionView(
            id=self.name,
            title=_heading(card, words),
            lede=words.say(
                "How far to trust the reading: people coded a sample of the texts, and every classifier is held "
                "against them."
            ),
            meta=_meta(card, words),
            notes=tuple(_notes(edition, card, words)),
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """All classifiers at a glance, the coders, then each confusion matrix, acts and themes, and models."""
        card = edition.card
        if card is None:
            return []
        whole = [one for one in card.accuracy if one.field in FIELDS and not one.scorer]
        made = [
            classifiers(card, words), agreements(card, words), *(confusion(one, words) for one in whole),
            labels(card, words), models(card, words),
        ]  # fmt: skip
        return [exhibit for exhibit in made if exhibit is not None]

    def limits(self, edition: Edition, words: Words) -> Sequence[str]:
        """That nobody knows, or which classifiers are not sound."""
        card = edition.card
        if card is None or not card.records:
            return [words.say("How often the classifiers are right: no text was coded by hand.")]
        doubtful = [words.say(FIELDS[one.field]).lower() for one in _whole(card) if not one.sound]
        if not doubtful:
            return []
        return [
            words.say(
                "Numbers that rest on the {fields} are directions, not tests: it is read wrongly too often.",
                fields=words.join(doubtful),
            )
        ]


def _whole(card: Card) -> list[Accuracy]:
    return [one for one in card.accuracy if one.field in FIELDS and not one.scorer]


def _heading(card: Card, words: Words) -> str:
    read = next((one for one in _whole(card) if one.field == "sentiment"), None)
    if read is None:
        return words.count(
            card.records,
            "{n}\u00a0record coded by hand tells how far to trust the reading",
            "{n}\u00a0records coded by hand tell how far to trust the reading",
        )
    return words.say("Sentiment is read as people read it in {share} of texts", share=words.share(right(read)))


def _meta(card: Card, words: Words) -> str:
    coded = words.say(
        "{records} coded by {people}; {unknown} more are of no record in this audit."
        if card.unknown
        else "{records} coded by {people}.",
        records=words.plural(card.records, "record", "records"),
        people=words.plural(card.coders, "person", "people"),
        unknown=words.number(card.unknown),
    )
    sheet = words.say(
        "Sheet {file}, {digest}." if card.file else "Sheet {digest}.", file=card.file, digest=card.sha256[:12]
    )
    return f"{coded} {sheet}"


def _notes(edition: Edition, card: Card, words: Words) -> list[str]:
    said = [
        words.say(
            "Records were drawn by chance within strata; every figure here is weighted by how many records of the "
            "audit a coded one stands for. Where coders disagree and nothing settled it, a record counts in parts."
        ),
        words.say(DIRECTIONAL, coded=stats.TESTED_FROM),
    ]
    decided = [(edition.classes.get(column, {}).get("coded", 0), what) for column, what in DECIDED]
    told = [words.say(what, n=words.number(n)) for n, what in decided if n]
    if told:
        said.append(
            words.say(
                "What the coders agree on replaces what was read. Records so decided: {decided}.",
                decided=words.join(told),
            )
        )
    said.append(
        words.say(
            "Shares that are corrected for these errors say so in the method appendix; their intervals hold them."
        )
    )
    return said
