"""Summary → an HTML page that loads nothing and runs nothing: figures, bars and the lists of the first inputs."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from newsclean import __version__
from newsclean.errors import OutputError
from newsclean.explain.report import policy_hash
from newsclean.files import holds, may_replace, write_atomic
from newsclean.render.safe import verbatim
from newsclean.reports.summary import explanation_of, iso_time, shorten

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from newsclean.reports.lines import Line
    from newsclean.reports.summary import Summary

ROWS = 20
"""Values of a table; the rest is one row."""


def write_page(summary: Summary, path: str) -> None:
    """Write the page of a summary. Raises OutputError rather than write over what newsclean did not write."""
    content = render_page(summary).encode("utf-8", "replace")
    if not may_replace(Path(path)) and not holds(Path(path), content):
        raise OutputError("is there, and is not as newsclean wrote it", source=path, remedy="give another name")
    try:
        write_atomic(Path(path), content)
    except OSError as error:
        raise OutputError(f"cannot write: {(error.strerror or str(error)).lower()}", source=path) from error


def render_page(summary: Summary) -> str:
    """Return the page as a whole HTML document."""
    style = _resource("page.css")
    rate = f", {summary.rate:,.1f} inputs a second" if summary.rate else ""
    span = f"{iso_time(summary.first)} to {iso_time(summary.last)}{rate}" if summary.first is not None else ""
    return Template(_resource("page.html")).substitute(
        policy=f"default-src 'none'; style-src {policy_hash(style)}; base-uri 'none'; form-action 'none'",
        style=style,
        version=escape(__version__),
        name=_text(summary.name),
        headline=f"{summary.inputs:,} inputs, {summary.articles:,} articles",
        span=_text(span),
        sections="\n".join(_sections(summary)),
    )


def _resource(name: str) -> str:
    return files("newsclean.reports").joinpath(name).read_text("utf-8")


def _text(text: str) -> str:
    return escape(verbatim(text))


def _sections(summary: Summary) -> Iterator[str]:
    yield _section("Status", _table(summary.statuses))
    width, bars = summary.times.bars()
    if bars:
        ends = (iso_time(bars[0][0]) or "", iso_time(bars[-1][0] + width) or "")
        yield _section(f"Inputs done, every {width:,.0f} s", _chart([count for _, count in bars], ends))
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


def _section(title: str, content: str, *, wide: bool = False) -> str:
    kind = ' class="wide"' if wide else ""
    return f"<section{kind}><h2>{_text(title)}</h2>{content}</section>"


def _table(counts: Counter[str] | None) -> str:
    if not counts:
        return '<p class="none">None.</p>'
    total = sum(counts.values())
    shown = counts.most_common(ROWS)
    rest = total - sum(count for _, count in shown)
    shown += [("others", rest)] if rest else []
    rows = "".join(_row(value.replace("_", " "), count, total) for value, count in shown)
    return f"<table><tbody>{rows}</tbody></table>"


def _row(value: str, count: int, total: int) -> str:
    bar = f'<rect width="{count / total * 100:.2f}" height="1"/>'
    return (
        f'<tr><th scope="row" dir="auto">{_text(value)}</th><td class="number">{count:,}</td><td class="share">'
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
        f'aria-label="{_text(told)}">{bars}</svg>'
        f'<p class="axis"><span>{_text(ends[0])}</span><span>at most {most:,}</span><span>{_text(ends[1])}</span></p>'
    )


def _list(lines: Sequence[Line], number: str) -> str:
    if not lines:
        return '<p class="none">None.</p>'
    rows = "".join(
        f'<tr><td class="number">{getattr(line, number):.2f}</td><td dir="auto">'
        f"{_text(shorten(line.title or line.path))}</td><td><code>{_text(explanation_of(line))}</code></td></tr>"
        for line in lines
    )
    head = f'<tr><th scope="col">{number}</th><th scope="col">title</th><th scope="col">to see why</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
