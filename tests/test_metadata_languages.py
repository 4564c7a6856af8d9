"""Paragraphs → language, one language a case. All texts are invented."""

from __future__ import annotations

import pytest

from newsclean.facts.lines import read_line_metadata
from newsclean.flattext import parse_text
from newsclean.lexicon.languages import find_language
from newsclean.lexicon.names import clean_names, credited
from newsclean.lexicon.persons import is_person

TEXTS = {
    "en": (
        "The ferry was late again on Monday, and the people who had waited for it since six were not amused at all."
    ),
    "de": (
        "Die Fähre kam am Montag wieder zu spät, und die Leute, die seit sechs Uhr auf sie warteten, waren nicht froh."
    ),
    "fr": (
        "Le bac est arrivé en retard lundi, et les gens qui l’attendaient depuis six heures "
        "n’étaient pas du tout ravis."
    ),
    "es": (
        "El barco llegó tarde otra vez el lunes y la gente que lo esperaba desde las seis no estaba "
        "nada contenta con eso."
    ),
    "pt": (
        "A balsa chegou atrasada na segunda-feira, e as pessoas que a esperavam desde as seis não "
        "ficaram contentes com isso."
    ),
    "it": (
        "Il traghetto lunedì è arrivato di nuovo in ritardo e la gente che lo aspettava dalle sei "
        "non era per nulla contenta."
    ),
    "nl": (
        "De veerboot kwam maandag weer te laat, en de mensen die er sinds zes uur op wachtten, "
        "waren niet blij met het bericht."
    ),
    "sv": (
        "Färjan var sen igen på måndagen, och de som hade väntat på den sedan klockan sex var inte "
        "glada för att det drog ut."
    ),
    "da": (
        "Færgen kom for sent igen mandag, og de folk, der havde ventet på den siden klokken seks, "
        "blev ikke glade for det nu."
    ),
    "nb": (
        "Fergen kom for sent igjen mandag, og folk som hadde ventet på den siden klokken seks ble "
        "ikke glade for det nå."
    ),
    "fi": (
        "Lautta oli taas myöhässä maanantaina, ja ne, jotka olivat odottaneet sitä kuudesta "
        "lähtien, eivät ilahtuneet, kun se tuli."
    ),
    "pl": (
        "Prom w poniedziałek znów się spóźnił, a ludzie, którzy czekali na niego od szóstej, nie "
        "byli z tego zadowoleni, bo jak to."
    ),
    "cs": (
        "Trajekt měl v pondělí zase zpoždění a lidé, kteří na něj čekali od šesti, z toho nebyli "
        "nijak nadšeni, protože je zima."
    ),
    "hu": (
        "A komp hétfőn megint késett, és az emberek, akik hat óta vártak rá, nem örültek ennek, de "
        "hát ez már csak így van."
    ),
    "tr": (
        "Vapur pazartesi günü yine geç kaldı ve saat altıdan beri bekleyen insanlar için bu hiç de "
        "iyi bir haber değil oldu."
    ),
    "ro": (
        "Feribotul a întârziat din nou luni, iar oamenii care îl așteptau de la șase nu au fost "
        "deloc încântați de ce s-a spus."
    ),
    "id": (
        "Kapal itu terlambat lagi pada hari Senin, dan orang yang menunggu dari pukul enam tidak "
        "senang dengan kabar tersebut."
    ),
    "vi": (
        "Chuyến phà lại đến muộn vào thứ hai, và những người đã chờ từ sáu giờ không vui với tin "
        "này, nhưng cũng đã quen."
    ),
    "ru": (
        "Паром в понедельник снова опоздал, и люди, которые ждали его с шести, были этим не очень "
        "довольны, но что делать."
    ),
    "uk": (
        "Пором у понеділок знову запізнився, і люди, які чекали на нього з шостої, були цим не дуже "
        "задоволені, та що вже."
    ),
    "bg": (
        "Фериботът в понеделник отново закъсня и хората, които го чакаха от шест, не бяха доволни "
        "от това, но се примириха."
    ),
    "el": "Το πλοίο άργησε πάλι τη Δευτέρα και όσοι το περίμεναν από τις έξι δεν χάρηκαν καθόλου.",
    "ar": (
        "تأخرت العبارة مرة أخرى يوم الاثنين ولم يكن الناس الذين انتظروا على الرصيف من الساعة "
        "السادسة سعداء بهذا الخبر عن الرحلة"
    ),
    "he": "המעבורת איחרה שוב ביום שני, והאנשים שחיכו לה משש לא שמחו על כך.",
    "ja": "フェリーは月曜日もまた遅れ、六時から待っていた人々は喜ばなかった。",
    "zh": "渡轮周一又晚点了，从六点起就在等候的人们对此并不高兴。",
    "ko": "여객선은 월요일에 또 늦었고 여섯 시부터 기다린 사람들은 기뻐하지 않았다.",
    "hi": ("नाव सोमवार को फिर देर से आई और छह बजे से इंतज़ार कर रहे लोग इस बात से खुश नहीं थे कि यह हर बार होता है"),
}


@pytest.mark.parametrize("language", TEXTS)
def test_tells_the_language_of_a_paragraph(language: str) -> None:
    assert find_language([TEXTS[language]]) == language


def test_tells_no_language_of_names_and_numbers() -> None:
    assert (
        find_language(["Ostby 3 Marrow 2", "Kelmar 0 Tandry 1", "Brinmouth 4 Askel 4", "Lorne 1 Petworth 6"] * 5)
        is None
    )


def test_tells_no_language_of_nothing() -> None:
    assert find_language([]) is None


def test_takes_the_language_from_the_body_and_not_from_the_menu() -> None:
    menu = "\n".join(
        ("The news of the day", "What is on in the city", "About the paper and the people", "Sign in to read")
    )
    page = parse_text(f"{menu}\n\n{TEXTS['nl']}\n\n{TEXTS['nl']}\n\n{TEXTS['nl']}\n")
    assert read_line_metadata(page).language == "nl"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("記者杜若溪／西礁港報導", "杜若溪"),
        ("가온별 기자 · 2024.03.10", "가온별"),
        ("TEKSTI Aune Karikko ja Veikko Sammal KUVAT Rauni Lahna", "Aune Karikko, Veikko Sammal"),
        ("מאת רננה אלקושי ויותם ברזל | צילום: עומר שדה", "רננה אלקושי, יותם ברזל"),
        ("بقلم ليلى حداد وسامر نجار", "ليلى حداد, سامر نجار"),
        ("نویسنده: آذر گل\u200cپونه | ۲۱ فروردین ۱۴۰۲", "آذر گل\u200cپونه"),
    ],
)
def test_names_are_parted_as_each_script_writes_them(line: str, names: str) -> None:
    assert ", ".join(name for role, name in credited(line) if role == "author" or role is None) == names


@pytest.mark.parametrize("desk", ["Délibáb Szerkesztőség", "מערכת עמק הבוקר", "Редакція Верховинця", "海潮編集部"])
def test_a_desk_is_no_person(desk: str) -> None:
    assert not is_person(desk)


@pytest.mark.parametrize("login", ["Увійти", "Anmelden", "Se connecter", "Iniciar sesión", "ログイン", "כניסה"])
def test_a_menu_item_in_any_language_is_nobody(login: str) -> None:
    assert clean_names(login) == ()
