"""The plain records that travel along the data path: what came in, what was asked for, what was found out.

Frozen, slotted dataclasses; no parsing, no I/O, no third-party import. What `convert` returns is in article.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Literal, get_args

from newsclean.errors import OptionsError

InputKind = Literal["html", "text"]
Kind = Literal["auto", "html", "text"]
Engine = Literal["auto", "readability"]
Keep = Literal["precision", "balanced", "recall"]
AuthorKind = Literal["person", "agency", "site", "organisation", "unknown"]
Flavor = Literal["gfm", "commonmark", "obsidian", "pandoc"]
FrontMatter = Literal["obsidian", "hugo", "jekyll", "zettlr", "none"]


@dataclass(frozen=True, slots=True)
class Record:
    """One input: its bytes (or text) and where it comes from."""

    data: bytes | str
    name: str = "<memory>"
    """What messages call it: a path, "<stdin>", a member of a container."""
    path: str | None = None
    """The path it was read from, as the user wrote it; None for stdin and memory."""
    url: str | None = None
    """The address the page was saved from, where the caller or the container knows it."""
    saved_at: str | None = None
    """When it was saved, ISO 8601, where the container knows it."""
    lines: tuple[int, int] | None = None
    """Which lines of a text are meant, from the first number up to the second, where it holds several articles."""
    member: str | None = None
    """Which page of a container it is: what stands behind "#" in `news.warc.gz#<urn:uuid:…>`."""
    charset: str | None = None
    """The encoding that the page's transport named; it outranks what the page declares."""
    known: Metadata | None = None
    """What the container says of the article: it fills the fields of which the page says nothing."""
    pictures: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    """Copies of the page's images that came with it, by the addresses that the page calls them."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to convert. Every field is plain data, so options pickle and hash."""

    encoding: str | None = None
    """Decode with this encoding, whatever the page declares; None detects it."""
    input_kind: Kind = "auto"
    engine: Engine = "auto"
    """What chooses the article: the trained models, or readability-lxml alone."""
    keep: Keep = "balanced"
    """What to do with doubtful blocks: "precision" drops them, "recall" keeps them."""
    rules: tuple[str, ...] = ()
    """Folders of site rules; they take precedence over those that newsclean ships."""
    front_matter: FrontMatter = "obsidian"
    """The program that reads the metadata above the Markdown; "none" leaves them out."""
    flavor: Flavor = "gfm"
    """The reader of the Markdown, which decides on its tables, footnotes, callouts, formulas and task lists."""
    fields: tuple[tuple[str, str], ...] = ()
    """Further fields of the front matter, as (name, value). They replace the page's; an empty value removes a field,
    and a name given twice makes a list."""
    template: str | None = None
    """Text of a Jinja template that writes the Markdown, front matter included."""
    standfirst: bool = True
    """Whether the plain text and its word count include the standfirst."""
    posts: bool = False
    """Whether the plain text and its word count include quoted posts of social networks; Markdown always does. Off,
    since of nine news pages that quote posts, the gold of eight leaves them out."""
    links: bool = True
    """Whether links keep their targets; without, only their text is kept."""
    images: bool = True
    """Whether to keep images."""
    comments: bool = False
    """Whether Markdown and HTML end with readers' comments."""
    keep_data_uris: bool = False
    """Whether to keep pictures embedded in the page (`data:` addresses); without, their alternative text is kept."""
    saved_pictures: bool = False
    """Whether images in the document say where the saved copy is, so that it can be extracted."""

    def __post_init__(self) -> None:
        """Raise OptionsError for a value that an option cannot have."""
        kinds = (
            *(("input_kind", Kind), ("engine", Engine), ("keep", Keep), ("front_matter", FrontMatter)),
            ("flavor", Flavor),
        )
        for name, choices in ((name, get_args(kind)) for name, kind in kinds):
            if getattr(self, name) not in choices:
                raise OptionsError(f"{name}={getattr(self, name)!r} is not one of {', '.join(map(repr, choices))}")
        if isinstance(self.rules, str) or not all(isinstance(folder, str) for folder in self.rules):
            raise OptionsError(f"rules={self.rules!r} is not a tuple of folders", remedy='rules=("folder",)')
        object.__setattr__(self, "rules", tuple(self.rules))
        if not all(isinstance(name, str) and isinstance(value, str) and name.strip() for name, value in self.fields):
            raise OptionsError(
                f"fields={self.fields!r} are not pairs of name and value", remedy='fields=(("name", "value"),)'
            )
        object.__setattr__(self, "fields", tuple((name, value) for name, value in self.fields))


@dataclass(frozen=True, slots=True)
class LeadImage:
    """The page's own preview image."""

    url: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who contributed to the article without being its author."""

    name: str
    role: str
    """"photographer", "editor", "translator", "illustrator", "reviewer" or "producer"."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A value that another source on the page gives."""

    field: str
    """Name of the field of Metadata."""
    value: str
    """The value; several authors are separated by commas."""
    found_in: str
    """As in Metadata.found_in."""


RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks mzn nqo pnb ps sd syr ug ur yi".split())
"""Languages that are written from right to left, in their usual script."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about the article besides its body. Unknown fields are None or (), never an empty string."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601: a day, or a time with its offset when the page gives one."""
    modified: str | None = None
    source: str | None = None
    """The canonical URL, else the address the page was saved from."""
    canonical_url: str | None = None
    site: str | None = None
    description: str | None = None
    standfirst: str | None = None
    """The introduction between headline and body, as plain text; empty lines separate paragraphs."""
    language: str | None = None
    """BCP 47 tag, lower-case language ("en", "pt-BR")."""
    tags: tuple[str, ...] = ()
    section: str | None = None
    image: LeadImage | None = None
    license: str | None = None
    paywalled: bool | None = None
    """What the page says (isAccessibleForFree), or None."""
    author_kinds: tuple[AuthorKind, ...] = ()
    """What each author is: "site" for the page's own site; "unknown" for a single word, such as a nickname."""
    contributors: tuple[Contributor, ...] = ()
    """Who else the byline names, and what they did."""
    found_in: tuple[tuple[str, str], ...] = ()
    """(field, source) in field order; a source is "JSON-LD NewsArticle.headline", "meta og:title", "byline" …"""
    rivals: tuple[Rival, ...] = ()
    """Other values for title, authors, published, site and language, if sources disagree."""
    title_confidence: float | None = None
    """The share of titles that are right when found in the same way, with as much agreement among sources, 0 to 1; None
    if that was never measured."""
    authors_confidence: float | None = None
    """The same for all authors and no others."""
    published_confidence: float | None = None
    """The same for the day of publication."""

    @property
    def direction(self) -> Literal["ltr", "rtl"] | None:
        """How the language is read, "rtl" for Arabic, Hebrew, Persian and their like; None if no language is known."""
        if self.language is None:
            return None
        parts = self.language.lower().split("-")
        return "rtl" if (parts[0] in RIGHT_TO_LEFT and "latn" not in parts) or "arab" in parts else "ltr"

    @property
    def published_utc(self) -> str | None:
        """The moment of publication in UTC, "2025-07-04T07:30:00Z"; None if only the day is known, or no offset."""
        try:
            moment = datetime.fromisoformat((self.published or "").replace("Z", "+00:00"))
            there = moment.astimezone(timezone.utc) if moment.tzinfo else None
        except (ValueError, OverflowError):  # a site rule, or a container, writes what it likes
            return None
        return there.replace(tzinfo=None).isoformat(timespec="seconds") + "Z" if there else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why one block was kept or dropped."""

    block: int
    """Number of the block in the page, from 0."""
    kept: bool
    voter: str
    """Who decided: "site rule", "scorer", "readability", or the name of a cleaning rule."""
    reason: str
    """For a reader: "link density 0.82", "below the byline"."""
    score: float | None = None
    """0 (boilerplate) to 1 (article), where the voter gives one."""
    role: str | None = None
    """What the block is, where known: "navigation", "headline", "byline", "ad marker", "related" …"""
    text: str = field(default="", repr=False)
    """The block's text, so that a verdict can be read without the page."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote below the article."""

    author: str | None
    date: str | None
    """ISO 8601, as Metadata.published; None also for "2 hours ago"."""
    text: str
    """Plain text, paragraphs parted by empty lines; never empty."""
    depth: int = 0
    """0 for a comment on the article, 1 for a reply to one, and so on."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the result can be trusted, 0 to 1, and why."""

    score: float
    reasons: tuple[str, ...] = ()
    problem: str | None = None
    """What the page is in place of an article ("login page", "cookie wall", "error page", "script shell", "paywall",
    "empty", "no text"), where it shows."""
