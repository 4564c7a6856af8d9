"""Pages that smuggle something in: every payload in every place whose text or address comes out again."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.hostile.inputs import Hostile, once
from tests.pages import article_page

if TYPE_CHECKING:
    from collections.abc import Iterator

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "image": '<img src=x onerror="alert(1)">',
    "vector": "<svg/onload=alert(1)>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "twice escaped": "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "quotes": "\"' onmouseover=\"alert(1)\" x='",
    "end of attribute": '"><script>alert(1)</script><p title="',
    "end of elements": "</title></textarea></style></script></pre></code></table></article><script>alert(1)</script>",
    "comment": "--><!-- <script>alert(1)</script> --!><b>",
    "CDATA": "]]><![CDATA[<script>alert(1)</script>]]>",
    "template": "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% raw %}",
    "front matter": '"\n---\ntitle: taken over\nadmin: true\n---\n# Taken over\n',
    "YAML": "!!python/object/apply:os.system ['true'] &a *a {a: b} [c, d] | > % @ `",
    "Markdown link": "[text](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
    "Markdown definition": "x\n\n[text]: javascript:alert(1) 'x'\n\n[text] and [^1]: note",
    "Markdown blocks": "\n\n# Heading\n\n- item\n\n> quote\n\n```\ncode\n\n    indented\n\n***\n\n| a | b |\n|---|---|\n| c | d |\n",
    "Markdown HTML": "\\<script>alert(1)</script\\> `</code><script>alert(1)</script>` **</b><img src=x onerror=alert(1)>**",
    "autolink": "<http://example.org/\"onmouseover='alert(1)'> <a@b.example>",
    "fences": "```\n</code></pre><script>alert(1)</script>\n````\n~~~",
    "formula": "$<script>alert(1)</script>$ $$\\href{javascript:alert(1)}{x}$$ \\(\\unicode{<img src=x onerror=alert(1)>}\\)",
    "JSON": '\\u003cscript\\u003ealert(1)\\u003c/script\\u003e","title":"taken over","x":"\\',
    "escapes": "\x1b[31mred\x1b[0m\x1b[2J\x1b[H\x1b]0;title\x07\x1b]8;;http://example.org/\x1b\\link\x1b]8;;\x1b\\ \x9b31m\x1bP+q\x1b\\",
    "escapes as entities": "&#27;[31mred&#x1b;]0;title&#7; &#155;31m &#8;&#127;",
    "bidi": "\u202egnp.exe\u202c \u2066a\u2069 \u2067b\u2069 \u200fc\u200e \u061cd",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u180eh",
    "tags of Unicode": "a" + "".join(chr(0xE0000 + ord(char)) for char in "hidden text") + "\U000e007f",
    "controls": "".join(map(chr, (*range(1, 9), *range(11, 32), *range(127, 160)))) + "x",
    "line separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "noncharacters": "a\ufffeb\uffffc\ufdd0d\U0001ffffe\U0010ffff",
    "surrogates": "a\ud800b\udc00c\udfffd",
    "combining": "z" + "\u0300\u0489\u20e3" * 200,
    "backslashes": "\\" * 101 + "<script>alert(1)</script>" + "\\",
    "case": "<ScRiPt>alert(1)</sCrIpT><IMG SRC=x ONERROR=alert(1)>",
    "slashes": "<script/x>alert(1)</script/x><img/src=x/onerror=alert(1)>",
    "broken tags": "<<script>alert(1)//<</script><script\x0c>alert(1)</script\n><img src=x onerror=alert(1)//",
    "raw text": "<plaintext><xmp><script>alert(1)</script></xmp><noembed><noframes><listing>",
    "formatting": "%s%n%x {0} {name} %(a)s \\N{DIGIT ONE}",
    "dashes": "-- --- ---- === *** ___ ... (c) 'x' \"y\"",
    "path": "../../../../etc/passwd\x00.html C:\\con\\aux:stream",
    "numbers": "1e999 NaN Infinity -0 0x1F 1_000 ١٢٣",
}  # fmt: skip

PLACES = {
    "title": ("", "<title>{p}</title>"),
    "headline": ("<h1>{p}</h1>", ""),
    "author": ("", '<meta name="author" content="{a}">'),
    "byline": ('<p class="byline">By {p}</p>', ""),
    "date": ('<time datetime="{a}">{p}</time>', '<meta name="date" content="{a}">'),
    "site": ("", '<meta property="og:site_name" content="{a}"><meta property="og:title" content="{a}">'),
    "tags": ('<a rel="tag" href="/t">{p}</a>', '<meta name="keywords" content="{a}"><meta property="article:tag" content="{a}">'),
    "description": ("", '<meta name="description" content="{a}"><meta property="og:description" content="{a}">'),
    "language": ('<p lang="{a}">text</p>', '<meta http-equiv="content-language" content="{a}"><meta property="og:locale" content="{a}">'),
    "section": ("", '<meta property="article:section" content="{a}">'),
    "license": ('<a rel="license" href="{a}">{p}</a>', '<link rel="license" href="{a}">'),
    "canonical address": ("", '<link rel="canonical" href="https://example.org/{a}"><meta property="og:url" content="{a}">'),
    "JSON-LD": ("", '<script type="application/ld+json">{j}</script>'),
    "microdata": ('<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">{p}</h2><b itemprop="author">{p}</b></div>', ""),
    "paragraph": ("<p>Read {p} and the rest of it.</p>", ""),
    "heading": ("<h2>{p}</h2><p>What stands below it is a text of its own.</p>", ""),
    "emphasis": ("<p>So <b>{p}</b> and <i>{p}</i> and <s>{p}</s><sup>{p}</sup><u>{p}</u><mark>{p}</mark></p>", ""),
    "link": ('<p>See <a href="/x?{a}#{a}" title="{a}">{p}</a> there.</p>', ""),
    "picture": ('<figure><img src="/x.jpg?{a}" alt="{a}" title="{a}"><figcaption>{p} <span class="credit">{p}</span></figcaption></figure>', ""),
    "item": ("<ul><li>{p}<li><input type=checkbox>{p}</ul><ol start='{a}'><li>{p}</ol>", ""),
    "description list": ("<dl><dt>{p}<dd>{p}</dl>", ""),
    "quotation": ('<blockquote cite="{a}"><p>{p}</p><cite>{p}</cite></blockquote><p>He said <q>{p}</q>.</p>', ""),
    "callout": ('<div class="admonition {a}"><p class="admonition-title">{p}</p><p>{p}</p></div>', ""),
    "code": ('<p>Type <code class="{a}">{p}</code> and <kbd>{p}</kbd>.</p>', ""),
    "listing": ('<pre><code class="language-{a}" data-lang="{a}">{p}</code></pre>', ""),
    "code language": ('<div class="highlight-{a}"><pre data-language="{a}" lang="{a}">x = 1\ny = 2</pre></div>', ""),
    "table": ("<table><caption>{p}</caption><tr><th>{p}<th>b<tr><td>{p}<td align='{a}'>d<tr><td>e<td>f</table>", ""),
    "footnote": ('<p>x<sup><a href="#fn-{a}">{p}</a></sup></p><section class=footnotes><ol><li id="fn-{a}">{p}</ol></section>', ""),
    "formula": ('<math alttext="{a}"><mi>{p}</mi><annotation encoding="application/x-tex">{p}</annotation></math><script type="math/tex">{p}</script><img class="latex" alt="{a}" src="/y.png">', ""),
    "player": ('<iframe src="https://www.youtube.com/embed/{a}" title="{a}"></iframe><video src="/{a}.mp4" title="{a}"></video>', ""),
    "embedded post": ('<blockquote class="twitter-tweet"><p>{p}</p>— {p} <a href="https://twitter.com/x/status/1?{a}">{p}</a></blockquote>', ""),
    "custom picture": ('<amp-img src="/i.jpg?{a}" alt="{a}"></amp-img><lite-youtube videoid="{a}" title="{a}"></lite-youtube>', ""),
    "details": ("<details><summary>{p}</summary><p>{p}</p></details>", ""),
    "comment": ('<div id=comments><div class="comment" id="c1"><b class="author">{p}</b><time datetime="{a}">{p}</time><p>{p}</p></div></div>', ""),
    "names": ('<p id="{a}" class="{a}" data-x="{a}" style="{a}" role="{a}">A paragraph of the article with hostile names.</p>', ""),
    "direction": ('<p dir="{a}">text</p><bdo dir=rtl>{p}</bdo><abbr title="{a}">x</abbr>', ""),
    "lead picture": ("", '<meta property="og:image" content="https://example.org/i.jpg?{a}"><meta property="og:image:alt" content="{a}">'),
    "saved from": ("", "<!-- saved from url=(0022)https://example.org/{a} -->"),
    "script data": ("", '<script id="__NEXT_DATA__" type="application/json">{j}</script>'),
}  # fmt: skip

RUNNING = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61vascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "java&#x0A;script:alert(1)",
    "java&Tab;script:alert(1)",
    "javascript\u200b:alert(1)",
    "ｊavascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "\u2028javascript:alert(1)",
    "vbscript:msgbox(1)",
    "VBScript&#58;msgbox(1)",
    "livescript:x",
    "mocha:x",
    "data:text/html,<script>alert(1)</script>",
    "DATA:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+",
    "data:image/png;base64,iVBORw0KGgo=\"onerror='alert(1)",
    "data:application/xhtml+xml,<x/>",
    "blob:https://example.org/1",
    "filesystem:https://example.org/1",
    "file:///etc/passwd",
    "\\\\host\\share",
    "jar:https://example.org!/x",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "ms-settings:x",
    "intent://x#Intent;scheme=javascript;end",
    "//example.org/\"onmouseover='alert(1)",
    "http://example.org/><script>alert(1)</script>",
    "http://javascript:alert(1)@example.org/",
    "http://[bad",
    "http://ex\x00ample.org/",
    "http:javascript:alert(1)",
    "?javascript:alert(1)",
    ":javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "%6aavascript:alert(1)",
    "http://example.org/)](javascript:alert(1)",
    "http://example.org/ 'javascript:alert(1)'",
    "mailto:a@b.example?subject=<script>",
    "tel:+1\"onclick='alert(1)",
)

ADDRESSED = {
    "link": '<p>See <a href="{}">this text</a> there.</p>',
    "link of a picture": '<a href="{}"><img src="/x.jpg" alt="x"></a>',
    "area": '<map name=m><area href="{}" alt="x"></map>',
    "ping": '<p><a href="/x" ping="{}" onclick="{}">text of it</a></p>',
    "picture": '<img src="{}" alt="a gull">',
    "picture set": '<img srcset="{} 2x, {} 3x" alt="a gull">',
    "lazy picture": '<img data-src="{}" data-original="{}" data-srcset="{} 2x" alt="a gull">',
    "source of a picture": '<picture><source srcset="{} 1x"><img src="{}" alt="gull"></picture>',
    "background": '<div style="background-image:url(\'{}\')" background="{}">text</div>',
    "video": '<video src="{}" poster="{}"><source src="{}"><track src="{}"></video>',
    "audio": '<audio src="{}"></audio>',
    "frame": '<iframe src="{}" title="frame"></iframe>',
    "lazy frame": '<iframe data-src="{}" srcdoc="<script>alert(1)</script>" title="frame"></iframe>',
    "embed": '<embed src="{}">',
    "object": '<object data="{}" codebase="{}"><param name="movie" value="{}">fallback</object>',
    "applet": '<applet code="{}" archive="{}">fallback</applet>',
    "form": '<form action="{}"><button formaction="{}">Send it</button><input type=image src="{}"></form>',
    "citation": '<blockquote cite="{}"><p>Said they.</p></blockquote><p>So <q cite="{}">so</q> <del cite="{}">x</del></p>',
    "vector": '<svg><a xlink:href="{}" href="{}"><text>x</text></a><use href="{}"/><image href="{}"/><script href="{}"/></svg>',
    "formula": '<math href="{}" xlink:href="{}"><maction actiontype="statusline#{}"><mi href="{}">x</mi></maction></math>',
    "embedded post": '<blockquote class="twitter-tweet"><p>Well</p><a href="{}">May 5</a></blockquote>',
    "video link": '<div class="video" data-url="{}" data-video-id="{}"><a href="{}">Watch the video</a></div>',
    "custom": '<amp-img src="{}"></amp-img><amp-video src="{}"></amp-video><lite-youtube videoid="{}"></lite-youtube>',
    "footnote": '<p>x<sup><a href="{}">1</a></sup></p><p id="fn1">1 <a href="{}">↩</a> note</p>',
    "table": '<table background="{}"><tr><td background="{}"><a href="{}">a</a><td>b</table>',
    "heading": '<h2><a href="{}">News</a></h2><p>Text below.</p>',
    "item": '<ul><li><a href="{}">News</a></ul>',
    "caption": '<figure><img src="/a.jpg"><figcaption><a href="{}">Gull</a></figcaption></figure>',
    "comment": '<div id=comments><div class="comment"><a class="author" href="{}">Ann</a><p>See <a href="{}">x</a></p></div></div>',
}  # fmt: skip
ADDRESSED_HEAD = {
    "base": '<base href="{}">',
    "canonical": '<link rel="canonical" href="{}">',
    "shared address": '<meta property="og:url" content="{}"><meta name="twitter:url" content="{}">',
    "shared picture": '<meta property="og:image" content="{}"><meta name="twitter:image" content="{}">',
    "shared video": '<meta property="og:video" content="{}"><meta property="og:audio" content="{}">',
    "author": '<meta property="article:author" content="{}"><link rel="author" href="{}">',
    "license": '<link rel="license" href="{}"><meta name="license" content="{}">',
    "refresh": '<meta http-equiv="refresh" content="0;url={}">',
    "style sheet": '<link rel="stylesheet" href="{}"><link rel="icon" href="{}">',
    "saved from": "<!-- saved from url=(0014){} -->",
}


def smuggled(place: str, payload: str) -> str:
    """Return a page with the payload in one place of its head or article."""
    return _page(*PLACES[place], payload)


def _page(body: str, head: str, payload: str) -> str:
    value = {"@type": "NewsArticle", "headline": payload, "author": {"name": payload}, "keywords": [payload]}
    text = json.dumps({**value, "datePublished": payload, "image": {"url": payload, "caption": payload}})
    forms = {"p": payload, "a": payload.replace('"', "&quot;"), "j": text.replace("</", "<\\/")}
    return article_page(_fill(body, forms), head=_fill(head, forms))


def escaped(place: str, payload: str) -> str:
    """Return a page with the payload as text that it escaped itself."""
    return smuggled(place, escape(payload))


def everywhere(payload: str) -> str:
    """Return a page with the payload in all places."""
    bodies, heads = zip(*PLACES.values(), strict=True)
    return _page("".join(bodies), "".join(heads), payload)


def running(place: str) -> str:
    """Return a page with every address that runs in one kind of attribute."""
    if place in ADDRESSED:
        return article_page("".join(ADDRESSED[place].replace("{}", _quoted(address)) for address in RUNNING))
    return article_page(head="".join(ADDRESSED_HEAD[place].replace("{}", _quoted(address)) for address in RUNNING))


def one_base(address: str) -> str:
    """Return a page whose links are relative to an address that runs."""
    links = '<p>See <a href="x">one</a>, <a href="#y">two</a>, <a href="?z">three</a>.</p><img src="p.jpg">'
    return article_page(links, head=f'<base href="{_quoted(address)}">')


def _fill(frame: str, forms: dict[str, str]) -> str:
    for name, text in forms.items():
        frame = frame.replace(f"{{{name}}}", text)
    return frame


def _quoted(address: str) -> str:
    return address.replace('"', "&quot;")


HIDES_THE_REST = frozenset({"raw text", "end of elements", "comment", "broken tags"})
"""Payloads behind which a browser shows no article, or another one, where they are no text."""


def _inputs() -> Iterator[Hostile]:
    for place in PLACES:
        for name, payload in PAYLOADS.items():
            article = name not in HIDES_THE_REST
            yield Hostile(f"{name} in {place}", once(smuggled, place, payload), article=article)
            if "<" in payload:
                yield Hostile(f"{name}, escaped, in {place}", once(escaped, place, payload))
    for name, payload in PAYLOADS.items():
        yield Hostile(f"{name} everywhere", once(everywhere, payload), article=False)
        yield Hostile(f"{name}, escaped, everywhere", once(everywhere, escape(payload)), article=False)
    for place in (*ADDRESSED, *ADDRESSED_HEAD):
        yield Hostile(f"running address in {place}", once(running, place))
    for number, address in enumerate(RUNNING):
        yield Hostile(f"base address {number}", once(one_base, address))


INPUTS = tuple(_inputs())
