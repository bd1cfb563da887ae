"""Exhibits of the accuracy card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cxreport.api import Accuracy, Agreement, Card, Exhibit, Key, Table, Words, stats

FIELDS = {"sentiment": "Sentiment", "moment": "Moment", "voice": "Customer voice"}
"""Fields whose classifiers put every record into one class."""
_MANY = {"acts": "Act", "themes": "Theme"}
_LEVELS = {"nominal": "", "ordinal": ", as ranks", "set": ", as sets"}
_VERSION = re.compile(r"-(?:[0-9a-f]{8}|\d+)(?=\+|$)")
"""Version or digest within the name of a scorer."""
_INTERVAL = Key("interval", "95% interval")
_NONE = "–"
SOUND, TENTATIVE, UNRELIABLE = VERDICTS = ("sound", "tentative", "unreliable")
"""What agreement of coders is worth."""


def right(one: Accuracy) -> float:
    """The share of records that a classifier puts where people put them."""
    total = sum(cell or 0 for row in one.confusion for cell in row)
    return sum(row[i] or 0 for i, row in enumerate(one.confusion)) / total if total else 0.0


def classifiers(card: Card, words: Words) -> Exhibit | None:
    """All classifiers by macro-F1."""
    from cxreport.api import charts

    rows = [one for one in card.accuracy if one.field in FIELDS and one.macro_f1 is not None]
    if not rows:
        return None
    shown = [charts.Estimate(_name(one), one.macro_f1, one.low, one.high, one.n) for one in rows]
    sound = sum(one.sound for one in rows)
    body = tuple(
        (_name(one), _figure(one.macro_f1, words), _limits(one, words), words.share(right(one)), words.number(one.n),
         "sound" if one.sound else f"directional: {one.reason}")
        for one in rows
    )  # fmt: skip
    title = f"{words.number(sound)} of {words.plural(len(rows), 'classifier', 'classifiers')} {_are(sound)} sound"
    return Exhibit(
        id="accuracy.classifiers",
        heading="Classifiers",
        title=title if sound else "No classifier is sound",
        subtitle="Macro-F1 against people: 1 is always right, in the rare classes as in the common ones",
        table=Table(
            ("Classifier", "Macro-F1", "95% interval", "Right", "Coded", "Verdict"), body,
            align=("left", "right", "right", "right", "right", "left"), caption="Classifiers against people",
        ),
        chart=lambda tokens, size: charts.dot_interval(shown, tokens, size, unit="ratio", words=words),
        alt=f"Dots with intervals of macro-F1 by classifier. {title}.",
        keys=(_INTERVAL,),
        source="Intervals resample authors.",
    )  # fmt: skip


def agreements(card: Card, words: Words) -> Exhibit | None:
    """How far the coders agree with each other."""
    from cxreport.api import charts

    rows = [one for one in card.agreement if one.alpha is not None]
    if not rows:
        return None
    shown = [charts.Estimate(_coded(one), one.alpha, one.low, one.high, one.records) for one in rows]
    body = tuple(
        (_coded(one), _figure(one.alpha, words), _limits(one, words), words.number(one.records),
         words.number(one.coders), _verdict(one))
        for one in rows
    )  # fmt: skip
    title = _agreed(rows, words)
    return Exhibit(
        id="accuracy.agreement",
        heading="Agreement of the coders",
        title=title,
        subtitle="Krippendorff’s alpha: 1 is full agreement, 0 is chance",
        table=Table(
            ("Field", "Alpha", "95% interval", "Records", "Coders", "Verdict"), body,
            align=("left", "right", "right", "right", "right", "left"), caption="Agreement of the coders",
        ),
        chart=lambda tokens, size: charts.dot_interval(
            shown, tokens, size, unit="ratio", words=words, target=stats.GOOD
        ),
        alt=f"Dots with intervals of alpha by field. {title}.",
        keys=(_INTERVAL, Key("target", f"{SOUND}: {stats.GOOD}")),
        note=f"Codes are {SOUND} from {stats.GOOD} on, {TENTATIVE} from {stats.TENTATIVE} on, and {UNRELIABLE} below "
        "(Krippendorff 2004). No classifier can be told to be better than people agree.",
        source="Before disputes were settled. Intervals resample records.",
    )  # fmt: skip


def confusion(one: Accuracy, words: Words) -> Exhibit:
    """Where the records of each class went: shares of what people put into it."""
    totals = [sum(cell or 0 for cell in row) for row in one.confusion]
    names = [_class(one.field, name, words) for name in one.classes]
    body = [
        (
            name[0].upper() + name[1:],
            *(words.share((cell or 0) / total) if total else _NONE for cell in row),
            words.number(total, 1),
        )
        for name, row, total in zip(names, one.confusion, totals, strict=True)
    ]
    body.append(("Of these right", *(_share(one.precision.get(c), words) for c in one.classes), ""))
    body.append(("… at least", *(_share(one.precision_low.get(c), words) for c in one.classes), ""))
    verdict = "" if one.sound else f" Directional: {one.reason}."
    return Exhibit(
        id=f"accuracy.{one.field}",
        heading=f"{FIELDS[one.field]}: what is taken for what",
        title=_worst(one, names, words),
        subtitle=f"{FIELDS[one.field]}: of the records that people put into a class, the share read as each",
        table=Table(
            ("Coded as", *(f"Read as {name}" for name in names), "Effective records"), tuple(body),
            caption=f"{FIELDS[one.field]}: coded by people, read by the classifier",
        ),
        note="“Of these right”: of what is read as a class, the share that belongs there; “at least”: the lower limit "
        f"of its 95% interval.{verdict}",
        source=f"Base: {words.plural(one.n, 'coded record', 'coded records')}"
        + (f" by {words.plural(one.n_authors, 'person', 'people')}." if one.n_authors else "."),
    )  # fmt: skip


def labels(card: Card, words: Words) -> Exhibit | None:
    """Acts and themes: how much of what is found is right, and how much is found."""
    rows = [one for one in card.accuracy if one.field in _MANY]
    if not rows:
        return None
    body = []
    for one in rows:
        yes = one.classes[0]
        figures = (one.precision.get(yes), one.precision_low.get(yes), one.recall.get(yes))
        name = f"{_MANY[one.field]}: {one.scorer.replace('-', ' ')}"
        body.append((name, *(_share(f, words) for f in figures), words.number(one.n), "yes" if one.sound else "no"))
    sound = sum(one.sound for one in rows)
    which = words.plural(len(rows), "act or theme", "acts and themes")
    return Exhibit(
        id="accuracy.labels",
        heading="Acts and themes",
        title=f"{words.number(sound)} of {which} {_are(sound)} sound",
        subtitle="Of what the patterns find, the share that is right; of what people found, the share that they find",
        table=Table(
            ("Act or theme", "Right", "At least", "Found", "Coded", "Sound"), tuple(body),
            caption="Acts and themes against people",
        ),
    )  # fmt: skip


def models(card: Card, words: Words) -> Exhibit | None:
    """What was learned from the coded texts."""
    if not card.models:
        return None
    used = [model for model in card.models if model.get("used")]
    titles = {True: "What was learned reads better than the word lists, and is used", False: "No learned model is used"}
    return Exhibit(
        id="accuracy.models",
        heading="Learned models",
        title=titles[bool(used)],
        subtitle="Models fitted on the coded texts, judged on texts of authors they did not learn from",
        table=Table(
            ("Model", "Texts", "Authors", "Macro-F1", "Of the list", "Used", "Digest"),
            tuple(_model(model, words) for model in card.models),
            align=("left", "right", "right", "right", "right", "left", "left"), caption="Learned models",
        ),
    )  # fmt: skip


def _model(model: dict[str, Any], words: Words) -> tuple[str, ...]:
    name = ", ".join(str(model[key]) for key in ("enricher", "language") if model.get(key))
    figures = [_figure(model.get(key), words) for key in ("macro_f1", "macro_f1_list")]
    counts = [words.number(model[key]) if model.get(key) else _NONE for key in ("records", "authors")]
    used = "yes" if model.get("used") else f"no: {model.get('reason') or 'no better'}"
    return name, *counts, *figures, used, str(model.get("digest") or _NONE)


def _worst(one: Accuracy, names: Sequence[str], words: Words) -> str:
    """The most common mistake as a sentence."""
    cells = [
        (cell or 0, i, j)
        for i, row in enumerate(one.confusion)
        for j, cell in enumerate(row)
        if i != j and (cell or 0) > 0
    ]
    whole = sum(cell or 0 for row in one.confusion for cell in row)
    if not cells:
        return f"{FIELDS[one.field]} is read as people read it in every coded record"
    most, coded, read = max(cells)
    found = f"{words.share(right(one))} are read right"
    return f"{found}; the commonest mistake takes {names[coded]} for {names[read]} ({words.share(most / whole)})"


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _class(field: str, name: str, words: Words) -> str:
    shown = words.moment(name) if field == "moment" else name
    return shown if shown.isupper() else shown.lower()


def _name(one: Accuracy) -> str:
    scorer = _VERSION.sub("", one.scorer).replace("+", " + ")
    return FIELDS[one.field] + (f", {scorer}" if scorer else "")


def _coded(one: Agreement) -> str:
    names = {**FIELDS, "acts": "Acts", "themes": "Themes"}
    return names.get(one.field, one.field) + _LEVELS.get(one.level, "")


def _verdict(one: Agreement) -> str:
    """What alpha allows (Krippendorff 2004, §11.4)."""
    alpha = one.alpha or 0
    return SOUND if alpha >= stats.GOOD else TENTATIVE if alpha >= stats.TENTATIVE else UNRELIABLE


def _agreed(rows: Sequence[Agreement], words: Words) -> str:
    """The worst verdict, and on what."""
    of = {verdict: [_coded(one).lower() for one in rows if _verdict(one) == verdict] for verdict in VERDICTS}
    if of[UNRELIABLE]:
        return f"Coders do not agree enough on {words.join(of[UNRELIABLE])}"
    if of[TENTATIVE] and of[SOUND]:
        return f"Coders agree on {words.join(of[SOUND])}, only tentatively on {words.join(of[TENTATIVE])}"
    return "Coders agree only tentatively" if of[TENTATIVE] else "Coders agree soundly"


def _figure(value: float | None, words: Words) -> str:
    return _NONE if value is None else words.number(value, 2)


def _share(value: float | None, words: Words) -> str:
    return _NONE if value is None else words.share(value)


def _limits(one: Accuracy | Agreement, words: Words) -> str:
    return (
        _NONE if one.low is None or one.high is None else f"{words.number(one.low, 2)} to {words.number(one.high, 2)}"
    )
