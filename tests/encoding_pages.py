"""Invented pages as bytes in many encodings, and the script that writes them to fixtures/encodings.

`python -m tests.encoding_pages` writes each case to fixtures/encodings/<name>/ as page.html and expected.txt (the
encoding, how it is found, a sentence of the text). The bytes are checked in, and the
tests read those.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fixtures" / "encodings"

FRENCH = "La mairie a annoncé hier que le pont fermé depuis l’été rouvrira dès février. « Très bien », dit le maire."
GERMAN = "Die Brücke über den Fluss wird im Frühjahr für größere Fahrzeuge geöffnet, sagte die Bürgermeisterin."
RUSSIAN = "Городской совет утвердил проект нового моста через реку. Строительство начнётся весной и продлится два года."
UKRAINIAN = "Міська рада затвердила проєкт нового мосту. Будівництво розпочнеться навесні й триватиме два роки."
POLISH = "Rada miasta zatwierdziła projekt mostu. Budowa rozpocznie się w środę, koszt będzie wyższy niż zakładano."
CZECH = "Městská rada schválila projekt nového mostu přes řeku. Žižkovští občané žádají širší chodníky."
TURKISH = "Belediye meclisi yeni köprü projesini onayladı. İnşaat ilkbaharda başlayacak ve iki yıl sürecek."
GREEK = "Το δημοτικό συμβούλιο ενέκρινε τη νέα γέφυρα. Η κατασκευή θα αρχίσει την άνοιξη και θα διαρκέσει δύο χρόνια."
HEBREW = "מועצת העיר אישרה את פרויקט הגשר החדש מעל הנהר. הבנייה תתחיל באביב ותימשך שנתיים."
ARABIC = "وافق مجلس المدينة على مشروع الجسر الجديد فوق النهر. وسيبدأ البناء في الربيع ويستمر عامين."
THAI = "สภาเมืองอนุมัติโครงการสะพานใหม่ข้ามแม่น้ำ การก่อสร้างจะเริ่มในฤดูใบไม้ผลิและใช้เวลาสองปี"
JAPANESE = "市議会は新しい橋の計画を承認した。工事は春に始まり、二年間続く予定だとカワセ局長が説明会で述べた。"
KOREAN = "시의회는 새 다리 건설 계획을 승인했다. 공사는 봄에 시작해 이 년 동안 이어질 예정이라고 국장이 밝혔다."
CHINESE = "市议会批准了新桥项目。工程将于春天开始，持续两年，交通局局长在与居民的会面中表示。"
RARE_CHINESE = "市议会批准了新桥项目，镕基路的喆先生和玥女士在与居民的会面中表示欢迎。"
TRADITIONAL = "市議會批准了新橋項目。工程將於春天開始，持續兩年，交通局局長在與居民的會面中表示。"

HTTP_EQUIV = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@dataclass(frozen=True)
class Case:
    """A page: its text, the codec that writes it, what it declares, and what must be found."""

    name: str
    text: str
    codec: str
    encoding: str
    how: str
    head: str = ""


SCRIPT_OF_20_KB = "<script>" + "var setting = 'value < other';\n" * 700 + "</script>"

CASES = (
    Case("windows-1252-declared-latin-1", FRENCH, "cp1252", "windows-1252", "declared", '<meta charset="iso-8859-1">'),
    Case("windows-1252-undeclared", GERMAN, "cp1252", "windows-1252", "detected"),
    Case("windows-1252-declared-utf-8", FRENCH, "cp1252", "windows-1252", "detected", '<meta charset="utf-8">'),
    Case("utf-8-declared-iso-8859-1", FRENCH, "utf-8", "utf-8", "utf-8", '<meta charset="iso-8859-1">'),
    Case("utf-8-with-mark", RUSSIAN, "utf-8-sig", "utf-8", "bom", '<meta charset="windows-1251">'),
    Case("utf-16le-without-mark", GERMAN, "utf-16-le", "utf-16le", "null bytes"),
    Case("utf-16be-without-mark", JAPANESE, "utf-16-be", "utf-16be", "null bytes"),
    Case("utf-16-with-mark", CHINESE, "utf-16", "utf-16le", "bom"),
    Case("utf-32le-without-mark", GERMAN, "utf-32-le", "utf-32le", "null bytes"),
    Case("gb2312-declared-gbk-characters", RARE_CHINESE, "gbk", "gbk", "declared", HTTP_EQUIV.format("gb2312")),
    Case("gbk-undeclared", CHINESE, "gbk", "gb18030", "detected"),
    Case("big5-declared", TRADITIONAL, "big5", "big5", "declared", "<META charset=big5>"),
    Case("big5-undeclared", TRADITIONAL, "big5", "big5", "detected"),
    Case("shift-jis-declared-x-sjis", JAPANESE, "cp932", "shift_jis", "declared", HTTP_EQUIV.format("x-sjis")),
    Case("shift-jis-undeclared", JAPANESE, "cp932", "shift_jis", "detected"),
    Case("euc-jp-undeclared", JAPANESE, "euc_jp", "euc-jp", "detected"),
    Case("iso-2022-jp-declared", JAPANESE, "iso2022_jp", "iso-2022-jp", "declared", '<meta charset="ISO-2022-JP">'),
    Case("iso-2022-jp-undeclared", JAPANESE, "iso2022_jp", "iso-2022-jp", "detected"),
    Case("euc-kr-declared-ks-c-5601", KOREAN, "cp949", "euc-kr", "declared", "<meta charset='ks_c_5601-1987'>"),
    Case("euc-kr-undeclared", KOREAN, "euc_kr", "euc-kr", "detected"),
    Case("hz-declared", CHINESE, "hz", "hz-gb-2312", "declared", '<meta charset="hz-gb-2312">'),
    Case("koi8-r-declared", RUSSIAN, "koi8_r", "koi8-r", "declared", '<meta charset="KOI8-R" />'),
    Case("koi8-u-undeclared", UKRAINIAN, "koi8_u", "koi8-u", "detected"),
    Case("windows-1251-undeclared", RUSSIAN, "cp1251", "windows-1251", "detected"),
    Case("windows-1251-declared-latin-1", RUSSIAN, "cp1251", "windows-1251", "detected", '<meta charset="latin1">'),
    Case(
        "windows-1251-after-20-kb",
        RUSSIAN,
        "cp1251",
        "windows-1251",
        "declared",
        SCRIPT_OF_20_KB + "<meta charset=cp1251>",
    ),
    Case("iso-8859-2-undeclared", CZECH, "iso8859_2", "iso-8859-2", "detected"),
    Case("windows-1250-undeclared", CZECH, "cp1250", "windows-1250", "detected"),
    Case(
        "windows-1250-declared-iso-8859-2", POLISH, "cp1250", "iso-8859-2", "declared", HTTP_EQUIV.format("iso-8859-2")
    ),
    Case("windows-1254-undeclared", TURKISH, "cp1254", "windows-1254", "detected"),
    Case("windows-1253-undeclared", GREEK, "cp1253", "windows-1253", "detected"),
    Case("windows-1255-undeclared", HEBREW, "cp1255", "windows-1255", "detected"),
    Case("windows-1256-undeclared", ARABIC, "cp1256", "windows-1256", "detected"),
    Case("windows-874-undeclared", THAI, "cp874", "windows-874", "detected"),
    Case("macintosh-undeclared", FRENCH, "mac_roman", "macintosh", "detected"),
)


def page(case: Case) -> bytes:
    """Return the bytes of a case's page."""
    body = f"<h1>News</h1>\n<p>{case.text}</p>\n<p>{case.text} {case.text}</p>\n"
    html = (
        f"<!DOCTYPE html>\n<html><head>{case.head}<title>News</title></head>\n<body><div>\n{body}</div></body></html>\n"
    )
    return html.encode(case.codec)


def write_fixtures() -> None:
    """Write every case to its folder."""
    for case in CASES:
        folder = FOLDER / case.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "page.html").write_bytes(page(case))
        (folder / "expected.txt").write_bytes(f"{case.encoding}\n{case.how}\n{case.text}\n".encode())


if __name__ == "__main__":
    write_fixtures()
