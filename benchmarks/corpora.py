"""Finds the development corpora and hands out their pages with gold. Archives are unpacked once into an ignored cache.

A corpus is a folder with gold.jsonl and pages/, or `<corpus>.tar.xz` of one. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.scores import Gold

REPOSITORY = Path(__file__).resolve().parent.parent
DEFAULT_CORPORA = REPOSITORY.parent / "shared" / "corpora"
CACHE = REPOSITORY / ".cache" / "corpora"

NAMES = ("n4k-dev", "fundus-dev", "wcxb-dev", "trafilatura-dev", "readability-dev", "defuddle-dev", "text-dev")
"""The corpora that the project is measured on, in the order of the tables."""

_ARCHIVE_SUFFIX = ".tar.xz"
_LANG_RE = re.compile(
    rb"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.I
)  # <html class="x" lang="de-AT">
_HEAD_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page of a corpus: where its bytes are and what they should become."""

    corpus: str
    id: str
    path: Path
    gold: Gold

    @property
    def url(self) -> str | None:
        """Return the address the page was saved from, where the gold knows it."""
        return (self.gold.get("url") or "").strip() or None

    @property
    def site(self) -> str:
        """Return the site, the unit that intervals are resampled by."""
        return str(self.gold.get("site") or self.id)

    @property
    def type(self) -> str:
        """Return the kind of page ("article", "forum"; for flattened pages the tool that flattened it), or ""."""
        return str(self.gold.get("type") or "")

    @property
    def kind(self) -> str:
        """Return what the page is stored as: "html" or "text"."""
        return "text" if self.path.suffix == ".txt" else "html"

    def language(self) -> str:
        """Return the language that the page declares ("de"), or "" if none."""
        with self.path.open("rb") as stream:
            match = _LANG_RE.search(stream.read(_HEAD_BYTES))
        return match[1].decode("ascii").lower() if match else ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """An unpacked corpus."""

    name: str
    folder: Path

    def pages(self) -> list[CorpusPage]:
        """Return all pages in the order of the gold."""
        pages = []
        with (self.folder / "gold.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                gold = json.loads(line)
                pages.append(CorpusPage(self.name, gold["id"], self._path(gold["id"]), gold))
        return pages

    def _path(self, page_id: str) -> Path:
        html = self.folder / "pages" / f"{page_id}.html"
        return html if html.exists() else self.folder / "pages" / f"{page_id}.txt"

    def digest(self) -> str:
        """Return a SHA-256 over the gold and all pages, so that a score can name what it was measured on."""
        digest = hashlib.sha256()
        for path in (self.folder / "gold.jsonl", *sorted((self.folder / "pages").iterdir())):
            content = hashlib.sha256(path.read_bytes()).digest()
            digest.update(path.name.encode() + b"\0" + content)
        return digest.hexdigest()


def sample(pages: Sequence[CorpusPage], size: int | None) -> list[CorpusPage]:
    """Return `size` pages (None: all) in their order: always the same ones, those whose hashed id is smallest."""
    if size is None or size >= len(pages):
        return list(pages)
    chosen = sorted(pages, key=_rank)[:size]
    ids = {page.id for page in chosen}
    return [page for page in pages if page.id in ids]


def _rank(page: CorpusPage) -> bytes:
    return hashlib.sha256(f"{page.corpus}/{page.id}".encode()).digest()


def find_corpora(folder: Path | None = None, names: Sequence[str] = ()) -> tuple[list[Corpus], list[str]]:
    """Return the corpora found and the names of those missing.

    `folder` holds archives or unpacked corpora; None: $NEWSCLEAN_CORPORA, else ../shared/corpora beside the checkout.
    """
    root = folder or Path(os.environ.get("NEWSCLEAN_CORPORA") or DEFAULT_CORPORA)
    found, missing = [], []
    for name in names or NAMES:
        corpus = _open(root, name)
        if corpus:
            found.append(corpus)
        else:
            missing.append(name)
    return found, missing


def _open(root: Path, name: str) -> Corpus | None:
    if (root / name / "gold.jsonl").exists():
        return Corpus(name, root / name)
    archive = root / f"{name}{_ARCHIVE_SUFFIX}"
    return Corpus(name, unpack(archive, CACHE)) if archive.exists() else None


def unpack(archive: Path, cache: Path) -> Path:
    """Return the folder of an archive's content inside the cache, unpacking it unless this very archive already was."""
    key = hashlib.sha256(archive.read_bytes()).hexdigest()
    name = archive.name.removesuffix(_ARCHIVE_SUFFIX)
    target = cache / f"{name}-{key[:16]}"
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as work:
            unpacked = Path(work) / name
            (unpacked / "pages").mkdir(parents=True)
            _write_members(archive, unpacked)
            try:
                unpacked.rename(target)
            except OSError:  # another run was faster
                if not target.exists():
                    raise
    return target


def _write_members(archive: Path, folder: Path) -> None:
    """Write gold.jsonl and the pages; anything else in the archive (links, odd paths) is left where it is."""
    with tarfile.open(archive, "r:xz") as tar:
        for member, place in _wanted(tar):
            content = tar.extractfile(member)
            if content is not None:
                with (folder / place).open("wb") as out:
                    shutil.copyfileobj(content, out)


def _wanted(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, PurePosixPath]]:
    for member in tar:
        parts = PurePosixPath(member.name).parts[1:]
        if not member.isreg() or "\\" in member.name or any(part in (".", "..") for part in parts):
            continue
        if parts == ("gold.jsonl",) or (len(parts) == 2 and parts[0] == "pages"):
            yield member, PurePosixPath(*parts)
