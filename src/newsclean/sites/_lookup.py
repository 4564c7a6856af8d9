"""A page's hosts and day → its rules, best first. Only files named after the host are opened."""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsclean.errors import OptionsError
from newsclean.sites._folders import GLOBAL, RuleFile, files_for, has_common, parents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.page.html import Page
    from newsclean.sites._apply import Rule
    from newsclean.sites._rule import SiteRule

_HOST_RE = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")  # "news.example-site.co.uk", ASCII only
# "http://web.archive.org/web/20130307194448id_/http://example.com/a", of archive.org and sites that run its software
_ARCHIVED_RE = re.compile(r"https?://[^/]{1,255}/(?:[\w-]{1,40}/)?(?:\d{14}|\d{8})(?:[a-z]{2}_)?/(?=\S)", re.I)


def page_hosts(page: Page) -> tuple[str, ...]:
    """Return the hosts that a page may be from, without "www.": of its address, then of the one it declares."""
    hosts = (_host(url) for url in (page.url, page.canonical_url) if url)
    return tuple(dict.fromkeys(host for host in hosts if host))


def find_rules(
    hosts: Sequence[str], folders: Sequence[str], day: Callable[[], str | None]
) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Return the rules for the hosts, best first, and what is wrong with their files.

    The user's folders come first, in order, then what newsclean ships. `day` tells when the page was captured (ISO
    8601), and is asked only where a host has several rules by date.
    """
    rules: list[Rule] = []
    warnings: list[str] = []
    for folder in folders:
        if not Path(folder).is_dir():
            raise OptionsError("no such folder of rules", source=folder)
        rules += _rules_in(folder, hosts, warnings)
    for host in hosts:
        rules += [rule for parent in parents(host) for rule in _shipped(parent) if rule.serves(host)]
    unique = list({id(rule): rule for rule in rules}.values())
    if any(rule.until for rule in unique):
        unique = in_season(unique, day())
    return tuple(unique), tuple(warnings)


def _rules_in(folder: str, hosts: Sequence[str], warnings: list[str]) -> list[Rule]:
    """Return a folder's rules for the hosts. Its global.txt joins each file in the ftr format, and comes last alone."""
    rules: list[Rule] = []
    for host in hosts:
        for file in files_for(host, folder):
            _load_into(rules, warnings, file, host)
    if has_common(folder):
        common: list[Rule] = []
        _load_into(common, warnings, RuleFile(folder, GLOBAL), "")
        rules = [_joined(rule, one) for rule in rules for one in common] or rules
        rules += common
    return rules


def _joined(rule: Rule, common: Rule) -> Rule:
    from newsclean.sites._ftr import FtrRule

    return rule.joined(common) if isinstance(rule, FtrRule) and isinstance(common, FtrRule) else rule


def in_season(rules: list[Rule], day: str | None) -> list[Rule]:
    """Return the rules that were good on a day, the soonest to end first; without a day, today's first.

    Rules of one origin compete, since a file holds a site's rules of all times.
    """
    good = [rule for rule in rules if day is None or rule.until is None or day[:10] <= rule.until]
    origins = list(dict.fromkeys(rule.origin for rule in rules))
    latest = day is None

    def order(rule: Rule) -> tuple[int, bool, str]:
        ends = rule.until or "9999"
        return (origins.index(rule.origin), latest and rule.until is not None, ends)

    return sorted(good, key=order)


def load(file: RuleFile) -> tuple[Rule, ...]:
    """Return the rules of a file; raises ValueError or OSError that says what is wrong with it."""
    if file.name.endswith(".toml"):
        from newsclean.sites._toml import read_toml

        return read_toml(file)
    from newsclean.sites._ftr import read_ftr

    return (read_ftr(file),)


def _load_into(rules: list[Rule], warnings: list[str], file: RuleFile, host: str) -> None:
    try:
        rules += [rule for rule in _load(file, file.path.stat().st_mtime_ns) if not host or rule.serves(host)]
    except (ValueError, OSError) as error:
        warnings.append(f"{file.path}: {error}; the rule was left out")


@lru_cache(maxsize=256)
def _load(file: RuleFile, changed: int) -> tuple[Rule, ...]:  # noqa: ARG001 - the key
    return load(file)


def module_name(host: str) -> str:
    """Return the module of a host's shipped rule: "news.the-sun.com" → "news_the__sun_com"."""
    name = host.replace("-", "__").replace(".", "_")
    return f"site_{name}" if name[:1].isdigit() else name


def shipped() -> tuple[SiteRule, ...]:
    """Return all rules that newsclean ships, by module name."""
    return tuple(rule for name in sorted(_modules()) for rule in shipped_rules(name))


@lru_cache(maxsize=1)
def _modules() -> frozenset[str]:
    found = (path.stem for path in Path(__file__).parent.iterdir() if path.suffix in (".py", ".pyc"))
    return frozenset(name for name in found if not name.startswith("_"))


def _shipped(host: str) -> tuple[SiteRule, ...]:
    name = module_name(host)
    return shipped_rules(name) if name in _modules() else ()


def shipped_rules(module: str) -> tuple[SiteRule, ...]:
    """Return the rules of a shipped module."""
    found = importlib.import_module(f"newsclean.sites.{module}")
    rules: tuple[SiteRule, ...] = found.RULES if hasattr(found, "RULES") else (found.RULE,)
    return rules


def _host(url: str) -> str | None:
    """Return the host of an address, of the page itself where an archive's address holds it; None for a strange one."""
    try:
        rest = _ARCHIVED_RE.sub("", url.strip(), count=1)
        host = urlsplit(rest if "//" in rest[:8] else f"http://{rest}").hostname or ""
    except ValueError:
        return None
    try:
        host = (
            host.lower().rstrip(".").encode("idna").decode("ascii") if not host.isascii() else host.lower().rstrip(".")
        )
    except UnicodeError:
        return None
    host = host.removeprefix("www.")
    return host if _HOST_RE.fullmatch(host) and ".." not in host else None


def archived_day(url: str | None) -> str | None:
    """Return the day in an archive's address ("…/web/20130307194448/…"), ISO 8601."""
    match = _ARCHIVED_RE.match(url or "")
    if not match:
        return None
    digits = re.findall(r"\d{8}", match[0])[-1]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
