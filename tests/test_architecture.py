"""The walls of the house: imports go one way, libraries stay in their rooms, files and functions stay small."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = Path(__file__).resolve().parent.parent / "src"

LAYERS = (
    ("errors", "patterns", "model", "document", "words", "columns", "files"),
    ("lexicon",),
    ("page",),
    ("markup",),
    ("flattext",),
    ("judge",),
    ("facts",),
    ("sites",),
    ("settle",),
    ("build",),
    ("render",),
    ("article",),
    ("explain",),
    ("pipeline",),
    ("rules",),
    ("runs",),
    ("reports",),
    ("api",),
    ("",),  # newsclean/__init__.py, the public door
    ("cli",),
    ("__main__",),
)
"""The modules and packages of newsclean from the ground up. A module imports from its own layer or those below it."""

UPWARD: frozenset[tuple[str, str]] = frozenset()
"""(importer, imported): the imports that may go up, each with its reason beside it. There are none."""

ROOMS = {
    "brotli": {"page"},
    "bs4": {"sites"},
    "charset_normalizer": {"page"},
    "ftfy": {"page"},
    "click": {"cli"},
    "jinja2": {"render"},
    "lxml": {
        *("page", "markup", "facts", "judge", "build", "sites"),
    },
    "markdown_it": {"flattext"},
    "mdit_py_plugins": {"flattext"},
    "readability": {"judge"},
    "rensa": {"runs"},
    "rich": {"cli"},
    "soupsieve": {"sites"},
    "tomli": {"cli", "sites"},
    "watchfiles": {"cli"},
    "webencodings": {"page"},
    "dask": {"runs"},
    "distributed": {"runs"},
    "fsspec": {"runs"},
    "pyarrow": {"runs"},
    "zstandard": {"page", "runs"},
}
"""Library → the rooms that may import it. No other library is imported anywhere."""

FORBIDDEN_MODULES = {
    "http": "newsclean never touches the network",
    "socket": "newsclean never touches the network",
    "ssl": "newsclean never touches the network",
    "urllib.request": "newsclean never touches the network",
    "marshal": "loading it runs what the file says",
    "pickle": "loading it runs what the file says",
    "shelve": "loading it runs what the file says",
}
FORBIDDEN_CALLS = {"eval", "exec", "__import__"}
NEWER = {"tomllib"}
"""Of the standard library, though not of the oldest Python that newsclean runs on; imported where it is there."""

LATE = {
    "brotli",
    "bs4",
    "charset_normalizer",
    "dask",
    "distributed",
    "fsspec",
    "ftfy",
    "jinja2",
    "markdown_it",
    "mdit_py_plugins",
    "pyarrow",
    "readability",
    "rich",
    "watchfiles",
    "zstandard",
}
"""Libraries that cost start-up time and are imported where they are used, never at the top of a module."""

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
GENERATED = "trained"
"""The packages of this name hold models as code that training/ writes: nobody reads them line by line."""


@dataclass(frozen=True)
class Import:
    """One imported module, as its dotted name."""

    target: str
    line: int
    at_top: bool


@cache
def modules() -> dict[str, ast.Module]:
    """Return dotted name inside newsclean → syntax tree; "" is the package itself."""
    found = {}
    for path in sorted((SOURCE / "newsclean").rglob("*.py")):
        parts = path.relative_to(SOURCE / "newsclean").with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


@cache
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return what the checks look at, walked to once: models as code have a million nodes."""
    wanted = (ast.Import, ast.ImportFrom, ast.Call, ast.FunctionDef, ast.AsyncFunctionDef)
    return tuple(node for node in ast.walk(tree) if isinstance(node, wanted))


def path_of(name: str) -> Path:
    base = SOURCE.joinpath("newsclean", *(name.split(".") if name else []))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


def room(name: str) -> str:
    """Return the module's place in the table: its package, or itself."""
    return name.split(".")[0]


def rank(name: str) -> int | None:
    return next((number for number, layer in enumerate(LAYERS) if room(name) in layer), None)


def imports(name: str) -> Iterator[Import]:
    """Yield every import of a module, those inside functions and under TYPE_CHECKING too."""
    tree = modules()[name]
    top = {id(node) for node in tree.body}
    for node in nodes(tree):
        at_top = id(node) in top
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, at_top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: relative import"
            for alias in node.names:
                yield Import(_imported(node.module or "", alias.name), node.lineno, at_top)


def _imported(module: str, attribute: str) -> str:
    """Return the module meant by `from module import attribute`."""
    if module.split(".")[0] != "newsclean":
        return f"{module}.{attribute}" if f"{module}.{attribute}" in FORBIDDEN_MODULES else module
    inner = ".".join([*module.split(".")[1:], attribute])
    return f"newsclean.{inner}" if inner in modules() or inner == "__version__" else module


def own_imports(name: str) -> Iterator[tuple[str, int]]:
    """Yield (name inside newsclean, line) of what a module imports from newsclean; its version is nobody's wall."""
    for found in imports(name):
        if found.target.split(".")[0] == "newsclean" and found.target != "newsclean.__version__":
            yield ".".join(found.target.split(".")[1:]), found.line


def test_there_is_something_to_check() -> None:
    assert {"model", "page.html", "judge.ballots"} <= set(modules())


def layerless(name: str) -> Iterator[str]:
    if rank(name) is None:
        yield f"add {room(name)!r} to LAYERS, at the lowest layer that its imports allow"


def upward_imports(name: str) -> Iterator[str]:
    for target, line in own_imports(name):
        own, theirs = rank(name), rank(target)
        if own is None or theirs is None:
            yield f"{path_of(name)}:{line} imports newsclean.{target}: one of them has no layer"
        elif theirs > own and (name, target) not in UPWARD:
            yield f"{path_of(name)}:{line} imports newsclean.{target}, above it"


def strayed_libraries(name: str) -> Iterator[str]:
    for found in imports(name):
        library = found.target.split(".")[0]
        if library in sys.stdlib_module_names | NEWER or library == "newsclean":
            continue
        where = f"{path_of(name)}:{found.line} imports {library}"
        if library not in ROOMS:
            yield f"{where}, which no room may import"
        elif room(name) not in ROOMS[library]:
            yield f"{where}; only {sorted(ROOMS[library])} may"
        elif library in LATE and found.at_top:
            yield f"{where} at the top, which slows every start"


def doors(name: str) -> Iterator[str]:
    """Yield what would reach the network or run data as code."""
    for found in imports(name):
        for module, reason in FORBIDDEN_MODULES.items():
            if found.target == module or found.target.startswith(f"{module}."):
                yield f"{path_of(name)}:{found.line} imports {module}: {reason}"
    for node in nodes(modules()[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            yield f"{path_of(name)}:{node.lineno} calls {node.func.id}"


def too_large(name: str) -> Iterator[str]:
    if GENERATED in name.split("."):
        return
    path = path_of(name)
    if len(path.read_text(encoding="utf-8").splitlines()) > MAX_FILE_LINES:
        yield f"{path} is too long"
    for node in nodes(modules()[name]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > MAX_FUNCTION_LINES:
                yield f"{path}:{node.lineno} {node.name} has {size} lines"


def nameless(name: str) -> Iterator[str]:
    if name != "__main__" and not ast.get_docstring(modules()[name]):
        yield f"{path_of(name)} has no docstring"


CHECKS = (layerless, upward_imports, strayed_libraries, doors, too_large, nameless)
"""What may be wrong with a module, each check told apart by its name."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_module_holds(check: Callable[[str], Iterator[str]]) -> None:
    assert [line for name in modules() for line in check(name)] == []


def test_imports_have_no_cycle() -> None:
    graph = {name: {target for target, _ in own_imports(name) if target != name} for name in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("import cycle: " + " -> ".join(f"newsclean.{name}" for name in error.args[1]))


def test_allowed_upward_imports_still_exist() -> None:
    assert {pair for pair in UPWARD if pair[1] in {target for target, _ in own_imports(pair[0])}} == UPWARD


@pytest.mark.parametrize(
    ("check", "name", "source"),
    [
        (layerless, "attic.sample", ""),
        (upward_imports, "page.sample", "from newsclean.judge import ballots"),
        (upward_imports, "page.sample", "def f():\n    from newsclean.judge import ballots"),
        (strayed_libraries, "page.sample", "import click"),
        (strayed_libraries, "page.sample", "import requests"),
        (strayed_libraries, "judge.sample", "import readability"),
        (doors, "page.sample", "from urllib import request"),
        (doors, "page.sample", "import http.client"),
        (doors, "page.sample", "eval('1')"),
        (too_large, "errors", "def f():\n" + "    pass\n" * MAX_FUNCTION_LINES),
        (nameless, "page.sample", "import os"),
    ],
)
def test_each_check_sees_what_it_looks_for(
    check: Callable[[str], Iterator[str]], name: str, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(modules(), name, ast.parse(source))
    assert len(list(check(name))) == 1
