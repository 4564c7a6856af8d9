"""Words that pages print around an article, as data: what names a role in any of some 25 languages. Lower case.

They name roles; what is kept is learned (linescore.py), so a language missing here costs a name and not a paragraph.
"""

from __future__ import annotations

AD_MARKERS = frozenset(
    """advertisement;advertisements;advertising;ad;ads;sponsored;promoted;advertisement - continue reading below;story continues below advertisement;
    article continues after advertisement;continue reading below;anzeige;werbung;anzeigen;publicité;publicidad;anuncio;publicidade;anúncio;
    pubblicità;annuncio;advertentie;reclame;annons;annonse;annonce;mainos;auglýsing;reklama;reklam;reklaam;reklāma;inzerce;reklamă;publicitate;
    hirdetés;oglas;реклама;διαφήμιση;廣告;广告;広告;pr;광고;إعلان;الإعلان;پیام بازرگانی;تبلیغات;פרסומת;
    iklan;quảng cáo;โฆษณา;विज्ञापन;বিজ্ঞাপন;விளம்பரம்;publicitat;oglasi;реклам""".replace("\n", "").split(";")
)

RELATED = frozenset(
    """related;related posts;related articles;related stories;related news;related content;related topics;more stories;read more;read next;
    you may also like;you might also like;recommended;recommended for you;more from;see also;also read;mehr zum thema;lesen sie auch;
    das könnte sie auch interessieren;auch interessant;weitere artikel;ähnliche artikel;à lire aussi;lire aussi;sur le même sujet;
    articles similaires;articles liés;vous aimerez aussi;relacionadas;noticias relacionadas;artículos relacionados;te puede interesar;
    también te puede interesar;lee también;leia também;leia mais;veja também;notícias relacionadas;artigos relacionados;leggi anche;
    articoli correlati;potrebbe interessarti anche;ti potrebbe interessare;lees ook;gerelateerd;lees meer;läs också;läs mer;relaterat;
    les også;les mer;læs også;læs mere;relateret;lue myös;aiheesta lisää;czytaj także;zobacz także;polecane;powiązane;přečtěte si také;
    mohlo by vás zajímat;související články;súvisiace články;citește și;articole similare;kapcsolódó cikkek;ajánlott;ilgili haberler;
    читайте также;по теме;похожие статьи;смотрите также;читайте також;прочетете още;σχετικά άρθρα;διαβάστε επίσης;
    相关阅读;相关新闻;相關新聞;延伸閱讀;関連記事;関連ニュース;あわせて読みたい;관련기사;관련 기사;مواضيع ذات صلة;
    اقرأ أيضا;إقرأ أيضا;اقرأ أيضًا;כתבות נוספות;baca juga;artikel terkait;berita terkait;tin liên quan;xem thêm;đọc thêm;
    ข่าวที่เกี่ยวข้อง;यह भी पढ़ें;इसे भी पढ़ें;संबंधित खबरें;post navigation""".replace("\n", "").split(";")
)

LATEST = frozenset(
    """latest;latest news;latest stories;latest articles;latest posts;recent posts;recent articles;recent news;most read;most popular;popular;
    trending;trending now;top stories;breaking news;aktuell;neueste artikel;meistgelesen;neueste beiträge;les plus lus;
    dernières actualités;derniers articles;à la une;últimas noticias;lo más leído;lo último;últimas notícias;mais lidas;ultime notizie;
    i più letti;più letti;laatste nieuws;meest gelezen;senaste nytt;mest läst;mest lest;siste nytt;seneste nyt;mest læste;luetuimmat;
    uusimmat;najnowsze;najczęściej czytane;nejčtenější;najčítanejšie;ultimele știri;cele mai citite;legfrissebb;legolvasottabb;
    son dakika;en çok okunanlar;последние новости;популярное;останні новини;най-четени;τελευταία νέα;δημοφιλή;
    最新;最新新闻;热门;最新ニュース;ランキング;人気記事;최신기사;많이 본 뉴스;الأكثر قراءة;أحدث الأخبار;terbaru;terpopuler;
    mới nhất;đọc nhiều;tin mới;ข่าวล่าสุด;ताज़ा खबरें""".replace("\n", "").split(";")
)

COMMENTS = frozenset(
    """comments;comment;leave a comment;leave a reply;leave a comment cancel reply;post a comment;join the conversation;kommentare;kommentar;
    diskussion;kommentar schreiben;commentaires;laisser un commentaire;comentarios;deja un comentario;deja una respuesta;
    comentários;deixe um comentário;deixe uma resposta;commenti;lascia un commento;reacties;reageer;geef een reactie;
    kommentarer;lämna ett svar;skriv kommentar;kommentit;komentarze;dodaj komentarz;komentáře;komentáre;comentarii;
    lasă un comentariu;hozzászólások;yorumlar;bir yanıt yazın;комментарии;добавить комментарий;коментарі;коментари;σχόλια;
    评论;留言;コメント;댓글;التعليقات;תגובות;komentar;bình luận;ความคิดเห็น;टिप्पणियाँ""".replace("\n", "").split(";")
)

BYLINE_STARTS = tuple(
    """by |by: |written by |posted by |author: |author |story by |words by |reporting by |von |von: |autor: |par |par: |auteur: |écrit par |por |por: |
    escrito por |redacción|di |a cura di |autore: |door |auteur |av |text: |tekst: |af |skrevet av |skrevet af |kirjoittanut |
    teksti: |autor |autor: |tekst |napisał |autoři: |szerző: |írta: |de |yazan: |автор: |автор |текст: |від |от |του |της |συντάκτης: |
    作者：|作者:|记者 |記者|文/|文／|文：|글 |oleh |oleh: |penulis: |theo |tác giả: |โดย |द्वारा |بقلم |بقلم: |كتب |كتبت |מאת """.replace(
        "\n", ""
    ).split("|")
)
"""How a byline begins; what follows must still look like names."""

POSTED_STARTS = tuple(
    """posted on ;published on ;published ;posted ;updated ;last updated ;publié le ;mis à jour ;veröffentlicht ;stand: ;publicado ;
    actualizado ;atualizado ;pubblicato ;aggiornato ;gepubliceerd ;publicerad ;publisert ;publiceret ;julkaistu ;opublikowano ;
    zveřejněno ;publicat ;megjelent;yayınlanma;güncelleme;опубликовано ;опубліковано ;публикувано ;δημοσιεύτηκε;发布时间;發佈時間;
    公開日;更新日;입력 ;نشر ;تاريخ النشر;diterbitkan ;đăng ngày;เผยแพร่""".replace("\n", "").split(";")
)

COPYRIGHT_MARKS = ("©", "(c) ", "copyright", "all rights reserved", "alle rechte vorbehalten", "todos los derechos reservados",
                   "tous droits réservés", "todos os direitos reservados", "все права защищены", "版权所有", "tutti i diritti riservati")  # fmt: skip

CREDIT_MARKS = ("photo:", "photo by", "photograph:", "image:", "image credit", "picture:", "credit:", "getty images", "foto:", "bild:", "fotos:",
                "photo :", "crédit", "foto ", "(photo", "/afp", "reuters/", "/reuters", "imagen:", "imagem:", "фото:", "фото ", "写真", "图：", "사진=",
                "zdjęcie:", "kuva:", "/getty", "shutterstock")  # fmt: skip
