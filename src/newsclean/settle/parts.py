"""Draft → Draft: parts of the page that are no part of this article, each taken out as a whole, with what told it.

Each finder names ranges of blocks: dialogs, comments, second articles, lists of other stories, boxes. A part goes where
enough of an article is left without it; what went stays out, whatever later steps would make whole.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.lexicon.dates import find_date
from newsclean.lexicon.names import starts_with_by
from newsclean.settle.boxes import boxes
from newsclean.settle.draft import LINKED, PARAGRAPH
from newsclean.settle.ends import closings, first_lines, last_lines, lines
from newsclean.settle.part import (
    DIGITS_RE,
    FOREIGN,
    MAX_BOX_BLOCKS,
    MAX_HEAD,
    MAX_LABEL,
    MIN_ABOVE,
    MIN_FOREIGN,
    MOST,
    PAGES,
    RESUMING,
    THREAD_TITLES,
    Part,
    Topic,
    box_from,
    candidates,
    is_enough_above,
    is_worded_apart,
    key,
    names,
    section_under,
    shape,
    share,
    topic_of,
)
from newsclean.settle.threads import named_comments, signed_threads, threads
from newsclean.words import count_until, letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from newsclean.page.html import Block, Node
    from newsclean.settle.draft import Draft

    Finder = Callable[[Draft], Iterable[Part]]

LEAST_LEFT, LEAST_AT_ONCE = 40, 20
"""Words of kept text without which nothing is left of an article; of one that begins right below its headline."""
PLENTY = 2_000
"""Characters that surely are so many words."""
MAX_VAIN = 100
"""Parts of one sort without which too little is left, after which no more are tried: pages are hostile."""
HEAD_BLOCKS = 6
"""Texts at the start of a part among which its headline stands."""
DISCUSSION = "diskussion"
"""A title of comments that is a heading of articles too."""
MAX_TEASERS = 3
"""Twins of one paragraph, or boxes with a link, past which a page is a list."""

DIALOGS = frozenset("modal popup lightbox remodal".split())
CONSENT = frozenset(
    """consent gdpr cookiebanner cookiesbanner cookienotice cookiesnotice cookiebar cookiewall cookielayer cookiepopup
    cookiemodal cookieoverlay cookiehint cookiemessage cookielaw""".split()
)
"""Names of what asks for consent, beside those of programs (judge/scorer/kindrules.py)."""
_ARCHIVE_RE = re.compile(r"(?:^|[-_])ipp(?:[-_]|$)|^wm-", re.I)  # "wm-ipp-base"


def drop_parts(draft: Draft) -> None:
    """Take out the parts that FINDERS find, where enough of an article is left."""
    if draft.is_ruled:
        return
    for find in FINDERS:
        _take_out(draft, list(find(draft)))


def _take_out(draft: Draft, parts: Sequence[Part]) -> None:
    left, vain = draft.sizes[-1], 0
    for part in parts:
        if vain > MAX_VAIN or (part.first in draft.barred and part.last - 1 in draft.barred):
            continue
        inside = [number for number in range(part.first, part.last) if draft.kept[number]]
        size = sum(len(draft.page.blocks[number].text) for number in inside)
        if not inside or not _is_enough(draft, part, left - size):
            vain += 1
            continue
        left -= size
        for number in inside:
            draft.drop(number, "drop_parts", part.reason)
        draft.bar(range(part.first, part.last))


def _is_enough(draft: Draft, part: Part, chars: int) -> bool:
    """Return whether an article is left without a part; words are only counted where few characters are."""
    if chars >= PLENTY:
        return True
    least = LEAST_AT_ONCE if draft.is_told_at_once else LEAST_LEFT
    blocks = (block for block in draft.page.blocks if not part.first <= block.number < part.last)
    return count_until((block.text for block in blocks if draft.kept[block.number]), least) >= least


def dialogs(draft: Draft) -> Iterator[Part]:
    """Yield dialogs, requests for consent and the bars of web archives."""
    title = key(draft.metadata.title or "")
    main = _element_of_title(draft, title) if title and draft.is_prose else None
    for node in candidates(draft):
        called = names(node.get("class"), node.get("id"))
        is_body = share(draft, node.first, node.last) >= MOST and (main is None or _overlap(node, main))
        if not CONSENT.isdisjoint(called):
            yield Part(node.first, node.last, "asks for consent")
        elif not is_body and _is_dialog(node):
            yield Part(node.first, node.last, "dialog")
        elif not is_body and not draft.has_items and not DIALOGS.isdisjoint(called):
            yield Part(node.first, node.last, "dialog, by its name")
        elif _ARCHIVE_RE.search(node.get("id")):
            yield Part(node.first, node.last, "bar of a web archive")


def _overlap(one: Node, other: Node) -> bool:
    return one.first < other.last and other.first < one.last


def _is_dialog(node: Node) -> bool:
    return node.tag == "dialog" or node.get("role") in ("dialog", "alertdialog") or node.get("aria-modal") == "true"


def second_articles(draft: Draft) -> Iterator[Part]:
    """Yield elements like that of the article, each with a headline of its own and a byline or date beside it.

    On what looks like a list, their headlines are links and that of the article is none.
    """
    title = key(draft.metadata.title or "")
    main = _element_of_title(draft, title) if title else None
    headline = _headline(draft, title) if main is not None else None
    if main is None or headline is None or (draft.kind in LISTS and headline.link_chars):
        return
    nodes = draft.page.nodes
    shapes = {shape(main)}
    while main.parent > 0 and (nodes[main.parent].first, nodes[main.parent].last) == (main.first, main.last):
        main = nodes[main.parent]
        shapes.add(shape(main))
    found, teasers = [], 0
    for node in candidates(draft):
        is_apart = node.last <= main.first or node.first >= main.last
        is_alike = is_apart and (node.tag == "article" or shape(node) in shapes)
        if is_alike and _has_head(draft, node, title) and (draft.kind not in LISTS or _is_linked(draft, node)):
            found.append(Part(node.first, node.last, "second article: own headline, and byline or date beside it"))
            inside = draft.page.blocks[node.first : node.last]
            teasers += sum(draft.kept[block.number] and len(block.text) >= PARAGRAPH for block in inside) < 2
    if teasers <= MAX_TEASERS:
        yield from found


def _element_of_title(draft: Draft, title: str) -> Node | None:
    """Return the smallest element that holds the headline and enough kept text."""
    page = draft.page
    headline = _headline(draft, title)
    node = page.nodes[headline.node] if headline else None
    while node is not None and node.parent > 0 and node.tag not in ("body", "main"):
        if draft.sizes[node.last] - draft.sizes[node.first] >= LEAST_LEFT:
            texts = (block.text for block in page.blocks[node.first : node.last] if draft.kept[block.number])
            if count_until(texts, LEAST_LEFT) >= LEAST_LEFT:
                return node
        node = page.nodes[node.parent]
    return None


def _headline(draft: Draft, title: str) -> Block | None:
    """Return the first text of the page that is its title: headings before what only repeats it."""
    short = (block for block in draft.page.blocks if 0 < len(block.text) <= 2 * MAX_HEAD)
    found = [block for block in short if key(block.text) == title]
    return next((block for block in found if _is_headline(draft, block)), found[0] if found else None)


def _has_head(draft: Draft, node: Node, title: str, most: int = MAX_HEAD) -> bool:
    """Return whether a part begins with a headline that is not the page's, and a short byline or date beside it."""
    texts = [block for block in draft.page.blocks[node.first : node.last] if block.text][: HEAD_BLOCKS + 4]
    headline = next((n for n, block in enumerate(texts[:HEAD_BLOCKS]) if _is_headline(draft, block)), None)
    if headline is None or key(texts[headline].text) == title:
        return False
    near = texts[max(headline - 2, 0) : headline] + texts[headline + 1 : headline + 4]
    return any(len(block.text) <= most and (starts_with_by(block.text) or find_date(block.text)) for block in near)


def _is_linked(draft: Draft, node: Node) -> bool:
    """Return whether the first headline of a part is a link: to the page where the part is the article."""
    return next(
        (block.link_chars > 0 for block in draft.page.blocks[node.first : node.last] if _is_headline(draft, block)),
        False,
    )


def _is_headline(draft: Draft, block: Block) -> bool:
    return draft.page.nodes[block.node].tag in ("h1", "h2", "h3") and len(block.text) <= MAX_HEAD


def foreign_articles(draft: Draft) -> Iterator[Part]:
    """Yield elements that begin with a headline of their own and speak of something else than the page's title."""
    title = key(draft.metadata.title or "")
    is_of_items = draft.kind in LISTS or (draft.has_items and draft.metadata.published is None)
    headed = [] if is_of_items else list(_headed_by_another(draft, title))
    topic = topic_of(draft) if headed else Topic(draft, "")
    headline = _headline(draft, title) if title and headed else None
    found: list[Part] = []
    for number, nodes in headed:
        if found and number < found[-1].last:
            continue
        node = next((node for node in nodes if _is_foreign(draft, node, topic, headline)), None)
        if node is not None:
            reason = "second article: own headline, and nothing of what the title says"
            found.append(Part(node.first, node.last, reason))
    if len(found) <= MAX_TEASERS:
        yield from found


def _is_foreign(draft: Draft, node: Node, topic: Topic, headline: Block | None) -> bool:
    """Return whether a part speaks of something else than the title, or than the text below the headline."""
    if headline is not None and (node.first <= headline.number < node.last or topic.is_here(node)):
        return False
    is_marked = _is_marked_article(draft, node)
    is_stacked = headline is not None and draft.sizes[node.first] - draft.sizes[headline.number] >= MIN_ABOVE
    if is_stacked and topic.says_at_most(FOREIGN, node) and _has_head(draft, node, "", MAX_LABEL):
        return True
    if topic.is_elsewhere(node):
        left = draft.sizes[-1] - draft.sizes[node.last] + draft.sizes[node.first]
        is_second = not draft.has_items and (left >= PLENTY or left > (1 - MOST_OF_STACK) * draft.sizes[-1])
        return (is_second or is_worded_apart(draft, node)) and (is_marked or _has_head(draft, node, ""))
    return is_stacked and is_marked and draft.is_dated_article and is_worded_apart(draft, node)


def strangers(draft: Draft) -> Iterator[Part]:
    """Yield large boxes without a headline whose words are far from those of the text around them and of the title.

    Several boxes alike are posts of a thread or items of a list.
    """
    if not draft.is_prose:
        return
    nodes = [node for node in candidates(draft) if node.tag in BOX_TAGS]
    large = [node for node in nodes if LARGE <= share(draft, node.first, node.last) <= MOST_OF_STACK]
    topic = topic_of(draft) if large else Topic(draft, "")
    large = [node for node in large if topic.says_at_most(FOREIGN, node)]
    alike = Counter((node.parent, shape(node)) for node in nodes) if large else Counter()
    items = [node for node in nodes if alike[node.parent, shape(node)] >= MIN_ALIKE]
    for node in large[:MAX_TRIED]:
        if not any(_overlap(node, item) for item in items) and is_worded_apart(draft, node, FAR):
            yield Part(node.first, node.last, "about something else: words far from those of the title and the rest")


def _is_marked_article(draft: Draft, node: Node) -> bool:
    """Return whether an element is an article by its tag, or by the level of the headline that it begins with."""
    first = next(block for block in draft.page.blocks[node.first : node.last] if block.text)
    return node.tag == "article" or draft.page.nodes[first.node].tag == "h1"


def _headed_by_another(draft: Draft, title: str) -> Iterator[tuple[int, list[Node]]]:
    """Yield the number of each headline that is not the page's, and the articles that it may head, outermost first."""
    kept = draft.counts(draft.kept)
    for block in draft.page.blocks:
        if not block.text or not _is_headline(draft, block) or key(block.text) == title:
            continue
        nodes = [node for node in _headed_by(draft, block) if kept[node.last] - kept[node.first] >= 2]
        nodes = [node for node in nodes if draft.sizes[node.last] - draft.sizes[node.first] >= MIN_FOREIGN]
        if nodes:
            yield block.number, nodes


def _headed_by(draft: Draft, headline: Block) -> list[Node]:
    """Return the elements near whose start a headline stands, outermost first."""
    found: list[Node] = []
    node = draft.page.nodes[draft.page.nodes[headline.node].parent]
    while node.parent > 0 and node.tag not in PAGES and headline.number - node.first <= HEAD_BLOCKS:
        found.append(node)
        node = draft.page.nodes[node.parent]
    return found[::-1]


def unmade(draft: Draft) -> Iterator[Part]:
    """Yield patterns from which scripts make elements, and what shows only where there is nothing."""
    if draft.is_dated_article:
        for node in candidates(draft):
            if _is_unmade(node) and share(draft, node.first, node.last) < MOST:
                yield Part(node.first, node.last, "pattern or empty state that scripts fill or hide")


def hidden(draft: Draft) -> Iterator[Part]:
    """Yield what the page does not show and what does not speak of what the title says."""
    if not draft.is_prose or draft.kind == "documentation":  # of which a tab is shown for each system
        return
    nodes = [node for node in candidates(draft) if _is_hidden(node)]
    topic = topic_of(draft) if nodes else Topic(draft, "")
    nodes = [node for node in nodes if draft.sizes[node.last] - draft.sizes[node.first] >= MIN_FOREIGN]
    found = [node for node in nodes if _is_of_another(draft, node, topic)]
    if len(found) <= MAX_HIDDEN:
        yield from (Part(node.first, node.last, "hidden, and about something else") for node in found)


def _is_of_another(draft: Draft, node: Node, topic: Topic) -> bool:
    """Return whether a hidden part speaks of something else; where it holds most of the text, by both signs."""
    if share(draft, node.first, node.last) < MOST:
        return topic.is_elsewhere(node) or is_worded_apart(draft, node)
    return topic.says_at_most(FOREIGN, node) and is_worded_apart(draft, node)


def _is_unmade(node: Node) -> bool:
    """Return whether an element is a pattern from which scripts make others, or shows only where there is nothing."""
    if node.tag == "template":
        return node.element.get("shadowrootmode") is None
    return bool(_UNMADE_RE.search(node.get("class")))


def _is_hidden(node: Node) -> bool:
    if node.tag == "p":  # a page hides the rest of its own text paragraph by paragraph
        return False
    element = node.element
    return (
        node.tag == "template" or element.get("hidden") is not None or bool(_HIDING_RE.search(element.get("style", "")))
    )


def other_stories(draft: Draft) -> Iterator[Part]:
    """Yield what stands under a title of other stories or of comments, up to the end of its box."""
    if not draft.is_prose:
        return
    least, most = (MIN_ABOVE // 2, MOST_OF_STACK) if draft.is_told_at_once else (MIN_ABOVE, MOST)
    for block in draft.page.blocks:
        if 0 < len(block.text) <= MAX_LABEL and key(DIGITS_RE.sub("", block.text, count=1)) in RESUMING:
            box = box_from(draft, block)
            home = (box.first, box.last) if box is not None else section_under(draft, block, MAX_BOX_BLOCKS)
            is_thread = key(DIGITS_RE.sub("", block.text, count=1)) in THREAD_TITLES
            if home is None or not is_enough_above(draft, home[0], least):
                continue
            if box is None and not _is_told_flat(draft, block, *home):
                continue
            if is_thread or share(draft, *home) < most:  # "Read more" may stand over the body itself
                yield Part(*home, f'under "{block.text}"')


def _is_told_flat(draft: Draft, title: Block, first: int, last: int) -> bool:
    """Return whether a heading without a box is over comments, or over links to other stories.

    "Diskussion" alone heads a section of the text as well: it has to count.
    """
    said = key(DIGITS_RE.sub("", title.text, count=1))
    if said in THREAD_TITLES and (said != key(title.text) or said != DISCUSSION):
        return True
    return draft.kind == "article" and _is_list_of_links(draft, first, last)


def _is_list_of_links(draft: Draft, first: int, last: int) -> bool:
    """Return whether there are links under a heading, and no long text without one."""
    below = draft.page.blocks[first + 1 : last]
    is_long = any(
        letters(block.text) > MAX_HEAD and block.link_density < LINKED for block in below if draft.kept[block.number]
    )
    return any(block.link_density >= LINKED for block in below) and not is_long


FINDERS: tuple[Finder, ...] = (
    dialogs,
    named_comments,
    threads,
    signed_threads,
    second_articles,
    foreign_articles,
    unmade,
    hidden,
    strangers,
    other_stories,
    boxes,
    first_lines,
    closings,
    last_lines,
    lines,
)
BOX_TAGS = ("article", "aside", "div", "main", "section")
LARGE = 0.2
"""Share of the kept text from which a box is no list, table or example amid the text."""
FAR = 0.09
"""Likeness that a box without a headline falls short by: 1 of 1,500 articles has such a part of its own."""
MIN_ALIKE = 3
MAX_TRIED = 20
"""Boxes compared with the rest: each takes time with the length of the page."""
MAX_HIDDEN = 2
"""Hidden parts past which they are tabs, or the rest of a text that opens on a click."""
MOST_OF_STACK = 0.9
"""Share of the kept text past which a second article is the first."""
_UNMADE_RE = re.compile(
    r"(?:^|\s)(?:w-condition-invisible|w-dyn-empty|[\w-]{0,40}empty-?state|no-results?|nothing-found)(?:\s|$)",
    re.I,
)  # "w-dyn-empty", "cart-emptystate"
_HIDING_RE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)  # "display: none"
LISTS = ("forum", "listing", "collection")
"""Pages made of several texts with headlines of their own."""
