"""The demo's configuration names what is there."""

from __future__ import annotations

from cxreport.config.load import load_config

from .demo import ROOT, table

CONFIG, _ = load_config(ROOT / "config.yaml")
SOURCES = {source["id"]: source for source in CONFIG.sources}


def test_every_path_leads_to_files() -> None:
    for source in CONFIG.sources:
        assert list(ROOT.glob(source["path"])), source["path"]
    for page in CONFIG.pages:
        assert (ROOT / page.markdown).is_file()
    assert CONFIG.theme.logo
    assert (ROOT / CONFIG.theme.logo).is_file()


def test_every_file_belongs_to_a_source() -> None:
    data = {path for path in (ROOT / "examples/meridian/data").rglob("*") if path.is_file()}
    taken = {path for source in CONFIG.sources for path in ROOT.glob(source["path"])}
    assert data == taken


def test_questions_are_columns() -> None:
    for name in ("nps", "ces", "booking"):
        header = table(SOURCES[name]["path"].split("data/")[1])[0]
        grids = {column.rpartition("_")[0] for column in header}
        assert set(SOURCES[name]["questions"]) <= {*header, *grids}
    assert set(SOURCES["calls"]["columns"].values()) <= set(table("calls.csv")[0])


def test_the_brand_and_its_rival() -> None:
    brand = CONFIG.brand.brand
    assert brand.own.bare_handles == ("meridianair",)
    assert [slug for slug, _ in brand.companies] == ["brand", "norda"]


def test_the_key_is_in_the_open_because_the_people_are_invented() -> None:
    assert CONFIG.privacy.key == "meridian-demo-key-invented-data"
    assert "invented" in (ROOT / "examples/meridian/README.md").read_text("utf-8")
