"""Selection → kept blocks: what decides after the voters, as an ordered tuple of named steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.settle.clean import (
    complete_runs,
    drop_dangling_headings,
    drop_dateline,
    drop_headline,
    drop_pull_quotes,
    drop_tabs,
)
from newsclean.settle.copies import drop_copies
from newsclean.settle.draft import KINDS_OF_ITEMS, Draft
from newsclean.settle.media import (
    complete_slides,
    keep_captioned,
    keep_captions,
    keep_formulas,
    keep_media,
    keep_named_captions,
)
from newsclean.settle.parts import drop_parts
from newsclean.settle.sections import (
    complete_headed_lists,
    complete_times,
    drop_contents,
    drop_hidden,
    drop_jumps,
    drop_tools,
    drop_unseen,
)
from newsclean.settle.standfirst import take_standfirst
from newsclean.settle.tables import complete_tables
from newsclean.settle.wholes import (
    complete_callouts,
    complete_downloads,
    complete_headings,
    complete_listings,
    complete_lists,
    complete_notes,
    complete_paragraphs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.judge.ballots import Selection
    from newsclean.model import Metadata
    from newsclean.page.html import Page

    Step = Callable[[Draft], None]

STEPS: tuple[Step, ...] = (
    drop_parts,
    drop_hidden,
    drop_tools,
    drop_contents,
    drop_jumps,
    complete_paragraphs,
    complete_runs,
    complete_listings,
    complete_lists,
    complete_headed_lists,
    complete_tables,
    complete_callouts,
    keep_formulas,
    complete_slides,
    complete_downloads,
    complete_headings,
    complete_times,
    complete_notes,
    drop_unseen,
    drop_headline,
    drop_dateline,
    drop_pull_quotes,
    drop_tabs,
    drop_dangling_headings,
    keep_media,
    keep_captioned,
    drop_copies,
    keep_captions,
    keep_named_captions,
    take_standfirst,
)
PARTS = "drop_parts"
OUTWEIGHING = 1.0
"""Text of the parts that were taken out, against what is left, from which the scorer saw another page."""
NEED_MARKUP = frozenset(
    {
        drop_parts,
        drop_hidden,
        drop_tools,
        drop_contents,
        drop_jumps,
        drop_unseen,
        keep_formulas,
        complete_callouts,
        complete_slides,
        complete_notes,
        drop_tabs,
        keep_media,
        drop_copies,
        keep_captions,
        keep_named_captions,
    }
)
"""Those that find nothing in flattened text, which has no classes and no pictures."""


def settle(
    page: Page, selection: Selection, metadata: Metadata, steps: Sequence[Step] = STEPS
) -> tuple[Selection, Metadata]:
    """Return the selection and the metadata after all steps, in order."""
    draft = Draft(page, selection, metadata)
    for step in steps:
        if page.kind == "html" or step not in NEED_MARKUP:
            step(draft)
    return replace(selection, kept=tuple(draft.kept), verdicts=tuple(draft.verdicts)), draft.metadata


def outweighing(settled: Selection) -> frozenset[int]:
    """Return the blocks of the parts that were taken out, where they hold more text than what is left of an article."""
    if settled.kind in KINDS_OF_ITEMS:
        return frozenset()
    parts = [verdict for verdict in settled.verdicts if verdict.voter == PARTS]
    left = sum(len(verdict.text) for verdict in settled.verdicts if verdict.kept)
    taken = sum(len(verdict.text) for verdict in parts)
    return frozenset(verdict.block for verdict in parts) if taken > OUTWEIGHING * left else frozenset()
