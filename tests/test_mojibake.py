"""Text that was encoded twice is repaired where it is sure, in part of a page or all of it, and right text stays."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

import newsclean
from newsclean.page.mojibake import MANY, repair_mojibake
from tests.pages import article_page
from tests.saved import environment

TEXTS = {
    "French": "L’école de la vallée n’a pas rouvert : la maîtresse est à la mer, œuvre de charité.",
    "Polish": "Źródło na wzgórzu wyschło, więc żółw poszedł ścieżką.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Russian": "Весной на пасеке деда Клима пропал звук, и никто не знал почему.",
    "Greek": "Η γέφυρα στο λιμάνι δεν άνοιξε ποτέ ξανά μετά την καταιγίδα.",
    "Japanese": "港の時計は三十年ぶりに動き始めたという。",
    "Arabic": "عاد القارب إلى الميناء بعد أحد عشر يوما.",
    "English": "“It isn’t the wall,” she said – 5 € a day… don’t ask.",
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["sloppy-windows-1252", "latin-1"])
def test_repairs_what_was_encoded_twice(language: str, encoding: str) -> None:
    import ftfy.bad_codecs  # noqa: F401 - registers the sloppy encodings

    text = TEXTS[language]
    broken = text.encode("utf-8").decode(encoding)
    assert broken != text
    assert repair_mojibake(f"<p>{broken}</p>\n<p>{text}</p>")[0] == f"<p>{text}</p>\n<p>{text}</p>"


def test_repairs_russian_that_was_read_as_windows_1251() -> None:
    text = "Пчёлы вернулись домой."
    assert repair_mojibake(text.encode("utf-8").decode("windows-1251", "ignore"))[1] == 1


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_right_text_stays(text: str) -> None:
    assert repair_mojibake(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "«MAÇû, de letras gordas; “AMANHÔ, que nunca fiava; SÃO BRÁS; NÃO HÁ PÃO SEM MÃO…",
        "Le marché\u00a0«\u00a0grand\u00a0» a fermé\u00a0: 3\u00a0€.",
        "РОССИЯ «СССР» — С№ 5",
        'The letter "Ã¤" stands for “ä” in such mails, and (â€™) for an apostrophe.',
        "<td>â€™</td><td>Ã©</td>",
        "ROMÂNIA, VÂNĂTOR; Ñandú; Ørsted; Çà et là; Å bo",
    ],
)
def test_rightful_capitals_stay(text: str) -> None:
    assert repair_mojibake(text) == (text, 0)


def test_doubtful_place_is_repaired_among_sure_ones_alone() -> None:
    assert repair_mojibake("<p>Ã\u00a0 la mer</p>")[1] == 0
    sure = "<p>Ã©tÃ© Ã©tÃ© Ã©</p>"
    assert _count(sure) >= MANY
    assert repair_mojibake(f"{sure}<p>Ã\u00a0 la mer</p>")[0].endswith("<p>à la mer</p>")


def _count(text: str) -> int:
    return text.count("Ã©")


def test_page_says_that_it_was_repaired() -> None:
    page = article_page().replace("ferry pier", "ferry pierâ€™s").replace("Tuesday", "TÃ¼esday")
    article = newsclean.convert(page)
    assert "ferry pier’s" in article.text
    assert any("encoded twice" in warning for warning in article.warnings)
    assert not newsclean.convert(article_page()).warnings


def test_library_is_not_loaded_for_right_text() -> None:
    code = (
        "import sys, newsclean; newsclean.convert('<p>' + 'Le café est fermé. ' * 40); sys.exit('ftfy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env=environment(), check=False).returncode == 0


@pytest.mark.parametrize("unit", ["Ã©", "Ã", "РЎ", "æ—¥", "â€", "é\u00a0«"])
def test_time_is_linear(unit: str) -> None:
    start = time.process_time()
    repair_mojibake(unit * 500_000)
    assert time.process_time() - start < 5
