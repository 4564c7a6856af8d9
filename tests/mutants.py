"""How many small faults of the core the tests see: python -m tests.mutants [ROOM…] [--sample N] [--names NAME…].

Puts one fault at a time into a copy of the package (a constant doubled or halved, a comparison turned, "and" for "or",
a step left out of a tuple of steps), runs the room's tests on it and prints the faults that none of them saw.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import resource
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGE = REPOSITORY / "src" / "newsclean"

ROOMS = {
    "settle": ("settle", "clean standfirst notes parts_of_pages pages"),
    "judge": ("judge", "score select parts pinned confidence features linescore pages parts_of_pages"),
    "flattext": ("flattext/roles.py flattext/lines.py", "flattext flattext_fixtures flattext_shapes flattext_marked"),
    "html": ("page/html.py", "parse tree lossless build_lossless pages"),
}
"""Room → what is changed of the package, and the tests that should see it (tests/test_NAME.py)."""

CPU_SECONDS = 120
"""A fault that runs so long is seen: the tests would hang."""

FLIPS: dict[type[ast.AST], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.And: "or",
    ast.Or: "and",
}
SIGNS = {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "==": "!=", "!=": "==", "and": "or", "or": "and"}


@dataclass(frozen=True)
class Mutant:
    """A fault: the text of a file between two places and what stands there instead."""

    path: Path
    line: int
    start: int
    end: int
    before: str
    after: str
    name: str
    """The constant that it is in, or ""."""

    def __str__(self) -> str:
        where = f"{self.path.relative_to(PACKAGE)}:{self.line}"
        return f"{where} {self.name + ': ' if self.name else ''}{self.before!r} -> {self.after!r}"

    def rank(self) -> bytes:
        return hashlib.sha256(f"{self.path.name} {self.name} {self.before} {self.after} {self.line}".encode()).digest()


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every fault of a file."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for text in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(text))
    data = source.encode()

    def fault(node: ast.expr, start: int, end: int, after: str, name: str) -> Mutant:
        return Mutant(path, node.lineno, start, end, data[start:end].decode(), after, name)

    for node, name in _named(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            for value in _other_numbers(node.value, named=bool(name)):
                yield fault(node, start, end, repr(value), name)
        elif isinstance(node, ast.Compare | ast.BoolOp):
            parts = [node.left, *node.comparators] if isinstance(node, ast.Compare) else node.values
            signs = node.ops if isinstance(node, ast.Compare) else [node.op] * (len(parts) - 1)
            for sign, left, right in zip(signs, parts, parts[1:], strict=False):
                first = starts[(left.end_lineno or 0) - 1] + (left.end_col_offset or 0)
                last = starts[right.lineno - 1] + right.col_offset
                between, word = data[first:last].decode(), FLIPS.get(type(sign))
                old = SIGNS.get(word or "", "")
                if word and between.count(old) == 1:
                    yield fault(node, first, last, between.replace(old, word), name)
        elif isinstance(node, ast.Tuple) and name and all(isinstance(one, ast.Name) for one in node.elts):
            for step in node.elts:
                first = starts[step.lineno - 1] + step.col_offset
                comma = data.find(b",", first)
                if 0 <= comma < end:
                    yield fault(step, first, comma + 1, "", name)


def _other_numbers(number: float, *, named: bool) -> Iterator[float]:
    """Yield what stands in place of a number: twice as much, and for a constant with a name also half of it."""
    yield number * 2 if number else 1
    if named and number:
        yield number // 2 if isinstance(number, int) else number / 2


def _named(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    """Yield every expression with the name of the module's constant that it is in."""
    for statement in tree.body:
        name = ""
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            name = ast.unparse(targets[0]).strip("()")
        for node in ast.walk(statement):
            if isinstance(node, ast.expr):
                yield node, name


def chosen(room: str, sample: int | None, names: Sequence[str]) -> list[Mutant]:
    """Return the faults of a room: those in the constants named, or a fixed sample."""
    found: list[Mutant] = []
    for place in ROOMS[room][0].split():
        paths = [PACKAGE / place] if place.endswith(".py") else sorted((PACKAGE / place).rglob("*.py"))
        found += [one for path in paths if "trained" not in path.parts for one in mutants(path)]
    if names:
        return [one for one in found if set(one.name.split(", ")) & set(names)]
    return sorted(found, key=Mutant.rank)[:sample]


def is_seen(mutant: Mutant, copy: Path, tests: Sequence[str]) -> bool:
    """Return whether a test fails with the fault."""
    place = copy / "newsclean" / mutant.path.relative_to(PACKAGE)
    data = mutant.path.read_bytes()
    place.write_bytes(data[: mutant.start] + mutant.after.encode() + data[mutant.end :])
    child = os.fork()
    if child == 0:
        _run_tests(copy, tests)
    _, status = os.waitpid(child, 0)
    place.write_bytes(data)
    return status != 0


def _run_tests(copy: Path, tests: Sequence[str]) -> None:
    """Run the tests in this process, which ends with their status."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.path[:] = [str(copy), *(entry for entry in sys.path if Path(entry or ".").resolve() != PACKAGE.parent)]
    sys.dont_write_bytecode = True
    quick = "not torture and not process and not browser"
    settings = ["-o", f"pythonpath={copy} {REPOSITORY}", "-m", quick, "-p", "no:cacheprovider", "-p", "no:randomly"]
    os._exit(int(pytest.main(["-x", "-q", *settings, *tests])))


def main() -> int:
    """Try the faults of the rooms; print those that are not seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM", help=f"of {', '.join(ROOMS)}")
    parser.add_argument("--sample", type=int, default=40, metavar="N", help="faults a room (40), always the same ones")
    parser.add_argument("--names", nargs="+", default=[], metavar="NAME", help="only faults in these constants")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(PACKAGE, copy / "newsclean", ignore=shutil.ignore_patterns("__pycache__"))
        for room in args.rooms or ROOMS:
            tests = [
                str(path) for name in ROOMS[room][1].split() if (path := REPOSITORY / f"tests/test_{name}.py").exists()
            ]
            faults = chosen(room, args.sample, args.names)
            survivors = [one for one in faults if not is_seen(one, copy, tests)]
            print(*(f"  {one}" for one in survivors), sep="\n")
            print(f"{room}: {len(faults)} faults, {len(survivors)} not seen", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
