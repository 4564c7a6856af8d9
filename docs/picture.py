"""Draws the picture of the README, docs/images/terminal.svg: python docs/picture.py. What it shows are real runs."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

REPOSITORY = Path(__file__).resolve().parent.parent
TARGET = Path(__file__).parent / "images" / "terminal.svg"
PAGE = "bridge.html"
COLUMNS = 112
SHOWN = (((PAGE,), 0, 15), (("explain", PAGE), 14, 34))
"""Arguments of a run, and which of its lines are shown."""
_WEB_FONT_RE = re.compile(r"@font-face \{.*?\}\s*", re.S)  # @font-face { src: url("https://…") }


def output(arguments: tuple[str, ...]) -> list[str]:
    """Return the lines that newsclean prints on a terminal with colours."""
    environment = os.environ | {
        "PYTHONPATH": str(REPOSITORY / "src"),
        "COLUMNS": str(COLUMNS),
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
    }
    folder = REPOSITORY / "fixtures" / "readme"
    command = [sys.executable, "-m", "newsclean", *arguments]
    run = subprocess.run(command, capture_output=True, check=True, cwd=folder, env=environment, encoding="utf-8")
    return run.stdout.splitlines()


def draw() -> str:
    """Return the picture as SVG that loads nothing."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for arguments, first, last in SHOWN:
        console.print(Text.assemble(("$ ", "bold green"), ("newsclean " + " ".join(arguments), "bold")))
        for line in output(arguments)[first:last]:
            console.print(Text.from_ansi(line), no_wrap=True, overflow="ellipsis")
        console.print(Text("…", "dim"))
    svg = console.export_svg(title="newsclean", theme=DIMMED_MONOKAI, unique_id="newsclean")
    return _WEB_FONT_RE.sub("", svg)


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(draw(), encoding="utf-8")
