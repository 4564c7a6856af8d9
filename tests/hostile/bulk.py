"""Pages that are too much of something: nesting, elements, attributes, text, spans, entities."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.hostile.inputs import Hostile, once
from tests.pages import article_page

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH = 300_000
HUGE = 40_000_000
"""Bytes of one run."""
MANY = 100_000
MARKS = 1_000_000

NESTED = (
    "div|span|b|i|em|strong|q|a href=/x|font|small|big|sub|sup|code|section|article|p|h2|pre|figure|details|label"
    "|button|form|fieldset|mark|ins|del|u|s|center|object|svg|math|mrow|select|iframe|noscript|template|x-box|summary"
    "|ruby|address|nav|aside|header|footer|main|video|picture|li|td|option|frameset|ul><li|ol><li|blockquote"
    "|table><tr><td|dl><dd|dl><dt|div class=comment|blockquote class=twitter-tweet|span class=math|h2><a|li><p|td><table"
).split("|")

REPEATED = {
    "headings": ("<h2>News of {n}</h2>", 200_000),
    "headings with text": ("<h3>Part {n}</h3><p>The gulls of the quay were counted again on day {n}.</p>", MANY),
    "line breaks": ("<br>", 500_000),
    "lines": ("Line {n}<br>", MANY),
    "double line breaks": ("Line {n}<br><br>", MANY),
    "description entries": ("<dl><dt>term {n}</dt><dd>what it says</dd></dl>", MANY),
    "entries of one description list": ("<dt>term {n}</dt><dd>what it says</dd>", MANY),
    "HTML comments": ("<!-- {n} -->", MANY),
    "readers' comments": ('<div class="comment" id="comment-{n}"><b class="author">Ann {n}</b><p>Well said.</p></div>', 50_000),
    "nested readers' comments": ('<ul class="children"><li class="comment"><b class="author">Ann</b><p>No, {n}.</p>', 50_000),
    "footnotes": ('<p>Text<sup><a href="#fn{n}" id="r{n}">{n}</a></sup></p><li id="fn{n}">Note {n}</li>', 50_000),
    "footnote marks": ('<sup><a href="#fn1">1</a></sup>', MANY),
    "footnote texts": ('<p id="fn{n}">[{n}] a note <a href="#r{n}">↩</a></p>', 50_000),
    "links": ('<a href="/p/{n}">to {n}</a> ', 200_000),
    "images": ('<img src="/i/{n}.jpg" alt="a gull {n}">', 200_000),
    "figures": ('<figure><img src="/i/{n}.jpg"><figcaption>Gull {n}</figcaption></figure>', MANY),
    "list items": ("<li>item {n}", 200_000),
    "lists": ("<ul><li>item {n}</ul>", MANY),
    "paragraphs": ("<p>The gulls of the quay were counted again on day {n}.</p>", 200_000),
    "empty paragraphs": ("<p></p>", 500_000),
    "dividers": ("<hr>", 200_000),
    "quotations": ("<blockquote><p>Said {n} of them.</p></blockquote>", MANY),
    "code": ("<p><code>x = {n}</code></p>", MANY),
    "listings": ("<pre><code>x = {n}\ny = 1</code></pre>", MANY),
    "spans": ("<span>w{n} </span>", 200_000),
    "emphasis": ("<em>w{n}</em><b>x</b>", 200_000),
    "frames": ('<iframe src="https://www.youtube.com/embed/a{n}"></iframe>', MANY),
    "videos": ('<video src="/v{n}.mp4"><source src="/v.webm">old browser</video>', MANY),
    "inputs": ("<input type=text name=n{n}>", 200_000),
    "options": ("<option>choice {n}", 200_000),
    "times": ('<time datetime="2025-03-04">4 March 2025</time>', MANY),
    "metas": ('<meta name="author" content="Ann {n}">', MANY),
    "JSON-LD": ('<script type="application/ld+json">{{"@type":"Article","headline":"News {n}"}}</script>', 50_000),
    "styles": ("<style>p{n} {{ color: red }}</style>", MANY),
    "scripts": ("<script>var a{n} = '<p>no</p>';</script>", MANY),
    "properties": ('<span itemprop="author">Ann {n}</span>', MANY),
    "first headings": ("<h1>News {n}</h1>", MANY),
    "titles": ("<title>News {n}</title>", MANY),
    "asides": ("<aside><p>Beside the story {n}.</p></aside>", MANY),
    "details": ("<details><summary>More {n}</summary><p>Text of it.</p></details>", MANY),
    "formulas": ("<math><mi>x</mi><mo>=</mo><mn>{n}</mn></math> ", MANY),
    "superscripts": ("x<sup>{n}</sup> ", 200_000),
    "bylines": ('<p class="byline">By Ann Lee {n}</p>', MANY),
    "tabs": ('<div role="tab">Tab {n}</div><div role="tabpanel">x</div>', MANY),
    "callouts": ('<div class="note"><p>Note {n}</p></div>', MANY),
    "one-cell tables": ("<table><tr><td>cell {n}</table>", MANY),
    "rows": ("<tr><td>cell {n}<td>b", 200_000),
    "custom elements": ("<x-{n}>text</x-{n}>", MANY),
    "pictures": ('<picture><source srcset="/a{n}.webp 2x"><img src="/a.jpg"></picture>', MANY),
    "noscripts": ('<noscript><img src="/n{n}.jpg"></noscript>', MANY),
    "stray ends": ("</div></p></b>", 300_000),
    "unclosed emphasis": ("<p><b><i>text {n}", MANY),
    "forms": ("<form><input><button>Send {n}</button></form>", MANY),
    "posts": ('<article class="post"><h2><a href="/{n}">News {n}</a></h2><p>Short text of it here.</p></article>', 50_000),
    "anchors": ('<a name="a{n}"></a>', 200_000),
    "conditional comments": ("<!--[if lt IE {n}]><p>old</p><![endif]-->", MANY),
    "CDATA": ("<![CDATA[ text {n} ]]>", MANY),
    "processing instructions": ("<?php echo {n} ?>", MANY),
    "rubies": ("<ruby>字<rt>ji{n}</rt></ruby>", MANY),
    "svgs": ("<svg><text>{n}</text><path d='M0 0'/></svg>", MANY),
    "see also": ('<p><strong>Read also:</strong> <a href="/{n}">News {n}</a></p>', MANY),
    "amp images": ('<amp-img src="/i{n}.jpg" width=300 height=200></amp-img>', MANY),
    "same identifiers": ('<p id="a">text {n}</p><a href="#a">a</a>', MANY),
}  # fmt: skip

WRAPPED = {"entries of one description list": "dl", "list items": "ul", "options": "select", "rows": "table"}

RUNS = {
    "script": "<script>{}</script>",
    "style": "<style>{}</style>",
    "comment": "<!-- {} -->",
    "link address": '<p><a href="/{}">text</a></p>',
    "picture address": '<p><img src="/{}" alt="gull"></p>',
    "data address": '<p><img src="data:image/png;base64,{}" alt="gull"></p>',
    "class": '<p class="{}">text</p>',
    "alternative text": '<p><img src="/a.jpg" alt="{}"></p>',
    "paragraph": "<p>{}</p>",
    "heading": "<h2>{}</h2>",
    "listing": "<pre><code>{}</code></pre>",
    "inline code": "<p>So <code>{}</code></p>",
    "cell": "<table><tr><th>a<th>b<tr><td>{}<td>c</table>",
    "item": "<ul><li>{}</ul>",
    "caption": "<figure><img src=/a.jpg><figcaption>{}</figcaption></figure>",
    "noscript": "<noscript>{}</noscript>",
    "textarea": "<textarea>{}</textarea>",
    "CDATA": "<![CDATA[{}]]>",
    "identifier": '<p id="{}">text</p>',
    "style attribute": '<p style="{}">text</p>',
    "formula": "<math alttext='{}'><mi>x</mi></math>",
    "tag name": "<{}>text",
    "unclosed tag": "<p {}",
    "footnote": '<p>x<sup><a href="#fn1">1</a></sup></p><p id="fn1">{}</p>',
    "comment of a reader": '<div class="comment"><b class="author">Ann</b><p>{}</p></div>',
}
HEAD_RUNS = {
    "title": "<title>{}</title>",
    "description": '<meta name="description" content="{}">',
    "author": '<meta name="author" content="{}">',
    "keywords": '<meta name="keywords" content="{}">',
    "date": '<meta name="date" content="{}">',
    "canonical address": '<link rel="canonical" href="https://example.org/{}">',
    "JSON-LD headline": '<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{}"}}</script>',
    "JSON-LD body": '<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{}"}}</script>',
    "state": "<script>window.__STATE__ = {{'a': '{}'}}</script>",
    "next data": '<script id="__NEXT_DATA__" type="application/json">{{"props":{{"body":"{}"}}}}</script>',
}

UNITS = {
    "letters": "a",
    "words": "gull ",
    "sentences": "The gull sat on the pier. ",
    "entities": "&amp;",
    "numeric entities": "&#x41;",
    "unknown entities": "&nosuch;",
    "Chinese": "字",
    "emoji": "\U0001f426",
    "zero width": "\u200b",
    "no-break spaces": "\xa0",
    "lines": "a\n",
    "combining accents": "e\u0301\u0301\u0301",
    "commas": "a, ",
    "initials": "A. ",
}

CHARACTERS = (*"[](){}`*_#~$\\|-+=><&!:@/.,;\'7Aa%^?§†¹•“…", " ", "\n", "\t")  # fmt: skip
PAIRS = ("[]", "[a](", "![", "*a", "_a_ ", "**", "`` ", "~~a", "$a$", "$$", "<a ", "</", "<!--", "&#", "[^1]", "| a ", "\\*", "1. ", "- ", "A.B.", "Aa ", "1,", "http://a", "a@b.", "[1],")  # fmt: skip

SPANS = {
    "columns": '<tr><td colspan="1000000000">a<td>b</tr>',
    "rows": '<tr><td rowspan="1000000000">a<td>b</tr>',
    "both": '<tr><td colspan="65534" rowspan="65534">a<td>b</tr>',
    "a thousand": '<tr><td colspan="1000" rowspan="1000">a<td>b</tr>',
    "nonsense": '<tr><td colspan="-1" rowspan="1e9">a<td colspan="٣">b</tr>',
    "many columns": '<tr><td rowspan="65534">a' + "<td>b" * 200 + "</tr>",
}

DOCTYPES = {
    "entity bomb": '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("bcdefghi", "cdefghij", strict=True))
    + "]>{}<p>&j;</p>",
    "external entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>{}<p>&x;</p>',
    "parameter entity": '<!DOCTYPE html [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>{}',
    "external subset": '<!DOCTYPE html SYSTEM "file:///etc/passwd">{}',
    "XML": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>{}<p>&x;</p>',
    "inclusion": '{}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
    "style sheet": '<?xml-stylesheet href="file:///etc/passwd"?>{}',
}


def nested(tag: str, n: int) -> str:
    """Return a page with `n` open elements below its article."""
    return article_page(f"<{tag}>" * n + "deep text")


def nested_and_closed(tag: str, n: int) -> str:
    """Return a page with `n` nested elements in the middle of its article, each with text of its own."""
    return article_page(f"<{tag}>x " * n + f"</{tag}>" * n + "<p>The end.</p>")


def repeated(name: str, n: int) -> str:
    """Return a page with `n` of an element behind the text of its article."""
    element, _ = REPEATED[name]
    body = "".join(element.format(n=number) for number in range(n))
    wrap = WRAPPED.get(name)
    return article_page(f"<{wrap}>{body}</{wrap}>" if wrap else body)


def run_of(frame: str, unit: str, n: int) -> str:
    """Return a page with one run of `n` bytes in the article."""
    return article_page(frame.format(unit * (n // len(unit.encode()))))


def run_in_head(frame: str, unit: str, n: int) -> str:
    """Return a page with one run of `n` characters in its head."""
    return article_page(head=frame.format(unit * (n // len(unit))))


def marks(mark: str, n: int) -> str:
    """Return a page with a paragraph of `n` marks."""
    return article_page(f"<p>{mark * n}</p>")


def spans(row: str, n: int) -> str:
    """Return a page with a table of `n` such rows."""
    return article_page(f"<table>{row * n}</table>")


def attributes(n: int) -> str:
    """Return a page with an element of `n` attributes."""
    return article_page("<p " + " ".join(f"a{number}=1" for number in range(n)) + ">text</p>")


def table(rows: int) -> str:
    """Return a page with a table of 200 columns."""
    row = "<tr>" + "<td>7" * 200 + "</tr>"
    return article_page(f"<table>{row * rows}</table>")


def header_first(n: int) -> str:
    """Return a page whose article stands behind a navigation of `n` links."""
    links = "".join(f'<li><a href="/{number}">Section {number}</a>' for number in range(n))
    return article_page().replace("<main>", f"<ul>{links}</ul><main>")


def _inputs() -> Iterator[Hostile]:
    for tag in NESTED:
        yield Hostile(f"nested {tag}", partial(nested, tag), DEPTH)
    for tag in ("div", "span", "b", "q", "blockquote", "sup", "font", "code", "section", "em"):
        yield Hostile(f"nested and closed {tag}", partial(nested_and_closed, tag), DEPTH)
    for name, (_, size) in REPEATED.items():
        yield Hostile(f"many {name}", partial(repeated, name), size)
    for name, frame in RUNS.items():
        yield Hostile(f"long {name}", partial(run_of, frame, "gull and tern, "), HUGE)
    for name, frame in HEAD_RUNS.items():
        article = name != "JSON-LD body"  # which is then the longer article
        yield Hostile(f"long {name}", partial(run_in_head, frame, "gull and tern, "), HUGE, article)
    for name, unit in UNITS.items():
        yield Hostile(f"run of {name}", partial(run_of, "<p>{}</p>", unit), HUGE)
    for mark in (*CHARACTERS, *PAIRS):
        yield Hostile(f"a million {mark!r}", partial(marks, mark), MARKS)
    for name, row in SPANS.items():
        yield Hostile(f"spans: {name}", partial(spans, row), 2_000)
    for name, frame in DOCTYPES.items():
        yield Hostile(f"document type: {name}", once(frame.format, article_page()))
    yield Hostile("an element of a million attributes", attributes, 1_000_000)
    yield Hostile("a table of 2,000 by 200", table, 2_000)
    yield Hostile("an article behind a long navigation", header_first, MANY)


INPUTS = tuple(_inputs())
