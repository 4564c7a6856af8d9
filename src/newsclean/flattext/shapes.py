"""A text as it was passed on → the text as the page had it: what mail, chats and printers put in is out.

Line ends are "\\n" here; form feeds still part pages. A repair leaves a text alone unless all of it has the shape.
"""

from __future__ import annotations

import quopri
import re
from collections import Counter
from itertools import pairwise

MIN_SOFT_BREAKS = 3
"""Lines that end in "=" from which a text is quoted-printable, where it also has a code such as "=3D"."""

MIN_RUNNING = 2
"""Pages whose first or last lines agree from which those are running heads or feet."""

MAX_RUNNING = 120
"""Letters of a running head."""

SENTENCE_ENDS = frozenset(".!?…。！？؟।:;\"”»'’」)")

_CODE_RE = re.compile(r"=[0-9A-F]{2}")  # "=C3" of "=C3=A9"
_SOFT_BREAK_RE = re.compile(r"=[ \t]{0,9}\n")
_CHAT_RE = re.compile(
    r"^\u200e?(?:\[\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)? -) [^:\n]{1,40}: ?",
    re.M,
)  # "[04.07.25, 10:12] Anna: ", "7/4/25, 10:12 AM - Anna: "
_DIGITS_RE = re.compile(r"\d+")
_PAGE_NUMBER_RE = re.compile(
    r"\W*(?:(?:page|seite|pagina|página|strona|sivu|стр\.?|p\.)\s?)?\d{1,4}(?:\s?(?:/|of|von|de)\s?\d{1,4})?\W*", re.I
)
_LIGATURE_RE = re.compile(r"(?<=[^\W\d_])[ﬀ-ﬆ]|[ﬀ-ﬆ](?=[^\W\d_])")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPELLED = str.maketrans(LIGATURES)


def undo(text: str) -> str:
    """Return the text without what passing it on put in."""
    for repair in REPAIRS:
        text = repair(text)
    return text


def _decode_quoted_printable(text: str) -> str:
    """Return a mail's body decoded, where it still has its soft line breaks and codes."""
    if "=\n" not in text or not text.isascii() or len(_SOFT_BREAK_RE.findall(text)) < MIN_SOFT_BREAKS:
        return text
    if not _CODE_RE.search(text):
        return text
    raw = quopri.decodestring(text.encode("ascii"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _drop_chat_prefixes(text: str) -> str:
    """Return an export of a chat without the times and senders that its messages begin with."""
    return _CHAT_RE.sub("", text) if _CHAT_RE.match(text.lstrip("\ufeff \n")) else text


def _split_ligatures(text: str) -> str:
    """Return the text without the ligatures that print has inside words; one that stands alone is spoken of."""
    if text.isascii() or not any(map(text.__contains__, LIGATURES)):
        return text
    return _LIGATURE_RE.sub(lambda found: found[0].translate(_SPELLED), text)


def _join_pages(text: str) -> str:
    """Return the pages of a printed text as one, without page numbers and running heads; a form feed is a blank line.

    A sentence that goes on on the next page is not broken there.
    """
    if "\f" not in text:
        return text
    pages = [page.strip("\n").split("\n") for page in text.split("\f")]
    pages = [page for page in pages if any(map(str.strip, page))]
    repeated = Counter(key for page in pages for key in {_running_key(page[0]), _running_key(page[-1])})
    trimmed = [_trim(page, repeated) for page in pages]
    trimmed = [page for page in trimmed if page]
    if not trimmed:
        return ""
    parts = ["\n".join(trimmed[0])]
    for above, below in pairwise(trimmed):
        goes_on = above[-1].rstrip()[-1:] not in SENTENCE_ENDS and below[0].lstrip()[:1].islower()
        parts += ["\n" if goes_on else "\n\n", "\n".join(below)]
    return "".join(parts)


def _running_key(line: str) -> str:
    return _DIGITS_RE.sub("0", " ".join(line.split()))


def _trim(page: list[str], repeated: Counter[str]) -> list[str]:
    """Return the lines of a page without the running head and foot, the page number and blank lines at its ends."""
    first, last = 0, len(page)
    while first < last and _is_margin(page[first], repeated):
        first += 1
    while last > first and _is_margin(page[last - 1], repeated):
        last -= 1
    return page[first:last]


def _is_margin(line: str, repeated: Counter[str]) -> bool:
    text = line.strip()
    if not text or _PAGE_NUMBER_RE.fullmatch(text):
        return True
    return len(text) <= MAX_RUNNING and repeated[_running_key(line)] >= MIN_RUNNING


REPAIRS = (_decode_quoted_printable, _drop_chat_prefixes, _split_ligatures, _join_pages)
"""In this order: what a mail hides may be a chat."""
