"""Article → what every explanation tells of it: its metadata with sources, counts, and how certain each verdict is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from newsclean.explain.outline import outline
from newsclean.model import Contributor, LeadImage
from newsclean.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.article import Article
    from newsclean.model import Metadata, Rival, Verdict

SCHEMA_NAME = "newsclean-explanation/1"

DOUBTFUL = 1 / 3
"""Certainty below which a verdict is doubtful: within a third of the way from the cut to the end of the scale."""
ABOUT = frozenset({"found_in", "rivals", *(f"{name}_confidence" for name in ("title", "authors", "published"))})
"""Fields that tell of the others."""
EDGE = 0.01
"""How near to the ends of the scale a cut may be for a margin to be a share of what is left."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the metadata."""

    field: str
    value: str
    found_in: str | None
    rivals: tuple[Rival, ...] = ()
    """What other sources of the page say instead."""
    confidence: float | None = None
    """How far the value can be trusted, where that was measured."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was kept and dropped; blocks without text (pictures, rules) count as blocks and have no words."""

    kept: int
    dropped: int
    words_kept: int
    words: int

    @property
    def share(self) -> float:
        """Return the share of the page's words that was kept, 0 to 1."""
        return self.words_kept / self.words if self.words else 0.0


def facts(metadata: Metadata) -> tuple[Fact, ...]:
    """Return the known fields in the order of Metadata."""
    sources = dict(metadata.found_in)
    rivals = {name: tuple(one for one in metadata.rivals if one.field == name) for name in sources}
    known = ((field.name, getattr(metadata, field.name)) for field in fields(metadata) if field.name not in ABOUT)
    return tuple(
        Fact(
            *(name, _shown(value), sources.get(name), rivals.get(name, ())),
            confidence=getattr(metadata, f"{name}_confidence", None),
        )
        for name, value in known
        if value not in (None, ())
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, LeadImage):
        return value.url
    if isinstance(value, tuple):
        return ", ".join(f"{one.name} ({one.role})" if isinstance(one, Contributor) else one for one in value)
    return str(value)


def counts(verdicts: Sequence[Verdict]) -> Counts:
    """Return the counts over all verdicts."""
    kept = [verdict for verdict in verdicts if verdict.kept]
    words_kept, words = (sum(count_words(verdict.text) for verdict in some) for some in (kept, verdicts))
    return Counts(len(kept), len(verdicts) - len(kept), words_kept, words)


def certainties(article: Article) -> tuple[float | None, ...]:
    """Return for every verdict how far its score is from the cut, 0 (on it) to 1; None where no score decided."""
    cut = None if article.cut is None else min(max(article.cut, EDGE), 1.0 - EDGE)
    return tuple(
        None
        if cut is None or verdict.score is None or verdict.voter != article.engine
        else _certainty(verdict.score, cut)
        for verdict in article.verdicts
    )


def is_doubtful(certainty: float | None) -> bool:
    """Return whether a verdict of this certainty could as well have gone the other way."""
    return certainty is not None and certainty < DOUBTFUL


def _certainty(score: float, cut: float) -> float:
    margin = (score - cut) / (1 - cut) if score >= cut else (cut - score) / cut
    return min(max(margin, 0.0), 1.0)


def explanation(article: Article) -> dict[str, Any]:
    """Return everything that explains the article as one JSON object; every key is always there."""
    total = counts(article.verdicts)
    metadata = asdict(article.metadata)
    for name in ("found_in", "rivals"):
        del metadata[name]
    return {
        "schema": SCHEMA_NAME,
        "article": not article.is_empty,
        "input": asdict(article.input),
        "extractor": {
            "engine": article.engine,
            "rule": article.rule,
            "kind": article.kind,
            "cut": article.cut,
            "version": article.version,
        },
        "confidence": asdict(article.confidence),
        "counts": {**asdict(total), "share": round(total.share, 3)},
        "metadata": metadata,
        "found_in": dict(article.metadata.found_in),
        "rivals": [asdict(rival) for rival in article.metadata.rivals],
        "outline": [asdict(entry) for entry in outline(article.document)],
        "verdicts": [
            {**asdict(verdict), "certainty": None if certainty is None else round(certainty, 3)}
            for verdict, certainty in zip(article.verdicts, certainties(article), strict=True)
        ],
        "warnings": list(article.warnings),
    }
