"""Every kind of saved page gives what the plain page gives: body, title, author, day, address and pictures.

In English, and in Chinese, Russian and Arabic of a legacy charset. What real tools write has tests of its own beside
each format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsclean.model import Options
from newsclean.pipeline import examine
from newsclean.runs.find import expand_arguments, find_sources
from newsclean.runs.members import Members, unfold
from newsclean.runs.pictures import extract_pictures
from newsclean.runs.read import record_of
from tests.container_kinds import SAVES, Sample, plain
from tests.container_pages import ARABIC, CHINESE, ENGLISH, PICTURE, RUSSIAN, Story, facts

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT_ADDRESS = frozenset({"mail", "mailbox", "EPUB"})
"""Kinds that say nothing of where a page is from."""


def facts_of(path: Path, url: str | None = None) -> tuple[object, ...]:
    """Return what comes out of the one page of an input, as a run takes it, with its pictures."""
    sources = [one for one in unfold(find_sources(expand_arguments([str(path)]))) if not one.left_out]
    (source,) = sources
    assert source.problem is None
    page = record_of(Members(url, pictures=True).load(source), url, pictures=True)
    article = examine(page, Options(saved_pictures=True))
    pictures = extract_pictures(article.document, page, lambda name: name)[1]
    *told, _ = facts(article)  # the Markdown names pictures as each container does
    return (*told, [picture.data for picture in pictures])


@pytest.mark.parametrize(
    ("story", "codec"),
    [
        pytest.param(ENGLISH, "utf-8", id="English"),
        pytest.param(CHINESE, "gb18030", id="Chinese"),
        pytest.param(RUSSIAN, "windows-1251", id="Russian"),
        pytest.param(ARABIC, "windows-1256", id="Arabic"),
    ],
)
@pytest.mark.parametrize("kind", SAVES)
def test_every_kind_gives_what_the_plain_page_gives(tmp_path: Path, kind: str, story: Story, codec: str) -> None:
    found = facts_of(SAVES[kind](Sample(tmp_path / "saved", story, codec)))
    text, title, author, day, address, pictures = facts_of(plain(Sample(tmp_path / "plain", story, codec)))
    assert (title, author, day, pictures) == (story[1], (story[2],), "2024-06-18", [PICTURE])
    assert [line for line in str(text).splitlines() if line] == list(story[3])
    address = None if kind in WITHOUT_ADDRESS else address
    assert found[:5] == (text, title, author, day, address)
    assert found == (text, title, author, day, address, pictures)
