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
    counts, undetermined = edition.classes.get("lang", {}), words.say("Undetermined")
    rows = _ranked(
        {names.get(code, code) if code not in UNKNOWN else undetermined: n for code, n in counts.items()}, words
    )
    if not rows:
        return None
    total, (first, most) = sum(n for _, n in rows), rows[0]
    part = _part(most, total, words)
    title = words.say("{part} of the records read are in {language}", part=part, language=first)
    if first == undetermined:
        title = words.say("No language could be told for {part} of the records read", part=part.lower())
    return _bars(
        "data.languages", words.say("Languages"), title, words.say("Records read, by language"), rows, words
    )  # fmt: skip


def entities(edition: Edition, words: Words) -> Exhibit | None:
    """Records by whom they are about."""
    brand = edition.meta.brand or words.say("The brand")
    names = {"brand": brand, "unknown": words.say("Nobody we know"), **edition.meta.rivals}
    counts = edition.classes.get("entity", {})
    rows = _ranked({names.get(slug, slug): n for slug, n in counts.items()}, words)
    if not rows:
        return None
    own, total = counts.get("brand", 0), sum(n for _, n in rows)
    about = edition.meta.brand or words.say("the brand")
    title = words.say("{part} of the records read are about {brand}", part=_part(own, total, words), brand=about)
    heading, subtitle = words.say("Whom the records are about"), words.say("Records read, by company")
    return _bars("data.entities", heading, title, subtitle, rows, words)


def _part(n: int, total: int, words: Words) -> str:
    """A share in words that does not round up to all, nor down to none."""
    share = words.share(n / total)
    if n < total and share == words.share(1):
        return words.say("Nearly all")
    if n and share == words.share(0):
        return words.say("Fewer than {share}", share=words.share(0.01))
    return share


def _ranked(counts: Mapping[str, int], words: Words) -> list[Counted]:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(n for _, n in ranked[MOST:])
    return [*ranked[:MOST], *([(words.say("Others"), rest)] if rest else [])]


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
        table=Table((words.say("Class"), words.say("Records"), words.say("Share")), body, caption=heading),
        chart=lambda tokens, size: charts.share_bars(bars, tokens, size, unit="records", words=words),
        alt=words.say("Bars. {what}. {title}.", what=subtitle, title=title),
        source=words.say("Base: {read} read, before any exclusion.", read=words.plural(total, "record", "records")),
    )
