"""The fixture folders of flattened text, in every shape a text can take."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from newsclean.facts.lines import read_line_metadata
from newsclean.flattext import parse_text
from newsclean.judge.lines import vote_lines
from newsclean.model import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.model import Metadata

FOLDERS = sorted(path.parent for path in (Path(__file__).parent.parent / "fixtures" / "text").glob("*/page.txt"))
TWIN = Path(__file__).parent.parent / "fixtures" / "text" / "repeated-headline"


def read_article(text: str) -> tuple[Metadata, list[str]]:
    page = parse_text(text)
    ballot = vote_lines(page, Options())
    assert ballot is not None
    kept = [block.text for block in page.blocks if ballot.scores[block.number] >= ballot.cut]
    return read_line_metadata(page), kept


def wrap(width: int) -> Callable[[str], str]:
    return lambda text: "\n".join(textwrap.fill(line, width) if line else "" for line in text.split("\n"))


def in_latin_1(text: str) -> str:
    """Return what is left of a text that went through latin-1: typographic marks become plain ones."""
    marks = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "•": "*"}
    plain = re.sub("[’‘“”–•]", lambda mark: marks[mark.group()], text)
    return plain.encode("latin-1").decode("latin-1")


SHAPES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "wrapped at 60": wrap(60),
    "wrapped at 72": wrap(72),
    "wrapped at 80": wrap(80),
    "double-spaced": lambda text: text.replace("\n", "\n\n"),
    "with CRLF": lambda text: text.replace("\n", "\r\n"),
    "with CR": lambda text: text.replace("\n", "\r"),
    "without indentation": lambda text: re.sub(r"(?m)^[ \t]+", "", text),
    "in latin-1": in_latin_1,
    "without blank lines": lambda text: re.sub(r"\n+", "\n", text),
    "wrapped at 72, double-spaced": lambda text: wrap(72)(text).replace("\n", "\n\n"),
    "wrapped at 60, without blank lines": lambda text: re.sub(r"\n+", "\n", wrap(60)(text)),
    "indented by four": lambda text: textwrap.indent(text, "    "),
    "quoted like a mail": lambda text: "\n".join("> " + line for line in text.split("\n")),
}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.name))
def test_gives_the_article_of_the_fixture(folder: Path) -> None:
    expected: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    metadata, body = read_article((folder / "page.txt").read_bytes().decode("utf-8"))
    assert body == expected["body"]
    assert metadata.title == expected["title"]
    assert list(metadata.authors) == expected["authors"]
    assert metadata.published == expected["published"]


@pytest.mark.parametrize("shape", SHAPES)
def test_gives_the_article_in_every_shape(shape: str) -> None:
    expected: dict[str, Any] = json.loads((TWIN / "expected.json").read_text(encoding="utf-8"))
    text = (TWIN / "page.txt").read_text(encoding="utf-8")
    metadata, body = read_article(SHAPES[shape](text))
    told = in_latin_1 if shape == "in latin-1" else str
    assert body == [told(paragraph) for paragraph in expected["body"]]
    assert (metadata.title, metadata.authors, metadata.published) == (
        expected["title"],
        tuple(expected["authors"]),
        expected["published"],
    )
