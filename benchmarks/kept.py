"""What peers made of pages, kept in a folder of JSON lines: only what has changed is asked for again.

A value holds for a peer and its version (the file's name), and for the page's bytes, its gold and the code that asks
and scores (the line's key). So a run that broke off goes on, and after a change of newsclean alone no peer runs.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from benchmarks import defuddle, elements, extractors, run, scores, structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.corpora import CorpusPage

Value = TypeVar("Value")

ASKING = (run, extractors, defuddle, scores, elements, structure)
"""The modules that decide what is kept of a page."""


def version(peer: str) -> str:
    """Return the version of an installed peer."""
    if peer == extractors.DEFUDDLE:
        package = Path(os.environ["DEFUDDLE"]) / "node_modules" / "defuddle" / "package.json"
        return str(json.loads(package.read_text(encoding="utf-8"))["version"])
    (distribution, *_) = importlib.metadata.packages_distributions()[extractors.PEERS[peer]]
    return importlib.metadata.version(distribution)


def through(
    file: Path,
    pages: Sequence[CorpusPage],
    ask: Callable[[Sequence[CorpusPage]], Iterable[Value]],
    load: Callable[[Any], Value],
    dump: Callable[[Value], Any],
) -> list[Value]:
    """Return the value of each page, asking only for those that the file does not hold; each is kept as it comes."""
    keys = [key(page) for page in pages]
    held = _read(file)
    missing = [page for page, own in zip(pages, keys, strict=True) if own not in held]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("\n" if missing else "")  # ends a line that a broken run left unfinished
        for page, value in zip(missing, ask(missing) if missing else (), strict=True):
            held[key(page)] = dump(value)
            stream.write(json.dumps([key(page), held[key(page)]]) + "\n")
            stream.flush()
    return [load(held[own]) for own in keys]


def key(page: CorpusPage) -> str:
    """Return what stands for a page, its gold and the code that asks."""
    gold = json.dumps([page.corpus, page.id, page.gold], sort_keys=True, ensure_ascii=False)
    parts = (page.path.read_bytes(), gold.encode("utf-8"), *(_source(str(module.__file__)) for module in ASKING))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def result_of(row: dict[str, Any]) -> run.Result:
    """Return a result as `as_row` gave it."""
    return run.Result(**{**row, "tally": scores.Tally(**row["tally"])})


def as_row(result: run.Result) -> dict[str, Any]:
    """Return a result as JSON holds it."""
    return asdict(result)


def _source(path: str) -> bytes:
    return Path(path).read_bytes()


def _read(file: Path) -> dict[str, Any]:
    """Return key → value; a line that a broken run left unfinished is passed over."""
    held: dict[str, Any] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            own, value = json.loads(line)
        except ValueError:
            continue
        held[own] = value
    return held
