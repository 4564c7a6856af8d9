"""Results of a run → the same with all but the first of each text told to be a duplicate.

All inputs are converted before one is judged, for the first is the one that was saved first, wherever it stands. What
waits goes to a temporary SQLite database, which holds the LSH index too: memory does not grow with the texts. A folder
keeps the sketches of its outputs in a file, so that a later run converts none of them again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsclean.errors import OutputError
from newsclean.runs.conversion import Result
from newsclean.runs.read import read_once
from newsclean.runs.sketch import Sketch, similarity, site_relation
from newsclean.runs.store import withdraw

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from newsclean.runs.conversion import Job
    from newsclean.runs.journal import Journal
    from newsclean.runs.sketch import Dedupe

SKETCHES_NAME = ".newsclean.sketches"
NEAR = 0.8
"""Similarity (Jaccard) from which two texts are one."""
BANDS, ROWS = 14, 5
"""Of the LSH: of texts with a similarity of .8, .996 are compared; of .5, a third; of .2, one in 200."""
SEED = 1
"""Of the MinHash: equal runs, equal results."""
MAX_ALIKE = 32
"""Texts looked at that share a band: where thousands do, it is of phrases that a whole site has."""
CACHE_KB = 64 * 1024
"""Memory that SQLite may take for what waits."""
BATCH = 512
"""Sketches hashed at once, and sketches written at once."""

_TABLES = """
CREATE TABLE results (number INTEGER PRIMARY KEY, result BLOB, content BLOB, is_missing INTEGER);
CREATE TABLE sketches (number INTEGER PRIMARY KEY, saved_at REAL, exact TEXT, site TEXT, by_agency INTEGER,
  shingles BLOB);
CREATE TABLE bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;
CREATE TABLE texts (exact TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE copies (number INTEGER PRIMARY KEY, original INTEGER);
"""
_COLUMNS = ", ".join(field.name for field in fields(Sketch))


def only_first(
    jobs: Iterable[Job],
    mode: Dedupe,
    convert: Callable[[Iterable[Job]], Generator[Result, None, None]],
    journal: Journal | None = None,
    advance: Callable[[int], None] = lambda _: None,
    *,
    force: bool = False,
) -> Generator[Result, None, None]:
    """Yield the results of the jobs in their order, after all are done.

    `convert` yields a result a job; it is asked again for what cannot wait (articles for Python). `journal` is that of
    the folder that it writes to, from which the outputs of copies are taken away again.
    """
    drawn: list[Job] = []
    with ExitStack() as files:
        waiting = files.enter_context(closing(Copies(mode)))
        known = files.enter_context(FolderSketches(journal.folder, mode)) if journal else None
        results = files.enter_context(closing(convert(_noted(jobs, drawn, known))))
        for number, result in enumerate(results):
            waiting.add(number, known.complete(drawn[number], result) if known else result)
            advance(number + 1)
        waiting.find_copies()
        again = files.enter_context(closing(convert(replace(drawn[n], known=None) for n in waiting.missing())))
        for number, result in waiting.results(again):
            is_withdrawn = journal is not None and result.outcome.status == "duplicate"
            yield withdraw(journal, drawn[number], result, force=force) if is_withdrawn and journal else result


def _noted(jobs: Iterable[Job], drawn: list[Job], known: FolderSketches | None) -> Iterator[Job]:
    """Yield the jobs, and keep them with what can be read but once; what has no sketch yet is converted again."""
    for job in jobs:
        if job.known and not (known and known.has(_key_of(job, known.folder), job.known.key)):
            job = replace(job, known=None)
        drawn.append(job if job.source.member else replace(job, source=read_once(job.source, 0.0)))
        yield drawn[-1]


def _key_of(job: Job, folder: Path) -> str:
    """Return what an input is known by in its folder of outputs."""
    return job.place or Path(job.output or "").relative_to(folder).as_posix()


class Copies:
    """Results that wait until all are there, in a database that nobody else can open."""

    def __init__(self, mode: Dedupe) -> None:
        self._minhash = _minhash() if mode == "near" else None
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Give it back to the disk."""
        self._database.close()

    def disk_bytes(self) -> int:
        """Return the size of the database, of which CACHE_KB are in memory."""
        ((pages, size),) = self._rows("SELECT * FROM pragma_page_count(), pragma_page_size()")
        return int(pages) * int(size)

    def add(self, number: int, result: Result) -> None:
        """Take a result."""
        outcome, sketch = result.outcome, result.sketch
        is_missing = outcome.article is not None or outcome.status == "duplicate"
        packed = replace(result, outcome=replace(outcome, article=None), content=None, sketch=None).pack()
        self._put("results", number, packed, result.content, is_missing)
        if sketch is not None and outcome.status in ("converted", "skipped", "duplicate"):
            self._put("sketches", number, *_of(sketch))

    def _put(self, table: str, *values: object) -> None:
        self._database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)

    def _rows(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._database.execute(statement, values)

    def find_copies(self) -> None:
        """Judge all texts, those first that were saved first, then in the order of the inputs."""
        rows = self._rows("SELECT number, exact, shingles FROM sketches ORDER BY saved_at IS NULL, saved_at, number")
        while batch := list(islice(rows, BATCH)):
            for (number, exact, shingles), bands in zip(batch, self._bands(batch), strict=True):
                original = self._original(exact, shingles, bands)
                if original is not None:
                    self._put("copies", number, original)
                    continue
                self._put("texts", exact, number)
                self._database.executemany("INSERT INTO bands VALUES (?, ?)", [(band, number) for band in bands])

    def _bands(self, batch: list[tuple[int, str, bytes]]) -> Iterator[set[int]]:
        """Yield the LSH keys of each text: texts that share one may be alike."""
        if self._minhash is None:
            yield from ([set()] * len(batch))
            return
        for digest in self._minhash([memoryview(shingles).cast("I").tolist() for _, _, shingles in batch]):
            yield {hash((at, *digest[at : at + ROWS])) for at in range(0, BANDS * ROWS, ROWS)} if digest else set()

    def _original(self, exact: str, shingles: bytes, bands: set[int]) -> int | None:
        """Return the text before this one that is the same, or of those that are alike the one with most in common."""
        for (number,) in self._rows("SELECT number FROM texts WHERE exact = ?", exact):
            return int(number)
        alike: Counter[int] = Counter()
        for band in bands:
            found = self._rows("SELECT number FROM bands WHERE band = ? LIMIT ?", band, MAX_ALIKE)
            alike.update(number for (number,) in found)
        for number, _ in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
            ((other,),) = self._rows("SELECT shingles FROM sketches WHERE number = ?", number)
            if similarity(shingles, other) >= NEAR:
                return number
        return None

    def missing(self) -> Iterator[int]:
        """Yield the inputs that are to be converted once more, for their article is no copy."""
        statement = """SELECT number FROM results WHERE is_missing
            AND number NOT IN (SELECT number FROM copies) ORDER BY number"""
        yield from (number for (number,) in self._rows(statement))

    def results(self, again: Iterator[Result]) -> Iterator[tuple[int, Result]]:
        """Yield all, in their order; `again` are those of the missing."""
        statement = """SELECT results.*, original, ours.site, theirs.site, ours.by_agency OR theirs.by_agency,
            first.result
            FROM results LEFT JOIN copies USING (number) LEFT JOIN results AS first ON first.number = original
            LEFT JOIN sketches AS ours ON ours.number = results.number
            LEFT JOIN sketches AS theirs ON theirs.number = original ORDER BY results.number"""
        for number, packed, content, is_missing, original, *told, first in self._rows(statement):
            if original is not None:
                result = _copy(Result.unpack(packed), Result.unpack(first).outcome.path, *told)
            else:
                result = next(again) if is_missing else replace(Result.unpack(packed), content=content)
            yield number, result


def _of(sketch: Sketch) -> tuple[object, ...]:
    return sketch.saved_at, sketch.exact, sketch.site, sketch.by_agency, sketch.shingles


def _copy(result: Result, original: str, ours: str | None, theirs: str | None, by_agency: int) -> Result:
    """Return the result of an article that is not written, for another has its text."""
    site = site_relation(ours, theirs)
    kind = None if site is None else "agency" if site == "other" and by_agency else "reprint"
    told: dict[str, Any] = {"duplicate_of": original, "duplicate_site": site, "duplicate_kind": kind}
    outcome = replace(result.outcome, status="duplicate", error=None, **told)
    parts = (
        replace(part, status="duplicate", output=None, **told) if part.status == "joined" else part
        for part in result.parts
    )
    return Result(outcome, key=result.key, parts=tuple(parts))


def _minhash() -> Callable[[list[list[int]]], list[list[int]]]:
    """Return what makes MinHash digests of sets of hashes. Raises OutputError where the library is missing."""
    try:
        from rensa import RMinHash
    except ImportError as error:
        raise OutputError("near duplicates need rensa", remedy='pip install "newsclean[dedupe]"') from error

    def digests(sets: list[list[int]]) -> list[list[int]]:
        rows: list[list[int]] = RMinHash.digest_matrix_from_token_hash_sets(sets, BANDS * ROWS, SEED).to_rows()
        return [row if hashes else [] for hashes, row in zip(sets, rows, strict=True)]

    return digests


class FolderSketches:
    """The sketches of the outputs of a folder, beside its journal. A context manager; a killed run harms it not."""

    def __init__(self, folder: Path, mode: Dedupe) -> None:
        self.folder = folder
        self._mode = mode
        self._waiting = 0

    def __enter__(self) -> FolderSketches:
        """Open the file, or make it. Raises OutputError."""
        path = self.folder / SKETCHES_NAME
        try:
            self._database = sqlite3.connect(path, isolation_level=None)
            self._database.execute("PRAGMA synchronous = OFF")
            self._database.execute(f"CREATE TABLE IF NOT EXISTS sketches (output TEXT PRIMARY KEY, key, {_COLUMNS})")
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise OutputError(f"cannot write: {error}", source=str(path), remedy="remove it") from error
        return self

    def __exit__(self, *_: object) -> None:
        """Keep what was noted, also of a run that was broken off."""
        self._database.execute("COMMIT")
        self._database.close()

    def has(self, output: str, key: str) -> bool:
        """Return whether the sketch of an output as it was made is there."""
        found = self._database.execute("SELECT key FROM sketches WHERE output = ?", (_storable(output),)).fetchone()
        return found is not None and found[0] == f"{self._mode} {key}"

    def complete(self, job: Job, result: Result) -> Result:
        """Return the result with its sketch, which is noted where it is new."""
        output = _storable(_key_of(job, self.folder))
        if (sketch := result.sketch) is not None:
            values = (output, f"{self._mode} {result.key}", *(getattr(sketch, field.name) for field in fields(Sketch)))
            self._database.execute(f"INSERT OR REPLACE INTO sketches VALUES ({', '.join('?' * len(values))})", values)
            self._waiting = (self._waiting + 1) % BATCH
            if not self._waiting:
                self._database.execute("COMMIT")
                self._database.execute("BEGIN IMMEDIATE")
        elif row := self._database.execute(f"SELECT {_COLUMNS} FROM sketches WHERE output = ?", (output,)).fetchone():
            return replace(result, sketch=Sketch(*row))
        return result


def _storable(name: str) -> str:
    """Return a file name without lone surrogates, which SQLite does not take."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
