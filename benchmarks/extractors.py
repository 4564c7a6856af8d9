"""Page bytes → Prediction, by newsclean's public door or by a peer. Peers are imported on first use (extra "bench")."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, TypeAlias

from benchmarks.scores import Prediction

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsclean.model import Options

Extractor: TypeAlias = "Callable[[bytes, str | None], Prediction]"

NEWSCLEAN = "newsclean"

PEERS = {
    "trafilatura": "trafilatura",
    "readability": "readability",
    "newspaper4k": "newspaper",
    "chromerag": "chromerag",
    "resiliparse": "resiliparse",
    "rs-trafilatura": "rs_trafilatura",
}
"""Peer → the module it needs."""

NAMES = (NEWSCLEAN, *PEERS, "everything")


def missing_peers() -> list[str]:
    """Return the peers that are not installed."""
    return [peer for peer, module in PEERS.items() if importlib.util.find_spec(module) is None]


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


def _everything() -> Extractor:
    etree = importlib.import_module("lxml.etree")

    def extract(data: bytes, _url: str | None) -> Prediction:
        return Prediction(_visible_text(etree, data.decode("utf-8", "replace")))

    return extract


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
