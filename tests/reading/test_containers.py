"""Files, folders and ZIPs: what is found, what is refused, and that nothing is extracted."""

from __future__ import annotations

import gzip
import hashlib
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cxreport.reading import Input, ReadError, ReadProblem, expand, inputs, streams

Pack = Callable[..., bytes]


def never(_: Input) -> bool:
    return False


def is_archive(data: Input) -> bool:
    return any(name.endswith("manifest.js") for name in data.members)


def found(path: Path, shown: str = "in", is_bundle: Callable[[Input], bool] = never) -> list[tuple[str, str | None]]:
    """Path and member of each input; path and code of each problem."""
    items = inputs(path, shown, is_bundle)
    return [
        (item.file, f"!{item.code}") if isinstance(item, ReadProblem) else (item.path, item.member) for item in items
    ]


def test_a_bare_file_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x\n1\n")
    (data,) = inputs(tmp_path / "a.csv", "in/a.csv", never)
    assert isinstance(data, Input)
    assert (data.path, data.members, data.kind, data.member, data.name) == ("in/a.csv", ("",), "file", None, "a.csv")
    assert data.open().read() == data.head() == b"x\n1\n"
    assert data.size() == 4
    assert data.sha256() == hashlib.sha256(b"x\n1\n").hexdigest()
    assert data.narrow("") == data


def test_gzip_is_known_by_its_magic_and_not_by_its_name(tmp_path: Path) -> None:
    packed = gzip.compress(b"hello")
    (tmp_path / "really.csv.gz").write_bytes(packed)
    (tmp_path / "silently.csv").write_bytes(packed)
    (tmp_path / "falsely.csv.gz").write_bytes(b"hello")
    for name in ("really.csv.gz", "silently.csv", "falsely.csv.gz"):
        assert Input.at(tmp_path / name).open().read() == b"hello"
    assert Input.at(tmp_path / "really.csv.gz").name == "really.csv"
    assert Input.at(tmp_path / "really.csv.gz").sha256() == hashlib.sha256(packed).hexdigest()


def test_a_folder_gives_its_files_without_what_systems_leave_behind(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden", "sub/c.csv", "__MACOSX/a.csv", "~$book.xlsx", ".git/config", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert found(tmp_path) == [("in/a.csv", None), ("in/b.csv", None), ("in/sub/c.csv", None)]


@pytest.mark.parametrize("form", ["folder", "file", "zip"])
def test_what_lies_beside_a_file_is_found_there_and_nowhere_else(tmp_path: Path, pack: Pack, form: str) -> None:
    files = {"a/one.json": b"1", "a/two.json": b"2", "three.json": b"3"}
    for name, content in files.items():
        (tmp_path / "x" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "x" / name).write_bytes(content)
    (tmp_path / "x.zip").write_bytes(pack(files))
    whole = Input.at(tmp_path / ("x.zip" if form == "zip" else "x"))
    one = Input.at(tmp_path / "x/a/one.json", "x/a/one.json") if form == "file" else whole.narrow("a/one.json")
    two = one.beside("two.json")
    assert two is not None
    assert (two.open().read(), two.name) == (b"2", "two.json")
    assert (two.member, two.path) == ((None, "x/a/two.json") if form == "file" else ("a/two.json", whole.path))
    assert one.beside("three.json") is None
    assert whole.beside("a/one.json") is None, "a folder as a whole has nothing beside it"


def test_a_claimed_folder_is_one_input_even_deep_down(tmp_path: Path) -> None:
    (tmp_path / "export/data").mkdir(parents=True)
    (tmp_path / "export/data/manifest.js").write_text("m")
    (tmp_path / "export/data/tweets.js").write_text("t")
    (tmp_path / "other.csv").write_text("o")
    items = list(inputs(tmp_path, "in", is_archive))
    assert all(isinstance(item, Input) for item in items)
    assert found(tmp_path, is_bundle=is_archive) == [("in", None)]
    only = Input.at(tmp_path / "export", "in/export")
    assert only.members == ("data/manifest.js", "data/tweets.js")
    assert only.head("data/tweets.js") == b"t"
    assert only.head() == b""
    assert only.narrow("data/tweets.js").open().read() == b"t"
    assert only.narrow("data/tweets.js").member == "data/tweets.js"
    assert only.size() == 2
    with pytest.raises(ReadError, match="name one of its members"):
        only.open()


def test_the_digest_of_a_folder_depends_on_names_and_contents_only(tmp_path: Path) -> None:
    for folder, order in (("one", "ab"), ("two", "ba"), ("three", "ab")):
        (tmp_path / folder).mkdir()
        for name in order:
            (tmp_path / folder / name).write_text(name)
    (tmp_path / "three" / "b").write_text("else")
    one, two, three = (Input.at(tmp_path / folder).sha256() for folder in ("one", "two", "three"))
    assert one == two != three


def test_a_zip_is_streamed_and_leaves_no_trace(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "box.zip").write_bytes(pack({"b.csv": b"bb", "a/a.csv": b"a", "__MACOSX/a/._a.csv": b"x", "d/": b""}))
    items = [item for item in inputs(tmp_path / "box.zip", "in/box.zip", never) if isinstance(item, Input)]
    assert [(item.path, item.member, item.kind) for item in items] == [
        ("in/box.zip", "a/a.csv", "file"),
        ("in/box.zip", "b.csv", "file"),
    ]
    assert [item.open().read() for item in items] == [b"a", b"bb"]
    assert [item.size() for item in items] == [1, 2]
    assert items[0].sha256() == hashlib.sha256(b"a").hexdigest()
    assert items[0].name == "a.csv"
    assert sorted(os.listdir(tmp_path)) == ["box.zip"]


def test_members_that_differ_only_by_case_are_both_kept(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "box.zip").write_bytes(pack({"A.csv": b"1", "a.csv": b"2"}))
    assert found(tmp_path / "box.zip") == [("in", "A.csv"), ("in", "a.csv")]


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", r"..\evil.csv", "C:/evil.csv"])
def test_names_that_point_outside_are_refused_and_the_rest_is_read(tmp_path: Path, pack: Pack, name: str) -> None:
    (tmp_path / "box.zip").write_bytes(pack({name: b"x", "good.csv": b"y"}))
    problem, good = inputs(tmp_path / "box.zip", "box.zip", never)
    assert isinstance(problem, ReadProblem)
    assert (problem.code, problem.file) == ("zip_unsafe_name", "box.zip")
    assert problem.member == name
    assert problem.mend
    assert isinstance(good, Input)
    assert good.member == "good.csv"


def test_a_name_that_occurs_twice_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as box:
        box.writestr("a.csv", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            box.writestr("a.csv", "second")
    assert found(tmp_path / "box.zip") == [("in", "!zip_duplicate_name"), ("in", "a.csv")]


def test_a_bomb_is_refused_by_its_directory(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "INFLATED_BYTES", 1000)
    (tmp_path / "box.zip").write_bytes(pack({"a.csv": bytes(500_000)}))
    assert found(tmp_path / "box.zip") == [("in", "!inflates_too_much")]


def test_a_gzip_bomb_is_stopped_while_it_inflates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "INFLATED_BYTES", 1000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(bytes(5_000_000)))
    with pytest.raises(ReadError, match="unpacks to more than"):
        Input.at(tmp_path / "a.csv.gz").open().read()


def test_large_but_sound_archives_pass(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "INFLATED_BYTES", 1000)
    (tmp_path / "box.zip").write_bytes(pack({"photo.jpg": os.urandom(5000)}))
    assert found(tmp_path / "box.zip") == [("in", "photo.jpg")]


def test_a_zip_within_a_zip_is_opened_once_and_no_deeper(tmp_path: Path, pack: Pack) -> None:
    deepest = pack({"deep.csv": b"d"})
    inner = pack({"a.csv": b"a", "deepest.zip": deepest})
    (tmp_path / "box.zip").write_bytes(pack({"inner.zip": inner, "b.csv": b"b"}))
    assert found(tmp_path / "box.zip") == [("in", "b.csv"), ("in", "inner.zip/a.csv"), ("in", "!zip_nested")]
    items = [item for item in inputs(tmp_path / "box.zip", "in", never) if isinstance(item, Input)]
    assert items[1].open().read() == b"a"
    assert items[1].sha256() == hashlib.sha256(b"a").hexdigest()


def test_a_bundle_may_lie_in_a_zip_within_a_zip(tmp_path: Path, pack: Pack) -> None:
    inner = pack({"data/manifest.js": b"m", "data/media.zip": pack({"p.jpg": b"p"})})
    (tmp_path / "box.zip").write_bytes(pack({"x.zip": inner}))
    (bundle,) = inputs(tmp_path / "box.zip", "in", is_archive)
    assert isinstance(bundle, Input)
    assert (bundle.kind, bundle.member, bundle.members) == ("zip", "x.zip", ("data/manifest.js", "data/media.zip"))
    assert bundle.narrow("data/manifest.js").member == "x.zip/data/manifest.js"
    assert bundle.sha256() == hashlib.sha256(inner).hexdigest()
    assert bundle.size() == len(inner)


def test_office_documents_are_files_and_no_boxes(tmp_path: Path, pack: Pack) -> None:
    book = pack({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    (tmp_path / "book.csv").write_bytes(book)
    (tmp_path / "box.zip").write_bytes(pack({"inner.xlsx": book, "deeper.zip": pack({"again.xlsx": book})}))
    assert found(tmp_path / "book.csv", "book.csv") == [("book.csv", None)]
    assert found(tmp_path / "box.zip") == [("in", "deeper.zip/again.xlsx"), ("in", "inner.xlsx")]


def test_broken_zips_are_problems(tmp_path: Path, pack: Pack) -> None:
    whole = pack({"a.csv": b"a" * 1000, "b.csv": os.urandom(1000)})
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    (tmp_path / "bad.zip").write_bytes(whole.replace(b"a.csv", b"a.csv", 1)[:60] + b"\xff" * 20 + whole[80:])
    assert found(tmp_path / "cut.zip") == [("in", "!zip_broken")]
    codes = [item.code for item in inputs(tmp_path / "bad.zip", "in", never) if isinstance(item, ReadProblem)]
    assert codes
    assert set(codes) <= {"damaged", "truncated", "zip_broken"}


def test_a_broken_member_speaks_when_read(tmp_path: Path, pack: Pack) -> None:
    whole = bytearray(pack({"a.csv": b"abc" * 100}, zipfile.ZIP_STORED))
    whole[100] ^= 0xFF
    (tmp_path / "box.zip").write_bytes(bytes(whole))
    (problem,) = inputs(tmp_path / "box.zip", "in", never)
    assert isinstance(problem, ReadProblem)
    assert (problem.code, problem.member) == ("damaged", "a.csv")


def test_passwords_are_told(tmp_path: Path, pack: Pack) -> None:
    whole = bytearray(pack({"a.csv": b"abc"}, zipfile.ZIP_STORED))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "box.zip").write_bytes(bytes(whole))
    assert found(tmp_path / "box.zip") == [("in", "!encrypted")]


def test_what_is_missing_or_forbidden_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(tmp_path / "absent.csv") == [("in", "!not_found")]
    (tmp_path / "locked.csv").write_text("x")

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert found(tmp_path / "locked.csv") == [("in", "!permission_denied")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == [("in/pipe", "!not_a_file")]


def test_inputs_travel_to_other_processes(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "box.zip").write_bytes(pack({"a.csv": b"abc"}))
    whole = Input.at(tmp_path / "box.zip", "box.zip")
    assert whole.head("a.csv") == b"abc"
    assert pickle.loads(pickle.dumps(whole)).narrow("a.csv").head() == b"abc"
    error = pickle.loads(pickle.dumps(ReadError("a", "b", "c", "d", code="e", member="f")))
    assert error.problem() == ReadProblem("a", "f", None, "e", "b c", "d")


def test_expand_takes_paths_globs_and_brackets(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "sub/c.csv", "sub/deep/d.csv", "odd [1].csv", ".x.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")

    def names(pattern: str) -> list[str]:
        return [path.relative_to(tmp_path).as_posix() for path in expand(pattern, tmp_path)]

    assert names("a.csv") == ["a.csv"]
    assert names("odd [1].csv") == ["odd [1].csv"]
    assert names("*.csv") == ["a.csv", "b.csv", "odd [1].csv"]
    assert names("**/*.csv") == ["a.csv", "b.csv", "odd [1].csv", "sub/c.csv", "sub/deep/d.csv"]
    assert names("sub/**") == ["sub"], "what lies in a matched folder is read with it, once"
    assert names("sub") == ["sub"]


def test_expand_says_what_to_do_when_nothing_matches(tmp_path: Path) -> None:
    (tmp_path / "tweets.csv").write_text("x")
    with pytest.raises(ReadError, match=r"twets\.csv: matches no file or folder.*Did you mean 'tweets.csv'\?"):
        expand("twets.csv", tmp_path)
