"""Years, months and days of other calendars → those of ours: Solar Hijri (Iran, Afghanistan), Japanese eras, Minguo.

The lunar Hijri calendar is left out: its day depends on who saw the moon, and such pages state our day beside it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

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

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Era → the year before its first."""

# "12 اردیبهشت 1403", "1403/02/12"
_JALALI_NAMED_RE = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s?({'|'.join(JALALI_MONTHS)})(?:\s?ماه)?[\s،,]{{1,2}}(\d{{4}})(?!\d)"
)
_JALALI_RE = re.compile(r"(?<!\d)(1[34]\d\d)[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_ERA_RE = re.compile(
    rf"({'|'.join(ERAS)})\s?(\d{{1,3}}|元)\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日"
)  # "令和6年11月3日"


def in_our_years(text: str) -> str:
    """Return a text of ASCII digits with its dates of other calendars as "2024-05-01"."""
    if "年" in text:
        text = _ERA_RE.sub(_from_era, text)
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
