"""Frames, objects and recordings → the link that stands for what they play or show, no ads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.document import Embed
from newsclean.markup.pictures import is_decoration
from newsclean.patterns import later

if TYPE_CHECKING:
    from lxml import etree

    from newsclean.markup.links import Links

    Element = etree._Element

MAX_SOURCES = 12
"""Alternative files of one recording that are looked at."""

_RECORDING_RE = later(r"\.(?:mp[34]|m4[av]|og[gav]|webm|wav|flac|aac|mov|m3u8)(?:$|[?#])", re.I)  # "/talk.mp3"


@dataclass(frozen=True, slots=True)
class Player:
    """A site whose frames are worth a link: how its addresses look, and the address a reader would open."""

    name: str
    pattern: re.Pattern[str]
    page: str = r"\g<0>"


def _player(name: str, pattern: str, page: str = r"\g<0>") -> Player:
    return Player(name, later(r"(?:https?:)?//(?:[\w-]{1,60}\.){0,4}?" + pattern, re.I), page)


PLAYERS = (
    _player(
        "YouTube video",
        r"youtube(?:-nocookie)?\.com/(?:embed|v|shorts|live)/(?!videoseries)([\w-]{6,20}).*",
        r"https://www.youtube.com/watch?v=\1",
    ),
    _player(
        "YouTube playlist",
        r"youtube(?:-nocookie)?\.com/embed/videoseries\?.*?list=([\w-]+).*",
        r"https://www.youtube.com/playlist?list=\1",
    ),
    _player("YouTube video", r"youtu\.be/([\w-]{6,20}).*", r"https://www.youtube.com/watch?v=\1"),
    _player("Vimeo video", r"player\.vimeo\.com/video/(\d+).*", r"https://vimeo.com/\1"),
    _player("Dailymotion video", r"dailymotion\.com/embed/video/(\w+).*", r"https://www.dailymotion.com/video/\1"),
    _player("Spotify player", r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+).*", r"https://open.spotify.com/\1"),
    _player(
        "Instagram post",
        r"instagram\.com/(p|reel|tv)/([\w-]+)/embed.*",
        r"https://www.instagram.com/\1/\2/",
    ),
    _player("TikTok video", r"tiktok\.com/embed/(?:v2/)?(\d+).*", r"https://www.tiktok.com/embed/v2/\1"),
    _player("Post", r"platform\.(?:twitter|x)\.com/embed/.*?[?&]id=(\d+).*", r"https://x.com/i/status/\1"),
    _player("Post", r"(?:twitter|x)\.com/(\w{1,20})/status/(\d+).*", r"https://x.com/\1/status/\2"),
    Player(
        "Mastodon post",
        later(r"(?:https?:)?//([\w.-]{3,80})/@([\w.@-]{1,80})/(\d{1,24})/embed.*", re.I),
        r"https://\1/@\2/\3",
    ),
    _player("Podcast", r"embed\.podcasts\.apple\.com/(.*)", r"https://podcasts.apple.com/\1"),
    _player("TED talk", r"embed\.ted\.com/talks/(.*)", r"https://www.ted.com/talks/\1"),
    *(
        _player(name, pattern + ".*")
        for name, pattern in (
            ("SoundCloud player", r"soundcloud\.com/player"),
            ("Bandcamp player", r"bandcamp\.com/EmbeddedPlayer"),
            ("Twitch video", r"(?:player|clips)\.twitch\.tv/"),
            ("Facebook post", r"facebook\.com/plugins/(?:video|post)"),
            ("Facebook post", r"facebook\.com/(?:watch|reel)/"),
            ("Map", r"google\.\w{2,3}(?:\.\w{2})?/maps"),
            ("Map", r"openstreetmap\.org/export"),
            ("Chart", r"(?:datawrapper\.dwcdn\.net|flo\.uri\.sh|public\.flourish\.studio|infogram\.com)/"),
            ("Document", r"(?:documentcloud\.org|scribd\.com/embeds|slideshare\.net|issuu\.com)/"),
            ("Code", r"(?:codepen\.io|jsfiddle\.net|codesandbox\.io|gist\.github\.com)/"),
            ("Podcast", r"(?:acast\.com|buzzsprout\.com|podbean\.com|libsyn\.com|megaphone\.fm|simplecast\.com)/"),
            ("Podcast", r"(?:anchor\.fm|omny\.fm|audioboom\.com|art19\.com|transistor\.fm|podigee\.io)/"),
            ("Video", r"(?:wistia\.net|wistia\.com|jwplatform\.com|brightcove\.net|jwplayer\.com|ooyala\.com)/"),
            ("Video", r"(?:archive\.org/embed|rumble\.com/embed|odysee\.com|streamable\.com|loom\.com/embed)"),
            ("Animation", r"(?:giphy\.com/embed|tenor\.com/embed|gfycat\.com/ifr)"),
            ("Poll", r"(?:strawpoll\.|poll\.fm|apester\.com)"),
        )
    ),
)
_AD_RE = later(
    r"doubleclick|googlesyndication|googleads|adservice|/ads?[/?.]|adsystem|taboola|outbrain|googletagmanager"
    r"|facebook\.com/plugins/(?:like|page|follow|share)|recaptcha|disqus|newsletter|subscribe|mailchimp|comments",
    re.I,
)  # "https://ad.doubleclick.net/ddm/adi"


def embed(element: Element, links: Links, number: int) -> Embed | None:
    """Return the link that stands for an iframe, object or embed element, or None for ads and what is not known."""
    for candidate in _frame_sources(element):
        address = links.absolute(candidate)
        if address is None or is_decoration(element):
            continue
        title = " ".join((element.get("title") or _instead(element)).split())
        for player in PLAYERS:
            match = player.pattern.match(address)
            if match:
                return Embed(_with_scheme(match.expand(player.page)), title or player.name, (number, number))
        if title and element.tag == "iframe" and element.get("allowfullscreen") is not None and "//" in address:
            return None if _AD_RE.search(address) else Embed(_with_scheme(address), title, (number, number))
    return None


MAX_INSTEAD = 2_000
"""Characters of what a frame says to those who see none: the parser leaves it a text."""
_LINK_TEXT_RE = later(r"<a\b[^>]{0,500}>([^<>]{3,200})</a>", re.I)  # '<a href="…">A post</a>'


def _instead(element: Element) -> str:
    """Return what a link in a frame says to those who see no frames."""
    found = _LINK_TEXT_RE.search((element.text or "")[:MAX_INSTEAD]) if element.tag == "iframe" else None
    return unescape(found[1]) if found else ""


def _frame_sources(element: Element) -> list[str]:
    names = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data")
    found = [element.get(name) for name in names]
    if element.tag == "object":
        found += [child.get("value") for child in element.iterchildren("param") if child.get("name") == "movie"]
        found += [child.get("src") for child in element.iterchildren("embed")]
    return [value for value in found if value]


def _with_scheme(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address


def recording(element: Element, links: Links, number: int) -> Embed | None:
    """Return the link that stands for a video or audio element, or None where its file has no address."""
    candidates = [element.get("src"), element.get("data-src")]
    candidates += [source.get("src") for source in islice(element.iter("source"), MAX_SOURCES)]
    candidates += [link.get("href") for link in islice(element.iter("a"), MAX_SOURCES) if _is_recording(link)]
    for candidate in candidates:
        address = links.absolute(candidate) if candidate else None
        if address:
            title = element.get("title") or element.get("aria-label") or ""
            name = "Audio" if element.tag == "audio" else "Video"
            return Embed(address, " ".join(title.split()) or name, (number, number))
    return None


def _is_recording(link: Element) -> bool:
    """Return whether a link in a player leads to its file rather than to a better browser."""
    return bool(_RECORDING_RE.search(link.get("href") or ""))
