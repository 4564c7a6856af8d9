"""Training of the line scorer: token weights by regression."""

from __future__ import annotations

import pytest

pytest.importorskip("lightgbm", reason="training needs the train extra")

import numpy as np

from newsclean.flattext.features import LineView, Measures, focus_on
from newsclean.flattext.tokens import split_words
from training.lines_weights import TokenPage, learn_weights, token_page

BODY = "The council met the fishermen of Ostby on the quay again."
PROMO = "Subscribe to the newsletter of Ostby and never miss a quay."


def page(site: str) -> TokenPage:
    texts = [BODY, PROMO] * 5
    total = len(texts)
    view = LineView(texts, [""] * total, [0] * total, [1] * total, split_words(texts))
    labels = np.array([1.0, 0.0] * 5)
    return token_page(focus_on(view, Measures(view), None), site, 0, labels, np.full(total, 1 / total))


def test_words_of_promotions_weigh_against_and_words_of_articles_for() -> None:
    weights = learn_weights([page(f"{number}.test") for number in range(8)])
    assert weights["subscribe"] < 0 < weights["council"]
    assert abs(weights.get("ostby", 0.0)) < abs(weights["subscribe"])


def test_tokens_of_fewer_than_three_sites_have_no_weight() -> None:
    assert learn_weights([page("one.test"), page("one.test"), page("two.test")]) == {}


def test_the_same_pages_give_the_same_weights() -> None:
    pages = [page(f"{number}.test") for number in range(4)]
    assert learn_weights(pages) == learn_weights(pages)
