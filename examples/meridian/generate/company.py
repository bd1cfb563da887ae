"""All files of the client, in the order they are written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .app_store import app_store
from .booking_survey import booking_survey
from .calls import calls
from .coding import coding
from .figures import kpi
from .files import Fault, Made
from .flight_survey import flight_survey
from .google import google
from .hostile import hostile_for
from .play import play
from .posts import Ids
from .readme import readme
from .service_survey import service_survey
from .timeline import Timeline, timeline
from .trustpilot import trustpilot
from .truth import truth
from .xpages import TRUNCATED_MONTH, Pages, monthly
from .xtruth import x_truth


@dataclass(frozen=True)
class Company:
    """Every export file, the coding sheets, the figures of the business, and the truth about them."""

    files: tuple[Made, ...]
    sheets: dict[str, bytes]
    figures: bytes
    truth: dict[str, object]

    def write(self, folder: Path) -> None:
        """Write ``data``, ``coding``, ``context/kpi.csv``, ``truth.json`` and ``README.md`` into the folder, replacing
        what is there."""
        contents = {f"data/{made.path}": made.content for made in self.files}
        contents |= {f"coding/{name}": content for name, content in self.sheets.items()}
        contents["context/kpi.csv"] = self.figures
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        text = json.dumps(self.truth, ensure_ascii=False, indent=1) + "\n"
        (folder / "truth.json").write_bytes(text.encode())
        (folder / "README.md").write_bytes(readme(self.truth).encode())


@dataclass(frozen=True)
class Earlier:
    """The export files of the year before, the audit's configuration, and the truth about them."""

    files: tuple[Made, ...]
    truth: dict[str, object]

    def write(self, folder: Path) -> None:
        """Write `data`, `config.yaml` and `truth.json` into the folder, replacing what is there."""
        contents = {f"data/{made.path}": made.content for made in self.files}
        contents["config.yaml"] = Path(__file__).with_name("earlier.yaml").read_bytes()
        contents["truth.json"] = (json.dumps(self.truth, ensure_ascii=False, indent=1) + "\n").encode()
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def year_before() -> Earlier:
    """Invent the year before; the story must have been put back (`earlier.rewind`)."""
    ids = Ids()
    year = timeline(ids, eventful=False)
    pages = monthly(year.posts, year.viral, ids)
    surveys = flight_survey(), service_survey(), booking_survey()
    files = (*_x_files(year, pages), trustpilot(), google(), *play(), *surveys, calls())
    return Earlier(files, truth(files, x_truth(year, pages)))


def company() -> Company:
    """Invent everything."""
    ids = Ids()
    year = timeline(ids)
    pages = monthly(year.posts, year.viral, ids)
    files = (
        *_x_files(year, pages),
        trustpilot(),
        google(),
        *play(),
        app_store(),
        flight_survey(),
        service_survey(),
        booking_survey(),
        calls(),
    )
    figures, planted = kpi()
    return Company(files, coding(year.posts, files), figures, truth(files, x_truth(year, pages)) | {"kpi": planted})


def _x_files(year: Timeline, pages: Sequence[Pages]) -> list[Made]:
    posts = {str(post.id): post for post in year.posts}
    nasty = {cell.text for cell in hostile_for("x-mentions")}
    files = []
    for page in pages:
        here = [posts[number] for number in dict.fromkeys(page.data) if number in posts]
        broken = _x_faults(page) if TRUNCATED_MONTH in page.name else ()
        texts = tuple(p.text for p in here if p.voice == "customer" and p.role != "repost")
        hostile = sum(p.text.removeprefix("@meridianair ") in nasty for p in here)
        facts = {"rows_in_data": len(page.data), "customers_posts": len(texts)}
        records = len(set(page.data))
        files.append(Made(page.name, page.content, "x", records, texts, facts, broken, hostile))
    return files


def _x_faults(page: Pages) -> tuple[Fault, ...]:
    """The broken line and the two damaged posts at the end of the file."""
    lines = page.content.count(b"\n")
    last = f"line {lines}"
    return (
        Fault(f"line {lines - 1}", "broke off in the middle; the next line is the same page, complete", "reject"),
        Fault(f"{last}, last post but one", "no id", "reject or warning"),
        Fault(f"{last}, last post", "created in month 13", "reject or warning"),
    )
