"""Development corpora from clones of their sources: small stand-ins in the shape of each, and the real page lists."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.corpora import find_corpora
from training import build_corpora

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "<html><body><p>The ferry left early on Monday morning.</p></body></html>"
TEXT = "The ferry left early on Monday morning."
OURS = next(f"site{n}.example" for n in range(99) if build_corpora.is_development(f"site{n}.example"))
THEIRS = next(f"site{n}.example" for n in range(99) if not build_corpora.is_development(f"site{n}.example"))


def put(path: Path, content: str | bytes | dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def built(name: str, clone: Path, out: Path) -> list[dict[str, Any]]:
    build_corpora.main([name, str(clone), str(out)])
    rows = [json.loads(line) for line in (out / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        assert (out / name / "pages" / f"{row['id']}.html").read_text(encoding="utf-8") == PAGE
    assert len(list((out / name / "pages").iterdir())) == len(rows)
    return rows


def test_wcxb_leaves_out_what_is_also_tested(tmp_path: Path) -> None:
    for number, part in (("0001", "dev"), ("0002", "dev"), ("9", "test")):
        url = f"https://www.{THEIRS}/{'1' if number == '0001' else '2'}"
        truth = {"title": "Ferry", "author": "Ada Quay", "main_content": TEXT, "with": [TEXT], "without": ["Menu"]}
        row = {"url": url, "page_type": {"primary": "article"}, "ground_truth": truth}
        put(tmp_path / "clone" / part / "ground-truth" / f"{number}.json", row)
        put(tmp_path / "clone" / part / "html" / f"{number}.html.gz", gzip.compress(PAGE.encode()))
    (row,) = built("wcxb-dev", tmp_path / "clone", tmp_path / "out")
    assert (row["id"], row["site"], row["type"], row["text"]) == ("0001", THEIRS, "article", TEXT)
    assert row["authors"] == ["Ada Quay"]
    assert row["without"] == ["Menu"]
    assert row["date"] is None


def test_n4k_takes_the_half_of_its_sources(tmp_path: Path) -> None:
    host = next(f"s{n}.example" for n in range(99) if build_corpora.is_development(f"http://s{n}.example"))
    other = next(f"s{n}.example" for n in range(99) if not build_corpora.is_development(f"http://s{n}.example"))
    articles = {}
    for name in (host, other):
        url = f"http://{name}/1"
        digest = hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()[:16]
        articles[digest] = {"url": url, "articleBody": TEXT, "title": "Ferry", "authors": "Ada Quay"}
        put(tmp_path / "clone" / "html" / f"{digest}.html", PAGE)
    put(tmp_path / "clone" / "articles.json", articles)
    (row,) = built("n4k-dev", tmp_path / "clone", tmp_path / "out")
    assert (row["url"], row["site"], row["text"]) == (f"http://{host}/1", f"http://{host}", TEXT)


def test_fundus_pairs_a_page_with_the_version_it_holds(tmp_path: Path) -> None:
    paper = next(f"Paper{n}" for n in range(99) if build_corpora.is_development(f"de.Paper{n}"))
    folder = tmp_path / "clone" / "tests/resources/parser/test_data/de"
    other = {"body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["Nothing like that"]}]}}
    own = {
        "title": "Ferry",
        "authors": ["Ada Quay"],
        "publishing_date": "2025-07-04 10:00:00+02:00",
        "body": {
            "summary": ["The ferry"],
            "sections": [{"headline": ["left early"], "paragraphs": ["on Monday morning."]}],
        },
    }
    put(folder / f"{paper}.json", {"V1": other, "V2": own})
    put(folder / f"{paper}_2025_07_05.html.gz", gzip.compress(PAGE.encode()))
    (row,) = built("fundus-dev", tmp_path / "clone", tmp_path / "out")
    assert (row["id"], row["site"], row["date"]) == (f"{paper}_2025_07_05", f"de.{paper}", "2025-07-04")
    assert row["text"] == "The ferry\n\nleft early\n\non Monday morning."


def test_trafilatura_takes_the_half_of_its_hosts(tmp_path: Path) -> None:
    rows = {
        f"https://www.{host}/1": {"file": f"{host}.html", "with": [TEXT], "without": ["Menu"], "author": "Ada Quay"}
        for host in (OURS, THEIRS)
    }
    put(tmp_path / "clone/tests/evaldata.json", rows)
    put(tmp_path / "clone/tests/eval" / f"{OURS}.html", PAGE)
    put(tmp_path / "clone/tests/cache" / f"{THEIRS}.html", PAGE)
    (row,) = built("trafilatura-dev", tmp_path / "clone", tmp_path / "out")
    assert (row["site"], row["with"], row["authors"]) == (OURS, [TEXT], "Ada Quay")
    assert row["id"] == hashlib.sha256(row["url"].encode()).hexdigest()[:16]
    assert "date" not in row


def test_readability_reads_html_and_metadata(tmp_path: Path) -> None:
    for name in (OURS, THEIRS):
        folder = tmp_path / "clone/test/test-pages" / name
        put(folder / "source.html", PAGE)
        put(folder / "expected.html", f"<p>{TEXT}</p>")
        put(folder / "expected-metadata.json", {"title": "Ferry", "byline": "Ada Quay", "siteName": None})
    (row,) = built("readability-dev", tmp_path / "clone", tmp_path / "out")
    assert (row["site"], row["html"], row["text"].strip()) == (OURS, f"<p>{TEXT}</p>", TEXT)


def test_defuddle_reads_markdown_below_its_json(tmp_path: Path) -> None:
    for name in (OURS, THEIRS):
        put(tmp_path / "clone/tests/fixtures" / f"{name}.html", PAGE)
        put(tmp_path / "clone/tests/expected" / f"{name}.md", f'```json\n{{"title": "Ferry"}}\n```\n\n{TEXT}\n')
    (row,) = built("defuddle-dev", tmp_path / "clone", tmp_path / "out")
    assert (row["id"], row["title"], row["markdown"], row["authors"]) == (OURS, "Ferry", TEXT, None)


def test_clone_without_pages_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "articles.json", {})
    assert build_corpora.main(["n4k-dev", str(tmp_path), str(tmp_path / "out")]) == 1


@pytest.mark.parametrize("name", [name for name in build_corpora.READERS if name not in build_corpora.OWN_PARTS])
def test_share_is_that_of_the_corpora_at_hand(name: str) -> None:
    corpora, missing = find_corpora(names=[name])
    if missing:
        pytest.skip(f"{name} is not here")
    pages = corpora[0].pages()
    assert all(build_corpora.is_development(str(page.gold["site"])) for page in pages)
    if name == "trafilatura-dev":
        assert all(build_corpora.host_of(page.url or "") == page.gold["site"] for page in pages)
