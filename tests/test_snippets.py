"""Every command and example that the documents show is run, in a folder with the files that they speak of."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks import kinds
from tests.saved import page, save_pages
from tests.test_docs import DOCUMENTS, ROOT, fences, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.process

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHOWN = tuple(name for name in DOCUMENTS if name == "README.md" or name.startswith("docs/"))
OWN_TEST = ("docs/tutorial.md", "docs/developer.md", "docs/rules.md")
"""Documents whose commands are one story, run by a test of their own (tests/test_docs.py, tests/test_rules_cli.py)."""

_NOT_HERE_RE = re.compile(r"s3://|tcp://|--watch|…|^(?:\S*pip|pipx|uvx|source|python3 -m venv|dask|rm) ")
"""What needs a store, a cluster, an index or an end by hand, and placeholders: `newsclean s3://bucket/ …`."""
_COMPARES_RE = re.compile(r"git diff |newsclean report \S+ \w")
"""What says by its status that there is a difference."""
_MODULE_RE = re.compile(r"^python -m ([\w.]+)")  # python -m benchmarks.peers --corpora CORPORA
_IMPORT_RE = re.compile(r"^\s*(?:from|import) (\w+)", re.M)  # from pyspark.sql import SparkSession

SHIMS = {
    "newsclean": f'exec "{sys.executable}" -m newsclean "$@"',
    **dict.fromkeys(("xclip", "wl-paste"), "cat story.html"),
    "less": "cat",
}
"""Programs that a snippet names: the command of this checkout, and what a pipe of a test has no screen for."""


def shown_lines(name: str) -> list[str]:
    """Return the commands of a document, without comments."""
    lines = [line for block in fences(read(name), "bash") for line in block.splitlines()]
    return [
        line for line in (re.sub(r"\s+# .*| {2,}#.*", "", line).strip() for line in lines) if line[:1] not in ("", "#")
    ]


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    """Return a folder with what the snippets convert, which is the user's home too."""
    for name in ("page", "story", "before", "after"):
        (tmp_path / f"{name}.html").write_text(page(name.title()), encoding="utf-8")
    for name in ("saved", "archive", "pages", "crawl", "Downloads/saved", "dumps"):
        save_pages(tmp_path / name, *(f"{story}.html" for story in ("ferry", "pier", "gull", *"abcdefgh")))
        shutil.copy(ROOT / "fixtures" / "readme" / "bridge.html", tmp_path / name / "bridge.html")
    shutil.copy(ROOT / "fixtures" / "several" / "newsletter" / "page.txt", tmp_path / "clippings.txt")
    for name, content in {
        "crawl.warc.gz": kinds.warc(),
        "big.warc.gz": kinds.warc({"https://a.example/": kinds.ENGLISH}),
        "mail.mbox": kinds.mailbox(),
        "mails.mbox": kinds.mailbox(),
        "boxes.zip": kinds.packed({"a.html": page("Boxes")}),
        "page.mhtml": kinds.mhtml(),
        "saved.mhtml": kinds.mhtml(),
        "page.webarchive": kinds.webarchive(),
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "note.md").write_text(fences(read("docs/notes.md"), "jinja")[0], encoding="utf-8")
    shims = tmp_path / "bin"
    shims.mkdir()
    for name, script in SHIMS.items():
        (shims / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (shims / name).chmod(0o755)
    for name in ("run", "before", "after"):
        run(f"newsclean saved/ -o reported/ --force --report {name}.jsonl", tmp_path)
    shutil.rmtree(tmp_path / "reported")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of a document there, as somebody whose home it is."""
    places = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / ".config"), "PYTHONPATH": str(ROOT / "src")}
    environment = os.environ | places | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    shell = ["bash", "-o", "pipefail", "-c", command]
    return subprocess.run(
        shell, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("name", [name for name in SHOWN if name not in OWN_TEST and shown_lines(name)])
def test_commands_of_the_documents_run(name: str, stage: Path) -> None:
    for line in shown_lines(name):
        module = _MODULE_RE.match(line)
        if module:
            assert importlib.util.find_spec(module[1]), line
        if module or _NOT_HERE_RE.search(line) or ("jq" in line and not shutil.which("jq")):
            continue
        done = run(line, stage)
        differs = done.returncode == 1 and _COMPARES_RE.match(line)
        assert done.returncode == 0 or differs, f"{name}: {line}\n{done.stdout[-500:]}{done.stderr[-1000:]}"


@pytest.mark.parametrize(
    "name", [name for name in SHOWN if name != "docs/developer.md" and fences(read(name), "python")]
)
def test_python_of_the_documents_runs(name: str, stage: Path) -> None:
    run("newsclean saved/ -o corpus.jsonl.gz", stage)
    if importlib.util.find_spec("pyarrow"):
        run("newsclean saved/ -o corpus.parquet", stage)
    for example in fences(read(name), "python"):
        if not all(importlib.util.find_spec(module) for module in _IMPORT_RE.findall(example)) or "…" in example:
            continue
        done = subprocess.run(
            [sys.executable, "-c", example],
            cwd=stage,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{name}: {example}\n{done.stderr[-1500:]}"


def test_settings_of_the_documents_are_read(stage: Path) -> None:
    (stage / "newsclean.toml").write_text(fences(read("docs/cli.md"), "toml")[0], encoding="utf-8")
    (stage / "site-rules").mkdir()
    held = tomllib.loads(run("newsclean config", stage).stdout)
    assert held == {"keep": "precision", "front-matter": "hugo", "rules": ["site-rules"]}


def test_json_of_the_documents_parses() -> None:
    for name in SHOWN:
        for example in fences(read(name), "json"):
            json.loads(example)
