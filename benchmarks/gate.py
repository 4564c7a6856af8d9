"""Results of the fixed sample → pass or fail against floors.json. Lowering a floor takes an explicit flag."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.scores import Tally, add, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.run import Result

FLOORS = Path(__file__).with_name("floors.json")

SAMPLE = {"wcxb-dev": 500, "text-dev": 500}
"""Pages a corpus in the gate; the others are small and run whole. About 2,000 pages in all."""

PINNED = ("wordF1", "F1", "acc", "title", "authors", "date")
"""The metrics that have floors; P and R may be traded against each other."""

MARGIN = 0.003
"""How far under the measured value a floor is set: a new release of a dependency may move a page or two."""

SLOWEST_S = 5.0
"""CPU seconds that no page may take."""

Floors = dict[str, dict[str, Any]]


def read_floors(path: Path = FLOORS) -> Floors:
    """Return corpus → {"hash", "pages", "floors"}; nothing where no floors were pinned yet."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def failures(floors: Floors, hashes: Mapping[str, str], results: Sequence[Result]) -> Iterator[str]:
    """Yield why the gate fails, one line a reason; nothing when it passes."""
    for error, pages in _by_error(results).items():
        yield f"{pages[0].corpus}: {pages[0].id}{f' and {len(pages) - 1} more' if pages[1:] else ''} raised {error}"
    for result in results:
        if result.seconds > SLOWEST_S:
            yield f"{result.corpus}: {result.id} took {result.seconds:.1f} s (at most {SLOWEST_S:.0f})"
    for corpus, digest in hashes.items():
        own = [result.tally for result in results if result.corpus == corpus]
        yield from _below(corpus, floors.get(corpus), digest, own)


def _by_error(results: Sequence[Result]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.error:
            groups[result.error].append(result)
    return groups


def _below(corpus: str, pinned: Mapping[str, Any] | None, digest: str, tallies: Sequence[Tally]) -> Iterator[str]:
    if pinned is None:
        yield f"{corpus}: no floor is pinned (run with --update-floors)"
    elif pinned["hash"] != digest:
        yield f"{corpus}: the corpus is not the one that the floors were measured on (run with --update-floors)"
    elif pinned["pages"] != len(tallies):
        yield f"{corpus}: {len(tallies)} pages, and the floors were measured on {pinned['pages']}"
    else:
        metrics = summarize(add(tallies))
        for name, floor in pinned["floors"].items():
            if not metrics.get(name, math.nan) >= floor:
                yield f"{corpus}: {name} {metrics.get(name, math.nan):.4f} is under its floor {floor:.4f}"


def updated(floors: Floors, hashes: Mapping[str, str], results: Sequence[Result], *, allow_lower: bool) -> Floors:
    """Return floors raised to the results, less the margin. A floor falls only with `allow_lower`."""
    fresh: Floors = dict(floors)
    for corpus, digest in hashes.items():
        tallies = [result.tally for result in results if result.corpus == corpus]
        metrics = summarize(add(tallies))
        old = {} if allow_lower else floors.get(corpus, {}).get("floors", {})
        pinned = {name: max(round(metrics[name] - MARGIN, 4), old.get(name, 0.0)) for name in PINNED if name in metrics}
        fresh[corpus] = {"hash": digest, "pages": len(tallies), "floors": pinned}
    return fresh


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write floors, one corpus after the other in a fixed order."""
    path.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
