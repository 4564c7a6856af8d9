"""A page + the rules of its host + what the voters say → the Ruling: which blocks are article, and by which rule.

A rule that matches nothing, or that keeps too little of what the voters are sure of, is set aside, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from newsclean.judge.ballots import Ballot, Selection, select
from newsclean.page.tree import parse_tree
from newsclean.sites._apply import apply_rule, rewrite
from newsclean.sites._marks import DROPPING, MarkedPage, cut_marked, mark_texts
from newsclean.sites._rule import Application, SiteRule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.model import Metadata, Options, Verdict
    from newsclean.page.html import Page
    from newsclean.sites._apply import Rule
    from newsclean.sites._rule import Fields, Mark

VOTER = "site rule"
SURE = 0.8
"""Score from which a voter is sure that a block is article."""
MIN_SHARE = 0.4
"""Share of the characters that the voters are sure of which a rule has to keep: a stale one may match a mere teaser.
Of 192 development pages with an ftr rule, six of the seven that half refuses lost word F1 by it, 0.56 on average; a
little less than half leaves room for rules against a second article as long as the first."""
MIN_SURE_CHARS = 400
"""Characters below which the voters are sure of too little to hold it against a rule."""
PRUNED = 0.1
"""Score up to which a voter is sure that a block is no article. Where a rule asks for no pruning, nothing is pruned:
on 190 development pages pruning made no difference beyond noise."""

Vote: TypeAlias = "Callable[[Page], Selection | None]"
"""What decides where no rule does."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What came of the rules: the page as the rule edited it, or as it was; likewise the selection."""

    page: Page
    selection: Selection | None
    rule: str | None = None
    """The rule that decided."""
    fields: Fields | None = None
    warnings: tuple[str, ...] = ()
    names_body: bool = False
    """Whether the rule said where the body is; else it corrected what the voters chose."""

    def override(self, metadata: Metadata) -> Metadata:
        """Return the metadata with what the rule found in its place."""
        if not self.fields:
            return metadata
        where = dict(metadata.found_in)
        where.update(dict.fromkeys(self.fields, f"{VOTER} {self.rule}"))
        order = [name for name in type(metadata).__dataclass_fields__ if name in where]
        return replace(metadata, found_in=tuple((name, where[name]) for name in order), **self.fields)


def rule_on(page: Page, selection: Selection | None, rules: Sequence[Rule], vote: Vote, options: Options) -> Ruling:
    """Return the Ruling of the first rule that is accepted; without one, the selection as it is, with a word on why."""
    warnings: list[str] = []
    for rule in rules:
        application, marked = _apply(rule, page)
        warnings += [f"{VOTER} {rule.name}: {note}" for note in (*rule.warnings, *application.warnings)]
        opinion = selection if _same_blocks(page, marked.page) else vote(marked.page)
        decided = _barring(marked, _decide(application, marked, opinion, options))
        problem = _problem(application, marked, opinion, decided)
        if problem is None:
            chooses = application.chooses_body
            return Ruling(marked.page, decided, rule.name, application.fields, tuple(warnings), chooses)
        if not application.may_fall_back and not _finds_body(application):
            return Ruling(page, None, rule.name, warnings=(*warnings, f"{VOTER} {rule.name} {problem}"))
        if problem:
            warnings.append(f"{VOTER} {rule.name} {problem}")
            selection = _annotated(selection, f"{VOTER} {rule.name} {problem}")
    return Ruling(page, selection, warnings=tuple(warnings))


def _apply(rule: Rule, page: Page) -> tuple[Application, MarkedPage]:
    """Return what a rule says of a page. On flattened text it can but drop texts, and the page stays as it is."""
    if page.kind == "html":
        # selectors look at the page's own tree, which is copied where they match; the rest edits one of its own
        root = page.root if isinstance(rule, SiteRule) else parse_tree(rewrite(rule, page.source))
        application = apply_rule(rule, root)
        return application, cut_marked(application, page)
    application = Application(page.root, chooses_body=False)
    if isinstance(rule, SiteRule):
        application.mark_texts(rule)
    return application, mark_texts(application, MarkedPage(page, (None,) * len(page.blocks)))


def _same_blocks(page: Page, other: Page) -> bool:
    return [block.text for block in page.blocks] == [block.text for block in other.blocks]


def _decide(
    application: Application, marked: MarkedPage, opinion: Selection | None, options: Options
) -> Selection | None:
    """Return the selection by the marks, and by the voters' opinion where the marks say nothing."""
    if not application.chooses_body:
        return _corrected(marked, opinion)
    kept = [mark is not None and mark.decision in ("body", "keep") for mark in marked.marks]
    if application.prunes and opinion is not None:
        kept = [keep and not _is_pruned(keep, opinion.verdicts[n]) for n, keep in enumerate(kept)]
    reasons = [_reason(mark, keep) for mark, keep in zip(marked.marks, kept, strict=True)]
    ballot = Ballot(VOTER, tuple(map(float, kept)), tuple(reasons), roles=tuple(map(_role, marked.marks)))
    decided = select(marked.page, (lambda page, options: ballot,), options)  # noqa: ARG005 - the voters' contract
    return replace(decided, ballot=opinion.ballot) if decided and opinion else decided


def _barring(marked: MarkedPage, decided: Selection | None) -> Selection | None:
    if decided is None:
        return None
    dropped = (n for n, mark in enumerate(marked.marks) if mark is not None and mark.decision in DROPPING)
    return replace(decided, barred=decided.barred | frozenset(dropped))


def _corrected(marked: MarkedPage, opinion: Selection | None) -> Selection | None:
    if opinion is None:
        return None
    kept, verdicts = list(opinion.kept), list(opinion.verdicts)
    for number, mark in enumerate(marked.marks):
        if mark is not None and verdicts[number].text:
            kept[number] = mark.decision in ("body", "keep")
            reason, role = _reason(mark, kept[number]), _role(mark) or verdicts[number].role
            verdicts[number] = replace(
                verdicts[number], kept=kept[number], voter=VOTER, reason=reason, score=None, role=role
            )
    return replace(opinion, kept=tuple(kept), verdicts=tuple(verdicts))


def _is_pruned(keep: bool, verdict: Verdict) -> bool:
    return keep and not verdict.kept and verdict.score is not None and verdict.score <= PRUNED


def _role(mark: Mark | None) -> str | None:
    return "comments" if mark is not None and mark.decision == "comments" else None


def _reason(mark: Mark | None, kept: bool) -> str:
    if mark is None:
        return "outside the body that the rule names"
    if mark.decision == "body":
        return f"inside {mark.selector}" if kept else f"inside {mark.selector}, but surely no article"
    return f"{mark.decision}: {mark.selector}"


def _problem(
    application: Application, marked: MarkedPage, opinion: Selection | None, decided: Selection | None
) -> str | None:
    """Return why the rule is set aside: None for a good answer, "" for a rule that has nothing to say and need not."""
    if not application.chooses_body:
        if not application.marks and not application.fields and not any(marked.marks):
            return ""
        return _refusal(marked.page, opinion, decided)
    if not _finds_body(application):
        return "matches nothing on this page"
    return _refusal(marked.page, opinion, decided)


def _finds_body(application: Application) -> bool:
    return any(mark.decision == "body" for mark in application.marks.values())


def _refusal(page: Page, opinion: Selection | None, decided: Selection | None) -> str | None:
    if decided is None or not any(decided.kept):
        return "keeps no text of this page: refused"
    share = share_of_sure(page, opinion, decided)
    if share < MIN_SHARE:
        return f"keeps {share:.0%} of what is surely article: refused"
    return None


def share_of_sure(page: Page, opinion: Selection | None, decided: Selection) -> float:
    """Return which share of the characters that the voters are sure of a selection keeps, 0 to 1."""
    if opinion is None:
        return 1.0
    sure = [
        len(block.text)
        for block, verdict in zip(page.blocks, opinion.verdicts, strict=True)
        if verdict.kept and (verdict.score or 0.0) >= SURE
    ]
    if sum(sure) < MIN_SURE_CHARS:
        return 1.0
    both = sum(
        len(block.text)
        for block, verdict in zip(page.blocks, opinion.verdicts, strict=True)
        if verdict.kept and (verdict.score or 0.0) >= SURE and decided.kept[block.number]
    )
    return both / sum(sure)


def _annotated(selection: Selection | None, problem: str) -> Selection | None:
    """Return the selection with a word on the rule that was set aside, on every block that is kept without it."""
    if selection is None:
        return None
    verdicts = tuple(
        replace(verdict, reason=f"{verdict.reason}; {problem}") if verdict.kept else verdict
        for verdict in selection.verdicts
    )
    return replace(selection, verdicts=verdicts)
