"""The articles of several pages → one article. Whether they belong together was decided before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.document import Document, Footnote, FootnoteReference, transform
from newsclean.model import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.article import Article
    from newsclean.document import Block
    from newsclean.model import Verdict


def join_articles(articles: Sequence[Article]) -> Article:
    """Return the first article with the bodies, verdicts and comments of all, block numbers counted on.

    What one page says about the article is what its first page says; the result is as sure as the least sure page.
    """
    blocks: list[Block] = []
    verdicts: list[Verdict] = []
    for number, article in enumerate(articles):
        blocks += _moved(article.document, len(verdicts), number).blocks
        shift = len(verdicts)
        verdicts += [replace(verdict, block=verdict.block + shift) for verdict in article.verdicts]
    least = min((article.confidence for article in articles), key=lambda confidence: confidence.score)
    return replace(
        articles[0],
        document=Document(tuple(blocks)),
        verdicts=tuple(verdicts),
        confidence=Confidence(least.score, (*least.reasons, f"joined of {len(articles)} pages")),
        comments=tuple(dict.fromkeys(comment for article in articles for comment in article.comments)),
        warnings=tuple(dict.fromkeys(warning for article in articles for warning in article.warnings)),
    )


def _moved(document: Document, shift: int, page: int) -> Document:
    """Return the body of a page with its block numbers and footnote labels made its own."""

    def change(node: object) -> object:
        if isinstance(node, FootnoteReference | Footnote) and page:
            node = replace(node, label=f"{page + 1}-{node.label}")
        source = getattr(node, "source", None)
        if shift and source:
            return replace(node, source=(source[0] + shift, source[1] + shift))  # type: ignore[type-var]
        return node

    return transform(document, change)
