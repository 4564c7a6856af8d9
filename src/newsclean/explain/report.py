"""Article → the HTML report: one file that loads nothing, in which text of the page is text and never runs.

All text is escaped into elements of the frame.
"""

from __future__ import annotations

import re
from string import Template
from typing import TYPE_CHECKING

from newsclean.explain.facts import certainties, counts, facts, is_doubtful
from newsclean.explain.frame import framed, resource, shown
from newsclean.explain.outline import built, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.article import Article
    from newsclean.explain.facts import Fact
    from newsclean.explain.outline import Entry
    from newsclean.model import Verdict

OUTLINE_CHARS = 80
"""Characters of a block's text in the outline."""
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")  # "pt-BR"


def render_report(article: Article) -> str:
    """Return the report as a whole HTML document."""
    total = counts(article.verdicts)
    body = (
        Template(_resource("report.html"))
        .substitute(
            name=shown(article.input.name),
            title=shown(article.title or "No title found"),
            verdict=_article_line(article),
            kept=total.kept,
            dropped=total.dropped,
            share=f"{total.share:.0%}",
            words_kept=f"{total.words_kept:,}",
            words=f"{total.words:,}",
            engine=shown(article.rule or article.engine),
            version=shown(article.version),
            confidence=f"{article.confidence.score:.2f}",
            reasons=_items(article.confidence.reasons),
            warnings=_warnings(article.warnings),
            facts=_facts(facts(article.metadata)),
            outline=_outline(outline(article.document)),
            voters=_choices(verdict.voter for verdict in article.verdicts),
            roles=_choices(verdict.role for verdict in article.verdicts if verdict.role),
            blocks=_blocks(article),
        )
        .rstrip()
    )
    title = f"Explained: {article.input.name}"
    return framed(title, ("blocks", "Skip to the blocks"), body, _resource("report.css"), _resource("report.js"))


def _resource(name: str) -> str:
    return resource("newsclean.explain", name)


def _article_line(article: Article) -> str:
    if article.is_empty:
        return '<strong class="drop">No article was found.</strong> The reasons below say what every block lacked.'
    return '<strong class="keep">An article was found.</strong>'


def _items(texts: Iterable[str]) -> str:
    return "".join(f"<li>{shown(text)}</li>" for text in texts)


def _warnings(texts: Sequence[str]) -> str:
    return f'<section><h2>Warnings</h2><ul class="reasons">{_items(texts)}</ul></section>' if texts else ""


def _trust(fact: Fact) -> str:
    return "" if fact.confidence is None else f", {fact.confidence:.2f}"


def _facts(known: Sequence[Fact]) -> str:
    if not known:
        return "<p>Nothing was found.</p>"
    rows = (
        f'<div><dt>{fact.field.replace("_", " ")}</dt><dd dir="auto">{shown(fact.value)}</dd>'
        f'<dd class="source">{shown(fact.found_in or "no source named")}{_trust(fact)}</dd>'
        + "".join(
            f'<dd class="source" dir="auto">not {shown(one.value)} ({shown(one.found_in)})</dd>' for one in fact.rivals
        )
        + "</div>"
        for fact in known
    )
    return f"<dl>{''.join(rows)}</dl>"


def _outline(entries: Sequence[Entry]) -> str:
    if not entries:
        return "<p>Nothing was built.</p>"
    return f"<ul>{''.join(map(_outline_item, entries))}</ul>"


def _outline_item(entry: Entry) -> str:
    start = entry.text if len(entry.text) <= OUTLINE_CHARS else entry.text[:OUTLINE_CHARS].rstrip() + "…"
    kind = f'<span class="kind">{shown(entry.kind)}</span>'
    inner = f'{kind} <span dir="auto">{shown(start)}</span>'
    if entry.source:
        inner = f'<a href="#b{entry.source[0]}">{inner}</a>'
    heading = " heading" if entry.kind == "heading" else ""
    return f'<li class="level{min(entry.level, 7)}{heading}">{inner}</li>'


def _choices(values: Iterable[str]) -> str:
    return "".join(f'<option value="{shown(value)}">{shown(value)}</option>' for value in sorted(set(values)))


def _blocks(article: Article) -> str:
    became = built(article.document)
    language = article.metadata.language or ""
    lang = f' lang="{language}"' if _LANGUAGE_RE.fullmatch(language) else ""
    return "\n".join(
        _block(verdict, certainty, became.get(verdict.block, ""), lang)
        for verdict, certainty in zip(article.verdicts, certainties(article), strict=True)
    )


def _block(verdict: Verdict, certainty: float | None, became: str, lang: str) -> str:
    number = verdict.block
    decision, mark = ("kept", "✓") if verdict.kept else ("dropped", "✗")
    doubtful = is_doubtful(certainty)
    doubt = '<span class="tag doubt">doubtful</span>' if doubtful else ""
    tags = "".join(f'<span class="tag">{shown(tag)}</span>' for tag in (verdict.role, became) if tag)
    if verdict.text:
        text = f'<p class="text" dir="auto"{lang}>{shown(verdict.text)}</p>'
    else:
        text = '<p class="text none">no text: an image, a player or a rule</p>'
    score = "" if verdict.score is None else f'<span class="score">{verdict.score:.2f}</span>'
    return (
        f'<li class="block {decision}" id="b{number}" tabindex="0" aria-describedby="w{number}"'
        f' data-voter="{shown(verdict.voter)}" data-role="{shown(verdict.role or "")}"{" data-doubtful" * doubtful}>'
        f'<p class="label"><span class="mark"><span aria-hidden="true">{mark}</span> {decision}</span>'
        f'<a class="number" tabindex="-1" href="#b{number}">{number}</a>{score}</p>'
        f'<div class="body">{text}<p class="tags">{doubt}{tags}</p>'
        f'<p class="why" id="w{number}"><b>{shown(verdict.voter)}</b>: {shown(verdict.reason)}'
        f"{_certainty(certainty)}</p></div></li>"
    )


def _certainty(certainty: float | None) -> str:
    return "" if certainty is None else f' <span class="certainty">({certainty:.0%} certain)</span>'
