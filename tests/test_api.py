"""The public door: bytes, text or a path in, an article out; importing it is cheap."""

from __future__ import annotations

import pickle
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

import newsclean
from newsclean import errors
from newsclean.errors import InputError, NoArticleError, OptionsError
from newsclean.model import Record
from newsclean.pipeline import examine
from tests.saved import EMPTY_PAGE, page, save_pages

if TYPE_CHECKING:
    from pathlib import Path


def test_takes_bytes_text_and_paths_alike(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    path = tmp_path / "a.html"
    texts = {newsclean.convert(given).text for given in (path, path.read_bytes(), page("Report a"))}
    assert len(texts) == 1


def test_text_is_always_the_page_even_if_it_names_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_pages(tmp_path, "page.html")
    with pytest.raises(NoArticleError, match=r"pathlib\.Path"):
        newsclean.convert("page.html")


@pytest.mark.parametrize("text", ["", "x" * 5000, "a\0b", "two\nlines", "<p>"])
def test_text_without_an_article_is_no_article(text: str) -> None:
    with pytest.raises(NoArticleError) as caught:
        newsclean.convert(text)
    assert "pathlib" not in str(caught.value)


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


@pytest.mark.parametrize(
    "bad",
    [{"keep": "bogus"}, {"engine": "bogus"}, {"input_kind": "pdf"}, {"rules": "ftr"}, {"rules": (1,)}],
    ids=lambda bad: next(iter(bad)),
)
def test_options_refuse_values_that_they_cannot_have(bad: dict[str, Any]) -> None:
    with pytest.raises(OptionsError, match=next(iter(bad))):
        newsclean.Options(**bad)
    with pytest.raises(ValueError, match=next(iter(bad))):
        newsclean.Options(**bad)


def test_rules_may_be_a_list_of_folders() -> None:
    assert newsclean.Options(rules=["a"]).rules == ("a",)  # type: ignore[arg-type]


def test_folder_of_rules_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(OptionsError, match="gone"):
        newsclean.convert(page(), options=newsclean.Options(rules=(str(tmp_path / "gone"),)))


def test_every_error_is_public() -> None:
    own = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert own <= set(newsclean.__all__)
    assert all(getattr(newsclean, name) is getattr(errors, name) for name in own)


def test_errors_name_no_flags() -> None:
    with pytest.raises(NoArticleError) as caught:
        newsclean.convert("<p>Short.</p><p>And so.</p>")
    assert "--" not in str(caught.value)
    assert 'keep="recall"' in str(caught.value)


def test_package_says_that_it_is_typed() -> None:
    assert files("newsclean").joinpath("py.typed").is_file()


SHELL = f"<title>App</title><script>{'var a = 1;' * 400}</script><div id=root></div>"
LOGIN = "<title>Members</title><form><p>User</p><input name=u><p>Password</p><input type=password></form>"
WALL = "<title>Post</title><div class=cookie-banner><p>Cookies?</p><p>Accept all</p></div>"


@pytest.mark.parametrize(
    ("source", "problem", "told"),
    [
        ("", "empty", "is empty"),
        (" \n\n", "empty", "is empty"),
        ("<title>A</title><img src=a.jpg>", "no text", "pictures"),
        (EMPTY_PAGE, "no text", "no text"),
        (SHELL, "script shell", "loaded"),
        (LOGIN, "login page", "log in"),
        (WALL, "cookie wall", "answer the notice"),
        ("<title>404 Not Found</title><h1>Not Found</h1><p>nginx</p>", "error page", "error page"),
        ("<title>Seite nicht gefunden – Hafenblatt</title><p>Leider.</p>", "error page", "error page"),
        ("<title>ページが見つかりませんでした</title><p>404</p>", "error page", "error page"),
        ("<p>Short.</p>", None, "reads like an article"),
    ],
)
def test_no_article_has_a_reason_of_its_own(source: str, problem: str | None, told: str) -> None:
    with pytest.raises(NoArticleError, match=told):
        newsclean.convert(source)
    article = examine(Record(source), newsclean.Options())
    assert article.to_dict()["confidence"]["problem"] == problem


APOLOGY = (
    "The page that you asked for was moved when our archive was put in order, and we are sorry for the trouble. " * 3
)


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("404 – The Lantern", "error page"),
        ("Access denied", "error page"),
        ("Страница не найдена", "error page"),
        ("Forbidden City reopens its gates", None),
        ("404 ways to mend a net", None),
        ("500 years of the pier", None),
    ],
)
def test_error_that_reads_like_an_article_is_told_in_warnings_and_json(title: str, problem: str | None) -> None:
    article = newsclean.convert(
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{APOLOGY}</p><p>{APOLOGY}</p></main></body></html>"
    )
    assert article.confidence.problem == problem
    assert any("error page" in warning for warning in article.warnings) == (problem is not None)
    assert article.confidence.score <= (0.2 if problem else 1.0)
