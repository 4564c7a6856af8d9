"""Containers in runs: a file a page below the name of the container, members by name, and lists of what is inside."""

from __future__ import annotations

import json
import mailbox
from pathlib import Path

import pytest

import newsclean
from newsclean.cli.options import PAGE_KINDS
from newsclean.judge.scorer.kind import KINDS
from newsclean.model import Record
from newsclean.runs.conversion import Job, Settings, convert_job
from newsclean.runs.filters import Filters
from newsclean.runs.find import expand_arguments, find_sources
from newsclean.runs.members import unfold
from newsclean.runs.read import Source
from tests.container_pages import ENGLISH, PICTURE, RUSSIAN, URL, html, mhtml
from tests.saved import run, tree
from tests.test_containers_archives import FILES, titled, zipped
from tests.test_containers_crawls import INFO, packed, record
from tests.test_containers_mail import mail


def crawl(count: int = 3) -> list[bytes]:
    pages = [
        record(html(titled(f"Lamp {number}")).encode(), url=f"https://quay.example/news/{number}.html", number=number)
        for number in range(count)
    ]
    picture = record(PICTURE, headers="Content-Type: image/png\r\n", url="https://quay.example/a.png", number=90)
    return [INFO, *pages, picture]


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_crawl_becomes_a_folder_of_its_own(inside: Path) -> None:
    (inside / "big.warc.gz").write_bytes(packed(*crawl()))
    done = run("big.warc.gz", "-o", "out/", "--report", "report.jsonl", "-j", 2)
    assert done.returncode == 0, done.stderr
    assert sorted(name for name in tree(inside / "out") if name.endswith(".md")) == [
        f"big/quay.example/news/{number}.md" for number in range(3)
    ]
    lines = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
    assert [line["path"] for line in lines if line["status"] == "converted"] == [
        f"big.warc.gz#<urn:uuid:{number:08}>" for number in range(3)
    ]
    (left_out,) = [line for line in lines if line["status"] == "left_out"]
    assert left_out["error"] == "holds no pages besides: 1 is image/png"


@pytest.mark.process
def test_second_run_skips_what_is_up_to_date(inside: Path) -> None:
    (inside / "big.warc.gz").write_bytes(packed(*crawl()))
    run("big.warc.gz", "-o", "out/")
    before = tree(inside / "out")
    again = run("big.warc.gz", "-o", "out/")
    assert b"3 up to date" in again.stderr
    assert tree(inside / "out") == before


def test_damaged_page_fails_alone(inside: Path) -> None:
    records = crawl()
    data = bytearray(packed(*records))
    place = len(packed(*records[:2])) + 300
    data[place : place + 9] = b"\xff" * 9
    (inside / "big.warc.gz").write_bytes(data)
    done = run("big.warc.gz", "-o", "out/")
    assert done.returncode == 1
    assert b"holds broken compressed data" in done.stderr
    assert len([name for name in tree(inside / "out") if name.endswith(".md")]) == 2


def test_stream_of_a_container(inside: Path) -> None:
    (inside / "pages.zip").write_bytes(zipped(FILES))
    done = run("pages.zip", "-t", "jsonl")
    assert done.returncode == 0, done.stderr
    articles = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(article["title"], article["input"]["member"]) for article in articles] == [
        ("Lamp one", "a/one.html"),
        ("Lamp two", "two.htm"),
        ("Lamp four", "saved.mhtml"),
    ]


def test_container_of_one_page_is_one_article(inside: Path) -> None:
    (inside / "one.warc").write_bytes(b"".join(crawl(1)))
    (inside / "one.zip").write_bytes(zipped({"a.html": html()}))
    for name in ("one.warc", "one.zip"):
        done = run(name)
        assert done.returncode == 0, done.stderr
        assert ENGLISH[3][0] in done.stdout.decode()
    assert not expand_arguments(["one.warc"]).many


@pytest.mark.process
def test_member_is_picked_by_its_name_or_address(inside: Path) -> None:
    (inside / "big.warc.gz").write_bytes(packed(*crawl()))
    for name in ("<urn:uuid:00000001>", "https://quay.example/news/1.html"):
        done = run(f"big.warc.gz#{name}", "-t", "json")
        found = json.loads(done.stdout)
        assert (found["title"], found["input"]["member"]) == ("Lamp 1", "<urn:uuid:00000001>")
    gone = run("big.warc.gz#<urn:uuid:gone>")
    assert (gone.returncode, gone.stdout) == (3, b"")
    assert b"holds no page <urn:uuid:gone>" in gone.stderr


@pytest.mark.process
def test_folder_with_containers_and_pages(inside: Path) -> None:
    folder = inside / "in"
    folder.mkdir()
    (folder / "a.html").write_text(html(titled("Page")), "utf-8")
    (folder / "b.mhtml").write_bytes(mhtml(html(titled("Save")).encode()))
    (folder / "c.warc.gz").write_bytes(packed(*crawl(2)))
    box = mailbox.mbox(folder / "d.mbox")
    for number in range(2):
        box.add(mail((ENGLISH[0], f"Letter {number}", *ENGLISH[2:]), subject=f"Letter {number}"))
    box.close()
    (folder / "feed.xml").write_bytes(b'<rss version="2.0"><channel></channel></rss>')
    (folder / "pictures.zip").write_bytes(zipped({"a.png": PICTURE}))
    done = run("in", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert sorted(name for name in tree(inside / "out") if name.endswith(".md")) == [
        "a.md",
        "b.md",
        "c/quay.example/news/0.md",
        "c/quay.example/news/1.md",
        "d/Letter-0.md",
        "d/Letter-1.md",
    ]


def test_nothing_is_written_outside_of_the_output(inside: Path) -> None:
    evil = {f"{'../' * 9}evil.html": html(titled("Up")), "/evil.html": html(titled("Root")), "C:\\evil.html": html()}
    (inside / "evil.zip").write_bytes(zipped(evil))
    done = run("evil.zip", "-o", "out/")
    assert done.returncode == 0, done.stderr
    assert {name.partition("/")[0] for name in tree(inside)} == {"evil.zip", "out"}


@pytest.mark.process
def test_pictures_of_members_are_extracted(inside: Path) -> None:
    (inside / "a.zip").write_bytes(
        zipped({"a/page.html": html(), "a/img/lamp.png": PICTURE, "b.html": html(titled("B"))})
    )
    done = run("a.zip", "-o", "out/", "--extract-media", "m")
    assert done.returncode == 0, done.stderr
    assert PICTURE in tree(inside / "m").values()


def test_python_converts_the_pages_of_a_container(inside: Path) -> None:
    (inside / "big.warc.gz").write_bytes(packed(*crawl()))
    outcomes = [one for one in newsclean.convert_many("big.warc.gz", workers=1) if one.article]
    assert [one.title for one in outcomes] == ["Lamp 0", "Lamp 1", "Lamp 2"]


@pytest.mark.process
def test_pages_of_one_article_are_joined_and_sites_are_learned_from_inside_a_container(inside: Path) -> None:
    pages = {
        f"n/{number}.html": html(titled("Lamp")).replace(
            "</head>", f'<link rel="canonical" href="https://quay.example/lamp/{number}"></head>'
        )
        for number in (1, 2)
    }
    (inside / "a.zip").write_bytes(zipped(pages))
    done = run("a.zip", "-t", "jsonl", "--join-pages")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert run("a.zip", "-t", "jsonl", "--learn").returncode == 0
    assert len(run("a.zip", "-t", "jsonl", "--split").stdout.splitlines()) == 2


def test_list_tells_what_is_inside(inside: Path) -> None:
    (inside / "a.warc").write_bytes(
        b"".join([*crawl(1), record(b"", status="404 Gone", url="https://quay.example/x", number=7)])
    )
    lines = run("list", "a.warc").stdout.decode().splitlines()
    assert [line.split(">  ")[-1] for line in lines] == [
        "https://quay.example/news/0.html",
        "https://quay.example/a.png  (is image/png)",
        "https://quay.example/x  (has HTTP status 404)",
    ]
    assert "2024-06-20 08:00:00" in lines[0]
    assert "<urn:uuid:00000000>" in lines[0]
    found = [json.loads(line) for line in run("list", "--json", "a.warc").stdout.splitlines()]
    assert [(one["page"], one["type"], one["left_out"]) for one in found] == [
        (True, "text/html", None),
        (False, "image/png", "is image/png"),
        (False, "text/html", "has HTTP status 404"),
    ]


def test_reasons_for_leaving_out_are_told_in_bounded_space(inside: Path) -> None:
    records = [
        record(b"x", headers=f"Content-Type: a/{'b' * 9_000}{number}\r\n", number=number) for number in range(200)
    ] + [record(b"x", headers=f"Content-Type: a/{number}\r\n", number=number) for number in range(200)]
    (inside / "a.warc").write_bytes(b"".join([*records, *crawl(2)]))
    (told,) = [source for source in unfold([Source("a.warc", "a.warc")]) if source.left_out]
    assert told.problem is not None
    assert "200 is a/bbb" in told.problem.message
    assert "172 other" in told.problem.message
    assert len(told.problem.message) < 1_000


def test_list_of_what_is_no_container_says_so(inside: Path) -> None:
    (inside / "a.html").write_text(html(), "utf-8")
    for name in ("a.html", "gone.zip"):
        done = run("list", name)
        assert (done.returncode, done.stdout) == (3, b"")
        assert name.encode() in done.stderr


def test_names_that_terminals_obey_are_shown_harmless(inside: Path) -> None:
    (inside / "a.zip").write_bytes(zipped({"\x1b[2Ja.html": html()}))
    assert b"\x1b" not in run("list", "a.zip").stdout


def found_in(folder: Path) -> list[str]:
    sources = find_sources(expand_arguments([str(folder)]))
    return [Path(source.path).relative_to(folder).as_posix() for source in sources if not source.left_out]


def test_of_the_saves_of_archivebox_the_best_is_read(tmp_path: Path) -> None:
    snapshot = tmp_path / "archive" / "1718870400.0"
    for name in ("singlefile.html", "output.html", "index.html", "readability/content.html", "quay.example/a.html"):
        (snapshot / name).parent.mkdir(parents=True, exist_ok=True)
        (snapshot / name).write_text(html(), "utf-8")
    (snapshot / "index.json").write_text("{}")
    assert found_in(tmp_path) == ["archive/1718870400.0/singlefile.html"]
    (snapshot / "singlefile.html").unlink()
    assert found_in(tmp_path) == ["archive/1718870400.0/output.html"]


def test_of_a_flat_snapshot_of_zotero_the_page_is_read(tmp_path: Path) -> None:
    item = tmp_path / "storage" / "AB12CD34"
    item.mkdir(parents=True)
    (item / "lamp.html").write_text(html(), "utf-8")
    (item / "advert.html").write_text("<html><body>Buy</body></html>", "utf-8")
    assert found_in(tmp_path) == ["storage/AB12CD34/advert.html", "storage/AB12CD34/lamp.html"]
    (item / ".zotero-ft-cache").write_text("x")
    assert found_in(tmp_path) == ["storage/AB12CD34/lamp.html"]


def test_site_with_a_name_of_archivebox_is_read_whole(tmp_path: Path) -> None:
    for name in ("index.html", "a.html", "media/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(html(), "utf-8")
    (tmp_path / "index.json").write_text("{}")
    assert found_in(tmp_path) == ["a.html", "index.html", "media/b.html"]


# --- filters --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def articles() -> dict[str, newsclean.Article]:
    russian = record(html(RUSSIAN).encode(), url="https://pier.example/a.html", number=50)
    found = newsclean.convert_all(b"".join([*crawl(2), russian]))
    return {article.title or "": article for article in found}


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(), ["Lamp 0", "Lamp 1", RUSSIAN[1]]),
        (Filters(include=("quay.example",)), ["Lamp 0", "Lamp 1"]),
        (Filters(include=("example",)), ["Lamp 0", "Lamp 1", RUSSIAN[1]]),
        (Filters(include=("uay.example",)), []),
        (Filters(include=("quay.example/news/1*",)), ["Lamp 1"]),
        (Filters(include=("https://quay.example/*",), exclude=("*/news/1.html",)), ["Lamp 0"]),
        (Filters(exclude=("pier.example",)), ["Lamp 0", "Lamp 1"]),
        (Filters(since="2024-06-21"), []),
        (Filters(since="2024-06-20", until="2024-06"), ["Lamp 0", "Lamp 1", RUSSIAN[1]]),
        (Filters(until="2023"), []),
        (Filters(languages=("ru",)), [RUSSIAN[1]]),
        (Filters(languages=("r",)), []),
        (Filters(min_words=5000), []),
        (Filters(min_confidence=1.0), []),
        (Filters(kinds=("product",)), []),
        (Filters(kinds=("article", "listing"), languages=("en",)), ["Lamp 0", "Lamp 1"]),
    ],
)
def test_filters_leave_out_what_is_not_wanted(
    articles: dict[str, newsclean.Article], filters: Filters, titles: list[str]
) -> None:
    assert [title for title, article in articles.items() if filters.against_article(article) is None] == titles


def test_page_that_its_container_rules_out_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.runs.conversion.examine", lambda *_: pytest.fail("was parsed"))
    page = Record(html(), url=URL, saved_at="2024-06-20T08:00:00+00:00")
    for filters in (Filters(exclude=("quay-gazette.example",)), Filters(since="2025")):
        result = convert_job(Settings(filters=filters), Job(Source("a.warc", "a", member="1", record=page)))
        assert result.outcome.status == "left_out"


@pytest.mark.process
@pytest.mark.parametrize("arguments", [("-t", "jsonl"), ("-o", "out/"), ("-o", "out.parquet"), ("-o", "out.db")])
def test_pages_of_a_container_on_stdin(inside: Path, arguments: tuple[str, ...]) -> None:
    if "out.parquet" in arguments:
        pytest.importorskip("pyarrow")
    (inside / "crawl.warc.gz").write_bytes(data := packed(*crawl()))
    from_file = run("crawl.warc.gz", *arguments)
    expected = from_file.stdout, {name for name in tree(inside) if name.startswith("out/crawl")}
    found = run("-", *arguments, "--force", "--report", "report.jsonl", input=data)
    assert (from_file.returncode, found.returncode) == (0, 0), found.stderr
    assert (inside / "report.jsonl").read_bytes().count(b'"converted"') == 3
    assert len(found.stdout.splitlines()) == len(expected[0].splitlines())
    written = {name for name in tree(inside) if name.startswith("out/stdin")}
    assert {name.replace("out/stdin", "out/crawl") for name in written} == expected[1]


@pytest.mark.process
def test_container_on_stdin_that_has_no_place_for_all_is_an_error(inside: Path) -> None:
    done = run("-", "-o", "one.md", input=packed(*crawl()))
    assert (done.returncode, b"holds several pages" in done.stderr) == (3, True)
    assert not (inside / "one.md").exists()


@pytest.mark.process
def test_filters_tell_why_and_count_for_plain_pages_too(inside: Path) -> None:
    (inside / "in").mkdir()
    for name, story in (("a", ENGLISH), ("b", RUSSIAN)):
        (inside / "in" / f"{name}.html").write_text(html(story), "utf-8")
    done = run("in", "-o", "out", "--language", "en", "--report", "report.jsonl")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in (inside / "report.jsonl").read_text().splitlines()]
    assert [(line["status"], line["error"]) for line in lines] == [
        ("converted", None),
        ("left_out", "is not wanted: its language is ru"),
    ]
    assert not (inside / "out" / "b.md").exists()
    assert run("in", "-o", "out").returncode == 0
    assert (inside / "out" / "b.md").exists()


def test_kinds_of_the_command_are_those_of_the_scorer() -> None:
    assert set(PAGE_KINDS) == set(KINDS) - {"news"}
