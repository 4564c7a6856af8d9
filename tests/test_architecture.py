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
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parent.parent / "src"

LAYERS = (
    ("errors", "model", "document", "words", "columns", "files"),
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
    "click": {"cli"},
    "click_default_group": {"cli"},
    "lxml": {
        *("page", "markup", "facts", "judge", "build", "sites"),
    },
    "readability": {"judge"},
    "rich": {"cli"},
    "soupsieve": {"sites"},
    "tomli": {"sites"},
    "webencodings": {"page"},
    "zstandard": {"page"},
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
LATE = {"brotli", "bs4", "charset_normalizer", "readability", "rich", "zstandard"}
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
    for node in ast.walk(tree):
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


@pytest.mark.parametrize("name", modules())
def test_module_has_a_layer(name: str) -> None:
    assert rank(name) is not None, f"add {room(name)!r} to LAYERS, at the lowest layer that its imports allow"


@pytest.mark.parametrize("name", modules())
def test_imports_go_down(name: str) -> None:
    own = rank(name)
    for target, line in own_imports(name):
        theirs = rank(target)
        assert own is not None
        assert theirs is not None, f"{path_of(name)}:{line} imports newsclean.{target}, which has no layer"
        assert theirs <= own or (name, target) in UPWARD, f"{path_of(name)}:{line} imports newsclean.{target}, above it"


def test_imports_have_no_cycle() -> None:
    graph = {name: {target for target, _ in own_imports(name) if target != name} for name in modules()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("import cycle: " + " -> ".join(f"newsclean.{name}" for name in error.args[1]))


def test_allowed_upward_imports_still_exist() -> None:
    assert {pair for pair in UPWARD if pair[1] in {target for target, _ in own_imports(pair[0])}} == UPWARD


@pytest.mark.parametrize("name", modules())
def test_libraries_stay_in_their_rooms(name: str) -> None:
    for found in imports(name):
        library = found.target.split(".")[0]
        if library in sys.stdlib_module_names or library == "newsclean":
            continue
        where = f"{path_of(name)}:{found.line}"
        assert library in ROOMS, f"{where} imports {library}, which no room may import"
        assert room(name) in ROOMS[library], f"{where} imports {library}; only {sorted(ROOMS[library])} may"
        assert not (library in LATE and found.at_top), f"{where} imports {library} at the top, which slows every start"


@pytest.mark.parametrize("name", modules())
def test_nothing_reaches_the_network_or_runs_data(name: str) -> None:
    for found in imports(name):
        for module, reason in FORBIDDEN_MODULES.items():
            inside = found.target == module or found.target.startswith(f"{module}.")
            assert not inside, f"{path_of(name)}:{found.line} imports {module}: {reason}"
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"{path_of(name)}:{node.lineno} calls {node.func.id}"


@pytest.mark.parametrize("name", [name for name in modules() if GENERATED not in name.split(".")])
def test_files_and_functions_are_small(name: str) -> None:
    path = path_of(name)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE_LINES, f"{path} is too long"
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert size <= MAX_FUNCTION_LINES, f"{path}:{node.lineno} {node.name} has {size} lines"


@pytest.mark.parametrize("name", [name for name in modules() if name != "__main__"])
def test_module_says_what_it_is(name: str) -> None:
    assert ast.get_docstring(modules()[name]), f"{path_of(name)} has no docstring"


def test_the_checks_see_what_they_look_for() -> None:
    tree = ast.parse("import os\ndef f():\n    from newsclean.model import Options\n    from urllib import request\n")
    modules()["page.sample"] = tree
    try:
        found = list(imports("page.sample"))
    finally:
        del modules()["page.sample"]
    assert [(one.target, one.at_top) for one in found] == [
        ("os", True),
        ("newsclean.model", False),
        ("urllib.request", False),
    ]
