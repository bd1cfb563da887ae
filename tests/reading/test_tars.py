"""TAR files: read from the front, plain or packed, and damaged ones refused in words."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cxreport.reading import Input, ReadError, ReadProblem, inputs

from ..sources.recognition import readings

INVENTED = Path(__file__).parents[1] / "sources/invented"
Write = Callable[[str, bytes | str], Input]


def tarred(*members: tuple[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """The bytes of a TAR."""
    box = io.BytesIO()
    with tarfile.open(fileobj=box, mode="w", format=form) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("a link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hosts"
        tar.addfile(link)
    return box.getvalue()


def listed(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """Member → bytes, and the codes of what was refused."""
    found = list(inputs(path, path.name, lambda _: False))
    contents = {}
    for each in found:
        if isinstance(each, Input):
            with each.open() as stream:
                contents[str(each.member)] = stream.read()
    return contents, [each.code for each in found if isinstance(each, ReadProblem)]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_the_yelp_data_set_is_read_as_it_comes(tmp_path: Path, packed: bool, form: int) -> None:
    reviews = (INVENTED / "yelp/yelp_academic_dataset_review.json").read_bytes()
    content = tarred(("./terms.pdf", b"%PDF"), ("./yelp_academic_dataset_review.json", reviews), form=form)
    path = tmp_path / "yelp_dataset.tar"
    path.write_bytes(gzip.compress(content) if packed else content)
    unknown, found = sorted(readings(path), key=lambda each: each.system)
    assert (unknown.system, found.system) == ("", "yelp")
    assert found.found.member == "yelp_academic_dataset_review.json"
    assert found.records.height == found.found.facts.rows_read == 2


def test_members_are_read_in_any_order_and_packed_ones_inflated(tmp_path: Path) -> None:
    large = os.urandom(300_000)
    path = tmp_path / "a.tar"
    path.write_bytes(tarred(("b/large.bin", large), ("a.csv.gz", gzip.compress(b"a,b\n")), ("empty", b"")))
    assert listed(path) == ({"a.csv.gz": b"a,b\n", "b/large.bin": large, "empty": b""}, [])


def test_names_that_point_outside_or_come_twice_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tarred(("../up", b"1"), ("/root", b"2"), ("a", b"first"), ("a", b"second"), ("._a", b"mac")))
    assert listed(path) == ({"a": b"first"}, ["tar_unsafe_name", "tar_unsafe_name", "tar_duplicate_name"])


def test_an_archive_of_x_in_a_tar_is_one_export(tmp_path: Path) -> None:
    path = tmp_path / "twitter.tgz"
    with tarfile.open(path, "w:gz") as tar:
        tar.add(INVENTED / "x.archive/2026", "twitter-2026")
    [found] = readings(path)
    assert (found.system, found.records.height) == ("x.archive", 7)


@pytest.mark.parametrize("kept", [300, 700, 2_000])
def test_a_tar_cut_short_is_refused_in_words(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.tar"
    path.write_bytes(tarred(("a", b"x" * 5_000))[:kept])
    _, codes = listed(path)
    assert codes == ["tar_broken"]


def test_a_tar_that_changed_while_it_was_read_ends_with_an_error(write: Write) -> None:
    data = write("a.tar", tarred(("a", b"x" * 500_000)))
    file = data.place.file("")
    file.write_bytes(file.read_bytes()[:100_000])
    with pytest.raises(ReadError), data.open("a") as stream:
        stream.read()
