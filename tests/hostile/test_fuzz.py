"""Documents and pages that nobody thought of: written and read back, damaged and converted.

`pytest tests/hostile/test_fuzz.py --hypothesis-profile=long` tries 50 times as many, others every time.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings

from newsclean import Article, NewscleanError, Options, convert
from newsclean.article import InputInfo
from newsclean.model import Confidence, Metadata
from newsclean.render.markdown import render_markdown
from tests.hostile.danger import dangers, outputs_dangers
from tests.hostile.models import READABLE, damaged_pages, documents
from tests.roundtrip import expected_form, markdown_form

if TYPE_CHECKING:
    from newsclean.document import Document

COMMON: dict[str, Any] = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("short", max_examples=40, derandomize=True, **COMMON)
settings.register_profile("long", max_examples=2_000, derandomize=False, **COMMON)
settings.load_profile("short")


def article_of(document: Document) -> Article:
    return Article(Metadata(), document, (), Confidence(1.0, ()), InputInfo(), "scorer")


@given(documents(READABLE))
def test_markdown_of_any_document_reads_back(document: Document) -> None:
    markdown = render_markdown(document, Metadata(), front_matter="none")
    assert markdown_form(markdown) == expected_form(document)


@given(documents())
def test_no_document_puts_anything_dangerous_into_an_output(document: Document) -> None:
    article = article_of(document)
    assert outputs_dangers(article) == []
    article.to_json().encode()
    assert json.loads(article.to_json(indent=None)) == article.to_dict()


@given(damaged_pages())
def test_a_damaged_page_is_converted_or_refused(data: bytes) -> None:
    try:
        article = convert(data, options=Options(comments=True))
    except NewscleanError:
        return
    assert dangers(article) == []
