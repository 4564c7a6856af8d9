"""JSON-LD scripts → the objects in them, broken JSON repaired within reason. What they mean is not known here."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from newsclean.page.html import Element

Object = Mapping[str, object]

MAX_SCRIPT_CHARS = 2_000_000
"""Characters of a script past which it is passed over: real ones stay under 500,000."""
MAX_SCRIPTS = 50
MAX_OBJECTS = 5_000
"""Objects of a page that are looked at."""

_WRAPPING_RE = re.compile(r"<!--|-->|(?://)?\s?<!\[CDATA\[|(?://)?\s?\]\]>")  # "<!--", "//<![CDATA[", "//]]>"
_TRAILING_COMMA_RE = re.compile(r",(?=\s{0,200}[}\]])")  # ", }", ",]"
_DOUBLE_COMMA_RE = re.compile(r",(?=\s{0,200},)")  # ", ,"
_BAD_ESCAPE_RE = re.compile(r"\\(?![\"\\/bfnrtu])")  # "\'", "\ "
_NEXT_VALUE_RE = re.compile(r"[\s;,]*")


def read_objects(scripts: list[Element]) -> list[object]:
    """Return the top-level values of the page's JSON-LD scripts, in page order."""
    values: list[object] = []
    for script in scripts[:MAX_SCRIPTS]:
        text = (script.text or "").strip()
        if text and len(text) <= MAX_SCRIPT_CHARS:
            values.extend(_parse(text))
    return values


def _parse(text: str) -> list[object]:
    """Return the JSON values of a script: as it is, else repaired, else what stands before the fault."""
    decoder = json.JSONDecoder(strict=False)  # control characters inside strings are common
    try:
        return [decoder.decode(text)]
    except (ValueError, RecursionError):
        pass
    for candidate in (repaired := _repair(text), html.unescape(repaired)):
        values = _decode_all(decoder, candidate)
        if values:
            return values
    return []


def _repair(text: str) -> str:
    text = _WRAPPING_RE.sub(" ", text)
    text = _BAD_ESCAPE_RE.sub(r"\\\\", text)
    return _TRAILING_COMMA_RE.sub("", _DOUBLE_COMMA_RE.sub("", text))


def _decode_all(decoder: json.JSONDecoder, text: str) -> list[object]:
    """Return the values that stand one after the other, up to the first that cannot be read."""
    values: list[object] = []
    start = _end_of_gap(text, 0)
    while start < len(text) and len(values) < MAX_SCRIPTS:
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        values.append(value)
        start = _end_of_gap(text, end)
    return values


def _end_of_gap(text: str, start: int) -> int:
    match = _NEXT_VALUE_RE.match(text, start)
    return match.end() if match else start


def is_object(value: object) -> TypeGuard[Object]:
    """Return whether a JSON value is an object."""
    return isinstance(value, dict)


def walk(values: list[object], skipped: frozenset[str]) -> Iterator[Object]:
    """Yield every object, outer before inner and in order; what hangs on a skipped key is passed over."""
    stack = list(reversed(values))
    seen = 0
    while stack and seen < MAX_OBJECTS:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:MAX_OBJECTS]))
        elif is_object(value):
            seen += 1
            yield value
            stack.extend(reversed([inner for key, inner in value.items() if key not in skipped and _is_nested(inner)]))


def _is_nested(value: object) -> bool:
    return isinstance(value, dict | list)


def as_list(value: object) -> list[object]:
    """Return a JSON-LD value as a list: one value and a list of one mean the same there."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def types(node: Object) -> list[str]:
    """Return the types of an object without their namespace ("https://schema.org/NewsArticle" → "NewsArticle")."""
    return [
        kind.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        for kind in as_list(node.get("@type"))
        if isinstance(kind, str)
    ]


def texts(value: object, *keys: str) -> list[str]:
    """Return the texts of a value: itself, those of a list, or those under the first of `keys` that an object has."""
    found: list[str] = []
    for item in as_list(value)[:MAX_OBJECTS]:
        if isinstance(item, str):
            found.append(item)
        elif is_object(item):
            for key in keys:
                inner = [text for text in as_list(item.get(key)) if isinstance(text, str) and text.strip()]
                if inner:
                    found.extend(inner)
                    break
    return found
