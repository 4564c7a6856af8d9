"""Where the text of a page ends → the person who signs it there, and what looks so: the heads of quoted mails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.facts.findings import is_sentence
from newsclean.facts.surroundings import is_elsewhere, is_foreign
from newsclean.lexicon.names import clean_names, credited
from newsclean.lexicon.persons import is_given_name, is_person

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsclean.page.html import Block, Element, Page

MAX_BLOCKS = 3_000
MAX_NAME = 40
"""Characters of a line that is a name; of one that is more, a credit in brackets is read."""
MAX_CLIMB = 4
"""Elements around a name that are asked whether they set it to the end of the line."""
MAIL_HEAD = 4
"""Lines of the head of a mail: from, sent, to, subject."""
MIN_PROSE = 2
"""Paragraphs above a name that closes a text."""

_CLOSING_RE = re.compile(r"[（(]([^()（）]{4,40})[)）]$")  # "（本报记者 季苏禾 文/摄）"
# "text-align: right", align="right", class "has-text-align-right"
_RIGHT_RE = re.compile(r"text-align:\s*(?:right|end)|\bright\b|-right\b|\bsignature\b|\bsigned\b", re.I)
_BOLD = frozenset("b strong i em".split())
_NOT_CLOSING = frozenset("blockquote li h1 h2 h3 h4 h5 h6 button td figcaption label q cite dt dd".split())
# "From:", "Von:", "De :", "发件人："
_FROM_RE = re.compile(
    r"\W*(?:from|von|de|da|van|från|fra|od|от|від|lähettäjä|gönderen|feladó|发件人|寄件者|差出人|보낸 ?사람)\s?[:：]",
    re.I,
)
# "To:", "An:", "Betreff:", "Envoyé :" in one of the next lines
_TO_RE = re.compile(
    r"(?:^|[|>])\W*(?:to|an|à|a|para|aan|till|til|do|dla|кому|vastaanottaja|kime|címzett|收件人|收件者|宛先|받는 ?사람"
    r"|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|předmět|predmet|тема|aihe|konu|tárgy"
    r"|主题|主旨|件名|제목|sent|gesendet|envoyé|enviad[oa]|inviato|verzonden|skickat|sendt|wysłano|отправлено|надіслано)"
    r"\s?[:：]",
    re.I,
)


def heads_of_mails(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines that head a quoted mail: "Von: Ann Lee" above "An: Bo Ek" is no byline."""
    found: set[int] = set()
    for first, line in enumerate(lines):
        if _FROM_RE.match(line):
            others = [n for n in range(first, min(first + MAIL_HEAD, len(lines))) if _TO_RE.search(lines[n])]
            found |= {first, *others} if others else set()
    return frozenset(found)


def without_mails(lines: Sequence[str]) -> list[str]:
    """Return the lines with the heads of quoted mails empty."""
    heads = heads_of_mails(lines)
    return ["" if number in heads else line for number, line in enumerate(lines)]


def closing_credit(page: Page) -> tuple[str, ...]:
    """Return the persons in brackets at the end of the last paragraph that credits any."""
    for block in reversed(page.blocks[:MAX_BLOCKS]):
        credit = _CLOSING_RE.search(block.text[-MAX_NAME:]) if block.text.endswith((")", "）")) else None
        if credit is None or len(block.text) <= MAX_NAME or is_elsewhere(page.nodes[block.node].element):
            continue
        if names := tuple(name for role, name in credited(credit[1]) if role == "author"):
            return names
    return ()


def closing_name(page: Page) -> tuple[str, ...]:
    """Return the person whose name alone, set to the right or in bold, is the last paragraph of a text."""
    blocks = [block for block in page.blocks[:MAX_BLOCKS] if block.text]
    for place, block in enumerate(blocks):
        if len(block.text) > MAX_NAME or place < MIN_PROSE:
            continue
        node = page.nodes[block.node]
        names = clean_names(block.text)
        if node.tag in _NOT_CLOSING or names != (block.text,) or not is_person(names[0]):
            continue
        parent = node.element.getparent()
        above = blocks[place - MIN_PROSE : place]
        is_last = not any(
            _is_child_of(page, one, parent) and is_sentence(one.text) for one in blocks[place + 1 : place + 4]
        )
        if is_last and all(is_sentence(one.text) and _is_child_of(page, one, parent) for one in above):
            is_own = not (is_elsewhere(node.element) or is_foreign(node.element, is_above=False))
            if is_own and _is_set_apart(block, node.element):
                return names
    return ()


def _is_child_of(page: Page, block: Block, parent: Element | None) -> bool:
    return page.nodes[block.node].element.getparent() is parent


def _is_set_apart(block: Block, element: Element) -> bool:
    """Return whether a line is set to the right, or whole in bold or italics."""
    if any(_RIGHT_RE.search(element.get(name) or "") for name in ("style", "align", "class")):
        return True
    inner: Element | None = block.pieces[0][0]
    for _ in range(MAX_CLIMB):
        if inner is None or inner is element:
            return False
        if inner.tag in _BOLD:
            return True
        inner = inner.getparent()
    return False


def closing_line(lines: Sequence[str], body: Collection[int]) -> tuple[str, ...]:
    """Return the person whose name is the line right behind the last paragraph of a flattened text."""
    written = [number for number, line in enumerate(lines) if line]
    prose = [number for number in written if number in body and is_sentence(lines[number])]
    if len(prose) < MIN_PROSE:
        return ()
    below = next((number for number in written if number > prose[-1]), None)
    if below is None or len(lines[below]) > MAX_NAME:
        return ()
    names = clean_names(lines[below])
    is_name = names == (lines[below],) and is_person(names[0]) and is_given_name(names[0].split()[0])
    return names if is_name else ()
