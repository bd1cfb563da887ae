"""Makes Cx Sans and Cx Serif (see README.md): python make_fonts.py PATH/source-sans PATH/source-serif

Needs fonttools and brotli. Writes TTF files, by which charts are measured, and WOFF2 files in two ranges, for the site.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

LATIN = (
    "20-7E,A0-FF,131,152-153,160-161,178,17D-17E,2C6,2DC,2009,200A-200D,2010-2015,2018-201E,2020-2022,2026,202F,"
    "2030,2032-2033,2039-203A,20AC,20BD,2116,2122,2190-2193,2197,2212,2248,2260,2264-2265"
)
CYRILLIC = "400-45F,490-491,4B0-4B1"
FEATURES = ["kern", "liga", "tnum", "lnum", "mark", "mkmk", "locl", "ccmp"]
CUTS = ((".ttf", f"{LATIN},{CYRILLIC}"), ("-latin.woff2", LATIN), ("-cyrillic.woff2", CYRILLIC))
LICENCE_NAMES = (0, 13, 14)
"""Copyright, licence and its address: kept in the name table."""


def codes(ranges: str) -> list[int]:
    """Code points of hexadecimal ranges such as `20-7E,A0`."""
    spans = (part.partition("-") for part in ranges.split(","))
    return [code for first, _, last in spans for code in range(int(first, 16), int(last or first, 16) + 1)]


def make(source: Path, family: str, style: str, folder: Path) -> None:
    """The files of one style. Family and style are written anew, or the semibold would be a family of its own."""
    stem = f"{family}-{style}".replace(" ", "")
    for suffix, ranges in CUTS:
        web = suffix.endswith("woff2")
        font = TTFont(source, recalcTimestamp=False)
        options = subset.Options(layout_features=FEATURES, hinting=not web, name_IDs=["*"])
        cut = subset.Subsetter(options)
        cut.populate(unicodes=codes(ranges))
        cut.subset(font)
        _name(font, stem, family, style)
        font.flavor = "woff2" if web else None
        font.save(folder / (stem + suffix))


def _name(font: TTFont, stem: str, family: str, style: str) -> None:
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in LICENCE_NAMES]
    first = family if style == "Regular" else f"{family} {style}"
    texts = {1: first, 2: "Regular", 3: stem, 4: f"{family} {style}", 6: stem, 16: family, 17: style}
    for ident, text in texts.items():
        table.setName(text, ident, 3, 1, 0x409)


def main(sans: str, serif: str) -> None:
    """All files, beside this one."""
    for root, file, family in ((sans, "SourceSans3", "Cx Sans"), (serif, "SourceSerif4", "Cx Serif")):
        for style in ("Regular", "Semibold"):
            source = next(Path(root).rglob(f"TTF/{file}-{style}.ttf"))
            make(source, family, style, Path(__file__).parent)


if __name__ == "__main__":
    main(*sys.argv[1:3])
