"""Text of the document model → text safe in any output: no control characters, terminal escapes or lone surrogates.

Escaping for a format does not belong here.
"""

from __future__ import annotations

import re

# A terminal escape sequence: "\x1b[31m", "\x1b]0;title\x07".
_TERMINAL_RE = re.compile(r"(?:\x1b\[|\x9b)[0-?]{0,32}[ -/]{0,8}[@-~]|\x1b\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\)")
# Control characters other than tab and newline, byte order marks and noncharacters: "\x00", "\x1b", "\x85", "\ufeff".
_CONTROL_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# Half of a surrogate pair, which no UTF-8 file can hold: "\ud83d".
_SURROGATE_RE = re.compile("[\ud800-\udfff]")
# White space that browsers show as one space or none: " \n\t ". The no-break space is not among it.
_SPACE_RE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def collapse(text: str) -> str:
    """Return `text` printable and with each run of white space as one space, also at its ends."""
    if text.isprintable() and "  " not in text:
        return text  # none of what is looked for below is printable but the space
    return _CONTROL_RE.sub("", _SURROGATE_RE.sub("\ufffd", _SPACE_RE.sub(" ", _TERMINAL_RE.sub("", text))))


def one_line(text: str) -> str:
    """Return `text` printable, on one line, without white space at its ends."""
    text = collapse(text)
    return (_SPACE_RE.sub(" ", text) if "  " in text else text).strip()


def verbatim(text: str) -> str:
    """Return preformatted `text` printable, with its spaces, tabs and lines as they are."""
    lines = _TERMINAL_RE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL_RE.sub("", _SURROGATE_RE.sub("\ufffd", lines))
