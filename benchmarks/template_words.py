"""Words that benchmarks/templates.py makes articles and furniture of, by language. All invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What an article is made of, and what stands around it."""

    times: tuple[str, ...]
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    ends: tuple[str, ...]
    people: tuple[str, ...]
    bios: tuple[str, ...]
    menu: tuple[str, ...]
    headings: tuple[str, str]
    by: str
    also: str
    latest: str
    pitch: str
    plea: str
    note: str
    rights: str


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


LANGUAGES = {
    "en": Language(
        _split(
            "On Monday|Before dawn|After the storm|Last winter|In the end|Against all advice|Nine years ago|At noon"
        ),
        _split(
            "the ferry captain|the town council|a retired diver|the school choir|the lock keeper|a widow from the quay"
            "|the brass band|the harbour master"
        ),
        _split("repaired|sold|painted|defended|measured|borrowed|insured|forgot"),
        _split(
            "the old pier|two rowing boats|the tide tables|a copper bell|the northern basin|eleven oak piles"
            "|the net loft|a crate of lamps"
        ),
        _split(
            "although nobody had asked for it|as the minutes of the meeting show|while the gulls looked on"
            "|with money from a raffle|which the county may still forbid|and went home without a word"
            "|because the ice had come early|in front of some two hundred people"
        ),
        _split("Ada Quill|Tom Breck|Ines Marlow|Jo Farrant"),
        _split(
            "has written about boats and the people in them since she came to the coast as a trainee twelve years ago."
            "|covers the courts and the council, and keeps bees behind the old customs house when neither is sitting."
            "|reports on schools and trains, and has travelled on every branch line of the county at least twice."
            "|is the editor of the weekend pages and grew up in the lighthouse that they are named after."
        ),
        _split("News|Sport|Weather|Culture|Tides"),
        ("What happened", "What comes next"),
        "By",
        "Read also",
        "Latest stories",
        "Every Friday we send the week on the coast to your inbox, with the stories that our reporters found hardest "
        "to write, and it costs nothing at all.",
        "This newspaper belongs to its readers, and without the eleven thousand people who pay for it every month it "
        "would not have a single reporter on the quay.",
        "The views in this article are those of the people who speak in it, and nothing in it is advice on buying, "
        "selling or sailing a boat of any kind.",
        "All rights reserved.",
    ),
    "de": Language(
        _split(
            "Am Montag|Vor Tagesanbruch|Nach dem Sturm|Im letzten Winter|Am Ende|Trotz aller Warnungen|Vor neun Jahren"
            "|Gegen Mittag"
        ),
        _split(
            "der Fährmann|der Gemeinderat|eine frühere Taucherin|der Schulchor|der Schleusenwärter|eine Witwe vom Kai"
            "|die Blaskapelle|die Hafenmeisterin"
        ),
        _split("reparierte|verkaufte|strich|verteidigte|vermaß|lieh|versicherte|vergaß"),
        _split(
            "den alten Steg|zwei Ruderboote|die Gezeitentafeln|eine Glocke aus Kupfer|das nördliche Becken"
            "|elf Pfähle aus Eiche|den Netzboden|eine Kiste mit Lampen"
        ),
        _split(
            "obwohl niemand darum gebeten hatte|wie das Protokoll der Sitzung zeigt|während die Möwen zusahen"
            "|mit Geld aus einer Tombola|was der Kreis noch verbieten kann|und ging ohne ein Wort nach Hause"
            "|weil das Eis früh gekommen war|vor etwa zweihundert Leuten"
        ),
        _split("Wiebke Harms|Jost Petersen|Lene Brodersen"),
        _split(
            "schreibt seit zwölf Jahren über Schiffe und über die Leute darauf und wohnt in einem früheren Zollhaus."
            "|berichtet aus dem Rat und aus den Gerichten und züchtet Bienen, wenn beide in den Ferien sind."
            "|kümmert sich um Schulen und Bahnen und ist jede Nebenstrecke im Land mindestens zweimal gefahren."
        ),
        _split("Nachrichten|Sport|Wetter|Kultur|Gezeiten"),
        ("Was geschah", "Wie es weitergeht"),
        "Von",
        "Lesen Sie auch",
        "Neueste Meldungen",
        "Jeden Freitag schicken wir Ihnen die Woche an der Küste ins Postfach, mit den Geschichten, die uns am "
        "schwersten gefallen sind, und das kostet Sie nichts.",
        "Diese Zeitung gehört ihren Lesern, und ohne die elftausend Menschen, die jeden Monat für sie zahlen, gäbe es "
        "am Kai keinen einzigen Reporter mehr.",
        "Was in diesem Beitrag gesagt wird, geben die Leute wieder, die darin sprechen, und nichts davon ist ein Rat "
        "zum Kauf oder Verkauf von Booten.",
        "Alle Rechte vorbehalten.",
    ),
    "fr": Language(
        _split(
            "Lundi|Avant l'aube|Après la tempête|L'hiver dernier|À la fin|Contre tous les avis|Il y a neuf ans"
            "|Vers midi"
        ),
        _split(
            "le passeur|le conseil municipal|une ancienne plongeuse|la chorale de l'école|l'éclusier"
            "|une veuve du quai|la fanfare|le maître du port"
        ),
        _split("a réparé|a vendu|a repeint|a défendu|a mesuré|a emprunté|a assuré|a oublié"),
        _split(
            "la vieille jetée|deux barques|les tables des marées|une cloche de cuivre|le bassin nord"
            "|onze pieux de chêne|le grenier aux filets|une caisse de lampes"
        ),
        _split(
            "alors que personne ne l'avait demandé|comme le montre le procès-verbal|sous les yeux des mouettes"
            "|avec l'argent d'une tombola|ce que le canton peut encore interdire|puis est rentré sans dire un mot"
            "|parce que la glace était venue tôt|devant quelque deux cents personnes"
        ),
        _split("Maud Kerven|Yann Tressel|Odile Bram"),
        _split(
            "écrit depuis douze ans sur les bateaux et sur ceux qui les mènent, et vit dans une ancienne douane."
            "|suit le conseil et les tribunaux, et élève des abeilles quand ni l'un ni les autres ne siègent."
            "|s'occupe des écoles et des trains, et a parcouru au moins deux fois chaque ligne de la région."
        ),
        _split("Actualités|Sport|Météo|Culture|Marées"),
        ("Ce qui s'est passé", "Et maintenant"),
        "Par",
        "À lire aussi",
        "Dernières nouvelles",
        "Chaque vendredi, nous vous envoyons la semaine de la côte, avec les histoires que nos reporters ont eu le "
        "plus de mal à écrire, et cela ne vous coûte rien.",
        "Ce journal appartient à ses lecteurs, et sans les onze mille personnes qui le paient chaque mois il n'aurait "
        "plus un seul reporter sur le quai.",
        "Les propos de cet article sont ceux des personnes qui y parlent, et rien n'y vaut conseil d'acheter, de "
        "vendre ou de mener un bateau.",
        "Tous droits réservés.",
    ),
    "es": Language(
        _split(
            "El lunes|Antes del alba|Tras la tormenta|El invierno pasado|Al final|Contra todo consejo|Hace nueve años"
            "|A mediodía"
        ),
        _split(
            "el barquero|el pleno municipal|una antigua buceadora|el coro de la escuela|el guarda de la esclusa"
            "|una viuda del muelle|la banda de música|la capitana del puerto"
        ),
        _split("reparó|vendió|pintó|defendió|midió|pidió prestado|aseguró|olvidó"),
        _split(
            "el viejo embarcadero|dos botes de remos|las tablas de mareas|una campana de cobre|la dársena norte"
            "|once pilotes de roble|el almacén de redes|una caja de faroles"
        ),
        _split(
            "aunque nadie se lo había pedido|como muestra el acta de la reunión|mientras miraban las gaviotas"
            "|con dinero de una rifa|cosa que la provincia aún puede prohibir|y se fue a casa sin decir palabra"
            "|porque el hielo había llegado pronto|ante unas doscientas personas"
        ),
        _split("Elvira Sotelo|Nuño Barreda|Paz Ordiales"),
        _split(
            "escribe desde hace doce años sobre los barcos y quienes los llevan, y vive en una antigua aduana."
            "|sigue el pleno y los juzgados, y cría abejas cuando ni el uno ni los otros tienen sesión."
            "|se ocupa de escuelas y trenes, y ha recorrido al menos dos veces cada ramal de la provincia."
        ),
        _split("Noticias|Deportes|Tiempo|Cultura|Mareas"),
        ("Qué ocurrió", "Qué pasará ahora"),
        "Por",
        "Lea también",
        "Últimas noticias",
        "Cada viernes le enviamos la semana de la costa, con las historias que más les costó escribir a nuestros "
        "reporteros, y no le cuesta absolutamente nada.",
        "Este periódico es de sus lectores, y sin las once mil personas que lo pagan cada mes no tendría ya ni un solo "
        "reportero en el muelle.",
        "Lo que se dice en este artículo es de las personas que hablan en él, y nada de ello es consejo para comprar, "
        "vender o llevar una barca.",
        "Todos los derechos reservados.",
    ),
    "pt": Language(
        _split(
            "Na segunda-feira|Antes da aurora|Depois da tempestade|No inverno passado|No fim|Contra todos os conselhos"
            "|Há nove anos|Ao meio-dia"
        ),
        _split(
            "o barqueiro|a câmara municipal|uma antiga mergulhadora|o coro da escola|o guarda da eclusa"
            "|uma viúva do cais|a banda de música|o mestre do porto"
        ),
        _split("consertou|vendeu|pintou|defendeu|mediu|tomou emprestado|segurou|esqueceu"),
        _split(
            "o velho pontão|dois barcos a remos|as tabelas das marés|um sino de cobre|a doca norte"
            "|onze estacas de carvalho|o sótão das redes|um caixote de lanternas"
        ),
        _split(
            "embora ninguém o tivesse pedido|como mostra a ata da reunião|enquanto as gaivotas olhavam"
            "|com dinheiro de uma rifa|o que o distrito ainda pode proibir|e foi para casa sem dizer palavra"
            "|porque o gelo tinha chegado cedo|diante de umas duzentas pessoas"
        ),
        _split("Lídia Falcoeiro|Bento Madrugo|Íris Cordovil|Nuno Salgado"),
        _split(
            "escreve há doze anos sobre os barcos e sobre quem os leva, e mora numa antiga alfândega."
            "|acompanha a câmara e os tribunais, e cria abelhas quando nem uma nem outros têm sessão."
            "|trata de escolas e comboios, e percorreu pelo menos duas vezes cada ramal do distrito."
            "|dirige as páginas de fim de semana e cresceu no farol que lhes deu o nome."
        ),
        _split("Notícias|Desporto|Tempo|Cultura|Marés"),
        ("O que aconteceu", "O que vem a seguir"),
        "Por",
        "Leia também",
        "Últimas notícias",
        "Todas as sextas-feiras enviamos-lhe a semana da costa, com as histórias que mais custaram a escrever aos "
        "nossos repórteres, e não lhe custa nada.",
        "Este jornal pertence aos seus leitores, e sem as onze mil pessoas que o pagam todos os meses já não teria um "
        "único repórter no cais.",
        "O que se diz neste artigo é das pessoas que nele falam, e nada disso é conselho para comprar, vender ou "
        "conduzir um barco.",
        "Todos os direitos reservados.",
    ),
    "it": Language(
        _split(
            "Lunedì|Prima dell'alba|Dopo la tempesta|L'inverno scorso|Alla fine|Contro ogni consiglio|Nove anni fa"
            "|A mezzogiorno"
        ),
        _split(
            "il traghettatore|il consiglio comunale|una ex palombara|il coro della scuola|il guardiano della chiusa"
            "|una vedova del molo|la banda|il capitano del porto"
        ),
        _split(
            "ha riparato|ha venduto|ha dipinto|ha difeso|ha misurato|ha preso in prestito|ha assicurato|ha scordato"
        ),
        _split(
            "il vecchio pontile|due barche a remi|le tavole delle maree|una campana di rame|la darsena nord"
            "|undici pali di rovere|il deposito delle reti|una cassa di lampade"
        ),
        _split(
            "anche se nessuno lo aveva chiesto|come risulta dal verbale|mentre i gabbiani guardavano"
            "|con i soldi di una lotteria|cosa che la provincia può ancora vietare|ed è tornato a casa senza una parola"
            "|perché il ghiaccio era venuto presto|davanti a circa duecento persone"
        ),
        _split("Nives Saltarin|Orso Belgrado"),
        _split(
            "scrive da dodici anni di barche e di chi le porta, e abita in una vecchia dogana."
            "|segue il consiglio e i tribunali, e alleva api quando né l'uno né gli altri sono in seduta."
        ),
        _split("Notizie|Sport|Meteo|Cultura|Maree"),
        ("Che cosa è successo", "Che cosa succede ora"),
        "Di",
        "Leggi anche",
        "Ultime notizie",
        "Ogni venerdì ti mandiamo la settimana della costa, con le storie che ai nostri cronisti è costato di più "
        "scrivere, e non ti costa proprio nulla.",
        "Questo giornale è dei suoi lettori, e senza le undicimila persone che lo pagano ogni mese non avrebbe più un "
        "solo cronista sul molo.",
        "Ciò che si dice in questo articolo è delle persone che vi parlano, e nulla di esso è un consiglio per "
        "comprare, vendere o condurre una barca.",
        "Tutti i diritti riservati.",
    ),
}
