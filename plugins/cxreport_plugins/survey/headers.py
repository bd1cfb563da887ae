"""What several survey tools have in common: header cells, personal columns, groups of columns."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cxreport.api import reading
from cxreport_plugins.survey.model import Column, Question, Role
from cxreport_plugins.survey.words import words

_BLANKS = re.compile(r"\s+")
_TAGS = re.compile(r"<[^<>]{1,200}>")
SEPARATOR = " - "


def columns(header: Sequence[str]) -> list[Column]:
    """The header cells as columns, in order."""
    return [Column(index, tidy(name)) for index, name in enumerate(header)]


def tidy(text: str) -> str:
    """A header for people: no markup, single blanks."""
    return _BLANKS.sub(" ", _TAGS.sub(" ", text.replace("\ufeff", ""))).strip()


def by_role(found: Iterable[Column], names: Mapping[str, Role]) -> dict[Role, Column]:
    """The first column of each role, by its normalised name."""
    roles: dict[Role, Column] = {}
    for column in found:
        role = names.get(reading.norm(column.name))
        if role is not None:
            roles.setdefault(role, column)
    return roles


def is_personal(name: str) -> bool:
    """Whether a column of this name holds a name, an address or a telephone number."""
    return words().found("personal", tidy(name))


def is_email(name: str) -> bool:
    """Whether a column of this name holds e-mail addresses and no opinion of e-mails."""
    return len(name) <= 40 and "?" not in name and words().found("email", name)


def is_other(label: str) -> bool:
    """Whether an option is "Other (please specify)"."""
    return words().found("other", label)


def common_text(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Texts such as `Please rate - Food`, `Please rate - Staff` → (`Please rate`, [`Food`, `Staff`])."""
    same = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    end = texts[0].rfind(SEPARATOR, 0, sum(1 for _ in same))
    if end <= 0:
        return texts[0], list(texts)
    return texts[0][:end].removesuffix(f"{SEPARATOR}Selected Choice"), [t[end + len(SEPARATOR) :] for t in texts]


def distinct(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions under ids that differ: the second `Q1` is `Q1 (2)`."""
    seen: Counter[str] = Counter()
    out = []
    for question in questions:
        seen[question.id] += 1
        times = seen[question.id]
        out.append(question if times == 1 else replace(question, id=f"{question.id} ({times})"))
    return tuple(out)
