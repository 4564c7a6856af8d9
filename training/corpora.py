"""The unpacked corpora (gold.jsonl and pages/) → pages with their gold. Sites are registered domains, for the folds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL_TEXT = ("wcxb-dev", "n4k-dev", "fundus-dev")
"""Corpora whose gold is the whole text: these train."""

SNIPPETS = ("trafilatura-dev",)
"""Corpora whose gold is snippets, wanted and unwanted: these train with the blocks that hold one."""

_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "gov", "net", "or", "org", "ne", "go"])
_CANONICAL_RE = re.compile(
    r"""<(?:link|meta)\s[^<>]{0,300}?(?:canonical|og:url)[^<>]{0,300}?(?:href|content)=["']?(https?://[^"'\s<>]{4,300})""",
    re.I,
)  # <link rel="canonical" href="https://example.org/x">


@dataclass(frozen=True)
class Sample:
    """One page of a corpus with what its gold says."""

    corpus: str
    id: str
    site: str
    kind: str
    """The page kind ("article", "forum" …); "" where the gold does not say."""
    url: str | None
    path: Path
    gold: str | None
    """The whole gold text, or None for snippet gold."""
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    def source(self) -> str:
        """Return the page as text."""
        return self.path.read_text(encoding="utf-8", errors="replace")


def registered_domain(url: str) -> str:
    """Return the domain that stands for the site of a URL or host ("www.a.co.uk" → "a.co.uk")."""
    host = (urlsplit(url if "//" in url else "//" + url).hostname or url).lower()
    labels = host.split(".")
    take = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) <= 3 else 2
    return ".".join(labels[-take:])


def read_corpus(folder: Path) -> Iterator[Sample]:
    """Yield the samples of one unpacked corpus in the order of its gold file."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            path = folder / "pages" / f"{gold['id']}.html"
            if path.exists():
                yield _sample(folder.name, gold, path)


def _sample(corpus: str, gold: dict[str, object], path: Path) -> Sample:
    text = gold.get("text")
    url = str(gold.get("url") or "").strip() or None
    site = str(gold.get("site") or gold["id"])
    snippets = text is None
    return Sample(
        corpus=corpus,
        id=str(gold["id"]),
        site=registered_domain(url) if url else _declared_site(path) or site,
        kind=str(gold.get("type") or ""),
        url=url,
        path=path,
        gold=None if text is None else str(text),
        wanted=_strings(gold.get("with")) if snippets else (),
        unwanted=_strings(gold.get("without")) if snippets else (),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _declared_site(path: Path) -> str | None:
    """Return the domain that a page without a known address declares in its head."""
    found = _CANONICAL_RE.search(path.read_text(encoding="utf-8", errors="replace")[:400_000])
    return registered_domain(found[1]) if found else None
