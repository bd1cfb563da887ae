"""Cards, bank accounts and e-mail addresses in every cell of every export reach no byte of any edition."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cxreport.build import Built, build
from cxreport.config.models import Profile
from cxreport.model.problem import CxreportError
from cxreport.plan import make_plan
from cxreport.progress import Meter
from cxreport.render.site import render
from cxreport.stages.edition import edition_of

from .demo import files
from .planted import RECORDS, SECRETS, planted_project

PROFILES: tuple[Profile, ...] = ("internal", "client", "public")
BINARY = {".woff2", ".ttf", ".png"}
AROUND = re.compile(r"^(card|iban:?|<|mailto:|https://portal\\.example/\\?mail=)|&x=1$")
AT_AND_DOT = {"%40": "@", "(at)": "@", "[at]": "@", "[dot]": "."}


def bare(text: str) -> str:
    """Letters and digits alone: what is parted or joined in another way is the same."""
    return "".join(filter(str.isalnum, text.lower()))


def plain(secret: str) -> str:
    """A planted secret without what people write around it and between its parts."""
    said = AROUND.sub("", secret.lower())
    for written, meant in AT_AND_DOT.items():
        said = said.replace(written, meant)
    return bare(AROUND.sub("", said))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planted")


@pytest.fixture(scope="module")
def built(folder: Path) -> Built:
    return build(make_plan(planted_project(folder)), Meter())


@pytest.fixture(scope="module")
def text_of(folder: Path, built: Built) -> Callable[[Profile], str]:
    """All text of an edition, without what parts its letters and digits."""

    @cache
    def read(profile: Profile) -> str:
        site = folder / profile
        if not site.exists():
            render(edition_of(built.audit, profile, built.dossier), make_plan(folder / "config.yaml"), site)
        found = {name: content for name, content in files(site).items() if Path(name).suffix not in BINARY}
        texts = [content.decode("utf-8") for name, content in found.items() if Path(name).name != "vega.js"]
        shown = [re.sub(r"\\\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), html.unescape(text)) for text in texts]
        return "\n".join(map(bare, shown))

    return read


def test_every_record_was_read(built: Built) -> None:
    assert [load.records for load in built.audit.loads] == [RECORDS, RECORDS, RECORDS]
    quoted = " ".join(f"{record.title} {record.text}" for record in built.audit.evidence)
    assert all(token in quoted for token in ("[card]", "[iban]", "[email]", "[link]"))


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_planted_survives(text_of: Callable[[Profile], str], profile: Profile) -> None:
    text = text_of(profile)
    assert "meridianair" in text
    assert [secret for secret in SECRETS if plain(secret) in text] == []


def test_what_is_shown_as_it_is_stops_the_build(tmp_path: Path) -> None:
    """Values of a segment are nobody's words, so nothing is masked in them; the finished site is read back."""
    path = planted_project(tmp_path, segments=("4111 1111 1111 1111", "Riverside"))
    with pytest.raises(CxreportError, match="it shows a card number"):
        build(make_plan(path), Meter())
    assert not (tmp_path / "site").exists()
