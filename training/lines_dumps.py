"""`python -m training.lines_dumps CORPORA CORPUS OUT`: flatten the same pages in the styles that a corpus lacks.

A flattened corpus has each page in one style; its HTML is in the other corpora. Each page is flattened in one of the
styles that it lacks, by turns, and one in three loses its blank lines. Needs lynx, w3m and inscriptis; the result
trains and is never judged. With `--unseen` it needs elinks alone, whose pages with link marks and a list of addresses
never train: they show what a new style costs.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 20
"""Time that a program may take for one page."""

LOSING = 3
"""One in so many of the pages that train loses its blank lines: the models must not rely on them."""
_BLANK_LINES_RE = re.compile(r"\n\s*\n")  # "\n \n\n"

LYNX = "lynx -dump -nolist -force_html -width=80 -assume_charset=utf-8 -display_charset=utf-8".split()
ELINKS = "elinks -no-connect -no-home -dump -dump-charset utf-8 -dump-width 80 -force-html".split()
W3M = "w3m -dump -cols 1000 -T text/html -I UTF-8 -O UTF-8".split()


def dump_lynx(page: Path) -> str:
    """Return a page as lynx dumps it: 80 columns, hard-wrapped."""
    return _run([*LYNX, str(page)])


def dump_w3m(page: Path) -> str:
    """Return a page as w3m dumps it on a screen so wide that nothing wraps."""
    return _run([*W3M, str(page)])


def dump_elinks(page: Path) -> str:
    """Return a page as elinks dumps it: 80 columns, "[12]" before each link, the addresses at the end."""
    return _run([*ELINKS, str(page)])


def dump_inscriptis(page: Path) -> str:
    """Return a page as inscriptis lays it out."""
    return str(import_module("inscriptis").get_text(page.read_text(encoding="utf-8", errors="replace")))


STYLES: dict[str, Callable[[Path], str]] = {"lynx": dump_lynx, "w3m": dump_w3m, "inscriptis": dump_inscriptis}
UNSEEN: dict[str, Callable[[Path], str]] = {"elinks": dump_elinks}
"""Styles that no model is trained on."""


def main() -> None:
    """Write OUT/gold.jsonl and OUT/pages in the shape of CORPUS."""
    parser = argparse.ArgumentParser(prog="python -m training.lines_dumps", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the HTML corpora, unpacked")
    parser.add_argument("corpus", type=Path, help="the flattened corpus whose pages are flattened anew")
    parser.add_argument("out", type=Path, help="folder to write")
    parser.add_argument("--unseen", action="store_true", help="write the styles that are only measured")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take one page in N")
    options = parser.parse_args()
    (options.out / "pages").mkdir(parents=True, exist_ok=True)
    with (
        (options.corpus / "gold.jsonl").open(encoding="utf-8") as rows,
        (options.out / "gold.jsonl").open("w", encoding="utf-8") as out,
    ):
        styles = UNSEEN if options.unseen else STYLES
        for turn, row in enumerate(islice(rows, 0, None, options.every)):
            gold = json.loads(row)
            name, _, number = gold["id"].partition("-")
            page = options.corpora / f"{name}-dev" / "pages" / f"{number}.html"
            lacking = [style for style in styles if style != gold["type"]]
            style = lacking[turn % len(lacking)]
            text = _try(styles[style], page) if page.exists() else ""
            if turn % LOSING == 0 and not options.unseen:
                text = _BLANK_LINES_RE.sub("\n", text)
            if text:
                changed = {**gold, "id": f"{gold['id']}-{style}", "type": style}
                (options.out / "pages" / f"{changed['id']}.txt").write_text(text, encoding="utf-8")
                out.write(json.dumps(changed, ensure_ascii=False) + "\n")


def _try(dump: Callable[[Path], str], page: Path) -> str:
    try:
        return dump(page)
    except (subprocess.SubprocessError, ValueError, RecursionError, AttributeError):
        return ""


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    main()
