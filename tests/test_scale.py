"""The snippets of docs/scale.md run: newsclean in the engines of others, each where it is installed."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.saved import EMPTY_PAGE, SOURCE, page, save_pages
from tests.test_containers_crawls import record
from tests.test_docs import fences, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.process

NEEDED = {
    "convert_cluster(": ("distributed", "pyarrow"),
    "pyspark": ("pyspark", "pandas", "pyarrow"),
    "ray.data": ("ray", "pyarrow"),
    "datatrove": ("datatrove", "warcio", "magic", "cchardet"),
}
"""What a snippet is known by → the libraries that it needs."""


def snippet(mark: str) -> str:
    """Return the snippet, or skip where a library is missing."""
    for library in NEEDED[mark]:
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    return next(code for code in fences(read("docs/scale.md"), "python") if mark in code and "__main__" in code)


def run(code: str, folder: Path) -> None:
    """Run a snippet as a script in a folder with saved pages and a crawl."""
    save_pages(folder / "saved", "a.html", "b.html")
    (folder / "saved" / "empty.html").write_text(EMPTY_PAGE)
    (folder / "crawl").mkdir()
    crawled = (
        gzip.compress(record(page(f"Report {name}").encode(), url=f"https://gull.example/{name}")) for name in "ab"
    )
    (folder / "crawl" / "a.warc.gz").write_bytes(b"".join(crawled))
    (folder / "script.py").write_text(code)
    path = os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])])
    local = {"PYTHONPATH": path, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    local["RAY_raylet_start_wait_time_s"] = "120"  # on a busy machine 30 do not do
    ran = subprocess.run(
        [sys.executable, "script.py"],
        cwd=folder,
        env=os.environ | local,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def titles(folder: Path) -> list[str]:
    import pyarrow.dataset

    table = pyarrow.dataset.dataset(folder).to_table()
    return sorted(title for title in table.column("title").to_pylist() if title)


def test_snippet_for_a_cluster(tmp_path: Path) -> None:
    run(snippet("convert_cluster("), tmp_path)
    assert titles(tmp_path / "corpus") == ["Report a", "Report b"]


def test_snippet_for_spark(tmp_path: Path) -> None:
    code = snippet("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs a Java")
    run(code, tmp_path)
    assert titles(tmp_path / "articles") == ["Report a", "Report b"]


def test_snippet_for_ray(tmp_path: Path) -> None:
    run(snippet("ray.data"), tmp_path)
    assert titles(tmp_path / "articles") == ["Report a", "Report b"]


def test_snippet_for_datatrove(tmp_path: Path) -> None:
    run(snippet("datatrove"), tmp_path)
    (written,) = (tmp_path / "articles").glob("*.jsonl.gz")
    texts = [json.loads(line)["text"] for line in gzip.decompress(written.read_bytes()).splitlines()]
    assert [text.split("\n# ")[1].partition("\n")[0] for text in texts] == ["Report a", "Report b"]
