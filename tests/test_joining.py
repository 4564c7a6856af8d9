"""--join-pages: which saved pages are one article, what becomes of them, and when they are left apart."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import newsclean
from newsclean.cli import main
from newsclean.document import Document, Footnote, FootnoteReference, Paragraph, Text
from newsclean.model import Record
from newsclean.runs.join import group_pages, join_articles, page_address, read_page_facts
from newsclean.runs.journal import JOURNAL_NAME
from tests.saved import page, tree

SITE = "https://example.org"


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def html(address: str, word: str = "first", title: str = "Ferry", following: str = "", previous: str = "") -> str:
    """Return a page of an article that has this address and holds this word."""
    head = f'<link rel="canonical" href="{SITE}{address}">'
    head += f'<link rel="next" href="{SITE}{following}">' if following else ""
    head += f'<link rel="prev" href="{SITE}{previous}">' if previous else ""
    source = page(title).replace("<title>", f"{head}<title>", 1)
    return source.replace("The ferry to the outer islands", f"The {word} ferry to the outer islands")


def groups(*pages: str) -> list[tuple[int, ...]]:
    return group_pages([read_page_facts(Record(source.encode())) for source in pages])


@pytest.mark.parametrize(
    ("address", "base", "number"),
    [
        ("/news/trams", "/news/trams?", 1),
        ("/news/trams?page=2", "/news/trams?", 2),
        ("/news/trams?p=3&id=7&utm_source=x", "/news/trams?id=7", 3),
        ("/news/trams/2/", "/news/trams?", 2),
        ("/news/trams/page/2/", "/news/trams?", 2),
        ("/news/trams-seite-4.html", "/news/trams.html?", 4),
        ("/news/trams_page2.html", "/news/trams.html?", 2),
        ("/news/trams-2.html", "/news/trams-2.html?", 1),
        ("/news/2024", "/news/2024?", 1),
        ("/?p=123456", "?p=123456", 1),
    ],
)
def test_takes_the_page_number_out_of_an_address(address: str, base: str, number: int) -> None:
    found = page_address(f"https://www.example.org{address}")
    assert found is not None
    assert (found.base, found.number) == (f"example.org{base}", number)


@pytest.mark.parametrize("address", ["javascript:x", "http://[", "/relative", "", "https://"])
def test_address_that_leads_nowhere_has_no_number(address: str) -> None:
    assert page_address(address) is None


def test_joins_pages_of_one_title_by_their_numbers() -> None:
    assert groups(html("/a?page=3"), html("/a"), html("/b"), html("/a?page=2")) == [(1, 3, 0)]


def test_title_may_tell_the_number() -> None:
    assert groups(html("/a"), html("/a/2", title="Ferry – Page 2 of 3"), html("/a/3", title="Ferry (3/3)")) == [
        (0, 1, 2)
    ]


def test_joins_pages_of_different_titles_that_name_each_other() -> None:
    first = html("/a", title="Ferry", following="/a/2")
    assert groups(first, html("/a/2", title="Harbour", previous="/a")) == [(0, 1)]
    assert groups(first, html("/a/2", title="Harbour")) == []


def test_neighbours_tell_the_number_of_pages_with_the_address_of_the_first() -> None:
    pages = html("/a", following="/a?page=2"), html("/a", previous="/a", following="/a?page=3")
    assert groups(*pages, html("/a", previous="/a?page=2")) == [(0, 1, 2)]


@pytest.mark.parametrize(
    "pages",
    [
        (html("/a"), html("/a?page=2", title="Another")),
        (html("/a"), html("/b?page=2")),
        (html("/a?page=2"), html("/a?page=3")),
        (html("/a"), html("/a?page=3")),
        (html("/a"), html("/a"), html("/a?page=2")),
        (html("/a"), html("/a?page=2"), html("/a?page=2")),
        (html("/a", following="/b"), html("/b", previous="/a")),
        (html("/a?id=1"), html("/a?id=2&page=2")),
        (page(), page()),
    ],
    ids=["title", "path", "no-first", "gap", "two-firsts", "two-seconds", "older-article", "other-id", "no-address"],
)
def test_leaves_pages_apart_where_in_doubt(pages: tuple[str, ...]) -> None:
    assert groups(*pages) == []


def save(folder: Path) -> None:
    """Save an article of three pages, whose names are not in their order, and one beside it."""
    folder.mkdir(parents=True)
    (folder / "c.html").write_text(html("/a", "first"), "utf-8")
    (folder / "a.html").write_text(html("/a?page=2", "second"), "utf-8")
    (folder / "d.html").write_text(html("/a?page=3", "third"), "utf-8")
    (folder / "b.html").write_text(html("/b", "other", "Else"), "utf-8")


def test_writes_one_article_in_page_order_on_any_number_of_workers(inside: Path) -> None:
    save(inside / "in")
    outputs = []
    for jobs in (1, 3):
        result = invoke("in", "-o", f"out{jobs}", "-j", jobs, "--join-pages", "--report", "report.jsonl")
        assert result.exit_code == 0
        assert "2 converted, 2 joined to another" in result.stderr
        outputs.append({name: data for name, data in tree(inside / f"out{jobs}").items() if name != JOURNAL_NAME})
        report = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
        assert [(Path(one["path"]).name, one["status"], Path(one["output"]).name) for one in report] == [
            ("b.html", "converted", "b.md"),
            ("c.html", "converted", "c.md"),
            ("a.html", "joined", "c.md"),
            ("d.html", "joined", "c.md"),
        ]
    assert outputs[0] == outputs[1]
    assert set(outputs[0]) == {"b.md", "c.md"}
    text = outputs[0]["c.md"].decode()
    assert [text.count(f"The {word} ferry") for word in ("first", "second", "third", "other")] == [1, 1, 1, 0]
    assert text.index("first") < text.index("second") < text.index("third")
    assert text.count("# Ferry") == 1


def test_joins_nothing_unasked_and_nothing_across_folders(inside: Path) -> None:
    save(inside / "in")
    assert "4 converted" in invoke("in", "-o", "out").stderr
    (inside / "deep" / "x").mkdir(parents=True)
    (inside / "deep" / "a.html").write_text(html("/a"), "utf-8")
    (inside / "deep" / "x" / "b.html").write_text(html("/a?page=2"), "utf-8")
    assert "2 converted" in invoke("deep", "-o", "out2", "--join-pages").stderr


def test_second_run_is_up_to_date_until_one_page_changes(inside: Path) -> None:
    save(inside / "in")
    arguments = ("in", "-o", "out", "--join-pages")
    assert invoke(*arguments).exit_code == 0
    assert "2 up to date, 2 joined" in invoke(*arguments).stderr
    (inside / "in" / "d.html").write_text(html("/a?page=3", "changed"), "utf-8")
    assert "1 converted, 1 up to date, 2 joined" in invoke(*arguments).stderr
    assert "The changed ferry" in (inside / "out" / "c.md").read_text("utf-8")


def test_page_without_article_is_reported_and_costs_no_other(inside: Path) -> None:
    save(inside / "in")
    bare = html("/a", "first").split("<nav>")[0] + "</body></html>"
    (inside / "in" / "c.html").write_text(bare, "utf-8")
    result = invoke("in", "-o", "out", "--join-pages", "--report", "report.jsonl")
    assert result.exit_code == 1
    report = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
    statuses = {Path(one["path"]).name: one["status"] for one in report}
    assert statuses == {"a.html": "converted", "b.html": "converted", "c.html": "no_article", "d.html": "joined"}
    text = (inside / "out" / "c.md").read_text("utf-8")
    assert "second" in text
    assert "third" in text


def test_joined_json_counts_blocks_on_and_keeps_footnotes_apart() -> None:
    one = newsclean.convert(html("/a"))
    note = (Paragraph((Text("a"), FootnoteReference("1")), (0, 1)), Footnote("1", (Paragraph((Text("n"),)),)))
    with_note = replace(one, document=Document(note))
    joined = join_articles([with_note, with_note])
    size = len(one.verdicts)
    assert [verdict.block for verdict in joined.verdicts] == list(range(2 * size))
    assert [block.source for block in joined.document.blocks if isinstance(block, Paragraph)] == [
        (0, 1),
        (size, size + 1),
    ]
    assert joined.markdown.count("[^1]") == 2
    assert joined.markdown.count("[^2-1]") == 2
