"""What servers print in place of the page that was asked for, as data. Lower case; the start of a title or headline.

Collected from the default error pages of web servers, content systems and gateways, by language.
"""

from __future__ import annotations

SEPARATOR = ";"

ERROR_TITLES = tuple(
    (
        "page not found;not found;file not found;this page isn't available;this page could not be found;"
        "the page you requested;oops! that page can;access denied;access to this page has been denied;forbidden;"
        "bad gateway;service unavailable;internal server error;gateway time-out;too many requests;just a moment;"
        "attention required;are you a robot;are you a human;verify you are human;pardon our interruption;"
        "seite nicht gefunden;die seite wurde nicht gefunden;diese seite existiert nicht;zugriff verweigert;"
        "page introuvable;page non trouvée;cette page n'existe pas;accès refusé;"
        "página no encontrada;no se encontró la página;acceso denegado;página não encontrada;acesso negado;"
        "pàgina no trobada;pagina non trovata;accesso negato;pagina niet gevonden;sidan hittades inte;"
        "sidan kunde inte hittas;siden ble ikke funnet;siden finnes ikke;siden blev ikke fundet;siden findes ikke;"
        "sivua ei löytynyt;síða fannst ekki;nie znaleziono strony;strona nie została znaleziona;strona nie istnieje;"
        "stránka nenalezena;stránka nebyla nalezena;stránka nebola nájdená;az oldal nem található;"
        "pagina nu a fost găsită;stranica nije pronađena;stran ne obstaja;puslapis nerastas;lapa nav atrasta;"
        "lehte ei leitud;страница не найдена;страницата не е намерена;страница није пронађена;сторінку не знайдено;"
        "доступ запрещён;доступ запрещен;sayfa bulunamadı;η σελίδα δεν βρέθηκε;الصفحة غير موجودة;لم يتم العثور على;"
        "صفحه یافت نشد;صفحه مورد نظر یافت نشد;העמוד לא נמצא;הדף לא נמצא;पृष्ठ नहीं मिला;पेज नहीं मिला;"
        "không tìm thấy trang;halaman tidak ditemukan;halaman tidak dijumpai;ไม่พบหน้า;页面不存在;找不到页面;"
        "页面未找到;您访问的页面不存在;頁面不存在;找不到頁面;找不到網頁;ページが見つかりません;"
        "お探しのページ;ページは存在しません;페이지를 찾을 수 없"
    ).split(SEPARATOR)
)
