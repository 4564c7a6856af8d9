"""Results → a JSON file of every page's tally and back, so that two runs can be compared page by page."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from benchmarks.run import Result
from benchmarks.scores import Tally, add, summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SCHEMA = "newsclean-quality/1"


def save(path: Path, extractor: str, hashes: Mapping[str, str], results: Sequence[Result]) -> None:
    """Write the results with the hash of each corpus and its metrics; zeros of a tally are left out."""
    corpora = {}
    for name, digest in hashes.items():
        own = [result for result in results if result.corpus == name]
        metrics = summarize(add(result.tally for result in own))
        corpora[name] = {"hash": digest, "pages": len(own), "metrics": metrics}
    content = {
        "schema": SCHEMA,
        "extractor": extractor,
        "corpora": corpora,
        "results": [_plain(result) for result in results],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> tuple[dict[str, Any], list[Result]]:
    """Return what `save` wrote: the head (extractor, corpora) and the results."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if content.get("schema") != SCHEMA:
        raise ValueError(f"{path} holds no quality results ({SCHEMA})")
    results = content.pop("results")
    return content, [Result(**(plain | {"tally": Tally(**plain["tally"])})) for plain in results]


def _plain(result: Result) -> dict[str, Any]:
    plain = asdict(replace(result, seconds=round(result.seconds, 4)))
    plain["tally"] = {name: value for name, value in plain["tally"].items() if value}
    return plain
