"""Output names, what -o means, and files that are never half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsclean.errors import OutputError
from newsclean.files import AtomicFile, write_atomic
from newsclean.runs.output import Format, OutputNames, Target, choose_target, crowded_names
from newsclean.runs.read import Source


def name_outputs(places: list[str], suffix: str, folder: str = "out") -> list[str]:
    """Return the names that inputs at these places get, in their order."""
    crowded = crowded_names(places)
    names = OutputNames(suffix, folder)
    return [names.name(Source(place, place, crowded=place in crowded)) for place in places]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("a/b.html", "a/b.md"),
        ("a/b.HTM", "a/b.md"),
        ("a.html.gz", "a.md"),
        ("notes.txt", "notes.md"),
        ("v1.2 released", "v1.2 released.md"),
        ("index.html?p=12", "index.html?p=12.md"),
        ("stdin", "stdin.md"),
    ],
)
def test_output_is_named_after_its_page(place: str, name: str) -> None:
    assert name_outputs([place], ".md") == [name]


def test_pages_that_would_share_a_name_keep_their_suffixes() -> None:
    assert name_outputs(["b.html", "c.html", "b.htm"], ".md") == ["b.html.md", "c.md", "b.htm.md"]
    assert name_outputs(["a.html", "a.txt"], ".md") == ["a.html.md", "a.txt.md"]


def test_names_that_differ_by_case_alone_are_numbered() -> None:
    assert name_outputs(["A.html", "a.html"], ".md") == ["A.html.md", "a.html-2.md"]
    assert name_outputs(["A/x.html", "a/x.html"], ".md") == ["A/x.html.md", "a/x.html-2.md"]


def test_names_that_differ_by_composition_of_accents_alone_are_numbered() -> None:
    assert len({*name_outputs(["caf\u00e9.html", "cafe\u0301.html"], ".md")}) == 2


def test_no_two_places_share_a_name() -> None:
    places = ["A.html", "a.html", "a.txt", "b.html", "a.html.txt", "a.html-2"]
    assert len({name.casefold() for name in name_outputs(places, ".md")}) == len(places)
    assert len({name.casefold() for name in name_outputs(places[::-1], ".md")}) == len(places)


def test_name_of_an_input_in_the_same_folder_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").touch()
    assert name_outputs(["a.txt"], ".txt", ".") == ["a.txt.txt"]
    assert name_outputs(["a.txt"], ".txt", "out") == ["a.txt"]


def test_a_name_is_not_also_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").mkdir()
    assert name_outputs(["a.html", "a.md/b.html"], ".md") == ["a.html.md", "a.md/b.md"]


def test_long_names_are_cut_to_what_file_systems_take() -> None:
    places = ["\u00e9" * 126 + ".p", "\u00e9" * 126 + ".q"]
    names = name_outputs(places, ".json")
    assert len(set(names)) == 2
    assert max(len(name.encode()) for name in names) <= 255


def test_names_of_bytes_that_are_no_utf_8_stay() -> None:
    assert name_outputs(["caf\udce9.html"], ".md") == ["caf\udce9.md"]


@pytest.mark.parametrize(
    ("output", "to", "many", "kind"),
    [
        (None, "markdown", False, "stdout"),
        ("-", "html", False, "stdout"),
        (None, "jsonl", True, "stdout"),
        ("article.md", "markdown", False, "file"),
        ("new/", "markdown", False, "folder"),
        ("there", "markdown", False, "folder"),
        ("new", "markdown", True, "folder"),
        ("there", "json", True, "folder"),
        ("all.jsonl", "jsonl", True, "file"),
    ],
)
def test_output_is_a_file_for_one_and_a_folder_for_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str | None, to: Format, many: bool, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()
    assert choose_target(output, to, many).kind == kind


@pytest.mark.parametrize(
    ("output", "to", "many", "message"),
    [
        (None, "markdown", True, "-o FOLDER"),
        (None, "json", True, "-t jsonl"),
        ("article.md", "markdown", True, "end it with /"),
        ("file", "markdown", True, "is a file"),
        ("there", "jsonl", True, "-t json"),
    ],
)
def test_an_output_that_would_surprise_is_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str | None, to: Format, many: bool, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()
    Path("file").touch()
    with pytest.raises(OutputError, match=message):
        choose_target(output, to, many)
    assert not Path("article.md").exists()


def test_html_may_be_written_over_html(tmp_path: Path) -> None:
    (tmp_path / "out.html").touch()
    path = str(tmp_path / "out.html")
    assert choose_target(path, "html", False) == Target("file", path)


def test_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), AtomicFile(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    with AtomicFile(path) as file:
        file.write(b"one ")
        assert path.read_bytes() == b"old"
        file.write(b"two")
    assert path.read_bytes() == b"one two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_file_is_not_made_when_nothing_is_written(tmp_path: Path) -> None:
    with AtomicFile(tmp_path / "folder" / "a.md"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_device_is_written_to_and_not_replaced() -> None:
    null = Path("/dev/null")
    if not null.is_char_device():
        pytest.skip("no /dev/null")
    write_atomic(null, b"content")
    assert null.is_char_device()
