"""PageEvidence of one site's pages → a SiteRule that drops what repeats on them. Reads no page.

A text is template when it stands on several distinct articles; a box when hardly anything in it is article. What the
scorer is sure of goes only where it stands on most pages, and a repeated heading stays: it heads something else each
time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.sites import ANY, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.rules.evidence import Candidate, PageEvidence

MIN_PAGES = 3
"""Distinct articles below which nothing is learned: with one sibling, dropping what both have cost as many pages as it
helped."""
SAME_ARTICLE = 0.6
"""Share of the kept text from which two pages are one article saved twice."""
SURE = 0.8
"""Score from which the scorer is sure of a text, so that it has to stand on MIN_PAGES and on MOST of them."""
MOST = 0.5
VERY_SURE = 0.965
"""The same of what stands before or behind all that is a page's own, or in a box that is on most pages and holds
nothing of its own: the line on an author."""
MIN_REPEATS, MIN_REPEATS_ELSEWHERE = 2, 4
"""Distinct articles that a text has to stand on where the scorer is not sure of it; more on sites some of whose pages
are no articles."""
BOX_LEFT = 0.1
"""Share of article text up to which a box is template."""
BOX_REPEATS = 0.5
"""Share of repeated text, in what is or may be kept of a box, from which the box is template: a list of latest news,
whose items differ a little from page to page."""
CERTAIN = 0.5
"""Score from which unrepeated text speaks against dropping the box around it."""
MIN_LETTERS = 2
"""Letters that a text must have: "[1]" or "2019" says something else each time."""
MIN_DOUBTED = 40
"""Characters from which a text is worth a line that was kept nowhere, but might be: labels are not."""
MAX_TEXTS = 200
MAX_BOXES = 40
NEVER_BOXES = frozenset({"article", "main"})


def learn_rule(site: str, pages: Sequence[PageEvidence]) -> SiteRule | None:
    """Return a rule that drops what the pages of a site share; None where there is nothing to learn, or too little."""
    teaching = [page for page in pages if page.is_learnable and any(one.kept for one in page.candidates)]
    learner = _Learner(teaching, distinct_articles(teaching))
    if learner.total < MIN_PAGES:
        return None
    texts = learner.repeated_texts()
    boxes = learner.choose_boxes(texts)
    left = learner.without_boxes(texts, boxes)
    leads = learner.repeated_leads()
    if not boxes and not left and not leads:
        return None
    notes = [(selector, learner.note(learner.articles_with_box(selector))) for selector in boxes]
    notes += [(text, learner.note(learner.articles_with[key])) for key, text in left.items()]
    notes += [(f"{lead} {ANY}", learner.note(found)) for lead, found in leads.items()]
    drop_text = (*(f"{lead} {ANY}" for lead in leads), *left.values())
    return SiteRule((site,), drop=tuple(boxes), drop_text=drop_text, notes=tuple(notes), learned_from=learner.total)


def distinct_articles(pages: Sequence[PageEvidence]) -> list[int]:
    """Return for each page the number of its article: pages that share most of what is kept of them have the same."""
    kept = [{one.key: one.size for one in page.candidates if one.kept} for page in pages]
    sizes = [sum(texts.values()) for texts in kept]
    articles = list(range(len(pages)))
    for second, texts in enumerate(kept):
        for first in range(second):
            shared = sum(size for key, size in texts.items() if key in kept[first])
            if shared >= SAME_ARTICLE * max(sizes[first], sizes[second]) and articles[first] != articles[second]:
                old, new = articles[second], articles[first]
                articles = [new if article == old else article for article in articles]
    return articles


@dataclass
class _Found:
    """What one selector matches over all pages."""

    articles: set[int] = field(default_factory=set)
    chars: int = 0
    doubtful: int = 0
    """Characters that are or may be kept."""
    shared: int = 0
    """Characters of these that stand on another page too, and that the scorer is not very sure of."""
    repeated: int = 0
    """Characters of these that repeat."""
    left: int = 0
    """Characters that are kept and do not repeat."""
    certain: int = 0
    """Characters of these that the scorer is certain of."""


class _Learner:
    """The pages of one site, counted."""

    def __init__(self, pages: Sequence[PageEvidence], articles: Sequence[int]) -> None:
        self._pages = list(zip(pages, articles, strict=True))
        self.total = len(set(articles))
        self._repeats = MIN_REPEATS if all(page.is_article for page in pages) else MIN_REPEATS_ELSEWHERE
        self.articles_with: dict[bytes, set[int]] = defaultdict(set)
        for page, article in self._pages:
            for key in page.keys:
                self.articles_with[key].add(article)

    def repeated_texts(self) -> dict[bytes, str]:
        """Return the texts that are template, those first that take most out."""
        scores: dict[bytes, float] = {}
        weights: dict[bytes, int] = defaultdict(int)
        texts: dict[bytes, str] = {}
        staying: set[bytes] = set()
        for one in self._candidates():
            if sum(map(str.isalpha, one.text)) < MIN_LETTERS or (not one.kept and one.size < MIN_DOUBTED):
                continue
            texts.setdefault(one.key, one.text)
            scores[one.key] = max(one.score, scores.get(one.key, 0.0))
            weights[one.key] += one.size * (2 if one.kept else 1)
            if one.stays:
                staying.add(one.key)
        inside = self._kept_inside()
        template = {key for key in texts if key not in staying and self._is_repeated(key, scores[key], key in inside)}
        found = [*template, *((self._companions(template) & texts.keys()) - template - staying)]
        found.sort(key=lambda key: (-weights[key], texts[key]))
        return {key: texts[key] for key in found}

    def repeated_leads(self) -> dict[str, set[int]]:
        """Return the words that point to another article ("Read also:") → the articles that have them.

        What follows them is different each time; it has to be a text of other pages, or a link that the scorer is not
        sure of.
        """
        pointing: dict[str, set[int]] = defaultdict(set)
        other: set[str] = set()
        for page, article in self._pages:
            for one in page.candidates:
                if one.lead and self._points_away(one, article):
                    pointing[one.lead].add(article)
                elif one.lead and one.kept:
                    other.add(one.lead)
        return {lead: found for lead, found in pointing.items() if len(found) >= MIN_PAGES and lead not in other}

    def _points_away(self, one: Candidate, article: int) -> bool:
        return bool(self.articles_with.get(one.rest, set()) - {article}) or (one.is_link and one.score < SURE)

    def _candidates(self) -> Iterable[Candidate]:
        return (one for page, _ in self._pages for one in page.candidates)

    def _companions(self, template: set[bytes]) -> set[bytes]:
        """Return the other items of lists that are mostly template."""
        found: set[bytes] = set()
        for page, _ in self._pages:
            for numbers in page.lists:
                items = [page.candidates[number] for number in numbers]
                repeated = sum(item.size for item in items if item.key in template)
                if repeated and repeated >= BOX_REPEATS * sum(item.size for item in items):
                    found |= {item.key for item in items if item.score < SURE}
        return found

    def _kept_inside(self) -> set[bytes]:
        """Return what is kept between texts that are the page's own."""
        inside: set[bytes] = set()
        for page, _ in self._pages:
            kept = [one.key for one in page.candidates if one.kept]
            own = [at for at, key in enumerate(kept) if len(self.articles_with[key]) == 1]
            inside.update(kept[own[0] : own[-1]] if own else kept)
        return inside

    def _is_repeated(self, key: bytes, score: float, is_inside: bool) -> bool:
        count = len(self.articles_with[key])
        if score < SURE or count < self._repeats:
            return count >= self._repeats
        return count >= MIN_PAGES and (count >= MOST * self.total or not (is_inside or score >= VERY_SURE))

    def choose_boxes(self, texts: dict[bytes, str]) -> list[str]:
        """Return selectors of boxes that are template, as few as take out what was kept in them."""
        boxes = [name for name, found in sorted(self._look_at_boxes(texts).items()) if self._is_template(name, found)]
        covers = {name: self._kept_in(name) for name in boxes}
        chosen: list[str] = []
        while covers and len(chosen) < MAX_BOXES:
            best = min(covers, key=lambda name: (-sum(covers[name].values()), len(name), name))
            gone = covers.pop(best)
            if not gone:
                break
            chosen.append(best)
            covers = {
                name: {place: size for place, size in places.items() if place not in gone}
                for name, places in covers.items()
            }
        return chosen

    def _look_at_boxes(self, texts: dict[bytes, str]) -> dict[str, _Found]:
        boxes: dict[str, _Found] = defaultdict(_Found)
        for page, article in self._pages:
            for selector, box in page.boxes.items():
                found = boxes[selector]
                found.articles.add(article)
                found.chars += box.chars
                for one in (page.candidates[index] for index in box.candidates):
                    found.doubtful += one.size
                    found.shared += one.size * (len(self.articles_with[one.key]) > 1 and one.score < VERY_SURE)
                    if one.key in texts:
                        found.repeated += one.size
                    elif one.kept:
                        found.left += one.size
                        found.certain += one.size * (one.score >= CERTAIN)
        return boxes

    def _is_template(self, selector: str, found: _Found) -> bool:
        if selector in NEVER_BOXES or len(found.articles) < max(MIN_PAGES, self._repeats):
            return False
        is_usual = len(found.articles) >= MOST * self.total
        if is_usual and found.doubtful and found.shared == found.doubtful:
            return True
        if found.certain:
            return False
        if found.left <= BOX_LEFT * found.chars:
            return True
        return found.repeated >= BOX_REPEATS * found.doubtful and is_usual

    def _kept_in(self, selector: str) -> dict[tuple[int, int], int]:
        """Return (page, candidate) → characters of what is kept in a box."""
        return {
            (number, index): page.candidates[index].size
            for number, (page, _) in enumerate(self._pages)
            if selector in page.boxes
            for index in page.boxes[selector].candidates
            if page.candidates[index].kept
        }

    def without_boxes(self, texts: dict[bytes, str], boxes: Sequence[str]) -> dict[bytes, str]:
        """Return the texts that do not stand in the boxes alone."""
        outside: set[bytes] = set()
        for page, _ in self._pages:
            inside = {index for name in boxes if name in page.boxes for index in page.boxes[name].candidates}
            outside |= {one.key for index, one in enumerate(page.candidates) if index not in inside}
        left = [key for key in texts if key in outside]
        return {key: texts[key] for key in left[:MAX_TEXTS]}

    def articles_with_box(self, selector: str) -> set[int]:
        """Return the articles on whose pages a selector matches."""
        return {article for page, article in self._pages if selector in page.boxes}

    def note(self, articles: set[int]) -> str:
        """Return why something is template, for a reader."""
        return f"on {len(articles)} of {self.total} pages of this site"
