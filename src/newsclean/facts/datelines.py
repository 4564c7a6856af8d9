"""Blocks near the headline, time elements and the address → the dates that the page shows."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Literal

from newsclean.facts.bylines import line_of
from newsclean.facts.findings import is_sentence, tidy
from newsclean.facts.surroundings import is_elsewhere, is_in_archive_bar, names_of, visible_text, walk_named
from newsclean.lexicon.credits import EVENT, PUBLISHED, UPDATED, find_labels
from newsclean.lexicon.dates import find_date, may_hold_date, parse_date, without_date
from newsclean.lexicon.relative import relative_day
from newsclean.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.facts.findings import Findings
    from newsclean.lexicon.credits import Label
    from newsclean.page.html import Block, Element, Page

MAX_CHARS = 220
"""Characters of a text that can be a dateline."""
MAX_LONE_CHARS = 60
"""Characters of a block that is a dateline wherever it stands."""
MAX_SHORT_CHARS = 40
"""Characters of a text that is a date and little else."""
PARAGRAPH_CHARS = 150
MAX_PARAGRAPHS = 2
"""Paragraphs from the headline on that may open with the date: a standfirst can come first."""
MIN_DATE = 6
"""Characters of a date."""
BY_HEADLINE = " by the headline"
"""How the place of a date ends that stands right below the headline."""
COUNTED_BACK = ", counted back from when the page was saved"
"""How the place of a date ends that the page does not state."""
RIGHT_BELOW = 6
"""Blocks below the headline that are right below it."""
MAX_ELEMENTS = 200
MAX_BLOCKS = 1_500

_DATE_CLASS_RE = later(
    r"(?:^|[\s_-])(?:date|time|datetime|published|pubdate|posted|timestamp|datum|fecha|data|meta)|[a-z]Date|-date|^age$",
    re.I,
)
_DATES = ("date", "time", "published", "posted", "datum", "fecha", "data", "meta", "age")
"""What all of these hold, in lower case: found sooner than by the pattern, which is asked after them."""
# "entry-date updated", "dateModified": how elements are named that hold the date of a change
_CHANGED_RE = later(r"updated?(?![a-z])|modifi|revis|edited|lastmod", re.I)
_STARTS = ("", "|", "(", "·", ",")
_NOUNS = frozenset(
    """date data datum fecha дата tarih giriş dodano update stand edited reviewed modified revised birt objava 日期 时间
    发布 投稿 更新 수정 등록 입력 승인""".split()
)
"""Labels that are words of every day: only with a colon, or at the start of the line."""
_STAMP_RE = later(r"\d{4}-\d\d-\d\dT\d\d:\d\d")  # "2025-07-04T10:30:00"
MAX_DAY_CHARS = 36
"""Characters behind such a word among which its date ends: "Wednesday, 12 September 2012, 10:30 AM"."""
MAX_UP = 3
"""Elements that are asked for a label before them: a `time` may stand in a `dd` of its own."""

# "Joined", "Member since", "join-date", "Mitglied seit"
_MEMBER = (
    r"\b(?:joined|join[ _-]?date|registered|registration[ _-]date|member[ _-]since|user since|mitglied seit|dabei seit"
    r"|registriert(?: seit)?|beigetreten|inscrite?(?: le| depuis)?|membre depuis|miembro desde|registrad[oa](?: el)?"
    r"|membro d[ae]l?|iscritt[oa](?: dal?| il)?|lid sinds|geregistreerd(?: op)?|medlem (?:sedan|siden)"
    r"|založen[a]?|registrován[a]?|registrovan[ýá]|člen od|členem od|jäsen vuodesta|liittynyt|csatlakozott|regisztrált"
    r"|membru din|înscris[ăa]?|zarejestrowan[ya]|dołączył[ay]?|kayıt(?: tarihi)?|üyelik tarihi|μέλος από"
    r"|зареєстрован(?:ий|а)?|член с"
    r"|注册|加入于|登録日|가입일|зарегистрирован[а]?|регистрация)(?!\w)(?: on| am)?[\s:]{0,3}"
)
_MEMBER_RE = later(_MEMBER, re.I)
_MEMBER_AT_END_RE = later(rf"{_MEMBER}$", re.I)
_JOINED_RE = later(rf"{_MEMBER}(?=(?:[^\W\d]{{2,12}}[.,]{{0,2}}\s){{0,2}}\d)", re.I)  # "Joined: Thu, Feb 12, 2009"


def read_datelines(
    page: Page | None, near: list[Block], month_first: bool | None, into: Findings, headline: int | None = None
) -> None:
    """Note the dates near the headline; without any, that of a named element, then of a block that is a date.

    Only the blocks near the headline are read where no page is given; `headline` is the number of the headline's block.
    """
    start, has_headline = headline or 0, headline is not None
    labels = {block.number for block in near if _is_member_label(block.text)}
    for block in near:
        if _is_event(block.text) or (is_sentence(block.text) and not says_when(block.text)):
            continue
        if block.number - 1 not in labels and (block.link_density <= 0.8 or len(block.text) <= 40):
            is_beside = 0 < block.number - start <= RIGHT_BELOW
            _read_block(block, month_first, into, BY_HEADLINE if is_beside and has_headline else "")
    for read in (_read_elements, _read_lone_blocks):
        if page is not None and not into.of("published"):
            read(page, month_first, into)
    if page is not None and not into.of("published"):
        _read_paragraphs(page.blocks[start:], month_first, into)


def _read_block(block: Block, month_first: bool | None, into: Findings, beside: str) -> None:
    stamped = [element for element, _ in block.pieces if element.tag == "time" and element.get("datetime")]
    for element in stamped:
        label = block.text[: max(block.text.find(tidy(visible_text(element))), 0)][-40:]
        if _ends_with_member_label(label) or is_in_archive_bar(element):
            continue
        found = parse_date(element.get("datetime") or "")
        into.add("modified" if _is_update(label, names_of(element)) else "published", found, f"time element{beside}")
    if not stamped:
        for kind, part in dated_parts(_without_member_date(line_of(block))):
            into.add(kind, _date_in_parts(part, month_first), f"dateline{beside}")


Kind = Literal["published", "modified"]


def dated_parts(text: str) -> list[tuple[Kind, str]]:
    """Return the parts of a line with what a date in them is, told by the words before: "Updated 5 July, posted 4"."""
    found: list[tuple[Kind, str]] = []
    kind: Kind = "published"
    place = 0
    for label in _date_labels(text):
        found.append((kind, text[place : label.start]))
        kind = "modified" if label.word in UPDATED else "published"
        place = label.end
    return [(kind, part) for kind, part in [*found, (kind, text[place:])] if part.strip()]


def _date_labels(text: str) -> list[Label]:
    """Return the labels of a line that tell what a date is."""
    return [
        label
        for label in find_labels(text)
        if (label.word in UPDATED or label.word in PUBLISHED)
        and (label.word not in _NOUNS or label.has_colon or text[: label.start].rstrip()[-1:] in _STARTS)
    ]


def says_when(text: str) -> bool:
    """Return whether a line speaks of its publication or change: "Published", "Aktualisiert"."""
    return bool(_date_labels(text))


def _is_event(text: str) -> bool:
    """Return whether a line dates something else than the article: "When: 17 September", "Deadline: 1 May"."""
    label, colon, _ = text[:MAX_CHARS].replace("：", ":").partition(":")
    return bool(colon) and label.strip().lower() in EVENT


def read_date_texts(texts: Iterable[str], into: Findings, month_first: bool | None = None) -> None:
    """Note the dates that lines of plain text state."""
    for text in texts:
        for kind, part in dated_parts(text):
            into.add(kind, _date_in_parts(part, month_first), "dateline")


def read_relative_dates(texts: Iterable[str], saved_at: str, into: Findings) -> None:
    """Note the day that the first of some lines means which counts back from now: "3 days ago", when it was saved."""
    for text in texts:
        for kind, part in dated_parts(text) if len(text) <= MAX_CHARS else ():
            if not is_sentence(part) and (day := relative_day(part, saved_at)):
                into.add(kind, day, f"dateline{COUNTED_BACK}")
                return


def _is_update(text: str, names: str = "") -> bool:
    labels = _date_labels(text)
    return (labels[-1].word in UPDATED if labels else False) or _CHANGED_RE.search(names) is not None


def _is_named_date(names: str) -> bool:
    lower = names.lower()
    return any(name in lower for name in _DATES) and _DATE_CLASS_RE.search(names) is not None


def _read_elements(page: Page, month_first: bool | None, into: Findings) -> None:
    for element in islice(walk_named(page.root, _is_named_date, "time"), MAX_ELEMENTS):
        if element.tag in ("meta", "link", "script", "body", "html") or is_elsewhere(element):
            continue
        value = _element_date(element, month_first)
        if value and not _is_member_date(element):
            is_change = _is_update(visible_text(element), names_of(element))
            into.add("modified" if is_change else "published", value, f"{element.tag} element")
            return


def _element_date(element: Element, month_first: bool | None) -> str | None:
    stamp = element.get("datetime") or element.get("title") or ""
    if element.get("datetime") or _STAMP_RE.match(stamp):
        return parse_date(stamp)
    text = _without_member_date(tidy(visible_text(element)))
    if len(text) <= MAX_CHARS and (element.tag == "time" or _is_named_date(element.get("class") or "")):
        return _date_in(text, month_first)
    return None


def _date_in(text: str, month_first: bool | None) -> str | None:
    """Return the date in a text; a short one is taken for a date and little else, so its year may have two digits."""
    read = parse_date if len(text) <= MAX_SHORT_CHARS else find_date
    return read(text, month_first=month_first)


def _date_in_parts(text: str, month_first: bool | None = None) -> str | None:
    """Return the date of a line of text, or of one of its parts: "Fri 04.07.25 | 14:07 | By Ann Lee"."""
    parts = text.split(" | ") if " | " in text else ()
    whole = _date_in(text, month_first)
    return whole or next(filter(None, (_date_in(part, month_first) for part in parts)), None)


def _read_lone_blocks(page: Page, month_first: bool | None, into: Findings) -> None:
    """Note the date of the first short block that holds one, outside of teasers and footers."""
    label = ""
    for block in page.blocks[:MAX_BLOCKS]:
        is_lone = len(block.text) <= MAX_LONE_CHARS and not block.link_chars
        may_be = len(block.text) >= MIN_DATE and may_hold_date(block.text)
        if may_be and (is_lone or _says_posted(block)) and not _is_member_label(label):
            value = find_date(_without_member_date(block.text), month_first=month_first)
            is_labelled = bool(_date_labels(label)) and len(label) <= MAX_SHORT_CHARS
            if value and (is_labelled or not is_elsewhere(page.nodes[block.node].element)):
                is_change = _is_update(block.text) or (is_labelled and _is_update(label))
                into.add("modified" if is_change else "published", value, "dateline")
                return
        label = block.text


def _says_posted(block: Block) -> bool:
    return len(block.text) <= MAX_CHARS and says_when(block.text)


def _read_paragraphs(blocks: Sequence[Block], month_first: bool | None, into: Findings) -> None:
    """Note the date that a first paragraph opens with: "4.7.2025 – The council", "Springfield, 4 July 2025. The"."""
    paragraphs = (block for block in blocks[:MAX_BLOCKS] if block.chars > PARAGRAPH_CHARS and block.link_density < 0.3)
    for block in islice(paragraphs, MAX_PARAGRAPHS):
        into.add("published", find_date(block.text[:MAX_SHORT_CHARS], month_first=month_first), "first paragraph")
        if into.of("published"):
            return


def _is_member_label(text: str) -> bool:
    """Return whether a text only says that what follows is the day on which someone became a member."""
    return _MEMBER_RE.fullmatch(text.strip()) is not None


def _without_member_date(text: str) -> str:
    """Return a line without the day on which someone became a member."""
    match = _JOINED_RE.search(text)
    if match is None:
        return text
    day, rest = text[match.end() : match.end() + MAX_DAY_CHARS], text[match.end() + MAX_DAY_CHARS :]
    return text[: match.start()] + without_date(day) + rest


def _ends_with_member_label(text: str) -> bool:
    """Return whether a text ends by saying so: what stands before a `time` element in its line."""
    return _MEMBER_AT_END_RE.search(text) is not None


def _is_member_date(element: Element) -> bool:
    """Return whether an element is named after the day on which someone became a member, or has a label before it."""
    if _MEMBER_RE.search(names_of(element)):
        return True
    for _ in range(MAX_UP):
        before, parent = element.getprevious(), element.getparent()
        if parent is None:
            return False
        label = parent.text if before is None else before.tail if (before.tail or "").strip() else visible_text(before)
        if label and label.strip():
            return _ends_with_member_label(tidy(label))
        element = parent
    return False
