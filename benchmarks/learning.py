"""What learning from several pages of a site does to each of them: python -m benchmarks.learning.

Two tables: sites made by templating (benchmarks/templates.py), which have what no scorer can know, and the sites of the
development corpora with three pages or more, as HTML and flattened, where nothing may get worse.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import find_corpora
from benchmarks.scores import Gold, Prediction, body_score, score
from benchmarks.templates import SITES, Page, make_site
from newsclean.errors import NewscleanError
from newsclean.model import Options, Record
from newsclean.page.html import parse_html
from newsclean.pipeline import examine
from newsclean.rules.evidence import read_evidence
from newsclean.rules.learn import MIN_PAGES, learn_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.rules.evidence import PageEvidence
    from newsclean.sites import SiteRule

CORPORA = ("n4k-dev", "fundus-dev", "wcxb-dev", "trafilatura-dev")
KINDS = ("html", "text")
FALL = 0.01
"""Fall of a page's score from which it is named."""
TARGET = 0.98
"""Word F1 of the templated sites from which learning is good enough."""
ARTICLES = 8


@dataclass(frozen=True, slots=True)
class Case:
    """One page with its gold."""

    name: str
    record: Record
    gold: Gold


@dataclass(frozen=True, slots=True)
class Change:
    """What learning did to one page: its score without and with it."""

    name: str
    before: float
    after: float

    @property
    def gain(self) -> float:
        """How much the score rose."""
        return self.after - self.before


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement; return 1 where a templated site stays under TARGET."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__)
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="archives or unpacked corpora")
    parser.add_argument("--only", choices=("templates", *KINDS), help="one of the tables")
    parser.add_argument(
        "--doubt",
        type=float,
        default=0.0,
        metavar="X",
        help="lower what the scorer says of each block by X before learning, as on pages that it was not trained on",
    )
    parser.add_argument("--rules", action="store_true", help="print what was learned of each site")
    args = parser.parse_args(arguments)
    failed = False
    if args.only in (None, "templates"):
        failed = _report_templates(args.doubt, show=args.rules)
    kinds = [kind for kind in KINDS if args.only in (None, kind)]
    if kinds:
        _report_corpora(args.corpora, kinds, args.doubt, show=args.rules)
    return int(failed)


def learn_and_compare(site: str, cases: Sequence[Case], doubt: float) -> tuple[SiteRule | None, list[Change]]:
    """Return the rule learned from pages of a site, and what it did to each of them; no changes without a rule."""
    pages = [_evidence(case, doubt) for case in cases]
    rule = learn_rule(site, pages)
    changes: list[Change] = []
    if rule is None:
        return None, changes
    for case, page in zip(cases, pages, strict=True):
        before = _score(case, None)
        after = _score(case, rule) if page.is_learnable else before
        changes.append(Change(case.name, before, after))
    return rule, changes


def _evidence(case: Case, doubt: float) -> PageEvidence:
    page = read_evidence(case.record, Options())
    candidates = (replace(one, score=max(0.0, one.score - doubt)) for one in page.candidates)
    return replace(page, candidates=tuple(candidates))


def _score(case: Case, rule: SiteRule | None) -> float:
    try:
        text = examine(case.record, Options(), rule).text
    except NewscleanError:
        text = ""
    return body_score(score(case.gold, Prediction(text))) or 0.0


def _report_templates(doubt: float, *, show: bool) -> bool:
    """Print a line a templated site; return whether one stays under the target."""
    print(f"{'template':20}{'kind':6}{'without':>9}{'with':>9}{'worst':>9}")
    low = False
    every: dict[str, list[Change]] = defaultdict(list)
    for name in SITES:
        for kind in KINDS:
            rule, changes = learn_and_compare(name, list(_templated(make_site(name, ARTICLES), kind)), doubt)
            every[kind] += changes
            after = _mean([change.after for change in changes])
            low = low or after < TARGET
            print(_row(name, kind, changes))
            if show and rule:
                _show(rule)
    for kind, changes in every.items():
        print(_row("all", kind, changes))
    return low


def _row(name: str, kind: str, changes: Sequence[Change]) -> str:
    before, after = _mean([change.before for change in changes]), _mean([change.after for change in changes])
    return f"{name:20}{kind:6}{before:9.4f}{after:9.4f}{min(change.after for change in changes):9.4f}"


def _templated(pages: Sequence[Page], kind: str) -> Iterator[Case]:
    for page in pages:
        data = page.html if kind == "html" else page.flat
        yield Case(page.name, Record(data, name=page.name), {"text": page.text})


def _report_corpora(folder: Path | None, kinds: Sequence[str], doubt: float, *, show: bool) -> None:
    corpora, missing = find_corpora(folder, CORPORA)
    for name in missing:
        print(f"skipped: {name} (corpus not found)")
    sites: dict[str, list[Case]] = defaultdict(list)
    for corpus in corpora:
        for page in corpus.pages():
            record = Record(page.path.read_bytes(), name=page.id, url=page.url)
            sites[_site(page.url, page.site)].append(Case(f"{corpus.name}/{page.id}", record, page.gold))
    many = {site: cases for site, cases in sorted(sites.items()) if len(cases) >= MIN_PAGES}
    for kind in kinds:
        changes: list[Change] = []
        taught = 0
        for done, (site, cases) in enumerate(many.items(), 1):
            if sys.stderr.isatty():
                print(f"\r{done}/{len(many)} sites", end="\n" if done == len(many) else "", file=sys.stderr)
            told = cases if kind == "html" else [_flattened(case) for case in cases]
            rule, own = learn_and_compare(site, told, doubt)
            changes += own
            taught += rule is not None
            if show and rule:
                _show(rule)
        _report_changes(kind, changes, len(many), taught)


def _site(url: str | None, site: str) -> str:
    host = (url or "").partition("//")[2].partition("/")[0].lower().removeprefix("www.")
    return host or site


def _flattened(case: Case) -> Case:
    """Return a page as the text that a browser's copy gives: a line a block."""
    data = case.record.data
    page = parse_html(data.decode("utf-8", "replace") if isinstance(data, bytes) else data)
    lines = [f"• {b.text}" if page.nodes[b.node].tag == "li" else b.text for b in page.blocks if b.text]
    return replace(case, record=replace(case.record, data="\n\n".join(lines)))


def _report_changes(kind: str, changes: Sequence[Change], sites: int, taught: int) -> None:
    if not changes:
        return
    before, after = _mean([change.before for change in changes]), _mean([change.after for change in changes])
    better = sum(change.gain > FALL for change in changes)
    falls = sorted((change for change in changes if change.gain < -FALL), key=lambda change: change.gain)
    moved = sum(change.gain != 0 for change in changes)
    print(
        f"\ncorpora, {kind}: something was learned of {taught} of {sites} sites; {moved} of their {len(changes)} pages "
        f"moved\nmean {before:.4f} without, {after:.4f} with ({after - before:+.4f}); "
        f"{better} rise by more than {FALL}, {len(falls)} fall"
    )
    for change in falls:
        print(f"  {change.gain:+.3f} to {change.after:.3f} {change.name}")


def _show(rule: SiteRule) -> None:
    from newsclean.sites._toml import as_toml

    print("    " + as_toml(rule).replace("\n", "\n    "))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    sys.exit(main())
