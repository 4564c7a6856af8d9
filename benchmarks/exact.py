"""How many invented pages come out just as an expert wants them: python -m benchmarks.structure --invented.

fixtures/structure/KIND holds NAME.html or NAME.txt with its gold NAME.md. Both Markdowns are rendered, and what a
reader sees is compared: how a list is marked, where a line is wrapped or what a note is called makes no difference;
alignment and titles shown on hovering do not count.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

import newsclean
from benchmarks.corpora import REPOSITORY
from benchmarks.elements import render
from newsclean.errors import NoArticleError
from newsclean.render.markdown import render_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.gate import Floors

    Element = etree._Element

PAGES = REPOSITORY / "fixtures" / "structure"
FLOOR = "invented pages"
"""Where floors.json holds the share of them that has to be exact."""

SHOWN_LINES = 12
"""Lines of a difference that are shown."""

_KEPT = frozenset(("href", "src", "alt", "start", "checked"))
_BLOCKS = "p|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|blockquote|section|pre|h[1-6]|hr|figure|eqn"
_BLOCK_RE = re.compile(rf"\s*(</?(?:{_BLOCKS})\b[^>]*>)\s*")  # " <li>\n"
_SPACE_RE = re.compile(r"\s+")
_LANGUAGE_RE = re.compile(r"language-\S+")  # "language-python"


@dataclass(frozen=True, slots=True)
class Page:
    """An invented page with its gold."""

    path: Path

    @property
    def kind(self) -> str:
        """Return what it tries: the name of its folder."""
        return self.path.parent.name

    @property
    def gold(self) -> str:
        """Return the Markdown that an expert wants."""
        return self.path.with_suffix(".md").read_text("utf-8")

    def markdown(self) -> str:
        """Return what newsclean makes of it, without front matter."""
        try:
            article = newsclean.convert(self.path)
        except NoArticleError:
            return ""
        return render_markdown(article.document, article.metadata, front_matter="none")

    def differences(self) -> list[str]:
        """Return the lines that a reader of both sees differ, none where the page is exact."""
        wanted, got = (shown(markdown) for markdown in (self.gold, self.markdown()))
        return [line for line in difflib.ndiff(wanted, got) if line[0] in "+-"]


def pages(folder: Path = PAGES) -> list[Page]:
    """Return the invented pages, by kind and name."""
    return [Page(path) for path in sorted(folder.glob("*/*")) if path.suffix in (".html", ".txt")]


def shown(markdown: str) -> list[str]:
    """Return what a reader sees of Markdown: a line for the begin, the end and the text of every block."""
    root = etree.fromstring(f"<body>{render(markdown, named=False)}</body>", etree.HTMLParser(remove_comments=True))
    for element in list(root.iter()):
        _strip(element)
    source = etree.tostring(root, encoding="unicode", method="html")
    lines = _BLOCK_RE.sub(r"\n\1\n", "".join(_collapsed(source))).split("\n")
    return [line for part in lines if (line := part.strip()) and line not in ("<html>", "<body>", "</body>", "</html>")]


def _strip(element: Element) -> None:
    """Leave the attributes that a reader sees; an item's first paragraph is its text, be its list tight or loose."""
    language = _LANGUAGE_RE.search(element.get("class") or "")
    for name in [str(name) for name in element.attrib if name not in _KEPT]:
        del element.attrib[name]
    if language:
        element.set("class", language[0])
    parent = element.getparent()
    if element.tag != "p" or parent is None or parent.tag not in ("li", "dd") or (parent.text or "").strip():
        return
    if parent[0] is element:
        element.tag = "first"
        etree.strip_tags(parent, "first")


def _collapsed(source: str) -> Iterator[str]:
    """Yield the parts of a source with white space collapsed outside of listings."""
    for number, part in enumerate(re.split(r"(<pre>.*?</pre>)", source, flags=re.S)):
        yield part.replace("\n", "\u2424") if number % 2 else _SPACE_RE.sub(" ", part)


def table(results: Sequence[tuple[Page, list[str]]]) -> Iterator[str]:
    """Yield a line for each kind, and one for all: pages, how many are exact, their share."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for page, differences in results:
        kinds[page.kind].append(not differences)
    for kind, exact in (*kinds.items(), ("all", [not differences for _, differences in results])):
        yield f"{kind:16}{len(exact):>5}{sum(exact):>5}{sum(exact) / len(exact):>8.3f}"


def share(results: Sequence[tuple[Page, list[str]]]) -> float:
    """Return the share of pages that are exact."""
    return sum(not differences for _, differences in results) / len(results) if results else 0.0


def measure() -> list[tuple[Page, list[str]]]:
    """Convert every page; return it with what differs."""
    return [(page, page.differences()) for page in pages()]


def failures(floors: Floors) -> Iterator[str]:
    """Yield why the gate fails: fewer pages are exact than the floor asks."""
    floor = floors.get(FLOOR, {}).get("exact")
    value = share(measure()) if floor is not None else 1.0
    if floor is not None and value < floor:
        yield f"{FLOOR}: {value:.3f} are exact, under the floor {floor:.3f} (python -m benchmarks.structure --invented)"


def report(worst: bool) -> Iterator[str]:
    """Yield the table, and with `worst` what differs."""
    results = measure()
    yield from table(results)
    for page, differences in results if worst else ():
        if differences:
            yield f"\n{page.kind}/{page.path.name}"
            yield from (f"  {line[:200]}" for line in differences[:SHOWN_LINES])
