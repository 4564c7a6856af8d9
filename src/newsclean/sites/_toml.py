"""A user's TOML file → SiteRules like the shipped ones. One rule a file, or several as [[rules]] by date."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from newsclean.sites._rule import SiteRule

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from newsclean.sites._folders import RuleFile

SELECTORS = ("body", "drop", "drop_text", "keep", "title", "authors", "published", "comments", "next_page")
MAX_LINE = 80
"""Characters of selectors that stand on one line."""
FIELDS = ("hosts", *SELECTORS, "until")


def read_toml(file: RuleFile) -> tuple[SiteRule, ...]:
    """Return the rules of a file; raises ValueError that says what is wrong with it."""
    table = tomllib.loads(file.read())
    shared = {name: value for name, value in table.items() if name != "rules"}
    several = table.get("rules", [{}])
    if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
        raise ValueError("rules: write each of several rules under a line [[rules]]")
    return tuple(_rule(file, {**shared, **one}) for one in several)


def as_toml(rule: SiteRule) -> str:
    """Return a rule as the TOML that reads back to it, a selector a line where there are several."""
    lines = []
    notes = dict(rule.notes)
    for name in ("hosts", *SELECTORS):
        given = getattr(rule, name)
        values = [_quoted(value) for value in given]
        if any(value in notes for value in given) or (len(values) > 1 and sum(map(len, values)) > MAX_LINE):
            comments = [f"  # {notes[value]}" if value in notes else "" for value in given]
            lines += [f"{name} = [", *(f"    {value},{why}" for value, why in zip(values, comments, strict=True)), "]"]
        elif values:
            lines.append(f"{name} = [{', '.join(values)}]")
    if rule.until:
        lines.append(f"until = {rule.until}")
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """Return a TOML string: as JSON writes it, with the one control character escaped that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _rule(file: RuleFile, table: dict[str, Any]) -> SiteRule:
    unknown = sorted(set(table) - set(FIELDS))
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}; known: {', '.join(FIELDS)}")
    hosts = _strings("hosts", table["hosts"]) if "hosts" in table else (file.host,)
    if not hosts:
        raise ValueError("hosts: is empty")
    selectors: dict[str, Any] = {name: _strings(name, table[name]) for name in SELECTORS if name in table}
    return SiteRule(hosts, **selectors, until=_day(table.get("until")), origin=str(file.path))


def _strings(name: str, value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) and one.strip() for one in values):
        raise ValueError(f'{name}: takes a selector "…" or a list of them')
    return tuple(one.strip() for one in values)


def _day(value: object) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError as error:
        raise ValueError("until: takes a day, 2020-06-30") from error
