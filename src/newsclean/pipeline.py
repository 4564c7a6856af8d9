"""Record → Article: the whole path on one screen. No I/O."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING

from newsclean.article import Article, InputInfo
from newsclean.build import build_checked
from newsclean.errors import NoArticleError
from newsclean.facts import labels, read_metadata
from newsclean.facts.comments import find_comments
from newsclean.facts.scriptdata import keep_all, script_article
from newsclean.judge.ballots import select, select_nothing
from newsclean.judge.confidence import judge_confidence
from newsclean.judge.readable import vote_readability
from newsclean.judge.scorer.score import vote as vote_scorer
from newsclean.judge.scorer.score import vote_beside
from newsclean.judge.trouble import REMEDIES, explain_absence
from newsclean.model import Confidence, Verdict
from newsclean.page.html import MAX_BLOCKS, parse_html
from newsclean.page.open import open_record
from newsclean.settle import outweighing, settle
from newsclean.sites import Ruling, archived_day, find_rules, page_hosts, rule_on

if TYPE_CHECKING:
    from newsclean.judge.ballots import Selection, Voter
    from newsclean.model import Metadata, Options, Record
    from newsclean.page.html import Page
    from newsclean.page.open import Opened
    from newsclean.sites import Rule

NOTE_CONFIDENCE = 0.95
"""Of a text that is Markdown already: as far as the sniffing of it is right."""


def convert(record: Record, options: Options) -> Article:
    """Return the article of one input; raises NoArticleError when it holds none, DecodeError for a bad encoding."""
    article = examine(record, options)
    if article.is_empty:
        raise no_article(record.name, article)
    return article


def no_article(name: str, article: Article) -> NoArticleError:
    """Return the error of an input that an empty Article came of, with the reason."""
    confidence = article.confidence
    return NoArticleError.on(name, confidence.reasons[0], REMEDIES.get(confidence.problem))


def examine(record: Record, options: Options, learned: Rule | None = None) -> Article:
    """Return what `convert` does, and for a page without an article an empty one, whose verdicts say why.

    `learned` is asked where no other rule of the page's site decides.
    """
    raw = record.data if isinstance(record.data, bytes) else record.data.encode("utf-8", "surrogatepass")
    opened = open_record(record, options)
    kind = opened.kind
    about = InputInfo(
        path=record.path,
        name=record.name,
        kind=kind,
        encoding=opened.encoding,
        sha256=hashlib.sha256(raw).hexdigest(),
        saved_at=opened.saved_at,
        bytes=len(raw),
        lines=record.lines,
        member=record.member,
    )
    if kind == "text" and record.lines is None and (note := _note_article(opened, about, options)):
        return note
    page = whole = parse_page(opened.text, kind, opened.url, record.lines)
    page.saved_at = opened.saved_at
    ruling = decide(page, options, opened.saved_at, learned)
    page, selection = ruling.page, ruling.selection
    metadata = _completed(ruling.override(read_metadata(page)), record.known)
    if page.kind == "html" and not ruling.names_body and (script := script_article(page, selection)):
        page, selection = script.page, keep_all(script)
    chosen = selection or select_nothing(page, voters_for(page.kind, options), options)
    confidence = judge_confidence(page, chosen, metadata)
    if selection is None:
        selection = chosen
        absence = explain_absence(page)
        confidence = Confidence(0.0, (absence.reason,), absence.kind)
    else:
        selection, metadata = _settle(page, selection, metadata, options)
    comments = find_comments(whole, page, selection.kept) if kind == "html" else ()
    built = build_checked(page, selection.kept, options)
    return Article(
        metadata=labels(metadata),
        document=built.document,
        verdicts=selection.verdicts,
        confidence=confidence,
        input=about,
        engine=selection.engine,
        rule=ruling.rule,
        kind=selection.kind,
        cut=None if selection.cut is None else round(selection.cut, 4),
        comments=comments,
        warnings=(
            *opened.warnings,
            *_told_of_several(page, record),
            *_told_of_the_rest(whole),
            *ruling.warnings,
            *_told_of_problem(confidence),
            *built.warnings,
        ),
        options=options,
        paths=built.paths if page.source == whole.source else {},  # script data has no place in the page
    )


def _settle(page: Page, selection: Selection, metadata: Metadata, options: Options) -> tuple[Selection, Metadata]:
    """Return what all steps leave; where they take out parts that outweigh the rest, the rest is judged anew first."""
    settled, known = settle(page, selection, metadata)
    apart = outweighing(settled) if selection.engine == "scorer" else frozenset()
    if not apart:
        return settled, known
    again = select(page, (partial(vote_beside, apart=apart),), options)
    if again is None:
        return settled, known
    pairs = zip(again.verdicts, settled.verdicts, strict=True)
    verdicts = tuple(told if told.block in apart else anew for anew, told in pairs)
    return settle(page, replace(again, verdicts=verdicts, barred=again.barred | apart), metadata)


def _note_article(opened: Opened, about: InputInfo, options: Options) -> Article | None:
    """Return the article of a text that is Markdown already, which is kept as it is; None for other texts."""
    from newsclean.flattext.markdown import read_note  # as in parse_page

    note = read_note(opened.text)
    if note is None:
        return None
    from newsclean.facts.frontmatter import read_note_metadata

    metadata = read_note_metadata(note, opened.url)
    return Article(
        metadata=labels(metadata),
        document=note.without_headline(metadata.title),
        verdicts=tuple(
            Verdict(number, True, "markdown", "the text is Markdown already", 1.0, None, text)
            for number, text in enumerate(note.texts)
        ),
        confidence=Confidence(NOTE_CONFIDENCE, ("the text is Markdown already: nothing was taken out",)),
        input=about,
        engine="markdown",
        warnings=opened.warnings,
        options=options,
    )


def _completed(metadata: Metadata, known: Metadata | None) -> Metadata:
    """Return the metadata with what the page's container knows where the page says nothing."""
    names = [] if known is None else [one.name for one in fields(known) if one.name != "found_in"]
    added = {name: value for name in names if (value := getattr(known, name)) and not getattr(metadata, name)}
    return replace(metadata, **added, found_in=(*metadata.found_in, *((name, "container") for name in added)))


def convert_all(record: Record, options: Options) -> tuple[Article, ...]:
    """Return the articles of a text that holds several, in order; of anything else, its one article.

    Parts without an article are left out; raises NoArticleError where none has one, DecodeError for a bad encoding.
    """
    articles = [examine(part, options) for part in split_record(record, options)]
    found = tuple(article for article in articles if not article.is_empty)
    if not found:
        raise no_article(record.name, articles[0])
    return found


def split_record(record: Record, options: Options) -> tuple[Record, ...]:
    """Return a record for each article of a text that holds several, else the record itself. Raises DecodeError."""
    opened = open_record(record, options)
    if opened.kind == "html" or record.lines is not None:
        return (record,)
    from newsclean.flattext import find_spans  # as below

    spans = find_spans(opened.text)
    return tuple(replace(record, lines=span) for span in spans) if spans else (record,)


def parse_page(source: str, kind: str, url: str | None, lines: tuple[int, int] | None = None) -> Page:
    """Return the page of an HTML source, or of flattened text, of which `lines` may name a part."""
    if kind == "html":
        return parse_html(source, url)
    from newsclean.flattext import cut_lines, parse_text  # its models double the start-up of those who convert HTML

    return parse_text(source if lines is None else cut_lines(source, lines), url)


def _told_of_several(page: Page, record: Record) -> tuple[str, ...]:
    """Return the warning that a text seems to hold several articles."""
    articles = getattr(page, "articles", ())
    if not articles or record.lines is not None:
        return ()
    return (f"the text seems to hold {len(articles)} articles (split it to get each)",)


def _told_of_the_rest(page: Page) -> tuple[str, ...]:
    """Return the warning that a page is longer than any that people write."""
    if page.kind == "text" or len(page.blocks) < MAX_BLOCKS:
        return ()
    return (f"the page has more than {MAX_BLOCKS:,} blocks: what is behind them was left out",)


def _told_of_problem(confidence: Confidence) -> tuple[str, ...]:
    """Return the warning that the page is something else than an article."""
    if confidence.problem is None:
        return ()
    return tuple(reason for reason in confidence.reasons if reason.startswith(confidence.problem))


def decide(page: Page, options: Options, saved_at: str | None, learned: Rule | None = None) -> Ruling:
    """Return what is article: by a rule of the page's site, where there is one that fits, else by the voters."""
    voters = voters_for(page.kind, options)
    selection = select(page, voters, options)
    if options.engine != "auto":
        return Ruling(page, selection)
    rules, warnings = find_rules(
        page_hosts(page), options.rules, lambda: saved_at or archived_day(page.url) or read_metadata(page).published
    )
    rules += (learned,) if learned else ()
    ruling = rule_on(page, selection, rules, lambda page: select(page, voters, options), options)
    return replace(ruling, warnings=(*warnings, *ruling.warnings))


def voters_for(kind: str, options: Options) -> tuple[Voter, ...]:
    """Return who is asked, in order of preference."""
    if options.engine == "readability":
        return (vote_readability,)
    if kind == "text":
        from newsclean.judge.lines import vote_lines  # as above

        return (vote_lines,)
    return (vote_scorer, vote_readability)
