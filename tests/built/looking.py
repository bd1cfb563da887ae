"""Looking at built pages in a browser: what they say and ask, and what axe finds on them."""

from __future__ import annotations

from importlib.resources import files as package_files
from typing import Any

from .demo import Demo

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--no-first-run",
)  # fmt: skip
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = """
async options => (await axe.run(document, {...options, preload: false, resultTypes: ['violations']}))
  .violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))
"""


class Watch:
    """Everything that a page said, asked for or failed at."""

    def __init__(self, page: Any) -> None:
        self.heard: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.heard.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("requestfailed", lambda request: self.heard.append(f"failed: {request.url}"))
        page.on("response", self._response)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("dialog", self._dialog)

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.heard.append(f"{response.status}: {response.url}")

    def _dialog(self, dialog: Any) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def foreign(self, *allowed: str) -> list[str]:
        """Requests to anything but these origins."""
        return [url for url in self.asked if not url.startswith((*allowed, "data:"))]


def address(demo: Demo, name: str) -> str:
    return (demo.site / name).as_uri()


def violations(page: Any, *names: str) -> list[str]:
    """What axe finds on the page as it is, by these tags or rules."""
    if not page.evaluate("!!window.axe"):
        page.evaluate((package_files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found: list[str] = page.evaluate(RUN_AXE, {"runOnly": list(names)})
    return found
