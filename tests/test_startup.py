"""What the command costs before it does anything, in numbers that a busy machine does not change: modules, patterns."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

MAX_OWN = 200
"""Modules of newsclean that a command loads which converts one HTML file: 181 when this was set."""

MAX_OTHERS = 260
"""Modules of Python and of other packages."""

MAX_PATTERNS = 340
"""Regular expressions of newsclean that are compiled on the way, each in a tenth to two milliseconds: 323 when this was
set."""

MAX_OF_MODULE = 24
"""The same of one module, of which `later` compiles those when they are first used that cost most."""

CODE = """
import json, re, sys
from collections import Counter
compiled = Counter()
compiler = getattr(re, "_compiler", None) or re.sre_compile  # before 3.11
compile = compiler.compile
def counted(pattern, flags=0):
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "re").startswith(("re", "newsclean.patterns")):
        frame = frame.f_back
    compiled[frame.f_globals["__name__"] if frame else ""] += 1
    return compile(pattern, flags)
compiler.compile = counted
from newsclean.cli import main
try:
    main([sys.argv[1]])
except SystemExit:
    pass
print(json.dumps([compiled, sorted(sys.modules)]), file=sys.stderr)
"""

PAGE = (
    "<title>Ferry late</title><article><h1>Ferry late</h1>" + "<p>It came an hour late, people at the quay say.</p>" * 5
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Counter[str], list[str]]:
    """Return how many patterns each module compiled, and which modules were loaded, for one small page."""
    page = tmp_path_factory.mktemp("startup") / "page.html"
    page.write_text(PAGE)
    done = subprocess.run([sys.executable, "-c", CODE, str(page)], capture_output=True, text=True, check=True)
    assert "Ferry late" in done.stdout
    compiled, modules = json.loads(done.stderr.splitlines()[-1])
    return Counter(compiled), modules


def test_command_loads_no_more_modules_than_its_budget(loaded: tuple[Counter[str], list[str]]) -> None:
    own = [name for name in loaded[1] if name.partition(".")[0] == "newsclean"]
    assert len(own) <= MAX_OWN
    assert len(loaded[1]) - len(own) <= MAX_OTHERS


def test_command_compiles_no_more_patterns_than_its_budget(loaded: tuple[Counter[str], list[str]]) -> None:
    own = Counter({name: count for name, count in loaded[0].items() if name.startswith("newsclean")})
    assert own.total() <= MAX_PATTERNS
    assert [found for found in own.most_common(3) if found[1] > MAX_OF_MODULE] == []
