"""The measurement of many pages: its crawls are crawls, and what others do on the machine is told from what it does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import pace
from benchmarks.corpora import CorpusPage
from newsclean.runs.members import members_of
from tests.saved import page, save_pages

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


def test_a_crawl_holds_its_pages_again_and_again(tmp_path: Path) -> None:
    saved = save_pages(tmp_path, "a.html", "b.html")
    pages = [CorpusPage("invented", name, saved / name, {}) for name in ("a.html", "b.html")]
    pace.write_crawl(pages, 5, tmp_path / "crawl.warc.gz")
    members = list(members_of(str(tmp_path / "crawl.warc.gz")))
    assert [member.data for member in members] == [page(f"Report {'ab'[n % 2]}").encode() for n in range(5)]
    assert len({member.name for member in members}) == 5


def test_memory_and_time_are_those_of_a_group_alone() -> None:
    code = (
        "import time\nx = b'x' * 50_000_000\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ntime.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        assert 0.25 <= pace.cpu_of_group(process.pid) < 2
        assert 45e6 < pace.resident(process.pid) < 90e6
        assert pace.busy_time() >= 0.3
    finally:
        process.kill()
        process.communicate()
    assert pace.resident(os.getpid() + 2**22) == 0
