"""Colour arithmetic: WCAG contrast, OKLab and OKLCH.

Colours are six-digit hexes (`#0b5fff`). Formulas: contrast ratio and relative luminance from WCAG 2.2; OKLab from
B. Ottosson, "A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

STEP = 0.004
"""How far a search moves OKLCH lightness at a time: below what an eye tells apart."""


def _linear(colour: str) -> tuple[float, float, float]:
    """Linear-light sRGB, each 0..1."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _expand(r), _expand(g), _expand(b)


def _expand(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _compress(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1..21, in either order (WCAG 2.2)."""
    lights = []
    for colour in (first, second):
        r, g, b = _linear(colour)
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def oklab(colour: str) -> tuple[float, float, float]:
    """Lightness 0..1 and the two opponent axes."""
    r, g, b = _linear(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0..1, chroma (about 0..0.32) and hue in radians."""
    light, a, b = oklab(colour)
    return light, math.hypot(a, b), math.atan2(b, a)


def _from_oklab(light: float, a: float, b: float) -> tuple[float, float, float]:
    """Linear-light sRGB, which may lie outside 0..1."""
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def from_oklch(light: float, chroma: float, hue: float) -> str:
    """The nearest displayable colour of that lightness and hue: chroma gives way, the hue does not."""
    for left in range(50, -1, -1):
        part = chroma * left / 50
        rgb = _from_oklab(light, part * math.cos(hue), part * math.sin(hue))
        if left == 0 or all(-0.0005 <= v <= 1.0005 for v in rgb):
            break
    return "#" + "".join(f"{round(255 * _compress(min(1.0, max(0.0, v)))):02x}" for v in rgb)


def readable(colour: str, grounds: Iterable[str], ratio: float, taken: Iterable[str] = ()) -> str:
    """`colour` moved in OKLCH lightness only as far as it takes to stand out by `ratio` on each ground.

    It darkens on light grounds and lightens on dark ones, and also steps past any colour in `taken`. A colour
    that is good already comes back unchanged. Raises ValueError where not even black or white would do.
    """
    on, used = tuple(grounds), frozenset(taken)
    light, chroma, hue = oklch(colour)
    step = -STEP if sum(oklab(ground)[0] for ground in on) > len(on) / 2 else STEP
    found = colour
    while any(contrast(found, ground) < ratio for ground in on) or found in used:
        light += step
        if not -STEP <= light <= 1 + STEP:
            raise ValueError(f"no lightness of {colour} has a contrast of {ratio}:1 on {', '.join(on)}")
        found = from_oklch(min(1.0, max(0.0, light)), chroma, hue)
    return found
