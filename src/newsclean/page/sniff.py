"""Decoded text → HTML or flattened plain text; a file's first bytes → page or asset. By content, never by name.

No parsing, no opinion on what is article. Containers (MHTML, WARC, .webarchive) are told apart elsewhere, before this.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from newsclean.page.containers import unpacked_head
from newsclean.page.decode import wide_encoding
from newsclean.page.foreign import PAGE, Foreign, is_binary, packing, signed_kind
from newsclean.patterns import later

if TYPE_CHECKING:
    from newsclean.model import InputKind

WINDOW = 262_144
"""Characters looked at: enough of a fragment to tell its habit; a whole page is told by its first tag."""

ASSET_WINDOW = 65_536
"""Bytes of a file that are looked at; a page's first tag comes after its opening comments at most."""

MAX_PREAMBLE = 4_096
"""Characters that may stand before `<html`: response headers, a server's warning, a comment that was not closed."""

MIN_TAGGED = 0.3
"""Share of the paragraphs that begin with a tag in an HTML fragment. Text that opens with a stray tag, such as a README
with a centred logo, has 0.1; text that quotes source up to 0.2."""

MIN_OUTSIDE = 0.5
"""Share of text outside of all elements from which stray tags at its beginning make no HTML of it."""

MIN_BLOCK_TAGS = 3
"""Block-level tags that an HTML fragment has when it opens with words."""

MIN_CODE_SIGNS = 0.03
"""Share of `{}()[];=` in a script or style sheet that also opens like one; prose has 0.01, a page about code 0.02."""

MIN_CODE_SIGNS_ALONE = 0.08
"""The same where the opening says nothing: minified scripts have 0.12 to 0.25."""

MAX_SPACES_IN_CODE = 0.08
"""Share of spaces in a minified script, at most; a change log full of signs has 0.12 and more."""

_BLOCK_TAGS = (
    "html head body title meta link base p div article section main header footer nav aside h[1-6] ul ol li dl dt dd "
    "table caption thead tbody tfoot tr td th blockquote pre figure figcaption center form hr iframe noscript script "
    "style template address details summary frameset hgroup fieldset"
).replace(" ", "|")
_INLINE_TAGS = (
    "a abbr acronym audio b bdi bdo big br button cite code del dfn em embed font i img input ins kbd label mark "
    "math nobr object picture q s samp select small source span strike strong sub sup svg textarea time tt u var video"
).replace(" ", "|")

_OPENS_PAGE_RE = later(r"<(?:!doctype\s{1,9}html|html|head|body)[\s>]", re.I)  # <!DOCTYPE html>, <html lang="en">
_PAGE_ON_A_LINE_RE = later(r"^[ \t]{0,40}<(?:!doctype\s{1,9}html|html)[\s>]", re.I | re.M)
_TAG_RE = later(rf"</?(?:{_BLOCK_TAGS}|{_INLINE_TAGS})(?=[\s/>])", re.I)  # <p class="lead">, </li>
_BLOCK_TAG_RE = later(rf"<(?:{_BLOCK_TAGS})(?=[\s/>])", re.I)
_ANY_TAG_RE = later(r"<[a-z][\w:-]{0,60}(?=[\s/>])", re.I)  # <news-item>, <TEXT>
_VOID = frozenset({"<br", "<hr", "<img", "<input", "<meta", "<link", "<base"})
_BLANK_LINES_RE = later(r"\n[ \t\r]{0,99}\n\s{0,999}")
_NOT_TEXT_RE = later(r"<(!--|script\b|style\b)", re.I)

_FEED_ROOT_RE = later(
    r"<(?:!doctype\s{1,9}(?!html)|rss|feed|rdf:rdf|svg|urlset|sitemapindex|plist|opensearchdescription|browserconfig|"
    r"kml|gpx|opml|manifest|xsl:|xs:|soap|wsdl|smil|tt|error|listbucketresult|crossdomain|cross-domain)",
    re.I,
)  # <rss version="2.0">, <svg viewBox="…">
_JSON_RE = later(
    r"(?:\)\]\}',?\s{0,9}|[\w$.]{1,60}\(\s{0,9})?(?:\{\s{0,99}\"(?:[^\"\\]|\\.){0,200}\"\s{0,9}:|\[\s{0,99}[\[{]\s{0,99}\"|\[\s{0,99}\"(?:[^\"\\]|\\.){0,500}\"\s{0,9},)"
)
# {"version":3, [{"id": …, callback({"a":1
_SCRIPT_RE = later(
    r"[;!+(\s]{0,9}(?:['\"]use strict['\"]|(?:async\s)?function\b|\(?\(?\)\s?=>|"
    r"(?:var|let|const)\s[\w$\[{,\s]{1,200}[=;,\]}]|"
    r"import\s[\w{*\"'$]|"
    r"export\s|(?:window|self|document|this|"
    r"globalThis|jQuery|\$|define|require|module|exports|webpackJsonp|goog|_?paq|dataLayer|"
    r"try|if|for|return|new|void|typeof)\b\s{0,9}[.(\[={]|[\w$.]{1,80}\s?=\s?[\w$.]{0,80}[\[({|'\"]|//#|[\w$.]{1,60}\()"
)  # !function(e){, "use strict";, window.dataLayer = window.dataLayer || [];
_STYLE_RE = later(
    r"@(?:charset|import|font-face|media|namespace|keyframes|-webkit|layer|supports|tailwind)\b|"
    r"[^{}<>;]{1,2000}\{\s{0,99}(?:/\*|@|\}|--[\w-]{1,60}:|[*_]?[a-z-]{2,40}\s{0,9}:\s{0,9}[^{};]{1,4000}[;}]|[.#\w:\[&*][^{};<>]{0,200}\{)"
)  # body{margin:0}, @media print {, :root{--c:#fff}
CODE_SIGNS = "{}()[];="


def input_kind(text: str) -> InputKind:
    """Return "html" for a page or a fragment of one, "text" for flattened plain text, whatever tags stray into it."""
    head = text[:WINDOW]
    start = _skip_leading(head)
    if _OPENS_PAGE_RE.match(head, start):
        return "html"
    opener = _PAGE_ON_A_LINE_RE.search(head, start, start + MAX_PREAMBLE)
    if opener:
        chunks = _chunks(head[opener.start() :])
        if _share_tagged(chunks) >= MIN_TAGGED and not _is_quoted(head[start:], opener.start() - start):
            return "html"
    return "html" if _is_fragment(head[start:]) else "text"


def _is_quoted(text: str, opener: int) -> bool:
    """Return whether a page stands inside a text, which goes on in words below it: a mail, a lesson."""
    end = text.rfind("</html>")
    if opener == 0 or end < opener:
        return False
    below = _without_code(text[end + len("</html>") :]).lstrip(" \t\r\n`")
    return below[:1].isalpha()


def _is_fragment(text: str) -> bool:
    """Return whether text without <html> or <body> is HTML: its paragraphs begin with tags as a rule."""
    block_tags = sum(1 for _ in _BLOCK_TAG_RE.finditer(text))
    if _TAG_RE.match(text):
        if _has_few_tagged_lines(text) and _share_outside(text) >= MIN_OUTSIDE:
            return False
        chunks = _chunks(text)
        return _share_tagged(chunks) >= MIN_TAGGED or block_tags >= len(chunks)
    if _ANY_TAG_RE.match(text):
        return text.rstrip().endswith(">")
    if block_tags < MIN_BLOCK_TAGS or _is_code(text):
        return False
    chunks = _chunks(text)
    return _share_tagged(chunks) >= 2 * MIN_TAGGED or block_tags >= 2 * len(chunks)


def _has_few_tagged_lines(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(1 for line in lines if _TAG_RE.search(line)) < MIN_TAGGED * len(lines)


def _share_outside(text: str) -> float:
    """Return the share of the text that stands in no element, as below "<b>Title</b>" or "<div>Advertisement</div>"."""
    outside = place = depth = 0
    for tag in _TAG_RE.finditer(text):
        if depth == 0:
            outside += tag.start() - place
        place = tag.end()
        depth = max(0, depth - 1 if tag[0][1] == "/" else depth + (tag[0].lower() not in _VOID))
    return (outside + (len(text) - place if depth == 0 else 0)) / len(text)


def _share_tagged(chunks: list[str]) -> float:
    return (
        sum(1 for chunk in chunks if _TAG_RE.match(chunk) or _OPENS_PAGE_RE.match(chunk)) / len(chunks)
        if chunks
        else 0.0
    )


def _chunks(text: str) -> list[str]:
    """Return what stands between blank lines, without comments, scripts and style sheets."""
    return [chunk.lstrip() for chunk in _BLANK_LINES_RE.split(_without_code(text)) if chunk.strip()]


def _without_code(text: str) -> str:
    parts: list[str] = []
    place = 0
    lowered = text.lower()
    while opener := _NOT_TEXT_RE.search(text, place):
        parts.append(text[place : opener.start()])
        closer = "-->" if opener[1] == "!--" else f"</{opener[1].lower()}"
        end = lowered.find(closer, opener.end())
        if end < 0:
            return "".join(parts)
        place = end if closer != "-->" else end + 3
    parts.append(text[place:])
    return "".join(parts)


def _skip_leading(text: str) -> int:
    """Return where the content begins after white space, comments and processing instructions."""
    place = 0
    size = len(text)
    while place < size:
        if text[place].isspace() or text[place] == "\ufeff":
            place += 1
            continue
        closer = "-->" if text.startswith("<!--", place) else "?>" if text.startswith("<?", place) else None
        end = text.find(closer, place) if closer else -1
        if closer is None or end < 0:
            return place
        place = end + len(closer)
    return place


def foreign_kind(head: bytes) -> Foreign | None:
    """Return what a file is instead of a page, None for a page.

    `head` is the file or its first 64 KB. Foreign are images, fonts, archives, scripts, style sheets, JSON, feeds and
    other XML, and anything binary. In doubt a file is a page: reading one too many costs less than losing one. An empty
    file is one too.
    """
    head = unpacked_head(head) if packing(head) else head[:ASSET_WINDOW]
    wide = wide_encoding(head)
    signed = None if wide else signed_kind(head)
    if signed:
        return signed
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = "utf-16"
    text = head.decode(wide or "utf-8", "replace" if wide else "surrogateescape").removeprefix("\ufeff")
    start = _skip_leading(text)
    if _OPENS_PAGE_RE.match(text, start) or _PAGE_ON_A_LINE_RE.search(text, start, start + MAX_PREAMBLE):
        return None
    if is_binary(text.encode() if wide else head):
        return Foreign("binary data", PAGE)
    return next((foreign for is_kind, foreign in _TEXT_KINDS if is_kind(text, start)), None)


def _is_xml_asset(text: str, start: int) -> bool:
    return bool(_FEED_ROOT_RE.match(text, start))


def _is_json(text: str, _start: int) -> bool:
    text = text.strip()
    if _JSON_RE.match(text):
        return True
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_code(text: str, _start: int = 0) -> bool:
    """Return whether the text is a script or a style sheet: it opens like one and has the signs, or has very many."""
    code = text[_skip_comments(text) :]
    if not code:
        return bool(text.strip())  # a licence comment and nothing else
    if _TAG_RE.match(code) or "</p>" in code[:2_000]:
        return False
    signs = sum(map(code.count, CODE_SIGNS)) / len(code)
    if signs < MIN_CODE_SIGNS:  # as in all prose
        return False
    if _STYLE_RE.match(code) or _SCRIPT_RE.match(code):
        return True
    return signs >= MIN_CODE_SIGNS_ALONE and code.count(" ") <= len(code) * MAX_SPACES_IN_CODE


def _skip_comments(text: str) -> int:
    """Return where the code begins after comments in the manner of scripts and style sheets."""
    place = 0
    size = len(text)
    while place < size:
        if text[place].isspace() or text[place] == "\ufeff":
            place += 1
            continue
        closer = "*/" if text.startswith("/*", place) else "\n" if text.startswith("//", place) else None
        if closer is None:
            return place
        end = text.find(closer, place + 2)
        if end < 0:
            return size
        place = end + len(closer)
    return place


_TEXT_KINDS = (
    (_is_xml_asset, Foreign("XML for programs, such as a feed or a drawing", PAGE)),
    (_is_json, Foreign("JSON", PAGE)),
    (_is_code, Foreign("a script or style sheet", PAGE)),
)
"""What is text and no page."""
