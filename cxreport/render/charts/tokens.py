"""Design tokens: one source for the page's custom properties, the Vega-Lite config and the charts' paints.

A chart is drawn with the *light* hexes. Rules made here map each hex to its custom property, so one and the same
SVG follows dark mode, contrast, print and forced colours, and still stands alone as a file. That works because
each light hex belongs to exactly one token, which `Tokens.of` checks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cxreport.render.charts.colour import readable
from cxreport.render.charts.errors import TokensError

Size = Literal["wide", "narrow", "mini"]
Mode = Literal["light", "dark", "contrast", "print"]
Hex = Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]

DIVERGING = ("neg-3", "neg-2", "neg-1", "mid", "pos-1", "pos-2", "pos-3")
ON_DIVERGING = ("on-3", "on-2", "on-1", "on-1", "on-1", "on-2", "on-3")
CATEGORIES = ("cat-1", "cat-2", "cat-3", "cat-4", "cat-5")
MOMENTS = ("moment-1", "moment-2", "moment-3", "moment-4")
REQUIRED = (
    *("paper", "panel", "ink", "ink-2", "ink-3", "mark", "rule", "grid", "band", "hatch", "accent", "focus"),
    *DIVERGING, "on-1", "on-2", "on-3", *CATEGORIES, *MOMENTS, "shared",
)  # fmt: skip
"""Colours that every theme has after merging: templates and charts ask for them by name."""

TEXT_CONTRAST, STRONG_CONTRAST = 4.5, 7.0


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Colour(_Part):
    """One token in its four modes."""

    light: Hex
    dark: Hex
    contrast: Hex
    """For `prefers-contrast: more` and forced colours, on light ground."""
    print: Hex


class Fonts(_Part):
    """CSS font stacks. `inline` sets charts on a page, `chart` is written into their SVG, for files of their own:
    no quotes and no digit in a family name. Labels are laid out for faces as wide as Source Sans.
    """

    sans: str
    serif: str
    mono: str
    inline: str
    chart: Annotated[str, Field(pattern=r"^[^\"'0-9]+$")]


class ChartTokens(_Part):
    """Sizes of drawings in pixels and the limits of the seven sentiment classes."""

    width: dict[Size, int]
    div_limits: tuple[float, float, float, float, float, float]


class Tokens(_Part):
    """The merged tokens of a theme and its parents; immutable."""

    colour: dict[str, Colour]
    sentinel: dict[Literal["hatch"], Hex]
    fonts: Fonts = Field(alias="font")
    size: dict[str, float]
    leading: dict[str, float]
    space: dict[int, float]
    layout: dict[str, str]
    chart: ChartTokens
    vega: dict[str, Any]
    """A Vega-Lite config; `$ink` and the like stand for colours, `$font` for the chart font."""
    font_folders: tuple[Path, ...] = ()
    """Folders with the TTF files of the chart font, for measuring and drawing text."""

    @classmethod
    def of(cls, merged: Mapping[str, Any], font_folders: Iterable[Path] = ()) -> Tokens:
        """Checked tokens from a merged mapping. Raises `TokensError` with every fault found."""
        try:
            tokens = cls.model_validate({**merged, "font_folders": tuple(font_folders)})
        except ValidationError as error:
            faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise TokensError(*faults) from None
        tokens.check_unique()
        return tokens

    @property
    def font(self) -> str:
        """Family list of chart text."""
        return self.fonts.chart

    @property
    def hatch(self) -> str:
        """The fill that stands for a hatch: the SVG finisher replaces it by a pattern."""
        return self.sentinel["hatch"]

    @property
    def paints(self) -> dict[str, str]:
        """Light hex → token name: all that a chart may be painted with."""
        return {colour.light: name for name, colour in self.colour.items()}

    def width(self, size: Size) -> int:
        """Width of a drawing in pixels."""
        return self.chart.width[size]

    def hex(self, name: str, mode: Mode = "light") -> str:
        """A colour in one mode. Raises `TokensError` for a name that no token has."""
        if name not in self.colour:
            raise TokensError(f"there is no colour {name!r}; there are: {', '.join(self.colour)}")
        value: str = getattr(self.colour[name], mode)
        return value

    def paint(self, name: str) -> str:
        """The light hex of a colour: what charts are drawn with."""
        return self.hex(name)

    def diverging(self, value: float) -> tuple[str, str]:
        """Fill and text colour of a net score (−100..100), classed by `chart.div_limits`."""
        step = bisect_left(self.chart.div_limits, value)
        return self.paint(DIVERGING[step]), self.paint(ON_DIVERGING[step])

    def check_unique(self) -> None:
        """Raises `TokensError` unless every required colour exists and each light hex is one token's own."""
        missing = [f"colour.{name} is missing" for name in REQUIRED if name not in self.colour]
        owners: dict[str, list[str]] = {self.hatch: ["sentinel.hatch"]}
        for name, colour in self.colour.items():
            owners.setdefault(colour.light, []).append(name)
        shared = [f"{' and '.join(names)} share the light hex {light}: charts could not tell them apart"
                  for light, names in owners.items() if len(names) > 1]  # fmt: skip
        if missing or shared:
            raise TokensError(*missing, *shared)

    def with_accent(self, accent: str) -> Tokens:
        """The same tokens with a client's accent, its OKLCH lightness moved until it can be read as text.

        Contrast is at least 4.5 on paper and panel, light and dark, and 7 in the contrast and print modes. Where
        the light result is not the colour that was asked for, it was moved; the caller should say so.
        """
        taken = {colour.light for name, colour in self.colour.items() if name != "accent"} | {self.hatch}

        def fit(mode: Mode, ratio: float) -> str:
            grounds = (self.hex("paper", mode), self.hex("panel", mode))
            return readable(accent.lower(), grounds, ratio, taken if mode == "light" else ())

        fitted = Colour(
            light=fit("light", TEXT_CONTRAST),
            dark=fit("dark", TEXT_CONTRAST),
            contrast=fit("contrast", STRONG_CONTRAST),
            print=fit("print", STRONG_CONTRAST),
        )
        return self.model_copy(update={"colour": {**self.colour, "accent": fitted}})

    def vega_config(self, narrow: bool = False) -> dict[str, Any]:
        """The Vega-Lite config of the theme; in narrow drawings text is one pixel smaller."""
        return {key: self._resolve(value, narrow, key) for key, value in self.vega.items()}

    def _resolve(self, value: Any, narrow: bool, key: str) -> Any:
        if isinstance(value, dict):
            return {k: self._resolve(v, narrow, k) for k, v in value.items()}
        if isinstance(value, list):
            return [self._resolve(v, narrow, key) for v in value]
        if isinstance(value, str) and value.startswith("$"):
            return self.font if value == "$font" else self.paint(value[1:])
        return value - 1 if narrow and key.casefold().endswith("fontsize") else value

    def css(self) -> str:
        """The token sheet: custom properties of every mode, and the rules by which inline charts follow them."""
        from cxreport.render.charts.sheet import sheet

        return sheet(self)


def merge(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    """`child` over `parent`, mapping by mapping; anything else is replaced whole."""
    merged = dict(parent)
    for key, value in child.items():
        below = merged.get(key)
        merged[key] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def load_tokens(*files: Path, font_folders: Iterable[Path] = ()) -> Tokens:
    """Tokens of a theme from its token files, the furthest parent first."""
    merged: dict[str, Any] = {}
    for file in files:
        merged = merge(merged, yaml.safe_load(file.read_text("utf-8")) or {})
    merged.pop("version", None)
    return Tokens.of(merged, font_folders)
