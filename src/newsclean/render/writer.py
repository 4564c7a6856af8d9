"""What holds for one Markdown output, and the one way from inline content to its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.document import FootnoteReference
from newsclean.render.escape import is_plain
from newsclean.render.inline import render_inline
from newsclean.render.runs import lone_text, runs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.document import Inline
    from newsclean.render.inline import Place
    from newsclean.render.runs import Run


@dataclass(frozen=True, slots=True)
class Writer:
    """The options, the footnotes' labels, and which of them were referred to so far."""

    links: bool
    images: bool
    labels: Mapping[str, str]
    used: set[str] = field(default_factory=set)

    def runs(self, content: Sequence[Inline]) -> list[Run]:
        """Return `content` as runs under the options."""
        return runs(content, links=self.links, images=self.images)

    def line(self, content: Sequence[Run], place: Place = "paragraph") -> str:
        """Return `content` as Markdown and remember the footnotes it refers to."""
        self.used.update(run.leaf.label for run in content if isinstance(run.leaf, FootnoteReference))
        return render_inline(content, self.labels, place)

    def inline(self, content: Sequence[Inline], place: Place = "paragraph") -> str:
        """Return inline `content` as Markdown."""
        text = lone_text(content)
        if text is not None and place != "cell" and is_plain(text):
            return text
        return self.line(self.runs(content), place)
