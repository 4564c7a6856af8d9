"""Learning from the pages of a site, through the command line: what repeats goes, what is an article's own stays."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.learning import Case, learn_and_compare
from benchmarks.templates import SITES, Page, make_site
from newsclean.cli import main
from newsclean.model import Record
from newsclean.rules.evidence import Box, Candidate, PageEvidence, hash_text
from newsclean.rules.learn import distinct_articles, learn_rule
from newsclean.sites import RuleFile, SiteRule, load
from tests.saved import tree

OWN = "Nobody but this page says number {} of these words, which go on for quite a while about its very own matter."


@pytest.fixture(autouse=True)
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, without a configuration folder of anybody's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def save(folder: str, site: str, *, flat: bool = False, articles: int = 4) -> list[Page]:
    """Write the pages of a templated site, and return them."""
    pages = make_site(site, articles)
    Path(folder).mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        Path(folder, f"{site}-{number}.{'txt' if flat else 'html'}").write_text(
            page.flat if flat else page.html, "utf-8"
        )
    return pages


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def texts(folder: str) -> dict[str, list[str]]:
    """Return the paragraphs of each article of a folder."""
    return {path.stem: path.read_text("utf-8").split("\n\n") for path in sorted(Path(folder).glob("*.txt"))}


@pytest.mark.parametrize("flat", [False, True], ids=["html", "flattened"])
def test_learn_takes_pitch_and_plea_out_and_keeps_repeated_headings(flat: bool) -> None:
    pages = save("in", "kurier", flat=flat)
    plain = invoke("in", "-t", "text", "-o", "plain", "-q")
    assert plain.exit_code == 0
    learned = invoke("in", "-t", "text", "-o", "learned", "--learn")
    assert learned.exit_code == 0
    assert "learned what repeats on 1 of 1 sites" in learned.stderr
    for number, page in enumerate(pages):
        wanted = page.text.split("\n")
        assert "Was geschah" in wanted
        assert [line.strip() for line in texts("learned")[f"kurier-{number}"]] == wanted
        assert len(texts("plain")[f"kurier-{number}"]) > len(wanted)


def test_reason_says_on_how_many_pages() -> None:
    save("in", "harbour")
    told = invoke("in", "-t", "text", "-o", "out", "--learn", "-vv").stderr
    assert re.search(r"site rule: drop(_text)?: .*, on 4 of 4 pages of this site", told)


def test_rule_file_does_what_learn_does_at_once() -> None:
    save("in", "farol", articles=6)
    assert invoke("in", "-o", "at-once", "--learn").exit_code == 0
    made = invoke("learn", "in", "-o", "rules")
    assert made.exit_code == 0, made.output
    assert "wrote rules/farol.example.toml" in made.stdout
    rule = load(RuleFile("rules", "farol.example.toml"))[0]
    assert isinstance(rule, SiteRule)
    assert "Leia também: *" in rule.drop_text
    assert "# on 6 of 6 pages of this site" in Path("rules/farol.example.toml").read_text("utf-8")
    assert invoke("in", "-o", "by-rule", "--rules", "rules").exit_code == 0
    for name in tree(Path("at-once")):
        if name.endswith(".md"):
            assert Path("at-once", name).read_bytes() == Path("by-rule", name).read_bytes()


def test_rule_of_flattened_pages_needs_a_host_and_then_serves_them() -> None:
    pages = save("in", "kurier", flat=True)
    nameless = invoke("learn", "in")
    assert nameless.exit_code == 3
    assert "--host" in nameless.stderr
    assert invoke("learn", "in", "--host", "kurier.example").exit_code == 0
    address = "https://kurier.example/1"
    article = invoke("in/kurier-1.txt", "-t", "text", "--url", address).stdout
    assert article.split() == pages[1].text.split()


def test_rule_that_is_there_is_not_written_over_unless_forced() -> None:
    save("in", "harbour")
    assert invoke("learn", "in", "-o", "rules").exit_code == 0
    Path("rules/harbour.example.toml").write_text("drop = '.mine'", "utf-8")
    again = invoke("learn", "in", "-o", "rules")
    assert (again.exit_code, "already exists" in again.stderr) == (2, True)
    assert Path("rules/harbour.example.toml").read_text("utf-8") == "drop = '.mine'"
    assert invoke("learn", "in", "-o", "rules", "--force").exit_code == 0
    assert "Learned from 4 articles" in Path("rules/harbour.example.toml").read_text("utf-8")


def test_pages_of_several_hosts_in_one_folder_are_learned_apart() -> None:
    save("in", "harbour")
    save("in", "ribera")
    made = invoke("learn", "in", "-o", "rules")
    assert sorted(path.name for path in Path("rules").iterdir()) == ["harbour.example.toml", "ribera.example.toml"]
    assert "harbour.example: " in made.stdout
    assert "Lea también: *" not in Path("rules/harbour.example.toml").read_text("utf-8")


def test_flattened_pages_of_two_folders_are_two_sites() -> None:
    save("in/a", "kurier", flat=True, articles=2)
    save("in/b", "kurier", flat=True, articles=2)
    assert "learned what repeats on 0 of 2 sites" in invoke("in", "-o", "out", "--learn").stderr


def test_two_articles_are_too_few() -> None:
    save("in", "harbour", articles=2)
    result = invoke("learn", "in", "-o", "rules")
    assert result.exit_code == 3
    assert "nothing learned from 2 pages" in result.stderr
    assert not Path("rules").exists()


def test_folder_without_an_article_teaches_nothing_and_says_so() -> None:
    Path("in").mkdir()
    Path("in/a.html").write_text("<html><body></body></html>", "utf-8")
    result = invoke("learn", "in", "-o", "rules")
    assert (result.exit_code, "no page there that tells of its site" in result.stderr) == (3, True)


def test_one_article_saved_many_times_teaches_nothing() -> None:
    page = make_site("harbour", 2)[0]
    Path("in").mkdir()
    for number in range(4):
        changed = page.html.replace("At noon", f"At {number} o'clock").replace("<body>", f"<body><p>Save {number}</p>")
        Path("in", f"{number}.html").write_text(changed, "utf-8")
    assert invoke("learn", "in", "-o", "rules").exit_code == 3


def test_output_is_the_same_for_any_number_of_workers() -> None:
    for site in ("harbour", "estuaire"):
        save("in", site)
    for jobs in ("1", "3"):
        assert invoke("in", "-o", f"out{jobs}", "--learn", "-j", jobs, "-q").exit_code == 0
        assert invoke("learn", "in", "-o", f"rules{jobs}", "-j", jobs).exit_code == 0
    assert tree(Path("out1")) == tree(Path("out3"))
    assert tree(Path("rules1")) == tree(Path("rules3"))


def test_second_run_converts_anew_only_when_the_template_has_changed() -> None:
    save("in", "harbour")
    assert "4 converted" in invoke("in", "-o", "out", "--learn").stderr
    assert "4 up to date" in invoke("in", "-o", "out", "--learn").stderr
    save("in", "harbour", articles=6)
    assert "6 converted" in invoke("in", "-o", "out", "--learn").stderr
    assert "6 converted" in invoke("in", "-o", "out").stderr


def test_page_of_nothing_but_template_is_not_emptied() -> None:
    pages = save("in", "harbour")
    shared = set(pages[1].flat.split("\n\n")) & set(pages[2].flat.split("\n\n"))
    pitches = [line for line in pages[0].flat.split("\n\n") if line in shared and line.endswith(".") and len(line) > 80]
    body = "".join(f"<div class='newsletter-pitch'><p>{pitch}</p></div>" for pitch in pitches)
    address = "https://www.harbour.example/letter"
    head = f'<title>Our letter</title><link rel="canonical" href="{address}">'
    Path("in", "letter.html").write_text(f"<html><head>{head}</head><body><h1>Our letter</h1>{body}</body></html>")
    assert invoke("in", "-t", "text", "-o", "out", "--learn").exit_code == 0
    assert texts("out")["letter"][0].strip() in "\n\n".join(pitches)


def test_learn_is_no_option_for_one_page_or_another_engine() -> None:
    save("in", "harbour", articles=1)
    assert invoke("in/harbour-0.html", "--learn").exit_code == 2
    assert invoke("in", "--learn", "--engine", "readability").exit_code == 2


def test_user_s_rule_comes_before_what_is_learned() -> None:
    pages = save("in", "harbour")
    Path("rules").mkdir()
    Path("rules/harbour.example.toml").write_text("body = '.story-body'", "utf-8")
    invoke("in", "-t", "text", "-o", "out", "--learn", "--rules", "rules")
    assert "Every Friday" in "".join(texts("out")["harbour-0"])
    assert pages[0].text.split("\n")[0] in texts("out")["harbour-0"][0]


@pytest.mark.parametrize("kind", ["html", "flat"])
def test_templated_sites_come_out_right(kind: str) -> None:
    assert len({page.language for page in SITES.values()}) >= 5
    for site in ("laguna", "ledger"):
        cases = [Case(page.name, Record(getattr(page, kind)), {"text": page.text}) for page in make_site(site, 8)]
        _, changes = learn_and_compare(site, cases, doubt=0.0)
        assert sum(change.before for change in changes) < 0.9 * len(changes)  # there is something to learn
        assert min(change.after for change in changes) > 0.95
        assert sum(change.after for change in changes) >= 0.98 * len(changes)


def candidate(text: str, score: float = 0.9, *, stays: bool = False) -> Candidate:
    return Candidate(text, hash_text(text), score, True, stays, is_link=False)


def evidence(number: int, *shared: Candidate, box: bool = False) -> PageEvidence:
    """Return a page with words of its own around what it shares."""
    own = [candidate(OWN.format("one two three four five six".split()[number]) + str(at)) for at in range(2)]
    own = [replace(one, text=f"{chr(65 + at)} {one.text}") for at, one in enumerate(own)]
    own = [replace(one, key=hash_text(one.text)) for one in own]
    boxes = {".box": Box(sum(one.size for one in shared), tuple(range(1, 1 + len(shared))))} if box else {}
    return PageEvidence("a.example", True, True, (own[0], *shared, own[1]), frozenset(), boxes)


def test_what_the_scorer_is_sure_of_stays_where_only_siblings_have_it() -> None:
    text = candidate("This function returns nothing where the list is empty, and never raises an error of its own.")
    pages = [evidence(0, text), evidence(1, text), evidence(2), evidence(3), evidence(4)]
    assert learn_rule("a.example", pages) is None
    unsure = replace(text, score=0.6)
    rule = learn_rule("a.example", [evidence(0, unsure), evidence(1, unsure), *pages[2:]])
    assert rule is not None
    assert rule.drop_text == (text.text,)


def test_what_the_scorer_is_sure_of_goes_where_most_pages_have_it() -> None:
    text = candidate("The views in this article are those of the people who speak in it, and of nobody else at all.")
    rule = learn_rule("a.example", [evidence(number, text) for number in range(4)])
    assert rule is not None
    assert rule.notes == ((text.text, "on 4 of 4 pages of this site"),)


def test_last_paragraphs_that_two_versions_of_a_story_share_stay() -> None:
    text = candidate("The inquiry goes on, and the harbour office will hear the last of its forty witnesses in May.")
    ending = [replace(page, candidates=(*page.candidates, text)) for page in (evidence(0), evidence(1))]
    assert learn_rule("a.example", [*ending, evidence(2), evidence(3), evidence(4), evidence(5)]) is None


def test_repeated_heading_stays() -> None:
    heading = candidate("What happens next", 0.5, stays=True)
    assert learn_rule("a.example", [evidence(number, heading) for number in range(4)]) is None


def test_box_goes_as_a_whole_but_not_one_with_text_of_its_own() -> None:
    pitch = candidate("Subscribe today and read the coast for nothing in the whole of the first month of it.", 0.5)
    rule = learn_rule("a.example", [evidence(number, pitch, box=True) for number in range(4)])
    assert rule is not None
    assert (rule.drop, rule.drop_text) == ((".box",), ())
    own = [candidate(OWN.format(f"{word} more")) for word in "seven eight nine ten".split()]
    rule = learn_rule("a.example", [evidence(number, pitch, one, box=True) for number, one in enumerate(own)])
    assert rule is not None
    assert (rule.drop, rule.drop_text) == ((), (pitch.text,))


def test_pages_that_share_most_of_their_article_are_one() -> None:
    text = candidate(OWN.format("x") * 5)
    assert distinct_articles([evidence(0, text), evidence(1), evidence(2, text)]) == [0, 1, 0]
