"""The fixture folders: `page.html` or `page.txt`, `expected.md`, and `case.json` where the case needs options.

`python -m tests.cases FOLDER...` writes `expected.md` of those folders from what newsclean gives now, to be read and
corrected by hand before it is committed. The tests never write: a missing expectation fails.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import newsclean

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class Case:
    """One folder below fixtures/."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.relative_to(FIXTURES).as_posix()

    @property
    def page(self) -> Path:
        return next(path for path in (self.folder / "page.html", self.folder / "page.txt") if path.exists())

    @property
    def expected(self) -> str:
        return (self.folder / "expected.md").read_text("utf-8")

    def convert(self) -> newsclean.Article:
        settings: dict[str, Any] = {}
        if (self.folder / "case.json").exists():
            settings = json.loads((self.folder / "case.json").read_text("utf-8"))
        options = newsclean.Options(**settings.get("options", {}))
        return newsclean.convert(self.page, url=settings.get("url"), options=options)


def cases(room: str) -> list[Case]:
    """Return the cases below fixtures/<room>/, by name."""
    pages = [*(FIXTURES / room).rglob("page.html"), *(FIXTURES / room).rglob("page.txt")]
    return [Case(folder) for folder in sorted({page.parent for page in pages})]


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        case = Case(Path(argument).resolve())
        (case.folder / "expected.md").write_text(case.convert().markdown, "utf-8")
