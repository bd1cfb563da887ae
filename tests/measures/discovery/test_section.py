"""The page of discovery: titles that say the result, and nothing where there is nothing."""

from __future__ import annotations

from cxreport.api import Edition, Result, Words
from cxreport_plugins.discovery import lists
from cxreport_plugins.discovery.section import Discovery
from cxreport_plugins.discovery.titles import BRANDS, TITLES
from tests.measures.make import edition, result, section
from tests.measures.russian import english, russian

WORDS = Words()
SHARE = {"unit": "share"}


def share(measure: str, value: float, n: int = 400, **dims: str) -> Result:
    return result(measure, value, max(0.0, value - 0.05), min(1.0, value + 0.05), n, facts=SHARE, **dims)


def whole(n: int = 400) -> Edition:
    return edition({
        "discovery.questions": [
            share("discovery.questions", v, n, part=p) for p, v in (("brand", 0.3), ("peers", 0.1), ("unanswered", 0.6))
        ],
        "discovery.share_of_voice": [
            share("discovery.share_of_voice", v, n, moment=m, entity=e)
            for m, e, v in (("all", "brand", 0.8), ("all", "norda", 0.2), ("zmot", "brand", 0.5), ("zmot", "norda", 0.5))
        ],
        "discovery.sources": [
            share("discovery.sources", 0.4, n, of="answers", source="friend"),
            share("discovery.sources", 0.2, n, of="answers", source="search"),
            share("discovery.sources", 0.9, n, of="texts", source="ad"),
        ],
        "discovery.reasons": [share("discovery.reasons", 0.5, n, reason="price")],
        "discovery.breadth": [
            result("discovery.breadth", v, v - 0.1, v + 0.1, n, facts={"unit": "ratio"}, moment=m)
            for m, v in (("stimulus", 1.1), ("zmot", 1.6))
        ],
        "discovery.rivals": [share("discovery.rivals", 0.25, n, part="named")],
    })  # fmt: skip


def titles(shown: Edition) -> dict[str, str]:
    return {e.id: e.title for e in section(Discovery).exhibits(shown, WORDS)}


def test_titles_say_the_result() -> None:
    assert (
        section(Discovery).view(whole(), WORDS).title
        == "Nobody answers 60% of the questions people ask before they choose"
    )
    assert titles(whole()) == {
        "discovery.answers": "Nobody answers 60% of the questions people ask before they choose",
        "discovery.voice": "50% of what people say as they look around is about Meridian Air, less than of all they say",
        "discovery.sources": "Friends and family is what most customers name: 40%",
        "discovery.reasons": "Price is the reason that 50% of those give who state one",
        "discovery.breadth": "People weigh most companies at the ZMOT: 1.60 each",
        "discovery.others": "What else was asked on the way to a choice",
    }


def test_small_bases_are_not_compared() -> None:
    told = titles(whole(n=20))
    assert told["discovery.voice"] == "50% of what people say as they look around is about Meridian Air"
    assert told["discovery.breadth"].startswith("No moment at which people clearly name more")


def test_unanswered_questions_are_a_finding_only_on_a_sound_base() -> None:
    assert [f.id for f in section(Discovery).findings(whole(), WORDS)] == ["discovery.unanswered"]
    small = result(
        "discovery.questions", 0.6, 0.4, 0.8, 50, facts={"unit": "share", "status": "small_base"}, part="unanswered"
    )
    assert section(Discovery).findings(edition({"discovery.questions": [small]}), WORDS) == []


def test_what_cannot_be_said_stands_in_the_limits() -> None:
    absent = Result(id="discovery.share_of_voice", status="not_testable", reason="no rival is configured", level=None)
    shown = edition({"discovery.share_of_voice": [absent]})
    said = ["We cannot say whom people speak of as they look around: no rival is configured."]
    assert list(section(Discovery).limits(shown, WORDS)) == said


def test_every_exhibit_has_words_and_a_table() -> None:
    for exhibit in section(Discovery).exhibits(whole(), WORDS):
        assert exhibit.table, exhibit.id
        assert exhibit.table.rows, exhibit.id
        assert exhibit.alt or not exhibit.chart, exhibit.id
        assert all(len(row) == len(exhibit.table.columns) for row in exhibit.table.rows), exhibit.id


def test_no_exhibit_without_results() -> None:
    assert titles(edition()) == {}


def test_the_page_speaks_russian() -> None:
    more = {
        "discovery.ladder": [share("discovery.ladder", 0.3, step="want"), share("discovery.ladder", 0.5, ratio="own:want")],
        "discovery.cited": [share("discovery.cited", 0.3, cited="blogger")],
        "discovery.influence": [share("discovery.influence", 0.3, whom="customers")],
        "discovery.loop": [result("discovery.loop", 0.4, 0.2, 0.6, 60, facts={"unit": "ratio"}, lag="2")],
        "discovery.connected": [
            result("discovery.connected", 0.4, 0.2, 0.6, 60, metric="csat", part="gap", scale="5 low is good")
        ],
        "discovery.perception": [
            result("discovery.perception", 0.4, 0.2, 0.6, 60, facts={"unit": "ratio"}, question="channels", who="somebody")
        ],
        "discovery.keyness": [
            Result(id="discovery.keyness", status="not_testable", level=None,
                   reason="no language has 30 people on either side in a source that holds both (English, Russian)")
        ],
    }  # fmt: skip
    told = edition({**whole().measures, **more})
    assert english(section(Discovery), told) == []
    words = russian(Discovery)
    assert (
        section(Discovery).view(told, words).title
        == "Без ответа остаётся 60\u00a0% вопросов, которые задают перед выбором"
    )
    absent = Result(id="discovery.share_of_voice", status="not_testable", reason="no rival is configured", level=None)
    lacking = edition({"discovery.share_of_voice": [absent]})
    assert english(section(Discovery), lacking) == []


def test_every_cue_that_pages_name_is_translated() -> None:
    groups = ("source", "cited", "technology", "ladder", "reason", "pillar")
    named = {cue.title for group in groups for cue in lists.cues(group).values()}
    assert named == {*TITLES, *BRANDS} - {"Other"}
    words = russian(Discovery)
    assert all(words.say(title) != title for title in TITLES)
