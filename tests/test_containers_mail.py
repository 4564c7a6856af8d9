"""Mails and mailboxes: the newsletter or letter in each, told by its content."""

from __future__ import annotations

import io
import mailbox
import time
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

import pytest

import newsclean
from newsclean.errors import InputError
from newsclean.page.containers import container_kind, open_container
from newsclean.page.containers.mail import unflow
from tests.container_pages import ENGLISH, LEGACY, PICTURE, Story, html, pictures_of

if TYPE_CHECKING:
    from pathlib import Path


def mail(
    story: Story = ENGLISH,
    *,
    page: str | None = None,
    text: str | None = "See the web version.",
    charset: str = "utf-8",
    encoding: str = "quoted-printable",
    subject: str = "Lamp news",
    sender: str = "Ben Rush <ben@quay.example>",
) -> EmailMessage:
    """Return a newsletter with a plain text and, where `page` is not "", an HTML part."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "reader@quay.example"
    message["Subject"] = subject
    message["Date"] = "Wed, 19 Jun 2024 07:00:00 +0100"
    message["Message-ID"] = "<lamp-1@quay.example>"
    if text is not None:
        message.set_content(text)
    if page != "":
        add = message.set_content if text is None else message.add_alternative
        add(page or html(story), subtype="html", charset=charset, cte=encoding)
    return message


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_html_part_is_preferred_and_the_page_outranks_the_headers(encoding: str) -> None:
    article = newsclean.convert(mail(encoding=encoding).as_bytes(policy=SMTP))
    assert article.title == ENGLISH[1]
    assert article.metadata.authors == (ENGLISH[2],)
    assert (article.metadata.published or "")[:10] == "2024-06-18"
    assert all(paragraph in article.text for paragraph in ENGLISH[3])
    assert "web version" not in article.text


def test_headers_tell_what_the_page_does_not() -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH[3])
    article = newsclean.convert(
        mail(page=f"<html><body>{paragraphs}</body></html>", subject="Fwd: Re: Lamp news").as_bytes()
    )
    assert (article.title, article.metadata.authors) == ("Lamp news", ("Ben Rush",))
    assert article.metadata.published == "2024-06-19T07:00:00+01:00"
    assert {("title", "container"), ("authors", "container")} <= set(article.metadata.found_in)
    of_a_paper = mail(page=f"<html><body>{paragraphs}</body></html>", sender="Quay Gazette News <news@quay.example>")
    metadata = newsclean.convert(of_a_paper.as_bytes()).metadata
    assert (metadata.authors, metadata.site) == ((), "Quay Gazette News")


@pytest.mark.parametrize("codec", LEGACY)
def test_charset_of_the_part_outranks_that_of_the_page(codec: str) -> None:
    story = LEGACY[codec]
    article = newsclean.convert(mail(story, charset=codec, encoding="base64", subject=story[1]).as_bytes())
    assert article.title == story[1]
    assert all(paragraph in article.text for paragraph in story[3])


def test_plain_text_stands_below_its_subject() -> None:
    text = "\n\n".join(ENGLISH[3])
    article = newsclean.convert(mail(page="", text=text, subject=ENGLISH[1]).as_bytes())
    assert article.title == ENGLISH[1]
    assert article.input.kind == "text"
    assert all(paragraph in article.text for paragraph in ENGLISH[3])


def test_japanese_mail_in_its_old_charset() -> None:
    text = "市議会は新しい灯台の計画を承認した。工事は春に始まり、二年間続く予定だと局長が説明会で述べた。\n\n" * 4
    message = EmailMessage()
    message["From"], message["Date"] = "a@quay.example", "Wed, 19 Jun 2024 07:00:00 +0900"
    message["Subject"] = "灯台の計画"
    message.set_content(text, charset="iso-2022-jp")
    article = newsclean.convert(message.as_bytes())
    assert "市議会は新しい灯台の計画を承認した" in article.text


def test_lines_that_only_the_mail_program_broke_are_joined() -> None:
    flowed = "The lamp on the \nmole was lit. \n\n> A quoted \n> line.\n -- \nnext\n-- \nBen"
    assert unflow(flowed, delete_space=False).splitlines() == [
        "The lamp on the mole was lit. ",
        "> A quoted line.",
        "-- ",
        "next",
        "-- ",
        "Ben",
    ]
    assert unflow("灯 \n台", delete_space=True) == "灯台"


def test_forwarded_mail_counts_where_it_holds_more() -> None:
    outer = mail(page="", text="Look at this.", subject="Fwd: Lamp news")
    outer.add_attachment(mail(subject="Lamp news of the day"))
    article = newsclean.convert(outer.as_bytes())
    assert article.title == ENGLISH[1]
    assert ENGLISH[3][0] in article.text


PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH[3])
GMAIL = (
    '<div dir="ltr">Look at this.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
    "---------- Forwarded message ---------<br>From: <strong>Ann Lee</strong> <span>&lt;"
    '<a href="mailto:ann@pier.example">ann@pier.example</a>'
    "&gt;</span><br>Date: Tue, Jun 18, 2024 at 9:00 AM<br>Subject: Lamp news<br>To: Ben Rush &lt;ben@quay.example&gt;"
    f"<br></div><br><br>{PARAGRAPHS}</div></div>"
)
OUTLOOK = (
    '<div class="WordSection1"><p>Lies das!</p><div><div style="border:none"><p class="MsoNormal"><b>Von:</b> Ann Lee '
    "&lt;ann@pier.example&gt; <br><b>Gesendet:</b> Dienstag, 18. Juni 2024 09:00<br><b>An:</b> Ben Rush<br>"
    f"<b>Betreff:</b> Lamp news</p></div></div>{PARAGRAPHS}</div>"
)
APPLE = (
    "<html><body><div>Lire</div><blockquote type='cite'><div>Début du message réexpédié :</div><br>"
    "<div><span><b>De: </b></span><span>Ann Lee &lt;ann@pier.example&gt;<br></span></div>"
    "<div><span><b>Objet: </b></span><span><b>Lamp news</b><br></span></div>"
    "<div><span><b>Date: </b></span><span>18 juin 2024 à 09:00:00 UTC+2<br></span></div>"
    f"<div><span><b>À: </b></span><span>Ben Rush<br></span></div><br>{PARAGRAPHS}</blockquote></body></html>"
)


@pytest.mark.parametrize(
    ("subject", "page"),
    [
        pytest.param("Fwd: Lamp news", GMAIL, id="Gmail"),
        pytest.param("WG: Lamp news", OUTLOOK, id="Outlook"),
        pytest.param("TR: Lamp news", APPLE, id="Apple Mail"),
    ],
)
def test_forwarded_mail_has_the_author_and_day_of_the_first(subject: str, page: str) -> None:
    article = newsclean.convert(mail(page=page, subject=subject).as_bytes())
    metadata = article.metadata
    assert (article.title, metadata.authors, (metadata.published or "")[:10]) == (
        "Lamp news",
        ("Ann Lee",),
        "2024-06-18",
    )
    assert [line for line in article.text.splitlines() if line] == list(ENGLISH[3])


def test_letter_in_front_of_what_it_forwards_is_the_letter() -> None:
    letter = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH[3] * 3)
    article = newsclean.convert(mail(page=f"{letter}{GMAIL}", subject="Fwd: Lamp news").as_bytes())
    assert article.metadata.authors == ("Ben Rush",)


def test_answer_with_the_quoted_letter_has_its_own_author() -> None:
    member = next(open_container(mail(page=OUTLOOK, subject="AW: Lamp news").as_bytes()) or iter(()))
    assert member.known is not None
    assert member.known.authors == ("Ben Rush",)
    assert b"Lies das!" in (member.data or b"")


def test_encrypted_mail_is_refused_with_a_remedy() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@b.example", "Lamp", "<a@b>"
    message["MIME-Version"] = "1.0"
    body = (
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nMIIB\n"
    )
    with pytest.raises(InputError, match="is encrypted") as caught:
        newsclean.convert(message.as_string().rstrip("\n").encode() + b"\n" + body.encode())
    assert caught.value.remedy


def test_attached_page_is_not_the_mail() -> None:
    message = mail()
    message.add_attachment(html(("en", "Another", "X Y", ENGLISH[3])).encode(), "text", "html", filename="a.html")
    assert newsclean.convert(message.as_bytes()).title == ENGLISH[1]


def test_pictures_come_by_their_identifier(tmp_path: Path) -> None:
    message = mail(page=html(picture="cid:lamp@quay.example"))
    part = list(message.iter_parts())[1]
    assert isinstance(part, EmailMessage)
    part.add_related(PICTURE, "image", "png", cid="<lamp@quay.example>")
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    assert pictures_of(path) == [PICTURE]


def test_mailbox_gives_its_mails(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    box = mailbox.mbox(path)
    for number in range(3):
        message = mail(
            (*ENGLISH[:1], f"Lamp number {number}", *ENGLISH[2:]),
            subject=f"Lamp {number}",
            text="From here on\n\nFrom there",
        )
        message.replace_header("Message-ID", f"<lamp-{number}@quay.example>")
        box.add(message)
    box.close()
    articles = newsclean.convert_all(path)
    assert [article.title for article in articles] == [f"Lamp number {number}" for number in range(3)]
    assert [article.input.member for article in articles] == [f"lamp-{number}@quay.example" for number in range(3)]
    with path.open("rb") as file:
        found = open_container(file)
        assert found is not None
        assert [member.place for member in found] == ["Lamp-0", "Lamp-1", "Lamp-2"]


def test_mail_without_text_is_refused() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@b.example", "Picture", "<a@b>"
    message.add_attachment(PICTURE, "image", "png")
    with pytest.raises(InputError, match="holds no text"):
        newsclean.convert(message.as_bytes())


@pytest.mark.parametrize(
    "text",
    [
        "From the harbour we went to Leeds in 2024\n\nIt rained.",
        "Subject: Lamp\n\nThe lamp was lit.",
        "From: A Reader\nTo: B\n\nThe lamp was lit.",
        "Title: Lamp\nDate: 2024-06-18\nURL: https://a.example/\n\nText",
        "---\ntitle: Lamp\ndate: 2024\n---\n\nText",
    ],
)
def test_text_with_lines_like_headers_is_no_mail(text: str) -> None:
    assert container_kind(text.encode()) is None


@pytest.mark.torture
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"From a@b Tue Jun 18 19:20:00 2024\nFrom: a\nMessage-ID: b\n\n" * 20_000, id="mails"),
        pytest.param(b"Message-ID: <a>\nFrom: a\n" + b"Received: x\n" * 100_000 + b"\n<p>x", id="headers"),
        pytest.param(b"Message-ID: <a>\nFrom: a\nContent-Type: message/rfc822\n\n" * 20_000, id="nested"),
        pytest.param(b"Message-ID: <a>\nFrom: a\nSubject: " + b"=?utf-8?q?a?=\n " * 900 + b"x\n\nx", id="words"),
    ],
)
def test_hostile_mails_take_bounded_time(data: bytes) -> None:
    start = time.process_time()
    found = open_container(io.BytesIO(data))
    assert found is not None
    try:
        assert not [member.data for member in found if member.data and len(member.data) > 1_000]
    except InputError as error:
        assert error.remedy
    assert time.process_time() - start < 8
