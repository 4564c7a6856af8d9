"""Lines around the headline of a flattened page → the authors they name: bylines first, then lines that are a name.

Text has no markup that says "author"; a line that is only a name must be near what dates or signs an article.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.lexicon.dates import find_date, without_date
from newsclean.lexicon.names import clean_names, starts_with_by
from newsclean.lexicon.persons import NAME_MARKS, NAME_TITLES, PARTICLES, is_given_name, is_organisation, is_person
from newsclean.patterns import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.facts.findings import Findings

BELOW, ABOVE = 14, 8
"""Lines below and above the headline in which authors are named."""
MIN_BYLINE, MAX_BYLINE = 8, 220
"""Characters of a byline: "By Bo Ek" is the shortest."""
MAX_LONE, MAX_BESIDE = 110, 120
"""Characters of a line that is a name with its date, role or employer; of what stands beside that uncounted."""
MAX_WITH_PICTURES = 2_000
"""Characters of the longest line with names of pictures that is read."""
MAX_SIGNED = 55
"""Characters of the longest line that says when something was posted and by which user."""
MAX_LABEL = 40
"""Characters of a label and the marks around it."""
MAX_CO_AUTHORS = 4
"""Lines after the first author's in which a further one stands, in the same manner."""
MIN_LONE_SCORE = 2.0
"""Signs that make a line of two capital words a person: a given name near the headline, or a date beside it."""
MAX_PARTS = 4
"""Parts of a line ("4 July | Ann Lee | News") in which a name is looked for."""
REPEATED, MAX_REPEATED = 0.5, 4
"""What a name counts for that stands alone in a second line, as in a box about the author; more lines are a menu's."""
MAX_LESS = 1.5
"""Signs that a further author's line has less than the first's: only one of them is beside the date."""
MENU = 12
"""Lines above the headline from which a repeated line is the menu's."""
SMALL_WORDS = frozenset("of the and for with de la le du des del y et und für van & editors staff team".split())
"""Words that stand in lower case inside the name of who signs."""
MAX_NAME = 3
"""Words of most names: where a given name begins more, what follows is an employer or a place."""
BIO = 25
"""Characters that a line about an author has more than the name it begins with."""

# "Photo by", "Fotos: X", "Reviewed by", "Powered by": names that are no authors
_OTHER_HAND_RE = later(
    r"\b(?:photo(?:graph|s)?|picture|image|illustration|graphic|review(?:ed)?|edited|fact[- ]?checked|checked|powered|"
    r"translated|sponsored|presented|produced|recommended|brought to you|credit|tested|artwork|cover|video|fotos?|bild|"
    r"medically)\b[^|·•]{0,25}\b(?:by|von|par|por|di|de)\b"
    r"|^\W*(?:photo|image|foto|fotos|bild|zdjęcie|фото|kuva|credit|crédit|crédito|credito)\b|©|"
    r"(?:photos?|images?|fotos?|bild(?:er)?|credits?|crédits?|фото)\s?:\s|"
    r"/\s?(?:getty|reuters|afp|ap|shutterstock|unsplash|istock)|\b(?:getty images|unsplash|pixabay|shutterstock)\b",
    re.I,
)
_WORDS_TOO_RE = later(r"\b(?:story|stories|text|words|written|article)\b", re.I)  # "Photos and story by Ann Lee"
_TRAILING_RE = later(r"(?<=\w)(?:\s[a-zß-ÿ]{2,}|\sIn)+$")  # "Ann Lee archive page", "Ann Lee In" a section
_EMPLOYER_RE = later(r"[A-Z]{2,}[a-z]+\w*|[A-Z][a-z]+[A-Z]{2,}\w*|[A-ZÀ-Þ][\w-]+archive")  # "FOXBusiness", "USAToday"
_TEAM_RE = later(
    r"\w\s?-?(?:Team|Staff|Desk|Redaktion|Redazione|Redacción|Redação|Redactie|Redakcja|Редакция)$|^The \w+ Team$"
)
_APPEAL_RE = later(r"(?:join|meet|contact|our|your|about)\s", re.I)  # "Join Our Team"
_AND_RE = later(r"\s(?:and|und|et|y|e|i|og|och|en|ja|и|і|та|ve|és|και|&|dan|và|with|mit)\s", re.I)
_MIDDLE_BY_RE = later(r"(?:^|[\s|·•,–—-])(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]v|[Aa]f):?\s+(?=[^\W\d_])")
# "By", "Author:", "Written by", "Von", "Autor": the name is in the next line
_LABEL_RE = later(
    r"\W*(?:(?:written |article |posted |published |story |text |words |reported )?by|authors?|written|contributors?|"
    r"autor(?:en|es|in|ka|zy|a)?|auteurs?|autore|verfasst von|écrit par|escrito por|scritto da|von|par|por|di|door|"
    r"av|af|автор|автори|авторы|текст|tekst|text|szerző|yazar|penulis|tác giả|συντάκτης|الكاتب|بقلم|מאת|כותב|लेखक)\W*",
    re.I,
)
_GLUED_BY_RE = later(r"^(By|Von|Por|Par)(?=[A-ZÀ-Þ][a-zß-ÿ])")  # "ByAnn Lee"
_GLUED_RE = later(r"(?<=[^\W\d_] )([A-ZÀ-Þ][\w'’-]*?[a-zß-ÿ])(?=[A-ZÀ-Þ][a-zß-ÿ]{2}|(?:By|In)\s)")  # "Ann LeePublished"
_CAMEL_RE = later(r"[a-zß-ÿ][A-ZÀ-Þ]")  # "eP" of "LeePublished"
_END_RE = later(r"(?<!\b[JS]r)[.?!:…]$")  # how a sentence ends, and "Ann Lee Jr." does not
_HALF_RE = later(r"\d\s?[ap]\.?m$|\bUhr$", re.I)  # "10:30 AM"
_QUOTED_POST_RE = later(r"\W*[—–-]\s.{2,60}\(@\w{1,40}\)")  # "— Ann Lee (@annlee) 4 July 2025"
_HANDLE_RE = later(r"@\w{1,40}\b(?!\.)")  # "Ann Lee@annlee"
_GLUED_YEAR_RE = later(
    r"(?<!\d)((?:19|20)\d\d)(?=\d{1,2}\s?[^\W\d]{3}|\d{1,2}:\d\d|[^\W\d_a-z])"
)  # "4 July 20255 July 2025"
_GLUED_DAY_RE = later(
    r"(?<=[^\W\d_])(?=[A-ZÀ-Þ][a-zß-ÿ]{2,9}\.?\s\d{1,2},?\s(?:19|20)\d\d)"
)  # "EditorialNovember 22, 2018"
_NAME_PREFIX_RE = later(r"(?:Mc|Mac|De|Di|Du|Da|Del|La|Le|Lo|Fitz|San|Van|Von|Al|El|Ben|O['’]|D['’])$")
_PORTRAIT_RE = later(
    r"^\W*(?:(?:(?:profile |author )?(?:picture|photo|image|portrait|headshot) of|avatar(?: photo)?)(?: author)?|about)"
    r"\s+(?=\S)|(?:['’]s)? (?:avatar|headshot|profile(?: picture| photo)?|photo)\W*$",
    re.I,
)  # "Portrait of Ann Lee", "Ann Lee's avatar"
_READING_TIME_RE = later(
    r"\W*\b\d{1,3}\s?-?(?:min(?:ute[ns]?|uten|uti|utos)?|мин(?:ут[аы]?)?|хв|dk|phút|menit|دقيقة|分|분)\b\.?"
    r"(?:[\s-](?:read|lezen|lesezeit|lesetid|de lecture|de lectura|di lettura|чтения|okuma))?|lesezeit\W*",
    re.I,
)
_CLOCK_RE = later(r"\W*\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:Uhr|[A-Z]{2,4}\b))?")
_IMAGE_RE = later(r"\[[^\[\]]{0,200}\]")  # "[ann-lee.jpg]"
_PART_RE = later(r"\s*[|·•⋅\t]\s*|\s+[-–—/]\s+|\s*—\s*")
_AGO_RE = later(
    r"\s+(?:published |updated |posted )?\d{1,2}\s(?:minutes?|hours?|days?|weeks?|months?|years?)(?:\sago)?\b.*$", re.I
)
_ROLE_LINE_RE = later(
    r"\b(?:writers?|reporters?|editors?|correspondents?|contributors?|columnists?|journalist\w*|redakteur\w*|redaktör|"
    r"redactor\w*|redactrice|periodista|giornalista|reporter\w*|toimittaja|dziennikar\w*|muhabir|журналист\w*|корреспондент\w*|"
    r"author|staff|reviewers?|follow\w*|senior)\b",
    re.I,
)


_PORTRAIT_WORDS = ("photo", "picture", "image", "portrait", "avatar", "headshot", "profile", "about")
"""What _PORTRAIT_RE looks for: most lines have none."""


def read_signatures(
    texts: Sequence[str], items: Sequence[bool], headline: int, into: Findings, *, lists: bool = False
) -> None:
    """Note the authors that the lines near the headline name.

    `items` says which lines are items of a list; with `lists` they are read where no other line names anybody.
    """
    near = [
        number
        for number in (*range(headline + 1, headline + 1 + BELOW), *range(headline - 1, headline - 1 - ABOVE, -1))
        if 0 <= number < len(texts)
    ]
    for where, names in (
        ("byline", _bylines(texts, near)),
        ("byline", _labelled(texts, near)),
        ("name beside the headline", _lone_names(texts, [n for n in near if not items[n]], headline)),
        ("name beside the headline", _lone_names(texts, [n for n in near if items[n]], headline) if lists else ()),
    ):
        for name in names:
            into.add("author", name, where)
        if names:
            return


def _bylines(texts: Sequence[str], near: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the first byline, and of those that follow it at once."""
    found: list[str] = []
    last = None
    for number in near:
        if last is not None and number != last + 1:
            continue
        names = byline_names(texts[number])
        if names:
            last = number
            found += names
    return tuple(found)


def byline_names(text: str) -> tuple[str, ...]:
    """Return the names of a byline: "By Ann Lee", "4 July 2025 | by Ann Lee and Bo Ek"; () for any other line."""
    text = _bare(text, MAX_BYLINE)
    middle = next(filter(_is_set_apart, _MIDDLE_BY_RE.finditer(text)), None)
    opens = starts_with_by(text)
    other = _OTHER_HAND_RE.search(text) if opens else None
    if other and other.start() > MIN_BYLINE:  # "By Ann Lee. Reviewed by Bo Ek"
        text = text[: other.start()].rstrip(" .|·,;")
    if not (middle or opens) or len(text) > MAX_BYLINE or _is_other_hand(text):
        return ()
    for part in (text if opens else "", text[middle.end() :] if middle else ""):
        if part and not part.endswith((".", "?", "!")):
            first = next((piece for piece in _PART_RE.split(without_date(part)) if piece.strip()), "")
            names = _persons(clean_names(first), first)
            if names:
                return names
    if opens and len(text) < MAX_LONE:
        return signed_name(clean_names(without_date(text)))
    if middle and len(text) < MAX_SIGNED:
        return signed_name(clean_names(text[middle.end() :]))
    return ()


def _is_set_apart(middle: re.Match[str]) -> bool:
    """Return whether what stands before "by" in a line ends there or announces it: prose does neither."""
    whole = middle.string[: middle.start() + 1].rstrip()
    before = without_date(whole).rstrip()
    if find_date(whole[-MAX_LABEL:]):
        return True
    if not before or not before[-1].isalnum() or before[-1].isdigit():
        return True
    words = before.split()
    rest = middle.string[middle.start() :].lstrip()
    return (
        any(starts_with_by(f"{' '.join(words[-count:])} {rest}") for count in (1, 2))
        or _HALF_RE.search(before) is not None
    )


def signed_name(names: Sequence[str]) -> tuple[str, ...]:
    """Return the first of names that are no person's, where it can sign: a name of one word, or capitals."""
    words = names[0].split() if names else []
    is_name = all(word[0].isupper() or word in SMALL_WORDS for word in words) and words and words[0] != words[0].lower()
    return tuple(names[:1]) if len(words) == 1 or is_name else ()


def _bare(text: str, size: int) -> str:
    """Return a line without pictures, unglued, "" for one that is far longer than `size` characters."""
    if len(text) > size + MAX_BESIDE and ("[" not in text or len(text) > MAX_WITH_PICTURES):
        return ""
    text = unglued(text)
    if "[" in text:
        text = _IMAGE_RE.sub(" ", text)
    return _without_portrait(text).strip()


def _without_portrait(text: str) -> str:
    lower = text.lower()
    return _PORTRAIT_RE.sub("", text) if any(word in lower for word in _PORTRAIT_WORDS) else text


def unglued(text: str) -> str:
    """Return a text with a break where two elements of the page met without one: "Ann LeePublished"."""
    if text.startswith(("By", "Von", "Por", "Par")):
        text = _GLUED_BY_RE.sub(r"\1 ", text)
    if "@" in text:
        text = _HANDLE_RE.sub(" ", text)
    if "19" in text or "20" in text:
        text = _GLUED_DAY_RE.sub(" | ", _GLUED_YEAR_RE.sub(r"\1 | ", text))
    if not _CAMEL_RE.search(text):
        return text
    return _GLUED_RE.sub(lambda word: word[0] if _NAME_PREFIX_RE.search(word[1]) else f"{word[1]} | ", text)


def _is_other_hand(text: str) -> bool:
    """Return whether a line names who made the picture, or checked the text."""
    return _OTHER_HAND_RE.search(text) is not None and not _WORDS_TOO_RE.search(text)


def _persons(names: Sequence[str], text: str) -> tuple[str, ...]:
    """Return those names that are a person's, without the employer that follows one: "Ann Lee, Example Express"."""
    parts = (part for name in names for part in _run_together(name))
    persons = list(dict.fromkeys(name for name in map(_without_employer, parts) if is_person(name)))
    if len(persons) == 2 and "," in text and _has_given(persons[0]) and not _has_given(persons[1]):
        return tuple(persons[: 2 if _AND_RE.search(text) else 1])
    return tuple(persons)


def _has_given(name: str) -> bool:
    words = [
        word for word in name.split() if not word.endswith(".") and word.lower() not in NAME_TITLES
    ] or name.split()
    return is_given_name(words[0])


def _run_together(name: str) -> list[str]:
    """Return "Ann Lee" and "Bo Ek" of "Ann Lee Bo Ek", and of "Ann Lee Ann Lee Bo Ek Bo Ek"."""
    words = name.split()
    if (
        len(words) > 4
        and len(words) % 4 == 0
        and all(words[n : n + 2] == words[n + 2 : n + 4] for n in range(0, len(words), 4))
    ):
        return [" ".join(words[n : n + 2]) for n in range(0, len(words), 4)]
    if len(words) > 2 and len(words) % 2 == 0 and all(map(is_given_name, words[::2])):
        return [" ".join(words[place : place + 2]) for place in range(0, len(words), 2)]
    return _by_given_names(words) if len(words) > MAX_NAME else [name]


def _by_given_names(words: Sequence[str]) -> list[str]:
    """Return the names that begin where a given name follows another word: "Ann Lee Anna Maria Ek Bo Ray" is three."""
    given = [is_given_name(word) for word in words]
    starts = [n for n in range(len(words)) if given[n] and (not n or not given[n - 1])]
    names = [words[start:end] for start, end in pairwise((*starts, len(words)))]
    if starts[:1] != [0] or len(names) < 2 or any(len(one) < 2 or len(one) > MAX_NAME for one in names):
        return [" ".join(words)]
    return [" ".join(one) for one in names]


def _without_employer(name: str) -> str:
    """Return "Ann Lee" of "Ann Lee Example News", of "Ann Lee archive page" and of "Ann Lee Ann Lee"."""
    words = _TRAILING_RE.sub("", name.removesuffix("'s").removesuffix("’s")).split()
    while len(words) > 2 and _EMPLOYER_RE.fullmatch(words[-1]):
        words.pop()
    name = " ".join(words)
    half = len(words) // 2
    if half and len(words) % 2 == 0 and words[:half] == words[half:]:
        return " ".join(words[:half])
    is_long = len(words) > MAX_NAME and all(word[0].isupper() for word in words)
    if len(words) > 2 and is_given_name(words[0]) and (is_long or any(map(is_organisation, words[2:]))):
        last = 2 if len(words[1].strip(".")) == 1 or is_given_name(words[1]) else 1
        while last < len(words) - 1 and words[last].lower() in PARTICLES:  # "Fouzia Van Der Fort"
            last += 1
        return " ".join(words[: last + 1])
    return name


def _labelled(texts: Sequence[str], near: Sequence[int]) -> tuple[str, ...]:
    """Return the name in the line after one that says "Author" and no more."""
    for number in near:
        if number + 1 >= len(texts) or len(texts[number]) > MAX_LABEL or len(texts[number + 1]) > MAX_LONE:
            continue
        if is_name_label(texts[number]):
            names = clean_names(without_date(unglued(texts[number + 1])))
            if names:
                return _persons(names, texts[number + 1]) or signed_name(names)
    return ()


def is_name_label(text: str) -> bool:
    """Return whether a line says that the next one names the author, and no more: "Written by", "Autor"."""
    return len(text) <= MAX_LABEL and _LABEL_RE.fullmatch(text) is not None


def _lone_names(texts: Sequence[str], near: Sequence[int], headline: int) -> tuple[str, ...]:
    """Return the names of the lines that are a name, where enough signs say that they sign the article."""
    scored = [(_score(texts, number, headline, names), number, names) for number, names in _name_lines(texts, near)]
    best = max((score for score, _, _ in scored), default=0.0)
    if best < MIN_LONE_SCORE:
        return ()
    first = next(number for score, number, _ in scored if score == best)
    lines = [
        names for score, number, names in scored if score >= best - MAX_LESS and abs(number - first) <= MAX_CO_AUTHORS
    ]
    if any(_has_given(name) for names in lines for name in names):  # beside whom "Harbour Staff", "Edit Story" are none
        lines = [names for names in lines if _has_given(names[0])]
    return tuple({name.casefold(): name for names in reversed(lines) for name in reversed(names)}.values())[::-1]


def _name_lines(texts: Sequence[str], near: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number in sorted(near):
        names = lone_names(texts[number]) or _lone_given_name(texts, number)
        if names:
            yield number, names


def _lone_given_name(texts: Sequence[str], number: int) -> tuple[str, ...]:
    """Return the given name that is all of a line beside a date, a role or a reading time: blogs sign by it."""
    name = texts[number].strip()
    if " " in name or not name.istitle() or not is_given_name(name):
        return ()
    beside = (texts[n] for n in (number - 1, number + 1, number + 2) if 0 <= n < len(texts))
    signs = (find_date(text) or _READING_TIME_RE.search(text) for text in beside if len(text) < MAX_LONE)
    return (name,) if any(signs) else ()


def lone_names(text: str) -> tuple[str, ...]:
    """Return the persons of a line that is a name, a date, a role and little else: "Ann Lee | 4 July 2025"."""
    if _QUOTED_POST_RE.match(text):
        return ()
    text = without_date(_bare(text, MAX_LONE))
    if len(text) > MAX_LONE or _END_RE.search(text) or _is_other_hand(text):
        return ()
    text = _AGO_RE.sub("", _CLOCK_RE.sub(" | ", _READING_TIME_RE.sub(" | ", text)))
    parts = [part for part in map(str.strip, _PART_RE.split(text)) if part]
    found: tuple[str, ...] = ()
    for part in parts[:MAX_PARTS]:
        names = _persons(clean_names(part), part) if _may_name(part) else ()
        if names and (not found or (_has_given(names[0]) and not _has_given(found[0]))):
            found = names
    if parts and not found and len(parts[0].split()) <= MAX_PARTS and _is_team(parts[0]):
        return (parts[0],)
    return found


def _is_team(text: str) -> bool:
    return _TEAM_RE.search(text) is not None and not _APPEAL_RE.match(text)


def _may_name(text: str) -> bool:
    """Return whether two words stand together that can be a name's: most lines have none, and reading one is dear."""
    words = [not word.islower() or word.strip(NAME_MARKS) in PARTICLES for word in text.split()]
    return any(first and second for first, second in pairwise(words))


def _score(texts: Sequence[str], number: int, headline: int, names: Sequence[str]) -> float:
    """Return how many signs say that a line names the author, and not a section or a person of the story."""
    name = names[0]
    given = sum(_has_given(one) or _TEAM_RE.search(one) is not None for one in names) / len(names)
    beside = [texts[n] for n in (number - 1, number + 1) if 0 <= n < len(texts) and n != headline]
    score = 2.0 * given
    if find_date(texts[number]) or _AGO_RE.search(texts[number]):
        score += 2.5
    elif any(len(text) < MAX_LONE and find_date(text) for text in beside):
        score += 1.5 + 0.5 * (number == headline + 1 and texts[number] == name)
    elif any(_READING_TIME_RE.search(text) for text in (texts[number], *beside) if len(text) < MAX_LONE):
        score += 1.0
    score += 1.0 * any(name in text and len(text) < MAX_LONE for text in beside)
    score += 1.5 * (_PORTRAIT_RE.search(texts[number]) is not None)
    score += 1.0 * any(_ROLE_LINE_RE.search(text) for text in (texts[number], *beside) if len(text) < MAX_LONE)
    score += 0.5 * (0 < number - headline <= 3)
    score -= 0.5 * (not given)
    if given and any(text.startswith(name) and len(text) > len(name) + BIO for text in texts[headline + 1 :]):
        score += 1.5 * given
    score += REPEATED * (1 < list(texts).count(name) <= MAX_REPEATED)
    score -= 3.0 * (name.split()[-1] in texts[headline])
    score -= 2.0 * (texts[number] in texts[: max(0, headline - MENU)])
    return score
