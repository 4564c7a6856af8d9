"""Paths, folders and globs → Sources.

Folders are walked in name order. Passed over are hidden files, symbolic links to folders, and the folders that browsers
save beside a page; files that are no pages by their content, and by name whatever newsclean wrote itself, are left out.
"""

from __future__ import annotations

import heapq
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import InputError
from newsclean.files import MARK
from newsclean.runs.members import holds_several
from newsclean.runs.output import REMOVED_SUFFIX, crowded_names
from newsclean.runs.read import (
    COMPANION_SUFFIXES,
    HEAD_BYTES,
    PAGE_SUFFIXES,
    STDIN,
    STDIN_PLACE,
    SUBSTITUTION_RE,
    Source,
    kind_of_special,
    open_regular,
    reason_of,
)
from newsclean.runs.snapshots import best_of_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

VERSION_CONTROL = frozenset({"CVS", "_darcs", "{arch}"})
"""Folders of version control systems that are not hidden."""


OWN_OUTPUT = "was written by newsclean"
SAVED_TWICE = "belongs to a page of which a fuller save is beside it"
ASSET = "belongs to a page beside it"

_OWN_LIST_RE = re.compile(rb"# Taken out of [^\n]{1,9999}\n\n\d+ of \d+ blocks with text\.\n")  # head of --removed
_OWN_REPORT_RE = re.compile(rb'<meta name="generator" content="newsclean')


@dataclass(frozen=True, slots=True)
class Argument:
    """A path of the command line, after globs were expanded."""

    path: str
    anchor: str
    """The folder it is mirrored from: itself, the one that holds it, or the fixed part of a glob."""
    by_name: bool = True
    """Whether the user wrote it, and no glob found it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the inputs are meant. All fields may be combined, in this order."""

    shard: tuple[int, int] | None = None
    """Part i of n, from 1: the n parts hold each input once."""
    sample: int | None = None
    """So many at random: the same ones for the same seed."""
    seed: int = 0
    limit: int | None = None
    """The first so many."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """All paths of the command line."""

    given: tuple[Argument, ...]
    many: bool
    """Whether they ask for several conversions: more than one path, a folder, or a glob."""


def expand_arguments(paths: Sequence[str]) -> Arguments:
    """Return the paths with globs expanded: a shell that does not expand them, and quoted ones, work like others."""
    given: list[Argument] = []
    many = len(paths) > 1
    for path in paths:
        if path == STDIN:
            given.append(Argument(path, ""))
        elif Path(path).is_dir():
            given.append(Argument(path, path))
            many = True
        elif matches := _glob(path):
            given += matches
            many = True
        else:
            given.append(Argument(path, str(Path(path).parent)))
            many = many or holds_several(path)
    return Arguments(tuple(given), many)


def _glob(pattern: str) -> list[Argument]:
    """Return what a pattern matches, without hidden files and without following links to folders."""
    if not any(mark in pattern for mark in "*?[") or os.path.lexists(pattern):
        return []
    parts = Path(pattern).parts
    first = next(number for number, part in enumerate(parts) if any(mark in part for mark in "*?["))
    fixed = Path(*parts[:first])
    rest = [*parts[first:], "*"] if parts[-1] == "**" else parts[first:]  # "**" alone gives folders and no files
    try:
        found = sorted(path for path in fixed.glob("/".join(rest)) if not (path.is_symlink() and path.is_dir()))
    except (ValueError, OSError, NotImplementedError):  # "a**b", or a folder that cannot be listed
        return []
    return [Argument(str(path), str(fixed), by_name=False) for path in found if not _is_hidden(path, fixed, rest)]


def _is_hidden(path: Path, fixed: Path, pattern: Sequence[str]) -> bool:
    """Return whether a match lies in something hidden that the pattern does not ask for."""
    if any(part.startswith(".") for part in pattern):
        return False
    return any(part.startswith(".") for part in path.relative_to(fixed).parts)


def find_sources(arguments: Arguments, ignore: Iterable[str] = ()) -> Iterator[Source]:
    """Yield the inputs that the arguments stand for, without duplicates, in their order and by name below a folder.

    `ignore` are paths that are never read. One path that was asked for by name is taken as it is; among many, files
    that are no pages are left out, and say why.
    """
    files = [argument.path for argument in arguments.given if not Path(argument.path).is_dir()]
    ignored = {str(Path(path).resolve()) for path in ignore}
    search = _Search(ignored, _base(arguments), crowded_names(files) if arguments.many else frozenset())
    if arguments.many:
        for anchor in {argument.anchor for argument in arguments.given}:
            search.ignore_outputs_above(anchor)
    for argument in arguments.given:
        if argument.path == STDIN:
            found: Iterable[Source] = (Source(STDIN, STDIN_PLACE),)
        elif not arguments.many:
            found = (search.source(argument.path),)
        elif search.in_companion(argument.path):
            found = (search.source(argument.path, ASSET, left_out=True, by_name=argument.by_name),)
        elif Path(argument.path).is_dir():
            found = search.walk(argument.path)
        else:
            resolved = str(Path(argument.path).resolve())
            found = (search.look_at(argument.path, resolved, by_name=argument.by_name, is_given=True),)
        yield from filter(search.is_new, found)


def count_files(arguments: Arguments) -> Iterator[int]:
    """Yield, folder by folder, how many files were counted: in the end about as many as there are inputs."""
    folders = [argument.path for argument in arguments.given if Path(argument.path).is_dir()]
    total = len(arguments.given) - len(folders)
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    folders += () if entry.name.startswith(".") or _is_companion(entry.path) else (entry.path,)
                else:
                    total += not entry.name.startswith(".")
        yield total


def select(sources: Iterable[Source], choice: Choice) -> Iterator[Source]:
    """Yield the inputs that are chosen, in their order, with what is left out beside them."""
    if choice.shard is not None:
        part, parts = choice.shard
        sources = (source for source in sources if _number(source, 0) % parts == part - 1)
    if choice.sample is not None:
        pairs = enumerate(source for source in sources if not source.left_out)
        drawn = heapq.nsmallest(choice.sample, pairs, key=lambda pair: (_number(pair[1], choice.seed), pair[0]))
        sources = [source for _, source in sorted(drawn, key=lambda pair: pair[0])]
    taken = 0
    for source in sources:
        if choice.limit is not None and taken >= choice.limit:
            return
        taken += not source.left_out
        yield source


def _number(source: Source, seed: int) -> int:
    """Return a number for an input that depends on its place and the seed alone: equal on every machine."""
    name = source.place.encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(name, digest_size=8, salt=seed.to_bytes(8, "big")).digest(), "big")


def _base(arguments: Arguments) -> str | None:
    anchors = [str(Path(argument.anchor).absolute()) for argument in arguments.given if argument.path != STDIN]
    try:
        return os.path.commonpath([os.path.normpath(anchor) for anchor in anchors])
    except ValueError:  # no paths at all, or on different drives
        return None


@dataclass
class _Search:
    """The state of one search."""

    ignored: set[str]
    base: str | None
    """The deepest folder that holds all arguments; what is mirrored is the tree below it."""
    crowded: frozenset[str]
    """Paths of arguments that differ by the suffix alone."""
    _seen: set[str] = field(default_factory=set)

    def ignore_outputs_above(self, folder: str) -> None:
        """Leave out what earlier runs wrote into this folder or one that holds it."""
        start = Path(folder).resolve()
        for ancestor in start.parents:
            self._ignore_outputs_in(str(ancestor))
        self._ignore_outputs_in(str(start))

    def _ignore_outputs_in(self, folder: str) -> None:
        from newsclean.runs.journal import recorded_outputs  # a single input has no use for it

        self.ignored.update(str(Path(folder, output)) for output in recorded_outputs(folder))

    def source(self, path: str, problem: str | None = None, *, left_out: bool = False, by_name: bool = True) -> Source:
        """Return the source of a path with its place below the base."""
        place = os.path.normpath(Path(path).absolute())
        if self.base is not None:
            place = os.path.relpath(place, self.base)
        if self.base is None or place.startswith(os.pardir):
            place = Path(path).name
        error = InputError(problem) if problem else None
        return Source(path, place.replace(os.sep, "/"), error, left_out, by_name, path in self.crowded)

    def is_new(self, source: Source) -> bool:
        """Return whether a source was not found before, and remember it."""
        key = source.path if source.path == STDIN else str(Path(source.path).absolute())
        if key in self._seen:
            return False
        self._seen.add(key)
        return True

    def look_at(self, path: str, resolved: str, *, by_name: bool = False, is_given: bool = False) -> Source:
        """Return the source of a file, left out if it is no page by its content or newsclean's own.

        One that cannot be looked at is taken, and its conversion will tell. `is_given`: it was not met in a folder,
        where archives and feeds are left out.
        """
        is_own = resolved in self.ignored or path.endswith(REMOVED_SUFFIX)
        reason = OWN_OUTPUT if is_own else _reason_against(path, is_given)
        return self.source(path, reason, left_out=reason is not None, by_name=by_name)

    def walk(self, folder: str) -> Iterator[Source]:
        """Yield what is below a folder. Links to folders are not followed, so that no walk is endless."""
        waiting = [folder]
        while waiting:
            current = waiting.pop()
            try:
                with os.scandir(current) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except OSError as error:
                yield self.source(current, reason_of(error))
                continue
            resolved = str(Path(current).resolve())
            self._ignore_outputs_in(resolved)
            folders = []
            best = best_of_snapshot(entries)
            entries = [entry for entry in entries if not entry.name.startswith(".")]
            foreign = (entry.name for entry in entries if os.path.join(resolved, entry.name) not in self.ignored)  # noqa: PTH118
            crowded = crowded_names(foreign)
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if best in (None, entry.name) and self._is_entered(entry, resolved):
                        folders.append(entry.path)
                elif best not in (None, entry.name):
                    yield self.source(entry.path, SAVED_TWICE, left_out=True, by_name=False)
                elif not (entry.is_symlink() and not Path(entry.path).is_file()):
                    found = self.look_at(entry.path, os.path.join(resolved, entry.name))  # noqa: PTH118 - once a file
                    if found.problem is None or found.problem.message != OWN_OUTPUT:
                        yield replace(found, crowded=True) if entry.name in crowded else found
            waiting += reversed(folders)

    def _is_entered(self, folder: os.DirEntry[str], parent: str) -> bool:
        if folder.name in VERSION_CONTROL or _is_companion(folder.path):
            return False
        return str(Path(parent, folder.name)) not in self.ignored

    def in_companion(self, path: str) -> bool:
        """Return whether a path is, or stands in, the asset folder of a page, below the base."""
        if self.base is None:
            return False
        whole = Path(path).absolute()
        return any(
            _is_companion(str(folder)) for folder in (whole, *whole.parents) if len(str(folder)) > len(self.base)
        )


@lru_cache(maxsize=1024)
def _is_companion(folder: str) -> bool:
    """Return whether a folder holds the assets of a page beside it, as browsers save them: `a_files` of `a.html`."""
    for suffix in COMPANION_SUFFIXES:
        if folder.endswith(suffix):
            stem = folder.removesuffix(suffix)
            return any(Path(stem + page).is_file() for page in ("", *PAGE_SUFFIXES))
    return False


def _reason_against(path: str, is_given: bool) -> str | None:
    """Return why a file among many is no input, None for a page and for what cannot be looked at."""
    try:
        if reason := kind_of_special(os.stat(path).st_mode):  # noqa: PTH116 - once a file
            return None if SUBSTITUTION_RE.fullmatch(path) else reason
        with open_regular(path) as file:
            if _has_mark(file.fileno()):
                return OWN_OUTPUT
            return reason_against_head(file.read(HEAD_BYTES), is_given)
    except (OSError, ValueError):
        return None


def reason_against_head(head: bytes, is_given: bool) -> str | None:
    """Return why a file among many is no input by its first bytes; `is_given`: it was not met in a folder."""
    from newsclean.page.containers import container_kind  # a single input is not looked at
    from newsclean.page.sniff import foreign_kind

    if _OWN_LIST_RE.match(head) or _OWN_REPORT_RE.search(head):
        return OWN_OUTPUT
    if kind := container_kind(head):
        return f"is a {kind.name}, which is read where it is given itself" if kind.is_loose and not is_given else None
    foreign = foreign_kind(head)
    return f"is {foreign.name}, not a saved page" if foreign else None


def _has_mark(file: int) -> bool:
    try:
        return bool(os.getxattr(file, MARK))
    except (OSError, AttributeError):  # no such attribute; none on this system
        return False
