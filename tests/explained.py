"""Invented articles with verdicts of every kind, for tests of what explains them."""

from __future__ import annotations

from newsclean.article import Article, InputInfo
from newsclean.document import Document, Heading, List, ListItem, Paragraph, Table, Text
from newsclean.model import Confidence, LeadImage, Metadata, Verdict

HOSTILE = (
    "<script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "</style><script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    "<svg/onload=window.pwned=1>",
    '"><b onmouseover="window.pwned=1" onfocus="window.pwned=1" autofocus tabindex=1>',
    "' onclick='window.pwned=1",
    "<a href='javascript:window.pwned=1'>a link</a>",
    "javascript:window.pwned=1",
    "<!-- --><iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=javascript:window.pwned=1'>",
    "<base href='https://evil.example/'><link rel=stylesheet href='https://evil.example/a.css'>",
    "$script ${policy} $$ %s {0} &lt;script&gt;",
    "\x00\x1b[2J\u202e\ud800",
)
"""Texts that would run script, load something or break the report, were they not escaped."""

VERDICTS = (
    Verdict(0, False, "scorer", "link density 1.00", 0.02, "navigation", "News Sport Tide times"),
    Verdict(1, False, "drop_headline", "repeats the title", 0.97, "headline", "Ferry still out"),
    Verdict(2, True, "scorer", "long text, few links", 0.95, None, "The ferry has not run since the storm."),
    Verdict(3, True, "keep_media", "stands between parts of the body", 0.0, "media", ""),
    Verdict(4, True, "scorer", "short text between paragraphs", 0.55, None, "What happens next"),
    Verdict(5, True, "scorer", "item of a list in the body", 0.9, None, "repair the ramp"),
    Verdict(6, True, "scorer", "row of a table in the body", 0.9, None, "Monday\t9 am"),
    Verdict(7, False, "scorer", "short text below the body", 0.45, "related", "A storm in pictures"),
    Verdict(8, False, "site rule", "matches .newsletter", None, None, "Sign up for our *daily* newsletter."),
)
"""With a cut at 0.5: blocks 4 and 7 are doubtful."""

METADATA = Metadata(
    title="Ferry still out",
    authors=("Mara Ellison", "Oda Brandt"),
    published="2025-07-04",
    canonical_url="https://courier.example/ferry",
    language="en",
    image=LeadImage("https://courier.example/ferry.jpg", alt="The ferry"),
    paywalled=False,
    found_in=(("title", "h1"), ("authors", "byline"), ("published", "JSON-LD NewsArticle.datePublished")),
)


def text_of(value: str) -> tuple[Text, ...]:
    return (Text(value),)


DOCUMENT = Document(
    (
        Paragraph(text_of("The ferry has not run since the storm."), (2, 2)),
        Heading(2, text_of("What happens next"), (4, 4)),
        List((ListItem((Paragraph(text_of("repair the ramp")),)),), source=(5, 5)),
        Table((), (), (), source=(6, 6)),
    )
)


def explained(
    verdicts: tuple[Verdict, ...] = VERDICTS,
    metadata: Metadata = METADATA,
    document: Document = DOCUMENT,
    name: str = "pages/ferry.html",
) -> Article:
    """Return an article with these verdicts, by a voter named "scorer"."""
    confidence = Confidence(0.87, ("voters agree", "a byline was found"))
    return Article(metadata, document, verdicts, confidence, InputInfo(name, name), "scorer", cut=0.45)


def hostile() -> Article:
    """Return an article all of whose texts are hostile."""
    kept = [n % 2 == 0 for n in range(len(HOSTILE))]
    verdicts = tuple(Verdict(n, kept[n], text, text, 0.9 * kept[n], text, text) for n, text in enumerate(HOSTILE))
    every = "".join(HOSTILE)
    found_in = tuple((field, every) for field in ("title", "authors", "language"))
    metadata = Metadata(every, HOSTILE, every, source=every, language=every, found_in=found_in)
    blocks = [Heading(2, text_of(text), (n, n)) for n, text in enumerate(HOSTILE)]
    article = explained(verdicts, metadata, Document(tuple(blocks)), name=every)
    return Article(
        article.metadata,
        article.document,
        article.verdicts,
        Confidence(0.5, HOSTILE),
        article.input,
        every,
        every,
        warnings=HOSTILE,
    )


def unread() -> Article:
    """Return what becomes of a page without an article."""
    verdicts = tuple(
        Verdict(v.block, False, v.voter, v.reason, min(v.score or 0.0, 0.4), v.role, v.text) for v in VERDICTS
    )
    return explained(verdicts, Metadata(), Document())
