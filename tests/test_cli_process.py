"""The command line as a process: pipes, signals, locale, terminal, start-up, and a run that is killed half-way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsclean.runs.journal import JOURNAL_NAME
from tests.saved import EMPTY_PAGE, command, environment, page, run, save_pages, tree

pytestmark = pytest.mark.process

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
as_user = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")

PAGES = 300
"""Enough that a run over them takes a second, and can be caught in the middle."""


def many_pages(folder: Path) -> Path:
    return save_pages(folder, *(f"{n % 7}/{n:03}.html" for n in range(PAGES)))


def wait_for_outputs(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a run has written some of its outputs."""
    deadline = time.monotonic() + 60
    while not list(folder.glob("0/*.md")):
        assert process.poll() is None, "ended too soon"
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_page_piped_in_comes_out_of_stdout() -> None:
    result = run(input=page().encode())
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"# Ferry still out" in result.stdout


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page("Fähre nach Åland — 渡し船"), encoding="utf-8")
    env = environment(LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    result = run(tmp_path / "a.html", env=env)
    assert result.returncode == 0
    assert "Fähre nach Åland — 渡し船" in result.stdout.decode("utf-8")


def test_utf_16_page_on_stdin_is_read_as_bytes() -> None:
    result = run(input=page("Wide").replace(' charset="utf-8"', "").encode("utf-16"))
    assert b"# Wide" in result.stdout


@posix
def test_closed_stdin_is_wrong_usage_and_no_hang() -> None:
    result = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *command()], capture_output=True, timeout=60, env=environment(), check=False
    )
    assert result.returncode == 2
    assert b"Usage: newsclean" in result.stderr


@posix
def test_no_input_on_a_terminal_prints_help_and_ends() -> None:
    import pty

    master, slave = pty.openpty()
    try:
        result = run(stdin=slave)
    finally:
        os.close(slave)
        os.close(master)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Usage: newsclean" in result.stderr


@posix
@pytest.mark.parametrize("arguments", [(), ("-j", "1")])
def test_closed_pipe_is_quiet(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    pages = save_pages(tmp_path, *(f"{n}.html" for n in range(60)))
    process = subprocess.Popen(
        command(pages, "-t", "jsonl", "-q", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@posix
def test_closed_stdout_is_said(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    arguments = ["/bin/sh", "-c", '"$@" >&-', "sh", *command(tmp_path / "a.html")]
    result = subprocess.run(arguments, stderr=subprocess.PIPE, timeout=60, env=environment(), check=False)
    assert (result.returncode, result.stderr) == (2, b"newsclean: stdout is closed (-o FILE)\n")


@posix
def test_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        result = subprocess.run(
            command(), input=page().encode(), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert result.returncode == 2
    assert b"no space left" in result.stderr


@posix
def test_interrupted_run_exits_with_130_and_goes_on_later(tmp_path: Path) -> None:
    pages = many_pages(tmp_path / "in")
    process = subprocess.Popen(
        command(pages, "-o", tmp_path / "out"), stderr=subprocess.PIPE, env=environment(), start_new_session=True
    )
    wait_for_outputs(tmp_path / "out", process)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"newsclean: interrupted\n")
    assert 0 < len(list((tmp_path / "out").rglob("*.md"))) < PAGES
    assert run(pages, "-o", tmp_path / "out").returncode == 0
    assert len(list((tmp_path / "out").rglob("*.md"))) == PAGES


@posix
def test_interrupted_single_conversion_exits_with_130() -> None:
    process = subprocess.Popen(command("-"), stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


@posix
def test_killed_run_goes_on_and_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    pages = many_pages(tmp_path / "in")
    process = subprocess.Popen(command(pages, "-o", tmp_path / "out", "-j", 2), env=environment())
    wait_for_outputs(tmp_path / "out", process)
    process.kill()
    process.wait()
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.md")}
    assert 0 < len(written) < PAGES
    again = run(pages, "-o", tmp_path / "out", "-j", 2)
    assert again.returncode == 0
    assert b"up to date" in again.stderr
    assert run(pages, "-o", tmp_path / "whole", "-j", 1).returncode == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    kept = [path for path, stamp in written.items() if path.stat().st_mtime_ns == stamp]
    assert len(kept) >= len(written) - 1


@posix
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    pages = many_pages(tmp_path / "in")
    process = subprocess.Popen(
        command(pages, "-o", tmp_path / "out", "-j", 2), env=environment(), start_new_session=True
    )
    wait_for_outputs(tmp_path / "out", process)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("processes are left")


def test_explicit_timeout_still_converts_a_single_page(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    result = run(tmp_path / "a.html", "--timeout", 30)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == run(tmp_path / "a.html").stdout


def test_stdin_among_several_inputs_is_read_by_the_parent(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    result = run(tmp_path / "a.html", "-", "-t", "jsonl", input=page("Piped").encode())
    assert result.returncode == 0
    assert [json.loads(line)["title"] for line in result.stdout.splitlines()] == ["Report a", "Piped"]


@posix
def test_pipes_of_the_shell_are_read_by_the_parent(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html", "b.html")
    reader, writer = os.pipe()
    os.write(writer, page("Substituted").encode())
    os.close(writer)
    try:
        result = run(tmp_path / "a.html", f"/dev/fd/{reader}", "-t", "jsonl", pass_fds=[reader])
    finally:
        os.close(reader)
    assert [json.loads(line)["title"] for line in result.stdout.splitlines()] == ["Report a", "Substituted"]


@as_user
def test_output_folder_without_write_permission_is_named(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    (tmp_path / "out").mkdir(mode=0o500)
    result = run(pages, "-o", tmp_path / "out")
    assert result.returncode == 2
    assert b"permission denied" in result.stderr


@as_user
def test_page_without_read_permission_costs_itself(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html", "b.html")
    (pages / "a.html").chmod(0)
    result = run(pages, "-o", tmp_path / "out")
    assert result.returncode == 1
    assert b"a.html: permission denied" in result.stderr


@posix
@pytest.mark.parametrize(("extra", "bar"), [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False)])
def test_progress_is_shown_on_a_terminal_that_can(tmp_path: Path, extra: dict[str, str], bar: bool) -> None:
    pages = save_pages(tmp_path / "in", *(f"{n}.html" for n in range(5)))
    (pages / "empty.html").write_text(EMPTY_PAGE)
    shown = on_terminal(command(pages, "-o", tmp_path / "out"), environment(**extra))
    assert (b"6/6" in shown) is bar
    assert b"empty.html: no article" in shown
    assert b"5 converted, 1 without an article" in shown


@posix
def test_no_color_is_honoured(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", *(f"{n}.html" for n in range(5)))
    shown = on_terminal(command(pages, "-o", tmp_path / "out"), environment(TERM="xterm-256color", NO_COLOR="1"))
    assert b"5/5" in shown
    assert b"\x1b[38;" not in shown
    assert b"\x1b[3" not in shown


@posix
def test_quiet_shows_no_progress(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    assert on_terminal(command(pages, "-o", tmp_path / "out", "-q"), environment(TERM="xterm")) == b""


def on_terminal(arguments: list[str], env: dict[str, str]) -> bytes:
    """Return what a command prints to stderr when that is a terminal."""
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=slave, env=env)
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 65536):
            shown += chunk
    except OSError:  # the other end is closed
        pass
    os.close(master)
    assert process.wait(60) in (0, 1)
    return shown


@pytest.mark.parametrize("statement", ["import newsclean", "import newsclean.cli"])
def test_import_is_light(statement: str) -> None:
    heavy = ("lxml", "bs4", "readability", "rich", "charset_normalizer", "multiprocessing", "numpy", "asyncio")
    code = f"import sys; {statement}; print(*sorted(set({heavy!r}) & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=True)
    assert result.stdout.strip() == b""


def test_single_conversion_starts_no_process_and_no_heavy_library(tmp_path: Path) -> None:
    save_pages(tmp_path, "a.html")
    heavy = ("rich", "multiprocessing", "numpy", "asyncio", "concurrent")
    code = (
        "import sys\nfrom newsclean.cli import main\n"
        f"try: main(['{(tmp_path / 'a.html').as_posix()}'])\nexcept SystemExit: pass\n"
        f"print(*sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=True)
    assert b"Report a" in result.stdout
    assert result.stderr.strip() == b""


def test_journal_stays_hidden_and_small(tmp_path: Path) -> None:
    pages = save_pages(tmp_path / "in", "a.html")
    for _ in range(3):
        run(pages, "-o", tmp_path / "out", "--force")
    assert (tmp_path / "out" / JOURNAL_NAME).read_bytes().count(b"\n") == 1
