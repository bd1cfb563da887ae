"""The public API: the only module of cxreport that plugins and themes import.

What stands here is kept stable; everything else may change without notice.
"""

from __future__ import annotations

from cxreport import reading, stats
from cxreport.changes.comparable import rules_changed
from cxreport.cli.opened import Opened, open_feedback
from cxreport.config.load import read_options
from cxreport.hookspecs import hookimpl
from cxreport.model.assessment import OPINION, WITHHELD, Assessment, Part, Rated
from cxreport.model.audit import Accuracy, Agreement, Audit, Card, Evidence, Load, MeasureInfo, Meta, Step
from cxreport.model.change import Change, Past, Side
from cxreport.model.coding import SETTLED, Coding
from cxreport.model.concepts import CONCEPTS, Concept
from cxreport.model.edition import Edition
from cxreport.model.fact import Range
from cxreport.model.facts import Belief, Budget, Costs, Event, Facts, Figure, SearchResult
from cxreport.model.hours import Hours
from cxreport.model.message import counted, message
from cxreport.model.predicate import Predicate, any_of
from cxreport.model.problem import ConfigError, CxreportError, Problem, Reject
from cxreport.model.recommendation import Expected, Horizon, Recommendation, Recommendations
from cxreport.model.result import Result, not_testable, result_key
from cxreport.model.schema import (
    ANSWERS,
    AUTHOR_BUCKETS,
    INSTANT,
    LABELS,
    METRICS,
    MOMENTS,
    RECORDS,
    SENTIMENTS,
    conform,
)
from cxreport.model.snapshot import Snapshot
from cxreport.plugin.context import Brand, Company, Context, Options, Plugin
from cxreport.plugin.enricher import Enricher, Keep, Relation, View
from cxreport.plugin.measure import Feedback, Measure, MeasureOptions, Method, Scope
from cxreport.plugin.section import (
    Exhibit,
    Finding,
    Key,
    Kpi,
    Link,
    Page,
    Section,
    SectionView,
    Size,
    Table,
)
from cxreport.plugin.source import Batch, Detection, ReadFacts, Source, SourceOptions
from cxreport.reading import Input, ReadError
from cxreport.render.charts import marks as charts
from cxreport.render.words import Words

__all__ = [
    "ANSWERS",
    "AUTHOR_BUCKETS",
    "CONCEPTS",
    "INSTANT",
    "LABELS",
    "METRICS",
    "MOMENTS",
    "OPINION",
    "RECORDS",
    "SENTIMENTS",
    "SETTLED",
    "WITHHELD",
    "Accuracy",
    "Agreement",
    "Assessment",
    "Audit",
    "Batch",
    "Belief",
    "Brand",
    "Budget",
    "Card",
    "Change",
    "Coding",
    "Company",
    "Concept",
    "ConfigError",
    "Context",
    "Costs",
    "CxreportError",
    "Detection",
    "Edition",
    "Enricher",
    "Event",
    "Evidence",
    "Exhibit",
    "Expected",
    "Facts",
    "Feedback",
    "Figure",
    "Finding",
    "Horizon",
    "Hours",
    "Input",
    "Keep",
    "Key",
    "Kpi",
    "Link",
    "Load",
    "Measure",
    "MeasureInfo",
    "MeasureOptions",
    "Meta",
    "Method",
    "Opened",
    "Options",
    "Page",
    "Part",
    "Past",
    "Plugin",
    "Predicate",
    "Problem",
    "Range",
    "Rated",
    "ReadError",
    "ReadFacts",
    "Recommendation",
    "Recommendations",
    "Reject",
    "Relation",
    "Result",
    "Scope",
    "SearchResult",
    "Section",
    "SectionView",
    "Side",
    "Size",
    "Snapshot",
    "Source",
    "SourceOptions",
    "Step",
    "Table",
    "View",
    "Words",
    "any_of",
    "charts",
    "conform",
    "counted",
    "hookimpl",
    "message",
    "not_testable",
    "open_feedback",
    "read_options",
    "reading",
    "result_key",
    "rules_changed",
    "stats",
]
