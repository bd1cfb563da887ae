"""Snapshot: what of an audit can be compared with another; it holds no text, no record and no person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cxreport.model.audit import SCHEMA_VERSION, Audit, Meta, canonical_json
from cxreport.model.basis import Basis
from cxreport.model.result import Result

_COVER = ("title", "client", "brand", "period_from", "period_to", "as_of", "cxreport_version")


class Measured(BaseModel):
    """What a measure was, as far as it matters for comparing."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str = ""
    needs: tuple[str, ...] = ()
    compared: tuple[tuple[str, ...], ...] = ()
    digest: str = ""


class Snapshot(BaseModel):
    """Part of an audit, of an edition and of a file of `cxreport export snapshot`: all three can be read as one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: int = SCHEMA_VERSION
    meta: Meta
    infos: dict[str, Measured] = Field(default_factory=dict)
    measures: dict[str, tuple[Result, ...]]
    basis: Basis | None = None
    sha256: str = Field(default="", exclude=True)
    """Of the file that it was read from."""

    @classmethod
    def of(cls, audit: Audit) -> Snapshot:
        """The snapshot of an audit."""
        infos = {name: Measured(**info.model_dump()) for name, info in audit.infos.items()}
        return cls(meta=audit.meta, infos=infos, measures=audit.measures, basis=audit.basis)

    def results(self) -> Mapping[str, Result]:
        """Every result by its key."""
        return {result.key: result for found in self.measures.values() for result in found}

    def text(self) -> str:
        """As a file: what can be compared, without populations, evidence and rows, one measure a line."""
        plain = self.model_dump(mode="json", exclude_defaults=True, include={"infos", "basis"})
        plain["schema_version"] = self.schema_version
        plain["meta"] = self.meta.model_dump(mode="json", include=set(_COVER))
        rows = ",\n".join(
            f"{canonical_json(name)}:{canonical_json(_bare(r))}" for name, r in sorted(self.measures.items())
        )
        return canonical_json(plain).removesuffix("}") + ',"measures":{\n' + rows + "\n}}\n"


def _bare(results: tuple[Result, ...]) -> list[dict[str, Any]]:
    """Numbers, to eight digits, with their bases; what has none is left out."""
    wanted = {"id", "dims", "kind", "status", "value", "low", "high", "level", "n", "n_authors", "unit"}
    rows = [result.model_dump(mode="json", include=wanted, exclude_defaults=True) for result in results if result.shown]
    return [{key: float(f"{v:.8g}") if isinstance(v, float) else v for key, v in row.items()} for row in rows]
