"""PageView → columns of numbers, one number a block: the text itself, its surroundings, its place in the page.

Pure and shared with training; no weights here. Everything is O(blocks + nodes): sums over an element are differences of
prefix sums.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.columns import Column, best_run, range_columns, since_last
from newsclean.judge.scorer import view as fv
from newsclean.judge.scorer.kind import KINDS
from newsclean.judge.scorer.measures import LONG_LIMIT, RUN_COSTS, Measures, best_subtree, count_twins, paragraph_scores
from newsclean.judge.scorer.second import sums_at
from newsclean.judge.scorer.tokens import TOKEN_COLUMNS, Weights, token_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judge.scorer.view import PageView

FLAG_COLUMNS = (
    ("in_article", fv.ARTICLE),
    ("in_main", fv.MAIN),
    ("in_aside", fv.ASIDE),
    ("in_footer", fv.FOOTER),
    ("in_nav", fv.NAV),
    ("in_form", fv.FORM),
    ("in_table", fv.TABLE),
    ("in_figure", fv.FIGURE),
    ("in_list", fv.LIST),
    ("in_noscript", fv.NOSCRIPT),
    ("is_hidden", fv.HIDDEN),
    ("in_quote", fv.QUOTE),
    ("in_pre", fv.PRE),
)
AROUND_LEVELS = (0, 1, 2, 3)

# Names of the columns, group by group. A name a line would hide the groups, hence the split strings.
OWN_COLUMNS = "chars link_density word_length commas ending repeats media_before media_after".split()
AROUND_COLUMNS = [f"{what}_{level}" for level in AROUND_LEVELS for what in ("blocks", "links", "share", "mean")]
PLACE_COLUMNS = "index chars_before chars_after depth place since_h1 h1_before heading since_heading".split()
NEAR_COLUMNS = "prev_chars prev_links next_chars next_links links_near3 long_near8 links_near8".split()
RUN_COLUMNS = """
    in_run0 past_run0 past_run1 before_run1 in_tree past_tree before_tree paragraph_score twin_index twin_count
""".split()
LIKE_COLUMNS = "like_count like_chars like_links title_match description_match after_title".split()
PAGE_COLUMNS = "page_chars page_links page_long run_share".split()

STATIC_COLUMNS: tuple[str, ...] = (
    *OWN_COLUMNS,
    *(name for name, _ in FLAG_COLUMNS),
    *AROUND_COLUMNS,
    *PLACE_COLUMNS,
    *NEAR_COLUMNS,
    *RUN_COLUMNS,
    *LIKE_COLUMNS,
    *PAGE_COLUMNS,
)
"""Names of the columns that need neither token weights nor the page's kind."""

COLUMNS: tuple[str, ...] = (*STATIC_COLUMNS, *TOKEN_COLUMNS, *(f"kind_{kind}" for kind in KINDS))
"""Names of the columns that `block_columns` returns, in order."""

_STOPS = {
    ".": 3.0,
    "!": 2.0,
    "?": 2.0,
    "…": 2.0,
    "。": 3.0,
    "！": 2.0,
    "？": 2.0,
    "।": 3.0,
    "۔": 3.0,
    '"': 2.0,
    "”": 2.0,
    "»": 2.0,
    "“": 2.0,
    "」": 2.0,
    ")": 1.0,
    ":": 1.0,
    ",": 1.0,
    ";": 1.0,
}


def block_columns(view: PageView, measures: Measures, weights: Weights, kinds: Sequence[float]) -> list[Column]:
    """Return the columns named in COLUMNS; `kinds` are the probabilities of the page's kinds."""
    total = len(view.texts)
    columns = static_columns(view, measures) + token_columns(view, weights)
    columns.extend([share] * total for share in kinds)
    return columns


def static_columns(view: PageView, measures: Measures) -> list[Column]:
    """Return the columns that need no token weights (STATIC_COLUMNS)."""
    if not view.texts:
        return [[] for _ in STATIC_COLUMNS]
    return [
        *_own_columns(view, measures),
        *_flag_columns(view),
        *_around_columns(view, measures),
        *_place_columns(view, measures),
        *_near_columns(measures),
        *_run_columns(view, measures),
        *_like_columns(view, measures),
        *_page_columns(view, measures),
    ]


def _own_columns(view: PageView, measures: Measures) -> list[Column]:
    texts = view.texts
    counts: dict[str, float] = {}
    for text in texts:
        counts[text] = counts.get(text, 0.0) + 1.0
    return [
        measures.chars,
        measures.links,
        [chars / words for chars, words in zip(measures.chars, measures.words, strict=True)],
        measures.commas,
        [_STOPS.get(text[-1], 0.0) for text in texts],
        [counts[text] for text in texts],
        [before for before, _ in view.media],
        [after for _, after in view.media],
    ]


def _flag_columns(view: PageView) -> list[Column]:
    rows = {flags: [1.0 if flags & flag else 0.0 for _, flag in FLAG_COLUMNS] for flags in set(view.flags)}
    return spread([rows[view.flags[node]] for node in view.nodes_of])


def spread(rows: Sequence[Sequence[float]]) -> list[Column]:
    """Return the columns of rows."""
    return [list(column) for column in zip(*rows, strict=True)]


def _around_columns(view: PageView, measures: Measures) -> list[Column]:
    up, firsts, lasts = measures.up, view.firsts, view.lasts
    sum_chars, sum_plain, sum_long = measures.sum_chars, measures.sum_plain, measures.sum_long
    all_long = sum_long[-1] or 1.0
    rows: dict[int, list[float]] = {}
    for inner in set(measures.inner):
        row = rows[inner] = []
        node = inner
        for _ in AROUND_LEVELS:
            first, last = firsts[node], lasts[node]
            chars = sum_chars[last] - sum_chars[first] or 1.0
            long = sum_long[last] - sum_long[first]
            linked = 1.0 - (sum_plain[last] - sum_plain[first]) / chars
            row += (float(last - first), linked, long / all_long, chars / (last - first))
            node = up[node]
    return spread([rows[node] for node in measures.inner])


def _place_columns(view: PageView, measures: Measures) -> list[Column]:
    total = len(view.texts)
    sums = measures.sum_chars
    all_chars = sums[-1] or 1.0
    firsts, lasts = view.firsts, view.lasts
    depths: list[float] = []
    for parent in view.parents:
        depths.append(depths[parent] + 1.0 if parent >= 0 else 0.0)
    outer = [measures.up[node] for node in measures.inner]
    levels = [float(view.headings[node]) for node in view.nodes_of]
    return [
        [float(number) for number in range(total)],
        [chars / all_chars for chars in sums[:-1]],
        [1.0 - chars / all_chars for chars in sums[1:]],
        [depths[node] for node in view.nodes_of],
        [(i - firsts[n]) / (lasts[n] - firsts[n]) for i, n in enumerate(outer)],
        _since_first(levels, 1.0),
        list(accumulate([1.0 if level == 1.0 else 0.0 for level in levels])),
        levels,
        since_last([level > 0.0 for level in levels]),
    ]


def _since_first(levels: Column, wanted: float) -> Column:
    """Return how many blocks ago the first heading of a level was; negative before it, -99 without one."""
    start = levels.index(wanted) if wanted in levels else -1
    return [float(index - start) for index in range(len(levels))] if start >= 0 else [-99.0] * len(levels)


def _near_columns(measures: Measures) -> list[Column]:
    chars, links = measures.chars, measures.links
    columns = [[0.0, *chars[:-1]], [0.0, *links[:-1]], [*chars[1:], 0.0], [*links[1:], 0.0]]
    for reach in (3, 8):
        if reach > 3:
            columns.append(_window(measures.sum_long, reach))
        near = zip(_window(measures.sum_plain, reach), _window(measures.sum_chars, reach), strict=True)
        columns.append([1.0 - plain / size for plain, size in near])
    return columns


def _window(sums: Column, reach: int) -> Column:
    """Return the sum over each block and `reach` blocks on either side."""
    return [b - a for a, b in zip(sums_at(sums, -reach), sums_at(sums, reach + 1), strict=True)]


def _run_columns(view: PageView, measures: Measures) -> list[Column]:
    total = len(view.texts)
    inside, past, _ = range_columns(total, measures.run)
    dear = [min(size, LONG_LIMIT) - RUN_COSTS[1] for size in measures.long]
    _, past_dear, before_dear = range_columns(total, best_run(dear))
    above = paragraph_scores(view, measures.plain, measures.commas, measures.links)
    index, count = count_twins(view, measures.sum_long)
    return [
        inside,
        past,
        past_dear,
        before_dear,
        *range_columns(total, best_subtree(view, measures.gains)),
        [above[node] for node in view.nodes_of],
        [index[node] for node in view.nodes_of],
        [count[node] for node in view.nodes_of],
    ]


def _like_columns(view: PageView, measures: Measures) -> list[Column]:
    """Return columns about blocks of the same tag and class, and about title and description."""
    keys = measures.likes
    totals: dict[str, list[float]] = {key: [0.0, 0.0, 0.0] for key in set(keys)}
    for key, size, bare in zip(keys, measures.chars, measures.plain, strict=True):
        total = totals[key]
        total[0] += 1.0
        total[1] += size
        total[2] += bare
    rows = {key: (count, chars / count, 1.0 - plain / chars) for key, (count, chars, plain) in totals.items()}
    titles = [_title_match(text, view.titles) for text in view.texts]
    return [
        *spread([rows[key] for key in keys]),
        titles,
        [_description_match(text, view.descriptions) for text in view.texts],
        _since_first(titles, 2.0),
    ]


def _title_match(text: str, titles: Sequence[str]) -> float:
    """Return 2 if the text is the title or its main part, 1 if it holds or is held by it, else 0."""
    if not 10 <= len(text) <= 300:
        return 0.0
    for title in titles:
        if title.startswith(text):
            return 2.0
        if text in title or (len(title) > 10 and title in text):
            return 1.0
    return 0.0


def _description_match(text: str, descriptions: Sequence[str]) -> float:
    """Return whether the page's description begins like the text (40 characters), or holds it whole: 1 or 0."""
    if len(text) < 30:
        return 0.0
    head = text[:40]
    for description in descriptions:
        if description.startswith(head) or text in description:
            return 1.0
    return 0.0


def _page_columns(view: PageView, measures: Measures) -> list[Column]:
    chars = measures.sum_chars[-1] or 1.0
    numbers = [
        chars,
        1.0 - measures.sum_plain[-1] / chars,
        measures.sum_long[-1] / chars,
        measures.run_share,
    ]
    return [[number] * len(view.texts) for number in numbers]
