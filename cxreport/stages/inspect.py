"""Inspect: the finished site is read back before anybody sees it: links, foreign origins, leaks, sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cxreport.model.problem import Problem
from cxreport.reading import cards, ibans

_TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@/.])@(\w{2,30})\b")
_NUMBER = re.compile(r"(?<![\w.#&-])\+?\d(?:[ \u00a0().-]?\d){9,18}(?![\w.-])")
_CARD = re.compile(
    r"(?<![\w.,-])(?:\d{15,16}|\d{4}([ \u00a0\u202f-])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{5})(?![\w-]|[.,]\d)"
)
"""Only as cards are mostly written: a list of four figures, as charts hold them, is none."""
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0-]?[A-Z0-9]{1,3})?(?!\w)")
_QUOTING = {".js", ".json"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_FETCHING = {
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
}


@dataclass(frozen=True)
class Private:
    """Identifiers that must not stand anywhere in the output; handles in lower case without `@`."""

    handles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Full names as written; matched with their capitals, or every "New York" would be an author."""
    numbers: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    """Handles of the brand and its rivals."""
    secrets: tuple[str, ...] = ()
    """The key and the paths of this machine."""

    @cached_property
    def first_names(self) -> frozenset[str]:
        """The first words of the names."""
        return frozenset(name.partition(" ")[0] for name in self.names)


@dataclass(frozen=True)
class Mentioned:
    """What a site's texts hold that could be a person's: only such identifiers need be looked for at all."""

    handles: frozenset[str]
    """In lower case, without `@`."""
    names: frozenset[str]
    """Runs of two and three words, letters only: see `letters`."""
    numbers: frozenset[str]
    """Digits of long numbers."""


@dataclass(frozen=True)
class Report:
    """What inspection found; `problems` stop the build."""

    pages: int
    bytes: int
    largest: tuple[str, int]
    problems: tuple[Problem, ...]


class _Page(HTMLParser):
    """Links, resources and ids of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.twice: set[str] = set()
        self.links: list[str] = []
        self.resources: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                (self.twice if value in self.ids else self.ids).add(value)
            elif (tag, name) in _FETCHING and value:
                self.resources.append(value)
            elif name == "href" and tag == "a" and value:
                self.links.append(value)
            elif name.startswith("on") or name == "style":
                self.handlers.append(f"{tag} {name}")


def inspect_site(folder: Path, private: Private) -> Report:
    """Check every file under `folder`."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    pages = {p.relative_to(folder).as_posix(): _parse(p) for p in files if p.suffix == ".html"}
    problems = [*_links(folder, pages), *_leaks(folder, files, private)]
    sizes = [(p.relative_to(folder).as_posix(), p.stat().st_size) for p in files]
    largest = max(sizes, key=lambda item: item[1], default=("", 0))
    return Report(len(pages), sum(size for _, size in sizes), largest, tuple(problems))


def _parse(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    return page


def _links(folder: Path, pages: dict[str, _Page]) -> Iterator[Problem]:
    for name, page in pages.items():
        for ident in sorted(page.twice):
            yield Problem(name, f"the id {ident!r} is used twice.")
        for what in sorted(set(page.handlers)):
            yield Problem(name, f"an inline handler or style stands on it: {what}.")
        for url in page.resources:
            if urlsplit(url).scheme not in ("", "data") or url.startswith("//"):
                yield Problem(name, f"it would ask another origin for {url}.")
        for url in (*page.links, *page.resources):
            if not _resolves(folder, name, url, pages):
                yield Problem(name, f"the link {url} leads nowhere.", "Correct it in its section or Markdown page.")


def _resolves(folder: Path, name: str, url: str, pages: dict[str, _Page]) -> bool:
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto", "data")
    target = (Path(name).parent / unquote(parts.path)).as_posix() if parts.path else name
    if target not in pages:
        return (folder / target).is_file()
    return not parts.fragment or unquote(parts.fragment) in pages[target].ids


def _leaks(folder: Path, files: Iterable[Path], private: Private) -> Iterator[Problem]:
    read = cache(lambda line: tuple(found_in(line, private)))  # most lines of a site occur many times
    for path in files:
        if not _is_text(path):
            continue
        name, text = path.relative_to(folder).as_posix(), path.read_text("utf-8")
        quoted = path.suffix in _QUOTING
        for number, line in enumerate(text.splitlines(), 1):
            for what in read(_spelt(line) if quoted and "\\" in line else line.strip()):
                yield Problem(f"{name}:{number}", f"it shows {what}.", "Nothing was published; report this.")


def _spelt(line: str) -> str:
    """A line of a script or of JSON as its texts read: an escaped line break would hide the beginning of a handle."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " " if m[2] in "nrtbf" else m[2], line)


def mentioned(folder: Path) -> Mentioned:
    """All that could be a handle, a full name or a number of a person in the files under `folder`."""
    texts = (path.read_text("utf-8") for path in sorted(folder.rglob("*")) if _is_text(path))
    lines = {line.strip() for text in texts for line in text.splitlines()}
    handles = {h for line in lines for low in (line.casefold(), line.lower()) for h in _HANDLE.findall(low)}
    numbers = {re.sub(r"\D", "", number) for line in lines for number in _NUMBER.findall(line)}
    names = {letters(name) for line in lines for name in _names(line) if name.lower() != name}
    return Mentioned(frozenset(handles), frozenset(names), frozenset(numbers))


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in _TEXT and "vega" not in path.name


def letters(text: str) -> str:
    """The letters of a text, whatever stands between them as one space."""
    return " ".join("".join(c if c.isalpha() else " " for c in text).split())


def found_in(text: str, private: Private) -> Iterator[str]:
    """What of `private` stands in a text, named without repeating it."""
    if "@" in text:
        for handle in _HANDLE.findall(text.casefold()):
            if handle in private.handles and handle not in private.allowed:
                yield "a person's handle"
        if any(_personal(mail) for mail in _EMAIL.findall(text)):
            yield "an e-mail address"
    if any(list(cards(f"card{match[0]}")) for match in _CARD.finditer(text)):
        yield "a card number"
    if any(list(ibans(match[0])) for match in _IBAN.finditer(text)):
        yield "a bank account"
    for number in _NUMBER.findall(text):
        if re.sub(r"\D", "", number) in private.numbers:
            yield "a number of a person"
    if private.names and any(name in private.names for name in _names(text, private.first_names)):
        yield "a full name of an author"
    yield from ("a secret or a path of this machine" for secret in private.secrets if secret in text)


def _names(text: str, first: frozenset[str] | None = None) -> Iterator[str]:
    """Runs of two and three words that begin like a name (with `first`): what a full name could be."""
    words = plain_name(text).split()
    for place, word in enumerate(words):
        if first is None or word in first:
            yield from (" ".join(words[place : place + size]) for size in (2, 3))


def plain_name(text: str) -> str:
    """Words of a text without punctuation around them, one space between: `J. van Berg,` → `J van Berg`."""
    return " ".join(word.strip(".'’-") for word in _WORD.findall(text))


def _personal(mail: str) -> bool:
    """Addresses in package names (`name@1.2.3`) and CSS are not mail."""
    return mail.rpartition(".")[2].isalpha() and not mail.startswith("@")
