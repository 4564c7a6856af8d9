"""A tree is what a browser shows: media of custom elements, no text for browsers of old, addresses in plain text."""

from __future__ import annotations

import html
import time

import pytest

from newsclean.page.tree import parse_tree
from newsclean.page.tree.custom import MAX_NAMES
from newsclean.page.tree.emails import revealed
from newsclean.page.tree.frames import MAX_FRAMES
from newsclean.page.tree.recordings import MAX_FALLBACK


def shown(markup: str, tag: str) -> list[dict[str, str]]:
    """Return the attributes of the elements of a tag in the tree of a body."""
    return [{str(k): str(v) for k, v in element.items()} for element in parse_tree(f"<body>{markup}").iter(tag)]


def text(markup: str) -> str:
    return "".join(str(part) for part in parse_tree(f"<body>{markup}").itertext())


def test_custom_picture_keeps_its_element_and_leaves_the_attributes_that_cannot_be_set() -> None:
    root = parse_tree('<body><amp-img id=a src="/a\x01.jpg" alt=A [src]="b" @load=c layout=fill></amp-img>')
    custom = next(root.iter("amp-img"))
    assert custom.get("id") == "a"
    assert dict(custom[0].items()) == {"src": "/a.jpg", "alt": "A", "layout": "fill"}


@pytest.mark.parametrize(
    "inner",
    ['<img src="/a.jpg?w=9">', '<noscript><img src="/a.jpg"></noscript>', '<i-sizer></i-sizer><img src="/b.jpg">'],
)
def test_custom_picture_that_holds_its_picture_gets_no_second_one(inner: str) -> None:
    assert len(shown(f'<lazy-image src="/a.jpg">{inner}</lazy-image>', "img")) == 1


def test_custom_element_without_the_address_of_a_picture_is_none() -> None:
    assert not shown('<app-img class="x">Text</app-img>', "img")


def test_ratio_of_a_responsive_picture_is_not_taken_for_pixels() -> None:
    (picture,) = shown('<amp-img src="/a.jpg" width=1 height=0.6 layout=responsive></amp-img>', "img")
    assert "width" not in picture
    assert "height" not in picture


@pytest.mark.parametrize(
    ("markup", "source"),
    [
        ("<lite-youtube videoid=abc123XYZ_0>", "https://www.youtube.com/embed/abc123XYZ_0"),
        ("<youtube-video data-video-id=abc123XYZ_0>", ""),
        ("<app-youtube data-video-id=abc123XYZ_0>", "https://www.youtube.com/embed/abc123XYZ_0"),
        ("<amp-dailymotion data-videoid=x2m8jpp>", "https://www.dailymotion.com/embed/video/x2m8jpp"),
        ("<amp-twitter data-tweetid=https://x.com/ferry/status/88563433>", "https://x.com/ferry/status/88563433"),
        ("<lite-youtube videoid='\"><script>'>", ""),
        ("<lite-youtube>", ""),
        ("<amp-youtube data-videoid=abc123XYZ_0 placeholder>", ""),
    ],
)
def test_player_of_a_custom_element_becomes_a_frame(markup: str, source: str) -> None:
    assert [frame["src"] for frame in shown(markup, "iframe")] == [source] * bool(source)


def test_long_text_in_a_player_stays() -> None:
    root = parse_tree(
        f"<body><lite-youtube videoid=abc123XYZ_0><p>{'Every word of the talk. ' * 30}</p></lite-youtube>"
    )
    assert [element.tag for element in next(root.iter("lite-youtube"))] == ["iframe", "p"]


def test_only_some_names_of_custom_elements_are_looked_at() -> None:
    markup = "".join(f"<a{'b' * n}-img src=/{n}.jpg></a{'b' * n}-img>" for n in range(15))
    many = "".join(f"<{a}{b}-img src=/a.jpg></{a}{b}-img>" for a in "abcdefgh" for b in "abcdefgh" * 2)
    assert len(shown(markup, "img")) == 15
    assert len(shown(many, "img")) == 2 * MAX_NAMES


@pytest.mark.parametrize(("size", "stays"), [(MAX_FALLBACK, False), (MAX_FALLBACK + 1, True)])
def test_text_in_a_recording_stays_when_it_is_more_than_a_word_for_old_browsers(size: int, *, stays: bool) -> None:
    assert ("a" * size in text(f"<video src=/a.mp4><p>{'a' * size}</p></video>")) is stays


@pytest.mark.parametrize("markup", ["<VIDEO>No.</VIDEO>", "<Audio>No.", "<audio\nsrc=/a>No.", "<my-video src=/a>No."])
def test_recording_is_known_however_it_is_written(markup: str) -> None:
    assert not text(markup)


def test_text_after_a_recording_stays() -> None:
    assert text("<p>Before <audio src=/a.mp3>No <b>audio</b> here.</audio> after.</p>") == "Before  after."


def hidden(code: str) -> str:
    return f'<a href="/cdn-cgi/l/email-protection"><span data-cfemail="{code}">[email protected]</span></a>'


def test_hidden_address_keeps_the_text_behind_it() -> None:
    root = parse_tree('<body><p>To <a href="/cdn-cgi/l/email-protection" data-cfemail="4c2d0c2e">[email]</a>, now.')
    assert "".join(map(str, root.itertext())) == "To a@b, now."
    assert next(root.iter("a")).get("href") == "mailto:a@b"


@pytest.mark.parametrize("code", ["", "4c", "4c2", "4c2g", "00" * 2_000, "00ff", "000a41", "4c 2d0c2e"])
def test_hidden_address_that_cannot_be_read_stays(code: str) -> None:
    assert revealed(code) is None
    assert text(hidden(code)) == "[email protected]"


def test_hidden_text_that_is_no_address_stays() -> None:
    assert text(hidden("4c2d2e")) == "[email protected]"
    assert text(hidden("4c2d0c2e")) == "a@b"


@pytest.mark.parametrize(
    "unit",
    [
        "<amp-img src=data:,>",
        "<amp-img src=/a><img src=data:,>",
        "<video>",
        "<video> <b></b>",
        "<lite-youtube videoid=abc123XYZ_0>",
        "<lite-youtube videoid=abc123XYZ_0> <i></i>",
        "<a data-cfemail=4c2d0c2e>",
        "<x-tweet data-tweetid=123456789> ",
    ],
)
def test_elements_without_end_take_linear_time(unit: str) -> None:
    start = time.process_time()
    parse_tree(unit * 900 + "<b></b>" * 50_000)
    parse_tree(unit * 20_000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("attribute", ["a{}=1", "a{}", "data-{}='x y'", 'b{}="<i"'])
def test_element_with_endless_attributes_takes_bounded_time(attribute: str) -> None:
    attributes = " ".join(attribute.format(number) for number in range(200_000))
    start = time.process_time()
    root = parse_tree(f"<body><p id=first {attributes}>Short</p><p>After</p>")
    assert time.process_time() - start < 5
    assert [(element.get("id"), element.text) for element in root.iter("p")] == [("first", "Short"), (None, "After")]


def test_long_picture_and_long_script_stay_whole() -> None:
    data = "data:image/png;base64," + "iVBORw0K" * 9_000
    code = "if (i <n) " + "a = b; " * 20_000
    root = parse_tree(f'<body><img alt="A" src="{data}" class="big"><script>{code}</script>')
    assert dict(next(root.iter("img")).items()) == {"alt": "A", "src": data, "class": "big"}
    assert next(root.iter("script")).text == code


# --- pages in frames ------------------------------------------------------------------------------------------------


def _framed(page: str) -> str:
    return f'<body><iframe srcdoc="{html.escape(page, quote=True)}"></iframe></body>'


def test_a_frame_of_few_words_stays_a_frame() -> None:
    root = parse_tree(_framed("<p>Buy rope.</p>"))
    assert root.find(".//iframe") is not None


def test_a_frame_that_nests_without_end_stays_a_frame() -> None:
    root = parse_tree(_framed("<b><div>" * 600 + "rope " * 100))
    assert root.find(".//iframe") is not None


def test_no_more_frames_than_a_few_are_opened() -> None:
    root = parse_tree("<body>" + _framed(f"<p>{'rope ' * 100}</p>") * 50 + "</body>")
    assert len(root.findall(".//iframe")) == 50 - MAX_FRAMES


def test_a_frame_brings_no_script_along() -> None:
    root = parse_tree(_framed(f"<script>alert(1)</script><p>{'rope ' * 100}</p><iframe src='/x'></iframe>"))
    assert "".join(map(str, root.itertext())).strip().startswith("rope")
