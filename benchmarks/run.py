"""Corpus pages → one Result a page: converted in worker processes, timed and scored. No table, no verdict."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.extractors import Extractor, extractor
from benchmarks.scores import Prediction, Tally, score
from newsclean.lexicon.languages import find_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from benchmarks.corpora import CorpusPage
    from benchmarks.scores import Gold
    from newsclean.model import Options

PAGE_LIMIT_S = 60
"""Wall seconds after which a page counts as an error; ten times what the slowest page may take."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of one page."""

    corpus: str
    id: str
    site: str
    type: str
    language: str
    """As the page declares it, else as its text shows; "" where neither tells."""
    tally: Tally
    seconds: float
    """CPU seconds of the conversion."""
    empty: bool
    error: str | None = None
    """The exception and where it was raised, if one was."""
    kind: str = "html"
    """What the page is stored as: "html" or "text"."""
    confidence: float | None = None


def run(pages: Sequence[CorpusPage], name: str, options: Options, jobs: int) -> Iterator[Result]:
    """Yield the result of each page in the order given, whatever the number of worker processes."""
    work = [(page, name, options) for page in pages]
    if jobs <= 1:
        yield from map(_convert, work)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs) as pool:
        yield from pool.imap(_convert, work, chunksize=4)


@cache
def _extractor(name: str, options: Options) -> Extractor:
    return extractor(name, options)


def _convert(work: tuple[CorpusPage, str, Options]) -> Result:
    page, name, options = work
    extract = _extractor(name, options)
    data = page.path.read_bytes()
    prediction, error = Prediction(), None
    start = time.process_time()
    try:
        with _time_limit(PAGE_LIMIT_S):
            prediction = extract(data, page.url)
    except Exception as exception:  # every failure is a finding: it is reported and fails the gate
        error = describe(exception)
    seconds = prediction.seconds or time.process_time() - start
    tally = score(page.gold, prediction)
    empty = not prediction.text.strip()
    language = page.language() or language_of(page.gold, prediction) or ""
    return Result(
        page.corpus,
        page.id,
        page.site,
        page.type,
        language,
        tally,
        seconds,
        empty,
        error,
        page.kind,
        prediction.confidence,
    )


def language_of(gold: Gold, prediction: Prediction) -> str | None:
    """Return the language that the gold's text, or what was found where it has none, is written in, if that shows."""
    return find_language((gold.get("text") or prediction.text).split("\n"))


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"over {seconds} s")

    if os.name == "nt":  # no alarm signal there: a hanging page hangs the run
        yield
        return
    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def describe(exception: Exception) -> str:
    """Return an exception on one line, with the file and line that raised it."""
    last = traceback.extract_tb(exception.__traceback__)[-1]
    message = " ".join(str(exception).split())[:200]
    return f"{type(exception).__name__}: {message} ({os.path.basename(last.filename)}:{last.lineno})"  # noqa: PTH119
