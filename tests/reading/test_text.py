"""Encodings, line ends, and text that arrives in pieces."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxreport.reading import Encoding, Input, ReadError, decode, open_text, text

Write = Callable[[str, bytes | str], Input]

GERMAN = "Größe 42, sehr schön; die Straße war naß\n"
RUSSIAN = "Отличный сервис, спасибо большое; рейс задержали\n"
POLISH = "Doskonała obsługa, zażółć gęślą jaźń\n"
JAPANESE = "とても良いサービスでした。荷物が遅れました。\n"
CHINESE = "服务非常好，谢谢。行李晚到了。\n"
MAC = "Don’t like it – the café’s “new” menu… it’s naïve\n"


def whole(data: Input, encoding: str | None = None) -> tuple[str, Encoding]:
    with open_text(data, encoding=encoding) as stream:
        return "".join(stream), stream.encoding


@pytest.mark.parametrize(
    ("content", "written", "name", "how"),
    [
        ("plain", "ascii", "utf-8", "utf-8"),
        (GERMAN, "utf-8", "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8-sig", "bom"),
        (GERMAN, "utf-16", "utf-16", "bom"),
        ("\ufeff" + GERMAN, "utf-16-be", "utf-16", "bom"),
        (GERMAN, "utf-32", "utf-32", "bom"),
        (GERMAN, "utf-16-le", "utf-16-le", "nul-pattern"),
        (GERMAN, "utf-16-be", "utf-16-be", "nul-pattern"),
        (GERMAN, "cp1252", "cp1252", "detected"),
        (RUSSIAN, "cp1251", "cp1251", "detected"),
        (POLISH, "cp1250", "cp1250", "detected"),
        (JAPANESE, "shift_jis", "shift_jis", "detected"),
        (CHINESE, "gb18030", "gb18030", "detected"),
        (MAC, "mac_roman", "mac-roman", "detected"),
        (MAC, "cp1252", "cp1252", "detected"),
    ],
)
def test_the_order_of_evidence(write: Write, content: str, written: str, name: str, how: str) -> None:
    read, encoding = whole(write("a.csv", (content * 3).encode(written)))
    assert read.replace("\ufeff", "") == content.replace("\ufeff", "") * 3
    assert encoding == Encoding(name, how, 0)  # type: ignore[arg-type]


def test_classic_mac_line_ends_speak_for_mac_roman() -> None:
    assert decode("5 stars\r\u00e9t\u00e9\r".encode("mac_roman")).name == "mac-roman"


def test_an_override_decides_and_its_mark_is_dropped(write: Write) -> None:
    assert whole(write("a.csv", "é".encode()), "cp1252") == ("Ã©", Encoding("cp1252", "override", 0))
    assert whole(write("b.csv", "\ufeffé".encode()), "utf-8") == ("é", Encoding("utf-8", "override", 0))


@pytest.mark.parametrize("name", ["utf-9", "hex", "rot13", "zip", ""])
def test_an_unknown_override_is_told(write: Write, name: str) -> None:
    with pytest.raises(ReadError, match="is no text encoding"):
        whole(write("a.csv", "a"), name)


def test_damaged_utf8_is_replaced_counted_and_never_dropped(write: Write) -> None:
    data = "schön groß über".encode() * 10 + b"\xc3(" + b"\xf0\x9f" + "ja � nein".encode()
    read, encoding = whole(write("a.csv", data))
    assert read == "schön groß über" * 10 + "\ufffd(" + "\ufffd" + "ja � nein"
    assert encoding == Encoding("utf-8", "replaced", 2), "a U+FFFD of the file itself is no damage"


def test_a_character_cut_at_the_end_of_the_look_is_no_damage() -> None:
    assert decode("schön größer €".encode()[:-1]) == Encoding("utf-8", "utf-8", 0)


def test_nul_characters_are_shown_and_counted(write: Write) -> None:
    read, encoding = whole(write("a.csv", "a,b\n1,x" + "\0" * 2 + "y\n" + "z" * 400))
    assert read.startswith("a,b\n1,x\ufffd\ufffdy\n")
    assert encoding == Encoding("utf-8", "replaced", 2)


def test_an_encoding_shown_late_is_still_found(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LOOK_BYTES", 1000)
    monkeypatch.setattr(text, "_CHUNK", 500)
    ascii_first = b"plain text only\n" * 200
    assert whole(write("a.csv", ascii_first + GERMAN.encode("cp1252")))[1] == Encoding("cp1252", "detected", 0)
    assert whole(write("b.csv", ascii_first + GERMAN.encode()))[1] == Encoding("utf-8", "utf-8", 0)
    damaged = GERMAN.encode() * 100 + b"\xff" + GERMAN.encode() * 100
    read, encoding = whole(write("c.csv", damaged))
    assert encoding == Encoding("utf-8", "replaced", 1)
    assert read.count("\ufffd") == 1


def test_a_file_cut_in_its_packed_data_gives_what_is_there(write: Write) -> None:
    lines = "".join(f"{n},{n * 7919 % 104729}\n" for n in range(20_000))
    data = write("a.csv.gz", gzip.compress(lines.encode())[:-2000])
    read: list[str] = []
    with open_text(data) as stream, pytest.raises(ReadError, match="cut short"):
        read.extend(stream)
    assert len(lines) > len("".join(read)) > len(lines) // 2
    assert lines.startswith("".join(read))


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n\0\ufeff", exclude_categories=["Cs"])), min_size=1),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.integers(1, 7),
)
def test_lines_survive_any_line_end_encoding_and_chunk(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, encoding: str, chunk: int
) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(end.join(lines).encode(encoding))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_CHUNK", chunk)
        with open_text(Input.at(path), encoding=encoding) as stream:
            assert "".join(stream.lines()) == "\n".join(lines)
    assert stream.encoding.replaced == sum(line.count("\ufffd") for line in lines) * (encoding == "utf-16")


def test_endless_lines_are_cut_not_kept(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LINE_CHARS", 100)
    monkeypatch.setattr(text, "_CHUNK", 30)
    with open_text(write("a.csv", "ab\n" + "x" * 1000 + "\ncd\n" + "y" * 500)) as stream:
        assert list(stream.lines()) == ["ab\n", "x" * 100 + "\n", "cd\n", "y" * 100 + "\n"]
    assert stream.cut_lines == 2
