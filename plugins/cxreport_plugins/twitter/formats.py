"""The formats of X that are read: one module each, with `detect` and `read`. A new format is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cxreport.api import Batch, Detection, Input, ReadFacts
from cxreport_plugins.common.look import Look
from cxreport_plugins.twitter import academic, airline, analytics, api_v1, api_v2, twarc_csv, twcs
from cxreport_plugins.twitter.archive import reader as archive
from cxreport_plugins.twitter.classic import reader as classic
from cxreport_plugins.twitter.classic import table as classic_table
from cxreport_plugins.twitter.options import TwitterOptions


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its system id, what it is in words, how it is recognised and read."""

    system: str
    title: str
    detect: Callable[[Look], Detection | None]
    read: Callable[[Input, Detection, TwitterOptions, ReadFacts], Iterator[Batch]]
    tables: tuple[frozenset[str], ...] = ()
    """Normalised headers of its tables."""


FORMATS = (
    Format(archive.SYSTEM, "X archive (2018 and later)", archive.detect, archive.read),
    Format(classic.SYSTEM, "X archive (2012 to 2019)", classic.detect, classic.read, (classic_table.SIGNATURE,)),
    Format(api_v2.SYSTEM, "X API v2 (JSON)", api_v2.detect, api_v2.read),
    Format(academic.SYSTEM, "X API v2 (folder of academictwitteR)", academic.detect, academic.read),
    Format(api_v1.SYSTEM, "X API v1.1 (JSON)", api_v1.detect, api_v1.read),
    Format(
        analytics.SYSTEM, "X Analytics (CSV)", analytics.detect, analytics.read, tuple(analytics.SIGNATURES.values())
    ),
    Format(twcs.SYSTEM, "Customer Support on Twitter (twcs.csv)", twcs.detect, twcs.read, (twcs.SIGNATURE,)),
    Format(
        airline.SYSTEM, "Twitter US Airline Sentiment (Tweets.csv)", airline.detect, airline.read, (airline.SIGNATURE,)
    ),
    Format(
        twarc_csv.SYSTEM, "X API v2 flattened by twarc-csv", twarc_csv.detect, twarc_csv.read, (twarc_csv.SIGNATURE,)
    ),
)
"""In the order in which they are tried; the first that recognises a file reads it."""
