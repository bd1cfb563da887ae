"""What goes wrong with a chart or a theme's tokens, said so that its author can mend it."""

from __future__ import annotations

from cxreport.model.problem import CxreportError, Problem


class ChartError(CxreportError):
    """A chart that would come out wrong is not drawn: `where` names the chart, `what` the fault."""

    def __init__(self, where: str, what: str, mend: str = "") -> None:
        super().__init__(Problem(where=f"chart {where}", what=what, mend=mend))


class TokensError(CxreportError):
    """The design tokens of a theme are incomplete or contradict each other."""

    def __init__(self, *faults: str, where: str = "tokens.yaml") -> None:
        super().__init__(*(Problem(where=where, what=fault) for fault in faults))
