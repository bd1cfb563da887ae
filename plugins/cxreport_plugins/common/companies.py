"""Finding companies in text: their handles, and their names as people write them."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from cxreport.api import Brand, Company

CONSONANTS = "бвгджзклмнпрстфхцчшщ"
ENDINGS = {
    "а": "(?:а|ы|и|е|у|ой|ою)",
    "я": "(?:я|и|е|ю|ей|ею)",
    "ь": "(?:ь|я|ю|ем|и|е|ью)",
    "й": "(?:й|я|ю|ем|е|и)",
    **{letter: letter + "(?:а|у|ом|ем|е|ы|и|ов|ам|ами|ах)?" for letter in CONSONANTS},
}
"""Last letter of a Russian name → what stands there in its cases, so that «Меридиан» finds «в Меридиане»."""
FIRST = " first"
"""A column that no entity can be called, since slugs hold no spaces."""
Patterns = dict[str, str]
"""Entity → Rust regex that finds its company in folded text."""


def fold(text: pl.Expr) -> pl.Expr:
    """The form in which names are compared: lower case, ё as е."""
    return text.str.to_lowercase().str.replace_all("ё", "е", literal=True)


def fold_word(word: str) -> str:
    """`fold` for one spelling."""
    return word.lower().replace("ё", "е").strip()


def handle_patterns(brand: Brand) -> Patterns:
    """Patterns of `@handle`."""
    return _patterns(brand, lambda company: [rf"(?:^|\W)@{re.escape(h)}\b" for h in company.bare_handles])


def name_patterns(brand: Brand) -> Patterns:
    """Patterns of names, as words and as tags (#meridianair)."""
    return _patterns(brand, lambda company: [name_pattern(fold_word(name)) for name in company.all_names])


def name_pattern(name: str) -> str:
    """A folded name with any spacing between its words, and Russian case endings on its last."""
    *first, last = [re.escape(word) for word in re.split(r"[\s\-_]+", name)]
    if len(last) > 2 and last[-1] in ENDINGS:
        last = last[:-1] + ENDINGS[last[-1]]
    left = r"\b" if name[0].isalnum() else ""
    right = r"\b" if name[-1].isalnum() else ""
    return left + r"[\s_\-]*".join([*first, last]) + right


def first_mentioned(text: pl.Series, patterns: Patterns) -> pl.DataFrame:
    """entity: whom each text mentions first (null for nobody); companies: how many different ones it mentions."""
    found = text.alias("text").to_frame()
    places = found.select(pl.col("text").str.find(pattern).alias(name) for name, pattern in patterns.items())
    if not places.width:
        return found.with_columns(entity=pl.lit(None, pl.String), companies=pl.lit(0)).drop("text")
    first = places.with_columns(pl.min_horizontal(*patterns).alias(FIRST))
    entity = [pl.when(pl.col(name) == pl.col(FIRST)).then(pl.lit(name)) for name in patterns]
    mentioned = [pl.col(name).is_not_null().cast(pl.Int64) for name in patterns]
    return first.select(entity=pl.coalesce(entity), companies=pl.sum_horizontal(mentioned))


def _patterns(brand: Brand, spell: Callable[[Company], list[str]]) -> Patterns:
    """The companies that have a spelling; longer spellings are tried first."""
    spelled = {entity: sorted(set(spell(company)), key=lambda p: (-len(p), p)) for entity, company in brand.companies}
    return {entity: "|".join(patterns) for entity, patterns in spelled.items() if patterns}
