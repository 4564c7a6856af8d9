"""Files that are broken below the page: encodings, halves, JSON, dates, and elements whose content is no markup."""

from __future__ import annotations

import gzip
import random
import zlib
from functools import partial
from typing import TYPE_CHECKING

from tests.hostile.inputs import Hostile, once
from tests.pages import article_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = article_page("<p>Fähre über den Öresund, „alt“ – 渡し船.</p>")
DATA = PAGE.encode()
LATIN = PAGE.encode("cp1252", "replace")
NEXT = '<script id="__NEXT_DATA__" type="application/json">{}</script>'
LD = '<script type="application/ld+json">{}</script>'


def _charset(name: str, data: bytes = DATA) -> bytes:
    return data.replace(b'charset="utf-8"', b'charset="' + name.encode() + b'"')


def _noise(n: int) -> bytes:
    return random.Random(17).randbytes(n)


BYTES: dict[str, tuple[Callable[[], str | bytes], bool]] = {
    "UTF-16 LE without mark": (lambda: PAGE.replace(' charset="utf-8"', "").encode("utf-16-le"), True),
    "UTF-16 BE without mark": (lambda: PAGE.replace(' charset="utf-8"', "").encode("utf-16-be"), True),
    "UTF-16 that says UTF-8": (lambda: PAGE.encode("utf-16"), True),
    "half a unit of UTF-16": (lambda: PAGE.encode("utf-16")[:-1], True),
    "UTF-32, which browsers do not read": (lambda: PAGE.encode("utf-32"), False),
    "UTF-7": (lambda: _charset("utf-7", PAGE.replace("<p>", "+ADw-p+AD4-").encode()), False),
    "UTF-7 script": (lambda: _charset("utf-7") + b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", True),
    "UTF-8 that says UTF-16": (lambda: _charset("utf-16"), True),
    "UTF-8 that says UTF-32": (lambda: _charset("utf-32"), True),
    "UTF-8 that says ISO-2022-JP": (lambda: _charset("iso-2022-jp"), True),
    "UTF-8 that says HZ": (lambda: _charset("hz-gb-2312"), True),
    "UTF-8 that says GB18030": (lambda: _charset("gb18030"), True),
    "UTF-8 that says replacement": (lambda: _charset("replacement"), True),
    "UTF-8 that says x-user-defined": (lambda: _charset("x-user-defined"), True),
    "UTF-8 that says nonsense": (lambda: _charset("no-such\x00-set"), True),
    "UTF-8 that says idna": (lambda: _charset("idna"), True),
    "UTF-8 that says punycode": (lambda: _charset("punycode"), True),
    "UTF-8 that says base64": (lambda: _charset("base64"), True),
    "UTF-8 that says unicode_escape": (lambda: _charset("unicode_escape"), True),
    "UTF-8 that says zlib": (lambda: _charset("zlib"), True),
    "UTF-8 that says undefined": (lambda: _charset("undefined"), True),
    "cp1252 that says UTF-8": (lambda: LATIN, True),
    "three contradictory encodings": (
        lambda: b"\xef\xbb\xbf<?xml version='1.0' encoding='koi8-r'?><meta http-equiv=content-type "
        b"content='text/html; charset=shift_jis'>" + _charset("big5"),
        True,
    ),
    "byte order mark twice": (lambda: b"\xef\xbb\xbf\xef\xbb\xbf" + DATA, True),
    "mark of UTF-16 before UTF-8": (lambda: b"\xff\xfe" + DATA, False),
    "overlong UTF-8": (lambda: DATA + b"\xc0\xbcscript\xc0\xbealert(1)\xe0\x80\xbc/script>", True),
    "surrogates in UTF-8": (lambda: PAGE.replace("Fähre", "F\ud800\udfff").encode("utf-8", "surrogatepass"), True),
    "surrogates in text": (lambda: PAGE.replace("Fähre", "F\ud800hre\udfff"), True),
    "NUL everywhere": (lambda: PAGE.replace("e", "e\x00").encode(), False),
    "NUL in text": (lambda: PAGE.replace("the", "t\x00he"), False),
    "NUL in tags": (lambda: PAGE.replace("<p>", "<p\x00>").encode(), True),
    "every byte": (lambda: DATA + bytes(range(256)) * 20, True),
    "noise": (lambda: _noise(200_000), False),
    "noise behind": (lambda: DATA + _noise(20_000), True),
    "noise before": (lambda: _noise(2_000) + DATA, False),
    "noise in an element": (lambda: DATA.replace(b"</h1>", b"</h1><p>" + _noise(2_000) + b"</p>"), False),
    "letters of Latin in UTF-8": (lambda: DATA.replace(b"o", b"\xe9", 40), False),
    "escapes of ISO-2022-JP": (lambda: _charset("iso-2022-jp", DATA + b"\x1b$B\x1b(J\x1b$(D\x1b\x1b$"), False),
    "tildes of HZ": (lambda: _charset("hz-gb-2312", DATA + b"~{~{~~~\n~}"), True),
    "gzip": (lambda: gzip.compress(DATA), True),
    "half of a gzip": (lambda: gzip.compress(DATA)[:500], False),
    "gzip bomb": (lambda: gzip.compress(bytes(300_000_000)), False),
    "gzip of a gzip": (lambda: gzip.compress(gzip.compress(DATA)), False),
    "zlib": (lambda: zlib.compress(DATA), False),
    "nothing": (lambda: b"", False),
    "one byte": (lambda: b"<", False),
    "white space": (lambda: b" \n\t" * 1_000, False),
    "only marks": (lambda: b"\xef\xbb\xbf", False),
    "PDF": (lambda: b"%PDF-1.4\n" + DATA, False),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n" + _noise(2_000), False),
    "ZIP": (lambda: b"PK\x03\x04" + _noise(2_000), False),
    "MHTML without parts": (
        lambda: b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n",
        False,
    ),
    "MHTML nested": (
        lambda: b"MIME-Version: 1.0\n" + b"".join(
            b'Content-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(500)),
        False,
    ),
}  # fmt: skip

HALVES = (1, 7, 15, 60, 120, 333, 450, 600, 900, 1_200, 1_400, 1_600, 1_900, 2_200)

DATES = (
    "99999-99-99", "0000-00-00", "2025-02-30", "2025-13-01T25:61:61", "-2025-01-01", "2025-01-01T00:00:00+99:99",
    "1e999", "99999999999999999999", "-1", "0", "4 March 99999", "32 March 2025", "٤ مارس ٢٠٢٥", "2025-W60-9", "20250399",
    "2025-01-01T00:00:00." + "9" * 400, "March " * 50, "1/1/1", "∞", "NaN", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "2025-06-31", "24:00", "T", "2025-01-01T24:00:00Z", "１２/３/２０２５", "12345-01-01",
)  # fmt: skip

DOCUMENTS: dict[str, Callable[[int], str]] = {
    "deep lists": lambda n: "[" * n + "]" * n,
    "deep objects": lambda n: '{"a":' * n + "1" + "}" * n,
    "deep graph": lambda n: '{"@graph":[' * n + "]}" * n,
    "deep authors": lambda n: '{"@type":"NewsArticle","author":' * n + "1" + "}" * n,
    "only openings": lambda n: '{"a":[' * n,
    "commas": lambda n: '{"a":1' + "," * n + "}",
    "a number too large": lambda n: '{"@type":"NewsArticle","wordCount":1e999,"x":' + "9" * n + "}",
    "a key many times": lambda n: "{" + ",".join(['"headline":"x y z"'] * n) + ',"@type":"NewsArticle"}',
    "many keys": lambda n: '{"@type":"NewsArticle",' + ",".join(f'"k{k}":1' for k in range(n)) + "}",
    "many authors": lambda n: '{"@type":"NewsArticle","author":[' + ",".join(f'{{"name":"Ann {k}"}}' for k in range(n)) + "]}",
    "many articles": lambda n: "[" + ",".join(['{"@type":"NewsArticle","headline":"x y z"}'] * n) + "]",
    "escapes": lambda n: '{"@type":"NewsArticle","headline":"' + "\\u0041\\ud800" * n + '"}',
    "backslashes": lambda n: '{"@type":"NewsArticle","headline":"' + "\\" * n,
    "white space": lambda n: "{" + " " * n + '"@type":"NewsArticle"}',
    "comments": lambda n: "/* x */" * n + '{"@type":"NewsArticle"}',
    "newlines in texts": lambda n: '{"@type":"NewsArticle","headline":"' + "x\n" * n + '"}',
}  # fmt: skip

WRONG = (
    "null", "true", "17", '"text"', "[]", "{}", "[null]", '[[["x"]]]', "NaN", "Infinity", "-", "{'a': 1}", "\\", "<!--",
    '{"@type":null}', '{"@type":["NewsArticle",5,null,{}]}', '{"@graph":5}', '{"@graph":{"@graph":[null]}}',
    *('{"@type":"NewsArticle","' + key + '":' + value + "}"
      for key in ("headline", "author", "image", "datePublished", "publisher", "keywords", "mainEntityOfPage",
                  "articleBody", "isAccessibleForFree", "inLanguage", "articleSection", "license", "url")
      for value in ("null", "5", "-1e999", "[]", "{}", '[[{"name":[{}]}]]', '{"@id":5,"name":{"@value":7}}', '"\\u0000\\ud800"')),
)  # fmt: skip

ELEMENTS = {
    "template": "<template><p>hidden</p><script>alert(1)</script></template>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</p></noscript>',
    "srcdoc": "<iframe srcdoc='<script>alert(1)</script><p>x'></iframe>",
    "xmp": "<xmp><script>alert(1)</script></xmp>",
    "listing": "<listing><script>alert(1)</script></listing>",
    "plaintext": "<plaintext><script>alert(1)</script>",
    "noembed": "<noembed><script>alert(1)</script></noembed><noframes><img src=x onerror=alert(1)></noframes>",
    "frameset": "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "vector": "<svg><script>alert(1)</script><foreignObject><p onclick=alert(1)>x</p></foreignObject><style>*{}</style>"
    "<animate onbegin=alert(1) attributeName=x><title><img src=x onerror=alert(1)></title></svg>",
    "formula": "<math><mtext><script>alert(1)</script></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=1"
    " onerror=alert(1)&gt;'></mglyph><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "conditional comment": "<!--[if gte IE 4]><script>alert(1)</script><![endif]--><![if !IE]><p>shown</p><![endif]>",
    "CDATA": "<![CDATA[<script>alert(1)</script>]]>",
    "instruction": "<?xml-stylesheet href='javascript:alert(1)'?><?php echo '<script>' ?>",
    "handlers": "".join(f'<p on{name}="alert(1)">text of it</p>' for name in ("click", "load", "error", "toggle", "focus")),
    "style": "<style>@import 'javascript:alert(1)'; p { background: url(javascript:alert(1)) }</style><p style='x:expression(alert(1))'>x</p>",
    "meta in body": "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><base href='javascript:'><link rel=import href=x>",
    "mutation": '<p><a title="</p><img src=x onerror=alert(1)>">x</a></p><math><mi><table><mglyph><style><img src=x onerror=alert(1)>',
    "form in formula": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "select": "<select><option><script>alert(1)</script><keygen autofocus onfocus=alert(1)></select>",
    "second page": "</body></html><!doctype html><html><body onload=alert(1)><p>A second page begins here.</p></body></html>",
    "unclosed attribute": "<p title='",
    "unclosed comment": "<!-- never closed",
    "unclosed script": "<script>var a = '",
    "unclosed style": "<style>p {",
    "unclosed title in the body": "<title>x",
    "element without name": "<><</><//><?><!>",
    "names that XML forbids": "<p a:b:c=1 :x=2 @click=alert(1) [y]=3 'z=4 \"=5>text</p><x:y:z>q</x:y:z><1a>b</1a>",
}  # fmt: skip


def _document(frame: str, make: Callable[[int], str], n: int) -> str:
    return article_page(head=frame.format(make(n)))


def _inputs() -> Iterator[Hostile]:
    for name, (make, article) in BYTES.items():
        yield Hostile(f"bytes: {name}", once(make), article=article)
    for place in HALVES:
        yield Hostile(f"first {place} bytes", once(bytes, DATA[:place]), article=False)
        yield Hostile(f"without the first {place} bytes", once(bytes, DATA[place:]), article=False)
    for date in DATES:
        body = f'<time datetime="{date}">{date}</time><p class="date">{date}</p>'
        head = f'<meta property="article:published_time" content="{date}">' + LD.format(
            f'{{"@type":"NewsArticle","datePublished":"{date}","dateModified":"{date}"}}'
        )
        page = article_page(body, head=head)
        yield Hostile(f"date {date[:30]}", once(str, page))
    for name, document in DOCUMENTS.items():
        yield Hostile(f"JSON-LD: {name}", partial(_document, LD, document), 100_000)
        yield Hostile(
            f"script data: {name}",
            partial(_document, NEXT, document),
            100_000,
        )
    for number, text in enumerate(WRONG):
        yield Hostile(f"wrong JSON-LD {number}", once(str, article_page(head=LD.format(text))))
    for name, element in ELEMENTS.items():
        yield Hostile(f"element: {name}", once(article_page, element))


INPUTS = tuple(_inputs())
