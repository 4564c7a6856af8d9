"""The decisions on a page's blocks while the steps of settle change them. Holds no step."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.facts.headlines import letters as bare
from newsclean.model import Verdict
from newsclean.words import letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.judge.ballots import Selection
    from newsclean.model import Metadata
    from newsclean.page.html import Page


BODY_CHARS = 60
"""Characters of a kept text from which on the body has begun."""
RULED = "site rule"
"""Who decides where a rule of the page's site names the body."""
PROSE_KINDS = ("listing", "collection", "service", "documentation")
"""What pages in scripts without spaces, or with class names that say nothing, are taken for."""
RUN = 3
"""Paragraphs in a row by which a page is told."""
LONG_RUN = 400
"""Letters of two paragraphs in a row that are enough as well."""
PARAGRAPH = 60
"""Letters from which a text is a paragraph."""
AT_ONCE, LEAD = 4, 100
"""Blocks from a headline to the text below it, and letters of that, by which a very short article is told."""
LINKED = 0.5
"""Link density from which a text is none."""
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
ENDS = (".", "!", "?", "…", "。", "！", "？", "”", "»")
"""Marks at the end of a sentence, which labels have not."""
KINDS_OF_ITEMS = ("listing", "collection", "product", "service")
"""Pages that are made of items rather than of one text: shops, blog indexes, offers."""


class Draft:
    """The decisions so far; steps change them through `keep` and `drop`, which record why."""

    def __init__(self, page: Page, selection: Selection, metadata: Metadata) -> None:
        self.page = page
        self.metadata = metadata
        self.kept = list(selection.kept)
        self.verdicts = list(selection.verdicts)
        self.kind = selection.ballot.kind if selection.ballot else "article"
        """What the page is, as the voter has it."""
        self.barred = set(selection.barred)
        self.is_ruled = selection.engine == RULED
        """Whether a site rule said where the body is."""
        self.said: dict[int, list[str]] = {}
        """The longer words of the blocks that were asked for them."""
        self._sizes: list[int] = []
        self._is_weighed = selection.ballot is not None and selection.ballot.calibration is not None

    def drop(self, number: int, rule: str, reason: str, role: str | None = None) -> None:
        """Take a block out, unless a rule that leaves the body to the voter keeps it."""
        if self.kept[number] and self.verdicts[number].voter == RULED and not self.is_ruled:
            return
        self._decide(number, False, rule, reason, role)

    def keep(self, number: int, rule: str, reason: str, role: str | None = None) -> None:
        """Put a block in, unless it is barred."""
        if number not in self.barred:
            self._decide(number, True, rule, reason, role)

    def bar(self, numbers: Iterable[int]) -> None:
        """Let no later step put blocks back."""
        self.barred.update(numbers)

    def _decide(self, number: int, kept: bool, rule: str, reason: str, role: str | None) -> None:
        old = self.verdicts[number]
        self._sizes = []
        self.kept[number] = kept
        self.verdicts[number] = Verdict(number, kept, rule, reason, old.score, role or old.role, old.text)

    @property
    def is_dated_article(self) -> bool:
        """Return whether the page is an article, or has a date though the voter takes it for something else."""
        return self.kind == "article" or (self.kind != "forum" and self.metadata.published is not None)

    @cached_property
    def is_prose(self) -> bool:
        """Return whether the page is an article, or dated and told in paragraphs whatever else the voter sees in it."""
        if self.kind == "article" or self.kind not in PROSE_KINDS or self.metadata.published is None:
            return self.kind == "article"
        run = size = 0
        for block in self.page.blocks:
            if self.kept[block.number] and block.text:
                is_paragraph = letters(block.text) >= PARAGRAPH and block.link_density < LINKED
                run, size = (run + 1, size + letters(block.text)) if is_paragraph else (0, 0)
                if run >= RUN or (run > 1 and size >= LONG_RUN):
                    return True
        return False

    @property
    def is_told_at_once(self) -> bool:
        """Return whether an article's first kept text is a paragraph right below an h1 that is the title."""
        number, (first, _) = self.headline, self.first_and_last()
        if self.kind != "article" or number is None or not number < first <= number + AT_ONCE:
            return False
        headline, block = self.page.blocks[number], self.page.blocks[first]
        is_title = self.page.nodes[headline.node].tag == "h1" and bare(headline.text) == bare(self.metadata.title or "")
        return is_title and block.link_density < LINKED and letters(block.text) >= LEAD

    @property
    def sizes(self) -> list[int]:
        """Return prefix sums over the characters of kept blocks."""
        if not self._sizes:
            self._sizes = list(accumulate((len(b.text) * self.kept[b.number] for b in self.page.blocks), initial=0))
        return self._sizes

    @property
    def has_items(self) -> bool:
        """Return whether the page is made of items rather than of one text."""
        return self.kind in KINDS_OF_ITEMS

    @property
    def headline(self) -> int | None:
        """Return the number of the last block before the body that is an h1 or says the title, or None."""
        title = bare(self.metadata.title or "")
        longest = 2 * len(self.metadata.title or "")
        last = None
        for block in self.page.blocks:
            is_title = title and len(block.text) < longest and bare(block.text) == title
            is_h1 = self.page.nodes[block.node].tag == "h1" or self.verdicts[block.number].role == "headline"
            if block.text and (is_title or is_h1):
                last = block.number
            elif last is not None and self.kept[block.number] and len(block.text) >= BODY_CHARS:
                break
        return last

    def share(self, number: int) -> float | None:
        """Return how likely the voter takes a block for article, 0 to 1; None where its scores are no probabilities."""
        return self.verdicts[number].score if self._is_weighed else None

    def first_and_last(self) -> tuple[int, int]:
        """Return the numbers of the first and last kept blocks with text, or (0, -1)."""
        numbers = [block.number for block in self.page.blocks if self.kept[block.number] and block.text]
        return (numbers[0], numbers[-1]) if numbers else (0, -1)

    def counts(self, chosen: Sequence[int]) -> list[int]:
        """Return prefix sums over blocks of `chosen`."""
        return list(accumulate(chosen, initial=0))
