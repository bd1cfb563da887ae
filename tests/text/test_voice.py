"""Who is a customer: every rule, and the gate's cues one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from cxreport.api import Enricher
from cxreport_plugins.voice.enricher import Voice
from cxreport_plugins.voice.gate import LANGUAGES, gate

Records = Callable[..., pl.DataFrame]
Make = Callable[..., Enricher]
CUSTOMER = "I waited three hours and nobody helped me"


@pytest.fixture
def judge(make: Make, records: Records) -> Callable[..., tuple[bool, str]]:
    voice = make(Voice)

    def judged(text: str | None = CUSTOMER, **columns: Any) -> tuple[bool, str]:
        row = {"channel": "x", "kind": "post", "lang": "en", **columns}
        out = voice.apply(records(text=[text], **row).select(voice.needs), None).row(0)
        return bool(out[0]), str(out[1])

    return judged


Judge = Callable[..., tuple[bool, str]]


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"author_handle": "@MeridianAir"}, "author.brand_handle"),
        ({"author_handle": "nordacare"}, "author.rival_handle"),
        ({"brand_authored": True}, "author.brand_authored"),
        ({"kind": "owner_reply", "channel": "trustpilot"}, "author.owner_reply"),
        ({"author_role": "brand"}, "author.role_brand"),
        ({"author_role": "agent", "channel": "support"}, "author.role_agent"),
        ({"author_role": "bot"}, "author.bot"),
        ({"author_role": "media"}, "author.media"),
        ({"author_handle": "fare_bot"}, "author.bot_handle"),
        ({"author_handle": "FareAlertBot"}, "author.bot_handle"),
        ({"author_handle": "harbour_news"}, "author.news_handle"),
        ({"author_handle": "HarbourNews"}, "author.news_handle"),
        ({"kind": "repost"}, "repost"),
        ({"text": "RT @adalund: I waited three hours!"}, "repost"),
    ],
)
def test_not_a_customer_by_author(columns: dict[str, Any], rule: str, judge: Judge) -> None:
    assert judge(**columns) == (False, rule)


@pytest.mark.parametrize("handle", ["johntalbot", "JTalbot", "newsome_j", "renewsit", "abbot", None, ""])
def test_names_that_only_look_like_bots_or_news(handle: str | None, judge: Judge) -> None:
    assert judge(author_handle=handle) == (True, "gate.customer")


@pytest.mark.parametrize("channel", ["trustpilot", "survey", "phone", "app_store", None])
def test_other_channels_need_no_gate(channel: str | None, judge: Judge) -> None:
    assert judge("Shares up after press release", channel=channel) == (True, "source")
    assert judge(None, channel=channel) == (True, "source")


@pytest.mark.parametrize(
    ("text", "lang", "rule"),
    [
        ("Norda shares fall as analysts doubt the ceo", "en", "gate.finance"),
        ("Press release: Norda opens a lounge", "en", "gate.news"),
        ("Norda is hiring cabin staff, jobs at the harbour", "en", "gate.jobs"),
        ("Flights to the islands, click here", "en", "gate.advert"),
        ("Norda opens a lounge", "en", "gate.no_cue"),
        ("lol RT @adalund: Norda opens a lounge", "en", "gate.retweet"),
        ("Меридиан сообщил о запуске рейсов", "ru", "gate.news"),
        ("Чистая прибыль Меридиана выросла до 3 млрд", "ru", "gate.finance"),
        ("Вакансии Меридиана", "ru", "gate.jobs"),
        ("Меридиан предлагает новые тарифы", "ru", "gate.advert"),
        ("#меридиан новые рейсы http://example.org", "ru", "gate.spam"),
        ("Рейсы в горы", "ru", "gate.no_cue"),
        (None, "en", "gate.no_text"),
        ("  ", "ru", "gate.no_text"),
    ],
)
def test_the_gate_keeps_out(text: str | None, lang: str, rule: str, judge: Judge) -> None:
    assert judge(text, lang=lang) == (False, rule)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (CUSTOMER, "en"),
        ("@meridianair where is gate 7?", "en"),
        ("My friend told me your ceo reads this", "en"),
        ("Great job on my upgrade, cabin crew", "en"),
        ("still no answer, pathetic", "en"),
        ("8 дней без чемодана. Кошмар. @meridianair", "ru"),
        ("нахамили дочке, отвратительно", "ru"),
        ("Жду уже три часа", "ru"),
        ("Ещё раз: где мой багаж", "ru"),
        ("@meridianair багаж", "ru"),
    ],
)
def test_the_gate_lets_in(text: str, lang: str, judge: Judge) -> None:
    assert judge(text, lang=lang) == (True, "gate.customer")


def test_an_answer_to_the_company_counts_for_the_customer(judge: Judge) -> None:
    assert judge("done") == (False, "gate.no_cue")
    assert judge("done", kind="reply", in_reply_to_handle="@MeridianAir") == (True, "gate.customer")
    assert judge("same", kind="reply", in_reply_to_handle="adalund") == (True, "gate.customer")
    assert judge("Press release", kind="reply") == (False, "gate.news")
    assert judge("lounge @meridianair opens", lang="ru") == (True, "gate.customer")


@pytest.mark.parametrize("lang", ["de", None])
def test_languages_without_a_gate_pass_and_say_so(lang: str | None, judge: Judge) -> None:
    assert judge("Norda eröffnet eine Lounge", lang=lang) == (True, "gate.no_list")


def test_open_channels_are_an_option(make: Make, records: Records) -> None:
    voice = make(Voice, open_channels=["guestbook"])
    batch = records(text=["Norda opens a lounge"] * 2, channel=["guestbook", "x"], lang="en")
    assert voice.apply(batch.select(voice.needs), None)["voice_rule"].to_list() == ["gate.no_cue", "source"]


def test_a_brand_without_handles(records: Records) -> None:
    from pathlib import Path

    from cxreport.api import Brand, Company, Context

    voice = Voice(Voice.Options(), Context(Brand(Company(name="Meridian Air")), Path()))
    batch = records(text=["my bag!"], channel="x", lang="en", author_handle="adalund")
    assert voice.apply(batch.select(voice.needs), None).row(0) == (True, "gate.customer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gate_compiles(language: str) -> None:
    cues = gate(language)
    for pattern in (*cues.customer, *(p for patterns in cues.against.values() for p in patterns)):
        assert pl.Series([""]).str.contains(pattern).to_list() == [False]
