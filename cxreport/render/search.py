"""What the search box finds: pages, sections, exhibits, findings and words of the glossary, as one classic script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cxreport.plugin.section import Exhibit, Page
from cxreport.render.explorer import script_json
from cxreport.render.views import FindingView, SectionBlock
from cxreport.render.words import Words

Entry = tuple[str, str, str, str]
"""What it is, its title, more of its words, and where it stands."""


def index(entries: Iterable[Entry]) -> str:
    """The script that hands them to the search box."""
    rows = ",\n".join(script_json(entry) for entry in entries)
    return f"cxreport.index([\n{rows}\n]);\n"


def entries(
    pages: Sequence[Page],
    headings: Mapping[str, str],
    bodies: Mapping[str, Sequence[SectionBlock]],
    findings: Sequence[FindingView],
    words: Words,
) -> Iterator[Entry]:
    """In the order of the report; `headings` are the sentences over pages, by the id of the page."""
    for page in pages:
        heading = headings.get(page.id, "")
        yield words.say("Page"), words.say(page.title), heading, page.href
        if page.href == "index.html":
            yield from ((words.say("Finding"), f.title, f.text, f"{page.href}#finding-{f.number}") for f in findings)
        for block in bodies.get(page.id, ()):
            yield from _section(page, block, words)


def _more(exhibit: Exhibit) -> str:
    """What an exhibit is about, and what its table speaks of."""
    rows = (row[0] for row in exhibit.table.rows if row) if exhibit.table else ()
    return " ".join(filter(None, (exhibit.heading, exhibit.subtitle, *rows)))


def _section(page: Page, block: SectionBlock, words: Words) -> Iterator[Entry]:
    ids = set(re.findall(r' id="([^"]+)"', block.body))
    title = words.say(page.title)
    view = block.section
    if view.title and f"s-{view.id}" in ids:
        yield title, view.title, view.lede, f"{page.href}#s-{view.id}"
    for one in block.exhibits:
        if one.anchor in ids:
            yield f"{title}, {one.ref}", one.title, _more(one.exhibit), f"{page.href}#{one.anchor}"
    for number, (term, meaning) in enumerate(view.terms, 1):
        yield words.say("Glossary"), term, meaning, f"{page.href}#term-{number}"
