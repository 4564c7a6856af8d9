"""Date as written, by a machine or a person → ISO 8601. Language-free: month names are data in months.py.

A result is a day ("2025-07-04") or a time ("2025-07-04T10:30:00", with its offset where the text gives one).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from newsclean.lexicon.calendars import in_our_years
from newsclean.lexicon.months import month_number
from newsclean.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR = 1990
"""No page was published before the web was."""
FUTURE_DAYS = 366
"""How far ahead of today a date may lie: embargoes, clocks gone wrong, magazines dated ahead."""
BUDDHIST_ERA = 543
"""Years that the Thai calendar is ahead."""
MAX_CHARS = 4_000
"""Characters of a text in which a date is looked for; a dateline is far shorter."""

_EPOCH_RE = later(r"\s*(\d{10})(?:\d{3})?(?:\.\d+)?\s*")  # "1751623200", "1751623200000"
_COMPACT_RE = later(r"\s*(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?(?!\d)")  # "20250704T103000"

# "2025-07-04", "2025/7/4", "2025. 07. 04.", "2025年7月4日", "2025년 7월 4일"
_YMD_RE = later(
    r"(?<![\d.])(\d{4})(?:\s?[-/.]\s?|\s?年\s?|\s?년\s?)(\d{1,2})(?:\s?[-/.]\s?|\s?月\s?|\s?월\s?)(\d{1,2})(?!\d)[日일]?"
)
# "04/07/2025", "4. 7. 2025", "04-07-2025"
_DMY_RE = later(r"(?<![\d.])(\d{1,2})(\s?[-/.]\s?)(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
# "04.07.25", "7/4/25"
_DMY_SHORT_RE = later(r"(?<![\d.])(\d{1,2})([-/.])(\d{1,2})[-/.'](\d{2})(?![\d.])")
_ORDER_RE = later(r"(?<![\d/])([0-3]?\d)/([0-3]?\d)/(?:19|20)\d\d(?!\d)")  # "09/25/2025"
_WORD = r"([^\s\d,/()|:;·•<>\"-]{2,24}?)"
# "4 July 2025", "4. Juli 2025", "4 de julio de 2025", "1er août 2025", "4th of July, 2025", "4-Jul-2025"
_D_MONTH_Y_RE = later(
    r"(?<!\d)(\d{1,2})(?:\s?(?:(?:st|nd|rd|th|er)(?!\w)|ª|º|°|-?го))?[.\s,-]{0,3}(?:(?:de|of|ta)\s|d['’]\s?)?"
    + _WORD
    + r"[.\s,-]{0,3}(?:(?:de|del|of|año)\s)?(\d{4})(?!\d)",
    re.I,
)
# "July 4, 2025", "Jul. 4th 2025", "Fri Jul 04 2025"
_MONTH_D_Y_RE = later(
    r"(?<![^\s\d,/()|:;·•<>\"-])"
    + _WORD
    + r"[.\s-]{1,3}(\d{1,2})(?:st|nd|rd|th)?[\s,.-]{1,3}(?:de\s|of\s)?(\d{4})(?!\d)",
    re.I,
)
# "2025. július 4.", "2025 m. liepos 4 d.", "2025 July 4"
_Y_MONTH_D_RE = later(r"(?<![\d.])(\d{4})[\s,.-]{1,3}(?:m\.\s|gada\s)?" + _WORD + r"[.\s-]{1,3}(\d{1,2})(?!\d)", re.I)
# "2021. gada 9. septembris", "2022 m. gegužės 17 d." the other way round
_Y_D_MONTH_RE = later(r"(?<![\d.])(\d{4})[.\s]{1,2}(?:gada|m\.)\s(\d{1,2})\.?\s" + _WORD + r"(?=[\s,.|]|$)", re.I)
# "Fri Jul  4 10:00:00 EDT 2025"
_UNIX_RE = later(r"(?<!\w)([a-z]{3})\s{1,2}(\d{1,2})\s\d\d:\d\d:\d\d\s(?:[A-Z]{2,5}\s)?(\d{4})(?!\d)", re.I)
# "ngày 4 tháng 7 năm 2025", "4 tháng 7, 2025"
_VIETNAMESE_RE = later(r"(?<!\d)(\d{1,2})\s(?:tháng|thg)\s?(\d{1,2}),?\s(?:năm\s)?(\d{4})(?!\d)", re.I)

# "T10:30:00.000+0200", " at 10:30 AM GMT", ", 10.30 Uhr", " 10h30"
_TIME_RE = later(
    r"[\sT,.|/·•–—-]{0,4}(?:(?:at|um|à|a las|às|ore|kl\.?|klo|om|в|о|o|godz\.)\s)?"
    r"(\d{1,2})(?:(?P<sep>[:.h時시])\s?)(\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s(?P<uhr>Uhr)\b)?",
    re.I,
)
_OFFSET_RE = later(
    r"\s?\(?(?:(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?(?![\d-])|([A-Z]{1,5})\b)"
)  # "+02:00", "GMT+0200", "Z"
_BEFORE_DATE_RE = later(r"\s(?:on|at|am|vom|den|le|el|il|em|op|dne|в|от)\s{0,3}$", re.I)  # "Ann Lee on 4 July 2025"
# What every form of date has: a year, or numbers with a mark between; or marks that hide between its digits.
_MAY_DATE_RE = later(r"[\d\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff](?:\d{3}|[-/.]\d|(?<!\d))|[\d元]\s?年")
_OTHER_YEAR_RE = later(r"年|(?<!\d)1[34]\d\d(?!\d)")  # "令和6年", "1403"
_LONG_YEAR_RE = later(r"\d{4}")  # what all forms of date but the short ones have
_HALF_DAY_RE = later(r"\d\s?[ap]\.?m\b", re.I)  # "10:30 AM"
_HIDDEN_RE = later("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # direction marks inside dates

ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
"""Minutes east of UTC. Left out where it depends on the season or the continent ("ET", "IST")."""

_DIGITS = {ord(zero) + value: str(value) for zero in "٠۰०০੦૦୦௦౦೦൦๐໐၀០０" for value in range(10)}
_TWO_WORD_MONTHS = (
    ("كانون ال", "كانونال"),
    ("تشرين ال", "تشرينال"),
    ("Tháng Mười Hai", "tháng 12"),
    ("Tháng Mười Một", "tháng 11"),
    ("พ.ศ. ", ""),  # "14 พฤศจิกายน พ.ศ. 2561": which era the year is of
    ("ค.ศ. ", ""),
)


def may_hold_date(text: str) -> bool:
    """Return whether a text has what every form of date has: most lines with a number have not."""
    return _MAY_DATE_RE.search(text) is not None


def parse_date(text: str, *, month_first: bool | None = None) -> str | None:
    """Return the date that a text states, in ISO 8601, or None.

    The text is a date and little else: a `datetime` attribute, a meta value, a dateline. `month_first` says how to read
    "04/07/2025"; None reads the day first unless the text has an AM or PM.
    """
    text = _plain(text)
    epoch = _EPOCH_RE.fullmatch(text)
    if epoch:
        return _from_epoch(int(epoch[1]))
    compact = _COMPACT_RE.match(text)
    if compact:
        return _iso(int(compact[1]), int(compact[2]), int(compact[3]), _clock(compact[4], compact[5], compact[6]))
    return _first_date(text, month_first, short_years=True)


def find_date(text: str, *, month_first: bool | None = None) -> str | None:
    """Return the first date inside a longer text, in ISO 8601, or None. Years have four digits here."""
    return _first_date(_plain(text), month_first, short_years=False)


def is_month_first(text: str) -> bool | None:
    """Return how a page writes "04/07/2025", by its dates that can be read in one way only; None where they differ."""
    if "/20" not in text and "/19" not in text:
        return None
    said = {int(match[2]) > 12 for match in _ORDER_RE.finditer(text) if (int(match[1]) > 12) != (int(match[2]) > 12)}
    return said.pop() if len(said) == 1 else None


def without_date(text: str) -> str:
    """Return a text without the first date in it and the time that follows, " | " in their place."""
    if not may_hold_date(text):
        return text
    plain = _plain(text)
    if len(plain) != len(text):
        text = plain
    for start, end, year, month, day in _candidates(plain, False, True):
        if _iso(year, month, day, None):
            return f"{_BEFORE_DATE_RE.sub('', text[:start])} | {text[end:].lstrip('.')}"
    return text


def _plain(text: str) -> str:
    """Return the text with ASCII digits, without direction marks, cut to a bounded size."""
    text = _HIDDEN_RE.sub("", text[:MAX_CHARS])
    if not text.isascii():
        text = text.translate(_DIGITS)
        for two, one in _TWO_WORD_MONTHS:
            text = text.replace(two, one)
    return in_our_years(text) if _OTHER_YEAR_RE.search(text) else text


def _first_date(text: str, month_first: bool | None, *, short_years: bool) -> str | None:
    if not may_hold_date(text):
        return None
    if month_first is None:
        month_first = _HALF_DAY_RE.search(text) is not None
    for _, end, year, month, day in _candidates(text, month_first, short_years):
        iso = _iso(year, month, day, _time_after(text, end))
        if iso:
            return iso
    return None


Candidate = tuple[int, int, int, int, int]
"""Start and end of the match, year, month, day."""


@lru_cache(maxsize=256)
def _candidates(text: str, month_first: bool, short_years: bool) -> tuple[Candidate, ...]:
    """Return every reading of the text as a date, in order. Byline, date line and name are looked for in one line."""
    return tuple(sorted(_readings(text, month_first, short_years), key=itemgetter(0)))


def _readings(text: str, month_first: bool, short_years: bool) -> Iterator[Candidate]:
    """Yield every reading of the text as a date, by form of date."""
    yield from _numeric(text, month_first, short_years)
    if not _LONG_YEAR_RE.search(text):
        return
    for match in _YMD_RE.finditer(text):
        yield match.start(), match.end(), int(match[1]), int(match[2]), int(match[3])
    for match in _VIETNAMESE_RE.finditer(text):
        yield match.start(), match.end(), int(match[3]), int(match[2]), int(match[1])
    for pattern, (year, month, day) in (
        (_D_MONTH_Y_RE, (3, 2, 1)),
        (_MONTH_D_Y_RE, (3, 1, 2)),
        (_Y_MONTH_D_RE, (1, 2, 3)),
        (_Y_D_MONTH_RE, (1, 3, 2)),
        (_UNIX_RE, (3, 1, 2)),
    ):
        for match in pattern.finditer(text):
            number = month_number(match[month])
            if number:
                yield match.start(), match.end(), int(match[year]), number, int(match[day])


def _numeric(text: str, month_first: bool, short_years: bool) -> Iterator[Candidate]:
    patterns = (_DMY_RE, _DMY_SHORT_RE) if short_years else (_DMY_RE,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            day, month, year = int(match[1]), int(match[3]), int(match[4])
            if month > 12 or (month_first and "/" in match[2] and day <= 12):
                day, month = month, day
            yield match.start(), match.end(), year + 2000 if year < 100 else year, month, day


Clock = tuple[int, int, int, timezone | None]


def _time_after(text: str, end: int) -> Clock | None:
    """Return the time of day that directly follows a date, or None."""
    match = _TIME_RE.match(text, end)
    if not match:
        return None
    if match["sep"] == "." and not (match["half"] or match["uhr"]):
        return None
    hour = int(match[1])
    half = (match["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return _clock(str(hour), match[3], match[4], _offset(text, match.end()))


def _clock(hour: str | None, minute: str | None, second: str | None, offset: timezone | None = None) -> Clock | None:
    if hour is None or minute is None:
        return None
    return int(hour), int(minute), int(second or 0), offset


def _offset(text: str, start: int) -> timezone | None:
    match = _OFFSET_RE.match(text, start)
    if not match:
        return None
    if match[4]:
        if match[4] in ("GMT", "UTC"):
            return _offset(text, match.end()) or timezone.utc
        minutes = ZONES.get(match[4])
        return None if minutes is None else timezone(timedelta(minutes=minutes))
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _from_epoch(seconds: int) -> str | None:
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return _iso(moment.year, moment.month, moment.day, (moment.hour, moment.minute, moment.second, timezone.utc))


def _iso(year: int, month: int, day: int, clock: Clock | None) -> str | None:
    """Return the date in ISO 8601 if it exists and lies in the age of the web, else None."""
    latest = date.today() + timedelta(days=FUTURE_DAYS)
    if year > latest.year + 400:
        year -= BUDDHIST_ERA
    try:
        day_found = date(year, month, day)
    except ValueError:
        return None
    if not date(FIRST_YEAR, 1, 1) <= day_found <= latest:
        return None
    if clock is None:
        return day_found.isoformat()
    hour, minute, second, offset = clock
    if hour > 23 or minute > 59:
        return day_found.isoformat()
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=offset).isoformat()
