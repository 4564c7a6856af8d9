"""Saved pages of one site → a proposed SiteRule: short, stable selectors for what the voters choose on them.

What varies between pages is noise, what repeats is the site: a selector counts by all pages together. Where a box can
be named that holds what the voters chose and, after what is to be dropped, nothing else, the rule names that body;
elsewhere it leaves the body to the voters and names what is no article.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.facts import read_metadata
from newsclean.judge.ballots import select
from newsclean.model import Options
from newsclean.pipeline import voters_for
from newsclean.settle import settle
from newsclean.sites import SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.page.html import Page

MIN_COVER = 0.3
"""Share of a page's article that a box has to hold to come into question as its body."""
STRAY = 0.02
"""Share of article in what a dropping selector matches, or of other text in a keeping one, that is taken for noise."""
CLOSE = 0.01
"""Difference in F1 up to which two bodies are equally good, and the plainer selector wins."""
MIN_FIT = 0.75
"""Mean F1 from which a box comes into question as a body, before anything inside it is dropped."""
MIN_EXACT = 0.99
"""F1 against what the voters chose that a rule with a body must have on every page where the body is found. Of
60 development sites 46 had a body with less: it lost word F1 against the scorer on 39; of 7 with more one did."""
MIN_DROPPED = 25
"""Characters a page from which what a selector drops is worth its line."""
MIN_KEPT = 20
"""Characters a page from which text outside the body is worth a selector: a standfirst has them, a label has not."""
MIN_REPEAT = 20
"""Characters from which the same text on two pages is no chance: subheadings like "What happened" are shorter."""
MAX_DROPS = 20
MAX_FURNITURE = 5
"""Selectors for what stands around the article, where nothing in it is to be named: the voters know most of it."""
MAX_KEEPS = 4

# "post-body", "storyText", "entry__content"; not "css-1x2y3z", "sc-bdVaJa", "col-md-8", "p_12345", "is-open"
_STABLE_RE = re.compile(
    r"(?!(?:css|sc|jsx|js|is|has|post|id|col|row|w|h|m|p|mt|mb|px|py)-?\d)[A-Za-z][A-Za-z_-]{2,38}\d?"
)
_UNSTABLE_RE = re.compile(
    r"^(?:css|sc|jsx|emotion|is|has|js)-|(?:^|[-_])(?:active|open|hidden|visible|loaded|even|odd|first|last)(?:$|[-_])"
    r"|[a-z][A-Z][a-z]?[A-Z]|[bcdfghjklmnpqrstvwxz]{6}|__(?=\w*[A-Z])\w{4,6}$|^(?=.{4,8}$)(?=.*[A-Z])(?!.*[a-z]{3})",
)
# Classes that say how a thing looks: "text-sm", "d-flex", "mb-sm", "relative"
_LOOKS_RE = re.compile(
    r"(?:[a-z]{1,2}|text|font|flex|grid|gap|items|justify|border|bg|rounded|leading|float|col|row|ease|max|min|order|"
    r"space|align|self|inline|line|shadow|overflow|sm|md|lg|xl)-.*"
    r"|relative|absolute|sticky|fixed|flex|dflex|grid|block|inline|light|dark|bold|row|col|column|center|centered|left|"
    r"right|clearfix|container|wrapper|inner|outer|text|img|box|stack"
)
PLAIN_TAGS = frozenset("article main aside nav footer header form figure section blockquote details".split())
BODY_TAGS = frozenset({"article", "main"})
Range = tuple[int, int]
BODY, DROP, KEEP = range(3)


@dataclass
class Sample:
    """One page as evidence: its blocks, those kept, and which ranges of blocks each plain selector matches."""

    page: Page
    kept: list[bool]
    headlines: frozenset[int] = frozenset()
    """Blocks that repeat the title, which cleaning drops whatever a rule says: they do not count."""
    ranges: dict[str, list[Range]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.sizes = [0 if block.number in self.headlines else len(block.text) for block in self.page.blocks]
        self.all = [0, *accumulate(self.sizes)]
        self.good = [0, *accumulate(size if keep else 0 for size, keep in zip(self.sizes, self.kept, strict=True))]
        for node in self.page.nodes:
            if node.first < node.last:
                for selector in plain_selectors(node.tag, dict(node.element.attrib)):
                    self.ranges[selector].append((node.first, node.last))

    def sums(self, ranges: Iterable[Range]) -> tuple[int, int]:
        """Return the characters in ranges, each counted once: of the article, and of all."""
        good = total = end = 0
        for first, last in sorted(ranges):
            first = max(first, end)
            if last > first:
                good += self.good[last] - self.good[first]
                total += self.all[last] - self.all[first]
                end = last
        return good, total

    def f1(self, selector: str) -> float:
        """Return how well what a selector matches fits the article, 0 to 1."""
        good, total = self.sums(self.ranges.get(selector, ()))
        return 2 * good / (total + self.good[-1]) if good else 0.0

    def fit(self, rule: SiteRule) -> float:
        """Return how well what a rule with a body keeps fits the article, 0 to 1."""
        kept = self.kept_by(rule)
        total = sum(size for size, keep in zip(self.sizes, kept, strict=True) if keep)
        both = zip(self.sizes, kept, self.kept, strict=True)
        return 2 * sum(size for size, keep, good in both if keep and good) / max(total + self.good[-1], 1)

    def kept_by(self, rule: SiteRule) -> list[bool]:
        """Return which blocks a rule with a body keeps: the innermost selector decides, but no body inside a drop."""
        body = next((self.ranges[selector] for selector in rule.body if selector in self.ranges), [])
        drops = [found for selector in rule.drop for found in self.ranges.get(selector, ())]
        keeps = [found for selector in rule.keep for found in self.ranges.get(selector, ())]
        marks = [(found, order) for order, ranges in enumerate((body, drops, keeps)) for found in ranges]
        marks.sort(key=lambda mark: (mark[0][0] - mark[0][1], mark[1]))
        decided: list[int | None] = [None] * len(self.kept)
        for (first, last), order in marks:
            for number in range(first, last):
                if order != BODY or decided[number] != DROP:
                    decided[number] = order
        return [order in (BODY, KEEP) for order in decided]


def read_sample(page: Page) -> Sample | None:
    """Return a page as evidence, None where the voters find no article on it."""
    selection = select(page, voters_for(page.kind, Options()), Options())
    if selection is None:
        return None
    metadata = read_metadata(page)
    everything, _ = settle(page, replace(selection, kept=tuple(bool(block.text) for block in page.blocks)), metadata)
    headlines = frozenset(verdict.block for verdict in everything.verdicts if verdict.voter == "drop_headline")
    settled, _ = settle(page, selection, metadata)
    return Sample(page, [verdict.kept for verdict in settled.verdicts], headlines)


def plain_selectors(tag: str, attributes: dict[str | bytes, str | bytes]) -> list[str]:
    """Return the short selectors that an element answers to, the plainest first."""
    found = [tag] if tag in PLAIN_TAGS else []
    if attributes.get("itemprop") == "articleBody":
        found.append('[itemprop="articleBody"]')
    if attributes.get("role") == "main":
        found.append('[role="main"]')
    name = str(attributes.get("id", ""))
    if is_stable(name):
        found.append(f"#{name}")
    classes = str(attributes.get("class", "")).split()
    for one in dict.fromkeys(classes):
        if is_stable(one):
            found += [f".{one}", f"{tag}.{one}"]
    return found


def is_stable(name: str) -> bool:
    """Return whether an id or class reads as if a person had named a part of the page with it."""
    return bool(_STABLE_RE.fullmatch(name)) and not _UNSTABLE_RE.search(name) and not _LOOKS_RE.fullmatch(name)


def is_about_looks(name: str) -> bool:
    """Return whether a class says how a thing looks, and so may be anywhere on a page: "py-3", "text-sm"."""
    return bool(_LOOKS_RE.fullmatch(name))


def propose_rule(host: str, samples: Sequence[Sample]) -> SiteRule:
    """Return a rule that gives on these pages what the voters chose, as far as the site's markup has words for it."""
    samples = without_repeats(samples)
    rule = _with_body(host, samples)
    if rule is not None and worst_fit(rule, samples) >= MIN_EXACT:
        return rule
    drop = choose_drops(samples, [_span(sample) for sample in samples])
    everywhere: list[list[Range]] = [[(0, len(sample.page.blocks))] for sample in samples]
    return SiteRule((host,), drop=drop or choose_drops(samples, everywhere, MAX_FURNITURE))


def nearest_body(samples: Sequence[Sample]) -> tuple[str, float] | None:
    """Return the selector of the box that comes nearest to the article, and how well it fits on the worst page."""
    samples = without_repeats(samples)
    rule = _with_body("", samples)
    return (rule.body[0], worst_fit(rule, samples)) if rule else None


def _with_body(host: str, samples: Sequence[Sample]) -> SiteRule | None:
    body = choose_body(samples)
    inside = [_body_ranges(sample, body) for sample in samples]
    return SiteRule((host,), body, choose_drops(samples, inside), choose_keeps(samples, inside)) if body else None


def worst_fit(rule: SiteRule, samples: Sequence[Sample]) -> float:
    """Return how well a rule fits on the page where it fits worst; where its body is not found the voters decide."""
    return min(
        (sample.fit(rule) for sample in samples if any(selector in sample.ranges for selector in rule.body)),
        default=0.0,
    )


def _span(sample: Sample) -> list[Range]:
    """Return the blocks from the first that is article to the last."""
    numbers = [number for number, keep in enumerate(sample.kept) if keep]
    return [(numbers[0], numbers[-1] + 1)] if numbers else []


def without_repeats(samples: Sequence[Sample]) -> list[Sample]:
    """Return the samples, text that stands on two of them or more taken for no article: pitches, legal notes.

    A page most of whose article stands on another one too is the same article saved twice, and tells nothing.
    """
    pages = Counter(text for sample in samples for text in set(_kept_texts(sample)))
    out = []
    for sample in samples:
        repeats = {text for text in _kept_texts(sample) if pages[text] > 1}
        blocks = zip(sample.page.blocks, sample.kept, strict=True)
        kept = [keep and block.text not in repeats for block, keep in blocks]
        unique = Sample(sample.page, kept, sample.headlines)
        out.append(unique if 2 * unique.good[-1] > sample.good[-1] else sample)
    return out


def _kept_texts(sample: Sample) -> list[str]:
    blocks = zip(sample.page.blocks, sample.kept, strict=True)
    return [block.text for block, keep in blocks if keep and len(block.text) >= MIN_REPEAT]


def choose_body(samples: Sequence[Sample]) -> tuple[str, ...]:
    """Return the selector that fits the article best where it matches; for pages without a match, further ones."""
    chosen: list[str] = []
    rest = list(samples)
    least = min(2, len(samples))
    while len(rest) >= least:
        best = _best_body(rest, least)
        if best is None:
            break
        chosen.append(best)
        rest = [sample for sample in rest if best not in sample.ranges]
    return tuple(chosen)


def _best_body(samples: Sequence[Sample], least: int) -> str | None:
    """Return the plainest of the selectors that fit best, None where none fits on as many pages as there must be."""
    names = {
        selector: None
        for sample in samples
        for selector, ranges in sample.ranges.items()
        if _may_be_body(selector) and sample.sums(ranges)[0] >= MIN_COVER * sample.good[-1]
    }
    fits = {name: [sample.f1(name) for sample in samples if name in sample.ranges] for name in names}
    scores = {name: sum(found) / len(found) for name, found in fits.items() if len(found) >= least}
    top = max(scores.values(), default=0.0)
    if top < MIN_FIT:
        return None
    good = [name for name in scores if scores[name] >= top - CLOSE]
    widest = max(len(fits[name]) for name in good)
    return min((name for name in good if len(fits[name]) == widest), key=_clumsiness)


def _may_be_body(selector: str) -> bool:
    return selector in BODY_TAGS or not selector.isalnum()


def _clumsiness(selector: str) -> tuple[int, bool, int, str]:
    """Order selectors: meaning first, then ids and classes, without digits before with them, short before long."""
    order = ("[itemprop", "article", "main", "[role", "#", ".")
    kind = next((place for place, start in enumerate(order) if selector.startswith(start)), len(order))
    if kind <= 2:
        return 0, False, kind, selector
    return int(kind == len(order)), selector[-1].isdigit(), len(selector), selector


def _body_ranges(sample: Sample, body: Sequence[str]) -> list[Range]:
    first = next((selector for selector in body if selector in sample.ranges), None)
    return sample.ranges[first] if first else [(0, len(sample.page.blocks))]


def choose_drops(samples: Sequence[Sample], inside: Sequence[list[Range]], most: int = MAX_DROPS) -> tuple[str, ...]:
    """Return selectors for what stands inside the body and is no article, as few as cover it."""
    gains: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    clean_names = _pure(samples, good=False)
    for number, (sample, body) in enumerate(zip(samples, inside, strict=True)):
        for selector in clean_names & sample.ranges.keys():
            for first, last in sample.ranges[selector]:
                if any(start <= first and last <= end and (first, last) != (start, end) for start, end in body):
                    gains[selector].append((number, first, last))
    return _cover(samples, gains, most, good=False, least=MIN_DROPPED)


def choose_keeps(samples: Sequence[Sample], inside: Sequence[list[Range]]) -> tuple[str, ...]:
    """Return selectors for article text outside the body: a standfirst above it, a second part below it."""
    gains: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (sample, body) in enumerate(zip(samples, inside, strict=True)):
        for selector in _pure(samples, good=True) & sample.ranges.keys():
            for first, last in sample.ranges[selector]:
                if all(last <= start or end <= first for start, end in body):
                    gains[selector].append((number, first, last))
    return _cover(samples, gains, MAX_KEEPS, good=True, least=MIN_KEPT * len(samples))


def _pure(samples: Sequence[Sample], *, good: bool) -> set[str]:
    """Return the selectors that match nothing but article (`good`) or nothing of it, over all pages."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for sample in samples:
        for selector, ranges in sample.ranges.items():
            article, total = sample.sums(ranges)
            seen = sums[selector]
            seen[0] += article if good else total - article
            seen[1] += total
            seen[2] += 1
    least = min(2, len(samples))
    return {name for name, (own, total, pages) in sums.items() if own >= (1 - STRAY) * total > 0 and pages >= least}


def _cover(
    samples: Sequence[Sample], gains: dict[str, list[tuple[int, int, int]]], most: int, *, good: bool, least: int
) -> tuple[str, ...]:
    """Return selectors, the one that adds most first, until none adds at least so many characters."""
    covered = [[False] * len(sample.page.blocks) for sample in samples]

    def gain(selector: str) -> int:
        blocks = {(number, at) for number, first, last in gains[selector] for at in range(first, last)}
        return sum(
            samples[number].sizes[at]
            for number, at in blocks
            if not covered[number][at] and samples[number].kept[at] == good
        )

    chosen: list[str] = []
    while len(chosen) < most and gains:
        worth = {selector: gain(selector) for selector in gains}
        gains = {selector: places for selector, places in gains.items() if worth[selector] >= least}
        if not gains:
            break
        top = max(worth[selector] for selector in gains)
        best = min((name for name in gains if worth[name] == top), key=_clumsiness)
        chosen.append(best)
        for number, first, last in gains.pop(best):
            covered[number][first:last] = [True] * (last - first)
    return tuple(chosen)
