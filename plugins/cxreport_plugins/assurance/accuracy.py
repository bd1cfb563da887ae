"""The section `accuracy`: how far people and classifiers agree on what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Accuracy, Card, Edition, Exhibit, Page, Section, SectionView, Words, stats
from cxreport_plugins.assurance.judged import FIELDS, agreements, classifiers, confusion, labels, models, right
from cxreport_plugins.assurance.pages import ACCURACY

UNKNOWN = (
    "No text of this audit was coded by hand, so nobody knows how often sentiment, moments and customer voice are "
    "read right. Elsewhere such classifiers err in one text of three or four; here it may be more or fewer."
)
MAKE = (
    "To find out, let two people code 250 texts: “cxreport code sample” draws them and writes a page to code on, "
    "“coding:” in config.yaml names what they saved, and the next build tells here how often each classifier is right, "
    "corrects the shares by it, and follows the coders wherever they agree."
)
DIRECTIONAL = (
    "Directional means: shown, but not tested. A classifier is sound where at least {coded} texts were coded, where it "
    "is surely right in 60% of what it puts into each class (“neutral” and “no moment” aside: so it calls what tells "
    "it nothing), and, for moments, where it classifies at least 60% of the records."
)


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
                title="Nobody knows yet how often the reading is right",
                lede="How far to trust what is said here about sentiment, moments and customers: unknown.",
                notes=(UNKNOWN, MAKE),
            )
        return SectionView(
            id=self.name,
            title=_heading(card, words),
            lede="How far to trust the reading: people coded a sample of the texts, and every classifier is held "
            "against them.",
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
            return ["How often the classifiers are right: no text was coded by hand."]
        doubtful = [FIELDS[one.field].lower() for one in _whole(card) if not one.sound]
        if not doubtful:
            return []
        what = f"Numbers that rest on the {words.join(doubtful)} are directions, not tests"
        return [f"{what}: it is read wrongly too often."]


def _whole(card: Card) -> list[Accuracy]:
    return [one for one in card.accuracy if one.field in FIELDS and not one.scorer]


def _heading(card: Card, words: Words) -> str:
    read = next((one for one in _whole(card) if one.field == "sentiment"), None)
    if read is None:
        return f"{words.plural(card.records, 'record', 'records')} coded by hand tell how far to trust the reading"
    return f"Sentiment is read as people read it in {words.share(right(read))} of texts"


def _meta(card: Card, words: Words) -> str:
    by = words.plural(card.coders, "person", "people")
    lost = f"; {words.number(card.unknown)} more are of no record in this audit" if card.unknown else ""
    name = f" {card.file}," if card.file else ""
    return f"{words.plural(card.records, 'record', 'records')} coded by {by}{lost}. Sheet{name} {card.sha256[:12]}."


def _notes(edition: Edition, card: Card, words: Words) -> list[str]:
    said = [
        "Records were drawn by chance within strata; every figure here is weighted by how many records of the audit a "
        "coded one stands for. Where coders disagree and nothing settled it, a record counts in parts.",
        DIRECTIONAL.format(coded=stats.TESTED_FROM),
    ]
    decided = [
        (edition.classes.get(column, {}).get("coded", 0), what)
        for column, what in (("sentiment_scorer", "sentiment"), ("moment_rule", "moment"), ("voice_rule", "who writes"))
    ]
    told = [f"{words.number(n)} for {what}" for n, what in decided if n]
    if told:
        said.append(f"What the coders agree on replaces what was read. Records so decided: {words.join(told)}.")
    said.append("Shares that are corrected for these errors say so in the method appendix; their intervals hold them.")
    return said
