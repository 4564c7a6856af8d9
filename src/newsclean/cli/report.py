"""`newsclean report`: what a run came to, or what changed from one run to another, by the lines of `--report`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from newsclean.cli.console import exit_status_of, printable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from newsclean.reports.compare import Change
    from newsclean.reports.summary import Summary
    from newsclean.runs.report import Outcome

SHOWN = 10
"""Values of each kind that the text shows."""
CHANGED = 1
"""Exit status where two runs differ, as of diff."""


@click.command(
    epilog="""\b
Examples:
  newsclean pages/ -o articles/ --report run.jsonl
  newsclean report run.jsonl
  newsclean report run.jsonl --html run.html
  newsclean report before.jsonl after.jsonl
  newsclean report before.jsonl after.jsonl --html changes.html

\b
Exit status: 0 done, or nothing changed; 1 something changed; 2 wrong usage;
3 a report cannot be read.
"""
)
@click.argument("run", type=click.Path())
@click.argument("other", type=click.Path(), required=False)
@click.option("--html", "page", type=click.Path(dir_okay=False), metavar="FILE", help="Write an HTML page to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one object, or for two runs one a line.")
@click.pass_context
def report(ctx: click.Context, run: str, other: str | None, page: str | None, as_json: bool) -> None:
    """Sum up a run from its --report. Given two, show what changed, page by page.

    With two runs, --json prints a line for each page that changed, then one with the counts of both.
    """

    def act() -> int:
        return _compare(run, other, page, as_json) if other is not None else _sum_up(run, page, as_json)

    ctx.exit(exit_status_of(act))


def _sum_up(run: str, page: str | None, as_json: bool) -> int:
    from newsclean.reports.summary import summarize

    summary = summarize(run)
    if page is not None:
        from newsclean.reports.page import render_summary, write_page

        write_page(render_summary(summary), page)
    if as_json:
        click.echo(json.dumps(summary.to_dict(), indent=2))
    elif page is None:
        for line in _lines(summary):
            click.echo(printable(line))
    return 0


def _lines(summary: Summary) -> Iterator[str]:
    """Yield the summary for a reader."""
    from newsclean.reports.summary import iso_time

    yield f"{summary.inputs:,} inputs, {summary.articles:,} articles of {summary.words:,} words"
    if summary.first is not None:
        rate = f", {summary.rate:.1f} a second" if summary.rate else ""
        yield f"from {iso_time(summary.first)} to {iso_time(summary.last)}{rate}"
    if summary.doubtful:
        yield f"{summary.doubtful:,} of low confidence"
    if summary.broken:
        yield f"{summary.broken:,} lines could not be read"
    yield from _counts("status", summary.statuses)
    yield from _counts("kind", summary.kinds.counts)
    yield from _counts("language", summary.languages.counts)
    yield from _counts("duplicates, on which site", summary.copies)
    yield from _counts("failures", summary.failures.counts)
    yield from _counts("left out", summary.left_out.counts)
    yield from _counts("warnings", summary.warnings.counts)
    yield from _tops("slowest", summary.slowest.lines())
    yield from _tops("least sure", summary.least_sure.lines())


def _counts(name: str, counts: Counter[str]) -> Iterator[str]:
    if counts:
        yield f"{name}:"
    for value, count in counts.most_common(SHOWN):
        yield f"  {count:>9,}  {value}"
    if len(counts) > SHOWN:
        yield f"  {sum(counts.values()) - sum(count for _, count in counts.most_common(SHOWN)):>9,}  others"


def _tops(name: str, lines: list[Outcome]) -> Iterator[str]:
    from newsclean.reports.summary import explanation_of

    if lines:
        yield f"{name}:"
    for line in lines[:SHOWN]:
        number = f"{line.seconds:.2f} s" if name == "slowest" else f"{line.confidence or 0:.2f}"
        yield f"  {number:>9}  {explanation_of(line)}"


def _compare(before: str, after: str, page: str | None, as_json: bool) -> int:
    from newsclean.reports.compare import KINDS, Comparison, Weightiest

    comparison, shown = Comparison(before, after), Weightiest()
    for change in comparison.changes():
        if page is not None:
            shown.add(change)
        if as_json:
            click.echo(json.dumps(change.to_dict()))
        elif page is None:
            click.echo(printable(_told(change)))
    if page is not None:
        from newsclean.reports.page import render_comparison, write_page

        write_page(render_comparison(comparison, shown), page)
    if as_json:
        click.echo(json.dumps({"summary": comparison.to_dict()}))
    elif page is None:
        click.echo(comparison.total())
        for kind, words in KINDS.items():
            if comparison.counts[kind]:
                click.echo(f"  {comparison.counts[kind]:>9,}  {words}")
    return CHANGED if comparison.changed else 0


def _told(change: Change) -> str:
    """Return a change as a line: "text        a.html: 500 → 480 words"."""
    details = change.details()
    return f"{', '.join(change.kinds):11} {change.path}{': ' if details else ''}{details}"
