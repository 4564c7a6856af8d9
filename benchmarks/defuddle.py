"""defuddle, a peer in JavaScript: one child process of Node that takes and gives lines of JSON.

It has to be in the folder that $DEFUDDLE names: npm install --prefix FOLDER defuddle linkedom.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

SCRIPT = """
import { createInterface } from "node:readline";
import { parseHTML } from "linkedom";
import { Defuddle } from "defuddle/node";
console.log = console.warn = console.error = () => {};
for await (const line of createInterface({ input: process.stdin })) {
  const { html, url } = JSON.parse(line);
  const before = process.cpuUsage();
  let found = {};
  try {
    const { content, title, author, published } = await Defuddle(parseHTML(html).document, url);
    found = { content, title, author, published };
  } catch (error) {
    found = { error: String(error) };
  }
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({ ...found, seconds: (user + system) / 1e6 }) + "\\n");
}
"""
"""As defuddle's own documents show its use in Node, with the parser that it recommends there."""


def is_here() -> bool:
    """Return whether Node is on PATH and $DEFUDDLE names a folder that holds the package."""
    folder = os.environ.get("DEFUDDLE", "")
    return bool(folder and shutil.which("node")) and (Path(folder) / "node_modules" / "defuddle").is_dir()


class Defuddle:
    """The child process; it ends with its standard input, and one that broke off in mid-page is replaced."""

    def __init__(self) -> None:
        self._child = _start()

    def parse(self, html: str, url: str | None) -> dict[str, Any]:
        """Return content (HTML), title, author, published and the seconds of CPU time it took."""
        try:
            found = _ask(self._child, {"html": html, "url": url or "https://page.example/"})
        except BaseException:
            self._child.kill()
            self._child = _start()
            raise
        if "error" in found:
            raise RuntimeError(found["error"])
        return found


def _start() -> subprocess.Popen[str]:
    """Start Node where the package is: it looks there for what is imported by name."""
    command = ["node", "--input-type=module", "-e", SCRIPT]
    folder, pipe = os.environ["DEFUDDLE"], subprocess.PIPE
    return subprocess.Popen(
        command, cwd=folder, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8", errors="replace"
    )


def _ask(child: subprocess.Popen[str], page: dict[str, str]) -> dict[str, Any]:
    if child.stdin is None or child.stdout is None:
        raise ValueError("the child process has no pipes")
    child.stdin.write(json.dumps(page) + "\n")
    child.stdin.flush()
    found: dict[str, Any] = json.loads(child.stdout.readline())
    return found
