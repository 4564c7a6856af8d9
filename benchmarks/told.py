"""python -m benchmarks.told: whether each value of the metadata stands in its page or in the page's address.

Nothing is invented: a title, a name, a description and every tag are there letter by letter and in one piece, a date
by its year, month and day side by side, an address by its path. Prints what does not, and fails if there is any.
"""

from __future__ import annotations

import html
import re
import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from benchmarks.corpora import find_corpora, sample
from newsclean.facts import labels, read_metadata
from newsclean.lexicon.dates import find_date, may_hold_date
from newsclean.lexicon.months import month_number
from newsclean.page.decode import decode
from newsclean.page.sniff import input_kind
from newsclean.pipeline import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.model import Metadata

_TAG_RE = re.compile(r"<[^<>]{0,200}>")
_ESCAPE_RE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NO_LETTERS_RE = re.compile(r"[\W_]+")
_TOKEN_RE = re.compile(r"\d+|[^\W\d_]+")  # "2025", "07", "juillet"
YEAR_DIGITS, SECONDS, MILLISECONDS = 4, 10, 13
"""Digits of a year, and of a moment in either unit."""
REACH = 8
"""Words and numbers beside a year among which its day and month stand."""
MAX_LINE = 300
_SEAM, _PARTED = "\0", "\n\n"
"""What stands between the ways to read a page; between the paragraphs of a standfirst, which need not be neighbours."""


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
    plain = html.unescape(html.unescape(_ESCAPE_RE.sub(lambda match: chr(int(match[1], 16)), source)))  # "\\u00e9"
    held = _SEAM.join(map(_letters, (source, plain, _TAG_RE.sub("", plain), unquote(url))))
    for name, value in _texts(metadata):
        ways = _turned(value) if name == "author" else [value]
        if not any(all(_letters(part) in held for part in way.split(_PARTED)) for way in ways):
            yield name, value
    for name, day in (("published", metadata.published), ("modified", metadata.modified)):
        if day and not tells_day(f"{plain} {url}", date.fromisoformat(day[:10])):
            yield name, day


def _turned(name: str) -> list[str]:
    """Return a name as spoken and as catalogues write it: "Ann Lee", "Lee Ann"."""
    words = name.split()
    return [" ".join(words[place:] + words[:place]) for place in range(len(words))]


def _texts(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield the texts of the metadata with the names of their fields."""
    image = metadata.image
    found = [
        *((name, getattr(metadata, name)) for name in ("title", "site", "section", "description", "license")),
        *(("author", name) for name in metadata.authors),
        *(("tag", name) for name in metadata.tags),
        *(("contributor", one.name) for one in metadata.contributors),
        *((f"image.{name}", getattr(image, name)) for name in ("alt", "caption", "credit") if image),
        ("image", urlsplit(image.url).path if image else None),
        ("canonical_url", urlsplit(metadata.canonical_url or "").path),
    ]
    yield from ((name, value) for name, value in found if value)


def tells_day(text: str, day: date) -> bool:
    """Return whether year, month and day stand side by side in a text, in any order and language, or as a moment.

    The moment of another zone may be the day before or after. Of other calendars find_date has to know the line.
    """
    near = [day + timedelta(days=days) for days in (0, -1, 1)]
    tokens = _TOKEN_RE.findall(text)
    for place, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        if len(token) > YEAR_DIGITS and any(_is_compact(token, one) for one in near):
            return True
        around = tokens[max(0, place - REACH) : place + REACH + 1]
        if len(token) in (2, YEAR_DIGITS) and any(_stands(one, int(token), around) for one in near):
            return True
    lines = (line for line in text.splitlines() if len(line) <= MAX_LINE and may_hold_date(line))
    return any((find_date(line) or "")[:10] == day.isoformat() for line in lines)


def _is_compact(token: str, day: date) -> bool:
    """Return whether digits in a row begin with a day ("20250704103000") or are a moment of it in (milli)seconds."""
    if token.startswith((day.strftime("%Y%m%d"), day.strftime("%y%m%d"), day.strftime("%m%d%Y"))):
        return True
    seconds = int(token) // 1000 if len(token) == MILLISECONDS else int(token)
    return len(token) in (SECONDS, MILLISECONDS) and datetime.fromtimestamp(seconds, timezone.utc).date() == day


def _stands(day: date, year: int, around: list[str]) -> bool:
    """Return whether a year is a day's, and the tokens around it are its day and month."""
    if year not in (day.year, day.year % 100):
        return False
    numbers = Counter(int(token) for token in around if token[0].isdigit() and len(token) <= YEAR_DIGITS)
    numbers.update(number for token in around if (number := month_number(token)))
    wanted = Counter((year, day.month, day.day))
    return all(numbers[number] >= count for number, count in wanted.items())


def _letters(text: str) -> str:
    return _NO_LETTERS_RE.sub("", html.unescape(html.unescape(text)).casefold())


if __name__ == "__main__":
    sys.exit(main())
