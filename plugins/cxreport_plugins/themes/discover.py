"""Proposing themes: what texts have in common, as a codebook to edit."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from cxreport_plugins.common.fold import fold
from cxreport_plugins.common.stopwords import ALONE, LANGUAGES, stopwords, verdicts

SAMPLE = 5_000
"""Texts a language that are looked at."""
FEWEST = 50
"""Texts a language needs."""
TERMS = 8
"""Phrases proposed as patterns of a theme."""
EXAMPLES = 3
COMMON = 0.3
"""A phrase in more than this share of the texts tells no theme."""
ROUNDS = 400
LONGER = 1.5
"""How much more two words say than one."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Proposal:
    """A theme that texts suggest."""

    language: str
    terms: tuple[str, ...]
    """Its phrases, the weightiest first."""
    texts: int
    """Texts of the sample that it is the strongest theme of."""
    examples: tuple[str, ...] = ()


def discover(
    records: pl.DataFrame, n: int = 12, seed: int = 0, *, examples: bool = False, ignore: Collection[str] = ()
) -> str:
    """A codebook of up to `n` proposed themes a language, as YAML to edit.

    `records` needs `record_id`, `lang`, `title_redacted` and `text_redacted`; only redacted text is looked at. Texts
    are weighed by TF-IDF of phrases of one and two words and factorised (NMF with nndsvd start, which has no chance
    in it); `seed` chooses the sample of at most 5,000 texts a language. `examples` adds three texts a theme as
    comments: for eyes that may see them. `ignore` are words without a subject, such as the brand's own names.
    """
    samples = {language: _sample(records, language, seed) for language in LANGUAGES}
    found = [p for lang, texts in samples.items() for p in _proposals(texts, lang, n, examples, frozenset(ignore))]
    if not found:
        return f"# No language has {FEWEST} texts with phrases in common (English, Russian).\nthemes: []\n"
    return "".join([HEADER.format(texts=sum(p.texts for p in found)), "themes:\n", *_written(found)])


HEADER = """\
# Themes proposed by `cxreport code discover` from {texts:,} texts. They are a start, not a finding: rename them,
# merge what belongs together, throw out what is no theme, add patterns, and try them on texts (`examples`).
# Patterns are Rust regexes on lower-case text. Then name this file in config.yaml: enrich.themes.codebook.
"""


def _sample(records: pl.DataFrame, language: str, seed: int) -> pl.DataFrame:
    """At most `SAMPLE` texts, chosen by a seeded hash of their id; in the order of their ids."""
    text = pl.concat_str("title_redacted", "text_redacted", separator=" ", ignore_nulls=True)
    spoken = records.filter(pl.col("lang") == language).select("record_id", text=text)
    worded = spoken.filter(pl.col("text").str.contains(r"\p{L}")).sort("record_id")
    distinct = worded.unique("text", keep="first", maintain_order=True)
    draws = [hashlib.sha256(f"{seed}:{ident}".encode()).hexdigest() for ident in distinct["record_id"]]
    drawn = distinct.with_columns(draw=pl.Series(draws, dtype=pl.String)).sort("draw", "record_id")
    return drawn.head(SAMPLE).sort("record_id")


def _proposals(
    texts: pl.DataFrame, language: str, n: int, examples: bool, ignore: frozenset[str]
) -> Iterator[Proposal]:
    """The themes of a language, those with the most texts first."""
    words = _words(texts["text"], stopwords(language) | verdicts() | ignore)
    if texts.height < FEWEST or not _shared(words):
        return
    weights, themes, terms = _factorised(words, n)
    longer = np.array([LONGER if " " in term else 0.0 if term in ALONE else 1.0 for term in terms])
    strongest = np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)
    counts = [(int((strongest == theme).sum()), theme) for theme in range(len(themes))]
    for count, theme in sorted(counts, key=lambda pair: (-pair[0], pair[1])):
        worth = themes[theme] * longer
        phrases = _unlike([terms[i] for i in np.argsort(-worth, kind="stable") if worth[i] > 0])
        if count and phrases:
            most = np.argsort(-weights[:, theme], kind="stable")[: EXAMPLES if examples else 0]
            shown = tuple(texts["text"][int(row)] for row in most)
            yield Proposal(language, phrases, count, shown)


def _words(texts: pl.Series, drop: Collection[str]) -> list[str]:
    """Folded texts without masks, numbers and stop words; `|` stands where a phrase may not run on."""
    folded = texts.to_frame("t").select(fold(pl.col("t").str.replace_all(r"\[[a-z ]+\]|[@#]\S+", " | ")))["t"]
    plain = folded.str.replace_all(r"\S*\d\S*|[^\p{L}'\s-]+", " | ")
    return [" ".join("|" if word in drop or len(word) < 2 else word for word in text.split()) for text in plain]


def _shared(texts: Sequence[str]) -> bool:
    """Whether texts have two phrases in common at all: some that several use, but not most."""
    used = Counter(phrase for text in texts for phrase in set(_phrases(text)))
    return sum(_fewest(texts) <= count <= COMMON * len(texts) for count in used.values()) > 1


def _fewest(texts: Sequence[str]) -> int:
    """Texts that must use a phrase."""
    return max(3, len(texts) // 500)


def _factorised(texts: Sequence[str], n: int) -> tuple[Floats, Floats, list[str]]:
    """Weights of themes in texts, of phrases in themes, and the phrases."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    tfidf = TfidfVectorizer(
        analyzer=_phrases, min_df=_fewest(texts), max_df=COMMON, sublinear_tf=True, max_features=20_000
    )
    matrix = tfidf.fit_transform(texts)
    terms = [str(term) for term in tfidf.get_feature_names_out()]
    model = NMF(min(n, min(matrix.shape) - 1), init="nndsvd", max_iter=ROUNDS, random_state=0)
    with warnings.catch_warnings():  # texts that are all alike converge to nothing: a proposal, not a failure
        warnings.simplefilter("ignore")
        return model.fit_transform(matrix), model.components_, terms


def _phrases(text: str) -> list[str]:
    """Phrases of one and two words that no break parts."""
    parts = [part.split() for part in text.split("|")]
    return [" ".join(part[i : i + size]) for part in parts for size in (1, 2) for i in range(len(part) - size + 1)]


def _unlike(ranked: Sequence[str]) -> tuple[str, ...]:
    """At most `TERMS` phrases, none of which another one holds."""
    kept: list[str] = []
    for phrase in ranked:
        if not any(set(phrase.split()) & set(other.split()) for other in kept):
            kept.append(phrase)
        if len(kept) == TERMS:
            break
    return tuple(kept)


def _written(found: Sequence[Proposal]) -> Iterator[str]:
    """Each theme as YAML, with its count and examples as comments."""
    taken: set[str] = set()
    for proposal in found:
        ident = _ident(proposal, taken)
        label = json.dumps(" / ".join(proposal.terms[:2]), ensure_ascii=False)
        yield f"\n  # {proposal.texts:,} of the texts looked at\n"
        yield from (f"  #   {' '.join(text.split())}\n" for text in proposal.examples)
        yield f"  - id: {ident}\n    label: {{{proposal.language}: {label}}}\n"
        yield f"    patterns:\n      {proposal.language}:\n        include:\n"
        yield from (f"          - {_quoted(_pattern(term))}\n" for term in proposal.terms)


def _ident(proposal: Proposal, taken: set[str]) -> str:
    """An id of Latin letters that no other theme of the file has."""
    word = re.sub(r"[^a-z]+", "-", proposal.terms[0]).strip("-")
    stem = word or f"theme-{proposal.language}"
    ident, number = stem, 1
    while ident in taken:
        number += 1
        ident = f"{stem}-{number}"
    taken.add(ident)
    return ident


def _pattern(term: str) -> str:
    """The phrase as a whole word or words."""
    return rf"\b{re.escape(term).replace(chr(92) + ' ', ' ')}\b"


def _quoted(pattern: str) -> str:
    return "'" + pattern.replace("'", "''") + "'"
