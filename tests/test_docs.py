"""The documents are true: help and results are what the command gives, commands exist, links lead somewhere."""

from __future__ import annotations

import doctest
import importlib
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import newsclean
from tests import docs

ROOT = docs.REPOSITORY
DOCUMENTS = tuple(
    path.relative_to(ROOT).as_posix()
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "training" / "README.md")
)
README = docs.README.read_text(encoding="utf-8")
PARTS = [(document, name) for document in docs.GENERATED for name in docs.parts((ROOT / document).read_text("utf-8"))]

README_LINES = 200
"""What somebody reads before deciding."""

_FENCE_RE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.M | re.S)  # ```bash … ```
_LINK_RE = re.compile(r"\]\(([^)\s]+)\)")  # [text](ARCHITECTURE.md#rooms)
_HEADING_RE = re.compile(r"^#+ (.+)$", re.M)  # ## Exit status
_CODE_PATH_RE = re.compile(
    r"`((?:src|tests|fixtures|benchmarks|training|\.ci)/[\w./-]+)`"
)  # `src/newsclean/page/html.py`
_NOT_SLUG_RE = re.compile(r"[^\w\- ]")


def fences(text: str, *languages: str) -> list[str]:
    """Return the content of the fenced code blocks in these languages, the generated parts left out."""
    own = docs._PART_RE.sub("", text)
    return [match[3] for match in _FENCE_RE.finditer(own) if match[2] in languages]


def commands(text: str) -> list[str]:
    """Return the newsclean calls in a document's shell blocks, comments left out."""
    lines = [line for block in fences(text, "bash", "console", "sh") for line in block.splitlines()]
    return [line for line in lines if re.search(r"(^|[|&;/\s])newsclean\b", line) and not line.startswith("#")]


def slug(heading: str) -> str:
    """Return the anchor that a heading gets."""
    return _NOT_SLUG_RE.sub("", heading.replace("`", "").strip().lower()).replace(" ", "-")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("document", "name"), PARTS)
def test_generated_part_is_up_to_date(document: str, name: str) -> None:
    assert docs.parts(read(document))[name] == docs.make_part(name), "run: make docs"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_with_generated_parts_are_known(document: str) -> None:
    assert document in docs.GENERATED or not docs.parts(read(document))


def test_readme_is_short() -> None:
    assert len(README.splitlines()) <= README_LINES


def command_group() -> Any:
    """Return the click group of all commands."""
    return importlib.import_module("newsclean.cli").main


def test_every_command_has_its_help() -> None:
    shown = set(re.findall(r"^## newsclean (.+)$", read("docs/cli.md"), re.M))
    assert set(command_group().commands) | {"rules new", "rules test"} <= shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_in_the_documents_exist(document: str) -> None:
    known_commands = command_group().commands
    for line in commands(read(document)):
        words = shlex.split(re.split(r"newsclean(?=\s|$)", line, maxsplit=1)[1].split("|")[0], comments=True)
        command = known_commands.get(words[0] if words else "", known_commands["convert"])
        known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        known |= {"-h", "--help", "--version"}
        used = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
        assert used <= known, line


def test_result_in_the_readme_is_the_whole_article_and_nothing_else() -> None:
    shown = docs.parts(README)["after"]
    for kept in (
        "# Council approves second bridge over the Wend\n",
        "After nine hours of debate, the city council voted on Friday to build a **second bridge** over the Wend,",
        "](https://www.harbourcourier.example/2019/03/12/first-plan.html)",
        "The old quay, where the northern ramp will stand.",
        "| 2025 | 63 |",
        "## What happens next\n",
        "1. survey the river bed",
        "> “I would rather explain",
        "until the end of August.",
        "2025-07-04",
        "Mara Ellison",
    ):
        assert kept in re.sub(r" +", " ", shown), kept
    for dropped in (
        "Advertisement",
        "READ ALSO",
        "Tweet",
        "cookies",
        "newsletter",
        "Tide",
        "Mill Street",
        "All rights",
    ):
        assert dropped not in shown, dropped


def test_every_key_of_the_json_object_is_told() -> None:
    schema = json.loads((ROOT / "src" / "newsclean" / "schema.json").read_text(encoding="utf-8"))
    table = read("docs/output.md").split("| key | content |")[1].split("\n\n")[0]
    named = [key for row in table.splitlines()[2:] for key in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(schema["properties"])


@pytest.mark.parametrize("name", ["run", "test"])
def test_newcomer_s_commands_need_python_alone(name: str) -> None:
    match = re.search(rf"<!-- ci: {name} -->\n```bash\n(.*?)```", README, re.S)
    assert match, f"README.md has no command marked <!-- ci: {name} -->"
    programs = {Path(shlex.split(part)[0]).name for part in re.split(r"&&|\n|;", match[1]) if part.strip()}
    assert programs <= {"python3", "pip", "python", "newsclean"}
    assert "python3 -m venv" in match[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_inside_the_documents_resolve(name: str) -> None:
    for target in _LINK_RE.findall(docs._PART_RE.sub("", read(name))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        linked = (ROOT / name).parent / file if file else ROOT / name
        assert linked.exists(), f"{name} links to {target}"
        if anchor:
            slugs = {slug(heading) for heading in _HEADING_RE.findall(linked.read_text(encoding="utf-8"))}
            assert anchor in slugs, f"{name} links to {target}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paths_in_the_documents_exist(name: str) -> None:
    for path in _CODE_PATH_RE.findall(docs._PART_RE.sub("", read(name))):
        assert (ROOT / path).exists(), f"{name} names {path}"


def test_architecture_names_every_room() -> None:
    source = ROOT / "src" / "newsclean"
    rooms = {path.stem for path in source.iterdir() if path.suffix in (".py", "")}
    text = read("ARCHITECTURE.md")
    missing = {room for room in rooms if not room.startswith("_") and not re.search(rf"\b{room}\b", text)}
    assert not missing


def test_changelog_has_the_current_version() -> None:
    version = importlib.import_module("newsclean").__version__
    assert re.search(rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d|unreleased)$", read("CHANGELOG.md"), re.M)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_python_examples_compile(document: str) -> None:
    for example in fences(read(document), "python"):
        compile(example, document, "exec")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_python_examples_use_public_names_only(document: str) -> None:
    newsclean = importlib.import_module("newsclean")
    for example in fences(read(document), "python"):
        for name in re.findall(r"\bnewsclean\.(\w+)", example):
            assert name in newsclean.__all__ or hasattr(newsclean, name), name


def tried(text: str) -> list[str]:
    """Return the commands of a document's blocks below `<!-- try -->`."""
    blocks = re.findall(r"<!-- try -->\n```bash\n(.*?)```", text, re.S)
    return [line for block in blocks for line in block.splitlines()]


def test_commands_of_the_tutorial_run(tmp_path: Path) -> None:
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    lines = tried(read("docs/tutorial.md"))
    assert len(lines) > 5
    for line in lines:
        command = line.replace("newsclean", f"{shlex.quote(sys.executable)} -m newsclean", 1)
        run = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, f"{line}: {run.stderr}"
    assert {"bridge.md", "bridge.json", "report.html", "articles", "report.jsonl"} <= {
        p.name for p in tmp_path.iterdir()
    }


def test_examples_for_developers_run() -> None:
    examples = fences(read("docs/developer.md"), "python")
    assert len(examples) > 2
    for example in examples:
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run([sys.executable, "-c", example], cwd=ROOT, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr


def test_examples_in_the_reference_run() -> None:
    ran = doctest.testmod(importlib.import_module("newsclean.api"))
    assert ran.attempted
    assert not ran.failed


def test_examples_of_the_reference_are_under_a_heading_that_the_site_knows() -> None:
    """Anywhere else, `>>>` is a quotation in Markdown and the page of the example is shown as HTML."""
    for name in newsclean.__all__:
        lines = (getattr(newsclean, name).__doc__ or "").splitlines()
        examples = [number for number, line in enumerate(lines) if line.lstrip().startswith(">>>")]
        assert not examples or lines[examples[0] - 1].strip() == "Examples:", name


def test_a_stale_part_is_noticed_and_mended() -> None:
    stale = "# x\n<!-- generated: before -->\nold\n<!-- /generated -->\nrest\n"
    fresh = docs.regenerate(stale)
    assert fresh.startswith("# x\n<!-- generated: before -->\n```html\n<body>\n")
    assert fresh.endswith("```\n<!-- /generated -->\nrest\n")
    assert docs.regenerate(fresh) == fresh


def test_picture_shows_a_run_and_loads_nothing() -> None:
    picture = runpy.run_path(str(ROOT / "docs" / "picture.py"))["draw"]()
    assert "Council&#160;approves&#160;second&#160;bridge" in picture
    assert re.search(r"drop.*keep", picture, re.S)
    assert "url(http" not in picture
    assert "@import" not in picture


def test_picture_is_up_to_date() -> None:
    module = runpy.run_path(str(ROOT / "docs" / "picture.py"))
    drawn, shown = (
        re.findall(r">([^<>]+)</text>", svg) for svg in (module["draw"](), module["TARGET"].read_text("utf-8"))
    )
    assert drawn == shown, "run: make docs"


def test_the_model_card_says_what_was_recorded_out_of_fold() -> None:
    record = json.loads(read("training/product.json"))["scores"]
    table = read("training/README.md").split("The whole program with the same scores")[1]
    for group, figures in record.items():
        row = re.search(rf"^\| {re.escape(group)} \|.*$", table, re.M)
        assert row, group
        for value, low, high in figures.values():
            assert f"{value:.3f} [{low:.3f}, {high:.3f}]" in row[0]


def test_site_makes_no_page_in_the_place_of_a_document() -> None:
    pytest.importorskip("mkdocs")
    site = runpy.run_path(str(ROOT / "docs" / "site.py"))
    made = [*site["BORROWED"].values(), "gallery.md", "schema.md", site["REPORT"]]
    documents = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    places = [name.removesuffix(".md").removesuffix(".html") for name in (*made, *documents)]
    assert len(places) == len(set(places))


def test_every_document_stands_in_the_navigation() -> None:
    navigation = read("mkdocs.yml").split("\nnav:")[1]
    for path in (ROOT / "docs").glob("*.md"):
        assert f": {path.name}\n" in navigation, path.name


def test_manual_page_is_up_to_date() -> None:
    manual = runpy.run_path(str(ROOT / "docs" / "man.py"))["manual"]()
    assert read("docs/newsclean.1") == manual, "run: make docs"


def test_manual_page_is_sound_roff() -> None:
    lines = read("docs/newsclean.1").splitlines()
    assert lines[0].startswith(".TH NEWSCLEAN 1 ")
    known = (".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".br", ".nf", ".fi")
    assert {line.split()[0] for line in lines if line.startswith(".")} <= set(known)
    assert not [line for line in lines if re.search(r"(?<!\\)-", line) and not line.startswith(".TH")]
    for name in command_group().commands:
        assert f".SS {name}" in lines
