"""PageView + token weights → columns of numbers: what class names, tag paths and words say about each block.

A weight is the log-odds that text under (or with) the token is article; the table comes from training.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from newsclean.judge.scorer.view import PageView

TOKEN_COLUMNS = [
    "class_own",
    "class_parent",
    "class_min",
    "class_max",
    "class_sum",
    "class_near",
    "path",
    "tag_inline",
    "class_inline",
    "word_mean",
    "word_min",
    "word_max",
    "exact",
    "opening",
    "heading_word",
    "heading_mean",
]

MAX_LABEL = 200
"""Characters of a class attribute that are read: utility-class pages go on for thousands."""
HEAD_CHARS = 90
MAX_WORDS = 12
OPENING_WORDS = 4
EXACT_CHARS = 40
DECAY = 0.7
"""How much less an ancestor's class counts a level further up."""

_LABEL_SPLIT_RE = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")  # "article__body-text", "storyBody"
_DIGITS_RE = re.compile(r"\d+")  # "post-12345"
_WORD_RE = re.compile(r"[^\W\d_]+|\d+")  # "été", "2024"
_ASCII_WORD_RE = re.compile(r"[a-z]+|[0-9]+")  # "share", "2024": the same for ASCII in lower case, found sooner


TABLES = ("pooled", "article", "other")
"""Tokens have a weight for pages of unsure kind, for articles and for other pages: comments are the body of a forum."""
SURE = 0.7
"""Probability from which a page's kind chooses the table."""


def table_for(article: float) -> int:
    """Return the index in TABLES of the weights for a page that is an article with this probability."""
    if article >= SURE:
        return 1
    return 2 if article <= 1.0 - SURE else 0


class Weights(Protocol):
    """Where weights come from: a dict from token to log-odds."""

    def get(self, token: str, /) -> float | None: ...


def label_tokens(label: str) -> tuple[str, ...]:
    """Return the tokens of a class/id string: each name whole (".post-#") and its parts (",post")."""
    return _tokens_of_label(label[:MAX_LABEL])


@lru_cache(maxsize=4_096)
def _tokens_of_label(label: str) -> tuple[str, ...]:
    names = label.split()
    if len(names) == 1:
        return _name_tokens(names[0])
    return tuple(dict.fromkeys(chain.from_iterable(map(_name_tokens, names))))


@lru_cache(maxsize=16_384)
def _name_tokens(name: str) -> tuple[str, ...]:
    """Return the tokens of one name, each once."""
    tokens = {"." + _DIGITS_RE.sub("#", name.lower()): None}
    for part in _LABEL_SPLIT_RE.split(name):
        if len(part) > 1 and (token := _part_token(part)):
            tokens[token] = None
    return tuple(tokens)


@lru_cache(maxsize=16_384)
def _part_token(part: str) -> str:
    """Return the token of a part of a name, "" for a number; pages share most."""
    return "" if part.isdigit() else "," + _DIGITS_RE.sub("#", part.lower())


def text_tokens(text: str) -> list[str]:
    """Return the first words of a text in lower case, numbers as "#"."""
    head = text[:HEAD_CHARS].lower()
    found = (_ASCII_WORD_RE if head.isascii() else _WORD_RE).findall(head)
    return ["#" if word.isdigit() else word for word in found[:MAX_WORDS]]


@lru_cache(maxsize=8192)
def exact_token(text: str) -> str:
    """Return the token for a whole short text ("=read more"), "" for longer ones."""
    return "=" + _DIGITS_RE.sub("#", text.lower()).strip(" :.…»›>|*-") if len(text) <= EXACT_CHARS else ""


def opening_tokens(words: list[str]) -> list[str]:
    """Return the tokens for the first two words of a text and, where it goes on, for the first four; longest first."""
    tokens = []
    if len(words) > OPENING_WORDS:
        tokens.append("^" + " ".join(words[:OPENING_WORDS]))
    if len(words) > 1:
        tokens.append(f"^{words[0]} {words[1]}")
    return tokens


def path_token(view: PageView, node: int) -> str:
    """Return the token for the tags of a node and of two elements around it ("/p/div/article")."""
    tags, parents = view.tags, view.parents
    parent = parents[node]
    if parent < 0:
        return "/" + tags[node]
    above = parents[parent]
    return f"/{tags[node]}/{tags[parent]}/{tags[above] if above >= 0 else ''}"


def token_columns(view: PageView, weights: Weights) -> list[list[float]]:
    """Return the columns TOKEN_COLUMNS, each with a number a block."""
    if not view.texts:
        return [[] for _ in TOKEN_COLUMNS]
    nodes = list(zip(*_node_columns(view, weights), strict=True))
    columns = [list(column) for column in zip(*[nodes[node] for node in view.nodes_of], strict=True)]
    return columns + _inline_columns(view, weights) + _word_columns(view, weights)


def _label_weight(label: str, weights: Weights, known: dict[str, float]) -> float:
    found = known.get(label)
    if found is None:
        whole = [w for w in map(weights.get, label_tokens(label)) if w is not None]
        # Names add up only in part: "article-body article__text" says one thing twice.
        found = (max(whole) + min(whole) + sum(whole) / len(whole)) / 2 if whole else 0.0
        known[label] = found
    return found


def _node_columns(view: PageView, weights: Weights) -> list[list[float]]:
    own: list[float] = []
    parent_of: list[float] = []
    lowest: list[float] = []
    highest: list[float] = []
    total: list[float] = []
    near: list[float] = []
    paths: list[float] = []
    known: dict[str, float] = {"": 0.0}
    path_known: dict[str, float] = {}
    for node, (parent, label) in enumerate(zip(view.parents, view.labels, strict=True)):
        weight = known[label] if label in known else _label_weight(label, weights, known)
        own.append(weight)
        if parent < 0:
            parent_of.append(0.0)
            lowest.append(min(weight, 0.0))
            highest.append(max(weight, 0.0))
            total.append(weight)
            near.append(weight)
        else:
            parent_of.append(own[parent])
            lowest.append(weight if weight < lowest[parent] else lowest[parent])
            highest.append(weight if weight > highest[parent] else highest[parent])
            total.append(total[parent] + weight)
            near.append(near[parent] * DECAY + weight)
        path = path_token(view, node)
        if path not in path_known:
            path_known[path] = weights.get(path) or 0.0
        paths.append(path_known[path])
    return [own, parent_of, lowest, highest, total, near, paths]


def _inline_columns(view: PageView, weights: Weights) -> list[list[float]]:
    tags: list[float] = []
    classes: list[float] = []
    known: dict[str, tuple[float, float]] = {"": (0.0, 0.0)}
    for label in view.inline:
        pair = known.get(label)
        if pair is None:
            tag, _, rest = label.partition(" ")
            pair = (weights.get("<" + tag) or 0.0, _label_weight(rest, weights, {"": 0.0}))
            known[label] = pair
        tags.append(pair[0])
        classes.append(pair[1])
    return [tags, classes]


def _word_columns(view: PageView, weights: Weights) -> list[list[float]]:
    known: dict[str, tuple[float, float, float, float, float]] = {}
    last_exact = last_mean = 0.0
    headings = view.headings
    rows: list[tuple[float, float, float, float, float]] = []
    above: list[tuple[float, float]] = []
    for text, node in zip(view.texts, view.nodes_of, strict=True):
        row = known.get(text)
        if row is None:
            row = known[text] = _word_row(text, weights)
        rows.append(row)
        above.append((last_exact, last_mean))
        if headings[node]:
            last_mean, last_exact = row[0], row[3]
    return [list(column) for column in (*zip(*rows, strict=True), *zip(*above, strict=True))]


def _word_row(text: str, weights: Weights) -> tuple[float, float, float, float, float]:
    """Return mean, lowest and highest weight of the first words, weight of the whole text and of its opening."""
    get = weights.get
    words = text_tokens(text)
    found = [weight for weight in map(get, words) if weight is not None]
    exact = (get(exact_token(text)) or 0.0) if len(text) <= EXACT_CHARS else 0.0
    opening = 0.0
    for token in opening_tokens(words):
        if (weight := get(token)) is not None:
            opening = weight
            break
    if not found:
        return 0.0, 0.0, 0.0, exact, opening
    return sum(found) / len(found), min(found), max(found), exact, opening
