"""Hostile places: links, devices, odd names, files that change or vanish. Each is named, and costs no other file."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxreport.model.audit import Load
from cxreport.plugin.source import Batch, Detection, ReadFacts
from cxreport.reading import Input, archives
from cxreport.stages.load import restless

from .fakes import Lines, loaded, source, table, write

posix = pytest.mark.skipif(sys.platform == "win32", reason="file systems of Windows have neither")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one sound file of two records."""
    write(tmp_path / "in/sound.jsonl", {"text": "one"}, {"text": "two"})
    return tmp_path


def ledger(base: Path, path: str = "in") -> dict[str, Load]:
    """The ledger by file, after the sound file has been read whole."""
    engine, loads = loaded(base, source(base, path=path))
    assert sorted(table(engine)["text"]) == ["one", "two"], "one file costs another"
    return {load.file: load for load in loads}


@posix
def test_links_that_lead_nowhere_or_to_themselves(project: Path) -> None:
    (project / "in/dangling.jsonl").symlink_to(project / "gone.jsonl")
    (project / "in/self.jsonl").symlink_to(project / "in/self.jsonl")
    for path in ("in", "in/*"):
        found = ledger(project, path)
        assert sorted(found) == ["in/dangling.jsonl", "in/self.jsonl", "in/sound.jsonl"]
        for name in ("in/dangling.jsonl", "in/self.jsonl"):
            assert "is a link that leads nowhere. Check the path" in found[name].problem


@posix
@pytest.mark.parametrize("path", ["in", "in/*", "in/**", "in/**/*.jsonl"])
def test_links_in_circles_are_followed_once(project: Path, path: str) -> None:
    for folder in ("in/a", "in/b"):
        (project / folder).mkdir()
        for name in ("one", "two", "three"):
            (project / folder / name).symlink_to(project / "in", target_is_directory=True)
    found = ledger(project, path)
    assert sum(load.records for load in found.values()) == 2
    assert len(found) < 20
    assert all("met before under another name" in load.problem for load in found.values() if load.problem)


@posix
def test_a_file_with_two_names_is_read_once(project: Path) -> None:
    (project / "in/alias.jsonl").symlink_to(project / "in/sound.jsonl")
    assert len(ledger(project, "in/*")) == 1


@posix
def test_a_linked_folder_is_read_where_it_lies(project: Path) -> None:
    write(project / "elsewhere/deep/more.jsonl")
    (project / "in/link").symlink_to(project / "elsewhere", target_is_directory=True)
    assert set(ledger(project, "in/**/*.jsonl")) == {"elsewhere/deep/more.jsonl", "in/sound.jsonl"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_are_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "in/pipe.jsonl")
    assert "is not a regular file (a device or a pipe)." in ledger(project)["in/pipe.jsonl"].problem


@posix
def test_devices_are_not_read(project: Path) -> None:
    (project / "in/endless.jsonl").symlink_to("/dev/zero")
    assert "is not a regular file" in ledger(project)["in/endless.jsonl"].problem


def forbid(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the right to read were missing: the superuser, as whom tests may run, may read everything."""
    sound = Path.open

    def refused(path: Path, *how: object, **more: object) -> object:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return sound(path, *how, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refused)


def test_a_file_that_may_not_be_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project / "in/secret.jsonl", {"text": "secret"}).chmod(0)
    forbid("secret.jsonl", monkeypatch)
    assert "may not be read. Give yourself the right to read it." in ledger(project)["in/secret.jsonl"].problem


def test_a_folder_that_may_not_be_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project / "in/secret/a.jsonl", {"text": "secret"})
    sound = Path.iterdir

    def refused(path: Path) -> Iterator[Path]:
        if path.name == "secret":
            raise PermissionError(13, "Permission denied")
        return sound(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    assert "may not be read." in ledger(project)["in/secret"].problem


ODD = {
    "line\nbreak.jsonl": "in/line\\nbreak.jsonl",
    "\u202elnosj.exe.jsonl": "in/\\u202elnosj.exe.jsonl",
    "bell\x07 \x1b[31mred.jsonl": "in/bell\\x07 \\x1b[31mred.jsonl",
    "Отзывы 👩‍👩‍👧 é.jsonl": "in/Отзывы 👩‍👩‍👧 é.jsonl",
    "x" * 249 + ".jsonl": "in/" + "x" * 249 + ".jsonl",
    "[1] (2) {3} *.jsonl": "in/[1] (2) {3} *.jsonl",
    "-rf ~ $HOME `id`.jsonl": "in/-rf ~ $HOME `id`.jsonl",
}


@posix
@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("path", ["in", "in/*"])
def test_odd_names_are_read_and_shown_so_that_nobody_is_fooled(project: Path, name: str, path: str) -> None:
    write(project / "in" / name)
    found = ledger(project, path)
    assert sorted(found) == sorted(["in/sound.jsonl", ODD[name]])
    assert not found[ODD[name]].problem


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are text there")
@pytest.mark.parametrize("path", ["in", "in/*"])
def test_names_that_are_no_text_stay_apart(project: Path, path: str) -> None:
    for name in (b"caf\xe9.jsonl", b"caf\xe8.jsonl"):
        write(Path(os.fsdecode(os.fsencode(project / "in") + b"/" + name)), {"native_id": name.hex(), "text": "café"})
    engine, loads = loaded(project, source(project, path=path))
    assert {load.file for load in loads} == {"in/caf\\udce9.jsonl", "in/caf\\udce8.jsonl", "in/sound.jsonl"}
    assert table(engine).height == 4
    assert all(load.model_dump_json() for load in loads), "the ledger can be written"


class Busy(Lines):
    """Something else writes to the file, or takes it away, while it is read."""

    def detect(self, data: Input) -> Detection | None:
        found = super().detect(data)
        if data.name == "vanishing.jsonl":
            (self.context.base / data.path).unlink()
        return found

    def read(self, data: Input, found: Detection, facts: ReadFacts) -> Iterator[Batch]:
        for number, batch in enumerate(super().read(data, found, facts)):
            if data.name == "growing.jsonl" and number == 1:
                path = self.context.base / data.path
                path.write_bytes(path.read_bytes() + b'{"text": "late"}\n')
            yield batch
        if data.name == "taken.jsonl":
            (self.context.base / data.path).unlink()


def test_a_file_that_changes_while_it_is_read_is_told(project: Path) -> None:
    write(project / "in/growing.jsonl", {"text": "three"}, {"text": "four"}, {"text": "five"})
    _, loads = loaded(project, source(project, path="in", cls=Busy))
    [changed, sound] = loads
    assert (changed.records, changed.warnings) == (3, {"file_changed": 3})
    assert "It changed while it was read" in changed.notes[-1]
    assert sound.warnings == {}
    [warning] = restless(loads)
    assert warning.where == "in/growing.jsonl"
    assert warning.mend


@pytest.mark.parametrize("name", ["vanishing.jsonl", "taken.jsonl"])
def test_a_file_that_vanishes_costs_itself_only(project: Path, name: str) -> None:
    write(project / "in" / name, {"text": "three"})
    _, loads = loaded(project, source(project, path="in", cls=Busy))
    gone = next(load for load in loads if load.file == f"in/{name}")
    assert sum(load.records for load in loads if load is not gone) == 2
    told = gone.problem + " ".join(gone.notes)
    assert "does not exist" in told or "was taken away while it was read" in told


def test_members_that_are_links_are_not_followed(project: Path) -> None:
    link = zipfile.ZipInfo("passwd.jsonl")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(project / "in/box.zip", "w") as box:
        box.writestr(link, "../../../etc/passwd")
        box.writestr("good.jsonl", "")
    _, loads = loaded(project, source(project, path="in"))
    refused = next(load for load in loads if load.member == "passwd.jsonl")
    assert "is a link and was not followed" in refused.problem
    assert {load.member for load in loads if not load.problem} == {"good.jsonl", None}


def test_a_zip_of_too_many_members_is_refused_whole(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBERS", 50)
    with zipfile.ZipFile(project / "in/crowd.zip", "w") as box:
        for number in range(51):
            box.writestr(f"{number}.jsonl", '{"text": "no"}\n')
    assert "holds 51 files, more than 50. It looks like no export" in ledger(project)["in/crowd.zip"].problem
