"""PageView → one row of numbers about the whole page, from which its kind is decided.

Kinds are those of the training corpora: what people save. Pure and shared with training.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.judge.scorer import view as fv
from newsclean.judge.scorer.tokens import EXACT_CHARS, exact_token, label_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.judge.scorer.measures import Measures
    from newsclean.judge.scorer.view import PageView

KINDS = ("article", "forum", "documentation", "listing", "product", "service", "collection", "news")
"""What a page can be; "news" is an article of a news site, "article" any other."""

ARTICLE_KINDS = ("article", "news")

_URL_SPLIT_RE = re.compile(r"[^a-z]+")  # "https://shop.example.org/p/blue-socks-12"
_PRICE_RE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:€|kr|zł|Ft)\b")  # "$12", "12 €"
DECLARED = 0.95
"""Probability of a kind that a page declares itself: all 84 pages of wcxb-dev that declare a thread are one."""
_THREADS = frozenset("ld:" + kind for kind in fv.THREAD_TYPES)
MAX_URL = 200
MAX_PATH_WORD = 14
"""Letters past which a word of a path is a slug's rather than a section's."""

NUMBER_COLUMNS = """
    blocks chars links long run_share run_blocks largest long_blocks headings lists tables code forms articles
    prices questions like_long noscript url_depth url_digits url_slug quotes repeats
""".split()
KIND_COLUMNS = (*(f"token_{kind}" for kind in KINDS), *NUMBER_COLUMNS)


def article_share(kinds: Sequence[float]) -> float:
    """Return the probability that a page is an article of any sort."""
    return sum(kinds[KINDS.index(kind)] for kind in ARTICLE_KINDS)


def likeliest_kind(kinds: Sequence[float]) -> str:
    """Return the likeliest kind of a page; news is an article."""
    others = {kind: share for kind, share in zip(KINDS, kinds, strict=True) if kind not in ARTICLE_KINDS}
    likeliest = max(others, key=lambda kind: others[kind])
    return "article" if article_share(kinds) >= others[likeliest] else likeliest


def with_declared(kinds: Sequence[float], signals: Sequence[str]) -> list[float]:
    """Return the probabilities of a page's kinds, with what it declares itself: a thread is a forum's."""
    if _THREADS.isdisjoint(signals):
        return list(kinds)
    rest = (1 - DECLARED) / max(1 - kinds[KINDS.index("forum")], 1e-9)
    return [DECLARED if kind == "forum" else share * rest for kind, share in zip(KINDS, kinds, strict=True)]


def url_tokens(url: str) -> set[str]:
    """Return tokens for the words of a URL's host and path ("@forum")."""
    address = url.lower()[:MAX_URL].partition("://")[2]
    host, _, path = address.partition("/")
    words = set(_URL_SPLIT_RE.split(host)) | {word for word in _URL_SPLIT_RE.split(path) if len(word) <= MAX_PATH_WORD}
    tokens = {"@" + word for word in words if len(word) > 1}
    if not path.strip("/"):
        tokens.add("@/")
    return tokens


def kind_tokens(view: PageView) -> set[str]:
    """Return what a page has that tells its kind: address, declarations in the head, class names, short texts."""
    tokens = url_tokens(view.url)
    tokens.update(view.signals)
    for label in set(view.labels):
        tokens.update(label_tokens(label))
    tokens.update(exact_token(text) for text in set(view.texts) if len(text) <= EXACT_CHARS)
    return tokens


def kind_row(view: PageView, measures: Measures, weights: Mapping[str, Sequence[float]]) -> list[float]:
    """Return the row named in KIND_COLUMNS; `weights` maps a token to its log-odds for each kind."""
    return [*_token_scores(view, weights), *_numbers(view, measures)]


def _token_scores(view: PageView, weights: Mapping[str, Sequence[float]]) -> list[float]:
    return score_tokens(kind_tokens(view), weights)


def score_tokens(tokens: set[str], weights: Mapping[str, Sequence[float]]) -> list[float]:
    """Return for each kind the summed weights of the tokens over the root of their number."""
    found = [weights[token] for token in sorted(weights.keys() & tokens)]  # sorted: sums do not depend on hashes
    if not found:
        return [0.0] * len(KINDS)
    root: float = len(found) ** 0.5
    return [sum(column) / root for column in zip(*found, strict=True)]


def _numbers(view: PageView, measures: Measures) -> list[float]:
    total = len(view.texts) or 1
    chars = measures.sum_chars[-1] or 1.0
    sizes: dict[int, float] = {}
    for node, size in zip(view.nodes_of, measures.chars, strict=True):
        flags = view.flags[node]
        sizes[flags] = sizes.get(flags, 0.0) + size
    first, last = measures.run
    likes: dict[str, int] = {}
    for key, long in zip(measures.likes, measures.long, strict=True):
        if long:
            likes[key] = likes.get(key, 0) + 1
    address = view.url.partition("://")[2]
    texts = view.texts
    return [
        float(total),
        chars,
        1.0 - measures.sum_plain[-1] / chars,
        measures.sum_long[-1] / chars,
        measures.run_share,
        (last - first) / total,
        max(measures.long, default=0.0),
        float(sum(1 for size in measures.long if size)),
        sum(1.0 for node in view.nodes_of if view.headings[node]) / total,
        *(_flag_share(sizes, chars, flag) for flag in (fv.LIST, fv.TABLE, fv.PRE, fv.FORM)),
        float(view.tags.count("article")),
        float(sum(1 for text in texts if len(text) <= EXACT_CHARS and _PRICE_RE.search(text))),
        float(sum(1 for text in texts if text[-1] == "?")),
        float(max(likes.values(), default=0)),
        _flag_share(sizes, chars, fv.NOSCRIPT),
        float(address.rstrip("/").count("/")),
        float(sum(map(str.isdigit, address))),
        float(max((part.count("-") for part in address.split("/")), default=0)),
        _flag_share(sizes, chars, fv.QUOTE),
        total / (len(set(texts)) or 1),
    ]


def _flag_share(sizes: Mapping[int, float], chars: float, flag: int) -> float:
    return sum(size for flags, size in sizes.items() if flags & flag) / chars
