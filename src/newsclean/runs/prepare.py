"""What is done with all inputs before the first is converted: pages joined, texts split, sites learned from."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from newsclean.errors import NewscleanError
from newsclean.pipeline import split_record
from newsclean.runs.join import join_sources, read_facts
from newsclean.runs.learn import learn_from
from newsclean.runs.members import Members
from newsclean.runs.pool import run_jobs
from newsclean.runs.read import page_stem, record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.model import Options
    from newsclean.runs.process import Limits
    from newsclean.runs.read import Source

FoundT = TypeVar("FoundT")


def join(sources: Sequence[Source], options: Options, workers: int, limits: Limits) -> Sequence[Source]:
    """Return the sources with the further pages of an article as parts of its first page."""
    look = partial(read_facts, options.encoding)
    return join_sources(sources, _look_at_all(look, sources, workers=workers, limits=limits))


def split(sources: Sequence[Source], options: Options, workers: int, limits: Limits) -> Sequence[Source]:
    """Return the sources with one for each article where a text holds several."""
    members = Members(None, seconds=limits.seconds)
    sources = [members.load(source) if source.member is None else source for source in sources]
    found = _look_at_all(partial(split_source, options), sources, workers=workers, limits=limits)
    return tuple(part for source, own in zip(sources, found, strict=True) for part in own or (source,))


def learn(
    sources: Sequence[Source],
    options: Options,
    workers: int,
    limits: Limits,
    url: str | None,
    advance: Callable[[str | None], None],
) -> Sequence[Source]:
    """Return the sources with what the pages of its site teach of each; `advance` is told of each and of the end."""
    lessons = learn_from(sources, options, url=url, workers=workers, limits=limits, advance=lambda: advance(None))
    taught = sum(1 for site in lessons.sites if site.rule)
    advance(f"learned what repeats on {taught} of {len(lessons.sites)} sites")
    return tuple(replace(source, learned=rule) for source, rule in zip(sources, lessons.rules, strict=True))


def _look_at_all(
    look: Callable[[Source], FoundT | None], sources: Sequence[Source], *, workers: int, limits: Limits
) -> list[FoundT | None]:
    """Return what a look at each source gives, None where it fails: its conversion will tell."""
    found: list[FoundT | None] = [None] * len(sources)
    for number, _, answer in run_jobs(look, map(Members(None).load, sources), workers=workers, limits=limits):
        found[number] = None if isinstance(answer, NewscleanError) else answer
    return found


def split_source(options: Options, source: Source) -> tuple[Source, ...]:
    """Return a source for each article of the input, numbered in its place; itself where it holds but one.

    Also itself where it cannot be read.
    """
    if source.problem or source.parts:
        return (source,)
    records = split_record(record_of(source, None), options)
    if len(records) < 2:
        return (source,)
    return tuple(
        replace(source, place=_numbered(source.place, number), lines=record.lines)
        for number, record in enumerate(records, 1)
    )


def _numbered(place: str, number: int) -> str:
    """Return a place with a number in its name: "a/news.txt" gives "a/news-2.txt"."""
    stem = page_stem(place)
    return f"{stem}-{number}{place.removeprefix(stem)}"
