"""`python -m training.build_corpora CORPUS CLONE OUT`: a development corpus from a clone of its public repository.

CLONE is a checkout that is there already; nothing is downloaded. OUT/CORPUS gets gold.jsonl and pages/. The half of the
sites that `is_development` names is read and the other half left alone, so that there are pages that nobody has seen.
text-dev, whose pages are flattened from these, is not made here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = dict[str, Any]
"""What a line of gold.jsonl says of a page."""
Found = tuple[Row, bytes]

SALT = "newsclean:"
ID_CHARS = 16
"""Of the digest of an address, where a corpus has no better name for a page."""
OWN_PARTS = ("wcxb-dev",)
"""Corpora that come with a development part of their own, which is read whole."""

_HOST_PREFIX_RE = re.compile(r"^(?:www|m|amp|edition|en)\.")  # "www.example.org"
_FRONT_JSON_RE = re.compile(r"\A```json\n(.*?)\n```\s*", re.S)  # the metadata on top of defuddle's expectations


def is_development(site: str) -> bool:
    """Return whether a site belongs to the half that is developed on: its salted SHA-256 begins with an even byte."""
    return hashlib.sha256((SALT + site).encode()).digest()[0] % 2 == 0


def host_of(url: str) -> str:
    """Return the host without the prefixes that name a version of the site."""
    host = urlsplit(url).hostname or ""
    while (shorter := _HOST_PREFIX_RE.sub("", host)) != host:
        host = shorter
    return host


def field(row: Any, *names: str) -> Any:
    """Return the value of the first of these keys, wherever in nested objects it stands, the outermost first."""
    for name in names:
        queue = deque([row])
        while queue:
            value = queue.popleft()
            if isinstance(value, dict):
                if value.get(name) not in (None, ""):
                    return value[name]
                queue.extend(value.values())
    return None


def wcxb(clone: Path) -> Iterator[Found]:
    """Yield the pages of the development part, without those that also stand in the test part."""
    tested = {field(load(path), "url") for path in clone.glob("test/ground-truth/*.json")}
    for path in sorted((clone / "dev" / "ground-truth").glob("*.json")):
        row = load(path)
        url = field(row, "url")
        kind = field(row, "page_type", "type")
        page = clone / "dev" / "html" / f"{path.stem}.html.gz"
        if url in tested or not page.exists():
            continue
        author = field(row, "author", "authors")
        yield (
            {
                "id": path.stem,
                "url": url,
                "site": host_of(url or ""),
                "type": field(kind, "primary") if isinstance(kind, dict) else kind,
                "text": field(row, "main_content"),
                "with": field(row, "with") or [],
                "without": field(row, "without") or [],
                "title": field(row, "title"),
                "authors": [author] if isinstance(author, str) else author,
                "date": field(row, "publish_date"),
            },
            gzip.decompress(page.read_bytes()),
        )


def n4k(clone: Path) -> Iterator[Found]:
    """Yield the articles of the newspaper4k corpus; a site is the scheme and host of the source that it names."""
    articles = load(clone / "articles.json")
    for row in articles.values() if isinstance(articles, dict) else articles:
        url = str(field(row, "url"))
        digest = hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()[:ID_CHARS]
        page = first(clone / "html", f"{digest}*.html*", f"{field(row, 'id', 'filename', 'file')}*")
        if page is None:
            continue
        source = field(row, "site", "source_url", "source") or f"http://{urlsplit(url).hostname}"
        yield (
            {
                "id": digest,
                "url": url,
                "site": source,
                "type": "article",
                "text": field(row, "articleBody", "text"),
                "title": field(row, "title", "headline"),
                "date": field(row, "date", "datePublished"),
                "authors": field(row, "authors", "author"),
            },
            read(page),
        )


def fundus(clone: Path) -> Iterator[Found]:
    """Yield the pages of the parser tests that hold the text of a version beside them."""
    for path in sorted((clone / "tests/resources/parser/test_data").glob("*/*.json")):
        versions = [version for version in load(path).values() if isinstance(version, dict) and "body" in version]
        for page in sorted(path.parent.glob(f"{path.stem}_*.html.gz")):
            source = read(page)
            for version in versions:
                paragraphs = body_of(version["body"])
                if paragraphs and all(held(paragraph, source) for paragraph in paragraphs):
                    yield (
                        {
                            "id": page.name.removesuffix(".html.gz"),
                            "url": None,
                            "site": f"{path.parent.name}.{path.stem}",
                            "type": "article",
                            "text": "\n\n".join(paragraphs),
                            "title": version.get("title"),
                            "authors": version.get("authors"),
                            "date": str(version.get("publishing_date") or "")[:10] or None,
                        },
                        source,
                    )
                    break


def body_of(body: Row) -> list[str]:
    """Return summary, headings and paragraphs of fundus's body in their order."""
    sections = [part for section in body.get("sections", []) for part in section["headline"] + section["paragraphs"]]
    return [text for text in (*body.get("summary", []), *sections) if text.strip()]


def held(paragraph: str, source: bytes) -> bool:
    """Return whether a page holds the first words of a paragraph, in whatever markup."""
    words = re.findall(r"\w{3,}", paragraph)[:4]
    return all(word.encode() in source for word in words)


def trafilatura(clone: Path) -> Iterator[Found]:
    """Yield the pages of trafilatura's evaluation, whose gold is snippets."""
    for url, row in load(clone / "tests" / "evaldata.json").items():
        page = next(
            (path for folder in ("cache", "eval") if (path := clone / "tests" / folder / row["file"]).exists()), None
        )
        if page is None:
            continue
        known = {
            name: row[key]
            for name, key in (("title", "title"), ("authors", "author"), ("date", "date"))
            if row.get(key)
        }
        yield (
            {
                "id": hashlib.sha256(url.encode()).hexdigest()[:ID_CHARS],
                "url": url,
                "site": host_of(url),
                "with": row["with"],
                "without": row["without"],
                **known,
            },
            read(page),
        )


def readability(clone: Path) -> Iterator[Found]:
    """Yield the test pages of readability with their expected HTML."""
    for folder in sorted((clone / "test" / "test-pages").iterdir()):
        metadata = load(folder / "expected-metadata.json")
        html = (folder / "expected.html").read_text(encoding="utf-8")
        author = metadata.get("byline")
        yield (
            {
                "id": folder.name,
                "url": None,
                "site": folder.name,
                "text": re.sub(r"<[^>]*>", " ", html),
                "html": html,
                "title": metadata.get("title"),
                "authors": [author] if author else None,
                "sitename": metadata.get("siteName"),
            },
            read(folder / "source.html"),
        )


def defuddle(clone: Path) -> Iterator[Found]:
    """Yield the fixtures of defuddle with their expected Markdown."""
    for page in sorted((clone / "tests" / "fixtures").glob("*.html")):
        expected = clone / "tests" / "expected" / f"{page.stem}.md"
        if not expected.exists():
            continue
        text = expected.read_text(encoding="utf-8")
        front = _FRONT_JSON_RE.match(text)
        metadata = json.loads(front[1]) if front else {}
        author = metadata.get("author")
        yield (
            {
                "id": page.stem,
                "url": None,
                "site": page.stem,
                "type": page.stem.split("--")[0],
                "markdown": text[front.end() if front else 0 :].strip(),
                "title": metadata.get("title"),
                "authors": [author] if author else None,
                "date": (metadata.get("published") or "")[:10] or None,
                "sitename": metadata.get("site"),
            },
            read(page),
        )


READERS: dict[str, Callable[[Path], Iterator[Found]]] = {
    "wcxb-dev": wcxb,
    "n4k-dev": n4k,
    "fundus-dev": fundus,
    "trafilatura-dev": trafilatura,
    "readability-dev": readability,
    "defuddle-dev": defuddle,
}


def load(path: Path) -> Any:
    """Return the JSON of a file."""
    return json.loads(path.read_text(encoding="utf-8"))


def read(path: Path) -> bytes:
    """Return a page's bytes, decompressed."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def first(folder: Path, *patterns: str) -> Path | None:
    """Return the first file that the first matching pattern gives."""
    return next((path for pattern in patterns for path in sorted(folder.glob(pattern))), None)


def build(name: str, clone: Path, out: Path) -> tuple[int, int]:
    """Write the corpus, and return how many pages were taken and how many belong to the other half."""
    pages = out / name / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    taken = left = 0
    with (out / name / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for row, source in READERS[name](clone):
            if name not in OWN_PARTS and not is_development(row["site"]):
                left += 1
                continue
            (pages / f"{row['id']}.html").write_bytes(source)
            gold.write(json.dumps(row, ensure_ascii=False) + "\n")
            taken += 1
    return taken, left


def main(arguments: list[str] | None = None) -> int:
    """Build one corpus; return 1 where the clone holds no page of it."""
    parser = argparse.ArgumentParser(prog="python -m training.build_corpora", description=__doc__)
    parser.add_argument("corpus", choices=READERS)
    parser.add_argument("clone", type=Path, help="checkout of the repository")
    parser.add_argument("out", type=Path, help="folder of the corpora")
    options = parser.parse_args(arguments)
    taken, left = build(options.corpus, options.clone, options.out)
    print(f"{options.corpus}: {taken} pages taken, {left} of the other half left")
    return 0 if taken else 1


if __name__ == "__main__":
    raise SystemExit(main())
