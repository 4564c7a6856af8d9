"""Quality runs of several extractors → comparison.json, which the README's table is generated from.

python -m benchmarks.comparison newsclean.json trafilatura.json … (files written by `benchmarks.quality --json`)
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import results

TARGET = Path(__file__).with_name("comparison.json")
DISTRIBUTIONS = {"trafilatura": "trafilatura", "readability": "readability-lxml"}


def compared(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return corpus → extractor → metrics for the corpora that every run measured, all on the same pages.

    Raises ValueError where two runs are not of the same corpus.
    """
    corpora: dict[str, dict[str, Any]] = {}
    for name, first in runs[0]["corpora"].items():
        if not all(name in run["corpora"] for run in runs):
            continue
        for run in runs:
            if any(run["corpora"][name][key] != first[key] for key in ("hash", "pages")):
                raise ValueError(f"{run['extractor']} was measured on other pages of {name}")
        corpora[name] = {"pages": first["pages"], "hash": first["hash"]}
        corpora[name] |= {run["extractor"]: _rounded(run["corpora"][name]["metrics"]) for run in runs}
    return {"tools": {run["extractor"]: _version(run["extractor"]) for run in runs}, "corpora": corpora}


def _rounded(metrics: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in metrics.items()}


def _version(extractor: str) -> str:
    if extractor in DISTRIBUTIONS:
        return version(DISTRIBUTIONS[extractor])
    return str(import_module("newsclean").__version__)


def main(arguments: list[str]) -> int:
    """Write comparison.json from the runs named; return the exit status."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    content = compared([results.load(Path(name))[0] for name in arguments])
    TARGET.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
