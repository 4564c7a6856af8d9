"""Tables out: packed JSON lines, Parquet in one file and in shards, SQLite with its search."""

from __future__ import annotations

import gzip
import json
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import newsclean
from newsclean.cli import main
from newsclean.runs.sqlite import search
from tests.saved import EMPTY_PAGE, command, environment, page, save_pages, tree

pyarrow = pytest.importorskip("pyarrow")


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rich_page(title: str) -> str:
    """Return a page with much metadata, a table and a comment."""
    facts = (
        '<meta name="author" content="Ann Lee"><meta property="article:tag" content="Pier">'
        '<meta property="article:tag" content="Ferry"><meta property="og:image" content="https://gull.example/a.jpg">'
        '<meta property="article:published_time" content="2025-07-04T08:00:00+01:00">'
    )
    return page(title).replace("<head>", f"<head>{facts}")


def save_rich(*names: str) -> None:
    for name in names:
        path = Path("in", f"{name}.html")
        path.parent.mkdir(exist_ok=True)
        path.write_text(rich_page(f"Report {name}"), "utf-8")


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("name", ["all.jsonl.gz", "all.ndjson.zst"])
def test_packed_lines_are_the_lines(inside: Path, name: str) -> None:
    save_rich("a", "b")
    expected = invoke("in", "-t", "jsonl").stdout_bytes
    for _ in range(2):
        assert invoke("in", "-o", name).exit_code == 0
        packed = (inside / name).read_bytes()
        if name.endswith("gz"):
            assert gzip.decompress(packed) == expected
        else:
            zstandard = pytest.importorskip("zstandard")
            assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == expected
    assert set(tree(inside)) == {"in/a.html", "in/b.html", name}


@pytest.mark.parametrize("output", ["all.parquet", "shards", "shards/"])
def test_parquet_holds_what_the_json_holds(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet as parquet

    monkeypatch.setattr("newsclean.runs.tables.GROUP_ROWS", 2)
    monkeypatch.setattr("newsclean.runs.tables.SHARD_ROWS", 3)
    save_rich("a", "b", "c", "d")
    assert invoke("in", "-t", "parquet", "-o", output).exit_code == 0
    table = parquet.read_table(output)
    assert table.column_names == list(newsclean.article.schema()["properties"])
    expected = lines(invoke("in", "-t", "jsonl").stdout_bytes)
    rows = table.to_pylist()
    for row in rows:
        row["blocks"] = json.loads(row["blocks"])
        row["found_in"] = dict(row["found_in"])
    assert rows == expected
    assert rows[0]["image"]["url"] == "https://gull.example/a.jpg"
    assert str(table.schema.field("author").type).startswith("list<")
    first = sorted(Path().glob("**/*.parquet"))
    metadata = parquet.read_schema(first[0]).metadata
    assert metadata[b"newsclean"].decode() == newsclean.__version__
    assert b"keep='balanced'" in metadata[b"options"]
    assert [path.name for path in first] == (
        ["all.parquet"] if output == "all.parquet" else ["part-00000.parquet", "part-00001.parquet"]
    )


def test_equal_runs_leave_equal_parquet_files_on_any_number_of_workers(inside: Path) -> None:
    save_rich(*"abcde")
    for jobs in (1, 3):
        assert invoke("in", "-o", f"{jobs}.parquet", "-j", jobs).exit_code == 0
    assert (inside / "1.parquet").read_bytes() == (inside / "3.parquet").read_bytes()


def test_fewer_shards_take_those_of_an_earlier_run_away(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.runs.tables.SHARD_ROWS", 1)
    save_rich("a", "b", "c")
    assert invoke("in", "-t", "parquet", "-o", "shards").exit_code == 0
    (inside / "in" / "c.html").unlink()
    again = invoke("in", "-t", "parquet", "-o", "shards", *([] if sys.platform == "linux" else ["--force"]))
    assert again.exit_code == 0
    assert sorted(tree(inside / "shards")) == ["part-00000.parquet", "part-00001.parquet"]


@pytest.mark.parametrize("arguments", [("-o", "all.parquet"), ("-o", "shards", "-t", "parquet"), ("-o", "all.db")])
def test_table_never_replaces_somebody_s_file(inside: Path, arguments: tuple[str, ...]) -> None:
    save_rich("a")
    (inside / "shards").mkdir()
    for name in ("all.parquet", "all.db", "shards/part-00000.parquet"):
        (inside / name).write_bytes(b"Words of somebody's own.")
    result = invoke("in", *arguments)
    assert result.exit_code == 2
    assert (inside / "shards" / "part-00000.parquet").read_bytes() == b"Words of somebody's own."
    assert (inside / "all.parquet").read_bytes() == (inside / "all.db").read_bytes() == b"Words of somebody's own."


def test_table_needs_a_file() -> None:
    save_rich("a")
    for to in ("parquet", "sqlite"):
        result = invoke("in", "-t", to)
        assert (result.exit_code, "-o NAME." in result.stderr) == (2, True)


def test_missing_library_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    save_rich("a")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    for name, extra in (("x.parquet", "newsclean[parquet]"), ("x.jsonl.zst", "newsclean[zstd]")):
        result = invoke("in", "-o", name)
        assert (result.exit_code, extra in result.stderr) == (2, True)


def test_page_without_article_makes_no_table(inside: Path) -> None:
    (inside / "empty.html").write_text(EMPTY_PAGE)
    for name in ("x.parquet", "x.jsonl.gz"):
        assert invoke("empty.html", "-o", name).exit_code == 3
        assert not (inside / name).exists()


# --- SQLite ---------------------------------------------------------------------------------------------------------


def rows(statement: str, path: str = "all.db") -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def test_database_holds_articles_authors_tags_and_blocks() -> None:
    save_rich("a", "b")
    assert invoke("in", "-o", "all.db").exit_code == 0
    assert rows("SELECT title, word_count > 80, published FROM articles ORDER BY id") == [
        ("Report a", 1, "2025-07-04T08:00:00+01:00"),
        ("Report b", 1, "2025-07-04T08:00:00+01:00"),
    ]
    assert rows("SELECT name, count(*) FROM authors GROUP BY name") == [("Ann Lee", 2)]
    assert rows("SELECT tag FROM tags WHERE article = 1 ORDER BY place") == [("Pier",), ("Ferry",)]
    (article,) = lines(invoke("in/a.html", "-t", "jsonl").stdout_bytes)
    assert [json.loads(block) for (block,) in rows("SELECT block FROM blocks WHERE article = 1 ORDER BY place")] == (
        article["blocks"]
    )
    assert rows("SELECT content_markdown FROM articles WHERE id = 1") == [(article["content_markdown"],)]


def test_second_run_adds_changes_and_skips(inside: Path) -> None:
    save_rich("a", "b")
    assert invoke("in", "-o", "all.db").exit_code == 0
    save_rich("c")
    (inside / "in" / "a.html").write_text(rich_page("Harbour reopened"), "utf-8")
    again = invoke("in", "-o", "all.db", "--report", "report.jsonl")
    assert "2 converted, 1 up to date" in again.stderr
    assert [json.loads(line)["title"] for line in (inside / "report.jsonl").read_text().splitlines()] == [
        *("Harbour reopened", "Report b", "Report c"),
    ]
    assert rows("SELECT title FROM articles ORDER BY title") == [("Harbour reopened",), ("Report b",), ("Report c",)]
    assert [hit.title for hit in search(inside / "all.db", "reopened")] == ["Harbour reopened"]
    assert rows("SELECT count(*) FROM authors") == [(3,)]
    assert "3 converted" in invoke("in", "-o", "all.db", "--no-links").stderr
    assert rows("SELECT count(*) FROM articles") == [(3,)]
    assert rows("INSERT INTO articles_text (articles_text) VALUES ('integrity-check')") == []


def test_database_remembers_what_gave_no_article(inside: Path) -> None:
    save_rich("a")
    (inside / "in" / "menu.html").write_text(EMPTY_PAGE + "<p>Menu</p>")
    assert "1 converted, 1 without an article" in invoke("in", "-o", "all.db").stderr
    with sqlite3.connect("all.db") as connection:
        connection.execute("UPDATE failures SET error = 'as noted: ' || error")
    connection.close()
    again = invoke("in", "-o", "all.db")
    assert (again.exit_code, "as noted" in again.stderr, "1 up to date, 1 without" in again.stderr) == (1, True, True)
    for flag in ("--retry-failed", "--force", "--no-links"):
        assert "as noted" not in invoke("in", "-o", "all.db", flag).stderr
    (inside / "in" / "menu.html").write_text(rich_page("Menu"), "utf-8")
    assert "2 converted" in invoke("in", "-o", "all.db").stderr
    assert rows("SELECT count(*) FROM failures") == [(0,)]
    assert invoke("in", "-o", "all.db").exit_code == 0


def test_search_prints_hits_with_snippets(inside: Path) -> None:
    save_rich("a", "b")
    (inside / "in" / "c.html").write_text(rich_page("Choir \x1b[31m sings").replace("ferry", "choir"), "utf-8")
    assert invoke("in", "-o", "all.db").exit_code == 0
    result = invoke("search", "all.db", "storm AND ferry")
    assert result.exit_code == 0
    assert result.stdout.count("Report ") == 2
    assert "[ferry] to the outer islands has not run since the [storm]" in result.stdout
    assert "\x1b" not in invoke("search", "all.db", "choir").stdout
    assert len(lines(invoke("search", "all.db", "storm", "--json", "-n", 1).stdout_bytes)) == 1
    assert json.loads(invoke("search", "all.db", "title: choir", "--json").stdout)["input"] == "in/c.html"


@pytest.mark.parametrize("query", ["zeppelin", '"', "AND", "no: such", ""])
def test_search_without_hits_or_sense_says_so(query: str) -> None:
    save_rich("a")
    assert invoke("in", "-o", "all.db").exit_code == 0
    result = invoke("search", "all.db", query)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("newsclean: ")


def test_search_in_no_database_says_so(inside: Path) -> None:
    (inside / "text.db").write_text("no database")
    for name in ("gone.db", "text.db"):
        result = invoke("search", name, "ferry")
        assert (result.exit_code, name in result.stderr) == (3, True)


def written(path: Path) -> int:
    """Return how many articles a table or packed file holds, each of them once. Fails where it is not whole."""
    if path.suffix == ".parquet":
        import pyarrow.parquet as parquet

        return int(parquet.read_table(path).num_rows)
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes()).count(b"\n")
    assert rows("PRAGMA integrity_check") == [("ok",)]
    ((articles, inputs),) = rows("SELECT count(*), count(DISTINCT input) FROM articles")
    assert articles == inputs
    return int(articles)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("name", ["all.db", "all.parquet", "all.jsonl.gz"])
def test_killed_run_leaves_nothing_half_written_and_goes_on(inside: Path, name: str) -> None:
    save_pages(inside / "in", *(f"{number:03}.html" for number in range(250)))
    for seconds in (0.9, 1.5):
        process = subprocess.Popen(
            command("in", "-o", name, "-q", "-j", 2), env=environment(), cwd=inside, stdout=subprocess.DEVNULL
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert name == "all.db" or not (inside / name).exists() or written(inside / name) == 250
    assert invoke("in", "-o", name, "-q").exit_code == 0
    assert written(inside / name) == 250
    assert not list(inside.glob(".newsclean*"))


def test_recipes_of_data_frames() -> None:
    """The recipes of docs/runs.md run as they stand there."""
    save_rich("a", "b")
    assert invoke("in", "-o", "corpus.parquet").exit_code == 0
    assert invoke("in", "-o", "corpus.jsonl.gz").exit_code == 0
    text = (Path(__file__).parent.parent / "docs" / "runs.md").read_text("utf-8")
    recipes = [block for block in text.split("```python\n")[1:] if "corpus." in block]
    assert recipes
    for recipe in recipes:
        for line in recipe.partition("```")[0].splitlines():
            library = line.removeprefix("import ").split()[0] if line.startswith("import ") else None
            if library:
                pytest.importorskip(library.split(".")[0])
        exec(compile(recipe.partition("```")[0], "docs/runs.md", "exec"), {})
