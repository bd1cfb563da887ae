"""The systems that a consultant assesses: which concept each answers, its parts, and what is noted of each part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    """One assessment to be filled in."""

    concept: str
    name: str
    parts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """What is to be told of every part; left empty it counts as missing."""

    def line(self, part: str) -> str:
        """A part as an item of YAML."""
        told = f", facts: {{{', '.join(f'{fact}: ' for fact in self.facts)}}}" if self.facts else ""
        return f'  - {{title: "{part}"{told}}}\n'


_MOMENTS = ("Stimulus", "ZMOT", "FMOT", "SMOT")
_BEHAVIOURS = "Five behaviours of networks"

SYSTEMS = (
    System("A01", "Intended experience", ("An attribute that the brand intends",), ("theme",)),
    System("A02", "Six steps of planning", (
        "Stand where customers stand",
        "Learn how they talk and connect",
        "Find where they draw their knowledge",
        "Find what they prefer, expect and value",
        "Fit marketing, service and product to their values",
        "Walk the path again, today and always",
    )),
    System("A04", "Management's picture of customers"),
    System("A12", "Balance of power"),
    System("A14", "Calming or changing"),
    System("B11", "Investment by moment", _MOMENTS),
    System("B12", "Touchpoints and technology", ("A touchpoint",), ("moment", "owner", "technology", "figure")),
    System("B13", "Experience and business figures"),
    System("C10", "Influence as a standard of service"),
    System("C19", "Investing before complaints"),
    System("C20", "More than registration"),
    System("D11", "Attention, trust, loyalty", ("Attention", "Trust", "Loyalty")),
    System("D13", "Silos", _MOMENTS, ("owner", "figure")),
    System("D14", "Statement of purpose", ("The statement",), ("text", "dated", "signed")),
    System("D17", "Cost of reaction and prevention"),
    System("D18", "Recovery against damage"),
    System("D21", "Walk-through log", ("A step taken as a customer",), ("minutes", "obstacle")),
    System("D23", "Shared values", ("A value that the brand states",), ("theme",)),
    System("D24", "Innovation register", ("An idea",), ("source", "status")),
    System("D25", "Prompts of the chapters", (
        "Closed for good: would anybody notice?",
        "The path of transformation: is it drawn?",
        "Generation C: is it known?",
        "The new hierarchy of customers: is it seen?",
        "The end of the funnel: is it given up?",
        "ZMOT: is the brand found?",
        "UMOT: is what people share good?",
        "The new consumer: is there a window on them?",
        "The dynamic journey: is it mapped?",
        "Inside the circle: is the brand part of it?",
        "Improve UMOT to optimise ZMOT: is it done?",
        "Social commerce: do its pillars stand?",
        "Digital Darwinism: does the brand adapt?",
        "Experience in relationships: is it designed?",
        "Change or die: is the choice made?",
        "Innovation of choice: is there any?",
        "The hero's journey: who walks it?",
    )),
    System("D26", "Six pillars of social commerce", (
        "Social proof", "Authority", "Scarcity", "Liking", "Consistency", "Reciprocity",
    )),
    System("D27", "Readiness to adapt", ("Technology", "Organisation", "Behaviour"), ("months of lag",)),
    System("D28", "The hero's journey", ("Ordinary world", "Call", "Trials", "Reward")),
    System("E03", "Escalated case", (
        "First private contact", "First public word", "Peak", "Media", "Apology", "Policy changed",
    ), ("date", "count")),
    System("E04", _BEHAVIOURS),
    System("E05", _BEHAVIOURS),
    System("E06", _BEHAVIOURS),
    System("E07", _BEHAVIOURS),
    System("E08", _BEHAVIOURS),
    System("E10", "Purpose of presence", ("A channel",), ("purpose", "figure", "owner")),
    System("E11", "Centred on the network"),
)  # fmt: skip
"""One for each concept that is rated, in the order of the concepts."""
