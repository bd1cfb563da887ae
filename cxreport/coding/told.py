"""The report of `cxreport code report`: agreement, confusion matrices, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxreport.model.audit import Accuracy, Agreement, Card
from cxreport.model.coding import MULTIPLE
from cxreport.stats import GOOD, TENTATIVE

FIELD_NAMES = {
    "sentiment": "Sentiment", "moment": "Moment", "voice": "Customer voice", "acts": "Acts", "themes": "Themes",
}  # fmt: skip


def told(card: Card, disputed: int, written: Path | None) -> str:
    """The whole report as plain text."""
    return "\n".join(_lines(card, disputed, written))


def verdict(alpha: float | None) -> str:
    """What a value of alpha allows (Krippendorff 2004)."""
    if alpha is None:
        return "not known: nothing varies"
    if alpha >= GOOD:
        return "sound"
    return "tentative" if alpha >= TENTATIVE else "unreliable: sharpen the codebook, then code anew"


def _lines(card: Card, disputed: int, written: Path | None) -> Iterator[str]:
    unknown = f"; {card.unknown} more are of no record in this audit" if card.unknown else ""
    yield f"{card.records} records coded by {card.coders} {'coder' if card.coders == 1 else 'coders'}{unknown}."
    yield ""
    yield "How far the coders agree (Krippendorff's alpha, 95% interval)"
    yield from map(_agreement, card.agreement)
    if not card.agreement:
        yield "  nobody coded what another coded: one coder's codes cannot be checked"
    singles = [one for one in card.accuracy if one.field not in MULTIPLE]
    for one in singles:
        yield ""
        yield from _classifier(one)
    many = [one for one in card.accuracy if one.field in MULTIPLE]
    if many:
        yield ""
        yield "Acts and themes            n  precision (at least)  recall"
        yield from map(_label, many)
    yield ""
    yield _next(disputed, written)


def _agreement(one: Agreement) -> str:
    name = f"{FIELD_NAMES[one.field]} ({one.level})"
    value = "–" if one.alpha is None else f"{one.alpha:.2f}"
    limits = "" if one.low is None or one.high is None else f" ({one.low:.2f} to {one.high:.2f})"
    return f"  {name:<24} {value}{limits}  n {one.records}, {verdict(one.alpha)}"


def _classifier(one: Accuracy) -> Iterator[str]:
    name = " ".join(part for part in (FIELD_NAMES[one.field], one.scorer and f"by {one.scorer}") if part)
    figure = "–" if one.macro_f1 is None else f"{one.macro_f1:.2f}"
    limits = "" if one.low is None or one.high is None else f" ({one.low:.2f} to {one.high:.2f})"
    yield f"{name}: macro-F1 {figure}{limits}, n {one.n}, {one.reason or 'sound'}"
    width = max(len(c) for c in one.classes) + 2
    yield "  " + "coded ↓ given →".ljust(18) + "".join(c.rjust(width) for c in one.classes)
    for name, row in zip(one.classes, one.confusion, strict=True):
        yield "  " + name.ljust(18) + "".join(f"{cell or 0:.1f}".rjust(width) for cell in row)


def _label(one: Accuracy) -> str:
    yes = one.classes[0]
    precision, least, recall = (figures.get(yes) for figures in (one.precision, one.precision_low, one.recall))
    said = [f"{figure:.0%}" if figure is not None else "–" for figure in (precision, least, recall)]
    return f"  {one.field}: {one.scorer:<18} {one.n:>5}  {said[0]:>4} ({said[1]})".ljust(52) + f"{said[2]:>6}"


def _next(disputed: int, written: Path | None) -> str:
    if not disputed:
        return "Nothing is left to settle."
    if written is None:
        return f"{disputed} records are disputed: `cxreport code report -o coding/settled.csv` writes them to settle."
    return f"{disputed} records are disputed: fill in {written.as_posix()} together and name it under `coding:`."
