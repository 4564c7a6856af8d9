"""Writes the generated parts of the documents anew: python -m tests.docs.

`--shown-in` works with the standard library alone, so that any python3 runs it.

A generated part stands between `<!-- generated: NAME -->` and `<!-- /generated -->`; `make_part` says what it holds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
README = REPOSITORY / "README.md"
GENERATED = ("README.md", "docs/cli.md", "docs/accuracy.md", "docs/explain.md")
"""Documents that have generated parts."""
MODEL_CARD = REPOSITORY / "training" / "README.md"
PEERS = REPOSITORY / "benchmarks" / "peers.md"
KINDS = REPOSITORY / "benchmarks" / "kinds.md"
FIXTURE = Path("fixtures") / "readme" / "bridge.html"

HELP_COLUMNS = "100"
_PART_RE = re.compile(r"(<!-- generated: ([^\n]+?) -->\n)(.*?)(<!-- /generated -->)", re.S)  # <!-- generated: after -->
_DECISIONS = ("6", "12", "14", "16", "21")
"""Blocks of the fixture page that show a voter, cleaning steps, a role and a doubt."""
_BEFORE = ("<body>", '<div class="teaser">')
"""First and last line of the fixture that the README shows."""


def run_newsclean(*arguments: str) -> str:
    """Return what the command prints to stdout; a failing command raises."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "src"), "COLUMNS": HELP_COLUMNS, "NO_COLOR": "1"}
    command = [sys.executable, "-m", "newsclean", *arguments]
    return subprocess.run(
        command, capture_output=True, check=True, cwd=REPOSITORY, env=environment, encoding="utf-8", text=True
    ).stdout


def fence(language: str, content: str) -> str:
    """Return a fenced code block longer than any fence inside it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    marks = "`" * (longest + 1)
    return f"{marks}{language}\n{content.rstrip()}\n{marks}\n"


def before() -> str:
    """Return the part of the fixture page that the README shows."""
    lines = (REPOSITORY / FIXTURE).read_text(encoding="utf-8").splitlines()
    first, last = (next(at for at, line in enumerate(lines) if mark in line) for mark in _BEFORE)
    return fence("html", "\n".join([*lines[first : last + 1], "  …"]))


def after() -> str:
    """Return the Markdown that newsclean makes of the fixture page."""
    return fence("markdown", run_newsclean(FIXTURE.as_posix()))


def command_help(command: str) -> str:
    """Return the --help of "newsclean" or "newsclean rules new"."""
    from click.testing import CliRunner

    from newsclean.cli import main

    shown = CliRunner().invoke(main, [*command.split()[1:], "--help"], env={"COLUMNS": HELP_COLUMNS})
    return fence("text", shown.stdout)


def commands() -> str:
    """Return a section with the real --help for every command and every command below it."""
    from newsclean.cli import main

    sections = [f"## {name}\n\n{command_help(name)}" for name in command_names(main, "newsclean")]
    return "\n" + "\n".join(sections) + "\n"


def command_names(group: Any, path: str) -> list[str]:
    """Return "newsclean convert", "newsclean rules", "newsclean rules new", … in the order of the help."""
    names = []
    for name, command in group.commands.items():
        names.append(f"{path} {name}")
        if hasattr(command, "commands"):
            names += command_names(command, names[-1])
    return names


def peers() -> str:
    """Return the table that `python -m benchmarks.peers --write` measured last."""
    return PEERS.read_text(encoding="utf-8")


def kinds() -> str:
    """Return the table of the kinds of file that each tool reads, as `python -m benchmarks.peers --write` left it."""
    return KINDS.read_text(encoding="utf-8")


def scores(announced: str) -> str:
    """Return the table of the model card that comes next after a line with these words in it."""
    after = MODEL_CARD.read_text(encoding="utf-8").split(announced, 1)[1]
    return "| " + after.split("\n\n| ", 1)[1].split("\n\n", 1)[0] + "\n"


def decisions() -> str:
    """Return the lines of `newsclean explain` on some blocks of the fixture page."""
    lines = run_newsclean("explain", FIXTURE.as_posix()).splitlines()
    chosen = [line for line in lines if line[:8].split() and line[5:8].strip() in _DECISIONS]
    return fence("text", "\n".join(chosen))


def make_part(name: str) -> str:
    """Return the content of a generated part, by its name ("after", "scores: WORDS")."""
    if name.startswith("scores: "):
        return scores(name.removeprefix("scores: "))
    makers = (before, after, commands, decisions, kinds, peers)
    return {maker.__name__: maker for maker in makers}[name]()


def parts(text: str) -> dict[str, str]:
    """Return name → content of the generated parts of a document."""
    return {match[2]: match[3] for match in _PART_RE.finditer(text)}


def regenerate(text: str) -> str:
    """Return the document with every generated part made anew."""
    return _PART_RE.sub(lambda match: match[1] + make_part(match[2]) + match[4], text)


def is_shown_in(output: str) -> bool:
    """Return whether an output holds the Markdown that the README shows as the result."""
    shown = parts(README.read_text(encoding="utf-8"))["after"].strip().split("\n", 1)[1].rsplit("\n", 1)[0]
    return shown in output


def main(arguments: list[str]) -> int:
    """Regenerate the documents, or with --shown-in FILE check that the file holds the result that the README shows."""
    if arguments[:1] == ["--shown-in"]:
        if is_shown_in(Path(arguments[1]).read_text(encoding="utf-8")):
            return 0
        print("the command did not print what README.md shows as its result", file=sys.stderr)
        return 1
    for name in GENERATED:
        document = REPOSITORY / name
        document.write_text(regenerate(document.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
