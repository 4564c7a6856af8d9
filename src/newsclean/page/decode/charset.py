"""Bytes without a usable declaration → the codec that their non-ASCII text is most likely in. Decodes no page.

Three questions in turn, each cheap and over a sample from the whole input: is it East Asian (pairs of bytes that decode
to common characters), is it Latin (single letters among ASCII: whose alphabet do they fit), else which other script.
"""

from __future__ import annotations

import re

SAMPLE_BYTES = 32_768
"""Bytes of non-ASCII text that are read; more does not change an answer."""

SAMPLE_PLACES = 32
"""Places of the input, evenly spread, that the sample is taken from."""

SEARCH_PER_PLACE = 131_072
"""Bytes searched for non-ASCII text at each place, which bounds the work on an input of any size."""

MAX_BROKEN = 0.04
"""Share of undecodable characters in East Asian text: a sample cuts a character at the edge of some stretches."""

MIN_KANA = 0.15
"""Share of kana among Japanese characters; news text has about half."""

MIN_HANGUL = 0.9
"""Share of Hangul among Korean characters; Chinese text read as EUC-KR has 0.6 to 0.7."""

MIN_COMMON_HAN = 0.7
"""Share of everyday characters (level 1 of the standard) in Chinese text; in the wrong encoding 0.3 to 0.65."""

MIN_EAST_ASIAN_RUNS = 0.15
"""Share of the non-ASCII bytes in runs of four or more in East Asian text. Big5 and Shift_JIS, where the
second byte of a character may be ASCII, have 0.4 and more; most Latin text is below 0.02."""

MAX_LATIN_RUNS = 0.5
"""Share of the non-ASCII bytes in runs of four or more up to which text is Latin: 0.02 as a rule, 0.34 where quotation
marks meet no-break spaces. Other scripts are above 0.7."""

MIN_LATIN_LEAD = 0.05
"""How much better than windows-1252, the common case, another encoding must fit: foreign names cost 0.02."""

OTHER_SCRIPTS = (
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic"),
    *("cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256", "iso8859_6", "cp874", "cp1252"),
)
"""Single-byte encodings of pages in other than Latin letters, by Python's names (and cp1252 to compare with)."""

_WESTERN = ("cp1252", "mac_roman")
_CENTRAL = ("cp1250", "iso8859_2")
_TURKISH = ("cp1254",)
_BALTIC = ("cp1257",)

ALPHABETS = (
    (_WESTERN, "àâçéèêëîïôùûœ"),  # French
    (_WESTERN, "äöüß"),  # German
    (_WESTERN, "áéíñóúü"),  # Spanish
    (_WESTERN, "áâãàçéêíóôõú"),  # Portuguese
    (_WESTERN, "àèéìòù"),  # Italian
    (_WESTERN, "åäöé"),  # Swedish, Finnish
    (_WESTERN, "åæøé"),  # Danish, Norwegian
    (_WESTERN, "éëïèöü"),  # Dutch
    (_WESTERN, "áðéíóúýþæö"),  # Icelandic
    (_WESTERN, "àçèéíïòóúü·"),  # Catalan
    (_CENTRAL, "ąćęłńóśźż"),  # Polish
    (_CENTRAL, "áčďéěíňóřšťúůýž"),  # Czech
    (_CENTRAL, "áäčďéíĺľňóôŕšťúýž"),  # Slovak
    (_CENTRAL, "áéíóöőúüű"),  # Hungarian
    (_CENTRAL, "ăâîşţ"),  # Romanian
    (_CENTRAL, "čćđšž"),  # Croatian, Slovenian
    (_TURKISH, "çğıöşüâî"),
    (_BALTIC, "ąčęėįšųūž"),  # Lithuanian
    (_BALTIC, "āčēģīķļņšūž"),  # Latvian
    (_BALTIC, "äõöüšž"),  # Estonian
)
"""Codecs with the letters beyond ASCII of a language written in them; the earlier wins a tie."""

SIGNS = "\u00a0\u00ad«»“”„‘’‚‹›…–—•·°©®™€£§¿¡´½²º"
"""Signs beyond ASCII that text in any of these languages has."""

_BEYOND_ASCII_RE = re.compile(r"[^\x00-\x7f]")  # "é"
_STRETCH_RE = re.compile(rb"[\x80-\xff][^<>\r\n]{0,1000}")  # a line of text from its first "é" on
_RUN_RE = re.compile(rb"[\x80-\xff]{4,}")  # "привет" in windows-1251
_KANA_RE = re.compile("[ぁ-ヿ]")
_HANGUL_RE = re.compile("[가-힣]")
_IDEOGRAPH_RE = re.compile("[\u3400-\u9fff]")  # 橋
_FOREIGN_RE = re.compile("[^\x00-\x7f\u2010-\u206f\u3000-\u3040\uff00-\uff65]")  # any but ASCII and punctuation
_HIGH = bytes(range(0x80, 0x100))


def detect_codec(data: bytes) -> str | None:
    """Return Python's name of the legacy codec that the non-ASCII text of an input is most likely in, or None."""
    sample = sample_text(data)
    if not sample:
        return None
    runs = letter_runs(sample)
    east_asian = _east_asian(sample) if runs >= MIN_EAST_ASIAN_RUNS else None
    return east_asian or (_latin(sample) if runs <= MAX_LATIN_RUNS else _other_script(sample))


def letter_runs(data: bytes) -> float:
    """Return the share of the non-ASCII bytes that stand in runs of four or more: low in Latin text, 0 to 1."""
    high = len(data) - len(data.translate(None, _HIGH))
    return sum(map(len, _RUN_RE.findall(data))) / high if high else 0.0


def sample_text(data: bytes) -> bytes:
    """Return lines with non-ASCII bytes from all over the input, without markup; about SAMPLE_BYTES at most."""
    stride = max(1024, len(data) // SAMPLE_PLACES + 1)
    share = max(SAMPLE_BYTES // SAMPLE_PLACES, SAMPLE_BYTES * stride // max(1, len(data)))
    parts: list[bytes] = []
    for start in range(0, len(data), stride):
        size = 0
        for stretch in _STRETCH_RE.finditer(data, start, start + min(stride, SEARCH_PER_PLACE)):
            parts.append(stretch[0])
            size += len(stretch[0])
            if size >= share:
                break
    return b"\n".join(parts)


def _east_asian(sample: bytes) -> str | None:
    """Return the East Asian codec that the sample decodes in to what such text is made of, or None."""
    for codec, holds in (
        ("euc_jp", _is_japanese),
        ("cp932", _is_japanese),
        ("cp949", _is_korean),
    ):
        letters = _foreign_letters(sample, codec)
        if letters and holds(letters):
            return codec
    shares = {
        "gb18030": _common_han(sample, "gb18030", "gb2312", 0xD7),
        "big5hkscs": _common_han(sample, "big5hkscs", "big5", 0xC6),
    }
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] >= MIN_COMMON_HAN else None


def _foreign_letters(sample: bytes, codec: str) -> str:
    """Return the letters beyond ASCII of the sample in a codec, or "" where too much cannot be decoded."""
    letters = "".join(_FOREIGN_RE.findall(sample.decode(codec, "replace")))
    return "" if letters.count("\ufffd") > max(1, len(letters) * MAX_BROKEN) else letters


def _is_japanese(letters: str) -> bool:
    kana = len(_KANA_RE.findall(letters))
    return kana + len(_IDEOGRAPH_RE.findall(letters)) >= len(letters) * MIN_HANGUL and kana >= len(letters) * MIN_KANA


def _is_korean(letters: str) -> bool:
    return len(_HANGUL_RE.findall(letters)) >= len(letters) * MIN_HANGUL


def _common_han(sample: bytes, codec: str, standard: str, last_lead: int) -> float:
    """Return the share of characters that are in the first level of the standard, which ends at a lead byte; 0 to 1."""
    letters = _foreign_letters(sample, codec)
    if not letters:
        return 0.0
    han = "".join(_IDEOGRAPH_RE.findall(letters)).encode(standard, "ignore")
    return sum(lead <= last_lead for lead in han[::2]) / len(letters)


def _latin(sample: bytes) -> str:
    """Return the codec in which the non-ASCII characters are letters of one language, or signs, most often."""
    foreign = {codec: sample.decode(codec, "replace").lower() for codecs, _ in ALPHABETS for codec in codecs}
    foreign = {codec: "".join(_BEYOND_ASCII_RE.findall(text)) for codec, text in foreign.items()}
    fits: dict[str, float] = {}
    for codecs, alphabet in ALPHABETS:
        for codec in codecs:
            fits[codec] = max(fits.get(codec, 0.0), _share_of(set(alphabet + SIGNS), foreign[codec]))
    best = max(fits, key=lambda codec: fits[codec])
    return best if fits[best] > fits["cp1252"] + MIN_LATIN_LEAD else "cp1252"


def _share_of(signs: set[str], text: str) -> float:
    return sum(text.count(sign) for sign in signs) / len(text) if text else 0.0


def _other_script(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # costs 40 ms, and few pages come here

    best = from_bytes(sample, cp_isolation=list(OTHER_SCRIPTS), preemptive_behaviour=False).best()
    return best.encoding if best else None
