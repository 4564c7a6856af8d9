"""A prediction and its gold → numbers: the score definitions of the corpora, page by page and summed up.

Every score of a page is a tally, and tallies add, so that any group of pages (a corpus, a type, a bootstrap sample of
sites) is scored by adding up its tallies. No page is read or converted here.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

SHINGLE = 4
"""Words in a shingle, as the article extraction benchmark counts."""

MAX_SNIPPETS = 6
"""Snippets counted a page and side, as trafilatura's own evaluation does."""

_WORD_RE = re.compile(r"\w+")  # "Élan", "2025"
_SPACE_RE = re.compile(r"\s+")
_BY_RE = re.compile(r"^\s*(by|von|par|por)\s+", re.I)  # "By Ann Lee"
_NAME_SPLIT_RE = re.compile(r"\s*(?:;|,|\band\b|&)\s*")  # "Ann Lee and Bo Ray"

Gold = Mapping[str, Any]
"""One line of a corpus's gold.jsonl."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What an extractor found on a page; empty where it found nothing."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    confidence: float | None = None
    """0 to 1, where the extractor gives one."""
    seconds: float | None = None
    """CPU time, where the extractor works in a process of its own."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over pages, and over how many pages (or snippets) each of them goes."""

    pages: int = 0
    word_f1: float = 0.0
    word_pages: int = 0
    precision: float = 0.0
    precision_pages: int = 0
    recall: float = 0.0
    recall_pages: int = 0
    true_positive: int = 0
    false_negative: int = 0
    false_positive: int = 0
    true_negative: int = 0
    title: int = 0
    title_pages: int = 0
    authors: float = 0.0
    author_pages: int = 0
    date: int = 0
    date_pages: int = 0


TALLY_FIELDS = tuple(field.name for field in fields(Tally))
METRICS = ("wordF1", "F1", "P", "R", "acc", "title", "authors", "date")
"""The columns of a summary, in the order of the table."""


def add(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    columns = zip(*(values(tally) for tally in tallies), strict=True)
    return Tally(*(sum(column) for column in columns))


def values(tally: Tally) -> tuple[float, ...]:
    """Return the numbers of a tally in the order of TALLY_FIELDS."""
    return tuple(getattr(tally, name) for name in TALLY_FIELDS)


def score(gold: Gold, prediction: Prediction) -> Tally:
    """Return the tally of one page: its body against full text or snippets, and its metadata where the gold has it."""
    counts: dict[str, float] = {"pages": 1}
    if "text" in gold:
        counts |= _score_text(prediction.text, gold["text"] or "")
    elif "with" in gold:
        counts |= _score_snippets(prediction.text, gold["with"], gold["without"])
    if gold.get("title"):
        counts |= {"title": _key(prediction.title) == _key(gold["title"]), "title_pages": 1}
    if gold.get("authors"):
        counts |= {"authors": _people_f1(prediction.authors, gold["authors"]), "author_pages": 1}
    if gold.get("date"):
        counts |= {"date": (prediction.date or "")[:10] == str(gold["date"])[:10], "date_pages": 1}
    return Tally(**counts)  # type: ignore[arg-type]  # bool and float stand for the counts they are


def summarize(tally: Tally) -> dict[str, float]:
    """Return the metrics of a tally, without those that its pages have no gold for. NaN where nothing was counted."""
    summary: dict[str, float] = {}
    if tally.word_pages:
        precision = _ratio(tally.precision, tally.precision_pages)
        recall = _ratio(tally.recall, tally.recall_pages)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        summary |= {"wordF1": tally.word_f1 / tally.word_pages, "F1": f1, "P": precision, "R": recall}
    elif tally.true_positive + tally.false_negative:
        summary |= _summarize_snippets(tally)
    for name, total, pages in (
        ("title", tally.title, tally.title_pages),
        ("authors", tally.authors, tally.author_pages),
        ("date", tally.date, tally.date_pages),
    ):
        if pages:
            summary[name] = total / pages
    return summary


def body_score(tally: Tally) -> float | None:
    """Return how well one page's body was found, 0 to 1: word F1, or the share of snippets that came out right."""
    if tally.word_pages:
        return tally.word_f1 / tally.word_pages
    right = tally.true_positive + tally.true_negative
    total = right + tally.false_positive + tally.false_negative
    return right / total if total else None


def _summarize_snippets(tally: Tally) -> dict[str, float]:
    tp, fn, fp, tn = tally.true_positive, tally.false_negative, tally.false_positive, tally.true_negative
    return {
        "F1": 2 * tp / (2 * tp + fp + fn),
        "P": tp / max(tp + fp, 1),
        "R": tp / (tp + fn),
        "acc": (tp + tn) / (tp + tn + fp + fn),
    }


def _ratio(total: float, count: float) -> float:
    return total / count if count else math.nan


def _score_text(predicted: str, gold: str) -> dict[str, float]:
    counts: dict[str, float] = {"word_f1": _word_f1(predicted, gold), "word_pages": 1}
    ours, theirs = _shingles(predicted), _shingles(gold)
    shared = (ours & theirs).total()
    if not ours and not theirs:
        return counts | {"precision": 1.0, "precision_pages": 1, "recall": 1.0, "recall_pages": 1}
    counts |= {"precision": shared / ours.total() if ours else 0.0, "precision_pages": 1}
    if theirs:
        counts |= {"recall": shared / theirs.total(), "recall_pages": 1}
    return counts


def _word_f1(predicted: str, gold: str) -> float:
    ours, theirs = _WORD_RE.findall(predicted.lower()), _WORD_RE.findall(gold.lower())
    if not theirs:
        return float(not ours)
    return 2 * (Counter(ours) & Counter(theirs)).total() / (len(ours) + len(theirs))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD_RE.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def _score_snippets(predicted: str, wanted: Sequence[str], unwanted: Sequence[str]) -> dict[str, float]:
    text = _normal(predicted)
    hits = [_normal(snippet) in text for snippet in wanted[:MAX_SNIPPETS]]
    leaks = [_normal(snippet) in text for snippet in unwanted[:MAX_SNIPPETS]]
    return {
        "true_positive": sum(hits),
        "false_negative": len(hits) - sum(hits),
        "false_positive": sum(leaks),
        "true_negative": len(leaks) - sum(leaks),
    }


def _people_f1(predicted: str | Sequence[str], gold: str | Sequence[str]) -> float:
    ours, theirs = _people(predicted), _people(gold)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0


def _people(names: str | Sequence[str]) -> set[str]:
    listed = [names] if isinstance(names, str) else names
    parts = (part for entry in listed for part in _NAME_SPLIT_RE.split(entry))
    return {_key(_BY_RE.sub("", part)) for part in parts if _key(part)}


def _normal(text: str) -> str:
    return _SPACE_RE.sub(" ", text).strip()


def _key(text: str | None) -> str:
    return " ".join(_WORD_RE.findall(unicodedata.normalize("NFKC", text or "").lower()))
