"""The files that a person keeps beside the exports: `docs/context.md`, `assessments.md` and `recommendations.md`."""

from __future__ import annotations

from cxreport.config import blanks
from cxreport.model.assessment import Assessment
from cxreport.model.recommendation import Recommendations
from tools.reference.markdown import page
from tools.reference.options import Options

CONTEXT = """\
Some questions need what the client knows and no export says: when a campaign ran, what an answer costs, when the phones
are staffed. Each comes from a file of its own, which `context` in `config.yaml` names:

```yaml
context:
  calendar: context/calendar.csv
  costs: context/costs.yaml
  hours: context/hours.yaml
```

`cxreport init --context` writes a template of each. A file that is not given is not guessed: what needs it is *not
testable* and says so. There is no default price. `cxreport check` lists every mistake with its file and line; a column
or key that is not known is a mistake.

Tables are CSV in any encoding that exports come in, with commas or semicolons; between semicolons a comma may be the
decimal mark. Changing a context file makes measures anew, not the reading of exports.
"""
ABOUT = {
    "calendar.csv": "Campaigns, outages and launches: what may move what customers say.",
    "costs.yaml": "What contacts, goodwill, lost customers and prevention cost. Results are ranges, as these are.",
    "budget.yaml": "How money is spread over the moments, to be held against where the need is.",
    "beliefs.csv": "What management believes, to be held against the data. In YAML: a list `beliefs` of the same keys.",
    "serp.csv": "First pages of search results: how visible the brand is to somebody who looks around.",
    "kpi.csv": "Figures of the business, to be held against experience over time.",
    "hours.yaml": "When the brand's people answer: waiting times are then told on the clock and in business hours.",
}
ASSESSMENTS = """\
What data cannot answer, a consultant rates: a YAML file for each system, in the folder that `assessments` in
`config.yaml` names. `cxreport init --assessments` writes a template for each of the [concepts](measures.md#concepts)
that are rated; fill in those you can, delete the others. The report shows each rating beside its evidence and beside
what was computed for the same concept.

- **A rating needs evidence**: a link that leads somewhere, or the word `opinion`. `measure:experience.nps` or
  `measure:care.response_rate[channel=x]` leads to a result, `record:ID` to a customer's record about the brand,
  `doc:FILE#place` to a file of the project. A link that leads nowhere stops the build, with its file and line.
- **Disagreement is shown**: where raters differ the report prints their range, never only what was agreed on, and no
  mean. Ratings are steps of a scale; nothing adds them up.
- **What is missing is shown**: a fact that is left empty, such as the owner of a channel, is counted.
- **The public edition** leaves out owners, reviewers, and links to records and documents. Reasons are printed as they
  are written: they should name nobody.
"""


RECOMMENDATIONS = """\
What to do follows from findings. Each recommendation names the findings it rests on, the action and who takes it, what
it should bring as a range of a measure, and how that will be measured. They stand in one YAML file, which
`recommendations` in `config.yaml` names; `cxreport init --recommendations` writes a template. The report shows them on
a page of their own: a roadmap by horizon, impact against effort, and each expected range beside today's figure.

- **A finding must be one that the report may tell**: `care.answered`, for instance. Where this audit's data do not bear
  it out, the page says so instead of repeating it.
- **What is expected is a range of a measure**, in its unit: shares 0 to 1, net scores in points, waits in minutes. The
  page says whether an audit of this size could tell such a change at all.
- **Impact and effort are judgements**, 1 (very small) to 5 (very large), or ranges such as `[3, 5]`. Nothing adds them
  up; a step stands in a quarter only where its whole range lies there.
- **Mistakes are told with file and line**: an unknown finding, measure or horizon with the nearest one, a reversed
  range, a step without a measure.
- **The public edition** names no owners, and nothing that is expected of the client's own figures.

What does not fit a list goes onto [pages of your own](tutorial.md#say-what-to-do), in Markdown.
"""


def write_recommendations() -> str:
    """The page of recommendations: keys, and a template."""
    [(name, text)] = blanks.recommendations().items()
    example = f"## A template\n\nAs `cxreport init --recommendations` writes it:\n\n{_file(name, text)}"
    keys = Options(Recommendations, "").tables()
    return page("Recommendations", "the model of recommendations", RECOMMENDATIONS, "## Keys", keys, example)


def write_context() -> str:
    """The page of context files: their templates say what each field means."""
    parts = [f"## {name}\n\n{ABOUT[name]}\n\n{_file(name, text)}" for name, text in blanks.context().items()]
    return page("Context files", "the templates of `cxreport init --context`", CONTEXT, *parts)


def write_assessments() -> str:
    """The page of assessments: keys, and a template."""
    name, text = next((n, t) for n, t in blanks.assessments().items() if n.startswith("e10"))
    example = f"## A template\n\nAs `cxreport init --assessments` writes it:\n\n{_file(name, text)}"
    keys = Options(Assessment, "").tables()
    return page("Assessments", "the model of assessments", ASSESSMENTS, "## Keys", keys, example)


def _file(name: str, text: str) -> str:
    """A file in a block, its name in the first line."""
    return f"```{name.rpartition('.')[2]}\n# {name}\n{text.strip()}\n```"
