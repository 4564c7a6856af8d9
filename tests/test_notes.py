"""Text that is Markdown already converts to itself; dumps of whole pages and plain text do not pass for it."""

from __future__ import annotations

import time

import pytest

import newsclean
from newsclean.flattext.markdown import read_note
from tests.hostile.danger import dangers
from tests.pages import SENTENCES

PROSE = "\n\n".join(SENTENCES[:4])

CONSTRUCTS = {
    "fence": "```python\nfor tide in tides:\n    tide.turn(by=2)  # *not* emphasis\n```",
    "fence without a language": "```\nebb  *flow*\n```",
    "nested list": "1. Leave the car.\n2. Take the steps:\n   - behind the shop,\n   - or by the loft.\n3. Wait.",
    "list that begins with four": "4. Four\n5. Five",
    "tasks": "- [x] Paint the hull\n- [ ] Buy rope",
    "table": "| Boat | Crew |\n| --- | --: |\n| Gull | 3 |\n| Tern | 12 |",
    "picture": "![The pier](https://a.example/pier.jpg)\n*The pier in May.*",
    "picture that is a link": "[![The pier](https://a.example/p.jpg)](https://a.example/p-large.jpg)",
    "quotation": "> Nobody asked the gulls.\n>\n> Nobody ever does.",
    "callout of Obsidian": "> [!warning] Mind the step\n> It moves.",
    "folded callout": "> [!quote]- From the letter\n> We waited.",
    "link to a note": "See [[Harbour log|the log]] and ![[map.png|400]].",
    "marks of Obsidian": "The ==third== pile #harbour/piles is loose. ^pile",
    "formula": "The depth is $h_0 = 5 + d / 3$ today.",
    "formula of its own": "$$\nh = \\frac{a}{b}\n$$",
    "footnote": "The pile moved.[^1]\n\n[^1]: Measured with a plumb line.",
    "emphasis": "It is **very** *loose* and ~~safe~~ `pile_3`.",
    "names with underscores": "The file snake_case_name and 2 * 3 * 4.",
    "break in a line": "First line\\\nSecond line",
    "rule": "Before the rule.\n\n---\n\nAfter the rule.",
}


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_paste_of_markdown_converts_to_itself(name: str) -> None:
    body = f"{PROSE}\n\n## What was found\n\n{CONSTRUCTS[name]}\n"
    article = newsclean.convert(f"# The pier\n\n{body}", options=newsclean.Options(front_matter="none"))
    assert article.markdown == f"# The pier\n\n{body}"
    assert article.engine == "markdown"
    assert "[[" not in article.html or name == "link to a note"


FRONT = {
    "obsidian": 'title: "The pier: a log"\nauthor:\n  - "[[Ada Quill]]"\npublished: 2024-02-19\ntags:\n  - harbour\n',
    "hugo": "title: 'The pier: a log'\nauthors: [Ada Quill]\ndate: 2024-02-19\ntags: [harbour]\ndraft: false\n",
    "pandoc": "title: The pier: a log\nauthor: Ada Quill\ndate: 19 February 2024\nkeywords: harbour\n",
}


@pytest.mark.parametrize("style", FRONT)
def test_front_matter_is_read(style: str) -> None:
    article = newsclean.convert(f"---\n{FRONT[style]}---\n\n{PROSE}\n\n## After\n\n{PROSE}\n")
    metadata = article.metadata
    assert (metadata.title, metadata.authors, metadata.published) == ("The pier: a log", ("Ada Quill",), "2024-02-19")
    assert metadata.tags == ("harbour",)
    assert ("title", "front matter") in metadata.found_in
    assert "draft" not in article.markdown


def test_lines_above_what_a_reader_gives_are_read() -> None:
    text = (
        "Title: The pier\n\nURL Source: https://pier.example/log\n\nPublished Time: 2021-08-02T08:00:00+00:00\n\n"
        f"Markdown Content:\n# The pier\n\n{PROSE}\n\n## After\n\n{PROSE}\n"
    )
    article = newsclean.convert(text)
    assert article.metadata.title == "The pier"
    assert article.metadata.source == "https://pier.example/log"
    assert article.metadata.published == "2021-08-02T08:00:00+00:00"
    assert "URL Source" not in article.markdown
    assert article.markdown.count("# The pier") == 1


MENU = "\n".join(f"* [Section {number}](https://a.example/{number})" for number in range(12))


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"The pier\n========\n\n{PROSE}",
        f"# The pier\n\n{PROSE}",
        f"{MENU}\n\n# The pier\n\n{PROSE}\n\n![a](https://a.example/a.jpg)\n\n{MENU}\n\n## Related\n\n{MENU}",
        "---\nnot: yaml",
        "---\n---\n",
        "# A\n\n## B",
    ],
    ids=["prose", "underlined title", "title alone", "dump of a page", "open head", "empty head", "two lines"],
)
def test_other_texts_are_no_notes(text: str) -> None:
    assert read_note(text) is None


def test_no_live_html_and_no_address_that_runs() -> None:
    text = (
        f"# The pier\n\n{PROSE}\n\n## Traps\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n"
        "[click](javascript:alert(1)) ![x](javascript:alert(2)) [[<img src=x onerror=alert(3)>]]\n\n"
        "| a |\n| --- |\n| <b onclick=x>b</b> |\n"
    )
    article = newsclean.convert(text)
    assert article.engine == "markdown"
    assert not dangers(article)


@pytest.mark.parametrize("unit", ["> ", "- ", "*a ", "[", "![", "`", "|", "$", "[[", "~~", "# x\n\n"])
def test_time_is_bounded(unit: str) -> None:
    start = time.process_time()
    newsclean.convert(f"# The pier\n\n{PROSE}\n\n## After\n\n```x\n```\n\n{unit * 20_000}\n")
    assert time.process_time() - start < 10


def test_part_of_a_text_with_several_articles_is_judged_as_ever() -> None:
    article = newsclean.convert(f"# The pier\n\n{PROSE}\n\n## After\n\n- [x] done\n", options=newsclean.Options())
    assert article.to_dict()["extractor"]["engine"] == "markdown"
    assert article.confidence.score > 0.9


def test_the_site_behind_the_title_that_a_reader_gives_is_left_out() -> None:
    text = (
        "Title: The pier | Ostby Post\n\nURL Source: https://ostby-post.example/pier\n\nMarkdown Content:\n"
        f"# The pier\n\n{PROSE}\n\n## After\n\n{PROSE}\n"
    )
    assert newsclean.convert(text).metadata.title == "The pier"
