"""How much of the article survives what other sites put around theirs: python -m benchmarks.grafts.

Into pages with gold, parts of other sites' pages are planted that are known not to be theirs: comment threads, related
lists, second articles, notices, pitches, hidden text, footers; and bodies move into other sites' templates. So the
gold is perfect without a label. Each page is scored as it is and with the graft. The fall counts, not the level, since
the model that ships knows these pages (not those of readability-dev). Site rules are left out.
"""

from __future__ import annotations

import argparse
import copy
import multiprocessing
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from lxml import etree

from benchmarks.corpora import CorpusPage, find_corpora
from benchmarks.intervals import difference_interval
from benchmarks.oracle import gold_blocks, words
from benchmarks.scores import Prediction, body_score, score
from newsclean import pipeline
from newsclean.errors import NewscleanError
from newsclean.model import Options, Record
from newsclean.page.html import Node, Page, parse_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Element = etree._Element

CORPORA = ("n4k-dev", "fundus-dev", "wcxb-dev", "readability-dev")
PAGES = 120
"""Pages a kind of graft."""
TRIES = 12
"""Pages of other sites that are looked through for a part of the kind."""
SEED = 12
MIN_WORDS, MAX_WORDS = 25, 900
"""Of a planted part."""
BODY = 0.9
"""Share of the gold's characters that the box of the body holds."""
BELOW = 0.8
"""Share of the parts that stand below the body; the others stand above it."""

NAMED = {
    "comments": re.compile(r"\b(?:comments?|disqus|replies|respond|commentlist)", re.I),
    "related": re.compile(r"related|recommend|more-?stories|read-?next|trending|most-?read|popular|teaser", re.I),
    "notices": re.compile(r"cookie|consent|gdpr|privacy-", re.I),
    "pitches": re.compile(r"newsletter|subscri|sign-?up|promo|sponsor|advert|donat|membership", re.I),
    "footers": re.compile(r"footer|colophon|site-?info", re.I),
}
"""Kind of part → class names and ids of elements that are one."""
BETWEEN = ("pitches",)
"""Kinds that stand between the paragraphs of the body."""
KINDS = (*NAMED, "second articles", "hidden text", "other templates")


@dataclass(frozen=True, slots=True)
class Work:
    """A page and the pages of other sites that a part for it may come from."""

    kind: str
    host: CorpusPage
    donors: tuple[CorpusPage, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Word F1 of a page as it is and with a graft."""

    kind: str
    page: str
    site: str
    plain: float
    grafted: float


@dataclass(frozen=True, slots=True)
class Body:
    """A page and where its article stands."""

    page: Page
    box: Node
    gold: tuple[bool, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each kind of graft; return 0, or 1 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grafts", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--corpus", nargs="+", default=list(CORPORA), metavar="NAME")
    parser.add_argument("--pages", type=int, default=PAGES, metavar="N", help="pages a kind of graft")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N pages that fall most")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    args = parser.parse_args(arguments)
    corpora, missing = find_corpora(args.corpora, args.corpus)
    for name in missing:
        print(f"left out: {name} (corpus not found)")
    pages = [
        page for corpus in corpora for page in corpus.pages() if page.type in ("", "article") and page.gold["text"]
    ]
    if not pages:
        return 1
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        found = [one for one in pool.imap(convert, plan(pages, args.pages), chunksize=4) if one is not None]
    print("\n".join(table(found)))
    for one in sorted(found, key=lambda one: one.grafted - one.plain)[: args.worst]:
        print(f"{one.grafted - one.plain:+.3f}  {one.kind}: {one.page}")
    return 0


def plan(pages: Sequence[CorpusPage], count: int) -> list[Work]:
    """Return what to plant where, the same at every run over the same pages."""
    chance = random.Random(SEED)
    work = []
    for kind in KINDS:
        for host in chance.sample(pages, min(count, len(pages))):
            others = [page for page in chance.sample(pages, min(2 * TRIES, len(pages))) if page.site != host.site]
            work.append(Work(kind, host, tuple(others[:TRIES]), chance.randrange(2**30)))
    return work


def table(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield a row for each kind, and one for all."""
    yield f"{'':18}{'pages':>6}{'plain':>8}{'grafted':>9}{'fall':>8}  95 % by site"
    for kind in (*KINDS, "all"):
        own = [one for one in found if kind in (one.kind, "all")]
        if own:
            falls: dict[str, list[float]] = defaultdict(list)
            for one in own:
                falls[one.site].append(one.plain - one.grafted)
            low, high = difference_interval(falls)
            plain, grafted = (sum(one.plain for one in own) / len(own), sum(one.grafted for one in own) / len(own))
            interval = f"[{low:+.4f}, {high:+.4f}]"
            yield f"{kind:18}{len(own):6}{plain:8.4f}{grafted:9.4f}{plain - grafted:8.4f}  {interval}"


def convert(work: Work) -> Outcome | None:
    """Return the scores of a page without and with its graft; None where no page has a part of the kind."""
    chance = random.Random(work.seed)
    plain = written(read(work.host).page)
    grafted = next((source for donor in work.donors if (source := graft(work, donor, chance))), None)
    if grafted is None:
        return None
    scores = [f1(work.host, source) for source in (plain, grafted)]
    return Outcome(work.kind, f"{work.host.corpus} {work.host.id}", work.host.site, *scores)


def graft(work: Work, donor: CorpusPage, chance: random.Random) -> str | None:
    """Return the source of a page with a part of another planted into it; None where that has none of the kind."""
    other = read(donor)
    if work.kind == "other templates":
        return moved(work.host, other)
    part = find_part(work.kind, other)
    if part is None:
        return None
    host = read(work.host)
    place = between(host, chance) if work.kind in BETWEEN else None
    if place is not None:
        insert_behind(place, part)
    elif chance.random() < BELOW or host.box.tag in ("body", "html"):
        insert_behind(host.box.element, part)
    else:
        host.box.element.addprevious(part)
    return written(host.page)


def moved(page: CorpusPage, other: Body) -> str | None:
    """Return the article of a page, with its head and headline, in the template of another.

    None where that keeps article around its box.
    """
    host = read(page)
    if host.box.tag in ("body", "html") or other.box.tag in ("body", "html"):
        return None
    outside = other.gold[: other.box.first] + other.gold[other.box.last :]
    if any(outside):
        return None
    element = copy.deepcopy(host.box.element)
    element.tail = other.box.element.tail
    parent = other.box.element.getparent()
    if parent is None:
        return None
    own, headline = headline_outside(host), headline_outside(other)
    if headline is not None:
        replace_element(headline, etree.Element("p") if own is None else copy.deepcopy(own))
    parent.replace(other.box.element, element)
    for head, new in zip(other.page.root.iter("head"), host.page.root.iter("head"), strict=False):
        replace_element(head, copy.deepcopy(new))
    return written(other.page)


def headline_outside(body: Body) -> Element | None:
    """Return the first h1 with text, where it stands outside of the body's box."""
    headline = next((node for node in body.page.nodes if node.tag == "h1" and node.first < node.last), None)
    if headline is None or body.box.first <= headline.first < body.box.last:
        return None
    return headline.element


def replace_element(element: Element, new: Element) -> None:
    """Put an element in the place of another."""
    parent = element.getparent()
    if parent is not None:
        new.tail = element.tail
        parent.replace(element, new)


def find_part(kind: str, donor: Body) -> Element | None:
    """Return a copy of a part of the kind that holds nothing of the donor's article, or of all of that."""
    if kind == "second articles":
        return None if donor.box.tag in ("body", "html") else with_headline(donor)
    if kind == "hidden text":
        return hidden(donor)
    pattern = NAMED[kind]
    for node in donor.page.nodes:
        if node.first == node.last or any(donor.gold[node.first : node.last]) or node.tag in ("html", "body", "head"):
            continue
        is_named = pattern.search(f"{node.get('class')} {node.get('id')}") or (
            kind == "footers" and node.tag == "footer"
        )
        if is_named and MIN_WORDS <= size(donor.page, node) <= MAX_WORDS:
            return without_tail(copy.deepcopy(node.element))
    return None


def with_headline(donor: Body) -> Element:
    """Return the donor's article, with its headline where that stands outside its box."""
    part = without_tail(copy.deepcopy(donor.box.element))
    headline = headline_outside(donor)
    if headline is None:
        return part
    article = etree.Element("article")
    article.extend([without_tail(copy.deepcopy(headline)), part])
    return article


def hidden(donor: Body) -> Element | None:
    """Return paragraphs of the donor in a box that the page does not show."""
    paragraphs = [node.element for node in donor.page.nodes if node.tag == "p" and donor.gold[node.first : node.last]][
        :4
    ]
    if not paragraphs:
        return None
    box = etree.Element("div", style="display:none")
    box.extend([without_tail(copy.deepcopy(paragraph)) for paragraph in paragraphs])
    return box


def between(host: Body, chance: random.Random) -> Element | None:
    """Return a paragraph amid the body, behind which a part may stand."""
    inside = [
        node.element
        for node in host.page.nodes
        if node.tag == "p" and host.box.first <= node.first < node.last < host.box.last and host.gold[node.first]
    ]
    return chance.choice(inside[:-1]) if len(inside) > 2 else None


def insert_behind(place: Element, part: Element) -> None:
    """Put a part behind an element, or last in it where nothing stands behind it."""
    if place.tag in ("body", "html"):
        place.append(part)
    else:
        place.addnext(part)
        part.tail, place.tail = place.tail, None


def without_tail(element: Element) -> Element:
    """Return the element without the text behind it."""
    element.tail = None
    return element


def size(page: Page, node: Node) -> int:
    """Return how many words a part has."""
    return sum(len(words(block.text)) for block in page.blocks[node.first : node.last])


def read(page: CorpusPage) -> Body:
    """Return a page, its blocks that the gold holds, and the smallest box around nearly all of them."""
    parsed = parse_html(page.path.read_bytes().decode("utf-8", "replace"), None)
    gold = gold_blocks([block.text for block in parsed.blocks], words(page.gold["text"] or ""))
    chars = [len(block.text) * held for block, held in zip(parsed.blocks, gold, strict=True)]
    whole = sum(chars)
    box = parsed.nodes[0]
    for node in parsed.nodes:
        if node.last - node.first <= box.last - box.first and sum(chars[node.first : node.last]) >= BODY * whole:
            box = node
    return Body(parsed, box, tuple(gold))


def written(page: Page) -> str:
    """Return the source of a page's tree."""
    return str(etree.tostring(page.root, method="html", encoding="unicode"))


def f1(page: CorpusPage, source: str) -> float:
    """Return the word F1 of what newsclean keeps of a source."""
    with patch.object(pipeline, "find_rules", lambda *_: ((), ())):
        try:
            text = pipeline.examine(Record(source, url=page.url), Options()).text
        except NewscleanError:
            text = ""
    return body_score(score(page.gold, Prediction(text))) or 0.0


if __name__ == "__main__":
    raise SystemExit(main())
