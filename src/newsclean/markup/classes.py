"""What the class names of an element make of it: a caption, a figure, a callout."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from newsclean.page.names import finder
from newsclean.patterns import later

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MAX_CAPTION = 600
"""Characters past which what is marked as a caption is the text of the article."""

_CAPTION_RE = later(
    r"(?:^|\s)(?:wp-caption-text|thumbcaption|gallerytext|(?:[\w-]+[-_])?(?:caption|figcaption|cutline|bildunterschrift)"
    r"(?:[-_]{1,2}text)?)(?:\s|$)",
    re.I,
)  # "image-caption", "photo__caption"
_FIGURE_RE = later(r"(?:^|\s)(?:wp-caption|thumbinner|captioned-image-container|tsingle)(?:\s|$)")  # "wp-caption"

_POST_RE = later(
    r"(?:^|\s)(?:tgme_widget_message|vk_post|weibo-(?:embed|card|post|widget)|reddit-card)(?:\s|$)"
)  # a quoted post that is no blockquote

_ADMONITIONS = r"admonition|markdown-alert|theme-admonition|starlight-aside|custom-block|admonitionblock|notecard"
_ADMONITION_RE = later(rf"(?:^|\s)(?:{_ADMONITIONS})(?:\s|$)", re.I)  # "admonition note"
_CALLOUT_RE = later(rf"(?:^|\s)(?:{_ADMONITIONS}|callout|alert)(?:\s|$)", re.I)  # "alert alert-tip"
_CALLOUT_TITLE_RE = later(
    r"(?:^|\s)(?:admonition-title|markdown-alert-title|callout-title(?:-container)?|alert-heading|admonitionHeading\w*"
    r"|starlight-aside__title|custom-block-title)(?:\s|$)"
)  # "admonition-title"
_CALLOUT_KIND_RE = later(
    r"(?:^|[\s-])(note|tip|hint|important|warning|caution|danger|error|attention|info|success|example|question|quote"
    r"|abstract|summary|bug|failure|todo|seealso)(?:$|\s)",
    re.I,
)  # "note", "alert-warning"

_PICTURES = ("img", "picture")

MAX_UNSEEN = 150
"""Characters past which what only screen readers say is text of the page."""

_UNSEEN_RE = later(
    r"(?:^|\s)(?:(?:external-link-icon-)?sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|element-invisible|a11y-hidden|u-hidden-visually"
    r"|offscreen|tooltip-?text|tooltip-content|(?:hide|toggle)-caption)(?:\s|$)",
    re.I,
)  # "sr-only": "opens in a new window"
_GALLERY_RE = later(
    r"(?:^|[\s_-])(?:carousel|karu[sz]+ell?|swiper|slick|splide|glide|owl|flickity|galler(?:y|i|ie|ia)|galer(?:ie|[ií]a)"
    r"|slideshow|slider|flexslider|bxslider|fotorama|lightgallery|royalslider|embla|diashow|fotostrecke)(?:$|[\s_-])",
    re.I,
)  # "swiper-container", "photo-gallery"
_GALLERY_ROLE_RE = later(r"carousel|karu[sz]+el|slide|galer|galler", re.I)  # aria-roledescription="carousel"
_SLIDE_RE = later(
    r"(?:^|[\s_-])(?:slide|(?:carousel|gallery|slider|slideshow|owl|galleri|galerie)[-_]{1,2}(?:item|cell|slide))(?:$|[\s])",
    re.I,
)  # "swiper-slide", "carousel-item"
_COPY_RE = later(
    r"(?:^|[\s_-])(?:swiper-slide-duplicate|slick-cloned|cloned|bx-clone|slide--clone|clone)(?:$|\s)", re.I
)  # "slick-slide slick-cloned": what a carousel shows again so that it may go round
_CONTROL_RE = later(
    r"(?:^|[\s_-])(?:controls?|pagination|indicators?|prev|previous|next|dots?|arrows?|counter|bullets?|share|sharing|social"
    r"|compartir|compartilhar|teilen|fullscreen|loading)(?:$|[\s_-])",
    re.I,
)  # "carousel-control-prev", "swiper-pagination"

_PHOTO_BOX_RE = later(
    r"(?:^|[\s_-])(?:photo|image|img|picture|pic|figure|foto|bild|imagen|imagem|media)(?:$|[\s_-])", re.I
)  # "inline-photo", "article_image"

_is_named_admonition = finder(_ADMONITION_RE)
_is_named_unseen = finder(_UNSEEN_RE)
_is_named_gallery = finder(_GALLERY_RE)
_is_gallery_role = finder(_GALLERY_ROLE_RE)
_is_named_slide = finder(_SLIDE_RE)
_is_named_copy = finder(_COPY_RE)
_is_named_control = finder(_CONTROL_RE)
_is_named_photo_box = finder(_PHOTO_BOX_RE)

POSTS = frozenset(
    """twitter-tweet instagram-media bluesky-embed mastodon-embed tiktok-embed fb-post telegram-post tgme_widget_message
    text-post-media reddit-embed-bq reddit-card vk_post weibo-embed weibo-card weibo-post weibo-widget""".split()
)
"""Classes that these services ask for in the code that embeds a post."""


def is_quoted_post(element: Element) -> bool:
    """Return whether an element is a post of another service by its class."""
    names = element.get("class")
    return bool(names) and not POSTS.isdisjoint((names or "").split())


_BOOKMARK_RE = later(
    r"(?:^|\s)(?:kg-bookmark-card|bookmark-card|notion-bookmark|bookmark source"
    r"|(?:internal-?|external-?)?blog-?card|link-?card|link-?preview|embedded-post-wrap|wp-block-embed-wordpress)(?:\s|$)",
    re.I,
)  # "kg-card kg-bookmark-card"
_is_named_bookmark = finder(_BOOKMARK_RE)


def is_bookmark(element: Element) -> bool:
    """Return whether an element is the card of a link that an author has pasted, by the name that editors give it."""
    return _is_named_bookmark(element.get("class"))


def is_photo_box(element: Element) -> bool:
    """Return whether a box holds a picture and what it shows in one run, by its class."""
    return element.tag in ("div", "p", "span") and _is_named_photo_box(element.get("class"))


def is_unseen(element: Element) -> bool:
    """Return whether an inline element beside other text is for screen readers or shown on demand only.

    One that is all that its element holds says what an icon shows, and stays.
    """
    if not (element.get("role") == "tooltip" or is_for_readers(element) or _is_shut(element)):
        return False
    around = element.getparent()
    if around is None or not _is_short(element):
        return False
    if _is_shut(element) or not any(map(str.isalnum, "".join(map(str, element.itertext())))):
        return True
    if _has_text(around):
        return True
    link = around.getparent()
    if around.tag == "span" and link is not None and link.tag == "a" and _has_text(link):
        return True  # VuePress: <a>text<span><svg/><span class="sr-only">(opens new window)</span></span></a>
    return _is_by_picture(element)


def _has_text(around: Element) -> bool:
    """Return whether an element has text of its own beside what stands in others."""
    beside = [around.text, *(sibling.tail for sibling in islice(around, MAX_UNSEEN))]
    return any(text and not text.isspace() for text in beside)


def _is_by_picture(element: Element) -> bool:
    """Return whether a picture of a figure stands right before or behind an element."""
    near = (element.getprevious(), element.getnext())
    around = element.getparent()
    return around is not None and around.tag == "figure" and any(n is not None and n.tag in _PICTURES for n in near)


def _is_short(element: Element) -> bool:
    return len("".join(map(str, islice(element.itertext(), MAX_UNSEEN)))) <= MAX_UNSEEN


def is_for_readers(element: Element) -> bool:
    """Return whether an element is for screen readers, or shown on demand, by its class or by where it is set."""
    return _is_named_unseen(element.get("class")) or _is_set_aside(element.get("style"))


def is_set_aside(element: Element) -> bool:
    """Return whether an element is set off the screen or clipped to nothing by its style."""
    return _is_set_aside(element.get("style"))


def _is_shut(element: Element) -> bool:
    """Return whether an inline element is hidden by its style and no panel that a button opens."""
    style = element.get("style")
    return bool(style) and _is_styled_hidden(style) and not is_panel(element)


MAX_SLIDE_PARTS = 40
"""Elements of a slide among which one is looked for that makes a gallery of it."""


def is_gallery(element: Element) -> bool:
    """Return whether an element is a carousel or gallery of pictures by its class or role."""
    return _is_named_gallery(element.get("class")) or _is_gallery_role(element.get("aria-roledescription"))


def is_slide(element: Element) -> bool:
    """Return whether an element is the slide of a gallery that shows one picture, which what it says describes."""
    if element.tag not in ("div", "li") or not _is_named_slide(element.get("class")):
        return False
    pictures = [inner for inner in islice(element.iterdescendants("img", "figure"), 3) if inner.tag == "img"]
    inner = element.iterdescendants("figure", "ul", "ol", "table", "blockquote", "div")
    return 0 < len(pictures) < 3 and not any(
        part.tag != "div" or _is_named_slide(part.get("class")) for part in islice(inner, MAX_SLIDE_PARTS)
    )


def is_slide_copy(element: Element) -> bool:
    """Return whether an element shows a slide of a carousel once more."""
    return _is_named_copy(element.get("class"))


def is_control(element: Element) -> bool:
    """Return whether an element of a gallery moves it on, or tells where it stands."""
    if element.tag == "button" or element.get("role") in ("button", "tab", "tablist"):
        return True
    return _is_named_control(element.get("class"))


@lru_cache(maxsize=4_096)
def class_role(names: str) -> str | None:
    """Return what a class attribute makes of an element: "caption", "figure", "callout title", or a callout's kind."""
    if _CAPTION_RE.search(names):
        return "caption"
    if _FIGURE_RE.search(names):
        return "figure"
    if _POST_RE.search(names):
        return "post"
    if _CALLOUT_TITLE_RE.search(names):
        return "callout title"
    if _CALLOUT_RE.search(names):
        kind = _CALLOUT_KIND_RE.search(names)
        return kind[1].lower() if kind else None
    return None


def is_admonition(element: Element) -> bool:
    """Return whether an element is a callout by a class that has no other use: "alert" may be the page's own."""
    return _is_named_admonition(element.get("class"))


_HIDDEN_RE = later(
    r"(?:^|\s)(?:w-condition-invisible|w-dyn-empty|is-hidden|u-hidden|js-hidden|sr-only|visually-?hidden|element-invisible"
    r"|screen-?reader-text|hidden-print-only)(?:\s|$)",
    re.I,
)  # "w-condition-invisible"
_HIDDEN_STYLE_RE = later(r"display\s*:\s*none|visibility\s*:\s*hidden|left\s*:\s*-\d{4,}px", re.I)  # "display:none"
_PANEL_RE = later(
    r"accordi|collaps|toggle|panel|expand|read-?more|more-?(?:text|content)|tab|spoiler|faq|answer|details|truncat|teaser"
    r"|story|article|content|body|footnote|tooltip|transcript",
    re.I,
)  # "accordion-panel": what opens on demand
_ASIDE_STYLE_RE = later(
    r"(?:left|top|text-indent)\s*:\s*-\d{3,}|(?:^|[;\s])font-size\s*:\s*0(?:px|em)?\s*(?:;|$)"
    r"|clip\s*:\s*rect\(\s*[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%",
    re.I,
)  # "left:-9999px", "clip:rect(1px,1px,1px,1px)"
_NONE_RE = re.compile(r"(?:^|\s)(?:d-none|hidden)(?:\s|$)")  # "d-none" of Bootstrap, "hidden" of Tailwind
_SOMEWHERE_RE = re.compile(r"(?:^|\s)(?:d-)?(?:sm|md|lg|xl|xxl|2xl|print)[:-]\S|group-")  # "d-md-block", "lg:flex"
_is_named_none = finder(_NONE_RE)
_is_shown_somewhere = finder(_SOMEWHERE_RE)
_is_set_aside = finder(_ASIDE_STYLE_RE)
_is_named_hidden = finder(_HIDDEN_RE)
_is_styled_hidden = finder(_HIDDEN_STYLE_RE)


def is_hidden(element: Element) -> bool:
    """Return whether a page as saved does not show a block-level element."""
    if element.get("hidden") is not None or element.tag == "template":
        return True
    style = element.get("style")
    if _is_styled_hidden(style) or _is_set_aside(style) or _is_named_hidden(element.get("class")):
        return True
    return _is_named_none(element.get("class")) and not _is_shown_somewhere(element.get("class"))


def is_panel(element: Element) -> bool:
    """Return whether a hidden element opens on demand, by its role, its name or what labels it."""
    if element.get("role") in ("region", "tabpanel") or element.get("aria-labelledby") is not None:
        return True
    return bool(_PANEL_RE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
