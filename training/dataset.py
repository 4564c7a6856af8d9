"""Corpora → prepared pages: what the scorer sees of each page, and its labels. Kept in a cache folder."""

from __future__ import annotations

import ast
import gc
import hashlib
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import newsclean
from newsclean.judge.scorer.view import PageView, view_page
from newsclean.page.html import parse_html
from training.corpora import FULL_TEXT, SNIPPETS, Sample, read_corpus
from training.labels import is_known, label_snippets, label_texts
from training.tokens import Shares, page_shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CODE = (
    "page/tree/__init__.py",
    "page/tree/custom.py",
    "page/tree/emails.py",
    "page/tree/recordings.py",
    "page/html.py",
    "judge/scorer/view.py",
    "judge/scorer/tokens.py",
)
"""Source files whose change makes the cache stale, with the training files that label."""


@dataclass
class Prepared:
    """One page, ready for training."""

    sample: Sample
    view: PageView
    labels: list[float]
    """Share of each block that is gold; labels.UNKNOWN where the gold is snippets and none of them tells."""
    shares: Shares = field(default_factory=dict)

    @property
    def known(self) -> list[int]:
        """Return the blocks whose label says something: all of them where the gold is the whole text."""
        return [index for index, label in enumerate(self.labels) if is_known(label)]

    @property
    def texts(self) -> list[str]:
        """Return the texts of the blocks."""
        return self.view.texts


def prepare(sample: Sample) -> Prepared:
    """Return a sample's page with labels. Its address is the one the page declares itself."""
    view = view_page(parse_html(sample.source()))
    if sample.gold is None:
        labels = label_snippets(view.texts, sample.wanted, sample.unwanted)
    else:
        labels = label_texts(view.texts, sample.gold)
    return Prepared(sample, view, labels, page_shares(view, labels))


def prepare_corpora(
    corpora: Path, cache: Path | None, names: Sequence[str] = (*FULL_TEXT, *SNIPPETS)
) -> list[Prepared]:
    """Return all pages of the named corpora, from the cache where code and corpora have not changed."""
    pages: list[Prepared] = []
    gc.disable()
    for name in names:
        pages.extend(_prepare_corpus(corpora / name, cache))
    gc.freeze()
    gc.enable()
    return pages


def _prepare_corpus(folder: Path, cache: Path | None) -> list[Prepared]:
    path = cache / f"{folder.name}-{_code_hash()}.pickle" if cache else None
    if path and path.exists():
        with path.open("rb") as stored:
            found: list[Prepared] = pickle.load(stored)
            return found
    pages = [prepare(sample) for sample in read_corpus(folder)]
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(pages, protocol=5))
    return pages


def _code_hash() -> str:
    total = hashlib.sha256()
    for path in _code_files():
        total.update(ast.dump(ast.parse(path.read_bytes())).encode())
    return total.hexdigest()[:12]


def _code_files() -> Iterator[Path]:
    package = Path(newsclean.__file__ or "").parent if newsclean.__file__ else Path(next(iter(newsclean.__path__)))
    for name in _CODE:
        yield package / name
    for name in ("labels.py", "corpora.py", "tokens.py", "dataset.py"):
        yield Path(__file__).parent / name
