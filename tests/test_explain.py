"""What is said of an article's verdicts: facts, outline, JSON object, HTML report, and the list of what went."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

import newsclean
from newsclean.document import Document, Heading, Paragraph
from newsclean.explain.facts import certainties, counts, explanation, facts, is_doubtful
from newsclean.explain.outline import built, outline
from newsclean.explain.removed import removed_json, removed_markdown, serialize_removed
from newsclean.explain.report import render_report
from newsclean.model import Metadata
from tests.cases import FIXTURES
from tests.explained import DOCUMENT, HOSTILE, METADATA, VERDICTS, explained, hostile, text_of, unread

if TYPE_CHECKING:
    from newsclean.article import Article


class Elements(HTMLParser):
    """Collects the elements of a document: (name, attributes), and what stands in scripts and styles."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self._inside = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser's signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw[self._inside] = self.raw.get(self._inside, "") + data

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def test_facts_are_the_known_fields_with_their_sources() -> None:
    found = {fact.field: (fact.value, fact.found_in) for fact in facts(METADATA)}
    assert found["title"] == ("Ferry still out", "h1")
    assert found["authors"] == ("Mara Ellison, Oda Brandt", "byline")
    assert found["image"] == ("https://courier.example/ferry.jpg", None)
    assert found["paywalled"] == ("no", None)
    assert "site" not in found
    assert facts(Metadata()) == ()


def test_counts_words_and_blocks() -> None:
    total = counts(VERDICTS)
    assert (total.kept, total.dropped) == (5, 4)
    assert (total.words_kept, total.words) == (17, 34)
    assert total.share == 0.5
    assert counts(()).share == 0.0


def test_verdicts_near_the_cut_are_doubtful_and_others_are_not() -> None:
    doubtful = [v.block for v, sure in zip(VERDICTS, certainties(explained()), strict=True) if is_doubtful(sure)]
    assert doubtful == [4, 7]


def test_certainty_is_measured_from_the_cut_that_the_voter_made() -> None:
    article = newsclean.convert((FIXTURES / "pages/standfirst/dek-in-the-header/page.html").read_bytes())
    assert article.cut is not None and article.kind == "article"
    assert article.to_dict()["extractor"]["cut"] == explanation(article)["extractor"]["cut"] == article.cut
    scored = [(v, sure) for v, sure in zip(article.verdicts, certainties(article), strict=True) if sure is not None]
    assert all((v.score or 0.0) >= article.cut for v, sure in scored if v.kept)
    assert max(sure for v, sure in scored if v.score == max(v.score or 0.0 for v, _ in scored)) < 1.0


def test_certainty_is_none_where_a_rule_or_no_score_decided() -> None:
    found = certainties(explained())
    assert [found[block] for block in (1, 3, 8)] == [None, None, None]
    assert all(sure is not None and 0 <= sure <= 1 for block, sure in enumerate(found) if block not in (1, 3, 8))


@pytest.mark.parametrize("article", [unread(), explained(verdicts=VERDICTS[2:3]), explained(verdicts=())])
def test_certainty_needs_no_blocks_of_both_kinds(article: Article) -> None:
    assert all(sure is None or 0 <= sure <= 1 for sure in certainties(article))


def test_outline_joins_paragraphs_and_puts_content_below_its_heading() -> None:
    twice = Paragraph(text_of("First."), (2, 2)), Paragraph(text_of("Second."), (3, 3))
    entries = outline(Document((*twice, *DOCUMENT.blocks[1:])))
    assert [(entry.kind, entry.level, entry.text, entry.source) for entry in entries] == [
        ("2 paragraphs", 2, "First.", (2, 3)),
        ("heading", 2, "What happens next", (4, 4)),
        ("list, 1 item", 3, "repair the ramp", (5, 5)),
        ("table, 0 rows", 3, "", (6, 6)),
    ]


def test_built_tells_what_became_of_each_block() -> None:
    wide = Document((Heading(3, text_of("A"), (1, 1)), *DOCUMENT.blocks[2:3]))
    assert built(wide) == {1: "heading 3", 5: "list"}


def test_json_object_holds_verdicts_sources_and_confidence() -> None:
    found = json.loads(json.dumps(explanation(explained())))
    assert found["schema"] == "newsclean-explanation/1"
    assert found["article"] is True
    assert found["confidence"] == {
        "score": 0.87,
        "reasons": ["voters agree", "a byline was found"],
        "problem": None,
    }
    assert found["found_in"]["authors"] == "byline"
    assert found["metadata"]["title"] == "Ferry still out"
    assert found["counts"]["share"] == 0.5
    assert [verdict["block"] for verdict in found["verdicts"]] == list(range(9))
    assert found["verdicts"][1]["reason"] == "repeats the title"
    assert found["verdicts"][8]["certainty"] is None
    assert found["outline"][1]["text"] == "What happens next"


def test_json_object_has_the_same_keys_without_an_article() -> None:
    with_article, without = explanation(explained()), explanation(unread())
    assert list(with_article) == list(without)
    assert without["article"] is False


def test_removed_lists_dropped_text_with_number_and_reason_and_nothing_kept() -> None:
    listed = removed_markdown(explained())
    assert "4 of 8 blocks with text." in listed
    assert "- **Block 0**: link density 1.00 (scorer 0.02, navigation)\n\n  News Sport Tide times\n" in listed
    assert "- **Block 8**: matches .newsletter (site rule)\n" in listed
    assert "The ferry has not run" not in listed


def test_removed_text_is_text_in_markdown() -> None:
    listed = removed_markdown(hostile())
    html = MarkdownIt("commonmark").render(listed)
    assert set(re.findall(r"<(\w+)", html)) == {"h1", "p", "ul", "li", "strong"}
    assert "\x1b" not in listed


def test_removed_of_a_page_without_an_article_is_all_its_text() -> None:
    listed = json.loads(removed_json(unread()))
    assert listed["article"] is False
    assert [verdict["block"] for verdict in listed["removed"]] == [0, 1, 2, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("to", ["markdown", "jsonl"])
def test_removed_is_utf_8_that_ends_in_one_newline(to: str) -> None:
    written = serialize_removed(hostile(), "jsonl" if to == "jsonl" else "markdown")
    assert written.decode("utf-8").endswith("\n")
    assert not written.endswith(b"\n\n")
    if to == "jsonl":
        assert written.count(b"\n") == 1
        json.loads(written)


def test_report_shows_every_block_with_its_decision_in_words() -> None:
    report = render_report(explained())
    blocks = [attributes for attributes in Elements(report).named("li") if attributes.get("id")]
    assert [block["id"] for block in blocks] == [f"b{number}" for number in range(9)]
    assert [block["class"] for block in blocks] == ["block kept" if v.kept else "block dropped" for v in VERDICTS]
    assert [block["id"] for block in blocks if "data-doubtful" in block] == ["b4", "b7"]
    assert report.count("</span> kept</span>") == 5
    assert report.count("</span> dropped</span>") == 4
    for shown in ("link density 1.00", "JSON-LD NewsArticle.datePublished", "0.87", "voters agree", "An article was"):
        assert shown in report


def test_report_says_that_there_is_no_article() -> None:
    report = render_report(unread())
    assert "No article was found." in report
    assert "The ferry has not run since the storm." in report


def test_hostile_text_makes_no_element_attribute_or_link_of_its_own() -> None:
    plain, attacked = Elements(render_report(explained())), Elements(render_report(hostile()))
    assert {tag for tag, _ in attacked.found} <= {tag for tag, _ in plain.found} | {"option", "section"}
    names = {name for _, attributes in plain.found for name in attributes}
    assert {name for _, attributes in attacked.found for name in attributes} <= names
    assert all((link["href"] or "").startswith("#") for link in attacked.named("a"))
    assert len(attacked.named("li")) > len(HOSTILE)
    assert attacked.raw == plain.raw


def test_report_loads_nothing_and_only_its_own_style_and_script_may_act() -> None:
    elements = Elements(render_report(hostile()))
    policy = next(meta["content"] for meta in elements.named("meta") if "http-equiv" in meta) or ""
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for name in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(elements.raw[name].encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    for _, attributes in elements.found:
        assert not {"src", "srcset", "style", "action", "background"} & set(attributes)
    assert not re.search(r"url\(|@import|https?:", elements.raw["style"] + elements.raw["script"])


def test_report_can_be_written_as_utf_8() -> None:
    report = render_report(hostile())
    report.encode("utf-8")
    assert "\x1b" not in report
    assert "\x00" not in report
