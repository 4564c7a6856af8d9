"""What a conversion returns: the article as plain, picklable data, and its renderings. No parsing, no I/O."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from newsclean import __version__
from newsclean.document import Document
from newsclean.model import Options
from newsclean.render.front_matter import render_front_matter
from newsclean.render.html import render_html
from newsclean.render.json import document_blocks
from newsclean.render.markdown import render_markdown
from newsclean.render.plain import render_text, standfirst_above, without_posts
from newsclean.render.prepare import comment_blocks
from newsclean.words import count_words, reading_minutes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.model import Comment, Confidence, FrontMatter, Metadata, Verdict

SCHEMA_NAME = "newsclean/1"


@dataclass(frozen=True, slots=True)
class InputInfo:
    """What the article was made from."""

    path: str | None = None
    """As the user wrote it; None for stdin and memory."""
    name: str = "<memory>"
    kind: str = "html"
    """How it was read: "html" or "text"."""
    encoding: str | None = None
    """The encoding of its bytes; None if it was text."""
    sha256: str | None = None
    """SHA-256 of the bytes, in hexadecimal."""
    saved_at: str | None = None
    """When it was saved, ISO 8601, if the file says so."""
    bytes: int | None = None
    """Size of the input."""
    lines: tuple[int, int] | None = None
    """The lines of the text that the article was cut from, from the first number up to the second, counted from 0."""
    member: str | None = None
    """Which page of a container it is, as behind "#" in `news.warc.gz#<urn:uuid:…>`."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its metadata, its body, and how they were found."""

    metadata: Metadata
    document: Document
    verdicts: tuple[Verdict, ...]
    """Why each block of the page was kept or dropped, in page order."""
    confidence: Confidence
    input: InputInfo
    engine: str
    """The voter that decided."""
    rule: str | None = None
    """The site rule that decided, if one did."""
    kind: str | None = None
    """What the page is, according to the voter: "article", "forum", "listing" …; None if unknown."""
    cut: float | None = None
    """The score that a block needed to be kept; None if no score decided."""
    comments: tuple[Comment, ...] = ()
    """What readers wrote below the article, in page order."""
    warnings: tuple[str, ...] = ()
    """Anything unexpected, such as text of the article that could not be placed."""
    options: Options = field(default_factory=Options)
    paths: Mapping[int, str] = field(default_factory=dict)
    """Number of a kept page block → XPath of where it stands in the page."""
    version: str = __version__
    """The version of newsclean that made this."""

    @property
    def title(self) -> str | None:
        """The title, None where none was found."""
        return self.metadata.title

    @property
    def is_empty(self) -> bool:
        """Whether no block was kept: the page holds no article."""
        return not any(verdict.kept for verdict in self.verdicts)

    @property
    def markdown(self) -> str:
        """The article as Markdown under its options; ends with one newline. Raises OptionsError for a bad template."""
        if self.options.template is not None:
            return self._filled_in(self.options.template)
        return self._markdown(self._shown, self.options.front_matter)

    @property
    def text(self) -> str:
        """The body as plain text without the title, paragraphs on lines of their own; ends with one newline.

        A standfirst comes first unless the options leave it out; so they may quoted posts.
        """
        return render_text(
            self.document if self.options.posts else without_posts(self.document),
            standfirst_above(self.document, self.metadata) if self.options.standfirst else (),
        )

    @property
    def html(self) -> str:
        """The article as one clean `<article>` element; ends with one newline."""
        return self._html(self._shown)

    @property
    def word_count(self) -> int:
        """Words in the body; letters in scripts without spaces."""
        return count_words(self.text)

    def to_dict(self, *, verdicts: bool = False) -> dict[str, Any]:
        """Return the JSON object that schema.json describes: every key there, in this order, None where unknown.

        `verdicts` adds the verdict on every block of the page, which can be much longer than the article.
        """
        text = self.text
        return {
            "schema": SCHEMA_NAME,
            **_metadata_fields(self.metadata),
            "word_count": count_words(text),
            "reading_minutes": reading_minutes(text),
            "content_markdown": self._markdown(self.document, "none"),
            "content_text": text,
            "content_html": self._html(self.document),
            "blocks": document_blocks(self.document, self.paths),
            "comments": [asdict(comment) for comment in self.comments],
            "confidence": {**asdict(self.confidence), "reasons": list(self.confidence.reasons)},
            "extractor": {
                "engine": self.engine,
                "rule": self.rule,
                "kind": self.kind,
                "cut": self.cut,
                "version": self.version,
            },
            "input": {**asdict(self.input), "lines": list(self.input.lines) if self.input.lines else None},
            "warnings": list(self.warnings),
            "verdicts": [asdict(verdict) for verdict in self.verdicts] if verdicts else [],
        }

    def to_json(self, *, indent: int | None = 2, verdicts: bool = False) -> str:
        """Return to_dict() as JSON text that ends with one newline; `indent=None` gives one line."""
        return json.dumps(self.to_dict(verdicts=verdicts), ensure_ascii=False, indent=indent) + "\n"

    @property
    def _shown(self) -> Document:
        """The body, with the comments behind it where the options ask for them."""
        if not self.options.comments:
            return self.document
        return Document((*self.document.blocks, *comment_blocks(self.comments)))

    def _filled_in(self, template: str) -> str:
        from newsclean.render.template import render_template  # few have one

        options = self.options
        found = self.to_dict()
        front = render_front_matter(self.metadata, found["word_count"], options.front_matter, options.fields)
        body = self._markdown(self._shown, "none", title=False)
        values = {"front_matter": front, "fields": dict(options.fields), "body": body.rstrip("\n")}
        return render_template(template, found | values)

    def _markdown(self, document: Document, front_matter: FrontMatter, *, title: bool = True) -> str:
        options = self.options
        return render_markdown(
            document,
            self.metadata,
            front_matter=front_matter,
            flavor=options.flavor,
            fields=options.fields,
            title=title,
            standfirst=options.standfirst,
            posts=options.posts,
            links=options.links,
            images=options.images,
        )

    def _html(self, document: Document) -> str:
        return render_html(document, self.metadata, links=self.options.links, images=self.options.images)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `to_dict` returns."""
    found: dict[str, Any] = json.loads(files("newsclean").joinpath("schema.json").read_text("utf-8"))
    return found


def _metadata_fields(metadata: Metadata) -> dict[str, Any]:
    return {
        "title": metadata.title,
        "author": list(metadata.authors),
        "author_kind": list(metadata.author_kinds),
        "contributors": [asdict(contributor) for contributor in metadata.contributors],
        "published": metadata.published,
        "published_utc": metadata.published_utc,
        "modified": metadata.modified,
        "source": metadata.source,
        "canonical_url": metadata.canonical_url,
        "site": metadata.site,
        "description": metadata.description,
        "standfirst": metadata.standfirst,
        "language": metadata.language,
        "direction": metadata.direction,
        "tags": list(metadata.tags),
        "section": metadata.section,
        "image": asdict(metadata.image) if metadata.image else None,
        "license": metadata.license,
        "paywalled": metadata.paywalled,
        "found_in": dict(metadata.found_in),
        "rivals": [asdict(rival) for rival in metadata.rivals],
        "title_confidence": metadata.title_confidence,
        "authors_confidence": metadata.authors_confidence,
        "published_confidence": metadata.published_confidence,
    }
