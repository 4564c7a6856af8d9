"""Blocks near the headline and elements with telling names → the authors that the page shows."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.facts.authorboxes import is_told_of, poster_of
from newsclean.facts.closings import MAIL_HEAD, closing_credit, closing_name, heads_of_mails, without_mails
from newsclean.facts.findings import Findings, is_sentence, tidy
from newsclean.facts.headlines import HEADINGS
from newsclean.facts.signatures import read_signatures
from newsclean.facts.surroundings import (
    is_declared_author,
    is_elsewhere,
    is_foreign,
    is_in_reviews,
    is_in_teaser,
    names_of,
    piece_text,
    visible_text,
    walk_named,
)
from newsclean.lexicon.credits import PREPOSITIONS, ROLE_OF
from newsclean.lexicon.dates import find_date, without_date
from newsclean.lexicon.names import clean_names, credited, starts_with_by
from newsclean.lexicon.persons import ADDRESS_RE, is_given_name, is_person

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from newsclean.page.html import Block, Element, Page

MAX_CHARS = 220
"""Characters of a text that can be a byline."""
MAX_CLIMB = 5
"""Ancestors of a text whose names tell what it is."""
MAX_ELEMENTS, MAX_BLOCKS, MAX_LINKS = 200, 3_000, 3_000
MIN_SIGNED, MAX_SIGNED = 8, 90
"""Characters of a block that signs the article."""
MAX_LABEL = 40
"""Characters of a label."""
AFTER_TEXT = 2
"""Blocks from the first sentence on in which a name still signs: a standfirst can come before it."""
CARDS = 8
"""Blocks behind "Authors" in which they stand, each with what is said of them."""
PLURAL = frozenset(
    "authors autoren autorinnen auteurs autores autori autoři autorzy автори авторы szerzők contributors".split()
)
NO_SIGNATURES = frozenset("blockquote li h1 h2 h3 h4 h5 h6 button td figcaption label".split())
"""Elements of menus, teasers and captions, whose lines sign nothing."""
MAX_PIECES = 60
"""Pieces of a line that are read."""
MANY = 3
"""Names from which on, with no person among them, a list is one of topics."""
BYLINE_BLOCKS = 3
"""Blocks after the first with an author in which co-authors can stand; what follows is about somebody else."""

# "byline", "article__author", "c-by-line", "autor", "entry-author-name"
_BYLINE_RE = re.compile(
    r"\b(?:\w{0,40}[-_])?(?:by-?line|author|auteur|autor|writer|verfasser|contributor|redacteur|forfatter|skribent|szerz[oő]|penulis)"
    r"|(?:^|\s)(?:aut|firma|journalist|reporter|signature|yazar|kirjoittaja|toimittaja)(?:$|\s)",
    re.I,
)
_BYLINES = tuple(
    "byline by-line aut writer verfasser contributor redacteur forfatter skribent szerz penulis firma journalist"
    " reporter signature yazar kirjoittaja toimittaja".split()
)
"""What all of these hold, in lower case: found far sooner than by the pattern, which is asked after them."""
# What stands beside the names inside a byline
_BESIDE_RE = re.compile(
    r"bio|desc|avatar|image|photo|social|follow|share|twitter|title|role|job|position|box|more|count|comment|date|time|newsletter"
    r"|related|link-list|editor-note",
    re.I,
)
_NAME_RE = re.compile(r"(?:author|autor|auteur|writer)[\w-]{0,20}[-_]name\b", re.I)  # "author-box__name"
# "/author/ann-lee", "/people/ann-lee/", "/autoren/eva-maier", "/userinfo.php?uid=6"
_PROFILE_RE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|by|profile?s?|people|staff|contributors?|writers?|redaktion|journalist[ae]?s?"
    r"|members?|mitglied(?:er)?|users?|user[-_]?(?:info|profile|overview|uebersicht))(?:/|\.php)",
    re.I,
)
# " by Ann Lee" after a date or a label
_MIDDLE_BY_RE = re.compile(r"(?:^|[\s|·•,–—-])(?:by|von|par|por)[:\s]+(?=\S)", re.I)
_JOINED_RE = re.compile(r"&|(?<!\w)(?:and|und|et|y|e|og|och|en|with|mit)(?!\w)", re.I)  # "Ann Lee and Bo Ek"
_FIRST_WORDS_RE = re.compile(r"^(?:\W|[^\W\d_]{1,5}(?=\W*,))*")  # " року, " of "7 березня 2020 року, Зоряна Скеля"
_BREAK_RE = re.compile(r"\s+[|·•–—-]\s+|\s*[|·•]\s*")


def read_bylines(
    page: Page | None, near: list[Block], into: Findings, headline: int = 0, *, seek_lone: bool = False
) -> None:
    """Note the authors that the first of five ways finds, from named elements by the headline to names by dates.

    Only the blocks near the headline are read where no page is given.
    """
    for read in (_read_named_blocks, _read_credits, _read_by_texts, _read_labels):
        read(near, into)
        if into.of("author"):
            return
    if page is not None:
        _read_named_elements(page, into)
    if not into.of("author"):
        _read_beside_dates(near, into)
    for seek in (_read_closing, _read_signed, _read_profiles):
        if page is not None and not into.of("author"):
            seek(page, into)
    if page is not None and seek_lone and near and not into.of("author"):
        _read_lone_names(page, near, headline, into)
    if page is not None and seek_lone and not into.of("author"):
        _read_posted(page, near, into)


def _is_named_byline(names: str) -> bool:
    lower = names.lower()
    return any(name in lower for name in _BYLINES) and _BYLINE_RE.search(names) is not None


def _read_named_blocks(near: list[Block], into: Findings) -> None:
    seen: set[Element] = set()
    found_at: int | None = None
    for block in near:
        if found_at is not None and not 0 <= block.number - found_at <= BYLINE_BLOCKS:
            continue
        elements = [element for element in _byline_elements(block) if element not in seen]
        others = {name for role, name in credited(line_of(block)) if role != "author"} if elements else set()
        for element in dict.fromkeys(elements):
            seen.add(element)
            _add(_names_in(element), "byline", into, others)
        if into.of("author") and found_at is None:
            found_at = block.number


def _byline_elements(block: Block) -> Iterator[Element]:
    """Yield the innermost elements around the block's texts whose names or links say that they hold an author."""
    for element, is_tail in block.pieces:
        inner = element.getparent() if is_tail else element
        for _ in range(MAX_CLIMB):
            if inner is None or inner.tag in ("body", "article", "main", "header", "section"):
                break
            names = names_of(inner)
            if _is_named_byline(names) or (inner.tag == "a" and _PROFILE_RE.search(inner.get("href") or "")):
                is_beside = _BESIDE_RE.search(names) and not _NAME_RE.search(names)
                is_told = not _is_named_byline(names) and is_told_of(block.text, tidy(visible_text(inner)))
                if not (is_beside or is_told or is_in_reviews(inner) or is_in_teaser(inner)):
                    yield inner
                break
            inner = inner.getparent()


def _read_credits(near: list[Block], into: Findings) -> None:
    """Note the persons that the labels of the first line with any name: "By Ann Lee", "Text: Eva Maier Foto: Bo Ek"."""
    for block in near:
        if block.pieces[0][0].tag in HEADINGS or is_in_teaser(block.pieces[0][0]):
            continue
        line = line_of(block)
        names = [name for role, name in credited(line) if role == "author"]
        if names and not is_in_reviews(block.pieces[0][0]):
            for name in names:
                into.add("author", name, "byline text")
            return


def read_contributors(near: list[Block], into: Findings) -> None:
    """Note the persons near the headline whose label says that they did something else than write."""
    for block in near:
        for role, name in credited(line_of(block)):
            if role != "author" and block.pieces[0][0].tag not in NO_SIGNATURES:
                into.add("contributor", name, role)


def line_of(block: Block) -> str:
    """Return the text of a block with " | " where one element of the line ends and another begins."""
    pieces = [
        (text, element, is_tail)
        for element, is_tail in block.pieces[:MAX_PIECES]
        if (text := piece_text(element, is_tail))
    ]
    line = ""
    for number, (text, element, is_tail) in enumerate(pieces):
        if not text.strip():
            line += " "
            continue
        before = (
            pieces[number - 1]
            if number and pieces[number - 1][0].strip()
            else pieces[number - 2]
            if number > 1
            else None
        )
        is_glued = bool(line) and not line[-1].isspace()
        if element.tag == "br" or (
            before and line.strip() and _are_apart(before, (text, element, is_tail), is_glued=is_glued)
        ):
            line += " | "
        elif is_glued and line[-1].islower() and text[0].isupper():  # "By" in one element, the name in the next
            line += " "
        line += text
    return tidy(line)


Piece = tuple[str, "Element", bool]


def _are_apart(before: Piece, after: Piece, *, is_glued: bool) -> bool:
    """Return whether two texts stand in elements of their own and are a part of the line each."""
    if before[2] or after[2] or before[1] is after[1] or before[1] in after[1].iterancestors():
        return False
    if is_glued:
        return before[0][-1:].isalnum() and after[0][:1].isalnum()
    return all(len(text.split()) > 1 or any(map(str.isdigit, text)) for text in (before[0], after[0]))


def _read_by_texts(near: list[Block], into: Findings) -> None:
    """Note the authors of a line such as "By Ann Lee" or "4 July 2025 by Ann Lee"."""
    for block in near:
        if is_in_teaser(block.pieces[0][0]):
            continue
        middle = _MIDDLE_BY_RE.search(block.text) if len(block.text) < MAX_CHARS // 2 else None
        for text in (block.text if starts_with_by(block.text) else "", block.text[middle.end() :] if middle else ""):
            names = clean_names(text)
            if any(is_person(name) for name in names) or (middle and _is_nickname(block.text, middle.start(), names)):
                for name in names:
                    into.add("author", name, "byline text")
                return


def _is_nickname(text: str, start: int, names: tuple[str, ...]) -> bool:
    """Return whether names that are no person's can be an author's: a line of their own, or one word with a date."""
    if start == 0:
        are_names = all(" " not in name or name[0].isupper() for name in names)  # not "By about a tenth"
        return bool(names) and are_names and len(text) < MAX_CHARS // 4
    return len(names) == 1 and " " not in names[0] and find_date(text) is not None


def _read_labels(near: Sequence[Block], into: Findings) -> None:
    """Note the persons in the block after one that says "Author" and no more, in several after "Authors"."""
    for place, label in enumerate(near):
        if not is_author_label(label.text):
            continue
        for block in near[place + 1 : place + 1 + CARDS]:
            people = (
                [name for name in clean_names(line_of(block)) if is_person(name)]
                if len(block.text) <= MAX_SIGNED
                else []
            )
            for name in people:
                into.add("author", name, "byline text")
            if block.number == label.number + 1 and (not people or not is_plural(label.text)):
                break
        if into.of("author"):
            return


def is_author_label(text: str) -> bool:
    """Return whether a text is a label before an author's name and nothing more: "Author", "Article by:"."""
    return len(text) <= MAX_LABEL and ROLE_OF.get(text.strip(" :：").lower()) == "author"


def is_plural(text: str) -> bool:
    """Return whether a label announces several authors."""
    return text.strip(" :：").lower() in PLURAL


def _read_named_elements(page: Page, into: Findings) -> None:
    for element in islice(walk_named(page.root, _is_named_byline), MAX_ELEMENTS):
        names = names_of(element)
        declared = is_declared_author(element)
        is_beside = _BESIDE_RE.search(names) and not _NAME_RE.search(names)
        if not declared and (not _is_named_byline(names) or is_beside):
            continue
        is_own = not is_elsewhere(element, footers=not declared) and not is_foreign(element, is_above=False)
        if is_own and not is_in_teaser(element):
            _add(element.get("content") or _names_in(element), "byline", into)
        if into.of("author"):
            return


def _read_beside_dates(near: list[Block], into: Findings) -> None:
    """Note the person in a line that holds a date and a name: "11.12.2025 - Ann Lee"."""
    for block in near:
        if len(block.text) < MAX_CHARS // 2 and find_date(block.text):
            for part in _BREAK_RE.split(block.text):
                rest = _FIRST_WORDS_RE.sub("", without_date(part)) if find_date(part) else part
                names = clean_names(rest)
                if names and all(is_person(name) for name in names):
                    for name in names:
                        into.add("author", name, "beside the date")
                    return


def _read_lone_names(page: Page, near: list[Block], headline: int, into: Findings) -> None:
    """Note the persons in lines near the headline that are a name and little else, as in flattened text."""
    text = next((b.number for b in near if b.number > headline and is_sentence(b.text)), len(page.blocks))
    numbers = [headline, *(block.number for block in near if block.number < text + AFTER_TEXT)]
    blocks = page.blocks[min(numbers) : max(numbers) + 1]
    items = [
        block.number not in numbers
        or page.nodes[block.node].tag in NO_SIGNATURES
        or is_elsewhere(page.nodes[block.node].element)
        for block in blocks
    ]
    lines = without_mails([ADDRESS_RE.sub(" ", line_of(block)).strip() for block in blocks])
    found = Findings()
    read_signatures(lines, items, headline - min(numbers), found)
    for finding in found.of("author"):
        is_whole = is_person(finding.value) or " " not in finding.value
        if is_whole and is_given_name(finding.value.split()[0]):
            into.add("author", finding.value, finding.where)


def _read_posted(page: Page, near: list[Block], into: Findings) -> None:
    """Note the user by one name who is said to have posted the page, by the headline or, alone, anywhere."""
    for blocks in (near, page.blocks[:MAX_BLOCKS]):
        found = {name: None for block in blocks if (name := poster_of(block.text, has_date=blocks is not near))}
        if blocks is near or len(found) == 1:
            for name in list(found)[:1]:
                into.add("author", name, "byline text")
                return


def _read_closing(page: Page, into: Findings) -> None:
    """Note who signs where the text ends: "…。（本报记者 季苏禾 文/摄）", or a name set to the right."""
    for name in closing_credit(page) or closing_name(page):
        into.add("author", name, "byline text")


def _read_signed(page: Page, into: Findings) -> None:
    """Note the persons in a short block of its own that says so, wherever it stands: "Author: Ann Lee, surveyor"."""
    for place, block in enumerate(page.blocks[:MAX_BLOCKS]):
        if MIN_SIGNED <= len(block.text) <= MAX_SIGNED and starts_with_by(block.text):
            line = line_of(block)
            if heads_of_mails([line, *(one.text for one in page.blocks[place + 1 : place + MAIL_HEAD])]):
                continue
            people = [name for role, name in credited(line) if role == "author"]
            is_whole = line.split()[0].lower() not in PREPOSITIONS or len(people) == len(clean_names(line))
            element = page.nodes[block.node].element
            is_own = not (is_elsewhere(element) or is_in_teaser(element) or is_foreign(element, is_above=False))
            if people and is_whole and is_own:
                for name in people:
                    into.add("author", name, "byline text")
                return
    _read_labels([block for block in page.blocks[:MAX_BLOCKS] if block.text], into)


def _read_profiles(page: Page, into: Findings) -> None:
    """Note the person whose profile the page links first, outside of what it says about other texts."""
    for link in islice(page.root.iter("a"), MAX_LINKS):
        if not (_is_profile(link) and _is_one_person(tidy(visible_text(link)))):
            continue
        around = link.getparent()
        is_told = around is not None and is_told_of(tidy(visible_text(around)), tidy(visible_text(link)))
        if not (is_told or is_elsewhere(link) or is_in_teaser(link)):
            _add(visible_text(link), "link to a profile", into)
            return


def _add(text: str, where: str, into: Findings, others: Container[str] = ()) -> None:
    """Note the names of a text but those of other hands."""
    text = tidy(text)
    names = [name for name in clean_names(text) if name not in others] if len(text) <= MAX_CHARS else []
    if any(map(is_person, names)) or not (len(names) >= MANY or is_sentence(text)):  # a post's signature is named so
        for name in names:
            into.add("author", name, where)


def _names_in(element: Element) -> str:
    """Return the text of a byline; its links to profiles alone where nothing joins other names to theirs."""
    text = tidy(visible_text(element))
    links = [tidy(visible_text(link)) for link in element.iter("a") if _is_profile(link)]
    links = [link for link in dict.fromkeys(links) if clean_names(link)]
    beside = text
    for link in links:
        beside = beside.replace(link, " ")
    if links and not _JOINED_RE.search(beside):
        return "; ".join(links)
    pieces = [piece for part in islice(element.itertext("*"), MAX_ELEMENTS) if (piece := tidy(str(part)))]
    if len(pieces) > 1 and all(map(_is_one_person, pieces)):
        return "; ".join(pieces)
    return _without_neighbour(element, text)


def _without_neighbour(element: Element, text: str) -> str:
    """Return the name alone that a byline has in an element of its own, where a place follows in another."""
    names = clean_names(text)
    inner = [(tidy(one.text or ""), one.get("class")) for one in islice(element.iter("*"), MAX_PIECES)]
    named = next(((one, kind) for one, kind in inner if kind and _is_one_person(one)), None)
    if named is None or len(names) != 1 or not names[0].startswith(f"{named[0]} "):
        return text
    beside = next(((one, kind) for one, kind in inner if one and names[0].endswith(f" {one}")), None)
    return named[0] if beside and beside[1] and beside[1] != named[1] else text


def _is_one_person(text: str) -> bool:
    return is_person(text) and clean_names(text) == (text,)


def _is_profile(link: Element) -> bool:
    return link.get("rel") == "author" or _PROFILE_RE.search(link.get("href") or "") is not None
