"""The bundled faces: measured with the right metrics, complete, renamed, within their bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import vl_convert
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from cxreport.render.charts.marks.text import width
from cxreport.render.charts.svg import register_fonts

from .gallery import THEMES, audit_tokens

FONTS = THEMES / "audit/fonts"
MIXED = "Baggage 1,234 Возврат денег n 4,382 – half of customers"
BUDGET = {
    "Sans-Regular": (13, 9),
    "Sans-Semibold": (13, 9),
    "Serif-Regular": (19.5, 12),
    "Serif-Semibold": (20.5, 12.5),
}
"""Kilobytes of each WOFF2, Latin and Cyrillic."""


def measured(font: str, weight: int = 400, text: str = MIXED) -> float:
    """Width in pixels at 20 px, as the converter sees it."""
    spec = {
        "data": {"values": [{}]}, "mark": {"type": "text", "font": font, "fontWeight": weight, "fontSize": 20, "text": text},
        "width": 1, "height": 1, "autosize": "pad", "padding": 0, "config": {"view": {"stroke": None}},
    }  # fmt: skip
    found = re.search(r'width="([\d.]+)"', vl_convert.vegalite_to_svg(spec))
    assert found
    return float(found[1])


def advances(file: Path, text: str = MIXED, size: float = 20) -> float:
    """Width in pixels as the font's own advances have it, without kerning."""
    font = TTFont(file)
    glyphs = font.getBestCmap()
    return float(sum(font["hmtx"][glyphs[ord(c)]][0] for c in text) * size / font["head"].unitsPerEm)


@pytest.mark.parametrize(
    ("family", "weight", "file"),
    [("Cx Sans", 400, "CxSans-Regular"), ("Cx Sans", 600, "CxSans-Semibold"), ("Cx Serif", 400, "CxSerif-Regular"),
     ("Cx Serif", 600, "CxSerif-Semibold")],
)  # fmt: skip
def test_text_is_measured_with_the_bundled_face(family: str, weight: int, file: str) -> None:
    register_fonts(audit_tokens())
    wide = measured(family, weight)
    assert wide == pytest.approx(advances(FONTS / f"{file}.ttf"), rel=0.02)
    assert wide < 0.75 * measured("No Such Face 3", weight), "an unknown face is measured far too wide"


def test_the_family_list_of_charts_is_measured_by_its_first_face() -> None:
    tokens = audit_tokens()
    register_fonts(tokens)
    assert measured(tokens.font) == measured("Cx Sans")


@pytest.mark.parametrize(
    "text", [MIXED, "Compensation for a missed connection", "−31 to −28", "n 18,240", "Повторное бронирование"]
)
def test_widths_that_labels_are_wrapped_by_are_near(text: str) -> None:
    assert width(text, 20) == pytest.approx(advances(FONTS / "CxSans-Regular.ttf", text), rel=0.06)
    assert width(text, 20, strong=True) == pytest.approx(advances(FONTS / "CxSans-Semibold.ttf", text), rel=0.06)


@pytest.mark.parametrize("name", BUDGET)
def test_files_for_the_site_are_small_and_split_by_script(name: str) -> None:
    for part, most in zip(("latin", "cyrillic"), BUDGET[name], strict=True):
        file = FONTS / f"Cx{name}-{part}.woff2"
        assert file.stat().st_size <= most * 1000
        letters = TTFont(file).getBestCmap()
        assert (ord("a") in letters, ord("я") in letters) == (part == "latin", part == "cyrillic")


def test_names_are_ours_and_the_licence_travels_along() -> None:
    for file in sorted(FONTS.glob("*.ttf")):
        names = TTFont(file)["name"]
        assert names.getDebugName(16) in ("Cx Sans", "Cx Serif")
        assert "Source" not in "".join(str(names.getDebugName(i)) for i in (1, 3, 4, 6, 16))
        assert "Adobe" in names.getDebugName(0)
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8")
