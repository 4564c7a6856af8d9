"""`newsclean explain`: one saved page → why each block was kept or dropped, on the terminal, as JSON or HTML."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsclean.cli.options import page_options
from newsclean.cli.run import exit_status_of
from newsclean.errors import OutputError
from newsclean.files import write_atomic
from newsclean.model import Options
from newsclean.runs.output import Stdout
from newsclean.runs.read import STDIN, read_record

if TYPE_CHECKING:
    from newsclean.article import Article


@click.command(
    epilog="""\b
Examples:
  newsclean explain page.html | less
  newsclean explain page.html --html report.html
  newsclean explain page.html --json | jq '.verdicts[] | select(.kept)'
"""
)
@click.argument("page", type=click.Path())
@click.option(
    "--html", "report", type=click.Path(), metavar="FILE", help="Write the report for a browser to this file."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: verdicts, metadata, outline, confidence.")
@page_options
@click.pass_context
def explain(ctx: click.Context, /, page: str, report: str | None, as_json: bool, url: str | None, **flags: Any) -> None:
    """Say for every block of a saved page why it was kept or dropped, and where its metadata was found.

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
            from newsclean.cli.terminal import show_explanation

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
