"""Files of an earlier audit are read with suspicion: whatever they hold, a person learns what to do."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxreport.config.previous import LARGEST, read_snapshot, unfit
from cxreport.model.problem import ConfigError
from cxreport.model.snapshot import Snapshot
from tests.changes.made import basis, meta, share, snapshot

GOOD = snapshot(share(280, 1000), share(28, 100, "care.rate", dims={"channel": "x"}), year=2025)


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "audit.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        read_snapshot(path, "previous.json")
    assert all(problem.where == "previous.json" for problem in caught.value.problems)
    return str(caught.value)


def plain() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(GOOD.text())
    return loaded


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    found = read_snapshot(write(tmp_path, GOOD.text()), "x")
    before, after = GOOD.results(), found.results()
    assert list(before) == list(after)
    for key, result in before.items():
        assert (after[key].value, after[key].low) == pytest.approx((result.value, result.low), rel=1e-7)
        assert after[key].n == result.n
        assert after[key].population.all == ()
    assert found.basis == GOOD.basis
    assert found.infos == GOOD.infos
    assert len(found.sha256) == 64


def test_an_audit_an_edition_a_site_and_a_zip_of_one_are_read_alike(tmp_path: Path) -> None:
    whole = GOOD.model_dump(mode="json") | {"evidence": [{"text": "words"}], "loads": [], "profile": "client"}
    site = tmp_path / "site"
    site.mkdir()
    write(site, json.dumps(whole))
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr("2025/deeper/still/audit.json", "{}")
        archive.writestr("2025/site/audit.json", json.dumps(whole))
    for path in (site, site / "audit.json", tmp_path / "site.zip"):
        assert read_snapshot(path, "x").results() == GOOD.results()


HOSTILE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "empty": (lambda: "", "no whole JSON file"),
    "cut off": (lambda: GOOD.text()[:-40], "no whole JSON file"),
    "not UTF-8": (lambda: b'{"schema_version": 1, "meta": "\xff\xfe"}', "no whole JSON file"),
    "deep": (lambda: '{"schema_version": 1, "meta": ' + "[" * 100_000 + "]" * 100_000 + "}", "no whole JSON file"),
    "a list": (lambda: "[1, 2]", "no audit of cxreport"),
    "some other JSON": (lambda: '{"name": "package", "version": 3}', "no audit of cxreport"),
    "a later version": (lambda: json.dumps(plain() | {"schema_version": 2}), "schema_version is 2, this cxreport reads 1"),
    "a version in words": (lambda: json.dumps(plain() | {"schema_version": "new"}), "no audit of cxreport"),
    "nothing measured": (lambda: json.dumps({k: v for k, v in plain().items() if k != "measures"}), "measures"),
    "no basis": (lambda: json.dumps({k: v for k, v in plain().items() if k != "basis"}), "what its numbers rest on"),
    "upside down": (lambda: GOOD.text().replace('"low":0.25', '"low":0.95'), "contradict each other"),
    "a negative base": (lambda: GOOD.text().replace('"n":1000', '"n":-1000'), "contradict each other"),
    "no day": (lambda: GOOD.text().replace("2025-06-30", "2025-13-30"), "is no day"),
    "markup for a day": (lambda: GOOD.text().replace("2025-06-30", "<script>"), "is no day"),
    "a result with more in it": (lambda: GOOD.text().replace('"n":1000', '"n":1000,"run":"rm"'), "run"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "what"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_in_words(tmp_path: Path, make: Callable[[], str | bytes], what: str) -> None:
    said = refused(write(tmp_path, make()))
    assert what in said
    assert len(said) < 1000


def test_places_that_hold_no_audit(tmp_path: Path) -> None:
    assert "there is no file" in refused(tmp_path / "absent.json")
    assert "there is no file" in refused(tmp_path)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    assert "no sound ZIP" in refused(tmp_path / "broken.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "words")
    assert "holds no audit.json" in refused(tmp_path / "other.zip")


def test_files_and_members_of_absurd_size_are_not_read(tmp_path: Path) -> None:
    with (tmp_path / "audit.json").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert "million bytes" in refused(tmp_path / "audit.json")
    with (
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("audit.json", "w", force_zip64=True) as member,
    ):
        for _ in range(LARGEST // (1 << 20) + 1):
            member.write(bytes(1 << 20))
    assert "million bytes" in refused(tmp_path / "bomb.zip")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    raw = bytearray(GOOD.text().encode())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = write(tmp_path_factory.getbasetemp(), bytes(raw))
    try:
        found = read_snapshot(path, "x")
    except ConfigError:
        return
    assert isinstance(found, Snapshot)


def test_only_the_audit_before_may_be_the_previous() -> None:
    assert unfit(meta(2025), meta(2026)) == ""
    assert unfit(meta(2025, "MERIDIAN AIR"), meta(2026)) == ""
    assert "the audit of Norda, not of Meridian Air" in unfit(meta(2025, "Norda"), meta(2026))
    assert "does not lie before" in unfit(meta(2026), meta(2025))
    assert "does not lie before" in unfit(meta(2026), meta(2026))
    longer = meta(2025).model_copy(update={"period_to": "2026-01-01"})
    assert "overlaps 2026-01-01 to 2026-06-30" in unfit(longer, meta(2026))
    assert "must state their period" in unfit(meta(2025).model_copy(update={"period_to": None}), meta(2026))
    assert "must state their period" in unfit(meta(2025), meta(2026).model_copy(update={"period_from": None}))


def test_a_snapshot_holds_no_text_and_no_reason() -> None:
    secret = share(280, 1000, reason="Dagny wrote it", method="secret", rows=({"text": "my words"},))
    text = snapshot(secret, about=basis([secret.key])).text()
    assert not [word for word in ("Dagny", "secret", "my words", 'customer_voice","eq') if word in text]
