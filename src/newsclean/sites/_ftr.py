"""A file in the ftr-site-config format ("directive: value" lines) → FtrRule. What it does to a page is in _ftr_run.py.

Unknown directives and broken XPath are told with their line and left out; they never cost the rest of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from newsclean.sites._folders import RuleFile

XPATHS = frozenset(
    """title body author date strip strip_attr wrap_in move_into dissolve next_page_link single_page_link native_ad_clue
    if_page_contains not_logged_in_xpath post_strip_attr single_page_link_in_feed""".split()
)
STRINGS = frozenset(
    "strip_id_or_class skip_id_or_class strip_image_src src_lazy_load_attr test_url test_contains".split()
)
REPLACEMENTS = frozenset("find_string replace_string".split())
SWITCHES = frozenset(
    """prune autodetect_on_failure autodetect_next_page convert_double_br_tags strip_comments skip_json_ld footnotes
    insert_detected_image requires_login tidy""".split()
)
WITHOUT_MEANING = {
    "http_header": "a saved page is not fetched",
    "login_uri": "a saved page needs no login",
    "login_username_field": "a saved page needs no login",
    "login_password_field": "a saved page needs no login",
    "login_extra_fields": "a saved page needs no login",
    "tidy": "there is one parser, which mends what it reads",
    "parser": "there is one parser",
    "single_page_link_in_feed": "feeds are not read",
    "post_strip_attr": "attributes never reach the output",
    "autodetect_next_page": "pages are not looked for",
    "footnotes": "footnotes are always kept as footnotes",
    "insert_detected_image": "the lead image is metadata",
}
"""Directives that are read and have no effect on saved pages → why."""
KNOWN = XPATHS | STRINGS | REPLACEMENTS | SWITCHES | WITHOUT_MEANING.keys()
YES = frozenset({"yes", "true", "1", "on"})

MAX_DIRECTIVES = 1_000
"""Directives of a file that are read; the longest real file has 150."""
MAX_XPATH_CHARS = 4_000
MAX_GROWTH = 1_000_000
"""Characters that replacements may add to a page."""

# "body: //article", "wrap_in(h2): //b", "replace_string(<p class="a:b">): <p>"; an argument ends at its first "):"
_LINE_RE = re.compile(r"([A-Za-z_]+)[ \t]*(?:\((.*?)\)[ \t]*(?=:))?:(.*)")


@dataclass(frozen=True, slots=True)
class Directive:
    """One line of a file."""

    name: str
    value: str
    argument: str | None = None
    line: int = 0
    condition: str | None = None
    """XPath that has to find something for the line to count."""

    @property
    def is_on(self) -> bool:
        """Return whether a switch says yes."""
        return self.value.lower() in YES


@dataclass(frozen=True, slots=True)
class FtrRule:
    """A file, read."""

    host: str
    directives: tuple[Directive, ...]
    origin: str = ""
    is_wildcard: bool = False
    warnings: tuple[str, ...] = ()
    """What is wrong with the file, a line each."""
    notes: tuple[str, ...] = ()
    """Directives without effect on saved pages, and why."""
    until: str | None = None

    @property
    def name(self) -> str:
        """Return what results call the rule: the file's name without its suffix."""
        return f".{self.host}" if self.is_wildcard else self.host

    def serves(self, host: str) -> bool:
        """Return whether the file is for a host: exactly its own, or with a leading dot those below it."""
        return host.endswith(f".{self.host}") if self.is_wildcard else host == self.host.removeprefix("www.")

    def of(self, *names: str) -> list[Directive]:
        """Return the directives of these names, in file order."""
        return [directive for directive in self.directives if directive.name in names]

    def switch(self, name: str, default: bool) -> bool:
        """Return what the last line of a switch says."""
        found = self.of(name)
        return found[-1].is_on if found else default

    def joined(self, common: FtrRule) -> FtrRule:
        """Return the rule with the directives for all sites behind its own, whose switches win."""
        own = {directive.name for directive in self.directives if directive.name in SWITCHES}
        more = tuple(directive for directive in common.directives if directive.name not in own)
        return replace(self, directives=(*self.directives, *more))


@lru_cache(maxsize=4096)
def compile_xpath(expression: str) -> etree.XPath:
    """Return a compiled expression of plain XPath 1.0; raises ValueError for a broken one."""
    if len(expression) > MAX_XPATH_CHARS:
        raise ValueError("XPath is too long")
    try:
        return etree.XPath(expression, regexp=False)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"broken XPath {expression}: {error}") from error


def read_ftr(file: RuleFile) -> FtrRule:
    """Return the rule of a file; raises ValueError for a file that is no text."""
    return parse_ftr(file.read(), file.host, str(file.path), is_wildcard=file.name.startswith("."))


def parse_ftr(text: str, host: str, origin: str = "", *, is_wildcard: bool = False) -> FtrRule:
    """Return the rule that a file's text describes."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.read(line.strip(), number)
    reader.pair_replacements()
    return FtrRule(
        host, tuple(reader.directives), origin, is_wildcard, tuple(reader.warnings), tuple(dict.fromkeys(reader.notes))
    )


class _Reader:
    def __init__(self) -> None:
        self.directives: list[Directive] = []
        self.warnings: list[str] = []
        self.notes: list[str] = []

    def read(self, line: str, number: int) -> None:
        """Take a line."""
        if not line or line.startswith("#"):
            return
        match = _LINE_RE.fullmatch(line)
        if not match:
            self.warnings.append(f"line {number}: is no directive: {line[:60]}")
            return
        directive = Directive(match[1].lower(), match[3].strip(), match[2], number)
        problem = _problem(directive) or ("file is too long" if len(self.directives) >= MAX_DIRECTIVES else None)
        if problem:
            self.warnings.append(f"line {number}: {problem}")
        elif directive.name == "if_page_contains":
            self._make_conditional(directive)
        else:
            self.directives.append(directive)
            if directive.name in WITHOUT_MEANING:
                self.notes.append(f"{directive.name} has no effect: {WITHOUT_MEANING[directive.name]}")

    def _make_conditional(self, condition: Directive) -> None:
        """Bind a condition to the directive before it, as the files in the field mean it."""
        if self.directives:
            self.directives[-1] = replace(self.directives[-1], condition=condition.value)
        else:
            self.warnings.append(f"line {condition.line}: if_page_contains follows no directive")

    def pair_replacements(self) -> None:
        """Join the nth find_string with the nth replace_string."""
        finds = [one for one in self.directives if one.name == "find_string"]
        puts = [one for one in self.directives if one.name == "replace_string" and one.argument is None]
        if len(finds) != len(puts):
            self.warnings.append(f"{len(finds)} find_string and {len(puts)} replace_string do not pair: left out")
        same = len(finds) == len(puts)
        pairs = {find.line: replace(put, argument=find.value) for find, put in zip(finds, puts, strict=False) if same}
        out: list[Directive] = []
        for directive in self.directives:
            if directive.name == "find_string":
                if directive.line in pairs:
                    out.append(pairs[directive.line])
            elif directive.name != "replace_string" or directive.argument is not None:
                out.append(directive)
        self.directives = out


def _problem(directive: Directive) -> str | None:
    """Return what is wrong with a directive."""
    if directive.name not in KNOWN:
        return f"unknown directive {directive.name!r}"
    if directive.name in ("wrap_in", "move_into") and not directive.argument:
        return f"{directive.name} takes an argument in brackets"
    if directive.name == "wrap_in" and not (directive.argument or "").isalnum():
        return f"wrap_in: {directive.argument!r} is no element"
    if not directive.value and directive.name not in REPLACEMENTS:
        return f"{directive.name} has no value"
    try:
        if directive.name in XPATHS:
            compile_xpath(directive.value)
        if directive.name == "move_into":
            compile_xpath(directive.argument or "")
    except ValueError as error:
        return str(error)
    return None
