"""img, picture, video, iframe elements → Image and Embed: the real source of lazy images, no pixels, icons or ads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.document import Embed, Image
from newsclean.markup.saved import DATA_URI_CHARS, is_blurred, is_data_picture, saved_copy
from newsclean.model import Options

if TYPE_CHECKING:
    from lxml import etree

    from newsclean.markup.links import Links

    Element = etree._Element

ICON_PIXELS = 40
"""Largest side, in CSS pixels, of what is an icon or avatar rather than a picture."""

LIKELY_WIDTHS = (200.0, 10_000.0)
"""Pixels between which a srcset's largest width is that of a picture: below it is a blur, above it a mistake."""

LIKELY_DENSITIES = (1.0, 8.0)
"""The same for pixels a CSS pixel; at the lower one a candidate is no larger than src."""

SMALL_WIDTH = 480
"""Pixels below which the picture in src is a thumbnail for browsers of old; articles set theirs from 600 or so."""

MAX_SOURCES = 12
"""Alternative files of one picture or recording that are looked at."""

LAZY_SOURCES = (
    *("data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-orig-file"),
    *("data-full-src", "data-hi-res-src", "data-image", "data-url", "data-img-src", "data-pin-media"),
)
LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")

_ICON_RE = re.compile(
    r"(?:^|[\s_-])(?:avatar|gravatar|icon|favicon|pixel|spacer|emoji|emoticon|smiley|wp-smiley)(?:$|[\s_-])", re.I
)  # "author-avatar"
_EMOJI_RE = re.compile(r"(?:^|[\s_-])(?:emoji|twemoji|emoticon|smiley|wp-smiley)(?:$|[\s_-])", re.I)  # "wp-smiley"
_BEACON_RE = re.compile(
    r"spacer\.(?:gif|png)|blank\.(?:gif|png)|transparent\.(?:gif|png)|pixel\.(?:gif|png)|1x1\.|/pixel[/?.]|/beacon"
    r"|doubleclick\.net|scorecardresearch|quantserve|google-analytics|googletagmanager|facebook\.com/tr\b"
    r"|pixel\.wp\.com|vgwort\.de|/pagead/|feedburner\.com/~r|amazon-adsystem|assoc-amazon",
    re.I,
)  # "https://b.scorecardresearch.com/p?c1=2"
_PLACEHOLDER_RE = re.compile(
    r"(?:placeholder|lazy[-_]?load|loading)[\w-]*\.(?:gif|png|svg|jpg)|/gr[ae]y[\d_x-]*\.(?:gif|png|svg|jpg)", re.I
)  # "lazyload-small.gif", "/grey_16x9.png"
_SIZE_RE = re.compile(r"\s*(\d{1,6})(?:\.\d*)?(?:px)?\s*$")  # "640", "16px"
_STYLE_SIZE_RE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*(\d{1,6})px")  # "width: 1px"
_NAMED_SIZE_RE = re.compile(r"-(\d{2,5})x\d{2,5}\.\w{3,4}(?:$|\?)")  # "photo-300x200.jpg"
_CANDIDATE_RE = re.compile(r"\s*(?:,\s*)?(\S*[^\s,])(?:\s+(\d{1,7}(?:\.\d{1,4})?)([wx])(?:\s+\d+h)?)?\s*(?:,|$)")
_PICTURE_ADDRESS_RE = re.compile(
    r"\s*(?:https?:)?//[^\s,]{3,2000}\.(?:jpe?g|png|webp|avif|gif)(?:\?[^\s,]{0,2000})?\s*$", re.I
)  # "https://example.org/photo.jpg?w=640"
_EXTENSION_RE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|svg)\b", re.I)  # "photo.jpg"
_RECORDING_RE = re.compile(r"\.(?:mp[34]|m4[av]|og[gav]|webm|wav|flac|aac|mov|m3u8)(?:$|[?#])", re.I)  # "/talk.mp3"


def image(element: Element, links: Links, options: Options) -> Image | None:
    """Return the image of an img element, or None for one that shows nothing of the article."""
    if is_decoration(element):
        return None
    source = image_source(element, links)
    if source is not None and _BEACON_RE.search(source):
        return None
    saved = None
    if options.keep_data_uris or options.saved_pictures:
        saved = saved_copy(_sources(element), alone=source is None)
    if saved and options.keep_data_uris and is_data_picture(saved):
        source = saved
    if source is None and saved is None:
        return None
    alt = " ".join((element.get("alt") or "").split())
    title = " ".join((element.get("title") or "").split())
    title_shown = title if title and title != alt else None
    return Image(source or "", alt, title_shown, saved if options.saved_pictures else None)


def is_shown(element: Element, links: Links) -> bool:
    """Return whether an img has a picture of the article to show, be it only the copy that was saved with the page."""
    return image(element, links, Options(saved_pictures=True)) is not None


def is_decoration(element: Element) -> bool:
    """Return whether an img is a tracking pixel, spacer, icon or avatar by its size or class."""
    if _ICON_RE.search(element.get("class") or ""):
        return True
    sizes = [size for size in (_size(element.get("width")), _size(element.get("height"))) if size is not None]
    sizes.extend(int(found) for found in _STYLE_SIZE_RE.findall(element.get("style") or ""))
    if not sizes:
        return False
    return min(sizes) <= 1 or (len(sizes) > 1 and max(sizes) <= ICON_PIXELS)


def emoji_text(element: Element) -> str | None:
    """Return the character that an emoji image stands for."""
    alt = (element.get("alt") or "").strip()
    return alt if alt and len(alt) <= 16 and _EMOJI_RE.search(element.get("class") or "") else None


def inline_data_alt(element: Element) -> str | None:
    """Return the alt text of a picture whose data is in the page itself, which no link can carry."""
    source = element.get("src") or ""
    if not is_data_picture(source) or len(source) < DATA_URI_CHARS or is_decoration(element) or is_blurred(source):
        return None
    return " ".join((element.get("alt") or "").split()) or None


def _size(value: str | None) -> int | None:
    match = _SIZE_RE.match(value or "")
    return int(match[1]) if match else None


def image_source(element: Element, links: Links) -> str | None:
    """Return the address of the picture that an img will show: lazy attributes, src, srcset, picture sources."""
    for candidate in (*_lazy_sources(element), _larger_than_src(element), *_sources(element)):
        if candidate and not _has_no_address(candidate):
            source = links.absolute(candidate)
            if source and not _PLACEHOLDER_RE.search(source):
                return source
    return None


def _has_no_address(candidate: str) -> bool:
    """Return whether a source is none that a link can lead to."""
    return candidate.lstrip()[:5].lower().startswith(("data:", "about", "blob:"))


def _lazy_sources(element: Element) -> list[str | None]:
    lazy = [element.get(name) for name in LAZY_SOURCES]
    return [value if value and _is_address(value) else None for value in lazy]


def _sources(element: Element) -> list[str | None]:
    found = [*_lazy_sources(element), element.get("src")]
    found.extend(_largest(element.get(name)) for name in LAZY_SETS)
    for source in _picture_sources(element):
        found += [_largest(source.get("srcset")), _largest(source.get("data-srcset"))]
    found.extend(_unnamed_sources(element))
    return found


def _unnamed_sources(element: Element) -> list[str]:
    """Return what any other data attribute holds that is the whole address of a picture: loaders invent their own."""
    named = ((str(name), str(value)) for name, value in element.items())
    return [value for name, value in named if name.startswith("data-") and _PICTURE_ADDRESS_RE.match(value)]


def _picture_sources(element: Element) -> list[Element]:
    """Return the source elements of the picture around an img; libxml2 nests them, not knowing that they are empty."""
    around = element.getparent()
    for _ in range(MAX_SOURCES):
        if around is None or around.tag not in ("source", "picture"):
            break
        if around.tag == "picture":
            return list(islice(around.iter("source"), MAX_SOURCES))
        around = around.getparent()
    return []


def _is_address(value: str) -> bool:
    return " " not in value.strip() and ("/" in value or bool(_EXTENSION_RE.search(value)))


def _largest(candidates: str | None) -> str | None:
    """Return the largest candidate of a srcset: "a.jpg 320w, b.jpg 640w" → "b.jpg"."""
    best: tuple[float, str | None] = (-1.0, None)
    for match in _CANDIDATE_RE.finditer(candidates or ""):
        size = float(match[2]) if match[2] else 1.0
        if size > best[0]:
            best = (size, match[1])
    return best[1]


def _larger_than_src(element: Element) -> str | None:
    """Return the largest candidate of an img's sets where src says that it is a thumbnail."""
    source = (element.get("src") or "").strip()
    for name in LAZY_SETS:
        sized = _sized(element.get(name))
        likely = [(size, address) for size, unit, address in sized if _is_likely(size, unit)]
        if likely and _is_small(source, sized):
            return max(likely, key=lambda candidate: candidate[0])[1]
    return None


def _is_small(source: str, sized: list[tuple[float, str, str]]) -> bool:
    """Return whether a source is small by what its set says of it, or else by its name."""
    named = _NAMED_SIZE_RE.search(source)
    widths = [size for size, unit, address in sized if unit == "w" and address == source]
    widths += [float(named[1])] if named else []
    return bool(widths) and widths[0] < SMALL_WIDTH


def _is_likely(size: float, unit: str) -> bool:
    low, high = LIKELY_WIDTHS if unit == "w" else LIKELY_DENSITIES
    return low < size <= high


def _sized(candidates: str | None) -> list[tuple[float, str, str]]:
    """Return size, unit and address of the candidates that a link can carry; [] where the set cannot be read whole."""
    found: list[tuple[float, str, str]] = []
    at, text = 0, (candidates or "").strip()
    while at < len(text):
        match = _CANDIDATE_RE.match(text, at)
        if match is None:
            return []
        if match[2] and not _has_no_address(match[1]) and not _BEACON_RE.search(match[1]):
            found.append((float(match[2]), match[3], match[1]))
        at = match.end()
    return found


@dataclass(frozen=True, slots=True)
class Player:
    """A site whose frames are worth a link: how its addresses look, and the address a reader would open."""

    name: str
    pattern: re.Pattern[str]
    page: str = r"\g<0>"


def _player(name: str, pattern: str, page: str = r"\g<0>") -> Player:
    return Player(name, re.compile(r"(?:https?:)?//(?:[\w-]{1,60}\.){0,4}?" + pattern, re.I), page)


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
        re.compile(r"(?:https?:)?//([\w.-]{3,80})/@([\w.@-]{1,80})/(\d{1,24})/embed.*", re.I),
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
_AD_RE = re.compile(
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
        title = " ".join((element.get("title") or "").split())
        for player in PLAYERS:
            match = player.pattern.match(address)
            if match:
                return Embed(_with_scheme(match.expand(player.page)), title or player.name, (number, number))
        if title and element.tag == "iframe" and element.get("allowfullscreen") is not None and "//" in address:
            return None if _AD_RE.search(address) else Embed(_with_scheme(address), title, (number, number))
    return None


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
