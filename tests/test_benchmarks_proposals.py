"""Proposed rules against the scorer: which sites count, on which pages they are judged, what holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks import proposals
from benchmarks.corpora import Corpus
from tests.pages import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TITLES = ("Ferry late", "Gull steals wig", "Raffle sold out", "Seal named")
PITCH = "Sign up for the Tide Post letter, which comes every morning but on Sundays and costs you nothing at all."


def write_site(folder: Path, count: int, kinds: tuple[str, ...] = ()) -> Corpus:
    """Write a corpus of one site whose pages hold a pitch that reads like article text."""
    (folder / "n4k-dev" / "pages").mkdir(parents=True)
    lines = []
    for number in range(count):
        story = [f"{TITLES[number]}: {sentence}" for sentence in SENTENCES]
        body = "".join(f"<p>{text}</p>" for text in story)
        (folder / "n4k-dev" / "pages" / f"{number}.html").write_text(
            f'<title>{TITLES[number]}</title><div class="story">{body}<div class="pitch"><p>{PITCH}</p></div></div>',
            encoding="utf-8",
        )
        kind = kinds[number] if kinds else "article"
        url = f"https://www.tide.example/{number}"
        lines.append(json.dumps({"id": str(number), "url": url, "type": kind, "text": "\n".join(story)}))
    (folder / "n4k-dev" / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Corpus("n4k-dev", folder / "n4k-dev")


def test_proposal_is_judged_on_its_pages_and_on_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_site(tmp_path, 4)
    assert proposals.main(["--corpora", str(tmp_path), "--host", "tide.example"]) == 0
    out = capsys.readouterr().out
    assert 'drop = [".pitch"]' in out
    assert "equal or better (at most 0.002 worse): 1 of 1 sites" in out
    assert "equal or better on the other pages: 1 of 1 sites" in out


def test_texts_come_before_shelves_and_few_pages_are_no_site(tmp_path: Path) -> None:
    pages = write_site(tmp_path, 4, ("listing", "article", "article", "product")).pages()
    assert [page.id for page in proposals.by_host(pages)["tide.example"]] == ["1", "2", "0", "3"]
    assert not proposals.judge("tide.example", proposals.by_host(pages)["tide.example"]).is_of_texts
    assert proposals.by_host(pages[:2]) == {}


def test_rule_that_loses_does_not_hold(tmp_path: Path) -> None:
    pages = tuple(write_site(tmp_path, 3).pages())
    for rule, holds in ((0.9, False), (0.989, True), (1.0, True)):
        assert proposals.Judged("tide.example", pages, "", True, (0.99, rule), None).holds is holds
    assert not proposals.Judged("tide.example", pages, "", False, (0.99, 0.99), None).holds
