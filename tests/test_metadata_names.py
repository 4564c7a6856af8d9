"""Bylines as pages write them, and the names in them."""

from __future__ import annotations

import time

import pytest

from newsclean.lexicon.names import clean_names, credited, starts_with_by
from newsclean.lexicon.persons import is_person

BYLINES: dict[str, tuple[str, ...]] = {
    "By Ann Lee": ("Ann Lee",),
    "By ANN LEE and Bo Ek, Staff Writers": ("ANN LEE", "Bo Ek"),
    "Ann Lee, Bo Ek & Cy Fox": ("Ann Lee", "Bo Ek", "Cy Fox"),
    "Written by Ann Lee | Edited by Bo Ek": ("Ann Lee",),
    "Von Eva Maier, Berlin": ("Eva Maier",),
    "Par Jean-Luc Durand et Marie Petit": ("Jean-Luc Durand", "Marie Petit"),
    "Por Ana Gil / Efe": ("Ana Gil",),
    "Di Mario Rossi e Lucia Bianchi": ("Mario Rossi", "Lucia Bianchi"),
    "Av Ola Nordmann": ("Ola Nordmann",),
    "Door Anna van der Berg": ("Anna van der Berg",),
    "Автор: Иван Петров": ("Иван Петров",),
    "作者：王小明": ("王小明",),
    "José Ortega y Gasset": ("José Ortega y Gasset",),
    "Ann Lee, MD, PhD": ("Ann Lee",),
    "Bo Ek, Jr.": ("Bo Ek Jr.",),
    "Science Editor Ann Lee": ("Ann Lee",),
    "Contributors to Wikimedia projects": (),
    "ann@example.org Ann Lee": ("Ann Lee",),
    "Ann Lee (@annlee)": ("Ann Lee",),
    "Ann Lee (Example Wire)": ("Ann Lee",),
    "By Ann Lee for Example News": ("Ann Lee",),
    "Ann Lee | Published July 4, 2025": ("Ann Lee",),
    "Posted by bluebird on July 4": ("bluebird",),
    "By Ann Lee Updated 5 hours ago": ("Ann Lee",),
    "Ann Lee - Reporter": ("Ann Lee",),
    "Ann Lee; Ann Lee; ann lee": ("Ann Lee",),
    "Ann Lee &amp; Bo Ek": ("Ann Lee", "Bo Ek"),
    "Example Press Agency": ("Example Press Agency",),
    "Department of Health and Human Services": ("Department of Health and Human Services",),
    "Pressemitteilung von Eva Maier": ("Eva Maier",),
    "vom Hafenschreiber": ("Hafenschreiber",),
    "Eva Maier im Gespräch mit Jan Ohm": ("Eva Maier", "Jan Ohm"),
    "Eva Maier Chefredakteurin": ("Eva Maier",),
    "Ann Lee Science Editor": ("Ann Lee",),
    "Ann Lee The Associated Press": ("Ann Lee",),
    "The Associated Press": ("The Associated Press",),
    "Ann Lee Edited by Bo Ek": ("Ann Lee",),
    "Isabella.Rossi am Samstag": ("Isabella.Rossi",),
    "Mark Newall: EN": ("Mark Newall",),
    "© Eva Maier": ("Eva Maier",),
    "Von": (),
    "Publiziert am": (),
    "Twitter Facebook Reddit": (),
    "Gesponserte Inhalte": (),
    "Staff and news service reports": (),
    "admin": (),
    "admin, Ann Lee": ("Ann Lee",),
    "Staff Writer": (),
    "@annlee": (),
    "https://example.org/people/ann-lee": (),
    "July 4, 2025": (),
    "": (),
}


@pytest.mark.parametrize("byline", BYLINES)
def test_names_in_byline(byline: str) -> None:
    assert clean_names(byline) == BYLINES[byline]


@pytest.mark.parametrize(
    "name", ["Diane Keaton", "Vonda Smith", "Ian Fontana", "Ellen Inman", "Byron Andersen", "Otto Postma"]
)
def test_leaves_names_that_begin_like_a_prefix_or_hold_a_conjunction(name: str) -> None:
    assert clean_names(name) == (name,)


def test_tells_people_from_organisations() -> None:
    assert is_person("Ann Lee")
    assert is_person("Anna van der Berg")
    assert not is_person("Example News")
    assert not is_person("The Local")
    assert not is_person("NDR Hafenwelle")
    assert not is_person("Deutsche Laterne")
    assert not is_person("Wend-Stiftung Harbour")
    assert not is_person("bluebird")
    assert not is_person("the council said on")


def test_knows_a_byline_by_its_opening() -> None:
    assert starts_with_by("By Ann Lee")
    assert starts_with_by("Von Eva Maier")
    assert not starts_with_by("Byron Andersen")


def test_a_long_text_is_no_byline() -> None:
    assert clean_names("By the river stood a house. " * 40) == ()


@pytest.mark.parametrize(
    "bomb", ["," * 400, "a," * 200, "and " * 100, "senior " * 57, "(" * 400, " -" * 200, "by " * 130]
)
def test_hostile_byline_takes_no_time(bomb: str) -> None:
    start = time.process_time()
    clean_names(bomb)
    assert time.process_time() - start < 0.5


CREDITS = {
    "Teksti Aino Salo, kuvat Tapio Ranta": "author Aino Salo; photographer Tapio Ranta",
    "文・高槻みのり 写真・大槻遼平": "author 高槻みのり; photographer 大槻遼平",
    "Текст: Ольга Речная. Фото: Савва Мельник": "author Ольга Речная; photographer Савва Мельник",
    "노은채·배도현 기자, 사진 우지호": "author 노은채; author 배도현; photographer 우지호",
    "2018-04-26 09:05 来源:云溪网 作者:祝寒江 责任编辑:戴晓渔": "author 祝寒江; editor 戴晓渔",
    "Von Eva Maier und Jan Ohm (Text), Ulf Zell (Fotos)": "author Eva Maier; author Jan Ohm; photographer Ulf Zell",
    "Av Elin Brask (text) och Mika Sand (foto)": "author Elin Brask; photographer Mika Sand",
    "Por Ana Gil e Rui Sá, de Lagoa Funda — Edição: Marta Luz": "author Ana Gil; author Rui Sá; editor Marta Luz",
    "记者 贺庭松 梁雨棠": "author 贺庭松; author 梁雨棠",
    "記者 山田花子　2024年6月18日 19時20分": "author 山田花子",
    "By Ann Lee Edited by Bo Ek Reviewed by Cy Fox": "author Ann Lee; editor Bo Ek; reviewer Cy Fox",
    "Text und Fotos: Eva Maier": "author Eva Maier",
    "Γράφει η Δέσποινα Λαμπρή · Τρίτη, 16 Ιουνίου 2020": "author Δέσποινα Λαμπρή",
    "ავტორი: ნინო ქარცივაძე": "author ნინო ქარცივაძე",
    "लेखिका: सुनयना बरगोटी": "author सुनयना बरगोटी",
    "نویسنده: مهرانه کوهی": "author مهرانه کوهی",
    "Napísala Zuzana Brežná · 2. júna 2021 · čas čítania 3 min": "author Zuzana Brežná",
    "Übersetzt von Jan Ohm": "translator Jan Ohm",
    "By the river": "",
    "Text size": "",
    "Photo of Ann Lee": "",
    "DE FR IT EN": "",
}


@pytest.mark.parametrize("text", CREDITS)
def test_who_did_what(text: str) -> None:
    assert "; ".join(f"{role} {name}" for role, name in credited(text)) == CREDITS[text]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Full Bio", ()),
        ("Ann Lee Verified", ("Ann Lee",)),
        ("from a range of backgrounds, and over", ()),
        ("Articles by Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Trial Attorney", ("Ann Lee",)),
        ("Audiophile On", ("Audiophile On",)),
        ("L Offline", ()),
        ("Paramita (Guha) Ghosh", ("Paramita (Guha) Ghosh",)),
        ("Ann Lee (Example Wire)", ("Ann Lee",)),
    ],
)
def test_what_stands_around_a_name_is_none(text: str, names: tuple[str, ...]) -> None:
    assert clean_names(text) == names
