"""benchmarks.structure: what counts as the same structure, what does not, and how it is summed up. Invented data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("rapidfuzz", reason="the structure benchmark needs rapidfuzz")

from benchmarks import structure
from benchmarks.elements import KINDS, Elements, html_elements, last_step, markdown_elements
from benchmarks.oracle import gold_blocks

if TYPE_CHECKING:
    from pathlib import Path

MARKDOWN = """## Tides

A [chart](https://example.org/charts/tides?year=3) of *spring* tides.[^1]

1. Flood
2. Ebb
   - slack

| Port | Height |
| --- | --- |
| Ostwick | 3 m |

> High water
> at noon.

```python
x = 1
```

![](https://cdn.example.org/img/buoy.jpg?w=640)

[^1]: By the almanac.
"""
HTML = """<h2>Tides</h2>
<p>A <a href="charts/tides?year=3" title="t">chart</a> of <i>spring</i>  tides.<sup><a href="#fn1">[1]</a></sup></p>
<ol><li><p>Flood</p></li><li>Ebb<ul><li>slack</li></ul></li></ol>
<table><tr><th><b>Port</b></th><th>Height</th></tr><tr><td>Ostwick</td><td>3 m</td></tr></table>
<blockquote><p>High water at noon.</p></blockquote>
<pre><code class="language-python">x = 1
</code></pre>
<p><img src="/img/buoy.jpg" alt="A buoy"></p>
<ol><li id="fn1">By the almanac. <a href="#fnref1">↩</a></li></ol>"""


def found(elements: Elements, kind: str) -> list[tuple[str, ...]]:
    return sorted(elements.found[kind].elements())


def test_markdown_and_html_of_the_same_page_have_the_same_elements() -> None:
    score = structure.compare(html_elements(HTML), markdown_elements(MARKDOWN))
    assert {kind: score.f1(kind) for kind in KINDS} == dict.fromkeys(KINDS, 1.0)
    assert all(score.wanted[kind] for kind in KINDS if kind not in ("embeds",))
    assert score.recall("words") == 1.0


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("headings", ("## Tides", "### Tides")),
        ("items", ("2. Ebb", "\nEbb\n")),
        ("cells", ("3 m", "3 m high")),
        ("code", ("x = 1", " x = 1")),
        ("quotes", ("> at noon", "> at night")),
        ("links", ("year=3", "year=4")),
        ("images", ("buoy.jpg", "lamp.jpg")),
        ("emphasis", ("*spring*", "**spring**")),
        ("footnotes", ("tides.[^1]", "tides.")),
        ("languages", ("```python", "```ruby")),
    ],
)
def test_each_kind_notices_its_own_change(kind: str, changed: tuple[str, str]) -> None:
    other = MARKDOWN.replace(*changed)
    assert other != MARKDOWN
    assert structure.compare(markdown_elements(MARKDOWN), markdown_elements(other)).f1(kind) < 1


def test_callout_lines_are_quotes_without_their_marker() -> None:
    ours = markdown_elements("> [!NOTE]\n> **Heed**\n>\n> The tide.\n")
    theirs = markdown_elements("> [!note] Heed\n> The tide.\n")
    assert found(ours, "quotes") == found(theirs, "quotes") == [("Heed",), ("The tide.",)]


def test_caption_under_a_picture_is_no_emphasis() -> None:
    assert not markdown_elements("![](a.jpg)\n*The pier.*\n").found["emphasis"]
    assert markdown_elements("![](a.jpg)\nAnd *more* text.\n").found["emphasis"]


def test_players_count_as_embeds_in_every_form() -> None:
    forms = (
        "[Film](https://www.youtube.com/watch?v=abc123XYZ)",
        "![](https://www.youtube.com/watch?v=abc123XYZ)",
        '<iframe src="https://www.youtube-nocookie.com/embed/abc123XYZ"></iframe>',
    )
    assert [found(markdown_elements(form), "embeds") for form in forms] == [[("abc123XYZ",)]] * 3


def test_comments_are_not_part_of_the_body() -> None:
    assert markdown_elements("Body.\n\n---\n\n## Comments\n\n> A reply.\n").words == ("body",)


@pytest.mark.parametrize(
    ("address", "step"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a/b.html", "b"),
        ("../b.html", "b"),
        ("/a/%C3%A9t%C3%A9?x=%20", "été?x= "),
    ],
)
def test_addresses_are_compared_by_their_last_step(address: str, step: str) -> None:
    assert last_step(address) == step


def test_words_out_of_order_lower_the_share() -> None:
    score = structure.compare(markdown_elements("one two three four"), markdown_elements("three four one two"))
    assert score.recall("words") == 0.5


def test_oracle_keeps_the_blocks_of_the_gold_alone() -> None:
    gold = "tides are high the harbour master said yesterday slack".split()
    texts = ["Home", "", "Tides are high", "Read the news", "the harbour master said yesterday.", "slack", "tides"]
    assert gold_blocks(texts, gold) == [False, False, True, False, True, True, False]


def test_run_prints_scores_and_differences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "defuddle-dev"
    (corpus / "pages").mkdir(parents=True)
    sentence = "The harbour master keeps a log of every tide, and every ship that waits for one, since 1874."
    body = f"<p>{sentence}</p><h2>Log</h2><p>{sentence.replace('every', 'each')}</p>"
    (corpus / "pages" / "log.html").write_text(f"<title>T</title><article>{body}</article>", "utf-8")
    markdown = f"{sentence}\n\n### Log\n\n{sentence.replace('every', 'each')}\n"
    (corpus / "gold.jsonl").write_text(json.dumps({"id": "log", "markdown": markdown}) + "\n", "utf-8")
    report = tmp_path / "report.json"
    arguments = ["--corpora", str(tmp_path), "--corpus", "defuddle-dev", "--jobs", "1", "--worst", "3"]
    assert structure.main([*arguments, "--json", str(report)]) == 0
    printed = capsys.readouterr().out
    assert "in gold order 1.000" in printed
    assert "headings missing (1)\n    '3 | Log'" in printed
    assert json.loads(report.read_text("utf-8"))[0]["chosen"]["wanted"]["headings"] == 1


@pytest.mark.parametrize(
    ("kind", "gold", "ours"),
    [
        (
            "footnotes",
            '<p>A<sup><a href="#fn-4">4</a></sup>, B<sup><a href="#fn-4">4</a></sup>.</p>',
            "A[^4], B[^4].\n\n[^4]: N.",
        ),
        ("items", '<ul><li>^ <a href="#cite_ref-1"><sup>a</sup></a> King, p. 1.</li></ul>', "- King, p. 1."),
        ("items", '<ul><li><a href="#CITEREFKing2003">King 2003</a>, p. 1.</li></ul>', "- King 2003, p. 1."),
        ("items", "<ul><li>He <q>named</q> it.</li></ul>", "- He “named” it."),
        ("items", '<ul><li>1 <a href="#a">A</a></li><li><a href="#b">B</a></li><li>C</li></ul>', "- 1 A\n- C"),
        ("emphasis", "<dl><dt>Term</dt><dd>What it is.</dd></dl>", "**Term**\n: What it is."),
        ("emphasis", "<table><tr><th><em>Row</em></th><td>1</td></tr></table>", "| *Row* | 1 |\n| --- | --- |"),
        ("quotes", "<blockquote><p>[!info] Note</p><p>Water.</p></blockquote>", "> [!NOTE]\n> Water."),
    ],
)
def test_what_renderers_add_or_lose_is_no_difference(kind: str, gold: str, ours: str) -> None:
    assert html_elements(gold).found[kind] == markdown_elements(ours).found[kind]
