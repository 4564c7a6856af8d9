"""Decoded text → the same without what was encoded twice: "lâ€™Ã©tÃ©" is "l’été". Segment by segment, by ftfy.

Asked only where sure marks of such text occur: "MAÇÃ»" at the end of a Portuguese quotation is right as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.patterns import later

if TYPE_CHECKING:
    import re

MANY = 3
"""Sure marks on a page from which a doubtful one ("Ã" before a space) is repaired too."""

MAX_SEGMENT = 200_000
"""Characters without a tag or line end past which a segment is left alone: data, not text."""

_LATIN = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What the second bytes of UTF-8 are in windows-1252 and Latin-1."""
_CYRILLIC = "\x80-\x9f\xa0¤¦§©«¬\xad®°±µ¶·»ЂЃѓ‚„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
"""The same in windows-1251, without the letters of Russian."""

# It begins with a set of characters, since re looks for those without trying each alternative everywhere.
_SURE_RE = later(
    rf"[ÃÂâÎ-ÑØÙ×à-ïРС](?:(?<=[ÃÂ])(?![\xa0»”’“…–—])[{_LATIN}]|(?<=â)[€\x80][{_LATIN}]"
    rf"|(?<=[Î-ÑØÙ×])[{_LATIN}][Î-ÑØÙ×][{_LATIN}]|(?<=[à-ï])[{_LATIN}]{{2}}[à-ï][{_LATIN}]{{2}}"
    rf"|(?<=[РС])[{_CYRILLIC}](?:[РС][{_CYRILLIC}]){{2}})"
)  # "Ã©", "â€™", "Ð¿Ñ€", "æ—¥æœ¬", "РїРё"
_DOUBTFUL_RE = later(rf"[ÃÂ][{_LATIN}]")  # "Ã "
_MENTIONED_RE = later(
    rf"(?:[\"'«‹(]|&quot;|&lt;)[ÃÂâÐÑ][{_LATIN}]{{1,3}}(?:[\"'»›)\\]|&quot;|&gt;)"
)  # "Ã¤" in quotes: text about such text
_HAS_WORD_RE = later(r"\w\w")  # a table of marks has none: "â€™"
_ASCII = bytes(range(128))
_SEGMENT_RE = later(rf"[^<>\n]{{1,{MAX_SEGMENT}}}")


def repair_mojibake(text: str) -> tuple[str, int]:
    """Return the text repaired, and in how many segments between tags and line ends. Linear in its length."""
    if text.isascii():
        return text, 0
    others = text.encode("utf-8", "replace").translate(None, _ASCII).decode("utf-8")
    if _SURE_RE.search(others) is None:  # a sure mark is of such characters alone, which are few on most pages
        return text, 0
    marks = sum(1 for _ in zip(range(MANY), _SURE_RE.finditer(text), strict=False))
    if not marks:
        return text, 0
    import ftfy  # late: few pages need it

    repaired = 0
    wanted = _DOUBTFUL_RE if marks == MANY else _SURE_RE

    def repair(match: re.Match[str]) -> str:
        nonlocal repaired
        segment = match[0]
        if segment.isascii():
            return segment
        if not (_SURE_RE.search(segment) or wanted.search(segment)) or _MENTIONED_RE.search(segment):
            return segment
        fixed = ftfy.fix_encoding(segment)
        if not _HAS_WORD_RE.search(fixed):
            return segment
        repaired += fixed != segment
        return fixed

    return _SEGMENT_RE.sub(repair, text), repaired
