"""Tables that no source knows: what they come nearest to, and a mapping to complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from cxreport.config.load import load_config

from .conftest import Run

NO_CONTENT = (
    "Review Id,Review Stars,Review Created (UTC),Review Username\n1,5,2026-02-03,Ana Ozola\n2,1,2026-02-04,Bo\n"
)
CALLS = (
    "ref,opened,what the customer said,mood,agent\n"
    "AB-1,2026-02-03 10:00,They waited two hours for a bag,bad,Eve Berzina\n"
    "AB-2,2026-02-04 11:30,The crew was kind and quick today,good,Eve Berzina\n"
)


def proposal(out: str) -> str:
    """The YAML that is printed to complete."""
    return out.split("complete this and paste under `sources:` in config.yaml:\n", 1)[1].split("\n\n", 1)[0]


def test_the_nearest_system_and_what_it_lacks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tp.csv").write_text(NO_CONTENT, "utf-8")
    done = run(tmp_path, "inspect", "tp.csv")
    assert done.code == 0
    assert "\n  unknown: It is a table of unknown origin" in done.out
    near = "Trustpilot business export (CSV) (reviews: trustpilot.csv), 2 of 3 headers: it has no 'review content'."
    assert f"\n  nearest: {near}" in done.out


@pytest.mark.parametrize(
    ("header", "near"),
    [
        ("Overall Rating,Ease of Use,Pros,Cons", "table: capterra), 4 of 5 headers: it has no 'Value for Money'"),
        (
            "tweet_id,author_id,inbound,text,created_at",
            "twitter: x.twcs), 5 of 6 headers: it has no 'response tweet id'",
        ),
        ("Response ID,Time Started,Date Submitted", "survey: alchemer), 3 of 4 headers: it has no 'referer'"),
        ("Ticket ID,Resolution status,Subject", "support: freshdesk.tickets), 2 of 3 headers"),
        ("Resource Id,Page Type,Thread Id,Snippet", "listening: brandwatch), "),
        ("alpha,beta,gamma", None),
        ("rating,comment,date", None),
    ],
)
def test_every_family_is_compared(run: Run, tmp_path: Path, header: str, near: str | None) -> None:
    cells = ",".join("x" for _ in header.split(","))
    (tmp_path / "t.csv").write_text(f"{header}\n{cells}\n{cells}\n", "utf-8")
    [found] = json.loads(run(tmp_path, "inspect", "t.csv", "--format", "json").out)
    assert found["detection"]["confidence"] < 0.5
    assert (near in found["near"]) if near else found["near"] == ""


def test_the_proposal_is_yaml_whose_comments_show_nobody(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(CALLS, "utf-8")
    out = run(tmp_path, "inspect", "calls.csv").out
    text = proposal(out)
    [source] = yaml.safe_load(text)
    assert source["columns"] == {"created_at": "opened", "text": "what the customer said"}
    assert "#   agent   # such as Xxx Xxxxxxx, 1 different in 2 rows" in text
    assert "#   ref   # such as XX-9, 2 different in 2 rows" in text
    assert "#   mood   # such as xxx, 2 different in 2 rows" in text
    assert "Eve" not in out
    assert "# timezone: …" in text


def test_a_header_cannot_break_out_of_its_comment(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        'comment,"evil\nid: hacked"\nsome words of mine here,1\nmore words of mine,2\n', "utf-8"
    )
    [source] = yaml.safe_load(proposal(run(tmp_path, "inspect", "t.csv").out))
    assert source["id"] == "t"


@pytest.mark.parametrize("known", [True, False])
def test_init_leaves_the_guess_as_comments_to_complete(run: Run, tmp_path: Path, known: bool) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "calls.csv").write_text(CALLS, "utf-8")
    if known:
        (exports / "g2.csv").write_text(
            "Star Rating,What do you like best?,What do you dislike?\n4,Fast,Dear\n2,Nothing,Slow\n", "utf-8"
        )
    done = run(tmp_path, "init", "project", "--from", "exports")
    assert "calls.csv: not sure what it is; what is guessed stands as comments in config.yaml." in done.err
    path = tmp_path / "project" / "config.yaml"
    sources = yaml.safe_load(path.read_text("utf-8"))["sources"]
    if known:
        assert sources == [{"id": "g2", "type": "table", "path": "../exports/g2.csv", "mapping": "g2"}]
    text = path.read_text("utf-8")
    head, _, guess = text.partition("# Unknown; complete these lines, and take the first `# ` away:\n")
    path.write_text(head + re.sub(r"^# ", "", guess, flags=re.MULTILINE), "utf-8")
    config, _ = load_config(path)
    assert config.sources[-1]["columns"] == {"created_at": "opened", "text": "what the customer said"}
    assert run(tmp_path / "project", "check").code == 0


def test_a_mapping_file_is_named_with_how_sure_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "Star Rating,What do you like best?,What do you dislike?\n4,Fast,Dear\n2,Nothing,Slow\n", "utf-8"
    )
    out = run(tmp_path, "inspect", "a.csv").out
    assert "G2 reviews (CSV) (g2.csv), 60% sure: By mapping file g2, confidence low: " in out
    assert "note: The mapping is not verified by a true file" in out
    assert "      mapping: g2" in out
