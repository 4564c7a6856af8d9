"""`newsclean explain`: one saved page → why each block was kept or dropped, on the terminal, as JSON or HTML."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from newsclean.cli.config import ENVIRONMENT, config_options
from newsclean.cli.console import exit_status_of, printable
from newsclean.cli.options import page_options
from newsclean.errors import OutputError
from newsclean.explain.facts import certainties, counts, facts, is_doubtful
from newsclean.files import write_atomic
from newsclean.model import Options
from newsclean.render.safe import one_line
from newsclean.runs.output import Stdout
from newsclean.runs.read import STDIN, read_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from newsclean.article import Article
    from newsclean.model import Verdict

PIPED_TEXT = 60
"""Characters of a block's text in a pipe, where no terminal says how much fits."""
WIDEST_NAME = 16
"""Cells of the columns for voter and role."""
WIDEST_REASON = 48
"""Cells of the column for reasons; in a pipe longer ones are whole and push the text to the right."""
REASON_SHARE = 0.55
"""Of the cells that reason and text share on a terminal: the reason is what was asked for."""


@click.command(
    context_settings={"auto_envvar_prefix": ENVIRONMENT},
    epilog="""\b
Examples:
  newsclean explain page.html | less
  newsclean explain page.html --html report.html
  newsclean explain page.html --json | jq '.verdicts[] | select(.kept)'
""",
)
@click.argument("page", type=click.Path())
@click.option("--html", "report", type=click.Path(), metavar="FILE", help="Write an HTML report to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: verdicts, metadata, outline, confidence.")
@page_options
@config_options
@click.pass_context
def explain(ctx: click.Context, /, page: str, report: str | None, as_json: bool, url: str | None, **flags: Any) -> None:
    """Show why each block of a saved page was kept or dropped, and where its metadata was found.

    PAGE is a file, or - for stdin. A page without an article is explained too.
    """

    def run() -> int:
        from newsclean.pipeline import examine  # the help needs no parser

        article = examine(read_record(page, url), Options(**flags))
        if report is not None:
            _write_report(article, page, report)
        if as_json:
            _print_json(article)
        elif report is None:
            show_explanation(article, sys.stdout)
        return 0

    ctx.exit(exit_status_of(run))


def _write_report(article: Article, page: str, report: str) -> None:
    from newsclean.explain.report import render_report

    content = render_report(article).encode("utf-8", "replace")
    if report == STDIN:
        Stdout(sys.stdout.buffer).write(content)
        return
    path = Path(report)
    if page != STDIN and path.exists() and path.samefile(page):
        raise OutputError("is the page itself", source=report, remedy="give the report another name")
    try:
        write_atomic(path, content)
    except OSError as error:
        raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=report) from error


def _print_json(article: Article) -> None:
    from newsclean.explain.facts import explanation

    text = json.dumps(explanation(article), ensure_ascii=False, indent=2) + "\n"
    Stdout(sys.stdout.buffer).write(text.encode("utf-8", "backslashreplace"))


def show_explanation(article: Article, file: TextIO) -> None:
    """Print the explanation: cut to the terminal's width there, uncoloured and uncut in a pipe."""
    from rich.console import Console  # takes longer than converting a page

    console = Console(file=file, highlight=False, markup=False, emoji=False)
    width = console.width if console.is_terminal else None
    for line in (*_summary(article), *_lines(article, width)):
        console.print(line, soft_wrap=True)


def _summary(article: Article) -> Iterator[Text]:
    """Yield the lines above the blocks."""
    from rich.text import Text

    total = counts(article.verdicts)
    found = ("no article found", "bold red") if article.is_empty else ("article found", "bold green")
    yield Text.assemble((f"{printable(article.input.name)}: ", "bold"), found)
    yield Text(
        f"{total.kept} blocks kept, {total.dropped} dropped: {total.words_kept} of {total.words} words"
        f" ({total.share:.0%}); decided by {printable(article.rule or article.engine)}"
    )
    reasons = "; ".join(article.confidence.reasons)
    yield Text(f"confidence {article.confidence.score:.2f}: {printable(reasons)}")
    yield Text("keep and drop with a question mark are doubtful: their scores are near the cut", "dim")
    for warning in article.warnings:
        yield Text(f"warning: {printable(warning)}", "yellow")
    yield Text()
    for fact in facts(article.metadata):
        trust = "" if fact.confidence is None else f", {fact.confidence:.2f}"
        source = f"  ({printable(fact.found_in)}{trust})" if fact.found_in else ""
        yield Text.assemble((f"{fact.field:14}", "bold"), printable(fact.value), (source, "dim"))
        for rival in fact.rivals:
            yield Text(f"{'':14}not {printable(rival.value)}  ({printable(rival.found_in)})", "dim")
    yield Text()


def _lines(article: Article, width: int | None) -> Iterator[Text]:
    """Yield the heads of the columns and a line a block; `width` in cells, None for a pipe."""
    from rich.cells import cell_len
    from rich.text import Text

    verdicts = article.verdicts
    number = max(len(str(len(verdicts))), 2)
    voter, role, reason = (
        min(max((cell_len(printable(text)) for text in texts), default=0), widest)
        for texts, widest in (
            ([verdict.voter for verdict in verdicts] + ["voter"], WIDEST_NAME),
            ([verdict.role or "" for verdict in verdicts] + ["role"], WIDEST_NAME),
            ([verdict.reason for verdict in verdicts] + ["reason"], WIDEST_REASON),
        )
    )
    if width is not None:
        reason = min(reason, max(int((width - number - voter - role - 16) * REASON_SHARE), 6))
    widths = (5, number, 5, voter, role, reason)
    yield Text(_row(("", "#".rjust(number), "score", "voter", "role", "reason"), widths, "text", width), "bold")
    for verdict, certainty in zip(verdicts, certainties(article), strict=True):
        cells = _cells(verdict, is_doubtful(certainty), number)
        line = Text(_row(cells, widths, one_line(verdict.text) or "(no text)", width))
        line.stylize("green" if verdict.kept else "red", 0, 5)
        if not verdict.kept:
            line.stylize("dim", 5)
        yield line


def _cells(verdict: Verdict, doubtful: bool, number: int) -> tuple[str, ...]:
    decision = ("keep" if verdict.kept else "drop") + ("?" if doubtful else "")
    score = "" if verdict.score is None else f"{verdict.score:.2f}"
    return decision, str(verdict.block).rjust(number), score, verdict.voter, verdict.role or "", verdict.reason


def _row(cells: tuple[str, ...], widths: tuple[int, ...], text: str, width: int | None) -> str:
    """Return the cells in their columns, and as much of the text as fits behind them."""
    from rich.cells import cell_len, set_cell_size

    shown = [printable(cell) for cell in cells]
    if width is None:
        padded = [cell + " " * (size - cell_len(cell)) for cell, size in zip(shown, widths, strict=True)]
        return " ".join([*padded, printable(text[:PIPED_TEXT])]).rstrip()
    columns = [set_cell_size(_cut(cell, size), size) for cell, size in zip(shown, widths, strict=True)]
    line = " ".join(columns) + " "
    return line + _cut(printable(text[:width]), max(width - cell_len(line), 0))


def _cut(text: str, width: int) -> str:
    """Return the text, or as much of it as fits with an ellipsis."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= width else set_cell_size(text, max(width - 1, 0)) + "…"[:width]
