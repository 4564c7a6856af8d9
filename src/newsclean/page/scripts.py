"""JSON in script elements → its values, broken JSON repaired within reason. What they mean is not known here."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

MAX_SCRIPT_CHARS = 2_000_000
"""Characters of a JSON-LD script past which it is passed over: real ones stay under 500,000."""
MAX_SCRIPTS = 50

_WRAPPING_RE = re.compile(r"<!--|-->|(?://)?\s?<!\[CDATA\[|(?://)?\s?\]\]>")  # "<!--", "//<![CDATA[", "//]]>"
_TRAILING_COMMA_RE = re.compile(r",(?=\s{0,200}[}\]])")  # ", }", ",]"
_DOUBLE_COMMA_RE = re.compile(r",(?=\s{0,200},)")  # ", ,"
_BAD_ESCAPE_RE = re.compile(r"\\(?![\"\\/bfnrtu])")  # "\'", "\ "
# "{user: 1", "[{'a'": names without quotes, as scripts may write them and no repair makes JSON of.
_CODE_RE = re.compile(r"\[?\s{0,200}\{\s{0,200}[A-Za-z_$']")
_NEXT_VALUE_RE = re.compile(r"[\s;,]*")


def json_ld_values(root: etree._Element) -> list[object]:
    """Return the top-level values of a page's JSON-LD scripts, in page order."""
    values: list[object] = []
    scripts = [script for script in root.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    for script in scripts[:MAX_SCRIPTS]:
        text = (script.text or "").strip()
        if text and len(text) <= MAX_SCRIPT_CHARS:
            values += read_json(text)
    return values


def read_json(text: str, *, is_whole: bool = True) -> list[object]:
    """Return the JSON values of a text: as it is, else repaired, else what stands before the fault.

    `is_whole` tells that the text is nothing but JSON; else anything may follow the first value.
    """
    decoder = json.JSONDecoder(strict=False)  # control characters inside strings are common
    values, end = _decode_all(decoder, text)
    if values and (end == len(text) or not is_whole):
        return values
    if not values and _CODE_RE.match(text, end):
        return []
    for candidate in (repaired := _repair(text), html.unescape(repaired)):
        found, _ = _decode_all(decoder, candidate)
        if found:
            return found
    return []


def _repair(text: str) -> str:
    text = _WRAPPING_RE.sub(" ", text)
    text = _BAD_ESCAPE_RE.sub(r"\\\\", text)
    return _TRAILING_COMMA_RE.sub("", _DOUBLE_COMMA_RE.sub("", text))


def _decode_all(decoder: json.JSONDecoder, text: str) -> tuple[list[object], int]:
    """Return the values that stand one after the other, up to the first that cannot be read, and where that begins."""
    values: list[object] = []
    start = _end_of_gap(text, 0)
    while start < len(text) and len(values) < MAX_SCRIPTS:
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        values.append(value)
        start = _end_of_gap(text, end)
    return values, start


def _end_of_gap(text: str, start: int) -> int:
    match = _NEXT_VALUE_RE.match(text, start)
    return match.end() if match else start
