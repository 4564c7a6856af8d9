"""What is shipped: an sdist with what its tests need, a wheel with what a user needs, the same bytes in every build."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.docs import REPOSITORY

pytest.importorskip("hatchling")

EPOCH = "1767225600"
"""Any moment will do, as long as it is the same one."""


@cache
def built(turn: int) -> dict[str, Path]:
    """Return suffix → file of a build; `turn` tells one build from the next."""
    folder = Path(mkdtemp(prefix=f"newsclean-{turn}-"))
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run(command, cwd=REPOSITORY, env=environment, check=True, capture_output=True)
    return {path.suffix: path for path in folder.iterdir()}


@pytest.mark.parametrize("suffix", [".whl", ".gz"])
def test_two_builds_are_the_same_bytes(suffix: str) -> None:
    first, second = (sha256(built(turn)[suffix].read_bytes()).hexdigest() for turn in (1, 2))
    assert first == second


def test_sdist_holds_what_its_tests_need() -> None:
    with tarfile.open(built(1)[".gz"]) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    tracked = ("src", "tests", "fixtures", "benchmarks", "training", "docs")
    wanted = {
        path.relative_to(REPOSITORY).as_posix()
        for folder in tracked
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert not wanted - names
    assert {"README.md", "CHANGELOG.md", "NOTICE", "LICENSE", "CITATION.cff", "Makefile", "mkdocs.yml"} <= names


def test_wheel_holds_what_a_user_needs() -> None:
    with zipfile.ZipFile(built(1)[".whl"]) as wheel:
        names = wheel.namelist()
    for ending in (
        "newsclean/py.typed",
        "newsclean/schema.json",
        "share/man/man1/newsclean.1",
        "licenses/LICENSE",
        "licenses/NOTICE",
    ):
        assert any(name.endswith(ending) for name in names), ending
    assert not [name for name in names if name.split("/")[0] in ("tests", "benchmarks", "training", "fixtures")]
