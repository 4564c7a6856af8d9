"""build's own check: what it finds, what it lets pass, and that the article carries it, with paths to cite by."""

from __future__ import annotations

import time

import pytest

import newsclean
from newsclean.build import build_checked, source_paths
from newsclean.build.lossless import LeftOut, check
from newsclean.document import Document, Paragraph, Text
from newsclean.page.html import parse_html
from tests.cases import Case, cases

CASES = [*cases("pages"), *cases("text"), *cases("readme")]
ONE, TWO, THREE = (f"The {name} paragraph of a story about the pier." for name in ("first", "second", "third"))


def found(*texts: str, left_out: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the warnings for a page of three paragraphs of which a document of these texts was made."""
    page = parse_html(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>")
    return check(
        page, [True] * 3, Document(tuple(Paragraph((Text(text),)) for text in texts)), LeftOut(list(left_out), [])
    )


def test_finds_nothing_where_all_text_stands_once_and_in_order() -> None:
    assert found(ONE, TWO, THREE) == ()


def test_finds_lost_text() -> None:
    assert found(ONE, THREE) == ('text lost: "Thesecondparagraphofastoryaboutthepier."',)


def test_lets_text_pass_that_was_left_out_on_purpose() -> None:
    assert found(ONE, THREE, left_out=(TWO,)) == ()


def test_finds_text_that_stands_twice() -> None:
    assert found(ONE, TWO, TWO, THREE) == ('text twice: "Thesecondparagraphofastoryaboutthepier."',)


def test_a_list_that_names_the_captions_to_come_stands_once() -> None:
    """A carousel's list says in other words what its slides are titled; the first slide has no title of its own."""
    names = [f"A name of some length for the {which} slide" for which in ("first", "second", "third")]
    items = "".join(f"<li>{name}</li>" for name in names)
    figures = "".join(f'<figure><img src="/{name}.jpg"><figcaption>{name}</figcaption></figure>' for name in names[1:])
    page = parse_html(f"<ol>{items}</ol><p>{ONE}</p>{figures}<p>{TWO}</p>")
    warnings = build_checked(page, [True] * len(page.blocks)).warnings
    assert warnings == ()


def test_finds_text_out_of_order() -> None:
    (warning,) = found(TWO, THREE, ONE)
    assert warning.startswith("text out of order: ")


def test_shortens_what_it_shows() -> None:
    page = parse_html("<p>" + "x" * 500 + "</p>")
    assert check(page, [True], Document(()), LeftOut([], [])) == (f'text lost: "{"x" * 60}…"',)


@pytest.mark.parametrize(
    "source",
    [
        '<p>Text.<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">Note. <a href="#r">↩</a></li></ol><p>More.</p>',
        "<p>Text.<sup>1</sup></p><p>More.</p><h2>Notes</h2><p><sup>1</sup> Note.</p>",
        '<p>Text<span class="sidenote">A note aside.</span> goes on.</p>',
        "<figure><img src='a.jpg'><figcaption>Pier. <span class='credit'>Ann</span></figcaption></figure><p>Pier.</p>",
        "<table class='lntable'><tr><td><pre><span class='lnt'>1\n</span></pre></td><td><pre>a</pre></td></tr></table>",
        "<p>So <math><mi>x</mi><mo>=</mo><mn>1</mn></math> and <span data-tex='y'>why</span>.</p>",
        (
            "<p>Text.<sup><a href='#cite_note-1'>1</a></sup></p><ol>"
            "<li id='cite_note-1'><a href='#cite_ref-1'>^</a> <cite>“<a href='/a'>First work</a>”. Press</cite></li>"
            "<li><a href='#cite_ref-2'>^</a> “The second work, which nothing refers to”. Press.</li></ol>"
        ),
        "<h2>Part<a class='headerlink' href='#part'>¶</a></h2><p>so\u00adft</p>",
        "<table><caption>Heights</caption><tr><th>a</th><td>b</td></tr><tr><th>c</th><td>d</td></tr></table>",
    ],
)
def test_lets_pass_what_build_moves_or_leaves_out(source: str) -> None:
    page = parse_html(source)
    assert build_checked(page, [bool(block.text or block.media) for block in page.blocks]).warnings == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_loses_nothing_of_any_fixture(case: Case) -> None:
    assert [warning for warning in case.convert().warnings if warning.startswith("text ")] == []


def test_paths_lead_to_the_elements_of_the_page() -> None:
    source = f"<main><h1>Pier</h1><div><p>{ONE}</p><p>{TWO}</p></div><ul><li>{THREE}</li></ul></main>"
    article = newsclean.convert(f"<html><body>{source}</body></html>")
    root = parse_html(f"<html><body>{source}</body></html>").root
    elements = {root.getroottree().getpath(element): element for element in root.iter()}
    blocks = article.to_dict()["blocks"]
    for block in blocks:
        inside = "".join(str(part) for part in elements[block["path"]].itertext())
        assert block["text"].removeprefix("- ") == inside
    assert [block["path"] for block in blocks][:2] == [f"/html/body/main/div/p[{n}]" for n in (1, 2)]


def test_paths_are_those_of_lxml() -> None:
    page = parse_html(
        "<main>a<p>b</p><x:y>c</x:y><i>d</i><div>e<div>f</div></div><p>g<b><div>h</div></b></p><p>i</main>"
    )
    tree = page.root.getroottree()
    paths = build_checked(page, [True] * len(page.blocks)).paths
    assert paths == {block.number: tree.getpath(page.nodes[block.node].element) for block in page.blocks}
    assert len(paths) == 9


@pytest.mark.torture
def test_paths_among_many_siblings_take_linear_time() -> None:
    page = parse_html(f"<p>{ONE}</p>" * 60_000)
    start = time.process_time()
    paths = source_paths(page, [True] * len(page.blocks))
    assert time.process_time() - start < 5
    assert paths[59_999] == "/html/body/p[60000]"


def test_blocks_of_flattened_text_have_no_path() -> None:
    article = newsclean.convert(f"Pier\n\n{ONE} {TWO}\n\n{THREE} {ONE}\n")
    assert {block["path"] for block in article.to_dict()["blocks"]} == {None}


def test_deeply_nested_blocks_have_no_path() -> None:
    page = parse_html("<div>" * 300 + f"<p>{ONE}</p>")
    assert build_checked(page, [True]).paths == {}
