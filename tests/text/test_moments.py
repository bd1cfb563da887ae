"""The map, the patterns and their guards, acts, and where text has no say."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from cxreport.api import ConfigError, Enricher
from cxreport_plugins.moments.enricher import Moments
from cxreport_plugins.moments.mapping import default_rules
from cxreport_plugins.moments.options import PACKS, MapRule, MomentsOptions
from cxreport_plugins.moments.pattern import ACTS, LANGUAGES, MOMENTS, parse, patterns
from cxreport_plugins.moments.text import hits, moment_of

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]
POST = {"channel": "x", "kind": "post", "lang": "en", "customer_voice": True}


@pytest.fixture
def tell(make: Make, records: Records) -> Callable[..., dict[str, Any]]:
    def told(text: str | None = None, options: dict[str, Any] | None = None, **columns: Any) -> dict[str, Any]:
        moments = make(Moments, **(options or {}))
        row = {**POST, "source_id": "x", **columns}
        return moments.apply(records(text=[text], **row).select(moments.needs), None).row(0, named=True)

    return told


Tell = Callable[..., dict[str, Any]]


def acts(row: dict[str, Any]) -> set[str]:
    return {act["label"] for act in row["acts"]}


@pytest.mark.parametrize(
    ("question", "moment", "rule"),
    [
        ("How did you first hear about us?", "stimulus", "question.first_heard"),
        ("Откуда вы о нас узнали?", "stimulus", "question.first_heard"),
        ("Wie sind Sie auf uns aufmerksam geworden?", "stimulus", "question.first_heard"),
        ("Which airlines did you compare?", "zmot", "question.before_choosing"),
        ("How was the checkout process?", "fmot", "question.purchase"),
        ("How was your flight?", "smot", "metric.after_contact"),
    ],
)
def test_questions_that_name_a_moment(question: str, moment: str, rule: str, tell: Tell) -> None:
    row = tell("by chance", channel="survey", kind="survey_response", metric="csat", question_text=question)
    assert (row["moment"], row["moment_rule"], row["shared"]) == (moment, f"map.{rule}", "private")


@pytest.mark.parametrize(
    ("channel", "kind", "metric", "moment", "rule", "shared"),
    [
        ("x", "ticket", None, "smot", "kind.ticket", "private"),
        ("x", "dm", None, "smot", "kind.ticket", "private"),
        ("phone", "post", None, "smot", "channel.support", "private"),
        ("checkout", "survey_response", "ces", "fmot", "channel.purchase", "private"),
        ("survey", "survey_response", "csat", "smot", "metric.after_contact", "private"),
        ("survey", "survey_response", "nps", None, "metric.relationship", "private"),
        ("survey", "survey_response", None, None, "kind.survey", "private"),
        ("ad_comments", "post", None, "stimulus", "channel.advert", "public"),
        ("product_qa", "post", None, "zmot", "channel.question", "public"),
        ("trustpilot", "review", "stars", "smot", "kind.review", "public"),
        ("unheard_of", "rating_only", None, "smot", "kind.review", "public"),
        ("app_store", "post", None, "smot", "channel.review_site", "public"),
    ],
)
def test_the_map(
    channel: str, kind: str, metric: str | None, moment: str | None, rule: str, shared: str, tell: Tell
) -> None:
    row = tell("should i buy a ticket", channel=channel, kind=kind, metric=metric)
    assert (row["moment"], row["moment_rule"], row["shared"]) == (moment, f"map.{rule}", shared)
    assert row["moment_alt"] is None


def test_open_channels_are_public_and_forums_half(tell: Tell) -> None:
    assert tell("hello")["shared"] == "public"
    assert tell("hello", channel="forum")["shared"] == "semi"


def test_an_unknown_channel_has_no_moment(tell: Tell) -> None:
    row = tell("my bag is lost and nobody answers", channel="pigeon")
    assert (row["moment"], row["moment_rule"], row["shared"]) == (None, "none.unmapped", None)


@pytest.mark.parametrize("kind", ["post", "review"])
def test_who_is_no_customer_has_no_moment(kind: str, tell: Tell) -> None:
    row = tell("my bag is lost and nobody answers", kind=kind, customer_voice=False)
    assert (row["moment"], row["moment_rule"], row["acts"]) == (None, "none.not_customer", [])
    assert row["shared"] == "public"
    assert tell("my bag is lost", customer_voice=None)["moment_rule"] == "none.not_customer"


@pytest.mark.parametrize(
    ("text", "lang", "rule"),
    [
        (None, "en", "none.no_text"),
        ("https://example.org", "en", "none.no_text"),
        ("mein Koffer ist weg", "de", "none.no_patterns"),
        ("hm", None, "none.no_patterns"),
        ("good morning", "en", "none.below_minimum"),
    ],
)
def test_nothing_is_imputed(text: str | None, lang: str | None, rule: str, tell: Tell) -> None:
    row = tell(text, lang=lang)
    assert (row["moment"], row["moment_rule"]) == (None, rule)


TOLD = [
    ("just saw your new ad on tv, love that commercial", "en", "stimulus"),
    ("i had never heard of this brand", "en", "stimulus"),
    ("take my money", "en", "stimulus"),
    ("Увидела вашу рекламу в метро", "ru", "stimulus"),
    ("should i buy the family plan?", "en", "zmot"),
    ("has anyone tried their lounge? worth it?", "en", "zmot"),
    ("Стоит ли брать такой тариф, кто-нибудь пользуется?", "ru", "zmot"),
    ("finally booked my trip!", "en", "fmot"),
    ("payment declined twice at checkout", "en", "fmot"),
    ("Не могу оплатить заказ, корзина пустая", "ru", "fmot"),
    ("my bag is still missing and nobody answers", "en", "smot"),
    ("on hold for two hours", "en", "smot"),
    ("Приложение не работает уже неделю", "ru", "smot"),
    ("Всё ещё не пришёл возврат", "ru", "smot"),
]


DONE: list[tuple[str, str, set[str]]] = [
    ("I would definitely recommend them", "en", {"recommend"}),
    ("I would not recommend them", "en", {"warn"}),
    ("can you recommend a hotel", "en", {"ask"}),
    ("never fly with them again, avoid!", "en", {"warn"}),
    ("thank you so much for the help", "en", {"thank"}),
    ("best crew ever, kudos", "en", {"praise"}),
    ("worst airline ever", "en", {"complain"}),
    ("not amazing", "en", set()),
    ("where is my bag?", "en", {"ask"}),
    ("fyi the lift at gate 7 is out", "en", {"inform"}),
    ("here is my honest review of the lounge", "en", {"narrate"}),
    ("Всем советую", "ru", {"recommend"}),
    ("Не советую никому", "ru", {"warn"}),
    ("Спасибо, молодцы", "ru", {"thank", "praise"}),
    ("Недовольна, ужасный сервис", "ru", {"complain"}),
    ("Довольна", "ru", {"praise"}),
    ("good morning", "en", set()),
    ("link https://example.org/?a=b", "en", set()),
]


@pytest.fixture(scope="module")
def spoken(make: Make, records: Records) -> dict[tuple[str, str], dict[str, Any]]:
    """What all of `TOLD` and `DONE` say, heard in one batch, for the patterns compile once a batch."""
    heard = [(text, lang) for text, lang, _ in (*TOLD, *DONE)]
    moments = make(Moments, packs=PACKS)
    columns = {**POST, "text": [text for text, _ in heard], "lang": [lang for _, lang in heard]}
    out = moments.apply(records(**columns).select(moments.needs), None)
    return dict(zip(heard, out.iter_rows(named=True), strict=True))


Spoken = dict[tuple[str, str], dict[str, Any]]


@pytest.mark.parametrize(("text", "lang", "moment"), TOLD)
def test_text_on_open_channels(text: str, lang: str, moment: str, spoken: Spoken) -> None:
    row = spoken[text, lang]
    assert row["moment"] == moment
    assert row["moment_rule"].startswith(f"text.{lang}.")


def test_the_rewritten_look_ahead(tell: Tell) -> None:
    assert tell("take my money and refund nothing, what a service")["moment"] != "stimulus"


def test_issue_guard(tell: Tell) -> None:
    """A question of someone who has already been let down is service, not shopping."""
    assert tell("what is the best way to fly home")["moment"] == "zmot"
    assert tell("what is the best way to fly home, my flight was cancelled")["moment"] == "smot"


def test_already_bought_is_past_the_purchase(tell: Tell) -> None:
    row = tell("i already paid")
    assert (row["moment"], row["moment_rule"]) == ("smot", "text.bought")
    assert tell("уже оплатила", lang="ru")["moment"] == "smot"


def test_ties_go_to_the_later_moment_and_keep_the_other(tell: Tell) -> None:
    row = tell("sold out, and the warranty?")
    assert (row["moment"], row["moment_alt"]) == ("smot", "fmot")
    clear = tell("sold out")
    assert (clear["moment"], clear["moment_alt"]) == ("fmot", None)


DATES = {"dates": [{"source": "shop", "ordered": "Order date", "received": "it's here", "day_first": True}]}


def transaction(ordered: str | None, received: str | None = None) -> str:
    return json.dumps({"Order date": ordered, "it's here": received})


@pytest.mark.parametrize(
    ("said_on", "extra", "moment", "rule"),
    [
        (9, transaction("10/03/2026"), "zmot", "date.before_order"),
        (10, transaction("2026-03-10 08:15"), "fmot", "date.order_day"),
        (12, transaction("10/03/2026", "12/03/2026"), "smot", "date.received"),
        (30, transaction("10/03/2026", "12/03/2026"), "smot", "date.received"),
        (10, transaction("10/03/2026", "10/03/2026"), "smot", "date.received"),
        (11, transaction("10/03/2026", "12/03/2026"), "stimulus", "text.en.stimulus.21"),
        (11, transaction("10/03/2026"), "stimulus", "text.en.stimulus.21"),
        (11, transaction("soon"), "stimulus", "text.en.stimulus.21"),
        (11, None, "stimulus", "text.en.stimulus.21"),
        (11, "{}", "stimulus", "text.en.stimulus.21"),
    ],
)
def test_dates_of_the_transaction(said_on: int, extra: str | None, moment: str, rule: str, tell: Tell) -> None:
    row = tell(
        "take my money", DATES, source_id="shop", created_at=datetime(2026, 3, said_on, 23, tzinfo=UTC), extra=extra
    )
    assert (row["moment"], row["moment_rule"], row["stage"]) == (moment, rule, moment)


def test_dates_come_after_the_map_and_before_the_text(tell: Tell) -> None:
    on = {"created_at": datetime(2026, 3, 12, tzinfo=UTC), "extra": transaction("2026-03-10", "2026-03-11")}
    assert (
        tell("take my money", DATES, source_id="shop", channel="checkout", **on)["moment_rule"]
        == "map.channel.purchase"
    )
    assert tell("take my money", DATES, source_id="shop", channel="pigeon", **on)["moment_rule"] == "date.received"
    assert tell("take my money", DATES, source_id="other", **on)["moment"] == "stimulus"
    assert tell("take my money", DATES, source_id="shop", customer_voice=False, **on)["moment"] is None


def test_what_was_experienced_is_experience(tell: Tell) -> None:
    on = {"experienced_at": datetime(2026, 3, 10, tzinfo=UTC)}
    after = tell("take my money", created_at=datetime(2026, 3, 11, tzinfo=UTC), **on)
    assert (after["moment"], after["moment_rule"]) == ("smot", "date.received")
    before = tell("take my money", created_at=datetime(2026, 3, 9, tzinfo=UTC), **on)
    assert before["moment"] == "stimulus"


def test_dates_need_a_field() -> None:
    with pytest.raises(ValidationError, match="ordered"):
        MomentsOptions.model_validate({"dates": [{"source": "shop"}]})


@pytest.mark.parametrize(
    ("text", "channel", "kind", "stage"),
    [
        ("would not recommend", "trustpilot", "review", "umot"),
        ("fine", "trustpilot", "review", "smot"),
        ("would not recommend", "phone", "post", "smot"),
        ("worst experience ever", "forum", "post", "umot"),
        ("worst experience ever", "pigeon", "post", None),
    ],
)
def test_one_label_for_those_who_want_one(text: str, channel: str, kind: str, stage: str | None, tell: Tell) -> None:
    """UMOT is what others can see and an evaluation first of all; what only the company hears keeps its moment."""
    assert tell(text, channel=channel, kind=kind)["stage"] == stage


def test_the_acts_are_what_people_may_code(make: Make) -> None:
    assert set(make(Moments).codes()["acts"]) == set(ACTS)


def test_minimum_is_an_option(tell: Tell) -> None:
    assert tell("sold out", {"minimum": 3})["moment"] is None


@pytest.mark.parametrize(("text", "lang", "expected"), DONE)
def test_acts(text: str, lang: str, expected: set[str], spoken: Spoken) -> None:
    assert acts(spoken[text, lang]) == expected


def test_acts_are_heard_in_reviews_too(tell: Tell) -> None:
    row = tell("would not recommend", kind="review", channel="trustpilot")
    assert row["acts"] == [{"label": "warn", "weight": 3.0, "rule": "en.act.4"}]
    assert row["moment_rule"] == "map.kind.review"


def test_the_words_of_a_trade_count_only_with_its_pack(tell: Tell) -> None:
    said = tell("the tarmac near the gate", {"packs": ["airline"]})
    assert (said["moment"], said["moment_rule"]) == ("smot", "text.en.airline.smot.9")
    assert tell("the tarmac near the gate")["moment"] is None
    assert tell("the tarmac near the gate", {"packs": ["bank"]})["moment"] is None


def test_the_projects_map_comes_first(tell: Tell) -> None:
    rule = {
        "rule": "loyalty",
        "source": "club",
        "channel": ["x", "survey"],
        "moment": "smot",
        "shared": "semi",
    }
    options = {"map": [rule, {"kind": "review", "moment": "none"}]}
    mine = tell("should i buy it", options, source_id="club")
    assert (mine["moment"], mine["moment_rule"], mine["shared"]) == ("smot", "map.loyalty", "semi")
    assert tell("should i buy it", options, source_id="other")["moment"] == "zmot"
    review = tell("fine", options, kind="review")
    assert (review["moment"], review["moment_rule"]) == (None, "map.project")


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        ({"moment": "smot"}, "rule 1: has no condition"),
        ({"question": "(", "moment": "smot"}, "not a Rust regex"),
    ],
)
def test_a_bad_map_is_reported(rule: dict[str, Any], complaint: str, make: Make) -> None:
    with pytest.raises(ConfigError, match=complaint):
        make(Moments, map=[rule])


def test_options_are_checked() -> None:
    with pytest.raises(ValidationError, match="umot"):
        MapRule.model_validate({"kind": "post", "moment": "umot"})
    with pytest.raises(ValidationError, match="space"):
        MomentsOptions.model_validate({"packs": ["space"]})


def test_default_rules_have_distinct_names() -> None:
    names = [rule.rule for rule in default_rules()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_compiles_and_is_unique(language: str) -> None:
    found = patterns(language, PACKS)
    assert len({p.id for p in found}) == len(found)
    assert len({(p.section, p.weight, p.regex) for p in found}) == len(found)
    assert not hits(pl.Series([""]), found).any()
    assert {act for p in found for act in p.acts} == set(ACTS)
    assert all(p.regex == p.regex.replace("ё", "е") for p in found)
    plain = [re.sub(r"\\.", "", p.regex) for p in found]
    assert all(regex == regex.lower() and "(?i" not in regex for regex in plain), "texts are in lower case"


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pack_speaks_of_every_moment(pack: str, language: str) -> None:
    mine = [p for p in patterns(language, (pack,)) if f".{pack}." in p.id]
    assert {p.section for p in mine} >= {*MOMENTS, "act"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("3 | x", "below a"),
        ("[smot]\nx", "line 2"),
        ("[smot]\n3 shout | x", "no such act: shout"),
        ("[umot]\n3 | x", "WEIGHT"),
    ],
)
def test_a_bad_pattern_file_names_its_line(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        list(parse(text, "test"))


def test_scores_by_hand() -> None:
    found = tuple(parse("[smot]\n2 | a\n1 | b\n[zmot]\n3 | c\n-1 | d\n[stimulus]\n3 | e\n[fmot]\n2 | f", "t"))
    texts = ["a", "b", "ac", "abc", "acd", "cd", "ce", "ae", "abe", "f", "af", ""]
    frame = moment_of(hits(pl.Series(texts), found), found, 2)
    assert dict(zip(texts, frame.select("moment", "moment_alt").rows(), strict=True)) == {
        "a": ("smot", None),
        "b": (None, None),
        "ac": ("smot", "zmot"),  # zmot 3 loses 1 to the issue guard: a tie at 2
        "abc": ("smot", None),
        "acd": ("smot", None),
        "cd": ("zmot", None),
        "ce": ("zmot", "stimulus"),
        "ae": ("smot", None),  # stimulus 3 loses 2
        "abe": ("smot", None),
        "f": ("fmot", None),
        "af": ("smot", "fmot"),
        "": (None, None),
    }
