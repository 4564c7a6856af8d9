"""Page → what each of its sources says about the article: structured data, tags, and what a reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.facts.bylines import line_of, read_bylines, read_contributors
from newsclean.facts.closings import heads_of_mails
from newsclean.facts.datelines import read_datelines, read_relative_dates
from newsclean.facts.findings import Finding, Findings, is_sentence
from newsclean.facts.headlines import find_headline, home_names, host_names, is_site_name, letters
from newsclean.facts.structured import read_json_ld, read_microdata
from newsclean.facts.surroundings import is_elsewhere, is_foreign
from newsclean.facts.tags import read_head, read_tags
from newsclean.lexicon.dates import is_month_first, parse_date
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import is_person

if TYPE_CHECKING:
    from newsclean.facts.findings import Field
    from newsclean.facts.headlines import Headline
    from newsclean.page.html import Block, Page

BLOCKS_BEFORE = 8
"""Blocks above the headline that can hold the byline or the dateline."""
BLOCKS_AFTER = 16
RIGHT_BELOW = 3
"""Blocks below the headline that come before the one above it when a date is looked for."""
PARAGRAPH_CHARS = 350
"""Characters of a block past which the article's text has begun."""
MAX_PROSE = 3
"""Short paragraphs below which lists and other texts begin: standfirst, lead and one more stand above a byline."""
UNSPACED_CHARS, UNSPACED_ENDS = 40, ("。", "！", "？", "」", "”")
"""Characters of a paragraph in a script without spaces, and how it ends."""
MAX_READ = 2_000
"""Blocks of a page that are asked whether its dates begin with the month."""
MAX_LINE_CHARS = 220
"""Characters of a block that can be a byline or a dateline."""

# "en", "pt-BR", "pt_br", "zh-Hans-CN"
_LANGUAGE_RE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@,;\s].*)?", re.I)
MONTH_FIRST_REGIONS = frozenset({"US", "PH"})


@dataclass(frozen=True, slots=True)
class Sources:
    """What each source of a page says."""

    article: Findings
    """JSON-LD of the article."""
    around: Findings
    """JSON-LD of the page around it."""
    items: Findings
    """Microdata."""
    tags: Findings
    shown: Findings
    title: str
    """Text of the title element."""
    headline: Headline | None
    """The heading that is the headline."""
    known_names: frozenset[str]
    """What the address, the tags and the link to the front page call the site, reduced to letters."""

    def of(self, name: Field, *order: str) -> list[Finding]:
        """Return the findings of a field, the named sources one after the other."""
        return [finding for source in order for finding in getattr(self, source).of(name)]


def read_sources(page: Page) -> Sources:
    """Return what every source of the page says about the article."""
    head = read_head(page.root)
    tags = read_tags(page.root, head)
    titles = [head.title, *(finding.value for finding in tags.of("title"))]
    names = _known_names(page, tags)
    headline = find_headline(page, titles, names)
    shown_title = headline.text if headline else head.title
    article, around = read_json_ld(page.json_ld, page.canonical_url or page.url, shown_title)
    items = read_microdata(page.root) if "itemprop" in page.source else Findings()
    declared = (article, tags, items)
    shown = read_visible(
        page,
        headline.number if headline else None,
        _is_month_first(tags),
        seek_author=not any(_names_person(source, names) for source in declared),
        seek_lone=not any(_names_anybody(source, names) for source in declared),
        seek_date=not any(dates_of(source.of("published")) for source in declared),
    )
    return Sources(article, around, items, tags, shown, head.title, headline, frozenset(names))


def _names_person(source: Findings, site_names: set[str]) -> bool:
    found = (name for finding in source.of("author") for name in clean_names(finding.value))
    return any(is_person(name) and letters(name) not in site_names for name in found)


def _names_anybody(source: Findings, site_names: set[str]) -> bool:
    found = (name for finding in source.of("author") for name in clean_names(finding.value))
    return any(not is_site_name(name, site_names) for name in found)


def _known_names(page: Page, tags: Findings) -> set[str]:
    """Return the names that the address and the meta elements give the site, reduced to letters."""
    names = {letters(finding.value) for finding in tags.of("site")} | {letters(name) for name in home_names(page)}
    return {*names, *host_names(page.canonical_url), *host_names(page.url)} - {""}


def site_names(sources: Sources, site: tuple[str, str] | None) -> set[str]:
    """Return all that is known to be the site's name, reduced to letters."""
    names = {letters(finding.value) for finding in sources.of("site", "around", "article")}
    names |= sources.known_names
    if site:
        names.add(letters(site[0]))
    return names - {""}


def _is_month_first(tags: Findings) -> bool | None:
    """Return how the page's language and region write "04/07/2025"; None where they do not tell."""
    for finding in tags.of("language"):
        tag = language_tag(finding.value)
        if tag and tag != "en":
            return tag.rpartition("-")[2] in MONTH_FIRST_REGIONS
    return None


def language_tag(text: str) -> str | None:
    """Return a BCP 47 tag in its usual case, or None."""
    match = _LANGUAGE_RE.fullmatch(text.strip())
    if not match or match[1].lower() in ("und", "mul", "xx"):
        return None
    parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(part for part in parts if part)


def dates_of(findings: list[Finding]) -> list[tuple[str, str]]:
    """Return the findings that are dates, in ISO 8601."""
    return [(value, finding.where) for finding in findings if (value := parse_date(finding.value))]


def read_visible(
    page: Page, headline: int | None, month_first: bool | None, *, seek_author: bool, seek_date: bool, seek_lone: bool
) -> Findings:
    """Return the authors and dates near the headline; `seek_…`: without any there, look for one in the whole page."""
    into = Findings()
    near = _near(page, headline) if headline is not None else []
    signed = [b for b in near if not is_foreign(b.pieces[0][0], is_above=b.number < (headline or 0))]
    mails = heads_of_mails([line_of(block) for block in signed])
    signed = [block for place, block in enumerate(signed) if place not in mails]
    read_bylines(page if seek_author else None, signed, into, headline or 0, seek_lone=seek_lone)
    read_contributors(signed, into)
    if month_first is None and any("/" in block.text for block in near):
        month_first = is_month_first(" ".join(block.text for block in page.blocks[:MAX_READ]))
    read_datelines(page if seek_date else None, _by_distance(near, headline or 0), month_first, into, headline)
    if page.saved_at and seek_date and not into.of("published"):
        read_relative_dates((line_of(block) for block in signed), page.saved_at, into)
    return into


def _near(page: Page, headline: int) -> list[Block]:
    """Return the short blocks that follow the headline up to the first paragraph, then those just above it."""
    after: list[Block] = []
    prose = 0
    for block in page.blocks[headline + 1 : headline + 1 + BLOCKS_AFTER]:
        if block.chars > PARAGRAPH_CHARS and block.link_density < 0.5:
            break
        prose += _is_prose(block)
        if prose <= MAX_PROSE or not _is_of_another(page, block):
            after.append(block)
    before = page.blocks[max(0, headline - BLOCKS_BEFORE) : headline]
    return [block for block in [*after, *reversed(before)] if 0 < len(block.text) <= MAX_LINE_CHARS]


def _is_prose(block: Block) -> bool:
    """Return whether a block is a paragraph of the text, however short."""
    is_unspaced = block.chars >= UNSPACED_CHARS and block.text.endswith(UNSPACED_ENDS)
    return block.link_density < 0.5 and (is_sentence(block.text) or is_unspaced)


def _is_of_another(page: Page, block: Block) -> bool:
    """Return whether a line behind the text is of a list, or of a part that speaks of other texts."""
    node = page.nodes[block.node]
    return node.tag == "li" or is_elsewhere(node.element, footers=False)


def _by_distance(near: list[Block], headline: int) -> list[Block]:
    """Return the blocks with the one right above the headline before those that are not right below it."""
    right_below = [block for block in near if 0 < block.number - headline <= RIGHT_BELOW]
    right_above = [block for block in near if block.number == headline - 1]
    return [*right_below, *right_above, *(block for block in near if block not in (*right_below, *right_above))]
