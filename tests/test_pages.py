"""Every fixture folder gives its expected Markdown, which renders back to the article's own text."""

from __future__ import annotations

import pickle

import pytest

import newsclean
from tests.cases import Case, cases

CASES = [*cases("pages"), *cases("text"), *cases("readme")]


def test_there_are_cases_of_both_kinds() -> None:
    assert {case.page.suffix for case in CASES} == {".html", ".txt"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_gives_the_expected_markdown(case: Case) -> None:
    assert case.convert().markdown == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_article_is_picklable_and_explains_every_block(case: Case) -> None:
    article = case.convert()
    assert pickle.loads(pickle.dumps(article)) == article
    assert [verdict.block for verdict in article.verdicts] == list(range(len(article.verdicts)))
    assert all(verdict.reason for verdict in article.verdicts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_text_and_bytes_give_the_same_article(case: Case) -> None:
    data = case.page.read_bytes()
    assert newsclean.convert(data).markdown == newsclean.convert(data.decode("utf-8")).markdown
