"""Hostile markup in what is built and written: formulas that are HTML, elements nested without end, bidi controls."""

from __future__ import annotations

import json
import pickle
import re
from typing import Any

import pytest

from newsclean import Article, convert
from newsclean.build import build
from newsclean.build.lossless import LeftOut, check
from newsclean.document import Code, Document, Embed, Figure, Footnote, FootnoteReference, Math, Paragraph, Quote, Text
from newsclean.explain.outline import outline
from newsclean.model import Metadata
from newsclean.page.html import parse_html
from newsclean.render.html import render_html
from newsclean.render.json import document_blocks
from newsclean.render.markdown import render_markdown
from newsclean.render.safe import MAX_ADDRESS, link_address
from tests.hostile.danger import rendered
from tests.pages import article_page
from tests.roundtrip import expected_form, markdown_form

LIVE_RE = re.compile(r"(?<!\\)<(?:script|img|svg|!--|/)", re.I)
SCRIPT = "&lt;script&gt;alert(1)&lt;/script&gt;"
IMAGE = "x&lt;img src=x onerror=alert(2)&gt;"


def convert_body(body: str) -> Article:
    return convert(article_page(body))


@pytest.mark.parametrize("display", ["", ' display="block"'])
@pytest.mark.parametrize(
    "formula",
    [
        '<math{d} alttext="{s}"><mi>y</mi></math>',
        '<math{d}><semantics><mi>y</mi><annotation encoding="application/x-tex">{s}</annotation></semantics></math>',
        "<math{d}><msup><mtext>{s}</mtext><mn>2</mn></msup></math>",
        '<img class="latex" alt="{s}" src="/x.png">',
        '<img src="https://latex.codecogs.com/svg.latex?%3Cscript%3Ealert(1)%3C/script%3E">',
        '<span data-math="{s}">y</span>',
        '<script type="math/tex">x^2 <script</script>',
    ],
)
@pytest.mark.parametrize("latex", [SCRIPT, IMAGE, "a&lt;!-- b", "a &lt;/td>"])
def test_a_formula_carries_no_live_html(formula: str, display: str, latex: str) -> None:
    element = formula.format(d=display, s=latex)
    for body in (f"<p>A formula {element} stood there on the wall.</p>", f"<p>{element}</p>"):
        article = convert_body(body)
        assert not LIVE_RE.search(article.markdown)
        assert not LIVE_RE.search(str(article.to_dict()["content_markdown"]))


def test_a_formula_is_the_same_but_for_a_space_behind_its_less_than_sign() -> None:
    document = Document((Paragraph((Text("so "), Math("a<b<1"))), Math("x<y", display=True)))
    assert render_markdown(document, Metadata(), front_matter="none") == "so $a< b<1$\n\n$$\nx< y\n$$\n"


def test_a_formula_is_no_link_to_readers_without_formulas() -> None:
    document = Document((Paragraph((Text("so "), Math("[a](javascript:x)"))),))
    assert render_markdown(document, Metadata(), front_matter="none") == "so $[a] (javascript:x)$\n"


@pytest.mark.parametrize("note", ["javascript:alert(1)", "javascript:alert(1) (one)", 'data:text/html,x "y"'])
def test_a_footnote_is_no_address_to_readers_without_footnotes(note: str) -> None:
    body = (Paragraph((Text("so"), FootnoteReference("1"))), Footnote("1", (Paragraph((Text(note),)),)))
    source = render_markdown(Document(body), Metadata(), front_matter="none")
    assert "<a" not in rendered(source)
    assert markdown_form(source) == expected_form(Document(body))


def test_text_with_control_characters_can_be_mended() -> None:
    head = "<style>.x{display:block}</style>"
    body = "<p>one<span class='x'>two</span>\x01three\x0cfour<span class='x'>five</span>\x0csix</p>"
    article = convert(article_page(body, head=head).encode())
    assert "three four" in article.text


NESTED = ["q", "b", "sub", "a href='/x'", "span", "font", "code", "cite", "ruby", "mark", "li", "ul><li", "blockquote"]


@pytest.mark.parametrize(
    "tag", [*NESTED, "dl><dd", "table><tr><td", "figure", "details", "div class='note admonition'"]
)
def test_a_document_of_500_nested_elements_pickles(tag: str) -> None:
    page = parse_html(f"<html><body><p>Before.</p>{f'<{tag}>' * 500}deep inside</body></html>")
    document = build(page, [True] * len(page.blocks))
    assert pickle.loads(pickle.dumps(document)) == document
    for output in (render_markdown(document, Metadata()), render_html(document, Metadata())):
        assert "deep inside" in output
    assert "deep inside" in json.dumps(document_blocks(document))


def test_a_formula_may_have_elements_with_names_that_xml_forbids() -> None:
    assert "A formula" in convert_body("<p>A formula <math><m<x><mi>y</mi></m<x></math> stood there.</p>").markdown


ODD = "a\u202eb\x1b]0;t\x07c\x7f"


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def test_the_text_of_a_verdict_has_no_control_characters() -> None:
    article = convert_body("<p>The gull \x9b31m sat \u202eon\ufffe the &#155;pier&#8238; for nine years.</p>")
    assert all(verdict.text.replace("\t", " ").isprintable() for verdict in article.verdicts)


def test_no_warning_or_outline_has_control_characters() -> None:
    formula = '<math alttext="&#27;[31mx"><mi>y</mi></math>'
    article = convert_body(f"<p>{formula}</p><p>x</p><img src='/a.jpg' alt='&#155;31m\u202ea gull'>")
    assert all(entry.text.isprintable() for entry in outline(article.document))
    kept = (True,)
    page = parse_html("<p>The gull \x1b]0;x\x07 sat on the pier for nine years.</p>")
    warnings = check(page, kept, Document(()), LeftOut([], []))
    assert warnings
    assert all(warning.isprintable() for warning in warnings)


def test_a_page_of_too_many_blocks_is_read_as_far_as_any_page_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("newsclean.page.html.MAX_BLOCKS", "newsclean.pipeline.MAX_BLOCKS"):
        monkeypatch.setattr(place, 30)
    article = convert_body("".join(f"<h2>Part {n}</h2><p>The gull sat on pier {n} all day.</p>" for n in range(50)))
    assert len(article.verdicts) == 30
    assert "more than 30 blocks" in article.warnings[0]
    assert not any("blocks" in warning for warning in convert_body("").warnings)


def test_no_path_has_control_characters() -> None:
    article = convert_body("<p>The gull sat.</p><gu\x02ll\x01>It sat on the pier for all of nine years.</gu\x02ll\x01>")
    assert all(path.isprintable() for path in article.paths.values())


def test_an_address_that_no_server_takes_is_none() -> None:
    assert link_address("/" + "a" * (MAX_ADDRESS - 1))
    assert link_address("/" + "a" * MAX_ADDRESS) is None


@pytest.mark.parametrize("address", ["%6aavascript:alert(1)", "Страница:1", "java\u200bscript:x"])
def test_a_relative_address_cannot_be_taken_for_one_with_a_scheme(address: str) -> None:
    shown = link_address(address)
    assert shown is not None
    assert shown.startswith("./")


def test_no_output_has_control_characters_or_bidi_controls() -> None:
    quote = Quote((Paragraph((Text(ODD),)),), ODD, (Text(ODD),))
    figure = Figure((), (Text(ODD),), ODD)
    blocks = (
        Code(ODD, ODD),
        quote,
        figure,
        Embed("https://a.example/", ODD),
        Footnote(ODD, (Paragraph((Text(ODD),)),)),
    )
    document, metadata = Document(blocks), Metadata(title=ODD, authors=(ODD,), language=ODD, published=ODD)
    outputs = [
        render_markdown(document, metadata),
        render_html(document, metadata),
        *strings(document_blocks(document)),
    ]
    assert all(char.isprintable() or char == "\n" for output in outputs for char in output)
