"""`newsclean explain` and `--removed`: what is printed and written where, also for pages without an article."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from newsclean.cli import main
from newsclean.cli.explain import show_explanation
from newsclean.errors import NoArticleError
from newsclean.model import Options, Record
from newsclean.pipeline import convert, examine
from tests.explained import VERDICTS, explained, hostile, unread
from tests.saved import EMPTY_PAGE, page, save_pages, tree


def invoke(*arguments: object, input: bytes | str | None = None) -> Result:  # noqa: A002 - click's own name for it
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=input)


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def shown_on_terminal(monkeypatch: pytest.MonkeyPatch, columns: int = 80, **environment: str) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": str(columns), **environment}.items():
        monkeypatch.setenv(name, value)
    stream = Terminal()
    show_explanation(explained(), stream)
    return stream.getvalue()


def test_says_for_every_block_why(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("explain", "a.html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("a.html: article found\n")
    assert "Report a" in result.stdout
    lines = result.stdout.splitlines()
    verdicts = examine(Record((inside / "a.html").read_bytes()), Options()).verdicts
    rows = [line for line in lines if line.startswith(("keep", "drop")) and "doubtful" not in line]
    assert [row.startswith("keep") for row in rows] == [verdict.kept for verdict in verdicts]
    assert all(verdict.reason in row for row, verdict in zip(rows, verdicts, strict=True))


def test_is_plain_in_a_pipe(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert "\x1b" not in invoke("explain", "a.html").stdout


def test_is_coloured_on_a_terminal_and_fits_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = shown_on_terminal(monkeypatch)
    assert "\x1b[3" in coloured
    plain = shown_on_terminal(monkeypatch, TERM="dumb")
    assert "\x1b" not in plain
    rows = [line for line in plain.splitlines() if line.startswith(("keep", "drop"))][1:]
    assert len(rows) == len(VERDICTS)
    assert all(cell_len(row) <= 80 for row in rows)


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[3" not in shown_on_terminal(monkeypatch, NO_COLOR="1")


@pytest.mark.parametrize("columns", [1, 20, 40, 300])
def test_any_width_will_do(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    assert "keep" in shown_on_terminal(monkeypatch, columns)


@pytest.mark.parametrize("article", [hostile(), unread()])
def test_nothing_of_the_page_is_obeyed_by_the_terminal(article: object) -> None:
    stream = io.StringIO()
    show_explanation(article, stream)  # type: ignore[arg-type] # parametrize knows objects alone
    assert not {"\x1b", "\x00", "\u202e", "\r"} & set(stream.getvalue())


def test_reads_stdin(inside: Path) -> None:
    result = invoke("explain", "-", input=page("From a pipe"))
    assert result.stdout.startswith("<stdin>: article found\n")
    assert list(inside.iterdir()) == []


def test_explains_a_page_without_an_article(inside: Path) -> None:
    (inside / "menu.txt").write_text("Home\nNews\nSport\n")
    result = invoke("explain", "menu.txt")
    assert result.exit_code == 0
    assert "no article found" in result.stdout
    assert any(line.startswith("drop") and line.endswith("Sport") for line in result.stdout.splitlines())


def test_explains_a_page_without_text(inside: Path) -> None:
    (inside / "empty.html").write_text(EMPTY_PAGE)
    for flags in ((), ("--json",), ("--html", "-")):
        assert invoke("explain", "empty.html", *flags).exit_code == 0


def test_json_is_one_object(inside: Path) -> None:
    save_pages(inside, "a.html")
    found = json.loads(invoke("explain", "a.html", "--json").stdout)
    assert found["schema"] == "newsclean-explanation/1"
    assert found["input"]["path"] == "a.html"


def test_html_is_written_to_a_file_and_nothing_is_printed(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("explain", "a.html", "--html", "reports/a.html")
    assert (result.exit_code, result.output) == (0, "")
    assert (inside / "reports" / "a.html").read_text("utf-8").startswith("<!doctype html>")


def test_html_and_json_go_together(inside: Path) -> None:
    save_pages(inside, "a.html")
    json.loads(invoke("explain", "a.html", "--html", "report.html", "--json").stdout)
    assert (inside / "report.html").exists()


def test_report_is_never_written_over_the_page(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("explain", "a.html", "--html", "./a.html")
    assert result.exit_code == 2
    assert (inside / "a.html").read_text("utf-8") == page("Report a")


def test_missing_page_is_told_in_one_line() -> None:
    result = invoke("explain", "gone.html")
    assert result.exit_code == 3
    assert result.stderr.startswith("newsclean: gone.html: ")
    assert result.stderr.count("\n") == 1


def test_options_reach_the_explanation(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert "readability" in invoke("explain", "a.html", "--engine", "readability").stdout


def test_examine_gives_what_convert_gives_and_verdicts_where_convert_raises() -> None:
    assert examine(Record(page()), Options()) == convert(Record(page()), Options())
    menu = Record("Home\nNews\nSport\n")
    with pytest.raises(NoArticleError):
        convert(menu, Options())
    found = examine(menu, Options())
    assert found.is_empty
    assert [verdict.text for verdict in found.verdicts] == ["Home", "News", "Sport"]
    assert all(verdict.reason for verdict in found.verdicts)


def test_verbose_explains_a_page_without_an_article_too(inside: Path) -> None:
    (inside / "menu.txt").write_text("Home\nNews\nSport\n")
    result = invoke("-vv", "menu.txt")
    assert result.exit_code == 3
    assert any(line.startswith("dropped") and line.endswith("Sport") for line in result.stderr.splitlines())


def test_removed_of_one_input_is_a_file(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html", "--removed", "removed.md")
    assert result.stdout == invoke("a.html").stdout
    assert "All rights reserved" in (inside / "removed.md").read_text("utf-8")


def test_removed_of_a_folder_is_a_mirrored_folder(inside: Path) -> None:
    save_pages(inside, "pages/a.html", "pages/deep/b.html")
    assert invoke("-q", "pages", "-o", "out", "--removed", "gone").exit_code == 0
    assert sorted(tree(inside / "gone")) == ["a.removed.md", "deep/b.removed.md"]
    assert b"Taken out of pages/deep/b.html" in (inside / "gone" / "deep" / "b.removed.md").read_bytes()


def test_removed_as_json_lines_is_a_line_an_input_in_their_order(inside: Path) -> None:
    save_pages(inside, "pages/a.html", "pages/b.html", "pages/c.html")
    assert invoke("-q", "pages", "-o", "out", "--removed", "gone.jsonl", "-j", "2").exit_code == 0
    lines = [json.loads(line) for line in (inside / "gone.jsonl").read_text("utf-8").splitlines()]
    assert [Path(line["path"]).name for line in lines] == ["a.html", "b.html", "c.html"]
    assert all("All rights reserved" in [verdict["text"] for verdict in line["removed"]] for line in lines)


def test_removed_is_whole_on_a_second_run_and_is_never_an_input(inside: Path) -> None:
    save_pages(inside, "a.html", "b.html")
    for _ in range(2):
        assert invoke("-q", ".", "-o", "out", "--removed", "gone").exit_code == 0
        assert sorted(tree(inside / "gone")) == ["a.removed.md", "b.removed.md"]
        (inside / "gone" / "a.removed.md").unlink()
    result = invoke(".", "-o", "out")
    assert "2 up to date" in result.stderr


def test_removed_holds_all_of_a_page_without_an_article(inside: Path) -> None:
    (inside / "menu.txt").write_text("Home\nNews\nSport\n")
    assert invoke("menu.txt", "--removed", "gone.md").exit_code == 3
    assert (inside / "gone.md").read_text("utf-8").count("- **Block") == 3


@pytest.mark.parametrize("place", ["a.html", "article.md", "-"])
def test_removed_never_replaces_the_page_or_the_article(inside: Path, place: str) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html", "-o", "article.md", "--removed", place)
    assert result.exit_code == 2
    assert (inside / "a.html").read_text("utf-8") == page("Report a")
    assert not (inside / "article.md").exists()


def test_removed_of_many_into_one_markdown_file_is_refused(inside: Path) -> None:
    save_pages(inside, "a.html", "b.html")
    result = invoke("a.html", "b.html", "-o", "out", "--removed", "gone.md")
    assert result.exit_code == 2
    assert not (inside / "gone.md").exists()
