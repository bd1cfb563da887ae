"""Cells that attack a careless reader, and personal data that must not be shown.

Card, IBAN, phone numbers, addresses and hosts come from the ranges set aside for tests and fiction.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice, takewhile

LONG_WORD = 10_000


@dataclass(frozen=True)
class Hostile:
    """One nasty sentence and what is nasty about it."""

    kind: str
    text: str


SENTENCES = (
    Hostile("script", "Your form ate my complaint, so here it is again: <script>alert(1)</script> Terrible site."),
    Hostile("breakout", "The reply I got reads </script><img src=x onerror=alert(1)> and nothing else. Awful."),
    Hostile("formula", '=HYPERLINK("http://malware.example/claim","click for your refund")'),
    Hostile("template", "The mail begins with Dear {{ 7*7 }} {% raw %} and ends with no refund. Disappointing."),
    Hostile("direction", "Seat \u202eecivres tnellecxe\u202c was written backwards on my card. Confusing."),
    Hostile("emoji", "Family trip 👩‍👩‍👧‍👦 with flags 🏳️‍🌈🇪🇪 and a pilot 🧑🏽‍✈️ who waved. Lovely! ✈️❤️"),
    Hostile("control", "Boarding card printed \x01\x02\x07\x08 and then \x1b[31mred text\x1b[0m. Strange and bad."),
    Hostile(
        "markdown",
        "Their answer: [your refund](javascript:alert(document.cookie)) and ![x](http://malware.example/p.png)",
    ),
    Hostile(
        "email",
        "No answer for weeks. Write to dagny.holm@example.com or d.holm+travel@example.org, thank you.",
    ),
    Hostile("phone", "Call me, finally: +44 20 7946 0958 or +1 202 555 0143. I am tired of waiting."),
    Hostile("card", "You charged 4111 1111 1111 1111 twice and the refund never came. Horrible."),
    Hostile("iban", "Send the refund to DE89 3704 0044 0532 0130 00, as I wrote four times. Ridiculous."),
    Hostile("address", "Login error from 203.0.113.77 and 2001:db8::7, says the app. Useless message, annoying."),
    Hostile("handle", "Told by @calm_kettle42 and @plum_otter77 that the desk in Riga is better. Helpful people."),
    Hostile("attribute", 'Name on ticket: " onmouseover="alert(1)" x=\'. Nobody can correct it. Frustrating.'),
    Hostile(
        "svg",
        "Photo of the damage: <svg/onload=alert(1)> <a href='data:text/html,x'>see</a>. Broken suitcase.",
    ),
    Hostile("separator", 'First line.\u2028Second line.\u2029Third; with "quotes", commas, and\ttabs. Bad delay.'),
    Hostile(
        "marks",
        "Z\u0351\u036b\u0343\u036a\u0302a\u0328\u0334\u0321l\u0327\u0355g\u0489o service, "
        "\ufeffinvisible\u200b\u200c\u200d letters. Bad.",
    ),
    Hostile(
        "sql",
        "Passenger '); DROP TABLE reviews;-- is my real name, says my brother. Funny crew, good flight.",
    ),
    Hostile("path", "Link in the mail: file:///../../etc/hosts and \\\\malware.example\\share. Poor and worrying."),
    Hostile("minus", "-2+3+cmd|' /C calc'!A0 is what the price field showed. Bad."),
    Hostile("at", "@SUM(1+1)*cmd|' /C calc'!A0"),
    Hostile("person", "Меня зовут Инна, почта inna.cv@example.com, карта 4111111111111111. Верните деньги, ужас."),
    Hostile("newline", "Line one\r\nline two\n\n# Not a heading\n* not a list\n=1+1\nThe crew was kind."),
)
LONG = Hostile("long_word", "Endless waiting: " + "n" + "o" * (LONG_WORD - 2) + "w. Terrible.")

PER_FILE = {
    "x-mentions": 14,
    "trustpilot": 9,
    "google": 5,
    "play": 4,
    "app-store": 3,
    "nps": 9,
    "ces": 4,
    "booking": 5,
    "calls": 4,
}
"""How many hostile sentences each file family carries; the long word stands in Trustpilot only."""


def hostile_for(family: str) -> tuple[Hostile, ...]:
    """The hostile sentences of one family: consecutive ones, so that every kind is used somewhere."""
    skip = sum(PER_FILE[name] for name in takewhile(lambda name: name != family, PER_FILE))
    found = tuple(islice(cycle(SENTENCES), skip, skip + PER_FILE[family]))
    return (*found, LONG) if family == "trustpilot" else found
