"""Titles as written → the headline alone, without site, section and kicker; and the heading that shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.facts.findings import tidy
from newsclean.patterns import later
from newsclean.words import count_words, letters_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.page.html import Block, Element, Node, Page

PERMALINKS = frozenset("¶ # § 🔗 ⚓".split())
"""Texts of a link from a heading to itself."""
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
MAX_CHARS = 400
MIN_LETTERS = 6
"""Letters that two titles must share to be the same: "News" is held in too many."""
MIN_WORDS = 4
"""Words from which on a part of a title reads like a headline rather than a section."""
MIN_WHOLE = 20
"""Characters of a heading that is a declared title, from which on it is the headline rather than a section."""
MAX_HEADINGS = 60
MAX_BLOCKS = 4
"""Blocks of a heading that are read."""
MAX_PARTS = 8
"""Parts of a declared title of which runs are made."""
MAX_CLIMB = 8
"""Elements around a heading that are asked whether they are a trail of breadcrumbs."""
HOME_BLOCKS = 60
HOME_WORDS = (2, 6)
"""Words of a site's name in a link to the front page: one word is "Home"."""
HOME_TAGS = frozenset("span strong b em i font h1".split())
SEARCHED = 600
"""Blocks of a page among which a part of the title is looked for."""

# "kicker", "overline", "dachzeile", "article-header__roofline", "pretitle", "h1small", "antetitulo"
_KICKER_RE = later(
    r"kicker|over-?line|roof-?line|dach-?zeile|eyebrow|spitzmarke|strapline|pre-?(?:title|head)|sur-?titre|ante-?t[ií]tulo|volanta"
    r"|cintillo|sub-?(?:title|head)|small",
    re.I,
)
# "visually-hidden", "sr-only", "screen-reader-text", "element-invisible"
_HIDDEN_RE = later(r"hidden|sr-only|screen-?reader|invisible|assistive", re.I)
# "entry-title", "page-title", itemprop "headline", "titre-article", "titolone", "titlos"
_TITLE_RE = later(
    r"title|headline|\bname\b|titre|titel|t[ií]tulo|titol|titlu|titlos|tytu[lł]|otsikko|rubrik|zagolovok|nadpis|naslov"
    r"|ba[sş]l[iı]k|ueberschrift|überschrift|judul",
    re.I,
)
_POST_RE = later(r"\b(?:entry|post|article|story)[-_]?(?:title|headline)", re.I)  # "entry-title"
_CRUMBS_RE = later(r"bread-?crumb", re.I)
_EDGE = " :|–—-/·•"

# "Headline | Site", "Site - Headline", "Headline – Section – Site", "Headline :: Site"
_SEPARATOR_RE = later(
    r"\s+(?:[|–—\-·•»«›‹/~>]|::|<)\s+|\s*(?:\||::|»|｜|ㅣ)\s*"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af」』】！？!?])[_-](?=[\u3040-\u9fff\uac00-\ud7af])"
)
_BY_RE = later(r"by\s", re.I)  # "Headline | Site | by Ann Lee"
_COLON_RE = later(r"\s*:\s+")  # "Site: Headline", "Blog : Post"
_STRONG = frozenset(["_", "｜", "ㅣ", "|", "::", "»", "«", "›", "‹", "·", "•"])
"""Separators that headlines themselves seldom hold."""
MIN_HEADLINE_WORDS = 3
"""Words that must be left where the only ground for cutting is the separator."""
MAX_SITE_WORDS = 4
"""Words of a last part that can be a site's name without further proof."""
MIN_NAME_CHARS = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """The heading that a page shows as its headline."""

    number: int
    """Of its first block."""
    text: str
    """Without a kicker that is told by the name of its element."""
    pieces: tuple[str, ...] = ()
    """The text as the elements in it part it."""
    is_only: bool = False
    """Whether it is the only h1 that can be the headline."""
    is_part: bool = False
    """Whether it says what a part of a declared title says."""


def find_headline(page: Page, titles: Iterable[str], site_names: set[str]) -> Headline | None:
    """Return the headline, or None where no heading can be it; `site_names` (letters only) are no headlines.

    The h1 that shares most with a title of the page comes first, then another heading or titled block that is a part
    of one, then the first h1.
    """
    titles = [_without_colon_name(title, site_names) for title in titles if title]
    declared = [letters(title) for title in titles]
    parts = {letters(part) for title in titles for part in split_title(title)}
    runs = {run for title in titles for run in _runs(title) if len(run) >= MIN_LETTERS}
    first = {run for title in titles for run in _runs(title, starts=1) if len(run) >= MIN_LETTERS}
    headings = [heading for heading in _headings(page) if not is_site_name(heading.text, site_names)]
    shared = [max((_shared(letters(heading.text), title) for title in declared), default=0) for heading in headings]
    if headings and max(shared) >= MIN_LETTERS:
        ranks = [(size, letters(one.text) in declared) for one, size in zip(headings, shared, strict=True)]
        best = headings[ranks.index(max(ranks))]  # "Bridge closed" before "Bridge closed: all about it", if both are h1
        own = letters(best.text)
        is_part = own in first and len(best.text.split()) >= MIN_WORDS
        if post := _post_before(page, best, [split_title(title) for title in titles], site_names):
            return post
        if is_part or own in declared or 2 * len(own) > max(map(len, parts), default=0):
            return best
    other = _part_of_title(page, runs, first, site_names)
    if len(headings) == 1 and len(headings[0].text.split()) >= MIN_WORDS and letters(headings[0].text) not in runs:
        is_whole = other is not None and letters(other.text) in (*declared, *first) and len(other.text) >= MIN_WHOLE
        if not is_whole or _share_words(headings[0].text, titles):
            return headings[0]
    if other or headings:
        return other or headings[0]
    return _post_title(page, site_names) if all(is_site_name(title, site_names) for title in titles) else None


def _post_title(page: Page, site_names: set[str]) -> Headline | None:
    """Return the one heading that is named as the title of a post, on a page whose titles are the site's name."""
    found = [
        Headline(block.number, tidy(block.text))
        for block in page.blocks[:SEARCHED]
        if block.text
        and page.nodes[block.node].tag in HEADINGS
        and _POST_RE.search(page.nodes[block.node].get("class") or "")
    ]
    return found[0] if len(found) == 1 and not is_site_name(found[0].text, site_names) else None


def _post_before(page: Page, best: Headline, titles: list[list[str]], site_names: set[str]) -> Headline | None:
    """Return the heading below an h1 that titles begin with, where they go on with the h1: it is a blog or book."""
    own = letters(best.text)
    starts = {letters(parts[0]) for parts in titles if own in map(letters, parts[1:])}
    if not starts or own in starts:
        return None
    post = _part_of_title(page, starts, starts, site_names)
    if post is None or post.number <= best.number:
        return None
    is_h1 = page.nodes[page.blocks[post.number].node].tag == "h1"
    return post if is_h1 or len(post.text.split()) >= MIN_WORDS else None


def _share_words(text: str, titles: list[str]) -> bool:
    """Return whether a heading has a telling word of a title: a promotion, a motto has none."""
    words = {word for title in titles for word in title.casefold().split() if len(word) > 3}
    return not words.isdisjoint(text.casefold().split())


def _shared(one: str, other: str) -> int:
    """Return how many letters two titles share when one holds the other."""
    return min(len(one), len(other)) if one in other or other in one else 0


def _headings(page: Page) -> Iterator[Headline]:
    """Yield the h1s that can be the headline; the site's name that leads home, breadcrumbs and teasers cannot."""
    nodes = [node for node in page.nodes if node.tag == "h1" and node.first < node.last][:MAX_HEADINGS]
    nodes = [node for node in nodes if any(block.text for block in page.blocks[node.first : node.last])]
    nodes = [node for node in nodes if not _leads_home(node.element) and not _is_crumb(node.element)]
    unlinked = [node for node in nodes if page.blocks[node.first].link_density < 1] or nodes
    for node in unlinked:
        headline = _read(page, node)
        if len(headline.text) <= MAX_CHARS:
            yield replace(headline, is_only=len(unlinked) == 1 and node is nodes[0])


def _read(page: Page, node: Node) -> Headline:
    """Return a heading without the kickers and the hidden text that its inner elements tell, if anything is left."""
    pieces = [
        (
            text := tidy(_text(element, is_tail)),
            text in PERMALINKS or _is_beside(element.getparent() if is_tail else element, node.element),
        )
        for block in page.blocks[node.first : node.last][:MAX_BLOCKS]
        for element, is_tail in block.pieces
    ]
    shown = tuple(text for text, beside in pieces if text and not beside and text not in PERMALINKS)
    if len(shown) < len([text for text, _ in pieces if text]) and len("".join(shown)) >= MIN_LETTERS:
        return Headline(node.first, " ".join(shown).strip(_EDGE), shown)
    whole = tidy(" ".join(block.text for block in page.blocks[node.first : node.last][:MAX_BLOCKS] if block.text))
    return Headline(node.first, whole, tuple(text for text, _ in pieces if text))


def _text(element: Element, is_tail: bool) -> str:
    return (element.tail if is_tail else element.text) or ""


def _is_beside(element: Element | None, heading: Element) -> bool:
    """Return whether an element inside a heading is told to hold a kicker or what is not shown."""
    while element is not None and element is not heading:
        name = element.get("class") or ""
        if name and (_KICKER_RE.search(name) or (_HIDDEN_RE.search(name) and letters(element.text or ""))):
            return True
        element = element.getparent()
    return False


def _leads_home(heading: Element) -> bool:
    """Return whether all that a heading holds is a link to the front page: it is the site's name."""
    link = heading if heading.tag == "a" else next(iter(heading.iter("a")), None)
    if link is None:
        return False
    if "home" in (link.get("rel") or "").split():
        return True
    href = (link.get("href") or "#").strip().partition("?")[0]
    return href in ("/", "./") or ("//" in href and "/" not in href.rsplit("//", 1)[1].rstrip("/"))


def home_names(page: Page) -> list[str]:
    """Return what a page calls its site: the texts at its top that are nothing but a link to the front page."""
    found: list[str] = []
    for block in page.blocks[:HOME_BLOCKS]:
        link = block.pieces[0][0] if block.pieces else None
        while link is not None and link.tag in HOME_TAGS:
            link = link.getparent()
        if (
            link is not None
            and link.tag == "a"
            and block.link_density >= 1
            and HOME_WORDS[0] <= len(block.text.split()) <= HOME_WORDS[1]
        ):
            found += [tidy(block.text)] if _leads_home(link) else []
    return found


def _is_crumb(heading: Element) -> bool:
    element: Element | None = heading
    for _ in range(MAX_CLIMB):
        if element is None or element.tag in ("main", "article", "body"):
            return False
        if _CRUMBS_RE.search(
            " ".join(f"{name} {element.get(name)}" for name in map(str, element.keys()) if _is_name(name))
        ):
            return True
        element = element.getparent()
    return False


def _is_name(attribute: str) -> bool:
    return attribute in ("class", "id") or attribute.startswith("data-")


def _part_of_title(page: Page, parts: set[str], first: set[str], site_names: set[str]) -> Headline | None:
    """Return the text that is set as a heading or named a title, and is a part of a declared title.

    A part that a title begins with comes before others, a longer one before a shorter one, a heading of a higher level
    and one that leads nowhere before the teasers that repeat it.
    """
    found: list[tuple[tuple[bool, int, bool, int], Block]] = []
    for block in page.blocks[:SEARCHED]:
        if MIN_LETTERS <= len(block.text) <= MAX_CHARS and (own := letters(block.text)) in parts:
            node = page.nodes[block.node]
            level = _level(node)
            if level and not (_leads_home(node.element) or _is_crumb(node.element)):
                found.append(((own in first, len(own), block.link_density < 1, -level), block))
    found = [entry for entry in found if not is_site_name(entry[1].text, site_names)]
    if not found:
        return None
    best = max(found, key=lambda entry: entry[0])[1]
    pieces = tuple(text for element, is_tail in best.pieces if (text := tidy(_text(element, is_tail))))
    return Headline(best.number, tidy(best.text), pieces, is_part=True)


def _level(node: Node) -> int:
    """Return 1 to 6 for a heading, 7 for what is named a title, else 0."""
    if node.tag in HEADINGS:
        return int(node.tag[1])
    names = f"{node.element.get('class')} {node.element.get('id')} {node.element.get('itemprop')}"
    return 7 if _TITLE_RE.search(names) else 0


def _runs(title: str, starts: int = MAX_PARTS) -> Iterator[str]:
    """Yield the letters of every run of neighbouring parts that begins with one of the first `starts`."""
    own = [letters(part) for whole in split_title(title) for part in whole.split(" : ")][:MAX_PARTS]
    for first in range(min(starts, len(own))):
        for last in range(first, len(own)):
            yield "".join(own[first : last + 1])


def letters(text: str) -> str:
    """Return a text reduced to its letters and digits, so that two ways to set a headline compare equal."""
    return letters_only(text)


def host_names(url: str | None) -> list[str]:
    """Return the names that a URL's host gives a site: "www.example-news.co.uk" → "examplenews", "examplenewscouk"."""
    try:
        host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = [label for label in host.split(".")[:-1] if len(letters(label)) >= MIN_NAME_CHARS]
    return [letters(name) for name in (*labels, host) if name]


def split_title(title: str) -> list[str]:
    """Return the parts of a title between its separators."""
    return _SEPARATOR_RE.split(title)


def trim_title(title: str, site_names: Iterable[str], headline: str | None = None) -> str:
    """Return the title without the site's name.

    `site_names` are the names known of the site (any spelling), `headline` what the page shows as its h1: a part that
    agrees with it is the title, whatever stands around.
    """
    names = {letters(name) for name in site_names} - {""}
    parts = _SEPARATOR_RE.split(title)
    separators = [found.strip() for found in _SEPARATOR_RE.findall(title)]
    if headline and 2 * len(headline) > max(map(len, parts)):
        agreed = _part_that_is(headline, title, parts)
        if agreed:
            return agreed
    first, last = 0, len(parts)
    while last - first > 1 and (is_site_name(parts[last - 1], names) or _BY_RE.match(parts[last - 1])):
        last -= 1
    while last - first > 1 and is_site_name(parts[first], names):
        first += 1
    if last == len(parts) and last - first > 1 and separators[last - 2] in _STRONG and _is_cut_fair(parts[first:last]):
        last -= 1
    while last - first > 1 and separators[last - 2] == "_" and _is_cut_fair(parts[first:last]):
        last -= 1
    trimmed = _slice(title, parts, first, last)
    return _without_colon_name(trimmed, names) or title


def without_site(title: str, names: set[str]) -> str:
    """Return a headline without the site at its end ("Headline – Site"), which has to be its name and no more."""
    parts = split_title(title)
    last = len(parts)
    while last > 1 and letters(parts[last - 1]) in names:
        last -= 1
    return _slice(title, parts, 0, last) if last < len(parts) else title


def is_site_name(text: str, names: set[str]) -> bool:
    """Return whether a part of a title names the site: equal to a known name, or holding it and little else."""
    own = letters(text)
    if not own:
        return True
    for name in names:
        if own == name:
            return True
        if len(name) > MIN_NAME_CHARS and len(own) > MIN_NAME_CHARS:
            shorter, longer = sorted((own, name), key=len)
            if shorter in longer and (len(longer) < 2 * len(shorter) or len(text.split()) <= 2):
                return True
    return False


def _part_that_is(headline: str, title: str, parts: list[str]) -> str | None:
    """Return the run of parts that says the same as the headline, or None."""
    wanted = letters(headline)
    for first in range(min(len(parts), 8)):
        joined = ""
        for last in range(first, min(len(parts), 8)):
            joined += letters(parts[last])
            if joined == wanted and wanted:
                return _slice(title, parts, first, last + 1)
    return None


def _slice(title: str, parts: list[str], first: int, last: int) -> str:
    """Return the parts from `first` up to `last` with the separators between them as they were."""
    start = title.find(parts[first])
    end = len(title)
    position = 0
    for number, part in enumerate(parts[:last]):
        position = title.find(part, position)
        if number == first:
            start = position
        position += len(part)
        end = position
    return title[start:end].strip()


def _is_cut_fair(parts: list[str]) -> bool:
    """Return whether the last part is short enough to be a name and the rest long enough to be a headline."""
    rest, own = sum(map(_size, parts[:-1])), _size(parts[-1])
    return own <= MAX_SITE_WORDS and rest >= MIN_HEADLINE_WORDS and rest > own


def _size(text: str) -> int:
    """Return the number of words; where they are written without spaces, one for two letters."""
    return max(len(text.split()), count_words(text) // 2)


def _without_colon_name(title: str, names: set[str]) -> str:
    """Return a title without "Site: " before it or ": Site" after it."""
    parts = _COLON_RE.split(title)
    if len(parts) > 1 and letters(parts[-1]) in names:
        return title[: title.rfind(parts[-1])].rstrip(" :")
    if len(parts) > 1 and letters(parts[0]) in names:
        return title[len(parts[0]) :].lstrip(" :")
    return title
