"""Runs on a cluster: a real scheduler and real workers on 127.0.0.1, killed and started again, beside a local run."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from newsclean.cli import main
from newsclean.errors import OptionsError, OutputError
from newsclean.runs.cluster import REMEDIES, SUPPORTED, convert_cluster
from newsclean.runs.filters import Filters
from newsclean.runs.find import Choice
from newsclean.runs.options import RunOptions
from tests.saved import EMPTY_PAGE, SOURCE, command, page, run, save_pages, tree
from tests.test_containers_crawls import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newsclean.runs.options import Progress

pytest.importorskip("distributed", reason="newsclean[cluster] is not installed")
pytest.importorskip("pyarrow", reason="newsclean[parquet] is not installed")

ENVIRONMENT = os.environ | {
    "PYTHONPATH": f"{SOURCE}{os.pathsep}{SOURCE.parent}",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s",
}
process = pytest.mark.process

SECONDS = 120
"""Within which everything here ends, on a busy machine too."""


class Cluster:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self._scheduler: subprocess.Popen[bytes] | None = None
        self._workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> None:
        """Start it, at the address that it had before."""
        file = self.folder / "scheduler.json"
        file.unlink(missing_ok=True)
        port = self.address.rpartition(":")[2] or "0"
        self._scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--scheduler-file", file
        )
        wait_for(lambda: address_in(file))
        self.address = address_in(file)

    def start_workers(self, number: int = 2) -> None:
        arguments = (
            "--nworkers",
            number,
            "--nthreads",
            1,
            "--host",
            "127.0.0.1",
            "--no-dashboard",
            "--death-timeout",
            60,
        )
        self._workers.append(self._start("worker", self.address, "--local-directory", self.folder, *arguments))

    def _start(self, program: str, *arguments: object) -> subprocess.Popen[bytes]:
        with (self.folder / f"{program}.log").open("ab") as log:
            module = f"distributed.cli.dask_{program}"
            return subprocess.Popen(
                [sys.executable, "-m", module, *map(str, arguments)],
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd=self.folder,
                start_new_session=True,
            )

    def kill_scheduler(self) -> None:
        assert self._scheduler is not None
        end(self._scheduler)

    def kill_workers(self) -> None:
        """Kill the processes that watch over workers with all that they started."""
        for process in self._workers:
            end(process)
        self._workers.clear()

    def stop(self) -> None:
        for process in [*self._workers, *filter(None, [self._scheduler])]:
            end(process)


def address_in(file: Path) -> str:
    """Return what a scheduler wrote down, "" until it is there in full."""
    try:
        return str(json.loads(file.read_text())["address"])
    except (OSError, ValueError, KeyError):
        return ""


def end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(SECONDS)


def wait_for(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "dask"
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        cluster.start_scheduler()
        cluster.start_workers()
        yield cluster
    finally:
        cluster.stop()


def start(*arguments: object, module: str = "newsclean") -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", module, *command(*arguments)[3:]]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)


def convert(*arguments: object, module: str = "newsclean", status: int = 0) -> str:
    """Run the command to its end, and return what it says."""
    process = start(*arguments, module=module)
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == status, told.decode()
    return told.decode()


def shards(folder: Path) -> list[Path]:
    """Return the shards that the manifest lists, which are all that are there."""
    manifest = json.loads((folder / "_manifest.json").read_text("utf-8"))
    names = [shard["name"] for shard in manifest["shards"] if shard["name"]]
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith("part-")) == names
    assert not list(folder.rglob(".newsclean-*"))
    return [folder / name for name in names]


def lines(folder: Path) -> list[bytes]:
    """Return the lines of all shards of JSON, in the order of the shards."""
    return [line for shard in shards(folder) for line in gzip.decompress(shard.read_bytes()).splitlines()]


def local_lines(*inputs: object) -> list[bytes]:
    return run(*inputs, "-t", "jsonl").stdout.splitlines()


def outcomes(folder: Path) -> list[dict[str, Any]]:
    """Return what the reports beside the shards say, in the order of the shards."""
    manifest = json.loads((folder / "_manifest.json").read_text("utf-8"))
    found = []
    for shard in manifest["shards"]:
        found += [json.loads(line) for line in (folder / shard["report"]).read_bytes().splitlines()[1:]]
    return found


def crawl(pages: int) -> bytes:
    """Return a WARC file."""
    return b"".join(
        gzip.compress(record(page(f"Crawled {n}").encode(), url=f"https://gull.example/{n}", number=n))
        for n in range(pages)
    )


def mixed_inputs(folder: Path) -> Path:
    """Return a folder of pages, one without an article, an asset, and a crawl."""
    save_pages(folder, *(f"{n % 3}/{n:02}.html" for n in range(20)))
    (folder / "0" / "empty.html").write_text(EMPTY_PAGE)
    (folder / "1" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    (folder / "2" / "crawl.warc.gz").write_bytes(crawl(7))
    return folder


@process
def test_shards_are_what_a_local_run_writes(cluster: Cluster, tmp_path: Path) -> None:
    inputs = mixed_inputs(tmp_path / "in")
    report = tmp_path / "r.jsonl"
    flags = ("--cluster", cluster.address, "--shard-pages", 5)
    told = convert(inputs, *flags, "-t", "jsonl", "-o", tmp_path / "out", "--report", report, status=1)
    assert "27 converted, 1 without an article, 1 left out" in told
    assert lines(tmp_path / "out") == local_lines(inputs)
    assert len(shards(tmp_path / "out")) > 4
    run(inputs, "-t", "jsonl", "--report", tmp_path / "local.jsonl")
    facts = [[(line["path"], line["status"], line["words"]) for line in map(json.loads, path.read_bytes().splitlines())]
             for path in (report, tmp_path / "local.jsonl")]  # fmt: skip
    assert facts[0] == facts[1]


@process
def test_a_shard_is_byte_for_byte_the_table_of_its_inputs(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"{n}.html" for n in range(9)))
    convert(inputs, "--cluster", cluster.address, "--shard-pages", 3, "-o", tmp_path / "out")
    for number, shard in enumerate(shards(tmp_path / "out")):
        part = [inputs / f"{n}.html" for n in range(3 * number, 3 * number + 3)]
        convert(*part, "-o", tmp_path / "local.parquet", "--force")
        assert shard.read_bytes() == (tmp_path / "local.parquet").read_bytes()


@process
def test_second_run_keeps_what_is_there_and_does_what_changed(cluster: Cluster, tmp_path: Path) -> None:
    inputs = mixed_inputs(tmp_path / "in")
    arguments = (inputs, "-t", "jsonl", "-o", tmp_path / "out", "--cluster", cluster.address, "--shard-pages", 5)
    convert(*arguments, status=1)
    before = tree(tmp_path / "out")
    assert "27 up to date, 1 without an article" in convert(*arguments, status=1)
    assert tree(tmp_path / "out") == before
    (inputs / "2" / "17.html").write_text(page("Changed"), "utf-8")
    shards(tmp_path / "out")[0].write_bytes(b"cut off")
    told = convert(*arguments, status=1)
    assert re.search(r"(\d+) converted, (\d+) up to date, 1 without", told)
    assert lines(tmp_path / "out") == local_lines(inputs)
    convert(*arguments, "--no-links", status=1)
    assert not set(tree(tmp_path / "out")) & set(before) - {"_manifest.json"}


@process
def test_worker_killed_in_the_middle_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"slow{n:02}.html" for n in range(40)))
    arguments = (inputs, "-t", "jsonl", "-o", tmp_path / "out", "--cluster", cluster.address, "--shard-pages", 5)
    process = start(*arguments, module="tests.deadly")
    wait_for(lambda: list((tmp_path / "out").glob("part-*")))
    cluster.start_workers(1)
    first = cluster._workers.pop(0)
    end(first)
    _, told = process.communicate(timeout=SECONDS)
    assert (process.returncode, "40 converted" in told.decode()) == (0, True), told.decode()
    assert lines(tmp_path / "out") == local_lines(inputs)


@process
def test_scheduler_killed_and_started_again_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"slow{n:02}.html" for n in range(60)))
    arguments = (inputs, "-t", "jsonl", "-o", tmp_path / "out", "--cluster", cluster.address, "--shard-pages", 5)
    process = start(*arguments, module="tests.deadly")
    wait_for(lambda: list((tmp_path / "out").glob("part-*")))
    cluster.kill_scheduler()
    cluster.kill_workers()
    assert not (tmp_path / "out" / "_manifest.json").exists()
    cluster.start_scheduler()
    cluster.start_workers()
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, told.decode()
    assert "the scheduler is gone" in told.decode()
    assert lines(tmp_path / "out") == local_lines(inputs)


@process
def test_command_killed_in_the_middle_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"slow{n:02}.html" for n in range(40)))
    arguments = (inputs, "-t", "jsonl", "-o", tmp_path / "out", "--cluster", cluster.address, "--shard-pages", 5)
    process = start(*arguments, module="tests.deadly")
    wait_for(lambda: list((tmp_path / "out").glob("part-*")))
    process.kill()
    process.communicate(timeout=SECONDS)
    told = convert(*arguments, module="tests.deadly")
    assert re.search(r"converted, (\d+) up to date", told), told
    assert lines(tmp_path / "out") == local_lines(inputs)


@process
def test_two_runs_into_one_folder_do_not_meet(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"slow{n:02}.html" for n in range(20)))
    other = save_pages(tmp_path / "other", "a.html")
    arguments = ("-t", "jsonl", "-o", tmp_path / "out", "--cluster", cluster.address, "--shard-pages", 5)
    process = start(inputs, *arguments, module="tests.deadly")
    wait_for(lambda: list((tmp_path / "out").glob("part-*")))
    assert "another run of newsclean writes there" in convert(other, *arguments, status=2)
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, told.decode()
    assert lines(tmp_path / "out") == local_lines(inputs)
    assert "1 converted" in convert(other, *arguments)
    assert len(lines(tmp_path / "out")) == 1
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


@process
def test_page_that_ends_workers_is_found_and_left_out(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"{n:02}.html" for n in range(8)))
    (inputs / "deadly.html").write_text(page(), "utf-8")
    arguments = (inputs, "-t", "jsonl", "-o", tmp_path / "out", "--cluster", cluster.address, "--shard-pages", 5)
    told = convert(*arguments, module="tests.deadly", status=1)
    assert "deadly.html: ends every worker that converts it" in told
    assert "8 converted, 1 crashed" in told
    crashed = [line["path"] for line in outcomes(tmp_path / "out") if line["status"] == "crashed"]
    assert crashed == [str(inputs / "deadly.html")]
    assert [json.loads(line)["title"] for line in lines(tmp_path / "out")] == [f"Report {n:02}" for n in range(8)]
    assert "8 up to date, 1 crashed" in convert(*arguments, status=1)


@process
def test_full_disk_is_said_and_the_next_run_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", *(f"{n:02}.html" for n in range(12)))
    arguments = ("-t", "jsonl", "--cluster", cluster.address, "--shard-pages", 3)
    small = tmp_path / "small"
    small.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20k", "none", small], check=False).returncode
    ):
        pytest.skip("no small file system can be mounted here")
    try:
        told = convert(inputs, *arguments, "-o", small / "out", status=2)
        assert "no space left" in told
        assert not (small / "out" / "_manifest.json").exists()
        subprocess.run(["mount", "-o", "remount,size=10m", small], check=True)
        convert(inputs, *arguments, "-o", small / "out")
        assert lines(small / "out") == local_lines(inputs)
    finally:
        subprocess.run(["umount", "-l", small], check=True)


@pytest.fixture
def client() -> Iterator[Any]:
    """Give a cluster inside this process, which shares its memory:// and opens no socket."""
    import distributed
    import fsspec

    local_cluster: Any = distributed.LocalCluster
    client_of: Any = distributed.Client
    with (
        local_cluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as local,
        client_of(local) as client,
    ):
        yield client
    fsspec.filesystem("memory").store.clear()


@pytest.mark.enable_socket
def test_inputs_and_outputs_at_addresses(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    inputs = mixed_inputs(tmp_path / "in")
    (inputs / "0" / "00_files").mkdir()
    (inputs / "0" / "00_files" / "frame.html").write_text(page("Asset"))
    memory.put(f"{inputs}/", "/crawl", recursive=True)
    monkeypatch.setattr("newsclean.runs.cluster.LARGE", 2_000)
    how = RunOptions(to="jsonl")
    report = convert_cluster("memory://crawl", "memory://out", cluster=client, how=how, pages=3)
    assert (report.counts["converted"], report.counts["no_article"], report.counts["left_out"]) == (27, 1, 1)
    listed = json.loads(memory.cat("/out/_manifest.json"))["shards"]
    found = b"".join(gzip.decompress(memory.cat(f"/out/{shard['name']}")) for shard in listed if shard["name"])
    there = {name.removeprefix("/out/") for name in memory.find("/out")} - {"_manifest.json"}
    assert there == {name for shard in listed for name in (shard["name"], shard["report"]) if name}
    expected = [json.loads(line) for line in local_lines(inputs)]
    assert [body(json.loads(line)) for line in found.splitlines()] == [body(line) for line in expected]
    assert sum(shard["rows"] for shard in listed[-3:]) == 7
    again = convert_cluster(
        ["memory://crawl/*/*.html", "memory://crawl/2/crawl.warc.gz"], "memory://out2", cluster=client
    )
    assert again.counts["converted"] == 27


def body(line: dict[str, Any]) -> tuple[object, ...]:
    return (
        line["title"],
        line["content_markdown"],
        line["input"]["path"].rpartition("/")[2],
        line["input"].get("member"),
    )


@pytest.mark.enable_socket
def test_of_two_runs_at_one_address_the_one_that_began_last_ends(client: Any, tmp_path: Path) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    inputs = save_pages(tmp_path / "in", *(f"{n:02}.html" for n in range(6)))
    arguments: dict[str, Any] = {"cluster": client, "how": RunOptions(to="jsonl"), "pages": 2}
    others: list[int] = []

    def meet(_: Progress) -> None:
        if not others:
            others.append(0)
            others[0] = convert_cluster(inputs / "00.html", "memory://out", **arguments).counts["converted"]

    with pytest.raises(OutputError, match="another run of newsclean writes there"):
        convert_cluster(inputs, "memory://out", progress=meet, **arguments)
    manifest = json.loads(MemoryFileSystem().cat("/out/_manifest.json"))
    assert (others, manifest["rows"]) == ([1], 1)
    assert convert_cluster(inputs, "memory://out", **arguments).counts.total() == 6
    assert not [name for name in MemoryFileSystem().find("/out") if "lock" in name]


@pytest.mark.enable_socket
def test_local_folder_by_its_address_holds_the_same_bytes(client: Any, tmp_path: Path) -> None:
    inputs = mixed_inputs(tmp_path / "in")
    arguments: dict[str, Any] = {"cluster": client, "how": RunOptions(to="jsonl"), "pages": 4}
    for output in ("plain", f"file://{tmp_path}/address"):
        goal = output if "://" in output else tmp_path / output
        assert convert_cluster(inputs, goal, **arguments).counts["converted"] == 27
    plain, address = (tree(tmp_path / name) for name in ("plain", "address"))
    shards_of = [{name: data for name, data in files.items() if name.startswith("part-")} for files in (plain, address)]
    assert shards_of[0] == shards_of[1]
    assert plain.keys() == address.keys()
    assert convert_cluster(f"file://{inputs}", tmp_path / "again", **arguments).counts["converted"] == 27


@pytest.mark.enable_socket
def test_filters_leave_out_what_they_do_in_a_local_run(client: Any, tmp_path: Path) -> None:
    inputs = mixed_inputs(tmp_path / "in")
    how = RunOptions(to="jsonl", filters=Filters(include=("gull.example",)))
    report = convert_cluster(inputs, tmp_path / "out", cluster=client, how=how, pages=6)
    assert (report.counts["converted"], report.counts["left_out"]) == (7, 21)
    assert lines(tmp_path / "out") == local_lines(inputs, "--include", "gull.example")


@pytest.mark.enable_socket
def test_store_that_fails_is_said_and_loses_nothing(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    inputs = save_pages(tmp_path / "in", *(f"{n:02}.html" for n in range(6)))
    arguments: dict[str, Any] = {"cluster": client, "how": RunOptions(to="jsonl"), "pages": 2}
    put = MemoryFileSystem.put_file

    def fail(self: Any, path: str, goal: str, **options: Any) -> None:
        if "part-000002" in goal:
            raise OSError(28, "Quota exceeded")
        put(self, path, goal, **options)

    with monkeypatch.context() as patch:
        patch.setattr(MemoryFileSystem, "put_file", fail)
        with pytest.raises(OutputError, match="cannot write: quota exceeded"):
            convert_cluster(inputs, "memory://out", **arguments)
    memory = MemoryFileSystem()
    assert not memory.exists("/out/_manifest.json")
    report = convert_cluster(inputs, "memory://out", **arguments)
    assert report.counts["skipped"] + report.counts["converted"] == 6
    found = b"".join(gzip.decompress(memory.cat(name)) for name in sorted(memory.glob("/out/part-*")))
    assert found.splitlines() == local_lines(inputs)


@pytest.mark.enable_socket
def test_unreadable_input_is_told_and_tried_again(client: Any, tmp_path: Path) -> None:
    inputs = save_pages(tmp_path / "in", "a.html", "b.html")
    arguments: dict[str, Any] = {"cluster": client, "how": RunOptions(to="jsonl")}
    paths = [inputs / "a.html", inputs / "b.html", inputs / "c.html"]
    steps: list[Progress] = []
    report = convert_cluster(paths, tmp_path / "out", progress=steps.append, **arguments)
    assert (report.counts["converted"], report.counts["failed"]) == (2, 1)
    assert [step.outcome.path for step in steps if step.outcome] == [str(inputs / "c.html")]
    assert (steps[-1].done, steps[-1].total) == (3, 3)
    save_pages(inputs, "c.html")
    assert convert_cluster(paths, tmp_path / "out", **arguments).counts["converted"] == 3


def test_what_a_cluster_cannot_do_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for how, told in ((RunOptions(), "not markdown"), (RunOptions(to="parquet", learn=True), "learn does not work")):
        with pytest.raises(OptionsError, match=told):
            convert_cluster(tmp_path, tmp_path / "out", cluster="local:1", how=how)
    refused = (RunOptions(dedupe="near"), RunOptions(choice=Choice(sample=3)), RunOptions(retry_failed=True))
    for how in refused:
        with pytest.raises(OptionsError) as error:
            convert_cluster(tmp_path, tmp_path / "out", cluster="local:1", how=replace(how, to="jsonl"))
        assert error.value.remedy, how
    with pytest.raises(OptionsError, match="text_hash"):
        convert_cluster(tmp_path, tmp_path / "out", cluster="local:1", how=RunOptions(to="jsonl", dedupe="exact"))
    with pytest.raises(OptionsError, match="local:4"):
        convert_cluster(tmp_path, tmp_path / "out", cluster="local:many")
    with pytest.raises(OutputError, match="did not write"):
        convert_cluster(tmp_path, tmp_path, cluster="local:1")


def test_every_option_has_a_meaning_on_a_cluster_or_a_remedy() -> None:
    assert {field.name for field in fields(RunOptions)} == SUPPORTED | REMEDIES.keys()
    assert not SUPPORTED & REMEDIES.keys()


def test_flag_without_meaning_on_a_cluster_is_wrong_usage(tmp_path: Path) -> None:
    save_pages(tmp_path / "in", "a.html")
    arguments = [str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--cluster", "local:1"]
    for flags in (["--sample", "5"], ["--learn"], ["--watch"], ["-t", "markdown"], ["-o", "-"]):
        assert CliRunner().invoke(main, [*arguments, *flags]).exit_code == 2, flags
    assert not (tmp_path / "out").exists()


@process
def test_no_scheduler_is_said(tmp_path: Path) -> None:
    save_pages(tmp_path / "in", "a.html")
    told = convert(tmp_path / "in", "-o", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9", status=3)
    assert "no scheduler answers at tcp://127.0.0.1:9" in told
