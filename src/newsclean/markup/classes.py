"""What the class names of an element make of it: a caption, a figure, a callout."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

MAX_CAPTION = 600
"""Characters past which what is marked as a caption is the text of the article."""

_CAPTION_RE = re.compile(
    r"(?:^|\s)(?:wp-caption-text|thumbcaption|gallerytext|(?:[\w-]+[-_])?(?:caption|figcaption|cutline|bildunterschrift)"
    r"(?:[-_]{1,2}text)?)(?:\s|$)",
    re.I,
)  # "image-caption", "photo__caption"
_FIGURE_RE = re.compile(r"(?:^|\s)(?:wp-caption|thumbinner|captioned-image-container|tsingle)(?:\s|$)")  # "wp-caption"

_ADMONITIONS = r"admonition|markdown-alert|theme-admonition|starlight-aside|custom-block|admonitionblock|notecard"
_ADMONITION_RE = re.compile(rf"(?:^|\s)(?:{_ADMONITIONS})(?:\s|$)", re.I)  # "admonition note"
_CALLOUT_RE = re.compile(rf"(?:^|\s)(?:{_ADMONITIONS}|callout|alert)(?:\s|$)", re.I)  # "alert alert-tip"
_CALLOUT_TITLE_RE = re.compile(
    r"(?:^|\s)(?:admonition-title|markdown-alert-title|callout-title(?:-container)?|alert-heading|admonitionHeading\w*"
    r"|starlight-aside__title|custom-block-title)(?:\s|$)"
)  # "admonition-title"
_CALLOUT_KIND_RE = re.compile(
    r"(?:^|[\s-])(note|tip|hint|important|warning|caution|danger|error|attention|info|success|example|question|quote"
    r"|abstract|summary|bug|failure|todo|seealso)(?:$|\s)",
    re.I,
)  # "note", "alert-warning"


@lru_cache(maxsize=4_096)
def class_role(names: str) -> str | None:
    """Return what a class attribute makes of an element: "caption", "figure", "callout title", or a callout's kind."""
    if _CAPTION_RE.search(names):
        return "caption"
    if _FIGURE_RE.search(names):
        return "figure"
    if _CALLOUT_TITLE_RE.search(names):
        return "callout title"
    if _CALLOUT_RE.search(names):
        kind = _CALLOUT_KIND_RE.search(names)
        return kind[1].lower() if kind else None
    return None


def is_admonition(element: Element) -> bool:
    """Return whether an element is a callout by a class that has no other use: "alert" may be the page's own."""
    return bool(_ADMONITION_RE.search(element.get("class") or ""))
