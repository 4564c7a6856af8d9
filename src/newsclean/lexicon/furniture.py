"""Words that pages print around an article, as data: what names a role in any of some 25 languages. Lower case.

They name roles; what is kept is learned (score.py), so a language missing here costs a name and not a paragraph.
"""

from __future__ import annotations

SEPARATOR = ";"

AD_MARKERS = frozenset(
    (
        "ad;ads;advertentie;advertisement;advertisement - continue reading below;advertisements;advertising;"
        "annonce;annons;annonse;annuncio;anuncio;anzeige;anzeigen;anúncio;article continues after advertisement;"
        "auglýsing;continue reading below;hirdetés;iklan;inzerce;mainos;oglas;oglasi;pr;promoted;pubblicità;"
        "publicidad;publicidade;publicitat;publicitate;publicité;quảng cáo;reclame;reklaam;reklam;reklama;reklamă;"
        "reklāma;sponsored;story continues below advertisement;werbung;διαφήμιση;реклам;реклама;פרסומת;إعلان;"
        "الإعلان;تبلیغات;پیام بازرگانی;विज्ञापन;বিজ্ঞাপন;விளம்பரம்;โฆษณา;广告;広告;廣告;광고"
    ).split(SEPARATOR)
)
"""Lines that announce an advertisement."""

SPONSORED = frozenset(
    (
        "sponsored content;partner content;paid content;branded content;advertorial;promoted content;"
        "paid partnership;gesponserter inhalt;bezahlter inhalt;werbebeitrag;contenu sponsorisé;contenu partenaire;"
        "contenu de marque;contenido patrocinado;contenido de marca;publirreportaje;conteúdo patrocinado;"
        "conteúdo de marca;publieditorial;contenuto sponsorizzato;contenuto pubblicitario;gesponsorde inhoud;"
        "gesponsord;partnerbijdrage;sponsrat innehåll;betalt innhold;annonsørinnhold;sponset innhold;"
        "sponseret indhold;kaupallinen yhteistyö;mainosyhteistyö;materiał sponsorowany;materiał partnera;"
        "artykuł sponsorowany;treść sponsorowana;sponzorovaný obsah;komerční sdělení;komerčný obsah;"
        "sponzorirani sadržaj;promotivni sadržaj;sponzorisani sadržaj;szponzorált tartalom;támogatott tartalom;"
        "conținut sponsorizat;sponsorlu içerik;bu bir ilandır;партнёрский материал;партнерский материал;"
        "на правах рекламы;спецпроект;партнерський матеріал;на правах реклами;спонсорирано съдържание;"
        "платена публикация;χορηγούμενο περιεχόμενο;χορηγούμενο;תוכן שיווקי;תוכן ממומן;תוכן מקודם;محتوى مدعوم;"
        "محتوى ترويجي;محتوى برعاية;محتوای تبلیغاتی;رپورتاژ آگهی;प्रायोजित;प्रायोजित सामग्री;konten bersponsor;"
        "konten sponsor;nội dung tài trợ;bài tài trợ;thông tin doanh nghiệp;เนื้อหาสนับสนุน;บทความสนับสนุน;"
        "スポンサードコンテンツ;タイアップ;提供記事;赞助内容;推广内容;贊助內容;협찬;스폰서 콘텐츠"
    ).split(SEPARATOR)
)
"""Labels of boxes and articles that somebody paid for."""

RELATED = frozenset(
    (
        "aiheesta lisää;ajánlott;also read;articles liés;articles similaires;articole similare;articoli correlati;"
        "artigos relacionados;artikel terkait;artículos relacionados;auch interessant;baca juga;berita terkait;"
        "citește și;czytaj także;das könnte sie auch interessieren;gerelateerd;ilgili haberler;kapcsolódó cikkek;"
        "lee también;lees meer;lees ook;leggi anche;leia mais;leia também;les mer;les også;lesen sie auch;"
        "lire aussi;lue myös;läs mer;läs också;læs mere;læs også;mehr zum thema;mohlo by vás zajímat;more from;"
        "more stories;noticias relacionadas;notícias relacionadas;polecane;post navigation;"
        "potrebbe interessarti anche;powiązane;přečtěte si také;read more;read next;recommended;"
        "recommended for you;relacionadas;related;related articles;related content;related news;related posts;"
        "related stories;related topics;relaterat;relateret;see also;související články;sur le même sujet;"
        "súvisiace články;también te puede interesar;te puede interesar;ti potrebbe interessare;tin liên quan;"
        "veja também;vous aimerez aussi;weitere artikel;xem thêm;you may also like;you might also like;"
        "zobacz także;à lire aussi;à lire ensuite;als nächstes;ähnliche artikel;đọc thêm;διαβάστε επίσης;"
        "σχετικά άρθρα;по теме;похожие статьи;прочетете още;смотрите также;читайте также;читайте також;"
        "כתבות נוספות;إقرأ أيضا;اقرأ أيضا;اقرأ أيضًا;مواضيع ذات صلة;इसे भी पढ़ें;यह भी पढ़ें;संबंधित खबरें;"
        "ข่าวที่เกี่ยวข้อง;あわせて読みたい;延伸閱讀;相关新闻;相关阅读;相關新聞;関連ニュース;関連記事;관련 기사;"
        "관련기사"
    ).split(SEPARATOR)
)
"""Titles of lists of related articles, and what in-body teasers begin with."""

LATEST = frozenset(
    (
        "aktuell;breaking news;cele mai citite;derniers articles;dernières actualités;en çok okunanlar;i più letti;"
        "laatste nieuws;latest;latest articles;latest news;latest posts;latest stories;legfrissebb;legolvasottabb;"
        "les plus lus;lo más leído;lo último;luetuimmat;mais lidas;meest gelezen;meistgelesen;mest lest;mest läst;"
        "mest læste;most popular;most read;mới nhất;najczęściej czytane;najnowsze;najčítanejšie;nejčtenější;"
        "neueste artikel;neueste beiträge;più letti;popular;recent articles;recent news;recent posts;senaste nytt;"
        "seneste nyt;siste nytt;son dakika;terbaru;terpopuler;tin mới;top stories;trending;trending now;"
        "ultime notizie;ultimele știri;uusimmat;à la une;últimas noticias;últimas notícias;đọc nhiều;δημοφιλή;"
        "τελευταία νέα;най-четени;останні новини;популярное;последние новости;أحدث الأخبار;الأكثر قراءة;"
        "ताज़ा खबरें;ข่าวล่าสุด;ランキング;一周点击排行;点击排行;排行榜;新闻排行;阅读排行;热点新闻;人気記事;最新;"
        "最新ニュース;最新新闻;热门;많이 본 뉴스;최신기사"
    ).split(SEPARATOR)
)
"""Titles of lists of new or popular articles."""

COMMENTS = frozenset(
    (
        "komentari;komentarji;komentārai;komentarai;komentāri;kommentaarid;kommentek;vélemények;leserforum;"
        "leserkommentare;lesermeinungen;leserbriefe;user comments;reader comments;avis des lecteurs;"
        "opiniones de los lectores;comentarii cititori;网友评论;网友留言;读者评论;網友留言;讀者留言;읽은이 한마디;"
        "독자 댓글;ความเห็น;ulasan pembaca;ý kiến bạn đọc;bir yanıt yazın;bình luận;comentarii;comentarios;"
        "comentários;comment;commentaires;commenti;comments;deixe um comentário;deixe uma resposta;"
        "deja un comentario;deja una respuesta;diskussion;dodaj komentarz;geef een reactie;hozzászólások;"
        "join the conversation;komentar;komentarze;komentáre;komentáře;kommentar;kommentar schreiben;kommentare;"
        "kommentarer;kommentit;laisser un commentaire;lascia un commento;lasă un comentariu;leave a comment;"
        "leave a comment cancel reply;leave a reply;lämna ett svar;post a comment;reacties;reageer;skriv kommentar;"
        "yorumlar;σχόλια;добавить комментарий;коментари;коментарі;комментарии;תגובות;التعليقات;टिप्पणियाँ;"
        "ความคิดเห็น;コメント;留言;评论;댓글"
    ).split(SEPARATOR)
)
"""Titles of comments and of the form for one."""

BYLINE_STARTS = tuple(
    (
        "by ;by: ;written by ;posted by ;author: ;author ;story by ;words by ;reporting by ;von ;von: ;autor: ;"
        "par ;par: ;auteur: ;écrit par ;por ;por: ;escrito por ;redacción;di ;a cura di ;autore: ;door ;auteur ;"
        "av ;text: ;tekst: ;af ;skrevet av ;skrevet af ;kirjoittanut ;teksti: ;autor ;autor: ;tekst ;napisał ;"
        "autoři: ;szerző: ;írta: ;de ;yazan: ;автор: ;автор ;текст: ;від ;от ;του ;της ;συντάκτης: ;作者：;作者:;"
        "记者 ;記者;文/;文／;文：;글 ;oleh ;oleh: ;penulis: ;theo ;tác giả: ;โดย ;द्वारा ;بقلم ;بقلم: ;كتب ;كتبت ;"
        "מאת "
    ).split(SEPARATOR)
)
"""How a byline begins; what follows must still look like names."""

POSTED_STARTS = tuple(
    (
        "posted on ;published on ;published ;posted ;updated ;last updated ;publié le ;mis à jour ;veröffentlicht ;"
        "stand: ;publicado ;actualizado ;atualizado ;pubblicato ;aggiornato ;gepubliceerd ;publicerad ;publisert ;"
        "publiceret ;julkaistu ;opublikowano ;zveřejněno ;publicat ;megjelent;yayınlanma;güncelleme;опубликовано ;"
        "опубліковано ;публикувано ;δημοσιεύτηκε;发布时间;發佈時間;公開日;更新日;입력 ;نشر ;تاريخ النشر;"
        "diterbitkan ;đăng ngày;เผยแพร่"
    ).split(SEPARATOR)
)
"""How a line that dates the article begins."""

COPYRIGHT_MARKS = tuple(
    (
        "©;(c) ;copyright;all rights reserved;alle rechte vorbehalten;todos los derechos reservados;"
        "tous droits réservés;todos os direitos reservados;все права защищены;版权所有;tutti i diritti riservati"
    ).split(SEPARATOR)
)
"""What a copyright line says."""

CREDIT_MARKS = tuple(
    (
        "photo:;photo by;photograph:;image:;image credit;picture:;credit:;getty images;foto:;bild:;fotos:;photo :;"
        "crédit;foto ;(photo;/afp;reuters/;/reuters;imagen:;imagem:;фото:;фото ;写真;图：;사진=;zdjęcie:;kuva:;"
        "/getty;shutterstock"
    ).split(SEPARATOR)
)
"""What the credit of a picture says."""

REPLY = frozenset(
    (
        "reply;antworten;antwort;répondre;responder;responde;risposta;rispondi;svara;svar;svare;vastaa;odpowiedz;"
        "odpovědět;odpovedať;válasz;răspunde;yanıtla;cevapla;ответить;відповісти;отговори;одговори;απάντηση;رد;"
        "الرد;پاسخ;השב;הגב;beantwoorden;reageer;balas;trả;ตอบกลับ;返信;回复;回覆;답글;답글달기;उत्तर;জবাব"
    ).split(SEPARATOR)
)
"""Words on the button that answers a comment."""

PICTURES = (
    "afbeelding;bild;bilde;billede;foto;fotografía;fotografia;fotoğraf;gambar;hình;hình ảnh;image;imagem;"
    "imagen;immagine;kép;kuva;nuotrauka;obrázek;obrázok;photo;picture;resim;slide;slika;zdjęcie;ảnh;εικόνα;"
    "φωτογραφία;изображение;слайд;снимка;снимок;фото;תמונה;صورة;عکس;चित्र;फोटो;ภาพ;รูป;写真;图;图片;圖;照片;"
    "画像;사진"
).split(SEPARATOR)
"""What the counters of galleries count ("Photo 3 of 14")."""

CONTINUES = tuple(
    (
        "story continues below;article continues below;continues after advertisement;continues below advertisement;"
        "continue reading below;nach der werbung weiterlesen;unterhalb der anzeige fortgesetzt;nach der anzeige;"
        "se poursuit après la publicité;la suite après la publicité;la suite du texte sous;"
        "continúa después de la publicidad;continua depois da publicidade;continua após a publicidade;"
        "continua dopo la pubblicità;lees verder onder de advertentie;artikkelen fortsetter under annonsen;"
        "artikeln fortsätter under annonsen;artiklen fortsætter efter annoncen;juttu jatkuu mainoksen;"
        "dalsza część artykułu pod;článek pokračuje pod reklamou;haberin devamı;продолжение после рекламы;"
        "продовження після реклами;scroll to continue;baca juga selengkapnya di bawah;tiếp tục bên dưới quảng cáo;"
        "広告の後に続く;广告之后继续;광고 아래에 계속"
    ).split(SEPARATOR)
)
"""What a line says that parts the text around an ad."""

AD_WORDS = frozenset(
    (
        "ad;ads;advert;advertisement;anzeige;werbung;publicité;publicidad;anuncio;publicidade;anúncio;pubblicità;"
        "advertentie;reclame;annons;annonsen;annonse;annonsene;annonce;annoncen;reklamen;reklame;reklamer;mainos;"
        "mainoksen;mainosten;reklama;reklamą;reklamie;reklamy;reklamou;reklamě;inzercí;oglas;oglasa;oglasom;"
        "hirdetés;hirdetésünk;reclamă;publicitate;reklam;reklamdan;reklamın;рекламы;рекламой;реклами;рекламою;"
        "рекламата;реклама;διαφήμιση;פרסומת;הפרסומת;إعلان;الإعلان;تبلیغ;آگهی;विज्ञापन;iklan;โฆษณา;広告;广告;廣告;"
        "광고"
    ).split(SEPARATOR)
)
GOING_ON = frozenset(
    (
        "continue;continues;continued;continuing;weiterlesen;weiter;fortsetzung;fortgesetzt;suite;poursuit;"
        "continúa;continua;sigue;prosegue;verder;vervolg;fortsetter;fortsätter;fortsætter;jatkuu;ciąg;dalsza;dalej;"
        "pokračuje;pokračování;pokračovanie;nastavak;nastavlja;folytatódik;folytatás;continuă;devam;devamı;leyendo;"
        "lendo;leggendo;продолжение;продолжается;продовження;продължава;συνέχεια;συνεχίζεται;המשך;نكمل;يتبع;تكملة;"
        "المتابعة;ادامه;जारी;berlanjut;lanjut"
    ).split(SEPARATOR)
)
"""Words that together, in a short line, say that the text goes on below an ad."""

LISTEN_STARTS = tuple(
    (
        "listen to this;listen to article;listen to an audio;listen to the audio;escuchá esta;escuchá la nota;"
        "escuchar nota;listen to the article;listen now;artikel anhören;diesen artikel anhören;beitrag hören;"
        "diesen artikel hören;écouter cet article;écouter l article;écoutez cet article;escuchar el artículo;"
        "escucha este;escucha esta noticia;escuchar la noticia;ouvir artigo;ouça este;ouvir notícia;ouvir o artigo;"
        "ascolta l articolo;ascolta questo articolo;luister naar dit artikel;beluister dit artikel;"
        "lyssna på artikeln;lytt til artikkelen;lyt til artiklen;lyt til denne;kuuntele juttu;kuuntele artikkeli;"
        "posłuchaj artykułu;odsłuchaj;poslechněte si článek;vypočujte si;poslušajte članak;hallgassa meg a cikket;"
        "ascultă articolul;haberi dinle;makaleyi dinle;слушать статью;послушать статью;прослушать;слухати статтю;"
        "прослухати;чуйте статията;ακούστε το άρθρο;האזינו לכתבה;האזן לכתבה;استمع إلى المقال;استمع للمقال;بشنوید;"
        "लेख सुनें;dengarkan artikel;nghe bài viết;ฟังบทความ;この記事を聴く;記事を聞く;收听文章;听文章;聽文章;"
        "기사 듣기"
    ).split(SEPARATOR)
)
"""How a line begins that offers to read the article aloud."""

PRESS_TITLES = frozenset(
    (
        "press contact;press contacts;media contact;media contacts;media inquiries;media enquiries;"
        "contact for media;investor contact;press office;pressekontakt;ansprechpartner für die presse;"
        "medienkontakt;contact presse;contacts presse;contacto de prensa;contacto para medios;contacto para prensa;"
        "contato para imprensa;contato de imprensa;assessoria de imprensa;contatti stampa;contatto stampa;"
        "ufficio stampa;perscontact;contact voor de pers;presskontakt;pressekontakter;lehdistön yhteyshenkilö;"
        "lisätietoja medialle;yhteyshenkilöt;kontakt dla mediów;kontakt dla prasy;kontakt pro média;"
        "kontakt pre médiá;kontakt za medije;sajtókapcsolat;contact presă;basın iletişim;basın için iletişim;"
        "контакты для прессы;контакты для сми;контакт для сми;контакти для преси;контакти для змі;"
        "за контакти с медии;επικοινωνία τύπου;איש קשר לתקשורת;للتواصل الإعلامي;للاستفسارات الإعلامية;kontak media;"
        "liên hệ báo chí;報道関係者お問い合わせ先;本件に関するお問い合わせ;お問い合わせ先;媒体联系;新闻联系人;"
        "媒體聯絡;언론 문의"
    ).split(SEPARATOR)
)
"""Titles over whom reporters are to ask, at the end of a press release."""

CORRECTION_STARTS = tuple(
    (
        "got a tip;do you have a tip;do you know more;har du tips;har du bilder;tipsa oss;heb je een tip;"
        "haben sie hinweise;found an error;found a mistake;spotted an error;spotted a mistake;"
        "did you find an error;see an error;report an error;report a typo;suggest a correction;fehler entdeckt;"
        "fehler gefunden;haben sie einen fehler;einen fehler gefunden;vous avez repéré une erreur;"
        "une erreur s est glissée;signaler une erreur;has encontrado un error;encontraste un error;"
        "reportar un error;encontrou algum erro;encontrou um erro;comunicar erro;hai trovato un errore;"
        "segnala un errore;heb je een fout;heeft u een fout;fout gezien;zag je een fout;såg du något fel;"
        "hittat ett fel;har du hittat ett fel;har du funnet en feil;funnet en feil;har du fundet en fejl;"
        "fundet en fejl;huomasitko virheen;löysitkö virheen;znalazłeś błąd;widzisz błąd;zauważyłeś błąd;"
        "našli jste chybu;nalezli jste chybu;našli ste chybu;uočili ste pogrešku;uočili ste grešku;hibát talált;"
        "hibát találtál;ați observat o greșeală;ai observat o greșeală;нашли ошибку;заметили ошибку;"
        "если вы нашли ошибку;знайшли помилку;помітили помилку;забелязахте грешка;βρήκατε λάθος;εντοπίσατε λάθος;"
        "hata mı;מצאתם טעות;טעות בכתבה;هل وجدت خطأ;خطا دیدید;phát hiện lỗi;temukan kesalahan;พบข้อผิดพลาด;"
        "誤りを見つけ;間違いを見つけ;发现错误;發現錯誤;오류 신고"
    ).split(SEPARATOR)
)
"""How a line begins that asks readers for the mistakes in an article."""

NETWORKS = frozenset(
    (
        "facebook;facebooku;facebookissa;twitter;twitteru;whatsapp;telegram;linkedin;pinterest;reddit;email;mail;"
        "mailem;mailu;mejl;mejlem;courriel;correo;vk;вконтакте;одноклассники;viber;weibo;微信;微博;bluesky;"
        "mastodon;tumblr;xing;flipboard;messenger;kakaotalk;카카오톡;페이스북;트위터;ツイート;シェア;フェイスブック"
    ).split(SEPARATOR)
)
"""Where a text is shared, as the buttons name it."""

DISCLAIMER_STARTS = tuple(
    (
        "this is not investment advice;this is not financial advice;not investment advice;"
        "forward looking statements;this press release contains forward looking;"
        "this release contains forward looking;keine anlageberatung;dies ist keine anlageberatung;"
        "haftungsausschluss;zukunftsgerichtete aussagen;déclarations prospectives;ceci n est pas un conseil;"
        "declaraciones prospectivas;esto no es un consejo;no es un consejo de inversión;"
        "isenção de responsabilidade;declarações prospectivas;não é recomendação de investimento;"
        "dichiarazioni previsionali;non è un consiglio;non costituisce consulenza;dit is geen beleggingsadvies;"
        "toekomstgerichte verklaringen;ansvarsfriskrivning;nie stanowi porady;niniejszy materiał nie stanowi;"
        "prohlášení o výhledech;vyloučení odpovědnosti;nejedná se o investiční;yatırım tavsiyesi değildir;"
        "yasal uyarı;bu haber ajans tarafından;не является инвестиционной;"
        "не является индивидуальной инвестиционной;отказ от ответственности;не є інвестиційною;αποποίηση ευθύνης;"
        "אין לראות באמור;إخلاء مسؤولية;免責事項;本稿は投資;免责声明;免責聲明;면책"
    ).split(SEPARATOR)
)
"""How the small print below an article begins."""

ABOUT_STARTS = tuple(
    (
        "about ;über ;à propos de ;à propos d ;acerca de ;sobre ;informazioni su ;over ;om ;o firmě ;"
        "o společnosti ;o firmie ;о компании ;про компанію ;hakkında ;tietoja ;o spoločnosti ;o spółce ;o tvrtki ;"
        "o kompaniji ;a despre ;despre ;σχετικά με την ;על חברת ;אודות ;عن شركة ;درباره ;tentang ;về công ty ;"
        "about the ;om företaget ;om selskabet ;über die ;über das ;sobre a ;sobre o ;acerca de la "
    ).split(SEPARATOR)
)
"""How the heading begins over what a company says of itself, or a page of its author."""

APPEALS = frozenset(
    (
        "donate;support;contribute;subscribe;abonnieren;unterstützen;spenden;soutenir;donar;suscribirse;suscríbete;suscribite;apoiar;"
        "apoie;assinar;assine;inscreva;sostieni;abbonati;iscriviti;doneer;abonneer;steun;stöd;prenumerera;støtt;"
        "støt;tilaa;wspieraj;wesprzyj;zapisz;podpořit;předplatit;podporiť;támogatás;feliratkozás;donează;abonează;"
        "bağış;abone;поддержать;подписаться;підтримати;підписатися;subskrybuj;후원;구독;寄付;購読;訂閱;订阅;捐款;"
        "تبرع;اشترك;समर्थन;donasi;berlangganan;ủng;บริจาค"
    ).split(SEPARATOR)
)
"""Words on the button below an appeal for money or a subscription."""

SPONSORED_STARTS = tuple(
    (
        "presented by ;sponsored by ;brought to you by ;in partnership with ;paid post ;präsentiert von ;"
        "gesponsert von ;anzeige von ;présenté par ;proposé par ;presentado por ;patrocinado por ;offerto da ;"
        "sponsorizzato da ;apresentado por ;aangeboden door ;presenteras av ;annons från ;annonse fra ;"
        "annonce fra ;partner materiału ;реклама от ;на правах рекламы"
    ).split(SEPARATOR)
)
"""How the label of a sponsor's box begins."""

FOLLOW_STARTS = tuple(
    (
        "follow us;follow ;listen to ;listen also ;folge uns;folgen sie;hören sie;suivez nous;suivez ;seguinos ;"
        "seguí ;únete a ;sumate a ;entre no nosso grupo;entre no nosso canal;join our ;écoutez ;síguenos;sigue ;"
        "escucha ;seguici;segui ;ascolta ;siga ;ouça ;volg ons;luister ;följ oss;lyssna ;følg os;lyt til;hør ;"
        "seuraa ;kuuntele ;obserwuj ;posłuchaj ;sledujte ;poslechněte ;pratite nas;pratite ;poslušajte ;kövessen;"
        "kövess ;urmărește ne;urmăriți ;следите за ;подписывайтесь ;слушайте ;підписуйтесь ;takip et;تابعونا;عقبوا;"
        "theo dõi ;ติดตาม"
    ).split(SEPARATOR)
)
"""How a line begins that asks to follow a site or to listen to it."""
