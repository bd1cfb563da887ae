"""The section `glossary`: the field's terms, as this report uses them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Page, Section, SectionView, Words
from cxreport_plugins.assurance.pages import METHODS

TERMS: dict[str, str] = {
    "95% interval": (
        "Of a hundred such intervals from random samples, about 95 hold the true value. It says nothing of people who "
        "are not in the exports."
    ),
    "Adjusted Wald": "An interval for scores such as NPS that keeps its promise on small bases.",
    "Base (n)": "How many records a number was computed from.",
    "Break point": "A touchpoint that is mentioned mostly in complaints: the theme of a text that complains or warns.",
    "Bounds": "The lowest and the highest value that the known facts allow; not an estimate.",
    "Branching": "How many further posts each post of a finished cascade of reposts set off; below 1 always.",
    "Burst": "Days on which far more people than usual complain about the same thing.",
    "Censored": "A case still waiting when watching stopped: it is known to have waited at least so long.",
    "Break-even": "The share of the cost of reaction that prevention must remove to pay for itself.",
    "Business clock": "Waiting time counted only while the brand’s people are at work, by the hours that it stated.",
    "CES": "Customer Effort Score: how easy customers found it to get something done.",
    "CSAT": "Customer satisfaction: the share that gave one of the best two answers.",
    "Cue": "What a text lets slip on the way to a choice: a source, a reason, a wish, a rival. Found by patterns.",
    "Customer voice": "Records in which a customer speaks, as against news, adverts, job posts, bots and brands.",
    "Default population": "Whom every measure counts unless it says otherwise: customers’ own records about the brand.",
    "Detractor, passive, promoter": "Answers 0–6, 7–8 and 9–10 to the question whether one would recommend the brand.",
    "Directional": "Shown as a direction only: something forbids a test, and the exhibit says what.",
    "Driver": "A part of the experience whose rating goes with the score; an association, not proof of a cause.",
    "Entity": "Whom a record is about: the brand, a rival, or nobody we know.",
    "FMOT": "First moment of truth: the customer stands before the offer and chooses.",
    "Frame": "Which part of its world an export holds: all, answered items only, the newest only, own posts only.",
    "Importance": (
        "Of a driver: its share of what the ratings of all parts explain of the score, averaged over every order in "
        "which they may be counted (the Shapley value of R²)."
    ),
    "Kaplan–Meier": "The way to draw waiting times when some cases are still open, without dropping them.",
    "Moment of truth": "What a record is about: stimulus, ZMOT, FMOT or SMOT; records that tell none have none.",
    "Net sentiment": "Share of positive minus share of negative records, in points from −100 to +100.",
    "Not testable": "The data cannot show it; the reason and what is needed are given instead of a number.",
    "NPS": "Net Promoter Score: share of promoters minus share of detractors, in points from −100 to +100.",
    "Odds ratio": "How much likelier, in odds, one group does something than another; 1 is alike.",
    "Potential reach": "The sum of followers of those who wrote: an upper bound, of whom only few see a post.",
    "Record": "One thing a customer said or rated: a post, a review, an answer to a survey.",
    "Recovery": (
        "Of answered complaints whose customer wrote again, the share that ends with thanks or something positive. "
        "What the silent think is told as bounds."
    ),
    "Redaction": "Names, handles, numbers and addresses in texts are replaced before anything is shown.",
    "Share of voice": "Records about the brand, share of those about it and its rivals in the same sources.",
    "Shared": "What customers pass on in public, at whichever moment; the ultimate moment of truth (UMOT).",
    "SMOT": "Second moment of truth: the customer uses what was bought, and is helped or not.",
    "Stimulus": "What makes a customer think of it for the first time.",
    "Top-two-box": "The best two answers of a scale taken together.",
    "Verbatim": "A record in its customer’s own words, redacted.",
    "Wilson interval": "An interval for shares that stays between 0% and 100% and holds on small bases.",
    "ZMOT": "Zero moment of truth: the customer researches before choosing.",
}


class Glossary(Section):
    """Terms and what they mean here."""

    name: ClassVar[str] = "glossary"
    page: ClassVar[Page] = METHODS
    order: ClassVar[int] = 90

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The terms in alphabetical order."""
        terms = sorted(TERMS.items(), key=lambda item: item[0].casefold())
        return SectionView(id=self.name, title="What the words mean", terms=tuple(terms))

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """None."""
        return ()
