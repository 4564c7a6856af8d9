"""Where a page was saved from, by the marks of saving tools."""

from __future__ import annotations

import time

import pytest

from newsclean.page.provenance import Provenance, read_provenance

URL = "https://example.org/news/bridge?id=1&b=2"


def test_reads_mark_of_the_web() -> None:
    page = f"<!DOCTYPE html>\n<!-- saved from url=(0040){URL} -->\n<html><p>x"
    assert read_provenance(page) == Provenance(URL, None, "browser")


def test_reads_singlefile_comment_with_date() -> None:
    page = (
        f"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: {URL} \n"
        " saved date: Fri Jul 04 2025 10:20:30 GMT+0200 (Central European Summer Time)\n--><p>x"
    )
    assert read_provenance(page) == Provenance(URL, "2025-07-04T10:20:30+02:00", "SingleFile")


def test_reads_singlefile_comment_without_usable_date() -> None:
    page = f"<html><!--\n Page saved with SingleFile \n url: {URL} \n saved date: vendredi\n-->"
    assert read_provenance(page) == Provenance(URL, None, "SingleFile")


def test_reads_httrack_comment_without_scheme() -> None:
    tool = "HTTrack Website Copier/3.x [XR&CO'2014]"
    page = f"<html><!-- Mirrored from example.org/a.html by {tool}, Fri, 04 Jul 2025 08:20:30 GMT -->"
    assert read_provenance(page) == Provenance("http://example.org/a.html", "2025-07-04T08:20:30+00:00", "HTTrack")


def test_unwraps_wayback_address() -> None:
    page = "<html><!-- saved from url=(0070)https://web.archive.org/web/20130307194348/http://example.org/a -->"
    assert read_provenance(page) == Provenance("http://example.org/a", "2013-03-07T19:43:48+00:00", "browser")


@pytest.mark.parametrize(
    "head",
    [
        '<script>__wm.wombat("http://example.org/a","20130307194348","https://web.archive.org/","web");</script>',
        '<link rel="canonical" href="https://web.archive.org/web/20130307194348/http://example.org/a"/>',
        '<meta property="og:url" content="//web.archive.org/web/20130307194348im_/http://example.org/a"/>',
    ],
)
def test_reads_wayback_rewriting(head: str) -> None:
    found = read_provenance(f"<html><head>{head}</head><p>x")
    assert found == Provenance("http://example.org/a", "2013-03-07T19:43:48+00:00", "Wayback Machine")


def test_reads_wayback_note_at_the_end() -> None:
    page = (
        "<html>"
        + "x" * 200_000
        + "<!--\n FILE ARCHIVED ON 19:43:48 Mar 07, 2013 AND RETRIEVED FROM THE\n INTERNET ARCHIVE -->"
    )
    assert read_provenance(page) == Provenance(None, "2013-03-07T19:43:48+00:00", "Wayback Machine")


def test_link_to_the_archive_in_the_text_is_no_provenance() -> None:
    page = '<html><p><a href="https://web.archive.org/web/20130307194348/http://example.org/a">archived</a>'
    assert read_provenance(page) == Provenance()


def test_reads_save_page_we_after_large_styles() -> None:
    page = (
        f'<html><head><style>{"a{}" * 100_000}</style><meta name="savepage-url" content="{URL.replace("&", "&amp;")}">'
        '<meta name="savepage-date" content="Fri Jul 04 2025 10:20:30 GMT-0500 (EST)"></head>'
    )
    assert read_provenance(page) == Provenance(URL, "2025-07-04T10:20:30-05:00", "Save Page WE")


def test_reads_monolith_and_webscrapbook() -> None:
    monolith = f"<!-- Saved from {URL} at 2025-07-04T08:20:30Z using monolith v2.8.1 --><html>"
    scrapbook = '<html data-scrapbook-source="https://example.org/" data-scrapbook-create="20250704082030123">'
    assert read_provenance(monolith) == Provenance(URL, "2025-07-04T08:20:30+00:00", "monolith")
    assert read_provenance(scrapbook) == Provenance("https://example.org/", "2025-07-04T08:20:30+00:00", "WebScrapBook")


def test_reads_first_lines_of_plain_text_only() -> None:
    prose = "\n\nThe council met on Tuesday."
    assert read_provenance(f"URL: {URL}\nSaved: 2025-07-04{prose}") == Provenance(URL, "2025-07-04", "text")
    assert read_provenance(f"Bridge\nSource: <{URL}>{prose}").url == URL
    assert read_provenance(f"<html><body>\nURL: {URL}\n<p>x") == Provenance()
    assert read_provenance("line\n" * 30 + f"URL: {URL}") == Provenance()
    assert read_provenance(f"The URL: {URL} was wrong.") == Provenance()


@pytest.mark.parametrize(
    "text",
    ["", "x", "<!-- saved from url=(0014)about:internet -->", "<!-- saved from url=(0022)javascript:alert(1) -->"],
)
def test_nothing_usable_gives_nothing(text: str) -> None:
    assert read_provenance(text) == Provenance()


def test_impossible_date_is_dropped() -> None:
    page = "<link rel=canonical href=https://web.archive.org/web/20139907194348/http://example.org/a>"
    assert read_provenance(page) == Provenance("http://example.org/a", None, "Wayback Machine")


@pytest.mark.parametrize(
    "unit",
    ["<!-- saved from url=(0001)", "<!--", "<link ", "<meta name=savepage-url ", "<html a", "URL: ", " ", "https://"],
)
def test_twenty_megabytes_take_bounded_time(unit: str) -> None:
    text = unit * (20_000_000 // len(unit))
    start = time.process_time()
    read_provenance(text)
    assert time.process_time() - start < 5
