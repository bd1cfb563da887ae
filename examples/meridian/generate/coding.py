"""The coding sheets of the invented client: what two people and their talk afterwards made of 540 texts.

They know the truth, mishear now and then, and disagree where a text says both good and bad. The rows are those that
the coding page of cxreport saves, for the fields that the generator knows the truth of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .dice import Dice, stream
from .files import Made, Said, table
from .posts import Post

CODERS = ("Ines", "Tomek")
HEADER = ("record_id", "coder", "stratum", "weight", "sentiment", "moment", "voice")
_DRAWN = {
    "x stimulus": 30, "x zmot": 60, "x fmot": 40, "x smot": 190, "x others": 40, "qualtrics": 60, "typeform": 30,
    "trustpilot.csv": 36, "google.business": 34, "google_play.console": 20,
}  # fmt: skip
"""Texts by stratum: for X by what they are about, of which the early moments are rare; else by their source."""
_LABELS = {"pos": "positive", "neu": "neutral", "neg": "negative"}
_NEAR = {"positive": "neutral", "neutral": "negative", "negative": "neutral"}
_BOTH = {"neutral": 55, "negative": 30, "positive": 15}
"""How people read a text that praises and complains."""
_EARLY = ("stimulus", "zmot", "fmot")
_SLIP, _SLIP_MOMENT, _SLIP_VOICE, _SETTLED = 0.06, 0.03, 0.02, 0.6
Row = tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """One text that may be drawn."""

    record_id: str
    sentiment: str
    moment: str
    voice: str
    mixed: bool = False
    """It says both: the sentiment is neutral, but who would swear to it."""


def coding(posts: Sequence[Post], files: Iterable[Made]) -> dict[str, bytes]:
    """File name → bytes of the sheets: one a coder, and what they settled."""
    dice = stream("coding")
    drawn: list[tuple[Truth, str, float]] = []
    for number, (stratum, texts) in enumerate(_strata(posts, files).items(), start=1):
        picked = dice.some(texts, _DRAWN[stratum])
        drawn += [(text, f"s{number:02d}", len(texts) / len(picked)) for text in picked]
    drawn = dice.some(drawn, len(drawn))
    heard = {coder: [_code(dice, text) for text, _, _ in drawn] for coder in CODERS}
    sheets = {coder: _rows(coder, drawn, codes) for coder, codes in heard.items()}
    sheets["settled"] = _settled(dice, drawn, list(heard.values()))
    return {f"{name.lower()}.csv": table([HEADER, *rows]).encode() for name, rows in sheets.items()}


def record_id(space: str, native_id: str) -> str:
    """The id that cxreport gives to a record: docs/records.md."""
    return hashlib.blake2b(f"{space}\x1f{native_id}".encode(), digest_size=12).hexdigest()


def _strata(posts: Sequence[Post], files: Iterable[Made]) -> dict[str, list[Truth]]:
    strata: dict[str, list[Truth]] = {name: [] for name in _DRAWN}
    for post in posts:
        spoken = post.voice == "customer" and post.role != "repost" and not post.topic.startswith("hostile")
        if post.context_only or post.subject != "meridian" or not (spoken or post.voice == "noise"):
            continue
        truth = _of_post(post)
        strata[f"x {truth.moment or 'others'}"].append(truth)
    for said in (said for made in files for said in made.said):
        strata[said.space].append(_of_said(said))
    return {name: list({text.record_id: text for text in texts}.values()) for name, texts in strata.items()}


def _of_post(post: Post) -> Truth:
    number, topic = record_id("x.api.v2", str(post.id)), post.topic.split(".", maxsplit=1)[0]
    if post.voice == "noise":
        return Truth(number, "", "", "other")
    return Truth(number, _LABELS[post.polarity], topic if topic in _EARLY else "smot", "customer")


def _of_said(said: Said) -> Truth:
    sentiment = {**_LABELS, "": "", "mixed": "neutral"}[said.polarity]
    return Truth(record_id(said.space, said.native_id), sentiment, said.moment, "customer", said.polarity == "mixed")


def _code(dice: Dice, text: Truth) -> Row:
    """Sentiment, moment and voice as one person codes them; of others than customers nothing more is coded."""
    if dice.chance(_SLIP_VOICE):
        return ("neutral", "none", "customer") if text.voice == "other" else ("", "", "other")
    if text.voice == "other":
        return "", "", "other"
    sentiment = dice.weighted(_BOTH) if text.mixed else text.sentiment
    moment = text.moment
    if sentiment and dice.chance(_SLIP):
        sentiment = _NEAR[sentiment]
    if dice.chance(_SLIP_MOMENT):
        moment = "none" if moment == "smot" or dice.chance(0.5) else "smot"
    return sentiment, moment, text.voice


def _rows(coder: str, drawn: Sequence[tuple[Truth, str, float]], codes: Sequence[Row]) -> list[Row]:
    return [
        (text.record_id, coder, stratum, f"{weight:.4f}", *code)
        for (text, stratum, weight), code in zip(drawn, codes, strict=True)
    ]


def _settled(dice: Dice, drawn: Sequence[tuple[Truth, str, float]], heard: Sequence[Sequence[Row]]) -> list[Row]:
    """What the two agreed on when they talked about where they differed; some they left open."""
    rows = []
    for (text, stratum, weight), first, second in zip(drawn, *heard, strict=True):
        if first == second or not dice.chance(_SETTLED):
            continue
        truth = ("", "", "other") if text.voice == "other" else (text.sentiment, text.moment, text.voice)
        named = [told if one != other else "" for told, one, other in zip(truth, first, second, strict=True)]
        rows.append((text.record_id, "settled", stratum, f"{weight:.4f}", *named))
    return rows
