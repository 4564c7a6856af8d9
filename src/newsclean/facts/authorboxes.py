"""Lines of a flattened page away from its headline → the author, where the page names one alone: in a box about them.

"Written by Ann Lee", a line "Author" above a name, or a name above "Ann Lee is a reporter …". Lists of other stories
name several, and then nobody is taken.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.facts.findings import is_sentence
from newsclean.facts.signatures import byline_names, is_name_label, lone_names, signed_name
from newsclean.lexicon.credits import AUTHOR_STARTS, PREPOSITIONS, UNSPACED_AUTHORS, find_labels
from newsclean.lexicon.dates import find_date
from newsclean.lexicon.months import month_number
from newsclean.lexicon.names import clean_names
from newsclean.lexicon.persons import JUNK_RE, is_given_name, is_person
from newsclean.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BOXED = "box about the author"
"""Where such an author was found."""
NOT_WRITTEN = PREPOSITIONS | {"created by"}
"""Labels that are not the author's alone: who made the page is named at its foot."""
MAX_LINE = 110
"""Characters of a line that names an author and little else."""
MAX_NAME = 40
"""Characters of a name below a label that looks like no person's."""
_BEHIND_RE = re.compile(r"\s+[-–—|<(]\s?|,\s")  # what stands behind a name: its role, its address
MARKS = " *•-–—|"
"""What stands before the label of a line."""
MAX_POSTED, MAX_SHORT = 160, 55
"""Characters of a line that says who posted a page; of one that says it with a preposition alone."""
MIN_BIO = 60
"""Characters of a line that tells who somebody is."""
MAX_LEAD = 12
"""Characters before the name in it: "Dr. "."""
# "Ann Lee is", "Eva Maier ist", "Jean Roux est": how a line about a person goes on behind the name
_IS_RE = re.compile(
    r",?\s(?:is|was|has|writes|works|covers|joined|ist|war|schreibt|arbeitet|est|a|couvre|es|fue|escribe|é|è|scrive|lavora|"
    r"är|er|on|jest|je|este|является|пишет|є|is\s(?:een|de)|schrijft)\s"
)

# "View all posts by Ann Lee", "Alles von Eva Maier", "Tous les articles de Jean Roux"
_ALL_BY_RE = re.compile(
    r"\W*(?:(?:view|see|read|show|find|browse|zeige|zeigt|voir|ver|vedi|bekijk|zobacz)\s)?"
    r"(?:(?:all|more|other)\s(?:of\s)?(?:the\s)?(?:(?:posts|articles|stories|content|entries|work)\s)?(?:by|from)"
    r"|(?:alles|mehr|(?:alle|weitere)\s(?:beiträge|artikel|posts|texte))\s(?:von|des autors|der autorin)"
    r"|(?:tous\s)?(?:les\s)?(?:autres\s)?(?:articles|billets|posts)\s(?:de|par)"
    r"|(?:tod[oa]s\s)?(?:l[oa]s|[oa]s)\s(?:artículos|entradas|posts|artigos|textos|publicações)\s(?:de|por)"
    r"|tutti\s(?:gli articoli|i post)\sdi|alle\s(?:artikelen|berichten)\s(?:van|door)|alla\s(?:artiklar|inlägg)\sav"
    r"|wszystkie\s(?:wpisy|artykuły)(?:\sautora)?|все\s(?:статьи|записи|материалы)(?:\sавтора)?)"
    r":?\s+(?P<name>\S.{2,38}?)(?:['’]s (?:posts|articles))?\W*",
    re.I,
)

# "Posted by bluebird under", "Geschrieben von Cooper am 25.08.2015", "Posted on 4 July 2025 by LD"
_POSTED_RE = re.compile(
    r"^\W{0,3}(?:(?P<verb>posted|written|published|submitted|added|geschrieben|erstellt|veröffentlicht|verfasst|eingetragen|gepostet"
    r"|publié|posté|écrit|rédigé|escrito|publicado|enviado|inserito|scritto|pubblicato|postato|geplaatst|skrevet|napisał"
    r"|опубликовал|написал)\b[^|]{0,60}?\s)?(?:by|von|par|por|da|door|af|av|przez):?\s+"
    r"(?P<name>[^\s|,;:()«»<>]{2,30})"
    r"(?=$|\s*[|,·•(–—]|\s(?:on|at|in|under|unter|um|am|le|à|el|il|op|den|på|w|-|\d))",
    re.I,
)


def boxed_author(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the authors that a page names in boxes about them; () where boxes name different ones."""
    for read in (_labelled, _described, _listed):
        named = {tuple(name.casefold() for name in names): names for names in read(texts)}
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            return ()
    return ()


def _labelled(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names of lines that say "Written by", or stand below one that says "Author" and no more."""
    for number, text in enumerate(texts):
        if len(text) > MAX_LINE:
            continue
        if is_name_label(text) and text.strip(" :").casefold() not in PREPOSITIONS:
            below = next((other for other in texts[number + 1 : number + 3] if other), "")
            if names := lone_names(below) or (_signed(below) if " " in text.strip() else ()):
                yield names
        elif _says_written(text) and (names := byline_names(text)):
            yield names


def _signed(text: str) -> tuple[str, ...]:
    """Return the name of a short line below "Written by", whoever it is: "Eliz - Product marketer"."""
    name = _BEHIND_RE.split(text, maxsplit=1)[0]
    return signed_name(clean_names(name)) if len(name) <= MAX_NAME else ()


def _says_written(text: str) -> bool:
    """Return whether a line opens with more than a preposition: "Written by Ann Lee", "Autorin: Eva Maier"."""
    start = text.lstrip(MARKS)
    if start.split(" ", 1)[0].rstrip(":").casefold() not in AUTHOR_STARTS and not start.startswith(UNSPACED_AUTHORS):
        return False
    first = next(iter(find_labels(text[:MAX_LINE])), None)
    return (
        first is not None
        and first.role == "author"
        and first.word not in NOT_WRITTEN
        and not text[: first.start].strip(MARKS)
        and (first.has_colon or " " in first.word)
    )


def _described(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names that stand alone above a line that goes on to say who that is."""
    written = [label(text) for text in texts if text]
    for above, below in (*pairwise(written), *zip(written, written[2:], strict=False)):
        if len(above) > MAX_LINE or len(below) < MIN_BIO or " " not in above:
            continue
        if above.split(" ", 1)[0] not in below[: MAX_LINE // 2]:  # one in a thousand is left
            continue
        names = lone_names(above)  # a thing is described like that too: "Touch ID is …"
        is_person = len(names) == 1 and is_given_name(names[0].split()[0])
        place = below.find(names[0]) if is_person else -1
        if 0 <= place <= MAX_LEAD and _IS_RE.match(below, place + len(names[0])):
            yield names


def is_told_of(text: str, name: str) -> bool:
    """Return whether a sentence names somebody of whom it tells: it does not open by saying who its author is."""
    place = text.find(name)
    rest = text[place + len(name) :]
    return (is_sentence(text) or len(text) > MAX_POSTED) and not (
        0 <= place <= MAX_LEAD and (rest.startswith(",") or _IS_RE.match(rest))
    )


def _listed(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the persons all of whose texts the page offers."""
    for text in texts:
        match = _ALL_BY_RE.fullmatch(text) if len(text) <= MAX_LINE else None
        if match and (names := clean_names(match["name"])) and all(map(is_person, names)):
            yield names


def poster_of(text: str, *, has_date: bool) -> str:
    """Return the one word by which a line says that a user posted the page, "" for none; `has_date`: and when."""
    match = _POSTED_RE.match(text) if len(text) <= MAX_POSTED else None
    if match is None or (has_date and find_date(text) is None):
        return ""
    is_short = match.end() == len(text) or len(text) <= MAX_SHORT
    if (
        not (match["verb"] or is_short or find_date(text))
        or JUNK_RE.match(match["name"])
        or month_number(match["name"])
    ):
        return ""
    return match["name"] if match["verb"] or clean_names(match["name"]) else ""
