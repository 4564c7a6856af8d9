"""How the time of each stage grows with what a page repeats.

    python -m tests.hostile.linear [--part NAME] [--base N]

Converts every repeated construct (bulk.py, flat.py) 16 and 64 times as long as a base, and prints the stages whose CPU
time grows faster than the page: t ~ n^e, with e above EXPONENT. Exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import gc
import io
import math
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from newsclean import NewscleanError, Options, pipeline
from newsclean.cli.explain import show_explanation
from newsclean.explain.facts import explanation
from newsclean.explain.report import render_report
from newsclean.model import Record
from tests.hostile.bulk import INPUTS as PAGES
from tests.hostile.flat import INPUTS as TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.hostile.inputs import Hostile

EXPONENT = 1.10
"""Growth that is as good as linear."""
SLACK = 0.15
"""What the noise of a machine adds to an exponent over two steps of four, at most."""
HEARD = 0.03
"""CPU seconds at the larger size below which a stage is not measured."""
STAGES = (
    "open_record parse_page decide read_metadata script_article judge_confidence settle find_comments build_checked"
).split()
TRIES = (2, 4, 12)
"""Runs of each size, more where the ones before were steep: a busy machine spoils one, not all of a dozen."""
SIZES = (4, 64)
BASE = {"html": 100, "text": 150}


def timed(data: str | bytes, kind: str) -> dict[str, float]:
    """Return the CPU seconds of every stage of a conversion and of what shows it.

    Without the garbage collector, which goes through all that the process holds: no matter of the page.
    """
    gc.collect()
    gc.disable()
    try:
        return _timed(data, kind)
    finally:
        gc.enable()


def _timed(data: str | bytes, kind: str) -> dict[str, float]:
    spent: dict[str, float] = {}

    def clocked(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            begin = time.process_time()
            try:
                return work(*args, **named)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - begin

        return call

    patches = [patch.object(pipeline, name, clocked(name, getattr(pipeline, name))) for name in STAGES]
    for one in patches:
        one.start()
    try:
        article = pipeline.examine(Record(data), Options(input_kind="text" if kind == "text" else "auto"))
    finally:
        for one in patches:
            one.stop()
    shown: dict[str, Callable[[], Any]] = {
        "Markdown": lambda: article.markdown,
        "HTML": lambda: article.html,
        "text": lambda: article.text,
        "JSON": lambda: article.to_json(indent=None, verdicts=True),
        "report": lambda: render_report(article),
        "explanation": lambda: explanation(article),
        "terminal": lambda: show_explanation(article, io.StringIO()),
    }
    for name, show in shown.items():
        clocked(name, show)()
    if kind == "text":
        clocked("convert_all", lambda: _all(data))()
    return spent


def _all(data: str | bytes) -> None:
    with suppress(NewscleanError):
        pipeline.convert_all(Record(data), Options(input_kind="text"))


def exponents(hostile: Hostile, base: int, tries: int) -> dict[str, float]:
    """Return how the time of every stage that can be measured grows."""
    small, large = (_fastest([timed(hostile.make(base * size), hostile.kind) for _ in range(tries)]) for size in SIZES)
    ratio = math.log(SIZES[1] / SIZES[0])
    return {
        name: math.log(seconds / max(small.get(name, 0.0), 1e-5)) / ratio
        for name, seconds in large.items()
        if seconds >= HEARD
    }


def steep(hostile: Hostile, base: int) -> dict[str, float]:
    """Return the stages that grow faster than the page, measured again where they seem to: the fastest run counts."""
    found: dict[str, float] = {}
    for tries in TRIES:
        found = _steep(exponents(hostile, base, tries))
        if not found:
            break
    return found


def _steep(found: dict[str, float]) -> dict[str, float]:
    return {name: exponent for name, exponent in found.items() if exponent > EXPONENT + SLACK}


def _fastest(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: min(run.get(name, math.inf) for run in runs) for name in runs[0]}


def growing() -> list[Hostile]:
    """Return the inputs that repeat something."""
    return [hostile for hostile in (*PAGES, *TEXTS) if hostile.size > 1]


def base_of(hostile: Hostile, base: int) -> int:
    """Return the base for an input: characters where a run is long, else repetitions."""
    return base * 40 if hostile.size > 2_000_000 else base


def main() -> int:
    """Measure everything and print what is steep."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--part", default="", help="only inputs whose names hold this")
    parser.add_argument("--base", type=int, default=0, help="repetitions of the smallest size")
    arguments = parser.parse_args()
    bad = 0
    inputs = [hostile for hostile in growing() if arguments.part in hostile.name]
    for hostile in inputs:
        base = base_of(hostile, arguments.base or BASE[hostile.kind])
        for name, exponent in steep(hostile, base).items():
            bad += 1
            print(f"{hostile.name}: {name} grows with exponent {exponent:.2f}", flush=True)
    print(f"{len(inputs)} inputs, {bad} stages at fault")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
