"""The hooks by which plugins register what they bring.

Hooks register; the core calls. Each takes nothing and returns classes or values. A plugin is a module named
by an entry point of the group `cxreport.plugins` (or a file that `plugins.local` names) holding functions
decorated with `cxreport.api.hookimpl`:

    from cxreport.api import Source, hookimpl

    class Forum(Source): ...

    @hookimpl
    def cxreport_sources() -> list[type[Source]]:
        return [Forum]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from cxreport.plugin.enricher import Enricher, Relation
    from cxreport.plugin.measure import Measure
    from cxreport.plugin.section import Section
    from cxreport.plugin.source import Source

hookspec = pluggy.HookspecMarker("cxreport")
hookimpl = pluggy.HookimplMarker("cxreport")


@hookspec
def cxreport_sources() -> list[type[Source]]:
    """Classes that read export files. `name` is the `type` of a source in config.yaml; names are unique."""


@hookspec
def cxreport_enrichers() -> list[type[Enricher]]:
    """Classes that add columns to batches of records. They run in the order of `needs` and `adds`.

    Options come from `enrich: {name: …}` in config.yaml.
    """


@hookspec
def cxreport_relations() -> list[type[Relation]]:
    """Classes that add what only whole tables can tell; they run after enriching, in the order of `needs`."""


@hookspec
def cxreport_measures() -> list[type[Measure]]:
    """Classes that answer one question each. Options come from `measures: {id: …}` in config.yaml."""


@hookspec
def cxreport_sections() -> list[type[Section]]:
    """Classes that turn results into exhibits on a page; their templates lie in the plugin's `templates/`."""


@hookspec
def cxreport_template_globals() -> dict[str, Callable[..., Any]]:
    """Functions that consultants' Markdown pages may call by name, such as `loads_table()`.

    Each takes the edition and the words as its first two arguments, then the page's own.
    """


HOOKS = tuple(name for name in dir() if name.startswith("cxreport_"))
