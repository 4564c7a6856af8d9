"""What rules there are, what they say, and what they do to a page, as lines for a reader. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.errors import InputError, NoArticleError
from newsclean.page.open import open_record
from newsclean.page.tree import parse_tree
from newsclean.pipeline import convert, parse_page
from newsclean.sites import apply_rule, find_rules, load, page_hosts, rewrite, rule_files, shipped
from newsclean.sites._ftr import FtrRule
from newsclean.sites._rule import SiteRule
from newsclean.sites._toml import as_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.article import Article
    from newsclean.model import Options, Record, Verdict
    from newsclean.page.html import Page
    from newsclean.sites import Rule
    from newsclean.sites._rule import Application

SHIPPED = "shipped"
SHOWN_BLOCKS = 12
"""Blocks of each kind that a check shows."""
SHOWN_CHARS = 70


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule in the list."""

    host: str
    origin: str
    """Its file, or "shipped"."""


def list_rules(folders: Sequence[str]) -> list[Listed]:
    """Return all rules by host, the files not opened."""
    own = [Listed(file.name.rpartition(".")[0], str(file.path)) for folder in folders for file in rule_files(folder)]
    ours = [Listed(rule.name, SHIPPED) for rule in shipped()]
    return sorted([*own, *ours], key=lambda listed: (listed.host.lstrip("."), listed.origin))


def show_rules(host: str, folders: Sequence[str]) -> list[str]:
    """Return the rules that a host's pages meet, best first, as text; raises InputError where there are none."""
    rules, warnings = find_rules((host.lower().removeprefix("www."),), folders, lambda: None)
    if not rules and not warnings:
        raise InputError(f"no rule for {host}", remedy="newsclean rules list; --rules DIR")
    shown = [_show(rule) for rule in rules]
    return [*shown, *(f"# {warning}" for warning in warnings)]


def _show(rule: Rule) -> str:
    lines = [f"# {rule.name}: {rule.origin or SHIPPED}"]
    lines += [f"# {warning}" for warning in rule.warnings]
    if isinstance(rule, SiteRule):
        lines += ["# and choose(soup), in Python"] if rule.choose else []
        return "\n".join([*lines, as_toml(rule).rstrip()])
    if isinstance(rule, FtrRule):
        lines += [f"# {note}" for note in rule.notes]
        for one in rule.directives:
            argument = "" if one.argument is None else f"({one.argument})"
            lines.append(f"{one.name}{argument}: {one.value}")
            lines += [f"if_page_contains: {one.condition}"] if one.condition else []
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Check:
    """What rules do to one page."""

    rule: str | None
    """The rule that decided, None where none did."""
    lines: tuple[str, ...]


def check_page(record: Record, options: Options) -> Check:
    """Return what the rules of a page's site match on it, what is kept and dropped, and what is wrong."""
    try:
        article = convert(record, options)
    except NoArticleError as error:
        return Check(None, (str(error),))
    opened = open_record(record, options)
    page = parse_page(opened.text, opened.kind, opened.url or article.metadata.source)
    hosts = page_hosts(page)
    rules, _ = find_rules(hosts, options.rules, lambda: article.input.saved_at or article.metadata.published)
    lines = [f"host: {', '.join(hosts) or 'unknown; --url tells'}"]
    for rule in rules:
        lines += _matches(rule, page)
        if isinstance(rule, FtrRule):
            lines += [f"  test_contains: lacks {text!r}" for text in missing_texts(rule, page.url, article.text)]
    if article.rule:
        lines.append(f"decided by: site rule {article.rule}")
    else:
        lines.append(f"decided by: {article.engine}" + ("" if rules else "; there is no rule for the host"))
    lines += [f"warning: {warning}" for warning in article.warnings]
    lines += [f"{name}: {where}" for name, where in _fields(article)]
    return Check(article.rule, (*lines, *_blocks(article.verdicts)))


def _matches(rule: Rule, page: Page) -> Iterator[str]:
    """Yield what the parts of a rule match on a page."""
    application = apply_rule(rule, parse_tree(rewrite(rule, page.source)))
    yield f"rule {rule.name} ({rule.origin or SHIPPED})"
    found: dict[tuple[str, str], int] = {}
    for mark in application.marks.values():
        key = (mark.decision, mark.selector)
        found[key] = found.get(key, 0) + 1
    for (decision, selector), count in found.items():
        yield f"  {decision}: {selector} matches {count}"
    if isinstance(rule, SiteRule):
        for decision in ("body", "drop", "keep", "comments"):
            missing = [one for one in getattr(rule, decision) if (decision, one) not in found]
            yield from (f"  {decision}: {selector} matches nothing that counts" for selector in missing)
        if rule.drop_text:
            count = sum(application.mark_of_text(block.text) is not None for block in page.blocks if block.text)
            yield f"  drop_text: {len(rule.drop_text)} texts match {count}"
    yield from _links(application)


def _links(application: Application) -> Iterator[str]:
    if application.next_page:
        yield f"  next page: {application.next_page}"
    if application.single_page:
        yield f"  the whole on one page: {application.single_page}"


def _fields(article: Article) -> Iterator[tuple[str, str]]:
    for name, where in article.metadata.found_in:
        if name in ("title", "authors", "published"):
            value = getattr(article.metadata, name)
            yield name, f"{'; '.join(value) if isinstance(value, tuple) else value} ({where})"


def _blocks(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield the longest blocks kept and dropped, in page order."""
    for title, kept in (("kept", True), ("dropped", False)):
        chosen = [verdict for verdict in verdicts if verdict.kept == kept and verdict.text]
        longest = sorted(chosen, key=lambda verdict: -len(verdict.text))[:SHOWN_BLOCKS]
        yield f"{title}: {len(chosen)} blocks of text" + (", the longest:" if len(chosen) > len(longest) else ":")
        for verdict in sorted(longest, key=lambda verdict: verdict.block):
            yield f"  {verdict.block:4} {verdict.text[:SHOWN_CHARS]} [{verdict.reason}]"


def missing_texts(rule: FtrRule, url: str | None, text: str) -> list[str]:
    """Return the texts that a file says a page holds (`test_contains` behind its `test_url`) and its article lacks."""
    missing: list[str] = []
    page = ""
    for directive in rule.of("test_url", "test_contains"):
        if directive.name == "test_url":
            page = directive.value
        elif page == url and " ".join(directive.value.split()) not in " ".join(text.split()):
            missing.append(directive.value)
    return missing


def read_problems(folders: Sequence[str]) -> list[str]:
    """Return what is wrong with the rule files of folders, a line each."""
    problems: list[str] = []
    for folder in folders:
        for file in rule_files(folder):
            try:
                problems += [f"{file.path}: {warning}" for rule in load(file) for warning in rule.warnings]
            except (ValueError, OSError) as error:  # noqa: PERF203 - one broken file must not hide the next
                problems.append(f"{file.path}: {error}")
    return problems
