"""The concepts: what Solis (A to D) and Rogers (E) ask a company to look at, in this project's own words.

`auto` is computed from the exports, `judge` is the consultant's rating with its evidence, `mixed` is a rating
beside what was computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cxreport.model.message import message

Kind = Literal["auto", "mixed", "judge"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One question that measures and assessments answer."""

    id: str
    title: str
    kind: Kind
    needs: str
    """The input that answers it, in words."""

    @property
    def rated(self) -> bool:
        """Whether a consultant's rating belongs to it."""
        return self.kind != "auto"


_ALL: tuple[tuple[str, str, Kind, str], ...] = (  # the report shows those that are rated
    # planning checklist, Generation C
    ("A01", message("Is the experience that was intended the one people share?"), "mixed",
     message("themes; intended attributes")),
    ("A02", message("Six steps of planning: how far each is taken"), "mixed",
     message("all exports; a rating of each step")),
    ("A03", "Is discovery by traditional channels vanishing?", "auto", "survey: how did you hear of us"),
    ("A04", message("How far is management's picture from the data?"), "mixed", message("context.beliefs; channels")),
    ("A05", "Where do customers draw their knowledge?", "auto", "posts before the choice; survey"),
    ("A06", "Do connected customers judge differently from others?", "auto", "survey with a segment"),
    ("A07", "Is the mix of customers changing?", "auto", "segments by month"),
    ("A08", "Is care fair to people without an audience?", "auto", "threads; followers"),
    ("A09", "Who takes part live, while it happens?", "auto", "time of the experience beside time of the post"),
    ("A10", "How large are the audiences people speak to?", "auto", "followers"),
    ("A11", "Is experience passed on like a currency?", "auto", "reposts and shares"),
    ("A12", message("Who starts the conversation, customers or the brand?"), "mixed", message("threads; a rating")),
    ("A13", "Who goes public after other ways failed?", "auto", "texts of complaints"),
    ("A14", message("Do answers calm people, or change anything?"), "mixed",
     message("texts of the brand's answers; a rating")),
    # the dynamic customer journey
    ("B01", "Which moments of truth attract, which repel?", "auto", "posts and reviews with a moment"),
    ("B02", "How do impressions differ by moment and network?", "auto", "posts and reviews with a moment"),
    ("B03", "What moves people from hearing to deliberating?", "auto", "weeks of posts; context.calendar"),
    ("B04", "Whom do customers call expert?", "auto", "posts before the choice"),
    ("B05", "Where do they talk?", "auto", "any export with a channel"),
    ("B06", "Who influences them?", "auto", "replies and reposts"),
    ("B07", "What do they look for and ask?", "auto", "questions in texts; answers"),
    ("B08", "Which technologies and services do they use?", "auto", "device or client of the export; texts"),
    ("B09", "What comes of their search?", "auto", "later posts of the same people; survey"),
    ("B10", "Is the brand engaged at each moment?", "auto", "threads with a moment"),
    ("B11", message("Does investment flow to where the need is?"), "mixed", message("context.budget; moments")),
    ("B12", message("Which technologies serve each moment?"), "judge", message("an inventory of touchpoints")),
    ("B13", message("Does experience move with business figures?"), "mixed",
     message("context.kpi; months of feedback")),
    ("B14", "Does the brand appear when a need arises?", "auto", "posts collected for the whole category"),
    ("B15", "Where does the journey break?", "auto", "themes"),
    ("B16", "Does marketing reach people in time?", "auto", "context.calendar; posts"),
    ("B17", "How many want, love and own it?", "auto", "texts"),
    ("B18", "Is the purchase social or impulse?", "auto", "reasons that purchase posts state"),
    ("B19", "Is the brand visible when people look around?", "auto", "rivals' mentions; context.serp; questions"),
    ("B20", "Does the company contribute to discovery?", "auto", "threads of questions before the choice"),
    ("B21", "Do rivals launch the stimulus, and take the customer?", "auto", "mentions of rivals"),
    ("B22", "Are questions left to chance?", "auto", "threads of questions before the choice"),
    ("B23", "Does deliberation widen on the way?", "auto", "mentions of several brands by moment"),
    ("B24", "Is what people ask for passed on and received?", "auto", "threads; reposts"),
    ("B25", "Does shared experience feed the next decision?", "auto", "40 weeks of shared posts"),
    # the connected customer's megaphone, influence, recovery
    ("C01", "How much of what is addressed to the brand is complaint?", "auto", "posts addressed to the brand"),
    ("C02", "On which networks does the negative stream run?", "auto", "posts of several networks; followers"),
    ("C03", "Is word of mouth good or bad?", "auto", "posts and reviews"),
    ("C04", "Are people seen, answered in substance, helped?", "auto", "threads; tickets"),
    ("C05", "Does the mood of a post carry over to its replies?", "auto", "replies between customers"),
    ("C06", "Is the brand present, and silent?", "auto", "threads"),
    ("C07", "Do complaints burst at the same time?", "auto", "posts with a theme; followers"),
    ("C08", "How is influence spread, by an open formula?", "auto", "followers"),
    ("C09", "What hierarchy of customers emerges?", "auto", "followers; threads"),
    ("C10", message("Is influence a standard of service, and should it be?"), "judge",
     message("the decision, written down")),
    ("C11", "Which opportunities were missed?", "auto", "unanswered complaints; followers"),
    ("C12", "Do negative posts reach more people than positive ones?", "auto", "followers"),
    ("C13", "Do rivals win dissatisfied customers back better?", "auto", "rivals' threads"),
    ("C14", "Does an answer turn a complaint into thanks?", "auto", "threads with a later word of the customer"),
    ("C15", "Is praise answered too?", "auto", "threads that begin with praise"),
    ("C16", "Do people wish to tell others?", "auto", "texts"),
    ("C17", "Which network is largest, liveliest, most active?", "auto", "posts of several networks"),
    ("C18", "Are loud customers friends or enemies?", "auto", "followers; sentiment"),
    ("C19", message("Does the brand invest before complaints come?"), "mixed",
     message("the brand's own posts; a rating")),
    ("C20", message("Is presence more than registration?"), "mixed", message("threads; purpose of each channel")),
    ("C21", "How do before, during and after compare?", "auto", "posts and reviews with a moment"),
    # experience economics, contagion, the table of contents
    ("D01", "What do people remember: peak and end", "auto", "several ratings of the same people"),
    ("D02", "Does the experience meet what was expected?", "auto", "survey pair; texts"),
    ("D03", "How much is merely mediocre?", "auto", "scores, stars"),
    ("D04", "How much is extraordinary?", "auto", "scores, stars with a text"),
    ("D05", "Are expectations rising?", "auto", "texts by month"),
    ("D06", "How public is the voice of customers?", "auto", "any export with a channel"),
    ("D07", "How surely will the next customer see the negative?", "auto", "reviews of a place or site"),
    ("D08", "Do people rather write when it was bad?", "auto", "a survey and spontaneous posts of one period"),
    ("D09", "How fast and how high do reactions grow?", "auto", "bursts of posts"),
    ("D10", "How much work is reaction?", "auto", "tickets or calls; context.costs"),
    ("D11", message("Attention, trust and loyalty: is the investment there?"), "mixed",
     message("rivals' mentions; survey; a rating")),
    ("D12", "Do the same faults come back?", "auto", "a previous audit"),
    ("D13", message("Do departments work in silos?"), "judge", message("owners of moments; a rating")),
    ("D14", message("Is there a statement of what to become?"), "judge", message("the statement, dated and signed")),
    ("D15", "Is it about more than price and quality?", "auto", "themes"),
    ("D16", "Is the brand's work an eternal reaction?", "auto", "the brand's own posts"),
    ("D17", message("What does reaction cost, against prevention?"), "mixed", message("context.costs; complaints")),
    ("D18", message("Does recovered goodwill outweigh the damage?"), "mixed", message("context.costs; threads")),
    ("D19", "How fast and how far does the negative spread?", "auto", "reposts and replies"),
    ("D20", "Is the positive easy to share?", "auto", "reposts"),
    ("D21", message("Has the company walked in the customer's shoes?"), "judge", message("a log of a walk-through")),
    ("D22", "Do customers reach their goal?", "auto", "survey; resolved cases"),
    ("D23", message("Are values shared?"), "mixed", message("themes of values; the brand's statement of values")),
    ("D24", message("Does vision feed innovation?"), "judge", message("a register of innovations")),
    ("D25", message("Prompts of the chapters: where does the company stand?"), "judge",
     message("a rating of each prompt")),
    ("D26", message("Six pillars of social commerce: which carry?"), "mixed",
     message("texts; a rating of each pillar")),
    ("D27", message("Digital Darwinism: does the company adapt in time?"), "mixed",
     message("months of themes; a rating")),
    ("D28", message("The hero's journey: one customer's story"), "judge", message("a story told from records")),
    # the network is your customer
    ("E01", "Is the customer a network?", "auto", "replies between customers"),
    ("E02", "Do customers answer one another?", "auto", "threads"),
    ("E03", message("How did a case escalate, and was it preventable?"), "mixed",
     message("tickets and posts of one case; a rating")),
    ("E04", message("Access: fast, easy, always, everywhere"), "mixed",
     message("threads; effort survey; context.hours; a rating")),
    ("E05", message("Engage: a source of valued content"), "mixed", message("the brand's own posts; a rating")),
    ("E06", message("Customise: the variant people miss"), "mixed", message("texts; a rating")),
    ("E07", message("Connect: a street with two directions"), "mixed",
     message("threads; the brand's own posts; a rating")),
    ("E08", message("Collaborate: ideas offered, answered, adopted"), "mixed", message("texts; threads; a rating")),
    ("E09", "Is the brand where its customers are?", "auto", "posts of customers and brand by channel"),
    ("E10", message("What is each channel for?"), "judge", message("purpose, owner and figure of each channel")),
    ("E11", message("Beyond customer-centred: centred on the network"), "judge", message("a rating")),
)  # fmt: skip

CONCEPTS: dict[str, Concept] = {row[0]: Concept(*row) for row in _ALL}
"""All 99 concepts by id, in the order of the two books."""
