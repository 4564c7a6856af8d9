"""What a feed, a notebook or a mailbox says of an entry → the page that a site would show of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and what is known of it."""

    content: str
    """HTML."""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601."""
    modified: str | None = None
    url: str | None = None
    site: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()

    def page(self) -> bytes:
        """Return the entry as a page in UTF-8."""
        facts = [
            ("property", "og:title", self.title),
            *(("name", "author", author) for author in self.authors),
            ("property", "article:published_time", self.published),
            ("property", "article:modified_time", self.modified),
            ("property", "og:site_name", self.site),
            *(("property", "article:tag", tag) for tag in self.tags),
        ]
        tags = "".join(f'<meta {kind}="{name}" content="{escape(value)}">\n' for kind, name, value in facts if value)
        canonical = f'<link rel="canonical" href="{escape(self.url)}">\n' if self.url else ""
        language = f' lang="{escape(self.language)}"' if self.language else ""
        heading = f"<h1>{escape(self.title)}</h1>\n" if self.title else ""
        site = self.site or (self.url or "").partition("://")[2].partition("/")[0]
        # without anything behind it the last paragraph of a short entry is taken for what stands below an article
        footer = f"<footer><p>{escape(site)}</p></footer>\n" if site else ""
        return (
            f'<!DOCTYPE html>\n<html{language}><head><meta charset="utf-8">\n<title>{escape(self.title)}</title>\n'
            f"{tags}{canonical}</head><body><article>\n{heading}{self.content}\n</article>\n{footer}</body></html>\n"
        ).encode("utf-8", "replace")
