"""A tree is what a browser shows: no text for browsers of old."""

from __future__ import annotations

import time

import pytest

from newsclean.tree import parse_tree
from newsclean.tree.recordings import MAX_FALLBACK


def text(markup: str) -> str:
    return "".join(str(part) for part in parse_tree(f"<body>{markup}").itertext())


@pytest.mark.parametrize(("size", "stays"), [(MAX_FALLBACK, False), (MAX_FALLBACK + 1, True)])
def test_text_in_a_recording_stays_when_it_is_more_than_a_word_for_old_browsers(size: int, *, stays: bool) -> None:
    assert ("a" * size in text(f"<video src=/a.mp4><p>{'a' * size}</p></video>")) is stays


def test_text_after_a_recording_stays() -> None:
    assert text("<p>Before <audio src=/a.mp3>No <b>audio</b> here.</audio> after.</p>") == "Before  after."


@pytest.mark.parametrize(
    "unit",
    [
        "<video>",
        "<video> <b></b>",
    ],
)
def test_elements_without_end_take_linear_time(unit: str) -> None:
    start = time.process_time()
    parse_tree(unit * 900 + "<b></b>" * 50_000)
    parse_tree(unit * 20_000)
    assert time.process_time() - start < 5
