"""Whether a text is a person's name, an organisation's, or neither; and whether a word is a given name.

Given names are data (given.txt); one that is missing costs a sign among several.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from newsclean.patterns import later

MAX_PERSON_WORDS = 5

ADDRESS_RE = later(r"\(?\S*@\S*\)?|https?://\S+|www\.\S+", re.I)  # "ann@example.org", "@annlee", "https://…"
# what stands where a name should and is none
JUNK_RE = later(
    r"^(?:by|admin\w*|administrator|author|authors?|editor|editors|staff|guest|unknown|anonymous|none|null|"
    r"undefined|n/?a|user|test|"
    r"webmaster|root|superuser|share|tweet|email|print|home|news|article|more|read more|here|follow|login|"
    r"sign in|subscribe|comments?|"
    r"your name|name|advertisement|sponsored|false|true|nan|redaktion|redaktionen|rédaction|la rédaction|"
    r"redacción|redazione|redação|"
    r"full|(?:read |view |see )?(?:full|more) (?:bio|profile)|read full|plus icon|get started|kommentar von|"
    r"redactie|redakcja|редакция|agencias|agenturen|person|organization|object|the|and|of|all posts|posts|"
    r"profile|photo|"
    r"photos?|image|video|getty images?|min(?:ute)?s? read|\d.*|von|vom|par|por|di|da|af|av|door|"
    r"nachrichten|noticias|payments?|ca\.?|approx\.?"
    r"|(?:publiziert|veröffentlicht|erstellt|geschrieben|publié|publicado|posted|published|written)"
    r"(?: am| von| on| by| le| el)?"
    r"|(?:facebook|twitter|reddit|whatsapp|linkedin|pinterest|instagram|bluesky|mastodon|threads|telegram|youtube|e-?mail|print|x|\s)+"
    r"|gesponserte inhalte|sponsored (?:content|post)|anzeige|werbung|super ?user|unknown"
    r"|(?:member |user |client )?(?:log ?in|sign ?(?:in|up)|log ?out|register|account)|join us|my account"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)(?:\w{0,6}day)?|post(?:ed)? by|last edited by|contact us|learn more|offline"
    r"|увійти|вхід|войти|вход|anmelden|einloggen|(?:se )?conne(?:xion|cter)|iniciar sesi[oó]n|entrar|accedi"
    r"|inloggen|logga in|logg inn|log ind|kirjaudu|zaloguj(?: się)?|přihlásit(?: se)?|prihlásiť(?: sa)?|belépés"
    r"|autentificare|giriş yap|σύνδεση"
    r"|masuk|đăng nhập|ログイン|登录|登入|로그인|تسجيل الدخول|ورود|כניסה|เข้าสู่ระบบ"
    r"|video library|on behalf|thứ \w+|chủ nhật"
    r"|wordpress ?admin\w*|webredaktion)$",
    re.I,
)
_ORGANISATION_RE = later(
    r"\b(?:news|press|agency|media|staff|team|desk|editors|editorial|times|post|daily|magazine|journal|"
    r"university|institute|college|school|academy|hospital|bank|museum|library|church|union|federation|laboratory|"
    r"consulting|solutions|partners|ventures|hotels|insurance|marketing|store|shop|"
    r"department|ministry|association|society|foundation|group|inc|ltd|llc|gmbh|ag|corp|company|network|"
    r"redaktion|redaktionen|"
    r"rédaction|redacción|redazione|redação|redactie|redakcja|редакция|zeitung|agentur|presse|agence|agencia|"
    r"agenzia|prensa|studio|"
    r"center|centre|council|committee|government|online|reuters|afp|dpa|ap|bbc|efe|ansa|apa|sid|tass|report|"
    r"reporters|writers|newsroom|"
    r"contributors?|community|official|radio|tv|channel|house|board|office|admin|blog|club|service|services|"
    r"correspondents?)\b"
    r"|[\w-](?:stiftung|verband|verein|ministerium|institut|redaktion)\b|\b(?:deutsche|verlag|magazin|dienst|rundfunk|e\.\s?v\.)(?!\w)"
    r"|szerkesztőség|\btoimitus\b|\btoimetus\b|uredništvo|redakcij|\bredakc[ei]|редакц|σύνταξη|^מערכת\s"
    r"|تحریریه|هيئة التحرير|編集部|编辑部|編輯部|편집국|सम्पादकीय|กองบรรณาธิการ"
    r"|\.(?:com|org|net|de|fr|es|it|co|uk|io|tv)\b|\d|[!?#:]",
    re.I,
)
AGENCIES = frozenset(
    """reuters afp dpa ap ansa efe apa sid kna epd tass pti ani ians uni xinhua upi pap čtk ctk mti tt ntb ritzau stt
    belga anp lusa interfax ukrinform unian kyodo jiji yonhap newsis anadolu aa iha dha irna isna fars mehr wam
    spa mena antara bernama ttxvn aap tanjug hina bta agerpres mediafax leta bns elta keystone-sda sda telam
    télam bloomberg тасс интерфакс укрінформ унн
    新华社 新華社 中新社 中新网 共同通信 時事通信 연합뉴스 뉴시스 뉴스1""".split()
) | {
    *("associated press", "the associated press", "canadian press", "the canadian press", "press association"),
    *("press trust of india", "deutsche presse-agentur", "austria presse agentur", "agence france-presse"),
    *("agence france presse", "europa press", "риа новости"),
}
"""News agencies of the world as they sign, in lower case."""
# What others call themselves: "Agencia Puerto", "Hafenagentur", "Kıyı Haber Ajansı".
_AGENCY_RE = later(
    r"\bnews agency\b|\b(?:agence|agencia|agência|agenzia)\b|agentur\b|\bajans"
    r"|агентство|агенція|통신사|通讯社|通信社|وكالة|خبرگزاری",
    re.I,
)
_PARTED_RE = later(r"\s*[/,&+]\s*|\s+(?:and|und|et|y|e)\s+", re.I)  # "AFP/dpa"
# "MDR", "EFC", "WDR"; "The Local", "Die Laterne"
_INITIALS_RE = later(r"(?<!\w)[BCDFGHJKLMNPQRSTVWXZ]{3,5}(?!\w)")
_ARTICLE_RE = later(r"(?:the|die|der|das|le|la|les|el|los|las|il|gli|de|het)\s", re.I)
_CROWD_RE = later(
    r"\b(?:staff|users?|guests?|(?:contributor|reporter|editor|writer|author|journalist)s)\b|[,;:/]", re.I
)
CHINESE_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂"
    "丁任卢盧姚沈钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常汤湯"
    "尤祝凌骆駱霍翟兰蘭樊殷施柯阮温溫牛柳俞喻章鲁魯葛倪关關符安庄莊辛简簡游詹連连洪涂塗巫卓卞卫衛苗伍齐齊祁"
)
"""First letters of some nine in ten Chinese names, simplified and traditional."""
DOUBLE_SURNAMES = frozenset("欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 皇甫 尉迟 慕容 令狐 夏侯".split())
KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
_CJK_NAME_RE = later("[\u3005\u3040-\u30ff\u3400-\u9fff]{2,8}|[\uac00-\ud7af]{2,5}")  # "顾清岚", "高槻みのり"
_KANA_RE = later("[\u3040-\u30ff]")
# "我有话说", "发表评论", "收藏本文", "コメントする": buttons beside a name
CJK_BUTTON_RE = later(
    "[我你您们們]|评论|評論|留言|分享|收藏|打印|列印|字号|字號|阅读|閱讀|投稿|举报|检举|纠错|订阅|訂閱|关闭|コメント|シェア|ツイート|ログイン"
)
_CJK_NONE = frozenset(
    """編集部 记者 記者 作者 编辑 編輯 新闻
    新聞 本报 本報 匿名 佚名 来源 来自 文章 正文 方法 马上 高清 关于 关注 金融 安全 成功 高端
    기사 댓글""".split()
)
"""Words that look like names there."""
NAME_MARKS = "© \t\r\n,;:|·•–—-/*\"'“”„«»<>=_~…"
NAME_TITLES = frozenset("dr prof mr mrs ms sir dame herr frau mme".split())
"""What stands before a name, without its full stop."""
PARTICLES = frozenset(
    """de da di do du dos das der den del della la le van von zu zum zur al el
    bin ibn ben y e af av ter ten st""".split()
)

_STROKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "þ": "th"})


def is_given_name(word: str) -> bool:
    """Return whether persons are called so, whatever its case; accents on Latin letters do not count."""
    word = _fold(word.strip(".,'’"))
    return word in _load_names() or word.split("-", 1)[0] in _load_names()


def _fold(word: str) -> str:
    """Return a word as given.txt has it: in lower case, Latin letters without their accents."""
    word = word.lower()
    if word.isascii() or "LATIN" not in unicodedata.name(word[0], ""):
        return word
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return plain.translate(_STROKED)


@lru_cache(maxsize=1)
def _load_names() -> frozenset[str]:
    lines = files("newsclean.lexicon").joinpath("given.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def is_unspaced_name(name: str) -> bool:
    """Return whether a name looks like a person's in Chinese, Japanese or Korean."""
    if not _CJK_NAME_RE.fullmatch(name) or name in _CJK_NONE or CJK_BUTTON_RE.search(name):
        return False
    if "\uac00" <= name[0] <= "\ud7af":
        return 2 <= len(name) <= 4 and name[0] in KOREAN_SURNAMES
    if _KANA_RE.search(name):
        return 3 <= len(name) <= 8
    return 2 <= len(name) <= 4 and (name[0] in CHINESE_SURNAMES or len(name) == 4 or name[:2] in DOUBLE_SURNAMES)


def is_person(name: str) -> bool:
    """Return whether a name looks like a person's: two to five capitalised words, nothing of an organisation."""
    words = name.split()
    if len(words) == 1 or (len(words) == 2 and len(name) <= 7 and _CJK_NAME_RE.fullmatch("".join(words))):
        return is_unspaced_name("".join(words))
    if not 2 <= len(words) <= MAX_PERSON_WORDS or _ORGANISATION_RE.search(name):
        return False
    if _INITIALS_RE.search(name) or _ARTICLE_RE.match(name):
        return False
    if has_no_case(name):
        return True
    if name.isupper() and max(map(len, words)) <= 2:  # "DE FR"
        return False
    return all(word[0].isupper() or word.lower() in PARTICLES or word[0] in "’'\"“„(" for word in words)


def is_role_name(name: str) -> bool:
    """Return whether a text that `clean_names` takes for a role can be what somebody is called: "Roving Reporter".

    Crowds ("Contributors to the wiki", "News Staff") are nobody.
    """
    words = name.split()
    if not 2 <= len(words) <= MAX_PERSON_WORDS or not all(word[0].isupper() for word in words):
        return False
    return not (_CROWD_RE.search(name) or JUNK_RE.match(name) or ADDRESS_RE.search(name))


def is_organisation(text: str) -> bool:
    """Return whether a word or text speaks of an organisation: "News", "Agentur"."""
    return _ORGANISATION_RE.search(text) is not None


def is_agency(name: str) -> bool:
    """Return whether a name is that of a news agency, or of several."""
    parts = [part.strip(" .()").casefold() for part in _PARTED_RE.split(name)]
    return all(part in AGENCIES or part.startswith("dpa-") or _AGENCY_RE.search(part) for part in parts)


def has_no_case(text: str) -> bool:
    """Return whether a text is of a script without capitals: Chinese, Arabic, Hindi, Georgian."""
    return (text.upper() == text.lower() and any(map(str.isalpha, text))) or "\u10a0" <= text[:1] <= "\u10ff"
