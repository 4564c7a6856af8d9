"""The `newsclean search` command: hits in a database that `-t sqlite` wrote."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from newsclean.cli.console import exit_status_of, printable, say
from newsclean.runs.report import ALL_FAILED


@click.command(
    epilog="""\b
Examples:
  newsclean saved/ -t sqlite -o articles.db
  newsclean search articles.db 'harbour AND bridge'
  newsclean search articles.db 'title: ferry' --json

\b
Exit status: 0 something was found; 2 wrong usage; 3 nothing was found, or the
database cannot be searched.
"""
)
@click.argument("database", type=click.Path())
@click.argument("query")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Maximum number of hits."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_context
def search(ctx: click.Context, database: str, query: str, limit: int, as_json: bool) -> None:
    """Search the titles and texts of a database, best hits first.

    QUERY is in the syntax of SQLite's full-text search: words, "a phrase", AND, OR, NOT, NEAR(a b), begin*.
    """

    def run() -> int:
        from newsclean.runs.sqlite import search as find  # the help needs no database

        found = False
        for hit in find(Path(database), query, limit):
            found = True
            if as_json:
                click.echo(json.dumps(asdict(hit)))
                continue
            facts = " · ".join(fact for fact in (hit.site, hit.published) if fact)
            lines = (hit.title or "(no title)", facts, hit.input, " ".join(hit.snippet.split()))
            click.echo(printable(lines[0]) + "".join(f"\n  {printable(line)}" for line in lines[1:] if line))
        if not found:
            say("nothing found")
        return 0 if found else ALL_FAILED

    ctx.exit(exit_status_of(run))
