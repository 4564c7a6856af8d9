"""Pictures saved with a page: kept as data: addresses, written out by content, linked; and paths that lead astray."""

from __future__ import annotations

import json
import os
import struct
import sys
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import newsclean
from newsclean.cli import main
from newsclean.document import Cell, Document, Figure, Image, Link, List, ListItem, Paragraph, Quote, Table, Text
from newsclean.markup.pictures import saved_copy
from newsclean.model import Options, Record
from newsclean.runs.pictures import extract_pictures, picture_suffix
from tests.saved import page, tree

if TYPE_CHECKING:
    from pathlib import Path


def png(width: int = 3, height: int = 2, shade: int = 0) -> bytes:
    """Return a grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def data_uri(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"


def page_with(*images: str) -> str:
    """Return a page whose article holds these img elements behind its first paragraph."""
    return page().replace("</p>", "</p>" + "".join(f"<p>{image}</p>" for image in images), 1)


def save(folder: Path, name: str, source: str, **files: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")
    for file, data in files.items():
        beside = folder / f"{path.stem}_files" / f"{file}.png"
        beside.parent.mkdir(exist_ok=True)
        beside.write_bytes(data)
    return path


def of_file(path: Path | str) -> Record:
    return Record("", path=str(path))


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- which copy an image has ----------------------------------------------------------------------------------------

PICTURE, BIG = data_uri(png()), data_uri(png(64, 48) + b"\1" * 2000)
BLURRED = data_uri(png(20, 15) + b"\1" * 2000)
"""What a loader would replace: few pixels in many bytes."""


@pytest.mark.parametrize(
    ("sources", "alone", "expected"),
    [
        ((PICTURE,), True, PICTURE),
        ((PICTURE,), False, None),
        ((BIG,), False, BIG),
        ((BLURRED,), False, None),
        ((BLURRED, "./a_files/b.png"), False, "./a_files/b.png"),
        ((BLURRED,), True, BLURRED),
        ((data_uri(png(1, 1)),), True, None),
        ((data_uri(b"GIF89a\1\0\1\0\x80\0\0"),), True, None),
        ((PICTURE.replace(",", ", \n"),), True, PICTURE),
        ((PICTURE.replace("=", "%3D").replace("+", "%2B"),), True, PICTURE),
        ((data_uri(b"<svg onload='x'/>", "image/svg+xml"),), True, None),
        ((data_uri(b"<script>", "text/html"),), True, None),
        (("data:image/png,<script>",), True, None),
        (("data:image/png;base64,<script>",), True, None),
        (("https://example.org/a.png", "//example.org/a.png", "/a.png", "C:\\a.png"), True, None),
        (("file:///pier/a_files/b.png",), True, "file:///pier/a_files/b.png"),
        (("cid:lamp@pier.example",), True, "cid:lamp@pier.example"),
        (("https://example.org/a.png", "./a_files/b.png"), False, "./a_files/b.png"),
    ],
)
def test_finds_the_copy_that_was_saved_with_the_page(sources: list[str], alone: bool, expected: str | None) -> None:
    assert saved_copy(sources, alone=alone) == expected


# --- --keep-data-uris -----------------------------------------------------------------------------------------------


def test_drops_data_pictures_to_their_alt_text_by_default() -> None:
    markdown = newsclean.convert(page_with(f'<img src="{BIG}" alt="A map of the bay">')).markdown
    assert "A map of the bay" in markdown
    assert "data:" not in markdown


@pytest.mark.parametrize("picture", [PICTURE, BIG])
def test_keeps_data_pictures_where_asked(picture: str) -> None:
    source = page_with(f'<img src="{picture}" alt="A map">')
    article = newsclean.convert(source, options=Options(keep_data_uris=True))
    assert f"![A map]({picture})" in article.markdown
    assert f'src="{picture}"' in article.html
    figures = [block for block in article.to_dict()["blocks"] if block["type"] == "figure"]
    assert figures[0]["images"] == [{"src": picture, "alt": "A map", "href": None}]


def test_prefers_the_address_to_a_placeholder_inside_the_page() -> None:
    source = page_with(f'<img src="{PICTURE}" data-src="https://example.org/a.png" alt="A map">')
    assert (
        "![A map](https://example.org/a.png)"
        in newsclean.convert(source, options=Options(keep_data_uris=True)).markdown
    )


def test_command_keeps_data_pictures(inside: Path) -> None:
    save(inside, "a.html", page_with(f'<img src="{BIG}" alt="A map">'))
    assert "data:image" not in invoke("a.html").stdout
    assert f"![A map]({BIG})" in invoke("--keep-data-uris", "a.html").stdout


# --- --extract-media ------------------------------------------------------------------------------------------------


def test_writes_data_pictures_and_links_to_them(inside: Path) -> None:
    save(inside, "a.html", page_with(f'<img src="{BIG}" alt="A map">', f'<p>b</p><img src="{BIG}" alt="Again">'))
    result = invoke("a.html", "-o", "out/a.md", "--extract-media", "out/media")
    assert (result.exit_code, result.stderr) == (0, "")
    (name,) = [name for name in tree(inside / "out") if name != "a.md"]
    assert tree(inside / "out")[name] == png(64, 48) + b"\1" * 2000
    markdown = (inside / "out" / "a.md").read_text("utf-8")
    assert f"![A map]({name})" in markdown
    assert f"![Again]({name})" in markdown


def test_copies_pictures_of_a_page_saved_complete(inside: Path) -> None:
    source = page_with(
        '<img src="./My%20page_files/one.png" srcset="https://example.org/w.png 2x" alt="One">',
        '<img src="My page_files/two.png?w=640" alt="Two">',
    ).replace("<head>", '<head><link rel="canonical" href="https://example.org/news/1">')
    save(inside, "My page.html", source, one=png(shade=1), two=png(shade=2))
    assert invoke("My page.html", "-o", "a.md", "--extract-media", "my media").exit_code == 0
    written = tree(inside / "my media")
    assert sorted(written.values()) == sorted([png(shade=1), png(shade=2)])
    markdown = (inside / "a.md").read_text("utf-8")
    assert all(f"](my%20media/{name})" in markdown for name in written)


def test_links_are_relative_to_the_output(inside: Path) -> None:
    for name in ("in/a.html", "in/deep/b.html"):
        save(inside, name, page_with(f'<img src="{BIG}" alt="A">'))
    for jobs in (1, 3):
        result = invoke("in", "-o", f"out{jobs}", "-j", jobs, "--extract-media", "pictures")
        assert result.exit_code == 0
        (name,) = tree(inside / "pictures")
        assert f"(../pictures/{name})" in (inside / f"out{jobs}" / "a.md").read_text("utf-8")
        assert f"(../../pictures/{name})" in (inside / f"out{jobs}" / "deep" / "b.md").read_text("utf-8")
    lines = invoke("in", "-t", "jsonl", "-o", "deep/all.jsonl", "--extract-media", "pictures")
    assert lines.exit_code == 0
    first = json.loads((inside / "deep" / "all.jsonl").read_text("utf-8").splitlines()[0])
    assert f"(../pictures/{name})" in first["content_markdown"]
    assert f"(pictures/{name})" in invoke("in/a.html", "--extract-media", "pictures").stdout


def test_second_run_skips_unless_a_picture_is_gone(inside: Path) -> None:
    save(inside, "in/a.html", page_with(f'<img src="{BIG}" alt="A">'))
    arguments = ("in", "-o", "out", "--extract-media", "media")
    assert "1 converted" in invoke(*arguments).stderr
    assert "1 up to date" in invoke(*arguments).stderr
    next((inside / "media").iterdir()).unlink()
    assert "1 converted" in invoke(*arguments).stderr
    assert len(tree(inside / "media")) == 1
    assert "1 converted" in invoke(*arguments[:-1], "elsewhere").stderr


def test_makes_no_folder_without_pictures(inside: Path) -> None:
    save(inside, "a.html", page())
    assert invoke("a.html", "--extract-media", "media").exit_code == 0
    assert not (inside / "media").exists()


@pytest.mark.parametrize(
    "path",
    [
        *(
            "../secret.png",
            "a_files/../../secret.png",
            "a_files/%2e%2e/%2e%2e/secret.png",
            "a_files/..%2f..%2fsecret.png",
        ),
        *("secret.png", "other_files/secret.png", "a_files/link.png", "a_files/out/secret.png", "a_files", "a_files/"),
        *(
            "a_files\\..\\..\\secret.png",
            "a_files/page.png",
            "a_files/missing.png",
            "a_files/x%00.png",
            "b_files/ok.png",
        ),
        *("%2Fetc/passwd", "a_files/" + "x" * 5000, "a_files/[.png"),
    ],
)
def test_reads_nothing_but_pictures_in_the_own_folder(inside: Path, path: str) -> None:
    save(inside / "in", "a.html", page(), ok=png())
    (inside / "secret.png").write_bytes(png(shade=7))
    (inside / "in" / "secret.png").write_bytes(png(shade=7))
    save(inside / "in", "b.html", page(), ok=png(shade=7))
    (inside / "in" / "a_files" / "page.png").write_text("<script>no picture</script>")
    (inside / "in" / "a_files" / "link.png").symlink_to(inside / "secret.png")
    (inside / "in" / "a_files" / "out").symlink_to(inside)
    (inside / "in" / "other_files").symlink_to(inside)
    document = Document((Figure((Image("", "a", saved=path),)),))
    assert extract_pictures(document, of_file(inside / "in" / "a.html"), str)[1] == ()
    fine = Document((Figure((Image("", "a", saved="a_files/ok.png"),)),))
    assert [one.data for one in extract_pictures(fine, of_file(inside / "in" / "a.html"), str)[1]] == [png()]


def test_own_folder_that_is_a_link_is_not_read(inside: Path) -> None:
    save(inside, "a.html", page())
    (inside / "pictures").mkdir()
    (inside / "pictures" / "one.png").write_bytes(png())
    (inside / "a_files").symlink_to(inside / "pictures")
    document = Document((Figure((Image("", saved="a_files/one.png"),)),))
    assert extract_pictures(document, of_file("a.html"), str)[1] == ()


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_pipe_in_the_own_folder_does_not_hang(inside: Path) -> None:
    save(inside, "a.html", page(), one=png())
    os.mkfifo(inside / "a_files" / "pipe.png")
    document = Document((Figure((Image("", saved="a_files/pipe.png"),)),))
    assert extract_pictures(document, of_file("a.html"), str)[1] == ()


def test_replaces_images_wherever_they_stand() -> None:
    image = Image("https://example.org/x.png", "a", saved=PICTURE)
    inline = Paragraph((Link("https://example.org/", (image, Text("b"))),))
    document = Document((Quote((List((ListItem((inline,)),)),)), Table((), ((Cell((inline,)),),), (None,)), inline))
    found, pictures = extract_pictures(document, Record(""), lambda name: f"m/{name}")
    assert [picture.data for picture in pictures] == [png()]
    assert repr(found).count(f"m/{pictures[0].name}") == 3
    assert "data:" not in repr(found)


def test_address_of_a_file_is_a_name_and_reads_nothing(inside: Path) -> None:
    (inside / "secret.png").write_bytes(png())
    image = Image("", "a", saved=(inside / "secret.png").as_uri())
    assert extract_pictures(Document((Figure((image,)),)), of_file(inside / "a.html"), str)[1] == ()


def test_image_without_a_usable_copy_keeps_its_address() -> None:
    image = Image("https://example.org/x.png", "a", saved="x_files/x.png")
    assert extract_pictures(Document((Figure((image,)),)), Record(""), str)[0].blocks == (
        Figure((Image("https://example.org/x.png", "a"),)),
    )


def test_stops_at_the_size_that_one_page_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.runs.pictures.MAX_PICTURES", 2 * len(png()) + 9)
    images = tuple(Image(f"{n}", saved=data_uri(png(shade=n))) for n in range(4))
    assert len(extract_pictures(Document((Figure(images),)), Record(""), str)[1]) == 2


def test_names_pictures_by_what_they_are() -> None:
    assert picture_suffix(png()) == ".png"
    assert picture_suffix(b"RIFF\0\0\0\0WEBPVP8 ") == ".webp"
    assert picture_suffix(b"\xff\xd8\xff\xe0") == ".jpg"
    assert picture_suffix(b"<svg xmlns='http://www.w3.org/2000/svg'/>") is None
    assert picture_suffix(b"") is None
