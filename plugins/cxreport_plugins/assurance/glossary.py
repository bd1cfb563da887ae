"""The section `glossary`: the field's terms, as this report uses them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import Edition, Exhibit, Page, Section, SectionView, Words, message
from cxreport_plugins.assurance.pages import METHODS

TERMS: dict[str, str] = {
    message("95% interval"): message(
        "Of a hundred such intervals from random samples, about 95 hold the true value. It says nothing of people who "
        "are not in the exports."
    ),
    message("Adjusted Wald"): message("An interval for scores such as NPS that keeps its promise on small bases."),
    message("Base (n)"): message("How many records a number was computed from."),
    message("Break point"): message(
        "A touchpoint that is mentioned mostly in complaints: the theme of a text that complains or warns."
    ),
    message("Bounds"): message("The lowest and the highest value that the known facts allow; not an estimate."),
    message("Branching"): message(
        "How many further posts each post of a finished cascade of reposts set off; below 1 always."
    ),
    message("Burst"): message("Days on which far more people than usual complain about the same thing."),
    message("Censored"): message(
        "A case still waiting when watching stopped: it is known to have waited at least so long."
    ),
    message("Break-even"): message("The share of the cost of reaction that prevention must remove to pay for itself."),
    message("Business clock"): message(
        "Waiting time counted only while the brand’s people are at work, by the hours that it stated."
    ),
    message("CES"): message("Customer Effort Score: how easy customers found it to get something done."),
    message("CSAT"): message("Customer satisfaction: the share that gave one of the best two answers."),
    message("Cue"): message(
        "What a text lets slip on the way to a choice: a source, a reason, a wish, a rival. Found by patterns."
    ),
    message("Customer voice"): message(
        "Records in which a customer speaks, as against news, adverts, job posts, bots and brands."
    ),
    message("Default population"): message(
        "Whom every measure counts unless it says otherwise: customers’ own records about the brand."
    ),
    message("Detractor, passive, promoter"): message(
        "Answers 0–6, 7–8 and 9–10 to the question whether one would recommend the brand."
    ),
    message("Directional"): message("Shown as a direction only: something forbids a test, and the exhibit says what."),
    message("Driver"): message(
        "A part of the experience whose rating goes with the score; an association, not proof of a cause."
    ),
    message("Entity"): message("Whom a record is about: the brand, a rival, or nobody we know."),
    message("FMOT"): message("First moment of truth: the customer stands before the offer and chooses."),
    message("Frame"): message(
        "Which part of its world an export holds: all, answered items only, the newest only, own posts only."
    ),
    message("Importance"): message(
        "Of a driver: its share of what the ratings of all parts explain of the score, averaged over every order in "
        "which they may be counted (the Shapley value of R²)."
    ),
    message("Kaplan–Meier"): message(
        "The way to draw waiting times when some cases are still open, without dropping them."
    ),
    message("Moment of truth"): message(
        "What a record is about: stimulus, ZMOT, FMOT or SMOT; records that tell none have none."
    ),
    message("Net sentiment"): message(
        "Share of positive minus share of negative records, in points from −100 to +100."
    ),
    message("Not testable"): message(
        "The data cannot show it; the reason and what is needed are given instead of a number."
    ),
    message("NPS"): message(
        "Net Promoter Score: share of promoters minus share of detractors, in points from −100 to +100."
    ),
    message("Odds ratio"): message("How much likelier, in odds, one group does something than another; 1 is alike."),
    message("Potential reach"): message(
        "The sum of followers of those who wrote: an upper bound, of whom only few see a post."
    ),
    message("Record"): message("One thing a customer said or rated: a post, a review, an answer to a survey."),
    message("Recovery"): message(
        "Of answered complaints whose customer wrote again, the share that ends with thanks or something positive. "
        "What the silent think is told as bounds."
    ),
    message("Redaction"): message(
        "Names, handles, numbers and addresses in texts are replaced before anything is shown."
    ),
    message("Share of voice"): message(
        "Records about the brand, share of those about it and its rivals in the same sources."
    ),
    message("Shared"): message(
        "What customers pass on in public, at whichever moment; the ultimate moment of truth (UMOT)."
    ),
    message("SMOT"): message("Second moment of truth: the customer uses what was bought, and is helped or not."),
    message("Stimulus"): message("What makes a customer think of it for the first time."),
    message("Top-two-box"): message("The best two answers of a scale taken together."),
    message("Verbatim"): message("A record in its customer’s own words, redacted."),
    message("Wilson interval"): message(
        "An interval for shares that stays between 0% and 100% and holds on small bases."
    ),
    message("ZMOT"): message("Zero moment of truth: the customer researches before choosing."),
}


class Glossary(Section):
    """Terms and what they mean here."""

    name: ClassVar[str] = "glossary"
    page: ClassVar[Page] = METHODS
    order: ClassVar[int] = 90

    def view(self, edition: Edition, words: Words) -> SectionView:
        """The terms in alphabetical order."""
        said = ((words.say(term), words.say(meaning)) for term, meaning in TERMS.items())
        terms = sorted(said, key=lambda item: item[0].casefold())
        return SectionView(id=self.name, title=words.say("What the words mean"), terms=tuple(terms))

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """None."""
        return ()
