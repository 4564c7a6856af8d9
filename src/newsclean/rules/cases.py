"""The cases that prove rules: folders of a page with the Markdown expected of it. Runs them, and writes first ones."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from newsclean.errors import InputError, NewscleanError, OutputError
from newsclean.files import write_atomic
from newsclean.model import Options, Record
from newsclean.page.html import parse_html
from newsclean.page.open import open_record
from newsclean.pipeline import convert
from newsclean.rules.propose import nearest_body, propose_rule, read_sample
from newsclean.sites import SiteRule, load, page_hosts, rule_files
from newsclean.sites._toml import as_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.rules.propose import Sample

PAGE, SETTINGS, EXPECTED = "page.html", "case.json", "expected.md"
MAX_SLUG = 50
_NOT_SLUG_RE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case."""

    name: str
    """host/slug."""
    status: Literal["passed", "failed", "no case"]
    details: tuple[str, ...] = ()
    """The difference from what was expected, a line each."""


def run_cases(folders: Sequence[str], host: str | None = None) -> Iterator[CaseResult]:
    """Yield the result of every case beside the rules of folders, and tell of rules that have none.

    Cases of `example.com.toml` lie in `example.com/<name>/` beside it.
    """
    for folder in folders:
        names = dict.fromkeys(file.name.rpartition(".")[0] for file in rule_files(folder))
        names |= dict.fromkeys(sorted(path.parent.parent.name for path in Path(folder).glob(f"*/*/{PAGE}")))
        for name in names:
            if host is not None and name.lstrip(".") != host.removeprefix("www."):
                continue
            pages = sorted(Path(folder, name).glob(f"*/{PAGE}"))
            if not pages:
                yield CaseResult(name, "no case", (f"make one: {Path(folder, name, 'a-name', PAGE)}",))
            for page in pages:
                yield run_case(page.parent, (folder,))


def run_case(folder: Path, rules: tuple[str, ...]) -> CaseResult:
    """Return the result of one case."""
    name = f"{folder.parent.name}/{folder.name}"
    try:
        settings = json.loads((folder / SETTINGS).read_text("utf-8")) if (folder / SETTINGS).exists() else {}
        options = Options(**{**settings.get("options", {}), "rules": rules})
        record = Record((folder / PAGE).read_bytes(), name=str(folder / PAGE), url=settings.get("url"))
        article = convert(record, options)
        expected = (folder / EXPECTED).read_text("utf-8")
    except (NewscleanError, OSError, TypeError, ValueError) as error:
        return CaseResult(name, "failed", (str(error),))
    details = [] if article.rule else ["no rule decided", *article.warnings]
    lines = (expected.splitlines(), article.markdown.splitlines())
    details += unified_diff(*lines, "expected", "given", lineterm="", n=2)
    if not details and expected != article.markdown:
        details = ["line ends differ"]
    return CaseResult(name, "failed" if details else "passed", tuple(details))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule made from pages, and the pages it was made from."""

    rule: SiteRule
    pages: tuple[Record, ...]
    notes: tuple[str, ...] = ()

    @property
    def toml(self) -> str:
        """The rule as the content of its file."""
        notes = "".join(f"# {note}\n" for note in (f"Made from {len(self.pages)} saved pages.", *self.notes))
        return notes + as_toml(self.rule)


def propose(records: Sequence[Record], host: str | None = None) -> Proposal:
    """Return a rule for the site of these pages; raises InputError where they are not of one site or share no box."""
    samples = []
    known: list[Record] = []
    for record in records:
        opened = open_record(record, Options())
        page = parse_html(opened.text, opened.url)
        known.append(replace(record, url=page.url or page.canonical_url))
        hosts = (host,) if host else page_hosts(page)
        if not hosts:
            raise InputError("does not say which site it is from", source=record.name, remedy="--host example.com")
        host = hosts[0]
        sample = read_sample(page)
        if sample is not None:
            samples.append(sample)
        if host not in (page_hosts(page) or (host,)):
            raise InputError(f"is not a page of {host}", source=record.name, remedy="give pages of one site, or --host")
    rule = propose_rule(host or "", samples)
    if not rule.body and not rule.drop:
        remedy = "give more pages of one kind, or write the rule by hand"
        raise InputError("these pages share no element that separates the article from the rest", remedy=remedy)
    return Proposal(rule, tuple(known), () if rule.body else tuple(_on_the_body(samples)))


def _on_the_body(samples: Sequence[Sample]) -> Iterator[str]:
    """Yield why a rule leaves the body to newsclean, and what its author may put in its place."""
    yield "newsclean chooses the body, since no box on these pages holds it and little else."
    nearest = nearest_body(samples)
    if nearest:
        yield f'The nearest is body = "{nearest[0]}", which on the worst page fits to {nearest[1]:.0%}.'


def write_proposal(proposal: Proposal, folder: str, *, force: bool = False) -> list[Path]:
    """Write a rule and a case a page below a folder, and return the files; raises OutputError where a rule is there."""
    host = proposal.rule.hosts[0]
    path = Path(folder, f"{host}.toml")
    if path.exists() and not force:
        raise OutputError("already exists", source=str(path), remedy="--force overwrites it")
    written = [_write(path, proposal.toml.encode())]
    load(next(file for file in rule_files(folder) if file.name == path.name))
    for record in proposal.pages:
        article = convert(record, Options(rules=(folder,)))
        case = Path(folder, host, _slug(article.metadata.title or Path(record.name).stem))
        settings = {"url": record.url} if record.url else {}
        data = record.data.encode() if isinstance(record.data, str) else record.data
        written += [
            _write(case / PAGE, data),
            _write(case / SETTINGS, (json.dumps(settings, ensure_ascii=False) + "\n").encode()),
            _write(case / EXPECTED, article.markdown.encode()),
        ]
    return written


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as error:
        raise OutputError(f"cannot write: {error.strerror or error}", source=str(path)) from error
    return path


def _slug(title: str) -> str:
    """Return a title as the name of a folder: "Ferry late, again" → "ferry-late-again"."""
    return _NOT_SLUG_RE.sub("-", title.lower()).strip("-")[:MAX_SLUG].strip("-") or "page"
