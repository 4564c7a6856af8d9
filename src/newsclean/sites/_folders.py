"""Folders of the user's rules → which file is for which host. Listed once, nothing parsed that no page asks for."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GLOBAL = "global.txt"
SUFFIXES = (".toml", ".txt")
MAX_FILE_BYTES = 1_000_000
"""Bytes of a rule file; real ones stay under 20 kB."""

# hosts = ["example.com", "*.example.org"] as a line of TOML
_HOSTS_RE = re.compile(rb"^\s*hosts\s*=\s*(\[[^\]]{0,5000}\]|\"[^\"\n]*\"|'[^'\n]*')", re.M)
_QUOTED_RE = re.compile(rb"[\"']([^\"'\n]{1,255})[\"']")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file of the user's rules, not yet read."""

    folder: str
    name: str

    @property
    def path(self) -> Path:
        return Path(self.folder, self.name)

    @property
    def host(self) -> str:
        """Return the host that the file's name says."""
        return self.name.rpartition(".")[0].lstrip(".")

    def read(self) -> str:
        """Return the content; raises ValueError for what is too large or no text."""
        with self.path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise ValueError("is too large for a rule")
        return data.decode("utf-8-sig")


def files_for(host: str, folder: str) -> list[RuleFile]:
    """Return a folder's files that may be for a host, most specific first. Those in the ftr format mean their name."""
    names, by_host = _listing(folder)
    wanted = [f"{host}.toml", f"www.{host}.toml", *by_host.get(host, ())]
    wanted += [f"{host}.txt", f"www.{host}.txt"]
    for parent in parents(host):
        wanted += [f"{parent}.toml", *by_host.get(f"*.{parent}", ()), f".{parent}.txt"]
    return [RuleFile(folder, name) for name in dict.fromkeys(wanted) if name in names]


def rule_files(folder: str) -> list[RuleFile]:
    """Return all files of rules in a folder, by name."""
    return [RuleFile(folder, name) for name in sorted(_listing(folder)[0])]


def has_common(folder: str) -> bool:
    """Return whether a folder has a file in the ftr format for all hosts."""
    return GLOBAL in _listing(folder)[0]


def parents(host: str) -> Iterator[str]:
    """Yield the domains above a host, nearest first; the host's own wildcard file counts as well."""
    yield host
    labels = host.split(".")
    for first in range(1, len(labels) - 1):
        yield ".".join(labels[first:])


def fingerprint(folders: Sequence[str]) -> str:
    """Return a hash that changes with the folders' files, "" where there are none."""
    states: list[tuple[str, str, int, int]] = []
    for folder in filter(os.path.isdir, folders):
        with os.scandir(folder) as entries:
            rules = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(SUFFIXES)]
        states += [(folder, name, stat.st_size, stat.st_mtime_ns) for name, stat in rules]
    return sha256(repr(sorted(states)).encode()).hexdigest() if states else ""


def _listing(folder: str) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Return the names of a folder's rule files, and host pattern → TOML files whose `hosts` name it."""
    try:
        changed = Path(folder).stat().st_mtime_ns
    except OSError:
        return frozenset(), {}
    return _list(folder, changed)


@lru_cache(maxsize=32)
def _list(folder: str, changed: int) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:  # noqa: ARG001 - the key
    names = frozenset(name for name in os.listdir(folder) if name.endswith(SUFFIXES))  # noqa: PTH208 - 10 times faster
    by_host: dict[str, tuple[str, ...]] = {}
    for name in sorted(name for name in names if name.endswith(".toml")):
        for host in _named_hosts(Path(folder, name)):
            by_host[host] = (*by_host.get(host, ()), name)
    return names, by_host


def _named_hosts(path: Path) -> list[str]:
    """Return the host patterns that a TOML file names, without parsing it."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES)
    except OSError:
        return []
    lists = (match[1] for match in _HOSTS_RE.finditer(data))
    patterns = (quoted.decode("utf-8", "replace").lower() for found in lists for quoted in _QUOTED_RE.findall(found))
    return [pattern.removeprefix("www.") for pattern in patterns]
