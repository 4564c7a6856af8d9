"""One invented article as browsers, mail programs and crawlers keep it, and what has to come out of each."""

from __future__ import annotations

import base64
import quopri
from typing import TYPE_CHECKING

import newsclean
from newsclean.model import Options
from newsclean.pipeline import examine
from newsclean.runs.pictures import extract_pictures
from newsclean.runs.read import read_record
from tests.test_pictures import png

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

URL = "https://quay-gazette.example/2024/06/18/lighthouse.html"
PICTURE_URL = "https://quay-gazette.example/2024/06/18/img/lamp.png"
PICTURE = png(400, 300, 90)

ENGLISH = (
    "en",
    "Keepers relight the old lamp",
    "Ann Lee",
    (
        "The lamp on the northern mole was lit again on Tuesday, nineteen years after the harbour office put it out.",
        "Three retired keepers had cleaned the lens in their own time, and paid for the oil with a cake sale in March.",
        "“We were told that every boat has a screen,” said one, “and then they went dark for a week in the storm.”",
        "The office has allowed the lamp to burn until the autumn, when the council will vote on its upkeep.",
    ),
)
CHINESE = (
    "zh",
    "老灯塔在十九年后重新点亮",
    "李安娜",
    (
        "周二晚上，北防波堤上的灯塔重新点亮，距离港务局将它熄灭已经过去了十九年，许多居民来到岸边观看。",
        "三位退休的守塔人利用自己的时间清洗了透镜，并且通过三月份的义卖筹集到了购买灯油的全部费用。",
        "其中一位说，有人告诉他们，现在每条船上都有屏幕，已经没有人需要灯塔了，可是一月的风暴让屏幕黑了一个星期。",
        "港务局同意让灯塔亮到秋天，届时议会将对维护费用进行表决，居民们希望它能够一直亮下去。",
    ),
)
RUSSIAN = (
    "ru",
    "Смотрители снова зажгли старый маяк",
    "Анна Лебедева",
    (
        "Во вторник на северном молу снова загорелся маяк, который портовая служба погасила девятнадцать лет назад.",
        "Трое бывших смотрителей сами отмыли линзу, а на масло собрали деньги на ярмарке пирогов в марте.",
        "«Говорили, что на каждой лодке есть экран, — сказал один из них, — а потом в бурю экраны погасли на неделю».",
        "Служба разрешила маяку гореть до осени, когда совет решит, кто будет платить за его содержание.",
    ),
)
ARABIC = (
    "ar",
    "الحراس يضيئون المنارة القديمة من جديد",
    "سلمى حداد",
    (
        "أضاءت المنارة على الرصيف الشمالي مساء الثلاثاء من جديد بعد تسعة عشر عاما من إطفائها بقرار من إدارة الميناء.",
        "قام ثلاثة من الحراس المتقاعدين بتنظيف العدسة في أوقات فراغهم وجمعوا ثمن الزيت من بيع الحلوى في شهر مارس.",
        "قال أحدهم إن الناس كانوا يقولون إن في كل قارب شاشة ثم انطفأت الشاشات أسبوعا كاملا في عاصفة الشتاء.",
        "سمحت الإدارة بأن تبقى المنارة مضاءة حتى الخريف حين يصوت المجلس على نفقات صيانتها في السنوات القادمة.",
    ),
)
LEGACY = {"gb18030": CHINESE, "gbk": CHINESE, "windows-1251": RUSSIAN, "windows-1256": ARABIC}

Story = tuple[str, str, str, tuple[str, ...]]


def html(story: Story = ENGLISH, *, picture: str = "img/lamp.png", charset: str = "utf-8") -> str:
    """Return the article's page."""
    language, title, author, paragraphs = story
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs[1:])
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="{charset}">\n'
        f"<title>{title} - Quay Gazette</title>\n"
        f'<meta property="og:title" content="{title}"><meta name="author" content="{author}">\n'
        f'<meta property="article:published_time" content="2024-06-18T19:20:00+01:00"></head>\n'
        f'<body><nav><a href="/">Home</a> <a href="/news/">News</a> <a href="/sport/">Sport</a></nav>\n'
        f"<article><h1>{title}</h1>\n<p>{paragraphs[0]}</p>\n"
        f'<p><img src="{picture}" alt="The lamp"></p>\n{body}</article>\n'
        f"<footer><p>All rights reserved</p></footer></body></html>\n"
    )


def facts(article: newsclean.Article) -> tuple[object, ...]:
    """Return what must not depend on the container."""
    metadata = article.metadata
    return (
        article.text,
        metadata.title,
        metadata.authors,
        (metadata.published or "")[:10],
        metadata.source,
        article.markdown.partition("\n---\n")[2],
    )


def expected(story: Story = ENGLISH, url: str | None = URL) -> tuple[object, ...]:
    """Return the facts of the plain page, checked to be the story's."""
    article = newsclean.convert(html(story), url=url)
    assert article.metadata.title == story[1]
    assert all(paragraph in article.text for paragraph in story[3])
    return facts(article)


def pictures_of(path: Path) -> list[bytes]:
    """Return the copies of pictures that come out of a file."""
    record = read_record(str(path), pictures=True)
    article = examine(record, Options(saved_pictures=True))
    return [one.data for one in extract_pictures(article.document, record, str)[1]]


def mhtml(
    page: bytes,
    charset: str | None = "utf-8",
    encoding: str = "quoted-printable",
    *,
    url: str = URL,
    headers: Mapping[str, str] | None = None,
    others: tuple[tuple[str, str, bytes], ...] = (("image/png", PICTURE_URL, PICTURE),),
    close: bool = True,
) -> bytes:
    """Return a single-file save; `others` are (type, Content-Location or "cid:…", content)."""
    top = {
        "From": "<Saved by Blink>",
        "Snapshot-Content-Location": url,
        "Subject": "=?utf-8?Q?Keepers=20relight?=",
        "Date": "Thu, 20 Jun 2024 08:00:00 -0000",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Edge--x----"',
    } | dict(headers or {})
    lines = "".join(f"{name}: {value}\r\n" for name, value in top.items() if value).encode() + b"\r\n\r\n"
    kind = f"text/html; charset={charset}" if charset else "text/html"
    parts = [
        f"Content-Type: {kind}\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: {encoding}\r\n"
        f"Content-Location: {url}\r\n\r\n".encode()
        + transfer(page, encoding)
    ]
    for kind, location, content in others:
        name = f"Content-ID: <{location[4:]}>" if location.startswith("cid:") else f"Content-Location: {location}"
        head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{name}\r\n\r\n"
        parts.append(head.encode() + transfer(content, "base64"))
    body = b"".join(b"------Edge--x----\r\n" + part + b"\r\n" for part in parts)
    return lines + body + (b"------Edge--x------\r\n" if close else b"")


def transfer(content: bytes, encoding: str) -> bytes:
    """Return content in a transfer encoding."""
    if encoding == "quoted-printable":
        return quopri.encodestring(content.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return base64.encodebytes(content).replace(b"\n", b"\r\n") if encoding == "base64" else content
