"""Many inputs → a folder of shards, converted by the workers of a Dask cluster that may die, as may its scheduler.

The inputs are divided into partitions, each of which becomes one shard (shards.py) whoever converts it and however
often. Here is who is asked to do what, and what follows when somebody dies of it. The list of the shards comes last.
"""

from __future__ import annotations

import json
import os
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, Any, cast

from newsclean import __version__
from newsclean.errors import OptionsError, OutputError
from newsclean.files import write_atomic
from newsclean.model import Options
from newsclean.runs.conversion import Settings
from newsclean.runs.find import expand_arguments, find_sources
from newsclean.runs.options import Progress, RunOptions
from newsclean.runs.places import Folder, find_files, is_address
from newsclean.runs.read import STDIN, Source
from newsclean.runs.report import Outcome, Report
from newsclean.runs.run import open_report
from newsclean.runs.scheduler import LostError, Session, Task, error_of, load_dask, sessions
from newsclean.runs.shards import (
    ENDINGS,
    REPORTS,
    TRIES,
    Done,
    Partition,
    Piece,
    Work,
    convert_partition,
    count_pages,
    divide_container,
    give_up,
    name_of_try,
    try_partition,
)
from newsclean.sites import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MANIFEST = "_manifest.json"
"""The list of the shards: there when all are."""

PARTITION = 5_000
"""Pages of a shard: a minute or two of one core, which is what the death of a worker costs."""

LARGE = 32 * 2**20
"""Bytes of a file from which on it may be a container to be divided. Saved pages with pictures stay below, mostly."""

ROUNDS = 10
"""Times that the page is looked for which ends workers: what ended them may have been something else."""

TRIED = 2
"""Workers that a page alone has to end before it is left out."""

DEADLY_PAGES = 16
"""Pages of one partition that may be found to end workers; with more it is given up."""

SUPPORTED = frozenset({"to", "url", "force", "report", "filters", "limits"})
"""Fields of RunOptions that have a meaning here."""

ALONE = "leave it out, or convert without a cluster"
REMEDIES = {
    "choice": "give the files that are meant, or convert parts of all without a cluster (--shard 1/8)",
    "dedupe": "equal texts have one text_hash in the reports; what is near is found without a cluster",
    "dry_run": "what is found is shown without a cluster",
    "explain": "newsclean explain tells of one page",
    "join_pages": ALONE,
    "learn": "newsclean learn writes a rule, which a cluster follows",
    "media": ALONE,
    "name": "shards are called after their inputs; leave it out",
    "removed": ALONE,
    "retry_failed": "what could not be read is tried again; --force does all anew",
    "split": ALONE,
}
"""The other fields → what to do instead."""


def convert_cluster(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    cluster: Any,
    options: Options = Options(),
    how: RunOptions = RunOptions(to="parquet"),
    pages: int = PARTITION,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Write the articles of the inputs as shards into the folder `output`, and return the counts.

    `inputs` and `output` are paths that all workers see, or addresses for fsspec ("s3://bucket/crawl/"). `cluster` is
    the address of a Dask scheduler, "local:4" for four processes on this machine, or a `distributed.Client`. A shard
    has the articles of `pages` inputs, as Parquet or JSON Lines (`how.to`); `_manifest.json` lists the shards and is
    written last. Shards of an earlier run with the same inputs and options are kept. Raises OutputError when the
    output cannot be written, and WorkerError when the cluster is gone.
    """
    load_dask()
    paths = [os.fspath(path) for path in ([inputs] if isinstance(inputs, str | os.PathLike) else inputs)]
    goal = os.fspath(output) if is_address(os.fspath(output)) else str(Path(output).absolute())
    work = _work(goal, options, how)
    try:
        folder = Folder(goal)
        with ExitStack() as files:
            check = files.enter_context(folder.claimed())
            _get_ready(folder, force=how.force)
            run = _ClusterRun(work, folder, pages, _pieces(paths, goal), progress or (lambda _: None))
            report = files.enter_context(open_report(how.report)) if how.report else None
            for done in run.partitions(cluster):
                check()
                if report:
                    with folder.open(done.report) as lines:
                        lines.readline()
                        copyfileobj(lines, cast(Any, report))
            check()
            _finish(folder, work, run.dones)
    except OSError as error:
        raise error_of(error) from error
    return run.report


def _work(output: str, options: Options, how: RunOptions) -> Work:
    """Return what all partitions are converted with. Raises OptionsError for what does not work on a cluster."""
    if how.to not in ENDINGS:
        raise OptionsError(f"a cluster writes {' or '.join(ENDINGS)}, not {how.to}")
    plain = RunOptions()
    for one in fields(RunOptions):
        if one.name not in SUPPORTED and getattr(how, one.name) != getattr(plain, one.name):
            name = "a choice of some inputs" if one.name == "choice" else one.name
            raise OptionsError(f"{name} does not work on a cluster", remedy=REMEDIES[one.name])
    folder = "." if is_address(output) else str(Path.cwd())  # what links to saved pictures are relative to
    settings = Settings(options, how.to, how.url, folder=folder, filters=how.filters)
    facts = (("url", how.url or ""), ("options", repr(options)))
    return Work(settings, output, how.limits, facts, fingerprint(options.rules))


def _get_ready(folder: Folder, *, force: bool) -> None:
    """Look at what is there. Raises OutputError for files that newsclean did not write."""
    names = [name for name in folder.names() if not name.startswith(".")]
    if names and REPORTS not in names and not force:
        raise OutputError("contains files that newsclean did not write", source=names[0], remedy="give another folder")
    folder.remove(MANIFEST)
    if force:
        for name in folder.names(REPORTS):
            folder.remove(f"{REPORTS}/{name}")


def _pieces(paths: Iterable[str], output: str) -> Iterator[Piece]:
    """Yield the files that the inputs stand for, in their order."""
    for is_remote, group in groupby(paths, is_address):
        if is_remote:
            for address in group:
                for path, place, size, stamp, is_given in find_files(address):
                    yield Piece(Source(path, place, by_name=is_given), stamp, size >= LARGE)
            continue
        local = list(group)
        if STDIN in local:
            raise OptionsError("workers cannot read stdin", remedy="give files or folders")
        arguments = expand_arguments([str(Path(path).absolute()) for path in local])
        for source in find_sources(replace(arguments, many=True), () if is_address(output) else (output,)):
            yield _local_piece(source)


def _local_piece(source: Source) -> Piece:
    try:
        status = Path(source.path).stat()
    except (OSError, ValueError):  # reading it will tell
        return Piece(source)
    return Piece(source, f"{status.st_size} {status.st_mtime_ns}", status.st_size >= LARGE and not source.problem)


@dataclass(slots=True)
class _Search:
    """The search for the pages of a partition that end workers."""

    partition: Partition
    rounds: int = 0
    open: int = 0
    """Parts that are being tried."""
    found: set[int] = field(default_factory=set)

    @property
    def rest(self) -> Partition:
        """Return the partition without the pages that were found."""
        return replace(self.partition, without=frozenset(self.found))


class _ClusterRun:
    """One run: what was found, what is being done, and what came of it."""

    def __init__(
        self, work: Work, folder: Folder, size: int, pieces: Iterator[Piece], progress: Callable[[Progress], None]
    ) -> None:
        self.report = Report()
        self._folder = folder
        self._old = frozenset(folder.names(REPORTS))
        self.dones: list[Done] = []
        self._work = work
        self._size = max(1, size)
        self._pieces = pieces
        self._progress = progress
        self._open: dict[str, Task] = {}
        self._new: deque[Task] = deque()
        self._line: deque[list[Piece]] = deque()
        """Pieces in the order of the inputs; an empty list stands for a container that is being divided."""
        self._gathered: list[Piece] = []
        self._searches: dict[int, _Search] = {}
        self._waiting: dict[int, Done] = {}
        self._partitions = self._named = self._pages = self._pages_done = 0
        self._is_drawn = False

    def partitions(self, cluster: Any) -> Iterator[Done]:
        """Yield what came of each partition, in their order. Raises OutputError, WorkerError."""
        with ExitStack() as stack:
            connections = stack.enter_context(sessions(cluster))
            for session in connections:
                try:
                    yield from self._work_through(session)
                except LostError:
                    self._progress(self._state(note="the scheduler is gone, and waited for"))
                    continue
                return

    def _work_through(self, session: Session) -> Iterator[Done]:
        if not session.threads():
            self._progress(self._state(note="the cluster has no workers yet"))
        for task in self._open.values():
            session.submit(task)
        self._draw(session)
        while self._open:
            name, answer, is_killed = session.next()
            self._open.pop(name).then(answer, is_killed)
            self._draw(session)
            while len(self.dones) in self._waiting:
                done = self._waiting.pop(len(self.dones))
                self.dones.append(replace(done, failures=()))
                yield done

    def _draw(self, session: Session) -> None:
        """Find more inputs while the cluster has room, and hand out what is to be done."""
        self._hand_out(session)
        while not self._is_drawn and len(self._open) < session.room() and len(self._line) < 2 * self._size:
            piece = next(self._pieces, None)
            if piece is None:
                self._is_drawn = True
            elif piece.is_large:
                self._divide(piece)
            else:
                self._line.append([piece])
                self._pages += not piece.source.left_out
            self._cut()
            self._hand_out(session)

    def _hand_out(self, session: Session) -> None:
        while self._new:
            task = self._new.popleft()
            self._open[task.name] = task
            session.submit(task)

    def _ask(self, stage: str, function: Callable[..., Any], then: Callable[[Any, bool], None], *given: Any) -> None:
        """Note something to be done by a worker."""
        self._named += 1
        name = f"newsclean-{stage}-{self._named:08}"
        self._new.append(Task(name, function, (self._work, *given), then))

    def _divide(self, piece: Piece) -> None:
        slot: list[Piece] = []
        self._line.append(slot)

        def take(answer: Any, is_killed: bool) -> None:
            slot.extend((piece,) if is_killed else answer)
            self._pages += sum(one.pages for one in slot)
            self._cut()

        self._ask("list", divide_container, take, piece, self._size)

    def _cut(self) -> None:
        """Make partitions of what is next: of each part of a container one, of other files as many as are due."""
        while self._line and self._line[0]:
            for piece in self._line.popleft():
                if piece.is_large:
                    self._convert_gathered()
                self._gathered.append(piece)
                if piece.is_large or len(self._gathered) >= self._size:
                    self._convert_gathered()
        if self._is_drawn and not self._line:
            self._convert_gathered()

    def _convert_gathered(self) -> None:
        if self._gathered:
            self._convert(Partition(self._partitions, tuple(self._gathered)))
            self._partitions += 1
            self._gathered = []

    def _convert(self, partition: Partition) -> None:
        self._ask("convert", convert_partition, partial(self._take, partition), partition)

    def _take(self, partition: Partition, done: Any, is_killed: bool) -> None:
        """Take what came of a partition, or look for the page that ends workers."""
        if not is_killed:
            self._finish(partition, done)
            return
        search = self._searches.setdefault(partition.number, _Search(partition))
        search.rounds += 1
        if search.rounds > ROUNDS or len(search.found) > DEADLY_PAGES:
            self._ask("convert", give_up, partial(self._take, partition), partition)
        else:
            self._ask("halve", count_pages, partial(self._halve, search), partition)

    def _halve(self, search: _Search, count: int, is_killed: bool) -> None:
        """Look for the pages that end workers, where as much as reading them does not."""
        if is_killed:
            self._take(search.partition, None, is_killed)
        else:
            self._try(search, 0, count)

    def _try(self, search: _Search, start: int, stop: int) -> None:
        """Try some pages, and both halves of those that end a worker."""

        def take(_: Any, is_killed: bool) -> None:
            search.open -= 1
            if not is_killed or len(search.found) > DEADLY_PAGES:
                pass
            elif stop - start > 1:
                self._try(search, start, (start + stop) // 2)
                self._try(search, (start + stop) // 2, stop)
            elif self._is_deadly(search, start):
                search.found.add(start)
            else:
                self._try(search, start, stop)
            if not search.open:
                self._convert(search.rest)

        search.open += 1
        self._ask("halve", try_partition, take, search.rest, start, stop)

    def _is_deadly(self, search: _Search, page: int) -> bool:
        """Return whether a page was begun on workers that ended, and did not only wait there when another ended one."""
        name = name_of_try(search.partition, page)
        return sum(mark.startswith(name) for mark in self._folder.names(TRIES)) >= TRIED

    def _finish(self, partition: Partition, done: Done) -> None:
        self._waiting[done.number] = done
        for status, number in done.counts.items():
            is_old = Path(done.report).name in self._old and status == "converted"
            self.report.counts["skipped" if is_old else status] += number
        self.report.doubtful += done.doubtful
        self._pages_done += sum(number for status, number in done.counts.items() if status != "left_out")
        self._pages += max(0, self._pages_done - self._pages)
        self._searches.pop(partition.number, None)
        for failure in done.failures:
            self._progress(self._state(failure))
        self._progress(self._state())

    def _state(self, outcome: Outcome | None = None, note: str | None = None) -> Progress:
        return Progress("convert", self._pages_done, self._pages, outcome, note=note)


def _finish(folder: Folder, work: Work, dones: list[Done]) -> None:
    """Take away what no shard of this run is, and write the list of those that are."""
    own = {Path(name).name for done in dones for name in (done.report, done.shard or "")}
    for inner in ("", REPORTS, TRIES):
        folder.tidy(inner)
        for name in folder.names(inner):
            if (name.startswith("part-") or inner == TRIES) and name not in own:
                folder.remove(f"{inner}/{name}".lstrip("/"))
    folder.remove_folder(TRIES)
    shards = [
        {"name": done.shard, "rows": done.rows, "bytes": done.bytes, "sha256": done.sha256, "report": done.report}
        for done in dones
    ]
    counts: dict[str, int] = {}
    for status, number in chain.from_iterable(done.counts.items() for done in dones):
        counts[status] = counts.get(status, 0) + number
    told = {
        "newsclean": __version__,
        "to": work.settings.to,
        **dict(work.facts),
        "counts": dict(sorted(counts.items())),
        "rows": sum(done.rows for done in dones),
        "shards": shards,
    }
    content = json.dumps(told, indent=1, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    folder.put(MANIFEST, lambda path: write_atomic(path, content))
