"""Which pages of a run are wanted: by address, day of the capture, language, length, confidence and kind."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from newsclean.article import Article
    from newsclean.model import Record


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page has to be in order to be written. Plain data; without any, every page is."""

    include: tuple[str, ...] = ()
    """Hosts ("quay.example", with those below it) or globs of addresses ("https://quay.example/news/*"), one of which
    is the page's."""
    exclude: tuple[str, ...] = ()
    """The same, none of which is."""
    since: str | None = None
    """First day or time of the save, as far as it is written: "2024", "2024-06-18"."""
    until: str | None = None
    """The last one."""
    languages: tuple[str, ...] = ()
    """Tags of which the article's language is one, or a kind of: "pt" is met by "pt-BR"."""
    min_words: int = 0
    min_confidence: float = 0.0
    kinds: tuple[str, ...] = ()
    """Kinds of page, of which the page's is one."""

    def against_record(self, record: Record) -> str | None:
        """Return why a page is not wanted as far as its container tells, before it is parsed."""
        told = self._against_address(record.url) if record.url else None
        return told or (self._against_time(record.saved_at) if record.saved_at else None)

    def against_article(self, article: Article) -> str | None:
        """Return why an article is not wanted, None for one that is."""
        metadata = article.metadata
        language = (metadata.language or "").lower()
        if told := self._against_address(metadata.source) or self._against_time(article.input.saved_at):
            return told
        if self.languages and not any(language == one or language.startswith(f"{one}-") for one in self.languages):
            return f"its language is {metadata.language or 'unknown'}"
        if article.word_count < self.min_words:
            return f"it has {article.word_count} words"
        if article.confidence.score < self.min_confidence:
            return f"its confidence is {article.confidence.score:.2f}"
        if self.kinds and article.kind not in self.kinds:
            return f"its kind is {article.kind or 'unknown'}"
        return None

    def _against_address(self, url: str | None) -> str | None:
        if self.include and not any(_matches(url or "", pattern) for pattern in self.include):
            return f"its address is {url}" if url else "it has no address"
        if url and any(_matches(url, pattern) for pattern in self.exclude):
            return f"its address is {url}"
        return None

    def _against_time(self, saved_at: str | None) -> str | None:
        if not (self.since or self.until):
            return None
        if not saved_at:
            return "it does not say when it was saved"
        if (self.since and saved_at < self.since) or (self.until and saved_at[: len(self.until)] > self.until):
            return f"it was saved at {saved_at}"
        return None


def _matches(url: str, pattern: str) -> bool:
    if "/" in pattern:
        return fnmatchcase(url, pattern) or fnmatchcase(url.partition("://")[2], pattern)
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return fnmatchcase(host, pattern) or host.endswith(f".{pattern}")
