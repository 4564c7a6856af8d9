"""python -m benchmarks.told: whether each value of the metadata stands in its page or in the page's address.

Nothing is invented: a title, a name and every tag are there letter by letter, a date by its year. Prints what does not,
and fails if there is any.
"""

from __future__ import annotations

import html
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from benchmarks.corpora import find_corpora, sample
from newsclean.facts import labels, read_metadata
from newsclean.page.decode import decode
from newsclean.page.sniff import input_kind
from newsclean.pipeline import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.model import Metadata

_TAG_RE = re.compile(r"<[^<>]{0,200}>")
_ESCAPE_RE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NO_LETTERS_RE = re.compile(r"[\W_]+")


def main() -> int:
    """Print the values that their pages do not hold; return the exit status."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--sample", type=int)
    arguments = parser.parse_args()
    pages = faults = 0
    for corpus in find_corpora(arguments.corpora)[0]:
        for page in sample(corpus.pages(), arguments.sample):
            text = decode(page.path.read_bytes(), None).text
            metadata = labels(read_metadata(parse_page(text, input_kind(text), page.url)))
            pages += 1
            for name, value in untold(metadata, text, page.url or ""):
                faults += 1
                print(f"{corpus.name}/{page.id}: {name} {value!r}")
    print(f"{pages} pages, {faults} values that do not stand in them")
    return 1 if faults or not pages else 0


def untold(metadata: Metadata, source: str, url: str) -> Iterator[tuple[str, str]]:
    """Yield the fields and values that neither a page nor its address holds."""
    spelled = _ESCAPE_RE.sub(lambda match: chr(int(match[1], 16)), source)  # "\\u00e9" in JSON
    held = "".join(map(_letters, (source, _TAG_RE.sub("", source), spelled, unquote(url))))
    texts = [("title", metadata.title), ("site", metadata.site), ("section", metadata.section)]
    texts += [("author", name) for name in metadata.authors] + [("tag", name) for name in metadata.tags]
    texts += [("contributor", one.name) for one in metadata.contributors]
    for name, value in texts:
        if value and not all(_letters(word) in held for word in value.split()):
            yield name, value
    for name, day in (("published", metadata.published), ("modified", metadata.modified)):
        if day and not _has_year(day, held):
            yield name, day


def _has_year(day: str, held: str) -> bool:
    """Return whether a text has the year of a day, in four digits or two, or a moment in seconds."""
    return day[:4] in held or day[2:4] in held


def _letters(text: str) -> str:
    return _NO_LETTERS_RE.sub("", html.unescape(html.unescape(text)).casefold())


if __name__ == "__main__":
    sys.exit(main())
