"""Learning from coded texts: which model, where it beats the list, and what is told of it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from cxreport.api import SENTIMENTS, message
from cxreport_plugins.sentiment.coded import FOLDS, Coded, Floats
from cxreport_plugins.sentiment.fitting import Design
from cxreport_plugins.sentiment.model import labelled, whole
from cxreport_plugins.sentiment.scorer import Scorer

LEAST: Final = 100
"""Coded texts of a language from which a model is tried."""
LEAST_EACH: Final = 15
"""Coded texts of each class."""
LEAST_THERE: Final = 30
"""Coded texts of a channel from which a model may speak there alone."""
PENALTIES: Final = (0.5, 1.0, 2.0, 4.0)
"""What scikit-learn calls C; the strictest first, from which the next one is not far."""
BALANCES: Final = (0.5, 0.75, 1.0)
"""How far labels lean towards rare classes: from the likeliest class (0) to as if all classes were as frequent (1)."""
LEARNED, BLEND, LIST = "learned", "blend", "list"
"""Who speaks in a channel: the model, the mean of what the model and the list say, or the list."""
_TINY = 1e-6


def learn(coded: Coded, scorer: Scorer) -> dict[str, Any]:
    """What the state holds of a language: keys `figures`, `listed`, `model`, `held`, `channels`, `elsewhere`.

    `listed[i]` is how often each class holds where the list says class i. `held` are the probabilities of the coded
    texts by models that learned from none of their authors, so that nothing judges a text it has learned. Everything
    is in millionths. With too few texts there are only `figures`, which say so. Deterministic.
    """
    theirs = scorer.classify(scorer.score(coded.rows["text"])).to_list()
    figures: dict[str, Any] = {"records": len(coded), "classes": coded.classes}
    if reason := lacking(coded):
        return {"figures": {**figures, "used": False, "reason": reason}}
    design = Design.of(coded, scorer)
    tried = design.held(PENALTIES)
    penalty = min(PENALTIES, key=lambda c: _log_loss(tried[c], coded.truth))
    logs = np.log(coded.truth.sum(axis=0) / coded.truth.sum())
    balance = max(BALANCES, key=lambda b: coded.f1(labelled(tried[penalty], b * logs)))
    model = design.model(penalty, balance * logs)
    ours = labelled(tried[penalty], model.tilts)
    speakers = _speakers(coded, ours, theirs)
    chosen = {"penalty": penalty, "balance": balance, "terms": len(design.terms)}
    return {
        "figures": {**figures, **_judged(coded, ours, theirs), **chosen, **speakers, "digest": model.digest},
        "listed": whole(_listed(coded, theirs)),
        "model": model.written(),
        "held": dict(zip(coded.rows["record_id"], whole(tried[penalty]), strict=True)),
        **speakers,
    }


def lacking(coded: Coded) -> str:
    """Why there is too little to learn from, or nothing."""
    if len(coded) < LEAST:
        return message("{n} texts are coded, {needed} are needed").format(n=len(coded), needed=LEAST)
    rarest = min(coded.classes, key=lambda name: coded.classes[name])
    if coded.classes[rarest] < LEAST_EACH:
        form = message("{n} texts are coded {name}, {needed} are needed")
        return form.format(n=coded.classes[rarest], name=rarest, needed=LEAST_EACH)
    return ""


def _judged(coded: Coded, ours: list[str], theirs: list[str]) -> dict[str, Any]:
    gain = coded.gain(ours, theirs)
    return {
        "authors": coded.rows["group"].n_unique(), "folds": FOLDS,
        "macro_f1": round(coded.f1(ours), 4), "macro_f1_list": round(coded.f1(theirs), 4),
        "gain_low": round(gain, 4), "used": gain > 0,
    }  # fmt: skip


def _speakers(coded: Coded, ours: list[str], theirs: list[str]) -> dict[str, Any]:
    """Who speaks in the `channels` with enough coded texts to tell, and `elsewhere`.

    A model that surely beats the list on the whole speaks in each channel where it is ahead of it; where too few
    texts tell, both speak. A model that does not is not used at all.
    """
    if coded.gain(ours, theirs) <= 0:
        return {"channels": {}, "elsewhere": LIST}
    counts = coded.rows.group_by("channel").len().drop_nulls().sort("channel")
    there = {channel: coded.where(channel) for channel, n in counts.iter_rows() if n >= LEAST_THERE}
    ahead = {channel: coded.f1(ours, rows) > coded.f1(theirs, rows) for channel, rows in there.items()}
    return {"channels": {c: LEARNED if first else LIST for c, first in ahead.items()}, "elsewhere": BLEND}


def _listed(coded: Coded, labels: list[str]) -> Floats:
    """Each row starts from one text shared evenly, so that no probability is 0 or 1."""
    counts = coded.confusion(labels).sum(axis=0).T + 1 / len(SENTIMENTS)
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def _log_loss(probabilities: Floats, truth: Floats) -> float:
    return float(-(truth * np.log(np.maximum(probabilities, _TINY))).sum() / truth.sum())
