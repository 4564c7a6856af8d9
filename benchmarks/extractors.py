"""Page bytes → Prediction, or the elements of its structure, by newsclean's public door or by a peer.

Peers are imported on first use (extra "bench").
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, TypeAlias

from benchmarks import defuddle
from benchmarks.elements import Elements, html_elements, markdown_elements
from benchmarks.scores import Prediction

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.model import Options

Extractor: TypeAlias = "Callable[[bytes, str | None], Prediction]"
Structure: TypeAlias = "Callable[[bytes, str | None], Elements]"

NEWSCLEAN = "newsclean"
DEFUDDLE = "defuddle"

PEERS = {
    "trafilatura": "trafilatura",
    "readability": "readability",
    "newspaper4k": "newspaper",
    "chromerag": "chromerag",
    "resiliparse": "resiliparse",
    "rs-trafilatura": "rs_trafilatura",
    DEFUDDLE: "",
}
"""Peer → the module it needs; defuddle needs Node."""

NAMES = (NEWSCLEAN, *PEERS, "everything")


def missing_peers() -> list[str]:
    """Return the peers that are not installed."""
    absent = [peer for peer, module in PEERS.items() if module and importlib.util.find_spec(module) is None]
    return absent if defuddle.is_here() or DEFUDDLE not in PEERS else [*absent, DEFUDDLE]


def extractor(name: str, options: Options | None = None) -> Extractor:
    """Return the extractor of a name; `options` are newsclean's own."""
    if name == NEWSCLEAN:
        return _newsclean(options)
    makers = {
        "trafilatura": _trafilatura,
        "readability": _readability,
        "newspaper4k": _newspaper,
        "chromerag": _chromerag,
        "resiliparse": _resiliparse,
        "rs-trafilatura": _rs_trafilatura,
        DEFUDDLE: _defuddle,
        "everything": _everything,
    }
    return makers[name]()


def _newsclean(options: Options | None) -> Extractor:
    newsclean = importlib.import_module("newsclean")
    errors = importlib.import_module("newsclean.errors")
    chosen = options or newsclean.Options()

    def extract(data: bytes, url: str | None) -> Prediction:
        try:
            article = newsclean.convert(data, url=url, options=chosen)
        except errors.NoArticleError:
            return Prediction()
        _ = article.markdown  # the main job: what it costs and whether it fails belongs to the measurement
        metadata = article.metadata
        return Prediction(
            article.text, metadata.title, tuple(metadata.authors), metadata.published, article.confidence.score
        )

    return extract


def _trafilatura() -> Extractor:
    trafilatura = importlib.import_module("trafilatura")

    def extract(data: bytes, url: str | None) -> Prediction:
        found = trafilatura.bare_extraction(data, url=url, with_metadata=True)
        if found is None:
            return Prediction()
        authors = tuple(part for part in (found.author or "").split("; ") if part)
        return Prediction(found.text or "", found.title, authors, found.date)

    return extract


def _readability() -> Extractor:
    readability = importlib.import_module("readability")
    etree = importlib.import_module("lxml.etree")

    def extract(data: bytes, url: str | None) -> Prediction:
        document = readability.Document(data, url=url)
        try:
            summary = document.summary(html_partial=True)
        except readability.readability.Unparseable:
            return Prediction()
        return Prediction(_visible_text(etree, summary), document.short_title())

    return extract


def _newspaper() -> Extractor:
    newspaper = importlib.import_module("newspaper")

    def extract(data: bytes, url: str | None) -> Prediction:
        article = newspaper.Article(url=url or "http://page.example/", fetch_images=False)
        article.download(input_html=data.decode("utf-8", "replace"))
        article.parse()
        date = article.publish_date
        return Prediction(
            article.text, article.title, tuple(article.authors), date.date().isoformat() if date else None
        )

    return extract


def _chromerag() -> Extractor:
    tool = importlib.import_module("chromerag").ChromeRAG()
    parse = importlib.import_module("markdown_it").MarkdownIt().render
    etree = importlib.import_module("lxml.etree")

    def extract(data: bytes, url: str | None) -> Prediction:
        return Prediction(_visible_text(etree, parse(tool.extract(data.decode("utf-8", "replace"), url).markdown)))

    return extract


def _resiliparse() -> Extractor:
    extract_plain_text = importlib.import_module("resiliparse.extract.html2text").extract_plain_text

    def extract(data: bytes, _url: str | None) -> Prediction:
        return Prediction(extract_plain_text(data.decode("utf-8", "replace"), main_content=True, alt_texts=False))

    return extract


def _rs_trafilatura() -> Extractor:
    tool = importlib.import_module("rs_trafilatura")

    def extract(data: bytes, url: str | None) -> Prediction:
        found = tool.extract(data.decode("utf-8", "replace"), url=url)
        authors = tuple(part for part in (found.author or "").split("; ") if part)
        return Prediction(found.main_content or "", found.title, authors, found.date)

    return extract


def _defuddle() -> Extractor:
    etree = importlib.import_module("lxml.etree")
    tool = defuddle.Defuddle()

    def extract(data: bytes, url: str | None) -> Prediction:
        found = tool.parse(data.decode("utf-8", "replace"), url)
        authors = tuple(part.strip() for part in (found["author"] or "").split(",") if part.strip())
        text = _visible_text(etree, found["content"] or "")
        return Prediction(text, found["title"], authors, found["published"] or None, seconds=found["seconds"])

    return extract


def _everything() -> Extractor:
    etree = importlib.import_module("lxml.etree")

    def extract(data: bytes, _url: str | None) -> Prediction:
        return Prediction(_visible_text(etree, data.decode("utf-8", "replace")))

    return extract


def structure(name: str) -> Structure | None:
    """Return what gives the elements of an extractor's richest output, or None where it has only text."""
    makers: dict[str, Callable[[], Structure]] = {
        NEWSCLEAN: _newsclean_structure,
        "trafilatura": _trafilatura_structure,
        "readability": _readability_structure,
        "newspaper4k": _newspaper_structure,
        "chromerag": _chromerag_structure,
        "resiliparse": _resiliparse_structure,
        DEFUDDLE: _defuddle_structure,
    }
    return makers[name]() if name in makers else None


def _newsclean_structure() -> Structure:
    newsclean = importlib.import_module("newsclean")
    options = newsclean.Options(front_matter="none")
    return lambda data, url: markdown_elements(newsclean.convert(data, url=url, options=options).markdown)


def _trafilatura_structure() -> Structure:
    extract = importlib.import_module("trafilatura").extract
    wanted = {"include_formatting": True, "include_links": True, "include_images": True, "include_comments": False}
    return lambda data, url: markdown_elements(extract(data, url=url, output_format="markdown", **wanted) or "")


def _readability_structure() -> Structure:
    document = importlib.import_module("readability").Document
    return lambda data, url: html_elements(document(data, url=url).summary(html_partial=True))


def _newspaper_structure() -> Structure:
    newspaper = importlib.import_module("newspaper")

    def elements(data: bytes, url: str | None) -> Elements:
        article = newspaper.Article(url=url or "http://page.example/", fetch_images=False)
        article.download(input_html=data.decode("utf-8", "replace"))
        article.parse()
        return html_elements(article.article_html or "<p/>")

    return elements


def _chromerag_structure() -> Structure:
    tool = importlib.import_module("chromerag").ChromeRAG()
    return lambda data, url: markdown_elements(tool.extract(data.decode("utf-8", "replace"), url).markdown)


def _resiliparse_structure() -> Structure:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    wanted = {"preserve_formatting": "minimal_html", "main_content": True, "links": True}
    return lambda data, _url: html_elements(extract(data.decode("utf-8", "replace"), **wanted) or "<p/>")


def _defuddle_structure() -> Structure:
    tool = defuddle.Defuddle()
    return lambda data, url: html_elements(tool.parse(data.decode("utf-8", "replace"), url)["content"] or "<p/>")


def _visible_text(etree: object, source: str) -> str:
    """Return all text of an HTML source outside scripts and styles; a source without markup comes back as it is."""
    if "<" not in source:
        return source
    library = etree
    parser = library.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)  # type: ignore[attr-defined]
    root = library.fromstring(source.encode("utf-8", "replace") or b"<p/>", parser)  # type: ignore[attr-defined]
    if root is None:
        return ""
    hidden = "ancestor::script or ancestor::style or ancestor::head"
    return " ".join(str(text) for text in root.xpath(f"//text()[not({hidden})]"))
