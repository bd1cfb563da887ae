"""Numbers, dates and names as a reader of one language expects them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from babel.numbers import format_decimal

from cxreport.model.result import Result
from cxreport.stats import mark

MINUS, NBSP, DASH = "\u2212", "\u00a0", "\u2013"

CHANNELS = {
    "x": "X", "google": "Google reviews", "trustpilot": "Trustpilot", "app_store": "App Store",
    "google_play": "Google Play", "survey": "Survey", "support": "Support", "phone": "Phone",
    "telegram": "Telegram", "facebook": "Facebook", "instagram": "Instagram", "reviews": "Reviews",
    "email": "E-mail", "chat": "Chat", "web": "Web", "skytrax": "Skytrax",
    "booking": "Booking.com", "tripadvisor": "TripAdvisor", "reviews_io": "Reviews.io",
}  # fmt: skip
MOMENT_NAMES = {
    "stimulus": ("Stimulus", "first hearing of it"),
    "zmot": ("ZMOT", "researching"),
    "fmot": ("FMOT", "choosing"),
    "smot": ("SMOT", "experiencing"),
    "shared": ("Shared", "told to others"),
    "none": ("No moment", "not classified"),
}


@dataclass(frozen=True)
class Words:
    """Formatting for one language (CLDR through Babel)."""

    language: str = "en"

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
        return f"{self.number(100 * value, digits)}%"

    def duration(self, minutes: float) -> str:
        """47 minutes, 3.5 hours, 2.1 days."""
        if minutes < 60:
            return self.plural(round(minutes), "minute", "minutes")
        if minutes < 48 * 60:
            return f"{_trim(self.number(minutes / 60, 1))} hours"
        return f"{_trim(self.number(minutes / 1440, 1))} days"

    def plural(self, n: int, one: str, many: str) -> str:
        """1 record, 2 records, with the number formatted."""
        return f"{self.number(n)}{NBSP}{one if n == 1 else many}"

    def base(self, n: int) -> str:
        """n 4,382, unbroken, with the mark of a small base."""
        return f"n{NBSP}{self.number(n)}{mark(n)}"

    def value(self, result: Result, signed: bool | None = None) -> str:
        """The value of a result in its unit, or the words for its absence."""
        if result.status == "not_testable":
            return "Not testable"
        if result.status == "hidden":
            return "Hidden"
        if result.kind == "range" and result.value is None:
            return self.interval(result)
        if result.value is not None:
            return self.amount(result.value, result.unit, signed)
        return "Not reached" if result.low is None else f"Over {self.amount(result.low, result.unit)}"

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
            return "" if result.value is None else f"{low} or more"
        return f"{high} or less" if low is None else f"{low} to {high}"

    def date(self, value: dt.date) -> str:
        """12 March 2026."""
        return format_date(value, "d MMMM y", locale=self.language)

    def month(self, value: dt.date, short: bool = False) -> str:
        """July 2025, or Jul 2025."""
        return format_date(value, "MMM y" if short else "MMMM y", locale=self.language)

    def period(self, start: str | None, end: str | None) -> str:
        """July 2025 – June 2026; whole days when the months do not tell it."""
        if not (start and end):
            return "whole of the data"
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        if first.day == 1 and _is_month_end(last):
            ends = (self.month(first), self.month(last))
            return ends[0] if ends[0] == ends[1] else f" {DASH} ".join(ends)
        return f"{self.date(first)} {DASH} {self.date(last)}"

    def channel(self, channel: str | None) -> str:
        """A channel's proper name."""
        return CHANNELS.get(channel or "", (channel or "unknown").replace("_", " ").capitalize())

    def moment(self, moment: str | None, long: bool = False) -> str:
        """ZMOT, or ZMOT: researching."""
        name, gloss = MOMENT_NAMES.get(moment or "none", (moment or "", ""))
        return f"{name}: {gloss}" if long and gloss else name

    def join(self, items: Sequence[str]) -> str:
        """a, b and c."""
        return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def _trim(text: str) -> str:
    return text.removesuffix(".0").removesuffix(",0")


def _is_month_end(day: dt.date) -> bool:
    return dt.date.fromordinal(day.toordinal() + 1).day == 1
