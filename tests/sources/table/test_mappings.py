"""The shipped mapping files: each is sound, and its export is recognised as its own and read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.api import Input
from cxreport.plugin.registry import load_plugins
from cxreport.recognise import best
from cxreport_plugins.table.aliases import ALIASES, RATING
from cxreport_plugins.table.mapping import CONFIDENCE, Mapping
from cxreport_plugins.table.recognised import recognised
from cxreport_plugins.table.shipped import FOLDER, shipped
from tests.sources.table.samples import SAMPLES, Sample

from .conftest import CONTEXT

NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def sources() -> dict[str, Any]:
    """Every installed source, without options."""
    options = {"id": "probe", "path": "x"}
    return {
        name: cls(cls.Options.model_validate({**options, "type": name}), CONTEXT)
        for name, cls in load_plugins().sources.items()
    }


def test_every_mapping_file_has_a_sample() -> None:
    assert sorted(SAMPLES) == NAMES == list(shipped())


@pytest.mark.parametrize("name", NAMES)
def test_its_export_is_recognised_as_its_own(name: str, sources: dict[str, Any], write: Callable[..., Path]) -> None:
    mapping = shipped()[name]
    chosen = best(Input.at(write(SAMPLES[name].text, f"{name}.csv")), sources)
    assert chosen is not None
    source, found = chosen
    assert (source, found.system, found.format) == ("table", mapping.system, name)
    assert found.confidence == CONFIDENCE[mapping.sure] < 1
    assert f"By mapping file {name}, confidence {mapping.sure}" in found.reason


@pytest.mark.parametrize(("name", "sample"), SAMPLES.items(), ids=SAMPLES.keys())
def test_its_export_is_read(name: str, sample: Sample, load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write(sample.text))
    assert found.records.drop("rating_scale_source").equals(
        load(write(sample.text), mapping=name).records.drop("rating_scale_source")
    )
    first = found.row()
    assert {key: first[key] for key in sample.first} == sample.first
    assert (found.records.height, found.answers.height) == (sample.records, sample.answers)
    assert (found.facts.skipped, len(found.rejects)) == (sample.skipped, sample.rejects)
    assert "The mapping is not verified by a true file: compare the first records with the file." in found.facts.notes


@pytest.mark.parametrize(("name", "sample"), SAMPLES.items(), ids=SAMPLES.keys())
def test_nobody_is_named_by_address(
    name: str, sample: Sample, load: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """Addresses and numbers of orders become pseudonyms or are dropped; nothing of them stays in `extra`."""
    kept = load(write(sample.text)).records.write_ndjson()
    assert [word for word in ("@e.example", "192.0.2.", '"O-1"') if word in kept] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_mapping_file_says_how_sure_it_is(name: str) -> None:
    mapping = shipped()[name]
    assert mapping.sure
    assert mapping.rests_on
    assert mapping.title
    assert mapping.channel
    assert mapping.kind
    assert "memory" not in mapping.rests_on or mapping.sure == "low" or {"docs", "code"} & set(mapping.rests_on)
    assert (
        mapping.timezone is None
        or "memory" not in mapping.rests_on
        or mapping.sure == "fair"
        or "code" in mapping.rests_on
    )


def test_systems_are_named_once_and_are_no_exact_ones(sources: dict[str, Any]) -> None:
    mine = Counter(mapping.system for mapping in shipped().values())
    assert [system for system, times in mine.items() if times > 1] == []
    exact = {system for name, source in sources.items() if name != "table" for system in source.systems}
    assert exact & mine.keys() == set()
    assert {system: sources["table"].systems[system] for system in mine} == {
        m.system: m.title for m in shipped().values()
    }


def headers(mapping: Mapping) -> Iterator[str]:
    """Every spelling of every header that a mapping file names, once a column."""
    for spellings in (*mapping.wanted, *mapping.personal, *mapping.aside):
        yield from spellings


@pytest.mark.parametrize("name", NAMES)
def test_what_tells_an_export_is_also_read(name: str) -> None:
    """A header of the signature that no column uses would be a slip of the pen."""
    mapping = shipped()[name]
    used = {*headers(mapping), *mapping.flags, *mapping.leave_out}
    unused = [spellings[0] for spellings in mapping.signature if not used & set(spellings)]
    assert set(unused) <= {
        "assignee_id", "submitter_id", "agent_id", "survey_id", "category", "campaign", "threadId", "Ticket status",
        "Pipeline",
    }  # fmt: skip


COMMON = sorted(
    {name for names in (*ALIASES.values(), RATING) for name in names}
    - {"ticket id", "screen name", "twitter handle", "survey id", "reviewer name", "reviewer"}
)


@given(header=st.lists(st.sampled_from(COMMON), min_size=2, max_size=30, unique=True))
def test_tables_of_common_words_are_never_claimed(header: list[str]) -> None:
    assert recognised([header, ["5"] * len(header)]) is None


@given(
    name=st.sampled_from(NAMES),
    missing=st.integers(0, 20),
    more=st.lists(st.sampled_from(COMMON), max_size=3),
    data=st.data(),
)
def test_without_one_header_of_its_signature_it_is_not_claimed(
    name: str, missing: int, more: list[str], data: st.DataObject
) -> None:
    signature = shipped()[name].signature
    header = [data.draw(st.sampled_from(spellings)) for spellings in signature]
    place = missing % len(header)
    del header[place]
    same = {spelling.casefold().replace("_", " ") for spelling in signature[place]}
    found = recognised([[*header, *(w for w in more if w not in {"date", "rating", "comment", "review", *same})]])
    assert found is None or found[0] != name


@given(order=st.randoms(use_true_random=False), name=st.sampled_from(NAMES))
def test_the_order_of_columns_does_not_matter(order: Any, name: str) -> None:
    header = SAMPLES[name].text.partition("\n")[0].split(",")
    order.shuffle(header)
    found = recognised([["a report"], header])
    assert found is not None
    assert found[1].signature == shipped()[name].signature


def test_scores_that_are_off_the_scale_are_no_match(write: Callable[..., Path], source: Callable[..., Any]) -> None:
    text = SAMPLES["yotpo"].text.replace(",4,", ",400,").replace(",2,", ",200,")
    found = source().detect(Input.at(write(text)))
    assert (found.system, found.confidence) == ("table", 0.2)


def test_replies_are_records_that_answer(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    reply = load(write(SAMPLES["yotpo"].text)).row(2)
    assert (reply["kind"], reply["text"], reply["brand_authored"]) == ("owner_reply", "Thank you", True)
    assert (reply["native_id"], reply["in_reply_to_id"], reply["source_row"]) == ("7#reply", "7", 2)
    assert reply["created_at"].isoformat() == "2026-02-05T00:00:00+00:00"
    assert (reply["product_id"], reply["channel"], reply["author_role"]) == ("P1", "yotpo", "brand")


def test_one_person_is_one_pseudonym_in_every_source(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    ids = {
        load(write(SAMPLES[name].text)).row()["author_id"] for name in ("yotpo", "delighted", "reviews_io", "okendo")
    }
    assert ids == {CONTEXT.pseudonym("ana@e.example", "email")}


def test_scores_of_each_kind_have_their_own_scale(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    found = load(write(SAMPLES["delighted"].text))
    assert found.column("metric") == ["nps", "csat", "ces", None]
    assert found.column("rating_max") == [10.0, 5.0, 7.0, None]
    assert found.column("csat_value") == [None, 3.0, None, None]
    assert found.column("rating_raw") == ["9", "3", "7", "2"]
    assert found.column("warnings") == [None, None, None, ["rating_of_unknown_kind"]]
    assert any(note.startswith("Ratings of an unknown kind") for note in found.facts.notes)


def test_what_the_file_lacks_is_told(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    notes = load(write(SAMPLES["wootric"].text)).facts.notes
    assert "Columns of the mapping file that this file has not: updated_at, tags." in notes
    assert "Made pseudonyms and not stored: end_user.email." in notes


def test_json_lines_of_an_api_are_recognised_too(load: Callable[..., Any], write: Callable[..., Path]) -> None:
    item = {"id": 1, "ticket_id": 12, "customer_id": 3, "score": 5, "body_text": "Good",
            "scored_datetime": "2026-02-03T10:00:00.5"}  # fmt: skip
    found = load(write("\n".join([json.dumps(item), json.dumps({**item, "id": 2})]), "surveys.jsonl"))
    assert found.column("csat_value") == [5.0, 5.0]
    assert found.facts.zone == "UTC"
