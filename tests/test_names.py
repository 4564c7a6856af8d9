"""Files called after their articles: safe on every system, each input's own, the same in every run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import RunOptions, convert_folder
from newsclean.errors import OptionsError
from newsclean.runs.journal import JOURNAL_NAME
from newsclean.runs.names import check_pattern, fill_pattern, safe_stem
from tests.saved import EMPTY_PAGE, page, save_pages, tree
from tests.test_cli import invoke
from tests.test_pictures import data_uri, page_with, png


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def save(folder: Path, **titles: str) -> None:
    """Write a page of each title."""
    folder.mkdir(exist_ok=True)
    for name, title in titles.items():
        (folder / f"{name}.html").write_text(page(title), encoding="utf-8")


def names(folder: Path) -> list[str]:
    return sorted(name for name in tree(folder) if name != JOURNAL_NAME)


def run(*arguments: object, name: str = "{slug}", status: int = 0) -> str:
    result = invoke("in", "-o", "out", "--name", name, *arguments)
    assert result.exit_code == status, result.output
    return result.stderr


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry: still out?", "Ferry still out"),
        ("Cost / benefit", "Cost-benefit"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\con", "C-con"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("com1", "_com1"),
        ("Console", "Console"),
        (".hidden", "hidden"),
        ("The end...", "The end"),
        ("a\u202eb\x00\nc", "ab c"),
        ("[[link]] #tag ^up", "link tag up"),
        ("桥的计划", "桥的计划"),
        ("???", ""),
    ],
)
def test_name_is_safe_on_every_system(title: str, expected: str) -> None:
    assert safe_stem(title) == expected


@given(st.text(max_size=60))
def test_name_never_leads_elsewhere(text: str) -> None:
    stem = safe_stem(text)
    assert not set(stem) & set('/\\:*?"<>|\0\n')
    assert stem == stem.strip(" .")
    assert not stem or Path(stem).name == stem


def test_pattern_is_filled_in_and_empty_parts_vanish() -> None:
    article = newsclean.convert(page("Ferry: still out"), url="https://www.quay.example/a")
    filled = {pattern: fill_pattern(pattern, article, "page 7") for pattern in (
        "{date}-{slug}", "{title} - {author} ({language})", "{domain} {name}", "{section}/{slug}", "x{date}",
    )}  # fmt: skip
    assert list(filled.values()) == [
        "ferry-still-out",
        "Ferry still out - (en)",
        "quay.example page 7",
        "ferry-still-out",
        "x",
    ]


@pytest.mark.parametrize("pattern", ["{titel}", "plain", "{slug", "{title.__class__}", "{}", "{{slug}}"])
def test_pattern_that_names_nothing_known_is_wrong_usage(pattern: str) -> None:
    with pytest.raises(OptionsError, match="name="):
        check_pattern(pattern)
    with pytest.raises(OptionsError):
        RunOptions(name=pattern)
    assert invoke("a.html", "-o", "out/", "--name", pattern).exit_code == 2


def test_folder_run_names_files_in_the_mirrored_tree(inside: Path) -> None:
    save_pages(inside, "in/a.html", "in/deep/b.html")
    run()
    assert names(inside / "out") == ["deep/report-b.md", "report-a.md"]


@pytest.mark.parametrize("jobs", [1, 3])
def test_equal_names_are_numbered_in_the_order_of_inputs(inside: Path, jobs: int) -> None:
    save(inside / "in", a="Same", b="same!", c="Same", d="Other")
    run("-j", jobs)
    assert names(inside / "out") == ["other.md", "same-2.md", "same-3.md", "same.md"]
    assert b"# same!" in (inside / "out" / "same-2.md").read_bytes()


def test_second_run_converts_nothing_and_a_new_input_takes_a_new_name(inside: Path) -> None:
    save(inside / "in", b="Same", c="Same")
    run()
    before = tree(inside / "out")
    assert "2 up to date" in run()
    assert tree(inside / "out") == before
    save(inside / "in", a="Same")
    assert "2 up to date" in run()
    assert names(inside / "out") == ["same-2.md", "same-3.md", "same.md"]
    assert {name: content for name, content in tree(inside / "out").items() if name in before} | {
        JOURNAL_NAME: before[JOURNAL_NAME]
    } == before


def test_changed_input_keeps_its_number_and_a_new_title_gives_a_new_file(inside: Path) -> None:
    save(inside / "in", a="Same", b="Same")
    run()
    save(inside / "in", a="Other", b="Same")
    (inside / "in" / "b.html").write_text(page("Same").replace("ferry", "boat"), encoding="utf-8")
    run()
    assert names(inside / "out") == ["other.md", "same-2.md", "same.md"]
    assert b"The boat" in (inside / "out" / "same-2.md").read_bytes()
    assert b"The ferry" in (inside / "out" / "same.md").read_bytes()  # what was written stays
    assert "2 up to date" in run()


def test_nothing_of_somebody_else_is_written_over(inside: Path) -> None:
    save(inside / "in", a="Same")
    (inside / "out").mkdir()
    (inside / "out" / "same.md").write_text("my own words\n")
    run("--force")
    assert (inside / "out" / "same.md").read_text() == "my own words\n"
    assert names(inside / "out") == ["same-2.md", "same.md"]
    (inside / "out" / "same-2.md").write_text("edited\n")
    assert "is not as newsclean wrote it" in run("--no-links", status=1)
    assert names(inside / "out") == ["same-2.md", "same.md"]


def test_lost_journal_costs_no_second_copy(inside: Path) -> None:
    save(inside / "in", a="Same", b="Other")
    run()
    (inside / "out" / JOURNAL_NAME).unlink()
    run()
    assert names(inside / "out") == ["other.md", "same.md"]


def test_run_killed_before_a_file_was_written_gives_it_the_same_name(inside: Path) -> None:
    save(inside / "in", a="Same", b="Same")
    run()
    (inside / "out" / "same.md").unlink()
    run()
    assert names(inside / "out") == ["same-2.md", "same.md"]


def test_pages_without_article_are_remembered(inside: Path) -> None:
    save(inside / "in", a="b", c="Other")
    (inside / "in" / "b.html").write_text(EMPTY_PAGE)
    for _ in range(3):
        assert "1 without an article" in run(status=1)
    assert names(inside / "out") == ["b.md", "other.md"]


def test_one_page_into_a_folder_is_named_too(inside: Path) -> None:
    save_pages(inside, "a.html")
    for _ in range(2):
        assert invoke("a.html", "-o", "notes/", "--name", "{title}").exit_code == 0
    assert names(inside / "notes") == ["Report a.md"]
    assert invoke("a.html", "-o", "a.md", "--name", "{title}").exit_code == 2


def test_dry_run_shows_the_pattern_and_the_report_the_name(inside: Path) -> None:
    save(inside / "in", a="Same", b="Same")
    assert "out/{slug}.md" in run("--dry-run")
    assert not (inside / "out").exists()
    run("--report", "report.jsonl")
    lines = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
    assert [line["output"] for line in lines] == [str(Path("out/same.md")), str(Path("out/same-2.md"))]


def test_links_to_extracted_pictures_stay_right(inside: Path) -> None:
    (inside / "in" / "deep").mkdir(parents=True)
    image = f'<img src="{data_uri(png())}" alt="ramp">'
    (inside / "in" / "deep" / "a.html").write_text(page_with(image).replace("Ferry still out", "Same"), "utf-8")
    run("--extract-media", "out/media")
    (made,) = (inside / "out" / "media").iterdir()
    assert f"(../media/{made.name})" in (inside / "out" / "deep" / "same.md").read_text("utf-8")


def test_python_names_too(inside: Path) -> None:
    save(inside / "in", a="Same")
    options: dict[str, Any] = {"how": RunOptions(name="{title}", to="json")}
    assert convert_folder("in", "out", **options).counts["converted"] == 1
    assert names(inside / "out") == ["Same.json"]
