"""The token sheet: CSS made from design tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxreport.render.charts.tokens import Mode, Tokens

PAINTED = ("fill", "stroke", "stop-color")


def sheet(tokens: Tokens) -> str:
    """Custom properties for light, dark, contrast, print and forced colours, then the re-colouring of charts.

    The reader's choice (`data-theme` on the root) wins over the system's on screen, never on paper.
    """
    light, dark, contrast, paper = (_colours(tokens, mode) for mode in ("light", "dark", "contrast", "print"))
    return "\n".join(
        (
            f":root{{color-scheme:light dark;{_scales(tokens)}{light}}}",
            "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){" + dark + "}}",
            "@media screen{:root[data-theme=dark]{color-scheme:dark;" + dark + "}"
            ":root[data-theme=light]{color-scheme:light}}",
            "@media screen and (prefers-contrast:more) and (prefers-color-scheme:light){"
            ":root:not([data-theme=dark]){" + contrast + "}}",
            "@media print{:root{color-scheme:light;" + paper + "}}",
            "@media (forced-colors:active){.chart{forced-color-adjust:none;background:#fff;" + contrast + "}}",
            _recolour(tokens),
            "",
        )
    )


def _colours(tokens: Tokens, mode: Mode) -> str:
    return "".join(f"--{name}:{tokens.hex(name, mode)};" for name in tokens.colour)


def _scales(tokens: Tokens) -> str:
    fonts = tokens.fonts.model_dump(include={"sans", "serif", "mono", "inline"})
    parts = [f"--font-{name}:{stack};" for name, stack in fonts.items()]
    parts += [f"--size-{name}:{value:g}rem;" for name, value in tokens.size.items()]
    parts += [f"--leading-{name}:{value:g};" for name, value in tokens.leading.items()]
    parts += [f"--space-{name}:{value:g}rem;" for name, value in tokens.space.items()]
    parts += [f"--{name}:{value};" for name, value in tokens.layout.items()]
    return "".join(parts)


def _recolour(tokens: Tokens) -> str:
    """CSS beats presentation attributes, so the drawing itself stays as it is."""
    return "".join(
        f'.chart [{attribute}="{light}"]{{{attribute}:var(--{name})}}'
        for light, name in tokens.paints.items()
        for attribute in PAINTED
    )


def running_heads(tokens: Tokens, left: str, right: str, foot: str) -> str:
    """The texts in the margins of printed pages: whose audit, of when, how confidential, and the page number."""
    quiet = f"font:400 8.5pt {tokens.fonts.sans};color:{tokens.hex('ink-3', 'print')}"
    strong = f"font:600 8.5pt {tokens.fonts.sans};color:{tokens.hex('ink', 'print')}"
    boxes = {"top-left": left, "top-right": right, "bottom-left": foot}
    said = "".join(f"@{box}{{content:{css_string(text)};{quiet}}}" for box, text in boxes.items())
    return f"@page{{{said}@bottom-right{{content:counter(page);{strong}}}}}\n"


def css_string(text: str) -> str:
    """A CSS string that holds any text: everything but letters, digits and spaces is escaped."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"'
