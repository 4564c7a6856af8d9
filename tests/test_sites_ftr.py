"""Files in the ftr-site-config format: every directive, lookup by file name, and faults that cost only themselves."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

import newsclean
from newsclean.errors import NoArticleError
from newsclean.page.tree import parse_tree
from newsclean.sites import apply_rule, find_rules, load, rewrite
from newsclean.sites._folders import RuleFile
from newsclean.sites._ftr import KNOWN, FtrRule, parse_ftr
from tests.pages import NAVIGATION, SENTENCES

FOLDER = str(Path(__file__).parent.parent / "fixtures" / "ftr")
HEAD = '<meta property="og:title" content="From the head"><meta property="article:section" content="{section}">'


def page(body: str, *, head: str = "") -> str:
    return f"<html><head><title>Tide</title>{head}</head><body><ul>{NAVIGATION}</ul>{body}</body></html>"


TIDE = page(
    f"""<h1 class="head">Seal in the Wend</h1><p class="who">Words: Ada Quill</p><p class="when">4 March 2025</p>
<div id="text"><p>On Sunday a seal came up the Wend. <span class="share-bar">Share this</span>It stayed.</p>
<p class="note">(Stripped note) <b>Kept in bold, since only the text before it goes.</b></p>
<p>{SENTENCES[0]}</p><div class="pitch">Buy our calendar with twelve seals in it.</div>
<div class="promo-but-ours"><p>{SENTENCES[1]}</p></div><div class="promo-box"><p>{SENTENCES[2]}</p></div>
<div class="shared-history"><p>{SENTENCES[3]}</p></div>
<p>Before the break.<br><br>After the break.</p>
<img src="/pixel.gif"><img src="/blank.png" data-real="/seal.jpg" alt="The seal">
<div class="everywhere-promo">Promoted on every site.</div>
<div id="comments-list"><p>First! What a fine and very long comment on the seal by somebody.</p></div></div>
<div class="second-part"><p>The second part stands in a box of its own and belongs to the story.</p></div>
<a class="next" href="/seal?page=2">Next</a> <a class="whole" href="/seal?all=1">All</a>
<div class="also"><p>Another story about a gull that nobody asked for, set below this one.</p></div>""",
    head=HEAD.format(section="Partner")
    + '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "LD", "description": "LD"}</script>',
)


def convert(source: str, url: str, folder: str = FOLDER) -> newsclean.Article:
    return newsclean.convert(source, url=url, options=newsclean.Options(rules=(folder,)))


@pytest.fixture(scope="module")
def tide() -> newsclean.Article:
    return convert(TIDE, "https://www.tide.example/seal")


def test_body_tries_lines_in_order_and_joins_what_one_line_finds(tide: newsclean.Article) -> None:
    assert tide.rule == "tide.example"
    assert "seal came up the Wend" in tide.text
    assert "The second part stands in a box" in tide.text
    assert "gull" not in tide.text


def test_metadata_comes_from_the_file_and_says_so(tide: newsclean.Article) -> None:
    assert (tide.title, tide.metadata.authors) == ("Seal in the Wend", ("Ada Quill",))
    assert tide.metadata.published == "2025-03-04"
    assert dict(tide.metadata.found_in)["authors"] == "site rule tide.example"


@pytest.mark.parametrize("gone", ["calendar", "Share this", SENTENCES[2], "Stripped note", "Promoted on every"])
def test_strip_directives_take_boxes_parts_of_lines_and_text(tide: newsclean.Article, gone: str) -> None:
    assert gone not in tide.text


@pytest.mark.parametrize("kept", ["It stayed.", "Kept in bold", SENTENCES[1], SENTENCES[3]])
def test_strip_attr_and_skip_id_or_class_save_from_stripping(tide: newsclean.Article, kept: str) -> None:
    assert kept in tide.text


def test_strip_comments_names_what_it_drops(tide: newsclean.Article) -> None:
    verdict = next(verdict for verdict in tide.verdicts if verdict.text.startswith("First!"))
    assert (verdict.kept, verdict.role) == (False, "comments")


def test_images_come_from_the_lazy_attribute_and_pixels_go(tide: newsclean.Article) -> None:
    assert "/seal.jpg" in tide.markdown
    assert "pixel" not in tide.markdown


def test_double_breaks_part_paragraphs(tide: newsclean.Article) -> None:
    assert "Before the break.\n\nAfter the break." in tide.markdown


def test_clues_become_warnings(tide: newsclean.Article) -> None:
    assert any("native advertisement" in warning for warning in tide.warnings)
    assert not any("login" in warning for warning in tide.warnings)
    login = convert(TIDE.replace("</body>", "<form id=login></form></body>"), "https://tide.example/seal")
    assert any("without login" in warning for warning in login.warnings)


def test_skip_json_ld_keeps_structured_data_out_of_the_metadata(tide: newsclean.Article) -> None:
    assert not any("JSON-LD" in where for _, where in tide.metadata.found_in)


def test_links_to_other_pages_are_read(tide: newsclean.Article) -> None:
    rule = load(RuleFile(FOLDER, "tide.example.txt"))[0]
    application = apply_rule(rule, parse_tree(TIDE))
    assert (application.next_page, application.single_page) == ("/seal?page=2", "/seal?all=1")
    assert tide.rule


def test_global_file_joins_the_host_s_and_comes_after_it() -> None:
    source = TIDE.replace('class="head"', "")
    assert convert(source, "https://tide.example/seal").title == "From the head"


def test_global_file_alone_corrects_what_the_voters_choose() -> None:
    article = convert(TIDE, "https://elsewhere.example/seal")
    assert article.rule == "global"
    assert "Promoted on every" not in article.text
    assert article.engine != "site rule"


def test_wildcard_file_serves_hosts_below_and_not_the_host_itself() -> None:
    log = page(f'<section class="log"><p>{" ".join(SENTENCES)}</p></section><div><p>{SENTENCES[0]}</p></div>')
    assert convert(log, "https://deep.log.tide.example/1").rule == ".tide.example"
    assert convert(log, "https://tide.example/1").rule != ".tide.example"


def test_without_autodetection_a_page_without_body_has_no_article() -> None:
    with pytest.raises(NoArticleError):
        convert(page(f"<article><p>{' '.join(SENTENCES)}</p></article>"), "https://log.tide.example/1")


def test_reshaping_directives() -> None:
    source = page(
        f"""<div class="story">What the keeper said<p>{SENTENCES[0]}</p>
        <fakep>{SENTENCES[1]}</fakep><h2 class="x:y">Lower down</h3><div class="said">I saw it.</div>
        <p>{SENTENCES[2]}</p><ul class="fake"><li>{SENTENCES[3]}</li></ul>
        <div class="only-sometimes">Not stripped, since the page lacks what the condition asks for.</div></div>
        <div class="tail-part"><p>{SENTENCES[4]}</p></div>"""
    )
    article = convert(source, "https://reshaped.example/1")
    assert article.rule == "reshaped.example"
    text = article.markdown
    assert "## What the keeper said" in text
    assert "### Lower down" in text
    assert "> I saw it." in text
    assert f"\n{SENTENCES[1]}\n" in text
    assert f"\n{SENTENCES[3]}\n" in text
    assert "Not stripped" in text
    assert text.rstrip().endswith(SENTENCES[4])


def test_faults_are_told_with_their_line_and_cost_only_themselves() -> None:
    rule = load(RuleFile(FOLDER, "faulty.example.txt"))[0]
    told = {warning.split(":")[0] for warning in rule.warnings}
    assert {"line 1", "line 2", "line 4", "line 6", "line 8", "line 9"} <= told
    assert any("do not pair" in warning for warning in rule.warnings)
    article = convert(page(f'<div class="story"><p>{" ".join(SENTENCES)}</p></div>'), "https://faulty.example/")
    assert article.rule == "faulty.example"
    assert any("line 5" in warning for warning in article.warnings)


def test_fixtures_use_every_directive_of_the_format() -> None:
    used = set()
    for path in Path(FOLDER).glob("*.txt"):
        used |= {line.split(":")[0].split("(")[0].strip() for line in path.read_text("utf-8").splitlines()}
    used |= {
        line.split(":")[0] for path in Path(FOLDER).glob(".*.txt") for line in path.read_text("utf-8").splitlines()
    }
    assert used >= KNOWN


def test_argument_may_hold_brackets_and_colons() -> None:
    rule = parse_ftr("replace_string(a: b (c)): d\nwrap_in(h2)://b\nreplace_string(x):", "example.com")
    assert [(one.argument, one.value) for one in rule.directives] == [("a: b (c)", "d"), ("h2", "//b"), ("x", "")]
    assert not rule.warnings


def test_condition_binds_the_directive_before_it() -> None:
    rule = parse_ftr("strip: //a\nstrip: //b\nif_page_contains: //c", "example.com")
    assert [one.condition for one in rule.directives] == [None, "//c"]


def test_explicit_prune_drops_what_is_surely_no_article() -> None:
    body = f'<div class="b"><p>{" ".join(SENTENCES)}</p><nav><ul>{NAVIGATION}</ul></nav></div>'
    root = parse_tree(page(body))
    assert apply_rule(parse_ftr("body: //div\nprune: yes", "a.example"), root).prunes
    assert not apply_rule(parse_ftr("body: //div", "a.example"), root).prunes


def test_expression_may_ask_for_an_element_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "by-id.example.txt").write_text("body: id('story')/p\n")
    source = page(f"<div><p>{SENTENCES[0]}</p></div><div id=story><p>{' '.join(SENTENCES[1:])}</p></div>")
    article = convert(source, "https://by-id.example/1", str(tmp_path))
    assert article.engine == "site rule"
    assert SENTENCES[0] not in article.text


def test_replacement_bombs_are_passed_over() -> None:
    rule = parse_ftr(f"replace_string(a): {'a' * 3_000}\n" * 5, "example.com")
    assert len(rewrite(rule, "a" * 10_000)) < 1_100_000


@pytest.mark.torture
@pytest.mark.parametrize(
    "expression", ["//*[contains(., 'x')][1]", "//div//div//div//p", "string(//p)", "count(//p)", "1"]
)
def test_odd_xpath_on_deep_pages_ends(expression: str) -> None:
    deep = "<div>" * 3_000 + "<p>end</p>" + "</div>" * 3_000
    rule = parse_ftr(
        f"body: {expression}\nstrip: {expression}\ntitle: {expression}\ndissolve: {expression}", "a.example"
    )
    assert apply_rule(rule, parse_tree(page(deep))) is not None


def test_two_thousand_files_cost_a_start_under_50_milliseconds(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"site{number}.example.txt").write_text("body: //article\nstrip_id_or_class: promo\n")
    fastest = min(_seconds(f"site{number}.example", tmp_path) for number in range(3))
    assert fastest < 0.05


def _seconds(host: str, folder: Path) -> float:
    from newsclean.sites import _folders

    _folders._list.cache_clear()
    start = process_time()
    rules, _ = find_rules((host,), (str(folder),), lambda: None)
    assert [rule.name for rule in rules] == [host]
    assert isinstance(rules[0], FtrRule)
    return process_time() - start
