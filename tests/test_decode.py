"""Bytes to text: which encoding wins, and that nothing breaks it."""

from __future__ import annotations

import gzip
import random
import time
import zlib
from pathlib import Path

import pytest

from newsclean.errors import DecodeError, InputError
from newsclean.page.decode import decode, unpack

ENCODINGS = sorted((Path(__file__).parent.parent / "fixtures" / "encodings").iterdir())
LIMIT = 1_000_000


@pytest.mark.parametrize("folder", ENCODINGS, ids=lambda folder: folder.name)
def test_reads_page_in_its_encoding(folder: Path) -> None:
    encoding, how, sentence = (folder / "expected.txt").read_text("utf-8").splitlines()
    decoded = decode((folder / "page.html").read_bytes())
    assert (decoded.encoding, decoded.how) == (encoding, how)
    assert decoded.text.count(sentence) == 3
    assert "\ufffd" not in decoded.text


def test_covers_at_least_twelve_encodings() -> None:
    assert len({(folder / "expected.txt").read_text("utf-8").split()[0] for folder in ENCODINGS}) >= 12


def test_given_encoding_wins_over_everything() -> None:
    assert decode("<meta charset=utf-8>é".encode(), "cp1251").text.endswith("Г©")
    assert decode(b"\xe9", "latin-1") == decode(b"\xe9", "windows-1252")
    assert decode(b"\xff\xfea\x00", "utf-16").text == "a"
    assert decode(b"\xfe\xff\x00a", "utf-16").text == "a"


def test_given_encoding_that_does_not_fit_is_replaced_not_raised() -> None:
    decoded = decode(b"caf\xe9 noir", "utf-8")
    assert (decoded.text, decoded.encoding, decoded.how) == ("caf\ufffd noir", "utf-8", "given")


@pytest.mark.parametrize(
    "label", ["klingon", "", "zip", "hex", "rot13", "idna", "a\x00b", "../utf-8", "x" * 900, "utf–8"]
)
def test_unknown_encoding_is_an_error_with_a_remedy(label: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(b"text", label)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("label", "name"),
    [("Latin-1", "windows-1252"), ("gb2312", "gbk"), ("CP932", "shift_jis"), ("x-sjis", "shift_jis"),
     ("euc_jp", "euc-jp"),
     ("ks_c_5601", "euc-kr"), ("utf_8", "utf-8"), ("UTF8", "utf-8"), ("cp850", "cp850"), ("latin_1", "windows-1252")],
)  # fmt: skip
def test_label_has_canonical_name(label: str, name: str) -> None:
    assert decode(b"text", label).encoding == name


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="koi8-r">',
        "<META CHARSET = koi8-r >",
        "<meta content='text/html;charset=koi8-r' http-equiv=content-type>",
        '<meta http-equiv="Content-Type" content="text/html"; charset="koi8-r">',
        '<meta http-equiv="content-type" content="text/html; charset="koi8-r"">',
        '<meta name="description" content="charset=utf-8"><meta charset=koi8-r>',
        "<!-- <meta charset=big5> --><script>'<meta charset=big5>'</script><meta charset=koi8-r>",
        "<meta charset=nonsense><meta charset=koi8-r>",
        "<meta charset=utf-16><meta charset=koi8-r>",
    ],
)
def test_finds_declaration_however_written(declaration: str) -> None:
    decoded = decode(f"<html>{declaration}<p>мост".encode("koi8-r"))
    assert (decoded.encoding, decoded.how) == ("koi8-r", "declared")
    assert decoded.text.endswith("мост")


def test_reads_xml_declaration() -> None:
    decoded = decode("<?xml version='1.0' encoding='windows-1251'?><html><p>мост".encode("cp1251"))
    assert (decoded.encoding, decoded.text[-4:]) == ("windows-1251", "мост")


def test_declaration_that_fails_badly_gives_way_to_detection() -> None:
    text = "Die größte Brücke über die Elbe wird für Fußgänger geöffnet. " * 20
    assert decode(f"<meta charset=shift_jis>{text}".encode("cp1252")).text.endswith(text)


def test_few_broken_bytes_leave_utf8() -> None:
    page = ("Größe, Brücke, Straße. " * 20).encode()
    for broken in (page + b"\xff\xfe" + page, page[:-1] + "ö".encode()[:1], page + b"\xe9 " + page):
        decoded = decode(broken)
        assert decoded.encoding == "utf-8"
        assert decoded.text.startswith("Größe, Brücke")
        assert "\ufffd" in decoded.text


def test_block_in_another_encoding_does_not_spoil_utf8_page() -> None:
    page = "<p>Größe, Brücke, Straße.</p>" * 40
    decoded = decode(page.encode() + "<p>Grüße</p>".encode("cp1252") + page.encode())
    assert decoded.text.count(page) == 2


def test_plain_ascii_is_utf8() -> None:
    assert (decode(b"<p>1 + 1 ~{ 2").encoding, decode(b"").text) == ("utf-8", "")


def test_legacy_without_a_word_falls_back_to_windows_1252() -> None:
    decoded = decode(b"caf\xe9")
    assert (decoded.text, decoded.encoding) == ("café", "windows-1252")


def test_text_is_kept_with_mark_and_surrogates_cleaned() -> None:
    decoded = decode("\ufeffBrücke \ud83d\ude00 \udcff\x00 Ufer")
    assert (decoded.text, decoded.how) == ("Brücke 😀 \ufffd Ufer", "text")


def test_leftover_c1_controls_become_the_signs_they_stand_for() -> None:
    assert decode("It\x92s \x93new\x94 \x81\x96 really\x85".encode()).text == "It’s “new” – really…"
    assert decode(b"<meta charset=latin1>It\x92s \x81 fine").text.endswith("It’s  fine")


def test_nulls_are_dropped() -> None:
    assert decode(b"<p>one\x00 two\x00</p>" + b"x" * 200).text.startswith("<p>one two</p>")


def test_any_bytes_decode_to_encodable_text() -> None:
    chance = random.Random(7)
    alphabet = [
        b"<meta charset=",
        b"<!--",
        b"big5",
        b"utf-16",
        b"\x1b$B",
        b"~{",
        b"\xff\xfe",
        b"\x00",
        b"\xe9",
        b"\xa4\xa2",
        b"+",
    ]
    for _ in range(400):
        parts = [
            chance.choice(alphabet) if chance.random() < 0.5 else chance.randbytes(chance.randrange(30))
            for _ in range(20)
        ]
        text = decode(b"".join(parts)).text
        text.encode()
        assert "\x00" not in text


@pytest.mark.torture
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<" * 20_000_000, id="openers"),
        pytest.param(b"<!--" * 5_000_000 + b"\xe9", id="comments"),
        pytest.param(b"<meta " + b"charset " * 2_500_000 + b"\xe9", id="attributes"),
        pytest.param(b"<meta charset=" * 1_400_000 + b"\xe9", id="metas"),
        pytest.param(b" " * 20_000_000 + b"\xe9", id="blanks"),
        pytest.param("привет мир ".encode("cp1251") * 1_900_000, id="cyrillic"),
        pytest.param("桥梁".encode("gbk") * 5_000_000, id="chinese"),
        pytest.param(b"\x00" * 20_000_000, id="nulls"),
        pytest.param(b"\x80" * 20_000_000, id="high"),
    ],
)
def test_twenty_megabytes_take_bounded_time(data: bytes) -> None:
    start = time.process_time()
    decode(data)
    assert time.process_time() - start < 10


def test_unpacks_gzip_and_zlib_and_leaves_the_rest() -> None:
    page = "<p>Brücke".encode() * 100
    members = gzip.compress(page) + gzip.compress(page) + b"\x00" * 9
    assert unpack(gzip.compress(page), LIMIT) == page
    assert unpack(members, LIMIT) == page * 2
    assert unpack(zlib.compress(page), LIMIT) == page
    assert unpack(page, LIMIT) == page
    assert unpack(b"x^2 is a square", LIMIT) == b"x^2 is a square"
    assert unpack(b"", LIMIT) == b""


def test_cut_off_gzip_is_refused_rather_than_read_in_part() -> None:
    for packed in (gzip.compress(b"<p>Bridge" * 9_000), gzip.compress(random.Random(1).randbytes(50_000))):
        with pytest.raises(InputError, match="cut off"):
            unpack(packed[: len(packed) // 2], LIMIT)


def test_broken_gzip_is_an_input_error() -> None:
    with pytest.raises(InputError):
        unpack(b"\x1f\x8b\x08\x00" + b"\xff" * 50, LIMIT)


def test_gzip_bomb_is_refused_before_it_unfolds() -> None:
    bomb = gzip.compress(b"\x00" * 50_000_000)
    with pytest.raises(InputError) as caught:
        unpack(bomb, LIMIT)
    assert caught.value.remedy
    with pytest.raises(InputError):
        unpack(gzip.compress(b"page" * 300_000) * 3, LIMIT)


def test_many_tiny_gzip_members_take_bounded_time() -> None:
    start = time.process_time()
    assert unpack(gzip.compress(b"") * 100_000, LIMIT) == b""
    assert time.process_time() - start < 10
