"""count_words: what counts as a word in scripts with and without spaces."""

from __future__ import annotations

import pytest

from newsclean.words import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n ", 0),
        ("The council approves a bridge.", 5),
        ("well-known don't U.S. 3.5", 4),
        ("a — b … & c", 3),
        ("word—word", 2),
        ("हिन्दी भाषा", 2),
        ("다리가 열렸다", 2),
        ("桥今天开放。", 5),
        ("東京タワー", 5),
        ("新iPhone发布", 4),
        ("สะพาน", 5),
    ],
)
def test_counts_words_by_spaces_and_unspaced_scripts_by_letter(text: str, words: int) -> None:
    assert count_words(text) == words
