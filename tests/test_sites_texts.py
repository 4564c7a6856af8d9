"""Rules that drop texts, whatever element they stand in, on HTML and on flattened pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.model import Options, Record
from newsclean.pipeline import examine
from newsclean.rules.book import check_page
from newsclean.sites import RuleFile, SiteRule, load
from newsclean.sites._toml import as_toml
from tests.pages import SENTENCES, article_page

if TYPE_CHECKING:
    from pathlib import Path

LETTER = "Get the letter of the Harbour Gazette every Friday, with all the news from the pier, for nothing at all"


def test_text_to_drop_is_found_whatever_its_case_spaces_and_numbers() -> None:
    article = article_page("<p>Join  12,000\nreaders of the Gazette</p><p>See also: Gull steals wig</p><p>2019</p>")
    rule = SiteRule(("a.example",), drop_text=("join 9,400 readers of the gazette", "see also: *", "2020"))
    verdicts = examine(Record(article), Options(), rule).verdicts
    ruled = {verdict.text for verdict in verdicts if verdict.voter == "site rule"}
    assert ruled == {"Join 12,000 readers of the Gazette", "See also: Gull steals wig"}


def test_item_that_a_rule_drops_is_not_put_back_to_make_its_list_whole() -> None:
    items = [f"Bring {what}, since the huts on the quay have none to lend" for what in ("oars", "a rope", "gloves")]
    item = "Get the letter of the Harbour Gazette, which costs nothing"
    page = article_page(f"<ul>{''.join(f'<li>{one}</li>' for one in (*items, item))}</ul>")
    article = examine(Record(page), Options(), SiteRule(("a.example",), drop_text=(item,)))
    assert items[0] in article.text
    assert item not in article.text


def test_flattened_page_loses_the_texts_of_the_rule_for_its_address(tmp_path: Path) -> None:
    (tmp_path / "a.example.toml").write_text(f'drop = ".x"\ndrop_text = ["{LETTER}"]', "utf-8")
    text = "\n\n".join(["Council rebuilds the ferry pier", *SENTENCES[:3], LETTER, *SENTENCES[3:]])
    record = Record(text, url="https://www.a.example/pier")
    assert LETTER in examine(record, Options()).text
    article = examine(record, Options(rules=(str(tmp_path),)))
    assert (article.rule, LETTER in article.text) == ("a.example", False)
    assert SENTENCES[4] in article.text


def test_flattened_page_keeps_its_article_from_a_rule_that_drops_most_of_it() -> None:
    text = "\n\n".join(["Council rebuilds the ferry pier", *SENTENCES])
    article = examine(Record(text), Options(), SiteRule(("a.example",), drop_text=SENTENCES))
    assert article.rule is None
    assert SENTENCES[0] in article.text


def test_script_data_is_still_read_where_a_rule_only_drops() -> None:
    body = " ".join(SENTENCES)
    data = f'{{"@type": "NewsArticle", "headline": "Pier", "articleBody": "{body}"}}'
    page = f"""<html><head><script type="application/ld+json">{data}</script></head><body>
    <p>Please switch scripts on to read this page of the Harbour Gazette.</p><p>{LETTER}</p></body></html>"""
    plain = examine(Record(page), Options())
    assert SENTENCES[0] in plain.text
    assert examine(Record(page), Options(), SiteRule(("a.example",), drop_text=(LETTER,))).text == plain.text


def test_texts_and_the_reasons_for_them_survive_being_written_as_toml(tmp_path: Path) -> None:
    rule = SiteRule(
        ("a.example",), drop_text=('Say "go" \x7f to C:\\ # now', "Also: *"), notes=(("Also: *", "on 3 pages"),)
    )
    (tmp_path / "a.example.toml").write_text(as_toml(rule), "utf-8")
    assert '"Also: *",  # on 3 pages' in as_toml(rule)
    assert load(RuleFile(str(tmp_path), "a.example.toml"))[0].drop_text == rule.drop_text  # type: ignore[union-attr]


def test_check_tells_how_many_blocks_the_texts_match(tmp_path: Path) -> None:
    (tmp_path / "a.example.toml").write_text(f'drop_text = ["{LETTER}", "Also: *"]', "utf-8")
    options = Options(rules=(str(tmp_path),))
    for source in (article_page(f"<p>{LETTER}</p>"), "\n\n".join(["Council rebuilds the pier", *SENTENCES, LETTER])):
        checked = check_page(Record(source, url="https://a.example/pier"), options)
        assert "  drop_text: 2 texts match 1" in checked.lines
