"""Results of the fixed sample, and the record of what was measured out of fold → pass or fail against floors.json.

Lowering a floor takes an explicit flag.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.scores import Tally, add, summarize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from benchmarks.run import Result

FLOORS = Path(__file__).with_name("floors.json")
REPOSITORY = Path(__file__).resolve().parent.parent
RECORD = REPOSITORY / "training" / "product.json"
"""What `python -m training.product --record` measured out of fold: the gate compares, it does not measure anew."""

MODEL = REPOSITORY / "src" / "newsclean" / "judge" / "scorer" / "trained"
SOURCE = MODEL.parents[2]
NOT_JUDGED_BY = frozenset({"cli", "explain", "render", "rules", "runs", "sites"})
"""Rooms whose changes leave the figures out of fold as they are."""

OUT_OF_FOLD = "out of fold"
"""Where floors.json holds the floors of the record: group of pages → metric → floor."""

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


def unmeasured(missing: Sequence[str], allowed: Sequence[str]) -> Iterator[str]:
    """Yield a line for each corpus that is neither there nor allowed to be missing."""
    for name in missing:
        if name not in allowed:
            yield f"{name}: the corpus is missing (--allow-missing {name} does without)"


def record_failures(floors: Floors, record: Mapping[str, Any] | None, model: str) -> Iterator[str]:
    """Yield why the figures out of fold fail: no record, one of another model, or a figure under its floor."""
    if record is None:
        yield "out of fold: nothing is recorded (python -m training.product --record)"
        return
    if record["model"] != model:
        yield "out of fold: the record is of another model (python -m training.product --record)"
    for group, pinned in floors.get(OUT_OF_FOLD, {}).items():
        for name, floor in pinned.items():
            value = record["scores"].get(group, {}).get(name, (math.nan,))[0]
            if not value >= floor:
                yield f"out of fold, {group}: {name} {value:.4f} is under its floor {floor:.4f}"


def raised(floors: Floors, record: Mapping[str, Any], *, allow_lower: bool) -> Floors:
    """Return floors with those of the record raised to it, less the margin. One falls only with `allow_lower`."""
    old = {} if allow_lower else floors.get(OUT_OF_FOLD, {})
    pinned = {
        group: {
            name: max(round(value[0] - MARGIN, 4), old.get(group, {}).get(name, 0.0)) for name, value in metrics.items()
        }
        for group, metrics in record["scores"].items()
    }
    return {**floors, OUT_OF_FOLD: pinned}


def read_record(path: Path = RECORD) -> dict[str, Any] | None:
    """Return what was measured out of fold, or None where nothing was."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def model_digest() -> str:
    """Return a digest of the shipped files that say what is article; how sure a result is does not change it."""
    return _digest(path for path in MODEL.iterdir() if path.stem != "calibration")


def code_digest() -> str:
    """Return a digest of the code that the figures out of fold depend on, the model aside."""
    paths = (path for path in SOURCE.rglob("*.py") if path.parent != MODEL)
    return _digest(path for path in paths if path.relative_to(SOURCE).parts[0] not in NOT_JUDGED_BY)


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


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
