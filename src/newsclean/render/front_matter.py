"""Metadata → YAML front matter, under the names that its reader knows; absent fields are left out.

Texts are JSON strings, which every YAML reader takes exactly; dates and the language are bare where that is safe.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from newsclean.render.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import FrontMatter, Metadata

_NAMES: dict[FrontMatter, dict[str, str]] = {
    # As Obsidian's own clipper writes them.
    "obsidian": {
        name: name
        for name in "title author published modified source site description language tags word_count".split()
    },
    # "published" means something else to Hugo and to Jekyll: when, and whether, a page comes out.
    "hugo": {
        "title": "title", "author": "authors", "published": "date", "modified": "lastmod", "source": "source",
        "site": "site", "description": "description", "language": "language", "tags": "tags", "section": "categories",
        "image": "images",
    },
    "jekyll": {
        "title": "title", "author": "author", "published": "date", "modified": "last_modified_at", "source": "source",
        "site": "site", "description": "description", "language": "lang", "tags": "tags", "section": "categories",
        "image": "image",
    },
    # As pandoc reads them, with which Zettlr exports.
    "zettlr": {
        "title": "title", "author": "author", "published": "date", "modified": "modified", "source": "source",
        "site": "site", "description": "description", "language": "lang", "tags": "keywords",
    },
    "none": {},
}  # fmt: skip
"""Style → our name of a field → its own, in order."""
_LISTS = frozenset({"author", "authors", "tags", "keywords", "categories", "images"})
"""Names whose value is always a list."""

# A day or a full time: "2025-07-04", "2025-07-04T09:30:00+02:00".
_DAY_RE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME_RE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
# A language tag: "en", "pt-BR".
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_KEY_RE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")  # "word_count", a key that needs no quotes
_BARE_RE = re.compile(r"true|false|0|[1-9][0-9]{0,15}")  # "false", "7"
_YAML_WORDS = frozenset({"no", "on", "n", "y", "yes", "off", "true", "false", "null"})
"""Words that YAML 1.1 reads as something else than text: Norwegian is one of them."""
# What a tag of Obsidian cannot hold: "#", ",", a quotation mark.
_NOT_TAG_RE = re.compile(r"[\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\]+")


def render_front_matter(
    metadata: Metadata, word_count: int, style: FrontMatter = "obsidian", own: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the front matter between its `---` lines, without a final newline; "" where it has no field.

    `own` fields of the user stand behind those of the page or take their place; an empty value leaves one out, and
    a name given twice is a list.
    """
    names = _NAMES[style]
    fields = {names[name]: value for name, value in _values(metadata, word_count, style).items() if name in names}
    given: dict[str, list[str]] = {}
    for name, value in own if style != "none" else ():
        given.setdefault(one_line(name), []).append(value)
    for name, values in given.items():
        texts = [_scalar(text) for value in values if (text := one_line(value))]
        is_list = name in _LISTS or len(texts) > 1
        fields[name] = None if not texts else f"[{', '.join(texts)}]" if is_list else texts[0]
    ordered = [name for name in (*names.values(), *given) if fields.get(name) is not None]
    lines = [f"{_key(name)}: {fields[name]}" for name in dict.fromkeys(ordered)]
    return "\n".join(("---", *lines, "---")) if lines else ""


def yaml_value(value: object) -> str:
    """Return a text, a number, a list of texts or nothing as YAML on one line."""
    if isinstance(value, list | tuple):
        return _list([str(one) for one in value]) or "[]"
    if isinstance(value, str):
        return _date(value) or '""'
    return json.dumps(value, ensure_ascii=True, default=str)


def _values(metadata: Metadata, word_count: int, style: FrontMatter) -> dict[str, str | None]:
    """Return our name of each field → its value in YAML."""
    image = metadata.image.url if metadata.image else None
    return {
        "title": _text(metadata.title),
        "author": _list(metadata.authors),
        "published": _date(metadata.published),
        "modified": _date(metadata.modified),
        "source": _text(metadata.source),
        "site": _text(metadata.site),
        "description": _text(metadata.description),
        "language": _language(metadata.language),
        "tags": _list(_obsidian_tags(metadata.tags) if style == "obsidian" else metadata.tags),
        "section": _list((metadata.section,) if metadata.section else ()),
        "image": _list((image,)) if image and style == "hugo" else _text(image),
        "word_count": str(word_count) if word_count else None,
    }


def _obsidian_tags(tags: Sequence[str]) -> list[str]:
    """Return tags as Obsidian takes them: without spaces and most marks, and not of digits alone."""
    cleaned = ("-".join(_NOT_TAG_RE.sub(" ", one_line(tag)).split()) for tag in tags)
    found: dict[str, str] = {}
    for tag in cleaned:
        if tag.strip("-/_") and not tag.isdigit():
            found.setdefault(tag.casefold(), tag)
    return list(found.values())


def _key(name: str) -> str:
    is_plain = _KEY_RE.fullmatch(name) and name.lower() not in _YAML_WORDS
    return name if is_plain else json.dumps(name, ensure_ascii=False)


def _text(value: str | None) -> str | None:
    text = one_line(value or "")
    return json.dumps(text, ensure_ascii=False) if text else None


def _scalar(text: str) -> str:
    """Return what a user gave as what it looks like: a number, true or false, a date, else a text."""
    return text if _BARE_RE.fullmatch(text) or _is_date(text) else json.dumps(text, ensure_ascii=False)


def _list(values: Sequence[str]) -> str | None:
    texts = [text for value in values if (text := _text(value))]
    return f"[{', '.join(texts)}]" if texts else None


def _date(value: str | None) -> str | None:
    return value if value and _is_date(value) else _text(value)


def _is_date(value: str) -> bool:
    """Return whether YAML readers take `value` as a date; an impossible one (30 February) makes some of them fail."""
    try:
        if _DAY_RE.fullmatch(value):
            return bool(date.fromisoformat(value))
        return bool(_TIME_RE.fullmatch(value) and datetime.fromisoformat(_without_fraction(value)))
    except ValueError:
        return False


def _without_fraction(value: str) -> str:
    """Return the time in the form that Python 3.10 reads too."""
    return value[:19] + (value[-6:] if value[-6] in "+-" else "")


def _language(value: str | None) -> str | None:
    plain = value and _LANGUAGE_RE.fullmatch(value) and value.lower() not in _YAML_WORDS
    return value if plain else _text(value)
