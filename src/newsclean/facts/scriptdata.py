"""Page → the article that it holds only in script data, as a Page of its own, for shells that scripts fill.

JSON-LD articleBody, the state of Next.js, Nuxt, Apollo and the like, Next.js flight rows, Discourse preloads.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.judge.ballots import Selection
from newsclean.model import Confidence, Verdict
from newsclean.page.html import parse_html
from newsclean.page.scripts import read_json
from newsclean.words import count_until, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.page.html import Page

MAX_CHARS = 8_000_000
"""Characters of script data that are read in all."""
MAX_VALUES = 200_000
"""JSON values that are looked at in one script."""
MIN_PROSE = 60
"""Characters from which a string with spaces (or in a script without them) reads as prose rather than as a label."""
TIMES_MORE = 2.0
"""How many times the words of the selection the script data must hold: a paywalled start is under half of a text."""
TIMES_SHOWN = 1.5
"""The same where what the page shows is the beginning of what they hold."""
START = 60
"""Characters of a text by which it is found again."""
SHELL_WORDS = 40
"""Words below which the selection is a shell: a cookie notice, a "please enable scripts"."""
MIN_WORDS = 60
"""Words below which text in script data is no article."""
MAIN_SHARE = 0.25
"""Share of all prose under "body" keys that an article has; in the data of a shop no text of its many widgets does."""
SCRIPT_CONFIDENCE = 0.6
"""Of 13 development pages that this found, 8 had most of the article's text and 3 half of it."""
VOTER = "script data"
ARTICLE_BODY = "articleBody"
BODY_KEYS = frozenset("articlebody body content contenthtml cooked html text bodyhtml rendered paragraphs".split())
JSON_TYPES = frozenset({"application/json", "application/activity+json"})

_STATE_RE = re.compile(r"(?:window\.|self\.|var |let |const )?[\w.$\[\]\"']{1,60}\s?=\s?(?=[{\[])")  # window.__NUXT__={
_LOOSE_RE = re.compile(r"\b([A-Za-z]{4,20})\"?\s?:\s?(\"(?:[^\"\\]|\\.){120,}\")")  # body:"\u003Cp\u003EThe harbour …"
_FLIGHT_RE = re.compile(r"__next_f\.push\(\s*\[\s*1\s*,\s*(?=\")")  # self.__next_f.push([1,"
_FLIGHT_ROW_RE = re.compile(r"(?m)^[0-9a-f]{1,6}:(?=[\[{])")  # 1a:["$","div",…
_FLIGHT_TEXT_RE = re.compile(r"(?<![0-9a-f])[0-9a-f]{1,6}:T([0-9a-f]{1,6}),")  # 1b:T4d2,<p>…
_MARKUP_RE = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|strong|em|b|i|a|span|figure|img)\b[^<>]{0,2000}>", re.I
)
_ESCAPED_RE = re.compile(r"[\"'\\/<>&\n\t\u00a0]")
_TAG_RE = re.compile(r"<[^<>]{0,2000}>")
_CODE_RE = re.compile(r"[{};=]|https?://|\\u")  # "function(){", "a=b;", "https://…"
_UNSPACED = "[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\uac00-\ud7af]"  # "記", "ข"; slow to compile, seldom needed
_PLACEHOLDER_RE = re.compile(r"\$\$[A-Z][A-Z_]{5,40}\$\$")  # "$$ARTICLEAD$$", where a script sets an ad
_PARAGRAPH_RE = re.compile(r"\n\s{0,200}\n|\r\n|\n")


@dataclass(frozen=True, slots=True)
class ScriptArticle:
    """Article text found in script data."""

    page: Page
    """The text as a page of its own; all of it is article."""
    origin: str
    """Where it stood, for the verdicts: "JSON-LD articleBody", "script data body.text"."""
    words: int


def script_article(page: Page, selection: Selection | None) -> ScriptArticle | None:
    """Return the article in the page's script data where what was selected is a shell or a fragment, else None.

    A page that shows far more text than its script data holds is no shell: there such text belongs to a widget.
    """
    body = find_article_body(page)
    words = 0
    if selection is not None:
        enough = max(SHELL_WORDS, body.words) if body is not None else SHELL_WORDS
        words = count_until((block.text for block in page.blocks if selection.kept[block.number]), enough)
    if body is not None and body.words >= MIN_WORDS and body.words > TIMES_MORE * words:
        return body
    if words >= SHELL_WORDS:
        return _continued(page, selection) if selection is not None else None
    found = find_script_article(page)
    if found is None or found.words < MIN_WORDS or found.words <= TIMES_MORE * words:
        return None
    much = TIMES_MORE * found.words
    return found if count_until((block.text for block in page.blocks), much) < much else None


def _continued(page: Page, selection: Selection) -> ScriptArticle | None:
    """Return the article in the script data of a page that shows no more than its beginning, else None."""
    texts = [block.text for block in page.blocks if selection.kept[block.number] and len(block.text) >= MIN_PROSE]
    if not texts or not _is_told_twice(page.source, texts[-1]):
        return None
    found = find_script_article(page)
    if found is None:
        return None
    told = [block.text for block in found.page.blocks]
    if not all(_start(text) in "\n".join(told) for text in (texts[0], texts[-1])):
        return None
    shown = sum(count_words(text) for text in texts)
    return found if found.words >= max(TIMES_SHOWN * shown, shown + MIN_WORDS) else None


def _is_told_twice(source: str, text: str) -> bool:
    """Return whether the start of a shown text stands in the source again, as it is or escaped."""
    start = _start(text)
    escaped = start.encode("unicode_escape").decode("ascii")
    return source.count(start) + (source.count(escaped) if escaped != start else 0) > 1


def _start(text: str) -> str:
    """Return a piece of a text's start that neither JSON nor markup writes otherwise."""
    return max(_ESCAPED_RE.split(text[:START]), key=len).strip()


def keep_all(script: ScriptArticle) -> Selection:
    """Return the selection of every block of an article that was found in script data."""
    reason = f"stands in {script.origin}; the page itself shows less than half of it"
    blocks = script.page.blocks
    kept = tuple(bool(block.text) for block in blocks)
    verdicts = tuple(Verdict(n, keep, VOTER, reason, text=blocks[n].text) for n, keep in enumerate(kept))
    return Selection(kept, verdicts, VOTER, Confidence(SCRIPT_CONFIDENCE, (f"the text {reason}",)))


def find_article_body(page: Page) -> ScriptArticle | None:
    """Return the longest articleBody of the page's JSON-LD, or None without one. Cheap enough for every page."""
    if ARTICLE_BODY not in page.source:
        return None
    bodies: list[str] = []
    for value in page.json_ld:
        bodies.extend(text for path, text in _strings(value) if path[-1:] == (ARTICLE_BODY,))
    best = max(bodies, key=len, default="")
    return _script_article([best], f"JSON-LD {ARTICLE_BODY}", page) if _prose(best) else None


def find_script_article(page: Page) -> ScriptArticle | None:
    """Return the text under the "body" keys of the page's script data that hold the most prose, or None.

    Reads all script data, which can take longer than the page itself: for pages that show next to nothing.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for value in _script_values(page):
        seen: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for path, text in _strings(value):
            seen[path].append(text)
        seen = {path: texts for path, texts in seen.items() if _is_body(path)}
        for path, texts in seen.items():  # the same data often stands in two scripts: count it once
            if sum(map(len, texts)) > sum(map(len, groups[path])):
                groups[path] = texts
    prose = {path: sum(map(_prose, dict.fromkeys(texts))) for path, texts in groups.items()}
    best = max(prose, key=lambda path: prose[path], default=())
    if not prose.get(best) or prose[best] < MAIN_SHARE * sum(prose.values()):
        return None
    return _script_article(groups[best], f"script data {'.'.join(best[-2:])}", page)


def _script_article(texts: list[str], origin: str, page: Page) -> ScriptArticle:
    source = "".join(_as_html(_PLACEHOLDER_RE.sub("", text)) for text in dict.fromkeys(texts))
    found = parse_html(source, page.base_url)
    return ScriptArticle(found, origin, sum(count_words(block.text) for block in found.blocks))


def _is_body(path: tuple[str, ...]) -> bool:
    return any(key.lower().replace("_", "").replace("-", "") in BODY_KEYS for key in path[-2:])


def _script_values(page: Page) -> Iterator[object]:
    """Yield the JSON values of the page: scripts of a JSON type, states assigned in scripts, preload attributes."""
    yield from page.json_ld
    budget = MAX_CHARS
    flight: list[str] = []
    for element in page.root.iter("script"):
        text = element.text or ""
        budget -= len(text)
        if budget < 0:
            break
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        if kind in JSON_TYPES:
            yield from read_json(text.strip())
        elif "__next_f" in text and (match := _FLIGHT_RE.search(text)):
            flight.extend(value for value in read_json(text[match.end() :], is_whole=False) if isinstance(value, str))
        elif match := _STATE_RE.search(text[:2000]):
            values = list(read_json(text[match.end() :], is_whole=False))
            yield from values or _loose_values(text)
    yield from _flight_values("".join(flight))
    for element in page.root.iterfind(".//*[@data-preloaded]"):
        yield from _preloaded(element.get("data-preloaded", ""))


def _loose_values(text: str) -> Iterator[object]:
    """Yield the long strings under "body" keys of a state that is no JSON: its keys bare, or in a function's return."""
    for match in _LOOSE_RE.finditer(text):
        if match[1].lower() in BODY_KEYS:
            for value in read_json(match[2]):
                yield {match[1]: value}


def _preloaded(text: str) -> Iterator[object]:
    """Yield the JSON values that a preload attribute holds as strings inside its JSON object."""
    for value in read_json(text[:MAX_CHARS]):
        if isinstance(value, dict):
            for inner in value.values():
                if isinstance(inner, str):
                    yield from read_json(inner)


def _flight_values(rows: str) -> Iterator[object]:
    """Yield the values of Next.js flight rows: JSON to the end of the line, or text of a stated length in bytes."""
    for match in _FLIGHT_ROW_RE.finditer(rows):
        end = rows.find("\n", match.end())
        yield from read_json(rows[match.end() : end if end >= 0 else None], is_whole=False)
    for match in _FLIGHT_TEXT_RE.finditer(rows):
        size = int(match[1], 16)
        text = rows[match.end() : match.end() + size].encode()[:size].decode("utf-8", "ignore")
        yield {"body": text}


def _strings(value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every string with its path (keys from outside in, list positions left out), in document order."""
    stack: list[tuple[tuple[str, ...], object]] = [((), value)]
    seen = 0
    while stack and seen < MAX_VALUES:
        path, item = stack.pop()
        seen += 1
        if isinstance(item, str):
            yield path, item
        elif isinstance(item, dict):
            stack.extend(reversed([((*path, key), inner) for key, inner in item.items()]))
        elif isinstance(item, list):
            stack.extend(reversed([(path, inner) for inner in item[:MAX_VALUES]]))


def _prose(text: str) -> int:
    """Return how many characters of a string are prose: 0 for addresses, code, labels and data."""
    if len(text) < MIN_PROSE:
        return 0
    bare = _TAG_RE.sub(" ", html.unescape(text))
    size = len(bare.split())
    if size < 8 and not re.search(_UNSPACED, bare[:400]):
        return 0
    if len(_CODE_RE.findall(bare)) > len(bare) / 80:
        return 0
    return len(" ".join(bare.split()))


def _as_html(text: str) -> str:
    if _MARKUP_RE.search(text):
        return f"<div>{text}</div>"
    if _MARKUP_RE.search(unescaped := html.unescape(text)):
        return f"<div>{unescaped}</div>"
    return "".join(f"<p>{html.escape(part)}</p>" for part in _PARAGRAPH_RE.split(unescaped) if part.strip())
