"""Article → the list of what was taken out of its page, for reading (Markdown) or for programs (a line of JSON)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

from newsclean.render.escape import Line, Stretch, escape
from newsclean.render.safe import one_line

if TYPE_CHECKING:
    from newsclean.article import Article
    from newsclean.model import Verdict

RemovedFormat = Literal["markdown", "jsonl"]


def serialize_removed(article: Article, to: RemovedFormat) -> bytes:
    """Return what was taken out as UTF-8 that ends in one newline; a page without an article was taken out whole."""
    text = removed_markdown(article) if to == "markdown" else removed_json(article)
    return text.encode("utf-8", "replace" if to == "markdown" else "backslashreplace")


def removed_markdown(article: Article) -> str:
    """Return a list with an item a block: its number, why it went and who said so, and its text."""
    gone = _removed(article)
    texts = sum(1 for verdict in article.verdicts if verdict.text)
    head = f"# Taken out of {_escaped(article.input.name)}\n\n{len(gone)} of {texts} blocks with text.\n"
    return "\n".join([head, *map(_item, gone)])


def removed_json(article: Article) -> str:
    """Return one line: the input's path, whether it holds an article, and the verdict on each block taken out."""
    verdicts = [asdict(verdict) for verdict in _removed(article)]
    found = {"path": article.input.path, "name": article.input.name, "article": not article.is_empty}
    return json.dumps({**found, "removed": verdicts}, ensure_ascii=False) + "\n"


def _removed(article: Article) -> list[Verdict]:
    """Return the verdicts on the dropped blocks; a picture's block has no text that could be lost."""
    return [verdict for verdict in article.verdicts if verdict.text and not verdict.kept]


def _item(verdict: Verdict) -> str:
    score = "" if verdict.score is None else f" {verdict.score:.2f}"
    role = f", {verdict.role}" if verdict.role else ""
    reason = _escaped(f"{verdict.reason} ({verdict.voter}{score}{role})")
    return f"- **Block {verdict.block}**: {reason}\n\n  {_escaped(verdict.text)}\n"


def _escaped(text: str) -> str:
    """Return text as one line of Markdown in which nothing is markup."""
    line = one_line(text)
    return escape(Line(line, [Stretch(0, len(line))]), starts_block=True)
