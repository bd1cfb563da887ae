"""Where labels go: off the lines, apart from each other, inside the drawing."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def moved(self, down: float) -> Box:
        """The same box further down (or up)."""
        return Box(self.left, self.top + down, self.right, self.bottom + down)


def height_of(line: Sequence[Point], left: float, right: float, *, highest: bool) -> float | None:
    """The extreme y of a polyline (sorted by x) between two x: its smallest (`highest`) or its largest."""
    found = [y for x, y in line if left <= x <= right]
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        for edge in (left, right):
            if x1 < edge < x2:
                found.append(y1 + (y2 - y1) * (edge - x1) / (x2 - x1))
    if not found:
        return None
    return min(found) if highest else max(found)


def clear_of(line: Sequence[Point], x: float, half: float, *, above: bool, shift: float) -> Point:
    """Sideways shift and y for a label of half-width `half` beside a polyline: the nearest clear place.

    The y returned is that of the line's extreme under the label; the caller adds its gap. A shift costs more than
    half of what the same rise or fall costs, so labels stay centred unless a slope is in the way.
    """
    best: tuple[float, Point] | None = None
    own = height_of(line, x, x, highest=above) or 0.0
    for step in (0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0):
        dx = step * shift
        y = height_of(line, x + dx - half, x + dx + half, highest=above)
        y = own if y is None else y
        cost = abs(y - own) + 0.6 * abs(dx)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, (dx, y))
    return best[1] if best else (0.0, own)


def settle(box: Box, taken: Iterable[Box], step: float, top: float, bottom: float) -> Box | None:
    """The box moved by `step` until it meets none of `taken`; None where it would leave `top`..`bottom`."""
    others = list(taken)
    while any(box.meets(other) for other in others):
        box = box.moved(step)
    return box if top <= box.top and box.bottom <= bottom else None


def dodge(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions at least `gap` apart, in the same order, near to the wished ones and within `low`..`high`."""
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    placed: list[float] = []
    for i in order:
        placed.append(max(places[i], placed[-1] + gap if placed else low))
    room = high
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], room)
        room = placed[k] - gap
    result = [0.0] * len(places)
    for k, i in enumerate(order):
        result[i] = placed[k]
    return result
