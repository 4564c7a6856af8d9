"""An index of crawls (CDX, CDXJ) → where in a crawl the captures begin that were made of an address.

What it says is a hint: whoever goes there looks whether it is so.
"""

from __future__ import annotations

import gzip
import json
import zlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

MAX_LINE = 100_000
"""Characters of a line; addresses stay under 10,000."""

SUFFIXES = (".cdxj", ".cdx", ".cdxj.gz", ".cdx.gz")
SHARED = ("index", "../indexes/index")
"""What an index is called that is not one crawl's alone, beside the crawl or as pywb keeps it."""

URL, OFFSET, FILE, RECORD = "a", "V", "g", "u"
"""The letters for fields of a CDX: of the address, the place, the crawl's file and the record's identifier."""


def indexes_of(crawl: Path) -> list[Path]:
    """Return the indexes that lie beside a crawl."""
    stem = crawl.name.partition(".")[0]
    longer = crawl.name.removesuffix(".gz").removesuffix(".zst")
    names = dict.fromkeys((crawl.name, longer, longer.rpartition(".")[0], stem, *SHARED))
    paths = (crawl.parent / f"{name}{suffix}" for name in names if name for suffix in SUFFIXES)
    return [path for path in paths if path.is_file()]


def places(index: Path, crawl: str, wanted: str) -> Iterator[int]:
    """Yield where an index says that captures begin in a crawl of that name: of an address, or by an identifier."""
    try:
        with index.open("rb") as file:
            opened = gzip.GzipFile(fileobj=file) if index.suffix == ".gz" else file
            yield from _places(cast("BinaryIO", opened), crawl, wanted)
    except (OSError, EOFError, zlib.error):
        return


def _places(file: BinaryIO, crawl: str, wanted: str) -> Iterator[int]:
    named = (wanted.encode(), wanted.strip("<>").encode(), json.dumps(wanted)[1:-1].encode())
    read: Callable[[str], Mapping[str, object]] = _of_json
    while line := file.readline(MAX_LINE):
        if line.lstrip().startswith(b"CDX "):
            letters = line.decode("utf-8", "replace").split()[1:]
            read = _by_letters(letters)
        elif any(name in line for name in named):
            fields = read(line.decode("utf-8", "replace"))
            place = str(fields.get("offset", ""))
            is_meant = wanted in (fields.get("url"), fields.get("record")) and _is_of(fields, crawl)
            if is_meant and place.isascii() and place.isdigit() and len(place) < 16:
                yield int(place)


def _of_json(line: str) -> Mapping[str, object]:
    try:
        fields = json.loads(line[line.index("{") :])
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _by_letters(letters: list[str]) -> Callable[[str], Mapping[str, object]]:
    def read(line: str) -> Mapping[str, object]:
        values = dict(zip(letters, line.split(), strict=False))
        return {
            "url": values.get(URL),
            "offset": values.get(OFFSET, ""),
            "filename": values.get(FILE),
            "record": values.get(RECORD),
        }

    return read


def _is_of(fields: Mapping[str, object], crawl: str) -> bool:
    name = fields.get("filename")
    return not isinstance(name, str) or name.replace("\\", "/").rpartition("/")[2] == crawl
