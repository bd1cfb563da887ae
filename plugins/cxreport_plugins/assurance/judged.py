"""Exhibits of the accuracy card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cxreport.api import Accuracy, Agreement, Card, Exhibit, Key, Table, Words, message, stats

FIELDS = {"sentiment": message("Sentiment"), "moment": message("Moment"), "voice": message("Customer voice")}
"""Fields whose classifiers put every record into one class."""
_MANY = {"acts": message("Act"), "themes": message("Theme")}
_CODED = {**FIELDS, "acts": message("Acts"), "themes": message("Themes")}
_LEVELS = {"ordinal": message("{field}, as ranks"), "set": message("{field}, as sets")}
_CLASSES = (
    message("negative"), message("neutral"), message("positive"), message("customer"), message("other"),
    message("none"),
)  # fmt: skip
"""What classifiers put records into, beside the moments."""
_VERSION = re.compile(r"-(?:[0-9a-f]{8}|\d+)(?=\+|$)")
"""Version or digest within the name of a scorer."""
_INTERVAL = Key("interval", message("95% interval"))
_NONE = "–"
SOUND, TENTATIVE, UNRELIABLE = VERDICTS = (message("sound"), message("tentative"), message("unreliable"))
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
    shown = [charts.Estimate(_name(one, words), one.macro_f1, one.low, one.high, one.n) for one in rows]
    sound = sum(one.sound for one in rows)
    body = tuple(
        (_name(one, words), _figure(one.macro_f1, words), _limits(one, words), words.share(right(one)),
         words.number(one.n),
         words.say("sound") if one.sound else words.say("directional: {reason}", reason=words.retell(one.reason)))
        for one in rows
    )  # fmt: skip
    title = words.count(
        sound, "{n} of {classifiers} is sound", "{n} of {classifiers} are sound",
        classifiers=words.plural(len(rows), "classifier", "classifiers"),
    )  # fmt: skip
    return Exhibit(
        id="accuracy.classifiers",
        heading=words.say("Classifiers"),
        title=title if sound else words.say("No classifier is sound"),
        subtitle=words.say("Macro-F1 against people: 1 is always right, in the rare classes as in the common ones"),
        table=Table(
            (words.say("Classifier"), words.say("Macro-F1"), words.say("95% interval"), words.say("Right"),
             words.say("Coded"), words.say("Verdict")), body,
            align=("left", "right", "right", "right", "right", "left"),
            caption=words.say("Classifiers against people"),
        ),
        chart=lambda tokens, size: charts.dot_interval(shown, tokens, size, unit="ratio", words=words),
        alt=words.say("Dots with intervals of macro-F1 by classifier. {title}.", title=title),
        keys=(_INTERVAL,),
        source=words.say("Intervals resample authors."),
    )  # fmt: skip


def agreements(card: Card, words: Words) -> Exhibit | None:
    """How far the coders agree with each other."""
    from cxreport.api import charts

    rows = [one for one in card.agreement if one.alpha is not None]
    if not rows:
        return None
    shown = [charts.Estimate(_coded(one, words), one.alpha, one.low, one.high, one.records) for one in rows]
    body = tuple(
        (_coded(one, words), _figure(one.alpha, words), _limits(one, words), words.number(one.records),
         words.number(one.coders), words.say(_verdict(one)))
        for one in rows
    )  # fmt: skip
    title = _agreed(rows, words)
    return Exhibit(
        id="accuracy.agreement",
        heading=words.say("Agreement of the coders"),
        title=title,
        subtitle=words.say("Krippendorff’s alpha: 1 is full agreement, 0 is chance"),
        table=Table(
            (words.say("Field"), words.say("Alpha"), words.say("95% interval"), words.say("Records"),
             words.say("Coders"), words.say("Verdict")), body,
            align=("left", "right", "right", "right", "right", "left"), caption=words.say("Agreement of the coders"),
        ),
        chart=lambda tokens, size: charts.dot_interval(
            shown, tokens, size, unit="ratio", words=words, target=stats.GOOD
        ),
        alt=words.say("Dots with intervals of alpha by field. {title}.", title=title),
        keys=(_INTERVAL, Key("target", words.say("sound: {least}", least=words.number(stats.GOOD, 1)))),
        note=words.say(
            "Codes are sound from {sound} on, tentative from {tentative} on, and unreliable below (Krippendorff "
            "2004). No classifier can be told to be better than people agree.",
            sound=words.number(stats.GOOD, 1), tentative=words.number(stats.TENTATIVE, 3),
        ),
        source=words.say("Before disputes were settled. Intervals resample records."),
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
    body.append((words.say("Of these right"), *(_share(one.precision.get(c), words) for c in one.classes), ""))
    body.append((words.say("… at least"), *(_share(one.precision_low.get(c), words) for c in one.classes), ""))
    field = words.say(FIELDS[one.field])
    note = words.say(
        "“Of these right”: of what is read as a class, the share that belongs there; “at least”: the lower limit of "
        "its 95% interval."
    )
    if not one.sound:
        note = f"{note} {words.say('Directional: {reason}.', reason=words.retell(one.reason))}"
    return Exhibit(
        id=f"accuracy.{one.field}",
        heading=words.say("{field}: what is taken for what", field=field),
        title=_worst(one, names, words),
        subtitle=words.say(
            "{field}: of the records that people put into a class, the share read as each", field=field
        ),
        table=Table(
            (words.say("Coded as"), *(words.say("Read as {name}", name=name) for name in names),
             words.say("Effective records")), tuple(body),
            caption=words.say("{field}: coded by people, read by the classifier", field=field),
        ),
        note=note,
        source=words.say(
            "Base: {records} by {people}." if one.n_authors else "Base: {records}.",
            records=words.plural(one.n, "coded record", "coded records"),
            people=words.plural(one.n_authors or 0, "person", "people"),
        ),
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
        name = f"{words.say(_MANY[one.field])}: {one.scorer.replace('-', ' ')}"
        verdict = words.say("yes" if one.sound else "no")
        body.append((name, *(_share(f, words) for f in figures), words.number(one.n), verdict))
    sound = sum(one.sound for one in rows)
    return Exhibit(
        id="accuracy.labels",
        heading=words.say("Acts and themes"),
        title=words.count(
            sound, "{n} of {labels} is sound", "{n} of {labels} are sound",
            labels=words.plural(len(rows), "act or theme", "acts and themes"),
        ),
        subtitle=words.say(
            "Of what the patterns find, the share that is right; of what people found, the share that they find"
        ),
        table=Table(
            (words.say("Act or theme"), words.say("Right"), words.say("At least"), words.say("Found"),
             words.say("Coded"), words.say("Sound")), tuple(body),
            caption=words.say("Acts and themes against people"),
        ),
    )  # fmt: skip


def models(card: Card, words: Words) -> Exhibit | None:
    """What was learned from the coded texts."""
    if not card.models:
        return None
    used = [model for model in card.models if model.get("used")]
    return Exhibit(
        id="accuracy.models",
        heading=words.say("Learned models"),
        title=words.say(
            "What was learned reads better than the word lists, and is used" if used else "No learned model is used"
        ),
        subtitle=words.say("Models fitted on the coded texts, judged on texts of authors they did not learn from"),
        table=Table(
            (words.say("Model"), words.say("Texts"), words.say("Authors"), words.say("Macro-F1"),
             words.say("Of the list"), words.say("Used"), words.say("Digest")),
            tuple(_model(model, words) for model in card.models),
            align=("left", "right", "right", "right", "right", "left", "left"), caption=words.say("Learned models"),
        ),
    )  # fmt: skip


def _model(model: dict[str, Any], words: Words) -> tuple[str, ...]:
    enricher = str(model.get("enricher") or "")
    about = words.say(FIELDS[enricher]).lower() if enricher in FIELDS else enricher
    name = ", ".join(part for part in (about, str(model.get("language") or "")) if part)
    figures = [_figure(model.get(key), words) for key in ("macro_f1", "macro_f1_list")]
    counts = [words.number(model[key]) if model.get(key) else _NONE for key in ("records", "authors")]
    reason = words.retell(str(model["reason"])) if model.get("reason") else words.say("no better")
    used = words.say("yes") if model.get("used") else words.say("no: {reason}", reason=reason)
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
        return words.say("{field} is read as people read it in every coded record", field=words.say(FIELDS[one.field]))
    most, coded, read = max(cells)
    return words.say(
        "{share} are read right; the commonest mistake takes {coded} for {read} ({mistaken})",
        share=words.share(right(one)), coded=names[coded], read=names[read], mistaken=words.share(most / whole),
    )  # fmt: skip


def _class(field: str, name: str, words: Words) -> str:
    shown = words.moment(name) if field == "moment" else words.say(name)
    return shown if shown.isupper() else shown.lower()


def _name(one: Accuracy, words: Words) -> str:
    scorer = _VERSION.sub("", one.scorer).replace("+", " + ")
    return words.say(FIELDS[one.field]) + (f", {scorer}" if scorer else "")


def _coded(one: Agreement, words: Words) -> str:
    name = words.say(_CODED.get(one.field, one.field))
    return words.say(_LEVELS[one.level], field=name) if one.level in _LEVELS else name


def _verdict(one: Agreement) -> str:
    """What alpha allows (Krippendorff 2004, §11.4)."""
    alpha = one.alpha or 0
    return SOUND if alpha >= stats.GOOD else TENTATIVE if alpha >= stats.TENTATIVE else UNRELIABLE


def _agreed(rows: Sequence[Agreement], words: Words) -> str:
    """The worst verdict, and on what."""
    of = {verdict: [_coded(one, words).lower() for one in rows if _verdict(one) == verdict] for verdict in VERDICTS}
    if of[UNRELIABLE]:
        return words.say("Coders do not agree enough on {fields}", fields=words.join(of[UNRELIABLE]))
    if of[TENTATIVE] and of[SOUND]:
        return words.say(
            "Coders agree on {sound}, only tentatively on {tentative}",
            sound=words.join(of[SOUND]), tentative=words.join(of[TENTATIVE]),
        )  # fmt: skip
    return words.say("Coders agree only tentatively" if of[TENTATIVE] else "Coders agree soundly")


def _figure(value: float | None, words: Words) -> str:
    return _NONE if value is None else words.number(value, 2)


def _share(value: float | None, words: Words) -> str:
    return _NONE if value is None else words.share(value)


def _limits(one: Accuracy | Agreement, words: Words) -> str:
    if one.low is None or one.high is None:
        return _NONE
    return words.say("{low} to {high}", low=words.number(one.low, 2), high=words.number(one.high, 2))
