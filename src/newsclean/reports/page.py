"""Summary, or a comparison → an HTML page that loads nothing and runs nothing: figures, bars, lists of inputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsclean import __version__
from newsclean.errors import OutputError
from newsclean.explain.frame import framed, resource, shown
from newsclean.files import holds, may_replace, write_atomic
from newsclean.reports.compare import KINDS
from newsclean.reports.summary import explanation_of, iso_time, shorten

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from newsclean.reports.compare import Change, Comparison, Weightiest
    from newsclean.reports.summary import Summary
    from newsclean.runs.report import Outcome

ROWS = 20
"""Values of a table; the rest is one row."""
NONE = '<p class="none">None.</p>'


def write_page(page: str, path: str) -> None:
    """Write a page. Raises OutputError rather than write over what newsclean did not write."""
    content = page.encode("utf-8", "replace")
    if not may_replace(Path(path)) and not holds(Path(path), content):
        raise OutputError("exists, and is not as newsclean wrote it", source=path, remedy="give another name")
    try:
        write_atomic(Path(path), content)
    except OSError as error:
        raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=path) from error


def render_summary(summary: Summary) -> str:
    """Return what a run came to as a whole HTML document."""
    rate = f", {summary.rate:,.1f} inputs a second" if summary.rate else ""
    span = f"{iso_time(summary.first)} to {iso_time(summary.last)}{rate}" if summary.first is not None else ""
    headline = f"{summary.inputs:,} inputs, {summary.articles:,} articles"
    return _page(f"Run: {summary.name}", summary.name, headline, span, _sections(summary))


def render_comparison(comparison: Comparison, changes: Weightiest) -> str:
    """Return what changed between two runs as a whole HTML document; all changes were met by now."""
    names = f"{comparison.before.name} → {comparison.after.name}"
    changed, _, articles = comparison.total().partition("; ")
    return _page(f"Changes: {names}", names, changed, articles, _compared(comparison, changes))


def _page(title: str, name: str, headline: str, told: str, sections: Iterable[str]) -> str:
    body = (
        f'<header>\n  <p class="name">{shown(name)}</p>\n  <h1>{shown(headline)}</h1>\n  <p>{shown(told)}</p>\n'
        f'</header>\n<main id="main" tabindex="-1">\n{"".join(section + chr(10) for section in sections)}</main>\n'
        f"<footer><p>Made by newsclean {shown(__version__)}. This file loads nothing, runs nothing and sends nothing."
        "</p></footer>"
    )
    return framed(title, ("main", "Skip to the figures"), body, resource("newsclean.reports", "page.css"))


def _sections(summary: Summary) -> Iterator[str]:
    yield _section("Status", _table(summary.statuses))
    width, bars = summary.times.bars()
    if bars:
        ends = (iso_time(bars[0][0]) or "", iso_time(bars[-1][0] + width) or "")
        yield _section(f"Inputs done, every {_span(width)}", _chart([count for _, count in bars], ends))
    yield _section("Confidence", _chart(summary.confidence, ("0", "1")) if any(summary.confidence) else _table(None))
    yield _section("Kinds of page", _table(summary.kinds.counts))
    yield _section("Languages", _table(summary.languages.counts))
    if summary.copies:
        yield _section("Duplicates, by site of what they copy", _table(summary.copies))
    yield _section("Failures", _table(summary.failures.counts))
    yield _section("Left out", _table(summary.left_out.counts))
    yield _section("Warnings", _table(summary.warnings.counts))
    yield _section("Slowest", _list(summary.slowest.lines(), "seconds"), wide=True)
    yield _section("Least sure", _list(summary.least_sure.lines(), "confidence"), wide=True)


def _compared(comparison: Comparison, changes: Weightiest) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    counts = [(words, comparison.counts[kind]) for kind, words in KINDS.items() if comparison.counts[kind]]
    yield _section("What changed", _pairs(counts, comparison.changed) if counts else NONE)
    yield _section("Status", _sides(before.statuses, after.statuses))
    for name, side in (("before", before), ("after", after)):
        chart = _chart(side.confidence, ("0", "1")) if any(side.confidence) else NONE
        yield _section(f"Confidence {name}", chart)
    yield _section("Kinds of page", _sides(before.kinds.counts, after.kinds.counts))
    yield _section("Languages", _sides(before.languages.counts, after.languages.counts))
    yield _section("Failures", _sides(before.failures.counts, after.failures.counts), wide=True)
    for kind, found in changes.changes.items():
        if found:
            rest = changes.counts[kind] - len(found)
            more = f'<p class="side">and {rest:,} more, which --json lists</p>' if rest else ""
            title = f"{changes.counts[kind]:,} inputs {KINDS[kind]}"
            yield _section(title, _changes(found) + more, wide=True)


def _changes(changes: Sequence[Change]) -> str:
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{shown(shorten(change.path))}</th>'
        f'<td dir="auto">{shown(shorten(change.details() or _told(change)))}</td>'
        f"<td><code>{shown(explanation_of(side))}</code></td></tr>"
        for change in changes
        if (side := change.after or change.before)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("input", "what changed", "to see why"))
    return f'<table class="list"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _told(change: Change) -> str:
    """Return what an input is that only one run had."""
    side = change.after or change.before
    return f"{side.status.replace('_', ' ')}: {side.title or side.error or ''}" if side else ""


def _sides(before: Counter[str], after: Counter[str]) -> str:
    """Return how often each value was met in two runs, the most frequent first."""
    values = [value for value, _ in (before + after).most_common(ROWS)]
    if not values:
        return NONE
    rows = "".join(
        f'<tr><th scope="row" dir="auto">{shown(value.replace("_", " "))}</th>'
        f'<td class="number before">{before[value]:,}</td><td class="number">{after[value]:,}</td></tr>'
        for value in values
    )
    rest = len((before + after).keys()) - len(values)
    more = f'<p class="side">and {rest:,} more</p>' if rest else ""
    head = '<tr><td></td><th scope="col" class="number">before</th><th scope="col" class="number">after</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}"


def _span(seconds: float) -> str:
    """Return a time for a reader: "90 s", "25 min", "8.0 h"."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _section(title: str, content: str, *, wide: bool = False) -> str:
    kind = ' class="wide"' if wide else ""
    return f"<section{kind}><h2>{shown(title)}</h2>{content}</section>"


def _table(counts: Counter[str] | None) -> str:
    if not counts:
        return NONE
    total = sum(counts.values())
    found = counts.most_common(ROWS)
    rest = total - sum(count for _, count in found)
    found += [("others", rest)] if rest else []
    return _pairs(found, total)


def _pairs(found: Iterable[tuple[str, int]], total: int) -> str:
    rows = "".join(_row(value.replace("_", " "), count, max(1, total)) for value, count in found)
    return f"<table><tbody>{rows}</tbody></table>"


def _row(value: str, count: int, total: int) -> str:
    bar = f'<rect width="{count / total * 100:.2f}" height="1"/>'
    return (
        f'<tr><th scope="row" dir="auto">{shown(value)}</th><td class="number">{count:,}</td><td class="share">'
        f'<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{bar}</svg></td></tr>'
    )


def _chart(counts: Sequence[int], ends: tuple[str, str]) -> str:
    """Return bars from left to right, and what stands at both ends."""
    most = max(1, *counts)
    bars = "".join(
        f'<rect x="{at * 10 + 1}" y="{100 - count / most * 100:.2f}" width="8" height="{count / most * 100:.2f}">'
        f"<title>{count:,}</title></rect>"
        for at, count in enumerate(counts)
    )
    told = f"{len(counts)} bars from {ends[0]} to {ends[1]}: {', '.join(map(str, counts))}"
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {len(counts) * 10} 100" preserveAspectRatio="none" '
        f'aria-label="{shown(told)}">{bars}</svg>'
        f'<p class="axis"><span>{shown(ends[0])}</span><span>at most {most:,}</span><span>{shown(ends[1])}</span></p>'
    )


def _list(lines: Sequence[Outcome], number: str) -> str:
    if not lines:
        return NONE
    rows = "".join(
        f'<tr><td class="number">{getattr(line, number):.2f}</td><td dir="auto">'
        f"{shown(shorten(line.title or line.path))}</td><td><code>{shown(explanation_of(line))}</code></td></tr>"
        for line in lines
    )
    head = f'<tr><th scope="col">{number}</th><th scope="col">title</th><th scope="col">to see why</th></tr>'
    return f'<table class="list"><thead>{head}</thead><tbody>{rows}</tbody></table>'
