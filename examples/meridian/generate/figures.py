"""Figures of the business, week by week: what experience may be held against."""

from __future__ import annotations

from datetime import datetime, timedelta

from .dice import Dice, stream
from .files import mean, table
from .story import END, START, incident, season

LAG = timedelta(weeks=3)
"""How long it takes until a bad journey shows in bookings."""
REPEAT = "repeat bookings per 1,000 travellers"
VOUCHERS = "vouchers, thousand EUR"
_REPEAT_BEST, _REPEAT_LOST = 248, 260
_VOUCHERS_LEAST, _VOUCHERS_MORE = 9, 120


def kpi() -> tuple[bytes, dict[str, object]]:
    """``kpi.csv``, and the planted means of each figure by season."""
    dice = stream("kpi")
    weeks = [START + timedelta(days=6 + 7 * week) for week in range(51)]
    rows = [(f"{at:%Y-%m-%d}", name, value) for at in weeks for name, value in _week(dice, at)]
    told = {name: _by_season(weeks, [value for _, n, value in rows if n == name]) for name in (REPEAT, VOUCHERS)}
    written = table([("date", "name", "value"), *((day, name, str(value)) for day, name, value in rows)])
    remark = "# Invented. Repeat bookings follow how journeys ended three weeks before; vouchers follow at once.\n"
    return (remark + written).encode(), {"weeks": len(weeks), "lag_weeks": LAG.days // 7, "means": told}


def _week(dice: Dice, at: datetime) -> list[tuple[str, int]]:
    repeat = _REPEAT_BEST - _REPEAT_LOST * incident(max(at - LAG, START)) + dice.between(-9, 9)
    vouchers = _VOUCHERS_LEAST + _VOUCHERS_MORE * incident(min(at, END)) + dice.between(-4, 4)
    return [(REPEAT, round(repeat)), (VOUCHERS, round(vouchers))]


def _by_season(weeks: list[datetime], values: list[int]) -> dict[str, float]:
    seasons = dict.fromkeys(season(at) for at in weeks)
    return {name: mean([v for at, v in zip(weeks, values, strict=True) if season(at) == name]) for name in seasons}
