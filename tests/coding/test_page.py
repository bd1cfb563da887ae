"""The coding page: closed to everything outside, and quick by the keyboard."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import pytest

from cxreport.config.coding import read_coding

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = """
async tags => (await axe.run(document, {runOnly: tags, preload: false, resultTypes: ['violations']}))
  .violations.map(v => v.id + ' ' + v.nodes.map(n => n.target.join(' ')).join(' | '))
"""


def test_only_its_own_style_and_script_may_run(drawn: Path) -> None:
    page = (drawn / "sheet.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    for tag in ("style", "script"):
        inside = page.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r"https?://|<link(?! rel=\"icon\" href=\"data:,\")|@import|url\(", page.split('id="data"')[0])


def test_texts_cannot_leave_their_island(drawn: Path) -> None:
    page = (drawn / "sheet.html").read_text("utf-8")
    assert "Meridian &lt;Air&gt;" in page
    assert page.count("</script>") == 2, "the text with </script> is escaped"
    assert "<" not in page.split('id="data">')[1].split("</script>")[0]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver, driver.chromium.launch(executable_path=chromium, args=FLAGS) as opened:
        yield opened


@pytest.fixture
def page(browser: Any, drawn: Path) -> Iterator[Any]:
    """The page at its beginning; anything it says, asks for or fails at fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    made = context.new_page()
    heard: list[str] = []
    made.on("console", lambda message: heard.append(message.text))
    made.on("pageerror", lambda error: heard.append(str(error)))
    made.on(
        "request",
        lambda request: (
            heard.append(request.url)
            if "sheet.html" not in request.url and not request.url.startswith("blob:")
            else None
        ),
    )
    made.goto((drawn / "sheet.html").as_uri())
    yield made
    context.close()
    assert heard == []


def start(page: Any, name: str = "Ada") -> None:
    page.fill("#coder", name)
    page.keyboard.press("Enter")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Any) -> tuple[str, list[dict[str, str]]]:
    with page.expect_download() as waiting:
        page.click("#save")
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    return waiting.value.suggested_filename, list(csv.DictReader(io.StringIO(text)))


def test_coding_by_keyboard_and_saving(page: Any, tmp_path: Path) -> None:
    start(page, "Ada Ø.")
    press(page, "y", "1", "r", "s", "a", "s", "Enter")
    assert page.inner_text("#place").startswith("Text 2 of 20")
    press(page, "n", "j", "3", "k")
    assert page.inner_text("#count") == "2 of 20 coded"
    assert page.is_checked("input[name=voice][value=other]")
    name, rows = saved(page)
    assert name == "ada-ø.csv"
    assert "text" not in rows[0]
    coded = [{key: row[key] for key in ("sentiment", "moment", "voice", "acts")} for row in rows[:3]]
    assert coded == [
        {"sentiment": "negative", "moment": "smot", "voice": "customer", "acts": "ask"},
        {"sentiment": "", "moment": "", "voice": "other", "acts": ""},
        {"sentiment": "positive", "moment": "", "voice": "", "acts": ""},
    ]
    (tmp_path / name).write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]), "utf-8")
    sheets = read_coding(tmp_path, [name])
    assert not sheets.problems
    assert sheets.coding.rows.height == 3
    assert set(sheets.coding.rows["coder"]) == {"Ada Ø."}


def test_done_says_that_no_act_holds_and_undo_takes_every_step_back(page: Any) -> None:
    start(page)
    press(page, "y", "2", "t", "Enter", "k")
    assert page.is_checked("input[name=acts][value=none]")
    press(page, "a")
    assert not page.is_checked("input[name=acts][value=none]"), "none and an act exclude each other"
    press(page, "u", "u", "u")
    assert not page.is_checked("input[name=acts][value=none]")
    assert not page.is_checked("input[name=moment][value=none]")
    assert page.is_checked("input[name=sentiment][value=neutral]")
    press(page, "2")
    assert not page.is_checked("input[name=sentiment][value=neutral]"), "the same key takes a code back"


def test_keys_count_by_their_place_where_letters_are_not_latin(page: Any) -> None:
    start(page)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'н', code: 'KeyY', bubbles: true}))")
    assert page.is_checked("input[name=voice][value=customer]")


def test_a_later_visit_goes_on(page: Any) -> None:
    start(page)
    press(page, "n")
    page.reload()
    assert page.input_value("#coder") == "Ada"
    press(page, "Enter")
    assert page.inner_text("#count") == "1 of 20 coded"
    assert page.inner_text("#place").startswith("Text 2 of 20")


def test_a_saved_sheet_opens_again_for_its_coder(page: Any, browser: Any, tmp_path: Path) -> None:
    start(page)
    press(page, "y", "1", "r", "s", "g", "j", "n")
    _, rows = saved(page)
    lines = [",".join(rows[0]), *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)]
    (tmp_path / "ada.csv").write_text("\r\n".join(lines) + "\r\n", "utf-8")
    page.evaluate("localStorage.clear()")
    page.reload()
    page.set_input_files("#file", str(tmp_path / "ada.csv"))
    page.wait_for_selector("#note:has-text('ada.csv is read: 2 texts are coded.')")
    assert page.inner_text("#who") == "Ada"
    again = saved(page)[1]
    assert again == rows


def test_a_sheet_to_settle_asks_only_for_what_is_disputed(page: Any, drawn: Path, tmp_path: Path) -> None:
    with (drawn / "sheet.csv").open(encoding="utf-8", newline="") as file:
        first, second = [row["record_id"] for row in csv.DictReader(file)][4:6]
    head = "record_id,coder,said_sentiment,said_acts,sentiment,acts"
    rows = (f"{second},settled,,Ada: ask; Ben: none,,", f'{first},settled,"Ada: negative; Ben: neutral",,,')
    (tmp_path / "settled.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    page.set_input_files("#file", str(tmp_path / "settled.csv"))
    page.wait_for_selector("#note:has-text('0 texts are coded')")
    assert page.inner_text("#place").startswith("Text 1 of 2")
    assert page.locator("fieldset:visible legend").all_inner_texts() == ["How does the writer feel about it?"]
    assert page.inner_text("fieldset:visible .said") == "Ada: negative; Ben: neutral"
    press(page, "y", "2", "Enter")
    assert page.locator("fieldset:visible legend").all_inner_texts() == ["What does the text do?"]
    press(page, "x")
    assert page.inner_text("#count") == "2 of 2 coded"
    name, saved_rows = saved(page)
    assert name == "settled.csv"
    assert [(row["record_id"], row["sentiment"], row["voice"], row["acts"]) for row in saved_rows] == [
        (first, "neutral", "", ""), (second, "", "", "none"),
    ]  # fmt: skip


def test_a_browser_that_keeps_nothing_is_told_of(browser: Any, drawn: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})")
    page.goto((drawn / "sheet.html").as_uri())
    start(page)
    press(page, "y")
    assert page.inner_text("#note").startswith("This browser keeps nothing")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_accessible_at_every_width_in_both_schemes(browser: Any, drawn: Path, width: int, scheme: str) -> None:
    axe = (package_files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto((drawn / "sheet.html").as_uri())
    page.evaluate(axe)
    assert page.evaluate(RUN_AXE, list(TAGS)) == []
    start(page)
    press(page, "y", "1", "j")
    assert page.evaluate(RUN_AXE, list(TAGS)) == []
    press(page, "?")
    assert page.evaluate(RUN_AXE, list(TAGS)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
