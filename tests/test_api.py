"""The public door: bytes, text or a path in, an article out; importing it is cheap."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.errors import InputError, NoArticleError
from tests.saved import EMPTY_PAGE, page, save_pages

if TYPE_CHECKING:
    from pathlib import Path


def test_takes_bytes_text_and_paths_alike(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    path = tmp_path / "a.html"
    texts = {newsclean.convert(given).text for given in (path, str(path), path.read_bytes(), page("Report a"))}
    assert len(texts) == 1


def test_text_without_markup_is_a_page_unless_it_names_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoArticleError):
        newsclean.convert("page.html")
    save_pages(tmp_path, "page.html")
    assert newsclean.convert("page.html").metadata.title == "Report page"


@pytest.mark.parametrize("text", ["", "x" * 5000, "a\0b", "two\nlines", "<p>"])
def test_text_that_cannot_be_a_path_is_a_page(text: str) -> None:
    with pytest.raises(NoArticleError):
        newsclean.convert(text)


def test_path_that_is_missing_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        newsclean.convert(tmp_path / "gone.html")


def test_url_makes_links_absolute() -> None:
    source = page().replace("outer islands", '<a href="/islands">outer islands</a>')
    article = newsclean.convert(source, url="https://example.org/news/1")
    assert "(https://example.org/islands)" in article.markdown


def test_article_is_picklable_plain_data() -> None:
    article = newsclean.convert(page())
    assert pickle.loads(pickle.dumps(article)) == article


def test_page_without_article_raises() -> None:
    with pytest.raises(NoArticleError):
        newsclean.convert(EMPTY_PAGE)


def test_public_names_are_there_and_others_are_not() -> None:
    assert all(getattr(newsclean, name) for name in newsclean.__all__)
    assert set(dir(newsclean)) >= set(newsclean.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        newsclean.nothing  # noqa: B018
