"""The command line in one process: options, where content goes, messages, exit status, help, completion."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import newsclean
from newsclean.cli import console, main
from newsclean.cli.console import printable
from newsclean.runs.journal import JOURNAL_NAME
from newsclean.runs.report import LOW_CONFIDENCE, Outcome, Report, Status
from tests.saved import EMPTY_PAGE, page, save_pages, tree


def invoke(*arguments: object, input: bytes | str | None = None) -> Result:  # noqa: A002 - click's own name for it
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=input)


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_writes_markdown_of_a_file_to_stdout(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Report a" in result.stdout
    assert "The ferry to the outer islands" in result.stdout
    assert result.stdout_bytes.endswith(b"\n")
    assert not result.stdout_bytes.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("arguments", [(), ("-",), ("convert", "-"), ("convert",)])
def test_reads_stdin(inside: Path, arguments: tuple[str, ...]) -> None:
    save_pages(inside, "a.html")
    result = invoke(*arguments, input=(inside / "a.html").read_bytes())
    assert result.exit_code == 0
    assert result.stdout == invoke("a.html").stdout


@pytest.mark.parametrize("to", ["markdown", "text", "html", "json", "jsonl"])
def test_each_format_ends_in_one_newline(inside: Path, to: str) -> None:
    save_pages(inside, "a.html")
    result = invoke("-t", to, "a.html")
    assert result.exit_code == 0
    assert result.stdout.endswith("\n")
    assert not result.stdout.endswith("\n\n")
    assert "nobody at the harbour office" in result.stdout


def test_json_names_its_schema_and_jsonl_is_one_line(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert json.loads(invoke("-t", "json", "a.html").stdout)["schema"] == "newsclean/1"
    assert len(invoke("-t", "jsonl", "a.html").stdout.splitlines()) == 1


def test_options_reach_the_conversion(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert invoke("a.html").stdout.startswith("---\n")
    assert not invoke("--no-front-matter", "a.html").stdout.startswith("---\n")


def test_output_of_one_input_is_a_file(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html", "-o", "article.md", "--report", "report.jsonl")
    assert json.loads((inside / "report.jsonl").read_text())["output"] == "article.md"
    assert (result.exit_code, result.stdout) == (0, "")
    assert (inside / "article.md").read_text("utf-8") == invoke("a.html").stdout


def test_output_with_a_trailing_slash_is_a_folder(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert invoke("a.html", "-o", "articles/").exit_code == 0
    assert set(tree(inside / "articles")) == {"a.md"}


def test_output_over_the_input_itself_is_refused(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html", "-t", "html", "-o", "a.html")
    assert result.exit_code == 2
    assert "is the input itself" in result.stderr
    assert (inside / "a.html").read_text("utf-8") == page("Report a")


def test_folder_goes_to_a_folder(inside: Path) -> None:
    save_pages(inside, "pages/a/b.html", "pages/c.html")
    result = invoke("pages/", "-o", "articles/", "-j", 1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert set(tree(inside / "articles")) == {"a/b.md", "c.md", JOURNAL_NAME}
    assert "2 converted" in result.stderr


def test_second_run_over_everything_reads_nothing_it_wrote(inside: Path) -> None:
    save_pages(inside, "a.html")
    for status in ("1 converted", "1 up to date"):
        result = invoke(".", "-t", "text", "-o", "out", "--report", "report.jsonl", "-j", 1)
        assert status in result.stderr
    assert set(tree(inside)) == {"a.html", "out/a.txt", f"out/{JOURNAL_NAME}", "report.jsonl"}


def test_several_inputs_stream_as_json_lines(inside: Path) -> None:
    save_pages(inside, "pages/a.html", "pages/b.html")
    result = invoke("pages", "-t", "jsonl")
    assert result.exit_code == 0
    assert [json.loads(line)["title"] for line in result.stdout.splitlines()] == ["Report a", "Report b"]
    assert invoke("pages/*.html", "-t", "jsonl", "-o", "all.jsonl").exit_code == 0
    assert (inside / "all.jsonl").read_bytes().count(b"\n") == 2


@pytest.mark.parametrize("arguments", [("pages",), ("pages", "-o", "article.md"), ("pages", "-t", "json")])
def test_several_inputs_without_a_place_are_wrong_usage_with_a_remedy(inside: Path, arguments: tuple[str]) -> None:
    save_pages(inside, "pages/a.html", "pages/b.html")
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("newsclean: ")
    assert set(tree(inside)) == {"pages/a.html", "pages/b.html"}


@pytest.mark.parametrize("arguments", [(), ("-o", "article.md"), ("-t", "json"), ("-q",)])
def test_page_without_article_writes_nothing_and_says_why(inside: Path, arguments: tuple[str, ...]) -> None:
    (inside / "empty.html").write_text(EMPTY_PAGE)
    result = invoke("empty.html", *arguments)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "empty.html: no article" in result.stderr
    assert set(tree(inside)) == {"empty.html"}


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_empty_stdin_fails_and_says_why(data: bytes) -> None:
    result = invoke(input=data)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "<stdin>: " in result.stderr


def test_missing_file_fails_and_is_named() -> None:
    result = invoke("gone.html")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "gone.html: no such file" in result.stderr


def test_some_failures_exit_with_1(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html", "gone.html", "-t", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "gone.html" in result.stderr


def test_stream_without_any_article_makes_no_file(inside: Path) -> None:
    (inside / "empty.html").write_text(EMPTY_PAGE)
    result = invoke("empty.html", "gone.html", "-t", "jsonl", "-o", "all.jsonl")
    assert result.exit_code == 3
    assert set(tree(inside)) == {"empty.html"}


def test_folder_without_pages_fails_and_makes_nothing(inside: Path) -> None:
    (inside / "pages").mkdir()
    (inside / "pages" / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64))
    result = invoke("pages", "-o", "articles/")
    assert result.exit_code == 3
    assert "no saved page found, 1 left out" in result.stderr
    assert not (inside / "articles").exists()


def test_report_has_an_object_an_input(inside: Path) -> None:
    save_pages(inside, "pages/a.html")
    (inside / "pages" / "b.html").write_text(EMPTY_PAGE)
    assert invoke("pages", "-o", "out", "--report", "report.jsonl").exit_code == 1
    first, second = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
    assert list(first) == [
        *("path", "status", "output", "error", "title", "words"),
        *("confidence", "warnings", "seconds", "language", "kind", "text_hash"),
        *("duplicate_of", "duplicate_site", "duplicate_kind", "ended"),
    ]
    assert (first["status"], first["title"]) == ("converted", "Report a")
    assert Path(first["output"]) == Path("out/a.md")
    assert first["words"] > 80
    assert (first["language"], first["kind"], len(first["text_hash"])) == ("en", "article", 16)
    assert datetime.now(timezone.utc) - datetime.fromisoformat(first["ended"]) < timedelta(minutes=10)
    assert (second["status"], second["output"]) == ("no_article", None)
    assert "no article" in second["error"]


def test_encoding_is_used_whatever_the_page_says(inside: Path) -> None:
    (inside / "a.html").write_bytes(page("Łódź").encode("iso-8859-2"))
    assert "# Łódź" in invoke("a.html", "--encoding", "latin2").stdout


def test_report_is_not_written_over_a_page(inside: Path) -> None:
    save_pages(inside, "a.html", "b.html")
    result = invoke("--report", "a.html", "b.html")
    assert result.exit_code == 2
    assert (inside / "a.html").read_text("utf-8") == page("Report a")


def test_quiet_keeps_errors_and_drops_the_rest(inside: Path) -> None:
    save_pages(inside, "pages/a.html")
    assert invoke("-q", "pages", "-o", "out").stderr == ""
    (inside / "pages" / "b.html").write_text(EMPTY_PAGE)
    assert invoke("-q", "pages", "-o", "out").stderr.count("\n") == 1


def test_verbose_says_what_became_of_each_input(inside: Path) -> None:
    save_pages(inside, "pages/a.html", "pages/b.html")
    lines = invoke("-v", "pages", "-o", "out").stderr.splitlines()
    assert [line.split(" in ")[0].partition(" words")[0] for line in lines[:2]] == [
        "newsclean: pages/a.html -> out/a.md: converted, 121",
        "newsclean: pages/b.html -> out/b.md: converted, 121",
    ]
    assert "confidence" in lines[0]
    assert not any("kept" in line for line in lines)
    again = invoke("-v", "pages", "-o", "out").stderr.splitlines()
    assert again[0].startswith("newsclean: pages/a.html -> out/a.md: skipped, 121 words")


def test_verbose_twice_explains_every_block_on_stderr(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("-vv", "a.html")
    assert result.stdout == invoke("a.html").stdout
    lines = result.stderr.splitlines()
    assert any(line.startswith("kept") and "The ferry to the outer" in line for line in lines)
    assert any(line.startswith("dropped") for line in lines)


def test_word_that_is_nearly_a_command_is_told_so(inside: Path) -> None:
    save_pages(inside, "a.html")
    result = invoke("convrt", "a.html")
    assert result.exit_code == 2
    assert "no command or file 'convrt' (did you mean 'newsclean convert'?)" in result.stderr
    save_pages(inside, "raport")
    assert invoke("raport").exit_code == 0  # a file of that name is converted


@pytest.mark.parametrize("name", ["a.docx", "A.PDF", "a.csv"])
def test_output_in_a_format_that_is_not_written_is_refused(inside: Path, name: str) -> None:
    save_pages(inside, "a.html")
    result = invoke("a.html", "-o", name)
    assert result.exit_code == 2
    assert "cannot write this format" in result.stderr
    assert not (inside / name).exists()
    assert invoke("a.html", "-o", name, "-t", "md").exit_code == 0


def test_strict_turns_low_confidence_into_1() -> None:
    report = Report()
    report.add(Outcome("a", "converted", confidence=LOW_CONFIDENCE - 0.1))
    assert report.exit_status() == 0
    assert report.exit_status(strict=True) == 1


@pytest.mark.parametrize(
    ("statuses", "exit_status"),
    [
        (["converted", "skipped"], 0),
        (["converted", "no_article"], 1),
        (["skipped", "crashed"], 1),
        (["no_article", "failed", "timeout"], 3),
        ([], 3),
    ],
)
def test_exit_status_tells_what_became_of_the_inputs(statuses: list[Status], exit_status: int) -> None:
    report = Report()
    for status in statuses:
        report.add(Outcome("a", status))
    assert report.exit_status() == exit_status


@pytest.mark.parametrize(
    "arguments",
    [("--no-such-flag",), ("-t", "pdf", "a"), ("-j", "0", "a"), ("--timeout", "-1"), ("--encoding", "klingon")],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    assert invoke(*arguments).exit_code == 2


def test_no_input_on_a_terminal_prints_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["newsclean.cli.convert"], "_is_terminal", lambda stream: stream is sys.stdin)
    result = invoke()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: newsclean" in result.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("convert", "-h"), ("schema", "-h"), ("completion", "-h")])
def test_every_help_ends_with_an_example(arguments: tuple[str, ...]) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 0
    assert "Example" in result.stdout
    end = result.stdout.rstrip().rpartition("\n\n")[2] if "Exit" not in result.stdout else result.stdout
    assert "newsclean" in end


def test_examples_of_the_help_work(inside: Path) -> None:
    save_pages(inside, "page.html", "pages/a/b.html")
    help_text = invoke("convert", "--help").stdout.partition("Examples:")[2]
    examples = [line.strip() for line in help_text.splitlines() if line.strip().startswith("newsclean ")]
    assert len(examples) == 4
    for example in examples:
        words = example.replace("'", "").split()[1:]
        data = (inside / "page.html").read_bytes() if "<" in words else None
        arguments = words[: next((n for n, word in enumerate(words) if word in "<>"), len(words))]
        result = invoke(*arguments, input=data)
        assert result.exit_code == 0, (example, result.stderr)


def test_main_help_shows_the_options_of_convert() -> None:
    text = invoke("--help").stdout
    assert "--front-matter" in text
    assert "--version" in text
    assert "completion" in text


def test_version_is_the_package_s() -> None:
    assert invoke("--version").stdout == f"newsclean {newsclean.__version__}\n"


def test_schema_is_json() -> None:
    result = invoke("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    result = invoke("completion", shell)
    assert result.exit_code == 0
    assert f"_NEWSCLEAN_COMPLETE={shell}_complete" in result.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("newsclean sch", "plain,schema"),
        ("newsclean pag", "file,pag"),
        ("newsclean --fro", "plain,--front-matter"),
        ("newsclean -t mark", "plain,markdown"),
        ("newsclean convert --keep re", "plain,recall"),
        ("newsclean completion z", "plain,zsh"),
    ],
)
def test_completes_commands_options_values_and_files(words: str, offered: str) -> None:
    environment = {
        "_NEWSCLEAN_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    assert offered in CliRunner(env=environment).invoke(main, []).output.splitlines()


def test_messages_hold_nothing_a_terminal_obeys() -> None:
    assert printable("a\x1b[2Jb\u202ec\udce9\x9b") == "a\\x1b[2Jb\\u202ec\\xe9\\x9b"


def test_control_characters_of_a_file_name_are_escaped(inside: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no such names there")
    (inside / "a\x1b[2J.html").write_text(EMPTY_PAGE)
    result = invoke("a\x1b[2J.html")
    assert "\x1b" not in result.stderr
    assert "a\\x1b[2J.html" in result.stderr


def test_log_of_a_long_run_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 10.0, 40.0, 41.0])
    monkeypatch.setattr(console, "monotonic", lambda: next(clock))
    monkeypatch.setenv("TERM", "dumb")
    with console.open_console(progress=True) as log:
        for done in (100, 400, 410):
            log.failed += done == 400
            log.show(done, 4400)
    assert capsys.readouterr().err == "newsclean: 400 of 4400, 10.0 pages/s, 0:06:40 left, 1 failed\n"


def test_progress_counts_the_inputs_that_failed(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "LOG_SECONDS", 0.0)
    save_pages(inside, "in/a.html")
    (inside / "in" / "b.html").write_text(EMPTY_PAGE, "utf-8")
    (inside / "in" / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = CliRunner().invoke(main, ["in", "-o", "out", "--log-json"])
    told = [line for line in map(json.loads, result.stderr.splitlines()) if "done" in line]
    assert [line["failed"] for line in told] == [0, 1, 1]


def test_log_as_json_holds_messages_and_progress(
    inside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_pages(inside, "a.html", "b.html")
    (inside / "c.html").write_text(EMPTY_PAGE, "utf-8")
    result = CliRunner().invoke(main, ["a.html", "b.html", "c.html", "-o", "out", "--log-json"])
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert [set(line) for line in lines] == [{"time", "message"}] * 2
    assert lines[0]["message"].startswith("c.html: ")
    assert lines[1]["message"].startswith("2 converted, 1 ")
    clock = iter([0.0, 40.0])
    monkeypatch.setattr(console, "monotonic", lambda: next(clock))
    with console.open_console(progress=True, as_json=True) as log:
        log.show(400, 4400)
    told = json.loads(capsys.readouterr().err)
    assert [told[name] for name in ("done", "total", "rate", "left", "failed")] == [400, 4400, 10.0, 400.0, 0]
