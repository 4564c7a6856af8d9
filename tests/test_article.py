"""Article: its renderings agree, its JSON object is what schema.json says, and it survives pickling."""

from __future__ import annotations

import json
import pickle

import jsonschema
import pytest

import newsclean
from newsclean.article import Article, InputInfo, schema
from newsclean.document import Document, Figure, Image, Link, Paragraph, Text
from newsclean.model import Confidence, LeadImage, Metadata, Options, Verdict
from tests.test_render_roundtrip import Generator

METADATA = Metadata(
    title="T",
    authors=("Jo",),
    published="2025-07-04",
    image=LeadImage("https://a.example/i.png"),
    found_in=(("title", "h1"),),
)


def article(document: Document, metadata: Metadata = METADATA, options: Options | None = None) -> Article:
    return Article(
        metadata=metadata,
        document=document,
        verdicts=(Verdict(0, True, "scorer", "long text", 0.9, None, "a"),),
        confidence=Confidence(0.8, ("title found",)),
        input=InputInfo("a.html", "a.html", "html", "utf-8", "0" * 64, None, 12),
        engine="scorer",
        options=options or Options(),
    )


@pytest.mark.parametrize("seed", range(60))
def test_json_object_is_valid_for_every_document(seed: int) -> None:
    found = json.loads(article(Generator(seed).document()).to_json(verdicts=seed % 2 == 0))
    jsonschema.Draft202012Validator(schema()).validate(found)


def test_json_object_of_nothing_known_has_every_key_in_schema_order() -> None:
    empty = Article(Metadata(), Document(), (), Confidence(0.0), InputInfo(), "readability").to_dict()
    jsonschema.Draft202012Validator(schema()).validate(empty)
    assert list(empty) == list(schema()["properties"])
    assert empty["title"] is None
    assert empty["author"] == []


def test_schema_is_a_schema_and_refuses_what_it_does_not_name() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate({**article(Document()).to_dict(), "extra": 1})


def test_verdicts_are_in_the_json_object_on_request() -> None:
    made = article(Document())
    assert made.to_dict()["verdicts"] == []
    assert made.to_dict(verdicts=True)["verdicts"][0]["reason"] == "long text"


def test_json_is_unescaped_unicode_with_a_final_newline() -> None:
    text = article(Document((Paragraph((Text("桥"),)),))).to_json(indent=None)
    assert "桥" in text
    assert text.count("\n") == 1
    assert text.endswith("}\n")


def test_renderings_follow_the_options() -> None:
    link = Paragraph((Link("https://a.example", (Text("a b"),)),))
    document = Document((link, Figure((Image("https://a.example/i.png"),), (Text("Caption"),))))
    plain = article(document, options=Options(front_matter="none", links=False, images=False))
    assert plain.markdown == "# T\n\na b\n"
    assert plain.html == "<article>\n<h1>T</h1>\n<p>a b</p>\n</article>\n"
    assert article(document).markdown.startswith('---\ntitle: "T"\n')
    assert article(document).to_dict()["content_markdown"].startswith("# T\n\n[a b](https://a.example)")
    assert (plain.text, plain.word_count, plain.title) == ("a b\n", 2, "T")


def test_article_pickles() -> None:
    made = article(Generator(1).document())
    assert pickle.loads(pickle.dumps(made)) == made


PARAGRAPH = f"<p>{'The mill turns on market days and rests on others. ' * 8}</p>"
POST = (
    '<blockquote class="twitter-tweet"><p>The ducks have won again.</p>&mdash; Mabel '
    '<a href="https://x.example/mabel/status/1">12 May 2031</a></blockquote>'
)
QUOTE = "<blockquote><p>Quite so.</p></blockquote>"
POSTED = f"<article><h1>The wheel</h1>{PARAGRAPH}{POST}{PARAGRAPH}{QUOTE}{PARAGRAPH}</article>"


def test_quoted_posts_are_in_the_markdown_and_by_option_in_the_text() -> None:
    plain = newsclean.convert(POSTED)
    whole = newsclean.convert(POSTED, options=newsclean.Options(posts=True))
    assert "> The ducks have won again." in plain.markdown
    assert "ducks" not in plain.text
    assert "Quite so." in plain.text
    assert "The ducks have won again." in whole.text
    assert whole.word_count > plain.word_count
    assert f"word_count: {plain.word_count}\n" in plain.markdown
