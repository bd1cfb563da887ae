"""The consultant's hand in the summary: pinned, hidden and reworded findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cxreport.api import Edition, Exhibit, Finding, Page, Section, Words
from cxreport.config.models import Findings
from cxreport.model.problem import ConfigError
from cxreport.plan import make_plan
from cxreport.plugin.registry import load_plugins
from cxreport.render.charts.tokens import Tokens
from cxreport.render.exhibits import Gallery
from cxreport.render.summary import summary, untold
from cxreport.render.theme import load_theme
from tests.measures.make import edition, result, section

WORDS = Words()
CONFIG = """\
version: 1
brand: {names: [Meridian Air]}
sources: [{id: a, type: table, path: a.csv}]
findings:
  pin: [care.answered, "change.experience.nps[segment=gold]"]
  hide: [journey.lowest, care.anwsered]
  reword: {experience.mps: They like us}
"""


class Telling(Section):
    """A section that tells four findings, one of them on too small a base."""

    name: ClassVar[str] = "telling"
    page: ClassVar[Page] = Page("telling", "Telling", "Customers", 500)
    tells: ClassVar[tuple[str, ...]] = ("a.one", "a.two", "a.three", "a.small")

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """None."""
        return []

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The lightest first."""
        sound, small = result("x.y", 0.4), result("x.y", 0.4, facts={"status": "small_base"})
        weights = {"a.three": 1.0, "a.two": 2.0, "a.one": 3.0}
        told = [Finding(ident, f"Title of {ident}", "Text.", weight, (sound,)) for ident, weight in weights.items()]
        return [*told, Finding("a.small", "Small", "Text.", 9.0, (small,))]


def shown(**hand: Any) -> Any:
    tokens: Tokens = load_theme("audit", Path()).tokens
    return summary([section(Telling)], edition(), WORDS, Gallery(tokens), Findings(**hand))


def test_the_strongest_come_first_and_small_bases_never() -> None:
    assert [finding.id for finding in shown().findings] == ["a.one", "a.two", "a.three"]
    assert [finding.id for finding in shown(limit=1).findings] == ["a.one"]


def test_pinned_ones_come_before_stronger_ones_in_their_order() -> None:
    assert [finding.id for finding in shown(pin=["a.three", "a.two"]).findings] == ["a.three", "a.two", "a.one"]
    assert [finding.id for finding in shown(pin=["a.small"]).findings] == ["a.one", "a.two", "a.three"]


def test_hidden_ones_are_counted_unless_they_would_not_have_been_told() -> None:
    view = shown(hide=["a.one", "a.three", "a.small"])
    assert [finding.id for finding in view.findings] == ["a.two"]
    assert view.hidden == 2
    assert shown().hidden == 0


def test_reworded_ones_are_marked_and_keep_their_numbers() -> None:
    one, two, _ = shown(reword={"a.one": "What I would rather say"}).findings
    assert (one.title, one.text, one.reworded) == ("What I would rather say", "Text.", True)
    assert (two.title, two.reworded) == ("Title of a.two", False)
    assert one.results[0].value == 0.4


def test_the_page_says_what_was_reworded_and_how_many_were_hidden() -> None:
    loader = FileSystemLoader([folder / "templates" for folder in load_theme("audit", Path()).folders])
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    env.globals.update(t=WORDS.say, words=WORDS, trail=None)
    env.filters.update(number=WORDS.number, date=WORDS.date, share=WORDS.share, channel=WORDS.channel)
    module = env.get_template("macros.html").module
    one, two, _ = shown(reword={"a.one": "What I would rather say"}).findings
    assert "In the words of the author of this report" in module.finding(one)  # type: ignore[attr-defined]
    assert "In the words of the author" not in module.finding(two)  # type: ignore[attr-defined]


def test_an_unknown_id_is_an_error_at_its_line_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n1\n", "utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    with pytest.raises(ConfigError) as caught:
        make_plan(tmp_path / "config.yaml", "config.yaml")
    said = [str(problem) for problem in caught.value.problems]
    assert any("config.yaml:6: findings.hide[1]" in line and "Did you mean care.answered?" in line for line in said)
    assert any("config.yaml:7: findings.reword" in line and "experience.nps" in line for line in said)
    assert not any("findings.pin" in line or "journey.lowest'" in line for line in said)


def test_what_this_audit_does_not_find_is_a_warning() -> None:
    (problem,) = untold([section(Telling)], edition(), WORDS, Findings(pin=("a.one",), hide=("a.four",)))
    assert (problem.where, problem.level) == ("findings.hide", "warning")
    assert "a.four" in problem.what


def test_the_tutorial_names_every_finding() -> None:
    known = sorted({ident for one in load_plugins().sections.values() for ident in one.tells})
    text = (Path(__file__).parents[2] / "docs/tutorial.md").read_text("utf-8")
    sentence = text[text.index("Findings that may occur are") :].partition("\n")[0]
    missing = [ident for ident in known if f"`{ident}`" not in sentence]
    assert not missing, missing
