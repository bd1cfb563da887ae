"""Widths of text before it is drawn, and labels that keep to their column.

Widths are those of Cx Sans (Source Sans 3) rounded to a twentieth of an em: near enough to wrap by. Other faces at
the sizes of a chart are within a tenth of it.
"""

from __future__ import annotations

import unicodedata

_GROUPS = {
    0.2: " \u00a0",
    0.25: "',.:;Iijl|ІЇіїј",
    0.3: "!()-[]f{}",
    0.35: "/\\rt",
    0.4: "*?szгѕ",
    0.45: '"cvxyзстухэє',
    0.5: "#$+0123456789<=>FJLVXY^_aegk~\u2212\u2013ГУХавекчья",
    0.6: "&BDGKБВКЧЬЯъ",
    0.65: "HNOQUДИЙЛНОПЦмы",
    0.7: "wЪж",
    0.75: "MМФфшщю",
    0.8: "%WЫ",
    0.85: "@mЖ\u2026",
    0.9: "ШЩЮ",
}
_WIDTHS = {letter: em for em, letters in _GROUPS.items() for letter in letters}
STRONG = 1.04
"""How much wider the semibold weight runs."""


def width(text: str, size: float, strong: bool = False) -> float:
    """Width in pixels of the widest line of `text`, set in `size` pixels."""
    widest = max((sum(map(_em, line)) for line in text.split("\n")), default=0.0)
    return widest * size * (STRONG if strong else 1.0)


def _em(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.55


def wrap(text: str, room: float, size: float, lines: int = 2, strong: bool = False) -> str:
    """`text` in at most `lines` lines of `room` pixels; what does not fit is cut with an ellipsis.

    The data table beside each chart holds the text whole.
    """
    done: list[str] = []
    rest = " ".join(text.split())
    while len(done) < lines - 1 and width(rest, size, strong) > room:
        line = _fitting(rest, room, size, strong)
        done.append(cut(line.rstrip(), room, size, strong))
        rest = rest[len(line) :].lstrip()
    return "\n".join(line for line in (*done, cut(rest, room, size, strong)) if line)


def cut(text: str, room: float, size: float, strong: bool = False) -> str:
    """`text` in one line of `room` pixels, with an ellipsis where it had to be cut."""
    if width(text, size, strong) <= room:
        return text
    while text and width(text + "…", size, strong) > room:
        text = text[:-1]
    return text.rstrip(" ,;:.-") + "…"


def _fitting(text: str, room: float, size: float, strong: bool) -> str:
    """The longest start of whole words that fits; where none does, the first word, which is then cut."""
    ends = [i + 1 for i, letter in enumerate(text) if letter in " -"] + [len(text)]
    fitting = [end for end in ends if width(text[:end].rstrip(), size, strong) <= room]
    return text[: fitting[-1] if fitting else ends[0]]
