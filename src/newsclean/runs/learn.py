"""Sources → for each the rule learned from the pages of its site: the first pass of `--learn`, and all of `learn`.

Pages are grouped by the host that they name; those that name none by their folder.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsclean.errors import NewscleanError, OutputError
from newsclean.files import write_atomic
from newsclean.model import Options
from newsclean.rules.evidence import read_evidence
from newsclean.rules.learn import learn_rule
from newsclean.runs.find import expand_arguments, find_sources
from newsclean.runs.members import Members, unfold
from newsclean.runs.pool import in_order, run_jobs
from newsclean.runs.process import Limits, default_workers
from newsclean.runs.read import STDIN, record_of
from newsclean.sites._toml import as_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.rules.evidence import PageEvidence
    from newsclean.runs.read import Source
    from newsclean.sites import SiteRule

MAX_TEACHERS = 100
"""Pages of one site that are learned from, in the order of the inputs: more add nothing but memory."""


@dataclass
class Site:
    """The pages of one site."""

    name: str
    """The host, or the folder of pages that name none."""
    host: str | None
    teachers: list[PageEvidence] = field(default_factory=list)
    rule: SiteRule | None = None
    pages: int = 0

    @property
    def summary(self) -> str:
        """Return what was learned, for a reader."""
        if self.rule is None:
            return f"{self.name}: nothing learned from {self.pages} pages"
        boxes, texts = len(self.rule.drop), len(self.rule.drop_text)
        told = f"{self.name}: {boxes} boxes and {texts} texts repeat on {self.rule.learned_from} articles"
        return told if self.host else f"{told}; say what site they are from with --host to get a rule"


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was learned from a run's inputs."""

    sites: tuple[Site, ...]
    rules: tuple[SiteRule | None, ...]
    """One a source: the rule learned for its site, None where nothing was, or where the page is none to correct."""
    written: tuple[Path, ...] = ()
    """The files of rules."""


def learn_rules(
    inputs: Sequence[str], folder: str, *, host: str | None = None, force: bool = False, workers: int | None = None
) -> Lessons:
    """Write a rule for each site that the inputs are from into a folder, and return what was learned.

    Raises OutputError where a rule already exists, unless `force`.
    """
    found = unfold(find_sources(expand_arguments(inputs), [folder]))
    sources = [source for source in found if not source.left_out]
    url = f"https://{host}/" if host else None
    lessons = learn_from(sources, Options(), url=url, workers=workers or default_workers())
    return replace(lessons, written=tuple(write_learned(lessons, folder, force=force)))


def learn_from(
    sources: Sequence[Source],
    options: Options,
    *,
    url: str | None = None,
    workers: int,
    limits: Limits = Limits(),
    advance: Callable[[], None] = lambda: None,
) -> Lessons:
    """Return what the sources teach. All are read once; what cannot be read teaches nothing, and its conversion tells.

    The answer does not depend on the number of workers. `advance` is called after each source.
    """
    sites: dict[str, Site] = {}
    of_source: list[Site | None] = []
    loaded = map(Members(url).load, sources)
    answers = run_jobs(partial(read_teacher, options, url), loaded, workers=workers, limits=limits)
    with closing(answers):
        triples = ((number, source, answer) for number, source, answer in answers)
        for source, answer in in_order(triples):
            advance()
            of_source.append(_enter(sites, source, None if isinstance(answer, NewscleanError) else answer))
    for site in sites.values():
        site.rule = learn_rule(site.name, site.teachers)
        site.teachers = []
    return Lessons(tuple(sites.values()), tuple(site.rule if site else None for site in of_source))


def read_teacher(options: Options, url: str | None, source: Source) -> PageEvidence | None:
    """Return what one source teaches, None where it cannot be read a second time."""
    if source.problem or source.path == STDIN or not Path(source.path).is_file():
        return None
    try:
        return read_evidence(record_of(source, url), options)
    except NewscleanError:
        return None


def write_learned(lessons: Lessons, folder: str, *, force: bool = False) -> list[Path]:
    """Write a TOML file for each site with a host and a rule, and return the files.

    Raises OutputError where one already exists, before any is written, or cannot be written.
    """
    files = {Path(folder, f"{site.host}.toml"): site.rule for site in lessons.sites if site.host and site.rule}
    for path in files:
        if path.exists() and not force:
            raise OutputError("already exists", source=str(path), remedy="force=True overwrites it")
    for path, rule in files.items():
        head = f"# Learned from {rule.learned_from} articles. The rest of a page newsclean judges as ever.\n"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, (head + as_toml(rule)).encode())
        except OSError as error:
            raise OutputError(f"cannot write: {error.strerror or error}", source=str(path)) from error
    return list(files)


def _enter(sites: dict[str, Site], source: Source, page: PageEvidence | None) -> Site | None:
    """Put a page to its site, and return it for a page that is to be corrected."""
    if page is None or not page.is_learnable:
        return None
    name = page.host or str(Path(source.path).parent)
    site = sites.setdefault(name, Site(name, page.host))
    site.pages += 1
    if len(site.teachers) < MAX_TEACHERS:
        site.teachers.append(page)
    return site
