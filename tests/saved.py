"""Invented saved pages for tests of reading, batches and the command line, and ways to run the command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src"

EMPTY_PAGE = "<!doctype html><html><head><title>Nothing</title></head><body></body></html>"

_PARAGRAPHS = """
<p>The ferry to the outer islands has not run since the storm, and nobody at the harbour office could say on Monday
when it would, although the crew had already repaired the ramp with planks from the old boat house.</p>
<p>Islanders have been rowing across to buy flour and batteries, which the shopkeeper, who has kept the place open for
thirty years, says reminds her of the winter when the bay froze and people walked over with sledges.</p>
<p>A replacement boat was promised for the end of the week, but the captain who was to bring it said in a letter that
he would not set out before the wind had turned, and he has been right about the wind before.</p>
"""


def tool(name: str, package: str) -> str:
    """Return the path of a program, of the system or beside this Python; skip the test where there is none."""
    beside = Path(sys.executable).with_name(name)
    found = shutil.which(name) or (str(beside) if beside.is_file() else None)
    if found is None:
        pytest.skip(f"there is no {name} on PATH ({package})")
    return found


def page(title: str = "Ferry still out") -> str:
    """Return an HTML page with an article of this title."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
        f"<article><h1>{title}</h1>{_PARAGRAPHS}</article><footer>All rights reserved</footer></body></html>"
    )


def save_pages(folder: Path, *names: str) -> Path:
    """Write a page for each name below the folder, its title the name's stem, and return the folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(f"Report {path.stem}"), encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their content."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def command(*arguments: object) -> list[str]:
    """Return the command line of newsclean in a process of its own."""
    return [sys.executable, "-m", "newsclean", *map(str, arguments)]


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of such a process."""
    return os.environ | {"PYTHONPATH": str(SOURCE)} | extra


def run(*arguments: object, **extra: Any) -> subprocess.CompletedProcess[bytes]:
    """Run newsclean in a process of its own, with nothing on stdin unless `input` says so."""
    if "input" not in extra:
        extra.setdefault("stdin", subprocess.DEVNULL)
    extra.setdefault("env", environment())
    return subprocess.run(command(*arguments), capture_output=True, timeout=60, check=False, **extra)
