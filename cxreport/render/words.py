"""Numbers, dates and names as a reader of one language expects them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit

from cxreport.model.message import message
from cxreport.model.result import Result
from cxreport.render.catalogues import Texts
from cxreport.stats import mark

MINUS, NBSP, DASH = "\u2212", "\u00a0", "\u2013"

CHANNELS = {
    "x": "X", "google": message("Google reviews"), "trustpilot": "Trustpilot", "app_store": "App Store",
    "google_play": "Google Play", "survey": message("Survey"), "support": message("Support"),
    "phone": message("Phone"), "telegram": "Telegram", "facebook": "Facebook", "instagram": "Instagram",
    "reviews": message("Reviews"), "email": message("E-mail"), "chat": message("Chat"), "web": message("Web"),
    "skytrax": "Skytrax",
    "booking": "Booking.com", "tripadvisor": "TripAdvisor", "reviews_io": "Reviews.io",
}  # fmt: skip
MOMENT_NAMES = {
    "stimulus": (message("Stimulus"), message("first hearing of it")),
    "zmot": (message("ZMOT"), message("researching")),
    "fmot": (message("FMOT"), message("choosing")),
    "smot": (message("SMOT"), message("experiencing")),
    "shared": (message("Shared"), message("told to others")),
    "none": (message("No moment"), message("not classified")),
}


@dataclass(frozen=True)
class Words:
    """The report's language: translated sentences (gettext), and numbers and dates as CLDR has them (Babel)."""

    language: str = "en"
    texts: Texts = field(default_factory=Texts, compare=False, repr=False)

    def say(self, text: str, /, **parts: object) -> str:
        """A sentence in the report's language, its `{parts}` filled in. The English text is its own key."""
        said = self.texts.one(text)
        return said.format(**parts) if parts else said

    def retell(self, sentence: str) -> str:
        """A sentence that the audit holds in English (a reason, a method), in the report's language."""
        return self.texts.retold(sentence)

    def count(self, n: int, one: str, many: str, /, **parts: object) -> str:
        """A sentence whose form depends on `n`: *{n} of them is*, *{n} of them are*; `{n}` is formatted."""
        return self.texts.many(one, many, n).format(n=self.number(n), **parts)

    def number(self, value: float, digits: int = 0) -> str:
        """18,240 or 3.1, with a true minus sign."""
        shown = round(value, digits) + 0.0
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(shown, pattern, locale=self.language).replace("-", MINUS)

    def signed(self, value: float, digits: int = 0) -> str:
        """+12, −13, 0."""
        shown = round(value, digits)
        return ("+" if shown > 0 else "") + self.number(shown, digits)

    def share(self, value: float, digits: int = 0) -> str:
        """46% of a share given as 0..1."""
        pattern = str(Locale.parse(self.language, sep="-").percent_formats[None].pattern)
        return self.number(100 * value, digits) + pattern.removeprefix("#,##0")

    def duration(self, minutes: float) -> str:
        """47 minutes, 3.5 hours, 2.1 days."""
        value, unit = (minutes, "minute") if minutes < 60 else (minutes / 60, "hour")
        if minutes >= 48 * 60:
            value, unit = minutes / 1440, "day"
        shown = round(value, 0 if unit == "minute" else 1)
        return format_unit(shown, unit, length="long", format="#,##0.#", locale=self.language).replace(" ", NBSP, 1)

    def plural(self, n: int, one: str, many: str) -> str:
        """1 record, 2 records, with the number formatted."""
        return f"{self.number(n)}{NBSP}{self.texts.many(one, many, n)}"

    def base(self, n: int) -> str:
        """n 4,382, unbroken, with the mark of a small base."""
        return f"n{NBSP}{self.number(n)}{mark(n)}"

    def value(self, result: Result, signed: bool | None = None) -> str:
        """The value of a result in its unit, or the words for its absence."""
        if result.status == "not_testable":
            return self.say("Not testable")
        if result.status == "hidden":
            return self.say("Hidden")
        if result.kind == "range" and result.value is None:
            return self.interval(result)
        if result.value is not None:
            return self.amount(result.value, result.unit, signed)
        if result.low is None:
            return self.say("Not reached")
        return self.say("Over {amount}", amount=self.amount(result.low, result.unit))

    def amount(self, value: float, unit: str, signed: bool | None = None) -> str:
        """A number in a unit of `Result.unit`."""
        if unit == "share":
            return self.share(value)
        if unit == "points":
            return self.signed(value) if signed is not False else self.number(value)
        if unit == "minutes":
            return self.duration(value)
        if unit in ("stars", "score"):
            return self.number(value, 2 if unit == "stars" else 1)
        if unit == "ratio":
            return self.number(value, 2)
        return self.number(value)

    def interval(self, result: Result) -> str:
        """+8 to +16; an open end is said, not guessed."""
        low, high = (None if end is None else self.amount(end, result.unit) for end in (result.low, result.high))
        if low is None and high is None:
            return ""
        if high is None:
            return "" if result.value is None else self.say("{low} or more", low=low)
        return self.say("{low} to {high}", low=low, high=high) if low else self.say("{high} or less", high=high)

    def date(self, value: dt.date) -> str:
        """12 March 2026."""
        return format_date(value, "d MMMM y", locale=self.language)

    def month(self, value: dt.date, short: bool = False) -> str:
        """July 2025, or Jul 2025."""
        return format_date(value, "LLL y" if short else "LLLL y", locale=self.language)

    def period(self, start: str | None, end: str | None) -> str:
        """July 2025 – June 2026; whole days when the months do not tell it."""
        if not (start and end):
            return self.say("whole of the data")
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        if first.day == 1 and _is_month_end(last):
            ends = (self.month(first), self.month(last))
            return ends[0] if ends[0] == ends[1] else f" {DASH} ".join(ends)
        return f"{self.date(first)} {DASH} {self.date(last)}"

    def channel(self, channel: str | None) -> str:
        """A channel's proper name."""
        return self.say(CHANNELS.get(channel or "", (channel or "unknown").replace("_", " ").capitalize()))

    def moment(self, moment: str | None, long: bool = False) -> str:
        """ZMOT, or ZMOT: researching."""
        name, gloss = map(self.say, MOMENT_NAMES.get(moment or "none", (moment or "", "")))
        return f"{name}: {gloss}" if long and gloss else name

    def join(self, items: Sequence[str]) -> str:
        """a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return self.say("{items} and {last}", items=", ".join(items[:-1]), last=items[-1])


def _is_month_end(day: dt.date) -> bool:
    return dt.date.fromordinal(day.toordinal() + 1).day == 1
