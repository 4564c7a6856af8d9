"""A run over a crawl takes no more memory at its end than at its beginning, all its processes together."""

from __future__ import annotations

import gzip
import subprocess
import time
from pathlib import Path

import pytest

from tests.container_pages import html
from tests.saved import command, environment
from tests.test_containers_crawls import record

pytestmark = pytest.mark.process

RECORDS = 2_000
"""Of 20,000 the last tenth took 6.5 % more than the second; most of that comes early, as caches fill."""

GROWTH = 1.1


def proportional_size(process: int) -> int:
    """Return the kilobytes of a process and those it started, what they share counted once."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    own = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return own + sum(proportional_size(int(child)) for child in children)


def test_memory_of_a_run_over_a_crawl_stays(tmp_path: Path) -> None:
    if not Path("/proc/self/smaps_rollup").is_file():
        pytest.skip("this system does not tell what processes share")
    page = html().encode()
    with (tmp_path / "a.warc.gz").open("wb") as file:
        for number in range(RECORDS):
            url = f"https://quay.example/{number % 50}/{number}.html"
            file.write(gzip.compress(record(page.replace(b"Keepers", b"Keepers %d" % number), url=url, number=number)))
    report = tmp_path / "report.jsonl"
    arguments = (tmp_path / "a.warc.gz", "-o", tmp_path / "out", "--report", report, "-q", "-j", 1)
    sizes: list[tuple[int, int]] = []
    with subprocess.Popen(command(*arguments), env=environment()) as process:
        while process.poll() is None:
            done = report.read_bytes().count(b"\n") if report.exists() else 0
            sizes.append((done * 10 // RECORDS, proportional_size(process.pid)))
            time.sleep(0.05)
    assert process.returncode == 0
    assert report.read_bytes().count(b'"converted"') == RECORDS
    second, last = ([size for tenth, size in sizes if tenth == one and size] for one in (1, 9))
    assert second
    assert last
    assert max(last) < GROWTH * max(second)
