"""A figure of the scorecard says what it was in the previous audit, and whether it clearly changed."""

from __future__ import annotations

from typing import Any

import pytest

from cxreport.model.change import Change, Side
from cxreport.model.result import Result
from cxreport.plugin.section import Kpi
from cxreport.render.exhibits import Gallery
from cxreport.render.summary import figures
from cxreport.render.words import Words
from tests.measures import make
from tests.themes.gallery import audit_tokens

NPS = Result(id="experience.nps", value=13, low=9, high=18, n=1238, unit="points")


class Scored:
    """A section with one figure."""

    def kpis(self, *_: Any) -> list[Kpi]:
        return [Kpi("experience.nps", "Net Promoter Score", NPS, (-100, 100))]


def line(verdict: Any, targets: dict[str, float] | None = None) -> tuple[str, str]:
    before = Side(value=2, low=-3, high=7, n=1240)
    change = Change(
        key="experience.nps", measure="experience.nps", unit="points", verdict=verdict, before=before, now=Side.of(NPS)
    )
    cover = make.COVER.model_copy(update={"targets": targets or {}})
    page = make.edition({"experience.nps": [NPS]}, meta=cover, changes=(change,))
    sections: Any = [Scored()]
    [view] = figures(sections, page, Words(), Gallery(audit_tokens()))
    return view.line, str(view.svg)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("up", "Clearly up from +2"),
        ("down", "Clearly down from +2"),
        ("same", "No material change from +2"),
        ("open", "Before +2: no clear change"),
        ("untested", ""),
        ("broken", ""),
        ("hidden", ""),
    ],
)
def test_the_line_beside_the_figure(verdict: str, said: str) -> None:
    assert line(verdict)[0] == said


def test_it_follows_the_target_and_a_tick_is_drawn() -> None:
    assert line("up", {"experience.nps": 30})[0] == "Misses the target of +30. Clearly up from +2"
    assert line("up")[1] != line("broken")[1]
