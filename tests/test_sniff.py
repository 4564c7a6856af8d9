"""HTML or flattened text, page or asset: told by content."""

from __future__ import annotations

import gzip
import json
import random
import time
import zlib

import pytest

from newsclean.page.sniff import foreign_kind, input_kind

PARAGRAPH = "The council met on Tuesday to settle the plan for the river crossing, and agreed on most of it. "
PROSE = "\n\n".join([PARAGRAPH * 3] * 8)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body><p>Short",
        "\ufeff \n<!-- saved from url=(0020)https://example.org/ -->\n<html><p>x",
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>",
        "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<!DOCTYPE html>\n<html><body><p>Text</p></body></html>",
        "Warning: include() failed in line 3\n<html><head></head><body><p>Text</p></body></html>",
        "<article><p>One</p><p>Two</p></article>",
        f"<p>{PARAGRAPH}\n\n<p>{PARAGRAPH}\n\n<p>{PARAGRAPH}",
        f"<div>\n{PARAGRAPH}\n{PARAGRAPH}\n</div>",
        f"<h2>Bridge</h2>\n\n<p>{PARAGRAPH}</p>\n\n<p>{PARAGRAPH}</p>",
        f"Lead-in without a tag<p>{PARAGRAPH}<p>{PARAGRAPH}<p>{PARAGRAPH}",
        f"<h2>Bridge</h2>\nText<br>\nMore<br>\nAnd more<br>\n{PARAGRAPH}<br>\n",
        f"<p>{PARAGRAPH}\n" + f"{PARAGRAPH}\n" * 5 + "</p>",
        f"Notice: undefined variable\n<html><body><p>{PARAGRAPH}</p></body></html>\n<!-- cached -->\n",
        "<news-story><news-text>Text</news-text></news-story>",
        "<script>var a = '\n\n\n\n';</script>\n\n<div><p>Text</p></div>",
    ],
)
def test_html_is_html_with_or_without_its_frame(text: str) -> None:
    assert input_kind(text) == "html"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line.",
        PROSE,
        f"{PROSE}\n\nNews :<div>Bridge closed</div>\n\n{PROSE}",
        f"<div>Advertisement</div>\n\n{PROSE}",
        f"{PROSE}\n\n<p>Sample paragraph</p>\n<ul>\n<li>one</li>\n</ul>\n\n{PROSE}",
        f"Learn HTML\n\n<!DOCTYPE html>\n<html>\n<body>\n<p>Hello</p>\n</body>\n</html>\n\n{PROSE}",
        f'<p align="center">\n<img src="logo.png">\n</p>\n\n# Title\n\n{PROSE}',
        f"From: A Reader <reader@example.org>\nTo: B <b@example.org>\n\n{PROSE}\n\n> quoted <b>text</b>",
        "<b>Bridge closed</b>\n" + f"{PARAGRAPH}\n" * 8,
        '<a href="https://example.org">Home</a>\n' + f"{PARAGRAPH}\n" * 8,
        "<div>Advertisement</div>\n" + f"{PARAGRAPH}\n" * 8 + "<div>Related</div>\n",
        "Hello,\n\nI sent this:\n\n<html>\n<body>\n<p>Hi</p>\n</body>\n</html>\n\nWhy does it not show?\n\nAnn",
        "Write this:\n\n```html\n<html>\n<body>\n<div><p>Hi</p></div>\n</body>\n</html>\n```\n\nThen open it.\n",
        f"Lead\n\n> <html>\n> <body>\n> <p>Hello</p>\n> </body></html>\n\n{PROSE}",
        f"import React from 'react';\n\nfunction Menu() {{\n  return (\n   <ul>\n{'<li>One</li>' * 5}</ul>\n  );\n}}\n",
        "<alice> hello\n<bob> hi there",
        "1 < 2 and a <b and c> d",
        "if (a<p && p>b) return <span>x</span>;",
    ],
)
def test_text_is_text_whatever_tags_stray_into_it(text: str) -> None:
    assert input_kind(text) == "text"


PAGES = {
    "html": b"<!DOCTYPE html><html><p>x",
    "fragment": b"<p>One</p><p>Two</p>",
    "after script comment": b"<!-- " + b"x" * 5_000 + b" --><html><script>var a={b:1};</script>",
    "utf-16": "<html><p>Brücke".encode("utf-16"),
    "utf-16 without mark": "<html><p>Brücke</p>".encode("utf-16-le"),
    "gzip": gzip.compress(b"<html><p>x" * 10_000)[:400],
    "prose": PROSE.encode(),
    "prose in windows-1251": ("Совет утвердил проект моста. " * 30).encode("cp1251"),
    "prose in shift_jis": ("市議会は新しい橋を承認した。" * 30).encode("cp932"),
    "prose with code": (PROSE + "\n\nvar a = {b: [1, 2]};\nfoo(a);\n\n" + PROSE).encode(),
    "prose with footnote": b"[1] See the plan of the bridge.",
    "prose with link": b"[Home](https://example.org/) [News](https://example.org/news)\n\n" + PROSE.encode(),
    "prose that imports": b"Import duties (and export taxes) rose again; the council (of ministers) met on Friday.",
    "html with nulls": b"<html><p>\x00\x00\x00\x00\x00x",
    "empty": b"",
}

ASSETS = {
    "png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "gif": b"GIF89a\x01\x00",
    "icon": b"\x00\x00\x01\x00\x01\x00\x10\x10",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "avif": b"\x00\x00\x00\x20ftypavif",
    "pdf": b"%PDF-1.7\n",
    "zip": b"PK\x03\x04\x14\x00",
    "font": b"wOF2\x00\x01\x00\x00",
    "truetype": b"\x00\x01\x00\x00\x00\x0f\x00\x80",
    "noise": random.Random(5).randbytes(4_000),
    "gzipped tar": gzip.compress(b"ustar" + b"\x00" * 5_000),
    "raw deflate": zlib.compress(random.Random(6).randbytes(3_000))[2:],
    "json": json.dumps({"title": "Bridge", "body": PROSE}).encode(),
    "json list": b'[{"id": 1, "name": "bridge"}]',
    "numbers": b"[1, 2, 3]",
    "source map": b'{"version":3,"sources":["a.js"],"mappings":"AAAA"}',
    "jsonp": b'callback({"a": [1, 2]});',
    "svg": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "feed": b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
    "sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
    "minified script": b"!function(e,t){function r(i){return n[i]||t[i](n)}}(window,{});",
    "plain script": b"var menu = document.querySelector('.menu');\nmenu.addEventListener('click', () => {\n});\n",
    "module": b'import { a } from "./a.js";\nexport function run() {\n  return a({ b: 1 });\n}\n',
    "licensed script": b"/*! menu v1.0 | MIT */\n(function () { 'use strict'; window.menu = {}; })();",
    "style": b"body{margin:0;padding:0}.nav>li{float:left}",
    "style with rules": b'@charset "utf-8";\n@media print {\n  .ad { display: none; }\n}\n',
    "style with variables": b":root {\n  --colour: #fff;\n}\n\n.page {\n  color: var(--colour);\n}\n",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_a_page(name: str) -> None:
    assert foreign_kind(PAGES[name]) is None


@pytest.mark.parametrize("name", ASSETS)
def test_asset_is_not_a_page(name: str) -> None:
    assert foreign_kind(ASSETS[name])


@pytest.mark.parametrize(
    "unit", ["<", "<p ", "<!--", " ", "a.", "var ", "[1,", '{"\\', "a {", "/*", "\n \n", "<script>"]
)
def test_twenty_megabytes_take_bounded_time(unit: str) -> None:
    text = unit * (20_000_000 // len(unit))
    start = time.process_time()
    assert input_kind(text) in ("html", "text")
    foreign_kind(text.encode())
    assert time.process_time() - start < 5


def test_any_bytes_get_an_answer() -> None:
    chance = random.Random(11)
    for _ in range(300):
        data = chance.choice([b"", b"\x1f\x8b\x08", b"\xff\xfe", b"<p>", b"{"]) + chance.randbytes(
            chance.randrange(200)
        )
        foreign = foreign_kind(data)
        assert foreign is None or foreign.remedy
        assert input_kind(data.decode("utf-8", "surrogateescape")) in ("html", "text")
