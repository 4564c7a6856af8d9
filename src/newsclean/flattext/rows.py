"""Flattened text → rows: the lines of the file with their indent, the blank lines above them and their width on screen.

What mail, chats and printers put in, terminal left-overs and double spacing end here; re-joining wrapped rows is
lines.py's. A repair of what passing a text on did to it leaves a text alone unless all of it has the shape."""

from __future__ import annotations

import quopri
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from newsclean.flattext.columns import read_columns
from newsclean.words import TERMINAL_RE

MIN_SOFT_BREAKS = 3
"""Lines that end in "=" from which a text is quoted-printable, where it also has a code such as "=3D"."""

MIN_RUNNING = 2
"""Pages whose first or last lines agree from which those are running heads or feet."""

MAX_RUNNING = 120
"""Letters of a running head."""

SENTENCE_ENDS = frozenset(".!?…。！？؟।:;\"”»'’」)")

MIN_DOUBLE_SPACED = 8
"""Rows a text needs before double spacing is believed: below, every text of single paragraphs looks double-spaced."""

MIN_QUOTED_SHARE = 0.9
"""Share of rows that start with ">" from which the whole text is one quoted mail."""

MIN_MARKDOWN_SHARE = 0.04
"""Marks of Markdown for each line from which a text is Markdown: what html2text writes has 0.1 and more, a dumped page
that speaks of Markdown 0.01."""

MIN_QUOTE = 30
"""Characters of a quoted line in a text that is no Markdown: breadcrumbs and arrows are shorter."""

MIN_UNDERLINE = 3
"""Characters of a rule that makes a heading of the line above it."""

TAB_STOP = 8

CLOSING = frozenset(".!?…。！？」』”’\"')）")
"""Marks that stand alone on a row where the sentence above them just filled its row."""

MAX_ROWS = 50_000
"""Rows past which no layout is read: the longest page of the corpora has 2,500. What follows is joined in lumps."""
LUMP_ROWS = 500
"""Rows that make one lump."""

LINE_ENDS = "\r\x0b\x85\u2028\u2029"
"""Marks besides "\\n" that end a line; two of them together, "\\r\\n", end one."""

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
_OVERSTRIKE_RE = re.compile(r"[^\n]\x08")  # "_\bx", "x\bx" of formatted manual pages
_CONTROL_RE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_END_RE = re.compile(rf"\r\n?|[{LINE_ENDS}]")
_WIDE_RE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+")
_WORD_RE = re.compile(r"[^\W_]")  # any letter or digit
_QUOTE_RE = re.compile(r"^\s*(?:>[ ]?)+")  # "> > text"
_QUOTE_MARK_RE = re.compile(r"\s{0,9}>{1,4}(?!>)")  # "> text"; not the ">>>>>>> branch" of a merge
_FENCE_RE = re.compile(r"^\s{0,3}(```+|~~~+)\s*[\w+#.-]{0,30}\s*$")  # "```python", "~~~"
_TABLE_RULE_RE = re.compile(r"^[ |:]*-{2,}[ :-]*\|[ |:-]*$")  # "---|---", "| :-- | --: |" below a table's head
_MARKDOWN_RE = re.compile(r"\]\(|^#{1,6} +\S", re.M)  # "[label](address)", "## Heading"


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


@dataclass(slots=True)
class Row:
    """One line of the file that is not blank."""

    text: str
    """Without the white space around it."""
    indent: int
    """Columns before the text."""
    gap: int
    """Blank lines above."""
    end: int
    """Column after the text; wide letters (Chinese, Japanese, Korean) take two."""
    is_quote: bool = False
    """Whether it is marked as a quotation in Markdown."""
    code: str = ""
    """What stands between two fences of Markdown, its layout kept; `text` is the same in one line."""
    underline: str = ""
    """What underlines it as a heading: "=" the first rank, "-" the second."""
    number: int = 0
    """Where it stands among the lines of the text, from 0; those that passing it on put in (shapes.py) do not count."""


def cut_rows(source: str) -> list[Row]:
    """Return the rows of a text, double spacing and quote marks around the whole of it undone."""
    lines = _plain_lines(source)
    is_markdown = _is_markdown(source, len(lines))
    rows = _read_rows(_read_tables(lines) if is_markdown else read_columns(lines), is_markdown)
    if _is_quoted(rows, is_markdown):
        rows = _read_rows([_QUOTE_RE.sub("", line) for line in lines], False)
    if _is_double_spaced(rows):
        for row in rows:
            row.gap //= 2
    return rows


def count_lines(source: str) -> int:
    """Return how many lines a text has, as Row.number counts them."""
    return len(_plain_lines(source))


def cut_lines(source: str, span: tuple[int, int]) -> str:
    """Return the lines of a text from the first number of a span up to the second, as Row.number counts them."""
    return "\n".join(_plain_lines(source)[span[0] : span[1]])


def _is_markdown(source: str, lines: int) -> bool:
    if "](" not in source and "\n#" not in source and not source.startswith("#"):
        return False
    marks = sum(1 for _ in _MARKDOWN_RE.finditer(source))
    return marks > 0 and marks >= MIN_MARKDOWN_SHARE * lines


def lump(lines: list[str]) -> list[str]:
    """Return the lines with those past MAX_ROWS joined, so that a file of any length gives a bounded number of rows."""
    lumps = [
        " ".join(" ".join(lines[start : start + LUMP_ROWS]).split()) for start in range(MAX_ROWS, len(lines), LUMP_ROWS)
    ]
    return lines[:MAX_ROWS] + lumps


def _plain_lines(source: str) -> list[str]:
    """Return the lines without terminal codes and control characters, as the page had them."""
    if "\x1b" in source:
        source = TERMINAL_RE.sub("", source)
    if "\x08" in source:
        source = _OVERSTRIKE_RE.sub("", source)
    if any(mark in source for mark in LINE_ENDS):
        source = _LINE_END_RE.sub("\n", source)
    lines = [line if line.isprintable() else _CONTROL_RE.sub("", line) for line in undo(source).split("\n")]
    return lump(lines) if len(lines) > MAX_ROWS else lines


def _read_tables(lines: list[str]) -> list[str]:
    """Return the lines with tabs between the cells of Markdown's tables, whose heads stand above a rule."""
    read = list(lines)
    is_table = False
    for number, line in enumerate(lines):
        if "|" in line and _TABLE_RULE_RE.match(line) and number and "|" in lines[number - 1]:
            is_table = True
            read[number - 1] = _cells(lines[number - 1])
        elif is_table and "|" in line:
            read[number] = _cells(line)
        else:
            is_table = False
    return read


def _cells(line: str) -> str:
    return "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))


def _find_fences(lines: list[str]) -> dict[int, int]:
    """Return where blocks of code begin and end: the numbers of their two fences."""
    fences: dict[int, int] = {}
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        mark = _FENCE_RE.match(line) if "```" in line or "~~~" in line else None
        if mark is None:
            continue
        if opened is None:
            opened = number, mark.group(1)
        elif mark.group(1).startswith(opened[1]):
            fences[opened[0]] = number
            opened = None
    return fences


def _read_rows(lines: list[str], is_markdown: bool) -> list[Row]:
    rows: list[Row] = []
    gap = 0
    fences = _find_fences(lines) if is_markdown or "```" in lines or "~~~" in lines else {}
    resume = 0
    for number, line in enumerate(lines):
        if number < resume:
            continue
        if number in fences:
            resume = fences[number] + 1
            code = "\n".join(lines[number + 1 : fences[number]])
            if _WORD_RE.search(code):
                rows.append(Row(" ".join(code.split()), 0, gap, 0, code=code, number=number))
                gap = 1
            continue
        is_quote = _is_quote(line, gap, rows, is_markdown)
        margin = 0
        if is_quote:
            margin = len(line)
            line = _QUOTE_RE.sub("", line)
            margin -= len(line)
        text = line.strip()
        if rows and not gap and _underlines(text, rows[-1]):
            rows[-1].underline = text[0]
        if not text or not (text[0].isalnum() or text[0] in CLOSING or _WORD_RE.search(text)):
            gap += 1  # rules, lone bullets and boxes say nothing
            continue
        indent = len(line) - len(line.lstrip()) + margin
        if indent and "\t" in line[:indent]:
            indent = len(line[:indent].expandtabs(TAB_STOP))
        size = len(text)
        if not text.isascii():
            size += size - len(_WIDE_RE.sub("", text))
        rows.append(Row(text, indent, gap, indent + size, is_quote, number=number))
        gap = 0
    return rows


def _is_quote(line: str, gap: int, rows: list[Row], is_markdown: bool) -> bool:
    """Return whether a line is marked as quoted; where no more is Markdown, it has to begin a paragraph or go on."""
    if _QUOTE_MARK_RE.match(line) is None:
        return False
    return is_markdown or (line.startswith("> ") and ((len(line) >= MIN_QUOTE and gap > 0) or _goes_on(rows, gap)))


def _goes_on(rows: list[Row], gap: int) -> bool:
    return bool(rows) and not gap and rows[-1].is_quote


def _underlines(text: str, above: Row) -> bool:
    """Return whether a line of "=" or "-" is as long as the text above it."""
    return (
        len(text) >= MIN_UNDERLINE
        and text.strip(text[0]) == ""
        and text[0] in "=-"
        and (abs(len(text) + above.indent - above.end) <= 1)
    )


def _is_quoted(rows: list[Row], is_markdown: bool) -> bool:
    """Return whether a whole text is quoted; in Markdown its one quotation is what it holds."""
    quoted = sum(row.text[0] == ">" or (row.is_quote and not is_markdown) for row in rows)
    return len(rows) > 1 and quoted >= MIN_QUOTED_SHARE * len(rows)


def _is_double_spaced(rows: list[Row]) -> bool:
    """Return whether every line break was written twice: then blank lines stand above every row, in odd numbers."""
    return len(rows) >= MIN_DOUBLE_SPACED and all(row.gap % 2 for row in rows[1:])
