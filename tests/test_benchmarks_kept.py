"""What peers made of pages is kept, and asked for again where the page, its gold or the code has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("rapidfuzz")

from benchmarks import kept
from benchmarks.corpora import CorpusPage
from benchmarks.run import Result
from benchmarks.scores import Prediction, score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

GOLD = {"text": "The quay was closed on Monday."}


def pages_of(folder: Path, *texts: str) -> list[CorpusPage]:
    pages = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.html"
        path.write_text(text, encoding="utf-8")
        pages.append(CorpusPage("wcxb-dev", str(number), path, GOLD))
    return pages


class Peer:
    """Gives the size of each page, and remembers which pages it was asked for; breaks off after `most` of them."""

    def __init__(self, most: int = 99) -> None:
        self.asked: list[str] = []
        self.most = most

    def __call__(self, pages: Sequence[CorpusPage]) -> Iterator[int]:
        for page in pages:
            if len(self.asked) == self.most:
                raise KeyboardInterrupt
            self.asked.append(page.id)
            yield page.path.stat().st_size


def asked(file: Path, pages: list[CorpusPage], peer: Peer) -> list[int]:
    return kept.through(file, pages, peer, int, int)


def test_second_run_asks_only_for_the_page_that_has_changed(tmp_path: Path) -> None:
    pages, file = pages_of(tmp_path, "a", "bb", "ccc"), tmp_path / "cache" / "peer-1.jsonl"
    first, second, third = Peer(), Peer(), Peer()
    assert asked(file, pages, first) == [1, 2, 3]
    assert asked(file, pages, second) == [1, 2, 3]
    pages[1].path.write_text("bbbb", encoding="utf-8")
    assert asked(file, pages, third) == [1, 4, 3]
    assert (first.asked, second.asked, third.asked) == (["0", "1", "2"], [], ["1"])


def test_other_gold_and_other_code_are_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (page,) = pages_of(tmp_path, "a")
    before = kept.key(page)
    assert kept.key(CorpusPage(page.corpus, page.id, page.path, {"text": "Reopened."})) != before
    monkeypatch.setattr(kept, "ASKING", kept.ASKING[1:])
    assert kept.key(page) != before


def test_run_that_broke_off_goes_on_and_passes_over_half_a_line(tmp_path: Path) -> None:
    pages, file = pages_of(tmp_path, "a", "bb", "ccc"), tmp_path / "peer-1.jsonl"
    with pytest.raises(KeyboardInterrupt):
        asked(file, pages, Peer(most=2))
    with file.open("a", encoding="utf-8") as stream:
        stream.write('["half a l')
    again = Peer()
    assert asked(file, pages, again) == [1, 2, 3]
    assert again.asked == ["2"]
    last = Peer()
    assert asked(file, pages, last) == [1, 2, 3]
    assert last.asked == []


def test_result_comes_back_as_it_was() -> None:
    tally = score(GOLD, Prediction("The quay was closed."))
    result = Result("wcxb-dev", "1", "a.example", "article", "en", tally, 0.02, empty=False)
    assert kept.result_of(kept.as_row(result)) == result


def test_version_is_the_installed_one() -> None:
    assert kept.version("readability")[0].isdigit()
