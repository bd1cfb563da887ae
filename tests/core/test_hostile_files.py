"""Hostile files, read with all sources that are installed: each is refused or read in words, and costs no other."""

from __future__ import annotations

import gzip
import io
import json
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from cxreport.engine.local import LocalEngine
from cxreport.model.audit import Load
from cxreport.plugin.context import Brand, Company, Context
from cxreport.plugin.registry import load_plugins
from cxreport.progress import Meter
from cxreport.reading import streams
from cxreport.stages.load import load

HEADER = "Review Id,Review Created (UTC),Review Username,Review Stars,Review Content,Company Reply\n"
SOUND = HEADER + "".join(f"{n},2026-01-0{n} 10:00:00,guest{n},{n},On time and kind {n},\n" for n in range(1, 6))
SOURCES = load_plugins().sources


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, bytes], Load]:
    """Write a hostile file beside a sound one, read the folder, and give the ledger's row of the hostile one."""

    def make(name: str, content: bytes) -> Load:
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in/sound.csv").write_text(SOUND, "utf-8")
        (tmp_path / "in" / name).write_bytes(content)
        ledger = folder(tmp_path)
        sound = [entry for entry in ledger if entry.file == "in/sound.csv"]
        assert [(entry.records, entry.problem) for entry in sound] == [(5, "")], "one file costs another"
        [hostile] = [entry for entry in ledger if entry.file == f"in/{name}"]
        return hostile

    return make


def folder(base: Path) -> list[Load]:
    """The ledger of all reviews in `in`."""
    context = Context(Brand(Company(name="Meridian Air")), base, key=b"a key")
    cls = SOURCES["reviews"]
    options = cls.Options.model_validate({"id": "reviews", "type": "reviews", "path": "in"})
    return load([cls(options, context)], context, LocalEngine(base / "work"), Meter())


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in members.items():
            box.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty. Export it again"),
        (b"\xef\xbb\xbf", "it holds nothing but blanks."),
        (b"\xff\xfe", "it holds nothing but blanks."),
        (b" \r\n\t\r\n", "it holds nothing but blanks."),
        (b"\0" * 5_000, "it holds nothing but blanks."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "it is a PDF. Take the export itself"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "it is a picture."),
        (Random(7).randbytes(5_000), "it looks like a binary file, or is damaged."),
        (b"<html><body><h1>Reviews</h1></body></html>", "it is a page or XML without reviews"),
        (b'{"data": ' + b"[" * 100_000, "it is JSON, broken or of no known form."),
        (b"[" * 50_000 + b"]" * 50_000, "it is JSON, broken or of no known form."),
        (b"a,b\n1,2\n", "`cxreport inspect` says what it may be."),
        (gzip.compress(SOUND.encode(), mtime=0)[:25], "it is cut short: its packed data ends too early."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a document of Microsoft Office before 2007."),
    ],
)  # fmt: skip
def test_what_is_no_export_says_what_is_wrong(read: Callable[[str, bytes], Load], content: bytes, said: str) -> None:
    entry = read("hostile.csv", content)
    assert "it is not recognised as reviews" in entry.problem
    assert said in entry.problem
    assert (entry.rows_read, entry.records) == (0, 0)


@pytest.mark.parametrize(
    "name", ["reviews.xlsx", "reviews.json", "reviews.html", "reviews.zip", "reviews.gz", "reviews"]
)
def test_a_wrong_suffix_does_no_harm(read: Callable[[str, bytes], Load], name: str) -> None:
    assert read(name, SOUND.encode()).records == 5
    assert read(name, gzip.compress(SOUND.encode())).records == 5


def test_a_workbook_and_a_page_and_json_named_csv(read: Callable[[str, bytes], Load]) -> None:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for line in SOUND.splitlines():
        book.active.append(line.split(","))
    book.save(out)
    said = {"@type": "Review", "reviewBody": "Kind", "reviewRating": {"ratingValue": 4}, "itemReviewed": {"name": "M"}}
    page = f'<html><script type="application/ld+json">{json.dumps(said)}</script></html>'
    feed = [{"reviewId": "1", "userName": "A", "content": "x", "score": 4, "thumbsUpCount": 0, "at": "2026-01-05"}]
    assert read("book.csv", out.getvalue()).records == 5
    assert read("page.csv", page.encode()).system == "schema_org"
    assert read("feed.csv", json.dumps(feed).encode()).system == "google_play.scrape"


def test_packed_files_cut_short_keep_what_came_before(read: Callable[[str, bytes], Load]) -> None:
    rng = Random(1)
    rows = "".join(f"{n},2026-01-02 10:00:00,guest,4,{rng.randbytes(60).hex()},\n" for n in range(5_000))
    packed = gzip.compress((HEADER + rows).encode())
    entry = read("cut.csv.gz", packed[: len(packed) // 2])
    assert 1_000 < entry.records < 4_000
    assert entry.rejected["truncated"] == 1
    assert "packed data ends too early" in "".join(entry.examples)
    broken = read("cut.zip", zipped({"a.csv": SOUND.encode(), "b.csv": SOUND.encode()})[:-30])
    assert "its directory cannot be read; it is probably cut short. Download the archive again." in broken.problem


def test_nul_bytes_are_shown_and_cost_nothing(read: Callable[[str, bytes], Load]) -> None:
    entry = read("nul.csv", SOUND.replace("kind 3", "ki\0nd\0 3").encode())
    assert entry.records == 5
    assert "2 byte sequences" in "".join(entry.notes)


def test_bombs_are_refused(read: Callable[[str, bytes], Load], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "INFLATED_BYTES", 1 << 20)
    bomb = zipped({"a.csv": SOUND.encode(), "b.csv": HEADER.encode() + b"0" * (8 << 20)})
    said = "It looks like a decompression bomb and was not read. If it is sound, unpack it yourself"
    assert said in read("bomb.zip", bomb).problem
    gone = read("bomb.csv.gz", gzip.compress(SOUND.encode() + b"0" * (8 << 20)))
    assert said.partition(" If")[0] in gone.problem + "".join(gone.examples)
    (tmp_path / "in/nested.zip").write_bytes(zipped({"inner.zip": bomb, "good.csv": SOUND.encode()}))
    inner = {entry.member: entry for entry in folder(tmp_path) if entry.file == "in/nested.zip"}
    assert said in inner["inner.zip"].problem
    assert inner["good.csv"].records == 5


def test_zips_deeper_than_one_are_named(tmp_path: Path, read: Callable[[str, bytes], Load]) -> None:
    deep = zipped({"a.csv": SOUND.encode()})
    for _ in range(3):
        deep = zipped({"inner.zip": deep})
    assert "lies two ZIPs deep, and was not opened. Unpack the outer ZIP" in read("deep.zip", deep).problem


def test_a_zip_within_a_zip_of_many_members_takes_no_longer_than_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    noise = b"a,b\n" + Random(3).randbytes(20_000).hex().encode()
    inner = zipped({f"{number:03}.csv": noise for number in range(150)} | {"sound.csv": SOUND.encode()})
    (tmp_path / "in/outer.zip").write_bytes(zipped({"inner.zip": inner}))
    started = time.process_time()
    ledger = folder(tmp_path)
    assert sum(entry.records for entry in ledger) == 5
    assert len(ledger) == 151
    assert time.process_time() - started < 20


PEAK = """
import resource, sys
from pathlib import Path
from tests.core.test_hostile_files import folder
from cxreport.model.problem import CxreportError
try:
    [entry] = folder(Path(sys.argv[1]))
    print(entry.problem)
except CxreportError as error:
    print(error)
status = Path("/proc/self/status")
peaks = [line.split()[1] for line in status.read_text().splitlines() if "VmHWM" in line] if status.exists() else []
most = int(peaks[0]) if peaks else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(most // (1 << 20 if sys.platform == "darwin" else 1 << 10))
"""
"""On Linux, ru_maxrss of a child is never below that of the process that started it; VmHWM is its own."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is not told there")
@pytest.mark.parametrize(
    ("begin", "endless"),
    [("", "x"), (HEADER, "x,"), (HEADER + '1,"', "x "), ("", "[")],
)
def test_an_endless_line_takes_little_memory_and_time(tmp_path: Path, begin: str, endless: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/endless.csv").write_bytes((begin + endless * (40_000_000 // len(endless))).encode())
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", PEAK, tmp_path], cwd=root, capture_output=True, text=True, check=True)
    said, peak = ran.stdout.rsplit("\n", 2)[:2]
    assert "endless.csv" in said or "not recognised" in said or "no records were found" in said
    assert int(peak) < 600, "megabytes"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30, "seconds"


def test_a_folder_of_many_files_is_read_in_bounded_time(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(600):
        (tmp_path / f"in/{number:04}.csv").write_bytes(b"a,b\n1,2\n" if number % 100 else SOUND.encode())
    started = time.process_time()
    ledger = folder(tmp_path)
    assert len(ledger) == 600
    assert sum(entry.records for entry in ledger) == 30
    assert time.process_time() - started < 30, "a file that is not recognised costs milliseconds"
