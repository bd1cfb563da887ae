"""Every relative link of the documentation leads to a file, and every anchor to a heading."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.reading import ROOT, Page, pages

PICTURES = {".png", ".svg"}


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Page) -> None:
    assert [f"{page.name}: {link}: {why}" for link in page.links() if (why := _fault(page, link))] == []


def _fault(page: Page, link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme:
        return "" if parts.scheme == "https" else f"{parts.scheme} is no scheme for a link"
    target = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
    if not target.is_relative_to(ROOT):
        return "leaves the project"
    if not target.exists():
        return "leads nowhere"
    if parts.fragment and parts.fragment not in Page(target).anchors():
        return "no such heading"
    return ""


def test_every_page_is_on_the_map() -> None:
    index = Page(ROOT / "docs" / "index.md")
    linked = {(index.path.parent / link).resolve() for link in index.links()}
    assert {page.path for page in pages() if page.path.is_relative_to(index.path.parent)} - linked == {index.path}
