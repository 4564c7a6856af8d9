"""Feeds, exports of notes and views of a source: a page for each entry, with what the container says of it."""

from __future__ import annotations

import base64
import json
import time
from hashlib import md5
from html import escape
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.errors import InputError
from newsclean.page.containers import container_kind, open_container
from tests.container_pages import ENGLISH, PICTURE, URL, expected, facts, html

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.page.containers.member import Member

BODY = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH[3])


def members(data: bytes, pictures: bool = False) -> list[Member]:
    found = open_container(data, pictures=pictures)
    assert found is not None
    return list(found)


def rss(*items: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Gazette</title><language>en</language>'
        f"<link>https://quay-gazette.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


RSS_ITEM = (
    f"<item><title>{ENGLISH[1]}</title><link>{URL}</link><dc:creator>{ENGLISH[2]}</dc:creator><guid>lamp-1</guid>"
    f"<pubDate>Tue, 18 Jun 2024 19:20:00 +0100</pubDate><description>A teaser.</description>"
    f"<content:encoded><![CDATA[{BODY}]]></content:encoded></item>"
)
ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Quay Gazette</title><entry>'
    f"<title type='html'>{escape(ENGLISH[1])}</title><link rel='self' href='https://x.example/'/><link href='{URL}'/>"
    f"<id>lamp-1</id><author><name>{ENGLISH[2]}</name></author><published>2024-06-18T18:20:00Z</published>"
    "<summary>A teaser.</summary><content{}</content></entry></feed>"
)
FEEDS = {
    "rss": rss(RSS_ITEM),
    "rss with escaped text": rss(RSS_ITEM.replace(f"<![CDATA[{BODY}]]>", escape(BODY))),
    "rdf": (
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Gazette</title></channel>'
        f"<item><title>{ENGLISH[1]}</title><link>{URL}</link><dc:creator>{ENGLISH[2]}</dc:creator>"
        f"<dc:date>2024-06-18T19:20:00+01:00</dc:date><description>{escape(BODY)}</description></item></rdf:RDF>"
    ).encode(),
    "atom": ATOM.format(f" type='html'>{escape(BODY)}").encode(),
    "atom with elements": ATOM.format(f" type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{BODY}</div>").encode(),
    "atom with text": ATOM.format(
        f" type='text'>{escape(chr(10).join(f'{one}{chr(10)}' for one in ENGLISH[3]))}"
    ).encode(),
    "json": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Quay Gazette",
            "items": [
                {
                    "id": "lamp-1",
                    "url": URL,
                    "title": ENGLISH[1],
                    "content_html": BODY,
                    "date_published": "2024-06-18T19:20:00+01:00",
                    "authors": [{"name": ENGLISH[2]}],
                }
            ],
        }
    ).encode(),
}


@pytest.mark.parametrize("name", FEEDS)
def test_entry_of_a_feed_has_its_own_title_author_and_day(name: str) -> None:
    article = newsclean.convert(FEEDS[name])
    metadata = article.metadata
    assert (article.title, metadata.authors, (metadata.published or "")[:10]) == (
        ENGLISH[1],
        (ENGLISH[2],),
        "2024-06-18",
    )
    assert (metadata.source, metadata.site) == (URL, "Quay Gazette")
    assert [line for line in article.text.splitlines() if line] == list(ENGLISH[3])
    assert article.input.member == ("lamp-1" if name != "rdf" else URL)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda text: "\ufeff\n" + text, id="mark and line before"),
        pytest.param(lambda text: text.replace("Quay Gazette", "Quay&nbsp;Gazette", 1), id="entity of HTML"),
        pytest.param(lambda text: text.replace("Quay Gazette", "Quay & Gazette", 1), id="bare ampersand"),
        pytest.param(lambda text: text.replace("Quay Gazette", "Quay\x0b Gazette", 1), id="control character"),
        pytest.param(lambda text: text.replace("<guid>", "<a href='?a=1&b=2&amp;c=3'>x</a><guid>"), id="address"),
        pytest.param(lambda text: text[:-20], id="cut off behind the entry"),
    ],
)
def test_faults_of_a_feed_cost_no_text(fault: Callable[[str], str]) -> None:
    """In a document with a fault libxml2 drops every entity behind it, and with them all tags of escaped HTML."""
    feed = FEEDS["rss with escaped text"].decode().replace("<title>Keepers relight", "<title>Keepers &amp; relight")
    article = newsclean.convert(fault(feed).encode())
    assert [line for line in article.text.splitlines() if line] == list(ENGLISH[3])
    assert article.title == "Keepers & relight the old lamp"


def test_json_feed_is_told_though_its_version_comes_last() -> None:
    feed = json.loads(FEEDS["json"])
    feed["items"][0]["content_html"] += "<!-- -->" * 10_000
    feed["version"] = feed.pop("version")
    assert newsclean.convert(json.dumps(feed).encode()).title == ENGLISH[1]


def test_every_entry_is_one_and_those_without_text_are_named() -> None:
    items = [RSS_ITEM.replace("lamp-1", f"lamp-{n}") for n in range(3)]
    found = members(rss(*items, "<item><title>Nothing</title><guid>none</guid></item>"))
    assert [(member.name, member.left_out) for member in found] == [
        *((f"lamp-{n}", None) for n in range(3)),
        ("none", "has no text"),
    ]


def test_pictures_of_other_namespaces_are_no_text() -> None:
    media = '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="a.png">caption</media:content>'
    assert newsclean.convert(rss(RSS_ITEM.replace("<description>", f"{media}<description>"))).title == ENGLISH[1]


@pytest.mark.parametrize(
    "data",
    [
        b"<rss",
        b'<rss version="2.0">',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "b">]><rss>&a;</rss>',
        FEEDS["json"][:-20],
        FEEDS["json"].replace(b'"items"', b'"other"'),
    ],
)
def test_broken_feed_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        newsclean.convert(data)
    assert caught.value.remedy


@pytest.mark.parametrize("kind", ["rss", "en-export"])
def test_entities_unfold_nothing(kind: str) -> None:
    inner = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    subset = f'<!DOCTYPE {kind} [<!ENTITY a "{"x" * 99}">{inner}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    plain = (rss(RSS_ITEM) if kind == "rss" else enex()).decode()
    data = f'<?xml version="1.0"?>{subset}{plain[plain.index("<rss " if kind == "rss" else "<en-export>") :]}'
    data = data.replace("Keepers relight", "&i;&f; Keepers relight")
    start = time.process_time()
    try:
        markdown = newsclean.convert(data.encode()).markdown
    except InputError as error:
        markdown = str(error)
    assert "xxx" not in markdown
    assert "root:" not in markdown
    assert time.process_time() - start < 5


def enex(content: str = BODY, extra: str = "") -> bytes:
    note = f'<?xml version="1.0"?><!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd"><en-note>{content}</en-note>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export3.dtd">\n'
        f"<en-export><note><title>{ENGLISH[1]}</title><content><![CDATA[{note}]]></content><created>20240618T182000Z</created>"
        f"<note-attributes><author>{ENGLISH[2]}</author><source-url>{URL}</source-url></note-attributes>{extra}</note></en-export>"
    ).encode()


def test_note_is_a_page_with_its_address_author_and_day() -> None:
    article = newsclean.convert(enex())
    metadata = article.metadata
    assert (article.title, metadata.authors, metadata.source) == (ENGLISH[1], (ENGLISH[2],), URL)
    assert metadata.published == "2024-06-18T18:20:00+00:00"
    assert [line for line in article.text.splitlines() if line] == list(ENGLISH[3])


def test_note_brings_its_pictures_and_boxes() -> None:
    name = md5(PICTURE, usedforsecurity=False).hexdigest()
    data = base64.encodebytes(PICTURE).decode()
    resource = f'<resource><data encoding="base64">{data}</data><mime>image/png</mime></resource>'
    content = (
        f'{BODY}<en-media hash="{name}" type="image/png"/><p><en-todo checked="true"/>Lit</p><p><en-todo/>Paid</p>'
    )
    (member,) = members(enex(content, resource), pictures=True)
    assert member.pictures == {f"cid:{name}": PICTURE}
    assert member.data is not None
    text = member.data.decode()
    assert f'<img src="cid:{name}"' in text
    assert ("☑ Lit" in text, "☐ Paid" in text) == (True, True)


def test_export_that_is_cut_off_gives_its_whole_notes() -> None:
    data = enex()
    two = data.replace(b"</note></en-export>", b"</note>" + data[data.index(b"<note>") :])
    found = members(two[: len(data) + 200])
    assert [member.name for member in found][:1] == ["1"]


CHROME = (
    '<html><head><meta name="color-scheme" content="light dark"></head><body><div class="line-gutter-backdrop"></div>'
    "<table><tbody>{}</tbody></table></body></html>"
)
FIREFOX = (
    '<!DOCTYPE html><html><head><title>{}</title></head><body id="viewsource" class="highlight">'
    '<pre id="line1">{}</pre></body></html>'
)


def test_view_of_a_source_is_the_page_shown() -> None:
    lines = [
        f'<tr><td class="line-number" value="{number}"></td>'
        f'<td class="line-content"><span class="html-tag">{escape(line)}</span></td></tr>'
        for number, line in enumerate(html().splitlines())
    ]
    chrome = newsclean.convert(CHROME.format("".join(lines)).encode(), url=URL)
    assert facts(chrome) == expected()
    firefox = newsclean.convert(FIREFOX.format(URL, f"<span>{escape(html())}</span>").encode())
    assert facts(firefox) == expected()


def test_plain_pages_are_no_containers() -> None:
    for page in (html().encode(), b"<!-- <rss> -->" + html().encode(), html().replace("lamp", "&lt;rss&gt;").encode()):
        assert container_kind(page) is None
