"""Text such as "3 days ago" or "gestern" → the day that is meant, counted back from a known moment.

Minutes, hours and days alone: whoever writes "2 weeks ago" or "3 months ago" has rounded, and the day is not known.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

MAX_DAYS = 13
"""Days back; past two weeks pages count in weeks or months."""
MAX_CHARS = 120
"""Characters of a line in which such words are looked for."""

# before | minutes | hours | days | behind; a "?" before the number says that "one" is left out ("час назад")
_FORMS = """
en |             | minutes? mins?\\.?     | hours? hrs?\\.? h       | days? d                  | ago
de | vor         | minuten? min\\.?       | stunden? std\\.?        | tag(?:en)?               |
fr | il y a      | minutes? min\\.?       | heures? h              | jours?                   |
es | hace        | minutos? min\\.?       | horas? h               | d[ií]as?                 |
pt | há          | minutos? min\\.?       | horas? h               | dias?                    |
pt |             | minutos? min\\.?       | horas? h               | dias?                    | atrás
it |             | minut[oi] min\\.?      | or[ae]                 | giorn[oi]                | fa
nl |             | minut(?:en)? minuut   | uur uren               | dag(?:en)?               | geleden
sv | för         | minut(?:er)?          | timm(?:e|ar)           | dag(?:ar)?               | sedan
no | for         | minutt(?:er)?         | timer? time            | dag(?:er)?               | siden
da | for         | minut(?:ter)?         | timer? time            | dage?                    | siden
no |             | minutt?(?:er)? min\\.? | timer? time            | dag(?:er|e)?             | siden
fi |             | minuutti(?:a)?        | tuntia? tunti          | päivää? päivä            | sitten
pl |             | ?minut[ęy]? min\\.?    | ?godzin[ęy]? godz\\.?   | dni dzień                | temu
cs | před        | minut(?:ou|ami)       | hodin(?:ou|ami)        | dn(?:em|y)               |
sk | pred        | minút(?:ou|ami)       | hodin(?:ou|ami)        | dňom dňami              |
ru |             | ?минут[уы]? мин\\.?    | ?час(?:а|ов)?          | ?день дня дней           | назад
uk |             | ?хвилин[уи]? хв\\.?    | ?годин[уи]? год\\.?     | ?день дні днів           | тому
bg | преди       | минут[аи]             | час(?:а)?              | ден дни дена             |
sr | пре|pre     | минут[а]? minuta?     | сат[аи]? sat[ai]?      | дан[а]? dana?            |
el | πριν(?:\\sαπό)? | λεπτ[άό]          | ώρ(?:α|ες)             | η?μέρ(?:α|ες)            |
tr |             | dakika dk\\.?          | saat                   | gün                      | önce
ro | acum        | minute? min\\.?        | or[eăa]                | zile zi                  |
hu |             | perc(?:cel)?          | órával                 | nappal                   | ezelőtt
ar | منذ|قبل     | دقيقة دقائق           | ساعة ساعات             | يوم أيام يوما            |
fa |             | دقیقه                 | ساعت                   | روز                      | پیش|قبل
he | לפני        | דקות דקה              | שעות שעה               | ימים יום                 |
hi |             | मिनट                  | घंटे घंटा घण्टे             | दिन                      | पहले
bn |             | মিনিট                 | ঘণ্টা ঘন্টা                | দিন                      | আগে
id |             | menit minit           | jam                    | hari                     | (?:yang\\s)?lalu
vi |             | phút                  | giờ tiếng              | ngày                     | trước
th |             | นาที                   | ชั่วโมง ชม\\.?            | วัน                       | ที่แล้ว|ที่ผ่านมา
zh |             | 分钟 分鐘 分           | 小时 小時               | 天 日                    | 前|之前
ja |             | 分                    | 時間                   | 日                       | 前
ko |             | 분                    | 시간                   | 일                       | 전
"""
_ONE = (
    "an? one ein(?:e[mrn]?)? une? un[oa]? uma? um een et ett en egy jedn[ąa] jednou один одну ένα μία bir o bạn یک एक"
)
_YESTERDAY = (
    *"yesterday gestern hier ayer ontem ieri gisteren igår eilen wczoraj včera вчера вчора јуче dün".split(),
    *"χθες χτες tegnap".split(),
    *"أمس دیروز אתמול kemarin เมื่อวานนี้ เมื่อวาน 昨天 昨日 어제".split(),
    *("i går", "hôm qua"),
)
_TODAY = (
    *"today heute oggi hoy hoje vandaag idag tänään dzisiaj dziś dnes сегодня сьогодні днес bugün σήμερα".split(),
    *"اليوم امروز היום วันนี้ 今天 今日 오늘".split(),
    *("aujourd'hui", "aujourd’hui", "i dag", "hôm nay", "hari ini"),
)
_CELL_RE = re.compile(r"\s\|(?:\s|$)")  # between the cells of the table above
_UNSPACED = frozenset("zh ja ko th".split())


# What stands behind such a day: nothing, or the time: "Yesterday at 14:20", "heute, 9.30 Uhr", "昨天 14:20".
_BEHIND = r"(?:[\s,|·–-]{0,3}\D{0,6}\d{1,2}[:.h時]\d{2}\D{0,8})"
_YESTERDAY_RE = re.compile(rf"\W*(?:{'|'.join(_YESTERDAY)})(?:{_BEHIND}|\W*)", re.I)
_TODAY_RE = re.compile(rf"\W*(?:{'|'.join(_TODAY)}){_BEHIND}", re.I)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], timedelta], ...]:
    """Return a pattern for each language and unit; few pages need them."""
    found: list[tuple[re.Pattern[str], timedelta]] = []
    for line in _FORMS.strip().splitlines():
        language, before, *units, behind = (cell.strip() for cell in _CELL_RE.split(line))
        space = r"\s?" if language in _UNSPACED else r"\s{1,2}"
        for unit, step in zip(units, (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)), strict=True):
            number = rf"(?:(?P<count>\d{{1,3}})\s?|(?:{'|'.join(_ONE.split())})\s)"
            number += "?" if unit.startswith("?") else ""
            head = rf"(?:{before}){space}" if before else ""
            tail = rf"{space}(?:{behind})" if behind else ""
            words = "|".join(unit.replace("?", "", 1).split() if unit.startswith("?") else unit.split())
            whole = rf"{head}{number}(?:{words}){tail}"
            found.append((re.compile(whole if language in _UNSPACED else rf"(?<!\w){whole}(?!\w)", re.I), step))
    return tuple(found)


def relative_day(text: str, known: str) -> str | None:
    """Return the day that a line means, seen from a known time or day (both ISO 8601); None where it names none."""
    try:
        moment = datetime.fromisoformat(known.replace("Z", "+00:00"))
    except ValueError:
        return None
    if len(text) > MAX_CHARS:
        return None
    if _YESTERDAY_RE.fullmatch(text):
        return (moment - timedelta(days=1)).date().isoformat()
    if _TODAY_RE.fullmatch(text):
        return moment.date().isoformat()
    has_time = len(known) > len("2025-07-04")
    for pattern, step in _patterns():
        if match := pattern.search(text):
            back = int(match["count"] or 1) * step
            if back > timedelta(days=MAX_DAYS) or (step < timedelta(days=1) and not has_time):
                return None
            return (moment - back).date().isoformat()
    return None
