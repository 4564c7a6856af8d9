"""What the site holds beside the files of docs/: the documents of the repository's root, a gallery, an explain report.

Hooks of mkdocs. Gallery, report and schema are made anew by every build, by the code as it is.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "src"))

BORROWED = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "ARCHITECTURE.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
    "training/README.md": "training/README.md",
    "training/errors.md": "training/errors.md",
}
"""Documents outside docs/, and where they stand in the site."""
REPORT = "explained.html"
REPORTED = "fixtures/readme/bridge.html"
SHOWN_LINES = 60
"""Of a page's source in the gallery."""

_TO_ROOT_RE = re.compile(r"\]\(\.\./(?!\.\.)")  # [text](../README.md) in docs/
_TO_DOCS_RE = re.compile(r"\]\(docs/")  # [text](docs/cli.md) in README.md
_UNPUBLISHED_RE = re.compile(r"\[([^\]\n]+)\]\((?:LICENSE|NOTICE)\)")  # [LICENSE](LICENSE)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A page of the gallery."""

    title: str
    note: str
    path: str
    options: dict[str, Any]

    def section(self) -> str:
        """Return the page and its article beside each other."""
        import newsclean

        page = REPOSITORY / self.path
        articles = newsclean.convert_all(page, options=newsclean.Options(**self.options))
        lines = page.read_text(encoding="utf-8").splitlines()
        shown = "\n".join(lines[:SHOWN_LINES] + ["…"] * (len(lines) > SHOWN_LINES))
        columns = (
            fenced("html" if page.suffix == ".html" else "text", shown),
            fenced("markdown", "\n\n\n".join(article.markdown for article in articles)),
        )
        cells = "\n".join(f'<div markdown="1">\n\n{column}\n\n</div>' for column in columns)
        return f'## {self.title}\n\n{self.note}\n\n<div class="beside" markdown="1">\n{cells}\n</div>\n'


EXHIBITS = (
    Exhibit("A news page", "Cookie banner, menu, share buttons, teasers and footer go.", REPORTED, {}),
    Exhibit("A forum thread, in French", "Posts stay, profiles and signatures go.", "docs/gallery/forum.html", {}),
    Exhibit("A recipe, in German", "Ingredients and steps stay lists.", "docs/gallery/recipe.html", {}),
    Exhibit(
        "Japanese",
        "Words are not parted by spaces, and dates are read.",
        "fixtures/pages/languages/japanese-festival/page.html",
        {},
    ),
    Exhibit("Arabic", "Text that runs from right to left.", "fixtures/pages/languages/arabic-library/page.html", {}),
    Exhibit(
        "A table of results",
        "Cells over several columns and rows, a caption, a pipe in a cell.",
        "fixtures/pages/tables/results-with-spans/page.html",
        {},
    ),
    Exhibit(
        "Footnotes",
        "Paired into Markdown footnotes.",
        "fixtures/pages/footnotes/wordpress-footnotes-block/page.html",
        {},
    ),
    Exhibit("Formulas", "MathML becomes LaTeX.", "fixtures/pages/math/mathml-without-latex/page.html", {}),
    Exhibit(
        "Code in tabs", "All listings stay, with their languages.", "fixtures/pages/code/listings-in-tabs/page.html", {}
    ),
    Exhibit(
        "Callouts", "As Obsidian and GitHub write them.", "fixtures/pages/callouts/obsidian-and-quarto/page.html", {}
    ),
    Exhibit(
        "A printed page as text",
        "Page heads and numbers go, ligatures and sentences are put together.",
        "fixtures/text/printed-pages/page.txt",
        {},
    ),
    Exhibit("A pasted newsletter", "`--split` gives three articles.", "fixtures/several/newsletter/page.txt", {}),
)


def fenced(language: str, content: str) -> str:
    """Return a fenced block longer than any fence inside it."""
    marks = "`" * (max((len(run) for run in re.findall(r"`{3,}", content)), default=2) + 1)
    return f"{marks}{language}\n{content.rstrip()}\n{marks}"


def gallery() -> str:
    """Return the page of all exhibits."""
    head = (
        "# Gallery\n\nTwelve invented pages, and what newsclean makes of them, made anew by every build.\n"
        f"The first page is also there as [a report of `newsclean explain`]({REPORT}), embedded below.\n"
    )
    frame = f'<iframe class="report" src="{REPORT}" title="Explain report" loading="lazy"></iframe>\n'
    sections = "\n".join(exhibit.section() for exhibit in EXHIBITS)
    return f"{head}\n{sections}\n## Why each block was kept or dropped\n\n{frame}"


def report() -> str:
    """Return the HTML report on one page."""
    from newsclean.explain.report import render_report
    from newsclean.model import Options, Record
    from newsclean.pipeline import examine

    page = REPOSITORY / REPORTED
    return render_report(examine(Record(page.read_bytes(), name=page.name), Options()))


def schema() -> str:
    """Return the page of the JSON Schema."""
    text = (REPOSITORY / "src" / "newsclean" / "schema.json").read_text(encoding="utf-8")
    told = "`newsclean schema` prints this; [Outputs](output.md#the-json-object) tells what the keys hold."
    return f"# JSON Schema\n\n{told}\n\n{fenced('json', text)}\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what stands outside docs/ and what is made here."""
    made = {place: (REPOSITORY / name).read_text(encoding="utf-8") for name, place in BORROWED.items()}
    made |= {"gallery.md": gallery(), REPORT: report(), "schema.md": schema()}
    taken = {file.dest_uri for file in files}
    for place, content in made.items():
        file = File.generated(config, place, content=content)
        if file.dest_uri in taken:
            raise PluginError(f"{file.dest_uri} is made of two sources")
        files.append(file)
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Let links lead to where the documents stand in the site."""
    markdown = _TO_DOCS_RE.sub("](", _TO_ROOT_RE.sub("](", markdown))
    return _UNPUBLISHED_RE.sub(r"\1", markdown.replace("](README.md", "](index.md"))
