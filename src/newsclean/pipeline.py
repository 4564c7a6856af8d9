"""Record → Article: the whole path on one screen. No I/O."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from newsclean.article import Article, InputInfo
from newsclean.build import build_checked
from newsclean.clean import clean
from newsclean.decode import decode, unpack
from newsclean.density import vote_density
from newsclean.errors import NoArticleError
from newsclean.flattext import parse_text
from newsclean.linescore import vote_lines
from newsclean.metadata import read_metadata
from newsclean.parse import parse_html
from newsclean.provenance import read_provenance
from newsclean.readable import vote_readability
from newsclean.scriptdata import keep_all, script_article
from newsclean.select import select, select_nothing
from newsclean.sniff import input_kind

if TYPE_CHECKING:
    from newsclean.model import Options, Record
    from newsclean.select import Voter

MAX_UNPACKED = 200_000_000
"""Bytes that a compressed input may unpack to; real pages stay under 20 MB."""


def convert(record: Record, options: Options) -> Article:
    """Return the article of one input; raises NoArticleError when it holds none, DecodeError for a bad encoding."""
    article = examine(record, options)
    if article.is_empty:
        raise NoArticleError.on(record.name)
    return article


def examine(record: Record, options: Options) -> Article:
    """Return what `convert` does, and for a page without an article an empty one, whose verdicts say why."""
    raw = record.data if isinstance(record.data, bytes) else record.data.encode("utf-8", "surrogatepass")
    data = unpack(raw, MAX_UNPACKED) if isinstance(record.data, bytes) else record.data
    decoded = decode(data, options.encoding)
    kind = input_kind(decoded.text) if options.input_kind == "auto" else options.input_kind
    provenance = read_provenance(decoded.text)
    parse = parse_html if kind == "html" else parse_text
    page = parse(decoded.text, record.url or provenance.url)
    metadata = read_metadata(page)
    selection = select(page, voters_for(page.kind, options), options)
    if page.kind == "html" and (script := script_article(page, selection)):
        page, selection = script.page, keep_all(script)
    if selection is None:
        selection = select_nothing(page, voters_for(page.kind, options), options)
    else:
        selection = clean(page, selection, metadata)
    built = build_checked(page, selection.kept)
    return Article(
        metadata=metadata,
        document=built.document,
        verdicts=selection.verdicts,
        confidence=selection.confidence,
        input=InputInfo(
            path=record.path,
            name=record.name,
            kind=kind,
            encoding=decoded.encoding,
            sha256=hashlib.sha256(raw).hexdigest(),
            saved_at=record.saved_at or provenance.saved_at,
            bytes=len(raw),
        ),
        engine=selection.engine,
        warnings=built.warnings,
        options=options,
        paths=built.paths,
    )


def voters_for(kind: str, options: Options) -> tuple[Voter, ...]:
    """Return who is asked, in order of preference."""
    if options.engine == "readability":
        return (vote_readability,)
    if kind == "text":
        return (vote_lines,)
    return (vote_density, vote_readability)
