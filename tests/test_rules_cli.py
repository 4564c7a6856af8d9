"""The rules commands, and the document that teaches them, followed to the letter with a made-up site."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsclean.cli import main
from newsclean.sites import SiteRule, load, rule_files
from tests.pages import SENTENCES

DOCUMENT = (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8")
TITLES = {"ferry": "Ferry late again", "gull": "Gull steals wig", "raffle": "Pier raffle sold out"}
PITCH = "Sign up for the Tide Post letter, which comes every morning but on Sundays and costs you nothing at all."
ALSO = "Also today: the harbour seal has a name. The bakery has a new oven. More from the harbour on page 4"


def tide_page(name: str, number: int) -> str:
    """Return a page whose pitch and teaser read like article text, in classes that only a rule knows."""
    story = [f"{TITLES[name]}: {sentence}" for sentence in SENTENCES[number:] + SENTENCES[:number]]
    paragraphs = [f"<p>{sentence}</p>" for sentence in story]
    paragraphs.insert(2, f'<div class="promo-box"><p>{PITCH}</p></div>')
    return f"""<html><head><title>{TITLES[name]}</title>
<link rel="canonical" href="https://www.tidepost.example/{name}"></head><body>
<div class="wrap"><h1>{TITLES[name]}</h1><p class="who">By Ada Quill</p>
<p class="standfirst">In short: {TITLES[name].lower()}, and nobody was surprised.</p>
<div class="storytext">{"".join(paragraphs)}</div>
<div class="seealso"><p>{ALSO}</p></div></div></body></html>"""


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with three saved pages, without a configuration folder of anybody's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "saved").mkdir()
    for number, name in enumerate(TITLES):
        (tmp_path / "saved" / f"{name}.html").write_text(tide_page(name, number), "utf-8")
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def tutorial(name: str) -> str:
    match = re.search(rf"<!-- tutorial: {name} -->\n```\w+\n(.*?)```", DOCUMENT, re.S)
    assert match, name
    return match[1]


def follow(name: str) -> Result:
    """Run the command that the document gives."""
    return invoke(*shlex.split(tutorial(name))[1:])


def test_document_s_commands_do_what_it_says(inside: Path) -> None:
    made = follow("new")
    assert made.exit_code == 0, made.output
    file = inside / ".newsclean" / "rules" / "tidepost.example.toml"
    assert file.read_text("utf-8") == tutorial("proposed")
    assert follow("test").exit_code == 0
    checked = follow("check")
    assert checked.exit_code == 0
    assert "body: .storytext matches 1" in checked.output
    assert follow("convert").exit_code == 0
    article = (inside / "articles" / "gull.md").read_text("utf-8")
    assert SENTENCES[0] in article
    assert PITCH not in article


def test_what_the_document_says_is_learned_from_the_folder(inside: Path) -> None:
    assert follow("at once").exit_code == 0
    at_once = (inside / "articles" / "gull.md").read_text("utf-8")
    assert PITCH not in at_once
    assert follow("learn").exit_code == 0
    assert (inside / "rules" / "tidepost.example.toml").read_text("utf-8") == tutorial("learned")
    assert follow("with learned").exit_code == 0
    assert (inside / "articles" / "gull.md").read_text("utf-8") == at_once


def test_rule_written_from_the_document_works_from_a_toml_file(inside: Path) -> None:
    folder = inside / ".newsclean" / "rules"
    folder.mkdir(parents=True)
    (folder / "tidepost.example.toml").write_text(tutorial("written"), "utf-8")
    article = invoke("saved/gull.html").stdout
    assert 'author: ["Ada Quill"]' in article
    assert "In short: gull steals wig, and nobody was surprised." in article
    assert SENTENCES[0] in article
    for gone in (PITCH, ALSO):
        assert gone not in article


def test_rules_change_what_a_second_run_converts_anew(inside: Path) -> None:
    invoke("saved/", "-o", "articles/")
    follow("new")
    invoke("saved/", "-o", "articles/")
    assert PITCH not in (inside / "articles" / "gull.md").read_text("utf-8")


def test_every_toml_example_of_the_document_is_a_rule(inside: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.S)
    assert len(examples) == 4
    for number, example in enumerate(examples):
        (inside / f"{number}.toml").write_text(example, "utf-8")
    for file in rule_files(str(inside)):
        assert all(isinstance(rule, SiteRule) for rule in load(file))


def test_test_shows_the_difference_and_exits_with_1(inside: Path) -> None:
    follow("new")
    case = next((inside / ".newsclean" / "rules" / "tidepost.example").glob("gull*"))
    expected = (case / "expected.md").read_text("utf-8")
    (case / "expected.md").write_text(
        expected.replace("By Ada Quill", "").replace(SENTENCES[0], "Other words."), "utf-8"
    )
    result = invoke("rules", "test", "tidepost.example")
    assert result.exit_code == 1
    assert "failed: tidepost.example/gull-steals-wig" in result.output
    assert "-Gull steals wig: Other words." in result.output
    assert "2 passed, 1 failed" in result.output


def test_test_tells_of_rules_without_a_case_and_of_broken_files(inside: Path) -> None:
    folder = inside / "mine"
    folder.mkdir()
    (folder / "gull.example.toml").write_text("body = '.b'")
    result = invoke("rules", "test", "--rules", "mine")
    assert (result.exit_code, "no case: gull.example" in result.output) == (0, True)
    (folder / "seal.example.txt").write_text("titl: //h1")
    result = invoke("rules", "test", "--rules", "mine")
    assert result.exit_code == 1
    assert "unknown directive 'titl'" in result.stderr


def test_test_without_rules_is_an_error() -> None:
    assert invoke("rules", "test").exit_code == 3


def test_list_and_show() -> None:
    follow("new")
    listed = invoke("rules", "list")
    assert f"tidepost.example\t{Path('.newsclean/rules/tidepost.example.toml')}" in listed.stdout.splitlines()
    shown = invoke("rules", "show", "www.tidepost.example")
    assert 'body = [".storytext"]' in shown.stdout
    missing = invoke("rules", "show", "nowhere.example")
    assert missing.exit_code == 3
    assert "no rule for nowhere.example" in missing.stderr


def test_show_tells_what_of_an_ftr_file_has_no_effect(inside: Path) -> None:
    (inside / "gull.example.txt").write_text("body: //p\nhttp_header(user-agent): x\nwrap_in(b): //i\nbdy: //p")
    shown = invoke("rules", "show", "gull.example", "--rules", ".").stdout
    assert "http_header has no effect" in shown
    assert "wrap_in(b): //i" in shown
    assert "line 4: unknown directive 'bdy'" in shown


def test_check_exits_with_1_where_no_rule_decides() -> None:
    result = invoke("rules", "check", "saved/gull.html")
    assert result.exit_code == 1
    assert "there is no rule for the host" in result.output


def test_check_tells_selectors_without_a_match_and_the_next_page(inside: Path) -> None:
    (inside / "tidepost.example.toml").write_text('body = ".storytext"\ndrop = ".gone"\nnext_page = "h1"')
    result = invoke("rules", "check", "saved/gull.html", "--rules", ".")
    assert "drop: .gone matches nothing" in result.output
    assert "next page: Gull steals wig" in result.output
    assert result.exit_code == 0


def test_check_compares_with_the_texts_that_an_ftr_file_promises(inside: Path) -> None:
    (inside / "tidepost.example.txt").write_text(
        "body: //div[@class='storytext']\ntest_url: https://www.tidepost.example/gull\n"
        f"test_contains: {SENTENCES[0]}\ntest_contains: a whale\n"
    )
    result = invoke("rules", "check", "saved/gull.html", "--rules", ".")
    assert "test_contains: lacks 'a whale'" in result.output
    assert result.output.count("lacks") == 1


def test_new_writes_over_nothing_unless_forced() -> None:
    assert follow("new").exit_code == 0
    again = follow("new")
    assert again.exit_code == 2
    assert "already exists" in again.stderr
    assert invoke("rules", "new", "--force", "saved/gull.html", "saved/ferry.html").exit_code == 0


def test_new_refuses_pages_of_two_sites(inside: Path) -> None:
    other = (inside / "saved" / "gull.html").read_text("utf-8").replace("tidepost", "gullpost")
    (inside / "other.html").write_text(other, "utf-8")
    result = invoke("rules", "new", "saved/ferry.html", "other.html")
    assert result.exit_code == 3
    assert "is not a page of tidepost.example" in result.stderr


def test_new_asks_for_the_host_where_pages_do_not_say_it(inside: Path) -> None:
    for path in (inside / "saved").iterdir():
        path.write_text(re.sub("<link.*?>", "", path.read_text("utf-8")), "utf-8")
    result = invoke("rules", "new", "saved/ferry.html", "saved/gull.html")
    assert (result.exit_code, "--host" in result.stderr) == (3, True)
    named = invoke("rules", "new", "saved/ferry.html", "saved/gull.html", "--host", "tidepost.example")
    assert named.exit_code == 0, named.output


def test_missing_page_and_missing_folder_are_errors() -> None:
    assert invoke("rules", "check", "nowhere.html").exit_code == 3
    assert invoke("saved/gull.html", "--rules", "nowhere").exit_code == 2


def test_rules_of_the_configuration_folder_count(inside: Path) -> None:
    folder = inside / "config" / "newsclean" / "rules"
    folder.mkdir(parents=True)
    (folder / "tidepost.example.toml").write_text(tutorial("written"), "utf-8")
    assert PITCH not in invoke("saved/gull.html").stdout
