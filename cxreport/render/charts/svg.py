"""From an Altair chart to one accessible, self-contained SVG whose bytes depend on nothing but the chart.

The drawing carries fixed light hexes and no style, so that it obeys a strict content security policy, follows the
page's colours through the token sheet, and is the same file for download, PNG and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from cxreport.render.charts.errors import ChartError
from cxreport.render.charts.spec import clean_text, specification
from cxreport.render.charts.tokens import Size, Tokens

if TYPE_CHECKING:
    import altair as alt

    Element = ElementTree.Element

NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
NUMERIC = frozenset(
    [
        "d",
        "transform",
        "points",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "dx",
        "dy",
        "width",
        "height",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "font-size",
        "stroke-width",
        "stroke-dasharray",
        "stroke-dashoffset",
        "offset",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
    ]
)
PAINTED = ("fill", "stroke", "stop-color")
NEUTRAL = {
    "transform": "translate(0,0)",
    "font-weight": "400",
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "stroke-dashoffset": "0",
}
"""Values that say nothing."""
SILENT = ("class", "role", "pointer-events", "version")
GEOMETRY = ("path", "line", "rect", "circle", "ellipse", "polygon", "polyline")
ALLOWED = {
    "svg",
    "g",
    "defs",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "text",
    "tspan",
    *GEOMETRY,
}
NAMESPACE = {"xmlns": "http://www.w3.org/2000/svg"}
REFERENCE = re.compile(r"url\(#([^)]+)\)")
_registered: set[Path] = set()
"""Fonts are registered in vl-convert for the whole process; it keeps no list of its own."""


def finish(chart: alt.TopLevelMixin, ident: str, title: str, desc: str, size: Size, tokens: Tokens) -> str:
    """The chart as inline SVG of one size: `drawing` of its `specification`."""
    return drawing(specification(chart, ident, size, tokens), ident, title, desc, size, tokens)


def drawing(spec: Mapping[str, Any], ident: str, title: str, desc: str, size: Size, tokens: Tokens) -> str:
    """A checked specification as inline SVG of one size.

    `ident` is the exhibit's id: with the size it prefixes every id inside. `title` names the image and `desc` says
    its finding; without a title the drawing is hidden from assistive technology, as a repetition of words beside
    it. Raises `ChartError`, naming the chart, for a paint that is no token, a font other than the theme's, a
    position that is not a number, or a drawing wider than its size.
    """
    own = f"{slug(ident)}-{size}"
    root = _parse(_convert(spec, ident, tokens), ident)
    _tidy(root, tokens)
    _rename(root, own)
    _check(root, ident, tokens)
    pattern = _pattern(own, tokens) if _hatch(root, own, tokens) else ""
    width, height = root.get("width", "0"), root.get("height", "0")
    if float(width) > tokens.width(size) + 0.5:
        raise ChartError(ident, f"is {width} px wide; a {size} drawing has {tokens.width(size)} px.")
    head = {"viewBox": f"0 0 {width} {height}", "width": width, "height": height, "class": size}
    hidden = {"aria-hidden": "true", "focusable": "false"}
    named = {"role": "img", "aria-labelledby": f"{own}-t {own}-d"}
    attributes = {**NAMESPACE, **head, "font-family": tokens.font, **(named if title else hidden)}
    words = f'<title id="{own}-t">{_text(title)}</title><desc id="{own}-d">{_text(desc)}</desc>' if title else ""
    inner = "".join(_write(child) for child in root)
    return f"<svg{_attributes(attributes)}>{words}{pattern}{inner}</svg>"


def slug(ident: str) -> str:
    """An id that is safe in HTML, CSS and `url(#…)`."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", ident).strip("-") or "chart"


def register_fonts(tokens: Tokens) -> None:
    """Makes the theme's fonts known to the converter, which without them measures text far too wide."""
    import vl_convert

    for folder in tokens.font_folders:
        if folder not in _registered:
            vl_convert.register_font_directory(str(folder))
            _registered.add(folder)


def _convert(spec: Mapping[str, Any], ident: str, tokens: Tokens) -> str:
    import vl_convert

    register_fonts(tokens)
    try:
        return vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])
    except ValueError as error:
        raise ChartError(ident, f"could not be drawn: {str(error).strip().splitlines()[0]}") from error


def _parse(raw: str, ident: str) -> Element:
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError as error:
        raise ChartError(ident, f"came out as broken XML: {error}.") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        if element.tag not in ALLOWED:
            raise ChartError(ident, f"holds <{element.tag}>, which has no place in a drawing.")
    return root


def _tidy(root: Element, tokens: Tokens) -> None:
    """Without what says nothing: roles of single marks, hit areas, empty groups, the font on each text."""
    for element in root.iter():
        for name in [*element.attrib]:
            value = element.attrib[name]
            if name in NUMERIC:
                value = element.attrib[name] = NUMBER.sub(_one_decimal, value)
            inherited = name == "font-family" and value == tokens.font
            if name in SILENT or name.startswith("aria-") or NEUTRAL.get(name) == value or inherited:
                del element.attrib[name]
    while _prune(root):
        pass


def _one_decimal(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _prune(element: Element) -> bool:
    """Removes empty groups and paths nobody sees; true if anything went."""
    gone = [child for child in element if _invisible(child, element.tag)]
    for child in gone:
        element.remove(child)
    return any(_prune(child) for child in element) or bool(gone)


def _invisible(element: Element, parent: str) -> bool:
    if element.get("display") == "none":
        return True
    if element.tag in ("g", "defs"):
        return len(element) == 0
    if parent == "clipPath":
        return False
    if element.tag == "path" and not element.get("d"):
        return True
    unpainted = all(element.get(paint, "none") in ("none", "transparent") for paint in ("fill", "stroke"))
    return element.tag in GEOMETRY and unpainted


def _rename(root: Element, own: str) -> None:
    """Ids counted anew within the drawing: vl-convert counts them per process, so they would never be the same."""
    names: dict[str, str] = {}
    for element in root.iter():
        if "id" in element.attrib:
            kind = "clip" if element.tag == "clipPath" else "gradient"
            names[element.attrib["id"]] = f"{own}-{kind}-{len(names) + 1}"
            element.attrib["id"] = names[element.attrib["id"]]
    for element in root.iter():
        for name, value in element.attrib.items():
            if "url(#" in value:
                element.attrib[name] = REFERENCE.sub(lambda m: f"url(#{names.get(m[1], m[1])})", value)


def _check(root: Element, ident: str, tokens: Tokens) -> None:
    good = {*tokens.paints, tokens.hatch, "none", "transparent"}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in PAINTED and value not in good and not value.startswith("url(#"):
                mend = "Charts are painted with the hexes of the theme's tokens: tokens.paint('ink')."
                raise ChartError(ident, f"the paint {value!r} is not a token.", mend)
            if name == "style" or name.startswith("on"):
                raise ChartError(ident, f"carries the attribute {name!r}.")
            if name == "font-family":
                raise ChartError(ident, f"text is set in {value!r}, not in the theme's {tokens.font!r}.")
            if name in NUMERIC and re.search("NaN|Infinity|undefined|null", value):
                raise ChartError(ident, f"a position came out as {value!r}.", "Look for missing values.")


def _hatch(root: Element, own: str, tokens: Tokens) -> bool:
    found = False
    for element in root.iter():
        for paint in PAINTED:
            if element.get(paint) == tokens.hatch:
                element.set(paint, f"url(#{own}-hatch)")
                found = True
    return found


def _pattern(own: str, tokens: Tokens) -> str:
    return (
        f'<defs><pattern id="{own}-hatch" width="7" height="7" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path d="M0,0v7" stroke="{tokens.paint("hatch")}"'
        ' stroke-width="1.6"/></pattern></defs>'
    )


def _write(element: Element) -> str:
    inner = "".join(_parts(element))
    if element.tag == "g" and not element.attrib:
        return inner
    head = f"<{element.tag}{_attributes(element.attrib)}"
    return f"{head}>{inner}</{element.tag}>" if inner else f"{head}/>"


def _parts(element: Element) -> Iterator[str]:
    if element.text:
        yield _text(element.text)
    for child in element:
        yield _write(child)
        if child.tail:
            yield _text(child.tail)


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def _text(text: str) -> str:
    return escape(clean_text(text))
