"""Parts of other pages planted into a page: what is planted is not the donor's article, and the host's text stays."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("rapidfuzz", reason="the measurement needs rapidfuzz")

from benchmarks import grafts
from benchmarks.corpora import CorpusPage
from tests.pages import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

BODIES = ("\n".join(SENTENCES[:4]), "\n".join(SENTENCES[4:8]))
THREAD = "".join(f"<p>Reader {number} thinks that the boat should sail on Sundays as well.</p>" for number in range(4))


def saved(folder: Path, number: int) -> CorpusPage:
    """Return a page of a corpus: an article, a thread of comments, a footer."""
    text = BODIES[number]
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    notice = f"<footer>{'The harbour company is registered in the book of boats. ' * 4}</footer>"
    body = f"<h1>Headline {number}</h1><main>{paragraphs}</main><div class=comments>{THREAD}</div>{notice}"
    source = f"<html><body>{body}</body></html>"
    path = folder / f"{number}.html"
    path.write_text(source, encoding="utf-8")
    return CorpusPage("n4k-dev", str(number), path, {"text": text, "site": f"{number}.example"})


@pytest.fixture
def pages(tmp_path: Path) -> list[CorpusPage]:
    return [saved(tmp_path, number) for number in (0, 1)]


@pytest.mark.parametrize("kind", grafts.KINDS)
def test_graft_holds_the_article_of_its_host(kind: str, pages: list[CorpusPage]) -> None:
    host, donor = pages
    if kind in ("related", "notices", "pitches"):
        assert grafts.find_part(kind, grafts.read(donor)) is None
        return
    source = grafts.graft(grafts.Work(kind, host, (donor,), 1), donor, random.Random(1))
    assert source is not None
    assert all(line in source for line in BODIES[0].split("\n"))
    assert (BODIES[1].split("\n")[0] in source) == (kind in ("second articles", "hidden text"))


def test_fall_is_counted_by_kind(pages: list[CorpusPage]) -> None:
    outcome = grafts.convert(grafts.Work("comments", pages[0], (pages[1],), 1))
    assert outcome is not None
    assert min(outcome.plain, outcome.grafted) > 0.7
    assert outcome.site == "0.example"
    rows = list(grafts.table([outcome]))
    assert rows[1].split()[:2] == ["comments", "1"]
    assert rows[-1].startswith("all")
