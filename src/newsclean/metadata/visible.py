"""Page → what a reader sees about the article: headline, byline and dateline around it. Blocks and class names, no meta."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from newsclean.metadata.dates import find_date, parse_date
from newsclean.metadata.findings import Findings, tidy
from newsclean.metadata.names import clean_names, is_person, starts_with_by
from newsclean.metadata.structured import visible_text
from newsclean.metadata.titles import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.parse import Block, Element, Page

BLOCKS_BEFORE = 8
"""Blocks above the headline that can hold the byline or the dateline."""
BLOCKS_AFTER = 16
PARAGRAPH_CHARS = 350
"""Characters of a block past which the article's text has begun."""
MAX_LINE_CHARS = 220
"""Characters of a block that can be a byline or a dateline."""
MAX_CLIMB = 5
"""Ancestors of a text whose class names tell what it is."""
MAX_ANCESTORS = 40
MAX_ELEMENTS = 200

# class, id, rel, itemprop or data attribute of a byline: "byline", "article__author", "c-byline", "autor"
_BYLINE_RE = re.compile(r"\b(?:\w*[-_])?(?:by-?line|author|auteur|autor|writer|verfasser|contributor|redacteur)", re.I)
# ... and of what stands beside the names inside one
_BESIDE_RE = re.compile(
    r"bio|desc|avatar|image|photo|social|follow|share|twitter|title|role|job|position|box|more|count|comment|date|time|newsletter|related",
    re.I,
)
_DATE_CLASS_RE = re.compile(r"(?:^|[\s_-])(?:date|time|datetime|published|pubdate|posted|timestamp|datum|fecha|data|meta)", re.I)
# Parts of a page that speak of other texts than the article
_ELSEWHERE_RE = re.compile(
    r"comment|disqus|related|recommend|sidebar|teaser|promo|widget|most-?(?:read|popular)|trending|latest|popular|more-?(?:from|news|stories)"
    r"|read-?(?:more|next)|footer|nav\b|newsletter|carousel|\bcards?\b|also-?(?:read|like)|copyright|author-?(?:bio|box)-?posts",
    re.I,
)
_ELSEWHERE_TAGS = frozenset({"aside", "footer", "nav"})
# "Updated", "Last modified", "Aktualisiert", "Mis à jour", "Actualizado"
_UPDATED_RE = re.compile(
    r"\b(?:last\s)?(?:updated?|modified|edited|revised|reviewed)\b|aktualisiert|\bupdate:|mis(?:e)? à jour|actualizad[oa]|atualizad[oa]"
    r"|aggiornat[oa]|bijgewerkt|uppdatera[dt]|oppdatert|opdateret|päivitetty|aktualizacja|aktualizováno|обновлен|güncelle|更新|수정|تحديث",
    re.I,
)
_URL_DATE_RE = re.compile(r"(?<!\d)(19[9]\d|20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")  # "/2025/07/04/"
_HEADINGS = etree.XPath("//h1")
_BYLINES = etree.XPath(
    "//*[@rel='author' or @itemprop='author' or contains(@class,'uthor') or contains(@class,'yline') or contains(@class,'y-line')"
    " or contains(@class,'utor') or contains(@class,'uteur') or contains(@data-testid,'yline')]"
)
_DATES = etree.XPath(
    "//time | //*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'ublish') or contains(@class,'osted')"
    " or contains(@class,'time') or contains(@class,'datum') or contains(@class,'fecha')]"
)


def find_headline(page: Page, titles: Iterable[str]) -> tuple[int, str] | None:
    """Return block number and text of the headline: the h1 that a title of the page agrees with, else the first h1."""
    keys = [letters(title) for title in titles]
    headings = [heading for heading in _headings(page) if heading[1]]
    for number, text in headings:
        own = letters(text)
        if any(own in title or title in own for title in keys if len(title) > 5 and len(own) > 5):
            return number, text
    if headings:
        return headings[0]
    for block in page.blocks:
        if len(block.text) < 300 and (own := letters(block.text)) and own in keys and len(own) > 10:
            return block.number, block.text
    return None


def _headings(page: Page) -> Iterator[tuple[int, str]]:
    for node in page.nodes:
        if node.tag == "h1" and node.first < node.last:
            yield node.first, " ".join(block.text for block in page.blocks[node.first : node.last][:3] if block.text)


def read_visible(page: Page, headline: int | None, month_first: bool | None) -> Findings:
    """Return the authors and dates that stand near the headline, then those that class names point at elsewhere."""
    into = Findings()
    near = _near(page, headline) if headline is not None else []
    _read_bylines(near, into)
    _read_datelines(near, month_first, into)
    if not into.of("author"):
        _read_byline_elements(page, into)
    if not into.of("published"):
        _read_date_elements(page, month_first, into)
    return into


def _near(page: Page, headline: int) -> list[Block]:
    """Return the blocks that follow the headline up to the first paragraph, then those just above it."""
    after: list[Block] = []
    for block in page.blocks[headline + 1 : headline + 1 + BLOCKS_AFTER]:
        if block.chars > PARAGRAPH_CHARS and block.link_density < 0.5:
            break
        after.append(block)
    before = page.blocks[max(0, headline - BLOCKS_BEFORE) : headline]
    return [block for block in [*after, *reversed(before)] if 0 < len(block.text) <= MAX_LINE_CHARS]


def _read_bylines(near: list[Block], into: Findings) -> None:
    seen: set[Element] = set()
    for block in near:
        for element in _byline_elements(block):
            if element not in seen:
                seen.add(element)
                _add_authors(visible_text(element), "byline", into)
    if not into.of("author"):
        for block in near:
            if starts_with_by(block.text) and any(is_person(name) for name in clean_names(block.text)):
                _add_authors(block.text, "byline text", into)
                return


def _byline_elements(block: Block) -> Iterator[Element]:
    """Yield the innermost elements around the block's texts whose names say that they hold an author."""
    for element, is_tail in block.pieces:
        inner = element.getparent() if is_tail else element
        for _ in range(MAX_CLIMB):
            if inner is None or inner.tag in ("body", "article", "main", "header", "section"):
                break
            names = _names(inner)
            if _BYLINE_RE.search(names):
                if not _BESIDE_RE.search(names):
                    yield inner
                break
            inner = inner.getparent()


def _names(element: Element) -> str:
    """Return what an element is called by its attributes."""
    get = element.get
    return " ".join(filter(None, (get("class"), get("id"), get("rel"), get("itemprop"), get("data-testid"))))


def _add_authors(text: str, where: str, into: Findings) -> None:
    text = tidy(text)
    if len(text) <= MAX_LINE_CHARS:
        for name in clean_names(text):
            into.add("author", name, where)


def _read_datelines(near: list[Block], month_first: bool | None, into: Findings) -> None:
    for block in near:
        if block.link_density > 0.8 and len(block.text) > 40:
            continue
        stamped = [element for element, _ in block.pieces if element.tag == "time" and element.get("datetime")]
        for element in stamped:
            _add_date(visible_text(element) or block.text, parse_date(element.get("datetime") or ""), block.text, "time element", into)
        if not stamped:
            parts = _UPDATED_RE.split(block.text)
            into.add("published", find_date(parts[0], month_first=month_first), "dateline")
            for part in parts[1:]:
                into.add("modified", find_date(part, month_first=month_first), "dateline")


def _add_date(label: str, found: str | None, around: str, where: str, into: Findings) -> None:
    start = around.find(tidy(label))
    before = around[: max(start, 0)][-40:]
    into.add("modified" if _UPDATED_RE.search(before) else "published", found, where)


def _read_byline_elements(page: Page, into: Findings) -> None:
    found = _BYLINES(page.root)
    for element in found[:MAX_ELEMENTS] if isinstance(found, list) else []:
        names = _names(element)
        if not _BYLINE_RE.search(names) or _BESIDE_RE.search(names) or is_elsewhere(element):
            continue
        _add_authors(element.get("content") or visible_text(element), "byline", into)
        if into.of("author"):
            return


def _read_date_elements(page: Page, month_first: bool | None, into: Findings) -> None:
    found = _DATES(page.root)
    for element in found[:MAX_ELEMENTS] if isinstance(found, list) else []:
        if element.tag in ("meta", "link", "script", "body", "html") or is_elsewhere(element):
            continue
        stamp = element.get("datetime")
        text = tidy(visible_text(element))
        if stamp or (len(text) <= MAX_LINE_CHARS and _DATE_CLASS_RE.search(element.get("class") or "time")):
            value = parse_date(stamp) if stamp else find_date(text, month_first=month_first)
            if value:
                into.add("modified" if _UPDATED_RE.search(f"{_names(element)} {text}") else "published", value, f"{element.tag} element")
                return


def is_elsewhere(element: Element) -> bool:
    """Return whether an element stands in a part of the page that is about other texts."""
    for distance, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in ("article", "main", "body") or distance > MAX_ANCESTORS:
            return False
        if ancestor.tag in _ELSEWHERE_TAGS or _ELSEWHERE_RE.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
            return True
    return False


def url_date(url: str | None) -> str | None:
    """Return the day that a URL's path names, or None."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    match = _URL_DATE_RE.search(path)
    return parse_date(f"{match[1]}-{match[2]}-{match[3]}") if match else None
