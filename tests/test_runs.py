"""What a run never loses, never reads, never waits for, and always says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsclean.cli import main
from newsclean.runs.journal import JOURNAL_NAME
from tests.saved import EMPTY_PAGE, command, environment, page, run, save_pages, tree

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
OWN_WORDS = b"Words of somebody's own.\n"


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: object, **more: Any) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)


def report_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return the lines of a report by the name of the input."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {Path(line["path"]).name: line for line in lines}


def wait_until(met: Any, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


# --- writing: nothing lost, nothing mixed --------------------------------------------------------------------------


def test_article_and_list_in_one_folder_stay_apart(inside: Path) -> None:
    save_pages(inside, "page.html")
    assert invoke("page.html", "-o", "x.md", "--removed", "rem.md").exit_code == 0
    assert b"# Report page" in (inside / "x.md").read_bytes()
    assert b"Taken out of page" in (inside / "rem.md").read_bytes()
    assert invoke("page.html", "-o", "y.md", "--removed", "rem.jsonl").exit_code == 0
    assert [json.loads(line)["article"] for line in (inside / "rem.jsonl").read_text("utf-8").splitlines()] == [True]
    assert (inside / "x.md").read_bytes() == (inside / "y.md").read_bytes()


def test_what_a_killed_run_left_beside_a_single_file_is_removed(inside: Path) -> None:
    save_pages(inside, "page.html")
    for name in (".newsclean-4711.tmp", ".newsclean-4711-3.tmp"):
        (inside / name).write_bytes(b"half")
    assert invoke("page.html", "-o", "x.md").exit_code == 0
    assert set(tree(inside)) == {"page.html", "x.md"}


@posix
def test_what_another_process_is_writing_is_left_alone(inside: Path) -> None:
    import fcntl

    save_pages(inside, "page.html")
    with (inside / ".newsclean-4711-1.tmp").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert invoke("page.html", "-o", "x.md").exit_code == 0
        assert (inside / ".newsclean-4711-1.tmp").exists()


@pytest.mark.parametrize("edit", ["edited", "foreign"])
def test_folder_run_keeps_what_newsclean_did_not_write(inside: Path, edit: str) -> None:
    save_pages(inside, "in/a.html", "in/b.html")
    if edit == "edited":
        assert invoke("in", "-o", "out").exit_code == 0
    (inside / "out").mkdir(exist_ok=True)
    (inside / "out" / "a.md").write_bytes(OWN_WORDS)
    save_pages(inside / "in", "b.html")
    for _ in range(2):
        result = invoke("in", "-o", "out", "--report", "report.jsonl", "--no-links")
        assert result.exit_code == 1
        assert (inside / "out" / "a.md").read_bytes() == OWN_WORDS
        assert "out/a.md is not as newsclean wrote it" in result.stderr
        assert "1 edited and kept" in result.stderr
        assert report_of(inside / "report.jsonl")["a.html"]["status"] == "kept"
    assert invoke("in", "-o", "out", "--force").exit_code == 0
    assert b"# Report a" in (inside / "out" / "a.md").read_bytes()


def test_folder_run_takes_over_an_output_that_says_the_same(inside: Path) -> None:
    save_pages(inside, "in/a.html")
    assert invoke("in", "-o", "out").exit_code == 0
    (inside / "out" / JOURNAL_NAME).unlink()
    assert invoke("in", "-o", "out").exit_code == 0
    assert "1 up to date" in invoke("in", "-o", "out").stderr


def test_output_of_other_options_is_not_taken_for_edited(inside: Path) -> None:
    save_pages(inside, "in/a.html")
    for options in ((), ("--no-front-matter",), ()):
        result = invoke("in", "-o", "out", *options)
        assert (result.exit_code, "1 converted" in result.stderr) == (0, True)


@pytest.mark.parametrize("edit", ["edited", "foreign"])
def test_single_file_is_kept_too(inside: Path, edit: str) -> None:
    save_pages(inside, "a.html")
    if edit == "edited":
        assert invoke("a.html", "-o", "a.md").exit_code == 0
    with (inside / "a.md").open("ab") as file:
        file.write(OWN_WORDS)
    before = (inside / "a.md").read_bytes()
    result = invoke("a.html", "-o", "a.md", "--report", "report.jsonl")
    assert (result.exit_code, (inside / "a.md").read_bytes()) == (1, before)
    assert "a.md is not as newsclean wrote it, and is kept (--force" in result.stderr
    assert report_of(inside / "report.jsonl")["a.html"]["status"] == "kept"
    assert invoke("a.html", "-o", "a.md", "--force").exit_code == 0
    assert OWN_WORDS not in (inside / "a.md").read_bytes()


@linux
def test_single_file_as_newsclean_wrote_it_is_written_anew(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert invoke("a.html", "-o", "a.md").exit_code == 0
    assert invoke("a.html", "-o", "a.md", "--no-front-matter").exit_code == 0
    assert not (inside / "a.md").read_bytes().startswith(b"---")


@pytest.mark.parametrize("option", ["-o", "--removed"])
def test_stream_never_replaces_somebody_s_file(inside: Path, option: str) -> None:
    save_pages(inside, "in/a.html")
    (inside / "all.jsonl").write_bytes(OWN_WORDS)
    result = invoke("in", "-t", "jsonl", option, "all.jsonl")
    assert (result.exit_code, (inside / "all.jsonl").read_bytes()) == (2, OWN_WORDS)
    assert invoke("in", "-t", "jsonl", option, "all.jsonl", "--force").exit_code == 0
    if sys.platform == "linux":
        assert invoke("in", "-t", "jsonl", option, "all.jsonl").exit_code == 0


@posix
@pytest.mark.parametrize("option", ["--report", "--removed", "-o"])
def test_full_disk_names_the_file(inside: Path, option: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    save_pages(inside, "in/a.html")
    (inside / "full.jsonl").symlink_to("/dev/full")
    result = run("in", "-t", "jsonl", option, "full.jsonl", cwd=inside)
    assert result.returncode == 2
    assert b"full.jsonl: cannot write: no space left" in result.stderr


# --- the journal ----------------------------------------------------------------------------------------------------

BROKEN = {
    "deep": b"[" * 1900,
    "deeper": b'{"output":' * 5000,
    "nul": bytes(3000),
    "binary": bytes(range(128, 256)) * 9,
    "list": b"[1, 2]",
    "number": b"17",
    "typed": b'{"output": "a.md", "key": 1, "sha256": 2, "warnings": 3}',
    "letters": b'{"output": "a.md", "key": "k", "sha256": "s", "warnings": "abc", "pictures": 4}',
    "unknown": b'{"output": "a.md", "key": "k", "sha256": "s", "colour": "red"}',
    "outside": b'{"output": "../a.html", "key": "k", "sha256": "s"}',
    "nowhere": b'{"output": "a\\u0000.md", "key": "k", "sha256": "s"}',
    "surrogate": b'{"output": "\\ud800", "key": "k", "sha256": "s"}',
}


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_line_of_the_journal_costs_itself(inside: Path, broken: str) -> None:
    save_pages(inside, "in/a.html", "in/b.html")
    assert invoke("in", "-o", "out").exit_code == 0
    whole = tree(inside / "out")
    with (inside / "out" / JOURNAL_NAME).open("ab") as journal:
        journal.write(BROKEN[broken] + b"\n" + BROKEN[broken])
    result = invoke("in", "-o", "out")
    assert result.exit_code == 0
    assert "up to date" in result.stderr
    assert tree(inside / "out") == whole


@posix
def test_journal_that_is_no_file_is_refused(inside: Path) -> None:
    save_pages(inside, "in/a.html")
    (inside / "out").mkdir()
    os.mkfifo(inside / "out" / JOURNAL_NAME)
    result = run("in", "-o", "out", cwd=inside)
    assert result.returncode == 2
    assert JOURNAL_NAME.encode() in result.stderr


# --- reading: regular files, and what newsclean did not write itself ------------------------------------------------


@posix
@pytest.mark.parametrize("arguments", [("pipe.html",), ("pipe.html", "a.html"), ("*.html",)])
def test_named_pipe_is_not_waited_for(inside: Path, arguments: tuple[str, ...]) -> None:
    save_pages(inside, "a.html")
    os.mkfifo(inside / "pipe.html")
    result = run(*arguments, "-t", "jsonl", "--report", "report.jsonl", cwd=inside)
    assert result.returncode == (3 if arguments == ("pipe.html",) else 0)
    assert b"pipe.html: is a named pipe, not a file" in result.stderr or arguments == ("*.html",)
    assert report_of(inside / "report.jsonl")["pipe.html"]["error"] == "is a named pipe, not a file"


@posix
def test_device_is_no_page() -> None:
    result = run("/dev/zero")
    assert result.returncode == 3
    assert b"/dev/zero: is a device" in result.stderr


@posix
def test_file_that_becomes_a_pipe_costs_itself(inside: Path) -> None:
    from newsclean.errors import InputError
    from newsclean.runs.find import expand_arguments, find_sources
    from newsclean.runs.read import read_bytes

    save_pages(inside, "in/a.html")
    (source,) = find_sources(expand_arguments(["in"]))
    (inside / "in" / "a.html").unlink()
    os.mkfifo(inside / "in" / "a.html")
    with pytest.raises(InputError, match="named pipe"):
        read_bytes(source.path)


@posix
def test_pipe_of_the_shell_that_never_ends_has_a_time_limit(inside: Path) -> None:
    save_pages(inside, "a.html")
    reader, writer = os.pipe()
    try:
        for arguments in ((), ("a.html",)):
            result = run(f"/dev/fd/{reader}", *arguments, "-t", "jsonl", "--timeout", "0.5", pass_fds=[reader])
            assert b"took longer than 0.5 s" in result.stderr
            assert result.returncode == (1 if arguments else 3)
    finally:
        os.close(reader)
        os.close(writer)


@posix
def test_glob_follows_no_loop_of_links(inside: Path) -> None:
    save_pages(inside, "pages/a/b.html", "pages/c.html", "pages/.hidden/d.html")
    for name in ("one", "two", "three"):
        (inside / "pages" / "a" / name).symlink_to(inside / "pages")
    for pattern in ("pages/**/*.html", "pages/**"):
        start = time.monotonic()
        result = invoke(pattern, "-t", "jsonl", "--report", "report.jsonl")
        assert result.exit_code == 0
        assert set(report_of(inside / "report.jsonl")) == {"b.html", "c.html"}
        assert len(result.stdout.splitlines()) == 2
        assert time.monotonic() - start < 20


def test_folder_run_reads_no_list_and_no_report_of_its_own(inside: Path) -> None:
    save_pages(inside, "in/a.html", "one.html")
    (inside / "in" / "menu.html").write_text(EMPTY_PAGE)
    assert invoke("in/a.html", "-o", "in/article.md", "--removed", "in/rem.md", "--report", "in/r.txt").exit_code == 0
    assert invoke("in", "-t", "jsonl", "--removed", "in/gone.jsonl", "--report", "in/rep").exit_code == 1
    assert invoke("explain", "one.html", "--html", "in/why.html").exit_code == 0
    os.replace(inside / "in" / "rem.md", inside / "in" / "moved.md")  # noqa: PTH105
    result = invoke("in", "-t", "jsonl")
    written = {"article.md"} if sys.platform != "linux" else set()
    assert {Path(json.loads(line)["input"]["path"]).name for line in result.stdout.splitlines()} == {"a.html"} | written


def test_what_is_left_out_is_named(inside: Path) -> None:
    save_pages(inside, "in/a.html")
    (inside / "in" / "b.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64))
    result = invoke("in", "-o", "out", "--report", "report.jsonl")
    assert (result.exit_code, "b.html" in result.stderr) == (0, False)
    assert "1 left out" in result.stderr
    line = report_of(inside / "report.jsonl")["b.html"]
    assert (line["status"], line["output"]) == ("left_out", None)
    assert line["error"]
    named = invoke("in/a.html", "in/b.html", "-o", "out", "--report", "report.jsonl")
    assert named.exit_code == 0
    assert "in/b.html: is a PNG" in named.stderr.replace(os.sep, "/")
    assert report_of(inside / "report.jsonl")["b.html"]["status"] == "left_out"


# --- the command line -----------------------------------------------------------------------------------------------


def test_name_that_begins_with_a_dash_is_an_input(inside: Path) -> None:
    save_pages(inside, "-dash.html")
    result = invoke("--", "-dash.html")
    assert (result.exit_code, "# Report -dash" in result.stdout) == (0, True)
    assert invoke("-t", "json", "--", "-dash.html").stdout.startswith("{")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.json", b"{\n"),
        ("x.jsonl", b'{"'),
        ("x.html", b"<article"),
        ("x.HTM", b"<article"),
        ("x.txt", b"The ferry"),
        ("x.md", b"---"),
        ("x", b"---"),
    ],
)
def test_name_of_the_output_tells_the_format(inside: Path, name: str, begins: bytes) -> None:
    save_pages(inside, "a.html")
    assert invoke("a.html", "-o", name).exit_code == 0
    assert (inside / name).read_bytes().startswith(begins)
    assert invoke("a.html", "-o", name, "-t", "md", "--force").exit_code == 0
    assert (inside / name).read_bytes().startswith(b"---")


def test_name_of_a_stream_tells_its_format(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/b.html")
    assert invoke("in", "-o", "all.jsonl").exit_code == 0
    assert (inside / "all.jsonl").read_bytes().count(b"\n") == 2


def test_short_names_of_formats(inside: Path) -> None:
    save_pages(inside, "a.html")
    assert invoke("a.html", "-t", "md").stdout == invoke("a.html").stdout
    assert invoke("a.html", "-t", "txt").stdout == invoke("a.html", "-t", "text").stdout


# --- pages that take more than they may -----------------------------------------------------------------------------


def misbehave(folder: Path, seconds: float = 1) -> dict[str, str]:
    """Convert pages that misbehave, and return what is said of each."""
    arguments = [sys.executable, "-m", "tests.stuck", str(folder), f"{folder}-out", str(seconds)]
    done = subprocess.run(arguments, capture_output=True, timeout=60, env=with_tests(), check=True)
    return dict(line.split(": ", 1) for line in done.stdout.decode().splitlines())


def with_tests() -> dict[str, str]:
    there = environment()
    return there | {"PYTHONPATH": os.pathsep.join([there["PYTHONPATH"], str(Path(__file__).parent.parent)])}


@posix
@pytest.mark.parametrize("alone", [True, False])
def test_page_that_holds_a_library_ends_at_its_time(inside: Path, alone: bool) -> None:
    save_pages(inside, "in/stuck.html")
    said = misbehave(inside / "in" / "stuck.html" if alone else inside / "in")
    assert said["stuck.html"] == "timeout: took longer than 1 s"


@linux
@pytest.mark.parametrize("alone", [True, False])
def test_page_that_eats_memory_costs_itself(inside: Path, alone: bool) -> None:
    save_pages(inside, "in/eater.html")
    said = misbehave(inside / "in" / "eater.html" if alone else inside / "in", 60)
    assert said["eater.html"].startswith("crashed: out of memory")


@posix
@pytest.mark.parametrize("alone", [True, False])
def test_page_that_crashes_a_library_costs_itself(inside: Path, alone: bool) -> None:
    save_pages(inside, "in/crash.html")
    said = misbehave(inside / "in" / "crash.html" if alone else inside / "in", 60)
    assert said["crash.html"].startswith("crashed: the conversion was ended by SIGABRT")


@posix
def test_page_whose_worker_somebody_ended_is_tried_once_more(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/killed-once.html", "in/killed-always.html", "in/z.html")
    said = misbehave(inside / "in", 60)
    assert {name: text.split(":")[0] for name, text in said.items()} == {
        "a.html": "converted",
        "killed-once.html": "converted",
        "killed-always.html": "crashed",
        "z.html": "converted",
    }
    assert [path.read_text() for path in sorted((inside / "in").glob("*.tries"))] == ["2", "2"]


@posix
@pytest.mark.parametrize("alone", [True, False])
def test_worker_in_the_middle_of_a_page_ends_with_its_parent(inside: Path, alone: bool) -> None:
    save_pages(inside, "in/stuck.html")
    path = inside / "in" / "stuck.html" if alone else inside / "in"
    arguments = [sys.executable, "-m", "tests.stuck", str(path), "out", "600"]
    process = subprocess.Popen(arguments, env=with_tests(), stdout=subprocess.DEVNULL, start_new_session=True)
    noted = inside / "in" / "stuck.html.pid"
    wait_until(lambda: noted.exists() and noted.read_text())
    worker = int(noted.read_text())
    time.sleep(0.3)
    assert is_alive(worker)
    process.kill()
    process.wait()
    wait_until(lambda: not is_alive(worker), 10)
    if sys.platform == "linux":
        wait_until(lambda: not processes_of_group(process.pid), 10)


def processes_of_group(group: int) -> list[str]:
    """Return the processes of a group that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


@posix
def test_time_limit_of_the_command_counts_processor_time(inside: Path) -> None:
    """A page is not lost because the machine is busy: here its process is stopped for longer than the limit."""
    save_pages(inside, "a.html")
    for arguments in (("a.html",), ("a.html", "a.html", "-t", "jsonl")):
        process = subprocess.Popen(
            command(*arguments, "--timeout", 2), env=environment(), stdout=subprocess.PIPE, cwd=inside
        )
        time.sleep(0.15)
        process.send_signal(signal.SIGSTOP)
        time.sleep(2.5)
        process.send_signal(signal.SIGCONT)
        assert b"Report a" in process.communicate(timeout=60)[0]
        assert process.returncode == 0


# --- pictures of pages saved complete -------------------------------------------------------------------------------


def save_complete(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    images = '<p><img src="a_files/bay.png" alt="The bay"></p><p><img src="gone/b.png" alt="Gone"></p>'
    source = page().replace("</p>", f"</p>{images}", 1)
    canonical = '<head><link rel="canonical" href="https://gull.example/news/1">'
    (folder / "a.html").write_text(source.replace("<head>", canonical), "utf-8")
    (folder / "a_files").mkdir(exist_ok=True)
    (folder / "a_files" / "bay.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64))


def test_page_saved_complete_links_its_own_pictures(inside: Path) -> None:
    save_complete(inside / "my pages")
    assert "![The bay](my%20pages/a_files/bay.png)" in invoke("my pages/a.html").stdout
    assert "![Gone](https://gull.example/news/gone/b.png)" in invoke("my pages/a.html").stdout
    assert invoke("my pages", "-o", "out/deep").exit_code == 0
    assert "![The bay](../../my%20pages/a_files/bay.png)" in (inside / "out" / "deep" / "a.md").read_text("utf-8")
    assert invoke("my pages/a.html", "-o", "my pages/a.json").exit_code == 0
    found = json.loads((inside / "my pages" / "a.json").read_text("utf-8"))
    assert "![The bay](a_files/bay.png)" in found["content_markdown"]
    (inside / "my pages" / "a_files" / "bay.png").unlink()
    assert "![The bay](https://gull.example/news/a_files/bay.png)" in invoke("my pages/a.html").stdout


def test_links_to_pictures_follow_the_output(inside: Path) -> None:
    save_complete(inside / "in")
    assert invoke("in", "-o", "out").exit_code == 0
    os.replace(inside / "in", inside / "moved")  # noqa: PTH105
    assert "1 converted" in invoke("moved", "-o", "out").stderr
    assert "(../moved/a_files/bay.png)" in (inside / "out" / "a.md").read_text("utf-8")
