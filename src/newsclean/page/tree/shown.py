"""What a page shows by its style or scripts, as elements: pictures that are backgrounds, the labels of tabs over their
panels; headings without permalinks and badges, and posts whose whole text is a link."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from newsclean.page.names import finder

if TYPE_CHECKING:
    from newsclean.page.tree.signs import Signs

    Element = etree._Element

TAB_LABEL = "data-tab-label"
"""Attribute of a tab's label over its panel: it stays with what it heads."""
MAX_TABS = 20
"""Tabs of one set."""

MAX_LABEL = 60
"""Characters of a tab's label."""

MAX_POST = 60
"""Elements of a quoted post that are looked at."""

MAX_BADGE = 20
"""Characters of a badge beside a heading."""

_BACKGROUND_RE = re.compile(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*['\"]?([^'\")\s]{4,2000})['\"]?\s*\)", re.I)
_NO_XML_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PICTURE_BOX_RE = re.compile(r"(?:^|[\s_-])(?:bg-?image|photo|image|img|picture|slide|foto|bild)(?:$|[\s_-])", re.I)
_BADGE_RE = re.compile(r"(?:^|[\s_-])(?:vpbadge|badge|version-?added|pill|chip)(?:$|[\s_-])", re.I)  # "VPBadge tip"
_PERMALINK_RE = re.compile(
    r"(?:^|[\s_-])(?:headerlink|header-?anchor|anchor(?:js-link)?|permalink|hash-?link|heading-?link|anchor-?link)(?:$|[\s_-])",
    re.I,
)  # "headerlink"
_PERMALINKS = frozenset(("\uf0c1", "¶", "#", "§", "🔗", "⚓", "⚓︎", "[link]"))
_LABELS_RE = re.compile(r"(?:^|\s)(?:tabbed-labels|tabs__?nav|tab-?labels|code-group__nav|tabs-?header)(?:\s|$)", re.I)
_PANEL_RE = re.compile(r"(?:^|\s)(?:tabbed-block|tab-?content|tab-?panel|tabs__?panel|code-group-item)(?:\s|$)", re.I)
_POSTS_RE = re.compile(
    r"(?:^|\s)(?:mastodon-embed|bluesky-embed|text-post-media|instagram-media|tiktok-embed|reddit-embed-bq|vk_post"
    r"|weibo-(?:embed|card|post|widget))(?:\s|$)"
)  # "mastodon-embed"
_POSTS = ("-embed", "-media", "vk_post", "weibo-")
_LABELLED = ("tab", "code-group")
_CALL_TEXT_RE = re.compile(
    r"(?:(?:view|see|watch|open)(?: this)?(?: \w+){0,2} on \w+|\[image or embed\]"
    r"|(?:lihat|ver|voir|visualizza|zobacz|se|bekijk)(?: \w+){0,4} (?:di|en|no|sur|su|na|på|op) \w+"
    r"|(?:auf|bei) \w+ ansehen|смотреть(?: запись| пост)?|查看微博|去微博查看)$",
    re.I,
)  # "View this post on Instagram"
_CALL_RE = re.compile(r"cta|footer-link|view-on", re.I)  # "mastodon-embed__cta"

_is_picture_box = finder(_PICTURE_BOX_RE)
_is_badge = finder(_BADGE_RE)
_is_permalink = finder(_PERMALINK_RE)
_holds_labels = finder(_LABELS_RE)
_is_panel = finder(_PANEL_RE)
_is_post = finder(_POSTS_RE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOXES = frozenset(("div", "p", "section", "article"))


def mend_shown(root: Element, signs: Signs) -> None:
    """Put what the page shows into its tree; the signs tell what to look for."""
    if "url(" in signs.styles:
        _show_backgrounds(root)
    for heading in root.iter(*_HEADINGS):
        if len(heading):
            _tidy_heading(heading)
    if "tablist" in signs.roles or any(name in signs.named for name in _LABELLED):
        _label_panels(root)
    if any(name in signs.named for name in _POSTS):
        _tidy_posts(root)


def _show_backgrounds(root: Element) -> None:
    """Put a picture where a box without content shows one as its background."""
    for box in root.iter("div", "span", "a"):
        style = box.get("style")
        if not style or "url(" not in style or not (box.get("role") == "img" or _is_picture_box(box.get("class"))):
            continue
        found = _BACKGROUND_RE.search(style)
        if (
            found is None
            or "".join(map(str, box.itertext())).strip()
            or next(box.iter("img", "video"), None) is not None
        ):
            continue
        picture = etree.Element("img")
        picture.set("src", _NO_XML_RE.sub("", found[1]))
        picture.set("alt", box.get("aria-label") or box.get("title") or "")
        box.insert(0, picture)


def _tidy_heading(heading: Element) -> None:
    """Take a permalink and a badge out of a heading, which are no part of what it says."""
    for inner in list(islice(heading.iterdescendants("a", "span", "sup", "small", "code"), 8)):
        shown = "".join(map(str, islice(inner.itertext(), 6))).strip()
        if _is_mark_of_section(inner, shown) or (_is_label(inner, shown) and _is_beside(inner, heading)):
            _take_out(inner)


def _is_mark_of_section(inner: Element, shown: str) -> bool:
    """Return whether an element is a link to its own heading."""
    if inner.tag != "a" or "#" not in (inner.get("href") or ""):
        return False
    return shown in _PERMALINKS or (_is_permalink(inner.get("class")) and shown.lower() in ("link", "permalink"))


def _is_label(inner: Element, shown: str) -> bool:
    return inner.tag != "a" and 0 < len(shown) <= MAX_BADGE and _is_badge(inner.get("class"))


def _is_beside(inner: Element, heading: Element) -> bool:
    """Return whether a heading says more than what stands in one of its elements."""
    whole = "".join(map(str, heading.itertext())).strip()
    return len(whole) > len("".join(map(str, inner.itertext())).strip()) + 2


def _take_out(element: Element) -> None:
    around, before = element.getparent(), element.getprevious()
    if around is None:
        return
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        around.text = (around.text or "") + tail
    around.remove(element)


def _label_panels(root: Element) -> None:
    """Put the label of each tab over its panel, as bold text, where a set has as many labels as panels."""
    for labels in list(root.iter("div", "ul", "nav")):
        if labels.get("role") != "tablist" and not _holds_labels(labels.get("class")):
            continue
        tabs = [tab for tab in islice(labels.iterdescendants(), 5 * MAX_TABS) if _is_tab(tab)]
        texts = [" ".join("".join(map(str, tab.itertext())).split()) for tab in tabs]
        panels = _panels(labels)
        if not 1 < len(tabs) == len(panels) <= MAX_TABS or not all(0 < len(text) <= MAX_LABEL for text in texts):
            continue
        for text, panel in zip(texts, panels, strict=True):
            paragraph = etree.Element("p", {TAB_LABEL: ""})
            etree.SubElement(paragraph, "strong").text = text
            paragraph.tail, panel.text = panel.text, None
            panel.insert(0, paragraph)
        around = labels.getparent()
        if around is not None:
            _take_out(labels)


def _is_tab(element: Element) -> bool:
    return element.get("role") == "tab" or (element.tag in ("label", "button") and element.getparent() is not None)


def _panels(labels: Element) -> list[Element]:
    """Return the panels of a set of tabs: what stands behind its labels."""
    around = labels.getparent()
    if around is None:
        return []
    found: list[Element] = []
    for beside in labels.itersiblings():
        for inner in islice(beside.iter("div", "section"), 40 * MAX_TABS):
            if (inner.get("role") == "tabpanel" or _is_panel(inner.get("class"))) and not any(
                panel in found for panel in islice(inner.iterancestors(), 6)
            ):
                found.append(inner)
    return found


def _tidy_posts(root: Element) -> None:
    """Let a link around all of a quoted post stand at its last line, and take out the words that only lead to it."""
    for post in root.iter("blockquote", "div"):
        if not _is_post(post.get("class")):
            continue
        link = post[0] if len(post) == 1 and post[0].tag == "a" else None
        if link is not None and any(child.tag in _BOXES for child in link):
            _unlink(link)
        for inner in list(islice(post.iterdescendants("a", "div", "p", "span"), MAX_POST)):
            _tidy_line(inner, post)


def _unlink(link: Element) -> None:
    lines = [
        box
        for box in islice(link.iterdescendants(*_BOXES), MAX_POST)
        if not any(child.tag in _BOXES for child in box)
        and not _is_call(box)
        and "".join(map(str, box.itertext())).strip()
    ]
    address = link.get("href")
    link.tag = "div"
    link.attrib.pop("href", "")
    if lines and address:
        named = next((line for line in reversed(lines) if _names_author(line)), lines[-1])
        inner = etree.Element("a")
        inner.set("href", address)
        inner.text, named.text = named.text, None
        inner.extend(list(named))
        named.append(inner)


def _names_author(line: Element) -> bool:
    """Return whether a line of a post says whose it is, by its class or an account in few words: "Post by @ann"."""
    said = " ".join("".join(map(str, islice(line.itertext(), 8))).split())
    return "author" in (line.get("class") or "") or ("@" in said and len(said) <= MAX_LABEL)


def _is_call(element: Element) -> bool:
    """Return whether an element says nothing but that the post is elsewhere: "View on Threads"."""
    if _CALL_RE.search(element.get("class") or ""):
        return True
    return _CALL_TEXT_RE.match(" ".join("".join(map(str, islice(element.itertext(), 8))).split())) is not None


def _tidy_line(inner: Element, post: Element) -> None:
    """Take a call out whose address the post has elsewhere; part a name from the word before it: "by<a>u/ann"."""
    before = inner.getprevious()
    tail = (before.tail or "") if before is not None else ""
    if _is_call(inner) and not any(child.tag in _BOXES for child in inner):
        if _is_picture_call(inner) or _leads_nowhere_new(inner, post):
            _take_out(inner)
    elif inner.tag == "a" and before is not None and tail.strip().isalpha() and tail[-1].isalpha():
        before.tail = f"{tail} "


def _leads_nowhere_new(inner: Element, post: Element) -> bool:
    addresses = {link.get("href") for link in inner.iter("a")}
    return addresses <= {link.get("href") for link in post.iter("a") if link is not inner and link not in inner}


def _is_picture_call(element: Element) -> bool:
    return "".join(map(str, element.itertext())).strip() == "[image or embed]"
