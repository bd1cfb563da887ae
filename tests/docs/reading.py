"""Reading the project's Markdown: headings, links and fenced blocks of each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.reference.markdown import slug

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_MARKS = re.compile(r"[`*]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: the page and line it stands on, its language, its text."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Page:
    """A Markdown file of the project."""

    path: Path

    @property
    def name(self) -> str:
        """Path from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text("utf-8")

    @property
    def prose(self) -> str:
        """The file without its fenced blocks."""
        return _FENCE.sub("", self.text)

    def blocks(self, *languages: str) -> Iterator[Block]:
        """Fenced blocks, in order."""
        for match in _FENCE.finditer(self.text):
            if match[1] in languages:
                yield Block(self.name, self.text.count("\n", 0, match.start()) + 1, match[1], match[2])

    def links(self) -> list[str]:
        """Where its links and images lead."""
        return _LINK.findall(_CODE.sub(lambda code: "x" * len(code[0]), self.prose))

    def anchors(self) -> set[str]:
        """What `#…` may name; a heading that occurs again gets a number."""
        seen: Counter[str] = Counter()
        found = set()
        for heading in _HEADING.findall(self.prose):
            name = slug(_MARKS.sub(lambda mark: mark[1] or "", heading))
            found.add(f"{name}-{seen[name]}" if seen[name] else name)
            seen[name] += 1
        return found


def pages() -> list[Page]:
    """README, CHANGELOG and everything in docs/."""
    return [Page(ROOT / "README.md"), Page(ROOT / "CHANGELOG.md"), *map(Page, sorted((ROOT / "docs").rglob("*.md")))]


def blocks(*languages: str) -> list[Block]:
    """Fenced blocks of all pages."""
    return [block for page in pages() for block in page.blocks(*languages)]
