"""Results → how far the confidence can be trusted: for each band of it, how many pages were right."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.scores import body_score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.run import Result

BANDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0.0)
"""Where the bands begin, from the top."""
RIGHT = 0.9
"""Word F1 from which a page counts as right: what the confidence is the probability of."""


def calibration(found: Sequence[Result]) -> Iterator[str]:
    """Yield a table for HTML and one for flattened text, of the pages whose gold is the whole text."""
    kinds: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for result in found:
        body = body_score(result.tally) if result.tally.word_pages else None
        if body is not None and result.confidence is not None:
            kinds[result.kind].append((result.confidence, body))
    for kind, pairs in sorted(kinds.items()):
        yield f"\nconfidence, {kind}: {len(pairs)} pages"
        yield from table(pairs)


def table(pairs: Iterable[tuple[float, float]]) -> Iterator[str]:
    """Yield a row for each band, given the confidence and the word F1 of every page; empty bands are left out."""
    bands: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for confidence, body in pairs:
        bands[next(low for low in BANDS if confidence >= low)].append((confidence, body))
    yield f"{'from':>8}{'pages':>8}{'confidence':>12}{'F1 >= ' + str(RIGHT):>12}{'mean F1':>10}"
    for low in BANDS:
        own = bands.get(low)
        if own:
            right = sum(body >= RIGHT for _, body in own) / len(own)
            confidence, mean = (sum(column) / len(own) for column in zip(*own, strict=True))
            yield f"{low:>8.1f}{len(own):>8}{confidence:>12.3f}{right:>12.3f}{mean:>10.3f}"
