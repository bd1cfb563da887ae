"""Exhibits of how all records fall into classes: by language, by whom they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel import Locale

from cxreport.api import Edition, Exhibit, Table, Words

MOST = 8
"""Classes drawn one by one; the rest is summed up."""
UNKNOWN = ("none", "und", "unknown")

Counted = tuple[str, int]


def languages(edition: Edition, words: Words) -> Exhibit | None:
    """Records by language."""
    names = Locale.parse(words.language).languages
    counts = edition.classes.get("lang", {})
    rows = _ranked({names.get(code, code) if code not in UNKNOWN else "Undetermined": n for code, n in counts.items()})
    if not rows:
        return None
    total, (first, most) = sum(n for _, n in rows), rows[0]
    title = f"{_part(most, total, words)} of the records read are in {first}"
    if first == "Undetermined":
        title = f"No language could be told for {_part(most, total, words).lower()} of the records read"
    return _bars("data.languages", "Languages", title, "Records read, by language", rows, words)


def entities(edition: Edition, words: Words) -> Exhibit | None:
    """Records by whom they are about."""
    names = {"brand": edition.meta.brand or "The brand", "unknown": "Nobody we know", **edition.meta.rivals}
    counts = edition.classes.get("entity", {})
    rows = _ranked({names.get(slug, slug): n for slug, n in counts.items()})
    if not rows:
        return None
    own, total = counts.get("brand", 0), sum(n for _, n in rows)
    title = f"{_part(own, total, words)} of the records read are about {edition.meta.brand or 'the brand'}"
    return _bars("data.entities", "Whom the records are about", title, "Records read, by company", rows, words)


def _part(n: int, total: int, words: Words) -> str:
    """A share in words that does not round up to all, nor down to none."""
    share = words.share(n / total)
    if n < total and share == words.share(1):
        return "Nearly all"
    return f"Fewer than {words.share(0.01)}" if n and share == words.share(0) else share


def _ranked(counts: Mapping[str, int]) -> list[Counted]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(n for _, n in ranked[MOST:])
    return [*ranked[:MOST], *([("Others", rest)] if rest else [])]


def _bars(ident: str, heading: str, title: str, subtitle: str, rows: Sequence[Counted], words: Words) -> Exhibit:
    from cxreport.api import charts

    total = sum(n for _, n in rows)
    bars = [charts.Estimate(label, n) for label, n in rows]
    body = tuple((label, words.number(n), words.share(n / total)) for label, n in rows)
    return Exhibit(
        id=ident,
        heading=heading,
        title=title,
        subtitle=subtitle,
        table=Table(("Class", "Records", "Share"), body, caption=heading),
        chart=lambda tokens, size: charts.share_bars(bars, tokens, size, unit="records", words=words),
        alt=f"Bars of {subtitle[0].lower()}{subtitle[1:]}. {title}.",
        source=f"Base: {words.plural(total, 'record', 'records')} read, before any exclusion.",
    )
