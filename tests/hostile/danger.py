"""What no output may hold, whoever reads it: live HTML, addresses that run, controls of a terminal, hidden text."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import nh3
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from newsclean.article import schema
from newsclean.cli.explain import show_explanation
from newsclean.explain.facts import explanation
from newsclean.explain.report import render_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsclean import Article

# Controls of a terminal, of a text's direction, and halves of characters: "\x1b", "\u202e", "\ud800".
CONTROL_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

TAGS = frozenset(
    "a article aside b blockquote br caption cite code dd del details div dl dt em figcaption figure footer h1 h2 h3 h4"
    " h5 h6 header hr i img input ins kbd li mark math ol p pre q s section small span strong sub summary sup table"
    " tbody td tfoot th thead time tr u ul".split()
)
ATTRIBUTES = frozenset(
    "align alt checked class cite colspan datetime dir disabled href id lang role rowspan scope src start title type"
    " value width height data-callout data-latex".split()
)
ADDRESSES = frozenset("href src cite".split())
SCHEME_RE = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
HARMLESS_RE = re.compile(r"(?:https?:|mailto:|tel:|data:image/(?:jpe?g|pjpeg|png|webp|avif|gif|bmp);base64,)", re.I)
FRONT_MATTER = frozenset("title author published modified source site description language tags word_count".split())
RUNNING_RE = re.compile(r"\W*(?:javascript|vbscript|livescript|mocha|data)\s*:", re.I)
REPORT_TAGS = TAGS | frozenset(
    "body button dialog fieldset form head html input label legend main meta meter nav option output script select"
    " style title".split()
)
VALIDATOR = Draft202012Validator(schema())


class Elements(HTMLParser):
    """Collects what is alive in HTML as a browser would tokenize it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"comment {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.strange.append(f"declaration {decl[:40]!r}")

    def handle_pi(self, data: str) -> None:
        self.strange.append(f"instruction {data[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        self.strange.append(f"section {data[:40]!r}")


def runs(address: str) -> bool:
    """Return whether an address has a scheme that is not harmless, also to a reader that decodes it first."""
    read = re.sub(r"[^!-~]", "", unicodedata.normalize("NFKC", unquote(address)))
    scheme = SCHEME_RE.match(read)
    return bool(scheme and not HARMLESS_RE.match(read))


def elements(html: str) -> Elements:
    """Return what is alive in HTML."""
    parser = Elements()
    parser.feed(html)
    parser.close()
    return parser


def html_dangers(html: str, tags: frozenset[str] = TAGS) -> Iterator[str]:
    """Yield what HTML holds that is not known to be harmless."""
    parser = elements(html)
    yield from parser.strange
    for tag, attributes in parser.found:
        if tag not in tags:
            yield f"element {tag!r}"
        for name, value in attributes.items():
            aligned = name == "style" and value in ("text-align:left", "text-align:center", "text-align:right")
            if name.startswith("on") or (tags is TAGS and name not in ATTRIBUTES and not aligned):
                yield f"attribute {name!r} of {tag!r}"
            if name in ADDRESSES and runs(value):
                yield f"address {value[:60]!r}"


def second_opinion(html: str) -> Iterator[str]:
    """Yield where an HTML5 parser with an allow-list of its own takes out what `html_dangers` let pass."""
    attributes = {tag: set(ATTRIBUTES) - ({"start"} if tag != "ol" else set()) for tag in TAGS}
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
        clean_content_tags=set(),
    )
    ours, theirs = ([tag for tag, _ in elements(text).found if tag != "tbody"] for text in (html, cleaned))
    if sorted(ours) != sorted(theirs):
        yield f"nh3 reads other elements: {sorted(set(ours) ^ set(theirs)) or (len(ours), len(theirs))}"


class _Trusting(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the reader's name
        return bool(url)


def rendered(markdown: str) -> str:
    """Return Markdown as HTML by a reader that lets all HTML and every address through."""
    return str(_Trusting("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a JSON value, keys too."""
    stack = [value]
    while stack:
        found = stack.pop()
        if isinstance(found, str):
            yield found
        elif isinstance(found, dict):
            stack += [*found.keys(), *found.values()]
        elif isinstance(found, list):
            stack += found


def control_dangers(text: str) -> Iterator[str]:
    """Yield the first character that a terminal or a reader would obey."""
    match = CONTROL_RE.search(text)
    if match:
        yield f"control {match[0]!r} in {text[max(match.start() - 20, 0) : match.end() + 20]!r}"


def front_matter_dangers(article: Article) -> Iterator[str]:
    """Yield lines of the front matter that no key of newsclean begins."""
    if not article.markdown.startswith("---\n"):
        return
    head = article.markdown[4:].partition("\n---\n")[0]
    for line in head.split("\n"):
        if not _is_field(line):
            yield f"front matter {line[:60]!r}"


def _is_field(line: str) -> bool:
    key, _, value = line.partition(": ")
    if key not in FRONT_MATTER:
        return False
    if value[:1] in ('"', "["):
        found = json.loads(value)
        return all(isinstance(text, str) for text in (found if isinstance(found, list) else [found]))
    return bool(re.fullmatch(r"[0-9A-Za-z.:+-]+", value))


def json_dangers(article: Article) -> Iterator[str]:
    """Yield what is wrong with the JSON object, and what its texts hold."""
    for indent in (2, None):
        source = article.to_json(indent=indent, verdicts=True)
        source.encode("utf-8")
        data = json.loads(source, parse_constant=lambda name: f"constant {name}\x00")
        for text in texts(data):
            yield from control_dangers(text)
    if error := next(VALIDATOR.iter_errors(data), None):
        yield f"schema: {error.message[:80]}"
    for address in _addresses(data):
        if runs(address):
            yield f"address {address[:60]!r} in JSON"


def _addresses(data: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of a JSON object; a license may be a text, a source the file that a page was saved from."""
    yield from (data[name].removeprefix("file:") for name in ("source", "canonical_url") if data[name])
    if data["license"] and RUNNING_RE.match(data["license"]):
        yield data["license"]
    if data["image"]:
        yield data["image"]["url"]
    stack = list(data["blocks"])
    while stack:
        block = stack.pop()
        yield from (image["src"] for image in block.get("images", ()) if image["src"])
        if block.get("href"):
            yield block["href"]
        stack += [inner for item in block.get("items", ()) for inner in item.get("blocks", ())]


def report_dangers(article: Article) -> Iterator[str]:
    """Yield what the HTML report holds that is not its own."""
    html = render_report(article)
    yield from html_dangers(html, REPORT_TAGS)
    scripts = [tag for tag, _ in elements(html).found if tag == "script"]
    if len(scripts) != 1:
        yield f"report with {len(scripts)} scripts"
    yield from control_dangers(html)


def terminal_dangers(article: Article) -> Iterator[str]:
    """Yield what the explanation on a terminal holds that is no text."""
    told = io.StringIO()
    show_explanation(article, told)
    yield from control_dangers(told.getvalue())
    for text in texts(json.loads(json.dumps(explanation(article)))):
        yield from control_dangers(text)


def outputs_dangers(article: Article) -> list[str]:
    """Return what is dangerous in Markdown, HTML and plain text, with where it stands."""
    shown = article.html
    body = article.markdown.partition("\n---\n")[2] if article.markdown.startswith("---\n") else article.markdown
    return _told(
        {
            "Markdown": (*control_dangers(article.markdown), *html_dangers(rendered(body))),
            "front matter": front_matter_dangers(article),
            "HTML": (*control_dangers(shown), *html_dangers(shown), *second_opinion(shown)),
            "text": control_dangers(article.text),
        }
    )


def dangers(article: Article) -> list[str]:
    """Return everything dangerous in all outputs of an article."""
    explained = {"report": report_dangers(article), "terminal": terminal_dangers(article)}
    return outputs_dangers(article) + _told({"JSON": json_dangers(article), **explained})


def _told(checks: Mapping[str, Iterable[str]]) -> list[str]:
    return [f"{where}: {what}" for where, found in checks.items() for what in found]
