"""Finding inputs: folders, globs, stdin; what is left out; how a source is read."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from newsclean.errors import InputError
from newsclean.runs import read
from newsclean.runs.find import expand_arguments, find_sources
from newsclean.runs.journal import JOURNAL_NAME
from newsclean.runs.read import Source, read_record
from tests.saved import page, save_pages

as_user = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")


def look(*paths: Path | str, ignore: tuple[Path, ...] = ()) -> list[Source]:
    return list(find_sources(expand_arguments([str(path) for path in paths]), [str(path) for path in ignore]))


def find(*paths: Path | str, ignore: tuple[Path, ...] = ()) -> list[Source]:
    return [source for source in look(*paths, ignore=ignore) if not source.left_out]


def left_out(*paths: Path | str) -> dict[str, str]:
    """Return the names of what is left out, and why."""
    return {Path(one.path).name: one.problem.message for one in look(*paths) if one.left_out and one.problem}


def places(*paths: Path | str, ignore: tuple[Path, ...] = ()) -> list[str]:
    return [source.place for source in find(*paths, ignore=ignore)]


def test_walks_a_folder_in_name_order(tmp_path: Path) -> None:
    save_pages(tmp_path, "b.html", "a.html", "z/d.html", "c/e/f.html", "c/a.htm")
    assert places(tmp_path) == ["a.html", "b.html", "c/a.htm", "c/e/f.html", "z/d.html"]


def test_keeps_paths_as_the_user_wrote_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_pages(tmp_path, "pages/a/b.html")
    monkeypatch.chdir(tmp_path)
    assert [source.path for source in find("pages")] == [os.path.join("pages", "a", "b.html")]  # noqa: PTH118


def test_mirrors_several_arguments_from_the_folder_that_holds_all(tmp_path: Path) -> None:
    save_pages(tmp_path, "one/a.html", "two/x/a.html")
    assert places(tmp_path / "one", tmp_path / "two") == ["one/a.html", "two/x/a.html"]
    assert places(tmp_path / "one" / "a.html", tmp_path / "two" / "x" / "a.html") == ["one/a.html", "two/x/a.html"]


def test_expands_a_quoted_glob_and_mirrors_from_its_fixed_part(tmp_path: Path) -> None:
    save_pages(tmp_path, "pages/a/b.html", "pages/a/c.htm", "pages/d.html")
    arguments = expand_arguments([str(tmp_path / "pages" / "**" / "*.html")])
    assert arguments.many
    assert [source.place for source in find_sources(arguments)] == ["a/b.html", "d.html"]


def test_takes_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    save_pages(tmp_path, "a[1].html", "a1.html")
    assert places(tmp_path / "a[1].html") == ["a[1].html"]


def test_takes_each_input_once(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", "b.html")
    assert places(tmp_path / "b.html", tmp_path, "-", "-") == ["b.html", "a.html", "stdin"]


def test_leaves_out_assets_by_content(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", "page-without-suffix")
    (tmp_path / "logo.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1" + bytes(64))
    assert places(tmp_path) == ["a.html", "page-without-suffix"]
    assert left_out(tmp_path) == {"logo.html": "is a PNG picture, not a saved page"}


def test_leaves_out_hidden_files_and_version_control(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", ".b.html", ".git/c.html", "CVS/d.html", ".hidden/e.html")
    assert places(tmp_path) == ["a.html"]


@pytest.mark.parametrize("companion", ["a_files", "a.files", "a-Dateien", "a_fichiers", "a.html_files"])
def test_leaves_out_what_a_browser_saved_beside_a_page(tmp_path: Path, companion: str) -> None:
    save_pages(tmp_path, "a.html", f"{companion}/frame.html")
    assert places(tmp_path) == ["a.html"]
    assert places(*tmp_path.iterdir(), tmp_path / companion / "frame.html") == ["a.html"]


def test_walks_a_folder_named_like_a_companion_without_its_page(tmp_path: Path) -> None:
    save_pages(tmp_path, "my_files/a.html")
    assert places(tmp_path) == ["my_files/a.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_follows_links_to_files_and_not_to_folders(tmp_path: Path) -> None:
    save_pages(tmp_path, "real/a.html")
    (tmp_path / "real" / "loop").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "self").symlink_to("self")
    (tmp_path / "real" / "linked.html").symlink_to("a.html")
    (tmp_path / "real" / "broken.html").symlink_to("gone.html")
    assert places(tmp_path / "real") == ["a.html", "linked.html"]


def test_never_reads_the_output_folder_or_other_ignored_paths(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", "out/b.html", "report.html")
    assert places(tmp_path, ignore=(tmp_path / "out", tmp_path / "report.html")) == ["a.html"]


def test_never_reads_what_an_earlier_run_wrote(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", "old/a.txt", "old/deep/b.txt", "old/mine.html")
    (tmp_path / "old" / JOURNAL_NAME).write_text('{"output": "a.txt"}\n{"output": "deep/b.txt"}\nbroken {\n')
    assert places(tmp_path) == ["a.html", "old/mine.html"]
    assert places(tmp_path / "old" / "deep") == []
    assert places(tmp_path / "a.html", tmp_path / "old" / "a.txt") == ["a.html"]


def test_one_file_asked_for_by_name_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "odd.bin").write_bytes(bytes(100))
    assert places(tmp_path / "odd.bin") == ["odd.bin"]


@pytest.mark.parametrize(("paths", "many"), [(["-"], False), (["a.html"], False), (["a.html", "b.html"], True)])
def test_tells_one_conversion_from_many(paths: list[str], many: bool) -> None:
    assert expand_arguments(paths).many is many


def test_a_folder_with_one_page_is_many(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    assert expand_arguments([str(tmp_path)]).many


@as_user
def test_a_folder_that_cannot_be_listed_is_a_source_with_a_problem(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", "locked/b.html")
    (tmp_path / "locked").chmod(0)
    try:
        assert [str(source.problem) for source in find(tmp_path)] == ["None", "permission denied"]
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_reads_bytes_and_names_the_path(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    record = read_record(str(tmp_path / "a.html"), "https://example.org/a")
    assert record.data == page("Report a").encode()
    assert (record.name, record.path, record.url) == (str(tmp_path / "a.html"),) * 2 + ("https://example.org/a",)


def test_reads_stdin_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe<\0p\0>\0")))
    record = read_record("-")
    assert (record.data, record.name, record.path) == (b"\xff\xfe<\0p\0>\0", "<stdin>", None)


def test_closed_stdin_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="stdin is closed"):
        read_record("-")


@pytest.mark.parametrize("name", ["gone.html", "folder", "nul\0l.html"])
def test_what_cannot_be_read_is_an_input_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as caught:
        read_record(str(tmp_path / name))
    assert caught.value.source == str(tmp_path / name)


def test_input_larger_than_the_limit_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 1000)
    (tmp_path / "endless.html").write_bytes(b"x" * 1001)
    with pytest.raises(InputError, match="larger than"):
        read_record(str(tmp_path / "endless.html"))


@pytest.mark.skipif(sys.platform == "win32", reason="no /dev/fd there")
def test_pipe_of_the_shell_is_read_once_and_whole() -> None:
    reader, writer = os.pipe()
    os.write(writer, page("Piped").encode())
    os.close(writer)
    try:
        assert read_record(f"/dev/fd/{reader}").data == page("Piped").encode()
    finally:
        os.close(reader)
