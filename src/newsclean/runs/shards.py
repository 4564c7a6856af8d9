"""A partition of a run's inputs → one shard of its output, written whole, and beside it what became of each input.

What runs on the workers of a cluster; cluster.py divides the inputs, and bears workers that die. Pages are converted by
a process of their own, as in a local run, so that one that crashes or hangs costs itself alone.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import islice
from time import monotonic, sleep
from typing import TYPE_CHECKING
from uuid import uuid4

from newsclean import __version__
from newsclean.errors import InputError, OutputError, WorkerError
from newsclean.files import write_atomic
from newsclean.model import Options, Record
from newsclean.page.containers import container_kind
from newsclean.runs.conversion import Job, Result, Settings, convert_job
from newsclean.runs.find import reason_against_head
from newsclean.runs.members import unfold_members
from newsclean.runs.options import RunOptions
from newsclean.runs.places import Folder, is_address, open_place
from newsclean.runs.process import Limits
from newsclean.runs.read import HEAD_BYTES, MAX_BYTES, Source, reason_of
from newsclean.runs.report import Outcome
from newsclean.runs.run import Run
from newsclean.runs.tables import CompressedFile, ParquetFile

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from newsclean.page.containers.member import Member
    from newsclean.runs.output import Sink
    from newsclean.runs.report import Status

REPORTS = "_report"
"""Folder beside the shards for what became of their inputs. Readers of tables pass over names that begin so."""

ENDINGS = {"parquet": ".parquet", "jsonl": ".jsonl.gz"}
"""Format of a run → how the names of its shards end."""

READ_AHEAD = 8
"""Files that are fetched while a page is converted: a store answers in some 50 ms, in which three are."""

TRIES = f"{REPORTS}/tries"
"""Folder for a file a try of a page that may end workers, which says that it was begun."""

SETTLING = 0.5
"""Seconds that a worker waits before its first task: who watches it does not start one again that ends at once."""

_LOADED = monotonic()

DEADLY = WorkerError("ends every worker that converts it", remedy="the page is too much for a library in use")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or some of the members of a container. Plain data."""

    source: Source
    stamp: str = ""
    """What changes when the file does."""
    is_large: bool = False
    """Whether it is read from front to back, and not as a whole."""
    start: int = 0
    stop: int | None = None
    """First and last member, where they are not all meant."""
    pages: int = 1
    """How many pages are expected."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Inputs whose articles make one shard. Plain data."""

    number: int
    pieces: tuple[Piece, ...]
    without: frozenset[int] = frozenset()
    """Which of its pages, counted from 0, end every worker that converts them."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is the same for all partitions. Plain data."""

    settings: Settings
    output: str
    limits: Limits = Limits()
    facts: tuple[tuple[str, str], ...] = ()
    """What Parquet files note."""
    rules: str = ""
    """Hash over the site rules of the run."""
    version: str = __version__
    convert: Callable[[Settings, Job], Result] = convert_job
    """What is done with each page; tests give pages that misbehave."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a partition. Plain data."""

    number: int
    key: str
    shard: str | None
    """Name of the file; None where no input gave an article."""
    rows: int
    bytes: int
    sha256: str
    counts: dict[Status, int]
    doubtful: int
    unread: int
    """Inputs that could not be read, and may be another time."""
    failures: tuple[Outcome, ...] = ()
    """The inputs that gave no article."""

    @property
    def report(self) -> str:
        """Return the name of the file that tells what became of the inputs."""
        return f"{REPORTS}/part-{self.number:06}-{self.key}.jsonl"


def key_of(work: Work, partition: Partition) -> str:
    """Return a short hash over all that a shard depends on: inputs as far as they tell, options, version."""
    pieces = [(piece.source.path, piece.stamp, piece.start, piece.stop) for piece in partition.pieces]
    options = sorted(asdict(work.settings.options).items())
    settings = work.settings
    made_of = (work.version, settings.to, settings.url, options, work.rules, settings.filters, pieces)
    return sha256(repr(made_of).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def convert_partition(work: Work, partition: Partition) -> Done:
    """Write the shard of a partition unless it is there, and return what came of it. Raises OSError, OutputError."""
    get_ready(work)
    folder, key = Folder(work.output), key_of(work, partition)
    if done := find_done(folder, partition.number, key):
        return done
    told = _Told()
    name = f"part-{partition.number:06}-{key}{ENDINGS[work.settings.to or 'jsonl']}"
    sources = Reading(work.settings.url, partition).sources()

    def write(path: Path) -> None:
        with _open_shard(path, work) as shard, closing(_results(work, sources)) as results:
            for source, result in results:
                told.add(source, result)
                if result.content is not None:
                    shard.write(result.content)

    size, digest = folder.put(name, write)
    done = Done(
        partition.number,
        key,
        name if size else None,
        told.rows,
        size,
        digest,
        dict(told.counts),
        told.doubtful,
        told.unread,
    )
    commit(folder, done, told.lines)
    return replace(done, failures=tuple(told.failures))


def try_partition(work: Work, partition: Partition, start: int, stop: int) -> None:
    """Convert some pages of a partition and keep nothing: the worker bears it, or dies of it.

    A worker takes all that it was to do with it, so that a single page leaves word that it was begun.
    """
    get_ready(work)
    if stop - start == 1:
        mark = f"{TRIES}/{name_of_try(partition, start)}{uuid4().hex}"
        Folder(work.output).put(mark, lambda path: write_atomic(path, b"begun\n"))
    sources = Reading(work.settings.url, partition).sources()
    with closing(_results(work, islice(sources, start, stop))) as results:
        deque(results, maxlen=0)


def name_of_try(partition: Partition, page: int) -> str:
    """Return what the names of the files begin with that say that a page was tried."""
    return f"{partition.number:06}-{page:06}-"


def count_pages(work: Work, partition: Partition) -> int:
    """Return how many pages a partition has."""
    get_ready(work)
    return sum(1 for _ in Reading(work.settings.url, partition).sources())


def give_up(work: Work, partition: Partition) -> Done:
    """Put down that nothing comes of a partition, one outcome for each of its pieces."""
    folder, key = Folder(work.output), key_of(work, partition)
    reason = "in a partition that ends every worker, and no single page of it was found to"
    failures = tuple(Outcome(piece.source.name, "crashed", error=reason) for piece in partition.pieces)
    done = Done(partition.number, key, None, 0, 0, "", {"crashed": len(failures)}, 0, 0)
    commit(folder, done, [outcome.to_json() for outcome in failures])
    return replace(done, failures=failures)


def divide_container(work: Work, piece: Piece, size: int) -> tuple[Piece, ...]:
    """Return a large file as pieces of so many pages each; as it is where it is no container."""
    get_ready(work)
    cuts, pages, number = [0], [0], 0
    try:
        with open_place(piece.source.path) as file:
            kind = container_kind(file.read(HEAD_BYTES))
            if kind is None or not kind.several or not kind.is_of_any_size:
                return (replace(piece, is_large=False),)
            file.seek(0)
            for number, member in enumerate(kind.read(file, False), 1):
                if pages[-1] == size:
                    cuts.append(number - 1)
                    pages.append(0)
                pages[-1] += member.data is not None or member.is_damaged
    except (OSError, ValueError, InputError):  # its conversion will tell
        pages[-1] += 1
    if len(cuts) == 1:
        return (replace(piece, pages=pages[0]),)
    return tuple(
        replace(piece, start=start, stop=stop, pages=count)
        for start, stop, count in zip(cuts, (*cuts[1:], None), pages, strict=True)
    )


def find_done(folder: Folder, number: int, key: str) -> Done | None:
    """Return what was made of a partition before, if it is whole and nothing in it is worth another try."""
    head, _, lines = (folder.read(f"{REPORTS}/part-{number:06}-{key}.jsonl") or b"").partition(b"\n")
    try:
        done = Done(number, **json.loads(head))
        outcomes = [Outcome(**json.loads(line)) for line in lines.splitlines()]
    except (ValueError, TypeError):  # there is none, or it is of another version
        return None
    if done.unread or (done.shard and folder.size(done.shard) != done.bytes):
        return None
    return replace(done, failures=tuple(outcome for outcome in outcomes if outcome.is_failure))


def commit(folder: Folder, done: Done, lines: Iterable[bytes]) -> None:
    """Put the report of a shard in its place, which says that the shard is whole."""
    shown = {name: value for name, value in asdict(done).items() if name not in ("number", "failures")}
    content = json.dumps(shown).encode("ascii") + b"\n" + b"".join(lines)
    folder.put(done.report, lambda path: write_atomic(path, content))


def get_ready(work: Work) -> None:
    """Let this process start others, which Dask's may not unless told. Raises OutputError for another version."""
    process = multiprocessing.current_process()
    if process.daemon:
        sleep(max(0.0, _LOADED + SETTLING - monotonic()))
        process.daemon = False
    if work.version != __version__:
        message = f"a worker has newsclean {__version__}, and the run is of {work.version}"
        raise OutputError(message, remedy="install the same version everywhere")


def _results(work: Work, sources: Iterable[Source]) -> Generator[tuple[Source, Result], None, None]:
    run = Run(Options(), RunOptions(limits=work.limits), 1, convert=work.convert)
    return run.beside(sources, work.settings)


def _open_shard(path: Path, work: Work) -> Sink:
    if work.settings.to == "parquet":
        return ParquetFile(path, dict(work.facts))
    return CompressedFile(path)


class _Told:
    """What became of the inputs of a partition."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.counts: Counter[Status] = Counter()
        self.failures: list[Outcome] = []
        self.rows = self.doubtful = self.unread = 0

    def add(self, source: Source, result: Result) -> None:
        """Take what became of one input."""
        outcome = result.outcome
        self.lines.append(outcome.to_json())
        self.counts[outcome.status] += 1
        self.doubtful += outcome.succeeded and outcome.is_doubtful
        self.rows += result.content is not None
        self.unread += isinstance(source.problem, UnreadError)
        self.failures += (outcome,) if outcome.is_failure else ()


class UnreadError(InputError):
    """An input that could not be read, for a reason that may pass."""


class Reading:
    """The pages of a partition, read in their order; files are fetched ahead."""

    def __init__(self, url: str | None, partition: Partition) -> None:
        self._url = url
        self._partition = partition

    def sources(self) -> Iterator[Source]:
        """Yield a source with its data for each page. What is wrong with one is its problem."""
        for number, source in enumerate(self._pages()):
            is_deadly = number in self._partition.without
            yield replace(source, problem=DEADLY, data=None, record=None) if is_deadly else source

    def _pages(self) -> Iterator[Source]:
        with ThreadPoolExecutor(READ_AHEAD) as readers:
            coming: deque[Callable[[], tuple[Piece, bytes | InputError | None]]] = deque()
            pieces = iter(self._partition.pieces)
            while True:
                for piece in islice(pieces, READ_AHEAD - len(coming)):
                    coming.append(readers.submit(_fetch, piece).result)
                if not coming:
                    return
                yield from self._unfolded(*coming.popleft()())

    def _unfolded(self, piece: Piece, data: bytes | InputError | None) -> Iterator[Source]:
        source = piece.source
        if isinstance(data, InputError):
            yield replace(source, problem=data)
        elif data is None:
            yield from (source,) if source.problem else self._stream(piece)
        elif reason := is_address(source.path) and reason_against_head(data[:HEAD_BYTES], source.by_name):
            yield replace(source, problem=InputError(reason), left_out=True)
        elif (kind := container_kind(data[:HEAD_BYTES])) and kind.several:
            yield from self._members(piece, kind.read(BytesIO(data), False))
        else:
            yield replace(source, data=data)

    def _stream(self, piece: Piece) -> Iterator[Source]:
        try:
            with open_place(piece.source.path) as file:
                kind = container_kind(file.read(HEAD_BYTES))
                file.seek(0)
                if kind is None:
                    raise InputError("is no longer a container of pages", remedy="was it changed?")
                yield from self._members(piece, _readable(kind.read(file, False)))
        except (OSError, ValueError, InputError) as error:
            yield replace(piece.source, problem=_problem(error))

    def _members(self, piece: Piece, members: Iterator[Member]) -> Iterator[Source]:
        path = piece.source.path
        chosen = islice(members, piece.start, piece.stop)
        is_whole = not piece.start and piece.stop is None
        yield from unfold_members(piece.source, chosen, Record(b"", path, path, self._url), is_whole=is_whole)


def _readable(members: Iterator[Member]) -> Iterator[Member]:
    """Yield members. Raises UnreadError where their file cannot be read on."""
    try:
        yield from members
    except (OSError, ValueError) as error:
        raise _problem(error) from error


def _problem(error: OSError | ValueError | InputError) -> InputError:
    return error if isinstance(error, InputError) else UnreadError(reason_of(error))


def _fetch(piece: Piece) -> tuple[Piece, bytes | InputError | None]:
    """Return the content of a file that is read as a whole, or why there is none; None for others."""
    if piece.source.problem or piece.is_large:
        return piece, None
    try:
        with open_place(piece.source.path) as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return piece, _problem(error)
    if len(data) > MAX_BYTES:
        return piece, InputError(f"larger than {MAX_BYTES // 2**20} MB", remedy="is it a web page?")
    return piece, data
