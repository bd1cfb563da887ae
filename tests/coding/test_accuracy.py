"""The accuracy card against figures worked out by hand."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from cxreport.coding.accuracy import accuracy
from cxreport.coding.agreement import agreement
from cxreport.model.audit import Accuracy
from cxreport.stats import wilson
from tests.measures.make import ident, records, repeated

from .made import both, coding, labels


def card(table: pl.DataFrame, *rows: Any, told: pl.DataFrame | None = None) -> dict[tuple[str, str], Accuracy]:
    """The rows of the card by field and scorer; coded ids are numbers of the table's rows."""
    named = [{**row, "record_id": ident(row["record_id"])} for row in rows]
    given = accuracy(coding(*named), table, labels() if told is None else told)
    return {(one.field, one.scorer): one for one in given}


def scored(*verdicts: tuple[str | None, int], **facts: Any) -> pl.DataFrame:
    """Records by their predicted sentiment, so many of each."""
    rows = [
        row for verdict, n in verdicts for row in repeated(n, sentiment=verdict, sentiment_scorer="list-1", **facts)
    ]
    return records(*rows)


def test_weights_count_and_are_scaled_to_the_effective_number() -> None:
    table = scored(("negative", 2), ("positive", 1))
    one = card(table, *both(0, 3.0, sentiment="negative"), *both(1, 1.0, sentiment="neutral"),
               *both(2, 1.0, sentiment="positive"))["sentiment", ""]  # fmt: skip
    scale = (25 / 11) / 5  # (Σw)² / Σw² of 3, 1, 1, over Σw
    assert one.classes == ("negative", "neutral", "positive")
    assert one.confusion == tuple(
        tuple(pytest.approx(scale * w) for w in row) for row in ((3, 0, 0), (1, 0, 0), (0, 0, 1))
    )
    assert (one.n, one.n_authors) == (3, 3)
    assert one.precision == pytest.approx({"negative": 0.75, "positive": 1.0})
    assert one.precision_low["negative"] == pytest.approx(wilson(0.75 * 1.6, 1.6).low)
    assert one.recall == pytest.approx({"negative": 1.0, "neutral": 0.0, "positive": 1.0})
    assert one.macro_f1 == pytest.approx((6 / 7 + 0 + 1) / 3)


def test_disputed_codes_count_in_parts() -> None:
    table = scored(("negative", 1))
    one = card(table, {"record_id": 0, "coder": "ada", "sentiment": "negative"},
               {"record_id": 0, "coder": "ben", "sentiment": "neutral"})["sentiment", ""]  # fmt: skip
    assert [*one.confusion] == [(0.5, 0, 0), (0.5, 0, 0), (0, 0, 0)]
    assert (one.n, one.precision["negative"]) == (1, 0.5)


def test_what_was_not_scored_or_is_no_customer_is_not_judged() -> None:
    table = records({"sentiment": None}, {"sentiment": "negative", "customer_voice": False}, {"sentiment": "negative"})
    one = card(table, *(row for n in range(3) for row in both(n, sentiment="negative")))["sentiment", ""]
    assert one.n == 1


def test_each_scorer_is_judged_and_all_together() -> None:
    table = records(
        {"sentiment": "negative", "sentiment_scorer": "list"}, {"sentiment": "negative", "sentiment_scorer": "model"}
    )
    told = card(table, *both(0, sentiment="positive"), *both(1, sentiment="negative"))
    assert {key: one.n for key, one in told.items()} == {
        ("sentiment", ""): 2,
        ("sentiment", "list"): 1,
        ("sentiment", "model"): 1,
    }
    assert told["sentiment", "model"].precision == {"negative": 1.0}


def test_no_moment_is_a_verdict() -> None:
    table = records({"moment": None}, {"moment": "smot"})
    one = card(table, *both(0, moment="smot"), *both(1, moment="none"))["moment", ""]
    smot, none = one.classes.index("smot"), one.classes.index("none")
    assert (one.confusion[smot][none], one.confusion[none][smot]) == (1, 1)


def test_voice_is_judged_on_what_the_gate_left_out_too() -> None:
    table = records({"customer_voice": True}, {"customer_voice": False}, {"customer_voice": False})
    told = card(table, *both(0, voice="customer"), *both(1, voice="other"), *both(2, voice="customer"))
    assert told["voice", ""].confusion == ((1, 1), (0, 1))


def test_themes_are_judged_one_by_one() -> None:
    table = records({}, {}, {}, {"customer_voice": False})
    told = labels((ident(0), "themes", "bag"), (ident(1), "themes", "bag"), (ident(1), "themes", "gate"),
                  (ident(3), "themes", "bag"), (ident(2), "acts", "bag"))  # fmt: skip
    rows = [*both(0, themes=["bag"]), *both(1, themes=[]), *both(2, themes=["bag"]), *both(3, themes=[])]
    found = card(table, *rows, told=told)
    assert [*found["themes", "bag"].confusion] == [(1, 1), (1, 0)], (
        "found and right, missed; wrong; others are not read"
    )
    assert found["themes", "gate"].precision == {"yes": 0.0, "no": 1.0}, "found, but coded by nobody"


def test_themes_that_were_not_read_are_not_judged() -> None:
    table = records({}, {"themes_read": False}, {"themes_read": True}, more={"themes_read": pl.Boolean})
    found = card(table, *(row for n in range(3) for row in both(n, themes=["bag"])))
    assert found["themes", "bag"].n == 1


SOUND = [*(("negative", "negative"),) * 30, *(("positive", "positive"),) * 30, *(("neutral", "positive"),) * 3]


def judged(pairs: list[tuple[str, str]]) -> Accuracy:
    table = records(*({"sentiment": read, "sentiment_scorer": "list"} for _, read in pairs))
    return card(table, *(row for n, (true, _) in enumerate(pairs) for row in both(n, sentiment=true)))["sentiment", ""]


def test_a_classifier_is_sound_where_every_class_is_surely_right() -> None:
    assert (judged(SOUND).sound, judged(SOUND).reason) == (True, "")
    doubtful = judged([*SOUND, *(("neutral", "positive"),) * 9])
    assert not doubtful.sound
    assert doubtful.reason == "as little as 56% of what is read as positive may be right, 60% is needed"


def test_neutral_is_what_a_classifier_says_when_nothing_speaks_to_it() -> None:
    assert judged([*SOUND, *(("negative", "neutral"),) * 9]).sound


def test_few_texts_prove_nothing() -> None:
    assert judged([("negative", "negative")] * 29).reason == "only 29 records are coded, 30 are needed"


def test_moments_that_leave_most_unclassified_are_not_sound() -> None:
    table = records(*repeated(40, moment="smot"), *repeated(30, moment=None))
    rows = [row for n in range(70) for row in both(n, moment="smot")]
    assert card(table, *rows)["moment", ""].reason == "43% of records get no moment, at most 40% may"


def test_agreement_knows_ranks_and_leaves_out_who_settles() -> None:
    rows = [row for n in range(6) for row in both(str(n), sentiment=("negative", "neutral", "positive")[n % 3])]
    near = [
        {"record_id": "n", "coder": "ada", "sentiment": "negative"},
        {"record_id": "n", "coder": "ben", "sentiment": "neutral"},
    ]
    far = [near[0], {**near[1], "sentiment": "positive"}]
    settled = {"record_id": "n", "coder": "settled", "sentiment": "positive", "voice": "other"}
    alphas = [{one.level: one for one in agreement(coding(*rows, *more, settled))} for more in (near, far)]
    assert alphas[0].keys() == {"nominal", "ordinal"}, "one code of a field by one coder is no agreement"
    assert (alphas[0]["ordinal"].alpha or 0) > (alphas[1]["ordinal"].alpha or 0), "neutral is nearer than positive"
    assert (alphas[0]["nominal"].records, alphas[0]["nominal"].coders) == (7, 2)


def test_agreement_on_sets_forgives_what_is_nearly_said() -> None:
    alike = [row for n in range(4) for row in both(str(n), themes=[["bag"], ["crew"], [], ["gate"]][n])]
    first = {"record_id": "x", "coder": "ada", "themes": ["bag", "crew"]}
    near, far = ({"record_id": "x", "coder": "ben", "themes": themes} for themes in (["bag"], ["gate"]))
    one, other = (agreement(coding(*alike, first, second))[0] for second in (near, far))
    assert one.level == "set"
    assert 1 > (one.alpha or 0) > (other.alpha or 0)
