"""Flattened pages of a corpus (gold.jsonl and pages/*.txt) → lines with labels and the columns that need no weights."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.flattext import segment, view_lines
from newsclean.flattext.features import Measures, shape_columns
from newsclean.flattext.headline import candidates
from training.corpora import registered_domain
from training.folds import fold_of
from training.labels import label_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsclean.flattext.features import LineView

_WORD_RE = re.compile(r"\w+")


@dataclass
class LinePage:
    """One flattened page, ready for training."""

    id: str
    style: str
    site: str
    fold: int
    gold: str
    title: str
    view: LineView
    measures: Measures
    shape: Any
    """Lines x SHAPE_COLUMNS."""
    labels: Any
    """Share of each line that is gold."""
    numbers: list[int]
    """Lines that can be the title."""
    is_title: list[bool]
    """Whether each of those is."""


def read_pages(folder: Path) -> Iterator[LinePage]:
    """Yield the pages of a corpus that have lines, in the order of its gold file."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as rows:
        for row in rows:
            gold = json.loads(row)
            page = _prepare(gold, (folder / "pages" / f"{gold['id']}.txt").read_text(encoding="utf-8"))
            if page.view.texts:
                yield page


def _prepare(gold: dict[str, Any], source: str) -> LinePage:
    view = view_lines(*segment(source))
    measures = Measures(view)
    site = registered_domain(gold.get("url") or gold["site"])
    numbers = candidates(view, measures)
    title = _key(gold.get("title") or "")
    return LinePage(
        id=gold["id"],
        style=gold.get("type") or "",
        site=site,
        fold=fold_of(site),
        gold=gold["text"],
        title=title,
        view=view,
        measures=measures,
        shape=rows_of(shape_columns(view, measures)),
        labels=np.clip(np.array(label_texts(view.texts, gold["text"])), 0.0, 1.0),
        numbers=numbers,
        is_title=[_key(view.texts[number]) == title for number in numbers],
    )


def rows_of(columns: list[list[float]]) -> Any:
    """Return columns as a matrix, one row a line."""
    return np.array(columns, dtype=np.float32).T


def _key(text: str) -> str:
    return " ".join(_WORD_RE.findall(unicodedata.normalize("NFKC", text).lower()))
