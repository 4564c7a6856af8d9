"""Paragraphs → the language they are written in, by script and by the small words that each language repeats.

Only for pages that state no language themselves. Words are data; nothing is learned here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_CHARS = 1_500
"""Characters that are looked at: small words settle the matter within a few hundred."""

MIN_WORDS = 12
"""Words a text needs before its small words say anything."""

MIN_SHARE = 0.1
"""Share of the words that must be small words of the language: running text has 0.25 and more, lists of names none."""

MIN_LEAD = 1.1
"""How many times the votes of the second language there must be. A word that several languages share counts for as
little in each, so that the few that part Danish from Norwegian, or Czech from Slovak, decide."""

MIN_SCRIPT_SHARE = 0.3
"""Share of the letters that must belong to a script; pages in these scripts hold Latin names and addresses."""

_MARKS = " .,:;!?\"'“”„‘’«»()[]|–—-…،؛؟।"
"""Marks that stand around words."""
_LETTER_RE = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT_RE = re.compile("[\u0370-\u03ff\u0530-\u1fff\u3041-\ud7a3]")
"""A letter of any of the scripts below, and of a few others."""

SCRIPTS = {
    "ja": re.compile("[\u3041-\u30fa]"),  # "ひ", "カ"; Japanese also writes Han letters, so it is asked first
    "zh": re.compile("[\u3400-\u9fff]"),  # "新"
    "ko": re.compile("[\uac00-\ud7a3]"),  # "한"
    "th": re.compile("[\u0e00-\u0e7f]"),  # "ไ"
    "he": re.compile("[\u0590-\u05ff]"),  # "ש"
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),  # "ω"
    "hy": re.compile("[\u0530-\u058f]"),  # "հ"
    "ka": re.compile("[\u10a0-\u10ff]"),  # "ა"
    "bn": re.compile("[\u0980-\u09ff]"),  # "ব"
    "pa": re.compile("[\u0a00-\u0a7f]"),  # "ਪ"
    "gu": re.compile("[\u0a80-\u0aff]"),  # "ગ"
    "ta": re.compile("[\u0b80-\u0bff]"),  # "த"
    "te": re.compile("[\u0c00-\u0c7f]"),  # "త"
    "kn": re.compile("[\u0c80-\u0cff]"),  # "ಕ"
    "ml": re.compile("[\u0d00-\u0d7f]"),  # "മ"
    "si": re.compile("[\u0d80-\u0dff]"),  # "ස"
    "km": re.compile("[\u1780-\u17ff]"),  # "ខ"
    "my": re.compile("[\u1000-\u109f]"),  # "မ"
    "am": re.compile("[\u1200-\u137f]"),  # "አ"
}
"""Language → a letter of the script that it alone, or nearly alone, is written in."""

MIN_KANA_SHARE = 0.08
"""Share of kana in Japanese, at least: newspaper text has 0.4, headlines 0.2."""

SMALL_WORDS = {
    "en": "the of and to in is that for was with his as on it by be are from at this have he has not an they were who",
    "de": "der die und das den von zu mit des auf für im ist dem nicht eine ein als auch es an werden aus er hat dass",
    "fr": "le la les de des et en un une du est que dans pour qui sur pas au par plus ne avec ce son se aux ont d'un",
    "es": "el la los de que y en las del se por un una con para no su es al lo como más pero sus le ha fue este",
    "pt": "o os de que e do da em um uma para com não no na dos se por mais as ao das foi como mas sua são à ou ele",
    "ca": "el la els de que i en les del es per un una amb no al com més però dels seva va ha ser aquest són l'any",
    "it": "il di che la e in un per è del una con non della sono i da si le al dei ha nel anche più alla gli delle",
    "ro": "și de în a la cu pe că din o un care nu este mai pentru ce fi au sau prin după sunt fost lui al ale",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er die ook als bij naar om door uit werd heeft",
    "af": "die van en het in is dat te op nie 'n met vir aan om hy wat deur was sy by as ook word sal kan hulle",
    "da": "og i at det er en til på af som den for med de ikke der var et har fra han sig efter blev også kan nu år",
    "nb": "og i at det er en til på av som den for med de ikke var et har fra han seg etter ble også kan nå år hun",
    "sv": "och i att det är en till på av som den för med de inte var ett har från han sig efter också kan nu om",
    "is": "og að í er á sem til við um en það ekki var af með fyrir hann hefur ekki hún eru þess frá þá því",
    "fi": "ja on ei että se oli hän mutta myös kun ovat mukaan kuin joka niin ole jos tai sekä vuoden sen nyt vielä",
    "et": "ja on ei et see oli ta aga ka kui mis kes oma ning või siis seda nii veel tema selle aasta pole",
    "lv": "un ir ar no ka uz par bet kas arī tas gada lai pēc tā viņš savu jau bija pie kā nav vai",
    "lt": "ir yra kad su iš į ne tai bet kaip buvo už jis po metų dėl apie taip jau savo prie ar jo",
    "pl": "i w na z się nie do że to jest o jak za od po ale przez co dla są tym był oraz jego także ma może który",
    "cs": "a v na se je že z do to ve pro jsou ale jako po by od byl jeho také podle má až není při kteří která než už",
    "sk": "a v na sa je že z do to aj vo pre sú ale ako po by od bol jeho tiež podľa má až nie pri ktorí ktorá než už",
    "sl": "in v na se je da za so z ki s pa ne to po tudi pri kot bi ali še bo ni od leta bil ter",
    "hr": "i u na se je da za su od s a o koji ne to što kao iz bi ali će do nije po samo te bio već",
    "hu": "a az és hogy nem is egy ez volt meg de csak el már még mint ha van azt szerint sem vagy után kell",
    "sq": "dhe të në e i për me një që nga është ka se u do nuk më ai ishte janë por si këtë ku",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar ama ne en ise var o göre değil oldu",
    "id": "yang dan di dengan untuk dari ini pada itu tidak dalam ke akan juga oleh tersebut karena bisa ada telah",
    "ms": "yang dan di dengan untuk dari ini pada itu tidak dalam ke akan juga oleh kerana boleh ada telah beliau",
    "tl": "ang ng sa na mga at ay ni si para kay hindi nang ito siya isang kanyang mula pero din rin ko",
    "vi": "và của là có trong được cho không với các một đã những người này khi để từ đến ở cũng vào năm như",
    "sw": "ya na wa kwa ni katika la za cha kuwa hii huo alisema pia kama hiyo yake baada watu lakini hilo",
    "eu": "eta da ez bat du izan dira ere dute zen egin baina den bere zuen hau dela baino urte",
    "cy": "y yn a i o ar yr mae ei am gan wedi fod ac ond oedd bod hefyd hyn eu sy gyda",
    "ga": "an na agus ar a i go is le do sé tá bhí ag ní air don gur atá seo sin",
    "eo": "la de kaj en estas ne al kiu por ke li kun mi sed el oni tio ĝi pri estis",
    "ru": "и в не на что с он как это по но из у за от к его о для бы так же был все ее также они было",
    "uk": "і в не на що з та у як це до за але від його для про є також вони був було її ми він й після",
    "bg": "и в на да се за не от че с е по са като си но до ще това той след при има беше който",
    "sr": "и у на се је да за су од с а о који не то што као из би али ће до није по само те био",
    "mk": "и на во да се за не од дека со е ќе но до по како што ги тоа беше има при кој",
    "be": "і ў не на што з у як гэта па але ад яго за да каб для быў яны таксама пра было",
    "ar": "في من على إلى أن عن التي الذي مع هذا هذه كان ما لا بعد بين كما قال وقد أو حيث خلال",
    "fa": "در به از که این را با است برای آن یک خود بر تا می شود شد کرد های هم اما نیز بود",
    "ur": "کے میں کی ہے کا اور سے کو نے پر کہ یہ ہیں بھی اس تھا نہیں کر ان ہو گیا",
    "hi": "के में की है का और से को ने पर कि यह हैं भी इस था नहीं कर एक हो गया लिए वह थे रहे लोग",
    "mr": "आहे आणि या की हे ते व तर होते नाही केले आहेत त्यांनी असे मात्र झाली यांनी करण्यात",
    "ne": "छ र को मा हो पनि भएको गरेको छन् यो लागि थियो भने गर्न उनले हुने तर",
}
"""Language → its commonest small words, lower case."""

_VOTERS: dict[str, list[str]] = {}
for _language, _words in SMALL_WORDS.items():
    for _word in dict.fromkeys(_words.split()):
        _VOTERS.setdefault(_word, []).append(_language)


def find_language(texts: Iterable[str]) -> str | None:
    """Return the language ("en", "pt") that most of the texts are written in; None where it cannot be told."""
    sample = _sample(texts)
    return _by_script(sample) or _by_words(sample)


def _sample(texts: Iterable[str]) -> str:
    parts: list[str] = []
    size = 0
    for text in texts:
        parts.append(text[: MAX_CHARS - size])
        size += len(parts[-1])
        if size >= MAX_CHARS:
            break
    return " ".join(parts)


def _by_script(text: str) -> str | None:
    if not _OTHER_SCRIPT_RE.search(text):
        return None
    letters = len(_LETTER_RE.findall(text)) or 1
    for language, letter in SCRIPTS.items():
        share = len(letter.findall(text)) / letters
        if share >= (MIN_KANA_SHARE if language == "ja" else MIN_SCRIPT_SHARE):
            return language
    return None


def _by_words(text: str) -> str | None:
    words = [word.strip(_MARKS) for word in text.lower().replace("’", "'").split()]
    if len(words) < MIN_WORDS:
        return None
    votes = dict.fromkeys(SMALL_WORDS, 0.0)
    counts = dict.fromkeys(SMALL_WORDS, 0)
    for word in words:
        voters = _VOTERS.get(word, ())
        for language in voters:
            votes[language] += 1.0 / len(voters)
            counts[language] += 1
    best, second = _two_best(votes)
    if counts[best] < MIN_SHARE * len(words) or votes[best] < MIN_LEAD * votes[second]:
        return None
    return best


def _two_best(votes: Mapping[str, float]) -> tuple[str, str]:
    first, second = sorted(votes, key=lambda language: -votes[language])[:2]
    return first, second
