"""--split: each article of a text that holds several, in files and streams, and a text of one article left whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import newsclean
from newsclean.cli import main

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOLDERS = sorted((FIXTURES / "several").iterdir())
SINGLE = sorted((FIXTURES / "text").glob("*/page.txt"))
NEWSLETTER = FIXTURES / "several" / "newsletter" / "page.txt"


def invoke(*arguments: object, **more: Any) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)


def expected(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "expected.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.name))
def test_gives_each_article_of_the_fixture(folder: Path) -> None:
    articles = newsclean.convert_all((folder / "page.txt").read_bytes())
    assert [
        {
            "title": article.title,
            "authors": list(article.metadata.authors),
            "published": article.metadata.published,
            "body": article.text.strip().split("\n\n"),
        }
        for article in articles
    ] == expected(folder)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.name))
@pytest.mark.parametrize(
    "shape", [lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\n\n")], ids=["crlf", "double"]
)
def test_gives_each_article_whatever_the_line_ends(folder: Path, shape: Any) -> None:
    text = shape((folder / "page.txt").read_text("utf-8"))
    assert [article.title for article in newsclean.convert_all(text)] == [one["title"] for one in expected(folder)]


def test_form_feeds_part_clippings_too() -> None:
    text = "\f".join(NEWSLETTER.read_text("utf-8").split("\n\n", 8))
    assert len(newsclean.convert_all(text)) == 3


@pytest.mark.parametrize("page", SINGLE, ids=lambda path: str(path.parent.name))
def test_leaves_a_single_article_whole(page: Path) -> None:
    (article,) = newsclean.convert_all(page.read_bytes())
    assert article.input.lines is None
    assert not any("--split" in warning for warning in article.warnings)


def test_leaves_a_list_of_teasers_with_its_article() -> None:
    text = (FIXTURES / "text" / "repeated-headline" / "page.txt").read_text("utf-8")
    teasers = "".join(
        f"\n\nGeese of Ostby return {n} days early\n{n} July 2025\n\nThe geese came back on Tuesday, to the surprise "
        "of all who had watched the sky for them from the pier."
        for n in range(3, 9)
    )
    assert len(newsclean.convert_all(text + teasers)) == 1


def test_leaves_readers_comments_with_their_article() -> None:
    text = (FIXTURES / "text" / "repeated-headline" / "page.txt").read_text("utf-8")
    says = "I have lived by the river for thirty years and never saw the like of it, nor did my neighbour. " * 4
    comments = "".join(f"\n\nReader{n} Smith\nJuly {n}, 2025 at 10:12 am\n\n{says}" for n in range(3, 9))
    assert len(newsclean.convert_all(text + comments)) == 1


def test_html_is_one_article() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in NEWSLETTER.read_text("utf-8").split("\n") if line)
    assert len(newsclean.convert_all(f"<html><body><article><h1>Weekly</h1>{paragraphs}</article></body></html>")) == 1


def test_warns_of_several_articles_where_not_asked_to_split() -> None:
    article = newsclean.convert(NEWSLETTER)
    assert article.warnings == ("the text seems to hold 3 articles (split it to get each)",)
    assert article.to_dict()["input"]["lines"] is None


def test_says_which_lines_each_article_was_cut_from() -> None:
    articles = newsclean.convert_all(NEWSLETTER)
    spans = [article.to_dict()["input"]["lines"] for article in articles]
    lines = NEWSLETTER.read_text("utf-8").split("\n")
    assert [one[1] for one in spans[:-1]] == [one[0] for one in spans[1:]]
    assert spans[-1][1] == len(lines)
    assert [lines[first] for first, _ in spans] == [article.title for article in articles]
    assert not any(article.warnings for article in articles)


def test_names_the_articles_of_a_file_by_number(tmp_path: Path) -> None:
    result = invoke("--split", NEWSLETTER, "-o", tmp_path / "out", "--report", tmp_path / "report.jsonl")
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").glob("*.md")) == ["page-1.md", "page-2.md", "page-3.md"]
    assert "# Ferry timetable" in (tmp_path / "out" / "page-2.md").read_text("utf-8")
    reported = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text("utf-8").splitlines()]
    assert [Path(one["output"]).name for one in reported] == ["page-1.md", "page-2.md", "page-3.md"]


def test_a_second_run_finds_the_articles_up_to_date(tmp_path: Path) -> None:
    invoke("--split", NEWSLETTER, "-o", tmp_path / "out")
    assert "3 up to date" in invoke("--split", NEWSLETTER, "-o", tmp_path / "out").stderr


def test_splits_the_texts_of_a_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    (tmp_path / "in" / "a" / "week.txt").write_bytes(NEWSLETTER.read_bytes())
    (tmp_path / "in" / "b.txt").write_bytes(SINGLE[0].read_bytes())
    assert invoke("--split", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.md"))
    assert names == ["a/week-1.md", "a/week-2.md", "a/week-3.md", "b.md"]


@pytest.mark.parametrize("source", ["-", NEWSLETTER], ids=["stdin", "file"])
def test_streams_a_line_of_json_an_article(source: object) -> None:
    result = invoke("--split", "-t", "jsonl", source, input=NEWSLETTER.read_bytes())
    assert result.exit_code == 0
    titles = [json.loads(line)["title"] for line in result.stdout.splitlines()]
    assert titles == [one["title"] for one in expected(NEWSLETTER.parent)]


def test_asks_for_a_place_for_each_article() -> None:
    result = invoke("--split", NEWSLETTER)
    assert result.exit_code == 2
    assert "several articles cannot go to one place" in result.stderr
    assert "-t jsonl" in result.stderr


def test_tells_of_an_input_that_is_not_there(tmp_path: Path) -> None:
    result = invoke("--split", tmp_path / "none.txt", "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "no such file" in result.stderr
