"""Byline text → names of the authors. Strips "By", roles, dates, addresses; splits lists. No page in sight."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.lexicon.credits import AFTER_RE, AND, AND_RE, PREPOSITIONS, ROLE_OF, find_labels
from newsclean.lexicon.dates import without_date
from newsclean.lexicon.persons import (
    ADDRESS_RE,
    CJK_BUTTON_RE,
    JUNK_RE,
    NAME_MARKS,
    PARTICLES,
    has_no_case,
    is_person,
    is_unspaced_name,
)
from newsclean.patterns import later
from newsclean.words import label as label_text

if TYPE_CHECKING:
    from newsclean.lexicon.credits import Label, Role

MAX_CHARS, MAX_NAME_CHARS, MAX_NAME_WORDS = 400, 80, 8
"""Characters of a byline that are read, of a name, and words of one: what is longer is none."""
MAX_LABEL = 60
"""Characters at the start of a text in which a label stands."""

# " | ", " · ", "Ann Lee — 4 July", "高槻みのり　写真": what parts the segments of a line
_PART_RE = later(r"\s*[|•∙⋅¦»›\n\t\u3000]\s*|\s+[·–—]\s+|\s*·\s*(?![\uac00-\ud7af])|\s+[-/]\s+")
_FULL_STOP_RE = later(r"(?:[^\W\d_]{4,}|[^\W\d_]*[^\x00-\x7f][^\W\d_]{2,})\.$")  # "Осокорова."; not "Jr.", "M."
_ROLE_BRACKET_RE = later(r"\s*[(（]([^()（）]{2,40})[)）]")  # "(Text und Fotos)"
_AND_WORDS = AND - {"with", "mit", "avec", "con"} | {"&", "/"}
_AND_BUT_IN_RE = later(AND_RE.pattern.replace("|en|", "|"), re.I)
# "and" as Hebrew and Arabic write it, one with the name behind: "רננה אלקושי ויותם ברזל"
_JOINED_AND_RE = later(r"\s(?:ו(?=[א-ת]{2})|و(?=[\u0621-\u064a]{2}))")
_LEADING_AND_RE = later(rf"^[\s,;]*(?:(?:{'|'.join(map(re.escape, sorted(AND)))}|&)\s+)?", re.I)
_ANYWHERE = frozenset(("by", "von", "par", "por"))
"""Prepositions that also stand inside a line: "4 July 2025 by Ann Lee"."""

# " and ", " und ", ";", "/", "&", " | ", a line end
_SEPARATOR_RE = later(r"\s*(?:;|\s/\s|/(?=[A-ZÀ-Þ])|\||\n|·|•|、|，|\s\+\s)\s*")
_CJK_RE = later("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_BREAK_RE = later(r"\s*[、,，;；/／·・|&和与及]\s*")
_COMMA_RE = later(r"\s*,\s*")
_PLACE_RE = later(r"(?:de|da|do|in|from|aus|à|en|em|desde|i|w|z|из|в|во|ve|v)\s+[A-ZÀ-ÞА-Я]")  # "de Lagoa Funda"
_ALSO_BY_RE = later(r"\s+(?:and|und|et|y|e)\s+by\s+", re.I)  # "Ann Lee and by Bo Ek"
_BRACKET_RE = later(r"[(\[{（][^()\[\]{}（）]{0,80}[)\]}）]")  # "(Reuters)", "[email]"
_MIDDLE_NAME_RE = later(r"[A-ZÀ-Þ]\w+\s\((?:[A-ZÀ-Þ][\w.]+\s?){1,2}\)\s[A-ZÀ-Þ][\w'’-]+")  # "Paramita (Guha) Ghosh"
# What follows the names: a date, a place, an employer, a call to follow
_TAIL_RE = later(
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
    r"|\s+(?:on behalf of .*|기자|특파원|記者|记者)$"
    r"|\s+(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s.*$"
    r"|\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s\d.*$",
    re.I,
)
# "Ann Lee for Example News", "Ann Lee in Berlin", "Ann Lee is a reporter"
_CLAUSE_RE = later(
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
_ROLE_RE = later(
    rf"^(?:an?\s|the\s)?{_ROLE}(?:[,\s].*)?$|^.*\s(?:writer|reporter|editor|correspondent|columnist|newsroom staff"
    r"|journalist|attorney|director|reviewer|publisher)$",
    re.I,
)
# "Science Editor Ann Lee", not "Reporters Without Borders" or "Contributors to Wikimedia projects"
_LEADING_ROLE_RE = later(rf"^{_ROLE}(?<!s)[:,]?\s+(?=\S+\s+\S)", re.I)
# "Ann Lee The Associated Press"
_TRAILING_AGENCY_RE = later(
    r"\s+(?:the\s)?(?:associated press|canadian press|press association|reuters|afp|dpa)\b.*$", re.I
)
_TRAILING_ROLE_RE = later(rf"\s+{_ROLE}$", re.I)  # "Ann Lee Science Editor", "Eva Maier Chefredakteurin"
# ", MD", "PhD", "M.S."
_DEGREE_RE = later(
    r"^(?:m\.?d\.?|ph\.?\s?d\.?|m\.?s\.?c?\.?|b\.?s\.?c?\.?|m\.?a\.?|b\.?a\.?|r\.?d\.?n?\.?|r\.?n\.?|d\.?o\.?|"
    r"m\.?p\.?h\.?|mba|jd|esq\.?|"
    r"cpa|cfa|cfp®?|ldn?|fand|facp|faap|cscs|np|pa-c|pharmd|dds|dvm|edd|psyd|lcsw|llm|rph|cde|cdces|jr\.?|sr\.?|"
    r"ii|iii|iv)$",
    re.I,
)
_SUFFIX_RE = later(r"^(?:(?:jr|sr)\.?|ii|iii|iv)$", re.I)  # belongs to the name before: "Bo Ek, Jr."


def clean_names(text: str) -> tuple[str, ...]:
    """Return the names that a byline lists, in its order, without doubles; () when it names nobody.

    Organisations count as names; "Redaktion" and its like come back only when nothing else is there, accounts never.
    """
    text = _plain(text)
    return _names_in(text) if len(text) <= MAX_CHARS else ()


@lru_cache(maxsize=1_024)
def _names_in(text: str) -> tuple[str, ...]:
    """Return the same for a plain text: a page states its author in several places, which are compared."""
    segments = split_credits(text)
    written = [segment for role, segment in segments if role == "author"]
    chosen = written or [segment for role, segment in segments if role is None] or ([] if segments else [text])
    names: dict[str, str] = {}
    weak: dict[str, str] = {}
    for part in (part for segment in chosen for part in _split(segment)):
        name = _clean_name(part)
        if name and JUNK_RE.match(name):
            if name.lower() in ("redaktion", "editor", "staff"):
                weak.setdefault(name.lower(), name)
        elif name and not any(name.casefold().startswith(f"{known} ") for known in names):
            names.setdefault(name.casefold(), name)
    if any(is_person(name) for name in names.values()):  # "Eva Maier, Berlin", "Ana Gil / Efe"
        return tuple(name for name in names.values() if " " in name or is_unspaced_name(name))
    return tuple(names.values()) or tuple(weak.values())


def credited(text: str) -> tuple[tuple[Role, str], ...]:
    """Return who a line says did what: the persons behind its labels, in order. A line without labels names nobody."""
    text = _plain(text)
    if len(text) > MAX_CHARS:
        return ()
    return tuple(
        (role, name)
        for role, segment in split_credits(text)
        if role is not None and role not in ("source", "date")
        for name in (_persons(segment) or (_unspaced(segment) if role == "author" else ()))
    )


def split_credits(text: str) -> list[tuple[Role | None, str]]:
    """Return the segments of a line with what the label before each announces; None before the first label.

    A label that ends a part ("Author | Ann Lee") goes with the next part; two labels side by side ("Text und Fotos:")
    announce an author if one of them does.
    """
    found: list[tuple[Role | None, str]] = []
    carried: Role | None = None
    for part in _PART_RE.split(without_date(text) if any(map(str.isdigit, text)) else text):
        part = part.strip()
        bracketed = _bracketed(part)
        if bracketed:
            found += bracketed
            continue
        labels = _true_labels(part)
        place, role = 0, carried
        carried = None
        for label in labels:
            segment = part[place : label.start]
            if _is_nothing(segment):
                role = "author" if "author" in (role, label.role) and role is not None else label.role
            else:
                found.append((role, segment))
                role = label.role
            place = label.end
        if _is_nothing(part[place:]):
            carried = role
        else:
            found.append((role, part[place:]))
    return [_signed_after(role, segment) for role, segment in found]


def _signed_after(role: Role | None, segment: str) -> tuple[Role | None, str]:
    """Return a segment with the role that follows its names: "한서윤 기자"."""
    after = AFTER_RE.search(ADDRESS_RE.sub("", segment).rstrip(" ,)")) if role in (None, "author") else None
    return ("author", segment[: after.start()]) if after else (role, segment)


def _bracketed(part: str) -> list[tuple[Role | None, str]]:
    """Return the segments of "Von Eva Maier und Bo Ek (Text), Al Ray (Fotos)"; [] where no bracket holds a role."""
    found: list[tuple[Role | None, str]] = []
    place = 0
    for bracket in _ROLE_BRACKET_RE.finditer(part):
        words = [
            word.strip(" .:") for word in re.split(r",|/|&|\s(?:und|and|et|y|e|och|og|en|i|и)\s", bracket[1].lower())
        ]
        roles = [ROLE_OF.get(word) for word in words]
        if any(roles):
            names = _strip_by(_LEADING_AND_RE.sub("", part[place : bracket.start()]))
            found.append(("author" if "author" in roles else next(filter(None, roles)), names))
            place = bracket.end()
    return found


def _true_labels(part: str) -> list[Label]:
    """Return the labels of a part that stand where labels do: at its start, before a colon, behind a comma.

    One that only "and" parts from the next is as true as that: "Text und Fotos: Eva Maier".
    """
    found: list[Label] = []
    for label in reversed(find_labels(part)):
        is_beside = bool(found) and not AFTER_RE.search(part[: label.end].rstrip())
        is_beside = is_beside and _is_nothing(part[label.end : found[-1].start])
        if is_beside or _is_label(part, label):
            found.append(label)
    return found[::-1]


def _is_label(part: str, label: Label) -> bool:
    before = part[: label.start].rstrip(" \t")
    is_first = not before.strip(NAME_MARKS)
    if label.has_colon:
        return label.word not in PREPOSITIONS or is_first or before[-1:] in ",.("
    rest = part[label.end :]
    if len(label.word) > len("by") and label.word.upper() in part[label.start : label.end] and not part.isupper():
        return _opens_with_name(rest) or label.role == "date"  # "TEKSTI Aune Karikko KUVAT Rauni Lahna"
    if is_first:
        if label.role in ("author", "photographer") and (label.word in PREPOSITIONS or " " in label.word):
            return True
        return not rest or label.role in ("date", "source") or _opens_with_name(rest)
    if label.word in PREPOSITIONS:
        return label.word in _ANYWHERE and _opens_with_name(rest)
    is_parted = before[-1:] in ",.;)，、/&" or bool(AND_RE.search(part[max(0, label.start - 6) : label.start]))
    is_unspaced = (
        not label.word.isascii() and label.end - label.start <= len(label.word) + 1 and before != part[: label.start]
    )
    if label.role == "date":
        return not rest or (is_parted and rest[:1].isdigit())
    return (is_parted or " " in label.word or (is_unspaced and has_no_case(label.word))) and _opens_with_name(rest)


def _opens_with_name(text: str) -> bool:
    """Return whether two words with capitals open a text, or letters of a script without case."""
    words = text.split()[:3]
    if words and has_no_case(words[0]):
        return True
    capital = [word for word in words if word[:1].isupper() or word.lower() in PARTICLES]
    return len(capital) >= 2 and capital[0] is words[0]


def _is_nothing(segment: str) -> bool:
    """Return whether nothing stands between two labels but marks and "and"."""
    return not segment.strip(NAME_MARKS + "(（)）") or segment.strip(NAME_MARKS).lower() in _AND_WORDS


def _persons(segment: str) -> list[str]:
    """Return the persons of a segment."""
    return [name for name in clean_names(segment) if is_person(name)]


def _unspaced(segment: str) -> list[str]:
    """Return the one name of a segment in Chinese or Korean letters: behind a label a rare surname is one too."""
    names = clean_names(segment)
    return [name for name in names if len(names) == 1 and len(name) in (2, 3) and _CJK_RE.match(name)]


def _plain(text: str) -> str:
    text = html.unescape(text) if "&" in text else text
    return text if text.isprintable() else "\n".join(map(label_text, text.splitlines()))


def starts_with_by(text: str) -> bool:
    """Return whether a text opens as a byline does: "By Ann Lee", "Von Eva Maier"."""
    return _strip_by(text[:MAX_CHARS]) != text[:MAX_CHARS]


def _strip_by(text: str) -> str:
    for _ in range(2):  # "Author: By Ann Lee"
        labels = find_labels(text[:MAX_LABEL])
        if not labels or labels[0].role != "author" or text[: labels[0].start].strip(NAME_MARKS + "("):
            break
        if not text[labels[0].end :] or not _is_label(text, labels[0]):
            break
        text = text[labels[0].end :]
    return text


def _split(text: str) -> list[str]:
    """Return the parts of a list of names; a comma binds a degree or "Jr." to the name before it."""
    parts: list[str] = []
    if "(" in text and _MIDDLE_NAME_RE.fullmatch(text):
        return [text]
    text = _strip_by(ADDRESS_RE.sub(" , ", _BRACKET_RE.sub(" ", text)))
    if _CJK_RE.search(text):
        return _split_unspaced(text)
    for line in _SEPARATOR_RE.split(_ALSO_BY_RE.sub("; ", text)):
        for piece in _COMMA_RE.split(line):
            rest = _LEADING_AND_RE.sub("", piece)
            piece = rest if is_person(_trim(rest)) else piece
            if _SUFFIX_RE.match(piece) and parts:
                parts[-1] = f"{parts[-1]} {piece}"
            elif not (_DEGREE_RE.match(piece.strip(" .")) or (parts and _PLACE_RE.match(piece))):
                parts.extend(_split_pair(piece))
    return parts


def _split_unspaced(text: str) -> list[str]:
    """Return the parts of a Chinese, Japanese or Korean list of names; a space may part names, or the two of a name."""
    found: list[str] = []
    for part in _CJK_BREAK_RE.split(text):
        words = [AFTER_RE.sub("", word) for word in part.split()]
        words = [w for w in words if w and w not in _AND_WORDS and w not in ROLE_OF and not CJK_BUTTON_RE.search(w)]
        is_one = len(words) == 2 and max(map(len, words)) <= 3 and not all(map(is_unspaced_name, words))
        found += [" ".join(words)] if is_one else words if all(map(is_unspaced_name, words)) else [part]
    return found


def _split_pair(text: str) -> list[str]:
    """Return the names that "and" joins; "Ortega y Gasset" and "Fish & Chips Inc" stay whole."""
    for joint in (_AND_BUT_IN_RE, AND_RE):  # "en" joins names in Dutch and comes before places in Spanish
        if pieces := _people_apart(joint.split(text)):
            return pieces
    joined = _JOINED_AND_RE.split(text)
    return joined if len(joined) > 1 and all(len(piece.split()) > 1 for piece in joined) else [text]


def _people_apart(pieces: list[str]) -> list[str]:
    """Return the pieces of a list where they are people, else []."""
    if len(pieces) == 1:
        return []
    people = [is_person(_CLAUSE_RE.sub("", _trim(piece))) for piece in pieces]
    if all(person or not piece.strip() or starts_with_by(piece) for person, piece in zip(people, pieces, strict=True)):
        return pieces
    if len(pieces) == 2 and ((people[0] and len(pieces[1].split()) > 1) or (people[1] and pieces[0].isupper())):
        return pieces
    return []


# "via Ann Lee", "Ann Lee on" a day, "Ann Lee's" picture, "annlee Offline": words of what stood beside the name
_EDGE_RE = later(
    r"^(?:via|from|(?:more|recent|latest)?\s?(?:articles?|posts?|stories|recently)\s(?:by|from))\s+(?=\S)"
    r"|(?<=\w)(?:\s+(?:(?-i:on|at)|offline|verified|fact[- ]checked)|['’]s)$",
    re.I,
)


def _clean_name(text: str) -> str | None:
    """Return one name without what surrounds it, or None when nothing is left or what is left is a role."""
    name = _trim(_EDGE_RE.sub("", _trim(_strip_by(_trim(text)))))
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
    if (
        " " in name and name[0].islower() and name.split()[0] in AND
    ):  # the end of a sentence: "and over", "and science writer"
        return None
    if _ROLE_RE.match(name) and not JUNK_RE.match(name):
        return None
    return name


def _without_degrees(name: str) -> str:
    """Return a name without the degrees that follow it with no comma between: "Ann Lee MS RD"."""
    words = name.split()
    while len(words) > 2 and words[-1].isupper() and _DEGREE_RE.match(words[-1]) and not _SUFFIX_RE.match(words[-1]):
        words.pop()
    return " ".join(words)


def _trim(text: str) -> str:
    text = " ".join(text.split()).strip(NAME_MARKS)
    return text[:-1] if _FULL_STOP_RE.search(text) else text
