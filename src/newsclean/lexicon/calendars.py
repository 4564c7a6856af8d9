"""Years, months and days of other calendars → those of ours: Solar and lunar Hijri, Japanese eras, Minguo.

The lunar Hijri day is that of Umm al-Qura, the calendar that is printed ahead; where the moon is looked for it may be
the day beside. So it counts only where a text has no year of ours.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from newsclean.patterns import later

JALALI_MONTHS = {
    name: month
    for month, names in enumerate(
        "فروردین/حمل اردیبهشت/ثور خرداد/جوزا تیر/سرطان مرداد/امرداد/اسد شهریور/سنبله "
        "مهر/میزان آبان/عقرب آذر/قوس دی/جدی بهمن/دلو اسفند/حوت".split(),
        1,
    )
    for name in names.split("/")
}
"""Names in Iran and in Afghanistan."""
JALALI_YEARS = range(1369, 1480)
"""From 1990 on, when the web was."""
JALALI_LEAP_YEARS = (1, 5, 9, 13, 17, 22, 26, 30)
"""Leap years in the 33-year cycle that holds from 1342 to 1498."""
NEW_YEAR_1342 = date(1963, 3, 21)
"""First day of the year from which the cycles are counted here: 1342 is year 22 of a cycle."""

HIJRI_MONTHS = (
    "محرم|muharram",
    "صفر|safar",
    "ربيع ال[أا]ول|rabi.? al-?awwal",
    "ربيع (?:الآخر|الاخر|الثاني)|rabi.? al-?(?:thani|akhir)",
    "جماد[ىي] ال[أا]ول[ىي]|jumada al-?(?:ula|awwal)",
    "جماد[ىي] (?:الآخرة|الاخرة|الثانية)|jumada al-?(?:thani|thaniyah|akhirah)",
    "رجب|rajab",
    "شعبان|sha.?ban",
    "رمضان|rama[dz]an",
    "شوال|shaww?al",
    "ذ[وي] ?القعدة|(?:dhu|zul) ?al-?qi.?dah",
    "ذ[وي] ?الحجة|(?:dhu|zul) ?al-?hijjah",
)
HIJRI_FIRST_YEAR, HIJRI_FIRST_DAY = 1411, date(1990, 7, 23)
HIJRI_LONG_MONTHS = """
    5b4 9ba 4db 25d 52d aa5 ad4 aea 56d 4bd 23d 91d a95 b4a b5a 56d 2b6 93b 49b 655 6a9 754 b6a 56c aad 555 b29 b92
    ba9 5d4 ada 55a aab 595 749 764 baa 5b5 2b6 a56 d2a e95 72a 755 35a 95d 49b a4d d26 d53 5aa aad 4b6 a57 527 a95
    b4a b55 36c 9ae
    """.split()
"""A year each, from 1411 to 1470: twelve bits, one for a month of 30 days, as the calendar of Umm al-Qura has them."""

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Era → the year before its first."""

# "12 اردیبهشت 1403", "1403/02/12"
_JALALI_NAMED_RE = later(
    rf"(?<!\d)(\d{{1,2}})\s?({'|'.join(JALALI_MONTHS)})(?:[\s\u200c]?ماه)?[\s،,]{{1,2}}(\d{{4}})(?!\d)"
)
_JALALI_RE = later(r"(?<!\d)(1[34]\d\d)[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_ERA_RE = later(rf"({'|'.join(ERAS)})\s?(\d{{1,3}}|元)\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日")  # "令和6年11月3日"

_MONTH_GROUPS = "|".join(f"({names})" for names in HIJRI_MONTHS)
# "15 رمضان 1445", "1 Muharram 1446 AH"
_HIJRI_NAMED_RE = later(
    rf"(?<!\d)(\d{{1,2}})\s?(?:من\s)?(?:{_MONTH_GROUPS})[\s،,]{{1,2}}(14\d\d)(?!\d)(?:\s?(?:هـ|ه\b|AH\b))?", re.I
)
# "15/09/1445هـ", "1445/9/15 هـ"
_HIJRI_RE = later(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](14\d\d)\s?هـ|(?<!\d)(14\d\d)[/-](\d{1,2})[/-](\d{1,2})\s?هـ")
_OUR_YEAR_RE = later(r"(?<!\d)(?:19[9]|20[0-9])\d(?!\d)")  # "2024"


def in_our_years(text: str) -> str:
    """Return a text of ASCII digits with its dates of other calendars as "2024-05-01"."""
    if "年" in text:
        text = _ERA_RE.sub(_from_era, text)
    if "14" in text and not _OUR_YEAR_RE.search(text):
        text = _HIJRI_RE.sub(_from_hijri_numbers, _HIJRI_NAMED_RE.sub(_from_hijri_name, text))
    if "1" in text:
        text = _JALALI_RE.sub(lambda match: _from_jalali(match[0], int(match[1]), int(match[2]), int(match[3])), text)
        text = _JALALI_NAMED_RE.sub(
            lambda match: _from_jalali(match[0], int(match[3]), JALALI_MONTHS[match[2]], int(match[1])), text
        )
    return text


def _from_era(match: re.Match[str]) -> str:
    year = ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
    return f"{year}-{int(match[3]):02d}-{int(match[4]):02d}"


def _from_jalali(written: str, year: int, month: int, day: int) -> str:
    """Return a day of the Solar Hijri calendar as ours, or what was written where there is no such day."""
    if year not in JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= (31 if month <= 6 else 30):
        return written
    days = sum(366 if _is_leap(past) else 365 for past in range(1342, year))
    days += 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1
    return (NEW_YEAR_1342 + timedelta(days=days)).isoformat()


def _is_leap(year: int) -> bool:
    return (year - 1342 + 21) % 33 + 1 in JALALI_LEAP_YEARS


def _from_hijri_name(match: re.Match[str]) -> str:
    month = next(number for number in range(1, 13) if match[number + 1])
    return _from_hijri(match[0], int(match[14]), month, int(match[1]))


def _from_hijri_numbers(match: re.Match[str]) -> str:
    year, month, day = (match[3], match[2], match[1]) if match[3] else (match[4], match[5], match[6])
    return _from_hijri(match[0], int(year), int(month), int(day))


def _from_hijri(written: str, year: int, month: int, day: int) -> str:
    """Return a day of the lunar Hijri calendar as ours, or what was written where there is no such day."""
    place = year - HIJRI_FIRST_YEAR
    if not 0 <= place < len(HIJRI_LONG_MONTHS) or not 1 <= month <= 12:
        return written
    lengths = [29 + int(bit) for year_bits in HIJRI_LONG_MONTHS[: place + 1] for bit in f"{int(year_bits, 16):012b}"]
    past = 12 * place + month - 1
    if not 1 <= day <= lengths[past]:
        return written
    return (HIJRI_FIRST_DAY + timedelta(days=sum(lengths[:past]) + day - 1)).isoformat()
