"""Metadata → YAML front matter: the names Obsidian's clipper and Hugo read, absent fields left out.

Texts are JSON strings, which every YAML reader takes exactly; dates and the language are bare where that is safe.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from newsclean.render.safe import one_line

if TYPE_CHECKING:
    from newsclean.model import Metadata

# A day or a full time: "2025-07-04", "2025-07-04T09:30:00+02:00".
_DAY_RE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME_RE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
# A language tag: "en", "pt-BR".
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_YAML_BOOLEANS = frozenset({"no", "on"})
"""Language-like words that YAML 1.1 reads as true or false: Norwegian is one of them."""


def render_front_matter(metadata: Metadata, word_count: int) -> str:
    """Return the front matter between its `---` lines, without a final newline; "" where nothing is known."""
    fields = {
        "title": _text(metadata.title),
        "author": _list(metadata.authors),
        "published": _date(metadata.published),
        "modified": _date(metadata.modified),
        "source": _text(metadata.source),
        "site": _text(metadata.site),
        "description": _text(metadata.description),
        "language": _language(metadata.language),
        "tags": _list(metadata.tags),
        "word_count": str(word_count) if word_count else None,
    }
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join(("---", *lines, "---")) if lines else ""


def _text(value: str | None) -> str | None:
    text = one_line(value or "")
    return json.dumps(text, ensure_ascii=False) if text else None


def _list(values: tuple[str, ...]) -> str | None:
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
    plain = value and _LANGUAGE_RE.fullmatch(value) and value.lower() not in _YAML_BOOLEANS
    return value if plain else _text(value)
