"""A page with every chart in every state, for tests and for looking at.

    python -m tests.themes.gallery FOLDER      # writes FOLDER/index.html, to be opened in a browser

Invented numbers throughout.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

import altair as alt

from cxreport.render.charts import marks as charts
from cxreport.render.charts.marks import Amount, Cell, Estimate, Instant, Month, Quarters, Split, Spot
from cxreport.render.charts.spec import specification
from cxreport.render.charts.svg import finish
from cxreport.render.charts.tokens import Size, Tokens, load_tokens
from cxreport.render.charts.vega import bundle, spec_script

THEMES = Path(__file__).parents[2] / "themes" / "cxreport_themes"
LONG = "Compensation for a missed connection that was booked on two separate tickets"
Draw = Callable[[Tokens, Size], alt.TopLevelMixin]


@cache
def audit_tokens() -> Tokens:
    """Tokens of the audit theme with its fonts."""
    files = (THEMES / "base/tokens.yaml", THEMES / "audit/tokens.yaml")
    return load_tokens(*files, font_folders=[THEMES / "audit/fonts"])


MOMENTS = [
    Estimate("Stimulus", 18, 13, 23, 2310),
    Estimate("ZMOT: researching", -4, -8, 1, 3964),
    Estimate("FMOT: choosing", 9, 4, 14, 2845),
    Estimate("SMOT: experiencing", -31, -34, -28, 9121),
]
SHARED = Estimate("Shared with others", -38, -42, -34, 6204, short="Shared")
ECHO = "34% of replies to shared posts come from people still researching"
CHANGES = [
    Estimate("Baggage", 0.24, 0.226, 0.254).against(0.17, True),
    Estimate("Rebooking", 0.19, 0.177, 0.203).against(0.20, False),
    Estimate("Refund wait", 0.15, 0.139, 0.162).against(0.09, True),
    Estimate("App check-in", 0.11, 0.101, 0.121).against(0.14, True),
    Estimate("Loyalty points", 0.06, 0.053, 0.069).against(0.06, False),
]
STATES = [
    Estimate("Full base", 22, 15, 29, 812),
    Estimate("Small base", -14, -35, 7, 44, "small_base"),
    Estimate("Direction only", 41, 9, 63, 17, "directional"),
    Estimate("Hidden", status="hidden"),
    Estimate("Not testable", status="not_testable"),
    Estimate(LONG, -71, -74, -68, 1204),
    Estimate("No interval", 5, n=120),
]
CHANNELS: dict[str, list[tuple[float | None, int] | None]] = {
    "Survey": [(22, 402), (12, 611), (24, 987), (4, 1206)],
    "Reviews": [(14, 61), (6, 688), (11, 512), (-18, 2140)],
    "App stores": [(None, 4), (-12, 44), (-12, 690), (-41, 1102)],
    "Telegram": [(26, 812), (-5, 1204), (9, 318), (-33, 1874)],
    "X": [(11, 1031), (-14, 1389), (2, 321), (-52, 2510)],
    "Support chat": [None, (-21, 28), (8, 17), (-36, 289)],
}


def cells() -> list[Cell]:
    """Moment × channel with every state a cell can have."""
    columns = ("Stimulus", "ZMOT", "FMOT", "SMOT")
    return [
        cell(row, column, pair) for row, pairs in CHANNELS.items() for column, pair in zip(columns, pairs, strict=True)
    ]


def cell(row: str, column: str, pair: tuple[float | None, int] | None) -> Cell:
    """A cell with the status its base gives it."""
    if pair is None:
        return Cell(row, column, status="not_testable")
    value, n = pair
    if value is None:
        return Cell(row, column, n=n, status="hidden")
    return Cell(row, column, value, n, "directional" if n < 30 else "small_base" if n < 100 else "ok")


def wide_cells() -> list[Cell]:
    """More columns than rows, with long names."""
    names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", LONG]
    values = [-62, -41, -22, -5, 0, 8, 15, 33, 54, 71]
    return [
        Cell(r, c, v * k, 200)
        for r, k in (("Germany", 1), ("Österreich und Schweiz", -1))
        for c, v in zip(names, values, strict=True)
    ]


def curve(plateau: float, pace: float = 300.0) -> list[Instant]:
    """A rising curve that stops at `plateau`."""
    times = [
        0,
        15,
        30,
        60,
        120,
        180,
        240,
        360,
        480,
        720,
        960,
        1200,
        1440,
        2160,
        2880,
        4320,
        5760,
        7200,
        10080,
    ]
    shares = [plateau * (1 - 2.718281828 ** -((t / pace) ** 0.62)) for t in times]
    return [Instant(t, s, max(0, s - 0.015), min(1, s + 0.015)) for t, s in zip(times, shares, strict=True)]


def months(count: int, gap: tuple[int, ...] = (), start: int = 2024 * 12 + 6) -> list[Month]:
    """A series with a gap or two."""
    rows = []
    for i in range(count):
        name = f"{(start + i) // 12:04d}-{(start + i) % 12 + 1:02d}"
        value = None if i in gap else 8 - i * 2.3 + (7 if i % 3 else -6)
        rows.append(
            Month(
                name,
                value,
                None if value is None else value - 5,
                None if value is None else value + 5,
                20 if i % 5 == 2 else 300,
            )
        )
    return rows


SPLITS = [
    Split("Check-in", (0.08, 0.14, 0.2, 0.33, 0.25), 812),
    Split("Cabin crew", (0.03, 0.07, 0.15, 0.4, 0.35), 1204),
    Split("Baggage", (0.45, 0.2, 0.12, 0.13, 0.1), 689),
    Split(LONG, (0.62, 0.18, 0.2, 0, 0), 41),
]
FALLS = [
    Amount("Rows in the exports", 31204),
    Amount("Not about the brand", 6120),
    Amount("Written by the brand", 4420),
    Amount("Duplicates and reposts", 2210),
    Amount("Rejected rows", 14),
    Amount("Outside the period", 0),
]
TIERS = [
    Amount("100,000 followers or more", 3),
    Amount("10,000 – 99,999", 41),
    Amount("1,000 – 9,999", 612),
    Amount("100 – 999", 2904),
    Amount("fewer than 100", 4410, "(55%)"),
]
MANY = [
    Estimate(f"Location {i + 1}", (i * 37 % 61 - 30) / 1.0, i * 37 % 61 - 38, i * 37 % 61 - 22, 100 + i)
    for i in range(24)
]
STEEP = [
    [Estimate(f"M{i}", v, v - 6, v + 6, 500) for i, v in enumerate(row)] for row in ((90, -90, 85, -80), (3, 3, 3, 3))
]

RANKED = [Estimate(r.label, r.value, r.low, r.high, 3412) for r in CHANGES]
ODD = [Estimate(LONG, 0.03, 0.01, 0.09, 22, "directional"), Estimate("Hidden", status="hidden")]
BOUNDS = [
    Estimate("Answered in public", None, 0.36, 0.78, 1121),
    Estimate("No reply", 0.2, 0.03, 0.69, 1331),
    Estimate("Not known", status="not_testable"),
]
VAGUE = [Estimate("Followers, without the author who has most", 1.56, 0.9, 3.1, 1321), Estimate(LONG, 2.2, 2, 2.5, 90)]
EVENTS = [("2024-11", "App release"), ("2025-09", "Strike at the hub")]
RIVAL = [Month(m.month, -9 + i % 4) for i, m in enumerate(months(18))]
TINY = [Month(f"2026-{i:02d}", 0.004 * i, 0.003 * i, 0.006 * i, 400) for i in range(1, 7)]
HOLE = [MOMENTS[0], Estimate("ZMOT", status="hidden"), *MOMENTS[2:]]
HIGH = Estimate("Shared", 60, 50, 70, 90)

TELLING = [Estimate("lost luggage", 24.6, 10.6, 57.6, 115), Estimate("on hold", 4.1, 2.9, 5.8, 190),
           Estimate(LONG, 1.4, 1.02, 1.9, 35)]  # fmt: skip

QUARTERS = Quarters(
    (3.6, 1 / 6), "Mean rating, 1 to 5", "Share of what the parts explain of the score",
    ("Matters, rated low", "Matters, rated well", "Matters less, rated low", "Matters less, rated well"),
)  # fmt: skip


def spot(label: str, mean: float, share: float, half: float = 0.03, n: int = 900) -> Spot:
    """A part of the experience."""
    return Spot(
        label,
        Estimate(label, mean, mean - 0.08, mean + 0.08, n),
        Estimate(label, share, max(0, share - half), share + half, n),
    )


PARTS = [
    spot("Information on the day", 3.1, 0.43, 0.05), spot("Punctuality", 3.35, 0.31, 0.04), spot("Crew", 4, 0.14),
    spot("Check-in and boarding", 3.9, 0.06), spot("Seat and cabin", 3.2, 0.035), spot("Booking", 4.25, 0.026, 0.015),
]  # fmt: skip
CROWDED = [*PARTS, spot(LONG, 3.92, 0.07), spot("Lounge", 3.88, 0.05), spot("Food", 3.18, 0.04),
           Spot("Hidden", Estimate("", status="hidden"), Estimate("", status="hidden"))]  # fmt: skip

EXHIBITS: dict[str, Draw] = {
    "quadrants": lambda t, s: charts.quadrants(PARTS, t, s, quarters=QUARTERS),
    "quadrants, crowded": lambda t, s: charts.quadrants(CROWDED, t, s, quarters=QUARTERS),
    "quadrants, one": lambda t, s: charts.quadrants(PARTS[:1], t, s, quarters=QUARTERS),
    "quadrants, none": lambda t, s: charts.quadrants([], t, s, quarters=QUARTERS),
    "dots, points": lambda t, s: charts.dot_interval([*MOMENTS, SHARED], t, s),
    "dots, shares against before": lambda t, s: charts.dot_interval(CHANGES, t, s, unit="share"),
    "dots, every state, target": lambda t, s: charts.dot_interval(STATES, t, s, target=30),
    "dots, one": lambda t, s: charts.dot_interval(STATES[:1], t, s),
    "dots, many": lambda t, s: charts.dot_interval(MANY, t, s),
    "dots, wide intervals": lambda t, s: charts.dot_interval(VAGUE, t, s, unit="ratio"),
    "dots, none": lambda t, s: charts.dot_interval([], t, s),
    "lollipops": lambda t, s: charts.lollipop(TELLING, TELLING[1:], t, s),
    "lollipops, one side": lambda t, s: charts.lollipop([], TELLING, t, s, colours=("neg-2", "pos-2")),
    "lollipops, one": lambda t, s: charts.lollipop(TELLING[1:2], [], t, s),
    "lollipops, none": lambda t, s: charts.lollipop([], [], t, s),
    "heatmap": lambda t, s: charts.heatmap(cells(), t, s),
    "heatmap, many columns": lambda t, s: charts.heatmap(wide_cells(), t, s),
    "heatmap, one cell": lambda t, s: charts.heatmap([Cell("X", "SMOT", -52, 2510)], t, s),
    "heatmap, none": lambda t, s: charts.heatmap([], t, s),
    "emotion": lambda t, s: charts.emotion_curve(MOMENTS, t, s, shared=SHARED, echo=ECHO),
    "emotion, extreme": lambda t, s: charts.emotion_curve(STEEP[0], t, s, shared=HIGH),
    "emotion, flat": lambda t, s: charts.emotion_curve(STEEP[1], t, s, named=True),
    "emotion, gap": lambda t, s: charts.emotion_curve(HOLE, t, s, shared=SHARED, echo=ECHO),
    "emotion, one": lambda t, s: charts.emotion_curve(MOMENTS[:1], t, s),
    "emotion, none": lambda t, s: charts.emotion_curve([], t, s),
    "response": lambda t, s: charts.response_curve(curve(0.46), t, s),
    "response, nearly all": lambda t, s: charts.response_curve(curve(0.97, 500), t, s),
    "response, hardly any": lambda t, s: charts.response_curve(curve(0.02), t, s),
    "response, one point": lambda t, s: charts.response_curve([Instant(90, 0.7)], t, s, horizon=2880),
    "response, none": lambda t, s: charts.response_curve([], t, s),
    "bars, shares": lambda t, s: charts.share_bars([*RANKED, *ODD], t, s),
    "bars, one accented": lambda t, s: charts.share_bars(RANKED, t, s, accent="Refund wait"),
    "bars, one": lambda t, s: charts.share_bars([Estimate("Baggage", 0.004, 0.001, 0.012, 900)], t, s),
    "bars, none": lambda t, s: charts.share_bars([], t, s),
    "diverging bars": lambda t, s: charts.diverging_bars(SPLITS, t, s),
    "diverging bars, three": lambda t, s: charts.diverging_bars([Split("NPS", (0.3, 0.28, 0.42), 3206)], t, s),
    "diverging bars, none": lambda t, s: charts.diverging_bars([], t, s),
    "range bars": lambda t, s: charts.range_bars(BOUNDS, t, s, domain=(0, 1)),
    "range bars, none": lambda t, s: charts.range_bars([], t, s),
    "months": lambda t, s: charts.monthly_line(months(18), t, s, events=EVENTS, target=0),
    "months, gaps": lambda t, s: charts.monthly_line(
        months(18, (4, 5, 9, 12)), t, s, name="Meridian", others={"Norda": RIVAL}
    ),
    "months, many": lambda t, s: charts.monthly_line(months(90), t, s),
    "months, one": lambda t, s: charts.monthly_line(months(1), t, s),
    "months, shares": lambda t, s: charts.monthly_line(TINY, t, s, unit="share"),
    "months, none": lambda t, s: charts.monthly_line([Month("2026-01"), Month("2026-02")], t, s),
    "waterfall": lambda t, s: charts.waterfall(FALLS, t, s, rest="Measured"),
    "waterfall, one": lambda t, s: charts.waterfall(FALLS[:1], t, s),
    "waterfall, none": lambda t, s: charts.waterfall([], t, s),
    "pyramid": lambda t, s: charts.pyramid(TIERS, t, s),
    "pyramid, one": lambda t, s: charts.pyramid(TIERS[:1], t, s),
    "pyramid, none": lambda t, s: charts.pyramid([], t, s),
    "key": charts.legend_diverging,
}
MINIS: dict[str, Callable[[Tokens], alt.TopLevelMixin]] = {
    "before": lambda t: charts.mini_interval(Estimate("", 12, 8, 16, previous=19), t, domain=(-10, 40)),
    "target": lambda t: charts.mini_interval(Estimate("", 12, 8, 16), t, domain=(-10, 40), target=30),
    "bounds": lambda t: charts.mini_interval(Estimate("", 0.57, 0.36, 0.78), t, domain=(0, 1), hollow=True),
    "beyond": lambda t: charts.mini_interval(Estimate("", 90, 70, 110), t, domain=(-10, 40)),
    "nothing": lambda t: charts.mini_interval(Estimate("", status="not_testable"), t, domain=(-10, 40)),
}


POLICY = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; font-src 'self' file:; img-src data:"


def page(tokens: Tokens) -> str:
    """The gallery as one HTML page."""
    figures = "".join(figure(number, name, tokens) for number, name in enumerate(EXHIBITS))
    minis = "".join(
        f'<div class="kpi"><dt>{name}</dt><dd><p class="figure">+12</p><div class="chart mini">'
        f"{finish(draw(tokens), f'mini-{name}', '', '', 'mini', tokens)}</div></dd></div>"
        for name, draw in MINIS.items()
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Gallery</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="style.css">'
        '<script src="enliven.js" defer></script></head><body><div class="page"><main id="main"><h1>Every chart</h1>'
        f'<dl class="kpis">{minis}</dl>{figures}</main></div></body></html>'
    )


def figure(number: int, name: str, tokens: Tokens) -> str:
    """One chart in both sizes."""
    sizes: tuple[Size, Size] = ("wide", "narrow")
    drawn = "".join(finish(EXHIBITS[name](tokens, s), f"g-{number}", name, "A chart.", s, tokens) for s in sizes)
    return (
        f'<figure class="exhibit" id="g-{number}"><h2 class="title">{escape(name)}</h2>'
        f'<div class="chart" data-live="g-{number}">{drawn}</div></figure>'
    )


def styles(tokens: Tokens) -> str:
    """The stylesheet of the audit theme."""
    names = ("page", "frame", "exhibit", "components", "print")
    own = (THEMES / "audit/assets/fonts.css", THEMES / "audit/assets/audit.css")
    files = [*(THEMES / f"base/assets/{name}.css" for name in names), *own]
    return tokens.css() + "".join(file.read_text("utf-8") for file in files)


def write(folder: Path) -> None:
    """Writes the gallery, with the scripts that enliven it."""
    tokens = audit_tokens()
    (folder / "live").mkdir(parents=True, exist_ok=True)
    for file in [*(THEMES / "audit/fonts").glob("*.woff2"), THEMES / "base/assets/enliven.js"]:
        shutil.copy(file, folder)
    (folder / "style.css").write_text(styles(tokens), "utf-8")
    (folder / "index.html").write_text(page(tokens), "utf-8")
    (folder / "vega.js").write_text(bundle(), "utf-8")
    for number, draw in enumerate(EXHIBITS.values()):
        spec = specification(draw(tokens, "wide"), f"g-{number}", "wide", tokens)
        (folder / f"live/g-{number}.js").write_text(spec_script(f"g-{number}", spec, tokens), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
