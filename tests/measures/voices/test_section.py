"""The section `voices`: balance, rule, and what each profile keeps back."""

from __future__ import annotations

from collections.abc import Iterator

from cxreport.model.audit import Evidence, Step
from cxreport.render.words import Words
from cxreport_plugins.voices.choice import PER_SIDE, rule, voiced
from cxreport_plugins.voices.section import Voices
from tests.measures.make import edition, result, section

WORDS = Words()


def records(moment: str | None, sentiment: str, count: int, author: str | None = None) -> Iterator[Evidence]:
    for i in range(count):
        text = " ".join(f"{moment}{sentiment}{i}word{j}" for j in range(12))[:120]
        ident = f"{moment}-{sentiment}-{i}"
        yield Evidence(
            id=ident, source_id="tweets", channel="x", text=text, moment=moment, sentiment=sentiment, lang="en",
            author=author or ident, moment_rule="text.en.smot.1",
        )  # fmt: skip


def left(count: int) -> tuple[Step, ...]:
    return (Step(id="read", title="Records read", excluded=0, left=count),)


def test_as_many_negative_as_positive_of_each_moment_in_turn() -> None:
    made = edition(
        evidence=[*records("smot", "negative", 9), *records("smot", "positive", 2), *records("zmot", "negative", 5)]
    )
    zmot, smot = voiced(made)
    assert [r.sentiment for r in smot.records] == ["negative", "positive"] * 2
    assert (zmot.moment, len(zmot.negative), len(zmot.positive)) == ("zmot", 1, 0)
    assert len(smot.records) <= 2 * PER_SIDE


def test_records_without_a_moment_have_their_own_group() -> None:
    (group,) = voiced(edition(evidence=[*records(None, "negative", 3), *records(None, "positive", 3)]))
    assert (group.moment, len(group.records)) == ("none", 6)


def test_nobody_is_quoted_twice_on_the_page() -> None:
    made = edition(evidence=[*records("zmot", "negative", 3, "ana"), *records("smot", "negative", 3, "ana")])
    assert [len(g.records) for g in voiced(made)] == [1]


def test_neutral_and_unscored_records_are_not_sides() -> None:
    assert voiced(edition(evidence=list(records("smot", "neutral", 5)))) == []


def test_the_page_says_how_many_of_how_many_and_prints_the_rule() -> None:
    made = edition(
        {"journey.moments": [result("journey.moments", 40, n=40, facts={"kind": "count", "unit": "records"},
                                    moment="smot", part="records")]},
        evidence=[*records("smot", "negative", 3), *records("smot", "positive", 3)], waterfall=left(900),
    )  # fmt: skip
    page = section(Voices)
    view = page.view(made, WORDS)
    assert view.title == "6 of 900\u00a0records are quoted here, chosen by a rule"
    assert view.lede == rule(Words())
    assert [r.id for r in view.data["groups"][0]["records"]][:2] == ["smot-negative-0", "smot-positive-0"]
    (selection,) = page.exhibits(made, WORDS)
    assert selection.title == "As many negative as positive records are quoted: 3 of each"
    assert selection.table is not None
    assert selection.table.rows[3] == ("SMOT: experiencing", "40", "3", "3")


def test_uneven_sides_are_said() -> None:
    made = edition(evidence=[*records("smot", "negative", 3)], waterfall=left(900))
    (selection,) = section(Voices).exhibits(made, WORDS)
    assert selection.title == "1 negative and 0\u00a0positive records are quoted"


def test_the_public_edition_shows_counts_only() -> None:
    counts = [
        result("journey.moments", 40, n=40, facts={"kind": "count", "unit": "records"}, moment="smot", part="records")
    ]
    made = edition({"journey.moments": counts}, profile="public", withheld={"verbatims": 143}, waterfall=left(900))
    page = section(Voices)
    view = page.view(made, WORDS)
    assert view.title == "No customer is quoted in this edition"
    assert "the words of 143\u00a0records are withheld" in view.lede
    assert view.data["groups"] == []
    (table,) = page.exhibits(made, WORDS)
    assert table.title == "40\u00a0records are about SMOT: experiencing, the most of all"
    assert table.table is not None
    assert table.table.rows[3] == ("SMOT: experiencing", "40")


def test_without_redaction_nothing_is_quoted() -> None:
    bare = Evidence(id="a", source_id="tweets", moment="smot", sentiment="negative")
    view = section(Voices).view(edition(evidence=[bare]), WORDS)
    assert "No record has a redacted text" in view.lede


def test_posts_kept_back_for_their_terms_are_counted() -> None:
    view = section(Voices).view(edition(withheld={"posts beyond X's limit": 20}), WORDS)
    assert view.notes == ("20\u00a0posts of X are kept back: its terms limit how many may be passed on.",)
