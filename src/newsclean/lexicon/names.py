"""Byline text → names of the authors. Strips "By", roles, dates, addresses; splits lists. No page in sight."""

from __future__ import annotations

import html
import re

from newsclean.words import label

MAX_CHARS = 400
"""Characters of a byline that are read: a longer text is not a byline."""
MAX_NAME_CHARS = 80
MAX_NAME_WORDS = 8
MAX_PERSON_WORDS = 5

# "By Ann Lee", "Von: Eva Maier", "Written by", "Posted by", "Text: Ola Nordmann"
_BY_RE = re.compile(
    r"^\W*(?:(?:(?:written|posted|published|reported|reporting|story|article|words|text|review|reviewed|updated|"
    r"edited|created|"
    r"submitted|shared|contributed|analysis|opinion|column|interview|exclusive|report)(?:\s+and\s+[a-z]+)?\s+by)"
    r"|by|authors?|autore?(?:en|in|es)?|autor(?:ka|zy)?|auteure?s?|verfasst von|geschrieben von|eingestellt von|"
    r"ein gastbeitrag von|gastbeitrag von|"
    r"(?:ein\s)?(?:kommentar|bericht|beitrag|interview|artikel|text|analyse|essay|pressemitteilung|reportage|rezension|"
    r"kolumne|glosse|porträt)\s+von|von|vom|écrit par|"
    r"rédigé par|publié par|propos recueillis par|par|escrito por|publicado por|"
    r"por|scritto da|pubblicato da|a cura di|di|da|door|geschreven door|av|skriven av|skrevet av|skrevet af|af|"
    r"autorka|napisał|"
    r"opracował|od|автор[ы]?|от|текст|подготовил[аи]?|tekst|tekijä|kirjoittaja|toimittaja|yazan|yazar|haber|"
    r"oleh|penulis|"
    r"tác giả|scris de|de|napsal|szerző|írta|γράφει ο|γράφει η|του|της|بقلم|كتب|كتبت|מאת|ผู้เขียน|"
    r"文|記者|记者|作者|编辑|責任編輯)"
    r"(?:\s*[:：]\s*|\s+(?=\S))",
    re.I,
)
# " and ", " und ", ";", "/", "&", " | ", a line end
_SEPARATOR_RE = re.compile(r"\s*(?:;|\s/\s|/(?=[A-ZÀ-Þ])|\||\n|·|•|、|，|\s\+\s)\s*")
_COMMA_RE = re.compile(r"\s*,\s*")
_AND_RE = re.compile(
    r"\s+(?:and|und|et|y|e|i|og|och|en|ja|и|та|ve|dan|och|&|és|και"
    r"|(?:(?:im|in) (?:gespräch|conversation) )?(?:with|mit|avec|con))\s+|\s*&\s*",
    re.I,
)
_ALSO_BY_RE = re.compile(r"\s+(?:and|und|et|y|e)\s+by\s+", re.I)  # "Ann Lee and by Bo Ek"
_ADDRESS_RE = re.compile(r"\(?\S*@\S*\)?|https?://\S+|www\.\S+", re.I)  # "ann@example.org", "@annlee", "https://…"
_BRACKET_RE = re.compile(r"[(\[{（][^()\[\]{}（）]{0,80}[)\]}）]")  # "(Reuters)", "[email]"
# What follows the names: a date, a place, an employer, a call to follow
_TAIL_RE = re.compile(
    r"(?:\s[-–—|•·]\s|\s*[-–—]\s(?=[A-ZÀ-Þ])).*$"
    r"|\s+(?:on|am|le|el|il)\s+(?:\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s).*$"
    r"|\s*(?:\b(?:published|updated|posted|last|first|publi[ée]|publicado|aktualisiert|veröffentlicht|follow|"
    r"contact|email|more by|"
    r"read more|view|see all|share|comments?|bio|profile|stand|mis à jour|actualizado|aggiornato|pubblicato|"
    r"opublikowano|обновлено)\b).*$"
    r"|\s*\d{1,4}[./:-]\d.*$"
    r"|\s+\d{1,2}\.?\s\w+\s\d{4}.*$"
    r"|\s+\d{1,2}\s+(?:min|hour|day|week|month|year)s?\b.*$"
    r"|\s+(?:mon|tues?|wednes|thurs|fri|satur|sun)day$"
    r"|\s+(?:edited|photograph(?:s|ed)?|photos|illustrat(?:ed|ions)|translated)\s+by\s.*$"
    r"|\s+am\s(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b.*$"
    r"|:\s[A-Z]{2}$"
    r"|\s+(?:기자|특파원|記者|记者)$"
    r"|\s+(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s.*$"
    r"|\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s\d.*$",
    re.I,
)
# "Ann Lee for Example News", "Ann Lee in Berlin", "Ann Lee is a reporter"
_CLAUSE_RE = re.compile(
    r"\s+(?:is an?|is the|for|of|at|has|have|est|ist|es una?|reports?|in|from|aus|à|em|en|für|pour|para)\s.*$", re.I
)
_ROLE = (
    r"(?:(?:senior|junior|chief|deputy|associate|assistant|contributing|managing|executive|staff|guest|"
    r"freelance|special|national|"
    r"political|business|technology|tech|science|sports?|news|health|world|foreign|local|features?|culture|"
    r"entertainment|economics?|"
    r"education|environment|crime|digital|online|photo|video|data|investigative|general|lead|head|former|"
    r"principal|web|social|media|"
    r"and|of|the|for|us|uk|europe|asia|middle east|white house|royal|breaking|city|state|content|copy|editorial|"
    r"marketing|research|"
    r"opinion|audience|trending|consumer|travel|food|style|home|money|arts?|music|film|tv|gaming|community|"
    r"product|multimedia)\s+)*"
    r"(?:writers?|reporters?|editors?|correspondents?|journalists?|contributors?|columnists?|authors?|"
    r"producers?|photographers?|"
    r"analysts?|critics?|anchors?|bloggers?|intern|staffer|fellow|director|manager|specialist|strategist|"
    r"publisher|officers?|attorneys?|experts?|advis[eo]rs?|nutritionist|dietitian|editor-in-chief|"
    r"editor in chief|founder|co-founder|ceo|cto|president|professor|researcher|lecturer|guest|staff|"
    r"(?:chef)?redakteur(?:in)?|redaktör|"
    r"journaliste?(?:\s\w+)?|journalist(?:in)?|rédact(?:eur|rice)(?:\sen chef)?|redactora?|periodista|"
    r"reporterin|korrespondent(?:in)?|"
    r"giornalista|collaboratore|volontär(?:in)?|autorin|autor|colaborador(?:a)?|repórter|redaktor|dziennikarz|"
    r"журналист|корреспондент|"
    r"редактор|muhabir|toimittaja|verslaggever|redacteur)"
)
_ROLE_RE = re.compile(
    rf"^(?:an?\s|the\s)?{_ROLE}(?:[,\s].*)?$|^.*\s(?:writer|reporter|editor|correspondent|columnist|newsroom staff)$",
    re.I,
)
# "Science Editor Ann Lee", not "Reporters Without Borders" or "Contributors to Wikimedia projects"
_LEADING_ROLE_RE = re.compile(rf"^{_ROLE}(?<!s)[:,]?\s+(?=\S+\s+\S)", re.I)
# "Ann Lee The Associated Press"
_TRAILING_AGENCY_RE = re.compile(
    r"\s+(?:the\s)?(?:associated press|canadian press|press association|reuters|afp|dpa)\b.*$", re.I
)
_TRAILING_ROLE_RE = re.compile(rf"\s+{_ROLE}$", re.I)  # "Ann Lee Science Editor", "Eva Maier Chefredakteurin"
# ", MD", "PhD", "M.S."
_DEGREE_RE = re.compile(
    r"^(?:m\.?d\.?|ph\.?\s?d\.?|m\.?s\.?c?\.?|b\.?s\.?c?\.?|m\.?a\.?|b\.?a\.?|r\.?d\.?n?\.?|r\.?n\.?|d\.?o\.?|"
    r"m\.?p\.?h\.?|mba|jd|esq\.?|"
    r"cpa|cfa|cfp®?|ldn?|fand|facp|faap|cscs|np|pa-c|pharmd|dds|dvm|edd|psyd|lcsw|llm|rph|cde|cdces|jr\.?|sr\.?|"
    r"ii|iii|iv)$",
    re.I,
)
_SUFFIX_RE = re.compile(r"^(?:(?:jr|sr)\.?|ii|iii|iv)$", re.I)  # belongs to the name before: "Bo Ek, Jr."
# what stands where a name should and is none
_JUNK_RE = re.compile(
    r"^(?:by|admin\w*|administrator|author|authors?|editor|editors|staff|guest|unknown|anonymous|none|null|"
    r"undefined|n/?a|user|test|"
    r"webmaster|root|superuser|share|tweet|email|print|home|news|article|more|read more|here|follow|login|"
    r"sign in|subscribe|comments?|"
    r"your name|name|advertisement|sponsored|false|true|nan|redaktion|redaktionen|rédaction|la rédaction|"
    r"redacción|redazione|redação|"
    r"redactie|redakcja|редакция|agencias|agenturen|person|organization|object|the|and|of|all posts|posts|"
    r"profile|photo|"
    r"photos?|image|video|getty images?|min(?:ute)?s? read|\d.*|von|vom|par|por|di|da|af|av|door|"
    r"nachrichten|noticias|payments?|ca\.?|approx\.?"
    r"|(?:publiziert|veröffentlicht|erstellt|geschrieben|publié|publicado|posted|published|written)"
    r"(?: am| von| on| by| le| el)?"
    r"|(?:facebook|twitter|reddit|whatsapp|linkedin|pinterest|instagram|telegram|youtube|e-?mail|print|x|\s)+"
    r"|gesponserte inhalte|sponsored (?:content|post)|anzeige|werbung|super ?user|unknown"
    r"|wordpress ?admin\w*|webredaktion)$",
    re.I,
)
_ORGANISATION_RE = re.compile(
    r"\b(?:news|press|agency|media|staff|team|desk|editors|editorial|times|post|daily|magazine|journal|"
    r"university|institute|"
    r"department|ministry|association|society|foundation|group|inc|ltd|llc|gmbh|ag|corp|company|network|"
    r"redaktion|redaktionen|"
    r"rédaction|redacción|redazione|redação|redactie|redakcja|редакция|zeitung|agentur|presse|agence|agencia|"
    r"agenzia|prensa|studio|"
    r"center|centre|council|committee|government|online|reuters|afp|dpa|ap|bbc|efe|ansa|apa|sid|tass|report|"
    r"reporters|writers|newsroom|"
    r"contributors?|community|official|radio|tv|channel|house|board|office|admin|blog|club|service|services|"
    r"correspondents?)\b"
    r"|[\w-](?:stiftung|verband|verein|ministerium|institut|redaktion)\b|\b(?:deutsche|verlag|magazin|dienst|rundfunk|e\.\s?v\.)(?!\w)"
    r"|\.(?:com|org|net|de|fr|es|it|co|uk|io|tv)\b|\d|[!?#:]",
    re.I,
)
# "MDR", "EFC", "WDR"; "The Local", "Die Laterne"
_INITIALS_RE = re.compile(r"(?<!\w)[BCDFGHJKLMNPQRSTVWXZ]{3,5}(?!\w)")
_ARTICLE_RE = re.compile(r"(?:the|die|der|das)\s", re.I)
_CROWD_RE = re.compile(
    r"\b(?:staff|users?|guests?|(?:contributor|reporter|editor|writer|author|journalist)s)\b|[,;:/]", re.I
)
NAME_MARKS = "© \t\r\n,;:|·•–—-/*\"'“”„«»<>=_~…"
PARTICLES = frozenset(
    """de da di do du dos das der den del della la le van von zu zum zur al el
    bin ibn ben y e af av ter ten st""".split()
)


def clean_names(text: str) -> tuple[str, ...]:
    """Return the names that a byline lists, in its order, without doubles; () when it names nobody.

    Organisations count as names; "admin" and its like come back only when nothing else is there.
    """
    text = html.unescape(text) if "&" in text else text
    if not text.isprintable():
        text = "\n".join(map(label, text.splitlines()))
    if len(text) > MAX_CHARS:
        return ()
    names: dict[str, str] = {}
    weak: dict[str, str] = {}
    for part in _split(_strip_by(_ADDRESS_RE.sub(" , ", _BRACKET_RE.sub(" ", text)))):
        name = _clean_name(part)
        if name and _JUNK_RE.match(name):
            if name.lower() in ("admin", "redaktion", "editor", "staff", "administrator"):
                weak.setdefault(name.lower(), name)
        elif name and not any(name.casefold().startswith(f"{known} ") for known in names):
            names.setdefault(name.casefold(), name)
    if any(is_person(name) for name in names.values()):  # "Eva Maier, Berlin", "Ana Gil / Efe"
        return tuple(name for name in names.values() if " " in name)
    return tuple(names.values()) or tuple(weak.values())


def is_person(name: str) -> bool:
    """Return whether a name looks like a person's: two to five capitalised words, nothing of an organisation."""
    words = name.split()
    if not 2 <= len(words) <= MAX_PERSON_WORDS or _ORGANISATION_RE.search(name):
        return False
    if _INITIALS_RE.search(name) or _ARTICLE_RE.match(name):
        return False
    if not any(letter.isupper() or letter.islower() for letter in name):
        return True  # scripts without case
    return all(word[0].isupper() or word.lower() in PARTICLES or word[0] in "’'\"“„" for word in words)


def is_role_name(name: str) -> bool:
    """Return whether a text that `clean_names` takes for a role can be what somebody is called: "Roving Reporter".

    Crowds ("Contributors to the wiki", "News Staff") are nobody.
    """
    words = name.split()
    if not 2 <= len(words) <= MAX_PERSON_WORDS or not all(word[0].isupper() for word in words):
        return False
    return not (_CROWD_RE.search(name) or _JUNK_RE.match(name) or _ADDRESS_RE.search(name))


def is_organisation(text: str) -> bool:
    """Return whether a word or text speaks of an organisation: "News", "Agentur"."""
    return _ORGANISATION_RE.search(text) is not None


def starts_with_by(text: str) -> bool:
    """Return whether a text opens as a byline does: "By Ann Lee", "Von Eva Maier"."""
    return _BY_RE.match(text) is not None


def _strip_by(text: str) -> str:
    for _ in range(2):  # "Author: By Ann Lee"
        stripped = _BY_RE.sub("", text, count=1)
        if stripped == text:
            break
        text = stripped
    return text


def _split(text: str) -> list[str]:
    """Return the parts of a list of names; a comma binds a degree or "Jr." to the name before it."""
    parts: list[str] = []
    for line in _SEPARATOR_RE.split(_ALSO_BY_RE.sub("; ", text)):
        for piece in _COMMA_RE.split(line):
            if _SUFFIX_RE.match(piece) and parts:
                parts[-1] = f"{parts[-1]} {piece}"
            elif not _DEGREE_RE.match(piece.strip(" .")):
                parts.extend(_split_pair(piece))
    return parts


def _split_pair(text: str) -> list[str]:
    """Return the names that "and" joins; "Ortega y Gasset" and "Fish & Chips Inc" stay whole."""
    pieces = _AND_RE.split(text)
    if len(pieces) == 1:
        return pieces
    if all(not piece.strip() or is_person(_trim(piece)) or starts_with_by(piece) for piece in pieces):
        return pieces
    if len(pieces) == 2 and is_person(_trim(pieces[0])) and len(pieces[1].split()) > 1:
        return pieces
    return [text]


def _clean_name(text: str) -> str | None:
    """Return one name without what surrounds it, or None when nothing is left or what is left is a role."""
    name = _trim(_strip_by(_trim(text)))
    _, colon, rest = name.rpartition(":")
    if colon and is_person(_trim(rest)):  # "Text and photos: Ann Lee"
        name = _trim(rest)
    name = _trim(_TAIL_RE.sub("", f" {name}"))
    name = _without_degrees(name)
    rest = _trim(_LEADING_ROLE_RE.sub("", name))
    if not rest.lower().startswith("and "):  # "Staff and news service reports"
        name = rest
    for beside in (_CLAUSE_RE, _TRAILING_ROLE_RE, _TRAILING_AGENCY_RE):
        head = beside.sub("", name)
        if head != name and is_person(head):
            name = head
    if not name or len(name) > MAX_NAME_CHARS or len(name.split()) > MAX_NAME_WORDS:
        return None
    if len(name) < 2 or not any(letter.isalpha() for letter in name):
        return None
    if _ROLE_RE.match(name) and not _JUNK_RE.match(name):
        return None
    return name


def _without_degrees(name: str) -> str:
    """Return a name without the degrees that follow it with no comma between: "Ann Lee MS RD"."""
    words = name.split()
    while len(words) > 2 and words[-1].isupper() and _DEGREE_RE.match(words[-1]) and not _SUFFIX_RE.match(words[-1]):
        words.pop()
    return " ".join(words)


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(NAME_MARKS)
