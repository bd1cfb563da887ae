"""Threads: who answered whom, how soon, and what a reply is about when it does not say so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxreport.api import hookimpl

if TYPE_CHECKING:
    from cxreport.api import Relation


@hookimpl
def cxreport_relations() -> list[type[Relation]]:
    """Automatic replies and what answers hold, then threads, then the moments inherited along them."""
    from cxreport_plugins.threads.automatic import AutomaticReplies
    from cxreport_plugins.threads.elements import AnswerElements
    from cxreport_plugins.threads.inheritance import InheritedMoments
    from cxreport_plugins.threads.relation import Threads

    return [AutomaticReplies, AnswerElements, Threads, InheritedMoments]
