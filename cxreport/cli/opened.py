"""Feedback for commands of plugins: a project loaded, enriched and related."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxreport.plugin.context import Context
    from cxreport.plugin.measure import Feedback, Scope


@dataclass(frozen=True)
class Opened:
    """A project's feedback, as its measures see it."""

    context: Context
    feedback: Feedback
    scope: Scope
    verbatims: bool
    """Whether the project's privacy profile lets (redacted) texts be shown."""


def open_feedback(path: Path) -> Opened:
    """Load, enrich and relate what the config.yaml at `path` names; tells the progress on stderr.

    Raises `ConfigError` for mistakes in the configuration.
    """
    from cxreport.build import gather
    from cxreport.cli.show import Bar, stderr
    from cxreport.engine.chosen import only_local
    from cxreport.plan import make_plan
    from cxreport.plugin.measure import Feedback
    from cxreport.stages.edition import RULES
    from cxreport.stages.measure import TABLES
    from cxreport.stages.scope import scope_of

    plan = make_plan(path, str(path))
    with Bar(stderr()) as bar:
        engine = only_local(plan.config.engine, plan.work / "export", bar.advance, "this command")
        loads = gather(plan, engine, bar).loads
    scope, _ = scope_of(engine, plan.context, loads)
    tables = {name: engine.open(name) for name in TABLES}
    return Opened(plan.context, Feedback(tables), scope, RULES[plan.config.privacy.profile].verbatims)
