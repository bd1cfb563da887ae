"""The previous audit: a file of an earlier build, read with suspicion and held against this project."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from cxreport.config.models import Config
from cxreport.config.nodes import Document, Loc
from cxreport.model.audit import SCHEMA_VERSION, Meta
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.snapshot import Snapshot

LARGEST = 128_000_000
"""Bytes of a file that are read."""
NAME = "audit.json"
"""What a site holds it under."""
_AGAIN = "Build the earlier audit again with this version, and name its .cxreport/audit.json."
_SHOWN = 3


class _Version(BaseModel):
    """What is asked first: other versions hold other things."""

    schema_version: int


def read_snapshot(path: Path, shown: str) -> Snapshot:
    """An audit.json, a snapshot, or a site (folder or ZIP) that holds one; raises `ConfigError` placed at `shown`."""
    raw = _bytes(path, shown)
    try:
        version = _Version.model_validate_json(raw).schema_version
        if version != SCHEMA_VERSION:
            what = f"its schema_version is {version}, this cxreport reads {SCHEMA_VERSION}."
            raise ConfigError(Problem(shown, what, _AGAIN))
        found = Snapshot.model_validate_json(raw)
    except ValidationError as error:
        raise ConfigError(*_faults(error, shown)) from None
    if found.basis is None:
        what = "it does not say what its numbers rest on, so nothing can be compared with it."
        raise ConfigError(Problem(shown, what, _AGAIN))
    _sound(found, shown)
    return found.model_copy(update={"sha256": hashlib.sha256(raw).hexdigest()})


def unfit(before: Meta, now: Meta) -> str:
    """Why one audit cannot be the one before the other: another client, no period, periods that overlap; else empty."""
    if before.client.casefold() != now.client.casefold() and before.brand.casefold() != now.brand.casefold():
        return f"it is the audit of {before.client[:60]}, not of {now.client}."
    if not (before.period_from and before.period_to and now.period_from and now.period_to):
        return "both audits must state their period (site.period, from and to)."
    if before.period_to >= now.period_from:
        later = before.period_from >= now.period_from
        how = "does not lie before" if later else "overlaps"
        return f"its period, {before.period_from} to {before.period_to}, {how} {now.period_from} to {now.period_to}."
    return ""


def read_previous(config: Config, base: Path, document: Document, problems: list[Problem]) -> Snapshot | None:
    """The audit that `previous` names, relative to `base`; what is wrong with it is added to `problems`."""
    if config.previous is None:
        return None
    at: Loc = ("previous",)
    name = config.previous.audit
    try:
        found = read_snapshot(base / name, name)
    except ConfigError as error:
        problems += [document.problem(at, str(problem)) for problem in error.problems]
        return None
    fault = unfit(found.meta, _cover(config))
    if fault:
        problems.append(document.problem(at, f"{name}: {fault}"))
        return None
    return found


def _cover(config: Config) -> Meta:
    site, brand = config.site, config.brand.names[0]
    first, last = site.period.start, site.period.end
    return Meta(
        title=site.title, client=site.client or brand, brand=brand,
        period_from=first.isoformat() if first else None, period_to=last.isoformat() if last else None,
    )  # fmt: skip


def _bytes(path: Path, shown: str) -> bytes:
    try:
        if path.is_dir():
            path = path / NAME
        if not path.is_file():
            raise ConfigError(
                Problem(shown, f"there is no file {path.name}.", "Name an audit.json, a snapshot or a site.")
            )
        if path.suffix == ".zip":
            return _zipped(path, shown)
        return _bounded(path.stat().st_size, path.read_bytes, shown)
    except OSError as error:
        raise ConfigError(Problem(shown, f"it cannot be read: {error.strerror or error}.")) from error


def _zipped(path: Path, shown: str) -> bytes:
    """The audit.json of a zipped site, wherever in it the site lies; of several, the one least deep."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.rpartition("/")[2] == NAME]
            if not names:
                raise ConfigError(Problem(shown, f"it holds no {NAME}."))
            member = archive.getinfo(min(names, key=lambda name: (name.count("/"), name)))
            with archive.open(member) as file:
                return _bounded(member.file_size, lambda: file.read(LARGEST + 1), shown)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ConfigError(Problem(shown, f"it is no sound ZIP: {error}.")) from error


def _bounded(size: int, read: Any, shown: str) -> bytes:
    raw: bytes = read() if size <= LARGEST else b""
    if size > LARGEST or len(raw) > LARGEST:
        what = f"it has more than {LARGEST // 1_000_000} million bytes."
        raise ConfigError(Problem(shown, what, "`cxreport export snapshot` writes a smaller file."))
    return raw


def _faults(error: ValidationError, shown: str) -> list[Problem]:
    """The first faults in words: what is no JSON at all, or no audit."""
    found = error.errors(include_url=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        told = str(found[0]["ctx"].get("error", found[0]["msg"]))
        return [Problem(shown, f"it is no whole JSON file: {told}.", "Was it cut off while it was copied?")]
    places = [(".".join(map(str, item["loc"])) or "its top", item["msg"]) for item in found[:_SHOWN]]
    more = f" ({len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
    said = "; ".join(f"{place[:80]}: {message[0].lower()}{message[1:]}" for place, message in places)
    return [Problem(shown, f"it is no audit of cxreport: {said}{more}.", f"Name the {NAME} of an earlier build.")]


def _sound(found: Snapshot, shown: str) -> None:
    """Days must be days, and every number lie within its interval. Raises `ConfigError`."""
    for day in (found.meta.period_from, found.meta.period_to):
        if day is not None and not _is_day(day):
            raise ConfigError(Problem(shown, f"meta: {day[:40]!r} is no day such as 2025-06-30.", _AGAIN))
    for key, result in found.results().items():
        ends = [end for end in (result.low, result.value, result.high) if end is not None]
        if ends != sorted(ends) or result.n < 0 or not 0 < (result.level or 0.95) < 1:
            what = f"{key[:80]}: its value, interval, level and base contradict each other."
            raise ConfigError(Problem(shown, what, "Was it changed by hand?"))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
