"""The explorer's scripts: the records of an edition as columns, and what they say in chunks, loaded on demand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import polars as pl

from cxreport.model.edition import Edition
from cxreport.render.coded import ALPHABET, FACETS, Columns
from cxreport.render.records import Telling
from cxreport.render.trail import FOLDER, Behind
from cxreport.render.words import Words

CHUNK = 500
"""Records of a script with texts."""
TOKENS = ("name", "email", "phone", "handle", "link", "reference", "card", "iban", "number", "ip", "address")
"""What redaction leaves in the place of what it took out: `[name]`."""
RULES = ("sentiment_rule", "moment_rule", "entity_rule")
Describe = Callable[[Behind], dict[str, Any]]


class Explorer:
    """Columns and texts; `describe` tells what the page says of the records behind a number."""

    def __init__(self, edition: Edition, words: Words, used: Sequence[Behind], describe: Describe) -> None:
        self.words, self.used, self.describe = words, used, describe
        self.frame = edition.dossier.frame
        self.columns = Columns(edition.dossier, [behind.selection for behind in used])
        self.telling = Telling(edition, words)

    def scripts(self) -> Iterator[tuple[str, str]]:
        """(path within the assets, script): the columns, then the texts, `CHUNK` records each, one a line."""
        yield f"{FOLDER}/columns.js", f"cxreport.evidence({script_json(self._dump())});\n"
        for number, rows in enumerate(self._texts()):
            lines = ",\n".join(map(script_json, rows))
            yield f"{FOLDER}/texts-{number}.js", f"cxreport.texts({number}, [\n{lines}\n]);\n"

    def _dump(self) -> dict[str, Any]:
        pairs, sets = self.columns.labels
        return {
            "alphabet": ALPHABET, "rows": self.frame.height, "chunk": CHUNK,
            "facets": {name: self._facet(name) for name in FACETS}, "months": self.columns.months,
            "labels": {**sets.dump(), "pairs": [(kind, one, self.telling.label(kind, one)) for kind, one in pairs]},
            "marks": self.columns.marks[1].dump(), "files": self._files, "rules": self._rules,
            "tokens": {token: self.words.say(token) for token in TOKENS},
            "sets": {b.slug: {**self._asked(b), **self.describe(b)} for b in self.used if b.listed},
        }  # fmt: skip

    def _asked(self, behind: Behind) -> dict[str, Any]:
        return self.columns.asks(behind.selection) or {}

    def _facet(self, name: str) -> dict[str, Any]:
        column = self.columns.facets[name]
        return {**column.dump(), "names": [self.telling.name(name, value) for value in column.values]}

    @cached_property
    def _files(self) -> list[str]:
        return sorted(self.frame["file"].unique().to_list())

    @cached_property
    def _rules(self) -> list[str]:
        """Every rule that gave a label, once."""
        told = (self.frame[column].drop_nulls().unique() for column in RULES)
        listed = self.frame["labels"].explode().struct.field("rule").drop_nulls().unique()
        return sorted({*listed, *(rule for column in told for rule in column)})

    def _texts(self) -> Iterator[Sequence[Sequence[Any]]]:
        rules = {rule: place for place, rule in enumerate(self._rules)}
        files = {file: place for place, file in enumerate(self._files)}
        exact = self.frame["created_at"].dt.time().drop_nulls().n_unique() > 1
        each = pl.element().struct.field("rule").replace_strict(rules, default=None, return_dtype=pl.Int64)
        table = self.frame.select(
            "id", pl.col("created_at").dt.strftime("%Y-%m-%dT%H:%MZ" if exact else "%Y-%m-%d"),
            "title", "text", "rating", pl.col("file").replace_strict(files, return_dtype=pl.Int64), "row",
            *(pl.col(name).replace_strict(rules, default=None, return_dtype=pl.Int64) for name in RULES),
            pl.col("labels").list.eval(each), pl.col("by_brand").cast(pl.Int8),
        )  # fmt: skip
        yield from (part.rows() for part in table.iter_slices(CHUNK))


def script_json(value: Any) -> str:
    """JSON that may stand in a script whatever customers wrote."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
